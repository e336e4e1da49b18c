"""A finding as an auditor writes it down: its words with their places, the difference, what to verify."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.phrases import in_lang
from extract.types import Document, Finding, Report, Span
from extract.writers import Lang
from extract.writers._frames import Frame, Frames
from extract.writers._places import Places
from extract.writers._words import word

_AROUND = 60
"""How many characters are quoted before the first number and after the last, and left between two numbers on either side."""
_DIFFERENCE = re.compile(r"差 ([^）)；]+)")
Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document: where it stands, its words in pieces (each with whether it is one of the numbers), and the
    first of the numbers."""

    where: str
    pieces: Pieces
    number: Span


class Teller:
    """Tells the findings of one report; ``name`` goes before each place where there are several documents."""

    def __init__(self, report: Report, lang: Lang, name: str = "") -> None:
        self.places = Places(report)
        self._report = report
        self._lang = lang
        self._name = f"{name} " if name else ""
        self._frames = Frames(report.document, lang)

    def where(self, place: Span) -> str:
        """``第3页``, ``收支总表!B2``, ``第22行`` of a text, or the heading above: whatever leads to the place in the file."""
        return self._name + self._place(place)

    def _place(self, place: Span) -> str:
        document = self._report.document
        found = document.place_of(place)
        if found is not None:
            return found.cell or word("page", self._lang).format(found.page)
        block = self._frames.block(place)
        path = document.section_path(block.section) if block is not None and not _is_text(document) else ()
        return f"“{path[-1]}”" if path else word("line", self._lang).format(self.places.lines.at(place)[0])

    def quotes(self, places: Iterable[Span]) -> list[Quote]:
        """The sentences in which the places stand, each once, that of the first place first."""
        by_frame: dict[Frame, list[Span]] = {}
        for place in places:
            by_frame.setdefault(self._frames.of(place), []).append(place)
        return [Quote(self.where(marks[0]), self._pieces(frame, sorted(set(marks))), marks[0]) for frame, marks in by_frame.items()]

    def _pieces(self, frame: Frame, marks: Sequence[Span]) -> Pieces:
        text = self._report.document.text
        start, end = max(frame.span.start, marks[0].start - _AROUND), min(frame.span.end, marks[-1].end + _AROUND)
        found = [(frame.heading + ("…" if start > frame.span.start else ""), False)]
        at = start
        for mark in marks:
            if mark.start - at > 3 * _AROUND:
                found.append((f"{text[at : at + _AROUND]}…{text[mark.start - _AROUND : mark.start]}", False))
            else:
                found.append((text[at : mark.start], False))
            found.append((text[max(mark.start, at) : mark.end], True))
            at = max(at, mark.end)
        found.append((text[at:end] + ("…" if end < frame.span.end else ""), False))
        return tuple((re.sub(r"\s+", " ", words), marked) for words, marked in found if words)

    def listed(self, numbers: Sequence[tuple[Span, str]], most: int) -> str:
        """The words for numbers, each stretch at one place behind the name of the place: ``第22行 164件、2,846家次；第46行 5.8%``."""
        comma, stop = word("comma", self._lang), word("stop", self._lang)
        told = ""
        before = ""
        for place, words in numbers[:most]:
            where = self.where(place)
            told += (comma if where == before else f"{stop if told else ''}{where} ") + words
            before = where
        return told + (stop + word("more_places", self._lang).format(len(numbers) - most) if len(numbers) > most else "")

    def edit(self, place: Span, right: str) -> str:
        """That a number should be another, in a sentence."""
        return word("advice.repair", self._lang).format(self.where(place), self.places.words(place), right)

    def advice(self, finding: Finding) -> str:
        """What to verify, in a sentence or two: the number that would have to change, else that of all which one is right."""
        repair = self.places.repair(finding)
        return advice(finding, self.edit(*repair) if repair else "", self._lang)


def advice(finding: Finding, edit: str, lang: Lang) -> str:
    """What to verify, with the ``edit`` that would mend the finding, "" where there is no single one."""
    if finding.severity == "info":
        return word("advice.info", lang)
    told = edit or word("advice.several", lang)
    return (told + (word("advice.decision", lang) if finding.decision else "")).strip()


def _is_text(document: Document) -> bool:
    """Whether the source is a text, so that its lines are those of the file."""
    try:
        return document.encoding == "str" or bool(codecs.lookup(document.encoding))
    except LookupError:
        return False


def difference(finding: Finding, lang: Lang) -> str:
    """By how much the stated and the computed number differ, with the unit; "" where the arithmetic has no difference."""
    match = _DIFFERENCE.search(finding.arithmetic)
    return in_lang(match[1].strip(), "", lang) if match else ""
