"""Two statements that may be of one quantity: equal values, or a round one that allows a sharper one.

Why: a report states its figures in the overview, in tables and in sections, each time in other words.
Example: 为1,860人提供应急救助 beside 需紧急生活救助1,860人.
Left alone: one cell or one column of a table, one sentence (two things that happen to be equal), words that exclude each
other (预算 and 决算).
Source: observed in reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice

from rapidfuzz.fuzz import ratio

from extract.candidates._features import bigrams, contrary, joined, likeness, pair, place, shared
from extract.candidates._numbers import WHOLE, Candidate, Features, Known, Number, Numbers, Ordered, core

# Each number is tried with so many earlier ones of its value, and with so many sharper ones.
_EARLIER, _SHARPER = 5, 6
_EXACT = frozenset({"=", "≈", "<~", ">~"})
_KINDS = (frozenset({"level", "target"}), frozenset({"level", "rate"}), frozenset({"level", "delta"}), frozenset({"rate", "target"}))
# Among more numbers of one value, only those are tried whose words have something in common.
_FEW = 4
# A figure of fewer digits is no evidence against its kind.
_TELLING = 3


def find(numbers: Numbers, known: Known) -> Iterator[Candidate]:
    """Pairs of equal values, then pairs of a round value and a sharper one."""
    equal: dict[tuple[str, float], list[Number]] = defaultdict(list)
    for number in numbers.all:
        if number.digits and number.kind != "other":
            equal[number.fact.quantity.dimension, round(number.value, 6)].append(number)
    for members in equal.values():
        pairs = [(a, b) for at, b in enumerate(members) for a in members[max(0, at - _EARLIER) : at] if _comparable(a, b)]
        if not all(known.same(a, b) for a, b in pairs):
            yield from _candidates(pairs, len(members), numbers, known, exact=True)
    for ordered in numbers.by_family.values():
        by_digits = _by_digits(ordered.numbers)
        for rough in ordered.numbers:
            if rough.high > rough.low and rough.digits and (rough.fact.quantity.bound != "=" or rough.digits <= _TELLING):
                sharper = _sharper(rough, by_digits)
                pairs = [(min(rough, n, key=_at), max(rough, n, key=_at)) for n in sharper if _comparable(rough, n)]
                if not all(known.same(a, b) for a, b in pairs):
                    yield from _candidates(pairs, len(sharper), numbers, known, exact=False)


def _by_digits(numbers: Iterable[Number]) -> dict[int, Ordered]:
    """Numbers by how many digits they tell."""
    found: dict[int, list[Number]] = defaultdict(list)
    for number in numbers:
        found[number.digits].append(number)
    return {digits: Ordered.of(members) for digits, members in found.items()}


def _sharper(rough: Number, by_digits: Mapping[int, Ordered]) -> list[Number]:
    """The first numbers of more digits that ``rough`` allows, in the order of their values; none that says the same."""
    inside = (numbers.around(rough.low, rough.value, rough.high) for digits, numbers in by_digits.items() if digits > rough.digits)
    return list(islice(merge(*inside, key=lambda number: (number.value, number.at)), _SHARPER))


def _at(number: Number) -> int:
    return number.at


def _comparable(a: Number, b: Number) -> bool:
    first, second = a.fact.quantity, b.fact.quantity
    if first.bound != second.bound and not {first.bound, second.bound} <= _EXACT:
        return False
    if a.kind != b.kind:
        if {a.kind, b.kind} not in _KINDS or a.value != b.value or ("delta" in (a.kind, b.kind) and min(a.digits, b.digits) < _TELLING):
            return False
    elif a.kind in ("score", "max_score") and likeness(a, b) not in ("equal", "inside"):
        return False
    where = place(a, b)
    if where in ("cell", "column") or (where in ("clause", "sentence") and a.value == b.value):
        return False
    return not contrary(a, b)


def _candidates(pairs: Sequence[tuple[Number, Number]], several: int, numbers: Numbers, known: Known, *, exact: bool) -> Iterator[Candidate]:
    words = {number.at: _words(number, numbers) for two in pairs for number in two}
    scores = {(a.at, b.at): shared(words[a.at], words[b.at]) + (a.words == b.words) for a, b in pairs}
    most = max(scores.values())
    best: dict[int, float] = defaultdict(float)
    for two, score in scores.items():
        for at in two:
            best[at] = max(best[at], score)
    for a, b in pairs:
        score = scores[a.at, b.at]
        related = score or several <= _FEW or likeness(a, b) in ("equal", "inside")
        if not related or known.same(a, b) or (not exact and score < most):
            continue
        overlap = int(shared(words[a.at], words[b.at]) * 4.99)
        first = score >= best[a.at], score >= best[b.at]
        features = joined(pair("", a, b, numbers.text), _table(a, b, numbers), _own(a, b, several, overlap, first, exact, numbers))
        yield Candidate(type="same", roles={"facts": (a.id, b.id)}, group=f"same {b.id}", features=features)


def _words(number: Number, numbers: Numbers) -> frozenset[str]:
    """What is said of a number: its subject and name, and in prose the clause before it."""
    fact = number.fact
    clause = "" if fact.cell is not None else numbers.text[fact.clause.start : fact.quantity.extent.start]
    return bigrams(core(fact.subject + number.words + clause))


def _own(a: Number, b: Number, several: int, overlap: int, first: tuple[bool, bool], exact: bool, numbers: Numbers) -> Features:
    digits, few = min(a.digits, b.digits), min(several, 4)
    alike, where = likeness(a, b), place(a, b)
    x, y = a.fact.subject + a.words, b.fact.subject + b.words
    twins = _twins(a, b, numbers.all)
    return {
        "evidence": (
            f"digits {digits}",
            f"several {min(several, 6)}",
            f"exact {exact}",
            f"digits {digits} {alike}",
            f"digits {digits} {where}",
            f"several {few} {alike}",
            f"digits {min(digits, 4)} {few} {a.name == b.name}",
            f"overlap {overlap} {min(digits, 4)}",
            f"overlap {overlap} of {few}",
        ),
        "place": (f"twins {twins}", f"twins {min(twins, 2)} {alike}", f"sentence {a.fact.sentence == b.fact.sentence} {exact}"),
        "words": (
            f"overlap {overlap}",
            f"best {first}",
            f"best {first} {overlap}",
            f"tail {a.words[-2:] == b.words[-2:]}",
            f"heads {a.words[-2:]} {b.words[-2:]}",
            f"contains {x in y or y in x}",
        ),
        "cues": (f"after {a.after[:1]} {b.after[:1]}", f"before {int(ratio(a.before, b.before) // 20)}"),
        "kinds": (
            f"units {a.fact.quantity.unit} {b.fact.quantity.unit}",
            f"dimension {a.fact.quantity.dimension}",
            f"family {a.family == b.family}",
            f"kinds {a.kind} {b.kind} {alike}",
            f"bounds {a.fact.quantity.bound} {b.fact.quantity.bound}",
            f"scope {sorted(set(a.fact.qualifiers) ^ set(b.fact.qualifiers))[:1]}",
        ),
    }


def _twins(a: Number, b: Number, numbers: Sequence[Number]) -> int:
    """How many neighbours of the one equal neighbours of the other: passages that repeat each other. 3 at most."""
    found = 0
    for steps in ((-2, -1), (1, 2)):
        for one in steps:
            for other in steps:
                at, to = a.at + one, b.at + other
                if 0 <= at < len(numbers) and 0 <= to < len(numbers) and at != b.at and to != a.at:
                    x, y = numbers[at], numbers[to]
                    found += x.value == y.value and x.digits > 0 and x.fact.quantity.dimension == y.fact.quantity.dimension
    return min(found, 3)


def _table(a: Number, b: Number, numbers: Numbers) -> Features:
    """How the labels of a cell fit the words around a number in prose, or the labels of another cell."""
    if a.fact.cell is None and b.fact.cell is None:
        return {"words": ("prose",)}
    if a.fact.cell is not None and b.fact.cell is not None:
        inside = a.row in b.row or b.row in a.row
        return {"words": (f"labels {a.row == b.row} {a.column == b.column}", f"labels {inside} {a.fact.cell.table == b.fact.cell.table}")}
    cell, prose = (a, b) if a.fact.cell is not None else (b, a)
    row, column = (_told(words, prose, numbers) for words in (cell.row, cell.column))
    return {"words": (f"row {row}", f"column {column}", f"labels {row} {column}", f"row {row} {min(a.digits, b.digits, 3)}")}


def _told(words: str, number: Number, numbers: Numbers) -> str:
    """Where the words of a label stand near a number in prose."""
    if not words:
        return "none"
    if WHOLE.search(words):
        return "whole"
    fact = number.fact
    sentence = numbers.text[fact.sentence.start : fact.quantity.extent.end] + fact.mention.text + fact.subject
    if words in sentence:
        return "in"
    grams = bigrams(words)
    there = sum(gram in sentence for gram in grams) / max(1, len(grams))
    if there >= 0.5:
        return "most"
    heading = "".join(numbers.document.section_path(fact.section)[-1:])
    if words in heading or (grams and sum(gram in heading for gram in grams) * 2 >= len(grams)):
        return "heading"
    return "some" if there else "no"


FINDER = find
