"""PDF files with a text layer: pages in reading order, ruled tables with their cells, page headers set apart.

Why: authorities publish accounts and reports as PDF.
Example: a table ruled over three pages is one table; its header, repeated on each page, counts once.
Left alone: pictures. A page without a text layer is named in the remarks; the rest is read.
Source: PDF 32000-1; PDFium gives characters with their boxes, pdfplumber the cells between ruling lines.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from extract.errors import UnreadableError
from extract.layout import CELL_BREAK, Grid, GridCell, Layout, Reader
from extract.mapped import Mapped
from extract.readers._sheets import listed
from extract.types import Place, Remark, Span

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_PAGES = 3000
# A page with fewer drawn paths has no table between lines.
_LEAST_PATHS = 4
# Edges of cells nearer than so many points are one edge.
_EDGE = 4.0
# Headers and footers: lines within this share of the page's height from its edge, alike on this many pages.
_MARGIN = 0.12
_ALIKE = 3
_PAGE_NUMBER = re.compile(r"[-－—–―·•\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／]?\s*共?\s*\d{1,4}\s*页?)?[-－—–―·•\s]*")
_DIGITS = re.compile(r"\d+")


class _Char(NamedTuple):
    """A character and its box, in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class _Row:
    """A line of the page, with its place on it and the width of a full character of it."""

    top: float
    bottom: float
    right: float
    size: float
    text: str


@dataclass(slots=True)
class _Cell:
    text: str
    row_span: int
    column_span: int


@dataclass(slots=True)
class _Table:
    """The cells of one page's table by row; ``edges`` are those of its columns."""

    top: float
    bottom: float
    edges: tuple[float, ...]
    rows: list[list[_Cell]]


@dataclass(slots=True)
class _Page:
    number: int
    height: float
    parts: list[_Row | _Table]


def unpack(data: bytes, where: str) -> Layout:
    """The pages one after the other; tables that go on over a page are put together, with their repeated headers out."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = "password" in str(error).lower()
        what = "encrypted" if encrypted else "damaged: no PDF that can be opened"
        raise UnreadableError(where, what, "save it without a password" if encrypted else "open it and save it again") from None
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableError(where, f"{len(document):,} pages, more than the {MAX_PAGES:,} that are read", "split it")
        pages, remarks = _pages(document, data)
    except UnreadableError:
        raise
    except Exception:  # pdfminer raises whatever its parsers raise, and PDFium finds broken pages only now
        raise UnreadableError(where, "damaged: its pages cannot be read", "open it and save it again") from None
    finally:
        document.close()
    if not any(page.parts for page in pages):
        raise UnreadableError(where, "no text layer, the pages are pictures", "recognise its text first (OCR)")
    return _laid_out(pages, remarks)


def _pages(document: PdfDocument, data: bytes) -> tuple[list[_Page], list[Remark]]:
    import pdfplumber
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_PATH

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    pages: list[_Page] = []
    bare: list[int] = []
    plumber = None
    try:
        for index in range(len(document)):
            page = document[index]
            sorts = Counter(each.type for each in page.get_objects(max_depth=3))
            chars = _characters(page)
            height = page.get_height()
            if not chars:
                if sorts[FPDF_PAGEOBJ_IMAGE]:
                    bare.append(index + 1)
                page.close()
                continue
            boxes: list[list[tuple[float, float, float, float]]] = []
            if sorts[FPDF_PAGEOBJ_PATH] >= _LEAST_PATHS:
                plumber = plumber or pdfplumber.open(io.BytesIO(data))
                ruled = plumber.pages[index]
                left, top = ruled.bbox[0], ruled.bbox[1]
                boxes = [[(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in table.cells] for table in ruled.find_tables()]
                ruled.close()
            pages.append(_Page(index + 1, height, _parts(chars, boxes)))
            page.close()
    finally:
        if plumber is not None:
            plumber.close()
    remarks: list[Remark] = []
    if bare:
        numbers = listed(bare)
        remarks.append(Remark(f"第 {numbers} 页是没有文字层的图片，未读取", f"page {numbers}: a picture without a text layer; not read"))
    return pages, remarks


def _characters(page: PdfPage) -> list[_Char]:
    """The visible characters of a page, each with its box as it is shown (the page's rotation applied)."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    count = raw.FPDFText_CountChars(text.raw)
    rotation = page.get_rotation()
    box = page.get_cropbox() or page.get_mediabox()
    loose = raw.FS_RECTF()
    found: list[_Char] = []
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        if code < 32 or code in (0xFFFE, 0xFFFF, 0xAD) or raw.FPDFText_IsGenerated(text.raw, index) == 1:
            continue
        # The box of a character with the space that its font leaves around it: a full stop is as wide as a digit.
        raw.FPDFText_GetLooseCharBox(text.raw, index, loose)
        x0, x1, y0, y1 = loose.left - box[0], loose.right - box[0], loose.bottom - box[1], loose.top - box[1]
        width, height = box[2] - box[0], box[3] - box[1]
        if rotation == 0:
            place = (x0, height - y1, x1, height - y0)
        elif rotation == 90:
            place = (y0, x0, y1, x1)
        elif rotation == 180:
            place = (width - x1, y0, width - x0, y1)
        else:
            place = (height - y1, width - x1, height - y0, width - x0)
        found.append(_Char(chr(code), *place))
    text.close()
    return found


def _parts(chars: list[_Char], boxes: Sequence[list[tuple[float, float, float, float]]]) -> list[_Row | _Table]:
    """The lines and tables of a page from the top down; each character is in one of them."""
    parts: list[_Row | _Table] = []
    rest = chars
    for cells in boxes:
        table, rest = _table(cells, rest)
        if table is not None:
            parts.append(table)
    parts.extend(_lines(rest))
    return sorted(parts, key=lambda part: part.top)


def _table(boxes: list[tuple[float, float, float, float]], chars: list[_Char]) -> tuple[_Table | None, list[_Char]]:
    """The table that has these cells, and the characters outside of it; ``None`` where it has a single column."""
    xs = _edges(edge for box in boxes for edge in (box[0], box[2]))
    ys = _edges(edge for box in boxes for edge in (box[1], box[3]))
    if len(xs) < 3 or len(ys) < 2:
        return None, chars
    held: list[list[_Char]] = [[] for _ in boxes]
    outside: list[_Char] = []
    by_band: dict[int, list[int]] = {}
    for number, box in enumerate(boxes):
        for band in range(int(box[1]) // 50, int(box[3]) // 50 + 1):
            by_band.setdefault(band, []).append(number)
    for char in chars:
        x, y = (char.left + char.right) / 2, (char.top + char.bottom) / 2
        inside = next((n for n in by_band.get(int(y) // 50, ()) if boxes[n][0] <= x <= boxes[n][2] and boxes[n][1] <= y <= boxes[n][3]), None)
        (outside if inside is None else held[inside]).append(char)
    rows: list[list[tuple[int, _Cell]]] = [[] for _ in ys[:-1]]
    for number, (left, top, right, bottom) in enumerate(boxes):
        row, column = _nearest(ys, top), _nearest(xs, left)
        text = _wrapped(_lines(held[number]), right)
        cell = _Cell(text, max(1, _nearest(ys, bottom) - row), max(1, _nearest(xs, right) - column))
        if row < len(rows):
            rows[row].append((column, cell))
    filled = [_in_order(row) for row in rows]
    if not any(cell.text for row in filled for cell in row):
        return None, chars
    return _Table(ys[0], ys[-1], tuple(xs), filled), outside


def _wrapped(lines: Sequence[_Row], right: float) -> str:
    """The lines of a cell: one that reaches its right edge goes on in the next."""
    written = ""
    full = False
    for line in lines:
        text = line.text.strip()
        if text:
            # Between Latin words a line break is a space; a number or a Chinese word goes on.
            glue = " " if written[-1:].isascii() and written[-1:].isalpha() and text[0].isascii() and text[0].isalpha() else ""
            written += (glue if full else CELL_BREAK if written else "") + text
            full = right - line.right < 1.6 * line.size
    return written


def _in_order(row: list[tuple[int, _Cell]]) -> list[_Cell]:
    return [cell for _, cell in sorted(row, key=lambda each: each[0])]


def _edges(values: Iterator[float]) -> list[float]:
    """The values without those that are nearly the same as one before."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _EDGE:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda n: abs(edges[n] - value))


def _lines(chars: Sequence[_Char]) -> list[_Row]:
    """The characters as lines from the top down: an indent is written as wide spaces, a gap as spaces in proportion."""
    rows: list[list[_Run]] = []
    for run in sorted(_runs(chars), key=lambda run: run.middle):
        # What was written over something else (labels of a chart over a heading) is a line of its own.
        row = next((row for row in reversed(rows[-2:]) if _beside(row, run)), None)
        if row is None:
            rows.append([run])
        else:
            row.append(run)
    margin = min((run.chars[0].left for row in rows for run in row), default=0.0)
    return [_written(sorted(row, key=lambda run: run.chars[0].left), margin) for row in rows]


@dataclass(slots=True)
class _Run:
    """Characters that the file writes one after the other on one line."""

    chars: list[_Char]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def _runs(chars: Sequence[_Char]) -> list[_Run]:
    runs: list[_Run] = []
    for char in chars:
        if char.text.isspace():
            continue
        last = runs[-1] if runs else None
        if last is not None:
            before = last.chars[-1]
            height = max(last.bottom - last.top, char.bottom - char.top, 1.0)
            gap = char.left - before.right
            if abs((char.top + char.bottom) / 2 - last.middle) < 0.4 * height and -0.4 * height < gap < 1.2 * height and char.left >= before.left:
                last.chars.append(char)
                last.top, last.bottom = min(last.top, char.top), max(last.bottom, char.bottom)
                continue
        runs.append(_Run([char], char.top, char.bottom))
    return runs


def _beside(row: Sequence[_Run], run: _Run) -> bool:
    """Whether a run stands on the line of a row, and on none of its characters."""
    tall = max(row, key=lambda each: each.bottom - each.top)
    height = max(tall.bottom - tall.top, run.bottom - run.top, 1.0)
    if abs(run.middle - tall.middle) >= 0.5 * height and not tall.top <= run.middle <= tall.bottom:
        return False
    left, right = run.chars[0].left, run.chars[-1].right
    return all(min(right, each.chars[-1].right) - max(left, each.chars[0].left) < 0.5 * height for each in row)


def _written(row: Sequence[_Run], margin: float) -> _Row:
    chars = [char for run in row for char in run.chars]
    wide = [char.right - char.left for char in chars if "\u2e80" <= char.text <= "\uffff"]
    full = max(_median(wide or [2 * (char.right - char.left) for char in chars]), 1.0)
    written = ["\u3000" * min(20, round((chars[0].left - margin) / full))]
    for before, char in zip([None, *chars], chars, strict=False):
        gap = char.left - before.right if before is not None else 0.0
        if gap > 0.6 * full:
            written.append(" " * min(40, max(1, round(gap / (full / 2)))))
        elif gap > 0.12 * full and before is not None and before.text.isascii() and char.text.isascii():
            written.append(" ")
        written.append(char.text)
    return _Row(min(run.top for run in row), max(run.bottom for run in row), chars[-1].right, full, "".join(written))


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2] if values else 0.0


def _furniture(pages: Sequence[_Page]) -> set[int]:
    """The ids of the lines that stand at the edge of page after page: headers, footers, page numbers."""
    seen: Counter[str] = Counter()
    edge: list[tuple[str, _Row]] = []
    for page in pages:
        for part in page.parts:
            if isinstance(part, _Row) and (part.bottom < _MARGIN * page.height or part.top > (1 - _MARGIN) * page.height):
                key = _DIGITS.sub("0", part.text.strip())
                seen[key] += 1
                edge.append((key, part))
    return {id(row) for key, row in edge if seen[key] >= _ALIKE or _PAGE_NUMBER.fullmatch(row.text.strip())}


class _Text:
    """The text while it grows."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = 0

    def put(self, text: str) -> Span:
        start = self.at
        self.parts.append(text)
        self.at += len(text)
        return Span(start, self.at)


def _laid_out(pages: Sequence[_Page], remarks: Sequence[Remark]) -> Layout:
    text = _Text()
    furniture = _furniture(pages)
    dropped: list[Span] = []
    places: list[Place] = []
    grids: list[Grid] = []
    open_: _Open | None = None
    for page in pages:
        places.append(Place(text.at, page=page.number))
        for part in page.parts:
            if isinstance(part, _Row):
                line = text.put(part.text)
                text.put("\n")
                if id(part) in furniture:
                    dropped.append(line)
                    continue
                if open_ is not None:
                    grids.append(open_.grid())
                    open_ = None
                continue
            if open_ is not None and open_.goes_on(part, page.number):
                open_.append(part, page.number, text, dropped)
                continue
            if open_ is not None:
                grids.append(open_.grid())
            open_ = _Open(part, page.number, text)
    if open_ is not None:
        grids.append(open_.grid())
    whole = "".join(text.parts)
    mapped = Mapped.of(whole.replace(CELL_BREAK, "\n")).rewritten(whole)
    inside = [(grid.span, grid) for grid in grids]
    outside = tuple(span for span in dropped if not any(grid_span.contains(span) for grid_span, _ in inside))
    return Layout(mapped=mapped, grids=tuple(grids), furniture=outside, places=tuple(places), remarks=tuple(remarks))


class _Open:
    """A table that may go on over the page."""

    def __init__(self, table: _Table, page: int, text: _Text) -> None:
        self.page = page
        self.edges = table.edges
        self.head = table.rows
        self.rows: list[tuple[GridCell, ...]] = []
        self.furniture: list[Span] = []
        self.start = self.end = text.at
        self._write(table.rows, text)

    def goes_on(self, table: _Table, page: int) -> bool:
        """Whether a table on a later page has the columns of this one; on one page, tables are apart."""
        return (
            page > self.page
            and len(table.edges) == len(self.edges)
            and all(abs(a - b) <= 3 * _EDGE for a, b in zip(self.edges, table.edges, strict=True))
        )

    def append(self, table: _Table, page: int, text: _Text, dropped: list[Span]) -> None:
        """Write the rows of the next page; those that repeat the header are furniture."""
        self.page = page
        self.furniture.extend(span for span in dropped if span.start >= self.end)
        again = 0
        while (
            again < len(table.rows)
            and again < len(self.head)
            and _texts(table.rows[again]) == _texts(self.head[again])
            and any(_texts(table.rows[again]))
        ):
            again += 1
        for row in table.rows[:again]:
            self.furniture.append(text.put("\t".join(cell.text for cell in row)))
            text.put("\n")
        self._write(table.rows[again:], text)

    def _write(self, rows: Sequence[Sequence[_Cell]], text: _Text) -> None:
        for row in rows:
            made = []
            for n, cell in enumerate(row):
                if n:
                    text.put("\t")
                made.append(GridCell(pieces=(text.put(cell.text),), row_span=cell.row_span, column_span=cell.column_span))
            self.end = text.at
            text.put("\n")
            if made:
                self.rows.append(tuple(made))

    def grid(self) -> Grid:
        return Grid(span=Span(self.start, self.end), rows=tuple(self.rows), furniture=tuple(self.furniture))


def _texts(row: Sequence[_Cell]) -> list[str]:
    return [cell.text for cell in row]


READER = Reader(name="pdf", suffixes=(".pdf",), unpack=unpack)
