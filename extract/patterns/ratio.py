"""A proportion: 5：1, 1∶1.2, 6比4.

Why: two numbers state one relation; the value is the first over the second, and the first stands for both.
Example: 收入比为2.6：1 → 2.6, without a unit.
Left alone: clock times (08:30), scales of maps (1:500地形图), several colons (1:29:300), labels (其中：3家).
Source: observed in reports.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extract.knowledge import Pattern, Window
from extract.numerals import Reading, narrow
from extract.patterns._grammar import ARABIC_START, EXACT, ONE, SCALES, D, build, unit_at
from extract.types import Numeral, Quantity, Span

_SIGNS = (":", "：", "∶")
_SHARES = re.compile(r"(?:结构|构成|产业|占比|(?:调整|优化|演进|变化?|转变)[为到])[为是由从比例重之约]{0,4}$")
_SCALED = re.compile(rf"\s?{SCALES}")
_SENSE = re.compile(r"(?:比(?:[（(][^（()）]{1,12}[）)])?|比例|比率|按|为|以|达|控制在|配比|约)[为是达约：: ]{0,2}$")

_SENSE_WITHIN = 18
"""So many characters before it say that it is a proportion."""


def read(match: re.Match[str], where: Window) -> Quantity | Numeral | None:
    span = Span(match.start(), match.end())
    if match["map"] is not None:
        return Numeral(span=Span(match.start(), match.end("second")), reason="name")
    if where.text[match.start() - 1 : match.start()] in _SIGNS and match.start() > where.start:
        return None
    if match["more"]:  # 三次产业结构为22.2∶38.9∶38.9 states three shares, 1:29:300 is the name of a law
        shares = "." in match[0] or _SHARES.search(where.text, max(where.start, match.start() - 8), match.start())
        return None if shares else Numeral(span=span, reason="name")
    loose = len(match["second"]) > 2 or _SCALED.match(where.text, match.end(), where.end) or unit_at(where, match.end(), blanks=1)
    if match["sign"] != "∶" and loose and not _SENSE.search(where.text, max(where.start, match.start() - _SENSE_WITHIN), match.start()):
        return None
    above, below = Decimal(narrow(match["first"])), Decimal(narrow(match["second"]))
    if not below:
        return None
    value = EXACT.divide(above, below).quantize(Decimal("0.0001"), context=EXACT).normalize(EXACT)
    digits = narrow(match["first"]) if below == 1 else f"{value:f}"
    return build(where, pattern="ratio", span=Span(*match.span("first")), end=match.end(), reading=Reading(digits, ONE, len(match["first"])))


PATTERN = Pattern(
    name="ratio",
    rank=54,
    starts=ARABIC_START,
    needs=":：∶比",
    regex=rf"""
    (?P<first>[{D}]{{1,5}}(?:\.[{D}]+)?)(?P<sign>[:：∶]|比(?=[{D}]))(?P<second>[{D}]{{1,6}}(?:\.[{D}]+)?)(?![{D}年月])
    (?P<more>(?:[:：∶][{D}]+(?:\.[{D}]+)?)+)?(?P<map>(?=的?(?:地形|地图|比例尺|万地|影像|矢量)))?
    """,
    read=read,
)
