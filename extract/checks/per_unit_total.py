"""U602 per-unit-vs-total: what is stated per unit is not stated as the total too.

What:
    An amount per unit (每户补助1.35万元, 1.35万元/户) and a total (共发放补助1.35万元) of the same thing with the same figure, where
    more than one was counted.

Why:
    One of the two lost its 每 or took the wrong line of the sheet; the sums built on it are off by the number of recipients.

Fires:
    一、基本情况
    对36户困难家庭实施房屋修缮，每户补助1.35万元。
    二、资金使用
    全年共发放房屋修缮补助1.35万元。

Left alone:
    一、基本情况
    对36户困难家庭实施房屋修缮，每户补助1.35万元。
    二、资金使用
    全年共发放房屋修缮补助48.6万元，补助标准为1.35万元。

False alarms:
    A single recipient that the text does not count.

Source:
    observed in reports

In Chinese:
    每户、每人的数额不应同时写成总额。
    只有一个对象而文中没有写明的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._prices import per_unit
from extract.checks._prose import Place, streams
from extract.checks._slips import significant
from extract.checks._words import core
from extract.relations import CheckRule, Context, Relation

TOTAL = re.compile(r"(?:共计?|合计|总计|累计|总额|总金额)[^，。；：每均]{0,14}$")
STANDARD = re.compile(r"标准|单价|均|每|最[高低]|上限|至[多少]|额度")
DIGITS = 2
COMMON = 2
MOST = 16


def find(context: Context) -> Iterator[Relation]:
    """Amounts per unit with the totals of the same figure; other totals are not shown, for nothing ties them together."""
    each: dict[object, list[tuple[Place, str]]] = {}
    totals: dict[object, list[Place]] = {}
    counted: dict[str, int] = {}
    for stream in streams(context):
        for place in stream.places:
            quantity = place.quantity
            if quantity.dimension == "count" and quantity.value is not None:
                counted[quantity.unit] = max(counted.get(quantity.unit, 0), int(quantity.value))
            found = per_unit(place)
            key = (quantity.value, quantity.unit.partition("/")[0])
            if found is not None and found.per and quantity.bound == "=":
                each.setdefault(key, []).append((place, found.per))
            elif quantity.dimension == "money" and TOTAL.search(place.clause) and not STANDARD.search(place.clause):
                totals.setdefault(key, []).append(place)
    for figure, places in each.items():
        for place, per in places[:MOST]:
            for total in totals.get(figure, ())[:MOST]:
                if counted.get(per, 0) > 1 and _one_thing(place, total):
                    title = context.title(place.fact) or context.called(total.fact)
                    yield Relation(
                        type="implied",
                        roles={"facts": (place.fact.id, total.fact.id)},
                        holds=False,
                        certain=len(significant(place.fact)) >= DIGITS,
                        note=f"“{title}”每{per}与总额同为 {place.quantity.extent.of(context.text)}",
                        note_en=f"“{title}” per {per} and in total are the same figure",
                    )


def _one_thing(place: Place, total: Place) -> bool:
    """Whether both amounts are of one thing: their names share two characters in a row, at the least."""
    first, second = core(place.fact.mention.text), core(total.fact.mention.text)
    return any(first[i : i + COMMON] in second for i in range(len(first) - 1))


CHECK = CheckRule(code="U602", name="per-unit-vs-total", name_zh="单位平均数与总数", severity="warning", find=find, preview=True)
