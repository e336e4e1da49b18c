"""PDF files with a text layer: pages in reading order, ruled tables with their cells, page headers set apart.

Why: authorities publish accounts and reports as PDF.
Example: a table ruled over three pages is one table; its header, repeated on each page, counts once.
Left alone: pictures, unless the extra ``ocr`` is installed: then a page without a text layer is recognised, and a remark says so.
    A page that is not read, for this reason or because it is damaged or takes too long, is named in the remarks; the rest is read.
Source: PDF 32000-1; PDFium gives characters with their boxes, pdfplumber the cells between ruling lines, RapidOCR reads pictures.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.errors import UnreadableError
from extract.layout import CELL_BREAK, Grid, GridCell, Layout, Reader
from extract.mapped import Mapped
from extract.readers import _apart, _ocr_pages
from extract.readers._pdf_pages import EDGE, Cell, Number, Page, PageState, Row, Table, joint, load, middle
from extract.readers._sheets import listed
from extract.types import Place, Remark, Span

MAX_PAGES = 3000
MAX_BYTES = 200_000_000
"""More than so many bytes that tell of all pages together are no report."""
# Seconds of the processor for opening the file and for each page; the dearest of the pages seen takes a third of one.
_SECONDS = 4
# Seconds of the clock for one page, where the system does not bound the time of a process, and for all of them.
_PATIENCE = 60.0
_LONGEST = 300.0
# After so many pages that took too long, or broke the process that read them, the rest is left out.
_MOST_ENDED = 2
# The same for recognising a page: one of a thousand numbers takes two thirds of it; more pages than this are a book.
_SECONDS_RECOGNISED = 20
_PATIENCE_RECOGNISED = 240.0
_MOST_RECOGNISED = 200
# Headers and footers: lines within this share of the page's height from its edge, alike on this many pages.
_MARGIN = 0.12
_ALIKE = 3
# Letters that differ by more of their size are of a heading or a note, and their lines break elsewhere.
_SAME_SIZE = 0.1
_PAGE_NUMBER = re.compile(r"[-－—–―·•\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／]?\s*共?\s*\d{1,4}\s*页?)?[-－—–―·•\s]*")
_DIGITS = re.compile(r"\d+")
_SAID: dict[PageState, tuple[str, str]] = {
    "picture": ("是没有文字层的图片，未读取", "a picture without a text layer; not read"),
    "recognised": (
        "没有文字层，文字由图像识别得来，数字请与原件核对",
        "no text layer; recognised, compare its numbers with the original",
    ),
    "broken": ("已损坏，未读取", "damaged; not read"),
    "large": ("字符过多，未读取", "too many characters; not read"),
    "slow": ("读取耗时过长或占用内存过多，未读取", "takes too long or too much memory; not read"),
}


def unpack(data: bytes, where: str) -> Layout:
    """The pages one after the other; tables that go on over a page are put together, with their repeated headers out."""
    pages = _recognised(data, _pages(data, where))
    read = [page for page in pages if page.parts]
    if not read:
        states = {page.state for page in pages}
        if "slow" in states:
            raise UnreadableError(where, "damaged: reading its pages takes too long or too much memory", "open it and save it again")
        if states & {"broken", "large"}:
            raise UnreadableError(where, "damaged: its pages cannot be read", "open it and save it again")
        advice = "recognise its text first (OCR)" if _ocr_pages.available() else "pip install 'heshu[ocr]', or recognise its text first (OCR)"
        raise UnreadableError(where, "no text layer, the pages are pictures", advice)
    return _laid_out(read, list(_remarks(pages)))


def _pages(data: bytes, where: str) -> list[Page]:
    """Every page, in order. One at which the process that reads them hangs or dies is ``slow``, and it is done without."""
    until = time.monotonic() + _LONGEST
    pages: list[Page] = []
    ended = told = 0
    while True:
        lines = _apart.lines("extract.readers._pdf_pages", data, str(len(pages)), str(_SECONDS), patience=_PATIENCE)
        try:
            count = _count(next(lines, b"damaged"), where)
            for line in lines:
                pages.append(load(line))
                told += len(line)
                if told > MAX_BYTES:
                    raise UnreadableError(where, f"the pages hold more than {MAX_BYTES // 10**6} MB", "split it")
                if time.monotonic() > until:
                    break
        except TimeoutError:
            if not pages:
                raise UnreadableError(where, "damaged: opening it takes too long", "open it and save it again") from None
        finally:
            lines.close()
        ended += 1
        late = ended == _MOST_ENDED or time.monotonic() > until
        pages.extend(Page(number, 0.0, "slow", []) for number in range(len(pages) + 1, (count if late else min(count, len(pages) + 1)) + 1))
        if len(pages) == count:
            return pages


def _recognised(data: bytes, pages: Sequence[Page]) -> list[Page]:
    """The pages, with those read off their pictures that have no text layer, where the engine for it is installed. A page at which it
    hangs or dies is ``slow``; after a few of them the rest is left as it is."""
    wanted = [page.number for page in pages if page.state == "picture"][:_MOST_RECOGNISED]
    if not wanted or not _ocr_pages.available():
        return list(pages)
    found: dict[int, Page] = {}
    for _ in range(_MOST_ENDED):
        numbers = ",".join(map(str, wanted))
        lines = _apart.lines("extract.readers._ocr_pages", data, numbers, str(_SECONDS_RECOGNISED), patience=_PATIENCE_RECOGNISED)
        started = False
        try:
            started = bool(next(lines, b""))
            for line in lines:
                page = load(line)
                found[page.number] = page
        except TimeoutError:
            pass
        finally:
            lines.close()
        if not started:
            break
        if missing := [number for number in wanted if number not in found]:
            found[missing[0]] = Page(missing[0], 0.0, "slow", [])
        wanted = missing[1:]
        if not wanted:
            break
    told = {number: page for number, page in found.items() if page.parts or page.state == "slow"}
    return [told.get(page.number, page) for page in pages]


def _count(said: bytes, where: str) -> int:
    """The number of pages that the process says."""
    if not said.strip().isdigit():
        encrypted = said.startswith(b"encrypted")
        what = "encrypted" if encrypted else "damaged: no PDF that can be opened"
        raise UnreadableError(where, what, "save it without a password" if encrypted else "open it and save it again")
    count = int(said)
    if count > MAX_PAGES:
        raise UnreadableError(where, f"{count:,} pages, more than the {MAX_PAGES:,} that are read", "split it")
    return count


def _remarks(pages: Sequence[Page]) -> Iterator[Remark]:
    """What was not read and why, by reason."""
    for state, (zh, en) in _SAID.items():
        numbers = [page.number for page in pages if page.state == state]
        if numbers:
            yield Remark(f"第 {listed(numbers)} 页{zh}", f"page {listed(numbers)}: {en}")


def _furniture(pages: Sequence[Page]) -> set[int]:
    """The ids of the lines that stand at the edge of page after page: headers, footers, page numbers."""
    seen: Counter[str] = Counter()
    edge: list[tuple[str, Row]] = []
    for page in pages:
        for part in page.parts:
            if isinstance(part, Row) and (part.bottom < _MARGIN * page.height or part.top > (1 - _MARGIN) * page.height):
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


def _laid_out(pages: Sequence[Page], remarks: Sequence[Remark]) -> Layout:
    text = _Text()
    furniture = _furniture(pages)
    pages = _mended(pages, furniture)
    dropped: list[Span] = []
    places: list[Place] = []
    grids: list[Grid] = []
    columns: dict[int, int] = {}
    open_: _Open | None = None
    for page in pages:
        places.append(Place(text.at, page=page.number, recognised=page.state == "recognised"))
        full = middle([part.size for part in page.parts if isinstance(part, Row)]) or 1.0
        for part in page.parts:
            if isinstance(part, Row):
                line = text.put(part.text)
                if abs(part.size - full) < _SAME_SIZE * full:
                    columns[line.end - len(part.text.lstrip())] = round(2 * part.reach / full)
                places.extend(_boxes(part.numbers, line.start, places[-1]))
                text.put("\n")
                if id(part) in furniture:
                    dropped.append(line)
                    continue
                if open_ is not None:
                    grids.append(open_.grid())
                    open_ = None
                continue
            if open_ is not None and open_.goes_on(part, page.number):
                open_.append(part, page.number, text, dropped, places)
                continue
            if open_ is not None:
                grids.append(open_.grid())
            open_ = _Open(part, page.number, text, places)
    if open_ is not None:
        grids.append(open_.grid())
    whole = "".join(text.parts)
    mapped = Mapped.of(whole.replace(CELL_BREAK, "\n")).rewritten(whole)
    inside = [(grid.span, grid) for grid in grids]
    outside = tuple(span for span in dropped if not any(grid_span.contains(span) for grid_span, _ in inside))
    return Layout(mapped=mapped, grids=tuple(grids), furniture=outside, columns=columns, places=tuple(places), remarks=tuple(remarks))


def _boxes(numbers: Sequence[Number], at: int, page: Place) -> list[Place]:
    """The places of the numbers of a text that starts at ``at``, and after each the page again."""
    return [
        place
        for number in numbers
        for place in (page._replace(start=at + number.start, box=number.box), page._replace(start=at + number.end, box=None))
    ]


def _mended(pages: Sequence[Page], furniture: set[int]) -> list[Page]:
    """The pages, with a row of a table that a page broke put together on the first of them."""
    mended = list(pages)
    for n in range(len(mended) - 1):
        above = next((part for part in reversed(mended[n].parts) if id(part) not in furniture), None)
        below = next((part for part in mended[n + 1].parts if id(part) not in furniture), None)
        if not (isinstance(above, Table) and isinstance(below, Table) and _alike(above.edges, below.edges)):
            continue
        again = _repeated(above.rows, below.rows)
        rest = below.rows[again:]
        if not rest or not above.rows or not _goes_on(above.rows[-1], rest[0]):
            continue
        whole = replace(above, rows=[*above.rows[:-1], [_joined(a, b) for a, b in zip(above.rows[-1], rest[0], strict=True)]])
        other = replace(below, rows=[*below.rows[:again], *rest[1:]])
        mended[n] = _with(mended[n], above, whole)
        mended[n + 1] = _with(mended[n + 1], below, other)
    return mended


def _with(page: Page, part: Table, other: Table) -> Page:
    return replace(page, parts=[other if each is part else each for each in page.parts])


def _goes_on(above: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether the row that opens a page is the end of the last one on the page before: most cells are empty, and the others go on from
    cells whose last line is full."""
    if len(above) != len(below):
        return False
    held = [a.full for a, b in zip(above, below, strict=True) if b.text]
    return all(held) and 2 * len(held) < len(below)


def _joined(above: Cell, below: Cell) -> Cell:
    text = above.text + (joint(above.text, below.text) if below.text else "") + below.text
    return replace(above, text=text, full=below.full or not below.text)


def _alike(edges: Sequence[float], others: Sequence[float]) -> bool:
    return len(edges) == len(others) and all(abs(a - b) <= 3 * EDGE for a, b in zip(edges, others, strict=True))


def _repeated(head: Sequence[Sequence[Cell]], rows: Sequence[Sequence[Cell]]) -> int:
    """How many rows from the first on repeat the header of the table on the page before."""
    again = 0
    while again < min(len(rows), len(head)) and _texts(rows[again]) == _texts(head[again]) and any(_texts(rows[again])):
        again += 1
    return again


class _Open:
    """A table that may go on over the page."""

    def __init__(self, table: Table, page: int, text: _Text, places: list[Place]) -> None:
        self.page = page
        self.edges = table.edges
        self.head = table.rows
        self.rows: list[tuple[GridCell, ...]] = []
        self.furniture: list[Span] = []
        self.start = self.end = text.at
        self._write(table.rows, text, places)

    def goes_on(self, table: Table, page: int) -> bool:
        """Whether a table on a later page has the columns of this one; on one page, tables are apart."""
        return page > self.page and _alike(table.edges, self.edges)

    def append(self, table: Table, page: int, text: _Text, dropped: list[Span], places: list[Place]) -> None:
        """Write the rows of the next page; those that repeat the header are furniture."""
        self.page = page
        self.furniture.extend(span for span in dropped if span.start >= self.end)
        again = _repeated(self.head, table.rows)
        for row in table.rows[:again]:
            self.furniture.append(text.put("\t".join(cell.text for cell in row)))
            text.put("\n")
        self._write(table.rows[again:], text, places)

    def _write(self, rows: Sequence[Sequence[Cell]], text: _Text, places: list[Place]) -> None:
        for row in rows:
            made = []
            for n, cell in enumerate(row):
                if n:
                    text.put("\t")
                places.extend(_boxes(cell.numbers, text.at, places[-1]))
                made.append(GridCell(pieces=(text.put(cell.text),), row_span=cell.row_span, column_span=cell.column_span))
            self.end = text.at
            text.put("\n")
            if made:
                self.rows.append(tuple(made))

    def grid(self) -> Grid:
        return Grid(span=Span(self.start, self.end), rows=tuple(self.rows), furniture=tuple(self.furniture))


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row]


READER = Reader(name="pdf", suffixes=(".pdf",), unpack=unpack)
