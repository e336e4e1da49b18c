"""How a spreadsheet shows a number: 0.9986 under ``0.00%`` is 99.86%, 1234.5 under ``#,##0.00`` is 1,234.50.

What a reader saw is what the report claims, to the digit; the stored value has more digits, or lacks the last zeros.
Source: ECMA-376 Part 1, 18.8.30 and 18.8.31 (number formats). Fractions and conditions are shown as General.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<exponent>[Ee][+-]0+)|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+)'
    r"|(?P<percent>%)|(?P<general>General|常规|G/通用格式)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;])*)(;?)')
_UNUSUAL = re.compile("[en]")
"""In a number as Python writes it: an exponent, infinity, none at all."""
_DATE = re.compile(r"[ymdhs]|[年月日时分秒]|AM/PM|上午/下午", re.IGNORECASE)
_UNSAID = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h{1,2}\]|m{1,2}\]|s{1,2}\])[^\]]*\]', re.IGNORECASE)


class _Section(NamedTuple):
    """One part of a format: literals with the number's place among them, and how its digits are written."""

    before: str
    after: str
    shown: bool
    general: bool
    decimals: int
    least: int
    whole: int
    grouped: bool
    factor: Decimal


def is_date(code: str) -> bool:
    """Whether a format shows a date or a time."""
    return bool(_DATE.search(_UNSAID.sub("", code).replace("General", ""))) and not re.search(r"[Ee][+-]0", code)


def shown(value: float | int, code: str) -> str:
    """The number as a spreadsheet shows it under a format."""
    text = f"{value:.15g}"
    if code == "General" and not _UNUSUAL.search(text):
        return text
    sections = _sections(code)
    number = Decimal(text)
    if len(sections) == 1:
        return _written(number, sections[0])
    section = sections[0 if number > 0 else 1 if number < 0 else min(2, len(sections) - 1) if len(sections) > 2 else 0]
    return _written(abs(number), section)


def date_shown(value: datetime.date | datetime.time | datetime.timedelta, code: str) -> str:
    """A date as a report writes it: 2023年5月1日 where the format has Chinese words, else 2023-05-01."""
    if not isinstance(value, datetime.date):
        return str(value)
    has_day, chinese = bool(re.search("d", code, re.IGNORECASE)), "年" in code
    clock = f" {value:%H:%M}" if isinstance(value, datetime.datetime) and re.search("h", code, re.IGNORECASE) else ""
    if chinese:
        return f"{value.year}年{value.month}月" + (f"{value.day}日" if has_day else "") + clock
    return (f"{value:%Y-%m-%d}" if has_day else f"{value:%Y-%m}") + clock


def _written(number: Decimal, section: _Section) -> str:
    if section.general:
        return section.before + plain(number) + section.after
    if not section.shown:
        return section.before + section.after
    try:
        scaled = (number * section.factor).quantize(Decimal(1).scaleb(-section.decimals), ROUND_HALF_UP)
    except InvalidOperation:  # more digits than any spreadsheet shows
        return section.before + plain(number) + section.after
    sign = "-" if scaled < 0 else ""
    whole, _, fraction = f"{abs(scaled):f}".partition(".")
    while len(fraction) > section.least and fraction.endswith("0"):
        fraction = fraction[:-1]
    whole = whole.lstrip("0").rjust(section.whole, "0")
    if section.grouped:
        whole = f"{int(whole):,}" if whole else whole
    return sign + section.before + whole + ("." + fraction if fraction else "") + section.after


def plain(number: Decimal) -> str:
    """A number without a format: all its digits, no exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[str] = []
    for match in _SECTION.finditer(code or "General"):
        parts.append(match[1])
        if not match[2]:
            break
    # What stands behind the third semicolon is for texts; an empty part shows nothing.
    return tuple(_section(part) for part in parts[:3])


def _section(code: str) -> _Section:
    sides = ["", ""]
    digits = ""
    percent = 0
    general = False
    for match in _TOKEN.finditer(code):
        side = 1 if digits or general else 0
        if match["digits"] and not digits:
            digits = match["digits"]
        elif match["general"] or match["exponent"] or match["text"] or (match["other"] == "/" and digits):
            general = True
        elif match["percent"]:
            percent += 1
            sides[side] += "%"
        elif match["bracket"] is not None:
            # [$￥-804] is a currency, [红色] and [DBNum1] are looks
            sides[side] += match["bracket"][1:].partition("-")[0] if match["bracket"].startswith("$") else ""
        elif not match["digits"]:
            sides[side] += match["quoted"] or match["escaped"] or match["other"] or ""
    whole, _, fraction = digits.partition(".")
    trailing = len(digits) - len(digits.rstrip(","))
    fraction = fraction.rstrip(",")
    return _Section(
        before=sides[0].lstrip(),
        after=sides[1].rstrip(),
        shown=bool(digits),
        general=general,
        decimals=len(fraction),
        least=fraction.count("0"),
        whole=whole.count("0"),
        grouped="," in whole.rstrip(","),
        factor=Decimal(100) ** percent / Decimal(1000) ** trailing,
    )
