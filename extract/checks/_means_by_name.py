"""Averages that name what they are of, stated in another section: 日均门急诊2368人次 of 门急诊86.42万人次, 生均校舍面积18.3平方米 of
校舍建筑面积7.9万平方米.

So far apart a name has to be that of one figure only. Where it fails, a slip of the pen in a number of four digits and more has to explain it, or two
digits swapped in one of three, and no number of days that the document or the working year has may give it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from extract.checks._list_words import past
from extract.checks._lists import lists
from extract.checks._prose import Place, is_level, like, streams
from extract.checks._prose_average import UNITS, WORKING_DAYS, Average, days_of
from extract.checks._slips import LONG, significant
from extract.checks._words import bare, core
from extract.relations import Context, once
from extract.types import Fact

_NAMED = re.compile(r"(?P<per>[日生户床])均(?P<what>[^，。；：、（）均每]{2,10}?)(?:约|为|达到?)*$")
_OF = {"生": re.compile(r"[在学]校?生|学员|学生|幼儿"), "床": re.compile(r"床位")}
_DAYS = (Decimal(20), Decimal(366))
"""A number of days that an average may be over."""
_MOST = 2
"""A divisor that is stated under more values is none in particular."""


def means_by_name(context: Context, known: Collection[str]) -> Iterator[Average]:
    """The averages whose total, and the number of things or the time, stand in other paragraphs; those that are ``known`` left out."""
    for stream in streams(context):
        for place in stream.places:
            said = _NAMED.search(place.clause) if "均" in place.clause and place.fact.id not in known else None
            if said is None or place.quantity.bound != "=" or len(significant(place.fact)) < LONG:
                continue
            total = _total(context, place, said["what"])
            if total is None:
                continue
            found = _over_days(context, place, total) if said["per"] == "日" else _over_things(context, place, total, said["per"])
            if found is not None:
                yield found


def _total(context: Context, place: Place, what: str) -> Fact | None:
    """The one figure before that bears the name of what is averaged."""
    parts, year = lists(context).whole, context.document.about.year
    name = core(what)
    found = [
        fact
        for fact in _levels(context)
        if _called(fact, name)
        and like(fact.quantity, place.quantity)
        and context.order[fact.id] < context.order[place.fact.id]
        and fact.id not in parts
        and past(fact.period, year) is past(place.fact.period, year)
    ]
    return found[0] if found and len({fact.quantity.value for fact in found}) == 1 else None


def _called(fact: Fact, name: str) -> bool:
    """Whether a figure bears a name, words within it left out: 校舍面积 is 校舍建筑面积."""
    words = core(fact.mention.text)
    return len(name) > 1 and name[:2] in words and name[-2:] in words and set(name) <= set(words)


def _over_days(context: Context, place: Place, total: Fact) -> Average | None:
    """Over the days of the year, or those that the document counts."""
    told = {fact.quantity.value for fact in _levels(context) if bare(fact.quantity.unit) in ("天", "日") and fact.quantity.value}
    counted = [days for days in told if days is not None and _DAYS[0] <= days <= _DAYS[1]]
    tried = [Average(average=place.fact, total=total, divisor=None, times=1 / days, sure=True) for days in (days_of(context), *counted)]
    if found := next((one for one in tried if one.holds), None):
        return found
    if any(Average(average=place.fact, total=total, divisor=None, times=1 / days, sure=True).holds for days in WORKING_DAYS):
        return None
    return tried[0] if not counted and _slipped(tried[0]) else None


def _over_things(context: Context, place: Place, total: Fact, per: str) -> Average | None:
    """Over the things of which the document states one number."""
    named = _OF.get(per)
    units = UNITS.get(per, (per,))
    things = [fact for fact in _levels(context) if bare(fact.quantity.unit) in units and (named is None or named.search(fact.mention.text))]
    year = context.document.about.year
    things = [fact for fact in things if fact.id not in lists(context).whole and not past(fact.period, year)]
    tried = [Average(average=place.fact, total=total, divisor=thing, times=Decimal(1), sure=True) for thing in things]
    if found := next((one for one in tried if one.holds), None):
        return found
    alone = len({fact.quantity.value for fact in things}) == 1
    return tried[0] if alone and _slipped(tried[0]) else None


def _slipped(one: Average) -> bool:
    """Whether a slip of the pen in the average explains that it fails."""
    digits = len(significant(one.average))
    return one.credible if digits > LONG else one.swapped


@once
def _levels(context: Context) -> Sequence[Fact]:
    """The levels of the running text that state a number just so, but goals and averages."""
    return [
        fact
        for fact in context.facts
        if fact.cell is None
        and is_level(fact)
        and fact.kind != "target"
        and fact.quantity.bound == "="
        and fact.quantity.value
        and "均" not in fact.mention.text
    ]
