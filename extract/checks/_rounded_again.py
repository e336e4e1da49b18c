"""Figures that a summing-up tells again in round numbers: 总的看，督促整改隐患近3000处, and 2958处 in two other places.

A round number has one or two digits, and a slip in it leads to almost any other of its size. That it means the same quantity as
an exact figure is told by where the two stand: nothing else is told under the name, and the exact figure is told in several
sections, or the round one sums up what the other sections said under the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract import intervals as iv
from extract.checks._keys import LONG_NAME, REACHING, SHOWN
from extract.checks._likeness import comparable, subjects_fit
from extract.checks._slips import digits_that_tell, mends, variants
from extract.checks._surroundings import independent
from extract.checks._values import interval_of
from extract.checks._words import alike, core, spelled
from extract.checks._years_above import of_one_year
from extract.relations import Context
from extract.types import Bound, Fact, Quantity

ROUND: dict[str, Bound] = {"≈": "≈", "<~": "<~", ">~": ">~", ">": ">~"}
"""Hedges, and what they say of a round number: 超4万 is 4万 and some."""
_KINDS = frozenset({"level", "score"})
_SUMS_UP = re.compile(r"总的[来]?看|总体[上来]*看|总体而言|综上|总之|综合来看|全年来看|[一这]年来|回顾(?:全年|一年|过去|\d{4}年)")


def rounded_again(values: Sequence[Sequence[Fact]], context: Context) -> Iterator[tuple[Fact, ...]]:
    """A round number with the places of the exact figure that it would be if one slip in it were mended, where facts under one key
    state only these two."""
    values = whole(values)
    if len(values) != 2:
        return
    for (alone, *more), exact in (values, values[::-1]):
        if more or alone.quantity.bound not in ROUND or alone.kind not in _KINDS:
            continue
        told = [fact for fact in exact if fact.quantity.bound == "=" and fact.kind == alone.kind and _one_thing(alone, fact, context)]
        if not told or not would_be(alone.quantity, told[0]):
            continue
        same_name = any(_one_name(core(fact.mention.text), core(alone.mention.text)) for fact in told)
        if _everywhere(exact, context) or (same_name and sums_up(alone, context)):
            yield (alone, *told[:SHOWN])


def whole(values: Sequence[Sequence[Fact]]) -> list[Sequence[Fact]]:
    """The statements of a quantity that are not all of some of it (其中集中行动期间检查406家次)."""
    return [facts for facts in values if not all("其中" in fact.qualifiers for fact in facts)]


def one_slip_off(hedged: Quantity, exact: Fact) -> bool:
    """Whether one slip, in a round number or in the exact figure that it does not round, would make it round that figure; its
    precision stays: 近2000 is no slip of 近2300."""
    if hedged.value == exact.quantity.value:
        return False  # 突破2000列, and 2000 they are
    rounds = iv.of_numeral(hedged.digits, hedged.scale, ROUND[hedged.bound], count=False)
    return mends(exact.quantity, rounds) or would_be(hedged, exact, keeping=len(digits_that_tell(hedged.digits)))


def _one_thing(alone: Fact, fact: Fact, context: Context) -> bool:
    """Whether both are called the same, at least in words that few other things are called by, and are of one owner."""
    first, second = core(alone.mention.text), core(fact.mention.text)
    called = _one_name(first, second) or (alike(first, second) and min(len(first), len(second)) >= LONG_NAME)
    reaching = REACHING & (set(alone.qualifiers) ^ set(fact.qualifiers))
    together = called and not reaching and comparable(alone, fact, context) and subjects_fit(alone, fact, context)
    return together and of_one_year((alone, fact), context)


def _one_name(first: str, second: str) -> bool:
    """Whether two names are the same, or the longer of two long ones says a little more (抢救疏散群众, 抢救疏散被困群众)."""
    short, long = sorted((first, second), key=len)
    return first == second != "" or (len(short) > LONG_NAME and spelled(short, long))


def would_be(hedged: Quantity, exact: Fact, *, keeping: int = 0) -> bool:
    """Whether one slip in a round number leads to one, of at least so many digits, that the exact figure may be rounded to."""
    bound = ROUND[hedged.bound]
    slips = (f"{digits:f}" for digits in variants(hedged.digits) if digits)
    found = (iv.of_numeral(digits, hedged.scale, bound, count=False) for digits in slips if len(digits_that_tell(digits)) >= keeping)
    return any(iv.meet(interval, interval_of(exact)) for interval in found)


def _everywhere(exact: Sequence[Fact], context: Context) -> bool:
    """Whether the exact figure is no one section's own: it is told in several, or is a score, which a report has one of."""
    sections = {fact.section for fact in exact}
    return independent(list(exact), context) > 1 and (len(sections) > 1 or exact[0].kind == "score")


def sums_up(fact: Fact, context: Context) -> bool:
    """Whether the passage before a fact says that it sums up."""
    return _SUMS_UP.search(context.before(fact, context.document.blocks[fact.block].span)) is not None
