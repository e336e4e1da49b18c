"""The goal that a result meets or misses goes by the result's name: 建成绿道26公里，完成年初确定的30公里建设任务.

Why: the words before the goal's number say who set it, not what it is of.

Example: 城镇新增就业143万人，超额完成国家下达的110万人任务 → the words 城镇新增就业.

Left alone: a goal without a result of its unit before it in the sentence (完成上级下达的500亩造林任务).

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.rules._antecedents import CHANGES
from extract.types import Fact

_SET = re.compile(r"(?:完成|高于|低于|优于|好于|达到|超过|突破|不及|未达)[^，,。；;、]{0,12}(?:下达|确定|规定|设定|要求|明确|批复)的?$")


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    if not decided or not _SET.search(place.gap_text):
        return None
    result = decided[-1]
    alike = result.sentence == place.sentence and result.quantity.unit == place.quantity.unit and result.kind not in CHANGES
    if not alike or result.mention.span is None:
        return None
    return Named(words=(result.mention.span,), antecedent=len(decided) - 1)


RULE = Rule(name="goal_of_result", order=39, read=_read)
