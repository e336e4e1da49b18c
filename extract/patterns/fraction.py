"""A fraction: 三分之二, 1/4, 一半.

Why: shares are also told as fractions; they are rates and are given in percent, rounded to two decimals where they do not end.
Example: 占全国1/4 → 25 %; 三分之二的公园 → 66.67 %.
Left alone: dates and slashes between codes (8/12/2021, A/2), and numerators above the denominator in digits (24/7).
Source: observed in reports; the slack of a fraction is half a percentage point, as for a rounded rate.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from extract.intervals import HALF, around
from extract.knowledge import Pattern, Window
from extract.numerals import Reading, parse
from extract.patterns._grammar import AFTER, ANY_START, EXACT, HAN_START, NUMBER, ONE, WS, D, after, alone, build
from extract.types import Quantity, Span

WHOLE = rf"(?:[{D}]{{1,6}}|[{HAN_START}]{{1,12}})"
_HUNDREDTH = Decimal("0.01")


def read(match: re.Match[str], where: Window) -> Quantity | None:
    if match["half"]:
        part, whole = ONE, Decimal(2)
    else:
        above, below = parse(match["above"] or match["over"]), parse(match["below"] or match["under"])
        if above is None or below is None:
            return None
        part, whole = above.value, below.value
        if match["over"] and (part >= whole or whole > 1000) and not alone(where, match.start(), match.end()):
            return None
    if not whole:
        return None
    percent = EXACT.divide(EXACT.multiply(part, Decimal(100)), whole)
    rounded = percent.quantize(_HUNDREDTH, context=EXACT)
    written = f"{rounded:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    found = build(
        where,
        pattern="fraction",
        span=Span(match.start(), match.end("body")),
        end=match.end(),
        reading=Reading(written, ONE, match.end("body") - match.start()),
        unit="%",
        follow=after(match["after"]),
    )
    if found.bound == "=" and found.value is not None:
        return replace(found, interval=around(found.value, HALF))
    return found


PATTERN = Pattern(
    name="fraction",
    rank=52,
    starts=ANY_START,
    needs="半分/／",
    regex=rf"""
    (?P<body>(?P<half>一半(?![径导天]))
    |(?P<below>{WHOLE})分之(?P<above>{NUMBER})
    |(?<![\dA-Za-z/.])(?<!\d[-－])(?P<over>[{D}]{{1,3}}(?:\.[{D}]+)?)[/／](?P<under>[{D}]{{1,4}}(?:\.[{D}]+)?)(?![{D}/／年月日A-Za-z\-.]))
    (?:{WS}(?P<after>{AFTER}))?
    """,
    read=read,
)
