"""Targets of running text with what was reached, and what the text claims of them.

A target stands after what was reached (64学时，达到不少于60学时的要求; 控制在年初预算38.5万元以内), in brackets after it
(1364人次（年度目标为不少于1200人次）), before it (目标4.6万人，实际4.38万人), or inside the words of the degree (完成年度任务36000人的107.2%).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import regex

from extract.checks._judge import SHORTER_IS_BETTER, meets
from extract.checks._prose import CHANGES, Place, Stream, last_clause, like, streams
from extract.checks._words import alike
from extract.relations import Context, Relation
from extract.types import Fact

BACK = 6

_GOAL = r"(?:目标|要求|标准|任务|计划|指标|规定|控制数|预算|定额|底线|红线)"
_UNMET = regex.compile(
    r"(?:未|没有?|尚未|仍未|未能|不)(?:能)?(?:达到?|完成|实现|满足|突破)[^，。；]{0,10}$|(?:低于|不及|少于|落后于)[^，。；]{0,10}$"
)
_MET = regex.compile(r"(?:达到?了?|完成了?|实现了?|满足了?|符合|超过了?|超额(?:完成|实现)?了?|高于|优于|超出|好于)[^，。；]{0,14}$")
_AFTER = regex.compile(rf"^(?:以[上内下]|及以上)?[^，。；\d]{{0,6}}?的?[^，。；\d]{{0,6}}{_GOAL}")
_BEFORE = regex.compile(rf"{_GOAL}(?:数|值|量)?(?:的|为|是)?$")
_WITHIN = regex.compile(
    rf"(?:控制|稳定|保持|限制)在[^，。；]{{0,10}}$"
    rf"|(?:未|没有)(?:突破|超过|超出)[^，。；]{{0,10}}{_GOAL}?[^，。；]{{0,4}}$|不超过[^，。；]{{0,8}}{_GOAL}$"
)
_IN_BRACKET = regex.compile(rf"(?:{_GOAL}|应)(?:数|值|量)?(?:为|是|：)?[^，。；]{{0,3}}$")
_STATED = regex.compile(r"(?:目标|计划|任务|应)(?:数|值|量|完成)?(?:为|是|：)?$")
_ACTUAL = regex.compile(r"^[，；、]?(?:但|而)?(?:实际|完成|实有|实际完成|已完成|仅完成)[^，。；]{0,6}$")
_THAN = regex.compile(r"(?:低于|低|少|不足|未达)")
_INSIDE = regex.compile(r"以内|之内|以下|的?范围")
_IDLE = regex.compile(r"将|把|均|都|也|全部|有效|严格|切实")
_AGAINST = regex.compile(r"(?:比|较|与|低于|高于)[^，。；]{0,8}(?:目标|计划|要求|标准|任务|指标)值?$")
LESS = regex.compile(r"成本|死亡|事故|受伤|伤亡|受害率|投诉|超限率|能耗|失业率|时限|时间|时长|下降|发病率|发生率|差错|损失|单价|费用|三公|经费支出")


def targets(context: Context) -> Iterator[Relation]:
    """Targets beside what was reached, each with the claim that the words make."""
    for stream in streams(context):
        for place in stream.places:
            if place.fact.kind not in CHANGES:
                found = _reached(stream, place) or _bracketed(stream, place) or _followed(stream, place)
                if found is not None:
                    yield found


def _reached(stream: Stream, goal: Place) -> Relation | None:
    """What was reached, then the target: 达到…的要求, 控制在…以内, 完成年度任务N的107%."""
    words, after = goal.plain, stream.after(goal.at)
    within = _WITHIN.search(words)
    named = _AFTER.search(after) or _BEFORE.search(words)
    unmet = _UNMET.search(words)
    met = _MET.search(words)
    if within and goal.quantity.bound not in ("<", "<=") and not _INSIDE.match(after):
        within = None
    if goal.quantity.unit in ("年", "周年"):
        return None
    if not (within or (named and (met or unmet))) or (goal.bracket and goal.fact.kind != "target"):
        return None
    actual = _before(stream, goal)
    if actual is None:
        return None
    if within:
        own = _IDLE.sub("", goal.clause[: within.start() - len(words)])
        if len(own) > 1 and not alike(own, actual.mention.text):
            return None
        return _relation(goal.fact, actual, "met", "less")
    if unmet:
        return _relation(goal.fact, actual, "unmet", _direction(actual))
    degree = stream.places[goal.at + 1] if goal.at + 1 < len(stream.places) else None
    if degree is not None and degree.lead in ("的", "的约", "的近") and degree.quantity.unit in ("%", "％"):
        low = degree.quantity.interval.low
        if low is None or degree.quantity.value is None or degree.quantity.value < 100:
            return None
    elif after.startswith("的") and not _AFTER.search(after):
        return None
    shorter = goal.quantity.dimension in SHORTER_IS_BETTER or _direction(actual) == "less"
    return _relation(goal.fact, actual, "met", "less" if shorter else "more")


def _bracketed(stream: Stream, goal: Place) -> Relation | None:
    """1364人次（年度目标为不少于1200人次）; 比目标值（90%）低3.3个百分点."""
    if not goal.bracket or goal.host is None:
        return None
    inside = goal.lead.rpartition("（")
    outside = last_clause(inside[0])
    if not inside[2] and _AGAINST.search(outside):
        actual = _before(stream, goal)
        if actual is None:
            return None
        below = _THAN.search(stream.after(goal.at)) or "低于" in outside
        return _relation(goal.fact, actual, "unmet" if below and _direction(actual) != "less" else "met", _direction(actual))
    host = stream.places[goal.host]
    if _IN_BRACKET.search(inside[2]) and outside == inside[0] and len(outside) < 12 and _same(host, goal):
        return _open(goal.fact, host.fact)
    return None


def _followed(stream: Stream, goal: Place) -> Relation | None:
    """目标4.6万人，实际4.38万人."""
    if not _STATED.search(goal.plain) or goal.at + 1 >= len(stream.places):
        return None
    actual = stream.places[goal.at + 1]
    if actual.sentence == goal.sentence and _ACTUAL.search(actual.lead) and _same(goal, actual):
        return _open(goal.fact, actual.fact)
    return None


def _open(goal: Fact, actual: Fact) -> Relation:
    """A target without a claim: that it is missed is no inconsistency, the text hides nothing."""
    direction = _direction(actual)
    missed = meets(goal.quantity, actual.quantity, direction) is False
    return _relation(goal, actual, "unmet" if missed else "", direction, certain=False)


def _before(stream: Stream, goal: Place) -> Fact | None:
    for place in stream.back(goal.at, BACK):
        if place.sentence != goal.sentence or "；" in stream.between(place.at, goal.at):
            return None
        if place.bracket and place.bracket != goal.bracket:
            continue
        if place.fact.kind not in ("target", "growth", "delta") and _same(place, goal):
            return place.fact
    return None


def _same(first: Place, second: Place) -> bool:
    return like(first.quantity, second.quantity)


def _direction(actual: Fact) -> Literal["more", "less", ""]:
    return "less" if LESS.search(actual.mention.text) else ""


def _relation(
    goal: Fact, actual: Fact, claim: Literal["met", "unmet", ""], direction: Literal["more", "less", ""], *, certain: bool = True
) -> Relation:
    roles = {"target": (goal.id,), "actual": (actual.id,)}
    return Relation(type="target", roles=roles, claim=claim, direction=direction, certain=certain and claim == "met")
