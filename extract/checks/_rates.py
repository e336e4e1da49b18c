"""The arithmetic of a rate and its figures: whether it follows from them, and whether one slip of the pen would make it follow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from decimal import Decimal

from extract import intervals as iv
from extract.checks._slips import mends, tenfold
from extract.checks._values import factor, is_bare, middle
from extract.checks._words import bigrams
from extract.relations import Context, Relation
from extract.types import Fact, Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A rate with its figures. ``others`` are further readings of the denominator (T7); ``share`` if the words say a share,
    ``part`` if the numerator is a part of the denominator by what the rate means. ``also`` are added to the numerator (很满意 and 满意)."""

    rate: Fact
    num: Fact
    den: tuple[Fact, ...]
    others: tuple[Fact, ...] = ()
    also: tuple[Fact, ...] = ()
    sure: bool
    share: bool = False
    part: bool = False

    @property
    def relation(self) -> Relation:
        roles = {"rate": (self.rate.id,), "num": (self.num.id, *(fact.id for fact in self.also)), "den": tuple(fact.id for fact in self.den)}
        return Relation(type="ratio", roles=roles, others=tuple((fact.id,) for fact in self.others), certain=self.sure)


_BASE = re.compile(r"(?:占|按|完成|达到?|为)(?P<of>[^，。；、]{2,24}?)的?(?:比例|比重|比率)?[为达到约]*$")
_APART = frozenset(("money", "time", "calendar"))
COMMON = frozenset(("支出", "收入", "预算", "决算", "资金", "金额", "经费", "总数", "总量", "总额", "数量", "项目", "全年"))
"""Words that name too much to tie a share to what it is of."""


def says_base(relation: Relation, context: Context) -> bool:
    """占检查家次的13.98%, 完成年初预算的98.2%: whether the words before a rate name what it is a rate of, and that is not the smaller."""
    if relation.type != "ratio":
        return False
    said = base_words(context.by_id[relation.roles["rate"][0]], context)
    num, den = sizes(relation, context)
    return num <= den and any(said & bigrams(context.by_id[i].mention.text) for i in relation.roles["den"])


def base_words(rate: Fact, context: Context) -> Set[str]:
    """The pairs of characters of what the words before a rate say that it is of."""
    words = _BASE.search(context.text[max(rate.sentence.start, rate.quantity.extent.start - 30) : rate.quantity.extent.start])
    return bigrams(words["of"]) - COMMON if words is not None else frozenset()


def sizes(relation: Relation, context: Context) -> tuple[Decimal, Decimal]:
    """What the printed numbers of the numerator and of the denominator come to."""
    num, den = (sum((middle(context.by_id[i].quantity) or iv.ZERO for i in relation.roles[role]), iv.ZERO) for role in ("num", "den"))
    return num, den


def fits(rate: Fact, num: Iterable[Fact], den: Iterable[Fact]) -> bool:
    """Whether a rate follows from its figures within rounding."""
    quotient = iv.ratio(iv.total(f.quantity.interval for f in num), iv.total(f.quantity.interval for f in den))
    if quotient is None:
        return False
    stated = iv.scaled(rate.quantity.interval, factor(rate.quantity))
    if iv.meet(iv.percent(quotient), stated):
        return True
    return is_bare(rate.quantity) and iv.meet(iv.percent(quotient), iv.percent(stated))


def due(rate: Fact, quotient: Interval) -> Interval:
    """What the printed number of a rate is for a quotient of its figures: 97.7 in 97.7% for 0.977."""
    return iv.scaled(iv.percent(quotient), 1 / factor(rate.quantity))


def slipped(rate: Fact, num: Fact, den: Fact) -> bool:
    """Whether a rate would follow from its figures if one of the three were ten times more or less."""
    quotient = iv.ratio(num.quantity.interval, den.quantity.interval)
    if quotient is None or any(f.quantity.bound != "=" for f in (rate, num, den)) or not rate.quantity.value:
        return False
    return tenfold(rate.quantity, due(rate, quotient))


CHANCE = Decimal("0.02")
"""Figures that so many unrelated numbers could be mended to fit by chance prove nothing of a rate that may be over another base."""


def mistyped(rate: Fact, num: Fact, den: Fact) -> bool:
    """Whether one slip of the pen in one of the three would make the rate follow, which chance would hardly do."""
    if not rate.quantity.value or num.quantity.dimension != "money":
        return False
    known = sum(10 * len(fact.quantity.digits) for fact in (rate, num, den))
    chance = known * 2 * iv.half_unit(rate.quantity.digits, rate.quantity.scale)
    return chance <= CHANCE * abs(rate.quantity.value) and _mended(rate, num, den)


def explained(rate: Fact, num: Fact, den: Fact) -> bool:
    """Whether one slip of the pen in one of the three would make the rate follow: enough where the words leave no other figures."""
    return all(fact.quantity.bound == "=" for fact in (rate, num, den)) and _mended(rate, num, den)


def _mended(rate: Fact, num: Fact, den: Fact) -> bool:
    """Whether one slip of the pen in one of the three would make the rate follow."""
    quotient = iv.ratio(num.quantity.interval, den.quantity.interval)
    share = iv.scaled(rate.quantity.interval, factor(rate.quantity) / 100)
    whole = iv.ratio(num.quantity.interval, share) if rate.quantity.value else None
    if quotient is None or whole is None:
        return False
    needs = (due(rate, quotient), iv.product(share, den.quantity.interval), whole)
    return any(mends(fact.quantity, need) for fact, need in zip((rate, num, den), needs, strict=True))


def far_off(rate: Fact, num: Fact, den: Fact) -> bool:
    """Whether a rate told roughly (近50%, 约八成) misses its figures by more than one more step of what it leaves open."""
    stated, quotient = rate.quantity.interval, iv.ratio(num.quantity.interval, den.quantity.interval)
    if quotient is None or stated.low is None or stated.high is None or rate.quantity.bound == "=":
        return False
    step = stated.high - stated.low
    wider = Interval(low=stated.low - step, high=stated.high + step)
    return not iv.meet(iv.scaled(wider, factor(rate.quantity)), iv.percent(quotient))


def of_other_sorts(*facts: Fact) -> bool:
    """Whether money or time stands beside what is measured otherwise: neither is a percentage of it."""
    sorts = {fact.quantity.dimension for fact in facts} - {""}
    return len(sorts) > 1 and bool(sorts & _APART)


def limited(fact: Fact) -> bool:
    """Whether a figure says how much at most and at least: more than 15 can be anything."""
    return fact.quantity.interval.high is not None and fact.quantity.interval.low is not None


def smaller(first: Fact, second: Fact) -> bool:
    """Whether a figure is below another whatever their rounding."""
    a, b = first.quantity.interval, second.quantity.interval
    return a.high is not None and b.low is not None and a.high < b.low
