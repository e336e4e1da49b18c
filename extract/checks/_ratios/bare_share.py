"""Shares that do not say what they are of: A数10件，占58%."""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._prose import Place, is_share, squeezed
from extract.checks._rates import Ratio, fits
from extract.checks._ratios.choice import choose, pair_beside
from extract.checks._ratios.possible import (
    before_smaller,
    beside_wholes,
    far_wholes,
    first_of_name,
    first_of_unit,
    just_before,
    near_wholes,
    told_whole,
    total_beside,
)
from extract.checks._ratios.reader import BACK, NEAR, Reader
from extract.checks._ratios.words import BARE, IDLE, SHARE
from extract.types import Fact


def bare_share(reader: Reader, rate: Place, head: str) -> Iterator[Ratio]:
    """A数10件，占58%: a share of what the part is a part of."""
    own = IDLE.sub("", head)
    num = None
    if len(own) > 1:
        num = reader.by_words(rate, own, exact=True) or _part_called(reader, rate, head)
    else:
        near = [p for p in reader.levels(rate, 6) if p.sentence == rate.sentence]
        num = next((p for p in near if p.bracket == rate.bracket), near[0] if near else None)
    if num is None:
        return
    if num.sentence < rate.sentence and (own_pair := pair_beside(reader, rate)) is not None:
        yield from own_pair
        return
    dens, sure = near_wholes(reader, num)
    told = told_whole(reader, num) if not sure else []
    dens, sure = (told, True) if told else (dens, sure)
    if not sure and not any(fits(rate.fact, [num.fact], [d]) for d in dens):
        dens = [*dens, *far_wholes(reader, rate, num.fact)]
    # 女性1480万人，所占比重47.8%，其中高级161万人，所占比重38.3%: of what the first one is a share of, not of it
    parallel = sure and _own_share(reader, dens[0], num)
    likely = (
        []
        if sure or parallel
        else [
            *first_of_name(reader, num),
            *beside_wholes(reader, rate, num),
            *before_smaller(reader, num),
            *total_beside(reader, num),
            *just_before(reader, rate, num),
            *first_of_unit(reader, rate, num),
        ]
    )
    yield from choose(reader, rate, num.fact, dens, sure=sure and not parallel, share=True, slips=not parallel, likely=likely)


def _own_share(reader: Reader, whole: Fact, part: Place) -> bool:
    """Whether a whole is itself told to be a share of something, before its parts are."""
    at = next((p.at for p in reader.stream.back(part.at, BACK) if p.fact.id == whole.id), None)
    beside = reader.stream.places[at + 1 : min(at + 4, part.at)] if at is not None else ()
    for place in beside:
        if is_share(place.fact):
            share = SHARE.search(place.clause)
            return share is not None and BARE.match(place.clause[share.end() :]) is not None
        if place.level:
            return False
    return False


def _part_called(reader: Reader, place: Place, words: str) -> Place | None:
    """The part before a place whose name begins as the words do: 电气火灾 after 电气故障137起."""
    start = squeezed(words)[:2]
    return next((p for p in reader.levels(place, NEAR) if p.sentence == place.sentence and start in reader.label(p)), None)
