"""Which facts state one and the same quantity: the key of T9, and what sets statements apart in spite of it.

The key is the indicator (the catalogue's or the open name), the dimension, the kind, the subject and the period.
Statements under one key are put together by value. Two values conflict only on good evidence: alike units, alike words,
not two places of one table or of one paragraph (those tell two things apart), and a key that is not too common.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import regex

from extract import intervals as iv
from extract.checks._judge import EVERYTHING
from extract.checks._words import alike, bare, core, unit_family
from extract.relations import Context, Relation, once
from extract.types import Fact

NARROWING = frozenset({"预计", "力争", "累计", "截至", "新增", "初步"})
"""Qualifiers that make another quantity of a statement; statements that differ in one of them are never held against each other."""
SCOPE = frozenset({"及下属单位", "含下属单位", "不含", "不包括"})
"""Qualifiers that say whose figure it is; statements that differ in one of them are another rule's (D102)."""
FEW = 4
"""With more different values than this under one key, the key alone tells little: only long figures one slip apart conflict."""
MANY = 16
"""With more than this it tells nothing."""
SHOWN = 6
"""At most so many agreeing statements are quoted against a dissenting one."""


_COMPARED = regex.compile(r"同比|环比|[比较与](?:\d{4}年|[上去前]\w{0,3}[年月季期]|同期)")
_REACH = 60
_LEAD = 12
_SHORTEST_LEAD = 4
_LONG_NAME = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Statements of one quantity that disagree: those that most places agree on, against others."""

    most: tuple[Fact, ...]
    other: tuple[Fact, ...]
    slip: int | None
    sure: bool

    @property
    def relation(self) -> Relation:
        facts = sorted((*self.most[:SHOWN], *self.other[:SHOWN]), key=lambda fact: fact.quantity.span)
        return Relation(type="same", roles={"facts": tuple(fact.id for fact in facts)}, certain=self.sure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What is stated more than once in a document."""

    agreeing: tuple[tuple[Fact, ...], ...]
    conflicts: tuple[Conflict, ...]


@once
def statements(context: Context) -> Statements:
    """All statements of the document that agree or conflict under one key."""
    agreeing: list[tuple[Fact, ...]] = []
    conflicts: list[Conflict] = []
    for facts in _keyed(context):
        clusters = _clusters(facts)
        agreeing.extend(tuple(cluster) for cluster in clusters if len(cluster) > 1)
        conflicts.extend(_conflicts(clusters, context))
    return Statements(agreeing=tuple(agreeing), conflicts=tuple(conflicts))


def _keyed(context: Context) -> Iterator[list[Fact]]:
    groups: dict[object, list[Fact]] = {}
    for name, facts in context.by_name.items():
        if not name:
            continue
        for fact in facts:
            quantity = fact.quantity
            if quantity.interval == EVERYTHING or fact.kind == "other":
                continue
            key = (name, quantity.dimension, fact.kind, fact.subject, fact.period)
            groups.setdefault(key, []).append(fact)
    for members in groups.values():
        if len(members) > 1:
            yield members


def _clusters(facts: list[Fact]) -> list[list[Fact]]:
    """The facts put together where they agree, the sharpest statements first; each cluster in text order."""

    def width(fact: Fact) -> tuple[bool, object]:
        a = fact.quantity.interval
        return (True, 0) if a.low is None or a.high is None else (False, a.high - a.low)

    clusters: list[list[Fact]] = []
    for fact in sorted(facts, key=width):
        for cluster in clusters:
            if all(iv.agree(fact.quantity.interval, other.quantity.interval) for other in cluster[:3]):
                cluster.append(fact)
                break
        else:
            if len(clusters) > FEW * 4:
                return clusters
            clusters.append([fact])
    return [sorted(cluster, key=lambda fact: fact.quantity.span) for cluster in clusters]


def _conflicts(clusters: list[list[Fact]], context: Context) -> Iterator[Conflict]:
    if len(clusters) > MANY:
        return
    shortest = 2 if len(clusters) <= FEW else 4
    by_size = sorted(clusters, key=lambda cluster: (-len(cluster), cluster[0].quantity.span))
    for one, other in combinations(by_size, 2):
        pairs = [(a, b) for a in one[:SHOWN] for b in other[:SHOWN] if _comparable(a, b, context)]
        sure = any(_evident(a, b, len(one), shortest, context) for a, b in pairs)
        if pairs and (sure or (one is by_size[0] and len(clusters) <= FEW)):
            a, b = pairs[0]
            yield Conflict(
                most=tuple(dict.fromkeys(a for a, _ in pairs)),
                other=tuple(dict.fromkeys(b for _, b in pairs)),
                slip=iv.slip(a.quantity.interval, b.quantity.interval),
                sure=sure,
            )


def _comparable(a: Fact, b: Fact, context: Context) -> bool:
    """Whether two statements with disjoint values may be held against each other."""
    if a.block == b.block:
        return False
    if a.cell is not None and b.cell is not None and a.cell.table == b.cell.table:
        return False
    if (NARROWING | SCOPE) & (set(a.qualifiers) ^ set(b.qualifiers)):
        return False
    if a.kind in ("growth", "delta") and _base(a, context) != _base(b, context):
        return False
    return unit_family(a.quantity) == unit_family(b.quantity) and alike(a.mention.text, b.mention.text)


def _evident(a: Fact, b: Fact, backed: int, shortest: int, context: Context) -> bool:
    """Whether the two surely mean one quantity: their digits are a slip of the pen apart, or they stand in twin passages.

    Reports count many things under short names (立案, 限期整改), so that a name alone proves nothing. A figure of three digits
    that differs from another by one slip does; one of two digits does where several places back the other value.
    """
    length = min(len(significant(a)), len(significant(b)))
    first, second = core(a.mention.text), core(b.mention.text)
    backed_name = backed > 1 and first == second and len(first) >= _LONG_NAME
    if slip_of_pen(a, b) and length >= shortest and (length > 2 or backed_name):
        return True
    return _twins(a, b, context)


def significant(fact: Fact) -> str:
    """The digits of a figure without point and idle zeros."""
    return fact.quantity.digits.replace(".", "").lstrip("0").rstrip("0") or "0"


def slip_of_pen(a: Fact, b: Fact) -> bool:
    """Whether one slip leads from one figure to the other: a digit changed, dropped or doubled, two swapped, a power of ten."""
    if iv.slip(a.quantity.interval, b.quantity.interval) is not None:
        return True
    if a.quantity.scale != b.quantity.scale:
        return False
    first, second = a.quantity.digits, b.quantity.digits
    if len(first) > len(second):
        first, second = second, first
    if len(second) - len(first) == 1:
        return any(second[:i] + second[i + 1 :] == first for i in range(len(second)))
    if len(first) != len(second):
        return False
    apart = [i for i, (x, y) in enumerate(zip(first, second, strict=True)) if x != y]
    if len(apart) == 1:
        return True
    return len(apart) == 2 and apart[1] - apart[0] == 1 and first[apart[0]] == second[apart[1]] and first[apart[1]] == second[apart[0]]


def _twins(a: Fact, b: Fact, context: Context) -> bool:
    """Whether the passages repeat each other: the words before both figures are the same, and so is a figure beside them."""
    lead = bare(context.before(a, a.clause))[-_LEAD:]
    if len(lead) < _SHORTEST_LEAD or lead != bare(context.before(b, b.clause))[-_LEAD:]:
        return False
    return any(_echo(_beside(a, step, context), _beside(b, step, context)) for step in (-1, 1))


def _beside(fact: Fact, step: int, context: Context) -> Fact | None:
    rank = context.order[fact.id] + step
    if not 0 <= rank < len(context.facts):
        return None
    other = context.facts[rank]
    return other if other.block == fact.block else None


def _echo(a: Fact | None, b: Fact | None) -> bool:
    return (
        a is not None
        and b is not None
        and a.quantity.value is not None
        and a.quantity.value == b.quantity.value
        and unit_family(a.quantity) == unit_family(b.quantity)
        and alike(a.mention.text, b.mention.text)
    )


def _base(fact: Fact, context: Context) -> str:
    """What a change is measured against, in the words before it: 比上年, 比2019年, 环比; "" if the clause does not say."""
    found = _COMPARED.findall(context.before(fact, fact.sentence)[-_REACH:])
    return str(found[-1]) if found else ""
