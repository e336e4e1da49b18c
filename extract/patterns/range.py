"""A range: 30-50万元, 5至10家, 80分（含）至90分, 半个小时至6个小时, 20%—30%.

Why: both ends belong to one statement; a check must not read them as two figures.
Example: 处罚金额30-50万元 → 300000 to 500000 元.
Left alone: 由3家增至5家 and 从35人到48人 are two levels; falling pairs, codes and dates.
Source: CHECKS T5: A–B stands for [A, B].
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import cast

from extract.knowledge import Pattern, Window
from extract.numerals import Reading, power
from extract.patterns._grammar import AFTER, ANY_START, EXACT, INCLUDED, NUMBER, ONE, SCALES, WS, D, between, scaled, unit_behind
from extract.types import Quantity, Span
from extract.units import compatible, written_as

_SHARED = re.compile(r"[一二三四五六七八九]([百千佰仟]+)")
_FROM = re.compile(r"(?:[由从]|(?<!各)自)(?!于)[^\s，,。；;]{0,8}$")
_JOINTS = "-–—~～－−‐至到与和"
_BEFORE_JOINT = re.compile(rf"{WS}{INCLUDED}{WS}")
_TAIL = re.compile(rf"(?:{WS}{INCLUDED}(?:{AFTER}|(?P<close>之?间)|不等))?")
_RUNS_ON = re.compile(rf"[-–—－][{D}]")


def _reading(number: str, scale: str | None) -> Reading | None:
    return Reading("0.5", ONE, 1) if number == "半" else scaled(number, scale)


def _own_unit(match: re.Match[str], where: Window) -> str | None:
    """The unit of the lower end, "" where it has none of its own; ``None`` where something else stands before the joint."""
    start, end = match.span("own")
    if start == end:
        return ""
    unit, at = unit_behind(where, start)
    if not _BEFORE_JOINT.fullmatch(where.text, at, end):
        return None
    return "" if unit == "个" and at == end and match["joint"] in ("至", "到") else unit


def read(match: re.Match[str], where: Window) -> Quantity | None:
    low, high = _reading(match["low"], match["low_scale"]), _reading(match["high"], match["high_scale"])
    if low is None or high is None:
        return None
    joint = match.span("joint")
    if match["joint"][0] in "-−－" and where.text[joint[0] - 1] in " \u3000" and where.text[joint[1]] not in " \u3000":
        return None  # 0 -12.5 are two figures
    own = _own_unit(match, where)
    if own is None:
        return None
    unit, end = unit_behind(where, match.end())
    if unit and _RUNS_ON.match(where.text, end, where.end):
        unit, end = "", match.end()
    tail = cast("re.Match[str]", _TAIL.match(where.text, end, where.end))
    if match["joint"] in ("与", "和"):
        if not tail["close"] and unit != "间":
            return None
        unit = "" if unit == "间" else unit
    if own and unit and own != unit and not compatible(own, unit):
        return None
    if own and not unit:
        return None
    if own and match["joint"] in ("至", "到") and _FROM.search(where.text, max(where.start, match.start() - 9), match.start()):
        return None
    low_scale = low.scale
    if low_scale == 1 and not own and Decimal(low.digits) < Decimal(high.digits):
        low_scale = high.scale  # 30-50万: the scale stands once for both
    tens = _SHARED.fullmatch(match["high"])
    if tens and low.scale == 1 and len(match["low"]) == 1 and Decimal(low.digits) < 10 and not match["low_scale"]:
        low_scale = power(tens[1])  # 两到三千: the place stands once for both
    first, second = EXACT.multiply(Decimal(low.digits), low_scale), high.value
    if own and own != unit:
        ratio = EXACT.divide(written_as(own)[1], written_as(unit)[1])
        first = EXACT.multiply(first, ratio)
    if not first < second:
        return None
    return between(
        where,
        pattern="range",
        span=Span(match.start(), match.start("high") + high.length),
        end=tail.end(),
        low=first,
        high=second,
        digits=f"{low.digits}-{high.digits}",
        unit=unit,
        scale=high.scale,
    )


PATTERN = Pattern(
    name="range",
    rank=55,
    starts=ANY_START + "半",
    needs=_JOINTS,
    regex=rf"""
    (?=[^，。；、\n]{{1,24}}?[{_JOINTS}])
    (?P<low>{NUMBER}|半)(?:{WS}[余多])?(?:{WS}(?P<low_scale>{SCALES}))?(?P<own>[^{_JOINTS}]{{0,40}})
    (?P<joint>[-–—~～－−‐]{{1,2}}|至|到|与|和){WS}
    (?P<high>{NUMBER})(?![{D}])(?:{WS}[余多])?(?:{WS}(?P<high_scale>{SCALES}))?(?![-–—－][{D}])
    """,
    read=read,
)
