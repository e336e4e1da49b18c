"""Columns of changes, and the columns of the two years that they are told of.

The words of a header propose the columns; the rows vote. Where no words help, a column of changes is held against every pair of columns
on some rows, and a pair is believed if most of them agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from extract import intervals as iv
from extract.checks._column_rates import DISCOVERY_COLUMNS, DISCOVERY_ROWS, LEAST_VOTES, columns_of_levels
from extract.checks._fall_columns import falls
from extract.checks._tables import Grid, asked_grids
from extract.checks._values import interval_of
from extract.checks._year_columns import GROWTH, Years
from extract.relations import Context, Relation
from extract.types import Fact

OUTPUT = re.compile(r"生产总值|增加值|GDP|总产值|可支配收入|[一二三]产业", re.IGNORECASE)
"""What grows at constant prices whether or not the report says so (T8): its growth does not follow from levels in money."""


def changes(context: Context) -> Iterator[Relation]:
    """Changes in tables against the columns of the two years."""
    for grid in asked_grids(context):
        years = Years(grid)
        named = {change: (current, previous) for current, previous, change in _year_columns(years)}
        for change in years.of("change"):
            pair = named.get(change)
            fallen = list(falls(grid, change, pair)) if pair is not None else []
            if fallen:
                yield from fallen
                continue
            found = _told_changes(grid, change, pair, grid.body) if pair is not None else []
            passes = sum(ok for *_, ok in found)
            if passes * 2 < len(found) or pair is None:
                pair = _voted(grid, change)
                found = _told_changes(grid, change, pair, grid.body) if pair is not None else found
                passes = sum(ok for *_, ok in found)
            relative = GROWTH.search(grid.title(change)) is not None
            for now, then, by, ok in found:
                others = passes - ok
                sure = others > 0 and others * 2 >= len(found) - 1
                if _in_points(now, then, by):
                    # 同比 of a rate may be told either way
                    points = {"result": (by.id,), "minuend": (now.id,), "subtrahend": (then.id,)}
                    yield Relation(type="diff", roles=points, certain=sure and not relative)
                    continue
                roles = {"change": (by.id,), "current": (now.id,), "previous": (then.id,)}
                priced = now.quantity.dimension == "money" and by.quantity.unit in ("%", "％") and OUTPUT.search(now.mention.text) is not None
                yield Relation(type="growth", roles=roles, certain=sure and not priced, siblings=others if others == len(found) - 1 else 0)


_Told = tuple[Fact, Fact, Fact, bool]
"""The level now, the level before, by how much they differ as the table prints it, and whether they do."""


def _told_changes(grid: Grid, change: int, pair: tuple[int, int], rows: Sequence[int]) -> list[_Told]:
    """What the column ``change`` tells of two columns, now and before, in the rows that fill all three."""
    found: list[_Told] = []
    for row in rows:
        now, then, by = (grid.facts.get((row, column)) for column in (*pair, change))
        if now is None or then is None or by is None:
            continue
        if now.quantity.dimension == then.quantity.dimension and by.kind in ("growth", "delta", "rate", "level"):
            found.append((now, then, by, _changed(now, then, by)))
    return found


def _voted(grid: Grid, change: int) -> tuple[int, int] | None:
    """The two columns of levels of which most rows say that they differ so, if no header says which (9月当月, 1—9月累计, 上年同期)."""
    levels = [c for c in columns_of_levels(grid) if c != change]
    sample = [row for row in grid.body if (row, change) in grid.facts][:DISCOVERY_ROWS]
    tally = {pair: _told_changes(grid, change, pair, sample) for pair in permutations(levels[:DISCOVERY_COLUMNS], 2)}
    votes = {pair: sum(ok for *_, ok in found) for pair, found in tally.items()}
    best = max(votes, key=lambda pair: votes[pair], default=None)
    believed = best is not None and votes[best] >= LEAST_VOTES and votes[best] * 4 >= len(tally[best]) * 3
    return best if believed else None


def _in_points(now: Fact, then: Fact, by: Fact) -> bool:
    """Whether a change under the sign of two rates (资产负债率（%） 45.2, 46.4, 增减 1.2) is one of percentage points: it is, unless
    only the relative reading holds."""
    if not now.quantity.dimension == then.quantity.dimension == by.quantity.dimension == "ratio" or by.quantity.unit not in ("%", "％"):
        return False
    return _apart(now, then, by) or not _grown(now, then, by)


def _changed(now: Fact, then: Fact, by: Fact) -> bool:
    if by.quantity.unit in ("%", "％") and not _in_points(now, then, by):
        return _grown(now, then, by)
    return _apart(now, then, by)


def _grown(now: Fact, then: Fact, by: Fact) -> bool:
    computed = iv.growth(interval_of(now), interval_of(then))
    return computed is not None and iv.meet(computed, by.quantity.interval)


def _apart(now: Fact, then: Fact, by: Fact) -> bool:
    return iv.meet(iv.sub(interval_of(now), interval_of(then)), interval_of(by))


def _year_columns(years: Years) -> Iterator[tuple[int, int, int]]:
    """Columns (current, previous, change) that speak of the same thing."""
    for change in years.of("change"):
        about = years.subject(change)
        then = [c for c in years.of("previous") if years.subject(c) == about or not about]
        if not then:
            continue
        before = min(then, key=lambda c: abs(c - change))
        now = [c for c in years.of("current") if years.subject(c) == about or not about] or years.beside(before)
        if now:
            yield min(now, key=lambda c: (years.subject(c) != years.subject(before), abs(c - change))), before, change
