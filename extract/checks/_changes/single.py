"""One change by itself: after a turn, after its earlier level, or after its level."""

from __future__ import annotations

import re

from extract.checks._changes.arithmetic import can_change
from extract.checks._changes.earlier import with_earlier
from extract.checks._changes.level import level_of
from extract.checks._changes.level_behind import level_behind
from extract.checks._changes.named_both import named_both
from extract.checks._changes.points_apart import points_apart
from extract.checks._changes.reader import Change, Reader
from extract.checks._changes.than import than_level
from extract.checks._changes.then_and_now import then_and_now
from extract.checks._changes.turned_behind import turned_behind
from extract.checks._changes.words import STEADY, own_words
from extract.checks._prose import CHANGES, Place, like
from extract.checks._values import is_rate

_THAN = re.compile(r"(?:比|较|与|低于|高于|超过)(?P<what>[^，。；、]{0,24}?)的?（?(?:约|近|为)?$")
_PACE = re.compile(r"(?:增速|增幅|降幅|涨幅)?(?:比|较)[^，。；]{2,12}(?:加快|提高|回升|回落|放缓|扩大|收窄|提升|下降)$")
_REACHED = re.compile(r"[，、](?:总[数量额]|累计|共|已)?(?:达到?了?|突破|增[至到]|增加[至到]|超过?)(?:约|近)?")


def single_change(reader: Reader, place: Place, beside: Change | None) -> Change | None:
    """A change with its levels; ``beside`` is the one right before it, of the same level."""
    if STEADY.search(place.plain):
        return None
    behind = named_both(reader, place) or turned_behind(reader, place) or level_behind(reader, place) or then_and_now(reader, place)
    if behind is not None:
        return behind
    if beside is not None and (can_change(place.fact, beside.current) or beside.current.kind == "delta"):
        return Change(change=place.fact, current=beside.current, previous=beside.previous, sure=beside.sure, beside=beside.beside)
    before = reader.stream.places[place.at - 1] if place.at else None
    if before is not None:
        turn = reader.turns.get(before.at)
        if turn is not None and before.sentence == place.sentence and can_change(place.fact, turn.before.fact):
            return Change(change=place.fact, current=turn.after.fact, previous=turn.before.fact, sure=True, beside=True)
        if before.sentence == place.sentence and place.joins and before.fact.kind not in CHANGES and can_change(place.fact, before.fact):
            than = _THAN.search(before.lead if before.bracket else before.plain)
            if than is not None:
                return than_level(reader, place, before, than["what"])
        if (
            place.quantity.dimension == "percentage_point"
            and _PACE.search(place.clause)
            and before.sentence == place.sentence
            and before.fact.kind == "growth"
            and before.quantity.dimension == "ratio"
        ):
            return Change(change=place.fact, current=before.fact, sure=False)
    if before is not None and _of_the_same(before, place):
        return None
    return points_apart(reader, place) or _reached(reader, place) or _followed(reader, place)


def _of_the_same(before: Place, place: Place) -> bool:
    """三个标段审定结算较合同价增加141.87万元，增长1.7%: the rate is of what the amount is of, for which no level was found."""
    amount = before.fact.kind == "delta" and not is_rate(before.quantity)
    return amount and is_rate(place.quantity) and before.sentence == place.sentence and not own_words(place)


def _reached(reader: Reader, place: Place) -> Change | None:
    """面积比上年增加21万亩，达到300万亩: the level that an amount leads to follows."""
    if place.at + 1 >= len(reader.stream.places) or is_rate(place.quantity):
        return None
    after = reader.stream.places[place.at + 1]
    if after.sentence != place.sentence or not like(place.quantity, after.quantity) or not _REACHED.fullmatch(after.lead):
        return None
    return Change(change=place.fact, current=after.fact, sure=False)


def _followed(reader: Reader, place: Place) -> Change | None:
    """The change of a level stated or named before; its earlier level may stand elsewhere."""
    current, sure = level_of(reader, place)
    if current is None:
        return None
    return with_earlier(reader, place, current, sure)
