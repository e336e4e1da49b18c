"""Figures that agree and state one thing, though their keys need not be equal strings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from extract import intervals as iv
from extract.checks._keys import MANY, NARROWING, SCOPE, family, in_one_table, measure, owner, stating, times_meet
from extract.checks._slips import LONG, significant
from extract.checks._values import interval_of
from extract.checks._words import alike, bigrams, core, related, unit_family
from extract.naming import stem
from extract.relations import Context
from extract.types import Fact


def clusters(facts: list[Fact]) -> list[list[Fact]]:
    """The facts put together where they agree, the sharpest statements first; each cluster in text order."""

    def width(fact: Fact) -> tuple[bool, object]:
        a = interval_of(fact)
        return (True, 0) if a.low is None or a.high is None else (False, a.high - a.low)

    found: list[list[Fact]] = []
    for fact in sorted(facts, key=width):
        for cluster in found:
            if all(iv.agree(interval_of(fact), interval_of(other)) for other in cluster[:3]):
                cluster.append(fact)
                break
        else:
            if len(found) > MANY:
                break
            found.append([fact])
    return [sorted(cluster, key=lambda fact: fact.quantity.span) for cluster in found]


def returning(context: Context) -> Iterator[list[Fact]]:
    """Long figures that return with one unit, kind and year under related words, outside one table or paragraph."""
    if in_one_table(context):
        return
    groups: dict[object, list[Fact]] = {}
    for fact in stating(context):
        value = fact.quantity.value
        if value is not None and fact.quantity.bound == "=" and len(significant(fact)) >= LONG:
            _, kind, year = measure(fact, context)
            groups.setdefault((value, kind, year), []).append(fact)
    for facts in groups.values():
        if len(facts) == 1:
            continue
        found: list[list[Fact]] = []
        for fact in facts[:MANY]:
            home = next((c for c in found if all(_same_words(fact, other) for other in c)), None)
            if home is None:
                found.append([fact])
            else:
                home.append(fact)
        yield from (cluster for cluster in found if len(cluster) > 1)


def of_one_meaning(context: Context) -> Iterator[list[Fact]]:
    """Equal figures of one meaning whose keys are not equal strings: the indicator by what it is reported under or by related
    words, the subject or the time unknown on one side.

    A figure of one digit is only recognised where it stands but once on each side.
    """
    groups: dict[object, list[Fact]] = {}
    for fact in stating(context):
        value = fact.quantity.value
        if value and fact.quantity.bound == "=":
            kind = "level" if fact.kind == "delta" and fact.cell is not None else fact.kind
            groups.setdefault((value, kind, family(fact)), []).append(fact)
    for facts in groups.values():
        if not 1 < len(facts) <= MANY:
            continue
        names = Counter(context.whole(fact) for fact in facts)
        found: list[list[Fact]] = []
        for fact in facts:
            home = next((c for c in found if all(_one_meaning(fact, other, names[context.whole(fact)], context) for other in c)), None)
            if home is None:
                found.append([fact])
            else:
                home.append(fact)
        yield from (cluster for cluster in found if len(cluster) > 1)


def rounded(context: Context) -> Iterator[list[Fact]]:
    """Figures of one owner that are reported under one name, and agree though one of them is rounded."""
    groups: dict[object, list[Fact]] = {}
    several = _of_several_names(context)
    for fact in stating(context) if several else ():
        if (name := context.whole(fact)) in several and len(significant(fact)) > 1:
            groups.setdefault((name, measure(fact, context), owner(fact, context), family(fact)), []).append(fact)
    for facts in groups.values():
        if 1 < len(facts) <= MANY and len({context.name(fact) for fact in facts}) > 1:
            yield from (cluster for cluster in clusters(facts) if len({fact.block for fact in cluster}) > 1)


def _of_several_names(context: Context) -> set[str]:
    """The names under which facts of several names are reported."""
    first: dict[str, str] = {}
    found: set[str] = set()
    for fact in stating(context):
        if (name := context.whole(fact)) and first.setdefault(name, own := context.name(fact)) != own:
            found.add(name)
    return found


def _one_meaning(a: Fact, b: Fact, among: int, context: Context) -> bool:
    """Whether two equal figures surely state one thing; ``among`` so many are reported under the name of the first."""
    if (NARROWING | SCOPE) & (set(a.qualifiers) ^ set(b.qualifiers)) or not times_meet(a, b, context):
        return False
    long = len(significant(a))
    row = a.cell is not None and b.cell is not None and (a.cell.table, a.cell.row) == (b.cell.table, b.cell.row)
    if row:
        counted = bool(unit_family(a.quantity)) and a.quantity.dimension != "ratio"
        return a.cell != b.cell and len(a.quantity.digits) > 1 and (counted or _share_words(a, b))
    if a.block == b.block or (a.cell is not None and b.cell is not None and a.cell.table == b.cell.table):
        return False
    named = context.whole(a)
    same_name = bool(named) and named == context.whole(b)
    if not same_name and not (long > 1 and unit_family(a.quantity) and _one_inside(a, b)):
        return False
    x, y = owner(a, context), owner(b, context)
    if x == y:
        return long > 1 or among == 2
    if x and y:
        return alike(x, y) and long > 1
    # Whose it is stands on one side only: the passage of the other speaks of it, or the figure is long, or the only one.
    unnamed = b if x else a
    return long >= LONG or among == 2 or core(x or y) in context.before(unnamed, context.document.blocks[unnamed.block].span)


def _one_inside(a: Fact, b: Fact) -> bool:
    """Whether the words of one say those of the other, or their names do without what they are counted in."""
    first, second = stem(core(a.mention.text)), stem(core(b.mention.text))
    return alike(a.mention.text, b.mention.text) or (min(len(first), len(second)) >= LONG and (first in second or second in first))


def _share_words(a: Fact, b: Fact) -> bool:
    return bool(bigrams(core(a.mention.text)) & bigrams(core(b.mention.text)))


def _same_words(a: Fact, b: Fact) -> bool:
    first, second = unit_family(a.quantity), unit_family(b.quantity)
    if a.block == b.block or (first != second and first and second):
        return False
    if a.cell is not None and b.cell is not None and a.cell.table == b.cell.table:
        return False
    return related((a.mention.text, a.subject), (b.mention.text, b.subject))
