"""B801 containment: a subset is not larger than what contains it.

What:
    Indicators that the catalogue puts within one another (死亡人数 within 伤亡人数, 基本支出 within 本年支出), for one subject and year:
    in one sentence, or in one row or column of a table, where the words are those of the catalogue. Elsewhere, where the document
    states each of them once, and for amounts of money, which reports cut in many ways, a subset that is larger is put up for
    review; but 总计 of accounts is never less than the income that it takes in.

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
from extract.types import Fact, Interval


def find(context: Context) -> Iterator[Relation]:
    """Each subset with the one statement of each of its wholes beside it, else with the one that the document makes."""
    parents: dict[str, set[str]] = {}
    for indicator in context.catalogue.values():
        if indicator.within:
            parents.setdefault(indicator.id, set()).update(indicator.within)
        for part in indicator.parts:
            parents.setdefault(part, set()).add(indicator.id)
    stated: dict[object, list[Fact]] = {}
    values: dict[object, set[Interval]] = {}
    for fact in filter(_states, context.facts):
        key = (context.name(fact), *_whose(fact, context))
        values.setdefault(key, set()).add(interval_of(fact))
        for place in (None, *_places(fact)):
            stated.setdefault((key, place), []).append(fact)
    for fact in filter(_states, context.facts):
        whose = _whose(fact, context)
        for name in sorted(parents.get(context.name(fact), ())):
            lines = [found[0] for place in _places(fact) if len(found := stated.get(((name, *whose), place), [])) == 1]
            once = len(values.get((name, *whose), ())) == len(values[context.name(fact), *whose]) == 1
            if not lines and not once:
                continue
            whole = lines[0] if lines else stated[(name, *whose), None][0]
            if whole.quantity.dimension == fact.quantity.dimension:
                sure = bool(lines) and _named(whole, context) and _named(fact, context)
                # 总计 takes in the income of the year and what was brought forward, wherever it is stated
                sure = sure or (once and core(whole.mention.text).endswith("总计") and core(fact.mention.text).endswith("收入"))
                yield Relation(type="part", roles={"whole": (whole.id,), "part": (fact.id,)}, certain=sure)


def _places(fact: Fact) -> tuple[object, ...]:
    """The sentence, or the row and the column of a table, in which a fact stands."""
    if fact.cell is None:
        return (fact.sentence,)
    return ("row", fact.cell.table, fact.cell.row), ("column", fact.cell.table, fact.cell.column)


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


CHECK = CheckRule(code="B801", name="containment", name_zh="包含关系", severity="warning", find=find)
