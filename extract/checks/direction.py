"""T404 direction: what was to fall has not risen.

What:
    A target that is a fall (事故起数下降率, 能耗降低, 同比下降5%) in a row whose actual value says a rise (上升3%, 增加2起).

Why:
    3% against ≥5% looks like a near miss; a rise of 3% where a fall of 5% was due is the opposite of what was promised.

Fires:
    表2 绩效目标完成情况表
    指标	年度目标值	实际完成值
    事故起数同比下降率	≥5%	同比上升3.2%
    应急演练场次	≥12场	13场

Left alone:
    表2 绩效目标完成情况表
    指标	年度目标值	实际完成值
    事故起数同比下降率	≥5%	同比下降6.3%
    应急演练场次	≥12场	13场

False alarms:
    None known.

Source:
    observed in reports

In Chinese:
    要求下降的指标，完成值不应是上升。
    未见误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.claimed_met import objectives
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact

_FALL = re.compile(r"下降|减少|降低|压降|压减|降幅|减幅|缩减")
_RISE = re.compile(r"上升|增长|增加|上涨|升高|反弹|增幅|上扬")
_NEITHER = re.compile(r"成本|未")
_NEAR = 12
_CHANGE_UNITS = frozenset({"%", "％", "个百分点", "百分点"})


def find(context: Context) -> Iterator[Relation]:
    """Targets that are falls, with what is stated of them."""
    for relation in objectives(context):
        if not relation.roles.get("target") or not relation.roles.get("actual"):
            continue
        goal, actual = (context.by_id[relation.roles[role][0]] for role in ("target", "actual"))
        if not _is_change(goal) or not _is_change(actual) or not _fall(goal, context):
            continue
        words = context.before(actual, actual.sentence)[-_NEAR:]
        rises, falls = bool(_RISE.search(words)), bool(_FALL.search(words))
        if rises is not falls and not _NEITHER.search(words):
            note = f"目标为下降，实际为{'上升' if rises else '下降'}：{actual.quantity.extent.of(context.text)}"
            ids = (goal.id, actual.id)
            yield Relation(type="implied", roles={"facts": ids}, holds=falls, note=note, note_en="A fall was the target, the actual is a rise")


def _is_change(fact: Fact) -> bool:
    return fact.kind in ("growth", "delta") or fact.quantity.unit in _CHANGE_UNITS


def _fall(goal: Fact, context: Context) -> bool:
    words = goal.mention.text + context.before(goal, goal.sentence)[-_NEAR:]
    return bool(_FALL.search(words)) and not _RISE.search(words)


CHECK = CheckRule(code="T404", name="direction", name_zh="指标方向", severity="warning", find=find, equation=False)
