"""Averages whose total or number the document states elsewhere: 出资512万元，户均1208元, of the 4238户 of another paragraph.

A number of that unit that the document states before, once or again and again, is what the average is over; 20家规上企业平均产值6230万元 and
外资企业214家，户均5973万元 name the total, which is looked for by that name. So far apart only figures of three digits and more tell, and where
they fail a power of ten or a slip of the pen has to explain it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from extract.checks._list_words import past
from extract.checks._lists import lists
from extract.checks._prose import Place, Stream, is_level, streams, where
from extract.checks._prose_average import NEARLY, UNITS, Average
from extract.checks._ratios.words import covers
from extract.checks._slips import LONG, significant
from extract.checks._words import bare, bigrams, core
from extract.relations import Context, Relation, once
from extract.types import Fact

_MEAN = re.compile(r"(?P<per>[人户家亩套台件辆生])均(?!衡|匀|等)(?P<what>[^，。；：、均每月日天]{0,8})$")
_EACH = re.compile(r"^(?P<whose>[^，。；：、（）均]{0,12}?)平均(?P<what>[^，。；：、（）每均月日天]{2,8}?)(?:只有|仅有?|约|为|达到?|不[到足])*$")
_SAID = re.compile(r"按(?:照)?(?P<of>[^，。；：、\d]{2,10}?)(?:测?计算?|折算|测算)，?")
_PUPILS = re.compile(r"[在学]校?生|学员|学生")
_NAMED_EACH = re.compile(
    r"^(?P<what>[^，。；：、（）均每]{2,12}?)(?:平均)?每(?P<unit>[^，。；：、（）\d均每]{1,3}?)(?:平均|造价|成本|费用|投入)*(?:为|约|仅)?$"
)
_OTHER_TIME = re.compile(r"(?:[环同]比|[较比与由从]|[年期]初|计划|任务)[^，。；：]{0,10}$")
_PRICE = re.compile(r"(?<![日月年])均价(?:为|约)*$")
_STAFF = re.compile(r"(?:职工|员工|教职工|在编|在册|在岗|人员|人口|参保)[^，。；：、]{0,6}(?:总[数量]|合计)")
"""年末职工总数1059人: all the people of a body."""
_COMMON = frozenset(("项目", "完成", "全年", "资金", "总数", "合计", "其中", "累计", "共计"))
FAR = 200
"""So many figures back a number of things is looked for."""
_MOST = 6
"""A number of things that is stated under more values than this is none in particular."""


def averages_apart(context: Context, known: Collection[str]) -> Iterator[Relation]:
    """The amounts per head, household or piece with figures of other sentences, those that are ``known`` left out."""
    for stream in streams(context):
        for place in stream.places:
            if place.fact.id in known or not _is_mean(place):
                continue
            one = _over_number(context, stream, place) or _of_total(context, stream, place) or _mean_price(stream, place)
            one = one or _of_both_named(context, place)
            if one is not None and one.divisor is not None:
                roles = {"rate": (one.average.id,), "num": (one.total.id,), "den": (one.divisor.id,)}
                yield Relation(type="ratio", roles=roles)


def _is_mean(place: Place) -> bool:
    quantity = place.quantity
    long = len(significant(place.fact)) >= LONG and quantity.bound in ("=", "≈")
    return long and quantity.dimension == "money" and place.fact.kind in ("level", "other") and ("均" in place.clause or "每" in place.clause)


def _over_number(context: Context, stream: Stream, place: Place) -> Average | None:
    """出资512万元，户均1208元; 财政拨款2147.6万元。按常住人口计，人均33.86元: the amount beside it, over the number that the document states."""
    mean = _MEAN.search(place.clause)
    if mean is None:
        return None
    said = _SAID.search(place.plain)
    total = _only(_amounts(context, stream, place, sentences=1 if said is not None else 0))
    if total is None:
        return None
    numbers, sure = _numbers(context, stream, place, mean["per"], bare(said["of"]) if said is not None else "")
    divisor = _only(numbers)
    if divisor is None:
        return None
    found = _average(place, total.fact, divisor.fact)
    people = mean["per"] == "人"  # income and output are per head of the mean of the year, which few reports state
    if found.holds or found.by_tens:
        return found
    together = divisor.paragraph == place.paragraph or _of_one_thing(total, divisor)
    meant = (found.credible and (sure or together)) or (found.off < NEARLY and _of_one_thing(total, divisor))
    return found if meant and not people else None


def _of_total(context: Context, stream: Stream, place: Place) -> Average | None:
    """外资企业214家，户均5973万元; 20家规上企业平均产值6230万元: the total is named, and a power of ten off at most."""
    divisor = stream.places[place.at - 1] if place.at else None
    each, mean = (_EACH.match(place.plain) if place.joins else None), _MEAN.search(place.clause)
    if divisor is None or divisor.sentence != place.sentence or not divisor.level or divisor.quantity.dimension != "count":
        return None
    if each is not None:
        named = _ending(context, bare(each["what"]))
    elif mean is not None and not mean["what"] and divisor.quantity.unit in UNITS.get(mean["per"], (mean["per"],)):
        name = core(divisor.fact.mention.text)
        named = [fact for fact in _ending(context, name[-2:]) if len(name) > 2 and covers(name, bare(fact.mention.text))]
    else:
        return None
    year = context.document.about.year
    now = [_average(place, fact, divisor.fact) for fact in named if past(fact.period, year) is past(place.fact.period, year)]
    fitting = [one for one in now if one.holds] or [one for one in now if one.by_tens]
    return fitting[0] if len({one.total.quantity.value for one in fitting}) == 1 else None


def _mean_price(stream: Stream, place: Place) -> Average | None:
    """网签19763套、229.46万平方米，成交金额326.74亿元，均价14240元: the one amount of the sentence over the one number that gives the price."""
    if not _PRICE.search(place.clause) or "/" in place.quantity.unit:
        return None
    before = [p for p in stream.back(place.at, 8) if p.sentence == place.sentence and p.level and p.bracket == place.bracket]
    before = [p for p in before if p.quantity.bound == "=" and p.quantity.value and not _OTHER_TIME.search(p.clause) and "均" not in p.clause]
    total = _only([p for p in before if p.quantity.dimension == "money"])
    if total is None:
        return None
    tried = [_average(place, total.fact, p.fact) for p in before if p.quantity.dimension in ("count", "area", "mass", "volume")]
    found = [one for one in tried if one.holds] or [one for one in tried if one.credible]
    return found[0] if len(found) == 1 else None


def _of_both_named(context: Context, place: Place) -> Average | None:
    """管网更换356.20万元 and 更换老化管网48.6公里 in other paragraphs, 管网更换平均每公里7.33万元: the one amount of that name, over the one
    length or number whose name has a word of it."""
    said = _NAMED_EACH.match(place.clause)
    if said is None or len(said["what"]) < LONG:
        return None
    what = bare(said["what"])
    totals = [fact for fact in _ending(context, what) if fact.quantity.dimension == "money"]
    numbers = [fact for fact in _by_unit(context).get(said["unit"], ()) if len(bigrams(what) & bigrams(fact.mention.text)) > 1]
    if any(len({fact.quantity.value for fact in found}) != 1 for found in (totals, numbers)):
        return None
    found = _average(place, totals[0], numbers[0])
    return found if found.holds or found.by_tens or found.credible else None


def _average(place: Place, total: Fact, divisor: Fact) -> Average:
    return Average(average=place.fact, total=total, divisor=divisor, times=Decimal(1), sure=True)


def _amounts(context: Context, stream: Stream, place: Place, sentences: int) -> list[Place]:
    """The amounts of money before an average, of its sentence and so many before, that are no parts and no averages."""
    parts = lists(context).whole
    year = context.document.about.year
    return [
        p
        for p in stream.back(place.at, 12)
        if p.paragraph == place.paragraph
        and p.sentence >= place.sentence - sentences
        and p.level
        and p.quantity.dimension == "money"
        and p.quantity.bound == "="
        and p.bracket in (0, place.bracket)
        and p.fact.id not in parts
        and "均" not in p.clause
        and not _OTHER_TIME.search(p.clause)
        and past(p.fact.period, year) is past(place.fact.period, year)
    ]


def _numbers(context: Context, stream: Stream, place: Place, per: str, base: str) -> tuple[list[Place], bool]:
    """What the document states before an average of the things that it is over, and whether the words say so: the base that is named, else
    what is stated several times, else all."""
    units = UNITS.get(per, (per,))
    parts = lists(context).whole
    found = [
        p
        for p in stream.back(place.at, FAR)
        if p.level and bare(p.quantity.unit) in units and p.quantity.bound == "=" and p.quantity.value and not _OTHER_TIME.search(p.clause)
    ]
    if base:
        at = where(context)
        called = [at[fact.id] for fact in _ending(context, base[-2:]) if fact.id in at and bare(fact.quantity.unit) in units]
        named = [home.places[n] for home, n in called if home is stream and covers(base, bare(home.places[n].fact.mention.text), least=2)]
        if named:
            return [p for p in named if not p.bracket] or named, True
    whose = {"人": _STAFF, "生": _PUPILS}.get(per)
    found = [p for p in found if p.fact.id not in parts and (whose is None or whose.search(p.clause))]
    values = [p.quantity.value for p in found]
    again = [p for p in found if values.count(p.quantity.value) > 1]
    return again or (found if len(set(values)) <= _MOST else []), bool(again) or (per == "生" and len(set(values)) == 1)


def _only(found: Sequence[Place]) -> Place | None:
    """The nearest of figures that state one number; ``None`` where they state several."""
    return found[0] if len({p.quantity.value for p in found}) == 1 else None


def _of_one_thing(first: Place, second: Place) -> bool:
    """批复总投资 and 批复建设面积, 居民出资 and 居民4238户: whether two figures are called by one word."""
    one, other = (bigrams(p.clause + bare(p.fact.mention.text)) - _COMMON for p in (first, second))
    return bool(one & other)


@once
def _by_unit(context: Context) -> dict[str, list[Fact]]:
    """The levels of the running text but goals, by their units."""
    found: dict[str, list[Fact]] = {}
    for fact in context.facts:
        if fact.cell is None and is_level(fact) and fact.kind != "target" and fact.quantity.bound == "=" and fact.quantity.value:
            found.setdefault(bare(fact.quantity.unit), []).append(fact)
    return found


@once
def _by_end(context: Context) -> dict[str, list[Fact]]:
    """The levels of the running text that are no parts, by the last two characters of their names."""
    parts = lists(context).whole
    found: dict[str, list[Fact]] = {}
    for fact in context.facts:
        if fact.cell is None and is_level(fact) and fact.quantity.bound == "=" and fact.quantity.value and fact.id not in parts:
            found.setdefault(core(fact.mention.text)[-2:], []).append(fact)
    return found


def _ending(context: Context, name: str) -> list[Fact]:
    """The levels of the running text whose names end in a name."""
    return [fact for fact in _by_end(context).get(name[-2:], ()) if core(fact.mention.text).endswith(name)] if len(name) > 1 else []
