"""Dates of running text that name a month: 2024年4月8日, 6月16日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from extract.types import Span

_DATE = re.compile(r"(?<![\d.])(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?P<month>1[0-2]|0?[1-9])\s*月(?:\s*(?P<day>\d{1,2})\s*[日号](?!\d))?")
RANGE = re.compile(r"\s*(?:至|到|[—–~～-]+)\s*")
_TILL = re.compile(RANGE.pattern + r"(?P<day>\d{1,2})\s*[日号](?!\d)")


class Date(NamedTuple):
    """A date as it is told, the year and the day where they are."""

    year: int | None
    month: int
    day: int | None
    span: Span


def dates_in(text: str, within: Span) -> Iterator[Date]:
    """The dates of a passage that name a month, in order."""
    if text.find("月", within.start, within.end) < 0:
        return
    for match in _DATE.finditer(text, within.start, within.end):
        day = int(match["day"]) if match["day"] else None
        yield Date(int(match["year"]) if match["year"] else None, int(match["month"]), day, Span(*match.span()))


def days_in(text: str, within: Span) -> Iterator[Date]:
    """The dates of a passage that name a day, in order, also the second day of 6月16日至21日."""
    for one in dates_in(text, within):
        if one.day is None:
            continue
        yield one
        till = _TILL.match(text, one.span.end, within.end)
        if till is not None:
            yield one._replace(day=int(till["day"]), span=Span(till.start("day"), till.end()))


def days_between(first: Date, last: Date, year: str) -> int | None:
    """The days from one date to another, the years as told or else those of the report; ``None`` where the calendar has no such day, or
    where no year is told and the end of February lies between."""
    told = first.year or last.year or (int(year) if year.isdigit() else None)
    if told is not None:
        return _days(first, last, told)
    common, leap = _days(first, last, 2023), _days(first, last, 2024)
    return common if common == leap else None


def _days(first: Date, last: Date, told: int) -> int | None:
    if first.day is None or last.day is None:
        return None
    turned = (last.month, last.day) < (first.month, first.day)
    start = first.year or told - (turned and last.year is not None)
    end = last.year or start + turned
    try:
        days = (date(end, last.month, last.day) - date(start, first.month, first.day)).days
    except ValueError:
        return None
    return days if days >= 0 else None
