"""Whose the highest and the next ones are: 粮食总产最高的是河湾镇5.12万吨，其后为大坪镇4.67万吨、柳林镇4.03万吨.

Why: what is measured is said once, before the highest; behind it stand only names of whose the numbers are.

Example: 其后为大坪镇4.67万吨 → the words 粮食总产, of 大坪镇.

Left alone: their sum (前三名合计13.82万吨), and a number that names a measure itself behind such an opening (产量最高的是小麦，亩产480公斤).

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.types import Fact, Span

_HIGHEST = re.compile(
    r"(?:^|[，,。；;：:、（(])(?:其中|而)?(?P<what>[\u4e00-\u9fff]{2,14}?)(?<!难度|压力|影响|风险|矛盾|差距|潜力)(?:最[高大多低小少快慢长短]|居首|领先)的(?:却|仍|依旧|还)?(?:是|为)"
    r"(?:第[一二三四五六七八九十]名?的)?(?P<who>[\u4e00-\u9fff]{2,12}?)(?:[，,]?(?:达到?|有|为))?[：:]?$"
)
_NEXT = re.compile(
    r"[，,、；;]?(?:(?:其后|其次|再次|最后|随后|依次|接下来)(?:的?[是为])?|另有|还有)?"
    r"(?![^，,]*(?:[合总小共]计|总共|平均))(?P<who>[\u4e00-\u9fff]{2,10}?)(?:达到?|有|为)?$"
)


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    gap = place.gap_text
    if not place.quantity.unit:
        return None
    highest = _HIGHEST.search(gap)
    if highest is not None:
        start, end = highest.span("what")
        return Named(words=(Span(place.gap.start + start, place.gap.start + end),), subject=highest["who"])
    last = decided[-1] if decided else None
    if last is None or last.mention.by != RULE.name or last.mention.span is None:
        return None
    if last.sentence != place.sentence or last.quantity.unit != place.quantity.unit:
        return None
    following = _NEXT.fullmatch(gap)
    return Named(words=(last.mention.span,), subject=following["who"]) if following else None


RULE = Rule(name="topped_list", order=27, read=_read)
