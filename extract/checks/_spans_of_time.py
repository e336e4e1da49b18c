"""What happened in a part of the time is a part of what happened in all of it: 2021年以来累计241个 and 86个 this year; 春节期间47起.

The two carry one name; the words of the clause say which one is for longer. Whether both count alike is not said, so that
a part that is larger is only told where one paragraph names both in the same words, one of them for several years or
all of one (全年, and 期间), or where one sentence says that the one is of the other (特别是春节期间).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from extract.checks._prose import is_level, like, squeezed
from extract.checks._rates import limited
from extract.checks._tally import exceeds
from extract.checks._words import alike, bare
from extract.relations import Context
from extract.types import Fact

_LONG = re.compile(r"(?:19|20)\d\d年(?:以来|至(?:19|20)\d\d年)|[二三四五六七八九十两]年(?:来|间|累计)|年间|历年|累计")
_YEARS = re.compile(r"(?:19|20)\d\d年以来|[二三四五六七八九十两]年(?:来|间|累计)|历年")
_ALL_YEAR = re.compile(r"全年|年内|一年来")
_PERIOD = re.compile(r"期间|行动中|活动中|当[天日月]|[一二三四]季度|[上下]半年")
_SEASON = re.compile(r"^(?:.{0,16}期间)?(?:共|累计|专项|集中|突击|联合|开展|组织)*(?P<what>[^，。；、]{3,})$")
_WIDER = re.compile(r"全[国省市区县州]|各[地级]|累计|三地|两地")
_OF_IT = re.compile(r"其中|特别是|尤其是?")
_SHORT = re.compile(r"(?:期间|过程|[上下]半年|[一二三四]季度|当[天日]|今天|节前后|假期|首[日周月]|汛期)")
_MEAN = re.compile(r"均[^，。；、]{0,8}$")
"""上半年日均接待3260人，全年日均3220人: the mean of a part is no part."""
_APART = re.compile(r"；|，其中|：第[一二三四五六七八九十]+[批期轮]")
MOST = 40
"""Names of more facts are too common to say one thing."""


@dataclass(frozen=True, slots=True)
class Within:
    """An amount and that of a part of its time."""

    whole: Fact
    part: Fact


def within(context: Context) -> Iterator[Within]:
    """Pairs of neighbours under one name of which the words say that one is for longer, in one section or its neighbour."""
    amounts = dict(_amounts(context))
    for name, facts in context.by_name.items():
        if not name or len(facts) > MOST:
            continue
        told = [fact for fact in facts if fact.id in amounts]
        ranked = [(fact, _length(amounts[fact.id])) for fact in told] if len(told) > 1 else []
        for (a, long_a), (b, long_b) in pairwise(ranked):
            if long_a == long_b or not like(a.quantity, b.quantity):
                continue
            whole, part = (a, b) if long_a > long_b else (b, a)
            named_alike = a.block == b.block and alike(a.mention.text, b.mention.text)
            years = long_a + long_b > 2 and _YEARS.search(amounts[whole.id]) is not None
            year = _in_its_year(amounts, whole, part)
            of_it = whole is a and a.sentence == b.sentence and _OF_IT.search(context.between(a, b)) is not None
            if not exceeds(part.quantity, whole.quantity) or (named_alike and (years or of_it or year)):
                yield Within(whole, part)
    yield from _seasons(context, amounts)


def _amounts(context: Context) -> Iterator[tuple[str, str]]:
    """The ids of facts of the prose that state an amount of the document's own body that adds up over time, with the words before them."""
    for fact in context.facts:
        if fact.cell is None and is_level(fact) and not fact.subject and limited(fact):
            words = _words(context, fact)
            if not _MEAN.search(words):
                yield fact.id, words


def _seasons(context: Context, amounts: Mapping[str, str]) -> Iterator[Within]:
    """全年检查企业2846家次…春节期间专项检查企业318家次: the words before 期间 are no part of the name."""
    by_block: dict[int, list[Fact]] = {}
    for identity in amounts:
        fact = context.by_id[identity]
        by_block.setdefault(fact.block, []).append(fact)
    for facts in by_block.values():
        parts = [(fact, named) for fact in facts if _PERIOD.search(amounts[fact.id]) and (named := _SEASON.match(bare(fact.mention.text)))]
        years = [(fact, bare(fact.mention.text)) for fact in facts if _ALL_YEAR.search(amounts[fact.id])][:MOST] if parts else []
        for part, named in parts:
            whole = next((f for f, name in years if f is not part and name.endswith(named["what"]) and f.quantity.unit == part.quantity.unit), None)
            if whole is not None and _in_its_year(amounts, whole, part):
                yield Within(whole, part)


def _in_its_year(amounts: Mapping[str, str], whole: Fact, part: Fact) -> bool:
    """Whether the words say that one figure is of a year, and the other of some days or months of it, of the same area."""
    of_year, of_days = amounts[whole.id], amounts[part.id]
    if not _ALL_YEAR.search(of_year) or not _PERIOD.search(of_days) or (_WIDER.search(of_days) and not _WIDER.search(of_year)):
        return False
    years = whole.period[:4], part.period[:4]
    return not all(map(str.isdigit, years)) or years[0] == years[1]


def _length(words: str) -> int:
    """2 for what is said of several years, 0 for what is said of some days or months, 1 for the rest."""
    return 2 if _LONG.search(words) else 0 if _SHORT.search(words) else 1


def _words(context: Context, fact: Fact) -> str:
    words: str = _APART.split(squeezed(context.before(fact, fact.sentence)[-40:]))[-1]
    _, opened, inside = words.rpartition("（")
    # 四年累计7.06亿元（2021年1.63亿元、2022年1.74亿元）: the four years are of what stands before the bracket
    return inside if opened and "）" not in inside else words
