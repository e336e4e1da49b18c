"""Documents with one number broken, and whether the break is found.

A *mutant* is an annotated document in which one numeral of a relation that holds was changed by a digit, a swap of two
digits or a factor of ten, so that the relation cannot hold any more. It is *found* where an error or a warning names the
changed number, *located* where the same finding names another number of the relation too.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, pairwise

from extract import intervals
from extract.gold import GoldDocument, GoldFact, GoldRelation, present
from extract.ingest import read_text
from extract.scoring import Outcome, outcome_of
from extract.types import Document, Interval, Report

TYPES = ("same", "sum", "ratio", "diff", "part", "count")
PER_DOCUMENT = 40
SEEDS = (1, 2, 3)
"""Several draws of numbers to break: rules that were mended after one draw are better at it than at others."""
AROUND = 30
"""So many characters on each side of a number are shown."""
_PLAIN = re.compile(r"[0-9.]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A document's text with the numeral at ``start`` to ``end`` changed from ``old`` to ``new``; ``others`` are the
    places of the other numbers of the broken relation."""

    name: str
    text: str
    type: str
    how: str
    start: int
    end: int
    old: str
    new: str
    others: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Caught:
    """How many mutants there were, were found, were located."""

    mutants: int
    found: int
    located: int


def mutants(document: GoldDocument, *, most: int = PER_DOCUMENT, seed: int = SEEDS[0]) -> tuple[Mutant, ...]:
    """Up to ``most`` mutants of a document, the types of relations taken in turn; the same for the same seed, () without a text."""
    if document.text is None:
        return ()
    chance = random.Random(f"{seed}:{document.name}")
    facts = {fact.id: fact for fact in document.facts}
    printed = {fact.id: _Printed.of(fact, document.text) for fact in document.facts}
    ranges = {i: numeral.interval(numeral.digits) for i, numeral in printed.items()}
    broken = {i for relation in document.relations if not relation.holds for i in relation.facts}
    by_type: dict[str, list[tuple[GoldRelation, str, str, str]]] = defaultdict(list)
    for relation in document.relations:
        if not relation.holds or relation.certainty == "possible" or relation.type not in TYPES or not set(relation.facts) <= facts.keys():
            continue
        for target in relation.facts:
            numeral = printed[target]
            if target in broken or facts[target].optional or not numeral.changeable:
                continue
            for how, new in _variants(numeral.digits, chance):
                if _holds(relation, {**ranges, target: numeral.interval(new)}) is False:
                    by_type[relation.type].append((relation, target, how, new))
                    break
    chosen: list[Mutant] = []
    for made in by_type.values():
        chance.shuffle(made)
    while len(chosen) < most and any(by_type.values()):
        for kind in sorted(by_type):
            if by_type[kind] and len(chosen) < most:
                chosen.append(_mutant(document.name, document.text, facts, *by_type[kind].pop(), len(chosen)))
    return tuple(chosen)


def caught(
    documents: Iterable[GoldDocument], analyse: Callable[[Document], Report], *, most: int = PER_DOCUMENT, seeds: Sequence[int] = SEEDS
) -> dict[str, Caught]:
    """By type of relation, how many mutants of the documents, up to ``most`` of each for each seed, are found and located by ``analyse``."""
    counts: Counter[tuple[str, str]] = Counter()
    for mutant, found, located in _tried(documents, analyse, most, seeds):
        counts[mutant.type, "made"] += 1
        counts[mutant.type, "found"] += found
        counts[mutant.type, "located"] += located
    kinds = sorted({kind for kind, _ in counts})
    return {kind: Caught(counts[kind, "made"], counts[kind, "found"], counts[kind, "located"]) for kind in kinds}


def missed(
    documents: Iterable[GoldDocument], analyse: Callable[[Document], Report], *, most: int = PER_DOCUMENT, seeds: Sequence[int] = SEEDS
) -> Iterator[str]:
    """The mutants that are not located, a line each: which number became which, in what words, and whether it was found at all."""
    for mutant, found, located in _tried(documents, analyse, most, seeds):
        if not located:
            before, after = mutant.text[max(0, mutant.start - AROUND) : mutant.start], mutant.text[mutant.end : mutant.end + AROUND]
            words = " ".join(f"{before}[{mutant.old} → {mutant.new}]{after}".split())
            others = "、".join(mutant.text[start:end] for start, end in mutant.others)
            yield f"{mutant.name} {mutant.type}{' found' if found else ''}: {words} ({others})"


def _tried(
    documents: Iterable[GoldDocument], analyse: Callable[[Document], Report], most: int, seeds: Sequence[int]
) -> Iterator[tuple[Mutant, bool, bool]]:
    """Each mutant, whether it is found, and whether it is located."""
    for document in present(documents):
        for mutant in chain.from_iterable(mutants(document, most=most, seed=seed) for seed in seeds):
            yield mutant, *judged(mutant, outcome_of(analyse(read_text(mutant.text, name=mutant.name))))


def together(by_type: Mapping[str, Caught]) -> Caught:
    """All types together."""
    return Caught(*(sum(getattr(one, name) for one in by_type.values()) for name in ("mutants", "found", "located")))


def judged(mutant: Mutant, outcome: Outcome) -> tuple[bool, bool]:
    """Whether the change is found, and whether it is located."""
    found = located = False
    for finding in outcome.findings:
        if finding.severity == "info" or not _touch(finding.places, (mutant.start, mutant.end)):
            continue
        found = True
        located = located or not mutant.others or any(_touch(finding.places, other) for other in mutant.others)
    return found, located


@dataclass(frozen=True, slots=True)
class _Printed:
    """A numeral as printed, and what it stands for by the fact."""

    digits: str
    scale: Decimal
    fact: GoldFact
    changeable: bool

    @classmethod
    def of(cls, fact: GoldFact, text: str) -> _Printed:
        raw = text[fact.start : fact.end]
        digits = re.sub(r"[,，\s]", "", raw)
        if fact.value is None or not _PLAIN.fullmatch(digits) or digits.count(".") > 1 or digits == ".":
            return cls("", Decimal(1), fact, False)
        shown = Decimal(digits)
        # A number that was broken into pieces, or one with separators, is left as it is.
        return cls(digits, abs(fact.value) / shown if shown else Decimal(1), fact, bool(_PLAIN.fullmatch(raw)))

    def interval(self, digits: str) -> Interval:
        fact = self.fact
        if fact.value is None and fact.low is not None and fact.high is not None:
            return intervals.of_range(fact.low, fact.high)
        if not digits or fact.bound == "range":
            return intervals.point(fact.value or Decimal(0))
        count = "." not in digits and self.scale <= 1 and fact.unit != "%"
        fallen = fact.value is not None and fact.value < 0  # 下降26.7% prints no sign
        return intervals.of_numeral(f"-{digits}" if fallen else digits, self.scale, fact.bound, count=count)


def _variants(digits: str, chance: random.Random) -> list[tuple[str, str]]:
    """Numerals near the given one, shuffled: one digit changed, two neighbours swapped, ten times more or less."""
    out = []
    places = [at for at, character in enumerate(digits) if character.isdigit()]
    for at in places:
        digit = chance.choice([c for c in "123456789" if c != digits[at]])
        out.append(("digit", digits[:at] + digit + digits[at + 1 :]))
    for a, b in pairwise(places):
        if digits[a] != digits[b] and not (a == 0 and digits[b] == "0"):
            swapped = list(digits)
            swapped[a], swapped[b] = swapped[b], swapped[a]
            out.append(("swap", "".join(swapped)))
    whole, point, rest = digits.partition(".")
    if not point:
        out.append(("scale", digits + "0"))
        if digits.endswith("0") and len(digits) > 1:
            out.append(("scale", digits[:-1]))
    elif len(rest) > 1:
        out.append(("scale", f"{whole}{rest[0]}.{rest[1:]}"))
    chance.shuffle(out)
    return out


def _holds(relation: GoldRelation, ranges: Mapping[str, Interval]) -> bool | None:
    """Whether the relation can hold; ``None`` where arithmetic cannot tell."""

    def of(role: str) -> list[Interval]:
        ids = relation.roles[role]
        return [ranges[i] for i in ((ids,) if isinstance(ids, str) else ids)]

    if relation.type == "same":
        return intervals.common(of("facts")) is not None
    if relation.type == "sum":
        return intervals.meet(of("total")[0], intervals.total(of("parts")))
    if relation.type == "part":
        part, whole = of("part")[0].low, of("whole")[0].high
        return part is None or whole is None or part <= whole
    if relation.type == "diff":
        return intervals.meet(of("result")[0], intervals.sub(of("minuend")[0], of("subtrahend")[0]))
    if relation.type == "ratio":
        quotient = intervals.ratio(intervals.total(of("num")), intervals.total(of("den")))
        return None if quotient is None else intervals.meet(of("rate")[0], intervals.percent(quotient))
    if relation.type == "count" and relation.items is not None:
        return intervals.contains(of("count")[0], Decimal(relation.items))
    return None


def _mutant(document: str, text: str, facts: Mapping[str, GoldFact], relation: GoldRelation, target: str, how: str, new: str, number: int) -> Mutant:
    fact = facts[target]
    shift = len(new) - (fact.end - fact.start)
    return Mutant(
        name=f"{document}~{number:03}",
        text=text[: fact.start] + new + text[fact.end :],
        type=relation.type,
        how=how,
        start=fact.start,
        end=fact.start + len(new),
        old=text[fact.start : fact.end],
        new=new,
        others=tuple(_shifted(facts[i], fact.start, shift) for i in relation.facts if i != target),
    )


def _shifted(fact: GoldFact, after: int, shift: int) -> tuple[int, int]:
    moved = shift if fact.start > after else 0
    return fact.start + moved, fact.end + moved


def _touch(places: Sequence[tuple[int, int]], place: tuple[int, int]) -> bool:
    return any(start < place[1] and place[0] < end for start, end in places)
