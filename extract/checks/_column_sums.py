"""Totals down the columns of a table: which rows are parts of which.

Rows are set under one another by 其中, by their numbers (一、 above （一） above 1.), by the codes of subjects (201 above 20106),
by being set in; what is left over is what a 合计 adds up. Every reading is tried on all columns and believed by votes: one
that holds in other columns makes a place where it fails an error; one that holds nowhere is no reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile, zip_longest

from extract import intervals as iv
from extract.checks._codes import blocks_of, code_of, stacked
from extract.checks._divisions import OTHERS, divide
from extract.checks._tables import ASIDE, SUBTOTAL, TOTAL, Grid, Sum, asked_grids, decimals, grids, holds, likes
from extract.checks._values import interval_of
from extract.outline import han_number
from extract.relations import Context, once
from extract.types import Fact

_NUMBERED = re.compile(r"\s*[（(]?(?P<number>[一二三四五六七八九十]{1,3})[）)、.．]")
OF_WHICH = re.compile(r"^[^、]{0,4}其中")
OVERALL = re.compile(r"^全[年县市区省国镇乡州旗院局校厂部]$")
"""A row called so may be a total; it may as well stand beside rows that are only some of it (全国, 北京, 天津)."""
ADDED_UP = re.compile(r"[合总共]计|^计$|^总?[数额]$|总[和分]|汇总|得分|^全部$|^总体$")
"""What tells a total from a figure that is one by name (社会消费品零售总额)."""
STYLES = (
    re.compile(r"^[一二三四五六七八九十]+[、.．]"),
    re.compile(r"^[（(][一二三四五六七八九十]+[）)]"),
    re.compile(r"^[0-9]{1,2}[、.．](?![0-9])"),
    re.compile(r"^[（(][0-9]{1,2}[）)]|^[①-⑳]"),
)
"""Numbers before row names, from the outer to the inner rank."""
_NUMBER = re.compile(r"[一二三四五六七八九十（(0-9①-⑳]")
"""What all of them begin with."""
LONGEST_RUN = 12
"""So many rows after 其中 may be parts of the row above."""
_BALANCE = re.compile(r"结转|结余")
_ITEM = r"(?:[（(][一二三四五六七八九十\d]{1,2}[）)]|[一二三四五六七八九十\d]{1,2}[）)、.．](?!\d)|[①-⑳])"
_MERGED = re.compile(rf"[^：:]{{2,30}}?(?:[：:]\s*|\s+|(?=[（(][一二三四五六七八九十]{{1,2}}[）)]|\d{{1,2}}[.．]))(?P<item>{_ITEM}.*)$")
"""三、办理结果：（一）予以公开, （三）不予公开　1.属于国家秘密: a row that stands for its heading and for the first item under it."""
_TIMES_OF_YEAR = (
    (2, re.compile(r"[上下]半年")),
    (4, re.compile(r"第?[一二三四1-4]季度?")),
    (12, re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?")),
)
"""How many there are of each in a year, and how they are called."""
LARGE = 100
"""Two lists that come to less may do so by chance."""
FEW = 3
"""A 总计 adds so few rows at most to the 合计 above it: 结转, 结余."""
MOST_ABOVE = 40
"""So many rows up is looked for another whole of a part that exceeds its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as its label shows it. ``rank`` is that of its number (:data:`STYLES`), ``indent`` how far it is set in."""

    at: int
    label: str
    kind: str
    """"item", "total", "overall", "subtotal", "aside" (占比, 备注), or "of" (其中…)."""
    rank: int | None
    indent: int
    group: str
    """The first part of its label path where there are several; else ""."""
    path: tuple[str, ...]
    code: str = ""
    """The code of the budget's subject in front of the name, "" where there is none."""
    opens: int | None = None
    """The rank of the heading that is written before its own number in one cell: （三）不予公开：1.属于国家秘密."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A row that 其中 tells as a part of the row above; ``sure`` unless another row above could be the whole."""

    whole: Fact
    part: Fact
    sure: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """What adds up down the columns of a table."""

    sums: tuple[Sum, ...] = ()
    shares: tuple[Share, ...] = ()


@once
def columns_of(context: Context) -> dict[int, Columns]:
    """What adds up down the columns of each table, by the table's index."""
    found = dict(columns_of(context.original)) if context.original is not None else {}
    tables, asked = grids(context), {grid.index for grid in asked_grids(context)}
    for grid, following in zip_longest(tables, tables[1:]):
        if grid.index not in asked:
            continue
        added = [column for column in grid.columns if grid.added(column)]
        sums: list[Sum] = []
        shares: list[Share] = []
        for one in _sides(grid, added):
            sums.extend(one.sums)
            shares.extend(one.shares)
        if _begins_late(grid) or (following is not None and _goes_on(following)):
            sums = [one if holds(one.total, one.parts) else replace(one, sure=False) for one in sums]
        found[grid.index] = Columns(tuple(sums), tuple(shares))
    return found


def _begins_late(grid: Grid) -> bool:
    """Whether the rows begin with （四）, or with 2080505 where later ones are 210 and 21011: the first ones stand on a page that was
    read as another table, or was not read."""
    codes = [code for row in grid.body if (code := code_of(grid, row, None))]
    if codes and len(codes[0]) > min(map(len, codes)):
        return True
    labels = (part for row in list(grid.body)[:6] if row < len(grid.table.labels) for part in grid.table.labels[row])
    number = next((found for part in labels if (found := _NUMBERED.match(part))), None)
    return number is not None and han_number(number["number"]) > 1


def _goes_on(grid: Grid) -> bool:
    """Whether rows with codes stand under no header of their own: they belong to the table before."""
    return not grid.table.header_rows and any(code_of(grid, row, None) for row in grid.body)


def column_sums(context: Context) -> dict[int, tuple[Sum, ...]]:
    """The totals down the columns of each table, by the table's index."""
    return {index: found.sums for index, found in columns_of(context).items()}


def _sides(grid: Grid, added: Sequence[int]) -> Iterator[Columns]:
    """What adds up in each part of a table that stands side by side; blocks of codes are one, one under the other."""
    if blocks := blocks_of(grid, added):
        rows = [replace(row, at=row.at + n * grid.table.rows) for n, block in enumerate(blocks) for row in _rows(grid, block)]
        crowded = frozenset(stacked(dict.fromkeys(grid.crowded, None), grid, blocks))
        yield _side(replace(grid, facts=stacked(grid.facts, grid, blocks), crowded=crowded), blocks[0], rows)
        return
    for side in dict.fromkeys(grid.sides.get(column) for column in added):
        columns = [column for column in added if grid.sides.get(column) == side]
        yield _side(grid, columns, list(_rows(grid, columns)))


def _side(grid: Grid, columns: list[int], rows: Sequence[Row]) -> Columns:
    """What adds up in one part of a table. The last subjects may go on where the table was cut, unless a total is reached."""
    sums: list[Sum] = []
    shares: list[Share] = []
    claimed: dict[int, bool] = {}
    told: set[int] = set()
    cut: set[str] = set()
    for parent, chosen, last in _coded(rows):
        places = [rows[p].at for p in chosen]
        for column in columns:
            if found := _sum(grid, column, rows[parent].at, places, is_sub=True):
                # a subject of one subject below, the others left empty, is as much
                sums.append(replace(found, sure=not any((at, column) in grid.crowded for at in places)))
                cut |= {found.total.id} if last else set()
        claimed.update(dict.fromkeys(chosen, True))
        told.add(parent)
    sums = _kept(sums)
    for parent, groups in _divided_again(rows):
        again = list(_divisions(grid, columns, rows, parent, groups))
        if again:
            sums.extend(again)
            claimed.update((p, True) for group in groups for p in group)
            told |= {group[0] - 1 for group in groups}
    for parent in reversed(range(len(rows))):  # the innermost first
        readings = [] if parent in told else _children(rows, parent, claimed)
        if not readings:
            continue
        chosen, best, votes = _best(grid, columns, rows, parent, readings, is_sub=True)
        labels = [rows[p].label for p in chosen]
        # 其中：重点 and the rows of the next rank behind it are not one list
        stray = rows[chosen[0]].kind == "of" and any(rows[p].kind != "of" for p in chosen[1:]) and any(map(OTHERS.search, labels))
        divided = len(chosen) > 1 and (divide(labels) or chosen == _said_again(rows, parent)) and not stray
        if not votes and not divided:
            chosen = _unproven(rows, parent, chosen)
            shares.extend(_shares(grid, columns, rows, parent, chosen))
        if votes or divided or rows[chosen[0]].kind != "of":
            sums.extend(_trusted(best, votes, settled=divided))
        claimed.update((p, bool(votes) or divided) for p in chosen)
        told.add(parent)
    totals = list(_totals(grid, columns, rows, claimed, told))
    if cut and not any(holds(one.total, one.parts) for one in totals if len(one.parts) > 1):
        sums = [replace(one, sure=one.sure and one.total.id not in cut) for one in sums]
    return Columns((*sums, *totals), tuple(shares))


def _rows(grid: Grid, columns: Sequence[int]) -> Iterator[Row]:
    side = grid.sides.get(columns[0])
    last = ""
    for at in grid.body:
        label = grid.label(at, columns[0])
        raw, indent = grid.written(at, side)
        path = grid.path(at) if side is None else ()
        stated = any((at, column) in grid.facts or (at, column) in grid.crowded for column in columns)
        if not stated and (label == last or not label):
            continue
        last = label
        words = raw.lstrip()
        rank = rank_of(words)
        kind = row_kind(label)
        opens = None
        merged = _MERGED.match(words) if rank is not None else None
        if merged is not None:
            inner = rank_of(merged["item"])
            rank, opens = (inner, rank) if inner is not None and inner > rank else (rank, None)  # type: ignore[operator]
        if kind == "total" and len(path) > 1 and not TOTAL.search(path[0]):
            kind = "subtotal"
        group = path[0] if len(path) > 1 else ""
        yield Row(at=at, label=label, kind=kind, rank=rank, indent=indent, group=group, path=path, code=code_of(grid, at, side), opens=opens)


def rank_of(words: str) -> int | None:
    """How deep the number that words begin with is set; ``None`` where they begin with none."""
    return next((rank for rank, style in enumerate(STYLES) if style.match(words)), None) if _NUMBER.match(words) is not None else None


def row_kind(label: str) -> str:
    """What a row is by its label (:class:`Row`)."""
    if SUBTOTAL.search(label):
        return "subtotal"
    if TOTAL.search(label) and ADDED_UP.search(label):
        return "total"
    if OVERALL.match(label) or TOTAL.search(label):
        return "overall"
    return "of" if OF_WHICH.match(label) else "aside" if ASIDE.search(label) else "item"


# --- rows under a code ---------------------------------------------------------------------------------------------------


def _coded(rows: Sequence[Row]) -> Iterator[tuple[int, tuple[int, ...], bool]]:
    """Each row with a code, the rows of the next level under it (those behind it whose codes begin with its own), and whether no code
    behind them shows that they are all."""
    open_: list[tuple[int, list[int]]] = []
    for p, row in enumerate(rows):
        if not row.code or row.kind != "item":
            continue
        while open_ and not (row.code.startswith(above := rows[open_[-1][0]].code) and row.code != above):
            parent, under = open_.pop()
            if under:
                yield parent, tuple(under), False
        if open_:
            open_[-1][1].append(p)
        open_.append((p, []))
    yield from ((parent, tuple(under), True) for parent, under in reversed(open_) if under)


def _kept(sums: Sequence[Sum]) -> list[Sum]:
    """The sums of codes, sure where most of the others of the table hold."""
    kept = [holds(one.total, one.parts) for one in sums]
    return [replace(one, sure=one.sure and 2 * (sum(kept) - ok) > len(kept) - 1) for one, ok in zip(sums, kept, strict=True)]


# --- rows divided more than once -----------------------------------------------------------------------------------------


def _divided_again(rows: Sequence[Row]) -> Iterator[tuple[int, list[tuple[int, ...]]]]:
    """Each row that several lists opened by 其中 follow, with them: 常住人口 其中：城镇 乡村 其中：男性 女性."""
    p = 0
    while p + 1 < len(rows):
        run: list[int] = []
        if rows[p].kind == "item" and rows[p + 1].kind == "of":
            run = list(takewhile(lambda q: rows[q].kind in ("item", "of") and rows[q].rank is None and not rows[q].code, range(p + 1, len(rows))))
        starts = [q for q in run if rows[q].kind == "of"]
        if len(starts) > 1 and all(b - a > 1 for a, b in pairwise([*starts, run[-1] + 1])):
            yield p, [tuple(range(a, b)) for a, b in pairwise([*starts, run[-1] + 1])]
        p = run[-1] + 1 if run else p + 1


def _divisions(grid: Grid, columns: Sequence[int], rows: Sequence[Row], parent: int, groups: Sequence[tuple[int, ...]]) -> Iterator[Sum]:
    """The sums of the lists, in the columns in which two of them come to the same."""
    for column in columns:
        places = [[rows[p].at for p in group] for group in groups]
        sums = [found for each in places if (found := _sum(grid, column, rows[parent].at, each, is_sub=True)) and len(found.parts) > 1]
        added = [iv.total(interval_of(part) for part in one.parts) for one in sums]
        reached = any(holds(one.total, one.parts) for one in sums)
        if any(iv.meet(a, b) and (reached or (a.low or 0) >= LARGE) for a, b in pairwise(added)):
            yield from sums


# --- rows under a row -------------------------------------------------------------------------------------------------


def _children(rows: Sequence[Row], parent: int, claimed: dict[int, bool]) -> list[tuple[int, ...]]:
    """The readings of which rows are parts of the one at ``parent``, the likeliest first."""
    own = rows[parent]
    if own.kind in ("aside", "of", "subtotal") and own.rank is None:
        return []
    first = parent + 1
    if first == len(rows):
        return []
    found: list[tuple[int, ...]] = []
    if own.kind in ("item", "of") and rows[first].indent > own.indent:
        deeper = [p for p in _below(rows, parent, lambda row: _set_in(row, own) and row.kind in ("item", "of")) if p not in claimed]
        least = min((rows[p].indent for p in deeper if rows[p].kind == "item"), default=0)
        found += [tuple(deeper), tuple(p for p in deeper if rows[p].kind == "item" and rows[p].indent == least)]
    if own.rank is not None:
        under = _below(rows, parent, lambda row: row.kind in ("item", "of", "aside") and _under(row, own))
        under = [p for p in under if p not in claimed and rows[p].kind != "aside"]
        top = min((rank for p in under if (rank := rows[p].rank) is not None), default=None)
        found += [tuple(p for p in under if top is None or rows[p].rank == top)]
    if again := tuple(p for p in _said_again(rows, parent) if p not in claimed):
        found.append(again)
    if rows[first].kind == "of":
        run = _below(rows, parent, lambda row: row.kind in ("item", "of") and (row.rank is None or row is rows[first]), most=LONGEST_RUN)
        run = [p for p in run if p not in claimed]
        found += [tuple(run[:size]) for size in range(len(run), 0, -1)]
    return [reading for reading in dict.fromkeys(found) if len(reading) > 1 or (reading and rows[reading[0]].kind == "of")]


def _said_again(rows: Sequence[Row], parent: int) -> tuple[int, ...]:
    """The rows right below a balance that bear the names of rows above it: 年初结转和结余 of 一般公共预算拨款 and 政府性基金预算拨款."""
    if rows[parent].kind != "item" or not _BALANCE.search(rows[parent].label):
        return ()
    above = [row.label for row in rows[max(0, parent - MOST_ABOVE) : parent]]
    again = takewhile(lambda p: rows[p].kind == "item" and any(name.endswith(rows[p].label) for name in above), range(parent + 1, len(rows)))
    return tuple(again)


def _below(rows: Sequence[Row], parent: int, fits: Callable[[Row], bool], most: int | None = None) -> list[int]:
    """The rows right below one, in its group, as long as they fit."""
    own = rows[parent]
    group = ("", own.group, own.label)

    def beneath(row: Row) -> bool:
        """In the parent's group, and under no heading of its own: 三、/（三）/1. is not under 三、/（二）."""
        heads = row.path[:-1]
        return (
            row.group in group
            and (row.opens is None or own.rank is None or row.opens > own.rank)
            and (len(heads) < 2 or heads == own.path[:-1] or heads[: len(own.path)] == own.path)
        )

    return list(takewhile(lambda p: beneath(rows[p]) and fits(rows[p]), range(parent + 1, min(len(rows), parent + 1 + (most or len(rows))))))


def _under(row: Row, own: Row) -> bool:
    if row.opens is not None and own.rank is not None and row.opens <= own.rank:
        return False  # the first item under the next heading
    return row.rank is None or (own.rank is not None and row.rank > own.rank)


def _set_in(row: Row, own: Row) -> bool:
    """Whether a row is set in under another one; a number of the same rank makes both items of one list, however they are set."""
    return row.indent > own.indent and (row.rank is None or own.rank is None or row.rank > own.rank)


def _unproven(rows: Sequence[Row], parent: int, chosen: tuple[int, ...]) -> tuple[int, ...]:
    """What is surely set under a row where no column adds up: rows set in or numbered, else those that say 其中."""
    deeper = tuple(p for p in chosen if rows[p].indent > rows[parent].indent)
    if deeper or (rows[parent].rank is not None and rows[chosen[0]].kind != "of"):
        return deeper or chosen
    return tuple(p for p in chosen if rows[p].kind == "of") or chosen[:1]


def _shares(grid: Grid, columns: Sequence[int], rows: Sequence[Row], parent: int, chosen: Sequence[int]) -> Iterator[Share]:
    """其中 rows with the row above, column by column."""
    if rows[chosen[0]].kind != "of":
        return
    for p in chosen:
        sides = [(column, grid.facts.get((rows[parent].at, column)), grid.facts.get((rows[p].at, column))) for column in columns]
        beside = [(column, whole, part) for column, whole, part in sides if whole is not None and part is not None and likes((whole, part))]
        fitting = sum(_fits(part, whole) for _, whole, part in beside)
        for column, whole, part in beside:
            above = (grid.facts.get((rows[q].at, column)) for q in range(max(0, parent - MOST_ABOVE), parent))
            others = [fact for fact in above if fact is not None and likes((fact, part))]
            # where the part fits in the other columns, the row above is its whole
            proven = fitting > 0 and fitting == len(beside) - 1
            yield Share(whole=whole, part=part, sure=proven or _fits(part, whole) or not any(_fits(part, other) for other in others))


def _fits(part: Fact, whole: Fact) -> bool:
    low, high = part.quantity.interval.low, whole.quantity.interval.high
    return low is None or high is None or low <= high


# --- rows above a total -----------------------------------------------------------------------------------------------


def _totals(grid: Grid, columns: list[int], rows: Sequence[Row], claimed: dict[int, bool], told: set[int]) -> Iterator[Sum]:
    """Each total row with the rows that it may add up, as the columns vote."""
    for one in _row_readings(rows, claimed, told):
        _, best, votes = _best(grid, columns, rows, one.total, one.sets, is_sub=one.is_sub)
        yield from _trusted(best, votes, settled=one.clear)


@dataclass(frozen=True, slots=True)
class Reading:
    """A total row and the sets of rows that it may add up, the likeliest first; ``clear`` if no other than the first can be meant."""

    total: int
    sets: list[tuple[int, ...]]
    is_sub: bool
    clear: bool


def _row_readings(rows: Sequence[Row], claimed: dict[int, bool], told: set[int]) -> Iterator[Reading]:
    block: list[int] = []
    group: list[int] = []
    subtotals: list[int] = []
    loose: list[int] = []
    above: int | None = None
    unclear = False
    for position, row in enumerate(rows):
        if row.kind in ("aside", "of"):
            unclear |= not claimed.get(position, False)
        elif row.kind == "item":
            for members in (block, group, loose):
                members.append(position)
            unclear |= not claimed.get(position, True)
        elif row.kind == "subtotal":
            before = tuple(p for p in group if p not in claimed)
            after = tuple(_until(position + 1, rows, stop=("total", "overall", "subtotal")))
            same = tuple(p for p in before if row.group and rows[p].group == row.group)
            if sets := _distinct(same, before, tuple(group), after):
                yield Reading(position, sets, is_sub=True, clear=False)
            subtotals.append(position)
            del loose[len(loose) - len(group) :]
            group = []
        else:
            if block or subtotals:
                yield from _after(rows, position, block, subtotals, loose, above, claimed, unclear=unclear)
                above = position if row.kind == "total" else above
                block, group, subtotals, loose = [], [], [], []
                unclear = False
            elif position not in told:
                yield from _before(rows, position, claimed)


def _after(
    rows: Sequence[Row],
    total: int,
    block: Sequence[int],
    subtotals: Sequence[int],
    loose: Sequence[int],
    above: int | None,
    claimed: dict[int, bool],
    *,
    unclear: bool,
) -> Iterator[Reading]:
    """A total below the rows that it adds up: subtotals and what stands in none, or all rows that are under no other."""
    block = _from_rank(block, rows, rows[total].rank)
    top = tuple(p for p in block if p not in claimed)
    free = tuple(p for p in loose if p not in claimed)
    sets = [(*subtotals, *free), tuple(subtotals), top, (*subtotals, *loose), tuple(block), _outermost(block, rows)]
    # 总计 = 本年收入合计 + 年初结转
    lifted = above is not None and not subtotals and rows[total].label != rows[above].label
    if above is not None:
        sets = [(above, *top), *sets] if lifted else [*sets, (above, *block)]
    sets = _distinct(*sets) if not top or not all(rows[p].code for p in top) else [top]
    if sets:
        only = len(sets) == 1 or (lifted and len(block) <= FEW)
        # 一、 and 二、, what is set under them taken out
        sorted_ = top == sets[0] and (top == _outermost(top, rows) or any(p in claimed for p in block))
        named = rows[total].kind == "total" or _make_the_year(rows[p].label for p in sets[0])
        yield Reading(total, sets, is_sub=False, clear=(only or sorted_) and not unclear and named)


def _make_the_year(labels: Iterable[str]) -> bool:
    """Whether rows are the quarters, the halves or the months of a year, each told once: 全年 below them is their sum."""
    told = list(labels)
    return len(set(told)) == len(told) and any(len(told) == count and all(map(name.fullmatch, told)) for count, name in _TIMES_OF_YEAR)


def _from_rank(block: Sequence[int], rows: Sequence[Row], rank: int | None) -> Sequence[int]:
    """What a total with a number of its own, （七）总计, may add up: not the rows up to the last one of an outer rank, 一、 and 二、,
    unless there are none behind it."""
    if rank is None:
        return block
    outer = next((n for n in range(len(block) - 1, -1, -1) if (own := rows[block[n]].rank) is not None and own < rank), None)
    found = block if outer is None else block[outer + 1 :]
    return found or block


def _before(rows: Sequence[Row], total: int, claimed: dict[int, bool]) -> Iterator[Reading]:
    """A total above the rows that it adds up."""
    below = tuple(_until(total + 1, rows, stop=("total", "overall")))
    free = tuple(p for p in below if p not in claimed)
    sets = _distinct(tuple(p for p in below if rows[p].kind == "subtotal"), free, below, _outermost(below, rows))
    if sets:
        between = range(total + 1, below[-1] + 1)
        unclear = any(rows[p].kind in ("of", "aside") or not claimed.get(p, True) for p in between)
        yield Reading(total, sets, is_sub=False, clear=len(sets) == 1 and not unclear and rows[total].kind == "total")


def _distinct(*sets: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [found for found in dict.fromkeys(sets) if found]


def _outermost(rows_: Sequence[int], rows: Sequence[Row]) -> tuple[int, ...]:
    """The rows whose names carry the outermost kind of number, if some do and some do not."""
    top = min((rank for p in rows_ if (rank := rows[p].rank) is not None), default=None)
    return () if top is None else tuple(p for p in rows_ if rows[p].rank == top)


def _until(position: int, rows: Sequence[Row], stop: tuple[str, ...]) -> Iterator[int]:
    while position < len(rows) and rows[position].kind not in stop:
        if rows[position].kind not in ("aside", "of"):
            yield position
        position += 1


# --- votes ------------------------------------------------------------------------------------------------------------


def _best(
    grid: Grid, columns: Sequence[int], rows: Sequence[Row], total: int, readings: Sequence[tuple[int, ...]], *, is_sub: bool
) -> tuple[tuple[int, ...], list[Sum], int]:
    """The reading that holds in the most columns (the first of those that hold in none), its sums, and in how many they hold."""
    chosen: tuple[int, ...] = readings[0]
    best: list[Sum] = []
    best_votes = (-1, 0)
    for reading in readings:
        parts = [rows[p].at for p in reading]
        sums = [found for column in columns if (found := _sum(grid, column, rows[total].at, parts, is_sub))]
        votes = (sum(holds(s.total, s.parts) for s in sums), -len(sums))
        if sums and votes > best_votes:
            chosen, best, best_votes = reading, sums, votes
    return chosen, best, max(best_votes[0], 0)


def _trusted(sums: Sequence[Sum], votes: int, *, settled: bool) -> Iterator[Sum]:
    """The sums of a reading, sure where the other columns or the words leave no doubt."""
    for found in sums:
        others = votes - holds(found.total, found.parts)
        trusted = found.sure and (settled or others > 0) and (others * 2 >= len(sums) - 1 or len(sums) <= 2)
        yield replace(found, sure=trusted)


def _sum(grid: Grid, column: int, total_row: int, rows: Sequence[int], is_sub: bool) -> Sum | None:
    total = grid.facts.get((total_row, column))
    parts = tuple(grid.facts[row, column] for row in rows if (row, column) in grid.facts)
    if total is None or not parts or not likes((total, *parts)):
        return None
    missing = any((row, column) in grid.crowded for row in rows)
    return Sum(total=total, parts=parts, column=column, sure=not missing and len(parts) > 1, subtotal=is_sub, decimals=decimals((total, *parts)))
