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

In Chinese:
    只有本期个数和增减幅时，应能找到一个整数上年数，使增减幅成立。
    同一分句里另一件事的比率、按修正后基数计算的比率，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._changes import changes
from extract.checks._prose import CHANGES
from extract.checks._values import is_rate
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact

_THINGS = frozenset({"项", "类", "个", "种"})
_SO_MANY = re.compile(r"[一-龥]{1,6}分别")
_MONEY = re.compile(r"(?:金额|[售贸交产营税投总]额|产值|增加值|收入|支出|利润|税收)$")


def find(context: Context) -> Iterator[Relation]:
    """Changes of one stated level."""
    for found in changes(context).changes:
        # 新增商店176家，销售额增长90%: what grew is an amount of money, whatever stands before it
        money = _MONEY.search(found.change.mention.text) is not None and found.current.quantity.dimension != "money"
        if found.step is None and not found.beside and not money:
            roles = {"change": (found.change.id,), "current": (found.current.id,)}
            # 新增15 beside a level of 7 is told of something else as often as not
            sure = found.sure and is_rate(found.change.quantity) and _side_by_side(found.current, found.change, context)
            sure = sure and not _of_things(found.current)
            yield Relation(type="growth", roles=roles, certain=sure)


def _side_by_side(current: Fact, change: Fact, context: Context) -> bool:
    """Whether a level stands right before a change, but for other changes and the row that it stands in (17起、12人，分别下降…): of
    6项…，其中臭氧…，升幅2.6% nothing is known."""
    first, last = context.order[current.id], context.order[change.id]
    between = context.between(current, change)
    if "分别" in between and (current.sentence != change.sentence or _SO_MANY.match(between)):
        return False  # 优良106个、污染14个。…；东区、西区、新区三县区分别下降8.3%、10.0%和15.4%: of what was told of each
    return first < last and ("分别" in between or all(fact.kind in CHANGES for fact in context.facts[first + 1 : last]))


def _of_things(current: Fact) -> bool:
    """四项下降、一项上升，升幅2.6%: a few things are counted, and the change is of one of them."""
    return current.quantity.unit in _THINGS and len(current.quantity.digits) == 1


CHECK = CheckRule(code="G352", name="growth-infeasible", name_zh="增减幅度不可能", severity="error", find=find)
