"""Numbers of one sentence that make up a number before them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extract.naming import counted
from extract.types import Fact, Link
from extract.wholes._reader import REACH

LEAST_TOTAL = 10
# What says in which state things are, or names a thing with its measure, is an indicator of its own, though it adds up.
_OWN_THING = re.compile(
    r"职数|满分|扣分|采购|节约|办结|检$|未|不|已|达标|合格|满意|整改|销号|完成|剩余|其余|余|产业|增加值|收入|支出|编制|损失|投入|得分|偏差|存在"
)


def sums(facts: Sequence[Fact], own: Mapping[str, Link]) -> dict[str, Fact]:
    """For each number of a run that makes up an earlier number of its section, that number. A run is of one unit and one sentence."""
    found: dict[str, Fact] = {}
    runs: dict[tuple[object, str], list[int]] = {}
    for rank, fact in enumerate(facts):
        if fact.cell is None and fact.kind == "level" and fact.quantity.value is not None and fact.quantity.bound == "=":
            runs.setdefault((fact.sentence, fact.quantity.unit), []).append(rank)
    for (_, unit), ranks in runs.items():
        earlier: dict[object, Fact] = {}
        first = facts[ranks[0]]
        for rank in range(max(0, ranks[0] - 3 * REACH), ranks[-1]):
            other = facts[rank]
            if (
                other.section == first.section
                and other.kind == "level"
                and counted(other.quantity.unit) & counted(unit)
                and other.quantity.dimension == first.quantity.dimension
            ):
                earlier[other.quantity.value] = other
        for start in range(len(ranks) - 1):
            total = facts[ranks[start]].quantity.value or 0
            for end in range(start + 1, min(len(ranks), start + 12)):
                total += facts[ranks[end]].quantity.value or 0
                whole = earlier.get(total)
                if whole is None or whole.quantity.span.start >= facts[ranks[start]].quantity.span.start or (total < LEAST_TOTAL and end - start < 2):
                    continue
                for rank in ranks[start : end + 1]:
                    fact = facts[rank]
                    if (
                        own[fact.id].indicator_id is None
                        and not _OWN_THING.search(fact.mention.text)
                        and not (fact.antecedent and fact.antecedent != whole.id and own[fact.id].how == "antecedent")
                    ):
                        found.setdefault(fact.id, whole)
    return found
