"""Of which year numbers without a time of their own are, by the headings and titles above them.

A file may hold the reports of two years, one below the other or side by side, and a report may tell of two years in two
sections: what is stated in one and in the other is then no restatement.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from extract.checks.fiscal_year import carried_over
from extract.relations import Context, once
from extract.types import Document, Fact

_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*年\s*度?")
_TITLE = re.compile(r"(?:报告|总结|决算|说明|公报|年报)(?:[（(][^（）()]{1,12}[）)])?$")
_LONGEST_TITLE = 60
_LOOKING_BACK = re.compile(r"\s*(?:回顾|总的[看来]|综上|一年来|过去一?年|总结)")
"""存在的不足和2024年打算 … 回顾全年，检查单位2163家次: a paragraph that is of no year that a heading looks ahead to."""
_JOINED = re.compile(r"[\s和与及、]*")
_ALIKE = 2


def of_one_year(facts: Sequence[Fact], context: Context) -> bool:
    """Whether numbers may be of one year: those that name no time of their own stand under headings and titles that share one."""
    untimed = [fact for fact in facts if not fact.period]
    if len(untimed) < 2:
        return True
    above = _titles(context)
    years = [above.of(fact, context.document) for fact in untimed]
    return not any(_side_by_side(context.document, named) for named in years) and bool(frozenset.intersection(*years) or not all(years))


class _Titles:
    """The lines above the text that name a year, as places in it and what they name."""

    def __init__(self, document: Document) -> None:
        text, title = document.text, document.about.title
        self._starts, self._named = [0], [frozenset(match["year"] for match in _YEAR.finditer(title))]
        self._wrong = {place.start for place, _ in carried_over(document)}
        for block in document.blocks:
            words = block.span.of(text) if block.cell is None and block.kind != "caption" and len(block.span) <= _LONGEST_TITLE else ""
            years = frozenset(match["year"] for match in _YEAR.finditer(words))
            if len(years) == 1 and _TITLE.search(words) and not any(place in self._wrong for place in range(block.span.start, block.span.end)):
                self._starts.append(block.span.start)
                self._named.append(years)

    def of(self, fact: Fact, document: Document) -> frozenset[str]:
        """The years that the nearest heading above a number names, else the last title; none where neither does."""
        back = _LOOKING_BACK.match(document.text, document.blocks[fact.block].span.start)
        section = fact.section if back is None else None
        while section is not None:
            heading = document.sections[section].heading
            years = frozenset(match["year"] for match in _YEAR.finditer(heading.of(document.text)))
            if len(years) == 1 and not any(heading.start <= wrong < heading.end for wrong in self._wrong):
                return years
            section = document.sections[section].parent
        return self._named[bisect_right(self._starts, fact.quantity.span.start) - 1]


@once
def _titles(context: Context) -> _Titles:
    return _Titles(context.document)


def _side_by_side(document: Document, years: frozenset[str]) -> bool:
    """Whether a title names several years in the same words (2023年报告 2024年报告, 2023年和2024年): a number may be of either."""
    if len(years) < 2:
        return False
    title = document.about.title
    found = list(_YEAR.finditer(title))
    ends = [*(match.start() for match in found[1:]), len(title)]
    behind = [title[match.end() : end].strip() for match, end in zip(found, ends, strict=True)]
    return any(_JOINED.fullmatch(words) for words in behind[:-1]) or len({words[:_ALIKE] for words in behind}) == 1
