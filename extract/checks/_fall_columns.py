"""Columns of tables that tell by how much each row fell, without a sign: 2023年 37, 2024年 34, 降幅 8.1%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract import intervals as iv
from extract.checks._figures import figure, plain
from extract.checks._tables import Grid
from extract.checks._values import factor, interval_of
from extract.relations import Relation
from extract.types import Fact

ENOUGH = 3
"""So many rows have to hold before one that does not is an error."""
_FALL = re.compile(r"降幅|减幅|跌幅|下降[率幅比]|减少[率幅比]|降低[率幅比]")
_RISE = re.compile(r"[增升涨]")


def falls(grid: Grid, change: int, pair: tuple[int, int]) -> Iterator[Relation]:
    """The rows of a column that is headed as a fall, against the levels now and before; nothing where most rows do not hold so."""
    title = grid.title(change)
    if not _FALL.search(title) or _RISE.search(title):
        return
    rows = [(now, then, by) for row in grid.body if (told := _row(grid, row, change, pair)) for now, then, by in [told]]
    held = [_holds(*row) for row in rows]
    kept = sum(held)
    for (now, then, by), holds in zip(rows, held, strict=True):
        if kept >= ENOUGH and kept * 4 >= (len(rows) - 1) * 3:
            yield _relation(now, then, by, holds=holds)


def _row(grid: Grid, row: int, change: int, pair: tuple[int, int]) -> tuple[Fact, Fact, Fact] | None:
    now, then, by = (grid.facts.get((row, column)) for column in (*pair, change))
    if now is None or then is None or by is None or by.quantity.unit not in ("%", "％") or not then.quantity.value:
        return None
    return (now, then, by) if now.quantity.dimension == then.quantity.dimension and (by.quantity.value or iv.ZERO) > 0 else None


def _holds(now: Fact, then: Fact, by: Fact) -> bool:
    computed = iv.growth(interval_of(now), interval_of(then))
    return computed is not None and iv.meet(iv.negate(computed), iv.scaled(by.quantity.interval, factor(by.quantity)))


def _relation(now: Fact, then: Fact, by: Fact, *, holds: bool) -> Relation:
    before, after = then.quantity.value or iv.ZERO, now.quantity.value or iv.ZERO
    shown = plain(round((before - after) / before * 100, iv.decimals_of(by.quantity.digits) + 1))
    note = f"({figure(then.quantity)} − {figure(now.quantity)}) ÷ {figure(then.quantity)} = {shown}% {'≈' if holds else '≠'} {figure(by.quantity)}"
    return Relation(
        type="implied",
        roles={"facts": (by.id, now.id, then.id)},
        holds=holds,
        note=note if holds else f"降幅与前后数据不符：{note}",
        note_en=f"From {figure(then.quantity)} to {figure(now.quantity)} is a fall by {shown}%, stated is {figure(by.quantity)}",
    )
