"""A total said once more to open its list: 改造工程64处。…46处工程中，集中式38处、分散式8处."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from extract.checks._list_words import starts_sentence
from extract.checks._prose import RATE_UNITS, Place, Stream, asked_places, like
from extract.checks._slips import mends
from extract.checks._tally import adds_up
from extract.relations import Context, Relation
from extract.types import Fact

MOST = 40
"""So many figures back the total stands, at most."""
_OPENS = re.compile(r"^(?:在)?(?:这|上述|以上|该)?$")
_AMONG = re.compile(r"^(?:的)?(?P<what>(?!其)[一-龥]{2,8})(?<!其)中，")


def restated(context: Context) -> Iterator[Relation]:
    """Totals with what they are said to be where they open a list, in one paragraph, with the same unit and noun but one slip apart."""
    for stream, place in asked_places(context):
        if place.bracket or not starts_sentence(place) or not _OPENS.match(place.plain) or not _whole(place):
            continue
        named = _AMONG.match(stream.after(place.at))
        if named is None or not _first(place.fact, context):
            continue  # what stands elsewhere, too, may be another total
        before = [p for p in stream.back(place.at, MOST) if p.paragraph == place.paragraph and p.quantity.unit == place.quantity.unit]
        if len(before) != 1 or not _whole(before[0]) or named["what"] not in before[0].clause:
            continue
        total = before[0]
        # 改造64处，完工率71.9%。46处…: how many is what the rate says
        if any(p.quantity.unit in RATE_UNITS for p in stream.places[total.at + 1 : place.at]):
            continue
        if mends(place.quantity, total.quantity.interval) and _listed(stream, place, total):
            yield Relation(type="same", roles={"facts": (total.fact.id, place.fact.id)})


def _first(fact: Fact, context: Context) -> bool:
    """Whether no figure before is the same number in the same unit."""
    same = (f for f in context.facts if f.quantity.value == fact.quantity.value and f.quantity.unit == fact.quantity.unit)
    return next(same).id == fact.id


def _whole(place: Place) -> bool:
    return place.level and place.quantity.dimension == "count" and place.quantity.bound == "=" and place.quantity.scale == 1


def _listed(stream: Stream, place: Place, total: Place) -> bool:
    """Whether the figures that follow in the sentence add up to the one or the other."""
    rest = [p for p in stream.places[place.at + 1 : place.at + 1 + MOST] if p.sentence == place.sentence]
    parts = [p.quantity for p in rest if p.level and like(p.quantity, place.quantity)]
    runs = list(accumulate(([part] for part in parts), lambda a, b: a + b))
    return any(len(run) > 1 and (adds_up(place.quantity, run) or adds_up(total.quantity, run)) for run in runs)
