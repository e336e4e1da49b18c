"""The time a number is for, where it is not the document's own year: 截至2021年12月31日 → 2021-12-31, 上年, 2021-07/2021-12."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.types import Span

_PERIOD = re.compile(
    # First how a period can begin: all that follows is optional, and most of the text is none.
    r"""
    (?=[截至]|20|19|上[年一半届期轮个]|下半年|[去今本当全前]年|年[末底初]|[一二三四1-4]季|(?:1[0-2]|0?[1-9])(?:月|[至到—\-－–~～](?:1[0-2]|[1-9])月))
    (?P<until>截至|截止|至)?\s*
    (?:(?P<year>(?:19|20)\d{2})年(?:度)?(?!以来|来)|(?P<last>上年度?|去年|上一年度?|(?<![以路网线])上[届期轮]|上[个一][\u4e00-\u9fff]{0,4}?[期季届轮](?=[的为是\d]))|(?P<last_but_one>(?<![以之此年])前年(?![度均]))|(?P<this>今年|本年度?|当年|全年))?
    (?:
        (?<!\d)(?P<first>1[0-2]|0?[1-9])[至到—\-－–~～](?P<last_month>1[0-2]|[1-9])月(?!\d)
      | (?P<month>1[0-2]|0?[1-9])月(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号])?
        (?:[至到—\-－–~～](?:(?P<month2>1[0-2]|0?[1-9])月)?(?:(?P<day2>3[01]|[12]\d|0?[1-9])[日号])?)?
      | (?P<half>[上下])半年 | (?P<quarter>[一二三四1-4])季度 | (?P<end>年?末|年?底|年末)
      | (?P<start>年初(?!预算|部门预算|批复|下达|确定|计划|目标|安排))
    )?
    (?P<same>同期)?
    """,
    re.VERBOSE,
)
_NAMED_BY = re.compile(r"[年月季末底]|上[届期轮个一]")
"""Every period has one of these; most clauses have none of them."""
_NAMING = ("year", "last", "last_but_one", "this", "first", "month", "half", "quarter", "end", "start")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


class Period(NamedTuple):
    """A time named in the text: where, and its value ("" for the document's own year, 上年, 2021-12-31, 2021-07/2021-12)."""

    span: Span
    value: str


def periods(text: str, span: Span, year: str) -> list[Period]:
    """The periods named inside ``span``, in order. ``year`` is the document's own; a period equal to it has the value ""."""
    found: list[Period] = []
    if _NAMED_BY.search(text, span.start, span.end) is None:
        return found
    for match in _PERIOD.finditer(text, span.start, span.end):
        if match.end() == match.start() or not any(match[name] for name in _NAMING):
            continue
        value = _value(match, year)
        if value is not None:
            found.append(Period(Span(match.start(), match.end()), value))
    return found


def _value(match: re.Match[str], year: str) -> str | None:
    stated = match["year"] or year
    if match["last"] and year:
        stated = str(int(year) - 1)
    if match["last_but_one"]:
        stated = str(int(year) - 2) if year else ""
    if match["first"]:
        return f"{stated}-{int(match['first']):02}/{stated}-{int(match['last_month']):02}" if stated else None
    if match["month"]:
        if not stated:
            return None
        first = f"{stated}-{int(match['month']):02}" + (f"-{int(match['day']):02}" if match["day"] else "")
        if match["month2"] or match["day2"]:
            second = f"{stated}-{int(match['month2'] or match['month']):02}" + (f"-{int(match['day2']):02}" if match["day2"] else "")
            return f"{first}/{second}"
        return first
    if match["half"]:
        return f"{stated}-01/{stated}-06" if match["half"] == "上" else f"{stated}-07/{stated}-12"
    if match["quarter"]:
        quarter = _QUARTERS[match["quarter"]]
        return f"{stated}-{3 * quarter - 2:02}/{stated}-{3 * quarter:02}"
    if match["last"]:
        return "上年末" if match["end"] else "上年"
    if match["last_but_one"] and not match["end"]:
        return stated or "前年"
    if match["end"]:
        return f"{stated}-12-31" if stated else "年末"
    if match["start"]:
        return "年初"
    if match["year"]:
        if not year or match["year"] == year:
            return ""
        return "上年" if int(match["year"]) == int(year) - 1 else match["year"]
    return ""
