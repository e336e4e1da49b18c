"""Spreadsheets of Excel and WPS (.xlsx): every sheet, numbers as the reader saw them.

Why: tables of figures are handed in as workbooks, and a claim is what the cell shows: 99.86%, not 0.9986.
Example: 0.9986 under the format ``0.00%`` is read as 99.86%.
Left alone: comments, charts, and the formulas themselves; what a formula gave when the file was saved is read.
Source: ECMA-376 Part 1 (SpreadsheetML).
"""

from __future__ import annotations

import datetime
import html
import io
import re
import warnings
from typing import TYPE_CHECKING

from extract import collector
from extract.errors import UnreadableError
from extract.layout import Layout, Reader
from extract.readers._number_format import date_shown, shown
from extract.readers._package import Package, legible
from extract.readers._sheets import MAX_CELLS, MOST_COVERED, Sheet, SheetCell, hidden_rows, layout, listed, name_of
from extract.types import Remark

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# openpyxl makes a cell of each one that a merged range or a link covers.
_COVERING = re.compile(rb"<(?:[^\s<>/:]+:)?(?:mergeCell|hyperlink)\s([^<]*)")
_REFERENCE = re.compile(r"\bref\s*=\s*[\"']([^\"']*)")
# And one of each that has a look and nothing in it: a sheet formatted down to its last row takes a minute.
_MANY = 100_000
_EMPTY_CELL = re.compile(rb"<c\s[^<>]*/>")
_EMPTY_ROW = re.compile(rb"<row\s(?![^<>]*\bhidden=)[^<>]*(?:/>|>\s*</row>)")
_COUNTED = re.compile(rb"<(?:c|row)(?=[\s/>])(?![^<>]*\sr=)")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_NO_RESULT = re.compile(rb"<(?:\w+:)?f[ />][^<]*(?:</(?:\w+:)?f>)?\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>")


@collector.paused()
def unpack(data: bytes, where: str) -> Layout:
    """Every sheet with its tables; hidden parts, errors and formulas without a result are said in the remarks."""
    import openpyxl

    package = Package(data, where)
    empty_formulas = 0
    lighter: dict[str, bytes] = {}
    for name in package.names():  # a relation may lead to any of them, whatever it is called
        part = package.checked(name, picture=name.startswith("xl/media/"))
        if b"sheetData" in (plain := legible(part)):
            empty_formulas += len(_NO_RESULT.findall(plain))
            if _covered(plain) > MOST_COVERED:
                raise UnreadableError(where, f"{name}: merged cells or links cover more than {MOST_COVERED:,} cells", "take them back")
            if part.count(b"/>") + part.count(b"</row>") > _MANY and not _COUNTED.search(part):
                lighter[name] = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", part))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(package.with_parts(lighter) if lighter else data), data_only=True, keep_links=False)
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
    return layout(sheets, where, remarks)


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
    """How many cells the merged ranges and links of a sheet cover, by its XML."""
    from openpyxl.utils import range_boundaries

    total = 0
    for match in _COVERING.finditer(part):
        reference = _REFERENCE.search(html.unescape(match[1].decode("utf-8", "replace")))
        try:
            left, top, right, bottom = range_boundaries(reference[1].upper() if reference else "A1")
        except ValueError:
            continue  # openpyxl refuses it as well
        total += ((bottom or _LAST_ROW) - (top or 1) + 1) * ((right or _LAST_COLUMN) - (left or 1) + 1)
    return total


def _text(value: object, code: str) -> str:
    """What a cell shows."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return shown(value, code)
    return date_shown(value, code) if isinstance(value, datetime.date | datetime.time | datetime.timedelta) else str(value)


READER = Reader(name="xlsx", suffixes=(".xlsx", ".xlsm"), unpack=unpack)
