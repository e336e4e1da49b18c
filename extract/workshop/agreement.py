"""How far two passes over the same documents agree: spans, fields, kinds and bounds beyond chance, relations.

Facts are paired one to one where their numerals overlap, as the scorer pairs them. A fact that only one pass has and that is
optional there is no disagreement.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.gold import GoldDocument, GoldFact, GoldRelation, plain
from extract.units import written_as

FIELDS: Mapping[str, Callable[[GoldFact], object]] = {
    "value": lambda fact: (fact.value, fact.low, fact.high),
    "unit": lambda fact: written_as(plain(fact.unit))[0],
    "bound": lambda fact: fact.bound,
    "kind": lambda fact: fact.kind,
    "mention": lambda fact: plain(fact.mention),
    "indicator": lambda fact: plain(fact.indicator),
    "subject": lambda fact: plain(fact.subject),
    "period": lambda fact: plain(fact.period),
    "optional": lambda fact: fact.optional,
}
"""The fields that are compared, each as it counts: full-width forms and white space do not."""

CHANCE = ("kind", "bound")
"""Fields whose agreement is also given beyond chance (Cohen's kappa)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole: ``same`` of ``total``."""

    same: int
    total: int

    @property
    def value(self) -> float:
        """The quotient; 1 of nothing."""
        return self.same / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The agreement of two passes. ``spans`` counts overlapping numerals (twice the pairs over both passes' facts, which is F1),
    ``exact`` those that also begin and end alike; ``fields`` agreement over the pairs; ``kappa`` by Cohen (1 where only one
    label is used); ``relations`` F1 of the same type with the same facts in the same roles, ``holds`` agreement on those. ``lines`` lists
    every disagreement as document, place and what."""

    documents: int
    facts: tuple[int, int]
    spans: Share
    exact: Share
    fields: Mapping[str, Share]
    kappa: Mapping[str, float]
    relations: Share
    holds: Share
    lines: tuple[str, ...]


def agreement(first: Sequence[GoldDocument], second: Sequence[GoldDocument]) -> Agreement:
    """The agreement over the documents that both passes have, by name.

    Raises:
        ValueError: they have none in common, or a document is of two different texts.
    """
    others = {document.name: document for document in second}
    both = [(document, others[document.name]) for document in first if document.name in others]
    if not both:
        raise ValueError("the two have no document in common")
    for a, b in both:
        if a.sha256 != b.sha256:
            raise ValueError(f"{a.name} is annotated on two different texts")
    tally = _Tally()
    for a, b in both:
        tally.add(a, b)
    return Agreement(
        documents=len(both),
        facts=(tally.count["a"], tally.count["b"]),
        spans=Share(same=2 * tally.count["pairs"], total=tally.count["a"] + tally.count["b"]),
        exact=Share(same=2 * tally.count["exact"], total=tally.count["a"] + tally.count["b"]),
        fields={field: Share(same=tally.same[field], total=tally.count["pairs"]) for field in FIELDS},
        kappa={field: kappa(tally.labels[field]) for field in CHANCE},
        relations=Share(same=2 * tally.count["relations"], total=tally.count["relations a"] + tally.count["relations b"]),
        holds=Share(same=tally.count["holds"], total=tally.count["relations"]),
        lines=tuple(tally.lines),
    )


def kappa(labels: Iterable[tuple[str, str]]) -> float:
    """Cohen's kappa of pairs of labels: agreement beyond what the frequencies of the labels give by chance; 1 for no pairs
    and where both only ever use one and the same label. Source: Cohen, A Coefficient of Agreement for Nominal Scales (1960)."""
    pairs = list(labels)
    if not pairs:
        return 1.0
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(a == b for a, b in pairs) / len(pairs)
    chance = sum(left[label] * right[label] for label in left) / len(pairs) ** 2
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


def pair(first: Sequence[GoldFact], second: Sequence[GoldFact]) -> list[tuple[GoldFact, GoldFact]]:
    """The facts whose numerals overlap, one to one, in text order; each takes the one it shares most characters with."""
    pairs: list[tuple[GoldFact, GoldFact]] = []
    rest = sorted(second, key=lambda fact: (fact.start, fact.end))
    low = 0
    used: set[int] = set()
    for fact in sorted(first, key=lambda fact: (fact.start, fact.end)):
        # Numerals are short and do not nest: what ends before this one begins can be left behind.
        while low < len(rest) and rest[low].end <= fact.start:
            low += 1
        best, size, at = -1, 0, low
        while at < len(rest) and rest[at].start < fact.end:
            shared = min(fact.end, rest[at].end) - max(fact.start, rest[at].start)
            if at not in used and shared > size:
                best, size = at, shared
            at += 1
        if best >= 0:
            used.add(best)
            pairs.append((fact, rest[best]))
    return pairs


class _Tally:
    """Counts over documents."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.same: Counter[str] = Counter()
        self.labels: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.lines: list[str] = []

    def add(self, a: GoldDocument, b: GoldDocument) -> None:
        pairs = pair(a.facts, b.facts)
        paired = {first.id for first, _ in pairs}, {second.id for _, second in pairs}
        lines: list[tuple[int, str]] = []
        for key, document, mine, side in (("a", a, paired[0], "first"), ("b", b, paired[1], "second")):
            for fact in document.facts:
                counts = fact.id in mine or not fact.optional
                self.count[key] += counts
                if counts and fact.id not in mine:
                    lines.append((fact.start, f"only in the {side}: {_shown(fact)}"))
        for first, second in pairs:
            self.count["pairs"] += 1
            alike = (first.start, first.end) == (second.start, second.end)
            self.count["exact"] += alike
            if not alike:
                lines.append((first.start, f"span {first.start}..{first.end} | {second.start}..{second.end}"))
            for field, of in FIELDS.items():
                if of(first) == of(second):
                    self.same[field] += 1
                else:
                    lines.append((first.start, f"{field} {_field(first, field)} | {_field(second, field)} of {_shown(first)}"))
            for field in CHANCE:
                self.labels[field].append((str(getattr(first, field)), str(getattr(second, field))))
        lines += self._relations(a, b, {second.id: first.id for first, second in pairs})
        self.lines += [f"{a.name}:{start} {what}" for start, what in sorted(lines)]

    def _relations(self, a: GoldDocument, b: GoldDocument, renamed: Mapping[str, str]) -> list[tuple[int, str]]:
        """Counts relations of the same type in which the same facts have the same roles; what one pass alone has, or judges otherwise."""
        places = {fact.id: fact.start for fact in a.facts}, {fact.id: fact.start for fact in b.facts}
        lines: list[tuple[int, str]] = []
        left: dict[object, list[GoldRelation]] = defaultdict(list)
        for relation in a.relations:
            left[_key(relation, {})].append(relation)
        self.count["relations a"] += len(a.relations)
        self.count["relations b"] += len(b.relations)
        for relation in b.relations:
            start = min((places[1].get(i, -1) for i in relation.facts), default=-1)
            same = left[_key(relation, {i: renamed.get(i, f"\0{i}") for i in relation.facts})]
            if not same:
                lines.append((start, f"only in the second: {relation.type} {relation.id} of {_members(relation)}"))
                continue
            other = same.pop(0)
            self.count["relations"] += 1
            self.count["holds"] += other.holds is relation.holds
            if other.holds is not relation.holds:
                said, says = str(other.holds).lower(), str(relation.holds).lower()
                lines.append((start, f"holds {said} | {says} of {other.type} {other.id} of {_members(other)}"))
        for relations in left.values():
            for relation in relations:
                start = min((places[0].get(i, -1) for i in relation.facts), default=-1)
                lines.append((start, f"only in the first: {relation.type} {relation.id} of {_members(relation)}"))
        return lines


def _key(relation: GoldRelation, renamed: Mapping[str, str]) -> object:
    """What makes two relations the same one; ``renamed`` maps the ids of one pass to those of the other."""
    ids = ((role, (value,) if isinstance(value, str) else value) for role, value in relation.roles.items())
    return relation.type, frozenset((role, renamed.get(i, i)) for role, several in ids for i in several)


def _members(relation: GoldRelation) -> str:
    return ", ".join(relation.facts)


def _shown(fact: GoldFact) -> str:
    return f"{fact.id} {_amount(fact)} {fact.mention or fact.indicator}".rstrip()


def _amount(fact: GoldFact) -> str:
    value = f"{fact.low:f}..{fact.high:f}" if fact.low is not None and fact.high is not None else "?" if fact.value is None else f"{fact.value:f}"
    return value + plain(fact.unit)


def _field(fact: GoldFact, field: str) -> str:
    if field == "value":
        return _amount(fact)
    value = getattr(fact, field)
    return str(value).lower() if isinstance(value, bool) else str(value) or "–"
