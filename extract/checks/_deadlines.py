"""How many days something came before or after its term: 晚于约定交货日9日, 较计划完工时间10月31日晚20天.

When it came stands before in the sentence; the term stands in the words themselves, or is told once in the document under the name
that they give (最迟交货日为2025年2月4日).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.checks._dates import Date, days_between, days_in
from extract.relations import Context, once
from extract.segments import sentences
from extract.types import Span

_EVENT = r"(?P<event>交货|到货|完工|竣工|开工|交付|提交|投标截止|验收)"
_APART = re.compile(
    rf"(?:(?P<than>[晚迟早]于)|[较比])(?P<term>[^，。；]{{0,24}}?){_EVENT}(?:日期?|时间|期限)[^，。；]{{0,14}}?"
    r"(?P<way>(?:晚|早|提前|推迟|延后|延迟|滞后|逾期|超期)了?)?\s*(?<![月\d])(?P<days>[1-9]\d{0,2})\s*个?(?:日历)?[日天](?![期内前后])"
)
_NAMED = re.compile(rf"(?:最迟|最晚|约定|计划|合同|规定|要求|应)[^，。；\d]{{0,6}}{_EVENT}(?:日期?|时间|期限)(?:为|是|：)?\s*$")
_BACK = 24


class Apart(NamedTuple):
    """The place of a number of days, the dates that they lie between, and how many there are."""

    start: int
    printed: str
    dates: tuple[Date, Date]
    right: int


def days_apart(context: Context) -> Iterator[Apart]:
    """The numbers of days before or after a term."""
    text = context.text
    for block in context.document.blocks:
        words = block.span.of(text)
        if "月" not in words or not ("于" in words or "较" in words or "比" in words):
            continue
        for sentence in sentences(text, block.span):
            for match in _APART.finditer(text, sentence.start, sentence.end):
                if match["than"] is None and match["way"] is None:
                    continue
                dates = [one for one in days_in(text, sentence) if one.span.end <= match.start("days")]
                told = [one for one in dates if one.span.end <= match.start()]
                within = [one for one in dates if one.span.start >= match.start()] or _terms(context).get(match["event"], [])
                if not told or len(within) != 1:
                    continue
                # what came may be told with a year, its term without
                came, term = told[-1], within[0]._replace(year=within[0].year or told[-1].year)
                early = came[:3] < term[:3] if None not in (came.year, term.year) else came[1:3] < term[1:3]
                first, last = (came, term) if early else (term, came)
                right = days_between(first, last, context.document.about.year)
                if right is not None:
                    yield Apart(match.start("days"), match["days"], (first, last), right)


@once
def _terms(context: Context) -> dict[str, list[Date]]:
    """The dates that the document tells as terms, by what is due then."""
    found: dict[str, list[Date]] = {}
    text = context.text
    for date in days_in(text, Span(0, len(text))):
        named = _NAMED.search(text, max(0, date.span.start - _BACK), date.span.start)
        if named is not None and all(date[:3] != one[:3] for one in found.get(named["event"], [])):
            found.setdefault(named["event"], []).append(date)
    return found
