"""Spreadsheets of Excel and WPS (.xlsx): every sheet, numbers as the reader saw them.

Why: tables of figures are handed in as workbooks, and a claim is what the cell shows: 99.86%, not 0.9986.
Example: 0.9986 under the format ``0.00%`` is read as 99.86%.
Left alone: comments, charts, and the formulas themselves; what a formula gave when the file was saved is read.
Source: ECMA-376 Part 1 (SpreadsheetML).
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
from typing import TYPE_CHECKING

from extract import collector
from extract.errors import UnreadableError
from extract.layout import Layout, Reader
from extract.readers._number_format import date_shown, shown
from extract.readers._package import Package
from extract.readers._sheets import MAX_CELLS, Sheet, SheetCell, hidden_rows, layout, listed, name_of
from extract.types import Remark

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# openpyxl makes a cell of each one that is covered, so that whoever merges a sheet fills the memory.
_MOST_COVERED = 500_000
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_NO_RESULT = re.compile(rb"<(?:\w+:)?f[ />][^<]*(?:</(?:\w+:)?f>)?\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>")


@collector.paused()
def unpack(data: bytes, where: str) -> Layout:
    """Every sheet with its tables; hidden parts, errors and formulas without a result are said in the remarks."""
    import openpyxl

    package = Package(data, where)
    empty_formulas = 0
    for name in package.names():
        if name.startswith("xl/") and name.endswith((".xml", ".rels")):
            part = package.checked(name)
            if name.startswith("xl/worksheets/"):
                empty_formulas += len(_NO_RESULT.findall(part))
                if _covered(part) > _MOST_COVERED:
                    raise UnreadableError(where, f"{name}: merged cells cover more than {_MOST_COVERED:,} cells", "take the merging back")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise UnreadableError(where, f"damaged: {type(error).__name__} while its cells were read", "open it and save it again") from None
    remarks: list[Remark] = []
    sheets = []
    for sheet in book.worksheets:
        if sum(cell.value is not None for cell in sheet._cells.values()) > MAX_CELLS:
            raise UnreadableError(where, f"sheet {sheet.title} has more than {MAX_CELLS:,} cells", "split it")
        sheets.append(_sheet(sheet, remarks))
        # openpyxl's cells refer to each other in rings, which may stay for as long as the document is looked at
        sheet._cells.clear()
    if empty_formulas:
        remarks.append(
            Remark(
                f"{empty_formulas} 个公式没有保存结果：请用 Excel 或 WPS 打开后重新保存",
                f"{empty_formulas} formulas have no stored result: open the file in Excel or WPS and save it",
            )
        )
    return layout(sheets, remarks)


def _sheet(sheet: Worksheet, remarks: list[Remark]) -> Sheet:
    name = sheet.title
    if sheet.sheet_state != "visible":
        remarks.append(Remark(f"工作表“{name}”已隐藏，仍已读取", f"sheet {name} is hidden; it was read"))
    rows = sorted(number for number, row in sheet.row_dimensions.items() if row.hidden)
    columns = sorted(letter for letter, column in sheet.column_dimensions.items() if column.hidden)
    if rows:
        remarks.append(hidden_rows(name, rows))
    if columns:
        remarks.append(
            Remark(f"工作表“{name}”第 {listed(columns)} 列已隐藏，仍已读取", f"sheet {name}: columns {listed(columns)} are hidden; they were read")
        )
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for merged in sheet.merged_cells.ranges:
        down, across = merged.max_row - merged.min_row + 1, merged.max_col - merged.min_col + 1
        spans[merged.min_row, merged.min_col] = (down, across)
    cells: list[SheetCell] = []
    wrong: list[str] = []
    codes: dict[int, str] = {}
    # The private table holds the cells that are there alone: a sheet may say that it is a million rows long. Covered cells are empty.
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.value is None:
            continue
        # what openpyxl looks up for each cell anew, in lists of the whole book
        style = cell._style.numFmtId  # type: ignore[attr-defined]
        if style not in codes:
            codes[style] = cell.number_format or "General"
        text = _text(cell.value, codes[style])
        if text in _ERRORS:
            wrong.append(f"{name_of(column - 1)}{row}")
        if text.strip():
            down, across = spans.get((row, column), (1, 1))
            cells.append(SheetCell(row - 1, column - 1, text, down, across))
    if wrong:
        remarks.append(Remark(f"工作表“{name}”公式出错：{listed(wrong)}", f"sheet {name}: errors of formulas in {listed(wrong)}"))
    return Sheet(name, tuple(cells))


def _covered(part: bytes) -> int:
    """How many cells the merged ranges of a sheet cover, by its XML."""
    total = 0
    for left, top, right, bottom in _MERGED.findall(part):
        total += (abs(int(bottom) - int(top)) + 1) * (abs(_column(right) - _column(left)) + 1)
    return total


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def _text(value: object, code: str) -> str:
    """What a cell shows."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return shown(value, code)
    return date_shown(value, code) if isinstance(value, datetime.date | datetime.time | datetime.timedelta) else str(value)


READER = Reader(name="xlsx", suffixes=(".xlsx", ".xlsm"), unpack=unpack)
