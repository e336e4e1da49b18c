"""What was saved of something told in another section, with its rate: 概算总投资1486.50万元 … 完成投资1417.96万元 … 节约68.54万元，节约率4.61%.

The rate right behind says of which two figures the document speaks: of one pair only it is just that. A miss is certain where a slip of the
pen in what was saved explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract import intervals as iv
from extract.checks._difference import Difference
from extract.checks._prose import Place, Stream, asked_places, is_share, like, streams
from extract.checks._rates import due, fits, limited
from extract.checks._slips import LONG, mends, significant
from extract.relations import Context, once
from extract.types import Fact

_SAVED = re.compile(r"(?:节约|节支|节省|核减|审减|压减)(?:资金|投资|金额|支出|经费|造价)?(?:共|约|为|了)?$")
_RATE = re.compile(r"^[，、](?:综合|平均)?(?:节约|节支|节省|核减|审减|压减)率(?:为|达)?$")
_WHOLE = re.compile(r"概算|预算|控制价|送审|批复|估算|计划|申报|报审|总投资|合同价")
_DONE = re.compile(r"完成|决算|审定|中标|成交|实际|结算|核定|支出")
_MOST = 24
"""Of more figures under such names some pair makes any rate."""


def saved_by_rate(context: Context) -> Iterator[Difference]:
    """What was saved, with the two figures of the document of which it is the rate told behind it."""
    for stream, place in asked_places(context):
        rate = _rate(stream, place)
        if rate is None or not place.level or not limited(place.fact) or not _SAVED.search(place.clause):
            continue
        found = _of_pair(context, place, rate.fact)
        if found is not None and (found.holds or _mended(found)):
            yield found


def _rate(stream: Stream, place: Place) -> Place | None:
    behind = stream.places[place.at + 1] if place.at + 1 < len(stream.places) else None
    if behind is None or not is_share(behind.fact) or not _RATE.match(behind.lead) or len(significant(behind.fact)) < LONG:
        return None
    return behind


def _of_pair(context: Context, place: Place, rate: Fact) -> Difference | None:
    """The one pair of which what was saved is the rate; nothing where some figure alone makes the rate with it."""
    wholes, done = ([p.fact for p in group if like(p.quantity, place.quantity) and p.fact is not place.fact] for group in _figures(context))
    if len(wholes) > _MOST or len(done) > _MOST or any(fits(rate, [place.fact], [whole]) for whole in wholes):
        return None
    pairs = {(w.quantity.value, d.quantity.value): (w, d) for w in reversed(wholes) for d in reversed(done) if _makes(rate, w, d)}
    if len(pairs) != 1:
        return None
    (whole, spent) = next(iter(pairs.values()))
    return Difference(place.fact, whole, spent)


def _makes(rate: Fact, whole: Fact, done: Fact) -> bool:
    saved = iv.sub(whole.quantity.interval, done.quantity.interval)
    quotient = iv.ratio(saved, whole.quantity.interval)
    return (whole.quantity.value or 0) > (done.quantity.value or 0) and quotient is not None and iv.meet(rate.quantity.interval, due(rate, quotient))


def _mended(one: Difference) -> bool:
    return mends(one.result.quantity, iv.sub(one.minuend.quantity.interval, one.subtrahend.quantity.interval))


@once
def _figures(context: Context) -> tuple[Sequence[Place], Sequence[Place]]:
    """What there was to be spent, and what was: by the words of the figures."""
    levels = [p for stream in streams(context) for p in stream.places if p.level and limited(p.fact) and p.quantity.dimension == "money"]
    return [p for p in levels if _WHOLE.search(p.clause)], [p for p in levels if _DONE.search(p.clause) and not _SAVED.search(p.clause)]
