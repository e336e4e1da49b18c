"""A number inside a code: COVID19, A4, GB/T8170, G318线, GD/J079-2018, %28, ids and serial numbers.

Why: letters and digits written together name things, they do not count.
Example: 国道G318线改造 → 318 is part of a code.
Left alone: currencies before a number (USD300), units behind it (250ml), table labels.
Source: observed in reports.
"""

from __future__ import annotations

import re

from extract.knowledge import Pattern, Window
from extract.patterns._grammar import ARABIC_START, D, numeral
from extract.types import Numeral

_BEFORE = re.compile(r"(?:[A-Za-z#＃№_@%]|[A-Za-z][-/—－.·]|[A-Za-z]/[A-Z]?\s?)$")
_MONEY = re.compile(r"(?:RMB|USD|CNY|EUR|HKD|JPY|GBP)\s?$")
_STANDARD = re.compile(r"(?<![A-Za-z0-9])(?:GB|DB|AQ|GA|JT|HJ|ISO|TSG|XF|YJ|MH|JG|CJ|SL|WS|NB|DL|HG|SH|SY|QX|LY|NY|TB|MT|GD|T)[A-Z0-9/]{0,8}\s?$")
_REST = re.compile(rf"[{D}A-Za-z]+(?:[-/.．·—_+][{D}A-Za-z]+)*")
_LONG = re.compile(rf"[{D}]{{12,}}(?![{D}.．,，万亿千百元个%\s])|[{D}]{{11,}}[XＸxA-Za-z]")
_MIXED = re.compile(r"[0-9]+[a-zA-Z]+[0-9]+[0-9a-zA-Z]*")


def read(match: re.Match[str], where: Window) -> Numeral | None:
    text, start = where.text, match.start()
    if start > where.start:
        previous = text[start - 1]
        if (previous.isascii() and (previous.isalpha() or previous in "#_@%/-. ")) or previous in "＃№—":
            lead = text[max(where.start, start - 14) : start]
            if (_BEFORE.search(lead) or _STANDARD.search(lead)) and not _MONEY.search(lead):
                whole = _REST.match(text, start, where.end)
                return numeral(whole, "code") if whole else None
    whole = _LONG.match(text, start, where.end) or _MIXED.match(text, start, where.end)
    if whole and "e" not in whole[0].lower() and not re.search(r"m[23]$", whole[0]):
        return numeral(whole, "code")
    return None


PATTERN = Pattern(
    name="code", rank=10, starts=ARABIC_START, regex=rf"(?:(?<=[A-Za-z#＃№_@%/.\-\ —])|(?=[{D}]{{11}}|[0-9]{{1,10}}[A-Za-z]))[{D}]", read=read
)
