"""D101 same-fact-conflict: statements of one quantity agree wherever they stand.

What:
    The same indicator of the same subject and period, stated in two places, with values that no rounding reconciles.
    Hedged and rounded statements are compared by what they can stand for (T1–T5, T9). What stands in the same place of a passage, a
    list or a table that is told twice is one quantity too, and so are a headline's figure and its paragraph's, and what the text
    says to be equal (与基本支出中公用经费之和一致). Across documents that belong together
    (`heshu compare`) likewise: a form and its report, 上年数 and what was reported then, 年初预算 and the budget.

Why:
    A figure that is one thing in the summary and another in the body is the commonest error of reports written by
    several hands, and it decides which of the two an auditor may rely on.

Fires:
    一、总体情况
    全年培训应急管理人员1346人次。
    二、工作成效
    全年培训应急管理人员1364人次。

Left alone:
    一、总体情况
    全年检查企业近1300家次。
    二、执法检查
    全年检查企业1286家次。

False alarms:
    Two counting systems under one name (事故 by statistics and by the duty desk). A part told without 其中 in another
    section.

Source:
    Interval comparison of duplicate facts as in XBRL Calculations 1.1 (Arelle: consistent and inconsistent duplicates).

In Chinese:
    同一主体、同一时期的同一指标，各处所述应当一致；四舍五入和约数按可能的取值比较。跨文件核对时，自评表与报告、上年数与上年所报、年初预算与预算文件也应一致。
    两套统计口径用同一名称，或另一处只说其中一部分而没有写“其中”的，可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._across import UNSAID, matches
from extract.checks._other_unit import in_other_unit
from extract.checks._restated import restated
from extract.checks._rows_retold import rows_retold
from extract.checks._said_equal import said_equal
from extract.checks._same import agreeing, conflicts, drifting
from extract.relations import CheckRule, Context, Relation, Together


def find(context: Context) -> Iterator[Relation]:
    """Statements that agree, and those that conflict beyond doubt and by no power of ten."""
    for facts in agreeing(context):
        if drifting(facts):
            continue
        yield Relation(type="same", roles={"facts": tuple(fact.id for fact in facts)})
    for conflict in () if context.holding else conflicts(context):
        # targets that drift are another rule's (T402)
        if conflict.slip is None and any(fact.kind != "target" for fact in conflict.facts):
            yield conflict.relation
    yield from restated(context)
    yield from said_equal(context)
    if not context.holding:
        yield from rows_retold(context)
    yield from in_other_unit(context)


def across(together: Together) -> Iterator[Relation]:
    """What several documents state under one full key, but by no power of ten apart."""
    for match in matches(together):
        if match.doubt != UNSAID and match.slip is None:
            yield match.relation


CHECK = CheckRule(code="D101", name="same-fact-conflict", name_zh="同一事实矛盾", severity="error", find=find, across=across)
