"""The document as it was read, with its numbers marked: headings as an outline, tables as tables, page furniture set small."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice
from operator import itemgetter

from markupsafe import Markup

from extract.phrases import in_lang
from extract.types import Block, Cell, Document, Report, Section, Span, Table
from extract.writers import Lang
from extract.writers._html.cases import Case
from extract.writers._html.marks import Marks, Number, Piece
from extract.writers._html.tags import Attributes, enclosed, joined, shown, tag
from extract.writers._html.words import word

_TOP = 2
"""The level of the heading above the document: its own outermost headings come one below."""
_DEEPEST = 6
_HASHES = re.compile(r"#{1,6}\s+")


def body(report: Report, marks: Marks, lang: Lang) -> Iterator[Markup]:
    """The whole document as flow content, piece by piece; each heading opens a ``<section>``, and every numeral stands in it once."""
    return _Body(report, marks, lang).sections()


def contents(report: Report, cases: Sequence[Case]) -> Markup:
    """The headings as a list of links, each with how many findings begin in its section (not in those below it)."""
    document = report.document
    starts = [section.span.start for section in document.sections]
    counts: Counter[int] = Counter()
    for case in cases:
        if case.places and case.suppressed is None and case.weight != "review":
            counts[bisect_left(starts, case.places[0].span.end) - 1] += 1
    items = []
    for index, section in enumerate(document.sections):
        badge = tag("span", {"class": "count"}, str(counts[index])) if counts[index] else ""
        words = " ".join(f"{section.number}{section.title}".split())
        items.append(tag("li", {"data-level": min(section.level, 4)}, tag("a", {"href": f"#s{index}"}, words), badge))
    return tag("ol", {"class": "contents"}, *items) if items else Markup("")


@dataclass(frozen=True, slots=True)
class _Insert:
    """What stands between two characters of the reading text without being part of it."""

    at: int
    words: Markup


class _Body:
    """Writes one document."""

    def __init__(self, report: Report, marks: Marks, lang: Lang) -> None:
        self.document: Document = report.document
        self.lang = lang
        self.pieces = marks.pieces
        self.piece = 0
        self.inserts = sorted(self._inserts(marks), key=lambda insert: insert.at)
        self.insert = 0
        self.headings = {section.heading.start: index for index, section in enumerate(report.document.sections)}

    def sections(self) -> Iterator[Markup]:
        """The document cut where headings open sections."""
        for _, parts in groupby(self._blocks(), key=itemgetter(0)):
            yield from enclosed("section", {}, (part for _, part in parts))

    def _blocks(self) -> Iterator[tuple[int | None, Markup]]:
        """Each block, each table and what stands between them, with its section."""
        at = 0
        section = None
        for number, group in groupby(self.document.blocks, key=lambda block: block.cell.table if block.cell else -1):
            blocks = list(group)
            for block in blocks[:1] if number >= 0 else blocks:
                if self.document.text[at : block.span.start].strip():
                    yield section, tag("p", self._text(Span(at, block.span.start)))
                for insert in self._rest(block.span.start):
                    yield section, insert
                section = block.section
                for part in self._table(number, blocks) if number >= 0 else (self._block(block),):
                    yield section, part
                at = block.span.end
            at = max(at, blocks[-1].span.end)
        if self.document.text[at:].strip():
            yield section, tag("p", self._text(Span(at, len(self.document.text))))
        for insert in self._rest(len(self.document.text)):
            yield section, insert

    def _block(self, block: Block) -> Markup:
        index = self.headings.get(block.span.start)
        if index is not None:
            section = self.document.sections[index]
            level = section.level + _TOP
            if block.kind == "heading" or section.heading.end >= block.span.end:
                hashes = _HASHES.match(self.document.text, block.span.start, block.span.end)
                span = Span(hashes.end(), block.span.end) if hashes else block.span
                return tag(f"h{min(level, _DEEPEST)}", {"id": f"s{index}", "aria-level": level if level > _DEEPEST else None}, self._text(span))
            return tag("p", *self._led(block, section, level, index))
        if block.kind == "paragraph":
            return tag("p", self._text(block.span))
        return tag("p", {"class": block.kind}, self._text(block.span))

    def _led(self, block: Block, section: Section, level: int, index: int) -> Iterator[Markup]:
        """A paragraph whose first words are the heading: （一）安全生产监管。…"""
        cut = min(self._whole(section.heading.end), block.span.end)
        yield tag("span", {"class": "lead", "role": "heading", "aria-level": level, "id": f"s{index}"}, self._text(Span(block.span.start, cut)))
        yield self._text(Span(cut, block.span.end))

    def _whole(self, offset: int) -> int:
        """The offset, or the end of the piece that it falls into."""
        at = bisect_left(self.pieces, offset, key=lambda piece: piece.span.end)
        return self.pieces[at].span.end if at < len(self.pieces) and self.pieces[at].span.start < offset else offset

    def _text(self, span: Span) -> Markup:
        """A run of the reading text, escaped, with its pieces and inserts."""
        text = self.document.text
        parts: list[Markup] = []
        at = span.start
        while self.piece < len(self.pieces) and self.pieces[self.piece].span.start < span.end:
            piece = self.pieces[self.piece]
            self.piece += 1
            start = max(at, piece.span.start)
            parts += self._plain(Span(at, start))
            parts.append(_marked(Span(start, min(max(start, piece.span.end), span.end)).of(text), piece, self.lang))
            at = max(start, piece.span.end)
        parts += self._plain(Span(at, max(at, span.end)))
        return joined(*parts)

    def _plain(self, span: Span) -> Iterator[Markup]:
        """Text without marks, with what was left out of it (a page's number in the middle of a paragraph)."""
        at = span.start
        while self.insert < len(self.inserts) and span.start < self.inserts[self.insert].at < span.end:
            insert = self.inserts[self.insert]
            self.insert += 1
            yield shown(self.document.text[at : insert.at])
            yield insert.words
            at = insert.at
        yield shown(self.document.text[at : span.end])

    def _rest(self, end: int) -> list[Markup]:
        """What was left out before ``end`` and is not yet shown."""
        found = []
        while self.insert < len(self.inserts) and self.inserts[self.insert].at <= end:
            found.append(tag("p", {"class": "between"}, self.inserts[self.insert].words))
            self.insert += 1
        return found

    def _inserts(self, marks: Marks) -> Iterator[_Insert]:
        for left in marks.left:
            parts: list[str] = []
            at = 0
            for place, number in left.numbers:
                piece = Piece(span=place, id="", cases=(), number=number)
                parts += [left.words[at : place.start], _number(place.of(left.words), piece, number, self.lang)]
                at = place.end
            parts.append(left.words[at:])
            yield _Insert(left.at, tag("span", {"class": "furniture"}, *parts))
        page = 0
        for begin in self.document.places:
            if begin.page and begin.page != page:
                page = begin.page
                at = self.document.reading_span(Span(begin.start, begin.start)).start
                yield _Insert(at, tag("span", {"class": "page", "id": f"page-{page}"}, word("page", self.lang).format(page)))

    def _table(self, number: int, blocks: Sequence[Block]) -> Iterator[Markup]:
        """A table of the document; where a page ends between two of its rows, a row says so."""
        table = self.document.tables[number]
        texts: dict[tuple[int, int], Markup] = {}
        breaks: dict[int, list[Markup]] = defaultdict(list)
        tied = {row for cell in table.cells for row in range(cell.row + 1, cell.row + cell.row_span)}
        for block in blocks:
            assert block.cell is not None
            at = block.cell.row, block.cell.column
            if at[0] not in tied:
                breaks[at[0]] += self._rest(block.span.start)
            words = self._text(block.span)
            texts[at] = joined(texts[at], words) if at in texts else words
        rows: dict[int, list[Cell]] = {row: [] for row in range(table.rows)}
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
            rows.setdefault(cell.row, []).append(cell)

        def line(row: int) -> Markup:
            cells = (_cell(table, cell, texts.pop((row, cell.column), Markup(""))) for cell in rows[row])
            return joined(*(_break(words, table.columns) for words in breaks[row]), tag("tr", *cells))

        # A header cell that reaches into the rows below it would be cut off at the end of the head.
        head = 0 if table.header_rows in tied else table.header_rows
        lines = map(line, sorted(rows))
        top = enclosed("thead", {}, islice(lines, head)) if head else ()
        inside = enclosed("table", {}, chain(top, enclosed("tbody", {}, lines)))
        name = table.title or word("table", self.lang).format(number + 1)
        wide = "table wide" if table.columns > _MOST_UPRIGHT else "table"
        attributes: Attributes = {"class": wide, "role": "group", "aria-label": name, "tabindex": "0"}
        # what stands in no cell is left when the lines are written
        yield from enclosed("div", attributes, chain(inside, texts.values()))


def _break(words: Markup, columns: int) -> Markup:
    return tag("tr", {"class": "break"}, tag("td", {"colspan": columns}, words))


def _cell(table: Table, cell: Cell, text: Markup) -> Markup:
    spans = {"rowspan": cell.row_span if cell.row_span > 1 else None, "colspan": cell.column_span if cell.column_span > 1 else None}
    wordy = "wordy" if len(cell.text) > _WORDY else None
    if cell.row < table.header_rows and cell.text:
        return tag("th", {"scope": "col" if cell.column_span == 1 else "colgroup", **spans}, text)
    if cell.column < table.label_columns and cell.text:
        return tag("th", {"scope": "row", "class": wordy, **spans}, text)
    numeric = cell.column < len(table.roles) and table.roles[cell.column] == "value" and len(cell.text) <= _LONGEST_FIGURE
    return tag("td", {"class": "figure" if numeric else wordy, **spans}, text)


_LONGEST_FIGURE = 16
_MOST_UPRIGHT = 10
"""A table of more columns is printed on a sheet laid crosswise."""
_WORDY = 8
"""A cell of more characters is read as a sentence: its column is not squeezed to a character."""


def _marked(text: str, piece: Piece, lang: Lang) -> Markup:
    if piece.number is not None:
        return _number(text, piece, piece.number, lang)
    cases = " ".join(piece.cases)
    return tag("a", {"class": "place", "href": f"#{piece.cases[0]}", "id": piece.id, "data-weight": piece.weight, "data-cases": cases}, text)


def _number(text: str, piece: Piece, number: Number, lang: Lang) -> Markup:
    """A numeral: a link to its case where it has one."""
    name = "a" if piece.cases else "span"
    attributes = {
        "class": "n cause" if number.cause else "n",
        "href": f"#{piece.cases[0]}" if piece.cases else None,
        "id": piece.id,
        "data-state": number.state,
        "data-weight": piece.weight,
        "data-cases": " ".join(piece.cases),
        "title": tooltip(number, lang),
    }
    return tag(name, attributes, text)


def tooltip(number: Number, lang: Lang) -> str:
    """What became of a number, in words: 未核对：只出现一次、无从比对."""
    colon = word("colon", lang)
    why = word(f"reason.{number.reason}", lang) if number.reason and number.state in ("not_checked", "not_a_fact") else ""
    return colon.join(filter(None, (word(f"state.{number.state}", lang), why, in_lang(number.note, number.note_en, lang))))
