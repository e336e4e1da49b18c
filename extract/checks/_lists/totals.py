"""The figures before a list that it may divide, the likeliest first."""

from __future__ import annotations

import re

from extract.checks._list_words import BACK, PER, RESTATED, outside, past, points_of
from extract.checks._lists.reader import Reader
from extract.checks._lists.words import COMPARED
from extract.checks._prose import Place, is_level, like, named_near, where
from extract.checks._sides import FORMER
from extract.checks._tally import adds_up

_STOP = re.compile(r"[；。\n]")
_WHICH = re.compile(r"^；其中")
_FROM = re.compile(r"(?:由|从)[^，。；、]{0,14}$")
_TO = re.compile(r"^[^，。；、]{0,6}(?:[增降减升加少高低大小展压缩][至到为]|至|到)[^，。；、]{0,4}$")
_PLAN = re.compile(r"(?:计划|目标|任务)(?:数|量|值)?[为是]?$")
_GOAL = re.compile(r"目标[值数]?[为是]?$")
_DONE = re.compile(r"(?:完成|实际|实现)[^，。；]{0,4}$")
_SOME_OF_EACH = re.compile(r"的(?:人数|户数|数量)?(?:分别|依次)(?:为|是|有|达到?)?$")
_REST = re.compile(r"(?:其余|其他|其它|剩余)")
"""其余各税合计29618万元。分级次看，县级收入118402万元: what is left of one list is not divided anew."""


def totals_before(reader: Reader, first: Place, part: Place, strength: str) -> list[Place]:
    """Facts that the parts may divide, the likeliest first."""
    found: list[Place] = []
    opens = first.sentence in reader.opening or strength == "grouped"
    for place in reader.stream.back(first.at, BACK):
        if place.sentence != first.sentence and not opens:
            break
        if place.sentence < first.sentence - 3 or place.paragraph < first.paragraph - 1:
            break
        if place.paragraph != first.paragraph and strength != "grouped":
            break
        if found and first.bracket and "；" in outside(reader.stream.places[place.at + 1].lead):
            break  # 立项4个；自评8个（其中…）: the bracket is of its own item
        if place.bracket and place.bracket != first.bracket:
            continue
        if place.at in reader.tally.taken and not adjoins(reader, place, first):
            continue
        if not place.level or not like(place.quantity, part.quantity) or PER.search(place.plain) or COMPARED.search(place.plain):
            continue
        if strength == "grouped" and _REST.match(place.clause):
            continue
        if points_of(place) != points_of(part) or _left_behind(reader, place):
            continue
        year = reader.context.document.about.year
        # 对照年初设定的目标，自评得分97.31分: what is scored is scored now
        if place.fact.period != part.fact.period and not points_of(place) and (past(place.fact.period, year) or FORMER.search(part.fact.period)):
            continue  # 上年分别为31起、13人: of another period, no parts
        if _DONE.search(first.plain) and (place.fact.kind == "target" or _PLAN.search(place.clause)):
            continue  # 年计划42公里，三个季度分别完成6.3、13.8和11.9公里: what is done is no part of a plan
        if _SOME_OF_EACH.search(first.plain):
            continue  # 门诊、住院患者共6000人次，表示满意的分别为…: some of each
        found.append(place)
        if len(found) == 4:
            break
    # 演出312场，目标值300场；其中甲186场: what was to be is divided last
    found.sort(key=lambda place: (bool(RESTATED.search(place.plain)), by_times(place, part), strength == "weak" and bool(_GOAL.search(place.clause))))
    return found


def by_times(place: Place, part: Place) -> bool:
    """检查2163家次，责令停业21家。其中抽查864家次: visits are of visits, not of the 21 that were visited."""
    own, other = place.quantity.unit, part.quantity.unit
    return own != other and own.removesuffix("次") == other.removesuffix("次")


def terms_reached(reader: Reader, first: Place, region: list[Place]) -> list[Place]:
    """The term of a sum before the list that the parts add up to: 收到156件，上年结转4件，合计160件。其中自然人131件、法人25件."""
    taken = (p for p in reader.stream.back(first.at, 4) if p.at in reader.tally.taken and p.sentence >= first.sentence - 1 and p.level)
    reached = (p for p in taken if like(p.quantity, region[0].quantity) and adds_up(p.quantity, [one.quantity for one in region]))
    return list(reached)[:1] if len(region) > 1 else []


def adjoins(reader: Reader, place: Place, first: Place) -> bool:
    """Whether only attributes of ``place`` (its share, its change) stand between it and ``first``."""
    between = reader.stream.places[place.at + 1 : first.at]
    return not any(p.level for p in between) and not any(_STOP.search(p.lead) for p in (*between, first))


def alone_before(reader: Reader, place: Place, first: Place) -> bool:
    """Whether ``place`` is the last level of its unit before ``first``, goals left out, in the same stretch: 736户、2418人，其中甲户318户;
    演出312场，目标300场；其中甲186场."""
    between = reader.stream.places[place.at + 1 : first.at]
    levels = [p for p in between if p.level and p.fact.kind != "target" and like(p.quantity, place.quantity)]
    behind = _STOP.sub("", first.lead, count=1) if _WHICH.match(first.lead) else first.lead
    return not levels and not any(_STOP.search(p.lead) for p in between) and _STOP.search(behind) is None


def far_totals(reader: Reader, region: list[Place]) -> list[Place]:
    """The one fact further back under the name of all parts that they add up to."""
    names = {reader.context.name(p.fact) for p in region}
    if len(region) < 2 or len(names) != 1:
        return []
    known = where(reader.context)
    values = set()
    for fact in reversed(named_near(reader.context, region[0].fact, names.pop())):
        stream, at = known.get(fact.id, (None, 0))
        if stream is not reader.stream or at >= region[0].at or fact.subject or not is_level(fact):
            continue
        if adds_up(fact.quantity, [p.quantity for p in region]):
            return [reader.stream.places[at]]
        values.add((fact.quantity.value, at))
    alone = len(values) == 1 and len(region) > 2 and len({p.fact.subject for p in region}) == len(region)
    return [reader.stream.places[at] for _, at in values] if alone else []


def _left_behind(reader: Reader, place: Place) -> bool:
    """由182.6万人次增至196.4万人次，其中…: what a figure rose from has no part in what it is now."""
    following = reader.stream.places[place.at + 1] if place.at + 1 < len(reader.stream.places) else None
    return following is not None and _FROM.search(place.clause) is not None and _TO.match(following.lead) is not None
