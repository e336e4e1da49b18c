"""Points in score tables: which column holds those obtained, what totals them, and which prose repeats a group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extract.checks._tables import SUBTOTAL, TOTAL, Grid, grids
from extract.checks._words import bare
from extract.relations import Context, Relation, once
from extract.types import Fact

OBTAINED = regex.compile(r"得分|评分|实得|自评分|打分")
AVAILABLE = regex.compile(r"分值|满分|权重|标准分|总分值|分数$")
_ASIDE = regex.compile(r"^(?:其中|备注|说明|注[:：])|等次|等级")
SCORE_WORDS = regex.compile(r"(?:指标|绩效|自评|评价|综合|部分|方面|类|项|管理|情况)?(?:得分|分数|分值|评分|小计|合计|总分|分)?$")


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
    for grid in grids(context):
        column = score_column(grid)
        if column is None:
            continue
        found.extend(_in_table(grid, column, available=False))
        found.extend(_in_prose(grid, column, obtained, available=False))
        full = full_column(grid)
        if full is not None:
            found.extend(_in_table(grid, full, available=True))
            found.extend(_in_prose(grid, full, available, available=True))
    return tuple(found)


def full_column(grid: Grid) -> int | None:
    """The column of points available."""
    return next((c for c in grid.columns if AVAILABLE.search(grid.title(c)) or _kinds(grid, c) == {"max_score"}), None)


def score_column(grid: Grid) -> int | None:
    """The column of points obtained: of that kind or header, else bare numbers that never exceed the points available beside them."""
    available = full_column(grid)
    for column in reversed(grid.columns):
        if column == available:
            continue
        if _kinds(grid, column) == {"score"} or OBTAINED.search(grid.title(column).rsplit("/", 1)[-1]):
            return column
    if available is None:
        return None
    for column in grid.columns:
        pairs = [
            (grid.facts[row, column].quantity.value, grid.facts[row, available].quantity.value)
            for row in grid.body
            if (row, column) in grid.facts and (row, available) in grid.facts
        ]
        bare_numbers = all(grid.facts[row, column].quantity.unit in ("", "分") for row in grid.body if (row, column) in grid.facts)
        if column > available and len(pairs) > 2 and bare_numbers and all(a is not None and b is not None and a <= b for a, b in pairs):
            return column
    return None


def _kinds(grid: Grid, column: int) -> set[str]:
    return {grid.facts[row, column].kind for row in grid.body if (row, column) in grid.facts}


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
    return fact.quantity.unit in ("", "分") and fact.quantity.value is not None


def group_name(words: str) -> str:
    """The name of a group without what says that it is points: 产出指标得分 → 产出."""
    words = bare(words)
    shorter = SCORE_WORDS.sub("", words)
    return shorter or words


def _prose(context: Context, of_kind: str) -> dict[str, list[Fact]]:
    """Points stated outside tables, by the name of what they are for."""
    found: dict[str, list[Fact]] = {}
    for fact in context.facts:
        if fact.kind == of_kind and fact.cell is None and _points(fact):
            for words in dict.fromkeys((group_name(fact.mention.text), group_name(fact.subject))):
                if words:
                    found.setdefault(words, []).append(fact)
    return found


def _in_prose(grid: Grid, column: int, prose: dict[str, list[Fact]], *, available: bool) -> Iterator[ScoreSum]:
    if not prose:
        return
    groups: dict[str, list[Fact]] = {}
    broken: set[str] = set()
    for row, kind, fact in _rows(grid, column, shifted=False):
        if kind != "item":
            continue
        for name in dict.fromkeys(group_name(part) for part in grid.path(row) if part):
            if fact is not None and _points(fact):
                groups.setdefault(name, []).append(fact)
            elif (row, column) in grid.crowded:
                broken.add(name)
    for name, parts in groups.items():
        for total in prose.get(name, ()):
            yield ScoreSum(total=total, parts=tuple(parts), group=True, sure=name not in broken, available=available)
