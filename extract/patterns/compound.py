"""An amount in several units: 50元6角3分, 1小时30分钟, 两年零三个月, 3斤5两.

Why: it is one amount; money is given in 元, all else in the last unit.
Example: 处置用时1小时30分钟 → 90 分钟.
Left alone: clock times (9时30分), and amounts that merely stand side by side (3人5次).
Source: observed in reports.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from extract.knowledge import Pattern, Window
from extract.numerals import Reading, parse
from extract.patterns._grammar import AFTER, ANY_START, EXACT, NUMBER, ONE, WS, after, build
from extract.types import Quantity, Span
from extract.units import unit as known

_COINS = {"元": "1", "圆": "1", "块": "1", "蚊": "1", "角": "0.1", "毛": "0.1", "毫": "0.1", "分": "0.01"}
_CHAINS = {
    "小时": "小时", "个小时": "小时", "個小時": "小时", "小時": "小时", "分": "分钟", "分钟": "分钟", "分鐘": "分钟", "秒": "秒", "秒钟": "秒",
    "年": "年", "个月": "个月", "個月": "个月", "天": "天", "斤": "斤", "公斤": "公斤", "两": "两",
}  # fmt: skip


def read(match: re.Match[str], where: Window) -> Quantity | None:
    pieces = [(match[f"n{i}"], match[f"u{i}"]) for i in (1, 2, 3) if match[f"n{i}"]]
    if len(pieces) < 2:
        return None
    readings = [parse(number) for number, _ in pieces]
    if None in readings:
        return None
    values = [reading.value for reading in readings if reading is not None]
    names = [unit for _, unit in pieces]
    last = 3 if match["n3"] else 2
    span = Span(match.start(), match.end(f"n{last}"))
    follow = after(match["after"])
    if names[0] in _COINS and names[-1] not in ("秒", "秒钟"):
        if not names[-1]:  # 九块九: the next smaller coin is understood
            names[-1] = "角" if names[-2] in "元圆块蚊" else "分"
        factors = [Decimal(_COINS[name]) for name in names if name in _COINS]
        if len(factors) != len(values) or factors != sorted(factors, reverse=True) or len(set(factors)) != len(factors):
            return None
        total = sum((EXACT.multiply(v, f) for v, f in zip(values, factors, strict=True)), Decimal(0))
        return build(where, pattern="compound", span=span, end=match.end(), reading=Reading(f"{total:f}", ONE, 1), unit="元", follow=follow)
    if not all(name in _CHAINS for name in names):
        return None
    units = [known(_CHAINS[name]) for name in names]
    smallest = units[-1]
    if smallest is None or any(unit is None or unit.dimension != smallest.dimension for unit in units):
        return None
    ordered = [unit.factor for unit in units if unit is not None]
    if ordered != sorted(ordered, reverse=True) or len(set(ordered)) != len(ordered):
        return None
    total = sum((EXACT.divide(EXACT.multiply(v, f), smallest.factor) for v, f in zip(values, ordered, strict=True)), Decimal(0))
    found = build(
        where, pattern="compound", span=span, end=match.end(), reading=Reading(f"{total:f}", ONE, 1), unit=_CHAINS[names[-1]], follow=follow
    )
    return replace(found, unit=_CHAINS[names[-1]])


_BIG = "元|圆|块|蚊|角|毛|毫|个?小时|個?小時|分|年|公斤|斤"
_SMALL = "角|毛|毫|分钟|分鐘|分|秒钟|秒|个月|個月|天|两"
PATTERN = Pattern(
    name="compound",
    rank=66,
    starts=ANY_START,
    needs="元圆块蚊角毛毫时時分年斤",
    regex=rf"""
    (?P<n1>{NUMBER}){WS}(?P<u1>{_BIG})(?:零|又|外加|加)?{WS}(?P<n2>{NUMBER})
    (?:{WS}(?P<u2>{_SMALL})(?![之比])|(?<=[块元毛][一二三四五六七八九])(?P<u2b>(?=[的了，。；、左以）]|[^\u4e00-\u9fff\d.,]|$)))
    (?:零?(?P<n3>{NUMBER})(?:{WS}(?P<u3>{_SMALL})|(?<=[角毛][一二三四五六七八九])))?(?:钱|整|正)?(?:{WS}(?P<after>{AFTER}))?
    """,
    read=read,
)
