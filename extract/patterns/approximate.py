"""Numbers that are only hinted at: 数十, 几百万, 若干个, 三五个, 两三天, 七八十人.

Why: they are amounts, but no check may rest on them: 数十 has no value; 两三天 is a range of neighbours.
Example: 救援人员数十名 → no value, bound ≈; 两三百人 → 200 to 300.
Left alone: nouns that end in 数 (人数十二人 is twelve), 几乎, 若干 without a measure word, 一二线.
Source: CHECKS T5 (数十 and 若干 are not assessable).
"""

from __future__ import annotations

import re
from decimal import Decimal

from extract.knowledge import Pattern, Window
from extract.numerals import HAN_DIGITS, parse
from extract.patterns._grammar import EXACT, SCALES, UNIT_START, WS, after_behind, between, unit_behind, unknown
from extract.types import Numeral, Quantity, Span
from extract.units import dimension

_SPAN = re.compile(r"(?:这|未来|过去|今明|前|头|近)$")


def read(match: re.Match[str], where: Window) -> Quantity | Numeral | None:
    unit, unit_end = unit_behind(where, match.end())
    if match["vague"]:
        if dimension(unit) in ("calendar", "time") and _SPAN.search(where.text, max(where.start, match.start() - 2), match.start()):
            return Numeral(span=Span(match.start(), match.end("vague")), reason="date")  # 这几天, 近几年
        end = match.end("vague")
        last = match["vague"][-1]
        if last in "万亿" and len(match["vague"]) > 2:
            end -= 1
        return unknown(where, pattern="approximate", span=Span(match.start(), end), end=after_behind(where, unit_end)[1], unit=unit)
    first, second = HAN_DIGITS[match["first"]], HAN_DIGITS[match["second"]]
    if second - first != 1 and (first, second) != (3, 5):
        return None
    scale = parse("一" + match["scale"]) if match["scale"] else parse("一")
    tens = HAN_DIGITS.get(match["tens"][0], 1) * 10 if match["tens"] else 0
    if scale is None or not (unit or match["scale"]):
        return None
    span_end = match.end("second")
    if match["scale"]:
        span_end += len(match["scale"].rstrip("万亿"))
    return between(
        where,
        pattern="approximate",
        span=Span(match.start(), span_end),
        end=after_behind(where, unit_end)[1],
        low=EXACT.multiply(Decimal(tens + first), scale.value),
        high=EXACT.multiply(Decimal(tens + second), scale.value),
        digits=f"{tens + first}-{tens + second}",
        unit=unit,
        scale=scale.value,
    )


PATTERN = Pattern(
    name="approximate",
    rank=58,
    starts="数几幾若一二两三四五六七八九十",
    regex=rf"""
    (?:(?P<vague>若干|[数几幾](?:[十百千万亿]{{1,3}}(?:[余多])?[万亿]?)|[几幾](?={WS}[{UNIT_START}]))
    |(?P<tens>[二三四五六七八九]?十)?(?P<first>[一二两三四五六七八])(?P<second>[二两三四五六七八九])(?P<scale>{SCALES})?
    )
    """,
    read=read,
)
