"""C501 score-total: the points of the rows add up to the total score.

What:
    The column of points obtained in a score table against its total row; in prose the points of items that have the full
    mark between them against the score of all. Points are taken as printed: they are awarded, not rounded.

Why:
    The total decides the grade. A total that its rows do not give was changed, or a row was, after the sum was made.

Fires:
    表2 绩效自评表
    指标	分值	得分
    数量指标	30	28
    质量指标	30	30
    满意度	40	38
    总分	100	98

Left alone:
    表2 绩效自评表
    指标	分值	得分
    数量指标	30	28
    质量指标	30	30
    满意度	40	38
    总分	100	96

False alarms:
    Tables that show only some of the rows of the full score.

Source:
    observed in reports

In Chinese:
    各行得分之和应等于总分。得分按印出的数计，不作四舍五入。
    只列出部分指标得分的表，可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._scores import score_sums
from extract.relations import CheckRule, Context, Relation


def find(context: Context) -> Iterator[Relation]:
    """Total rows of score columns."""
    for found in score_sums(context):
        if not found.group and not found.available:
            yield found.relation


CHECK = CheckRule(code="C501", name="score-total", name_zh="总分合计", severity="error", find=find)
