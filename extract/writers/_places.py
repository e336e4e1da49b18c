"""The places of a finding, the leading one first, and where they stand in the file."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass

from extract.types import Finding, Report, Span
from extract.writers._lines import Lines
from extract.writers._values import reprinted, role_of


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the reading text, and the role that its number takes in the broken relation ("" for none)."""

    span: Span
    role: str


@dataclass(frozen=True, slots=True)
class Region:
    """A place in the source: offsets half-open, lines and columns from 1, the end column that after the last character."""

    offset: int
    length: int
    line: int
    column: int
    end_line: int
    end_column: int


class Places:
    """The places of the findings of one report."""

    def __init__(self, report: Report) -> None:
        self.lines = Lines(report.document)
        self._report = report
        self._facts = {fact.id: fact for fact in report.facts}
        self._checks = {check.id: check for check in report.checks}

    def of(self, finding: Finding) -> list[Place]:
        """The numbers of its facts with their roles in the leading check, then what else the finding points at."""
        roles = role_of(self._checks.get(finding.checks[0]) if finding.checks else None)
        found = [Place(self._facts[identity].quantity.span, roles.get(identity, "")) for identity in finding.facts]
        taken = sorted(known.span for known in found)
        for place in finding.places:
            at = bisect_left(taken, Span(place.end, place.end))
            if not (at and taken[at - 1].overlaps(place)):
                found.append(Place(place, ""))
                insort(taken, place)
        return found

    def words(self, place: Span) -> str:
        """The words of a place, as read."""
        return place.of(self._report.document.text)

    def region(self, place: Span) -> Region:
        """Where a place stands in the source."""
        source = self._report.document.source_span(place)
        return Region(source.start, len(source), *self.lines.of_source(source.start), *self.lines.of_source(source.end))

    def repair(self, finding: Finding) -> tuple[Span, str] | None:
        """The number to edit, and how the document would print the right one; ``None`` where no single edit is known."""
        if finding.repair is None:
            return None
        quantity = self._facts[finding.repair.fact].quantity
        return quantity.span, reprinted(self._report, quantity, finding.repair.value)
