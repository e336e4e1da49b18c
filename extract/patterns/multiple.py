"""Doublings and figures with two digits: 翻一番, 翻了两番, 两位数增长.

Why: 番 doubles and is no multiple; a growth with two digits is at least ten percent.
Example: 产值比2020年翻一番 → 1 番; 连续保持两位数增长 → 10 %, bound >=.
Left alone: 三番五次 and other idioms; multiples with 倍 are the pattern `amount`.
Source: observed in reports.
"""

from __future__ import annotations

import re

from extract.knowledge import Pattern, Window
from extract.numerals import Reading, parse
from extract.patterns._grammar import ANY_START, NUMBER, ONE, WS, build
from extract.types import Quantity, Span


def read(match: re.Match[str], where: Window) -> Quantity | None:
    reading = parse(match["number"])
    if reading is None:
        return None
    span = Span(match.start(), match.start() + reading.length)
    if match["places"]:
        places = int(reading.value)
        if not 2 <= places <= 4:
            return None
        return build(where, pattern="multiple", span=span, end=match.end(), reading=Reading(str(10 ** (places - 1)), ONE, 1), unit="%", lead=">=")
    if not where.text[max(where.start, match.start() - 3) : match.start()].rstrip("了出近约超").endswith("翻"):
        return None
    return build(where, pattern="multiple", span=span, end=match.end(), reading=reading, unit="番")


PATTERN = Pattern(
    name="multiple",
    rank=62,
    starts=ANY_START,
    needs="位番",
    regex=rf"(?P<number>{NUMBER})(?:(?P<places>位数(?=的?(?:以上)?(?:增|上|攀|升|速|提)))|{WS}番(?!五|茄))",
    read=read,
)
