"""Comments on a report where its findings are, in its own file or in a plain copy of its text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from extract.errors import HeshuError
from extract.knowledge import discover
from extract.layout import Anchor, Anchored, Reader
from extract.types import Finding, Report, Span
from extract.writers import View
from extract.writers._arithmetic import message_of, steps
from extract.writers._comments import Comment, first_number, mark, packed
from extract.writers._frames import Frames
from extract.writers._plain_docx import MAIN, made
from extract.writers._rules import rule_label
from extract.writers._told import Teller
from extract.writers._words import aside, word

_MOST_PLACES = 8
_MOST_ASIDE = 5
"""Further paragraphs of a finding that get a comment of their own."""


class _Author:
    """Writes the comments of one report."""

    def __init__(self, report: Report, view: View) -> None:
        self._report = report
        self._lang = view.lang
        self._teller = Teller(report, view.lang)
        self._frames = Frames(report.document, view.lang)
        self._colon = word("colon", view.lang)

    def comments(self) -> Iterator[Comment]:
        """A comment where each finding leads to, and a short one in the other paragraphs that it is about."""
        for finding in self._report.findings:
            places = self._teller.places.of(finding)
            if not places:
                yield Comment(Span(0, 0), tuple(self._lines(finding)))
                continue
            yield Comment(places[0].span, tuple(self._lines(finding)))
            seen = {self._paragraph(places[0].span)}
            for place in places[1:]:
                paragraph = self._paragraph(place.span)
                if paragraph not in seen and len(seen) <= _MOST_ASIDE:
                    seen.add(paragraph)
                    role = word(f"role.{place.role}", self._lang) if place.role else ""
                    aside = word("comment.aside", self._lang).format(finding.id, self._teller.where(places[0].span))
                    yield Comment(place.span, (self._title(finding), aside + (f"{self._colon}{role}" if role else "")))

    def _paragraph(self, place: Span) -> tuple[str, int]:
        """What tells paragraphs apart; the cells of a table are one."""
        block = self._frames.block(place)
        if block is None:
            return "place", place.start
        return ("table", block.cell.table) if block.cell else ("block", block.span.start)

    def _title(self, finding: Finding) -> str:
        trial = aside(word("preview", self._lang), self._lang) if finding.preview else ""
        return f"{word(finding.severity, self._lang)} {rule_label(finding.code, self._lang)}{trial} · {finding.id}"

    def _lines(self, finding: Finding) -> Iterator[str]:
        lang = self._lang
        yield self._title(finding)
        message = message_of(finding, lang)
        yield message
        for arithmetic in (line for line in steps(finding, lang) if line not in message):
            yield word("arithmetic", lang) + self._colon + arithmetic
        places = self._teller.places.of(finding)
        if len(places) > 1:
            told = [(place.span, self._teller.places.words(place.span) + self._role(place.role)) for place in places]
            yield word("comment.figures", lang) + self._colon + self._teller.listed(told, _MOST_PLACES)
        yield word("comment.verify", lang) + self._colon + self._teller.advice(finding)

    def _role(self, role: str) -> str:
        return aside(word(f"role.{role}", self._lang) if role else "", self._lang)


def _original(report: Report) -> tuple[bytes, Anchored] | None:
    """The file of the document and the anchors of its text; ``None`` where it is no .docx that is still at hand.

    Raises:
        HeshuError: the file is another than was read.
    """
    path = report.document.path
    if path is None or Path(path).suffix.lower() != ".docx" or not Path(path).is_file():
        return None
    reader = next((one for one in cast("tuple[Reader, ...]", discover("extract.readers", "READER")) if ".docx" in one.suffixes), None)
    if reader is None or reader.anchor is None:
        return None
    data = Path(path).read_bytes()
    if hashlib.sha256(data).hexdigest() != report.document.sha256:
        raise HeshuError(path, "changed since it was read", "run again")
    return data, reader.anchor(data, path)


def with_comments(report: Report, view: View) -> bytes:
    """The bytes of the Word file.

    Raises:
        HeshuError: the file is another than was read.
    """
    comments = list(_Author(report, view).comments())
    original = _original(report)
    if original is None:
        data, root, anchors = made(report.document, word("comment.plain", view.lang))
        return _commented(data, MAIN, root, anchors, comments) if comments and anchors else data
    data, anchored = original
    if not comments or not anchored.anchors:
        return data
    in_source = [Comment(report.document.source_span(comment.place), comment.lines) for comment in comments]
    return _commented(data, anchored.part, anchored.root, anchored.anchors, in_source)


def _commented(data: bytes, main: str, root: object, anchors: Sequence[Anchor], comments: Sequence[Comment]) -> bytes:
    mark(anchors, comments, first=first_number(data, main))
    return packed(data, main, root, comments)
