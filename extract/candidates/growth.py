"""Two levels that a change may lead from and to: for a level near it, the earlier one is looked up in the whole document.

Why: 同比下降25% follows its level at some distance, or stands in a table's column; last year's level is in another place.
Example: 事故6起，同比下降25% in the text, 8 in the table's column of last year.
Left alone: money at constant prices (按不变价格), which does not follow from two levels.
Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.candidates._features import joined, likeness, log, pair, place
from extract.candidates._numbers import SHARES, Candidate, Features, Known, Number, Numbers

# So many numbers before and after a change may be its level.
_BACK, _AHEAD = 5, 2
# With more accidents than this to expect, and for levels of one digit, only one row joins them.
_ACCIDENTS = 0.3
_NO_LEVELS = frozenset({"growth", "delta", "score", "max_score", "other"})
_CONSTANT = re.compile("不变价|可比价|可比口径")
_EARLIER = re.compile("上年|去年|同期|年|由|从|前")
_COMPARED = re.compile("同比|比上年|较上年")
_JOINS = re.compile("[、和及，,]")
# Two numbers of one enumeration stand no farther apart.
_STEP = 8


def find(numbers: Numbers, known: Known) -> Iterator[Candidate]:
    """For each change whose earlier level nothing names yet, the pairs of levels that give it."""
    constant = {n.name for n in numbers.all if _CONSTANT.search(numbers.text, n.fact.clause.start, n.fact.clause.end + 20)}
    for change in numbers.all:
        if change.kind not in ("growth", "delta") or ("change", change.id) in known.closed:
            continue
        relative, points = change.family in (*SHARES, "倍"), "百分点" in change.family

        def level(number: Number, change: Number = change, relative: bool = relative, points: bool = points) -> bool:
            if number.kind in _NO_LEVELS or place(change, number) in ("table", "tables"):
                return False
            if relative:
                return number.family not in SHARES or number.kind == "rate"
            return number.family == ("%" if points else change.family)

        near = numbers.near(change, _BACK, _AHEAD, level)
        for order, current in enumerate(near):
            earlier = [] if relative and current.family == "元" and current.name in constant else list(_earlier(change, current, numbers, relative))
            if not earlier:
                continue
            base = joined(pair("change", change, current, numbers.text), _own(change, current, order, len(near), relative, numbers))
            for previous, chance in earlier:
                own = _levels(current, previous, log(chance * len(near)), len(earlier))
                pairs = pair("levels", current, previous, numbers.text), pair("earlier", change, previous, numbers.text)
                roles = {"change": (change.id,), "current": (current.id,), "previous": (previous.id,)}
                yield Candidate(type="growth", roles=roles, group=f"growth {change.id}", features=joined(base, *pairs, own))


def _earlier(change: Number, current: Number, numbers: Numbers, relative: bool) -> Iterator[tuple[Number, float]]:
    """The numbers that the change would lead from, each with how many one expects by accident."""
    if not change.finite or not current.finite:
        return
    if relative:
        whole = {"%": 100, "‰": 1000}.get(change.family, 1)
        if change.low / whole <= -0.999:
            return
        low, high = current.low / (1 + change.high / whole), current.high / (1 + change.low / whole)
    else:
        low, high = current.low - change.high, current.high - change.low
    if low <= 0:
        return
    for hit in numbers.look(current.family, low, high):
        if hit.id not in (current.id, change.id) and hit.kind in ("level", "rate", "target") and _comparable(current, hit):
            chance = numbers.chance(hit, low, high, name=hit.name if hit.name == current.name else "")
            if (chance <= _ACCIDENTS and max(current.digits, hit.digits) > 1) or place(current, hit) == "row":
                yield hit, chance


def _comparable(current: Number, previous: Number) -> bool:
    """Whether one may be the other's earlier level: of one row, or of one name, or said to be earlier."""
    where = place(current, previous)
    if where == "tables" and current.row != previous.row:
        return False
    if where in ("column", "table", "cell") and current.fact.cell != previous.fact.cell:
        return False
    return (
        where == "row"
        or current.name == previous.name
        or likeness(current, previous) in ("equal", "inside")
        or bool(_EARLIER.search(previous.before[-8:]))
    )


def _own(change: Number, current: Number, order: int, near: int, relative: bool, numbers: Numbers) -> Features:
    before = current.at < change.at
    where, alike = place(change, current), likeness(change, current)
    at, of = _enumerated(change, numbers)
    level_at, level_of = _enumerated(current, numbers)
    antecedent = change.fact.antecedent
    return {
        "evidence": (f"near {near}",),
        "place": (
            f"order {order} {before}",
            f"aligned {of > 1 and of == level_of} {at == level_at}",
            f"runs {min(of, 3)} {min(level_of, 3)} {at == level_at} {before}",
        ),
        "words": (
            f"antecedent {antecedent == current.id} {bool(antecedent)}",
            f"order {order} {before} {alike} {where}",
            f"one antecedent {bool(antecedent) and antecedent == current.fact.antecedent}",
        ),
        "cues": (
            f"before {change.before[-2:]}",
            f"before {change.before[-3:]}",
            f"compared {bool(_COMPARED.search(change.before))} {where}",
            f"after {current.after[:1]}",
        ),
        "kinds": (f"change {change.kind} {relative} {change.family == '%'}", f"level {current.kind} {current.family}"),
    }


def _levels(current: Number, previous: Number, chance: int, several: int) -> Features:
    return {
        "evidence": (
            f"chance {chance}",
            f"several {min(4, several)}",
            f"chance {chance} {likeness(current, previous)}",
            f"chance {chance} {place(current, previous)}",
        ),
        "cues": (f"last {bool(re.search('上年|去年|同期', previous.before))}",),
        "kinds": (f"periods {bool(previous.fact.period)} {bool(current.fact.period)}",),
    }


def _enumerated(number: Number, numbers: Numbers) -> tuple[int, int]:
    """The number's place in its enumeration (14起、8人), and how long that is."""
    first = last = number.at
    while first > 0 and number.at - first < _STEP and _adjoin(numbers.all[first - 1], numbers.all[first], numbers.text):
        first -= 1
    while last + 1 < len(numbers.all) and last - number.at < _STEP and _adjoin(numbers.all[last], numbers.all[last + 1], numbers.text):
        last += 1
    return number.at - first, last - first + 1


def _adjoin(a: Number, b: Number, text: str) -> bool:
    end, start = a.fact.quantity.extent.end, b.fact.quantity.extent.start
    return (
        a.fact.sentence == b.fact.sentence
        and (a.kind in ("growth", "delta")) == (b.kind in ("growth", "delta"))
        and start - end <= _STEP
        and _JOINS.match(text, end) is not None
    )


FINDER = find
