"""What an auditor has to decide on, one under the other: the findings, then the relations that were left for review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extract.types import Check, Finding, Report, Severity, Span, Suppressed
from extract.writers import Lang
from extract.writers._arithmetic import arithmetic_of, message_of, note_of, steps
from extract.writers._places import Places
from extract.writers._values import role_of
from extract.writers._words import word

Weight = Severity | Literal["review"]
WEIGHTS: tuple[Weight, ...] = ("error", "warning", "review", "info")


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePlace:
    """A place of a case in the reading text. ``fact`` is the id of its number's fact, "" where it is no fact; ``role`` is the
    part that it takes in the relation, "" for none."""

    span: Span
    fact: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A finding, or a relation left for review, in one language.

    ``id`` is that of the finding or of the check. ``arithmetic`` has a line for each relation, ``also`` the code and the arithmetic
    of further relations that break. ``repair`` is the number to edit and how the document would print the right one.
    ``suppressed`` says why a finding is not reported any more; then it counts for nothing.
    """

    id: str
    code: str
    weight: Weight
    message: str
    arithmetic: tuple[str, ...]
    also: tuple[tuple[str, str], ...] = ()
    places: tuple[CasePlace, ...]
    repair: tuple[Span, str] | None = None
    fingerprint: str = ""
    decision: bool = False
    preview: bool = False
    suppressed: Suppressed | None = None


def cases(report: Report, lang: Lang) -> tuple[Case, ...]:
    """The findings in their order, then what is left for review, then what is suppressed."""
    return tuple(_cases(report, lang))


def _cases(report: Report, lang: Lang) -> Iterator[Case]:
    places = Places(report)
    checks = {check.id: check for check in report.checks}
    told = {identity for finding in report.findings for identity in finding.checks}
    told.update(identity for one in report.suppressed for identity in one.finding.checks)
    for finding in report.findings:
        yield _finding(finding, checks, places, lang)
    names = {fact.id: fact.called for fact in report.facts}
    spans = {fact.id: fact.quantity.span for fact in report.facts}
    for check in report.checks:
        if check.verdict == "review" and check.id not in told and check.facts:
            roles = role_of(check)
            yield Case(
                id=check.id,
                code=check.code,
                weight="review",
                message=word("colon", lang).join(filter(None, (f"“{names[check.facts[0]]}”", note_of(check, lang)))),
                arithmetic=steps(check, lang),
                places=tuple(CasePlace(span=spans[fact], fact=fact, role=roles.get(fact, "")) for fact in dict.fromkeys(check.facts)),
            )
    for one in report.suppressed:
        yield _finding(one.finding, checks, places, lang, one)


def _finding(finding: Finding, checks: dict[str, Check], places: Places, lang: Lang, suppressed: Suppressed | None = None) -> Case:
    further = (checks[identity] for identity in finding.checks[1:] if identity in checks)
    found = places.of(finding)
    facts = (*finding.facts, *[""] * (len(found) - len(finding.facts)))
    return Case(
        id=finding.id,
        code=finding.code,
        weight=finding.severity,
        message=message_of(finding, lang),
        arithmetic=steps(finding, lang),
        also=tuple((check.code, arithmetic_of(check, lang)) for check in further if check.arithmetic not in finding.arithmetic),
        places=tuple(CasePlace(span=place.span, fact=fact, role=place.role) for place, fact in zip(found, facts, strict=True)),
        repair=places.repair(finding),
        fingerprint=finding.fingerprint,
        decision=finding.decision,
        preview=finding.preview,
        suppressed=suppressed,
    )
