"""Columns of rates and shares, and the columns of a table that they are computed from.

The words of a header propose the columns; the rows vote. Where no words help, a rate column is held against every pair of
columns on some rows, and a pair is believed if most of them agree.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, permutations

import regex

from extract import intervals as iv
from extract.checks._tables import TOTAL, Grid, asked_grids
from extract.checks._values import interval_of
from extract.checks._year_columns import GROWTH
from extract.relations import Context, Relation
from extract.types import Fact

RATE = re.compile(r"率|进度|占比|比重|比例|百分比|%|％")
_SHARE_OF = regex.compile(r"占(?P<what>[\p{IsHan}]{2})")
"""The first two characters of what a share is of: 占新收案件比重 is of the column 新收（件）."""
SHARE = re.compile(r"占比|比重|比例|构成|占总|占全|百分比")
SPENT = re.compile(r"支出|执行数|决算|支付|已用|使用|执行金额|完成数")
BUDGET = re.compile(r"预算|指标|批复|下达|安排|到位")
DONE = re.compile(r"完成|实际|实绩|办结|整改|结案|已|合格|到位|实现")
PLANNED = re.compile(r"目标|计划|任务|应|指标值|总数|总量|受理|排查|发现|立案|抽查|检查")
INITIAL = re.compile(r"年初(?:部门)?预算|年初批复|年初安排|期初预算|年初数")
ADJUSTMENT = re.compile(r"调整数|调整金额|调整额|预算调整$|追加|调增|年中调整|调剂")
FULL = re.compile(r"全年预算|调整后|调整预算数")
_RATE_OF = re.compile(r"(?P<what>[一-龥]{2,4}?)[比]?率(?:[（(]?[%％][）)]?)?$")
_DUE = re.compile(r"^应")
_REAL = re.compile(r"^(?:实|已)")
DISCOVERY_ROWS = 24
DISCOVERY_COLUMNS = 9
LEAST_VOTES = 3
"""So many rows at least must say which columns belong together, where no words do."""
_OF_MONEY = re.compile(r"执行|支出|预算|支付|使用|进度")


def ratios(context: Context) -> Iterator[Relation]:
    """Rates in tables against the columns (or the total row) that they are computed from."""
    for grid in asked_grids(context):
        plain = columns_of_levels(grid)
        for rate in grid.columns:
            if not RATE.search(grid.title(rate)) or GROWTH.search(grid.title(rate)) or not _is(grid, rate, rates=True):
                continue
            if SHARE.search(grid.title(rate)):
                yield from _shares(grid, rate, plain)
            else:
                yield from _rates(grid, rate, plain)


def columns_of_levels(grid: Grid) -> list[int]:
    """The columns that are no rates by their headers and figures."""
    return [c for c in grid.columns if not RATE.search(grid.title(c)) and _is(grid, c, rates=False)]


def _is(grid: Grid, column: int, *, rates: bool) -> bool:
    facts = [grid.facts[row, column] for row in islice(grid.body, 200) if (row, column) in grid.facts]
    marked = sum(fact.kind == "rate" or fact.quantity.dimension in ("ratio", "percentage") for fact in facts)
    return bool(facts) and (marked * 2 > len(facts)) is rates


def _rates(grid: Grid, rate: int, plain: list[int]) -> Iterator[Relation]:
    pairs = list(_named(grid, rate, plain))
    rows = [row for row in grid.body if (row, rate) in grid.facts]
    tally = {pair: _votes(grid, rate, pair, rows) for pair in pairs}
    most = max((passes for passes, _ in tally.values()), default=0)
    if len(rows) > 2 and most * 4 < len(rows) * 3:
        # of 计划, 实测 and 合格 the words allow the first for the base, and most rows say the second
        sample = rows[:DISCOVERY_ROWS]
        tried = {pair: _votes(grid, rate, pair, sample) for pair in permutations(plain[:DISCOVERY_COLUMNS], 2)}
        voted = {pair: votes for pair, votes in tried.items() if votes[0] >= LEAST_VOTES and votes[0] * 4 >= votes[1] * 3 and votes[0] > most + 1}
        if voted or not most:
            pairs, tally = list(voted), voted
    if not pairs:
        return
    pairs.sort(key=lambda pair: -tally[pair][0])
    best = pairs[0]
    passes, seen = tally[best]
    named = any(SPENT.search(grid.title(n)) and BUDGET.search(grid.title(d)) for n, d in [best])
    # 落实 may be counted otherwise than the two columns beside say: the name alone needs half of the rows
    trusted = passes * 2 >= seen or best not in _tied(grid, rate, plain)
    for row in rows:
        relation = _ratio(grid, row, rate, best, tuple(d for n, d in pairs[1:] if n == best[0]))
        if relation is not None:
            n, d, r = (grid.facts[row, c] for c in (*best, rate))
            others = passes - _holds(r, n, d, _adjustment(grid, row, best[1], n))
            yield replace(
                relation,
                siblings=others if others == seen - 1 else 0,
                certain=trusted and ((others > 0 and others * 2 >= seen - 1) or (named and seen == 1)),
            )


def _named(grid: Grid, rate: int, plain: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of columns (numerator, denominator) that the header words allow, the likeliest first."""
    title = grid.title(rate)
    upper, lower = (ADJUSTMENT, INITIAL) if "调整率" in title else (SPENT, BUDGET) if _OF_MONEY.search(title) else (DONE, PLANNED)
    parent = grid.header(rate)[:-1]
    above = [c for c in plain if upper.search(grid.title(c)) and not (upper is SPENT and "预算" in grid.header(c)[-1])]
    below = [c for c in plain if lower.search(grid.title(c)) and c not in above and not ADJUSTMENT.search(grid.title(c))]
    # the total of several columns of spending stands for all of them
    above.sort(key=lambda c: (not TOTAL.search(grid.header(c)[-1]), abs(c - rate)))
    below.sort(key=lambda c: (not FULL.search(grid.title(c)), grid.header(c)[:-1] != parent, abs(c - rate)))
    for d in below:
        for n in above:
            yield n, d
    for n, d in _tied(grid, rate, plain):
        if d not in below or n not in above:
            yield n, d


def _tied(grid: Grid, rate: int, plain: list[int]) -> Iterator[tuple[int, int]]:
    """落实率 beside 毕业生数 and 落实人数, 参检率 beside 应检人数 and 实检人数: the name of the rate is in that of what it counts."""
    last = {c: grid.header(c)[-1] if grid.header(c) else "" for c in (rate, *plain)}
    named = _RATE_OF.search(last[rate])
    if named is None:
        return
    due = [c for c in plain if _DUE.match(last[c])]
    real = [c for c in plain if _REAL.match(last[c])]
    counted = [c for c in plain if named["what"] in last[c] and c not in due]
    others = [c for c in plain if c < rate and c not in counted and c not in real]
    for n in counted or real:
        for d in due or (others if len(others) == 1 else ()):
            yield n, d


def _votes(grid: Grid, rate: int, pair: tuple[int, int], rows: list[int]) -> tuple[int, int]:
    passes = seen = 0
    for row in rows:
        facts = [grid.facts.get((row, c)) for c in (rate, *pair)]
        if all(facts):
            r, n, d = (fact for fact in facts if fact is not None)
            if _comparable(n, d):
                seen += 1
                passes += _holds(r, n, d, _adjustment(grid, row, pair[1], n))
    return passes, seen


def _comparable(n: Fact, d: Fact) -> bool:
    a, b = n.quantity, d.quantity
    # 毕业生数 says no unit, 落实人数 does: whole numbers that count
    return a.dimension == b.dimension or ({a.dimension, b.dimension} == {"", "count"} and a.scale == b.scale)


def _holds(r: Fact, n: Fact, d: Fact, more: Fact | None = None) -> bool:
    whole = interval_of(d)
    for base in (whole,) if more is None else (whole, iv.add(whole, interval_of(more))):
        quotient = iv.ratio(interval_of(n), base)
        stated = r.quantity.interval
        if quotient is not None and (iv.meet(iv.percent(quotient), stated) or (r.quantity.unit == "" and iv.meet(quotient, stated))):
            return True
    return False


def _adjustment(grid: Grid, row: int, base: int, like: Fact) -> Fact | None:
    """What the first budget in column ``base`` was adjusted by, if the table prints it beside: the definition then divides by both (T7)."""
    if not INITIAL.search(grid.title(base)) or any(FULL.search(grid.title(c)) for c in grid.columns):
        return None
    found = (grid.facts[row, c] for c in grid.columns if (row, c) in grid.facts and ADJUSTMENT.search(grid.title(c)))
    return next((fact for fact in found if _comparable(like, fact) and fact is not like), None)


def _ratio(grid: Grid, row: int, rate: int, pair: tuple[int, int], others: tuple[int, ...]) -> Relation | None:
    r, n, d = (grid.facts.get((row, c)) for c in (rate, *pair))
    if r is None or n is None or d is None or not _comparable(n, d) or r.kind == "target":
        return None
    also = [grid.facts[row, c] for c in dict.fromkeys(others) if (row, c) in grid.facts]
    more: list[tuple[str, ...]] = [(fact.id,) for fact in also if _comparable(n, fact)]
    adjustment = _adjustment(grid, row, pair[1], n)
    if adjustment is not None:
        more.insert(0, (d.id, adjustment.id))
    return Relation(type="ratio", roles={"rate": (r.id,), "num": (n.id,), "den": (d.id,)}, others=tuple(more))


def _shares(grid: Grid, share: int, plain: list[int]) -> Iterator[Relation]:
    """占比: a figure against that of the total row, of the column that the share names (占新收案件比重), else of that which holds in most
    rows, else of the one to the left."""
    left = [c for c in plain if c < share]
    of = _SHARE_OF.search(grid.title(share))
    named = [c for c in left if of is not None and grid.title(c).startswith(of["what"])]
    tried = [shares for c in named or left if (shares := _shares_of(grid, share, c))]
    if not tried:
        return
    found = max(reversed(tried), key=lambda shares: sum(holds for *_, holds in shares))
    passes = sum(holds for *_, holds in found)
    for rate, part, whole, holds in found:
        others = passes - holds
        if passes and _comparable(part, whole):
            roles = {"rate": (rate.id,), "num": (part.id,), "den": (whole.id,)}
            siblings = others if others == len(found) - 1 else 0
            yield Relation(type="ratio", roles=roles, certain=others > 0 and others * 2 >= len(found) - 1, siblings=siblings)


def _shares_of(grid: Grid, share: int, value: int) -> list[tuple[Fact, Fact, Fact, bool]]:
    """Each share with its figure in the column ``value``, that of the total row, and whether it is so; [] without one total row.

    Where no row is called so, each row that is 100% is the whole of those below it (常住人口 100.0 其中：城镇 63.6 乡村 36.4).
    """
    told = [row for row in grid.body if (row, share) in grid.facts and (row, value) in grid.facts]
    totals = [row for row in grid.body if TOTAL.search(grid.label(row)) and (row, value) in grid.facts]
    if not totals:
        totals = [row for row in told if grid.facts[row, share].quantity.value == iv.HUNDRED]
        wholes = {row: totals[at - 1] for row in told if (at := bisect_right(totals, row))}
    else:
        wholes = dict.fromkeys(told, totals[0]) if len(totals) == 1 else {}
    rows = [row for row in told if wholes.get(row, row) != row]
    found = [(grid.facts[row, share], grid.facts[row, value], grid.facts[wholes[row], value]) for row in rows]
    return [(rate, part, whole, _holds(rate, part, whole)) for rate, part, whole in found]
