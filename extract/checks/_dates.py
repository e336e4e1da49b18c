"""Dates of running text that name a month: 2024年4月8日, 6月16日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.types import Span

_DATE = re.compile(r"(?<![\d.])(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?P<month>1[0-2]|0?[1-9])\s*月(?:\s*(?P<day>\d{1,2})\s*[日号](?!\d))?")


class Date(NamedTuple):
    """A date as it is told, the year and the day where they are."""

    year: int | None
    month: int
    day: int | None
    span: Span


def dates_in(text: str, within: Span) -> Iterator[Date]:
    """The dates of a passage that name a month, in order."""
    for match in _DATE.finditer(text, within.start, within.end):
        day = int(match["day"]) if match["day"] else None
        yield Date(int(match["year"]) if match["year"] else None, int(match["month"]), day, Span(*match.span()))
