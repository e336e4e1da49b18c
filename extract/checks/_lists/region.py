"""How far a list of parts goes, and which of its figures are of one kind."""

from __future__ import annotations

import re

from extract.checks._list_words import SAID, later_opener, outside, points_of
from extract.checks._lists.reader import Reader
from extract.checks._lists.words import MOST_PARTS, PER_UNIT, WITHIN
from extract.checks._prose import BRACKETED, LEVELS, Place, like
from extract.checks._words import bare

_APART = re.compile(r"另有|另外|此外|同时")
_COMMA = re.compile(r"[，；]")
_THAN_BEFORE = re.compile(r"[比较](?:上年|去年|前年|年初|上期|上月|上季度?|同期)[^，。；、]{0,4}$")


def region_of(reader: Reader, first: Place) -> list[Place]:
    """The level facts from ``first`` to the end of its list: of its sentence and bracket, sub-lists left out."""
    found = [first]
    nested = False
    for place in reader.stream.places[first.at + 1 : first.at + 1 + MOST_PARTS]:
        if place.sentence != first.sentence or (first.bracket and place.bracket != first.bracket and place.bracket < first.bracket):
            break
        if first.bracket and "）" in outside(place.lead) and place.bracket != first.bracket:
            break
        if place.bracket != first.bracket:
            continue
        if (_APART.search(place.plain) and not WITHIN.match(first.lead)) or SAID.search(place.plain):
            break
        if later_opener(place.plain):
            nested = "；" not in place.plain.partition(later_opener(place.plain))[2]
        elif nested and _COMMA.search(outside(place.lead)):
            nested = False
        if PER_UNIT.search(place.plain):
            continue  # 保有量23辆，车均2.66万元
        if _THAN_BEFORE.search(place.plain):
            continue  # 其中有效投诉21件，比上年的29件减少8件
        level = place.level and (place.fact.kind in LEVELS or first.fact.kind == place.fact.kind)
        if not nested and (level or _parallel(first, place)):
            found.append(place)
    return found


def gap_between(reader: Reader, first: Place, last: Place) -> str:
    """The words between two parts, brackets and what is in them left out."""
    words = "".join(reader.stream.places[k].lead for k in range(first.at + 1, last.at + 1))
    previous = None
    while previous != words:
        previous, words = words, BRACKETED.sub("", words)
    return words


def families(region: list[Place]) -> list[list[Place]]:
    """The facts of a region by what they count, the family of the first one first."""
    groups: list[list[Place]] = []
    for place in region:
        for group in groups:
            if like(group[0].quantity, place.quantity) and points_of(group[0]) == points_of(place):
                group.append(place)
                break
        else:
            groups.append([place])
    return groups


def _parallel(first: Place, place: Place) -> bool:
    """Whether a change is none: 支持外贸发展370万元，支持商业增长30万元."""
    if place.fact.kind != "delta" or not first.level or not like(first.quantity, place.quantity):
        return False
    return len(place.clause) > 3 and bare(place.clause)[:2] == first.fact.mention.text[:2]
