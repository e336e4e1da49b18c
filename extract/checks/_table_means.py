"""Means in tables: a column 平均 of the columns before it (评委1 … 评委5 平均), a row 平均 of the rows above it.

Nothing says what a mean is of, or whether all count alike. A reading is believed if all other rows (or columns) keep it, and the one
that does not is one slip of the pen away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from extract import intervals as iv
from extract.checks._column_sums import row_kind
from extract.checks._figures import figure, plain
from extract.checks._slips import mends
from extract.checks._tables import NOT_ADDED, Grid, grids
from extract.checks._values import interval_of
from extract.relations import Context, Relation
from extract.types import Fact, Interval

ENOUGH = 2
"""So many others at least keep a reading that is believed."""
FEWEST = 3
"""Of two figures the mean is seldom told, and half of a sum by chance."""
_MEAN = re.compile(r"^(?:算术)?平均(?:得分|分数?|值|数|成绩)?$|^均值$|^(?:最终|综合|实际)?(?:得分|平均分)[（(]平均[^（）()]*[)）]$")
_Mean = Callable[[Sequence[Fact]], Interval]


def table_means(context: Context) -> Iterator[Relation]:
    """The means of the columns and of the rows so called."""
    for grid in grids(context):
        for column in grid.columns:
            if _MEAN.match((grid.header(column)[-1:] or ("",))[0]):
                yield from _believed([(grid.facts[row, column], found) for row in grid.body if (found := _before(grid, row, column))])
        for row in grid.body:
            if _MEAN.match(grid.label(row)):
                yield from _believed([(grid.facts[row, c], found) for c in grid.columns if (found := _above(grid, row, c))])


def _before(grid: Grid, row: int, mean: int) -> tuple[Fact, ...]:
    """The figures of a row right before its mean, in the measure of the mean."""
    own = grid.facts.get((row, mean))
    columns = [c for c in reversed(grid.columns) if c < mean]
    facts = takewhile(lambda fact: own is not None and fact is not None and _alike(fact, own), (grid.facts.get((row, c)) for c in columns))
    found = tuple(reversed([fact for fact in facts if fact is not None]))
    return found if len(found) >= FEWEST else ()


def _above(grid: Grid, row: int, column: int) -> tuple[Fact, ...]:
    """The figures of a column above its mean; of rates no mean is told that counts all rows alike."""
    own = grid.facts.get((row, column))
    if own is None or NOT_ADDED.search(grid.title(column)) or own.quantity.dimension == "ratio":
        return ()
    items = [r for r in grid.body if r < row and row_kind(grid.label(r)) == "item"]
    found = tuple(fact for r in items if (fact := grid.facts.get((r, column))) is not None)
    return found if len(found) == len(items) >= FEWEST and all(_alike(fact, own) for fact in found) else ()


def _alike(a: Fact, b: Fact) -> bool:
    return a.quantity.dimension == b.quantity.dimension and a.quantity.bound == b.quantity.bound == "="


def _believed(told: Sequence[tuple[Fact, tuple[Fact, ...]]]) -> Iterator[Relation]:
    """The means by the reading that most keep, if at most one does not."""
    held = {mean: [_holds(mean, *one) for one in told] for mean in (_plain, _trimmed)}
    mean = max(held, key=lambda reading: sum(held[reading]))
    kept = sum(held[mean])
    if kept < max(ENOUGH, len(told) - 1):
        return
    for (own, facts), holds in zip(told, held[mean], strict=True):
        needed = mean(facts)
        shown = plain(round(((needed.low or iv.ZERO) + (needed.high or iv.ZERO)) / 2 / own.quantity.scale, iv.decimals_of(own.quantity.digits) + 1))
        yield Relation(
            type="implied",
            roles={"facts": (own.id, *(fact.id for fact in facts))},
            holds=holds,
            certain=holds or mends(own.quantity, needed),
            note=f"所列 {len(facts)} 个数的平均为 {shown}" + ("" if holds else f"，不是 {figure(own.quantity)}"),
            note_en=f"The mean of the {len(facts)} figures is {shown}" + ("" if holds else f", not {figure(own.quantity)}"),
        )


def _holds(mean: _Mean, own: Fact, facts: Sequence[Fact]) -> bool:
    return iv.meet(mean(facts), interval_of(own))


def _plain(facts: Sequence[Fact]) -> Interval:
    return iv.scaled(iv.total(interval_of(fact) for fact in facts), 1 / Decimal(len(facts)))


def _trimmed(facts: Sequence[Fact]) -> Interval:
    """去掉一个最高分和一个最低分."""
    return _plain(sorted(facts, key=lambda fact: fact.quantity.value or iv.ZERO)[1:-1])
