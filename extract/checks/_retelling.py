"""Places that tell again what the rest of a report told: the table of results at its end, the paragraph that sums up.

A column or a paragraph several figures of which agree with what stands elsewhere under their names was written to repeat it. What it
says of one thing more under a name that the report has one other figure for is meant to be that figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from extract.checks._keys import LONG_NAME, REACHING, in_sentence
from extract.checks._likeness import headed_apart, linked, subjects_fit
from extract.checks._own_figures import of_others
from extract.checks._slips import significant, slip_of_pen
from extract.checks._words import core
from extract.relations import Context
from extract.types import Fact

FEWEST = 3
"""So many different figures of two digits and more are told again."""


class Place(NamedTuple):
    """A column of a table, or a block of prose (of no table)."""

    table: int
    number: int


def place_of(fact: Fact) -> Place:
    """Where a figure stands."""
    return Place(-1, fact.block) if fact.cell is None or in_sentence(fact) else Place(fact.cell.table, fact.cell.column)


def retelling(groups: Iterable[tuple[Fact, ...]]) -> Mapping[Place, set[Decimal]]:
    """The places that tell again what other ones tell, each with the figures that do; columns of one table are no copies of each other."""
    told: dict[Place, set[Decimal]] = {}
    for facts in groups:
        places = {place_of(fact) for fact in facts}
        for fact in facts if len(places) > 1 else ():
            here, value = place_of(fact), fact.quantity.value
            if value is not None and len(significant(fact)) > 1 and any(_apart(here, other) for other in places):
                told.setdefault(here, set()).add(value)
    return {place: values for place, values in told.items() if len(values) >= FEWEST}


def repeats(a: Fact, b: Fact, places: Mapping[Place, set[Decimal]], context: Context) -> bool:
    """Whether one of two figures of one name, the only ones of it, is meant to be the other, because it stands in such a place."""
    one, other = place_of(a), place_of(b)
    if not _apart(one, other) or (one not in places and other not in places) or a.quantity.bound != "=" or b.quantity.bound != "=":
        return False
    if not slip_of_pen(a, b) or REACHING & (set(a.qualifiers) ^ set(b.qualifiers)) or not subjects_fit(a, b, context):
        return False
    if headed_apart(a, b, context) or (a.kind == "rate" and of_others(a, b, context)):
        return False
    in_table = (one.table >= 0 and one in places) or (other.table >= 0 and other in places)
    if not in_table and min(len(significant(a)), len(significant(b))) < 2:
        return False  # paragraphs count short things of their own: 6次排查 here, 60次 there
    first, second = core(a.mention.text), core(b.mention.text)
    return linked(a, b, context) or (first == second and len(first) >= LONG_NAME)


def _apart(one: Place, other: Place) -> bool:
    return one != other and (one.table < 0 or one.table != other.table)
