"""Differences between two columns of a row that prose names: 机耕路…比设计多0.26公里, and 机耕路 | 设计量 14.80 | 完成量 15.06.

The words behind 比 begin the header of one column; the other one is the only column of that measure, or the only one whose header shares
its words (应巡次数, 实巡次数).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._rows_named import rows_named
from extract.checks._slips import mended
from extract.checks._tables import NOT_ADDED, Grid
from extract.checks._words import bare, bigrams
from extract.relations import Context, Relation
from extract.types import Fact

_THAN = re.compile(r"(?:比|较)(?P<what>[^，。；：、\d比较]{2,8}?)(?:数|量)?(?:(?P<less>少|低|减少|核减)|多|超出?|增加|高)了?$")
_OTHER = re.compile(r"[上去]年|同期|上月|上季|年初|平均|全[省市县区]")


def row_differences(context: Context) -> Iterator[Relation]:
    """The differences that prose tells of the rows that it names."""
    for fact in context.facts:
        if fact.cell is not None or fact.quantity.bound != "=" or fact.quantity.value is None:
            continue
        before = context.before(fact, fact.clause)
        said = _THAN.search(bare(before)) if "比" in before or "较" in before else None
        if said is None or _OTHER.search(said["what"]):
            continue
        words = bare(context.before(fact, fact.sentence))
        pairs = [pair for grid, row in rows_named(context, words) for pair in _pairs(grid, row, said["what"], fact)]
        if len(pairs) == 1:
            base, other = pairs[0]
            # a fall is told below zero where it is read as a change
            down = said["less"] is not None and fact.quantity.value > 0
            high, low = (base, other) if down else (other, base)
            roles = {"result": (fact.id,), "minuend": (high.id,), "subtrahend": (low.id,)}
            sure = bool(high.quantity.unit) and mended(high.quantity, [fact.quantity, low.quantity])
            yield Relation(type="diff", roles=roles, certain=sure)


def _pairs(grid: Grid, row: int, what: str, fact: Fact) -> Iterator[tuple[Fact, Fact]]:
    """The figure of the column that is named, and the one that it is compared with."""
    heads = {c: bare(grid.header(c)[-1]) for c in grid.columns if grid.header(c) and (row, c) in grid.facts and not NOT_ADDED.search(grid.title(c))}
    alike = {c: head for c, head in heads.items() if grid.facts[row, c].quantity.dimension == fact.quantity.dimension}
    for base in [c for c, head in alike.items() if head.startswith(what)]:
        others = [c for c in alike if c != base]
        near = [c for c in others if bigrams(alike[c]) & bigrams(alike[base])] if len(others) > 1 else others
        if len(near) == 1:
            yield grid.facts[row, base], grid.facts[row, near[0]]
