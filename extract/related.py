"""The model ``relations``: whether the text means that numbers belong together which may do so by arithmetic.

The checks find relations by what is said (其中, 占, 同比); where nothing is said, or too far away, numbers that add up or divide
into each other to the last digit are candidates (:mod:`extract.candidates`). The model sees how unlikely an accident is, where
the numbers stand, their names and the words around them, and lists those of which it is sure. Nothing that it lists can be
a finding: what does not hold is left out.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.memo import remembered
from extract.relations import Context, Relation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from extract.candidates._numbers import Candidate

# A feature is one of so many weights.
SIZE = 1 << 15
SURE: Mapping[str, float] = {"same": 0.93, "sum": 0.9, "diff": 0.9, "ratio": 0.85, "growth": 0.6, "target": 0.9}
"""A candidate is listed where it is likelier than this, by its type: chosen for the precision of what is listed on documents
not seen (CARD.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Whether numbers belong together: a weight for each feature, and ``bias``, as log-odds."""

    weights: NDArray[np.float32] = field(repr=False)
    bias: float
    sha256: str

    name = "relations"

    def propose(self, context: Context, relations: Sequence[Relation]) -> Iterator[Relation]:
        """The relations that the text means as well, by the numbers alone; those of ``relations`` are known."""
        from extract.candidates import candidates

        for candidate in chosen((found, self.likely(found)) for found in candidates(context, relations)):
            yield Relation(type=candidate.type, roles=candidate.roles, certain=False)

    def likely(self, candidate: Candidate) -> float:
        """How likely the text means the candidate, from 0 to 1."""
        features = {feature for group in hashed(candidate).values() for feature in group}
        return 1 / (1 + math.exp(-self.bias - float(self.weights[sorted(features)].sum())))


def hashed(candidate: Candidate) -> dict[str, list[int]]:
    """The numbers of the candidate's features by their group, each below :data:`SIZE`; its type is in the group ""."""
    kind = candidate.type
    groups = {group: [_number(f"{kind} {feature}") for feature in features] for group, features in candidate.features.items()}
    return {"": [_number(kind)], **groups}


@remembered(4096)
def _number(words: str) -> int:
    return zlib.crc32(words.encode("utf-8", "surrogatepass")) % SIZE


def chosen(found: Iterator[tuple[Candidate, float]]) -> list[Candidate]:
    """The candidates that are sure: of one group, and of those over the same numbers, the likeliest alone."""
    by_group: dict[str, tuple[float, Candidate]] = {}
    by_facts: dict[frozenset[str], float] = {}
    for candidate, likely in found:
        facts = frozenset(candidate.facts)
        by_facts[facts] = max(by_facts.get(facts, 0.0), likely)
        if likely > SURE[candidate.type] and likely > by_group.get(candidate.group, (0.0,))[0]:
            by_group[candidate.group] = likely, candidate
    return [candidate for likely, candidate in by_group.values() if likely >= by_facts[frozenset(candidate.facts)]]
