"""Workbooks for people who print, filter and fill in: tables under frozen headers, texts that are never run as formulas.

Texts go in as shared strings of their own type, numbers as numbers, and nothing as a formula; a text that begins as a formula does
is also marked as text (the apostrophe of Excel), so that it stays one when somebody edits it or saves it as CSV.
"""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from extract.errors import HeshuError
from extract.writers import Lang
from extract.writers._style import columns
from extract.writers._words import word
from extract.writers._xml import clean

if TYPE_CHECKING:
    from extract.writers._plain_rows import PlainRows

Pieces = tuple[tuple[str, bool], ...]
Value = str | int | Decimal | Pieces | None
MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 16_000
"""Half of what a cell holds: Excel counts some characters twice, and nobody reads more in a cell."""
MOST_DIGITS = 15
"""A spreadsheet keeps no more of a number; one with more goes in as a text."""
_MOST_LINKS = 60_000
"""Excel opens no sheet with more than 65,530."""
_LINE = 15
_TALLEST = 409
"""The points of a line of letters of ten points, and of the highest row that Excel has."""
_RUN = ("=", "+", "-", "@", "\t", "\r")
_FONTS: Mapping[Lang, str] = {"zh": "宋体", "en": "Arial"}
_MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""Not today: the same report gives the same bytes."""
_HEADER = {"bold": True, "bg_color": "#DCE6F1", "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1, "border_color": "#8EA9C8"}
_BODY = {"valign": "top", "border": 1, "border_color": "#BFBFBF"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, and where a click on it leads: ``internal:'事实表'!A2`` or ``external:a.docx``, "" for nowhere."""

    value: Value
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its header, its width in characters (a Chinese one takes two), whether texts wrap, what may be chosen in it
    beside what anybody types, and how the cells that begin with a text are coloured (background, letters)."""

    title: str
    width: float
    wrap: bool = False
    centre: bool = False
    choices: tuple[str, ...] = ()
    colours: Mapping[str, tuple[str, str]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table. ``head`` are lines above its header, each over the whole width, the first of them its title; ``frozen`` columns
    stay in view; ``printed`` is how many columns go on paper (all, if 0); ``empty`` is said where there is no row."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell | Value]]
    head: Sequence[Cell] = ()
    frozen: int = 0
    printed: int = 0
    empty: str = ""


def workbook(sheets: Sequence[Sheet], lang: Lang, title: str) -> bytes:
    """The file with the sheets, identical for identical ones.

    Raises:
        HeshuError: a table is longer than a sheet can be.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            # rows go to a temporary file as they come: a sheet of every fact in memory takes more than all before it
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": _FONTS[lang], "font_size": 10},
        },
    )
    book.set_properties({"title": clean(title), "author": "heshu", "created": _MADE})
    formats = _Formats(book)
    for sheet in sheets:
        if len(sheet.rows) + len(sheet.head) + 1 > MOST_ROWS:
            raise HeshuError(sheet.name, f"{len(sheet.rows)} rows do not fit into a sheet", "write a workbook for each document, by --output-dir")
        _write(book, formats, sheet, lang)
    book.close()
    return out.getvalue()


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def body(self, column: Column, *, link: bool, **more: object) -> Any:
        look: dict[str, object] = {"text_wrap": True} if column.wrap else {}
        if column.centre:
            look["align"] = "center"
        if link:
            look["font_color"] = "#1F4E9E"
        return self.of(**_BODY, **look, **more)


def _write(book: Any, formats: _Formats, sheet: Sheet, lang: Lang) -> None:
    from extract.writers._plain_rows import PlainRows

    page = book.add_worksheet(sheet.name, PlainRows)
    last = len(sheet.columns) - 1
    paper = (sheet.printed or last + 1) - 1
    top = len(sheet.head)
    for n, cell in enumerate(sheet.head):
        look = formats.of(bold=True, font_size=16, align="center", valign="vcenter") if not n else formats.of(valign="vcenter", font_color="#404040")
        page.set_row(n, 30 if not n else 18)
        page.merge_range(n, 0, n, paper, "", look)
        _put(page, formats, n, 0, cell, look, linked=True)
    page.set_row(top, max(24, *(_height(column.title, column.width) for column in sheet.columns)))
    for c, column in enumerate(sheet.columns):
        page.set_column(c, c, column.width)
        page.write_string(top, c, column.title, formats.of(**_HEADER))
    _rows(page, formats, sheet, top + 1)
    if not sheet.rows and sheet.empty:
        page.merge_range(top + 1, 0, top + 1, last, sheet.empty, formats.of(**_BODY, align="center"))
    bottom = max(top + len(sheet.rows), top + 1)
    for c, column in enumerate(sheet.columns):
        if column.choices:
            chosen = {"validate": "list", "source": list(column.choices), "error_type": "information", "show_error": False}
            page.data_validation(top + 1, c, bottom, c, chosen)
        for text, (background, letters) in (column.colours or {}).items():
            look = book.add_format({"bg_color": background, "font_color": letters})
            page.conditional_format(top + 1, c, bottom, c, {"type": "text", "criteria": "begins with", "value": text, "format": look})
    page.autofilter(top, 0, bottom, last)
    page.freeze_panes(top + 1, sheet.frozen)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.print_area(0, 0, bottom, paper)
    page.set_header(f"&L&9{word('paper.by', lang)}&R&9&A")
    page.set_footer(f"&C&9{word('paper.page', lang)}")


def _rows(page: PlainRows, formats: _Formats, sheet: Sheet, first: int) -> None:
    """The rows of a table from row ``first`` on."""
    columns = sheet.columns
    plain = [formats.body(column, link=False) for column in columns]
    looks: dict[tuple[int, bool, int], Any] = {}

    def look_of(c: int, value: Value, *, linked: bool = False) -> Any:
        shape = (c, linked, _decimals(value))
        if shape not in looks:
            looks[shape] = formats.body(columns[c], link=linked, **_number_format(shape[2]))
        return looks[shape]

    wrapped = [(c, column.width) for c, column in enumerate(columns) if column.wrap]
    links = 0
    for r, row in enumerate(sheet.rows, first):
        tallest = max((_height(row[c], width) for c, width in wrapped), default=_LINE)
        if tallest > _LINE:
            page.set_row(r, min(tallest, _TALLEST))
        if page.write_plain_row(r, row, plain, look_of):
            continue
        for c, value in enumerate(row):
            cell = value if isinstance(value, Cell) else Cell(value)
            links += bool(cell.link)
            linked = bool(cell.link) and links <= _MOST_LINKS
            _put(page, formats, r, c, cell, look_of(c, cell.value, linked=linked), linked=linked)


def _put(page: Any, formats: _Formats, row: int, column: int, cell: Cell, look: Any, *, linked: bool) -> None:
    value = cell.value
    if linked and cell.link:
        page.write_url(row, column, cell.link, look, "…")
    if value is None or value == "":
        page.write_blank(row, column, None, look)
    elif isinstance(value, tuple):
        _pieces(page, formats, row, column, value, look)
    elif isinstance(value, str):
        _text(page, formats, row, column, value, look)
    elif isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > MOST_DIGITS:
        page.write_string(row, column, f"{value:f}", look)
    else:
        page.write_number(row, column, float(value), look)


def _text(page: Any, formats: _Formats, row: int, column: int, text: str, look: Any) -> None:
    page.write_string(row, column, _short(text), formats.of(**_properties(look, formats), quote_prefix=True) if text.startswith(_RUN) else look)


def _properties(look: Any, formats: _Formats) -> dict[str, object]:
    return dict(next(key for key, made in formats._made.items() if made is look))


def _pieces(page: Any, formats: _Formats, row: int, column: int, pieces: Pieces, look: Any) -> None:
    """A text with its numbers in bold; it has two formats at least, or it is written plain."""
    marked = formats.of(bold=True, font_color="#C00000")
    plain = formats.of()
    text = "".join(words for words, _ in pieces)
    if len(text) > _MOST_CHARACTERS or len([words for words, _ in pieces if words]) < 2:
        _put(page, formats, row, column, Cell(text), look, linked=False)
        return
    runs = [part for words, strong in pieces if words for part in (marked if strong else plain, clean(words))]
    page.write_rich_string(row, column, *runs, formats.of(**_properties(look, formats), quote_prefix=True) if text.startswith(_RUN) else look)


def _height(cell: Cell | Value, width: float) -> float:
    """How high a row has to be for a wrapped text, in points: not every program fits rows when it opens a file."""
    value = cell.value if isinstance(cell, Cell) else cell
    text = "".join(words for words, _ in value) if isinstance(value, tuple) else str(value or "")
    # A character that does not fit goes to the next line whole, and a margin is left on both sides.
    return _LINE * sum(max(1, math.ceil(columns(line) / (width - 1.5))) for line in text.split("\n")) + 2


def _short(text: str) -> str:
    """The text as a cell may hold it; XlsxWriter would take one in ``<r>`` for its own mark-up."""
    shown = clean(text if len(text) <= _MOST_CHARACTERS else text[:_MOST_CHARACTERS] + "…")
    return f" {shown}" if shown.startswith("<r>") else shown


def _decimals(value: Value) -> int:
    """How many decimals a number has; -1 of what is no stated number."""
    if not isinstance(value, Decimal):
        return -1
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _number_format(decimals: int) -> dict[str, object]:
    """Thousands set apart, with the decimals that the number has."""
    return {} if decimals < 0 else {"num_format": "#,##0" + ("." + "0" * decimals if decimals else "")}
