"""Figures that a text states twice by its form: a headline and the paragraph under it, an indicator's name and its target's cell,
a level and the turn that led there, what was done beside one goal that a row tells twice.

A headline (a line of its own without a full stop) announces what the paragraph under it tells. A row of a form whose
indicator is named with its target (…培训班总期数38期) has the target once more in the next cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import islice, takewhile

from extract import intervals as iv
from extract.checks._changes import changes
from extract.checks._changes.turns import Turn
from extract.checks._prose import Place, like, streams, where
from extract.checks._retold import said_alike
from extract.checks._rounded_again import ROUND
from extract.checks._values import interval_of
from extract.checks._words import alike, bare, core, unit_family
from extract.relations import Context, once
from extract.types import Fact

LONGEST = 60
"""A headline is no longer than this."""
FEW = 3
"""A headline has no more figures than this."""
MOST_PARTS = 16
"""So many figures before a closing total are looked at."""
NEAR = 3
"""So many paragraphs below a headline may tell what it announces."""
_STOPS = re.compile(r"[。；！？]|[：，、]$")
_TURNS = re.compile(r"，[由从][^，。；、]{0,10}")
_STEP = re.compile(r"[新净增减多少]|其中")
_EDGE = '》”"』」）)。；， \u3000\t\n'
_EACH = re.compile(r"每|均|各(?![类级项种])")
_OCCURS = re.compile(r"^(?:发生|实现|完成|达到|共有|现有|有)")
_TOLD_BEFORE = 8
"""So many figures back in its paragraph the level is looked for that a turn tells again."""
_PAPERS = frozenset("册本份张套")
"""Units in which one author counts what another counts in the next: 宣传资料5000册 | 5000份."""
_CLOSED = re.compile(r"^(?:合计|共计|总计)[^，。；、]{0,4}$")
_SHORTER = re.compile(r"环比|[比较]上[个一]?[月季]")
_ROUNDED = re.compile(r"破|超(?!额)|[近逾]|关口|大关")
"""Words before a headline's figure that round it."""


@once
def announced(context: Context) -> tuple[tuple[Fact, Fact], ...]:
    """Figures of headlines, each with the one of the paragraph below that tells it again."""
    return tuple(_announced(context, _told_below))


@once
def rounded_headlines(context: Context) -> tuple[tuple[Fact, Fact], ...]:
    """五年货值超6000亿元: round amounts of headlines, each with the only figure of the paragraph below that is said alike."""
    return tuple(_announced(context, _rounded_below))


@once
def named_targets(context: Context) -> tuple[tuple[Fact, Fact], ...]:
    """Targets at the end of an indicator's name, each with the figure alone in the next cell of the row."""
    return tuple(_named_targets(context))


@once
def turned(context: Context) -> tuple[tuple[Fact, Fact], ...]:
    """宣传活动126场次，由去年的84场次增至126场次: levels, each with the end of the turn that follows without naming anything of its own,
    or under the same name further on in the paragraph (发生火灾371起，死亡1人。与上年相比，火灾起数由398起降至371起)."""
    found: list[tuple[Fact, Fact]] = []
    for turn in changes(context).turns:
        stream, at = where(context)[turn.before.fact.id]
        if not at or _TURNS.fullmatch(turn.before.lead) is None:
            again = next((level for level in stream.back(at, _TOLD_BEFORE) if _turned_again(level, turn)), None)
            found += [(again.fact, turn.after.fact)] if again is not None else []
            continue
        level = stream.places[at - 1]
        together = (level.sentence, level.bracket) == (turn.before.sentence, turn.before.bracket) and like(level.quantity, turn.after.quantity)
        # 新增30家，由上年的100家增至130家 tells the step
        if together and level.level and not _STEP.search(level.clause):
            found.append((level.fact, turn.after.fact))
    return tuple(found)


@once
def in_rows(context: Context) -> tuple[tuple[Fact, Fact], ...]:
    """扶持农户60户以上 | 已扶持62户，… | ≥60户 | 62户: what was done, in words and alone, each beside one and the same goal in a row, and
    the goal beside one and the same thing done."""
    rows: dict[tuple[int, int], dict[int, Fact]] = {}
    for cell, facts in context.by_cell.items():
        rows.setdefault((cell.table, cell.row), {})[cell.column] = facts[0]
    return tuple(pair for cells in rows.values() for pair in _done_twice(cells))


@once
def closing(context: Context) -> tuple[tuple[Fact, Fact], ...]:
    """A total before its list and after it: 总预算1170万元，其中甲870万元、乙300万元，合计1170万元."""
    return tuple(_closing(context))


def _turned_again(level: Place, turn: Turn) -> bool:
    """Whether a level is what the turn leads to, under the name that the turn has."""
    after = turn.after
    if level.paragraph != after.paragraph or level.bracket or not level.level or not like(level.quantity, after.quantity):
        return False
    name, again = (_OCCURS.sub("", core(fact.mention.text)) for fact in (level.fact, after.fact))
    return name == again != "" and not _STEP.search(level.clause) and level.fact.qualifiers == after.fact.qualifiers


def _done_twice(cells: Mapping[int, Fact]) -> Iterator[tuple[Fact, Fact]]:
    """The first figures of the cells behind two cells that begin with one goal, and the goals before two that tell one thing done."""
    behind: dict[tuple[Decimal | None, str], list[Fact]] = {}
    before: dict[tuple[Decimal | None, str], list[Fact]] = {}
    for column, goal in sorted(cells.items()):
        done = cells.get(column + 1)
        unit = unit_family(goal.quantity)
        if goal.kind != "target" or not unit or done is None or done.kind == "target" or unit_family(done.quantity) != unit:
            continue
        behind.setdefault((goal.quantity.value or goal.quantity.low, unit), []).append(done)
        before.setdefault((done.quantity.value, unit), []).append(goal)
    for first, *others in (*behind.values(), *before.values()):
        if len(others) == 1 and first.quantity.bound == others[0].quantity.bound:
            yield first, others[0]


def _announced(context: Context, told_below: Callable[[Fact, tuple[Fact, ...], Context], Fact | None]) -> Iterator[tuple[Fact, Fact]]:
    for number, below in _headlines(context):
        for fact in context.by_block[number]:
            told = (told_below(fact, context.by_block.get(n, ()), context) for n in below)
            yield from ((fact, other) for other in islice(filter(None, told), 1))


@once
def _headlines(context: Context) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """The headlines that state few figures, each with the next paragraphs below."""
    blocks = context.document.blocks
    found = []
    for number, facts in sorted(context.by_block.items()):
        if len(facts) <= FEW and _is_headline(number, context):
            near = range(number + 1, min(number + 1 + NEAR, len(blocks)))
            found.append((number, tuple(takewhile(lambda n: blocks[n].cell is None and not _is_headline(n, context), near))))
    return tuple(found)


def _named_targets(context: Context) -> Iterator[tuple[Fact, Fact]]:
    for fact in context.facts:
        if fact.cell is None or fact.kind not in ("target", "level"):
            continue
        beside = context.cell(fact.cell.table, fact.cell.row, fact.cell.column + 1)
        if len(beside) != 1 or beside[0].kind != "target" or not unit_family(fact.quantity):
            continue
        span, other = context.document.blocks[fact.block].span, context.document.blocks[beside[0].block].span
        name = context.text[span.start : fact.quantity.extent.start]
        alone = context.text[other.start : other.end].strip(_EDGE)
        ends = not context.text[fact.quantity.extent.end : span.end].strip(_EDGE) and len(name) > FEW
        units = {unit_family(fact.quantity), unit_family(beside[0].quantity)}
        together = (len(units) == 1 or units <= _PAPERS) and not _EACH.search(name)
        named = bare(beside[0].mention.text).endswith(bare(fact.quantity.extent.of(context.text)))
        together = together and (named or fact.kind == "target")
        if ends and together and alone == beside[0].quantity.extent.of(context.text):
            yield fact, beside[0]


def _is_headline(number: int, context: Context) -> bool:
    block, *below = context.document.blocks[number : number + 2]
    if not below or block.cell is not None or below[0].cell is not None:
        return False
    words = block.span.of(context.text).strip()
    return len(words) <= LONGEST and len(below[0].span) > len(words) and not _STOPS.search(words)


def _told_below(fact: Fact, below: tuple[Fact, ...], context: Context) -> Fact | None:
    """The figure of the paragraph that agrees, else the only one that is said alike; rates of change against one base."""
    if fact.kind == "other" or _ROUNDED.search(context.before(fact, fact.clause)):
        return None
    said = _said_below(fact, below, context)
    agreeing = next((other for other in said if iv.agree(interval_of(fact), interval_of(other))), None)
    return agreeing or (said[0] if len(said) == 1 and _one_base(fact, said[0], context) else None)


def _rounded_below(fact: Fact, below: tuple[Fact, ...], context: Context) -> Fact | None:
    """The only amount of the paragraph that is said as the round one of a headline is."""
    if fact.kind != "level" or fact.quantity.bound not in ROUND:
        return None
    said = _said_below(fact, below, context)
    exact = said[0] if len(said) == 1 and said[0].quantity.bound == "=" else None
    return exact if exact is not None and alike(fact.mention.text, exact.mention.text) else None


def _said_below(fact: Fact, below: tuple[Fact, ...], context: Context) -> list[Fact]:
    return [
        other
        for other in below
        if other.kind == fact.kind
        and unit_family(other.quantity) == unit_family(fact.quantity)
        and (said_alike(fact, other) or context.name(fact) == context.name(other) in context.catalogue)
        and set(other.qualifiers) >= set(fact.qualifiers)
    ]


def _one_base(fact: Fact, other: Fact, context: Context) -> bool:
    """Whether two changes are against one time, as far as their words tell, and go one way."""
    if fact.kind != "growth":
        return True
    shorter = [_SHORTER.search(context.before(one, one.clause)[-LONGEST:]) is not None for one in (fact, other)]
    up = [(one.quantity.value or 0) > 0 for one in (fact, other)]
    return shorter[0] == shorter[1] and up[0] == up[1]


def _closing(context: Context) -> Iterator[tuple[Fact, Fact]]:
    for stream in streams(context):
        for last in stream.places:
            if not _CLOSED.match(last.clause) or last.bracket or not last.level:
                continue
            sentence = [place for place in stream.back(last.at, MOST_PARTS) if place.sentence == last.sentence and not place.bracket]
            total, parts = sentence[-1:], sentence[:-1]
            if len(parts) < 2 or not all(place.level for place in sentence) or not parts[-1].clause.startswith("其中"):
                continue
            same = [place for place in sentence if place.quantity.scale == last.quantity.scale]
            if len(same) == len(sentence) and {place.quantity.dimension for place in (*total, last)} <= {"money", ""}:
                yield total[0].fact, last.fact
