"""What a reader hands to the ingest stage: a text of lines, and the tables that the format itself marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extract.mapped import Mapped
from extract.types import Span

CELL_BREAK = "\x1e"
"""Stands in a layout's text for a paragraph or line break inside a cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell before it is understood: the runs of the layout's text it is made of (several where a page broke it)."""

    pieces: tuple[Span, ...]
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows of cells as they stand in the file, ragged where the file is. ``furniture`` are page numbers and underlines between
    the rows; ``spaced`` is whether nothing but spaces parts the columns."""

    span: Span
    rows: tuple[tuple[GridCell, ...], ...]
    furniture: tuple[Span, ...] = ()
    spaced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """``mapped`` is the text with markup taken out and every line end a line feed; ``grids`` are the tables that the
    format marks (Markdown, HTML, CSV), in order. Tables made of tabs are found later, in the lines."""

    mapped: Mapped
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A way of reading a kind of file: the suffixes it answers for, and source text → layout."""

    name: str
    suffixes: tuple[str, ...]
    parse: Callable[[str], Layout]
