"""The pages of a PDF as JSON, a line each: what :mod:`extract.readers.pdf` has done in a process of its own.

PDFium and pdfminer are given files that anybody may have made. A loop or a flood of memory in them ends this process
and costs a page; the page is said by its number.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from ctypes import c_double
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from extract.layout import CELL_BREAK
from extract.readers._apart import limit_memory, limit_time
from extract.readers._rulings import Box, tables

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

EDGE = 4.0
"""Edges of cells nearer than so many points are one edge."""
MAX_CHARACTERS = 200_000
"""A page with more characters is no page that anybody reads."""
# A page with fewer drawn paths has no table between lines; one with more is a drawing.
_LEAST_PATHS = 4
_MOST_PATHS = 20_000

_IN_NUMBER = frozenset(".,%．，％")

PageState = Literal["read", "empty", "picture", "broken", "large", "slow", "recognised"]


class Char(NamedTuple):
    """A character and its box, in points from the page's upper left corner; the line on which it is written, and whether the file
    writes a space before it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    spaced: bool = False


class Number(NamedTuple):
    """Where a number stands: from and to which character of its text, and in which box on the page."""

    start: int
    end: int
    box: Box


@dataclass(slots=True)
class Row:
    """A line of the page, with its place on it, how far it reaches from the left margin of the lines beside it, the width of a full
    character of it, and where its numbers stand."""

    top: float
    bottom: float
    right: float
    reach: float
    size: float
    text: str
    numbers: list[Number]


@dataclass(slots=True)
class Cell:
    """The text of a cell, with where its numbers stand; ``full`` if its last line reaches the right edge."""

    text: str
    row_span: int
    column_span: int
    full: bool
    numbers: list[Number]


@dataclass(slots=True)
class Table:
    """The cells of one page's table by row; ``edges`` are those of its columns."""

    top: float
    bottom: float
    edges: tuple[float, ...]
    rows: list[list[Cell]]


@dataclass(slots=True)
class Page:
    """The lines and tables of a page from the top down; none unless its ``state`` is ``read`` or ``recognised``."""

    number: int
    height: float
    state: PageState
    parts: list[Row | Table]


def dump(page: Page) -> str:
    """A page as one line of JSON."""
    return json.dumps(asdict(page))


def load(line: bytes) -> Page:
    """The page that a line of JSON holds."""
    page: dict[str, Any] = json.loads(line)
    return Page(page["number"], page["height"], page["state"], [_part(part) for part in page["parts"]])


def _part(part: dict[str, Any]) -> Row | Table:
    if "rows" not in part:
        return Row(**{**part, "numbers": _numbers(part)})
    rows = [[Cell(**{**cell, "numbers": _numbers(cell)}) for cell in row] for row in part["rows"]]
    return Table(part["top"], part["bottom"], tuple(part["edges"]), rows)


def _numbers(part: dict[str, Any]) -> list[Number]:
    return [Number(start, end, (left, top, right, bottom)) for start, end, (left, top, right, bottom) in part["numbers"]]


def main() -> None:
    """Write how many pages the PDF on standard input has, or the word for why it cannot be opened; then its pages from
    the one on that the first argument says, the first being 0, each within as many seconds as the second says."""
    import pypdfium2

    data = sys.stdin.buffer.read()
    first, seconds = (int(argument) for argument in sys.argv[1:])
    limit_memory()
    limit_time(seconds)
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        print("encrypted" if "password" in str(error).lower() else "damaged", flush=True)
        return
    print(count, flush=True)
    limit_time(seconds)
    for page in _pages(document, range(first, count)):
        print(dump(page), flush=True)
        limit_time(seconds)


def _pages(document: PdfDocument, numbers: range) -> Iterator[Page]:
    for index in numbers:
        try:
            yield _page(document, index)
        except MemoryError:
            raise
        except Exception:  # pdfminer raises whatever its parsers raise, and PDFium finds broken pages only now
            yield Page(index + 1, 0.0, "broken", [])


def _page(document: PdfDocument, index: int) -> Page:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_PATH

    page = document[index]
    try:
        objects = list(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_PATH], max_depth=3))
        paths = [each for each in objects if each.type == FPDF_PAGEOBJ_PATH]
        sheet = _Sheet(page)
        height = page.get_height()
        chars = _characters(page, sheet)
        if not chars:
            return Page(index + 1, height, "picture" if len(objects) > len(paths) else "empty", [])
        if len(chars) > MAX_CHARACTERS:
            return Page(index + 1, height, "large", [])
        boxes = tables(paths, sheet.placed) if _LEAST_PATHS <= len(paths) <= _MOST_PATHS else []
    finally:
        page.close()
    return Page(index + 1, height, "read", _parts(chars, boxes))


class _Sheet:
    """Where things stand on a page as it is shown, in points from its upper left corner: its box and rotation applied."""

    def __init__(self, page: PdfPage) -> None:
        box = page.get_cropbox() or page.get_mediabox()
        self._left, self._low = box[0], box[1]
        self._width, self._height = box[2] - box[0], box[3] - box[1]
        self._rotation = page.get_rotation()

    def placed(self, left: float, low: float, right: float, high: float) -> Box:
        """The left, top, right and bottom of a box of the file."""
        x0, x1, y0, y1 = left - self._left, right - self._left, low - self._low, high - self._low
        if self._rotation == 0:
            return x0, self._height - y1, x1, self._height - y0
        if self._rotation == 90:
            return y0, x0, y1, x1
        if self._rotation == 180:
            return self._width - x1, y0, self._width - x0, y1
        return self._height - y1, self._width - x1, self._height - y0, self._width - x0


def _characters(page: PdfPage, sheet: _Sheet) -> list[Char]:
    """The visible characters of a page, each with its box as it is shown (the page's rotation applied)."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    count = raw.FPDFText_CountChars(text.raw)
    loose = raw.FS_RECTF()
    x, y = c_double(), c_double()
    found: list[Char] = []
    spaced = False
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        if code < 32 or code in (0xFFFE, 0xFFFF, 0xAD) or raw.FPDFText_IsGenerated(text.raw, index) == 1:
            continue
        if chr(code).isspace():
            spaced = True
            continue
        # The box of a character with the space that its font leaves around it: a full stop is as wide as a digit.
        raw.FPDFText_GetLooseCharBox(text.raw, index, loose)
        raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        base = sheet.placed(x.value, y.value, x.value, y.value)[1]
        found.append(Char(chr(code), *sheet.placed(loose.left, loose.bottom, loose.right, loose.top), base, spaced))
        spaced = False
    text.close()
    return found


def _parts(chars: list[Char], boxes: Sequence[list[Box]]) -> list[Row | Table]:
    """The lines and tables of a page from the top down; each character is in one of them."""
    parts: list[Row | Table] = []
    rest = chars
    for cells in boxes:
        table, rest = _table(cells, rest)
        if table is not None:
            parts.append(table)
    parts.extend(lines_of(rest))
    return sorted(parts, key=lambda part: part.top)


def _table(boxes: list[tuple[float, float, float, float]], chars: list[Char]) -> tuple[Table | None, list[Char]]:
    """The table that has these cells, and the characters outside of it; ``None`` where it has a single column."""
    xs = _edges(edge for box in boxes for edge in (box[0], box[2]))
    ys = _edges(edge for box in boxes for edge in (box[1], box[3]))
    if len(xs) < 3 or len(ys) < 2:
        return None, chars
    held: list[list[Char]] = [[] for _ in boxes]
    outside: list[Char] = []
    by_band: dict[int, list[int]] = {}
    for number, box in enumerate(boxes):
        for band in range(int(box[1]) // 50, int(box[3]) // 50 + 1):
            by_band.setdefault(band, []).append(number)
    for char in chars:
        x, y = (char.left + char.right) / 2, (char.top + char.bottom) / 2
        inside = next((n for n in by_band.get(int(y) // 50, ()) if boxes[n][0] <= x <= boxes[n][2] and boxes[n][1] <= y <= boxes[n][3]), None)
        (outside if inside is None else held[inside]).append(char)
    rows: list[list[tuple[int, Cell]]] = [[] for _ in ys[:-1]]
    for number, (left, top, right, bottom) in enumerate(boxes):
        row, column = _nearest(ys, top), _nearest(xs, left)
        text, numbers, full = _wrapped(lines_of(held[number]), right)
        cell = Cell(text, max(1, _nearest(ys, bottom) - row), max(1, _nearest(xs, right) - column), full, numbers)
        if row < len(rows):
            rows[row].append((column, cell))
    filled = [_in_order(row) for row in rows]
    if not any(cell.text for row in filled for cell in row):
        return None, chars
    return Table(ys[0], ys[-1], tuple(xs), filled), outside


def _wrapped(lines: Sequence[Row], right: float) -> tuple[str, list[Number], bool]:
    """The lines of a cell, with their numbers: one that reaches its right edge goes on in the next; and whether the last does."""
    written = ""
    numbers: list[Number] = []
    full = False
    for line in lines:
        text = line.text.strip()
        if text:
            written += joint(written, text) if full else CELL_BREAK if written else ""
            moved = len(written) - (len(line.text) - len(line.text.lstrip()))
            numbers.extend(Number(number.start + moved, number.end + moved, number.box) for number in line.numbers)
            written += text
            full = right - line.right < 1.6 * line.size
    return written, numbers, full


def joint(before: str, after: str) -> str:
    """What stands between two lines of a cell of which the first is full: a space between Latin words; a number or a Chinese word goes on."""
    words = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return " " if words else ""


def _in_order(row: list[tuple[int, Cell]]) -> list[Cell]:
    return [cell for _, cell in sorted(row, key=lambda each: each[0])]


def _edges(values: Iterator[float]) -> list[float]:
    """The values without those that are nearly the same as one before."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > EDGE:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda n: abs(edges[n] - value))


def lines_of(chars: Sequence[Char]) -> list[Row]:
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

    chars: list[Char]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def _runs(chars: Sequence[Char]) -> list[_Run]:
    runs: list[_Run] = []
    for char in chars:
        last = runs[-1] if runs else None
        if last is not None:
            before = last.chars[-1]
            height = max(last.bottom - last.top, char.bottom - char.top, 1.0)
            gap = char.left - before.right
            level = abs((char.top + char.bottom) / 2 - last.middle) < 0.4 * height or abs(char.base - before.base) < 0.1 * height
            # A glyph may be written for several characters (——).
            one = (char.left, char.right) == (before.left, before.right)
            if level and (one or (-0.4 * height < gap < 1.2 * height and char.left >= before.left)):
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


def _written(row: Sequence[_Run], margin: float) -> Row:
    chars = [char for run in row for char in run.chars]
    wide = [char.right - char.left for char in chars if "\u2e80" <= char.text <= "\uffff"]
    full = max(middle(wide or [2 * (char.right - char.left) for char in chars]), 1.0)
    written = ["\u3000" * min(20, round((chars[0].left - margin) / full))]
    at = len(written[0])
    numbers: list[Number] = []
    for before, char in zip([None, *chars], chars, strict=False):
        gap = char.left - before.right if before is not None else 0.0
        space = ""
        if gap > 0.6 * full:
            space = " " * min(40, max(1, round(gap / (full / 2))))
        elif gap > 0.12 * full and before is not None and (char.spaced or (before.text.isascii() and char.text.isascii())):
            space = " "
        at += len(space)
        if numbers and numbers[-1].end == at and (char.text.isdigit() or char.text in _IN_NUMBER):
            left, top, _, bottom = numbers[-1].box
            box = (left, min(top, round(char.top, 1)), round(char.right, 1), max(bottom, round(char.bottom, 1)))
            numbers[-1] = Number(numbers[-1].start, at + len(char.text), box)
        elif char.text.isdigit():
            numbers.append(Number(at, at + len(char.text), (round(char.left, 1), round(char.top, 1), round(char.right, 1), round(char.bottom, 1))))
        written += (space, char.text)
        at += len(char.text)
    right = chars[-1].right
    return Row(min(run.top for run in row), max(run.bottom for run in row), right, right - margin, full, "".join(written), numbers)


def middle(values: list[float]) -> float:
    """The median; of no values 0."""
    return sorted(values)[len(values) // 2] if values else 0.0
