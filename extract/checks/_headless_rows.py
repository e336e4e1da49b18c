"""Rows of numbers under no header that end in what the others come to: 政府信息公开 forms whose header a page or a reader lost.

The rows say it themselves: nearly all of them keep it, several with figures that do not do so by chance. Tables of one width that
follow one another are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.checks._slips import mended, significant
from extract.checks._tables import Grid, grids, holds, likes
from extract.relations import Context, Relation
from extract.types import Fact

FEWEST = 4
"""A row of fewer numbers is kept by chance."""
ENOUGH = 3
"""So many rows that tell have to keep it, and of all of them"""
OF = 4
"""all but one in so many."""

_Row = tuple[Fact, Sequence[Fact]]


def headless_rows(context: Context) -> Iterator[Relation]:
    """The rows of such tables, each as a sum."""
    bare = [grid for grid in grids(context) if len(grid.columns) >= FEWEST and not any(map(grid.title, grid.columns))]
    for _, tables in groupby(bare, key=lambda grid: (grid.columns, grid.table.section)):
        rows = [row for grid in tables for row in _rows(grid)]
        held = [row for row in rows if holds(*row)]
        told = sum(_tells(row) for row in held)
        if told < ENOUGH or (len(rows) - len(held)) * OF > len(rows):
            continue
        for total, parts in rows:
            kept = holds(total, parts)
            sure = kept or (told > ENOUGH and mended(total.quantity, [part.quantity for part in parts]))
            roles = {"total": (total.id,), "parts": tuple(part.id for part in parts)}
            yield Relation(type="sum", roles=roles, certain=sure, siblings=0 if kept else len(rows) - 1)


def _rows(grid: Grid) -> Iterator[_Row]:
    for row in grid.body:
        facts = [grid.facts[row, column] for column in grid.columns if (row, column) in grid.facts]
        if len(facts) == len(grid.columns) and likes(facts):
            yield facts[-1], facts[:-1]


def _tells(row: _Row) -> bool:
    """Whether a row of several parts would hardly keep it by chance."""
    total, parts = row
    return len(significant(total)) > 1 and sum(part.quantity.value != 0 for part in parts) > 1
