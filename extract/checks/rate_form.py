"""U604 rate-form: the rates of one column are written in one way.

What:
    A column of rates (完成率, 达标率, 执行率) in which some cells carry the sign (98%) and others are bare: 1 and 0.98, or 100 and 98.

Why:
    1 beside 100% may be the whole or a hundredth of it; who adds up or averages the column will not know.

Fires:
    表1 任务完成情况
    任务	完成率
    隐患整改	100%
    执法检查	1
    应急演练	95%

Left alone:
    表1 任务完成情况
    任务	完成率
    隐患整改	100%
    执法检查	98.5%
    应急演练	95%

False alarms:
    A column that mixes rates and counts under a header that says 率.

Source:
    observed in reports

In Chinese:
    同一列的比率写法应当一致，不应有的带百分号、有的不带。
    表头写“率”而列中兼有个数的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._tables import grids
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact

RATE = re.compile(r"(?:[^比]|^)率(?:[（(].*[）)])?$|占比$|比重$")
_DECLARED = re.compile(r"[%％]")
SHOWN = 3
FEWEST = 3


def find(context: Context) -> Iterator[Relation]:
    """Columns of rates whose header names no unit, and which are written in both ways."""
    for grid in grids(context):
        for column in grid.columns:
            title = grid.title(column)
            if not RATE.search(title.rsplit("/", 1)[-1]) or _DECLARED.search(title):
                continue
            facts = [grid.facts[row, column] for row in grid.body if (row, column) in grid.facts]
            signed = [fact for fact in facts if _printed(fact, context) in ("%", "％")]
            bare = [fact for fact in facts if not _printed(fact, context) and fact.quantity.value]
            if signed and bare and len(facts) >= FEWEST:
                ids = tuple(fact.id for fact in (*signed[:1], *bare[:SHOWN]))
                shown = "、".join(fact.quantity.extent.of(context.text) for fact in (*signed[:1], *bare[:SHOWN]))
                note = f"同一列比率写法不一：{shown}"
                yield Relation(type="implied", roles={"facts": ids}, holds=False, note=note, note_en=f"Rates of one column in two forms: {shown}")


def _printed(fact: Fact, context: Context) -> str:
    """The sign that the cell itself prints after the number, if any."""
    after = context.text[fact.quantity.span.end : fact.quantity.span.end + 1]
    return after if after in ("%", "％") else "" if not after.strip() or after in "\t|<" else after


CHECK = CheckRule(code="U604", name="rate-form", name_zh="比率写法", severity="info", find=find)
