"""C504 weight-total: the points available add up to the full mark.

What:
    The 分值 column of a score table against its total row, its 小计 rows and the groups that prose names; the points in
    the headings of a plan (二、…（25分）) against those of the items under them. Points are taken as printed.
    No row obtains more than is available.

Why:
    Rows that do not add up to 100 make the score itself meaningless: an indicator was dropped, or weighed twice.

Fires:
    表2 绩效自评表
    指标	分值	得分
    数量指标	30	28
    质量指标	25	25
    满意度	40	38
    总分	100	91

Left alone:
    表2 绩效自评表
    指标	分值	得分
    数量指标	30	28
    质量指标	30	30
    满意度	40	38
    总分	100	96

False alarms:
    Bonus items (加分项) that stand outside the full mark.

Source:
    observed in reports

In Chinese:
    各项分值之和应等于满分，得分不应高于分值。
    满分之外另有加分项的，可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._outline_points import point_sums
from extract.checks._scores import row_points, score_sums
from extract.relations import CheckRule, Context, Relation


def find(context: Context) -> Iterator[Relation]:
    """Totals and groups of the points available, in tables and in headings."""
    for found in score_sums(context):
        if found.available:
            yield found.relation
    yield from point_sums(context)
    for available, obtained in row_points(context):
        yield Relation(type="part", roles={"whole": (available.id,), "part": (obtained.id,)}, exact=True)


CHECK = CheckRule(code="C504", name="weight-total", name_zh="分值合计", severity="warning", find=find)
