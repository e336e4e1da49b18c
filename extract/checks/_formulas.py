"""What the catalogue says of an indicator: a rate and what it is computed from, a whole and its parts, wherever they stand.

A sentence states a rate, its numerator stands a section earlier, its denominator in a table. They belong together if the
document states each of them once, or every time alike, for one subject and year; else only within one paragraph. Even so
a relation that fails is only reported if one slip of the pen in one of its numbers would mend it: figures of two scopes under
one name miss each other by more than that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extract import intervals as iv
from extract.checks._figures import figure, plain
from extract.checks._lists import lists
from extract.checks._slips import mends, tenfold
from extract.checks._solve import solve
from extract.checks._values import interval_of, middle, values_of
from extract.checks._words import alike
from extract.relations import Context, Relation, once
from extract.types import Fact

CHANCE = Decimal("0.2")
"""A relation that so many unrelated numbers could be mended to by chance proves nothing."""
_TENS = 4
"""So many numbers a power of ten leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pool:
    """The statements of one indicator for the document's own body: in text order, and whether they all agree."""

    facts: tuple[Fact, ...]
    one_value: bool


def ratios(context: Context) -> Iterator[Relation]:
    """Rates outside tables with the numerators and denominators that the catalogue gives them; every denominator that it allows."""
    for rate in context.facts:
        indicator = context.indicator(rate) if rate.kind == "rate" and rate.cell is None else None
        if indicator is None or not _own(rate) or not _alone(rate, context):
            continue
        above = _terms(indicator.numerator, rate, context)
        below = [terms for ids in indicator.denominators if (terms := _terms(ids, rate, context)) is not None]
        if above is None or not below or _stray(above, below[0]):
            continue
        first, *others = [tuple(fact.id for fact in terms) for terms in below]
        if not indicator.units and len(above) == len(below[0]) == 1 and rate.quantity.pattern != "ratio":
            yield _quotient(rate, above[0], below[0][0])
            continue
        roles = {"rate": (rate.id,), "num": tuple(fact.id for fact in above), "den": first}
        yield weighed(Relation(type="ratio", roles=roles, others=tuple(others)), context)


def _quotient(rate: Fact, above: Fact, below: Fact) -> Relation:
    """A rate that is told as a bare quotient (流动比率1.22), and no share in percent."""
    stated, computed = rate.quantity.interval, iv.ratio(interval_of(above), interval_of(below))
    holds = None if computed is None else iv.meet(stated, computed)
    needs = ((rate, computed), (above, iv.product(stated, interval_of(below))), (below, iv.ratio(interval_of(above), stated)))
    shown = plain(round((middle(above.quantity) or iv.ZERO) / (middle(below.quantity) or Decimal(1)), max(iv.decimals_of(rate.quantity.digits), 2)))
    return Relation(
        type="implied",
        roles={"facts": (rate.id, above.id, below.id)},
        holds=holds,
        certain=bool(holds) or any(need is not None and mends(fact.quantity, need) for fact, need in needs),
        note=f"{figure(above.quantity)} ÷ {figure(below.quantity)} = {shown} {'≈' if holds else '≠'} {figure(rate.quantity)}",
        note_en=f"{figure(above.quantity)} by {figure(below.quantity)} is {shown}, stated is {figure(rate.quantity)}",
    )


def sums(context: Context) -> Iterator[Relation]:
    """Wholes outside tables with all the parts that the catalogue gives them."""
    for whole in context.facts:
        indicator = context.indicator(whole) if whole.kind == "level" and whole.cell is None else None
        if indicator is None or len(indicator.parts) < 2 or not _own(whole):
            continue
        parts = _terms(indicator.parts, whole, context) if _alone(whole, context) else None
        if parts is not None and len({part.id for part in parts} | {whole.id}) == len(parts) + 1:
            roles = {"total": (whole.id,), "parts": tuple(part.id for part in parts)}
            yield weighed(Relation(type="sum", roles=roles), context)


def differences(context: Context) -> Iterator[Relation]:
    """Figures outside tables that the catalogue defines as one figure less another (贸易顺差 = 出口总额 − 进口总额)."""
    for result in context.facts:
        indicator = context.indicator(result) if result.cell is None else None
        if indicator is None or len(indicator.difference) != 2 or not _own(result) or not _alone(result, context):
            continue
        terms = _terms(indicator.difference, result, context)
        alike = terms is not None and all(term.quantity.dimension == result.quantity.dimension for term in terms)
        if terms is not None and alike and all(term.kind == result.kind and term is not result for term in terms):
            relation = Relation(type="diff", roles={"result": (result.id,), "minuend": (terms[0].id,), "subtrahend": (terms[1].id,)})
            # One paragraph that states all three means them by their definition; further apart a slip has to explain a miss.
            together = all(term.block == result.block for term in terms)
            yield relation if together else weighed(relation, context)


def weighed(relation: Relation, context: Context) -> Relation:
    """The relation, in doubt unless one slip of the pen mends it where it fails, and not by chance."""
    members = [identity for ids in relation.roles.values() for identity in ids]
    quantities = [context.by_id[identity].quantity for identity in members]
    result = quantities[0]
    if result.value is None or not result.value:
        return replace(relation, certain=False)
    known = sum(10 * len(quantity.digits) for quantity in quantities)
    chance = known * 2 * iv.half_unit(result.digits, result.scale) / abs(result.value)
    needs = [solve(relation, identity, values_of(relation, context), context) for identity in members]
    mended = any(need is not None and mends(quantity, need) for quantity, need in zip(quantities, needs, strict=True))
    tens = chance * _TENS < CHANCE * known and any(
        need is not None and tenfold(quantity, need) for quantity, need in zip(quantities, needs, strict=True)
    )
    return replace(relation, certain=tens or (mended and chance < CHANCE))


def _own(fact: Fact) -> bool:
    """Whether the fact is about the document's own body: no subject, or only its own name for one."""
    return not fact.subject or alike(fact.subject, fact.mention.text)


def _alone(fact: Fact, context: Context) -> bool:
    """Whether the document states the fact's indicator once, or every time alike, for its year."""
    pool = _pools(context).get((context.name(fact), _year(fact, context)))
    return pool is not None and pool.one_value


def _terms(ids: tuple[str, ...], near: Fact, context: Context) -> tuple[Fact, ...] | None:
    """The nearest statement of each indicator for the year of ``near``; ``None`` where one is missing or cannot be told."""
    found: list[Fact] = []
    for identity in ids:
        pool = _pools(context).get((identity, _year(near, context)))
        if pool is None:
            return None
        chosen = min(pool.facts, key=lambda fact: (fact.block != near.block, abs(context.order[fact.id] - context.order[near.id])))
        if not pool.one_value and chosen.block != near.block:
            return None
        if sum(fact.block == near.block for fact in pool.facts) > 1 and not pool.one_value:
            return None
        found.append(chosen)
    return tuple(found) or None


def _stray(above: tuple[Fact, ...], below: tuple[Fact, ...]) -> bool:
    return bool({fact.id for fact in above} & {fact.id for fact in below})


def _year(fact: Fact, context: Context) -> str:
    year = fact.period[:4] if fact.period[:4].isdigit() else fact.period
    if year == "年初":
        # 年初预算 is of the year, 年初 资产总额 is of the time before
        indicator = context.indicator(fact)
        return year if indicator is not None and indicator.kind == "stock" else ""
    return "" if year == context.document.about.year else year


MOST = 24
"""An indicator that is stated more often has no one statement that another sentence could mean."""


@once
def _pools(context: Context) -> dict[tuple[str, str], _Pool]:
    groups: dict[tuple[str, str], list[Fact]] = {}
    whole = lists(context).whole
    for name, facts in context.by_name.items():
        if name not in context.catalogue:
            continue
        for fact in facts:
            if fact.id in whole and context.name(whole[fact.id]) == name:
                continue  # 林地面积186.4万亩，其中公益林74.9万亩: a part that bears the name of its whole is not what the whole measures
            # more than 15 says too little of a term
            limited = fact.quantity.interval.low is not None and fact.quantity.interval.high is not None
            if fact.kind in ("level", "delta", "rate") and _own(fact) and fact.quantity.value is not None and limited:
                groups.setdefault((name, _year(fact, context)), []).append(fact)
    pools = {}
    for key, facts_ in groups.items():
        levels = [fact for fact in facts_ if fact.kind != "delta"]
        facts_ = levels or facts_  # 贷款余额978.5亿元，比年初增加86.2亿元 states it once
        if len(facts_) <= MOST:
            common = iv.common(interval_of(fact) for fact in facts_)
            pools[key] = _Pool(facts=tuple(facts_), one_value=common is not None)
    return pools
