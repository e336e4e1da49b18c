"""Word files: paragraphs with their automatic numbers, tables with merged cells, text boxes, notes, headers.

Why: reports are written in Word, and an auditor gets them so.
Example: a paragraph of the style 标题 1 numbered by Word is read as 一、基本情况.
Left alone: deleted text of tracked changes (what was inserted is text), hidden text, comments, the page numbers of
    headers and footers, and the twin of a text box that is kept for old versions.
Source: ECMA-376 Part 1 (WordprocessingML); Part 3, 9.3 (alternate content).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from extract.errors import UnreadableError
from extract.layout import CELL_BREAK, MAX_CHARACTERS, Anchor, Anchored, Grid, GridCell, Heading, Layout, Reader
from extract.mapped import Mapped
from extract.readers._numbering import Numbering, W
from extract.readers._package import Package
from extract.types import Span

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Wrappers whose content counts as if they were not there.
_WRAPPERS = frozenset(
    f"{W}{name}"
    for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "bdo", "dir", "ruby", "rubyBase")
) | {f"{_MC}AlternateContent", f"{_MC}Choice"}
_LEFT_OUT = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "rt", "sdtPr", "tblPr", "trPr", "tcPr")) | {f"{_MC}Fallback"}
_SIGNS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_OWN_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_LONGEST_CODE = 100
# Surrogates are no characters; what a font keeps to itself says nothing outside of it.
_PRIVATE = range(0xD800, 0xF900)
# Word makes no more columns, so no cell covers more.
_MOST_COLUMNS = 63


def unpack(data: bytes, where: str) -> Layout:
    """What the file shows: its body, then its notes, then its headers and footers, each of them once."""
    return _read(data, where)[0].layout()


def anchor(data: bytes, where: str) -> Anchored:
    """The body of the file, and where in it each character of what it shows stands; numbers that Word counts stand nowhere."""
    page, main, body = _read(data, where)
    inside = set(body.iter(f"{W}t"))
    return Anchored(part=main, root=body, anchors=tuple(anchor for anchor in page.anchors if anchor.element in inside))


def _read(data: bytes, where: str) -> tuple[_Page, str, etree._Element]:
    """The page, the name of the part that holds the body, and the body."""
    package = Package(data, where)
    main = _main(package)
    folder = main.rpartition("/")[0]
    body = package.xml(main)
    numbering, styles = (package.xml(f"{folder}/{name}.xml") if f"{folder}/{name}.xml" in package else None for name in ("numbering", "styles"))
    page = _Page(Numbering(numbering, styles), where)
    page.blocks(body)
    for name in ("footnotes", "endnotes"):
        if f"{folder}/{name}.xml" in package:
            for note in package.xml(f"{folder}/{name}.xml"):
                if note.get(f"{W}type", "normal") == "normal":
                    page.blocks(note)
    seen = set[str]()
    for name in package.names():
        if name.startswith((f"{folder}/header", f"{folder}/footer")) and name.endswith(".xml"):
            aside = _Page(page.numbering, where)
            aside.blocks(package.xml(name))
            text = "".join(aside.parts)
            if text not in seen and any(char.isalnum() for char in text):
                seen.add(text)
                page.blocks(package.xml(name))
    return page, main, body


def _main(package: Package) -> str:
    """The name of the part that holds the body."""
    if "word/document.xml" in package:
        return "word/document.xml"
    for relation in package.xml("_rels/.rels"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


@dataclass(frozen=True, slots=True)
class _Words:
    """A text, and which of its characters stand in which element: (first, last + 1, element, place in the element's text)."""

    text: str = ""
    parts: tuple[tuple[int, int, etree._Element, int], ...] = ()

    def of(self, start: int, end: int) -> _Words:
        """A stretch of it."""
        parts = ((max(a, start) - start, min(b, end) - start, node, at + max(start - a, 0)) for a, b, node, at in self.parts)
        return _Words(self.text[start:end], tuple(part for part in parts if part[0] < part[1]))

    def strip(self, characters: str | None = None) -> _Words:
        bare = self.text.strip(characters)
        left = len(self.text) - len(self.text.lstrip(characters))
        return self if len(bare) == len(self.text) else self.of(left, left + len(bare)) if bare else _Words()

    def lstrip(self) -> _Words:
        return self.of(len(self.text) - len(self.text.lstrip()), len(self.text))

    @classmethod
    def joined(cls, separator: str, pieces: Sequence[_Words]) -> _Words:
        at = 0
        parts = []
        for piece in pieces:
            parts += [(a + at, b + at, node, offset) for a, b, node, offset in piece.parts]
            at += len(piece.text) + len(separator)
        return cls(separator.join(piece.text for piece in pieces), tuple(parts))

    def rewritten(self, text: str) -> _Words:
        """The same places under a text of the same length."""
        return _Words(text, self.parts)


class _Page:
    """The text while it grows, with its tables and headings, and the anchors of its characters."""

    def __init__(self, numbering: Numbering, where: str) -> None:
        self.numbering = numbering
        self.where = where
        self.parts: list[str] = []
        self.at = 0
        self.grids: list[Grid] = []
        self.headings: list[Heading] = []
        self.anchors: list[Anchor] = []

    def layout(self) -> Layout:
        text = "".join(self.parts)
        # In the source a break inside a cell is a line break; both texts have the same length.
        mapped = Mapped.of(text.replace(CELL_BREAK, "\n")).rewritten(text)
        return Layout(mapped=mapped, grids=tuple(self.grids), headings=tuple(self.headings), whole=True)

    def _put(self, words: _Words | str) -> Span:
        start = self.at
        if isinstance(words, _Words):
            self.anchors.extend(Anchor(a + start, b + start, node, offset) for a, b, node, offset in words.parts)
        text = words if isinstance(words, str) else words.text
        self.parts.append(text)
        self.at += len(text)
        if self.at > MAX_CHARACTERS:
            raise UnreadableError(self.where, f"it says more than {MAX_CHARACTERS:,} characters", "split it")
        return Span(start, self.at)

    def blocks(self, element: etree._Element) -> None:
        """Write the paragraphs and tables below an element."""
        carried: list[_Words] = []
        for block in _blocks(element):
            if block.tag == f"{W}tbl":
                self._table(block)
                continue
            words, boxes = self._paragraph(block)
            carried.append(words)
            if block.find(f"{W}pPr/{W}rPr/{W}del") is not None:
                continue  # the end of the paragraph was deleted: the next one goes on in it
            level = self.numbering.level_of_heading(block)
            span = self._line(carried)
            if level and span is not None:
                self.headings.append(Heading(span=span, level=level))
            carried = []
            for box in boxes:
                self.blocks(box)
        self._line(carried)

    def _line(self, pieces: Sequence[_Words]) -> Span | None:
        """Write a paragraph that these make up; ``None`` where it is empty."""
        words = _Words.joined("", pieces)
        if not words.text.strip():
            return None
        span = self._put(words.strip("\n"))
        self._put("\n")
        return span

    def _paragraph(self, paragraph: etree._Element) -> tuple[_Words, list[etree._Element]]:
        """(its text with its number, the text boxes anchored in it)."""
        written: list[_Words] = []
        boxes: list[etree._Element] = []
        fields: list[tuple[str, bool]] = []  # the code of each that is open, and whether its result has begun
        unseen = 0  # how many of them show nothing of what stands in them
        for node in _runs(paragraph):
            if node.tag == f"{W}txbxContent":
                boxes.append(node)
            elif node.tag == f"{W}fldChar":
                sort = node.get(f"{W}fldCharType")
                if sort == "begin":
                    fields.append(("", False))
                    unseen += 1
                elif sort == "separate" and fields and not fields[-1][1]:
                    fields[-1] = (fields[-1][0], True)
                    unseen -= not _counts_pages(fields[-1][0])
                elif sort == "end" and fields:
                    code, result = fields.pop()
                    unseen -= not result or _counts_pages(code)
            elif node.tag == f"{W}instrText":
                if fields and not fields[-1][1]:
                    fields[-1] = ((fields[-1][0] + (node.text or ""))[:_LONGEST_CODE], False)
            elif not unseen:
                said = _said(node)
                written.append(_Words(said, ((0, len(said), node, 0),) if node.tag == f"{W}t" and said else ()))
        text = _Words.joined("", written)
        number = self.numbering.before(paragraph) if text.text.strip() else ""
        return _Words.joined("", (_Words(number), text.lstrip())) if number else text, boxes

    def _table(self, table: etree._Element) -> None:
        rows = [list(_inside(row, f"{W}tc")) for row in _inside(table, f"{W}tr") if row.find(f"{W}trPr/{W}del") is None]
        if not any(len(row) > 1 for row in rows) or any(list(_inside(cell, f"{W}tbl")) for row in rows for cell in row):
            # One column, or tables inside: it lays out the page.
            for row in rows:
                for cell in row:
                    if not _continues(cell):
                        self.blocks(cell)
            return
        start = end = self.at
        made: list[list[GridCell]] = []
        open_: dict[int, tuple[int, int]] = {}
        boxes: list[etree._Element] = []
        for row in rows:
            cells: list[GridCell] = []
            column = _number(row[0].getparent(), f"{W}trPr/{W}gridBefore") if row else 0
            if column:
                cells.append(GridCell(pieces=(Span(self.at, self.at),), column_span=column))
                self._put("\t")
            for n, cell in enumerate(row):
                across = max(1, _number(cell, f"{W}tcPr/{W}gridSpan"))
                if n:
                    self._put("\t")
                if _continues(cell) and column in open_:
                    r, c = open_[column]
                    above = made[r][c]
                    made[r][c] = GridCell(pieces=above.pieces, row_span=above.row_span + 1, column_span=above.column_span)
                else:
                    text, inside = self._cell(cell)
                    boxes += inside
                    cells.append(GridCell(pieces=(self._put(text),), column_span=across))
                    if cell.find(f"{W}tcPr/{W}vMerge") is not None:
                        open_[column] = (len(made), len(cells) - 1)
                    else:
                        open_.pop(column, None)
                column += across
            made.append(cells)
            end = self.at
            self._put("\n")
        self.grids.append(Grid(span=Span(start, end), rows=tuple(tuple(row) for row in made if row)))
        for box in boxes:
            self.blocks(box)

    def _cell(self, cell: etree._Element) -> tuple[_Words, list[etree._Element]]:
        written = []
        boxes: list[etree._Element] = []
        for block in _blocks(cell):
            words, inside = self._paragraph(block)
            written.append(words.strip())
            boxes += inside
        text = _Words.joined(CELL_BREAK, [part for part in written if part.text])
        return text.rewritten(text.text.replace("\n", CELL_BREAK).replace("\t", " ")), boxes


def _blocks(element: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables below an element, wrappers opened."""
    for child in element:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _blocks(child)


def _inside(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table, the cells of a row, the tables of a cell: wrappers opened, nothing of deeper tables."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    """What a paragraph says, in order: texts, signs, field marks, and text boxes as a whole."""
    for child in element:
        if child.tag in _LEFT_OUT or (child.tag == f"{W}fldSimple" and _counts_pages(child.get(f"{W}instr", ""))):
            continue
        if child.tag == f"{W}r" and (hidden := child.find(f"{W}rPr/{W}vanish")) is not None and hidden.get(f"{W}val") not in ("0", "false"):
            continue
        if child.tag == f"{W}txbxContent" or not len(child):
            yield child
        else:
            yield from _runs(child)


def _counts_pages(code: str) -> bool:
    """Whether the code of a field asks for a page number."""
    return next(iter(code.upper().split()), "") in _OWN_FIELDS


def _said(node: etree._Element) -> str:
    """The characters of a leaf of a paragraph."""
    if node.tag in (f"{W}t", f"{_MATH}t"):
        return (node.text or "").replace("\t", " ").replace("\r", "").replace("\n", " ")
    if node.tag == f"{W}br" and node.get(f"{W}type") in ("page", "column"):
        return ""
    if node.tag == f"{W}sym":
        try:
            code = int(node.get(f"{W}char", ""), 16)
        except ValueError:
            return ""
        return chr(code) if 0 < code <= 0xFFFF and code not in _PRIVATE else ""
    return _SIGNS.get(node.tag, "")


def _continues(cell: etree._Element) -> bool:
    """Whether a cell is the rest of the one above."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val") != "restart"


def _number(element: etree._Element | None, path: str) -> int:
    found = element.find(path) if element is not None else None
    value = found.get(f"{W}val", "") if found is not None else ""
    return min(int(value), _MOST_COLUMNS) if value.isdecimal() and len(value) < 10 else 0


READER = Reader(name="docx", suffixes=(".docx", ".docm"), unpack=unpack, anchor=anchor)
