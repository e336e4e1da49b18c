"""T401 claimed-met: what is claimed to be reached is reached.

What:
    The target column of a table of objectives against its column of actual values, row by row, and the claim of the row (是, 已完成).
    A claim that the figures contradict is an error; a miss that the row admits or leaves open is none.

Why:
    Targets met are points and money. A row that says 已完成 over figures that say otherwise is what an evaluation is for.

Fires:
    表2 绩效目标完成情况表
    指标	年度目标值	实际完成值	是否完成
    采购编织袋	≥50000条	46000条	是

Left alone:
    表2 绩效目标完成情况表
    指标	年度目标值	实际完成值	是否完成
    采购编织袋	≥50000条	46000条	否
    应急演练	≥4场	6场	是

False alarms:
    A target that asks for less (成本, 事故起数) and says so nowhere.

Source:
    observed in reports

In Chinese:
    称已完成的，完成值应达到目标值。该行自己承认未完成的不算。
    越少越好的指标（成本、事故起数）而文中没有说明的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from extract.checks._judge import meets
from extract.checks._prose import named_near
from extract.checks._prose_target import targets
from extract.checks._tables import Crowd, crowds
from extract.checks._words import alike, bare, unit_family
from extract.relations import CheckRule, Context, Relation, once
from extract.types import Fact

GOAL = re.compile(
    r"(?:指标|目标|预期|计划|任务|规定|标准|预期实现)(?:值|数|量)$|(?:年度|年初|绩效|预期|工作|设定|总体|全年)(?:绩效)?(?:目标|指标|计划|任务)$|^目标$|指标值|目标值|预期实现"
)
ACTUAL = re.compile(r"(?:完成|实现|实际|执行|达成)(?:值|数|量|情况|结果|程度|进度)?$|实际完成|全年完成|实际值|完成值|执行值|完成数|实绩|达成值")
PROMISED = re.compile(r"预期|预计|计划(?!完成情况)|应完成|拟")
RATE = re.compile(r"率|比例|占比|％|%")
ASKED = re.compile(r"是否(?:完成|达标|达到|实现)|完成与否|达标情况")
MET = re.compile(r"^(?:是|√|✓|✔|完成|已完成|达标|达到|实现|已实现|已达标)$")
UNMET = re.compile(r"^(?:否|×|✗|未完成|未达标|未达到|未实现|部分完成|基本完成)$")
SAYS_MET = re.compile(r"^(?:已|全部|均已|全面|圆满|按时|超额)?(?:完成|达标|实现)(?:[。，,;；]|$)")
SAYS_UNMET = re.compile(r"未完成|未达|没有达到|没有完成|未能|不达标|仅完成|低于|尚未|未实现")
ROW_MET = re.compile(
    r"^(?:均|都|全部|全面|圆满)?已?(?:按时|按期|按要求)?(?:全部|全面)?完成了?(?:年初|全年)?(?:设定)?的?(?:各项|全部)?(?:绩效)?(?:目标|工作)?(?:任务)?$"
)
LONG_NAME = 6
BOTH = re.compile(r"(?:目标|指标|计划)[值数]?[/／、及和与](?:实际|完成|实绩)")
GROWS = re.compile(r"^(?:同比|比上年)?(?:增长|提高|增加)")
LESS = re.compile(r"成本|死亡|事故|受伤|伤亡|受害率|投诉|超限率|能耗|失业率|时限|时间|时长|控制在|下降|发病率|发生率|差错|损失|单价|费用")


def find(context: Context) -> Iterator[Relation]:
    """Rows of tables of objectives, and targets in prose."""
    yield from objectives(context)


@once
def objectives(context: Context) -> tuple[Relation, ...]:
    """Targets with what was reached, for all rules that look at them."""
    return (*_tabled(context), *targets(context))


def _tabled(context: Context) -> Iterator[Relation]:
    for grid in crowds(context):
        for goal, actual in _pairs(grid.headers, grid.columns):
            asked = next((c for c, path in enumerate(grid.headers) if ASKED.search("/".join(path))), None)
            for row in grid.body:
                goals = [fact for fact in grid.cells.get((row, goal), ()) if fact.kind in ("target", "level", "rate", "other")]
                actuals = list(grid.cells.get((row, actual), ()))
                says = grid.texts.get((row, asked), "") if asked is not None else ""
                told = grid.texts.get((row, actual), "")
                for one, other in _matched(goals, actuals):
                    yield _relation(one, other, says, told, context)
        yield from _both(grid, context)
        yield from _grown(grid, context)
        yield from _repeated(grid, context)


def _both(grid: Crowd, context: Context) -> Iterator[Relation]:
    """≥90% / 93.4% in one cell, under a header that says 目标/实际."""
    for column in grid.columns:
        if column < len(grid.headers) and BOTH.search("/".join(grid.headers[column])):
            for row in grid.body:
                facts = grid.cells.get((row, column), ())
                if len(facts) == 2 and _same_measure(*facts):
                    yield _relation(facts[0], facts[1], "", "", context)


def _grown(grid: Crowd, context: Context) -> Iterator[Relation]:
    """增长6.5% in the column of targets, and the growth that the text tells under the same name."""
    year = context.document.about.year
    for column in grid.columns:
        if not _headed(grid.headers, column, GOAL):
            continue
        for row in grid.body:
            for goal in grid.cells.get((row, column), ()):
                if goal.kind != "target" or goal.quantity.dimension != "ratio" or not GROWS.match(grid.texts.get((row, column), "")):
                    continue
                told = (f for f in named_near(context, goal) if f.kind == "growth" and f.cell is None and f.quantity.dimension == "ratio")
                found = [f for f in told if f.period in ("", year, goal.period)]
                if found and len({f.quantity.value for f in found}) == 1:
                    says = next((grid.texts.get((row, c), "") for c, path in enumerate(grid.headers) if ASKED.search("/".join(path))), "")
                    yield replace(_relation(goal, found[0], says, "", context), certain=False)


def _repeated(grid: Crowd, context: Context) -> Iterator[Relation]:
    """A long name that two cells of one row state with one unit, whatever the headers say: promised first, then reported.

    Forms out of scans lose their columns; the row and its claim (已完成各项任务) stay together.
    """
    if not any(fact.kind == "target" for cell in grid.cells.values() for fact in cell):
        return
    rows: dict[int, list[tuple[int, Fact]]] = {}
    for (row, column), cell in sorted(grid.cells.items()):
        rows.setdefault(row, []).extend((column, fact) for fact in cell if fact.kind in ("target", "level"))
    for row, facts in rows.items():
        said = [grid.texts.get((row, column), "") for column in range(len(grid.headers))]
        met = any(ROW_MET.match(text) for text in said) and not any(SAYS_UNMET.search(text) for text in said)
        first: dict[tuple[str, str], tuple[int, Fact]] = {}
        for column, fact in facts:
            name = (bare(fact.mention.text), unit_family(fact.quantity))
            if len(name[0]) < LONG_NAME or name not in first:
                first.setdefault(name, (column, fact))
            elif first[name][0] != column and first[name][1].kind == "target":
                yield _relation(first.pop(name)[1], fact, "是" if met else "", "", context)


def _pairs(headers: tuple[tuple[str, ...], ...], columns: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Each target column with the column of actual values that follows it, nearest first and under one header."""
    taken: set[int] = set()
    for goal in columns:
        if not _headed(headers, goal, GOAL) or _is_actual(headers, goal):
            continue
        after = [c for c in columns if c > goal and c not in taken and _is_actual(headers, c) and not RATE.search(headers[c][-1])]
        after.sort(key=lambda c: (headers[c][:-1] != headers[goal][:-1], c))
        if after:
            taken.add(after[0])
            yield goal, after[0]


def _headed(headers: tuple[tuple[str, ...], ...], column: int, words: re.Pattern[str]) -> bool:
    return column < len(headers) and bool(headers[column]) and bool(words.search(headers[column][-1]))


def _is_actual(headers: tuple[tuple[str, ...], ...], column: int) -> bool:
    return _headed(headers, column, ACTUAL) and not _headed(headers, column, PROMISED)


def _matched(goals: list[Fact], actuals: list[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Targets and actuals of two cells, by unit and words; in their order where there are as many of each."""
    if len(goals) == len(actuals) and all(_same_measure(a, b) for a, b in zip(goals, actuals, strict=True)):
        yield from zip(goals, actuals, strict=True)
        return
    free = list(actuals)
    for goal in goals:
        fitting = [actual for actual in free if _same_measure(goal, actual)]
        named = [actual for actual in fitting if alike(goal.mention.text, actual.mention.text)]
        # 巡河144人次 and 累计巡河151人次: nothing else in the two cells counts so
        alone = len(fitting) == 1 and goal.quantity.unit != "" and sum(_same_measure(goal, other) for other in goals) == 1
        chosen = named[0] if named else fitting[0] if alone or (len(fitting) == 1 and len(goals) == 1) else None
        if chosen is not None:
            free.remove(chosen)
            yield goal, chosen


def _same_measure(goal: Fact, actual: Fact) -> bool:
    if unit_family(goal.quantity) == unit_family(actual.quantity):
        return True
    return {goal.quantity.unit, actual.quantity.unit} in ({"%", ""}, {"％", ""})


def _relation(goal: Fact, actual: Fact, says: str, told: str, context: Context) -> Relation:
    direction: Literal["more", "less", ""] = ""
    indicator = context.indicator(actual) or context.indicator(goal)
    if indicator is not None:
        direction = indicator.direction
    if not direction and LESS.search(goal.mention.text + actual.mention.text):
        direction = "less"
    claim: Literal["met", "unmet", ""] = ""
    if UNMET.match(says) or (not MET.match(says) and SAYS_UNMET.search(told)):
        claim = "unmet"
    elif MET.match(says) or SAYS_MET.match(bare(told)):
        claim = "met"
    if not claim and meets(goal.quantity, actual.quantity, direction) is False:
        # an honest miss is no inconsistency: the row only does not say so in words that are known here
        claim = "unmet"
    roles = {"target": (goal.id,), "actual": (actual.id,)}
    return Relation(type="target", roles=roles, claim=claim, direction=direction, certain=claim == "met")


CHECK = CheckRule(code="T401", name="claimed-met", name_zh="目标与完成", severity="error", find=find, equation=False)
