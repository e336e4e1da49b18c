"""R302 unit-price: a figure per unit times the count is the amount.

What:
    A price or a rate of subsidy (每户, 单价, 元/人) beside the count and the amount of its sentence, or of its row in a table in
    which other rows hold; what a price of one year comes to over the years of a contract (年度报价, 三年总价). What is set is taken as
    printed; averages are those of R304.

Why:
    An amount that its own price and number do not give was paid for something else, or not at all.

Fires:
    采购应急照明灯240台，单价350元，总金额8.8万元。

Left alone:
    采购应急照明灯240台，单价350元，总金额8.4万元，其中区级承担2.1万元。

False alarms:
    A rate per head that only some of those counted are entitled to. Averages over a base that the sentence does not name.

Source:
    observed in reports

In Chinese:
    单价（或每户、每人的标准）乘以数量应等于金额。
    只有部分对象享受的标准、句中没有写明对象的标准，可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks import _prices
from extract.checks._over_years import over_years
from extract.relations import CheckRule, Context, Relation


def find(context: Context) -> Iterator[Relation]:
    """Figures per unit of sentences, rows of tables."""
    yield from _prices.prose(context)
    yield from _prices.per_month(context)
    yield from over_years(context)
    yield from _prices.tables(context)


CHECK = CheckRule(code="R302", name="unit-price", name_zh="单价与金额", severity="error", find=find)
