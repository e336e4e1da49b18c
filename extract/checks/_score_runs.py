"""Groups of rows of a score table that prose tells by how many they are: 前3项共40分，得37.7分；产出类（4项）共35分，得32.9分.

The groups follow the rows from the first to the last, so that their numbers leave no choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.outline import han_number
from extract.relations import Context, once
from extract.types import Fact

_GROUP = re.compile(
    r"(?P<count>\d{1,2}|[一二三四五六七八九十])[项个](?:指标)?[)）]?[，,]?(?:共计?|合计|满分|分值|总分值?)(?:为)?\s*(?P<full>\d[\d.]*)\s*分"
    r"[，,](?:实际|自评|共|实)?得分?(?:为)?\s*(?P<got>\d[\d.]*)\s*分"
)
FEWEST = 2
"""One group leaves open which rows it takes."""


@dataclass(frozen=True, slots=True)
class Run:
    """Points that prose states of rows that stand one after the other, and theirs."""

    total: Fact
    parts: tuple[Fact, ...]
    available: bool
    sure: bool

    @property
    def holds(self) -> bool:
        """Whether the points of the rows come to those of the prose."""
        return self.total.quantity.value == sum((part.quantity.value or Decimal(0) for part in self.parts), Decimal(0))


def score_runs(context: Context, rows: Sequence[tuple[Fact, Fact]]) -> Iterator[Run]:
    """The groups of one paragraph that divide all ``rows``, each the points available and those obtained; sure where at most one
    of all their sums fails."""
    for groups in _told(context).get(len(rows), ()):
        runs: list[Run] = []
        first = 0
        for count, full, got in groups:
            own = rows[first : first + count]
            first += count
            if count > 1:
                runs.append(Run(full, tuple(row[0] for row in own), available=True, sure=False))
                runs.append(Run(got, tuple(row[1] for row in own), available=False, sure=False))
        failing = sum(not run.holds for run in runs)
        yield from (replace(run, sure=failing <= 1 < len(runs)) for run in runs)


@once
def _told(context: Context) -> dict[int, list[list[tuple[int, Fact, Fact]]]]:
    """The groups that each paragraph tells, with their points available and obtained, by how many rows they take in all."""
    found: dict[int, list[list[tuple[int, Fact, Fact]]]] = {}
    for block, facts in context.by_block.items():
        if facts[0].cell is not None or not any(fact.kind == "score" for fact in facts):
            continue
        stated = {fact.quantity.span.start: fact for fact in facts}
        words = context.document.blocks[block].span
        groups: list[tuple[int, Fact, Fact]] = []
        for one in _GROUP.finditer(context.text, words.start, words.end):
            full, got = (stated.get(one.start(name)) for name in ("full", "got"))
            if full is None or got is None:
                break
            groups.append((han_number(one["count"]), full, got))
        else:
            if len(groups) >= FEWEST:
                found.setdefault(sum(count for count, _, _ in groups), []).append(groups)
    return found
