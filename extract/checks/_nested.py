"""Parts that nothing opens, but the words themselves make parts: classes from a size upwards, some of a number of things, what was added
of what there is by now.

亿元以上21个、5亿元以上8个: whatever is above five is above one. 31个省份中，…27个地区增长: the 27 are of the 31. 新增2400户（累计3600户）:
what was added this year is in the running total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extract.checks._prose import Place, Stream, like, streams
from extract.checks._retold import overlapping
from extract.relations import Context
from extract.types import Fact

_ROUND_CLASS = re.compile(r"(?:^|[（、，；])(?P<scale>[百千万亿]{1,2})元以上$")
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9, "百亿": 10**10}
_OF_THEM = re.compile(r"^(?!其)[^，。；、（）\d其]{1,12}(?<![其集年期过手])中，[^。；（）\d]*$")
BACK = 4
"""So many facts back what was added is looked for."""
_ADDED = re.compile(r"新增|新建|新发展|新培育|新开工|新改造")
_BY_NOW = re.compile(r"^[（，]?[^，。；、（）]{0,16}?累计[^，。；、]{0,10}$")


_NAMED = re.compile(r"^(?P<what>[^，。；、（）\d]{4,14}?)(?<![其集年期过手])中，")
_ANEW = re.compile(r"全[年省市县区镇厂馆站]|累计|共|合计|另|此外|同时|新|[比较][上去]年|每|均")
NAMED_BACK = 12
"""So many facts back what a sentence begins with is looked for."""


@dataclass(frozen=True, slots=True)
class Nested:
    """A part of a whole, beyond doubt."""

    whole: Fact
    part: Fact


def nested(context: Context) -> Iterator[Nested]:
    """All of them, in the order of the text."""
    for stream in streams(context):
        wider: tuple[Place, Decimal, str] | None = None
        for part in stream.places:
            size = _from(part, stream)
            if size is not None and _counts(part):
                if wider is not None and _one_list(wider[0], part) and wider[2] == size[1] and wider[1] != size[0]:
                    ends = (wider[0], part) if wider[1] < size[0] else (part, wider[0])
                    yield Nested(ends[0].fact, ends[1].fact)
                wider = (part, *size)
            if part.at == 0 or not _counts(part):
                continue
            before = stream.places[part.at - 1]
            added = _added(part, stream)
            if added is not None:
                yield Nested(part.fact, added.fact)
            if part.sentence != before.sentence or before.quantity.dimension != "count" or part.fact.period != before.fact.period:
                continue
            if _counts(before) and like(part.quantity, before.quantity) and _of_them(part, before):
                yield Nested(before.fact, part.fact)
        yield from _of_named(stream)


def _of_named(stream: Stream) -> Iterator[Nested]:
    """查处超限车辆2315辆…。查处的超限车辆中，“百吨王”17辆；移交处理1640辆: all that the sentence counts is of what it begins with."""
    whole: Place | None = None
    sentence = -1
    for part in stream.places:
        if part.sentence != sentence:
            sentence, whole = part.sentence, _begun(stream, part)
        if whole is None or _ANEW.search(part.clause) or part.quantity.unit != whole.quantity.unit:
            continue
        if _counts(part) and part.bracket == whole.bracket and part.fact.period == whole.fact.period:
            yield Nested(whole.fact, part.fact)


def _begun(stream: Stream, first: Place) -> Place | None:
    """The one figure before it that bears the name with which the sentence of a figure begins."""
    opened = _NAMED.match(first.plain)
    if opened is None:
        return None
    name = opened["what"].replace("的", "")
    before = (place for place in stream.back(first.at, NAMED_BACK) if _counts(place) and place.paragraph == first.paragraph)
    found = [place for place in before if place.clause.replace("的", "").endswith(name)]
    return found[0] if len(found) == 1 else None


def _counts(place: Place) -> bool:
    return place.level and place.quantity.dimension == "count" and place.quantity.value is not None


def _from(place: Place, stream: Stream) -> tuple[Decimal, str] | None:
    """The size from which on a class is counted, right before its count (5亿元以上8个, 亿元以上21个), and what the size is of."""
    if "元以上" in place.lead[-4:] and (found := _ROUND_CLASS.search(place.lead)):
        return Decimal(_SCALES.get(found["scale"], 0)), "money"
    if place.at == 0 or place.lead:
        return None
    size = stream.places[place.at - 1].quantity
    return (size.value, size.dimension) if size.bound == ">=" and size.value is not None else None


def _one_list(one: Place, other: Place) -> bool:
    return one.sentence == other.sentence and one.bracket == other.bracket and like(one.quantity, other.quantity) and other.at - one.at <= 2


def _of_them(part: Place, whole: Place) -> bool:
    same = part.quantity.unit == whole.quantity.unit and part.bracket == whole.bracket
    return same and _OF_THEM.match(part.lead) is not None


def _added(total: Place, stream: Stream) -> Place | None:
    """新增A（累计B） and 新增A，惠及…，全市累计建设B: what was added of a running total, told before it in the sentence."""
    if _BY_NOW.match(total.clause) is None:
        return None
    for added in stream.back(total.at, BACK):
        if added.sentence != total.sentence or "；" in stream.places[added.at + 1].lead:
            return None
        own = added.quantity.dimension == "count" and (added.level or added.fact.kind == "delta")
        told = _ADDED.search(added.clause) is not None
        # 新增基站1000座，累计建成基站4600个: right before it, counted by another word
        counted = like(total.quantity, added.quantity) or (told and added.at == total.at - 1 and not total.bracket)
        if not own or not counted or added.fact.period != total.fact.period:
            continue
        if not told:
            return None
        if total.bracket and total.host == added.at:
            return added
        named = total.fact.mention.text.removeprefix("累计")
        return added if total.bracket == added.bracket and len(named) > 2 and overlapping(added.fact.mention.text, named) else None
    return None
