"""U601 scale-slip: statements of one quantity are in the scale that they name.

What:
    Two statements of one quantity, in one document or in two that belong together, whose values are disjoint but meet once one
    of them is taken times a power of ten. So do an amount that dwarfs all others of the document and the one of like name that it is
    without its 万.

Why:
    元 for 万元, 万 written twice, a zero too many: the figure is known, only its scale slipped. Sums built on it are off by
    orders of magnitude.

Fires:
    一、编报说明
    全年完成政府采购2846.15元。
    二、采购情况
    全年完成政府采购2846.15万元。

Left alone:
    一、编报说明
    全年完成政府采购约0.28亿元。
    二、采购情况
    全年完成政府采购2846.15万元。

False alarms:
    Two small counts that happen to be one power of ten apart (3 and 30) under one name.

Source:
    observed in reports

In Chinese:
    同一数量各处的量级应当一致：两处数值相差恰为十的若干次方（元、万元、亿元之误）的会报告。
    名称相同、恰好差十倍的两个小数目（3与30），可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.checks._across import UNSAID, matches
from extract.checks._same import conflicts
from extract.checks._scale_twice import written_twice
from extract.relations import CheckRule, Context, Relation, Together

_TWICE = 4
"""What 万 written twice makes of an amount, in powers of ten."""
_NAMES = {1: "10", 2: "100", 3: "1000", 4: "1万", 8: "1亿"}


def find(context: Context) -> Iterator[Relation]:
    """Conflicts that a power of ten resolves (T10)."""
    for conflict in () if context.holding else conflicts(context):
        if conflict.slip is not None:
            yield _noted(conflict.relation, conflict.slip)
    for meant, told in () if context.holding else written_twice(context):
        yield _noted(Relation(type="same", roles={"facts": (meant.id, told.id)}), _TWICE)


def across(together: Together) -> Iterator[Relation]:
    """Conflicts between documents that a power of ten resolves."""
    for match in matches(together):
        if match.doubt != UNSAID and match.slip is not None:
            yield _noted(match.relation, match.slip)


def _noted(relation: Relation, slip: int) -> Relation:
    times = f"相差 {_NAMES[abs(slip)]} 倍，疑为单位或数位之误"
    note = f"{relation.note}；{times}" if relation.note else times
    return replace(relation, note=note, note_en=f"They differ by a factor of 10^{abs(slip)}")


CHECK = CheckRule(code="U601", name="scale-slip", name_zh="单位量级", severity="error", find=find, across=across)
