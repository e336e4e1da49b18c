"""Scores that prose tells item by item: 立项（20分）得19.5分；管理（30分）得26分…, and 综合得分 of them all.

Points available that add up to the full mark say that no item is left out; then those obtained have to come to the score. So do those
that 其中 lists behind the score, if one slip of the pen makes them: 自评得分97.31分。其中预算执行率得9.51分，产出指标得49.80分，….
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, takewhile

from extract.checks._prose import Place, streams
from extract.checks._slips import mended
from extract.checks._words import bare
from extract.relations import Context
from extract.types import Fact

FULL_MARK = Decimal(100)
FEWEST = 3
"""Two items may add up to the full mark and be no list."""
_ITEM = re.compile(r"(?P<full>\d[\d.]*)\s*分[）)]?[，,]?\s*(?:实际|自评|评价|实)?得分?(?:为|是)?\s*(?P<got>\d[\d.]*)\s*分")
_OVERALL = re.compile(r"(?:综合|评价|自评|总|最终|总体|绩效)得?分(?:为|是)?$|(?:合计|总计|共计|共|总共)得?分?$|(?:合计|共|总)得$")
_SCORE_OF_ALL = re.compile(r"(?:自评|综合|评价|考核|总|最终|验收|绩效)得?分(?:结果)?(?:为|是)?$|^(?:共|总共|合计)?得分?$")
_GOT = re.compile(r"(?<!扣)(?:得分?|评分|分值)(?:为|是)?$")
_ASIDE = re.compile(r"加分|附加|奖励分|倒扣")
"""Points beside those of the items."""


@dataclass(frozen=True, slots=True)
class Told:
    """The score of all items, and the points that each obtained."""

    total: Fact
    parts: tuple[Fact, ...]


def scores_told(context: Context) -> Iterator[Told]:
    """Scores with the points of all items, told in one paragraph or one after the other."""
    yield from _listed(context)
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


def _listed(context: Context) -> Iterator[Told]:
    """Scores whose items follow behind 其中, each with what it obtained."""
    for stream in streams(context):
        for place, first in pairwise(stream.places):
            if place.quantity.unit != "分" or "其中" not in first.lead or not _points(place) or not _SCORE_OF_ALL.search(bare(place.clause)):
                continue
            parts = list(takewhile(_obtained, stream.places[first.at :]))
            if any(p.paragraph != place.paragraph for p in parts):
                continue
            span = context.document.blocks[place.fact.block].span
            if len(parts) < FEWEST or _ASIDE.search(context.text, span.start, span.end):
                continue
            added = sum((p.quantity.value or Decimal(0) for p in parts), Decimal(0))
            if added == place.quantity.value or mended(place.quantity, [p.quantity for p in parts]):
                yield Told(place.fact, tuple(p.fact for p in parts))


def _obtained(place: Place) -> bool:
    return _points(place) and _GOT.search(bare(place.clause)) is not None


def _points(place: Place) -> bool:
    return place.fact.cell is None and place.quantity.unit == "分" and place.quantity.bound == "="


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
