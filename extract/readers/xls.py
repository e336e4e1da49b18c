"""Workbooks of the old binary format of Excel and WPS (.xls, .et): every sheet, numbers as the reader saw them.

Why: forms that were drawn up long ago are still handed in so.
Example: 0.9986 under the format ``0.00%`` is read as 99.86%.
Left alone: comments, charts, formulas; what a formula gave when the file was saved is read.
Source: Microsoft [MS-XLS], read by xlrd.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from extract.errors import UnreadableError
from extract.layout import Layout, Reader
from extract.readers._number_format import date_shown, is_date, shown
from extract.readers._sheets import MAX_CELLS, MOST_COVERED, Sheet, SheetCell, hidden_rows, layout, listed, name_of
from extract.types import Remark

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet as XlsSheet


def unpack(data: bytes, where: str) -> Layout:
    """Every sheet with its tables; hidden parts and errors are said in the remarks."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except Exception as error:  # xlrd raises whatever its parsers raise
        locked = "encrypt" in str(error).lower() or "password" in str(error).lower()
        what = "encrypted" if locked else "damaged: no workbook of the old format"
        raise UnreadableError(where, what, "save it without a password" if locked else "open it and save it again") from None
    remarks: list[Remark] = []
    return layout([_sheet(book, sheet, remarks, where) for sheet in book.sheets()], where, remarks)


def _sheet(book: Book, sheet: XlsSheet, remarks: list[Remark], where: str) -> Sheet:
    import xlrd

    if sum((bottom - top) * (right - left) for top, bottom, left, right in sheet.merged_cells) > MOST_COVERED:
        raise UnreadableError(where, f"sheet {sheet.name}: merged cells cover more than {MOST_COVERED:,} cells", "take the merging back")

    if sheet.visibility:
        remarks.append(Remark(f"工作表“{sheet.name}”已隐藏，仍已读取", f"sheet {sheet.name} is hidden; it was read"))
    rows = sorted(number + 1 for number, row in sheet.rowinfo_map.items() if row.hidden and number < sheet.nrows)
    if rows:
        remarks.append(hidden_rows(sheet.name, rows))
    spans = {(top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
    covered = {
        (r, c)
        for top, bottom, left, right in sheet.merged_cells
        for r in range(top, min(bottom, sheet.nrows))
        for c in range(left, min(right, sheet.ncols))
    } - set(spans)
    cells: list[SheetCell] = []
    wrong: list[str] = []
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            kind = sheet.cell_type(row, column)
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or (row, column) in covered:
                continue
            value = sheet.cell_value(row, column)
            if kind == xlrd.XL_CELL_ERROR:
                text = xlrd.error_text_from_code.get(value, "#ERROR")
                wrong.append(f"{name_of(column)}{row + 1}")
            elif kind == xlrd.XL_CELL_BOOLEAN:
                text = "TRUE" if value else "FALSE"
            elif kind == xlrd.XL_CELL_TEXT:
                text = str(value)
            else:
                text = _number(book, sheet, row, column, float(value))
            if text.strip():
                down, across = spans.get((row, column), (1, 1))
                cells.append(SheetCell(row, column, text, down, across))
    if len(cells) > MAX_CELLS:
        raise UnreadableError(where, f"sheet {sheet.name} has more than {MAX_CELLS:,} cells", "split it")
    if wrong:
        remarks.append(Remark(f"工作表“{sheet.name}”公式出错：{listed(wrong)}", f"sheet {sheet.name}: errors of formulas in {listed(wrong)}"))
    return Sheet(sheet.name, tuple(cells))


def _number(book: Book, sheet: XlsSheet, row: int, column: int, value: float) -> str:
    import xlrd

    code = book.format_map[book.xf_list[sheet.cell_xf_index(row, column)].format_key].format_str
    if not is_date(code):
        return shown(value, code)
    try:
        return date_shown(xlrd.xldate_as_datetime(value, book.datemode), code)
    except (xlrd.XLDateError, OverflowError, ValueError):
        return shown(value, "General")


READER = Reader(name="xls", suffixes=(".xls", ".et"), unpack=unpack)
