"""What a number would have to be: the values of one member that make its relation hold, given those of the others.

The search for the single wrong number rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extract import intervals as iv
from extract.checks._values import Values, factor, is_rate
from extract.relations import Context, Relation
from extract.types import Interval


def solve(relation: Relation, member: str, values: Values, context: Context) -> Interval | None:
    """The values of ``member`` with which the relation holds, given those of the others; ``None`` where that has no answer."""
    roles = relation.roles

    def added(role: str) -> Interval:
        return iv.total(values(i) for i in roles.get(role, ()) if i != member)

    if relation.type == "sum":
        if member in roles["total"]:
            return iv.sub(added("parts"), added("less"))
        rest = iv.sub(iv.add(values(roles["total"][0]), added("less")), added("parts"))
        return rest if member in roles["parts"] else iv.negate(rest)
    if relation.type == "diff":
        result, minuend, subtrahend = (roles[role][0] for role in ("result", "minuend", "subtrahend"))
        if member == result:
            return iv.sub(values(minuend), values(subtrahend))
        return iv.add(values(result), values(subtrahend)) if member == minuend else iv.sub(values(minuend), values(result))
    if relation.type == "ratio":
        return _solve_ratio(relation, member, values, context)
    if relation.type == "growth":
        return _solve_growth(relation, member, values, context)
    if relation.type == "same":
        return iv.common(values(i) for i in roles["facts"] if i != member)
    if relation.type == "part":
        whole, part = roles["whole"][0], roles["part"][0]
        if member == part:
            return Interval(low=None, high=values(whole).high)
        return Interval(low=values(part).low, high=None)
    if relation.type == "count" and relation.items is not None:
        return iv.point(Decimal(relation.items))
    return None


def needs(relation: Relation, values: Values, context: Context) -> Iterator[tuple[str, Interval | None]]:
    """Each member with the values that :func:`solve` gives for it. Cost: linear in the members of a sum."""
    roles = relation.roles
    members = [i for ids in roles.values() for i in ids]
    if relation.type != "sum" or len(set(members)) < len(members):
        yield from ((i, solve(relation, i, values, context)) for i in members)
        return
    parts, less = ([values(i) for i in roles.get(role, ())] for role in ("parts", "less"))
    yield roles["total"][0], iv.sub(iv.total(parts), iv.total(less))
    whole = iv.add(values(roles["total"][0]), iv.total(less))
    yield from ((i, iv.sub(whole, rest)) for i, rest in zip(roles["parts"], iv.others(parts), strict=True))
    beyond = iv.sub(iv.total(parts), values(roles["total"][0]))
    yield from ((i, iv.sub(beyond, rest)) for i, rest in zip(roles.get("less", ()), iv.others(less), strict=True))


def _solve_ratio(relation: Relation, member: str, values: Values, context: Context) -> Interval | None:
    roles = relation.roles
    rate = roles["rate"][0]
    of_percent = factor(context.by_id[rate].quantity)
    added = {role: iv.total(values(i) for i in roles[role] if i != member) for role in ("num", "den")}
    if member == rate:
        quotient = iv.ratio(added["num"], added["den"])
        return None if quotient is None else iv.scaled(quotient, iv.HUNDRED / of_percent)
    share = iv.scaled(values(rate), of_percent / iv.HUNDRED)
    if member in roles["num"]:
        return iv.sub(iv.product(share, added["den"]), added["num"])
    whole = iv.ratio(added["num"], share)
    return None if whole is None else iv.sub(whole, added["den"])


def _solve_growth(relation: Relation, member: str, values: Values, context: Context) -> Interval | None:
    roles = relation.roles
    change, current = roles["change"][0], roles["current"][0]
    base = context.by_id[change].quantity
    previous = roles.get("previous", ())
    if not is_rate(base):
        if not previous:
            return None
        if member == change:
            return iv.sub(values(current), values(previous[0]))
        return iv.add(values(previous[0]), values(change)) if member == current else iv.sub(values(current), values(change))
    if roles.get("step"):
        step = roles["step"][0]
        if member == change:
            found = iv.growth_by(values(current), values(step))
            return None if found is None else iv.scaled(found, 1 / factor(base))
        rate = iv.scaled(values(change), factor(base))
        part = iv.ratio(rate, iv.add(rate, iv.point(iv.HUNDRED)))  # of the current level, which the step makes
        if part is None:
            return None
        return iv.product(values(current), part) if member == step else iv.ratio(values(step), part)
    if not previous:
        return None
    if member == change:
        found = iv.growth(values(current), values(previous[0]))
        return None if found is None else iv.scaled(found, 1 / factor(base))
    multiple = iv.scaled(iv.add(iv.scaled(values(change), factor(base)), iv.point(iv.HUNDRED)), Decimal("0.01"))
    return iv.product(values(previous[0]), multiple) if member == current else iv.ratio(values(current), multiple)
