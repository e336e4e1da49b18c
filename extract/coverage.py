"""What became of every numeral of a document: looked at by a check, a fact that nothing could be held against, or no fact.

Silence is no certificate: an auditor has to know how much of a report was verified, and why the rest was not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from extract.types import Check, Fact, Report, Span

Status = Literal["checked", "not_checked", "not_a_fact"]
STATUSES: tuple[Status, ...] = ("checked", "not_checked", "not_a_fact")

_BY_KIND = {
    "target": "target_without_actual",
    "rate": "rate_without_terms",
    "growth": "change_without_levels",
    "delta": "change_without_levels",
    "score": "score_without_total",
    "max_score": "score_without_total",
    "other": "constant",
}
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A numeral and what became of it. ``place`` is where its digits stand in the *source*; ``fact`` is the id of its fact, ""
    of none; ``reason`` says why it was not checked or is no fact, "" of a checked one; ``note`` tells more, in Chinese, and
    ``note_en`` where English is at hand.

    Reasons of facts: ``not_assessable`` (a relation was found that cannot be judged; the note says why), ``target_without_actual``,
    ``rate_without_terms``, ``change_without_levels``, ``score_without_total``, ``constant`` (of a rule), ``other_scope`` (the same
    is stated elsewhere, for another subject, period or kind), ``single_statement`` (nothing to compare it to).
    """

    place: Span
    fact: str = ""
    status: Status
    reason: str = ""
    note: str = ""
    note_en: str = ""


def coverage(report: Report) -> tuple[Account, ...]:
    """Every numeral of a report's document, each once, in the order of the source; those of page furniture too, the
    number of a page even inside a number that the page cut."""
    return tuple(sorted((*_facts(report), *_others(report)), key=lambda account: account.place))


def tally(accounts: tuple[Account, ...]) -> Mapping[Status, Mapping[str, int]]:
    """How many numerals there are of each status and reason, the most frequent reason first."""
    found: dict[Status, Counter[str]] = {status: Counter() for status in STATUSES}
    for account in accounts:
        found[account.status][account.reason] += 1
    return {status: dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))) for status, counts in found.items()}


def _facts(report: Report) -> Iterator[Account]:
    judged: set[str] = set()
    undecided: dict[str, Check] = {}
    for check in report.checks:
        for identity in check.facts:
            if check.verdict == "not_assessable":
                undecided.setdefault(identity, check)
            else:
                judged.add(identity)
    names = {link.fact: link.indicator_id or link.name for link in report.links}
    named = [_named(fact, names) for fact in report.facts]
    stated = Counter(named)
    for fact, name in zip(report.facts, named, strict=True):
        place = report.document.source_span(fact.quantity.span)
        if fact.id in judged:
            yield Account(place=place, fact=fact.id, status="checked")
        elif fact.id in undecided:
            check = undecided[fact.id]
            note, note_en = (check.note, check.note_en) if check.note else (check.arithmetic, check.arithmetic_en)
            yield Account(place=place, fact=fact.id, status="not_checked", reason="not_assessable", note=note, note_en=note_en)
        else:
            elsewhere = name[0] and stated[name] > 1
            reason = _BY_KIND.get(fact.kind) or ("other_scope" if elsewhere else "single_statement")
            yield Account(place=place, fact=fact.id, status="not_checked", reason=reason)


def _named(fact: Fact, names: Mapping[str, str]) -> tuple[str, str]:
    """What a fact measures, and in which dimension."""
    return names.get(fact.id) or fact.mention.text, fact.quantity.dimension


def _others(report: Report) -> Iterator[Account]:
    document = report.document
    for numeral in report.numerals:
        yield Account(place=document.source_span(numeral.span), status="not_a_fact", reason=numeral.reason)
    for place in document.furniture:
        for match in _DIGITS.finditer(document.source, place.start, place.end):
            yield Account(place=Span(*match.span()), status="not_a_fact", reason="page_number")
