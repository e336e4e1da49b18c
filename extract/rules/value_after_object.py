"""The name stands before the number: 共检查企业12.37万家次, 整改率97.83%, 综合得分：96分.

Why: it is the commonest way of stating a fact.

Example: 发放宣传资料2万份 → the words 发放宣传资料.

Left alone: a verb alone before the number while a noun follows it (成立11个汛前督查组): the noun names it.

Source: observed in reports.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.knowledge import Named, Place, Rule
from extract.types import Fact

_ADDS_TO_PREVIOUS = regex.compile(r"^[^，,。；;：:、（(]+$")


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    before, after = place.before, place.after
    if before is None:
        return None
    text = place.document.text
    counted = place.quantity.dimension == "count" or place.quantity.dimension == ""
    if counted and after is not None and after.score >= 1:
        if before.score < 1 or text[before.span.end - 1] == "的" or text[before.span.end : before.span.end + 1] == "的":
            return None
        if decided and decided[-1].sentence == place.sentence and _ADDS_TO_PREVIOUS.match(place.gap_text) and place.gap_text[:1] != "的":
            # 造成5个乡镇48,620人受灾: 乡镇 belongs to the number before it.
            return None
    return Named(words=(before.span,), confidence=0.9 if before.score >= 1 else 0.75)


RULE = Rule(name="value_after_object", order=50, read=_read)
