"""Spreadsheets of LibreOffice and OpenOffice (.ods): every sheet, each cell as it is shown.

Why: some offices work with free software, and the archive keeps OpenDocument.
Example: ``<text:p>99.86%</text:p>`` is read, not its stored value 0.9986.
Left alone: comments and the formulas themselves.
Source: OASIS OpenDocument 1.3, Part 3, 9 (tables).
"""

from __future__ import annotations

from lxml import etree

from extract.errors import UnreadableError
from extract.layout import Layout, Reader
from extract.readers._package import Package
from extract.readers._sheets import MAX_CELLS, Sheet, SheetCell, layout
from extract.types import Remark

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
# More repetitions than this of a filled row or cell are a bomb, no table.
_MOST_REPEATED = 1000


def unpack(data: bytes, where: str) -> Layout:
    """Every sheet with its tables; hidden rows are read, and the remarks say so."""
    package = Package(data, where)
    remarks: list[Remark] = []
    sheets = [_sheet(table, remarks, where) for table in package.xml("content.xml").iter(f"{_TABLE}table")]
    return layout(sheets, where, remarks)


def _sheet(table: etree._Element, remarks: list[Remark], where: str) -> Sheet:
    name = table.get(f"{_TABLE}name", "")
    cells: list[SheetCell] = []
    number = hidden = 0
    for row in table.iter(f"{_TABLE}table-row"):
        repeated = _count(row, "number-rows-repeated")
        made = _cells(row, where)
        if made:
            if repeated > _MOST_REPEATED:
                raise UnreadableError(where, f"sheet {name}: a filled row repeated {repeated:,} times", "no report is made so")
            if len(cells) + repeated * len(made) > MAX_CELLS:
                raise UnreadableError(where, f"sheet {name} has more than {MAX_CELLS:,} cells", "split it")
            hidden += repeated * (row.get(f"{_TABLE}visibility", "visible") != "visible")
            for again in range(repeated):
                cells.extend(SheetCell(number + again, column, text, down, across) for column, text, down, across in made)
        number += repeated
    if hidden:
        remarks.append(Remark(f"工作表“{name}”有 {hidden} 行已隐藏，仍已读取", f"sheet {name}: {hidden} rows are hidden; they were read"))
    return Sheet(name, tuple(cells))


def _cells(row: etree._Element, where: str) -> list[tuple[int, str, int, int]]:
    """The filled cells of a row: column, text, rows and columns covered."""
    made: list[tuple[int, str, int, int]] = []
    column = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        repeated = _count(cell, "number-columns-repeated")
        text = "\n".join(_shown(line) for line in cell.findall(f"{_TEXT}p"))
        if cell.tag == f"{_TABLE}table-cell" and text.strip():
            if repeated > _MOST_REPEATED:
                raise UnreadableError(where, f"a filled cell repeated {repeated:,} times", "no report is made so")
            if len(made) + repeated > MAX_CELLS:
                raise UnreadableError(where, f"a row of more than {MAX_CELLS:,} cells", "no report is made so")
            down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            made.extend((column + again, text, min(down, 10_000), min(across, 1000)) for again in range(repeated))
        column += repeated
    return made


def _shown(line: etree._Element) -> str:
    """The characters of a line, without those of a comment; marked spaces are spaces."""
    written = [line.text or ""]
    for child in line:
        if child.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
            written.append(" ")
        elif child.tag != f"{_OFFICE}annotation":
            written.append(_shown(child))
        written.append(child.tail or "")
    return "".join(written)


def _count(element: etree._Element, name: str) -> int:
    value = element.get(f"{_TABLE}{name}", "1")
    return max(1, int(value)) if value.isdecimal() and len(value) < 10 else 1


READER = Reader(name="ods", suffixes=(".ods",), unpack=unpack)
