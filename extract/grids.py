"""Where tables of tabs and of spaces stand among the lines of a text, and which of their rows a page broke."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract import printed, spaced
from extract.layout import CELL_BREAK, Grid, GridCell
from extract.repair import OPENER, Line, is_rule, lines_in
from extract.types import Span

Part = list[Line] | Grid

# A row of cells and no table: a paragraph with a tab in it.
_PROSE_CELL = 200
# A page break inside a table leaves at most this many empty lines and page numbers.
_WIDEST_GAP = 8
_CONTINUED_CELL = 60
_UNIT_ROW = re.compile(r"[\s]*[（(]?(?:金额)?(?:计量)?单\s*位\s*[：:][^\t]{1,20}")
_CAPTION = re.compile(r"(?:附?[表图]\s*[0-9０-９一二三四五六七八九十]|[注附说][：:明]|单\s*位)")
_CLOSED = re.compile(r"[。！？；：.!?;:]$")
_TOTAL = re.compile(r"\s*[合总小共]\s*计")
_PAGE_MARK = re.compile(r"\s*[-－—–―]*[ ]*\d{1,4}[ ]*[-－—–―]*\s*|\s*第?\s*\d+\s*页.*")
_OUTER = " \u3000\u00a0\u2002\u2003\u2009" + CELL_BREAK


class _Raw:
    """A line as it stands, with its cells if it has tabs."""

    __slots__ = ("cells", "end", "start", "text")

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        self.end = start + len(text)
        self.cells = _cells(text, start) if "\t" in text else []

    @property
    def filled(self) -> int:
        return sum(len(span) > 0 for span in self.cells)

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def _cells(text: str, start: int) -> list[Span]:
    found: list[Span] = []
    at = start
    for cell in text.split("\t"):
        bare = cell.strip(_OUTER)
        left = len(cell) - len(cell.lstrip(_OUTER)) if bare else 0
        found.append(Span(at + left, at + left + len(bare)))
        at += len(cell) + 1
    return found


def parts(text: str, start: int, end: int) -> Iterator[Part]:
    """The runs of lines and the tables in ``text[start:end]``, in order."""
    if text.find("\t", start, end) < 0:
        yield from _of_spaces(lines_in(text, start, end))
        return
    raws: list[_Raw] = []
    at = start
    for row in text[start:end].split("\n"):
        raws.append(_Raw(row, at))
        at += len(row) + 1
    pending: list[Line] = []
    gap = 0
    index = 0
    while index < len(raws):
        raw = raws[index]
        if raw.cells and not _UNIT_ROW.fullmatch(raw.text) and not is_rule(raw.text):
            stop = _table_end(raws, index)
            members, furniture = _members(raws[index:stop])
            if _is_table(members):
                yield from _of_spaces(pending)
                pending = []
                yield Grid(span=Span(raw.start, raws[stop - 1].end), rows=tuple(_rows(members)), furniture=tuple(furniture))
                gap = 0
            else:
                for member in raws[index:stop]:
                    cells = [cell for cell in member.cells or _cells(member.text, member.start) if len(cell)]
                    for n, cell in enumerate(cells):
                        pending += [Line(w.span, w.text, 0 if n else 2, gap) for w in lines_in(text, cell.start, cell.end)]
                    gap = gap + 1 if member.blank else 0
            index = stop
            continue
        for line in lines_in(text, raw.start, raw.end):
            pending.append(Line(line.span, line.text, line.indent, gap))
        gap = gap + 1 if raw.blank else 0
        index += 1
    yield from _of_spaces(pending)


def _of_spaces(lines: list[Line]) -> Iterator[Part]:
    """The runs of lines without tabs, and the tables of spaces among them."""
    for part in printed.parts(lines):
        if isinstance(part, Grid):
            yield part
            continue
        yield from spaced.parts(part)


def _members(raws: Sequence[_Raw]) -> tuple[list[_Raw], list[Span]]:
    """The rows of a table, and the places of the page numbers and underlines between them."""
    members: list[_Raw] = []
    furniture: list[Span] = []
    for raw in raws:
        if is_rule(raw.text) or (not raw.cells and _PAGE_MARK.fullmatch(raw.text)):
            furniture.append(Span(raw.start, raw.end))
        elif not raw.blank:
            members.append(raw)
    return members, furniture


def _table_end(raws: Sequence[_Raw], first: int) -> int:
    """The index after the last row of the table that starts at ``first``; empty lines and page numbers may stand inside."""
    counts: Counter[int] = Counter({len(raws[first].cells): 1})
    last = index = first
    while (index := index + 1) < len(raws):
        raw = raws[index]
        gap = index - last - 1
        if gap > _WIDEST_GAP:
            break
        if is_rule(raw.text):
            last = index if not gap else last
        elif raw.cells:
            if _UNIT_ROW.fullmatch(raw.text) or (gap and not _same_table(raw, counts)):
                break
            counts[len(raw.cells)] += 1
            last = index
        elif raw.blank or _PAGE_MARK.fullmatch(raw.text):
            continue
        elif not gap and index + 1 < len(raws) and _goes_on(raws[last], raw, raws[index + 1], counts):
            last = index
        else:
            break
    return last + 1


def _same_table(raw: _Raw, counts: Counter[int]) -> bool:
    """Whether a row after a gap goes on in the table above: it starts with a merged cell, or is as wide."""
    usual = max(counts, key=lambda n: (counts[n], n))
    leading = len(raw.cells[0]) == 0 and len(raw.cells) > 2
    return leading or abs(len(raw.cells) - usual) <= usual // 8


def _goes_on(row: _Raw, line: _Raw, below: _Raw, counts: Counter[int]) -> bool:
    """Whether a line without tabs is the rest of the last cell of ``row``, parted from it by a page."""
    usual = max(counts, key=lambda n: (counts[n], n))
    text = line.text.strip()
    return (
        len(below.cells) > 1
        and 1 < len(row.cells) <= usual
        and len(below.cells) <= usual
        and len(row.cells[-1]) > 0
        and not _CLOSED.search(row.text.rstrip())
        and len(text) <= _CONTINUED_CELL
        and not OPENER.match(text)
        and not _CAPTION.match(text)
    )


def _is_table(members: Sequence[_Raw]) -> bool:
    """Whether rows of tabs are a table: two cells or more side by side, and no lone paragraph with a tab in it."""
    if not any(raw.filled > 1 for raw in members):
        return False
    return len(members) > 1 or all(len(cell) <= _PROSE_CELL for cell in members[0].cells) or members[0].filled > 2


def _rows(members: Sequence[_Raw]) -> Iterator[tuple[GridCell, ...]]:
    """The rows, with those put together again that a page broke inside a cell."""
    counts = Counter(len(raw.cells) for raw in members if raw.cells)
    usual = max(counts, key=lambda n: (counts[n], n))
    rows: list[list[list[Span]]] = []
    for raw in members:
        cells = [[cell] for cell in raw.cells]
        if not cells:
            left = len(raw.text) - len(raw.text.lstrip())
            rows[-1][-1].append(Span(raw.start + left, raw.start + left + len(raw.text.strip())))
        elif rows and _broken(rows[-1], cells, usual, counts, raw):
            rows[-1][-1] += cells[0]
            rows[-1] += cells[1:]
        else:
            rows.append(cells)
    for row in rows:
        yield tuple(GridCell(pieces=tuple(cell)) for cell in row)


def _broken(above: list[list[Span]], below: list[list[Span]], usual: int, counts: Counter[int], raw: _Raw) -> bool:
    """Whether two short rows are one row of the usual width, broken inside a cell."""
    return (
        len(above) < usual
        and len(above) + len(below) - 1 == usual
        and len(above[-1][-1]) > 0
        and len(below[0][0]) > 0
        and not _TOTAL.match(raw.text)
        and 2 * counts[len(above)] <= counts[usual]
        and 2 * counts[len(below)] <= counts[usual]
    )
