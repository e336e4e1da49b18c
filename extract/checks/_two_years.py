"""Rows of tables that state one thing for this year and for the year before, found by what they are about or what they state.

The text says 建筑业…事故起数上升28.6%, both counts stand in the row 建筑业 of a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from extract.checks._slips import significant
from extract.checks._tables import grids
from extract.checks._words import core
from extract.checks._year_columns import year_pairs
from extract.relations import Context, once
from extract.types import Fact

DIGITS = 3
"""A figure of fewer digits leads to no row; one of no more stands in a table by chance too."""
MOST = 12
"""A figure that more rows state, or a name that more rows bear, leads to none of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row of the table is about (``label``), what its columns measure (``title``), and the two figures."""

    label: str
    title: str
    current: Fact
    previous: Fact


@dataclass(frozen=True, slots=True)
class TwoYears:
    """All such rows of a document, by their label and by the current figure."""

    _by_label: Mapping[str, tuple[Row, ...]]
    _by_value: Mapping[tuple[Decimal | None, str], tuple[Row, ...]]

    def called(self, words: str) -> tuple[Row, ...]:
        """The rows with this label, the idle words of both left out."""
        found = self._by_label.get(core(words), ())
        return found if words and len(found) <= MOST else ()

    def stating(self, fact: Fact) -> tuple[Row, ...]:
        """The rows whose current figure is that of ``fact``; () for a figure of few digits."""
        found = self._by_value.get((fact.quantity.value, fact.quantity.dimension), ())
        return found if len(significant(fact)) >= DIGITS and len(found) <= MOST else ()


def telling(fact: Fact | None) -> bool:
    """Whether a figure has so many digits that a row which states it is about the same thing."""
    return fact is not None and len(significant(fact)) > DIGITS


@once
def two_years(context: Context) -> TwoYears:
    """The rows of the document's tables that state a thing for two years."""
    by_label: dict[str, list[Row]] = {}
    by_value: dict[tuple[Decimal | None, str], list[Row]] = {}
    for grid in grids(context):
        for now, then in year_pairs(grid):
            for row in grid.body:
                current, previous = grid.facts.get((row, now)), grid.facts.get((row, then))
                if current is None or previous is None or current.quantity.dimension != previous.quantity.dimension:
                    continue
                found = Row(label=grid.label(row), title=grid.title(now), current=current, previous=previous)
                by_label.setdefault(core(found.label), []).append(found)
                by_value.setdefault((current.quantity.value, current.quantity.dimension), []).append(found)
    return TwoYears({k: tuple(v) for k, v in by_label.items()}, {k: tuple(v) for k, v in by_value.items()})
