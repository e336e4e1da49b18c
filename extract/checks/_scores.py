"""Points in score tables: which column holds those obtained, what totals them, and which prose repeats a group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from extract.checks._score_runs import score_runs
from extract.checks._scores_told import scores_told
from extract.checks._slips import variants
from extract.checks._tables import SUBTOTAL, TOTAL, Grid, grids
from extract.checks._words import bare
from extract.relations import Context, Relation, once
from extract.types import Fact, Kind

OBTAINED = re.compile(r"得分|评分|实得|自评分|打分")
AVAILABLE = re.compile(r"分值|满分|权重|标准分|总分值|分数$")
_ASIDE = re.compile(r"^(?:其中|备注|说明|注[:：])|等次|等级")
_JOINED = re.compile(r"指标|[、和及与]")
_NUMBERED = re.compile(r"^\s*(?:[（(][一二三四五六七八九十0-9]{1,2}[）)]|[一二三四五六七八九十0-9]{1,2}[、.．](?!\d))")
_OVERALL = re.compile(
    r"(?:[本该我]?(?:项目|单位|部门|整体|年度|[省市县区局街镇乡]))*(?:自评|自查|自我|综合|评价|考核|绩效|最终|总体?)+(?:得分|分数|评分|分)?$"
)
_IN_ALL = re.compile(r"综合[得评]分|总[得评]?分")
SCORE_WORDS = re.compile(
    r"(?:类?指标|绩效|自评|评价|综合|部分|方面|类|项|管理|情况)?"
    r"(?:得分|分数|分值|评分|小计|合计|总分|共得|实得|获得|得|共|计|分)?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSum:
    """Points of rows against what states their sum; ``group`` unless it is the total of the table."""

    total: Fact
    parts: tuple[Fact, ...]
    group: bool
    sure: bool
    available: bool
    """Whether the points are those available (分值) and not those obtained."""

    @property
    def relation(self) -> Relation:
        if len(self.parts) == 1:
            return Relation(type="same", roles={"facts": (self.parts[0].id, self.total.id)}, exact=True, certain=self.sure)
        roles = {"total": (self.total.id,), "parts": tuple(part.id for part in self.parts)}
        return Relation(type="sum", roles=roles, exact=True, certain=self.sure)


@once
def score_sums(context: Context) -> tuple[ScoreSum, ...]:
    """All sums of points that the document states, obtained and available."""
    obtained, available = _prose(context, "score"), _prose(context, "max_score")
    found: list[ScoreSum] = []
    upper: list[tuple[Fact, Fact]] = []
    for grid in grids(context):
        column = score_column(grid)
        if column is None:
            upper.extend(_paired(grid))
            continue
        inside = list(_in_table(grid, column, available=False))
        found.extend(_told_above(context, grid, column))
        found.extend(_in_prose(grid, column, obtained, available=False))
        full = full_column(grid)
        if full is not None:
            inside.extend(s for s in _in_table(grid, full, available=True) if _beside(s.total, column, grid))
            found.extend(_in_prose(grid, full, available, available=True))
            found.extend(_in_runs(context, grid, column, full))
        found.extend(_with_upper(inside, upper))
        upper = []
    found.extend(ScoreSum(total=told.total, parts=told.parts, group=False, sure=True, available=False) for told in scores_told(context))
    return tuple(found)


def row_points(context: Context) -> Iterator[tuple[Fact, Fact]]:
    """The points available and those obtained of each row that states both, totals left out."""
    for grid in grids(context):
        column, full = score_column(grid), full_column(grid)
        if column is None or full is None:
            continue
        for row, kind, obtained in _rows(grid, column, shifted=False):
            available = grid.facts.get((row, full))
            if kind == "item" and available is not None and obtained is not None and _points(available) and _points(obtained):
                yield available, obtained


def _in_runs(context: Context, grid: Grid, column: int, full: int) -> Iterator[ScoreSum]:
    """Groups of rows that prose tells by how many they are."""
    items = [row for row, kind, _ in _rows(grid, column, shifted=False) if kind == "item"]
    rows = [(grid.facts[row, full], grid.facts[row, column]) for row in items if (row, full) in grid.facts and (row, column) in grid.facts]
    if len(rows) == len(items) and all(_points(fact) for row in rows for fact in row):
        for run in score_runs(context, rows):
            yield ScoreSum(total=run.total, parts=run.parts, group=True, sure=run.sure, available=run.available)


def _paired(grid: Grid) -> Iterator[tuple[Fact, Fact]]:
    """Rows of a block without a column of scores that state points available and obtained beside the execution of the budget."""
    for row in grid.body:
        facts = [grid.facts[row, c] for c in grid.columns if (row, c) in grid.facts]
        full = [f for f in facts if f.kind == "max_score" and _points(f)]
        got = [f for f in facts if f.kind == "score" and _points(f)]
        if len(full) == len(got) == 1:
            yield full[0], got[0]


def _with_upper(sums: list[ScoreSum], upper: list[tuple[Fact, Fact]]) -> Iterator[ScoreSum]:
    """The sums of a table; where the total of the points available, or that of those obtained, also covers an upper block of the form,
    both totals take it in."""
    missing = {one.available: _short(one) for one in sums if not one.group and one.total.quantity.value is not None}
    if not upper and 0 < missing.get(False, Decimal(0)) <= missing.get(True, Decimal(0)):
        # both totals take in what the form states elsewhere: 预算执行率 97%, 10分
        yield from (one if one.group else replace(one, sure=False) for one in sums)
        return
    if not any(missing.values()) or not upper:
        yield from sums
        return
    rows = [(full, got) for full, got in upper if missing.get(True) == full.quantity.value or missing.get(False) == got.quantity.value]
    for one in sums:
        if one.group:
            yield one
        elif rows:
            yield replace(one, parts=(rows[0][0] if one.available else rows[0][1], *one.parts))
        else:
            yield replace(one, sure=False)


def _short(found: ScoreSum) -> Decimal:
    """What the points of the rows lack to their total."""
    return (found.total.quantity.value or Decimal(0)) - sum((part.quantity.value or Decimal(0) for part in found.parts), Decimal(0))


def full_column(grid: Grid) -> int | None:
    """The column of points available: that of the name, else the first that holds nothing else (but 产出指标（50分） names a group)."""
    named = (c for c in grid.columns if AVAILABLE.search(grid.title(c)))
    full = (c for c in grid.columns if _all_are("max_score", grid, c))
    return next(chain(named, full), None)


def score_column(grid: Grid) -> int | None:
    """The column of points obtained: that beside the points available which never exceeds them, by its header if several do."""
    available = full_column(grid)
    found: list[tuple[bool, int]] = []
    for column in grid.columns:
        title = grid.title(column).rsplit("/", 1)[-1]
        named = "率" not in title and (_all_are("score", grid, column) or bool(OBTAINED.search(title)))
        if column != available and (_fits(grid, column, available, named=named) if available is not None else named):
            found.append((named, column))
    return max(found, default=(False, None))[1]


def _fits(grid: Grid, column: int, available: int, *, named: bool) -> bool:
    """Whether most rows that have points available have as many or fewer in ``column``; more than half of them, if its header says points."""
    full = [row for row in grid.body if (row, available) in grid.facts]
    pairs = [(grid.facts[row, column], grid.facts[row, available]) for row in full if (row, column) in grid.facts]
    values = [(a.quantity.value, b.quantity.value) for a, b in pairs if _points(a) and _points(b)]
    within = [a is not None and b is not None and a <= b for a, b in values]
    mostly = sum(within) * 10 >= len(within) * 9 or (named and sum(within) * 2 > len(within))
    return column > available and len(within) > 2 and len(within) * 5 >= len(full) * 3 and mostly


def _beside(total: Fact, column: int, grid: Grid) -> bool:
    """Whether the row of a total of points available states those obtained as well; a row with one figure was shifted."""
    return total.cell is not None and (total.cell.row, column) in grid.facts


def _all_are(kind: Kind, grid: Grid, column: int) -> bool:
    """Whether the column holds figures, all of them of that kind."""
    kinds = (grid.facts[row, column].kind for row in grid.body if (row, column) in grid.facts)
    return next(kinds, "") == kind and all(other == kind for other in kinds)


def _rows(grid: Grid, column: int, *, shifted: bool) -> Iterator[tuple[int, str, Fact | None]]:
    """Rows from the top, each as item, subtotal, total or aside, with its points. A total row that holds one figure may be ``shifted``."""
    for row in grid.body:
        label, path = grid.label(row), grid.path(row)
        fact = grid.facts.get((row, column))
        if SUBTOTAL.search(label) or any(SUBTOTAL.search(part) for part in path):
            yield row, "subtotal", fact
        elif TOTAL.search(label) or any(TOTAL.search(part) for part in path):
            if fact is None and shifted:
                alone = [c for c in grid.columns if (row, c) in grid.facts]
                fact = grid.facts[row, alone[0]] if len(alone) == 1 else None
            yield row, "total", fact
        else:
            yield row, "aside" if _ASIDE.search(label) else "item", fact


def _in_table(grid: Grid, column: int, *, available: bool) -> Iterator[ScoreSum]:
    items: list[Fact] = []
    group: list[Fact] = []
    subtotals: list[Fact] = []
    whole = True

    def made(total: Fact, parts: list[Fact], *, of_group: bool) -> ScoreSum:
        return ScoreSum(total=total, parts=tuple(parts), group=of_group, sure=whole, available=available)

    for row, kind, fact in _rows(grid, column, shifted=not available):
        if kind == "item":
            if fact is not None and _points(fact):
                items.append(fact)
                group.append(fact)
            elif (row, column) in grid.crowded:
                whole = False
        elif kind == "subtotal" and fact is not None:
            if len(group) > 1:
                yield made(fact, group, of_group=True)
            subtotals.append(fact)
            group = []
        elif kind == "total" and fact is not None and _points(fact):
            if len(items) > 1:
                yield made(fact, items, of_group=False)
            if len(subtotals) > 1 and not group:
                yield made(fact, subtotals, of_group=False)
            items, group, subtotals, whole = [], [], [], True


def _points(fact: Fact) -> bool:
    return fact.quantity.unit in ("", "分") and fact.quantity.value is not None and fact.quantity.bound not in ("<", "<=", ">", ">=")


def _told_above(context: Context, grid: Grid, column: int) -> Iterator[ScoreSum]:
    """The score of all that the section tells before its table (本项目自评得分95.26分), against the total row; sure where they are equal, or
    one slip of the pen apart."""
    totals = [fact for _, kind, fact in _rows(grid, column, shifted=False) if kind == "total" and fact is not None and _points(fact)]
    if len(totals) != 1:
        return
    total = totals[0]
    before = [fact for fact in context.by_section.get(total.section, ()) if context.order[fact.id] < context.order[total.id]]
    told = [n for n, fact in enumerate(before) if fact.kind == "score" and fact.cell is None and _points(fact) and _OVERALL.match(fact.mention.text)]
    if len({before[n].quantity.value for n in told}) != 1 or any(f.cell is not None and f.cell.table != grid.index for f in before[told[0] :]):
        return
    for fact in (before[n] for n in told):
        near = total.quantity.value in (fact.quantity.value, *variants(fact.quantity.digits))
        yield ScoreSum(total=fact, parts=(total,), group=False, sure=near, available=False)


def group_name(words: str) -> str:
    """The name of a group without what says that it is points: 产出指标得分 → 产出."""
    words = bare(_NUMBERED.sub("", words))
    shorter = SCORE_WORDS.sub("", words)
    return shorter or words


def _prose(context: Context, of_kind: str) -> dict[str, list[Fact]]:
    """Points stated outside tables, by the name of what they are for (预算编制共30分，…得28分: both are for 预算编制)."""
    found: dict[str, list[Fact]] = {}
    last: Fact | None = None
    for fact in context.facts:
        if fact.kind not in ("score", "max_score") or fact.cell is not None or not _points(fact):
            continue
        if _IN_ALL.search(fact.mention.text):
            continue  # 项目综合得分 is no 项目管理小计
        words = {group_name(fact.mention.text), group_name(fact.subject)}
        if last is not None and last.sentence == fact.sentence and not any(len(name) > 1 for name in words):
            words = {group_name(last.mention.text)}
        if fact.kind == "max_score":
            last = fact
        if fact.kind == of_kind:
            for name in sorted(words):
                if len(name) > 1:
                    found.setdefault(name, []).append(fact)
    return found


def _in_prose(grid: Grid, column: int, prose: dict[str, list[Fact]], *, available: bool) -> Iterator[ScoreSum]:
    if not prose:
        return
    groups: dict[str, list[Fact]] = {}
    broken: set[str] = set()
    subtotals: dict[str, list[Fact]] = {}
    for row, kind, fact in _rows(grid, column, shifted=False):
        if kind == "subtotal" and fact is not None and _points(fact):
            subtotals.setdefault(group_name(grid.label(row)), []).append(fact)
        if kind != "item":
            continue
        for name in dict.fromkeys(group_name(part) for part in grid.path(row) if part):
            if fact is not None and _points(fact):
                groups.setdefault(name, []).append(fact)
            elif (row, column) in grid.crowded:
                broken.add(name)
    for name, totals in prose.items():
        if len(subtotals.get(name, ())) == 1:
            for total in totals:
                yield ScoreSum(total=total, parts=tuple(subtotals[name]), group=True, sure=True, available=available)
            continue
        members = [name] if name in groups else [part for part in _JOINED.split(name) if part]
        if not all(member in groups for member in members):
            continue
        parts = tuple(dict.fromkeys(fact for member in members for fact in groups[member]))
        for total in totals:
            yield ScoreSum(total=total, parts=parts, group=True, sure=not broken & set(members), available=available)
