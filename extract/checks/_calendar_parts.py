"""Months and quarters that make up a longer time: 4月10342万元，5月8126万元，6月12333万元。…二季度入库30801万元.

The calendar says that the parts are all of it. The figure of the longer time stands in the paragraph or in one right before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.checks._list_words import PER
from extract.checks._prose import Place, Stream, like
from extract.checks._sides import Side
from extract.checks._slips import LONG, mended, significant
from extract.checks._tally import adds_up
from extract.checks._words import bigrams

MOST = 40
"""So many facts behind the first part the parts stand, and the figures that they make up."""
BACK = 24
"""So many facts before the first part they stand."""
_MONTHS = r"(?P<first>1[0-2]|[1-9])(?:[—–~～至-](?P<last>1[0-2]|[1-9]))?月份?"
_TIMES = rf"第?(?P<quarter>[一二三四])季度|(?P<half>[上下])半年|前(?P<so_far>[二两三])?(?:个)?季度|(?P<year>全年)|{_MONTHS}"
_SPAN = re.compile(rf"(?:^|[，；：、。）和]|其中)(?:{_TIMES})(?![末底初累])(?P<words>[^，。；：、（）\d]{{0,12}})$")
_ORDER = "一二三四"
_REACH = 30
"""The time of a figure stands so few characters before it."""
_DATED = re.compile(r"(?P<year>\d{4})-(?P<first>\d\d)-01/(?P=year)-(?P<last>\d\d)-(?:28|29|30|31)")
_IN_ALL = re.compile(r"共|合计|总")
_AVERAGE = re.compile(r"均|每|最[高低多少大小]|累计|目标|计划|力争|预计")

Months = tuple[int, int]


def calendar_parts(stream: Stream) -> Iterator[Side]:
    """Every figure of a longer time that months or quarters of one sentence make up; a miss, if a slip explains it."""
    if stream.in_table:
        return
    for run in _runs(stream):
        for total, months in _totals(stream, run):
            parts = [place for place, own in run if months[0] <= own[0] and own[1] <= months[1]]
            told = {own for place, own in run if place in parts}
            covered = sum(last - first + 1 for first, last in told) == months[1] - months[0] + 1
            if len(parts) < 2 or not covered or total in parts:
                continue
            quantities = [place.quantity for place in parts]
            holds = adds_up(total.quantity, quantities)
            if holds or mended(total.quantity, quantities):
                yield Side(total, tuple(parts), holds=holds)


def _runs(stream: Stream) -> Iterator[list[tuple[Place, Months]]]:
    """The figures of one sentence whose times follow each other."""
    run: list[tuple[Place, Months]] = []
    for place in stream.places:
        found = _told(place)
        if found is None:
            continue
        months, _ = found
        if run and (place.sentence != run[-1][0].sentence or months[0] != run[-1][1][1] + 1 or not like(place.quantity, run[-1][0].quantity)):
            if len(run) > 1:
                yield run
            run = []
        run.append((place, months))
    if len(run) > 1:
        yield run


def _totals(stream: Stream, run: Sequence[tuple[Place, Months]]) -> Iterator[tuple[Place, Months]]:
    """The figures around a run whose words name a longer time within its own, in other words or none."""
    first, last = run[0][0], run[-1][0]
    words = {word for place, _ in run if (found := _told(place)) is not None for word in bigrams(found[1])}
    for place in stream.places[max(0, first.at - BACK) : last.at + 1 + MOST]:
        if not first.paragraph - 1 <= place.paragraph <= last.paragraph or first.at <= place.at <= last.at:
            continue
        found = _told(place) or _dated(place)
        if found is None or not like(place.quantity, first.quantity) or place.bracket != first.bracket:
            continue
        months, own = found
        if months[0] >= months[1] or (words and bigrams(own) and not words & bigrams(own)):
            continue
        if place.at > last.at + MOST or months[0] < run[0][1][0] or months[1] > run[-1][1][1]:
            continue
        yield place, months


def _dated(place: Place) -> tuple[Months, str] | None:
    """The months of a figure that is dated by its first and last day: 1月1日至6月30日共受理186432件."""
    found = _DATED.fullmatch(place.fact.period)
    told = place.level and place.quantity.bound == "=" and len(significant(place.fact)) > LONG and _IN_ALL.search(place.clause) is not None
    if found is None or not told or PER.search(place.plain) or _AVERAGE.search(place.clause):
        return None
    return (int(found["first"]), int(found["last"])), ""


def _told(place: Place) -> tuple[Months, str] | None:
    """The months that a figure is said to be of, and what else its words say."""
    words = place.plain[-_REACH:]
    if not ("月" in words or "季" in words or "年" in words) or not place.level or place.quantity.bound != "=":
        return None
    found = _SPAN.search(words) if place.quantity.value is not None else None
    if found is None or PER.search(place.plain) or _AVERAGE.search(found["words"]):
        return None
    if found["year"]:
        return (1, 12), found["words"]
    if found["half"]:
        return ((1, 6) if found["half"] == "上" else (7, 12)), found["words"]
    if found["so_far"]:
        return (1, 9 if found["so_far"] == "三" else 6), found["words"]
    if found["quarter"]:
        first = 3 * _ORDER.index(found["quarter"]) + 1
        return (first, first + 2), found["words"]
    if found["first"]:
        return (int(found["first"]), int(found["last"] or found["first"])), found["words"]
    return None
