"""Changes that are told of one and the same level in two places: 火灾421起，同比下降6.5%, and the row 421 | -5.6.

Which change is meant is seldom said in the same words, but the level that it is told of returns with it. Levels of few digits
return by chance, and the change of one level against another time, or at other prices, is another change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from extract.checks._keys import MANY, times_meet
from extract.checks._slips import LONG, significant
from extract.relations import Context
from extract.types import Fact

_SHORTER = re.compile(r"环比|上[个一]?[月季]|年初|(?:19|20)\d\d年|年均|平均|两年")
_OTHERWISE = re.compile(r"名义|现价|同口径|可比口径|剔除|扣除|累计|自然口径")
_UNNAMED = re.compile(r"[，、](?:按[^，。；]{2,8}计算，?)?(?:同比|[比较]上年(?:同期)?)?(?:实际)?(?:增长|上升|下降|减少)")
_FEWEST = 2
_NEAR = 2


def changes_retold(context: Context) -> Iterator[tuple[Fact, Fact]]:
    """The changes of one level, in pairs, that are told in two places; whether they agree is not asked."""
    told: dict[object, list[Fact]] = {}
    for fact in context.facts:
        if fact.kind != "growth" or fact.quantity.dimension != "ratio" or fact.quantity.bound != "=" or len(significant(fact)) < _FEWEST:
            continue
        level = _level(fact, context)
        if level is not None and len(significant(level)) >= LONG and not _of_another_time(fact, context):
            told.setdefault((level.quantity.value, level.quantity.dimension, context.name(level)), []).append(fact)
    for facts in told.values():
        if len(facts) <= MANY:
            yield from (pair for pair in combinations(facts, 2) if _apart(*pair) and times_meet(*pair, context))


def _level(change: Fact, context: Context) -> Fact | None:
    """The level that a change is told of: the one before it in its sentence, or in its row, where last year's may stand between."""
    if change.cell is None:
        before = context.by_id.get(change.antecedent) or _before(change, context)
        return before if before is not None and before.kind == "level" and before.sentence == change.sentence else None
    for column in range(change.cell.column - 1, max(-1, change.cell.column - 1 - _NEAR), -1):
        beside = context.cell(change.cell.table, change.cell.row, column)
        if len(beside) != 1 or beside[0].kind != "level":
            return None
        if beside[0].period == change.period:
            return beside[0]
    return None


def _before(change: Fact, context: Context) -> Fact | None:
    """The figure before a change that names nothing of its own."""
    rank = context.order[change.id]
    before = context.facts[rank - 1] if rank else None
    return before if before is not None and before.block == change.block and _UNNAMED.fullmatch(context.between(before, change)) else None


def _of_another_time(change: Fact, context: Context) -> bool:
    """Whether words say that a change is not the common one against the year before."""
    words = context.before(change, change.clause) + change.mention.text
    return _SHORTER.search(words) is not None or _OTHERWISE.search(words) is not None


def _apart(a: Fact, b: Fact) -> bool:
    if a.cell is None or b.cell is None:
        return a.block != b.block
    return a.cell.table != b.cell.table
