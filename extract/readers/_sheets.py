"""Sheets of cells as a layout: each table a grid, the lines above and below it lines of text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from extract.errors import UnreadableError
from extract.layout import CELL_BREAK, MAX_CHARACTERS, MAX_PLACES, Grid, GridCell, Layout
from extract.mapped import Mapped
from extract.types import Place, Remark, Span

_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表|表)?\s*\d*", re.IGNORECASE)
_LINE_END = re.compile(r"\s*(?:\r\n?|\n|\x1e)\s*")
_HEADS = re.compile(r"单\s*位\s*[：:]|[：:]\s*\S")
_NUMBER = re.compile(r"[-+]?[\d,]+(?:\.\d+)?%?")
_NAMED = 8
MAX_CELLS = 1_000_000
"""A sheet with more filled cells is refused: it is a data base, no report."""
MOST_COVERED = 500_000
"""So are more cells that merged ranges cover: a workbook's parser makes something of each."""
LONGEST_LINE = 60
"""A lone cell with more characters is a note below a table, no group of its rows."""


class SheetCell(NamedTuple):
    """A cell that shows something: its text as shown, and how many rows and columns it covers."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """The filled cells of a sheet by row, rows and columns counted from 0."""

    name: str
    cells: tuple[SheetCell, ...]


def layout(sheets: Sequence[Sheet], where: str, remarks: Iterable[Remark] = ()) -> Layout:
    """One text of all sheets: the name of a sheet where it says something, its lines, its tables; each cell with its place.

    Raises:
        UnreadableError: the cells are few, but what they say or the tables that they make are longer than any report.
    """
    page = _Page(where)
    for sheet in sheets:
        regions = list(_regions(sheet.cells))
        first = regions[0][0][0].text if regions else ""
        if regions and not _DEFAULT_NAME.fullmatch(sheet.name.strip()) and sheet.name.strip() not in first:
            page.line(sheet.name.strip(), Place(page.at, cell=sheet.name))
        for region in regions:
            page.region(sheet.name, region)
    text = "".join(page.parts)
    mapped = Mapped.of(text.replace(CELL_BREAK, "\n")).rewritten(text)
    return Layout(mapped=mapped, grids=tuple(page.grids), whole=True, places=tuple(page.places), remarks=tuple(remarks))


@lru_cache(maxsize=1024)
def name_of(column: int) -> str:
    """The letters of a column counted from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def listed(names: Sequence[int] | Sequence[str]) -> str:
    """The first names, and how many more there are, in signs that every language reads: 1, 2, 3 … (+5)."""
    return ", ".join(str(name) for name in names[:_NAMED]) + (f" … (+{len(names) - _NAMED})" if len(names) > _NAMED else "")


def hidden_rows(sheet: str, rows: Sequence[int]) -> Remark:
    """The remark on rows that are hidden."""
    return Remark(f"工作表“{sheet}”第 {listed(rows)} 行已隐藏，仍已读取", f"sheet {sheet}: rows {listed(rows)} are hidden; they were read")


def _regions(cells: Iterable[SheetCell]) -> Iterator[list[list[SheetCell]]]:
    """Runs of rows with nothing but filled rows between them."""
    rows: dict[int, list[SheetCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    region: list[list[SheetCell]] = []
    reached = -1
    for number in sorted(rows):
        row = sorted(rows[number], key=lambda cell: cell.column)
        if region and number > reached:
            yield region
            region = []
        region.append(row)
        reached = max(reached, number + max(cell.row_span for cell in row))
    if region:
        yield region


class _Page:
    """The text while it grows."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.covered = 0
        self.parts: list[str] = []
        self.at = 0
        self.grids: list[Grid] = []
        self.places: list[Place] = []

    def put(self, text: str) -> Span:
        start = self.at
        self.parts.append(text)
        self.at += len(text)
        if self.at > MAX_CHARACTERS:
            raise UnreadableError(self.where, f"its cells say more than {MAX_CHARACTERS:,} characters", "split it")
        return Span(start, self.at)

    def line(self, text: str, place: Place) -> None:
        self.places.append(place)
        self.put(_LINE_END.sub("\n", text.strip().replace("\t", " ")) + "\n")

    def region(self, sheet: str, rows: list[list[SheetCell]]) -> None:
        """The lines above, the table, the lines below."""
        top, end = 0, len(rows)
        while top < end and _is_line(rows[top], rows[top + 1 :]):
            top += 1
        while end > top and len(rows[end - 1]) == 1 and (len(rows[end - 1][0].text) > LONGEST_LINE or end - top == 1):
            end -= 1
        for row in rows[:top]:
            self._lines(sheet, row)
        if end > top:
            self._grid(sheet, rows[top:end])
        for row in rows[end:]:
            self._lines(sheet, row)

    def _lines(self, sheet: str, row: list[SheetCell]) -> None:
        self.line("  ".join(cell.text.strip() for cell in row), _place(self.at, sheet, row[0]))

    def _grid(self, sheet: str, rows: list[list[SheetCell]]) -> None:
        """The rows and columns in which a cell begins: what merged cells merely cover, be it a million rows, shows nothing more."""
        numbers = [row[0].row for row in rows]
        columns = sorted({cell.column for row in rows for cell in row})
        self.covered += len(rows) * len(columns)
        if self.covered > MAX_PLACES:
            raise UnreadableError(self.where, f"its tables have {self.covered:,} cells, most of them empty", f"{MAX_PLACES:,} are read; split it")
        covered: set[tuple[int, int]] = set()
        start = end = self.at
        made: list[tuple[GridCell, ...]] = []
        for r, row in enumerate(rows):
            own = {cell.column: cell for cell in row}
            cells: list[GridCell] = []
            c = 0
            while c < len(columns):
                if (r, c) in covered:
                    c += 1
                    continue
                if cells:
                    self.put("\t")
                cell = own.get(columns[c])
                if cell is None:
                    cells.append(GridCell(pieces=(Span(self.at, self.at),)))
                    c += 1
                    continue
                self.places.append(_place(self.at, sheet, cell))
                span = self.put(_LINE_END.sub(CELL_BREAK, cell.text.strip()).replace("\t", " "))
                if cell.row_span == cell.column_span == 1:
                    cells.append(GridCell(pieces=(span,)))
                    c += 1
                    continue
                down = bisect_left(numbers, cell.row + cell.row_span) - r
                across = bisect_left(columns, cell.column + cell.column_span) - c
                cells.append(GridCell(pieces=(span,), row_span=down, column_span=across))
                covered.update((below, beside) for below in range(r + 1, r + down) for beside in range(c, c + across))
                c += across
            end = self.at
            self.put("\n")
            if cells:
                made.append(tuple(cells))
        self.grids.append(Grid(span=Span(start, end), rows=tuple(made)))


def _is_line(row: list[SheetCell], below: list[list[SheetCell]]) -> bool:
    """Whether a row at the top of a region is a line of text above the table: a title, who reports, 单位：万元."""
    if any(_NUMBER.fullmatch(cell.text.strip()) for cell in row):
        return False
    if len(row) == 1:
        return not below or any(len(each) > 1 for each in below) or row[0].row_span == 1
    widest = max((len(each) for each in below), default=0)
    return len(row) < widest and all(_HEADS.search(cell.text) for cell in row)


def _place(at: int, sheet: str, cell: SheetCell) -> Place:
    return Place(at, cell=f"{sheet}!{name_of(cell.column)}{cell.row + 1}")
