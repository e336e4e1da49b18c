"""A share in words: 百分之九十五, 千分之三, 万分之五.

Why: prose and speeches write shares in words; the words before the number are its unit.
Example: 整改率达到百分之九十五以上 → 95 %, bound >=.
Left alone: fractions with another denominator (三分之二) are the pattern `fraction`; 百分点 is a unit.
Source: GB/T 15835; observed in reports.
"""

from __future__ import annotations

import re

from extract.knowledge import Pattern, Window
from extract.numerals import Reading, parse
from extract.patterns._grammar import AFTER, EXACT, NUMBER, WS, after, build
from extract.types import Quantity, Span

_UNITS = {2: ("%", 1), 3: ("‰", 1), 4: ("‱", 1)}


def read(match: re.Match[str], where: Window) -> Quantity | None:
    whole, part = parse(match["whole"]), parse(match["number"])
    if whole is None or part is None:
        return None
    exponent = whole.value.adjusted()
    unit, _ = _UNITS.get(exponent, ("%", 1))
    reading = part
    if exponent not in _UNITS:
        reading = Reading(part.digits, EXACT.scaleb(part.scale, 2 - exponent), part.length)
    start = match.start()
    head = Span(match.start("number"), match.start("number") + part.length)
    found = build(
        where,
        pattern="percent",
        span=Span(start, start),
        end=match.end(),
        reading=reading,
        unit=unit,
        gap=bool(match["gap"]),
        follow=after(match["after"]),
    )
    return type(found)(
        span=head,
        extent=found.extent,
        digits=found.digits,
        value=found.value,
        unit=found.unit,
        dimension=found.dimension,
        scale=found.scale,
        bound=found.bound,
        interval=found.interval,
        pattern=found.pattern,
    )


PATTERN = Pattern(
    name="percent",
    rank=50,
    starts="一壹百佰千仟十万萬",
    regex=rf"""
    (?P<whole>[一壹]?[百佰]|[一壹]?[千仟]|[一壹]?[万萬]|一?十万|一?百万万?|一?千万|一?亿)分之
    (?P<number>{NUMBER})(?P<gap>[余多])?(?:{WS}(?P<after>{AFTER}))?
    """,
    read=read,
)
