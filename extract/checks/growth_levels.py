"""G351 growth-levels: a stated change follows from the two levels.

What:
    A growth rate or an absolute change beside the current and the earlier level, in a table or in a sentence; also a rate
    beside an absolute change of one level (previous = current − change). Across documents (`heshu compare`) the earlier level
    may be the one that last year's report states.

Why:
    Growth is read before levels. A rate that the levels do not give is often computed over the wrong year.

Fires:
    表1 案件统计表
    领域	2022年	2021年	同比增长
    甲类	120	100	20.0%
    乙类	88	80	10.0%
    丙类	66	60	11.0%

Left alone:
    表1 案件统计表
    领域	2022年	2021年	同比增长
    甲类	120	100	20.0%
    乙类	88	80	10.0%
    丙类	66	60	10.0%

False alarms:
    Growth at constant prices (可比价, 不变价), which does not follow from levels at current prices.

Source:
    observed in reports

In Chinese:
    增减幅、增减额应由本期数和上期数算得出。跨文件核对时，上期数可取自上年报告。
    按可比价、不变价计算的增速与现价数额无关，不作判断。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks import _column_changes
from extract.checks._across import grown
from extract.checks._changes import changes
from extract.relations import CheckRule, Context, Relation


def find(context: Context) -> Iterator[Relation]:
    """Changes of tables and of sentences."""
    yield from _column_changes.changes(context)
    for found in changes(context).changes:
        basis = {"previous": (found.previous.id,)} if found.previous is not None else {"step": (found.step.id,)} if found.step is not None else None
        if basis is not None and found.change.quantity.dimension != "percentage_point":
            yield Relation(type="growth", roles={"change": (found.change.id,), "current": (found.current.id,), **basis}, certain=found.sure)


CHECK = CheckRule(code="G351", name="growth-levels", name_zh="增减幅度", severity="error", find=find, across=grown)
