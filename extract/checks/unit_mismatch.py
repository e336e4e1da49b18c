"""U603 unit-mismatch: one figure has one unit.

What:
    The same long figure under the same name in two places with units that count different things (1.346万份 and 1.346万册, 人 and
    人次). Units that are used for one another (人 and 名, 起 and 宗, 场 and 场次) are one.

Why:
    Copies, sheets and volumes are paid and counted differently, heads and attendances too. A figure that changes its unit was
    copied without looking.

Fires:
    一、总体情况
    全年发放宣传资料13460份。
    二、宣传教育
    全年发放宣传资料13460册，受到群众欢迎。

Left alone:
    一、总体情况
    全年发放宣传资料13460份，参训3.1万人。
    二、宣传教育
    全年发放宣传资料13460份，参训企业3.1万个。

False alarms:
    Two things of one name that are as many as each other (one volume a head).

Source:
    observed in reports

In Chinese:
    同一数字在各处的计量单位应当相同（份与册、人与人次）。人与名、起与宗等通用的单位不算。
    名称相同、数目恰好相等的两件事，可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._keys import MANY
from extract.checks._slips import LONG, significant
from extract.checks._words import bare, core
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact

ALIKE = ("人名位员", "起宗件例桩", "场期次", "家户个处所座间", "台套辆部架艘", "项条个件", "亩", "份", "册本", "张", "幅块", "篇条")
"""Units of one group count the same things in different authors' hands."""
SHORTEST = 2


def find(context: Context) -> Iterator[Relation]:
    """Long counts that return under one name with another unit."""
    groups: dict[object, list[Fact]] = {}
    for fact in context.facts:
        quantity = fact.quantity
        if quantity.dimension not in ("count", "times") or quantity.bound != "=" or quantity.value is None or fact.kind != "level":
            continue
        name = core(fact.mention.text)
        if len(significant(fact)) >= LONG and len(name) >= SHORTEST and fact.cell is None:
            groups.setdefault((quantity.value.normalize(), name, fact.subject, fact.period), []).append(fact)
    for facts in groups.values():
        first, *others = facts[:MANY]
        other = next((fact for fact in others if fact.block != first.block and not _interchangeable(first, fact)), None)
        if other is not None:
            units = (first.quantity.unit, other.quantity.unit)
            note = f"“{context.called(first)}”的同一数字 {first.quantity.digits} 单位不一：{units[0]}、{units[1]}"
            note_en = f"The figure {first.quantity.digits} of “{context.called(first)}” has two units: {units[0]}, {units[1]}"
            yield Relation(type="implied", roles={"facts": (first.id, other.id)}, holds=False, note=note, note_en=note_en)


def _interchangeable(first: Fact, second: Fact) -> bool:
    a, b = bare(first.quantity.unit), bare(second.quantity.unit)
    if a == b:
        return True
    if {a, b} == {"人", "人次"}:
        return False
    a, b = (unit.removesuffix("次") or unit for unit in (a, b))
    return a == b or any(a in group and b in group for group in ALIKE)


CHECK = CheckRule(code="U603", name="unit-mismatch", name_zh="计量单位不符", severity="warning", find=find, preview=True)
