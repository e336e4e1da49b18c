"""What a reader hands to the ingest stage: a text of lines, and the tables that the format itself marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from extract.mapped import Mapped
from extract.types import Place, Remark, Span

CELL_BREAK = "\x1e"
"""Stands in a layout's text for a paragraph or line break inside a cell."""
MAX_PLACES = 5_000_000
"""Tables of more rows times columns are refused: one long row makes every other as wide, and so does a cell that is merged over many."""
MAX_CHARACTERS = 50_000_000
"""A file that says more is refused: few bytes can say one text again and again."""


class GridCell(NamedTuple):
    """A cell before it is understood: the runs of the layout's text it is made of (several where a page broke it)."""

    pieces: tuple[Span, ...]
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows of cells as they stand in the file, ragged where the file is. ``furniture`` are page numbers and underlines between
    the rows; ``spaced`` is whether nothing but spaces parts the columns, ``printed`` whether the lines of a cell stand among those of
    others, as they are printed."""

    span: Span
    rows: tuple[tuple[GridCell, ...], ...]
    furniture: tuple[Span, ...] = ()
    spaced: bool = False
    printed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A line of the layout's text that the format marks as a heading of a level, outermost 1."""

    span: Span
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """``mapped`` is the text with markup taken out and every line end a line feed; ``grids`` are the tables that the
    format marks (Markdown, HTML, CSV), in order. Tables made of tabs are found later, in the lines.

    ``whole`` is whether each line is a paragraph of its own, never a part that a page broke; ``furniture`` are the lines
    outside of grids that belong to the page (its header, its number). ``columns`` are the columns at which lines end as they are
    printed, two to a full character, by where their first word starts; of others they are told from their characters. ``places`` say where in the
    file the text from an offset on stands, ``remarks`` what of the file could not be read or is hidden in it.
    """

    mapped: Mapped
    grids: tuple[Grid, ...] = ()
    headings: tuple[Heading, ...] = ()
    whole: bool = False
    furniture: tuple[Span, ...] = ()
    columns: Mapping[int, int] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where in the XML of a file the source characters from ``start`` to ``end`` stand: in the text of an element, from its
    character ``offset`` on."""

    start: int
    end: int
    element: Any
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """The XML of the main part of a file, ``part`` by name, and the anchors of its text, in the order of the source."""

    part: str
    root: Any
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A way of reading a kind of file, for the suffixes that it answers for.

    ``parse`` makes a layout of the source text; a format that is no text has ``unpack`` in its place, which makes one of
    the bytes and the name for errors, and whose text is the source from then on. ``anchor`` leads from that source back into the
    file, for a format that can be written in.
    """

    name: str
    suffixes: tuple[str, ...]
    parse: Callable[[str], Layout] | None = None
    unpack: Callable[[bytes, str], Layout] | None = None
    anchor: Callable[[bytes, str], Anchored] | None = None
