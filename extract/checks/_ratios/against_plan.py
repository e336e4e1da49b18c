"""What was reached and what was meant to, the two figures before a rate of completion."""

from __future__ import annotations

import re

from extract.checks._prose import Place, like
from extract.checks._ratios.reader import Reader
from extract.checks._ratios.words import DUE, PLANNED
from extract.checks._words import bigrams
from extract.types import Fact

_HAD = re.compile(r"(?:共|现)有[^，。；]{1,8}$")
_ASKED = re.compile(r"^应[^对急该届，。；：、]{1,6}$")
_DID = re.compile(r"^[^，。；]{0,2}(?:实[际]?|已)[^，。；]{1,6}$")


def against_plan(reader: Reader, rate: Place, stem: str) -> tuple[Fact, Fact] | None:
    """安装5240只，计划数为5200只，完成率…; 满分35分，得31.19分，得分率…: what was reached and what was meant to, the two figures before."""
    if rate.at < 2:
        return None
    first, second = reader.stream.places[rate.at - 2], reader.stream.places[rate.at - 1]
    if not first.sentence == second.sentence == rate.sentence or first.bracket != rate.bracket or second.bracket != rate.bracket:
        return None
    if stem == "得分" and {first.fact.kind, second.fact.kind} == {"score", "max_score"}:
        got, full = (first, second) if first.fact.kind == "score" else (second, first)
        return got.fact, full.fact
    if like(first.quantity, second.quantity) and DUE.match(first.clause) and _DID.match(second.clause):
        return second.fact, first.fact
    # 老年人健康体检5.13万人，应检6.90万人，体检率74.3%
    if like(first.quantity, second.quantity) and _ASKED.match(second.clause) and bigrams(first.clause) & bigrams(stem):
        return first.fact, second.fact
    # 共有行政村186个，已通光纤村178个，光纤通达率95.7%
    if like(first.quantity, second.quantity) and _HAD.search(first.clause) and _DID.match(second.clause) and bigrams(second.clause) & bigrams(stem):
        return second.fact, first.fact
    if stem.endswith("完成") and like(first.quantity, second.quantity) and first.level and second.level:
        planned = [p for p in (first, second) if p.fact.kind == "target" and PLANNED.search(p.clause)]
        done = [p for p in (first, second) if p not in planned and p.fact.kind == "level"]
        if len(planned) == len(done) == 1 and (planned[0].fact.antecedent == done[0].fact.id or _one_thing(reader, planned[0], done[0])):
            return done[0].fact, planned[0].fact
    return None


def _one_thing(reader: Reader, first: Place, second: Place) -> bool:
    return reader.context.name(first.fact) == reader.context.name(second.fact)
