"""Whether a relation holds: one arithmetic for all checks (:mod:`extract.intervals`), told as an auditor would note it down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from extract import intervals as iv
from extract.checks._cut import touches
from extract.checks._figures import figure, plain, printed_scale, unit_label
from extract.checks._solve import solve
from extract.checks._values import EVERYTHING, SHARES, Values, central, factor, is_bare, is_rate, middle, values_of
from extract.phrases import chinese
from extract.relations import Context, Relation
from extract.types import Fact, Interval, Quantity, Verdict

SHORTER_IS_BETTER = frozenset({"time", "duration"})
"""Dimensions of which a target without a bound is an upper limit: a response within 15 minutes."""
Belief = Literal["sure", "likely", "doubtful", "misread"]
"""How far a failing relation is to be believed: by more than one sign, by one, by none, or with signs that it was misread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict with its ``arithmetic``; ``roles`` with the reading that was chosen (T7)."""

    verdict: Verdict
    arithmetic: str
    roles: dict[str, tuple[str, ...]]
    mild: bool = False
    """Fails by less than one last digit, or on the narrow width only."""
    belief: Belief = "sure"
    stated: str = ""
    computed: str = ""
    off: str = ""
    note: str = ""


def judge(relation: Relation, context: Context) -> Judgement:
    """The verdict on a relation. A doubtful relation that fails is ``review``; without enough to go on, or where a statement
    was cut that a failing one rests on, ``not_assessable`` (T11)."""
    readings = _readings(relation)
    judgement = _judge(readings[0], context)
    for reading in readings[1:]:
        if judgement.verdict == "pass":
            break
        other = _judge(reading, context)
        if other.verdict == "pass" or judgement.verdict == "not_assessable":
            judgement = other
    if judgement.verdict == "fail" and touches(relation, context):
        return replace(judgement, verdict="not_assessable", note=chinese("cut"))
    if judgement.verdict == "fail" and not relation.certain:
        return replace(judgement, verdict="review")
    return judgement


def _readings(relation: Relation) -> tuple[Relation, ...]:
    role = "den" if relation.type == "ratio" else "parts"
    others = (replace(relation, roles={**relation.roles, role: other}, others=()) for other in relation.others)
    return relation, *others


def _judge(relation: Relation, context: Context) -> Judgement:
    if any(not ids for role, ids in relation.roles.items() if role != "less"):
        return _unknown(relation, "lacking")
    if relation.type == "implied":
        verdict: Verdict = "not_assessable" if relation.holds is None else "pass" if relation.holds else "fail"
        return Judgement(verdict=verdict, arithmetic=relation.note, roles=dict(relation.roles))
    if relation.type == "same":
        return _same(relation, context)
    if relation.type == "target":
        return _target(relation, context)
    if relation.type == "part":
        return _part(relation, context)
    if relation.type == "count":
        return _count(relation, context)
    if relation.type == "growth" and not relation.roles.get("previous") and not relation.roles.get("step"):
        return _growth_alone(relation, context)
    return _equation(relation, context)


def _unknown(relation: Relation, phrase: str) -> Judgement:
    why = chinese(phrase)
    return Judgement(verdict="not_assessable", arithmetic=why, roles=dict(relation.roles), note=why)


RESULT = {"sum": "total", "ratio": "rate", "growth": "change", "diff": "result", "count": "count", "part": "whole"}
"""The role that the others give by arithmetic: what an author computes, and so what is wrong most often."""


def reckoned(relation: Relation) -> str:
    """The role of :data:`RESULT`; of a rate or price that is set (``firm``) the amount that it gives; "" of what nobody computes."""
    roles = relation.roles
    if relation.type == "ratio" and set(roles["rate"]) & set(relation.firm) and len(roles["num"]) == len(roles["den"]) == 1:
        return "num"
    return RESULT.get(relation.type, "")


def _equation(relation: Relation, context: Context) -> Judgement:
    result = relation.roles[RESULT[relation.type]][0]
    fact = context.by_id[result]
    computed = solve(relation, result, values_of(relation, context), context)
    if computed is None or computed == EVERYTHING or fact.quantity.interval == EVERYTHING:
        return _unknown(relation, "too_little")
    stated = values_of(relation, context)(result)
    agrees = iv.meet(computed, stated)
    if not agrees and relation.type == "ratio" and is_bare(fact.quantity):
        stated = iv.percent(stated)
        agrees = iv.meet(computed, stated)
    mild = False
    if not agrees and relation.type in ("ratio", "growth"):
        unit = iv.half_unit(fact.quantity.digits, fact.quantity.scale) * 2
        mild = iv.gap(computed, stated) < unit
    if agrees and relation.decimals is not None:
        narrow = solve(relation, result, values_of(relation, context, narrow=True), context)
        if narrow is not None and iv.disjoint(narrow, values_of(relation, context, narrow=True)(result)):
            agrees, mild = False, True
    told = context.by_id[relation.roles[reckoned(relation)][0]]
    point = solve(relation, told.id, central(context), context)
    written, shown, off = (_written if told is fact else _product)(relation, told, point, context)
    sign = "=" if agrees and _equal(point, told.quantity) else "≈" if agrees else "≠"
    return Judgement(
        verdict="pass" if agrees else "fail",
        arithmetic=_sentence(written, shown, sign, figure(told.quantity), off if not agrees else ""),
        roles=dict(relation.roles),
        mild=mild,
        stated=figure(told.quantity),
        computed=shown,
        off=off,
    )


def _sentence(written: str, computed: str, sign: str, stated: str, off: str) -> str:
    if sign == "=":
        return f"{written} = {stated}"
    return f"{written} = {computed} {sign} {stated}" + (chinese("off", off) if off else "")


def _equal(point: Interval | None, quantity: Quantity) -> bool:
    return point is not None and point.low == point.high == quantity.value


def _written(relation: Relation, result: Fact, point: Interval | None, context: Context) -> tuple[str, str, str]:
    """The left side as an auditor writes it, what it comes to, and how far off the stated result is, in its unit."""
    roles, base = relation.roles, result.quantity
    scale = printed_scale(base)

    def term(identity: str) -> str:
        quantity = context.by_id[identity].quantity
        value = middle(quantity)
        return "?" if value is None else plain(value / scale)

    value = point.low if point is not None else None
    label = unit_label(base)
    if relation.type == "sum":
        left = " + ".join(term(i) for i in roles["parts"]) + "".join(f" − {term(i)}" for i in roles.get("less", ()))
    elif relation.type == "diff":
        left = f"{term(roles['minuend'][0])} − {term(roles['subtrahend'][0])}"
    elif relation.type == "ratio":
        common = max((context.by_id[i].quantity.scale for i in (*roles["num"], *roles["den"])), default=Decimal(1))
        per_unit = base.dimension not in SHARES and not is_rate(base)

        def side(ids: tuple[str, ...]) -> str:
            words = " + ".join(_own(i, context) if per_unit else plain((middle(context.by_id[i].quantity) or iv.ZERO) / common) for i in ids)
            return f"({words})" if len(ids) > 1 else words

        left = f"{side(roles['num'])} ÷ {side(roles['den'])}"
    elif is_rate(base):
        if roles.get("step"):
            step = roles["step"][0]
            risen, current = _alike((step, roles["current"][0]), context)
            before = f"{current} + {risen[1:]}" if risen.startswith("−") else f"{current} − {risen}"
            left = f"{risen} ÷ ({before})"
        else:
            current, previous = _alike((roles["current"][0], roles["previous"][0]), context)
            left = f"({current} − {previous}) ÷ {previous}"
    else:
        left = f"{term(roles['current'][0])} − {term(roles['previous'][0])}"
    if value is None:
        return left, "?", ""
    if relation.type == "ratio" or (relation.type == "growth" and is_rate(base)):
        places = max(iv.decimals_of(base.digits), 2)
        shown = value / scale
        difference = abs(shown - (base.value or iv.ZERO) / scale)
        suffix = "" if base.unit in ("%", "％", "") else label if is_rate(base) else f" {label}"
        percent = "%" if base.unit in ("%", "％", "") else ""
        off = f"{plain(round(difference, places))} {'个百分点' if percent else suffix.strip()}"
        return left, plain(round(shown, places)) + percent + suffix, off
    off = f"{plain(abs(value - (base.value or iv.ZERO)) / scale)} {_apart(base)}".strip()
    return left, plain(value / scale), off


def _product(relation: Relation, amount: Fact, point: Interval | None, context: Context) -> tuple[str, str, str]:
    """As :func:`_written`, of a price or rate that is set: what it gives, each factor with its unit."""
    price, base = (context.by_id[relation.roles[role][0]].quantity for role in ("rate", "den"))
    left = " × ".join(map(figure, (base, price) if price.dimension in SHARES else (price, base)))
    if point is None or point.low is None:
        return left, "?", ""
    quantity = amount.quantity
    places = max(iv.decimals_of(quantity.digits), 2)
    values = (point.low, abs(point.low - (quantity.value or iv.ZERO)))
    shown, off = (f"{plain(round(value / quantity.scale, places))} {unit_label(quantity)}".strip() for value in values)
    return left, shown, off


def _apart(quantity: Quantity) -> str:
    """The unit in which two such numbers differ: rates by points."""
    return "个百分点" if quantity.unit in ("%", "％") else unit_label(quantity)


def _own(identity: str, context: Context) -> str:
    quantity = context.by_id[identity].quantity
    value = middle(quantity)
    return "?" if value is None else plain(value / quantity.scale)


def _alike(ids: tuple[str, ...], context: Context) -> list[str]:
    """Numbers as printed, in the greatest of their scales: 2.5亿 beside 969万 is 0.0969."""
    quantities = [context.by_id[identity].quantity for identity in ids]
    common = max(quantity.scale for quantity in quantities)
    values = [middle(quantity) for quantity in quantities]
    return ["?" if value is None else plain(value / common) for value in values]


def _same(relation: Relation, context: Context) -> Judgement:
    ids = relation.roles["facts"]
    values = values_of(relation, context)
    quantities = [context.by_id[i].quantity for i in ids]
    shown = " ".join(f"{sign}{figure(q)}".strip() for sign, q in zip(["", *_signs(ids, values)], quantities, strict=True))
    known = [i for i in ids if values(i) != EVERYTHING]
    if len(known) < 2:
        return _unknown(relation, "no_comparison")
    # adjacent in value is enough: intervals on a line that all meet pairwise have a common point
    agrees = iv.common(values(i) for i in known) is not None and all(iv.agree(values(a), values(b)) for a, b in _extremes(known, values))
    off = ""
    if not agrees and len(quantities) == 2 and None not in (quantities[0].value, quantities[1].value):
        first, second = quantities
        difference = abs((first.value or iv.ZERO) - (second.value or iv.ZERO))
        off = f"{plain(difference / first.scale)} {_apart(first)}".strip()
    verdict: Verdict = "pass" if agrees else "review" if _roundish(quantities) else "fail"
    return Judgement(
        verdict=verdict,
        arithmetic=shown + (chinese("off", off) if off else ""),
        roles=dict(relation.roles),
        off=off,
        note=chinese("round") if verdict == "review" else "",
    )


def _extremes(ids: list[str], values: Values) -> Iterable[tuple[str, str]]:
    """Pairs enough to know whether all agree pairwise: each with the one that reaches highest and the one lowest."""

    def high(identity: str) -> Decimal:
        end = values(identity).high
        return Decimal("Infinity") if end is None else end

    def low(identity: str) -> Decimal:
        end = values(identity).low
        return Decimal("-Infinity") if end is None else end

    lowest, highest = min(ids, key=high), max(ids, key=low)
    for identity in ids:
        yield identity, lowest
        yield identity, highest


def _signs(ids: tuple[str, ...], values: Values) -> list[str]:
    signs = []
    for previous, current in pairwise(ids):
        a, b = values(previous), values(current)
        signs.append("= " if a == b else "≈ " if iv.agree(a, b) else "≠ ")
    return signs


def _roundish(quantities: list[Quantity]) -> bool:
    """Two counts one of which may be a round figure for the other (T1): 8200 against 8213."""
    if len({q.value for q in quantities}) != 2 or any(q.bound != "=" or q.value is None for q in quantities):
        return False
    small, large = sorted({q.value for q in quantities if q.value is not None})
    if small * 2 < large:
        return False  # 100 is no round 10
    for q in quantities:
        if q.scale == 1 and q.dimension != "money" and iv.maybe_round(q.digits):
            place = iv.last_place(q.digits)
            if large - small < place and not any(iv.maybe_round(o.digits) for o in quantities if o.value != q.value):
                return True
    return False


def _part(relation: Relation, context: Context) -> Judgement:
    whole, part = (context.by_id[relation.roles[role][0]].quantity for role in ("whole", "part"))
    values = values_of(relation, context)
    least, most = values(relation.roles["part"][0]).low, values(relation.roles["whole"][0]).high
    if least is None:
        return _unknown(relation, "no_comparison")
    holds = most is None or least <= most
    return Judgement(
        verdict="pass" if holds else "fail",
        arithmetic=f"{figure(part)} {'≤' if holds else '>'} {figure(whole)}",
        roles=dict(relation.roles),
        stated=figure(whole),
        computed=figure(part),
    )


def _count(relation: Relation, context: Context) -> Judgement:
    quantity = context.by_id[relation.roles["count"][0]].quantity
    if relation.items is None:
        return _unknown(relation, "unclear_list")
    holds = iv.contains(quantity.interval, Decimal(relation.items))
    return Judgement(
        verdict="pass" if holds else "fail",
        arithmetic=chinese("listed", relation.items) + f"{'=' if holds else '≠'} {figure(quantity)}",
        roles=dict(relation.roles),
        stated=figure(quantity),
        computed=str(relation.items),
    )


def _growth_alone(relation: Relation, context: Context) -> Judgement:
    """A change of one stated level: does any earlier level make it possible (T8)?"""
    change, current = (context.by_id[relation.roles[role][0]].quantity for role in ("change", "current"))
    level = current.value
    if level is None or change.value is None:
        return _unknown(relation, "too_little")
    if not is_rate(change):
        previous = level - change.value
        holds = previous >= 0 or current.interval.low is None or level < 0
        arithmetic = f"{figure(current)} − ({plain(change.value / change.scale)}) = {plain(previous / current.scale)}"
        verdict: Verdict = "pass" if holds else "fail"
        return Judgement(verdict=verdict, arithmetic=arithmetic, roles=dict(relation.roles), stated=figure(change), computed=figure(current))
    exact = current.interval.low == current.interval.high == level == level.to_integral_value() and current.scale == 1
    if not exact or current.dimension == "money":
        return _unknown(relation, "no_year_before")
    rate = iv.scaled(change.interval, factor(change))
    found = iv.bases(int(level), rate)
    if len(found):
        shown = str(found[0]) if len(found) == 1 else f"{found[0]}–{found[-1]}" if found[-1] < iv.UNLIMITED - 1 else f"≥{found[0]}"
        arithmetic = figure(current) + chinese("bases", figure(change)) + shown
    else:
        arithmetic = figure(current) + chinese("no_base", figure(change)) + _nearest(level, change)
    return Judgement(
        verdict="pass" if len(found) else "fail",
        arithmetic=arithmetic,
        roles=dict(relation.roles),
        mild=not len(found) and bool(len(iv.bases(int(level), _one_digit_wider(change, rate)))),
        stated=figure(change),
        computed=_nearest(level, change) if not len(found) else "",
    )


def _one_digit_wider(change: Quantity, rate: Interval) -> Interval:
    slack = iv.half_unit(change.digits, change.scale) * factor(change)
    return iv.add(rate, Interval(low=-slack, high=slack))


def _nearest(level: Decimal, change: Quantity) -> str:
    """The two whole bases on both sides of the impossible one, with what they would give."""
    if change.value is None or change.value * factor(change) <= -100 or level <= 0:
        return ""
    guess = level / (1 + change.value * factor(change) / 100)
    below = int(guess)
    places = max(1, iv.decimals_of(change.digits) + 1)
    words = [
        chinese("gives", base)
        + f"{plain(round((level / base - 1) * 100 / factor(change), places))}{'%' if change.unit in ('%', '％') else change.unit}"
        for base in (below, below + 1)
        if base >= 1
    ]
    return "，".join(words)


def _target(relation: Relation, context: Context) -> Judgement:
    target, actual = (context.by_id[relation.roles[role][0]].quantity for role in ("target", "actual"))
    met = meets(target, actual, relation.direction)
    if met is None:
        return _unknown(relation, "no_direction")
    holds = met is (relation.claim != "unmet")
    return Judgement(
        verdict="pass" if holds else "fail",
        arithmetic=chinese("met" if met else "missed", figure(target), figure(actual)),
        roles=dict(relation.roles),
        stated=figure(target),
        computed=figure(actual),
    )


def meets(target: Quantity, actual: Quantity, direction: str = "") -> bool | None:
    """Whether an actual figure reaches a target; ``None`` where that depends on a direction that nobody knows.

    A target without a bound asks for at least as much, unless less is better (``direction``, or a length of time).
    """
    goal, got = target.interval, actual.interval
    if target.unit in ("%", "％") and actual.unit == "" and actual.value is not None and actual.value <= 1 and (target.value or 0) > 1:
        got = iv.percent(got)
    if goal == EVERYTHING or got == EVERYTHING:
        return None
    if direction == "less" and target.value is not None and actual.value is not None and actual.value < 0 < target.value:
        # a planned fall is stated as a positive figure, the fall that came of it as a negative one: more of it is better
        got, direction = iv.negate(got), "more"
    if target.bound in (">", ">=", "<", "<=", "range"):
        return iv.meet(goal, got)
    less = direction == "less" or (not direction and target.dimension in SHORTER_IS_BETTER)
    if less:
        return got.low is None or goal.high is None or got.low <= goal.high
    reached = got.high is None or goal.low is None or got.high >= goal.low
    return None if not reached and not direction and target.dimension == "money" else reached
