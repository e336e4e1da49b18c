"""Figures that differ from what is told again in their place: in a run told twice, by the form of the text, in the same digits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from extract import intervals as iv
from extract.checks._cells_retold import cells_retold
from extract.checks._changes_retold import changes_retold
from extract.checks._headlines import announced, closing, in_rows, named_targets, rounded_headlines, turned
from extract.checks._keys import (
    LONG_NAME,
    MANY,
    NARROWING,
    REACHING,
    SCOPE,
    family,
    in_one_table,
    measure,
    owners_fit,
    stating,
    times_meet,
    told_twice,
)
from extract.checks._likeness import evidence
from extract.checks._retold import of_one_size, said_alike, twins
from extract.checks._rounded_again import one_slip_off
from extract.checks._slips import LONG, mends, significant, slip_of_pen
from extract.checks._values import interval_of
from extract.checks._words import alike, beginning, core, unit_family
from extract.relations import Context
from extract.types import Fact

_MANY_DIGITS = 6
"""Figures of so many digits are hardly two that differ by a swap."""
_SOME_AGREE = 3
"""So many figures of a run that agree make a short one that differs in a digit a slip."""
_MANY_AGREE = 5
"""Among so many figures that agree the one that does not need not be a slip of the pen."""


def retold(context: Context) -> Iterator[tuple[Fact, Fact]]:
    """Figures in the same place of runs told twice that are said alike and differ, by a slip of the pen or among many that agree."""
    if in_one_table(context):
        return
    for twin in twins(context):
        a, b = twin.a, twin.b
        if a.kind != b.kind or a.quantity.bound != b.quantity.bound or not said_alike(a, b):
            continue
        if not times_meet(a, b, context) or not owners_fit(a, b, context):
            continue
        first, second = family(a), family(b)
        if (first != second and first and second) or (NARROWING | SCOPE) & (set(a.qualifiers) ^ set(b.qualifiers)):
            continue
        # Rows of two tables are of two scopes as often as not (all income, and what was appropriated); short figures differ in a digit by chance.
        tables = a.cell is not None and b.cell is not None
        long = min(len(significant(a)), len(significant(b))) > 2
        slipped = slip_of_pen(a, b) and (long or twin.agreeing >= _SOME_AGREE)
        many = twin.agreeing >= _MANY_AGREE and (not tables or mends(a.quantity, interval_of(b)))
        if not iv.agree(interval_of(a), interval_of(b)) and (slipped or many):
            yield a, b


def in_place(context: Context) -> Iterator[tuple[Fact, Fact]]:
    """Figures that stand where another one is told again, and differ from it."""
    for a, b in (*announced(context), *turned(context), *in_rows(context)):
        row = a.cell is not None and b.cell is not None and (a.cell.table, a.cell.row) == (b.cell.table, b.cell.row)
        meant = times_meet(a, b, context) and (row or owners_fit(a, b, context)) and a.quantity.bound == b.quantity.bound == "="
        telling = a.kind == "growth" or min(len(one.quantity.digits if row else significant(one)) for one in (a, b)) > 1
        if meant and telling and slip_of_pen(a, b) and not iv.agree(interval_of(a), interval_of(b)):
            yield a, b
    for a, b in rounded_headlines(context):
        if not iv.agree(interval_of(a), interval_of(b)) and one_slip_off(a.quantity, b):
            yield a, b
    for a, b in cells_retold(context):
        if min(len(significant(a)), len(significant(b))) >= LONG and slip_of_pen(a, b) and times_meet(a, b, context):
            yield a, b
    for a, b in changes_retold(context):
        if slip_of_pen(a, b):
            yield a, b
    for a, b in (*named_targets(context), *closing(context)):
        if a.quantity.value != b.quantity.value and of_one_size(a, b):
            yield a, b


def anagrams(context: Context) -> Iterator[tuple[Fact, Fact]]:
    """Long figures of the same digits in another order, or a power of ten apart, that say in almost the same words what they are."""
    if in_one_table(context):
        return
    groups: dict[object, list[Fact]] = {}
    for fact in stating(context):
        digits = significant(fact)
        if fact.quantity.bound == "=" and len(digits) >= LONG and len(set(digits)) > 1 and fact.kind in ("level", "delta", "score", "max_score"):
            groups.setdefault(("".join(sorted(digits)), unit_family(fact.quantity), measure(fact, context)), []).append(fact)
    for facts in groups.values():
        if 1 < len(facts) <= MANY:
            for a, b in combinations(facts, 2):
                apart = a.quantity.value != b.quantity.value and _comparable_places(a, b)
                # how much more than another one may be ten times how much more than a third
                slips = ("swap",) if a.kind == "delta" else ("swap", "scale")
                how = slip_of_pen(a, b) if apart else ""
                long = len(significant(a)) > LONG
                close = long and (_close_words(a, b) or (how == "swap" and said_alike(a, b) and not _contrasted(a, b)))
                if how in slips and (close or (how == "swap" and evidence(a, b, 1, True, context) == "sure")):
                    yield a, b


def _close_words(a: Fact, b: Fact) -> bool:
    """Whether what two facts are of is told in almost the same words (三标段合同价, and 合同价 in the row 三标段), or of figures of many
    digits begins alike (在建工程相应减少4,572.53万元, and -4,527.53 in the row 在建工程)."""
    if a.subject and b.subject and not alike(a.subject, b.subject):
        return False
    first, second = ({core(fact.mention.text), core(fact.subject + fact.mention.text)} for fact in (a, b))
    many = min(len(significant(a)), len(significant(b))) >= _MANY_DIGITS
    return any(_overlap(x, y) or (many and len(beginning(x, y)) >= LONG_NAME) for x in first for y in second)


def _contrasted(a: Fact, b: Fact) -> bool:
    """Whether what the figures are of differs in a word or two that stand in one place of the same words: 二标段合同价, 三标段合同价."""
    x, y = (core(fact.subject + fact.mention.text) for fact in (a, b))
    begun = len(beginning(x, y))
    ended = len(beginning(x[begun:][::-1], y[begun:][::-1]))
    one, other = len(x) - begun - ended, len(y) - begun - ended
    return begun + ended > 0 and 0 < one == other <= LONG_NAME


def _overlap(x: str, y: str) -> bool:
    """Whether one is inside the other, or they begin alike for most of their length."""
    short = min(len(x), len(y))
    if short < LONG_NAME:
        return False
    begin = len(beginning(x, y))
    return x in y or y in x or (begin > LONG_NAME and begin * 4 >= short * 3)


def _comparable_places(a: Fact, b: Fact) -> bool:
    """Whether two facts stand apart: in two paragraphs, or in prose and a table; and narrow their scope alike."""
    apart = a.block != b.block and (a.cell is None or b.cell is None or a.cell.table != b.cell.table or told_twice(a, b))
    return apart and not (NARROWING | SCOPE | REACHING) & (set(a.qualifiers) ^ set(b.qualifiers))
