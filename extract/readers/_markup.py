"""Tags and character references in a source text: what they are replaced by, with the map to the source kept.

Own code rather than lxml, because lxml says on which line an element starts, not at which character.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from extract.layout import CELL_BREAK, Grid, GridCell, Layout
from extract.mapped import Edit, Mapped, relocate
from extract.readers import _site
from extract.types import Remark, Span

_NAMES_INLINE = "a abbr acronym b bdo big cite code del em font i img ins kbd label mark q s samp small span strike strong sub sup tt u var wbr o:p"
_NAMES_BLOCK = (
    "address article aside blockquote body br button caption center col colgroup dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 head header hr html li main nav ol option p pre section select table tbody td textarea tfoot th thead title tr ul"
)
INLINE = frozenset(_NAMES_INLINE.split())
BLOCK = frozenset(_NAMES_BLOCK.split())
_TAG = r"</?(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,15})(?P<attributes>(?:\s[^<>]{0,2000})?)/?>"
_ENTITY = r"&(?P<entity>#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,9});"
MARKUP = re.compile(rf"{_TAG}|<!--|<[!?][a-zA-Z][^<>]*>|{_ENTITY}")
# Elements whose text is not part of the page.
_HIDDEN = frozenset({"script", "style", "noscript", "template", "svg"})
_CLOSE = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in _HIDDEN}
LINE = re.compile(r"[^\n]+")
_SPAN = re.compile(r"\b(?P<side>row|col)span\s*=\s*[\"']?\s*(?P<count>\d{1,3})", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v]*[\t\r\n\f\v][ \t\r\n\f\v]*")


def marks(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """The tags, comments and character references of ``text`` in order, each with its end; an open comment is none."""
    until = 0
    closed = True
    for match in MARKUP.finditer(text):
        if match.start() < until:
            continue
        end = match.end()
        if match[0] == "<!--":
            close = text.find("-->", end) if closed else -1
            closed = close >= 0
            if not closed:
                continue
            until = end = close + 3
        yield match, end


@lru_cache(maxsize=512)
def character(reference: str) -> str | None:
    """The one character that ``&reference;`` stands for, spaces of any width as a plain space; ``None`` for no such one."""
    found = html.unescape(f"&{reference};")
    if len(found) != 1 or found == "\0":
        return None
    return " " if found.isspace() else found


def lines_of_text(mapped: Mapped) -> Mapped:
    """A text whose lines count, with its tags out: block tags are line breaks, or breaks inside a cell in a line of cells."""
    text = mapped.text
    if "<" not in text and "&" not in text:
        return mapped
    edits: list[Edit] = []
    line_end = -1
    in_cells = False
    for match, end in marks(text):
        start = match.start()
        if start >= line_end:
            line_start = text.rfind("\n", max(line_end, 0), start) + 1
            line_end = text.find("\n", end)
            line_end = len(text) if line_end < 0 else line_end
            in_cells = text.find("\t", line_start, line_end) >= 0 or text.startswith("|", line_start)
        if match["entity"]:
            new = character(match["entity"])
            if new is not None:
                edits.append((start, end, new))
        elif match["name"] is None or (name := match["name"].lower()) in INLINE:
            edits.append((start, end, ""))
        elif name in BLOCK:
            edits.append((start, end, CELL_BREAK if in_cells else "\n"))
    return mapped.edit(edits)


class _Table:
    """A table element while it is read: its cells by row, as spans of the source."""

    def __init__(self, start: int, parent: _Table | None) -> None:
        self.start = start
        self.end = start
        self.parent = parent
        self.holds_table = False
        self.rows: list[list[tuple[int, int, int, int]]] = []
        self.cell: tuple[int, int, int] | None = None

    def close_cell(self, at: int) -> None:
        if self.cell is not None:
            start, row_span, column_span = self.cell
            self.rows[-1].append((start, max(start, at), row_span, column_span))
            self.cell = None

    @property
    def is_grid(self) -> bool:
        """Whether this is a table of data and not one that lays out a page."""
        return not self.holds_table and any(len(row) > 1 for row in self.rows)


class _Tag(NamedTuple):
    """A tag, comment, character reference, or a whole element that shows nothing (named ``hidden``), with its place."""

    start: int
    end: int
    name: str
    closing: bool = False
    attributes: str = ""
    entity: str = ""


def page(source: str) -> Layout:
    """An HTML page: what a reader sees of it, line by line, and its innermost tables of two columns or more as grids.

    What belongs to the site is furniture; what says of itself that it is not shown is left out, and a remark says so
    where it holds numbers.
    """
    found = list(_tags(source))
    ends = _ends(found)
    found, remarks = _shown(source, found, ends)
    ends = _ends(found)
    tags: list[tuple[_Tag, _Table | None, bool]] = []
    tables: list[_Table] = []
    table: _Table | None = None
    for tag in found:
        name = tag.name
        if name == "table" and not tag.closing:
            if table is not None:
                table.holds_table = True
            table = _Table(tag.start, table)
            tables.append(table)
        elif table is not None and name in {"tr", "td", "th"}:
            table.close_cell(tag.start)
            if (name == "tr" and not tag.closing) or not table.rows:
                table.rows.append([])
            if name != "tr" and not tag.closing:
                sizes = {m["side"].lower(): max(1, int(m["count"])) for m in _SPAN.finditer(tag.attributes)}
                table.cell = (tag.end, sizes.get("row", 1), sizes.get("col", 1))
        in_cell = table is not None and table.cell is not None
        tags.append((tag, table, in_cell))
        if name == "table" and tag.closing and table is not None:
            table.close_cell(tag.start)
            table.end = tag.end
            table = table.parent
    while table is not None:
        table.close_cell(len(source))
        table.end = len(source)
        table = table.parent
    layout, edits = _laid_out(source, tags, [t for t in tables if t.is_grid])
    landmarks = [Span(tag.start, ends[n]) for n, tag in enumerate(found) if n in ends and _site.is_landmark(tag.name, tag.attributes)]
    titles = [Span(tag.start, ends[n]) for n, tag in enumerate(found) if n in ends and tag.name == "title"]
    return replace(layout, furniture=tuple(_furniture(layout, _moved(landmarks, edits), _moved(titles[:1], edits))), remarks=remarks)


def _tags(source: str) -> Iterator[_Tag]:
    """The tags of a page in order; a script or a style is one, with all that is in it."""
    until = 0
    for match, end in marks(source):
        start = match.start()
        if start < until:
            continue
        name = (match["name"] or "").lower()
        closing = source.startswith("</", start)
        if name in _HIDDEN and not closing:
            close = _CLOSE[name].search(source, end)
            until = close.end() if close else len(source)
            yield _Tag(start, until, "hidden")
        else:
            yield _Tag(start, end, name, closing, match["attributes"] or "", match["entity"] or "")


def _ends(tags: Sequence[_Tag]) -> dict[int, int]:
    """Where the elements end that have a closing tag, by the number of their opening tag."""
    open_: dict[str, list[int]] = {}
    ends: dict[int, int] = {}
    for number, tag in enumerate(tags):
        if tag.closing:
            if open_.get(tag.name):
                ends[open_[tag.name].pop()] = tag.end
        elif tag.name:
            open_.setdefault(tag.name, []).append(number)
    return ends


def _shown(source: str, tags: list[_Tag], ends: dict[int, int]) -> tuple[list[_Tag], tuple[Remark, ...]]:
    """The tags without the elements that are not shown, each of these one tag; and whether there were numbers in them."""
    kept: list[_Tag] = []
    hidden: list[Span] = []
    until = at = 0
    sentences = 0
    for number, tag in enumerate(tags):
        if tag.start < until:
            at = tag.end
            continue
        sentences += source.count("。", at, tag.start)
        at = tag.end
        if number in ends and _site.is_hidden(tag.attributes):
            until = ends[number]
            hidden.append(Span(tag.start, until))
            tag = _Tag(tag.start, until, "hidden")
        kept.append(tag)
    if not hidden or not (sentences + source.count("。", at)):
        # A page of which nothing is shown is shown by its scripts.
        return tags, ()
    told = sum(any(char.isdigit() for char in MARKUP.sub("", span.of(source))) and "。" in span.of(source) for span in hidden)
    if not told:
        return kept, ()
    return kept, (Remark(f"网页中有 {told} 处不显示的内容，未读取", f"{told} parts of the page are not shown; not read"),)


def _moved(spans: Sequence[Span], edits: Sequence[Edit]) -> list[Span]:
    """Where spans of the source stand after the edits."""
    places = sorted({place for span in spans for place in (span.start, span.end)})
    moved = dict(zip(places, relocate(places, edits), strict=True))
    return [Span(moved[span.start], moved[span.end]) for span in spans]


def _furniture(layout: Layout, landmarks: Sequence[Span], titles: Sequence[Span]) -> Iterator[Span]:
    """The lines that belong to the site."""
    text = layout.mapped.text
    site: set[int] = set()
    grids = [grid.span for grid in layout.grids]
    for span in landmarks:
        first = bisect_left(grids, span.start, key=lambda grid: grid.start)
        if span.start not in site and _site.says_nothing(span.of(text)) and not (first < len(grids) and grids[first].start < span.end):
            site.update(range(span.start, span.end))
    lines = [line for line in LINE.finditer(text) if line[0].strip()]
    said = {line[0].strip() for line in lines if not any(span.start <= line.start() < span.end for span in titles)}
    for line in lines:
        bare = Span(line.start() + len(line[0]) - len(line[0].lstrip()), line.start() + len(line[0].rstrip()))
        words = bare.of(text)
        if (
            (bare.start in site and bare.end - 1 in site)
            or _site.is_line(words)
            or (any(span.start <= bare.start < span.end for span in titles) and {words, _site.head_of_title(words)} & said)
        ):
            yield Span(*line.span())


def _laid_out(source: str, tags: list[tuple[_Tag, _Table | None, bool]], grids: list[_Table]) -> tuple[Layout, list[Edit]]:
    edits: list[Edit] = []
    at = 0
    for (start, end, name, _, _, entity), table, in_cell in tags:
        edits.extend((m.start(), m.end(), " ") for m in _SPACE.finditer(source, at, start))
        at = end
        grid = table is not None and table.is_grid
        if entity:
            new = character(entity)
            if new is None:
                continue
        elif grid and not in_cell:
            new = "\n" if name == "tr" else "\t"
        elif grid and name in {"td", "th"}:
            new = "\t"
        elif name in BLOCK:
            new = CELL_BREAK if grid else "\n"
        else:
            new = ""
        edits.append((start, end, new))
    edits.extend((m.start(), m.end(), " ") for m in _SPACE.finditer(source, at))
    mapped = Mapped.of(source).edit(edits)
    places: list[int] = []
    for found in grids:
        places.append(found.start)
        for row in found.rows:
            for start, end, _, _ in row:
                places += (start, end)
        places.append(found.end)
    moved = iter(relocate(places, edits))
    laid: list[Grid] = []
    for found in grids:
        first = next(moved)
        rows = tuple(
            tuple(GridCell(pieces=(Span(next(moved), next(moved)),), row_span=down, column_span=across) for _, _, down, across in row)
            for row in found.rows
        )
        laid.append(Grid(span=Span(first, next(moved)), rows=tuple(row for row in rows if row)))
    return Layout(mapped=mapped, grids=tuple(laid)), edits
