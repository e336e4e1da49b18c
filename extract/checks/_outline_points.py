"""Points that the headings of a plan or of scoring rules carry: 二、…（25分） above （一）…（5分） above 1. …（2分）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.checks._column_sums import rank_of
from extract.relations import Context, Relation
from extract.types import Fact

_EXTRA = re.compile(r"加分|扣分|减分|附加|另加|最高|至多|上限")
_IN_BRACKET = re.compile(r"[（(][^（）()]{0,6}$")


@dataclass(slots=True)
class _Item:
    """A numbered block with the points it carries, if it carries one figure of them, and the items under it."""

    rank: int
    points: Fact | None
    plain: bool
    under: list[_Item] = field(default_factory=list)


def point_sums(context: Context) -> Iterator[Relation]:
    """The points of each heading with those of the items of the next rank under it, where all of these carry some.

    Sure where another heading of the document keeps the promise.
    """
    found: list[tuple[Relation, bool]] = []
    for item in _items(context):
        top = min((one.rank for one in item.under), default=0)
        parts = [one.points for one in item.under if one.rank == top]
        if item.points is None or len(parts) < 2 or not all(parts):
            continue
        facts = [part for part in parts if part is not None]
        holds = sum(part.quantity.value or 0 for part in facts) == item.points.quantity.value
        plain = item.plain and all(one.plain for one in item.under)
        roles = {"total": (item.points.id,), "parts": tuple(part.id for part in facts)}
        found.append((Relation(type="sum", roles=roles, exact=True, certain=plain), holds))
    kept = sum(holds for _, holds in found)
    for relation, holds in found:
        trusted = relation.certain and kept > holds and kept * 2 >= len(found)
        yield Relation(type="sum", roles=relation.roles, exact=True, certain=trusted)


def _items(context: Context) -> Iterator[_Item]:
    """The numbered blocks outside tables, each after those under it have been added to it."""
    if not any(fact.kind == "max_score" and fact.cell is None for fact in context.facts):
        return
    open_: list[_Item] = []
    for number, block in enumerate(context.document.blocks):
        if block.cell is not None:
            continue
        words = block.span.of(context.text)
        rank = rank_of(words.lstrip())
        if rank is None:
            continue
        while open_ and open_[-1].rank >= rank:
            yield open_.pop()
        points = [fact for fact in context.by_block.get(number, ()) if fact.kind == "max_score" and _stated(context, fact)]
        item = _Item(rank, points[0] if len(points) == 1 else None, plain=not _EXTRA.search(words))
        if open_:
            open_[-1].under.append(item)
        open_.append(item)
    yield from reversed(open_)


def _stated(context: Context, fact: Fact) -> bool:
    """Whether points stand alone in a bracket, as those of a heading do."""
    start = fact.quantity.extent.start
    return fact.quantity.unit == "分" and _IN_BRACKET.search(context.text[max(0, start - 8) : start]) is not None
