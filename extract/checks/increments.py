"""G354 increments: the changes of the parts add up to the change of the total.

What:
    A total and all of its parts, each told with an absolute change over the same time: the changes of the parts add up.

Why:
    Levels and changes are typed in separately; levels that add up beside changes that do not show a change that is wrong.

Fires:
    接待与用车支出31.42万元，比上年减少3.58万元。其中用车支出27.06万元，比上年减少2.82万元；接待支出4.36万元，比上年减少0.67万元。

Left alone:
    接待与用车支出31.42万元，比上年减少3.58万元。其中用车支出27.06万元，比上年减少2.82万元；接待支出4.36万元，比上年减少0.76万元。

False alarms:
    A part that existed in one of the two years only and is not told.

Source:
    observed in reports

In Chinese:
    各部分的增减额之和应等于总的增减额。
    只在其中一年存在而文中没有说明的部分，可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._changes import changes
from extract.checks._lists import lists
from extract.checks._values import is_rate
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact


def find(context: Context) -> Iterator[Relation]:
    """Sums of levels that hold, whose members all have a change in the same unit."""
    change_of: dict[str, Fact] = {}
    for found in changes(context).changes:
        if not is_rate(found.change.quantity) and found.change.quantity.dimension == found.current.quantity.dimension:
            change_of.setdefault(found.current.id, found.change)
    for total in lists(context).sums:
        members = [total.total.fact, *(place.fact for place in total.parts)]
        moved = [change_of.get(fact.id) for fact in members]
        if total.holds and None not in moved:
            ids = [fact.id for fact in moved if fact is not None]
            yield Relation(type="sum", roles={"total": (ids[0],), "parts": tuple(ids[1:])})


CHECK = CheckRule(code="G354", name="increments", name_zh="增量合计", severity="error", find=find)
