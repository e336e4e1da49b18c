"""What to read a place of a document in: its sentence, and in a table the headings of its cell."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from extract.segments import sentences
from extract.types import Block, Document, Span
from extract.writers import Lang
from extract.writers._words import word


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of the reading text, and the row and column headings of the cell that it stands in, "" outside tables."""

    heading: str
    span: Span


class Frames:
    """The frames of the places of one document."""

    def __init__(self, document: Document, lang: Lang) -> None:
        self._document = document
        self._colon = word("colon", lang)
        self._starts = [block.span.start for block in document.blocks]
        self._sentences: dict[Span, list[Span]] = {}

    def block(self, place: Span) -> Block | None:
        """The block that holds a place of the reading text; ``None`` between blocks."""
        index = bisect_right(self._starts, place.start) - 1
        if index < 0 or not self._document.blocks[index].span.contains(place):
            return None
        return self._document.blocks[index]

    def heading(self, block: Block) -> str:
        """What names the cell that is the block, to put before its words; "" outside tables."""
        if block.cell is None:
            return ""
        table = self._document.tables[block.cell.table]
        cell = table.at(block.cell.row, block.cell.column)
        labels, headers = table.context(cell) if cell is not None else ((), ())
        path = " › ".join(filter(None, (" ".join(labels), " ".join(headers))))
        return f"{path}{self._colon}" if path else ""

    def of(self, place: Span) -> Frame:
        """The sentence that a place stands in, with the headings of its cell; the place itself outside of blocks."""
        block = self.block(place)
        if block is None:
            return Frame("", place)
        if block.span not in self._sentences:
            self._sentences[block.span] = sentences(self._document.text, block.span)
        pieces = self._sentences[block.span]
        sentence = pieces[bisect_right(pieces, Span(place.start, len(self._document.text))) - 1]
        return Frame(self.heading(block), Span(sentence.start, max(sentence.end, place.end)))
