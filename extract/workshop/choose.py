"""Which documents and numerals are most worth a person's time: where heshu doubts, and where two readings of a text differ.

Each doubt about a numeral has a weight between 0 and 1, its chance of being a mistake roughly; a numeral's score is the chance
that at least one of its doubts is right. What says the same thing again in the same document counts half each time, because a
second look at it teaches less. A document's score is the mean over its numerals, as if it had :data:`SURE` more that are sure,
so that a line with one doubtful number does not come before a report full of them.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any

from extract.errors import MALFORMED, UnreadableError
from extract.types import Report, Span, stated
from extract.writers._lines import Lines

CONFIDENT = 0.9
"""From here on a fact's own confidence is no doubt."""

SURE = 20
"""How many sure numerals each document is taken to have besides its own."""

WEIGHTS: Mapping[str, float] = {
    "fact or not": 0.9,
    "value": 0.9,
    "kind": 0.7,
    "no name": 0.6,
    "unreadable": 0.6,
    "name": 0.5,
    "review": 0.5,
    "contradicted": 0.3,
    "unlinked": 0.2,
}
"""What speaks for a look. ``fact or not``, ``value``, ``kind`` and ``name`` are differences from another reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """A numeral with a score between 0 and 1. ``start`` and ``end`` are its place in the source, which begins in ``line`` at
    ``column`` (both from 1); ``text`` is its name and amount, ``reasons`` go from the weightiest down."""

    document: str
    line: int
    column: int
    start: int
    end: int
    text: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A document with its score, how often each reason stands, and its doubtful numerals, the most doubtful first."""

    document: str
    score: float
    numerals: int
    reasons: Mapping[str, int]
    doubtful: tuple[Doubtful, ...]


def ranked(report: Report, name: str, others: Mapping[str, Mapping[str, Any]] = MappingProxyType({})) -> Ranked:
    """The doubts about a document called ``name``. ``others`` are what other models or versions made of it, by what they are
    called: the objects that ``heshu facts --format json`` writes."""
    doubts = _own(report)
    for whose, other in others.items():
        _differences(report, other, whose, doubts)
    source = report.document.source
    words = {(place.start, place.end): fact for fact in report.facts for place in (report.document.source_span(fact.quantity.span),)}
    lines = Lines(report.document)
    found: list[Doubtful] = []
    for (start, end), weights in doubts.items():
        sure = 1.0
        for weight in weights.values():
            sure *= 1 - weight
        fact = words.get((start, end))
        text = f"{fact.mention.text} {stated(fact.quantity)}".strip() if fact is not None else " ".join(source[start:end].split())
        line, column = lines.at(report.document.reading_span(Span(start, end)))
        reasons = tuple(sorted(weights, key=lambda reason: (-weights[reason], reason)))
        found.append(Doubtful(document=name, line=line, column=column, start=start, end=end, text=text, score=1 - sure, reasons=reasons))
    found = _discounted(sorted(found, key=lambda each: (-each.score, each.start)))
    numerals = len(report.facts) + len(report.numerals)
    return Ranked(
        document=name,
        score=sum(each.score for each in found) / (numerals + SURE),
        numerals=numerals,
        reasons=Counter(reason.partition(":")[0] for each in found for reason in each.reasons),
        doubtful=tuple(found),
    )


def in_order(documents: Iterable[Ranked]) -> list[Ranked]:
    """The documents, the one most worth the time first; equals by name."""
    return sorted(documents, key=lambda each: (-each.score, each.document))


def numerals(documents: Iterable[Ranked]) -> list[Doubtful]:
    """The doubtful numerals of all documents, the most doubtful first; equals by document and place."""
    return sorted((each for document in documents for each in document.doubtful), key=lambda each: (-each.score, each.document, each.start))


def other_reading(folder: Path, stem: str, sha256: str) -> Mapping[str, Any] | None:
    """What another run made of a document: DIR/STEM.json as ``heshu facts --format json --output-dir`` writes it; ``None``
    where there is none.

    Raises:
        UnreadableError: it is not in that format, or of another text.
    """
    path = folder / f"{stem}.json"
    if not path.is_file():
        return None
    try:
        found = json.loads(path.read_bytes())
        known, facts = found["document"]["sha256"], found["facts"]
    except MALFORMED as error:
        raise UnreadableError(str(path), f"no output of heshu facts ({type(error).__name__}: {error})", "write it with --format json") from None
    if known != sha256 or not isinstance(facts, list):
        raise UnreadableError(str(path), "made from another text", "run heshu facts again")
    return dict(found)


_Doubts = dict[tuple[int, int], dict[str, float]]


def _own(report: Report) -> _Doubts:
    """What heshu itself doubts."""
    document = report.document
    links = {link.fact: link for link in report.links}
    verdicts: dict[str, set[str]] = defaultdict(set)
    for check in report.checks:
        if check.verdict in ("review", "fail"):
            for identity in check.facts:
                verdicts[identity].add("review" if check.verdict == "review" else "contradicted")
    doubts: _Doubts = defaultdict(dict)
    for fact in report.facts:
        place = document.source_span(fact.quantity.span)
        reasons = set(verdicts[fact.id])
        if not fact.mention.text:
            reasons.add("no name")
        elif (link := links.get(fact.id)) is None or link.indicator_id is None:
            reasons.add("unlinked")
        weights = {reason: WEIGHTS[reason] for reason in reasons}
        if fact.confidence < CONFIDENT:
            weights[f"confidence: {fact.confidence:.2f}"] = 1 - fact.confidence
        if weights:
            doubts[place.start, place.end] = weights
    for numeral in report.numerals:
        if numeral.reason == "unreadable":
            place = document.source_span(numeral.span)
            doubts[place.start, place.end]["unreadable"] = WEIGHTS["unreadable"]
    return doubts


def _differences(report: Report, other: Mapping[str, Any], whose: str, doubts: _Doubts) -> None:
    """Where the other reading says something else of a numeral."""
    theirs = {(fact["start"], fact["end"]): fact for fact in other["facts"]}
    ours = {(place.start, place.end): fact for fact in report.facts for place in (report.document.source_span(fact.quantity.span),)}
    for place in theirs.keys() ^ ours.keys():
        said = f"a fact, but none by {whose}" if place in ours else f"a fact by {whose} only"
        doubts[place][f"fact or not: {said}"] = WEIGHTS["fact or not"]
    for place in theirs.keys() & ours.keys():
        fact, them = ours[place], theirs[place]
        quantity = fact.quantity
        values = [_number(them.get(key)) for key in ("value", "low", "high")]
        if values != [quantity.value, quantity.low, quantity.high] or them.get("unit") != quantity.unit or them.get("bound") != quantity.bound:
            doubts[place][f"value: {them.get('bound')}{them.get('value')}{them.get('unit')} by {whose}"] = WEIGHTS["value"]
        if them.get("kind") != fact.kind:
            doubts[place][f"kind: {fact.kind}, {them.get('kind')} by {whose}"] = WEIGHTS["kind"]
        if them.get("mention") != fact.mention.text:
            doubts[place][f"name: {them.get('mention') or '–'} by {whose}"] = WEIGHTS["name"]


def _number(text: object) -> Decimal | None:
    try:
        return None if text is None else Decimal(str(text))
    except InvalidOperation:
        return None


def _discounted(found: Sequence[Doubtful]) -> list[Doubtful]:
    """What is said again for the same reasons counts half each time."""
    seen: Counter[tuple[str, tuple[str, ...]]] = Counter()
    less = []
    for each in found:
        key = each.text.rpartition(" ")[0], each.reasons
        less.append(replace(each, score=round(each.score / 2 ** min(seen[key], 30), 4)))
        seen[key] += 1
    return sorted(less, key=lambda each: (-each.score, each.start))
