"""Which earlier fact of the block a number goes back to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Place
from extract.types import Fact, Span

CHANGES = frozenset({"growth", "delta"})


def last_level(decided: Sequence[Fact], *, unit: str | None = None) -> int | None:
    """Index of the last fact that states a level or a rate; with ``unit``, the last of that unit."""
    for index in range(len(decided) - 1, -1, -1):
        fact = decided[index]
        if fact.kind not in CHANGES and (unit is None or fact.quantity.unit == unit):
            return index
    return None


_PARTS = ("part_of_total", "respectively")
_PAST = frozenset({"上年", "去年", "上年同期", "去年同期", "上年末", "上年底", "年初", "前年"})


def earlier(fact: Fact) -> bool:
    """Whether a number only tells what there was before: 提取额12.95亿元，增长9.2%（上年11.86亿元）."""
    return fact.period in _PAST and fact.antecedent != "" and fact.mention.by in ("continued", "previous_value")


def is_part(fact: Fact) -> bool:
    """Whether a number was read as a part of the one that it goes back to."""
    return fact.mention.by in _PARTS and fact.antecedent != ""


def index_of(decided: Sequence[Fact], identity: str) -> int | None:
    """Index of the fact of an id, looked for from the last on, because what a number goes back to stands near it."""
    return next((index for index in range(len(decided) - 1, -1, -1) if decided[index].id == identity), None) if identity else None


def root(decided: Sequence[Fact], index: int) -> int:
    """The fact that a chain of antecedents starts from: the level behind a change of a change."""
    while decided[index].kind in CHANGES and (earlier := index_of(decided, decided[index].antecedent)) is not None:
        index = earlier
    return index


def words_of(fact: Fact) -> Span | None:
    """The words that name a fact; of a name that is put together, those of its clause before the number (占总户数的比例)."""
    if fact.mention.span is not None or fact.mention.by != "share" or fact.cell is not None:
        return fact.mention.span
    return Span(fact.clause.start, fact.quantity.extent.start) if fact.clause.start < fact.quantity.extent.start else None


def shared(decided: Sequence[Fact], index: int) -> int:
    """The fact that the share at ``index`` is of; ``index`` itself for any other fact, and a share of nothing stated."""
    while decided[index].mention.by == "share" and (whole_of := index_of(decided[:index], decided[index].antecedent)) is not None:
        index = whole_of
    return index


def whole(decided: Sequence[Fact], at: int) -> int:
    """The total, where ``at`` is the last of several parts just listed (其中集中5人、分散7人，比上年减少9人)."""
    fact = decided[at]
    siblings = [other for other in decided if other.antecedent == fact.antecedent and other.mention.by == fact.mention.by == "part_of_total"]
    if len(siblings) < 2 or any(other.kind in CHANGES for other in decided[at:]):
        return at
    return next(index for index, other in enumerate(decided) if other.id == fact.antecedent)


# How many earlier facts of the block a number with a name of its own may go back.
REACH = 12
# Two characters in common are the least that a name is recognised by: 事故起数 goes back to 生产安全事故.
_SHORTEST = 2


def level_called(decided: Sequence[Fact], name: str) -> int | None:
    """Index of the nearest earlier level that ``name`` (事故起数, 亡人) speaks of; ``None`` where none shares a word with it."""
    pairs = {name[at : at + _SHORTEST] for at in range(len(name) - _SHORTEST + 1)}
    for index in range(len(decided) - 1, max(-1, len(decided) - 1 - REACH), -1):
        fact = decided[index]
        if fact.kind not in CHANGES and any(pair in fact.mention.text for pair in pairs):
            return index
    return None


_AS_PERSONS = {"名": "人", "位": "人"}


def counted(unit: str) -> str:
    """The unit that parts and total share: 2场 is a part of 48场次, 3名 of 5人; 人次 are no 人."""
    if len(unit) == 2 and unit[1] == "次" and unit != "人次":
        return unit[0]
    return _AS_PERSONS.get(unit, unit)


_PARTED = re.compile(r"\s*[:：∶]\s*")
_TURNED = re.compile(r"(?:调整|优化|演进|演变|转变|变化|改善|变|提升|升级)(?:为|到|至|成)")


def composed(place: Place, last: Fact) -> bool:
    """Whether a number goes on with the shares of a composition, or tells what it has become: 由12.1∶38.4∶49.5调整为11.6∶38.9∶49.5."""
    if place.quantity.unit or last.quantity.unit or last.kind != "rate" or last.sentence != place.sentence:
        return False
    return _PARTED.fullmatch(place.gap_text) is not None or _TURNED.fullmatch(place.gap_text) is not None
