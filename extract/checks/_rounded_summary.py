"""Round numbers where a report begins or sums up, against what it tells of the same indicator in several places.

今年汛期全县受灾人口超6万人, and 40620人受灾 in the text and in the total of the table: the words differ, the indicator does not. Of several
exact figures of it the one that is told most often is the report's own.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from extract import intervals as iv
from extract.checks._keys import MANY, NARROWING, SCOPE, SHOWN, family, measure, owner, stating
from extract.checks._retelling import Place, place_of
from extract.checks._rounded_again import ROUND, sums_up, would_be
from extract.checks._slips import digits_that_tell
from extract.checks._surroundings import independent
from extract.checks._values import interval_of
from extract.checks._words import core
from extract.checks._years_above import of_one_year
from extract.relations import Context
from extract.types import Fact


def rounded_summary(places: Container[Place], context: Context) -> Iterator[tuple[Fact, ...]]:
    """A round number with the places of the exact figure that it would be if one slip in it were mended; ``places`` tell again what
    others tell."""
    for facts in _of_the_report(context):
        exact = [fact for fact in facts if fact.quantity.bound == "="]
        for alone in facts:
            if alone.quantity.bound not in ROUND or alone.cell is not None or not _sums_up(alone, places, context):
                continue
            if any(iv.agree(interval_of(alone), interval_of(fact)) for fact in exact):
                continue
            told = _most_told([fact for fact in exact if _comparable(alone, fact, context)], alone, context)
            if told and would_be(alone.quantity, told[0], keeping=len(digits_that_tell(alone.quantity.digits))):
                yield (alone, *told[:SHOWN])


def _of_the_report(context: Context) -> Iterator[list[Fact]]:
    """The levels that are the report's own (全县, 合计), by what they are reported under, among them a round one."""
    groups: dict[object, list[Fact]] = {}
    names = {context.whole(fact) for fact in stating(context) if fact.quantity.bound in ROUND and fact.cell is None} & context.catalogue.keys()
    for fact in stating(context) if names else ():
        name = context.whole(fact)
        if fact.kind == "level" and name in names and not owner(fact, context) and not _is_slice(fact, context):
            groups.setdefault((name, measure(fact, context), family(fact)), []).append(fact)
    for facts in groups.values():
        if 1 < len(facts) <= MANY and any(fact.quantity.bound in ROUND for fact in facts):
            yield facts


def _is_slice(fact: Fact, context: Context) -> bool:
    link = context.reported.get(fact.id)
    return bool(link is not None and link.slice) or "其中" in fact.qualifiers


def _sums_up(fact: Fact, places: Container[Place], context: Context) -> bool:
    """Whether a figure stands in a passage that sums up, or above the first heading that is not the title."""
    return sums_up(fact, context) or place_of(fact) in places or fact.section is None


def _comparable(alone: Fact, fact: Fact, context: Context) -> bool:
    apart = (NARROWING | SCOPE) & (set(alone.qualifiers) ^ set(fact.qualifiers))
    return fact.block != alone.block and not apart and of_one_year((alone, fact), context)


def _most_told(exact: Sequence[Fact], alone: Fact, context: Context) -> list[Fact]:
    """The exact figure that is told in more places than any other, in several sections or under the very name of the round one."""
    values: dict[object, list[Fact]] = {}
    for fact in exact:
        home = next((value for value, facts in values.items() if iv.agree(interval_of(facts[0]), interval_of(fact))), fact.quantity.value)
        values.setdefault(home, []).append(fact)
    ranked = sorted(((independent(facts, context), facts) for facts in values.values()), key=lambda one: -one[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return []
    times, facts = ranked[0]
    named = len(ranked) == 1 and any(core(fact.mention.text) == core(alone.mention.text) for fact in facts)
    # a subject that is nobody's own says that it is the whole: 全县合计
    everywhere = times > 1 and (len({fact.section for fact in facts}) > 1 or any(fact.subject for fact in facts))
    return facts if named or everywhere else []
