"""Parts of several totals, told body by body: 受理320件、办结310件。其中甲局受理120件、办结118件；乙局受理200件、办结192件.

That the items are all there is nobody says; but where the parts of one of the totals reach it, those of the others have to.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._prose import Place, Stream, like
from extract.checks._sides import Side
from extract.checks._slips import mended
from extract.checks._tally import adds_up
from extract.types import Fact

MOST = 80
"""More items than this are not added up."""


def item_parts(stream: Stream) -> Iterator[Side]:
    """Every total that the items reach, and those that a slip of the pen keeps from it while the same items reach another one."""
    found = {total: tuple(parts.values()) for total, parts in _told(stream).items() if 1 < len(parts) <= MOST}
    reached = {total for total, parts in found.items() if adds_up(stream.places[total].quantity, [part.quantity for part in parts])}
    whose = {tuple(part.fact.subject for part in found[total]) for total in reached}
    for total, parts in found.items():
        if total in reached:
            yield Side(stream.places[total], parts, holds=True)
        elif tuple(part.fact.subject for part in parts) in whose and mended(stream.places[total].quantity, [part.quantity for part in parts]):
            yield Side(stream.places[total], parts, holds=False)


def _told(stream: Stream) -> dict[int, dict[str, Place]]:
    """The parts of each total that have its name, by whose they are; the totals by where they stand."""
    at = {place.fact.id: place for place in stream.places}
    parts: dict[int, dict[str, Place]] = {}
    for place in stream.places:
        total = at.get(place.fact.antecedent)
        if total is not None and place.level and of_item(place.fact, total.fact) and like(place.quantity, total.quantity):
            parts.setdefault(total.at, {}).setdefault(place.fact.subject, place)
    return parts


def of_item(fact: Fact, total: Fact) -> bool:
    """Whether an item tells a number by the name of the total that it is a part of, and whose it is."""
    return fact.antecedent == total.id and fact.subject != "" and fact.mention.span is not None and fact.mention.span == total.mention.span
