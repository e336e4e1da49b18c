"""Rows of parts of which the first tells its share of the whole: 甲区187.26亿元，占全市42.7%；乙县96.38亿元，…，其余六个县合计83.53亿元.

The share says what the whole is, however far it stands. That the row is all of it is said by a last part called 其余 or 其他; of four and
more parts right one after the other a slip of the pen has to say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract import intervals as iv
from extract.checks._divisions import OTHERS
from extract.checks._list_words import PER, past
from extract.checks._prose import Place, Stream, is_share, like, streams, where
from extract.checks._rates import fits
from extract.checks._ratios import ratios
from extract.checks._slips import LONG, credible, mended, significant
from extract.checks._tally import adds_up
from extract.relations import Context, once
from extract.types import Fact

LEAST = 4
"""So many parts that nothing closes may be all of the whole."""
MOST = 40
BACK = 160
"""So many facts back a whole that only its share tells stands."""
NEAR = 20
"""Such a row misses its whole by less than one part in so many."""
_OF_ALL = re.compile(r"占(?:全[市县区省国部镇乡校院年]|总)[^，。；、]{0,6}$")
_NESTED = re.compile(r"其中|包括|含")
_SUMMED = re.compile(r"[合共总小]计|前[一二两三四五六七八九十]")
_JOINED = re.compile(r"[，；、][^，；、（）]{1,16}$")


@dataclass(frozen=True, slots=True)
class Row:
    """A whole and its parts; ``closed`` if the last one says that there are no more."""

    whole: Fact
    parts: tuple[Fact, ...]
    closed: bool


@once
def rows_by_share(context: Context) -> tuple[Row, ...]:
    """Every such row that reaches its whole, or misses it by what a slip explains."""
    return tuple(_rows(context))


def _rows(context: Context) -> Iterator[Row]:
    at = where(context)
    told: set[str] = set()
    for one in ratios(context):
        known = one.share and not one.also and len(one.den) == 1 and one.num.id in at and fits(one.rate, [one.num], one.den)
        if known and len(significant(one.rate)) >= LONG:
            stream, n = at[one.num.id]
            told.add(one.rate.id)
            yield from _row(stream, stream.places[n], one.den[0])
    for stream in streams(context):
        for place in stream.places:
            if is_share(place.fact) and place.fact.id not in told and _OF_ALL.search(place.clause) and place.at:
                whole = _whole(stream, place, stream.places[place.at - 1], context.document.about.year)
                if whole is not None:
                    yield from _row(stream, stream.places[place.at - 1], whole)


def _whole(stream: Stream, share: Place, part: Place, year: str) -> Fact | None:
    """The one figure before that the share can be of: of a share of three digits there is hardly another."""
    if len(significant(share.fact)) < LONG or not part.level or part.sentence != share.sentence:
        return None
    before = (p for p in stream.back(part.at, BACK) if p.level and not p.bracket and like(p.quantity, part.quantity))
    before = (p for p in before if not past(p.fact.period, year))
    larger = (p for p in before if (p.quantity.value or 0) > (part.quantity.value or 0))
    found = [p.fact for p in larger if fits(share.fact, [part.fact], [p.fact])]
    return found[0] if len({fact.quantity.value for fact in found}) == 1 else None


def _row(stream: Stream, first: Place, whole: Fact) -> Iterator[Row]:
    if any(p.sentence == first.sentence and p.level and p.fact is not whole and like(p.quantity, first.quantity) for p in stream.back(first.at, 6)):
        return
    parts, closed, nested, apart = [first], False, False, False
    for place in stream.places[first.at + 1 : first.at + 1 + MOST]:
        if place.sentence != first.sentence:
            break
        nested = bool(_NESTED.search(place.plain)) or (nested and "；" not in place.lead)
        if nested or place.bracket != first.bracket or not place.level or not like(place.quantity, first.quantity) or PER.search(place.plain):
            apart = apart or nested
            continue
        closed = OTHERS.search(stream.between(parts[-1].at, place.at)) is not None
        if not closed and (_SUMMED.search(place.clause) or not _JOINED.search(place.lead)):
            break
        parts.append(place)
        if closed:
            break
    quantities = [p.quantity for p in parts]
    row = Row(whole, tuple(p.fact for p in parts), closed)
    if whole in row.parts or len(parts) < 3:
        return
    meant = mended(whole.quantity, quantities) if closed else not apart and len(parts) >= LEAST and _near(whole, row)
    if adds_up(whole.quantity, quantities) or (meant and (closed or credible(whole.quantity, quantities))):
        yield row


def _near(whole: Fact, row: Row) -> bool:
    added = iv.total(fact.quantity.interval for fact in row.parts)
    return iv.gap(whole.quantity.interval, added) * NEAR <= abs(whole.quantity.value or iv.ZERO)
