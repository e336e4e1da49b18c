"""The name stands after the number: 7个镇, 对92处在册地质灾害隐患点, 完成超过500场次新《安全生产法》的宣讲.

Why: a counted noun follows its measure word; before it stands a verb, a preposition or nothing.

Example: 成立11个汛前督查组 → the words 汛前督查组.

Left alone: nothing after the measure word (立案14宗，).

Source: observed in reports.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.types import Fact


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    if place.after is None:
        return None
    return Named(words=(place.after.span,), confidence=0.85 if place.after.score >= 1 else 0.7)


RULE = Rule(name="value_before_noun", order=60, read=_read)
