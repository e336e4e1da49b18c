"""D103 precision-loss: a quantity is stated with the same precision wherever it stands.

What:
    Statements of one quantity that agree, some of which are rounded more coarsely than the sharpest (1875.9万元, and 约1900万元
    elsewhere). Nothing is wrong with that: the rule runs only where it is selected by its full code.

Why:
    Whoever quotes the report should quote the sharpest statement, and wants to know where it is.

Fires:
    一、总体情况
    全年检查企业近1300家次。
    二、执法检查
    全年检查企业1286家次。

Left alone:
    一、总体情况
    全年检查企业1286家次。
    二、执法检查
    全年检查企业1286家次。

False alarms:
    A summary that rounds on purpose.

Source:
    Complete and consistent duplicates as in XBRL Calculations 1.1 (Arelle).

In Chinese:
    同一数量在各处的精确程度应当相同（1875.9万元与约1900万元）。这不是错误，只在指明本规则时提示。
    概述中有意取整的，不必处理。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extract.checks._figures import figure
from extract.checks._same import agreeing
from extract.checks._values import interval_of
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact

FARTHEST = Decimal("0.1")
"""A rounded statement is at most this share away from the sharp one."""
_ENDLESS = Decimal("Infinity")
_REACHED = frozenset({"level", "rate", "delta", "growth", "score"})
_LIMITS = frozenset({">=", "<=", "range"})
"""Bounds that ask for something, or leave it open, instead of rounding it."""


def find(context: Context) -> Iterator[Relation]:
    """Groups of statements that agree, with the sharpest one first and those that are coarser than it."""
    for group in agreeing(context):
        stated = [fact for fact in group if fact.kind in _REACHED and fact.quantity.value and fact.quantity.bound not in _LIMITS]
        if len(stated) < 2:
            continue
        sharpest = min(stated, key=_width)
        coarser = [fact for fact in stated if _width(fact) > _width(sharpest) and _near(fact, sharpest)]
        if not coarser:
            continue
        shown = "、".join(dict.fromkeys(figure(fact.quantity) for fact in coarser))
        sharp, name = figure(sharpest.quantity), context.called(sharpest)
        yield Relation(
            type="implied",
            roles={"facts": (sharpest.id, *(fact.id for fact in coarser))},
            holds=False,
            note=f"“{name}”一处为 {sharp}，另写作 {shown}：相容，但精度较低",
            note_en=f"“{name}” is {sharp} in one place and {shown} elsewhere: consistent, but coarser",
        )


def _near(coarse: Fact, sharp: Fact) -> bool:
    """Whether a statement is another figure, and so near that it can be meant as the same one: 超过240万 restates no 1875.9万."""
    a, b = coarse.quantity.value, sharp.quantity.value
    return a is not None and b is not None and a != b and abs(a - b) <= abs(b) * FARTHEST


def _width(fact: Fact) -> Decimal:
    """How far apart the least and the greatest value are that the statement can stand for."""
    interval = interval_of(fact)
    return _ENDLESS if interval.low is None or interval.high is None else interval.high - interval.low


CHECK = CheckRule(code="D103", name="precision-loss", name_zh="精度降低", severity="info", find=find, preview=True, on_request=True)
