"""Which facts state one and the same quantity, and which of those disagree (T9).

Statements *agree* where the indicator (or the words), the dimension, the kind, the subject and the year are the same and the
values meet; a long figure that returns under related words is the same statement whatever name it was linked to.

Statements *conflict* only on good evidence. Reports count many things under short names (立案, 限期整改), so that a name
alone proves nothing: the figures must be one slip of the pen apart, or stand in passages that repeat each other. What has
only some evidence is put up for review; the search for causes takes it as support (a total that breaks its sum and that
another section states as the sum needs it is surely wrong).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from extract import intervals as iv
from extract.checks._cells_retold import cells_retold
from extract.checks._headlines import announced, closing, in_rows, named_targets, rounded_headlines, turned
from extract.checks._keys import MANY, SHOWN, named, worded
from extract.checks._likeness import evidence
from extract.checks._one_meaning import clusters, of_one_meaning, returning, rounded
from extract.checks._retelling import Place, repeats, retelling
from extract.checks._rounded_again import rounded_again, whole
from extract.checks._rounded_summary import rounded_summary
from extract.checks._slips import slip_of_pen
from extract.checks._surroundings import independent
from extract.checks._told_again import anagrams, in_place, retold
from extract.checks._values import interval_of
from extract.checks._years_above import of_one_year
from extract.relations import Context, Relation, once
from extract.types import Fact

FEW = 4
"""With more different values than this under one key, the key alone tells little: only long figures one slip apart conflict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Statements of one quantity that disagree: those that most places agree on, against others."""

    facts: tuple[Fact, ...]
    slip: int | None
    sure: bool

    @property
    def relation(self) -> Relation:
        ids = tuple(fact.id for fact in self.facts)
        # two targets are two numbers, though at least 80 is at least 75 too
        firm = ids if all(fact.kind == "target" for fact in self.facts) else ()
        return Relation(type="same", roles={"facts": ids}, certain=self.sure, firm=firm)


@once
def agreeing(context: Context) -> tuple[tuple[Fact, ...], ...]:
    """The facts that state one quantity, and agree; no group is inside another one."""
    found: dict[tuple[Fact, ...], None] = {}
    for _, values in _by_name(context):
        found.update((tuple(cluster), None) for cluster in values if len(cluster) > 1)
    for a, b in (
        *announced(context),
        *cells_retold(context),
        *rounded_headlines(context),
        *turned(context),
        *in_rows(context),
        *named_targets(context),
        *closing(context),
    ):
        if iv.agree(interval_of(a), interval_of(b)):
            found[a, b] = None
    for together in (returning, of_one_meaning, rounded):
        found.update((tuple(cluster), None) for cluster in together(context))
    return tuple(_without_parts(list(found)))


@once
def conflicts(context: Context) -> tuple[Conflict, ...]:
    """The statements of one quantity that disagree."""
    found: list[Conflict] = []
    seen: set[tuple[str, ...]] = set()
    for members, values in _by_name(context):
        seen.add(members)
        found.extend((*_conflicts(values, context), *map(_conflict, rounded_again(values, context))))
    for facts in worded(context):
        members = tuple(fact.id for fact in facts)
        if members in seen:
            # several words often name one set of facts
            continue
        seen.add(members)
        values = clusters(facts)
        found.extend((*_conflicts(values, context), *map(_conflict, rounded_again(values, context))))
    distinct: dict[frozenset[str], Conflict] = {}
    for conflict in (*found, *map(_conflict, (*retold(context), *in_place(context), *rounded_summary(_retelling(context), context)))):
        key = frozenset(fact.id for fact in conflict.facts)
        if key not in distinct or (conflict.sure and not distinct[key].sure):
            distinct[key] = conflict
    for conflict in map(_conflict, anagrams(context)):
        distinct.setdefault(frozenset(fact.id for fact in conflict.facts), conflict)
    return tuple(_dated(distinct.values(), context))


@once
def _by_name(context: Context) -> tuple[tuple[tuple[str, ...], list[list[Fact]]], ...]:
    """The ids of facts under one name, and the facts put together by their values."""
    return tuple((tuple(fact.id for fact in facts), clusters(facts)) for facts in named(context))


@once
def _retelling(context: Context) -> Mapping[Place, set[Decimal]]:
    """The places that tell again what other ones tell."""
    return retelling(agreeing(context))


def drifting(facts: tuple[Fact, ...]) -> bool:
    """Whether statements that agree as intervals are of targets with other numbers: at least 1260, at least 1206."""
    return (
        all(fact.kind == "target" and fact.quantity.bound in (">=", ">", "<=", "<") for fact in facts)
        and len({fact.quantity.value for fact in facts}) > 1
        and len({fact.quantity.bound[0] for fact in facts}) == 1
    )


def _dated(conflicts: Iterable[Conflict], context: Context) -> Iterator[Conflict]:
    """The conflicts, in doubt where the statements may be of two years."""
    for conflict in conflicts:
        yield conflict if not conflict.sure or of_one_year(conflict.facts, context) else replace(conflict, sure=False)


def _without_parts(groups: list[tuple[Fact, ...]]) -> Iterator[tuple[Fact, ...]]:
    """The groups that are not inside another one."""
    seen: set[str] = set()
    for group in sorted(groups, key=lambda group: -len(group)):
        ids = [fact.id for fact in group]
        if not all(identity in seen for identity in ids):
            yield group
        seen.update(ids)


def _conflict(facts: tuple[Fact, ...]) -> Conflict:
    """Figures that surely mean one quantity, the first of which disagrees with the second."""
    return Conflict(facts=tuple(sorted(facts, key=lambda fact: fact.quantity.span)), slip=iv.slip(*map(interval_of, facts[:2])), sure=True)


def _conflicts(values: list[list[Fact]], context: Context) -> Iterator[Conflict]:
    """The conflicts among facts under one key that are put together by their ``values``."""
    if not 1 < len(values) <= MANY:
        return
    few = len(values) <= FEW
    by_size = sorted(values, key=lambda cluster: (-len(cluster), cluster[0].quantity.span))
    backed = [independent(cluster[:SHOWN], context) for cluster in by_size]
    for n, m in combinations(range(len(by_size)), 2):
        one, other = by_size[n], by_size[m]
        if not few and not slip_of_pen(one[0], other[0]):
            continue
        found = [(a, b, evidence(a, b, max(backed[n], backed[m]), few, context)) for a in one[:SHOWN] for b in other[:SHOWN]]
        weighty = [(a, b) for a, b, told in found if told]
        if weighty:
            a, b = weighty[0]
            facts = sorted({fact.id: fact for pair in weighty for fact in pair}.values(), key=lambda fact: fact.quantity.span)
            sure = any(told == "sure" for *_, told in found)
            if not sure and len(whole(values)) == 2:
                sure = any(repeats(*pair, _retelling(context), context) for pair in weighty)
            yield replace(_conflict((a, b)), facts=tuple(facts), sure=sure)
