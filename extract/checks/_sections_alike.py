"""Paragraphs that open alike, each with its own figures, and what all of them come to: 87个问题中已完成整改67个, and in each section
涉及问题23个，已完成整改19个.

That the first figures of all come to a figure told before them says that the second ones come to that behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract import intervals as iv
from extract.checks._prose import Place, Stream, like, streams
from extract.checks._slips import mended
from extract.checks._words import bare, bigrams
from extract.relations import Context, Relation

FEWEST = 3
"""So many sections at least."""
BACK = 60
"""So many figures before the first section what they come to is told."""
LARGE = 30
"""Smaller sums are met by chance."""

_Pair = tuple[Place, Place]


def sections_alike(context: Context) -> Iterator[Relation]:
    """The second figures of such sections against the total behind that of the first ones."""
    for stream in streams(context):
        if stream.in_table:
            continue
        groups: dict[tuple[str, str, str], list[_Pair]] = {}
        for pair in _openings(stream):
            groups.setdefault((bare(pair[0].clause), bare(pair[1].clause), pair[0].quantity.unit), []).append(pair)
        for pairs in groups.values():
            if len(pairs) >= FEWEST and len({first.fact.section for first, _ in pairs}) == len(pairs):
                yield from _together(stream, pairs)


def _openings(stream: Stream) -> Iterator[_Pair]:
    """The first two figures of each paragraph that opens with them, of one unit."""
    for place, second in zip(stream.places, stream.places[1:], strict=False):
        if place.at and stream.places[place.at - 1].paragraph == place.paragraph:
            continue
        alike = second.paragraph == place.paragraph and second.sentence == place.sentence and like(place.quantity, second.quantity)
        if alike and place.level and second.level and not place.bracket and bare(place.clause) and bare(second.clause):
            yield place, second


def _together(stream: Stream, pairs: Sequence[_Pair]) -> Iterator[Relation]:
    firsts, seconds = ([pair[n] for pair in pairs] for n in (0, 1))
    whole = iv.total(place.quantity.interval for place in firsts)
    if whole.low is None or whole.low < LARGE:
        return
    named = bigrams(bare(seconds[0].clause))
    for total in stream.back(firsts[0].at, BACK):
        behind = stream.places[total.at + 1]
        if not like(total.quantity, firsts[0].quantity) or not iv.meet(total.quantity.interval, whole) or behind.sentence != total.sentence:
            continue
        if behind.level and like(behind.quantity, seconds[0].quantity) and named & bigrams(bare(behind.clause)):
            parts = [place.quantity for place in seconds]
            added = iv.total(quantity.interval for quantity in parts)
            roles = {"total": (behind.fact.id,), "parts": tuple(place.fact.id for place in seconds)}
            yield Relation(type="sum", roles=roles, certain=iv.meet(added, behind.quantity.interval) or mended(behind.quantity, parts))
            return
