"""What makes two figures statements of one quantity: what they measure, in which unit, of when, whose, and how far they reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from extract.checks._own_time import own_time
from extract.checks._retold import overlapping
from extract.checks._values import EVERYTHING
from extract.checks._words import alike, bare, core, unit_family
from extract.memo import remembered
from extract.relations import Context, once
from extract.types import Fact

NARROWING = frozenset({"预计", "力争", "新增", "初步"})
"""Qualifiers that make another quantity of a statement; statements that differ in one of them are never held against each other."""
REACHING = frozenset({"累计", "截至"})
"""Qualifiers that may reach over more than the year; statements that differ in one of them need a long figure as evidence."""
SCOPE = frozenset({"及下属单位", "含下属单位", "不含", "不包括"})
"""Qualifiers that say whose figure it is; statements that differ in one of them are another rule's (D102)."""
WIDER = re.compile(r"^.*?(?:下属单位|所属单位|直属单位|二级单位)(?:合计|共有|共|总计)?")
"""The same in the words of a name, before what is measured."""
MANY = 16
"""More figures or values than this under one key tell nothing."""
SHOWN = 6
"""At most so many agreeing statements are quoted against a dissenting one."""
LONG_NAME = 4
"""A name of so many characters is one thing's own."""
SHORTEST_LEAD = 4
"""A figure with no more than so many characters beside it stands alone."""
_SCORES = frozenset({"score", "max_score"})
_EVERYONE = re.compile(r"全[国省市区县镇乡州局校院年体部]?|合计|总计|小计|总分|全[国省市区县镇乡州]合计|年度资金总额|本[级地]|任务\d*|\*+合计\*+")


def named(context: Context) -> Iterator[list[Fact]]:
    """Groups of facts with one indicator, measure and subject."""
    for name, facts in context.by_name.items():
        groups: dict[object, list[Fact]] = {}
        for fact in facts if name and len(facts) > 1 else ():
            if _states(fact):
                groups.setdefault((measure(fact, context), owner(fact, context)), []).append(fact)
        yield from (members for members in groups.values() if len(members) > 1 and not all(_headless(fact, context) for fact in members))


def worded(context: Context) -> Iterator[list[Fact]]:
    """Groups of facts with one measure and the same words, or the same end of their words, in the mention or as subject."""
    if in_one_table(context):
        return
    groups: dict[object, list[Fact]] = {}
    rows: dict[object, list[Fact]] = {}
    measures: dict[object, int] = {}  # by one number each: they are a part of every key
    for fact in stating(context):
        words = core(fact.mention.text)
        measured = measure(fact, context), family(fact)
        how = measures.setdefault(measured, len(measures))
        if fact.cell is not None and len(words) > 1:
            # 核定移民4126人 | 直补移民4126人: what a row speaks of in two of its cells is one thing under the shortest name
            rows.setdefault((fact.cell.table, fact.cell.row, words[-2:], how), []).append(fact)
        keys, subject = _ends(words, bare(fact.mention.text)[-LONG_NAME:], context.name(fact)), core(fact.subject)
        for key in keys if len(subject) < 2 or subject in keys else sorted((*keys, subject)):
            groups.setdefault((key, how), []).append(fact)
    yield from (members for members in rows.values() if 1 < len(members) <= MANY and any(map(in_sentence, members)))
    for members in groups.values():
        if len(members) == 1:
            continue
        places = {-1 - fact.block if fact.cell is None or in_sentence(fact) else fact.cell.table for fact in members[: MANY * SHOWN + 1]}
        if len(places) > 1 and len(members) <= MANY * SHOWN:
            yield members


@remembered(4096)
def _ends(words: str, said: str, name: str) -> tuple[str, ...]:
    """What may stand for a figure of these words and that name: the words, their ends, the end as it is ``said`` (宣传活动), the name."""
    end = words[-LONG_NAME:]
    keys = {words, end, core(end), words[-3:], words.removesuffix("合计"), said, name}
    return tuple(sorted(key for key in keys if len(key) > 1))


@once
def stating(context: Context) -> tuple[Fact, ...]:
    """The facts that state a quantity."""
    return tuple(fact for fact in context.facts if _states(fact))


def _states(fact: Fact) -> bool:
    """Whether a fact states a quantity: an interval narrower than everything, and known what kind of figure it is; 90分以上 of a grade
    states no score."""
    return fact.quantity.interval != EVERYTHING and fact.kind != "other" and not _is_band(fact)


@once
def in_one_table(context: Context) -> bool:
    """Whether all figures stand alone in the cells of one table, as in a list of thousands of rows: none is told elsewhere again."""
    tables = {fact.cell.table if fact.cell is not None and not in_sentence(fact) else None for fact in context.facts}
    return len(tables) == 1 and None not in tables


@once
def by_value(context: Context) -> Mapping[Decimal, list[Fact]]:
    """The facts by the number that they state, as ``Decimal.normalize`` writes it."""
    index: dict[Decimal, list[Fact]] = {}
    for fact in context.facts:
        if fact.quantity.value is not None:
            index.setdefault(fact.quantity.value.normalize(), []).append(fact)
    return index


def _headless(fact: Fact, context: Context) -> bool:
    """Whether a bare number stands under no header beside others that do not either: what it counts, its row alone does not say."""
    if fact.cell is None or fact.quantity.unit or in_sentence(fact):
        return False
    table = context.document.tables[fact.cell.table]
    column = fact.cell.column
    return column < len(table.headers) and not table.headers[column] and sum(not path for path in table.headers[table.label_columns :]) > 1


def _is_band(fact: Fact) -> bool:
    return fact.kind in _SCORES and fact.quantity.bound in ("<", "<=", ">", ">=")


def measure(fact: Fact, context: Context) -> tuple[str, str, str]:
    """Dimension, kind and time of a fact; "" is the document's own year. Part of a year (2024-01/2024-03) is another time than the year.

    年初 with what flows through the year tells when it was planned, not what it is for.
    """
    period = fact.period
    dimension = "score" if fact.kind in _SCORES else fact.quantity.dimension
    if not period or (period == "年初" and (indicator := context.indicator(fact)) is not None and indicator.kind == "flow"):
        return dimension, fact.kind, ""
    time = period if "/" in period or not period[:4].isdigit() else period[:4]
    return dimension, fact.kind, "" if time in (context.document.about.year, own_time(context)) else time


def family(fact: Fact) -> str:
    """Units that count the same things; points with and without 分 do."""
    return "分" if fact.kind in _SCORES else unit_family(fact.quantity)


def owner(fact: Fact, context: Context) -> str:
    """Whose a figure is; "" for the document's own (全县, 合计, its own place or body)."""
    about = context.document.about
    if not fact.subject and fact.kind == "rate" and fact.cell is None:
        return _slice_of(fact, context)
    return "" if not fact.subject or _EVERYONE.fullmatch(fact.subject) or fact.subject in (about.org, about.region) else fact.subject


def _slice_of(fact: Fact, context: Context) -> str:
    """其中校园412批次，不合格5批次，合格率98.8%: a rate behind the figures of a part is of that part; "" where none is told."""
    before = context.before(fact, fact.sentence)
    opened = before.rfind("其中", before.rfind("；") + 1)
    if opened < 0:
        return ""
    start = fact.sentence.start + opened
    return next((f.subject for f in context.by_sentence.get(fact.sentence, ()) if start < f.quantity.span.start < fact.quantity.span.start), "")


def owners_fit(a: Fact, b: Fact, context: Context) -> bool:
    """Whether the subjects are one, or the one that is named stands in most of the other's words (行政规范性文件, and 规范性文件-废止)."""
    x, y = owner(a, context), owner(b, context)
    if x and y:
        return alike(x, y)
    return x == y or (overlapping(x, b.mention.text) if x else overlapping(y, a.mention.text))


def times_meet(a: Fact, b: Fact, context: Context) -> bool:
    """Whether the times of two figures are one, or that of one is not told (年初 tells when it was decided, not what it is for)."""
    first, second = (_time(fact, context) for fact in (a, b))
    return first == second or not first or not second


def _time(fact: Fact, context: Context) -> str:
    if not fact.period:
        return ""
    year = context.document.about.year
    return "" if fact.period in ("年初", "年末", year, f"{year}-12-31", own_time(context)) else fact.period


def told_twice(a: Fact, b: Fact) -> bool:
    """Whether two cells of one row state a figure, one of them in a sentence: no mere columns of the row."""
    assert a.cell is not None
    assert b.cell is not None
    return a.cell.row == b.cell.row and a.cell.column != b.cell.column and (in_sentence(a) or in_sentence(b))


def in_sentence(fact: Fact) -> bool:
    """Whether a figure stands among words, not alone in the cell of a table."""
    return len(fact.sentence) > len(fact.quantity.extent) + SHORTEST_LEAD
