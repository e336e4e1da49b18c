"""S204 column-total: a total in a table is the sum of its rows, or of its columns.

What:
    The figures of a 合计 or 小计 row against the rows above (or below) it, those of a 合计 column against its neighbours under
    one header, two columns that come to a third in all rows but one, rows under no header of which nearly all end in the sum of
    the others, 全年预算数 against 年初预算数 plus 调整数, what prose adds up of some rows (甲镇、乙镇两地共21起), and the subjects
    that prose lists of the 类 of a row. Which rows a total covers is voted on by all columns.

Why:
    A column that does not add up holds a wrong figure, or leaves one out, and every ratio built on the total inherits it.

Fires:
    表1 事故统计表
    镇街	事故起数	死亡人数
    甲镇	5	2
    乙镇	4	1
    丙镇	3	1
    合计	12	5

Left alone:
    表1 事故统计表
    镇街	事故起数	死亡率
    甲镇	5	2.1%
    乙镇	4	1.4%
    合计	9	1.8%

False alarms:
    Rows that overlap without 其中. Counts of different things in one row that are not meant to be added.

Source:
    observed in reports

In Chinese:
    表中的合计、小计应等于各行（或各列）之和；全年预算数应等于年初预算数加调整数。
    各行互有重叠而没有写“其中”，或一行里的数不属同类、本不应相加的，可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._bare_rows import bare_rows
from extract.checks._column_rates import ADJUSTMENT, FULL, INITIAL
from extract.checks._column_sums import column_sums
from extract.checks._columns_added import columns_added
from extract.checks._headless_rows import headless_rows
from extract.checks._named_rows import named_rows
from extract.checks._reviews_and_suits import reviews_and_suits
from extract.checks._subject_rows import subject_rows
from extract.checks._tables import Sum, asked_grids, decimals, likes, row_sums
from extract.relations import CheckRule, Context, Relation


def find(context: Context) -> Iterator[Relation]:
    """Totals down columns (scores have their own code) and along rows, and adjusted budgets."""
    for sums in column_sums(context).values():
        for found in sums:
            if found.total.kind not in ("score", "max_score"):
                yield found.relation
    for found in row_sums(context):
        yield found.relation
    yield from columns_added(context)
    yield from headless_rows(context)
    yield from bare_rows(context)
    yield from reviews_and_suits(context)
    for rows in named_rows(context):
        roles = {"total": (rows.total.id,), "parts": tuple(part.id for part in rows.parts)}
        yield Relation(type="sum", roles=roles, certain=rows.sure, decimals=decimals((rows.total, *rows.parts)))
    for subject in subject_rows(context):
        named = Sum(total=subject.total, parts=subject.parts, column=0, sure=subject.sure, subtotal=False, decimals=None)
        yield named.relation
    yield from _budgets(context)


def _budgets(context: Context) -> Iterator[Relation]:
    """全年预算数 = 年初预算数 + 调整数, row by row."""
    for grid in asked_grids(context):
        named = {
            role: next((c for c in grid.columns if pattern.search(grid.title(c))), None)
            for role, pattern in (("full", FULL), ("adjustment", ADJUSTMENT), ("initial", INITIAL))
        }
        columns = [named["full"], named["adjustment"], named["initial"]]
        if None in columns or len(set(columns)) < 3:
            continue
        for row in grid.body:
            facts = [grid.facts.get((row, c)) for c in columns if c is not None]
            full, *parts = facts
            if full is None or any(part is None for part in parts):
                continue
            known = [part for part in parts if part is not None]
            if likes([full, *known]):
                roles = {"total": (full.id,), "parts": tuple(part.id for part in reversed(known))}
                yield Relation(type="sum", roles=roles, decimals=decimals([full, *known]))


CHECK = CheckRule(code="S204", name="column-total", name_zh="表格合计", severity="error", find=find)
