"""Scores that prose tells item by item: 立项（20分）得19.5分；管理（30分）得26分…, and 综合得分 of them all.

Points available that add up to the full mark say that no item is left out; then those obtained have to come to the score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extract.relations import Context
from extract.types import Fact

FULL_MARK = Decimal(100)
FEWEST = 3
"""Two items may add up to the full mark and be no list."""
_ITEM = re.compile(r"(?P<full>\d[\d.]*)\s*分[）)]?[，,]?\s*(?:实际|自评|评价|实)?得分?(?:为|是)?\s*(?P<got>\d[\d.]*)\s*分")
_OVERALL = re.compile(r"(?:综合|评价|自评|总|最终|总体|绩效)得?分(?:为|是)?$|(?:合计|总计|共计|共|总共)得?分?$|(?:合计|共|总)得$")
_ASIDE = re.compile(r"加分|附加|奖励分|倒扣")
"""Points beside those of the items."""


@dataclass(frozen=True, slots=True)
class Told:
    """The score of all items, and the points that each obtained."""

    total: Fact
    parts: tuple[Fact, ...]


def scores_told(context: Context) -> Iterator[Told]:
    """Scores with the points of all items, told in one paragraph or one after the other."""
    for run in _runs(context):
        full = sum((available.quantity.value or Decimal(0) for _, available, _ in run), Decimal(0))
        if len(run) < FEWEST or full != FULL_MARK:
            continue
        parts = tuple(got for _, _, got in run)
        near = range(run[0][0] - 1, run[-1][0] + 2)
        if any(_ASIDE.search(context.document.blocks[block].span.of(context.text)) for block in near if block in context.by_block):
            continue
        totals = [fact for block in near for fact in context.by_block.get(block, ()) if fact not in parts and _is_overall(fact, context)]
        if len({fact.quantity.value for fact in totals}) == 1:
            yield from (Told(fact, parts) for fact in totals)


def _runs(context: Context) -> list[list[tuple[int, Fact, Fact]]]:
    """The items of one paragraph, or of paragraphs that follow each other, each with its paragraph."""
    runs: list[list[tuple[int, Fact, Fact]]] = []
    for block in sorted(context.by_block):
        for available, got in _items(context, block):
            if not runs or block - runs[-1][-1][0] > 1:
                runs.append([])
            runs[-1].append((block, available, got))
    return runs


def _items(context: Context, block: int) -> Iterator[tuple[Fact, Fact]]:
    facts = context.by_block[block]
    if facts[0].cell is not None or not any(fact.kind in ("score", "max_score") for fact in facts):
        return
    stated = {fact.quantity.span.start: fact for fact in facts}
    span = context.document.blocks[block].span
    for match in _ITEM.finditer(context.text, span.start, span.end):
        full, got = (stated.get(match.start(name)) for name in ("full", "got"))
        if full is not None and got is not None and full.quantity.value is not None and full.quantity.value < FULL_MARK:
            yield full, got


def _is_overall(fact: Fact, context: Context) -> bool:
    words = context.before(fact, fact.clause).strip()
    return fact.kind == "score" and fact.cell is None and "扣" not in words and _OVERALL.search(words) is not None
