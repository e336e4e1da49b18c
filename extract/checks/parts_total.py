"""S201 parts-total: parts that are said to be all of a total reach it.

What:
    A total and its parts in running text: a list in brackets, after 分别为, 由…构成, 按类型分, 其中 with parts that divide the whole
    (行政 and 事业, the last called 其他), or before 合计; parts whose shares come to 100%; a budget told as 年初 plus 追加 or less 压减;
    the figures with which sections open alike (涉及问题23个，已完成整改19个); what a row says was given and added, of its budget;
    two divisions that come to one number, which the total is not.

Why:
    A breakdown is how a total is checked. Where it does not add up, a part or the total was changed after the other.

Fires:
    全年接报突发事件286条，按类型分，自然灾害类97条、事故灾难类121条、公共卫生类14条、社会安全类58条。

Left alone:
    全年发生事故6起，其中机械伤害3起、触电1起。

False alarms:
    Parts that overlap (党员 and 女性), where the text says 分别为 all the same.

Source:
    observed in reports

In Chinese:
    所列各部分是全部分项时，其和应等于总数（分别为、由……构成、按类型分、括号内的列举）。
    各部分互有重叠（党员与女性）而仍写“分别为”的，可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.checks import _formulas
from extract.checks._bare_shares import closed_shares
from extract.checks._divided_twice import divided_twice
from extract.checks._lists import lists
from extract.checks._other_half import halves
from extract.checks._row_remarks import added_later
from extract.checks._sections_alike import sections_alike
from extract.checks._shares import shares
from extract.checks._tables import decimals
from extract.checks._tally import PartList, adds_up
from extract.checks._told_by_share import rows_by_share
from extract.checks._two_sorts import two_sorts
from extract.intervals import decimals_of
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact


def find(context: Context) -> Iterator[Relation]:
    """Every total whose parts the prose lists in full."""
    for found in lists(context).sums:
        if found.holds or not found.suspected:
            yield relation(found)
    for run in shares(context):
        if run.complete or run.hundred:
            roles = {"total": (run.whole.id,), "parts": tuple(part.id for part in run.parts)}
            yield Relation(type="sum", roles=roles)
    for pair in halves(context):
        yield Relation(type="sum", roles={"total": (pair.whole.id,), "parts": tuple(part.id for part in pair.parts)})
    for row in rows_by_share(context):
        if row.closed or adds_up(row.whole.quantity, [part.quantity for part in row.parts]):
            yield Relation(type="sum", roles={"total": (row.whole.id,), "parts": tuple(part.id for part in row.parts)})
    for one in closed_shares(context):
        if one.whole is not None:
            yield Relation(type="sum", roles={"total": (one.whole.id,), "parts": tuple(share.id for share in one.shares)})
    yield from _formulas.sums(context)
    yield from sections_alike(context)
    yield from added_later(context)
    yield from divided_twice(context)
    yield from two_sorts(context)


def relation(found: PartList, *, certain: bool | None = None) -> Relation:
    """The sum that a list of parts makes with its total."""
    facts = (found.total.fact, *(place.fact for place in found.parts))
    roles = {"total": (found.total.fact.id,), "parts": tuple(place.fact.id for place in found.parts)}
    if found.less:
        roles["less"] = tuple(place.fact.id for place in found.less)
    sure = (found.sure or found.holds) if certain is None else certain
    return Relation(type="sum", roles=roles, certain=sure, decimals=_beside_nothing(facts) if found.holds else decimals(facts))


def _beside_nothing(facts: Sequence[Fact]) -> int | None:
    """因公出国费0万元，运行费41.20万元: the decimals of the figures beside a 0, which was not rounded to it; ``None`` without one."""
    others = {decimals_of(fact.quantity.digits) for fact in facts if fact.quantity.digits != "0"}
    alike = len(others) == 1 and len({fact.quantity.scale for fact in facts}) == 1
    return others.pop() if alike and any(fact.quantity.digits == "0" for fact in facts) else None


CHECK = CheckRule(code="S201", name="parts-total", name_zh="分项与总数", severity="error", find=find)
