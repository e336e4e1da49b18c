"""G352 growth-infeasible: some whole number of the year before makes a stated growth of a count possible.

What:
    A count and its growth rate, without the earlier count: a whole number b must exist with (count − b) ÷ b in the interval of
    the rate. An absolute change may not leave a negative number for the year before.

Why:
    Where nothing else in the report can be held against a growth rate, arithmetic still can: few rates fit a small count.

Fires:
    全年发生事故22起，同比下降26.8%。

Left alone:
    全年发生事故22起，同比下降26.7%。

False alarms:
    A rate of something else that stands in the same clause; rates over figures corrected since.

Source:
    observed in reports
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._changes import changes
from extract.checks._judge import is_rate
from extract.relations import CheckRule, Context, Relation

_MONEY = re.compile(r"(?:金额|[售贸交产营税投总]额|产值|增加值|收入|支出|利润|税收)$")


def find(context: Context) -> Iterator[Relation]:
    """Changes of one stated level."""
    for found in changes(context).changes:
        # 新增商店176家，销售额增长90%: what grew is an amount of money, whatever stands before it
        money = _MONEY.search(found.change.mention.text) is not None and found.current.quantity.dimension != "money"
        if found.step is None and not found.beside and not money:
            roles = {"change": (found.change.id,), "current": (found.current.id,)}
            # 新增15 beside a level of 7 is told of something else as often as not
            yield Relation(type="growth", roles=roles, certain=found.sure and is_rate(found.change.quantity))


CHECK = CheckRule(code="G352", name="growth-infeasible", name_zh="增减幅度不可能", severity="error", find=find)
