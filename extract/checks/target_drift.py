"""T402 target-drift: a target is the same wherever it is stated.

What:
    Statements of one target (indicator, unit, subject, year) in two places, with other numbers: the plan of the first section
    against the column of targets, a target in prose against the table. At least (≥) and at most are compared by their numbers.

Why:
    Whether a target is met depends on which of the two counts. A lower one in the table of results is how a miss disappears.

Fires:
    一、年度绩效目标
    计划开展安全生产培训不少于1260人次。
    二、绩效目标完成情况
    指标	年度目标值	实际完成值
    安全生产培训人次	≥1206人次	1230人次
    应急演练场次	≥12场	13场

Left alone:
    一、年度绩效目标
    计划开展安全生产培训不少于1200人次。
    二、绩效目标完成情况
    指标	年度目标值	实际完成值
    安全生产培训人次	≥1200人次	1230人次
    应急演练场次	≥12场	13场

False alarms:
    A target of several years beside that of one. A target that was adjusted within the year, where no word says so.

Source:
    observed in reports

In Chinese:
    同一目标在各处应当相同（正文与绩效目标表）。
    多年目标与当年目标并列，或年中调整而没有说明的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.checks._same import agreeing, conflicts, drifting
from extract.checks._slips import LONG, significant, slip_of_pen
from extract.checks._words import core
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact

SHORTEST_NAME = 4
"""A name of fewer characters (演练, 检查) counts many things."""
DIGITS = 2
NEXT = re.compile(r"下一?步|明年|来年|次年|打算|思路|展望|今后|下一?年|新的一年|十四五|[三五]年")
"""Words of plans for another time than the year of the report."""
NOTE = "两处目标值不同"


def find(context: Context) -> Iterator[Relation]:
    """Targets stated twice with other numbers; those with a bound (≥95%, ≥90%) agree as intervals, and are no less two targets."""
    if context.holding:
        return
    for conflict in conflicts(context):
        if conflict.slip is None and all(fact.kind == "target" for fact in conflict.facts):
            yield replace(conflict.relation, note=NOTE, note_en="The target differs")
    for facts in agreeing(context):
        if drifting(facts):
            first = facts[0]
            other = next(fact for fact in facts if fact.quantity.value != first.quantity.value)
            ids = (first.id, other.id)
            sure = _surely(first, other, context)
            yield Relation(type="same", roles={"facts": ids}, firm=ids, certain=sure, note=NOTE, note_en="The target differs")


def _surely(first: Fact, other: Fact, context: Context) -> bool:
    """Whether the two are one target: long names, other places, no plans of the next year, and a slip of the pen between long figures."""
    if first.block == other.block or (first.cell is not None and other.cell is not None and first.cell.table == other.cell.table):
        return False
    if any(NEXT.search(" ".join(context.document.section_path(fact.section)) + context.before(fact, fact.sentence)) for fact in (first, other)):
        return False
    named = min(len(core(first.mention.text)), len(core(other.mention.text))) >= SHORTEST_NAME
    how = slip_of_pen(first, other)
    length = min(len(significant(first)), len(significant(other)))
    return named and (length >= LONG if how == "digit" else bool(how) and length >= DIGITS)


CHECK = CheckRule(code="T402", name="target-drift", name_zh="目标前后不一", severity="warning", find=find)
