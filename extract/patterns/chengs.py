"""Tenths: 九成, 近四成, 三成半, 四成三, 八折, 打七五折.

Why: 成 is a tenth of the whole and 折 a tenth of the price; both are given in percent.
Example: 占农村供水人口的近四成 → 40 %, bound <~.
Left alone: words that begin with 成 (三成员单位, 五成立) and 折 (三折叠).
Source: observed in reports; 九折 = 90 % of the price is common usage.
"""

from __future__ import annotations

import re

from extract.knowledge import Pattern, Window
from extract.numerals import Reading, parse
from extract.patterns._grammar import AFTER, ANY_START, EXACT, NUMBER, NUMERIC, WS, after, build
from extract.types import Quantity, Span

_HUNDREDTHS = {"半": 5, **{numeral: value for value, numeral in enumerate("一二三四五六七八九", 1)}}


def read(match: re.Match[str], where: Window) -> Quantity | None:
    reading = parse(match["number"])
    if reading is None or (reading.value > 10 and match["word"][0] == "成"):
        return None
    power = 1
    if match["word"] == "折":
        if len(reading.digits) == 2 and "." not in reading.digits and reading.digits != "10":
            power = 0  # 七五折 is 75 %
        elif reading.value > 10:
            return None
    digits = f"{reading.digits}.{_HUNDREDTHS[match['half']]}" if match["half"] and "." not in reading.digits else reading.digits
    tenths = Reading(digits, EXACT.scaleb(reading.scale, power), reading.length)
    return build(
        where,
        pattern="chengs",
        span=Span(match.start(), match.end("half") if match["half"] else match.start() + reading.length),
        end=match.end(),
        reading=tenths,
        unit="%",
        gap=bool(match["gap"]),
        follow=after(match["after"]),
    )


PATTERN = Pattern(
    name="chengs",
    rank=60,
    starts=ANY_START,
    needs="成折",
    regex=rf"""
    (?=(?:{NUMERIC}|[余多])++[成折])
    (?P<number>{NUMBER})(?P<gap>[余多])?{WS}(?P<word>成(?![立为员功果效本长熟品都绩分型人就交套因像])(?P<half>半(?!数)|[一二三四五六七八九](?=[，。；、：）)\s]|左右|以上|以下|$))?|折(?![叠断磨射旧合线腾中]))
    (?:{WS}(?P<after>{AFTER}))?
    """,
    read=read,
)
