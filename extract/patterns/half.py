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
from extract.patterns._grammar import AFTER, ANY_START, NUMBER, ONE, TIMES, UNIT, WS, after, build
from extract.types import Quantity, Span


def read(match: re.Match[str], where: Window) -> Quantity | None:
    follow = after(match["after"])
    if match["half"]:
        if where.text[match.start() - 1 : match.start()] in ("上", "下", "前", "后", "大", "多") and match.start() > where.start:
            return None
        unit = match["unit"] or "个" + match["times"]
        reading = Reading("0.5", ONE, 1)
        end_of_number = match.start() + 1
    else:
        whole = parse(match["number"])
        if whole is None or whole.scale != 1 or "." in whole.digits:
            return None
        unit = match["each"] + match["times"] if match["times"] else match["unit"]
        reading = Reading(f"{Decimal(whole.digits)}.5", ONE, whole.length)
        end_of_number = match.end("mid") if match["mid"] else match.end("tail")
    span, gap = Span(match.start(), end_of_number), bool(match["many"])
    return build(where, pattern="half", span=span, end=match.end(), reading=reading, unit=unit, gap=gap, follow=follow)


PATTERN = Pattern(
    name="half",
    rank=56,
    starts=ANY_START + "半",
    needs="半",
    regex=rf"""
    (?=[^，。；、\n]{{0,14}}?半)
    (?:(?P<half>半)|(?P<number>{NUMBER})){WS}
    (?:(?:(?(half)个(?P<many>[多来])|(?P<each>[个個])(?P<mid>半)))(?P<times>{TIMES})
    |(?P<unit>{UNIT})(?(half)|(?P<tail>半)(?![径导数成年个天小月岛挂专])))
    (?:{WS}(?P<after>{AFTER}))?
    """,
    read=read,
)
