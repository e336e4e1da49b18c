"""Years told after their parts: 上半年3.2亿元，下半年4.1亿元，全年7.3亿元. The calendar says that the parts are all of it."""

from __future__ import annotations

import re

from extract.checks._list_words import PER
from extract.checks._prose import Place, like
from extract.checks._tally import Tally, adds_up

_YEAR = re.compile(r"^全年(?!平均)[^，。；：、（）]{0,12}$")
_PARTS = tuple(
    tuple(re.compile(rf"(?:^|其中[，：]?|分别为|）){name}(?!末|初)[^，。；：、（）]{{0,12}}$") for name in names)
    for names in (("上半年", "下半年"), tuple(f"第?{n}季度" for n in "一二三四"))
)


def parts_of_year(tally: Tally, total: Place) -> None:
    """Takes down the halves or quarters right before the figure of a year, in its sentence."""
    if not _YEAR.match(total.clause) or not total.level or total.at in tally.taken:
        return
    for names in _PARTS:
        parts = list(tally.stream.places[max(0, total.at - len(names)) : total.at])
        if len(parts) == len(names) and all(_part(p, total) and name.search(p.clause) for p, name in zip(parts, names, strict=True)):
            tally.add(total, parts, sure=True, holds=adds_up(total.quantity, [p.quantity for p in parts]))


def _part(place: Place, total: Place) -> bool:
    within = place.sentence == total.sentence and place.bracket == total.bracket
    return within and place.level and like(place.quantity, total.quantity) and not PER.search(place.plain)
