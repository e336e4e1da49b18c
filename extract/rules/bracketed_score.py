"""Points in brackets behind what they are for: （一）建设数据平台（5分）.

Why: plans of assessment put the points that a task is worth behind its name; nothing else stands in the bracket.

Example: 完成二期建设。（2分） → the words 完成二期建设, kind max_score.

Left alone: points among other words (得28分，扣2分), any other unit in brackets, and points that were got (得分前三名为甲县（94.6分）).

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.types import Fact, Span

_NUMBER = re.compile(r"(?:[（(]?[0-9一二三四五六七八九十百]+[）)]?[、.．，\s]*|[一二三四五六七八九十]+是)+")
_RANKED = re.compile(r"(?:得分|评分|排名|名次|前[一二三四五六七八九十]名|[最末]后?[一二三四五六七八九十]?[名位])[^。；;]*[（(]")
_FIRST = re.compile(r"[^。；;（(]+")


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    text = place.document.text
    extent = place.quantity.extent
    around = text[max(0, extent.start - 1) : extent.start] + text[extent.end : extent.end + 1]
    if place.quantity.unit != "分" or around not in ("（）", "()"):
        return None
    if _RANKED.search(text, place.sentence.start, extent.start):
        return None
    start = place.block.span.start
    number = _NUMBER.match(text, start, extent.start)
    named = _FIRST.search(text, number.end() if number else start, extent.start - 1)
    return Named(words=(Span(*named.span()),), kind="max_score") if named else None


RULE = Rule(name="bracketed_score", order=5, read=_read)
