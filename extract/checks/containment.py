"""B801 containment: a subset is not larger than what contains it.

What:
    Indicators that the catalogue puts within one another (死亡人数 within 伤亡人数, 基本支出 within 本年支出), for one subject and year:
    in one sentence, or in one row or column of a table, where the words are those of the catalogue. Elsewhere, where the document
    states each of them once, and for amounts of money, which reports cut in many ways, a subset that is larger is put up for review.

Why:
    More injured than were in the accident, more spent on cars than on all: one of the two is another year's, another unit's, or
    a slip.

Fires:
    全县紧急转移安置1286人，集中安置2186人。

Left alone:
    全县紧急转移安置1286人，集中安置218人。

False alarms:
    A subset of a wider whole that the sentence does not name.

Source:
    The catalogue of indicators (within, parts).
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._judge import interval_of
from extract.checks._words import core
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact

MOST = 24
"""Of a whole that is stated more often only the nearest statement of the sentence or table line is looked at."""


def find(context: Context) -> Iterator[Relation]:
    """Each subset with the nearest statement of each of its wholes."""
    parents: dict[str, set[str]] = {}
    for indicator in context.catalogue.values():
        for whole in indicator.within:
            parents.setdefault(indicator.id, set()).add(whole)
        for part in indicator.parts:
            parents.setdefault(part, set()).add(indicator.id)
    stated: dict[object, list[Fact]] = {}
    for fact in context.facts:
        if _states(fact):
            stated.setdefault((context.name(fact), *_whose(fact, context)), []).append(fact)
    for fact in context.facts:
        wholes = parents.get(context.name(fact), ()) if _states(fact) else ()
        for name in sorted(wholes):
            whole, beside = _nearest(fact, stated.get((name, *_whose(fact, context)), []), stated.get((context.name(fact), *_whose(fact, context)), []), context)
            if whole is not None and whole.quantity.dimension == fact.quantity.dimension:
                yield Relation(type="part", roles={"whole": (whole.id,), "part": (fact.id,)}, certain=beside and _named(whole, context) and _named(fact, context))


def _states(fact: Fact) -> bool:
    return fact.kind == "level" and fact.quantity.value is not None and not fact.qualifiers and bool(fact.quantity.dimension)


def _named(fact: Fact, context: Context) -> bool:
    """Whether the words of a count are those of its indicator: 行政在职 is a narrower whole than 在职."""
    indicator = context.indicator(fact)
    words = core(fact.mention.text)
    return indicator is not None and fact.quantity.dimension != "money" and any(words == core(name) for name in (indicator.name, *indicator.aliases))


def _whose(fact: Fact, context: Context) -> tuple[str, str]:
    year = fact.period[:4] if fact.period[:4].isdigit() else fact.period
    return fact.subject, "" if year == context.document.about.year else year


def _nearest(fact: Fact, wholes: list[Fact], parts: list[Fact], context: Context) -> tuple[Fact | None, bool]:
    """The statement of the whole that the fact is part of, and whether it stands beside it; ``None`` where nobody can tell which."""
    beside = [whole for whole in wholes[:MOST] if _beside(fact, whole)]
    if len(beside) == 1:
        return beside[0], True
    one_whole = len({interval_of(whole) for whole in wholes}) == 1
    one_part = len({interval_of(part) for part in parts}) == 1
    return (wholes[0] if one_whole and one_part and not beside else None), False


def _beside(fact: Fact, whole: Fact) -> bool:
    """Whether both stand in one sentence, or in one row or column of a table."""
    if fact.cell is None or whole.cell is None:
        return fact.cell is None and whole.cell is None and fact.sentence == whole.sentence
    if fact.cell.table != whole.cell.table:
        return False
    return fact.cell.row == whole.cell.row or fact.cell.column == whole.cell.column


CHECK = CheckRule(code="B801", name="containment", severity="warning", find=find, preview=True)
