"""The part of a year that a report written before the year is over tells of: 1—11月 in a report of December.

Such a report names its time where it begins and above its tables, and leaves it out everywhere else: what has no time is of
the months that it names.
"""

from __future__ import annotations

import re

from extract.checks._dates import dates_in
from extract.relations import Context, once
from extract.types import Document

_SO_FAR = re.compile(r"(?P<year>\d{4})-01/(?P=year)-(?P<last>\d\d)")
_ENDS = 6
"""So many blocks at the end of a report may hold the date of its signature."""
_LONGEST = 30


@once
def own_time(context: Context) -> str:
    """The months from January on that all figures of a part of the year are of, where the report is dated later in that year; or ""."""
    year = context.document.about.year
    spans = {fact.period for fact in context.facts if fact.period.startswith(year) and _SO_FAR.fullmatch(fact.period)} if year else ()
    if len(spans) != 1:
        return ""
    (span,) = spans
    month = _signed(context.document, year)
    return span if int(span[-2:]) <= month else ""


def _signed(document: Document, year: str) -> int:
    """The month of the year in which a report was signed, by the last line that holds nothing but a date; 0 where none tells."""
    for block in reversed(document.blocks[-_ENDS:]):
        if block.cell is not None or len(block.span) > _LONGEST:
            continue
        line = block.span.of(document.text).strip()
        dates = [one for one in dates_in(document.text, block.span) if one.span.of(document.text) == line]
        if dates:
            return dates[0].month if str(dates[0].year) == year else 0
    return 0
