"""A total looked at from a side, often some paragraphs on: 分产业类型看，制造业收入…；批发业…；服务业….

Each part may carry its own change or share. Parts told between semicolons are read in columns: the first figures of all of
them, the second figures. Nobody says that all kinds are named; parts that add up to the total prove it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.checks._prose import Place, Stream, like
from extract.checks._slips import credible
from extract.checks._words import bare
from extract.intervals import meet, total
from extract.relations import Context

OPENS = re.compile(
    r"(?:^|[。；\n])[^，。；：\n]{0,4}?(?:[从按分](?!别)[^，。；：\n]{1,12}?(?:来?看|划分|分类|统计|分)(?![出到见])|[^，。；：\n]{1,6}(?:上|方面)看)[，：]"
)
BACK = 60
"""So many facts back a total is looked for."""
PARAGRAPHS = 8
MOST = 40
POINTS = frozenset({"score", "max_score"})
LEAST_DIGITS = 3
"""Two parts that add up to a number of so few digits may do so by chance."""
_SUMMED = re.compile(r"合计|共计|小计|总计|累计")
_NESTED = re.compile(r"其中|包括|[^不]含(?!量|税)")
_DATED = re.compile(r"[上去前]年|同期|[上前]期|\d")
_QUARTER = re.compile(r"(?:^|[，：；])(?:其中[：，]?)?(?:(?:19|20)\d\d年)?第?一季度[^，。；、]{0,8}$")
_LATER_QUARTERS = tuple(re.compile(rf"[，；、]第?{quarter}季度[^，。；、]{{0,8}}$") for quarter in "二三四")
_SPAN = re.compile(r"[上下]半年|第?[一二三四]季度|\d月")
_YEAR = 4
"""So long is a period that is a year: 2021."""
FORMER = re.compile(r"[上去前]年|同期|[上前]期")
_DONE = re.compile(r"整改|办结|完成|结案|销号|处置|化解|支出|支付|兑付")
_FOUND = re.compile(r"发现|排查|受理|收到|立案|计划|下达|安排|预算")
"""发现问题23个, of which …分别整改7个、4个: what was done divides what is done, not what there was to do."""
_PER = re.compile(r"均[^，。；]{0,6}$|每[^，。；]{1,6}$")


@dataclass(frozen=True, slots=True)
class Side:
    """A total and what it is divided into; ``holds`` if the parts reach it, else one slip of the pen explains why not."""

    total: Place
    parts: tuple[Place, ...]
    holds: bool


def sides(stream: Stream, context: Context, reached: Collection[int] = ()) -> Iterator[Side]:
    """Every total that a later sentence divides by kind, place or time; one of the paragraph that another list has ``reached`` is the likeliest."""
    for first in stream.places:
        if first.level and not first.bracket and OPENS.search(first.lead.rpartition("\n")[2]):

            def divided_before(place: Place, paragraph: int = first.paragraph) -> bool:
                return place.at in reached and place.paragraph == paragraph

            for parts in _columns(_run(stream, first)):
                found = divided(stream, context, parts, alike=divided_before, spans=all(_SPAN.search(place.plain) for place in parts))
                if found is not None:
                    yield found
        elif first.level and not first.bracket and _QUARTER.search(first.plain):
            found = _quarters(stream, context, first)
            if found is not None:
                yield found


def _quarters(stream: Stream, context: Context, first: Place) -> Side | None:
    """一季度548起，二季度391起，三季度317起，四季度522起: nobody has to say that this divides the year."""
    following = stream.places[first.at + 1 : first.at + 1 + MOST]
    own = (p for p in following if p.sentence == first.sentence and p.level and like(p.quantity, first.quantity))
    parts = [first, *(p for p, pattern in zip(own, _LATER_QUARTERS, strict=False) if pattern.search(p.plain))]
    return divided(stream, context, parts, spans=True) if len(parts) == len(_LATER_QUARTERS) + 1 else None


def _run(stream: Stream, first: Place) -> list[Place]:
    """The levels of the sentence that are parts: no sums of some of them, no parts of a part, nothing in brackets."""
    found = [first]
    nested = False
    for place in stream.places[first.at + 1 : first.at + 1 + MOST]:
        if place.sentence != first.sentence:
            break
        nested = bool(_NESTED.search(place.plain)) or (nested and "；" not in place.lead)
        if nested or place.bracket != first.bracket or _SUMMED.search(place.clause) or _PER.search(place.plain):
            continue
        if place.level:
            found.append(place)
    return found


def _columns(run: Sequence[Place]) -> Iterator[tuple[Place, ...]]:
    """The figures that are told alike: the first, the second… of each stretch between semicolons, and each long stretch (受理刑事632件、民事6847件、
    其他240件；审结618件、6492件和216件); else all of one unit."""
    families: list[list[Place]] = []
    for place in run:
        family = next((f for f in families if like(f[0].quantity, place.quantity)), None)
        if family is None:
            families.append([place])
        else:
            family.append(place)
    for family in families:
        stretches: list[list[Place]] = [[family[0]]]
        mark = 0
        for place in run[1:]:
            mark += "；" in place.lead
            if place in family and place is not family[0]:
                if mark:
                    stretches.append([])
                    mark = 0
                stretches[-1].append(place)
        widths = {len(stretch) for stretch in stretches}
        if len(stretches) > 1 and len(widths) == 1:
            yield from zip(*stretches, strict=True)
            yield from (tuple(stretch) for stretch in stretches if len(stretch) > len(stretches))
        elif len(family) > 1:
            yield tuple(family)


def divided(
    stream: Stream,
    context: Context,
    parts: Sequence[Place],
    *,
    alike: Callable[[Place], bool] = lambda place: False,
    only: Place | None = None,
    spans: bool = False,
) -> Side | None:
    """The total before ``parts`` that they reach, else the one they fall short of by a slip: that of their name, or ``alike``, or the
    closest; ``None`` if there is no such total. ``only`` is the one to look at, if it is known;
    ``spans`` says that the parts are of parts of its time."""
    added = total(part.quantity.interval for part in parts)
    whole = sum((part.quantity.value or Decimal(0) for part in parts), Decimal(0))
    first = parts[0]
    named: list[Place] = []
    closest: tuple[Decimal, Place] | None = None
    for place in stream.back(first.at, BACK) if only is None else (only,):
        if place.paragraph < first.paragraph - PARAGRAPHS and only is None:
            break
        value = place.quantity.value
        if value is None or not place.level or place.bracket or not like(place.quantity, first.quantity):
            continue
        apart = (
            _not_all_of(place.fact.period or context.document.about.year, first.fact.period)
            if spans
            else _other_time(place.fact.period, first.fact.period, context.document.about.year)
        )
        if apart or (place.fact.kind in POINTS and place.fact.kind != first.fact.kind):
            continue
        same = place is only or alike(place) or _same_name(context, place, parts)
        if meet(place.quantity.interval, added) and (same or len(parts) > 2 or len(place.quantity.digits) > LEAST_DIGITS):
            return Side(place, tuple(parts), holds=True)
        if _DONE.search(first.clause) and _FOUND.search(place.clause) and not _DONE.search(place.clause):
            continue
        if same:
            named.append(place)
        gap = abs(value - whole)
        if gap * 2 <= whole and (closest is None or gap < closest[0]):
            closest = gap, place
    # several figures bear the name (核心领域实现营业收入…): the one that a slip leads to, if it is one
    likely = [place for place in named if credible(place.quantity, [part.quantity for part in parts])]
    if not likely and closest is not None and len(parts) > 2 and credible(closest[1].quantity, [part.quantity for part in parts]):
        likely = [closest[1]]
    if likely and all(meet(place.quantity.interval, likely[0].quantity.interval) for place in likely):
        return Side(likely[0], tuple(parts), holds=False)
    return None


def _other_time(one: str, other: str, year: str) -> bool:
    """Whether two periods cannot be of one sum: last year and this one. 年初预算 and 支出决算 are of one year; parts often tell no time."""
    if not other:
        return bool(FORMER.search(one)) or (one[:_YEAR].isdigit() and one[:_YEAR] != (year or one[:_YEAR]))
    return one != other and bool(_DATED.search(one) or _DATED.search(other))


def _not_all_of(period: str, part: str) -> bool:
    """Whether a period is no year (2021-04/2021-06), or not the one that another period is a part of."""
    years = period[:_YEAR], part[:_YEAR]
    return len(period) > _YEAR or bool(FORMER.search(period)) or (all(map(str.isdigit, years)) and years[0] != years[1])


def _same_name(context: Context, whole: Place, parts: Sequence[Place]) -> bool:
    """Whether a part goes under the name of the whole, or its words repeat it (制造业实现营业收入)."""
    words = bare(whole.fact.mention.text)
    name = context.name(whole.fact)
    reported = context.whole(whole.fact)
    return any(
        part.fact.antecedent == whole.fact.id or context.name(part.fact) == name or context.whole(part.fact) == reported for part in parts
    ) or (len(words) > 1 and words in bare(parts[0].plain))
