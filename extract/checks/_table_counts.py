"""Counts of what a table lists: 三级指标21项, 表2所列6项指标, 8个项目, 7个乡镇 with a table of the towns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.checks._column_sums import column_sums, row_kind
from extract.checks._listed import Listed
from extract.checks._prose import Place, first_words, squeezed
from extract.checks._tables import SUBTOTAL, TOTAL, Grid, grids, holds
from extract.checks._words import bare
from extract.relations import Context, once
from extract.types import Fact

_TABLE = re.compile(r"表(?P<n>\d{1,2}|[一二三四五六七八九十])(?:所列|列示|列出|中的?|共|里的)[^，。；]{0,4}$")
_LISTED = re.compile(r"所列|列示|列出|表[^表]{1,2}共")
_THIS = re.compile(r"(?:[本下上该附]|自评)表(?:共|所列|列示|列出|涉及|包括|包含)[^，。；]{0,4}$")
_SET_UNDER = re.compile(r"下设|包括|细分|分解|设有?(?!置)")
_LEVELS = re.compile(r"[一二三]级指标")
_SORT = re.compile(r"项?(?!绩效|考核|评价|具体|主要|[一二三]级)[^，。；、\d]{2,4}指标")
_SET_UP = re.compile(r"(?:设置|设立|设有|共设|下设|分为|分解为|细化为|确定)(?:[^。；]{0,40}[一二三]级指标\d+[项个][^。；]{0,30})?[^，。；]{0,12}$")
_SOME = re.compile(r"完成|达到|达标|实现|未|扣|满分|偏差|其中|[较比]|新增|调整|另")
_THINGS = re.compile(r"^(?:目标任务|[^，。；、]{0,4}?(?:项目|目标|指标|任务))")
_PROJECT = re.compile(r"项目名称|^项目$|子项目")
_PROJECT_NAME = re.compile(r"项目名称|子项目")
_AIM = re.compile(r"目标|指标|任务")
_CLASSES = tuple(
    (re.compile(said), re.compile(names))
    for said, names in (
        (
            r"^个?(?:乡镇|镇街|镇乡|街镇|镇街道|乡镇街道|镇)(?![、和]?[\d一二两三四五六七八九十]{1,2}个?(?:乡|街|镇))(?![^，。；]{0,8}(?:村|部门))",
            r"(?:[镇乡]|街道|街办|办事处)$",
        ),
        (r"^个?(?:县市区|县区|区县|市县区|区市县|县|区)(?!域)", r"[县区市旗]$"),
        (r"^个?标段", r"标段$"),
        (r"^个?(?:行政)?村(?!民)", r"村$"),
        (r"^个?社区", r"社区$"),
    )
)
"""What a count says it counts, and how the names of such things end."""
_TOTALS = frozenset({"total", "subtotal"})
_CLASS_WORDS = 8
_RESTATED = 3
_NOUN_WORDS = 16


def class_names(words: str) -> re.Pattern[str] | None:
    """How names end of what the words after a number say is counted (个乡镇); ``None`` where no such class is told."""
    return next((names for said, names in _CLASSES if said.search(words)), None)


def in_tables(context: Context, place: Place, value: int, after: str) -> Listed | None:
    """What a table lists of that which the number counts; ``after`` are the words behind the number."""
    return (
        _named_table(context, place)
        or _indicators(context, place, value, after)
        or _things(context, place, value, after)
        or _places(context, place, value)
    )


def _named_table(context: Context, place: Place) -> Listed | None:
    """表2所列6项指标: the rows of the table that is named; not of some of them (表3所列三项数量指标)."""
    named = _TABLE.search(place.plain)
    if named is None or _SORT.match(context.text, place.fact.quantity.extent.end):
        return None
    for grid in grids(context):
        if re.match(rf"附?表{named['n']}(?!\d)", bare(grid.table.title)):
            rows = {row for row, _ in (*grid.facts, *grid.crowded) if row >= grid.table.header_rows}
            return Listed(sum(row_kind(grid.label(row)) not in _TOTALS for row in rows), _LISTED.search(named[0]) is not None)
    return None


def _indicators(context: Context, place: Place, value: int, after: str) -> Listed | None:
    """三级指标21项, 13项三级指标中: the names in the table's column of that level."""
    level = _LEVELS.search(first_words(after)[:_NOUN_WORDS]) or _LEVELS.search(place.clause[-_NOUN_WORDS:])
    if level is None or _SET_UNDER.search(place.clause, place.clause.rfind(level[0])):
        return None  # 五个一级指标下设12个指标: of another level
    counts = _levels(context).get(level[0], ())
    if value in counts:
        return Listed(value, True)
    said = squeezed(context.text[place.fact.sentence.start : place.fact.quantity.extent.start])
    whole = _SET_UP.search(said) or first_words(after).endswith("中")
    if len(counts) == 1 and whole and not _SOME.search(place.clause):
        return Listed(counts[0], True)
    return None


@once
def _levels(context: Context) -> dict[str, tuple[int, ...]]:
    """How many indicators of each level the tables name that have a column for it."""
    found: dict[str, list[int]] = {}
    for grid in grids(context):
        for column in range(grid.table.columns):
            level = _LEVELS.search("/".join(grid.header(column)[-1:]))
            if level is not None and column < grid.table.label_columns:
                found.setdefault(level[0], []).append(len(set(_names(grid, column))))
    return {level: tuple(counts) for level, counts in found.items()}


def _names(grid: Grid, column: int) -> Iterator[tuple[str, ...]]:
    """The label paths down to a column, of the rows that are no totals."""
    known: dict[int, str] = {}
    for row in grid.body:
        path = grid.path(row)
        if not path or any(row_kind(part) in _TOTALS for part in path):
            continue
        for c in range(column + 1):
            text = grid.texts.get((row, c), "")
            if text:
                known[c] = text
                known = {k: words for k, words in known.items() if k <= c}
        if column in known:
            yield tuple(known[c] for c in sorted(known))


def _things(context: Context, place: Place, value: int, after: str) -> Listed | None:
    """8个项目, 6项主要目标: the rows of a table of projects or of targets; of another number nothing is known, unless it is said of the table."""
    said = _THINGS.match(bare(after[:_NOUN_WORDS])) if place.quantity.unit in ("个", "项", "") else None
    if said is None:
        return None
    pattern = _PROJECT if "项目" in said[0] else _AIM
    counts = {count for kind, count in _row_counts(context) if pattern is kind}
    if value in counts:
        return Listed(value, True)
    if pattern is _PROJECT and (found := _projects(context, place)) is not None:
        return found
    return Listed(next(iter(counts)), True) if len(counts) == 1 and _THIS.search(place.clause) else None


def _projects(context: Context, place: Place) -> Listed | None:
    """9个项目1380.8万元, and a table of projects by name whose total is 1380.8万元: its rows are the projects."""
    for grid, labels, totals in _complete(context):
        heads = ("/".join(grid.header(column)[-1:]) for column in range(grid.table.label_columns))
        if any(_PROJECT_NAME.search(head) for head in heads) and _restated(place.fact, totals, context):
            return Listed(len(labels), True, (labels[0], labels[-1]))
    return None


def _restated(fact: Fact, totals: frozenset[Decimal], context: Context) -> bool:
    """Whether the sentence of a count states one of these totals too."""
    beside = (f for f in context.by_sentence.get(fact.sentence, ()) if f is not fact and len(f.quantity.digits) >= _RESTATED)
    return any(f.quantity.bound == "=" and f.quantity.value in totals for f in beside)


@once
def _row_counts(context: Context) -> tuple[tuple[re.Pattern[str], int], ...]:
    """The tables of projects and of targets, with how many rows they have."""
    found = []
    for grid in grids(context):
        heads = [part for column in range(grid.table.columns) for part in grid.header(column)[-1:]]
        labels = [label for row in grid.body if (label := grid.label(row)) and _stated(grid, row)]
        rows = [label for label in labels if row_kind(label) not in _TOTALS]
        if len(rows) > 1:
            found += [(pattern, len(rows)) for pattern in (_PROJECT, _AIM) if any(pattern.search(head) for head in heads)]
    return tuple(found)


def _stated(grid: Grid, row: int) -> bool:
    return any((row, column) in grid.facts or (row, column) in grid.crowded for column in grid.columns)


@once
def _complete(context: Context) -> tuple[tuple[Grid, tuple[str, ...], frozenset[Decimal]], ...]:
    """Tables whose total row adds up all other rows in some column: with the names of those rows and the figures of the total."""
    found = []
    sums = column_sums(context)
    for grid in grids(context):
        rows = [row for row in grid.body if (label := grid.label(row)) and not TOTAL.search(label) and not SUBTOTAL.search(label)]
        full = [s for s in sums.get(grid.index, ()) if len(s.parts) == len(rows) > 2 and holds(s.total, s.parts) and not s.subtotal]
        if full:
            totals = {s.total.quantity.value for s in full if s.total.quantity.value is not None}
            found.append((grid, tuple(grid.label(row) for row in rows), frozenset(totals)))
    return tuple(found)


def _places(context: Context, place: Place, value: int) -> Listed | None:
    """7个乡镇受灾40620人, and a table of the townships whose total is 40620 人: its rows are the townships."""
    text, fact = context.text, place.fact
    end = fact.quantity.extent.end
    names = class_names(bare(fact.quantity.unit + text[end : end + _CLASS_WORDS] + "，" + fact.mention.text))
    if names is None or fact.cell is not None:
        return None
    for grid, labels, totals in _complete(context):
        if not all(names.search(label) for label in labels):
            continue
        restated = _restated(fact, totals, context)
        if restated or (len(labels) == value and grid.table.section == fact.section):
            return Listed(len(labels), restated, (labels[0], labels[-1]))
    return None
