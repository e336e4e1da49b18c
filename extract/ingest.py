"""The first stage: a file, bytes or a text become a :class:`~extract.types.Document`.

A reader takes the markup out, the lines are put together that a page broke, tables are found and understood, and at
the end stands the reading text with the place in the source of each of its characters.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import cast

import regex

from extract import about, archives, collector, grids, outline, repair, tables
from extract.decode import decode
from extract.errors import UnreadableError
from extract.knowledge import discover
from extract.layout import CELL_BREAK, MAX_PLACES, Grid, Layout, Reader
from extract.mapped import Edit, Mapped, relocate
from extract.types import Block, BlockKind, CellRef, Document, Section, Span, Table

MAX_BYTES = 100 * 1024 * 1024
"""A larger file is refused before it is read: no report is that long, and it would not fit in memory several times over."""


@cache
def _readers() -> dict[str, Reader]:
    readers = cast("tuple[Reader, ...]", discover("extract.readers", "READER"))
    return {suffix: reader for reader in readers for suffix in reader.suffixes}


def suffixes() -> tuple[str, ...]:
    """The suffixes of the files that can be read, with their dots."""
    return tuple(sorted(suffix for suffix in _readers() if suffix))


def read(path: str | Path) -> Document:
    """The document in the file at ``path``, which may be in an archive: ``2023.zip!/reports/a.docx``.

    Raises:
        UnreadableError: the file is missing, a folder, empty, binary, larger than :data:`MAX_BYTES`, in no known encoding,
            or of a kind that no reader knows.
    """
    path = Path(path)
    return _document(content(path), name=path.stem, path=str(path), suffix=path.suffix)


def content(path: str | Path) -> bytes:
    """The bytes of the file at ``path``, which may be in an archive.

    Raises:
        UnreadableError: as for :func:`read`, as far as that is seen without looking into them.
    """
    path = Path(path)
    where = str(path)
    archive, file = archives.split(where)
    if file:
        _reader_of(path.suffix, where)
        return archives.read(archive, file, MAX_BYTES)
    if archives.is_archive(path):
        raise UnreadableError(where, "an archive, no document", f"name a file in it: {path.name}{archives.INSIDE}FILE")
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableError(where, "a folder, no file", "name the files in it")
        if not stat.S_ISREG(status.st_mode):
            # What a pipe or a device gives may never end.
            raise UnreadableError(where, "a pipe or a device, no file", "give what comes out of it to heshu's standard input")
        admit(where, status.st_size)
        _reader_of(path.suffix, where)
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableError(where, "no such file") from None
    except OSError as error:
        raise UnreadableError(where, error.strerror or type(error).__name__) from None


def read_bytes(data: bytes, *, name: str = "-", suffix: str = ".txt", path: str | None = None) -> Document:
    """The document in ``data``, which is read as a file with that suffix is; ``path`` is where the bytes came from.

    Raises:
        UnreadableError: as for :func:`read`.
    """
    admit(path or name, len(data))
    return _document(data, name=name, path=path, suffix=suffix)


def admit(where: str, size: int) -> None:
    """Nothing, where a file of so many bytes is read.

    Raises:
        UnreadableError: it is larger than :data:`MAX_BYTES`.
    """
    if size > MAX_BYTES:
        raise UnreadableError(where, f"{size / 2**20:.0f} MB, more than the {MAX_BYTES // 2**20} MB that are read", "split it")


def read_text(text: str, *, name: str = "-", suffix: str = ".txt") -> Document:
    """The document whose source is ``text``.

    Raises:
        UnreadableError: the text is empty or has a suffix that no reader knows.
    """
    reader = _reader_of(suffix, name)
    if reader.parse is None:
        raise UnreadableError(name, f"a {suffix} file is no text", "pass its bytes to read_bytes")
    data = text.encode("utf-8", "surrogatepass")
    return _read(reader.parse(text), text, name=name, path=None, sha256=hashlib.sha256(data).hexdigest(), encoding="str")


def _reader_of(suffix: str, where: str) -> Reader:
    reader = _readers().get(suffix.lower())
    if reader is None:
        raise UnreadableError(where, f"no reader for {suffix} files", f"supported are {' '.join(suffixes())}")
    return reader


def _document(data: bytes, *, name: str, path: str | None, suffix: str) -> Document:
    reader = _reader_of(suffix, path or name)
    where = path or name
    if reader.unpack is not None:
        if not data:
            raise UnreadableError(where, "the file is empty", "nothing to read")
        layout = reader.unpack(data, where)
        source, encoding = layout.mapped.text.replace(CELL_BREAK, "\n"), reader.name
    else:
        assert reader.parse is not None
        source, encoding = decode(data, where)
        layout = reader.parse(source)
    return _read(layout, source, name=name, path=path, sha256=hashlib.sha256(data).hexdigest(), encoding=encoding)


@dataclass(slots=True)
class _Item:
    """A block to be: the runs of the layout's text it is made of, and for a cell its grid, row and place in the row; ``column`` is its
    number in the row where a cell can be several blocks."""

    pieces: list[Span]
    grid: int = -1
    row: int = 0
    row_span: int = 1
    column_span: int = 1
    end_of_row: bool = False
    column: int = -1
    span: Span = field(default=Span(0, 0))


@collector.paused()
def _read(layout: Layout, source: str, *, name: str, path: str | None, sha256: str, encoding: str) -> Document:
    dropped: list[Span] = []
    spaced: set[int] = set()
    items = list(_items(layout, dropped, spaced))
    mapped = _assembled(layout.mapped, items)
    text = mapped.text
    if not text.strip():
        raise UnreadableError(path or name, "no text in it", "nothing to read")
    drafts = _drafts(text, items)
    covered = sum(map(tables.places, drafts.values()))
    if covered > MAX_PLACES:
        raise UnreadableError(path or name, f"its tables have {covered:,} cells, most of them empty or merged", f"{MAX_PLACES:,} are read; split it")
    prose, made = _understood(text, items, drafts, spaced)
    found = outline.sections(text, prose, _levels(layout, items))
    blocks, placed = _blocks(prose, made, found)
    said = about.about(text, blocks)
    return Document(
        name=name,
        path=path,
        sha256=sha256,
        encoding=encoding,
        source=source,
        text=text,
        origin=mapped.origin,
        blocks=tuple(_titled(text, blocks, said.title)),
        sections=found,
        tables=placed,
        about=said,
        furniture=tuple(_in_source(layout.mapped, span) for span in dropped),
        places=layout.places,
        remarks=layout.remarks,
    )


def _levels(layout: Layout, items: list[_Item]) -> dict[int, int]:
    """The levels of the headings that the format marks, by where they start in the reading text."""
    marked = {heading.span.start: heading.level for heading in layout.headings}
    return {item.span.start: marked[item.pieces[0].start] for item in items if item.grid < 0 and item.pieces[0].start in marked} if marked else {}


def _titled(text: str, blocks: tuple[Block, ...], title: str) -> Iterator[Block]:
    """The blocks, with those that make up the title marked."""
    for index, block in enumerate(blocks):
        if title and index < about.HEAD_BLOCKS and block.kind == "paragraph" and len(block.span) >= 4 and block.span.of(text) in title:
            block = block._replace(kind="title")
        yield block


def _in_source(mapped: Mapped, span: Span) -> Span:
    return Span(mapped.origin[span.start], mapped.origin[span.end - 1] + 1)


def _items(layout: Layout, dropped: list[Span], spaced: set[int]) -> Iterator[_Item]:
    """The blocks of the layout in order; page furniture goes to ``dropped``, the numbers of grids of spaces to ``spaced``."""
    text = layout.mapped.text
    set_apart = {start for span in layout.furniture for start in range(span.start, span.end)}
    at = 0
    number = 0
    for grid in (*layout.grids, None):
        end = grid.span.start if grid is not None else len(text)
        for part in grids.parts(text, at, end):
            if isinstance(part, Grid):
                dropped.extend(part.furniture)
                if part.spaced:
                    spaced.add(number)
                yield from _cells_of(text, part, number)
                number += 1
                continue
            if layout.whole:
                yield from (_Item([line.span]) for line in part)
                continue
            if layout.columns:
                part = [replace(line, printed=layout.columns.get(line.span.start, 0)) for line in part]
            off = repair.furniture(part) | {n for n, line in enumerate(part) if line.span.start in set_apart}
            dropped.extend(part[i].span for i in sorted(off))
            for pieces in repair.paragraphs(part, off):
                yield _Item(pieces)
        if grid is not None:
            yield from _cells_of(text, grid, number)
            number += 1
            at = grid.span.end


def _cells_of(text: str, grid: Grid, number: int) -> Iterator[_Item]:
    if grid.printed:
        yield from _printed(text, grid, number)
        return
    for r, row in enumerate(grid.rows):
        for c, cell in enumerate(row):
            pieces = [_bare(text, piece) for piece in cell.pieces]
            yield _Item(pieces, grid=number, row=r, row_span=cell.row_span, column_span=cell.column_span, end_of_row=c == len(row) - 1)


def _printed(text: str, grid: Grid, number: int) -> Iterator[_Item]:
    """The pieces of cells in the order of the text; those of one cell with nothing of another between them are one."""
    pieces = sorted((piece.start, piece.end, r, c) for r, row in enumerate(grid.rows) for c, cell in enumerate(row) for piece in cell.pieces)
    items: list[_Item] = []
    for start, end, r, c in pieces:
        if items and (items[-1].row, items[-1].column) == (r, c):
            items[-1].pieces.append(Span(start, end))
            continue
        if items:
            items[-1].end_of_row = "\n" in text[items[-1].pieces[-1].end : start]
        cell = grid.rows[r][c]
        items.append(_Item([Span(start, end)], number, r, cell.row_span, cell.column_span, column=c))
    items[-1].end_of_row = True
    yield from items


def _bare(text: str, span: Span) -> Span:
    raw = span.of(text)
    bare = raw.strip()
    if len(bare) == len(raw):
        return span
    if not bare:
        return Span(span.start, span.start)
    left = len(raw) - len(raw.lstrip())
    return Span(span.start + left, span.start + left + len(bare))


def _assembled(mapped: Mapped, items: list[_Item]) -> Mapped:
    """The reading text; sets the ``span`` of each item in it."""
    text = mapped.text
    edits: list[Edit] = []
    bounds: list[int] = []
    at = 0
    separator = ""
    for item in items:
        for n, piece in enumerate(item.pieces):
            between = repair.glue(text[max(0, at - 1) : at], text[piece.start : piece.start + 1]) if n else separator
            edits.extend(_gap(text, at, piece.start, between))
            at = piece.end
        bounds += (item.pieces[0].start, at)
        separator = "\n" if item.grid < 0 or item.end_of_row else "\t"
    edits.extend(_gap(text, at, len(text), ""))
    joined = mapped.edit(edits)
    bounds = relocate(bounds, edits)
    joined = joined.rewritten(repair.narrowed(joined.text))
    edits = []
    for item, start, end in zip(items, bounds[::2], bounds[1::2], strict=True):
        if end > start:
            edits.extend(repair.tidy(joined.text[start:end], start, cell=item.grid >= 0))
    tidied = joined.edit(edits)
    bounds = relocate(bounds, edits)
    for item, start, end in zip(items, bounds[::2], bounds[1::2], strict=True):
        item.span = Span(start, end)
    return tidied


def _gap(text: str, start: int, end: int, separator: str) -> Iterator[Edit]:
    """The edits that leave of ``text[start:end]`` the separator alone, at the place of such a character if there is one."""
    if start >= end:
        return
    if not separator:
        yield (start, end, "")
        return
    place = text.find(separator, start, end)
    if place < 0:
        yield (start, end, separator)
        return
    if place > start:
        yield (start, place, "")
    if end > place + 1:
        yield (place + 1, end, "")


def _drafts(text: str, items: list[_Item]) -> dict[int, list[list[tables.DraftCell]]]:
    """The cells of each grid by row, with their final texts."""
    drafts: dict[int, list[list[tables.DraftCell]]] = {}
    printed: dict[int, dict[tuple[int, int], list[_Item]]] = {}
    fresh = True
    for item in items:
        if item.grid < 0:
            continue
        rows = drafts.setdefault(item.grid, [])
        if item.column >= 0:
            printed.setdefault(item.grid, {}).setdefault((item.row, item.column), []).append(item)
            continue
        if fresh or not rows:
            rows.append([])
        rows[-1].append(tables.DraftCell(span=item.span, text=item.span.of(text), row_span=item.row_span, column_span=item.column_span))
        fresh = item.end_of_row
    for number, cells in printed.items():
        for _, row in groupby(sorted(cells.items(), key=itemgetter(0)), key=lambda cell: cell[0][0]):
            drafts[number].append([_joined(text, pieces) for _, pieces in row])
    return drafts


def _joined(text: str, pieces: Sequence[_Item]) -> tables.DraftCell:
    """The cell that was printed in pieces."""
    first, *others = pieces
    whole = first.span.of(text)
    for item in others:
        whole += repair.glue(whole, item.span.of(text)) + item.span.of(text)
    return tables.DraftCell(first.span, whole, first.row_span, first.column_span, tuple(item.span for item in others))


_CAPTION = regex.compile(r"附?表\s*[0-9一二三四五六七八九十]*(?![\p{IsHan}]).{0,60}|.{2,50}(?:表|情况|统计|明细|一览)(?:[（(][^（）()]{1,30}[）)])?")
_UNIT_LINE = re.compile(
    r"[（(]?(?:金额|计量)?单\s*位\s*[：:].{1,30}|.{0,40}[（(]单位[：:].{1,20}[）)][：:]?|.{0,60}\s(?:金额)?单\s*位\s*[：:]\s*\S{1,8}"
)
_UNIT_FIRST = re.compile(r"(?:[>＞]\s*)?(?:注[：:])?\s*(?:金额|计量)?单\s*位\s*[：:][^，。；;]{1,12}[；;，。]")
_UNIT_LAST = re.compile(r"[（(](?:金额)?单位[：:][^（）()]{1,20}[）)][：:。]?$")
_YEAR_LINE = re.compile(r"[（(]?(?:19|20)\d\d\s*年度?[）)]?")
_LABEL_LINE = regex.compile(r"[\p{IsHan}（）()]{2,14}[：:].{1,60}")
# A header of several lines that a page put one below the other: words alone.
_HEADER_PART = regex.compile(r"[\p{L}\s（）()“”、/.\-]{1,60}")
_TITLE = regex.compile(r"(?=.*\p{IsHan})(?:(?:19|20)\d\d|\D)")
_SHORT = 3
_CAPTION_REACH = 4
_HEADER_REACH = 24


def _understood(text: str, items: list[_Item], drafts: dict[int, list[list[tables.DraftCell]]], spaced: set[int]) -> tuple[list[Block], list[Table]]:
    """The blocks of prose, captions told from paragraphs, and the tables with their titles and units."""
    prose: list[Block] = []
    made: list[Table] = []
    since: list[int] = []
    head: list[str] = []
    chain = 0
    done = -1
    for item in items:
        if item.grid < 0:
            since.append(len(prose))
            prose.append(Block(kind="paragraph", span=item.span))
        elif item.grid != done:
            done = item.grid
            rows = drafts[done]
            title, unit, captions = _caption(text, prose, since, header=done in spaced)
            for index in captions:
                prose[index] = Block(kind="caption", span=prose[index].span)
            lines = [prose[i].span.of(text) for i in since] if since and done in spaced else []
            again = bool(lines) and head[-len(lines) :] == lines
            chain = chain if not since or again else len(made)
            head = head if not since or again else lines
            above = (
                made[-1]
                if made and (again or (not title and not unit and not any(repair.OPENER.match(prose[i].span.of(text)) for i in since)))
                else None
            )
            if above is not None and (not since or again):
                title, unit = above.title, above.unit
            if done in spaced:
                # A row of fewer numbers may have lost any of them: only a table as wide goes on.
                width = len(rows[0])
                above = next((table for table in reversed(made[chain:]) if table.columns == width), None)
            made.extend(tables.interpret(rows, title=title, unit=unit, above=above))
            since = []
    return prose, made


def _caption(text: str, prose: list[Block], since: list[int], *, header: bool = False) -> tuple[str, str, list[int]]:
    """Title and unit of a table from the lines above it, and which of these lines are captions. ``header`` is whether
    parts of its header may stand there too."""
    title = unit = nearest = ""
    captions: list[int] = []
    for index in reversed(since[-(_HEADER_REACH if header else _CAPTION_REACH) :]):
        line = " ".join(prose[index].span.of(text).split())
        if _UNIT_FIRST.match(line):
            # 金额单位：万元；执行率＝…。 — a note that begins with the unit.
            unit = unit or tables.declared_unit(line)
            continue
        if index == since[-1] and _UNIT_LAST.search(line):
            # 各项目支出明细如下（单位：万元）： — the end of a paragraph.
            unit = tables.declared_unit(line)
        if len(line) > 80 or line.endswith(("。", "；")):
            break
        found = tables.declared_unit(line)
        if found and _UNIT_LINE.fullmatch(line):
            unit = unit or found
            captions.append(index)
            line = re.sub(r"[（(]?(?:金额|计量)?单\s*位\s*[：:].*$", "", line).strip()
            if not line:
                continue
        if _CAPTION.fullmatch(line):
            title = line
            unit = unit or found
            if index not in captions and not repair.OPENER.match(line):
                captions.append(index)
            break
        if _YEAR_LINE.fullmatch(line) or _LABEL_LINE.fullmatch(line):
            continue
        if header and not unit and _HEADER_PART.fullmatch(line) and not repair.OPENER.match(line):
            nearest = nearest if index != since[-1] else line
            continue
        title = line if len(line) <= 40 and not line.endswith(("：", ":", "，")) else ""
        break
    if header and not unit and (nearest or not _TITLE.match(title)):
        title = nearest if len(nearest) > _SHORT else ""
    return outline.without_number(title), unit, captions


def _blocks(prose: list[Block], made: list[Table], found: tuple[Section, ...]) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """All blocks in text order with their sections, headings marked, and the tables with theirs."""
    starts = [section.span.start for section in found]
    headings = {section.heading for section in found}
    blocks: list[Block] = []
    for block in prose:
        kind: BlockKind = "heading" if block.span in headings else block.kind
        blocks.append(Block(kind=kind, span=block.span, section=outline.section_of(starts, block.span.start)))
    placed: list[Table] = []
    for number, table in enumerate(made):
        section = outline.section_of(starts, table.span.start)
        placed.append(replace(table, section=section))
        blocks.extend(
            Block(kind="cell", span=span, section=section, cell=CellRef(table=number, row=cell.row, column=cell.column))
            for cell in table.cells
            for span in (cell.span, *cell.rest)
            if span.start < span.end
        )
    blocks.sort(key=lambda block: block.span.start)
    return tuple(blocks), tuple(placed)
