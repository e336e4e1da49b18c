"""Where a place of a document stands: its line and column as an editor counts them, its cell, its page."""

from __future__ import annotations

import re
from bisect import bisect_right

from extract.types import Document, Span
from extract.writers import Lang
from extract.writers._words import word

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Lines:
    """Where the lines of the source of one document begin."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(document.source))]

    def at(self, span: Span) -> tuple[int, int]:
        """Line and column, both from 1, of the first source character of a span of the reading text."""
        return self.of_source(self.document.source_start(span))

    def where(self, span: Span, lang: Lang) -> str:
        """How to find it in the file: its cell or its page where it has such, else line and column."""
        found = self.document.place_of(span)
        if found is None:
            return "{}:{}".format(*self.at(span))
        return found.cell or word("page", lang).format(found.page)

    def of_source(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset in the source."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
