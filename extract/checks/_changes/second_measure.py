"""Changes told in two measures, with one word for both: 较年初净减91户159人, 比上年增加12起、31人."""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._changes.reader import Change, Reader
from extract.checks._prose import CHANGES, Place, like, where
from extract.checks._values import is_rate

_BESIDE = frozenset({"", "、"})


def second_measure(reader: Reader, place: Place, found: Change) -> Iterator[Change]:
    """The change right behind another one, of the levels that stand right behind that one's, each in another unit."""
    at = where(reader.context)
    second = _beside(reader, place.at)
    if second is None or is_rate(place.quantity) or found.previous is None or not {found.current.id, found.previous.id} <= at.keys():
        return
    current, previous = (_beside(reader, at[fact.id][1]) for fact in (found.current, found.previous))
    if current is None or previous is None or not like(current.quantity, second.quantity) or not like(previous.quantity, second.quantity):
        return
    # 减少 stands before the first alone, so that the second is read as an amount
    ends = (previous, current) if (place.quantity.value or 0) < 0 else (current, previous)
    yield Change(change=second.fact, current=ends[0].fact, previous=ends[1].fact, sure=found.sure, beside=True)


def _beside(reader: Reader, at: int) -> Place | None:
    """The amount in another unit that nothing but a mark parts from the one at a place."""
    places = reader.stream.places
    if at + 1 >= len(places):
        return None
    first, second = places[at], places[at + 1]
    beside = second.lead in _BESIDE and second.sentence == first.sentence and not like(first.quantity, second.quantity)
    return second if beside and second.level and second.fact.kind not in CHANGES else None
