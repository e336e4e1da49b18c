"""The actual figure that a target may be held against: one of its unit near by, or of its name anywhere.

Why: 目标 and 实际 stand in one cell, in two columns, or in two sections.
Example: 计划改造46.5公里…实际完成46.8公里.
Left alone: targets beside targets.
Source: observed in reports.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from extract.candidates._features import joined, likeness, pair, place
from extract.candidates._numbers import Candidate, Features, Known, Number, Numbers

# So many numbers before and after a target are tried, and so many of its name.
_AROUND, _NAMED = 4, 8
_ACTUAL = frozenset({"level", "rate", "growth", "delta"})
_DONE = re.compile("完成|达到|实际|实现|已")
_ACTUALLY = re.compile("完成|实际|已")


def find(numbers: Numbers, known: Known) -> Iterator[Candidate]:
    """For each target that nothing is held against yet, the figures that meet it."""
    named: dict[tuple[str, str], list[Number]] = defaultdict(list)
    for number in numbers.all:
        if number.kind in _ACTUAL and len(named[number.name, number.family]) < _NAMED:
            named[number.name, number.family].append(number)
    for target in numbers.all:
        if target.kind != "target" or ("target", target.id) in known.closed:
            continue

        def wanted(number: Number, family: str = target.family) -> bool:
            return number.family == family and (number.kind in _ACTUAL or number.kind == "target")

        near = numbers.near(target, _AROUND, _AROUND, wanted)
        far = [number for number in named[target.name, target.family] if number not in near]
        for order, actual in enumerate((*near, *far)):
            if actual.kind != "target" and _meets(target, actual) and _told(target, actual):
                features = joined(pair("target", target, actual, numbers.text), _own(target, actual, order, len(near)))
                roles = {"target": (target.id,), "actual": (actual.id,)}
                yield Candidate(type="target", roles=roles, group=f"target {target.id}", features=features)


def _meets(target: Number, actual: Number) -> bool:
    return actual.value <= target.high if target.fact.quantity.bound in ("<", "<=") else actual.value >= target.low


def _told(target: Number, actual: Number) -> bool:
    """Whether a table or the words before a figure say that it was reached: in prose many figures of one unit look like that."""
    if not target.family:
        return False
    cells = target.fact.cell is not None or actual.fact.cell is not None
    return cells or bool(_ACTUALLY.search(actual.before) and not _ACTUALLY.search(target.before))


def _own(target: Number, actual: Number, order: int, near: int) -> Features:
    apart = actual.at - target.at
    x, y = (number.fact.subject + number.words for number in (target, actual))
    goal, got = target.fact.cell, actual.fact.cell
    columns = f"{max(-3, min(3, got.column - goal.column))} {got.row == goal.row}" if goal is not None and got is not None else ""
    return {
        "place": (f"order {min(order, 6)}", f"far {order >= near}", f"columns {columns}"),
        "words": (f"contains {x in y or y in x}", f"apart {apart if abs(apart) < 4 else ''} {likeness(target, actual)} {place(target, actual)}"),
        "cues": (f"before {actual.before[-2:]}", f"before target {target.before[-2:]}", f"done {bool(_DONE.search(actual.before))}"),
        "kinds": (f"bound {target.fact.quantity.bound}", f"actual {actual.kind}", f"unit {target.family}"),
    }


FINDER = find
