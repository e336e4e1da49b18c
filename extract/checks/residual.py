"""S203 residual: parts that come within a slip of the pen of their whole are probably meant to be all of it.

What:
    Parts told with 其中 or 包括 that leave a small rest, or go a little beyond, where one digit more or less in one number
    would make them add up.

Why:
    The text does not promise that the list is complete, but a rest that a single digit explains is worth a question.

Fires:
    全年接处警6283起，其中火灾扑救2412起、抢险救援3177起、社会救助684起。

Left alone:
    全年接处警6283起，其中火灾扑救2412起、抢险救援1177起。

False alarms:
    A rest of a round number of units that is real.

Source:
    observed in reports

In Chinese:
    “其中”各项之和与总数只差一处笔误时，很可能本应相等，请核实。
    确有一小部分没有列出，且恰为整数的，可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._lists import lists
from extract.checks._tally import adds_up
from extract.checks._told_by_share import rows_by_share
from extract.checks.parts_total import relation
from extract.relations import CheckRule, Context, Relation


def find(context: Context) -> Iterator[Relation]:
    """Lists that are complete but for one digit."""
    for found in lists(context).sums:
        if found.suspected:
            yield relation(found, certain=True)
    for row in rows_by_share(context):
        if not row.closed and not adds_up(row.whole.quantity, [part.quantity for part in row.parts]):
            yield Relation(type="sum", roles={"total": (row.whole.id,), "parts": tuple(part.id for part in row.parts)})


CHECK = CheckRule(code="S203", name="residual", name_zh="分项不足总数", severity="warning", find=find)
