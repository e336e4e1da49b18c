"""A topic stands before the comma, its change or its figure behind: 原煤占能源消费的比重，由2020年的56%下降到52%; 使用率最低，只有57%.

Why: long names are set apart from what is said of them, and between comma and number stands only a time or a verb.

Example: 原煤占能源消费的比重，由2020年的56% → the words 原煤占能源消费的比重.

Left alone: a statement before the comma (新建公路12公里，由上年的8公里增至20公里) has a number of its own.

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.types import Fact, Span

_TOPIC = re.compile(
    r"(?:^|[，,：:])(?P<topic>[^，,。；;：:]{2,40}(?:[比占]重|占比|比例|强度|系数|水平|[率数额量]))[，,](?:则|已)?[由从](?:(?:19|20)\d\d年|上年|去年|年初)?(?:末|底|同期)?的?$"
)
# 妇产科使用率最低，只有57.4%; 水费收缴率不高，全县平均为86.4%.
_JUDGED = re.compile(
    r"(?:^|[，,。；;：:、）)])(?P<topic>[\u4e00-\u9fff]{2,16}?)(?:最[高低大小多少长短快慢]|不高|[偏较过][高低大小])[，,](?:全[国省市县区镇院校行]|平均)*(?:只有|仅有?|高?达到?|为|是)+$"
)
# 秋粮面积也稳中有增，超过13亿亩; 存款余额稳步增长，达到86.4亿元.
_STEADY = re.compile(
    r"(?:^|[，,。；;：:])(?P<topic>[\u4e00-\u9fff]{2,14}(?:面积|产量|产值|增加值|收入|支出|投资|余额|规模|里程|总[值额量]|水平|人口|[人户]数|比重|占比|价格|成本|存量))"
    r"[\u4e00-\u9fff]{2,10}[，,](?:已经?|均|也|首次|历史性|成功)*(?:高?达到?|升至|降至|增至|降到|升到)?(?:约|近)?$"
)
_BARE = re.compile(r"[，,]$")
_ABOVE = frozenset({">", ">="})


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    found = _TOPIC.search(place.gap_text) or _JUDGED.search(place.gap_text) or _steady(place)
    if found is None:
        return None
    start, end = found.span("topic")
    return Named(words=(Span(place.gap.start + start, place.gap.start + end),))


def _steady(place: Place) -> re.Match[str] | None:
    """The topic of a clause without a figure, behind which only stands what was reached or exceeded."""
    found = _STEADY.search(place.gap_text)
    alone = found is None or (_BARE.search(place.gap_text) is not None and place.quantity.bound not in _ABOVE)
    return None if alone else found


RULE = Rule(name="topic_before_change", order=15, read=_read)
