"""How the rows and columns of a table hang together: which rows total which, which columns belong to one sum.

A table rarely says what it adds up, so that every reading is tried on all columns (or rows) and believed by votes: a
reading that holds elsewhere in the table makes a place where it fails an error; one that holds nowhere is no reading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import regex

from extract import intervals as iv
from extract.checks._values import interval_of
from extract.checks._words import bare
from extract.relations import Context, Relation, once
from extract.types import Cell, Document, Fact, Table

TOTAL = re.compile(
    r"(?:合计|总计|共计|总和|汇总|总数|总额|总分|综合得分|总得分|得分合计)(?:数|额|得分|分值)?$"
    r"|^(?:合计|总计|共计|计|全部|总体)$|^(?:合计|总计)"
)
SUBTOTAL = re.compile(r"小计")
ASIDE = re.compile(
    r"^(?:其中|含|#|＃|\*|注|备注|说明|附|占|比重|同比|增长|增幅|增减|比上年|上年(?!结转|结余)|去年|上期|平均|人均|均值|[^、]{0,4}其中[:：]?)"
    r"|占比|平均|增长率|增减率|同比"
)
NOT_ADDED = re.compile(
    r"率|占比|比重|比例|平均|均|每|单价|标准|排名|名次|位次|增速|增长|增幅|增减(?![额数量])|同比|环比|指数|序号|编号|年份|行次|等级|%|％|‰|温度|浓度|价格(?!分)"
)
_ADDED_KINDS = frozenset({"level", "delta", "target", "score", "max_score"})
_NEVER_ADDED = frozenset({"ratio", "percentage_point", "temperature"})
_FIGURE = regex.compile(r"^(?!\d{1,2}[.．、]\s*\p{IsHan})[（(]?[-−–+±≥≤><约近]?[0-9０-９][0-9０-９,，.．]*[%％‰]?[^0-9]{0,4}$")
_SCORED = re.compile(r"总分|得分")
_LONGEST_NAME = 24
_SPACES = " \u3000\xa0"
_WIDEST_INDENT = 24
_LONGEST_RUN = 6
"""So many columns behind a total at most are tried as its parts, where all of them are not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table as its checks see it: the one fact of each cell, the texts, and which columns are added up."""

    index: int
    table: Table
    facts: dict[tuple[int, int], Fact]
    crowded: frozenset[tuple[int, int]]
    """Cells that hold several facts, or digits that no fact stands for."""
    texts: dict[tuple[int, int], str]
    columns: tuple[int, ...]
    """Columns of figures, in order."""
    sides: dict[int, int]
    """For columns on the right side of a two-sided table (收入 | 支出): the column that holds their labels."""
    indents: dict[tuple[int, int], int]
    """How many spaces stand before the words of a cell, where there are any."""

    headers: tuple[tuple[str, ...], ...]
    """The bare words of each column's header path."""
    paths: tuple[tuple[str, ...], ...]
    """The plain words of each row's label path."""

    @property
    def body(self) -> range:
        return range(self.table.header_rows, self.table.rows)

    def header(self, column: int) -> tuple[str, ...]:
        return self.headers[column] if column < len(self.headers) else ()

    def title(self, column: int) -> str:
        """The header path of a column as one string."""
        return "/".join(self.header(column))

    def label(self, row: int, column: int | None = None) -> str:
        """What a row is about: the end of its label path, or on the right side of a two-sided table the text there."""
        side = None if column is None else self.sides.get(column)
        if side is not None:
            return self.texts.get((row, side), "") or self._before(row, side)
        path = self.path(row)
        return path[-1] if path else ""

    def _before(self, row: int, side: int) -> str:
        """What stands where the codes of a block do: 公用经费合计."""
        codes = takewhile(lambda c: self.table.roles[c] == "index", range(side - 1, -1, -1))
        words = (_plain(self.table.text_at(row, c)) for c in codes)
        return next((text for text in words if text and not _FIGURE.match(text)), "")

    def written(self, row: int, side: int | None) -> tuple[str, int]:
        """The label of a row as it is written, with its number, and how far it is set in."""
        if side is not None:
            return self.table.text_at(row, side), self.indents.get((row, side), 0)
        path = self.table.labels[row] if row < len(self.table.labels) else ()
        last = next((c for c in range(self.table.label_columns - 1, -1, -1) if self.texts.get((row, c))), 0)
        return (path[-1], self.indents.get((row, last), 0)) if path else ("", 0)

    def path(self, row: int) -> tuple[str, ...]:
        return self.paths[row] if row < len(self.paths) else ()

    def added(self, column: int) -> bool:
        """Whether the figures of a column are of the kind that is added up."""
        return not NOT_ADDED.search(self.title(column).rsplit("/", 1)[-1])


@once
def grids(context: Context) -> tuple[Grid, ...]:
    """All tables of the document that hold figures."""
    if context.original is not None:
        return tuple(_corrected(grid, context) for grid in grids(context.original))
    return tuple(_grid(n, context.document, found) for n, found in sorted(_cells(context).items()))


@once
def asked_grids(context: Context) -> tuple[Grid, ...]:
    """The tables of which relations are asked for."""
    return tuple(grid for grid in grids(context) if context.asks(grid.facts.values()))


def _corrected(grid: Grid, context: Context) -> Grid:
    """The table with the facts of a corrected context; as it is where none of its own was put right."""
    if not context.asks(grid.facts.values()):
        return grid
    return replace(grid, facts={place: context.by_id[fact.id] for place, fact in grid.facts.items()})


def _cells(context: Context) -> dict[int, dict[tuple[int, int], tuple[Fact, ...]]]:
    """The facts of each cell, by table, row and column."""
    cells: dict[int, dict[tuple[int, int], tuple[Fact, ...]]] = {}
    for cell, facts in context.by_cell.items():
        cells.setdefault(cell.table, {})[cell.row, cell.column] = facts
    return cells


def _grid(index: int, document: Document, found: dict[tuple[int, int], tuple[Fact, ...]]) -> Grid:
    table = document.tables[index]
    one = {place: facts[0] for place, facts in found.items() if len(facts) == 1}
    texts = {(cell.row, cell.column): _plain(cell.text) for cell in table.cells}
    crowded = {place for place, facts in found.items() if len(facts) > 1}
    crowded |= {place for place, text in texts.items() if place not in one and _FIGURE.match(text)}
    columns = tuple(sorted({column for row, column in found if row >= table.header_rows}))
    sides = _sides(table, texts, columns, frozenset(one))
    indents = {_place(cell): indent for cell in table.cells if (indent := _indent(document, cell, cell.column < table.label_columns))}
    return Grid(
        index=index,
        table=table,
        facts=one,
        crowded=frozenset(crowded),
        texts=texts,
        columns=columns,
        sides=sides,
        indents=indents,
        headers=tuple(tuple(map(bare, path)) for path in table.headers),
        paths=tuple(tuple(map(_plain, path)) for path in table.labels),
    )


def _indent(document: Document, cell: Cell, label: bool) -> int:
    """The spaces before a cell's words, wide ones twice; 0 unless they follow the edge of the cell, and before a figure that is no
    ``label`` (80—89分 is one)."""
    if not len(cell.span):
        return 0
    start = document.source_start(cell.span)
    if not start or document.source[start - 1] not in _SPACES or (not label and _FIGURE.match(bare(cell.text))):
        return 0
    before = document.source[max(0, start - _WIDEST_INDENT) : start]
    spaces = before[len(before.rstrip(_SPACES)) :]
    edge = before[: len(before) - len(spaces)][-1:]
    return sum(2 if space == "\u3000" else 1 for space in spaces) if not edge or edge in "\n\t|>" else 0


def _plain(words: str) -> str:
    """Bare words, without the marks of Markdown that make them bold."""
    return bare(words.strip().strip("*"))


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column


def _sides(table: Table, texts: dict[tuple[int, int], str], columns: tuple[int, ...], figures: frozenset[tuple[int, int]]) -> dict[int, int]:
    """Where figures stand to the right of another column of words that is full of row names, those columns and it; ``figures`` are
    the cells that hold one (0.1229千克/千瓦时)."""
    words: dict[int, int] = {}
    filled: dict[int, int] = {}
    for (row, column), text in texts.items():
        if row >= table.header_rows and text:
            filled[column] = filled.get(column, 0) + 1
            words[column] = words.get(column, 0) + (len(text) <= _LONGEST_NAME and (row, column) not in figures and not _FIGURE.match(text))
    names = [c for c, count in sorted(words.items()) if count * 5 >= filled[c] * 4 and filled[c] * 2 >= table.rows - table.header_rows]
    right = [c for c in names if c > min(columns, default=0) and c >= table.label_columns]
    return {column: right[before - 1] for column in columns if (before := bisect_left(right, column))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """A table with all facts of each cell, for tables whose cells are sentences."""

    headers: tuple[tuple[str, ...], ...]
    columns: tuple[int, ...]
    cells: dict[tuple[int, int], tuple[Fact, ...]]
    texts: dict[tuple[int, int], str]
    body: range


def crowds(context: Context) -> Iterator[Crowd]:
    """The same tables as :func:`grids`, with every fact of every cell."""
    told = _cells(context)
    for grid in grids(context):
        rows = grid.body
        cells = {place: facts for place, facts in told[grid.index].items() if place[0] in rows}
        headers = tuple(grid.header(column) for column in range(grid.table.columns))
        yield Crowd(headers=headers, columns=tuple(sorted({c for _, c in cells})), cells=cells, texts=grid.texts, body=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A total and its parts in a table. ``sure`` if the structure is beyond doubt."""

    total: Fact
    parts: tuple[Fact, ...]
    column: int
    sure: bool
    subtotal: bool
    decimals: int | None
    exact: bool = False
    """Whether the figures are points, printed as awarded: those of the other rows come to their totals to the last digit."""

    @property
    def relation(self) -> Relation:
        if len(self.parts) == 1:
            return Relation(type="same", roles={"facts": (self.parts[0].id, self.total.id)}, certain=self.sure)
        roles = {"total": (self.total.id,), "parts": tuple(part.id for part in self.parts)}
        return Relation(type="sum", roles=roles, certain=self.sure, decimals=self.decimals, exact=self.exact)


def holds(total: Fact, parts: Iterable[Fact]) -> bool:
    """Whether the parts reach the total within rounding."""
    return iv.meet(interval_of(total), iv.total(interval_of(part) for part in parts))


def likes(facts: Sequence[Fact]) -> bool:
    """Whether figures can be added up: one dimension, and kinds that add."""
    dimensions = {fact.quantity.dimension for fact in facts}
    return len(dimensions) == 1 and not dimensions & _NEVER_ADDED and all(fact.kind in _ADDED_KINDS for fact in facts)


def decimals(facts: Iterable[Fact]) -> int | None:
    """The precision of siblings (T3): the most decimals, if at least two of them print any."""
    places = [iv.decimals_of(fact.quantity.digits) for fact in facts]
    return max(places) if sum(place > 0 for place in places) > 1 else None


# --- along the rows ---------------------------------------------------------------------------------------------------


@once
def row_sums(context: Context) -> tuple[Sum, ...]:
    """The totals along the rows of the tables that are asked for: a column headed 合计 against its neighbours under one header."""
    found: list[Sum] = []
    for grid in asked_grids(context):
        told = {column: sums for column in grid.columns if _totals(grid, column) and (sums := _along(grid, column))}
        nested = any(len(grid.header(column)) > 1 and SUBTOTAL.search(grid.header(column)[-1]) for column in told)
        headed = {column: sums for column, sums in told.items() if nested or len(grid.header(column)) > 1}
        for column, sums in told.items():
            others = [ok for other, more in headed.items() if other != column for s, ok in more if len(s.parts) > 1]
            found.extend(_believed(sums, others if column in headed else []))
    return tuple(found)


def _totals(grid: Grid, column: int) -> bool:
    """Whether a column is headed as a total."""
    last = grid.header(column)[-1:] or ("",)
    return bool(TOTAL.search(last[0]) or SUBTOTAL.search(last[0])) and grid.added(column)


def _along(grid: Grid, total: int) -> list[tuple[Sum, bool]]:
    """The sums of a total column by the reading of its parts that holds in the most rows, each with whether it holds."""
    best: list[tuple[Sum, bool]] = []
    votes = 0
    for columns in _column_readings(grid, total):
        sums = [(s, holds(s.total, s.parts)) for row in grid.body if (s := _row(grid, row, total, columns))]
        passes = sum(ok for _, ok in sums)
        if sums and (not best or passes > votes):
            best, votes = sums, passes
    return best


def _believed(sums: Sequence[tuple[Sum, bool]], elsewhere: Sequence[bool]) -> Iterator[Sum]:
    """The sums, sure where most other rows hold; of a table of one row, where the other totals under headers of their own do."""
    many = [ok for s, ok in sums if len(s.parts) > 1]
    every = [ok for _, ok in sums]
    for s, ok in sums:
        alone = len(s.parts) == 1
        pool = every if alone else many
        others, count = (sum(pool) - ok, len(pool) - 1) if len(pool) > 1 else (sum(elsewhere), len(elsewhere))
        trusted = s.sure and others > 0 and others * 2 >= count and (not alone or (any(many) and others == count))
        exact = s.exact and trusted and all(_to_the_digit(other) for other, _ in sums if other is not s)
        yield replace(s, sure=trusted, exact=exact)


def _to_the_digit(found: Sum) -> bool:
    return found.total.quantity.value == sum(part.quantity.value or 0 for part in found.parts)


def _column_readings(grid: Grid, total: int) -> Iterator[tuple[int, ...]]:
    path = grid.header(total)
    if len(path) > 1:
        siblings = tuple(c for c in grid.columns if c != total and grid.header(c)[: len(path) - 1] == path[:-1] and _addend(grid, c))
        if siblings:
            yield _outer(grid, siblings, len(path) - 1)
            yield siblings
            return
    position = grid.columns.index(total)
    after = tuple(_run(grid, grid.columns[position + 1 :]))
    before = tuple(_run(grid, tuple(reversed(grid.columns[:position]))))
    if len(after) > 1:
        yield _outer(grid, after, 0)
        yield after
    if len(before) > 1:
        yield before
    for run in (after, before):
        for size in range(min(len(run) - 1, _LONGEST_RUN), 1, -1):
            yield run[:size]


def _outer(grid: Grid, columns: Sequence[int], depth: int) -> tuple[int, ...]:
    """The columns without those that a 小计 under one header with them adds up."""
    summed = {grid.header(c)[: depth + 1] for c in columns if len(grid.header(c)) > depth + 1 and SUBTOTAL.search(grid.header(c)[-1])}
    return tuple(c for c in columns if grid.header(c)[: depth + 1] not in summed or SUBTOTAL.search(grid.header(c)[-1]))


def _run(grid: Grid, columns: Sequence[int]) -> Iterator[int]:
    for column in columns:
        last = grid.header(column)[-1:] or ("",)
        if TOTAL.search(last[0]) or not grid.added(column):
            return
        if _addend(grid, column):
            yield column


def _addend(grid: Grid, column: int) -> bool:
    last = grid.header(column)[-1:] or ("",)
    return grid.added(column) and not ASIDE.search(last[0]) and not TOTAL.search(last[0])


def _row(grid: Grid, row: int, total_column: int, columns: tuple[int, ...]) -> Sum | None:
    total = grid.facts.get((row, total_column))
    parts = tuple(grid.facts[row, column] for column in columns if (row, column) in grid.facts)
    points = total is not None and _points((total, *parts), grid, total_column)
    if total is None or not parts or not (points or likes((total, *parts))):
        return None
    missing = any((row, column) in grid.crowded for column in columns)
    return Sum(total=total, parts=parts, column=total_column, sure=not missing, subtotal=False, decimals=decimals((total, *parts)), exact=points)


def _points(facts: Sequence[Fact], grid: Grid, total: int) -> bool:
    """Whether the figures are points: under 总分 the 9.3 of 群众满意度 is no rate."""
    return _SCORED.search(grid.title(total)) is not None and all(fact.quantity.dimension in ("", "score") for fact in facts)
