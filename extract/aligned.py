"""Where tables stand whose columns are printed one under the other, in text that keeps the spaces between them.

A cell left blank, or a name told once for several rows, leaves nothing behind but the column in which the next word stands. Such a table
is read by where its words are printed; one with a word in every cell can be read without (:mod:`extract.spaced`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.layout import Grid
from extract.repair import Line
from extract.spaced import EMPTY, NUMBER, SPREAD, cells_of
from extract.types import Span

_WIDE_GAP = re.compile(r"[ \u00a0\u3000](?:(?<=\u3000)|[ \u00a0])[ \u00a0\u3000]*")
_SENTENCE = re.compile(r"[，。；！？?!;]")
_CAPTION = re.compile(r"附?[表图]\s*[\d０-９一二三四五六七八九十]|[（(]?(?:金额)?单\s*位\s*[：:]")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_LINE = 200
_LONGEST_WORD = 40
_LEAST_COLUMNS, _LEAST_ROWS, _MOST_HEADER = 3, 3, 2


class _Field(NamedTuple):
    """Words or a number of a line, with where they stand and the columns in which they are printed, two to a full character."""

    span: Span
    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return NUMBER.fullmatch(self.text) is not None

    @property
    def is_figure(self) -> bool:
        return self.is_number or EMPTY.fullmatch(self.text) is not None


def parts(lines: list[Line]) -> Iterator[list[Line] | Grid]:
    """The lines that are in no table, and the tables among them, in order."""
    at = index = 0
    while index < len(lines):
        end = _end(lines, index)
        grid = _table(lines[index:end]) if end - index > _LEAST_ROWS else None
        if grid is not None:
            if index > at:
                yield lines[at:index]
            yield grid
            at = end
        index = max(end, index + 1)
    if at < len(lines):
        yield lines[at:]


def _end(lines: Sequence[Line], index: int) -> int:
    """The line after the last of those from ``index`` on that stand close together and have words far apart."""
    end = index
    while end < len(lines) and (end == index or not lines[end].gap) and _is_row(lines[end]):
        end += 1
    return end


def _is_row(line: Line) -> bool:
    text = line.text
    return len(text) <= _LONGEST_LINE and _WIDE_GAP.search(text) is not None and not (_SENTENCE.search(text) or _CAPTION.match(text))


def _table(lines: Sequence[Line]) -> Grid | None:
    """The table of the lines; ``None`` if they are none, or if every row has a word in every column."""
    for ambiguous in (2, 1):  # — is as wide as one column or as two
        rows = [_fields(line, ambiguous) for line in lines]
        first = next((n for n, row in enumerate(rows) if any(field.is_number for field in row[1:])), len(rows))
        head, body = rows[:first], rows[first:]
        if not 0 < first <= _MOST_HEADER or len(body) < _LEAST_ROWS or not all(map(_can_head, head)) or not all(map(_can_be_row, body)):
            return None
        columns = _columns(body)
        placed = [_placed(row, columns) for row in body]
        heads = [list(row) if len(row) == len(columns) else _placed(row, columns) for row in head]
        if len(columns) < _LEAST_COLUMNS or not all(placed) or not all(heads):
            continue
        ragged = any(len(row) < len(columns) for row in body)
        figures = sum(field.is_figure for row in body for field in row)
        if not ragged or figures * 2 < sum(map(len, body)):
            return None
        spans = ([[field.span] if field is not None else [] for field in row] for row in (*heads, *placed))
        return Grid(span=Span(lines[0].span.start, lines[-1].span.end), rows=tuple(map(cells_of, spans)))
    return None


def _fields(line: Line, ambiguous: int) -> list[_Field]:
    """The words and numbers of a line that wide gaps part; what is printed spread out is one."""
    found: list[_Field] = []
    at, column = 0, line.indent
    for gap in (*_WIDE_GAP.finditer(line.text), None):
        words = line.text[at : gap.start() if gap is not None else len(line.text)]
        width = _width(words, ambiguous)
        field = _Field(Span(line.span.start + at, line.span.start + at + len(words)), words, column, column + width)
        if found and found[-1].text + words in SPREAD:
            before = found.pop()
            field = field._replace(span=Span(before.span.start, field.span.end), text=before.text + words, start=before.start)
        found.append(field)
        if gap is not None:
            at, column = gap.end(), column + width + _width(gap[0], ambiguous)
    return found


def _width(text: str, ambiguous: int) -> int:
    if text.isascii():
        return len(text)
    wide = {"W": 2, "F": 2, "A": ambiguous}
    return sum(wide.get(unicodedata.east_asian_width(char), 1) for char in text)


def _can_head(row: Sequence[_Field]) -> bool:
    return len(row) > 1 and all(_LETTER.search(field.text) and len(field.text) <= _LONGEST_WORD for field in row)


def _can_be_row(row: Sequence[_Field]) -> bool:
    return all(len(field.text) <= _LONGEST_WORD for field in row)


def _columns(rows: Sequence[Sequence[_Field]]) -> list[tuple[int, int]]:
    """From where to where something is printed in some row."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((field.start, field.end) for row in rows for field in row):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _placed(row: Sequence[_Field], columns: Sequence[tuple[int, int]]) -> list[_Field | None]:
    """What stands in each column; [] where two words stand in one, or one in two."""
    cells: list[_Field | None] = [None] * len(columns)
    places: list[int] = []
    for field in row:
        over = [n for n, (start, end) in enumerate(columns) if start < field.end and field.start < end]
        if len(over) != 1:
            return []
        places += over
        cells[over[0]] = field
    return cells if all(a < b for a, b in pairwise(places)) else []
