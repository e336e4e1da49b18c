"""C502 score-group: the points of a group of rows add up to the group's subtotal, in the table or in prose.

What:
    A 小计 row of a score table, or a sentence that gives the points of a group (预算编制得28分), against the rows that stand under
    that group in the table.

Why:
    Prose is often written before the table is final. The group's points then justify a total that the table does not give.

Fires:
    表2 绩效自评表
    一级指标	二级指标	分值	得分
    投入	预算编制	10	8
    投入	预算执行	10	9
    产出	数量指标	80	80
    投入得18分，产出得80分。

Left alone:
    表2 绩效自评表
    一级指标	二级指标	分值	得分
    投入	预算编制	10	8
    投入	预算执行	10	9
    产出	数量指标	80	80
    投入得17分，产出得80分。

False alarms:
    A group named in prose that covers other rows than those under its label in the table.

Source:
    observed in reports

In Chinese:
    各行得分之和应等于该组的小计，表中的小计和文中所述的该组得分都算。
    文中所说的一组与表中该组的范围不同的，可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._scores import score_sums
from extract.relations import CheckRule, Context, Relation


def find(context: Context) -> Iterator[Relation]:
    """Subtotals of groups of rows, stated in the table or in prose."""
    for found in score_sums(context):
        if found.group and not found.available:
            yield found.relation


CHECK = CheckRule(code="C502", name="score-group", name_zh="分组得分", severity="error", find=find)
