"""A list of kinds that says itself that it is whole, of a total told farther back: 居民用水5742万吨，非居民用水3418万吨，其他391万吨 of 售水9551万吨.

A last part called 其他, kinds that divide, a paragraph on the structure (货种结构。) leave no part out. The total is the one that the
parts reach, or the one of the paragraph's words that a slip of the pen keeps them from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.checks._divisions import divide
from extract.checks._prose import Place, Stream, like
from extract.checks._sides import BACK, Side, divided
from extract.checks._topics import topics
from extract.checks._words import bigrams
from extract.relations import Context

LEAST = 3
"""Fewer kinds are seldom all of a far total."""
MOST = 40
_NEXT = re.compile(r"^(?:[、，；]|和|及|以及)(?![^，。；：、（）]*(?:分别|其中|合计|共|[未不]))(?P<label>[^，。；：、（）]{1,16})$")
_LABEL = re.compile(r"(?P<label>[^，。；：、（）]{1,20})$")
_STRUCTURE = re.compile(r"结构|构成|组成|来源|去向|分布|分类|类型|种类|方式")
_LISTED = re.compile(r"(?P<what>[^，。；：、（）]{2,16}?)(?:包括|包含|分为|如下|有|为)：[^，。；：、（）]{1,20}$")
"""慈善活动支出包括：助困612.48万元，…: the colon says that all follows, and what of."""
_AMONG = re.compile(r"(?:^|[，。；\n])(?P<what>[^，。；：、（）]{2,16}?)中，[^，。；：、（）]{1,20}$")
"""紧急转移安置的群众中，集中安置2315人，分散安置6441人: two kinds that divide what was told before."""
_NAMED = 2
"""So many pairs of characters in common make a figure what the words before the colon name."""
_SUMMED = re.compile(r"合计|共计|小计|总计|累计|^[^，。；]{0,8}[，,][^，。；]{0,4}共$")


def whole_lists(stream: Stream, context: Context) -> Iterator[Side]:
    """Every total that such a list divides; a miss, if a slip explains it."""
    if stream.in_table:
        return
    at = 0
    while at < len(stream.places):
        parts = _run(stream, at)
        at = parts[-1].at + 1 if parts else at + 1
        if len(parts) < 2 or _SUMMED.search(stream.after(parts[-1].at)):
            continue
        found = _divided(stream, context, parts)
        if found is not None:
            yield found


def _divided(stream: Stream, context: Context, parts: Sequence[Place]) -> Side | None:
    lead = parts[0].lead.rpartition("\n")[2]
    about = topics(context, parts[0].fact)
    kinds = divide([_label(part) for part in parts])
    if len(parts) >= LEAST and (kinds or any(map(_STRUCTURE.search, about))):
        words = bigrams("".join((*about, lead)))
        return divided(stream, context, parts, alike=lambda place: bool(words & bigrams(place.fact.mention.text)))
    said = _LISTED.search(lead) if len(parts) >= LEAST else _AMONG.search(lead) if kinds else None
    if said is None:
        return None
    words = bigrams(said["what"])
    before = (place for place in stream.back(parts[0].at, BACK) if place.level and not place.bracket and like(place.quantity, parts[0].quantity))
    named = next((place for place in before if len(words & bigrams(place.fact.mention.text)) >= _NAMED), None)
    return divided(stream, context, parts, only=named) if named is not None else None


def _run(stream: Stream, at: int) -> list[Place]:
    """The figures of one unit that go on from one another from a place on, each behind its name alone; none where a figure of the unit
    stands before them in the sentence."""
    first, *others = stream.places[at : at + MOST]
    # most figures have no other of their kind behind them
    if not first.level or first.bracket or not others or not _NEXT.match(others[0].lead) or _label(first) == "":
        return []
    if any(place.sentence == first.sentence and like(place.quantity, first.quantity) for place in stream.back(at, LEAST)):
        return []
    parts = [first]
    for place in others:
        if place.sentence != first.sentence or not place.level or not _NEXT.match(place.lead) or not like(place.quantity, first.quantity):
            break
        parts.append(place)
    return parts


def _label(place: Place) -> str:
    found = _LABEL.search(place.lead)
    return found["label"] if found else ""
