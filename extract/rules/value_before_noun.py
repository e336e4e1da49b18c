"""The name stands after the number: 7个镇, 对92处在册地质灾害隐患点, 完成超过500场次新《安全生产法》的宣讲.

Why: a counted noun follows its measure word; before it stands a verb, a preposition or nothing.

Example: 成立11个汛前督查组 → the words 汛前督查组.

Left alone: nothing after the measure word (立案14宗，); what a number is held against (低于10%的考核线).

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.rules._antecedents import composed
from extract.types import Fact

# 低于10%的考核线: what a number is held against counts nothing.
_STANDARD = re.compile(r"(?:的)?[^，,。；;、]{0,4}(?:标准|(?:控制|考核|约束性)指标|(?:控制|考核|警戒|合格|达标|及格|红)线)|年度|全年")


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    if place.after is None or (decided and composed(place, decided[-1])):
        return None
    if decided and decided[-1].sentence == place.sentence and _STANDARD.fullmatch(place.after.span.of(place.document.text)):
        return None
    return Named(words=(place.after.span,), confidence=0.85 if place.after.score >= 1 else 0.7)


RULE = Rule(name="value_before_noun", order=60, read=_read)
