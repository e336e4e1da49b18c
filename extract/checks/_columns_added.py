"""Columns of which two come to a third, though no header says so: 受理 beside 直接解答 and 转派.

The rows say it: all but one keep it, with figures too long to do so by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, islice
from typing import NamedTuple

from extract.checks._slips import mended, significant
from extract.checks._tables import SUBTOTAL, TOTAL, Grid, asked_grids, holds, likes
from extract.checks._year_columns import CHANGE
from extract.relations import Context, Relation
from extract.types import Fact

COLUMNS = 9
"""So many columns of a table at most are tried with each other."""
SAMPLE = 3
"""Of so many rows one at most may miss, or the columns are not tried on."""
ENOUGH = 4
"""So many other rows have to keep it,"""
DIGITS = 3
"""with a whole of so many digits, and parts of two."""
NEAR = 10
"""Two figures that miss a third by more than one in so many of them do not come to it, whatever they are rounded to."""


class _Added(NamedTuple):
    total: Fact
    parts: tuple[Fact, Fact]
    holds: bool

    @property
    def tells(self) -> bool:
        return len(significant(self.total)) >= DIGITS and all(len(significant(part)) >= DIGITS - 1 for part in self.parts)


def columns_added(context: Context) -> Iterator[Relation]:
    """The rows of such columns, each as a sum."""
    for grid in asked_grids(context):
        columns = [c for c in grid.columns if grid.added(c) and not CHANGE.search(grid.title(c))][:COLUMNS]
        rows = [row for row in grid.body if sum((row, c) in grid.facts for c in columns) >= len(_Added._fields)] if len(columns) > 2 else []
        if len(rows) <= ENOUGH:
            continue
        values = {c: [_value(grid, row, c) for row in rows[: 2 * SAMPLE]] for c in columns}
        for total in columns:
            if TOTAL.search(grid.title(total)) or SUBTOTAL.search(grid.title(total)):
                continue  # its header says what it is
            for pair in combinations([c for c in columns if c != total], 2):
                if _may_be(values[total], values[pair[0]], values[pair[1]]):
                    yield from _kept(grid, total, pair)


def _value(grid: Grid, row: int, column: int) -> Decimal | None:
    fact = grid.facts.get((row, column))
    return None if fact is None else fact.quantity.value


def _may_be(total: Sequence[Decimal | None], first: Sequence[Decimal | None], second: Sequence[Decimal | None]) -> bool:
    """Whether the first rows, but for one, may be sums: of most columns they are not, and nothing need be added up in earnest."""
    missing = 0
    for whole, a, b in zip(total, first, second, strict=True):
        if whole is not None and a is not None and b is not None and abs(whole - a - b) * NEAR > abs(a) + abs(b):
            missing += 1
            if missing > 1:
                return False
    return True


def _kept(grid: Grid, total: int, pair: tuple[int, int]) -> Iterator[Relation]:
    rows = _rows(grid, total, pair)
    sample = list(islice(rows, SAMPLE))
    if len(sample) < SAMPLE or sum(not row.holds for row in sample) > 1:
        return
    found = [*sample, *rows]
    failing = [row for row in found if not row.holds]
    if sum(row.holds and row.tells for row in found) < ENOUGH or len(failing) > 1:
        return
    for row in found:
        sure = row.holds or mended(row.total.quantity, [part.quantity for part in row.parts])
        roles = {"total": (row.total.id,), "parts": tuple(part.id for part in row.parts)}
        yield Relation(type="sum", roles=roles, certain=sure, siblings=0 if row.holds else len(found) - 1)


def _rows(grid: Grid, total: int, pair: tuple[int, int]) -> Iterator[_Added]:
    for row in grid.body:
        facts = [grid.facts[row, c] for c in (total, *pair) if (row, c) in grid.facts]
        if len(facts) == len(pair) + 1 and likes(facts):
            yield _Added(facts[0], (facts[1], facts[2]), holds(facts[0], facts[1:]))
