"""Halves of a unit: 半个小时, 半年, 一个半小时, 三斤半, 两年半.

Why: half a unit is an amount like any other; 半 alone is half, behind a unit it adds half.
Example: 处置时间缩短半个小时 → 0.5 个小时; 工期一年半 → 1.5 年.
Left alone: 上半年 and 下半年 are dates; words such as 半专业, 半径, 半成品, 多半.
Source: observed in reports.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extract.knowledge import Pattern, Window
from extract.numerals import Reading, parse
from extract.patterns._grammar import ANY_START, NUMBER, ONE, TIMES, WS, after, after_behind, build, unit_end
from extract.types import Quantity, Span


def read(match: re.Match[str], where: Window) -> Quantity | None:
    end = match.end()
    if match["half"]:
        if where.text[match.start() - 1 : match.start()] in ("上", "下", "前", "后", "大", "多") and match.start() > where.start:
            return None
        if match["times"]:
            unit = "个" + match["times"]
        else:
            begins, end = end, unit_end(where, end)
            unit = where.text[begins:end]
            if not unit:
                return None
        reading = Reading("0.5", ONE, 1)
        end_of_number = match.start() + 1
    else:
        whole = parse(match["number"])
        if whole is None or whole.scale != 1 or "." in whole.digits:
            return None
        if match["unit"] and unit_end(where, match.start("unit")) != match.end("unit"):
            return None
        unit = match["unit"] or match["each"] + match["times"]
        reading = Reading(f"{Decimal(whole.digits)}.5", ONE, whole.length)
        end_of_number = match.end("mid") if match["mid"] else match.end("tail")
    span, gap = Span(match.start(), end_of_number), bool(match["many"])
    follow, end = after_behind(where, end)
    return build(where, pattern="half", span=span, end=end, reading=reading, unit=unit, gap=gap, follow=after(follow))


PATTERN = Pattern(
    name="half",
    rank=56,
    starts=ANY_START + "半",
    needs="半",
    regex=rf"""
    (?=[^，。；、\n]{{0,14}}?半)
    (?:(?P<half>半)|(?P<number>{NUMBER})){WS}
    (?:(?:(?(half)个(?P<many>[多来])|(?P<each>[个個])(?P<mid>半)))(?P<times>{TIMES})
    |(?(half)|(?P<unit>[^半]{{1,8}})(?P<tail>半)(?![径导数成年个天小月岛挂专])))
    """,
    read=read,
)
