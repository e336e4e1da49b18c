"""A clock time: 9时30分, 早7时许, 8点30分, 08:30, 17:30-19:00, 24小时制.

Why: a time of day is no duration.
Example: 5月2日9时30分许 → clock_time.
Left alone: durations (2小时30分), 学时 and 课时, lists of points (三点建议).
Source: GB/T 7408 for hh:mm; common usage.
"""

from __future__ import annotations

import re

from extract.knowledge import Pattern, Window
from extract.patterns._grammar import ARABIC_START, D, numeral
from extract.types import Numeral

_DAYTIME = re.compile(r"(?:早|晚|上午|下午|凌晨|中午|傍晚|清晨|早晨|夜间|深夜|早上|晚上|当日|当天|日|次日|至|到|今晨|昨晚|午后|截至|自|从|每天)\s?$")

_PROPORTION = re.compile(r"(?:比(?:例|值)?|结构|构成)[为是达约]{0,2}\s?$")
"""师生比为1:16 is no time of day."""


def read(match: re.Match[str], where: Window) -> Numeral | None:
    if match["point"] or match["words"]:
        before = _DAYTIME.search(where.text, max(where.start, match.start() - 4), match.start())
        if not before and not match["rest"] and not (match["words"] or "时").endswith(("许", "整", "分", "右")):
            return None
    if _PROPORTION.search(where.text, max(where.start, match.start() - 8), match.start()):
        return None
    return numeral(match, "clock_time")


_H = r"(?:[01]?[0-9]|2[0-4])"
_MINUTES = r"\ ?[0-5]?[0-9]\ ?分(?!钟)"
_HH = r"(?:二?十[一二三四五六七八九]?|[零一二两三四五六七八九])"
PATTERN = Pattern(
    name="clock",
    rank=18,
    starts=ARABIC_START + "零一二两三四五六七八九十",
    needs=":：时点",
    regex=rf"""
    (?=[0-9零一二两三四五六七八九十\s]++[:：时点小—–－~～至-])
    (?:{_H}[:：][0-5][0-9](?:[:：][0-5][0-9](?![0-9]))?(?![0-9年:：]|\.[0-9])(?:\s?(?:-|—|–|－|~|～|至|到)\s?{_H}[:：][0-5][0-9](?![0-9]))?
    |{_H}\s?[-—–－~～至]\s?{_H}\ ?时(?!候|间|期|[刻代])
    |{_H}\ ?时(?!候|间|期|许?[刻代])(?:{_MINUTES}(?:[0-5]?[0-9]秒)?|半|整)?(?:许|左右|前后?|起)?(?:\s?[-—至到]\s?{_H}\ ?时(?:{_MINUTES})?)?
    |(?P<words>{_HH}时(?!候|间|期|[刻代差区])(?:[二三四五]?十?[一二三四五六七八九]?分)?(?:许|整|左右)?)
    |(?P<point>(?:{_H}|{_HH})\ ?点)(?!建议|要求|意见|体会|经验|[{D}一二三四五六七八九]*[度万亿%％])
     (?P<rest>[0-5]?[0-9]分|半|钟|整|许|左右|多钟?|不到|前|以前|之前)?
    |24小时制)
    """,
    read=read,
)
