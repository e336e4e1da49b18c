"""The subjects that prose lists one by one under their 类, against the rows of a table that state each 类 as a whole.

“教育支出（类）普通教育（款）小学教育（项）”科目25万元 and its siblings reach the row 教育支出 of the table beside them. The column is the one in
which most 类 are reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extract.checks._items import bare_number, class_of_item
from extract.checks._prose import is_level
from extract.checks._tables import Grid, grids, holds, likes
from extract.checks._words import bare
from extract.relations import Context
from extract.types import Fact

_COLUMNS = 2
"""So many figures of an item may be meant: 年初预算数, 决算数."""
_LEAST = 2
"""So many 类 at least agree in the column that is meant."""


@dataclass(frozen=True, slots=True)
class Class:
    """The row of a 类 and the figures of its items; ``sure`` if most of the other 类 of the list are reached."""

    total: Fact
    parts: tuple[Fact, ...]
    sure: bool


def subject_rows(context: Context) -> Iterator[Class]:
    """Every 类 of a list of subjects with its row, in the first table that states those of the list."""
    for listed in _lists(context):
        for grid in grids(context):
            found = _told(grid, listed)
            if found:
                reached = [holds(total, parts) for total, parts in found]
                for (total, parts), ok in zip(found, reached, strict=True):
                    yield Class(total, parts, sure=2 * (sum(reached) - ok) > len(found) - 1)
                break


def _lists(context: Context) -> Iterator[dict[str, list[Fact]]]:
    """The figures of the items by their 类: those that the items of a section state first, then those they state second."""
    by_section: dict[int | None, list[tuple[str, list[Fact]]]] = {}
    for number, facts in context.by_block.items():
        own = [fact for fact in facts if fact.cell is None and is_level(fact) and fact.quantity.dimension == "money"]
        name = class_of_item(context.document.blocks[number].span.of(context.text)) if own else ""
        if name:
            by_section.setdefault(own[0].section, []).append((name, own))
    for items in by_section.values():
        for column in range(min(_COLUMNS, *(len(own) for _, own in items)) if len(items) > 1 else 0):
            listed: dict[str, list[Fact]] = {}
            for name, own in items:
                listed.setdefault(name, []).append(own[column])
            if len(listed) >= _LEAST:
                yield listed


def _told(grid: Grid, listed: Mapping[str, list[Fact]]) -> list[tuple[Fact, tuple[Fact, ...]]]:
    """The 类 that a table has rows of, each row with the figures of its items, in the column in which the most are reached."""
    best: list[tuple[Fact, tuple[Fact, ...]]] = []
    most = _LEAST - 1
    for column in grid.columns:
        if not grid.added(column):
            continue
        rows = {bare(bare_number(grid.written(row, grid.sides.get(column))[0])): row for row in reversed(grid.body)}
        pairs = [
            (grid.facts[rows[name], column], tuple(parts))
            for name, parts in listed.items()
            if name in rows and (rows[name], column) in grid.facts and likes((grid.facts[rows[name], column], *parts))
        ]
        reached = sum(holds(total, parts) for total, parts in pairs)
        if reached > most and 2 * reached > len(pairs):
            best, most = pairs, reached
    return best
