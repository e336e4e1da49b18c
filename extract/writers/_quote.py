"""Places of a document quoted the way a compiler quotes code: the sentence, the number underlined, its role beside it.

A place in a table is quoted by its row and column headings, for the words of a cell alone say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.types import Span
from extract.writers import Lang
from extract.writers._frames import Frame, Frames
from extract.writers._lines import Lines
from extract.writers._style import Style, columns
from extract.writers._words import word

_MOST_PLACES = 12
_NARROWEST = 30


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to underline (in the reading text), what to write beside it, and the colour of both."""

    span: Span
    label: str
    colour: str


class Quoter:
    """Quotes places of the document of the lines in at most ``width`` columns, with where they stand in the file before them."""

    def __init__(self, lines: Lines, style: Style, width: int, lang: Lang) -> None:
        self._document = lines.document
        self._lines = lines
        self._style = style
        self._width = width
        self._lang = lang
        self._frames = Frames(lines.document, lang)

    def quote(self, marks: Sequence[Mark]) -> Iterator[str]:
        """Lines that show the marks in text order, each sentence once, and how many were too many to show."""
        shown = sorted(marks, key=lambda mark: mark.span)[:_MOST_PLACES]
        groups: dict[Frame, list[Mark]] = {}
        for mark in shown:
            groups.setdefault(self._frames.of(mark.span), []).append(mark)
        places = {mark.span: self._lines.where(mark.span, self._lang) for mark in shown}
        gutter = max(map(columns, places.values()), default=0)
        bar = self._style.paint("│", "blue")
        for frame, group in groups.items():
            heading = frame.heading
            room = max(self._width - gutter - 5 - columns(heading), _NARROWEST)
            for cluster in self._clusters(group, frame.span, room):
                place = places[cluster[0].span]
                before = " " * (gutter - columns(place)) + self._style.paint(place, "blue")
                text, *below = self._excerpt(cluster, frame.span, room)
                yield f"  {before} {bar} {self._style.paint(heading, 'dim')}{text}"
                for line in below:
                    yield f"  {' ' * gutter} {bar} {' ' * columns(heading)}{line}"
        if len(marks) > len(shown):
            yield f"  {' ' * gutter} {bar} {word('more_places', self._lang).format(len(marks) - len(shown))}"

    def _clusters(self, marks: Sequence[Mark], frame: Span, room: int) -> Iterator[list[Mark]]:
        """The marks of one sentence, as many together as fit into ``room`` columns."""
        if columns(frame.of(self._document.text)) <= room:
            yield list(marks)
            return
        cluster: list[Mark] = []
        for mark in marks:
            if cluster and columns(self._document.text[cluster[0].span.start : mark.span.end]) > room * 2 // 3:
                yield cluster
                cluster = []
            cluster.append(mark)
        yield cluster

    def _excerpt(self, marks: Sequence[Mark], frame: Span, room: int) -> list[str]:
        """The text around the marks in ``room`` columns, then the underlines and labels."""
        text = self._document.text
        start, end = marks[0].span.start, max(mark.span.end for mark in marks)
        used = columns(text[start:end]) + 2
        while used < room and (start > frame.start or end < frame.end):
            if start > frame.start:
                start -= 1
                used += columns(text[start])
            if end < frame.end and used < room:
                used += columns(text[end])
                end += 1
        while start < marks[0].span.start and text[start].isspace():
            start += 1
        before = "…" if start > frame.start and text[frame.start : start].strip() else ""
        after = "…" if text[end : frame.end].strip() else ""
        # One character stays one character: underlines are counted on the same text. What steers a terminal is not passed on.
        line = "".join(character if character.isprintable() or columns(character) == 2 else " " for character in text[start:end])
        lines = [before + line.rstrip() + after]
        lines += self._underlines(marks, start, columns(before))
        return lines

    def _underlines(self, marks: Sequence[Mark], start: int, indent: int) -> Iterator[str]:
        """A line of carets; a label stands beside its carets where it fits, else under them."""
        text = self._document.text
        at = [indent + columns(text[start : mark.span.start]) for mark in marks]
        rows: list[list[tuple[int, str, str]]] = [[]]
        limit = [10**9]
        for mark, column in zip(reversed(marks), reversed(at), strict=True):
            carets = "^" * max(columns(mark.span.of(text)), 1)
            beside = column + len(carets) + 1
            if not mark.label or beside + columns(mark.label) < limit[0]:
                rows[0].insert(0, (column, f"{carets} {mark.label}".rstrip(), mark.colour))
            else:
                rows[0].insert(0, (column, carets, mark.colour))
                for row in range(1, len(rows) + 1):
                    if row == len(rows):
                        rows.append([])
                        limit.append(10**9)
                    if column + columns(mark.label) < limit[row]:
                        rows[row].insert(0, (column, mark.label, mark.colour))
                        limit[row] = column
                        break
            limit[0] = column
        for pieces in rows:
            line, used = "", 0
            for column, piece, colour in pieces:
                line = line + " " * (column - used) + self._style.paint(piece, colour)
                used = column + columns(piece)
            yield line
