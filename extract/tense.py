"""The model ``tense``: whether the sentences around a number tell what was done or what is to be done.

A government's plan states its targets bare (新建20家中试基地): no word beside the number says that it is one, the page around
it does. The model makes targets of such numbers and changes nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from extract.types import Document, Fact, Span
from extract.units import negated

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A number becomes a target where the text around it is so likely about the future. On documents that no model had seen,
# 0.5 found little more and 0.7 little less (CARD.md); above it speeches that urge without stating anything are left alone.
AHEAD = 0.6
# The stretches of text that are read around a number, in characters to either side.
NEAR, WIDE = 150, 500
_CHANGEABLE = frozenset({"level", "rate", "growth", "delta"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tense:
    """Whether text looks ahead: a weight for each n-gram, and how the two stretches around a number count.

    ``near``, ``wide`` and ``bias`` make the log-odds of a target from the weights of both stretches. ``sha256`` is
    that of the model's file.
    """

    weights: NDArray[np.float32] = field(repr=False)
    near: float
    wide: float
    bias: float
    sha256: str

    name = "tense"

    def revise(self, document: Document, facts: tuple[Fact, ...], after: Mapping[int, Span], maker: str) -> tuple[Fact, ...]:
        """The facts, those that are taken for targets as such: a planned fall is positive, as everywhere."""
        chosen = [at for at, fact in enumerate(facts) if may_change(fact, document.about.year)]
        if not chosen:
            return facts
        seen = stretches(document, [facts[at] for at in chosen], self.weights)
        found = list(facts)
        for at, (near, wide) in zip(chosen, seen.tolist(), strict=True):
            likely = 1 / (1 + math.exp(-(self.near * near + self.wide * wide + self.bias)))
            if likely > AHEAD:
                found[at] = _as_target(facts[at], likely, maker)
        return tuple(found)


def stretches(document: Document, facts: Sequence[Fact], weights: NDArray[np.float32]) -> NDArray[np.float64]:
    """The weight of the text near each fact and in a wide stretch around it, for each of its characters (facts × 2)."""
    import numpy as np

    from extract.features import sums

    total = sums(document.text, weights)
    starts = np.array([fact.quantity.extent.start for fact in facts], np.int64)
    ends = np.array([fact.quantity.extent.end for fact in facts], np.int64)
    found = []
    for reach in (NEAR, WIDE):
        low, high = np.maximum(starts - reach, 0), np.minimum(ends + reach, len(total) - 1)
        # At the ends of a text a stretch is short of words, and says so much less.
        found.append((total[high] - total[low]) / (2 * reach))
    return np.stack(found, axis=1)


def may_change(fact: Fact, year: str) -> bool:
    """Whether a fact could be a target that the patterns do not know as one: stated in prose, and not for an earlier year."""
    return fact.cell is None and fact.kind in _CHANGEABLE and not (year and fact.period[:4].isdigit() and fact.period[:4] < year)


def _as_target(fact: Fact, likely: float, maker: str) -> Fact:
    quantity = fact.quantity
    if quantity.value is not None and quantity.value < 0:
        quantity = negated(quantity)
    pattern, *rest = fact.makers
    return replace(fact, quantity=quantity, kind="target", confidence=min(fact.confidence, likely), makers=(pattern, maker, *rest))
