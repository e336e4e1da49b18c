"""What the words in a row of a table say of its amounts: 年初预算60万元，7月追加28万元 beside a budget of 88, 发放补贴资金247.56万元 beside
298.17 that were spent, 16.94万元结转下年 of 205 of which 188.06 were.

The row has one budget and one amount spent by the headers of its columns; a remark stands in a cell of words of the same row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extract import intervals as iv
from extract.checks._keys import in_sentence
from extract.checks._rates import smaller
from extract.checks._slips import LONG, mended, significant
from extract.checks._tables import NOT_ADDED, Grid, grids
from extract.relations import Context, Relation, once
from extract.types import Fact

_BUDGET = re.compile(r"预算数?$|预算(?:金额|资金|安排)|资金总额")
_FIRST = re.compile(r"年初")
_SPENT = re.compile(r"支出|执行数|决算|到位并支付")
_GIVEN = re.compile(r"年初(?:预算|安排)[^，。；\d]{0,4}$")
_ADDED = re.compile(r"(?:追加|调增|增加)(?:预算|资金|安排)?$")
_PAID = re.compile(r"(?:发放|支付|兑付|拨付|兑现)[^，。；\d]{0,8}(?:资金|补贴|补助|补偿|奖补|工资|报酬|款)$")
_NOT_OF_IT = re.compile(r"累计|贷款|以来|历年|撬动|带动|社会资本|自筹|配套|保险|理赔|税")
_KEPT = re.compile(r"(?:结转|结余|未支付|尚未支付|剩余)[^，。；\d]{0,6}$")
_KEPT_BEHIND = re.compile(r"^(?:结转|结余|未支付|尚未支付|待支付|转入?下年)")


@dataclass(frozen=True, slots=True)
class _Row:
    """The amounts of a row, and those that stand among words in it, in text order."""

    budget: Fact
    spent: Fact | None
    told: tuple[Fact, ...]


def added_later(context: Context) -> Iterator[Relation]:
    """What was given at the beginning of the year and what was added, against the budget of the row."""
    for row in _rows(context):
        for first, more in pairwise(row.told):
            said = first.sentence == more.sentence and _GIVEN.search(context.before(first, first.clause)) is not None
            if said and _ADDED.search(context.before(more, more.clause)) is not None:
                holds = iv.meet(iv.total((first.quantity.interval, more.quantity.interval)), row.budget.quantity.interval)
                sure = holds or mended(row.budget.quantity, (first.quantity, more.quantity))
                yield Relation(type="sum", roles={"total": (row.budget.id,), "parts": (first.id, more.id)}, certain=sure)


def kept(context: Context) -> Iterator[Relation]:
    """What is told to be left of the budget of a row, where it is just that."""
    for row in _rows(context):
        for fact in row.told:
            after = context.after(fact, fact.sentence)
            said = _KEPT.search(context.before(fact, fact.clause)) is not None or _KEPT_BEHIND.match(after) is not None
            if said and row.spent is not None and len(significant(fact)) >= LONG:
                left = iv.sub(row.budget.quantity.interval, row.spent.quantity.interval)
                if iv.meet(fact.quantity.interval, left):
                    yield Relation(type="diff", roles={"result": (fact.id,), "minuend": (row.budget.id,), "subtrahend": (row.spent.id,)})


def paid(context: Context) -> Iterator[tuple[Fact, Fact]]:
    """What was spent in a row with what of it was paid for one thing; what exceeds even the budget is no payment of it in doubt."""
    for row in _rows(context):
        for fact in row.told:
            said = _PAID.search(context.before(fact, fact.clause)) is not None and _NOT_OF_IT.search(fact.clause.of(context.text)) is None
            if said and row.spent is not None and (not smaller(row.spent, fact) or smaller(row.budget, fact)):
                yield row.spent, fact


@once
def _rows(context: Context) -> tuple[_Row, ...]:
    """The rows that have one budget and amounts among words."""
    told: dict[tuple[int, int], list[Fact]] = {}
    for fact in context.facts:
        if fact.cell is not None and fact.quantity.dimension == "money" and fact.quantity.bound == "=" and in_sentence(fact):
            told.setdefault((fact.cell.table, fact.cell.row), []).append(fact)
    by_index = {grid.index: grid for grid in grids(context)} if told else {}
    found: list[_Row] = []
    for (table, row), facts in told.items():
        grid = by_index.get(table)
        budget = _amount(grid, row, _BUDGET) if grid is not None and row in grid.body else None
        if grid is not None and budget is not None:
            found.append(_Row(budget, _amount(grid, row, _SPENT), tuple(facts)))
    return tuple(found)


def _amount(grid: Grid, row: int, words: re.Pattern[str]) -> Fact | None:
    """The figure of the first column of that name, 年初预算数 only where there is no other; ``None`` for none."""
    columns = [c for c in grid.columns if words.search(grid.title(c)) and not NOT_ADDED.search(grid.title(c)) and (row, c) in grid.facts]
    columns.sort(key=lambda c: _FIRST.search(grid.title(c)) is not None)
    found = [fact for c in columns if (fact := grid.facts[row, c]).quantity.dimension == "money" and not in_sentence(fact)]
    return found[0] if found else None
