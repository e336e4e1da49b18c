"""What two figures stand among: other figures that are equal on both sides, words that are the same before and behind."""

from __future__ import annotations

import re

import regex

from extract.checks._keys import SHORTEST_LEAD
from extract.checks._slips import significant
from extract.checks._words import alike, bare, beginning, spelled, unit_family
from extract.relations import Context
from extract.types import Fact

AROUND = 3
"""So many facts on each side of a figure tell what it stands among."""
MOST_ROWS = 60
_LEAD = 12
_PASSAGE = 40
_DESCRIBED = 8
_FIGURE = re.compile(r"(?<![\d.])(?!(?:19|20)\d\d年)\d[\d.]{2,}")
_NO_HAN = regex.compile(r"\P{Han}")
_COMPARED = re.compile(r"同比|环比|[比较与](?:\d{4}年|[上去前]\w{0,3}[年月季期]|同期)")
_REACH = 60


def accompanied(a: Fact, b: Fact, context: Context) -> bool:
    """Whether both stand among the same other figures: 事故32起、死亡15人 twice, or a list in prose and a column of a table."""
    mine = {(f.quantity.value, unit_family(f.quantity)): f for f in _around(a, context)}
    echoes = [(mine[key], f) for f in _around(b, context) if (key := (f.quantity.value, unit_family(f.quantity))) in mine]
    if any(context.name(x) == context.name(y) or alike(x.mention.text, y.mention.text) for x, y in echoes):
        return True
    listed, tabled = (a, b) if b.cell is not None else (b, a)
    if listed.cell is not None or tabled.cell is None:
        return False
    values = {f.quantity.value for f in _around(listed, context) if unit_family(f.quantity) == unit_family(listed.quantity)}
    rows = range(max(0, tabled.cell.row - MOST_ROWS), tabled.cell.row + MOST_ROWS)
    column = {f.quantity.value for row in rows if row != tabled.cell.row for f in context.cell(tabled.cell.table, row, tabled.cell.column)}
    return len(values & column) > 1


def in_twins(a: Fact, b: Fact, context: Context) -> bool:
    """Whether the passages repeat each other: the words before both figures are the same, and so is a figure beside them."""
    lead = bare(context.before(a, a.clause))[-_LEAD:]
    if len(lead) < SHORTEST_LEAD or lead != bare(context.before(b, b.clause))[-_LEAD:]:
        return False
    return any(_echo(_beside(a, step, context), _beside(b, step, context)) for step in (-1, 1))


def verbatim(a: Fact, b: Fact, context: Context) -> bool:
    """Whether the passages are the same word for word, another long figure among the words."""
    leads, ends = [], []
    for fact in (a, b):
        block, at = context.document.blocks[fact.block].span, fact.quantity.extent
        leads.append(bare(context.text[max(block.start, at.start - _PASSAGE) : at.start])[::-1])
        ends.append(bare(context.text[at.end : min(block.end, at.end + _PASSAGE)]))
    lead, end = beginning(*leads)[::-1], beginning(*ends)
    return len(lead) >= SHORTEST_LEAD and len(lead) + len(end) >= _PASSAGE // 2 and _FIGURE.search(f"{lead} {end}") is not None


def described_alike(a: Fact, b: Fact, context: Context) -> bool:
    """Whether a long description of the one is in the other's: 新业态特征明显的16个行业小类, and 文化新业态特征较为明显的."""
    short, long = sorted((_NO_HAN.sub("", context.before(fact, fact.clause)) for fact in (a, b)), key=len)
    return len(short) >= _DESCRIBED and short[-2:] == long[-2:] and spelled(short, long)


def independent(facts: list[Fact], context: Context) -> int:
    """How many of the statements are no copies of one another: each table, and each wording before the figure, counts once."""
    return len({bare(context.before(fact, fact.clause))[-_LEAD:] if fact.cell is None else fact.cell.table for fact in facts})


def base(fact: Fact, context: Context) -> str:
    """What a change is measured against, in the words before it: 比上年, 比2019年, 环比; "" if the clause does not say."""
    found = _COMPARED.findall(context.before(fact, fact.sentence)[-_REACH:])
    return str(found[-1]) if found else ""


def _around(fact: Fact, context: Context) -> list[Fact]:
    """The figures of two digits and more beside a fact, in its sentence or its row of a table."""
    rank = context.order[fact.id]
    near = context.facts[max(0, rank - AROUND) : rank + AROUND + 1]
    if fact.cell is None:
        beside = [f for f in near if f.sentence == fact.sentence]
    else:
        beside = [f for f in near if f.cell is not None and (f.cell.table, f.cell.row) == (fact.cell.table, fact.cell.row)]
    return [f for f in beside if f is not fact and f.quantity.bound == "=" and len(significant(f)) > 1 and f.kind in ("level", "target", "score")]


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
