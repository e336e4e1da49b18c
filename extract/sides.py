"""The model ``sides``: whether a number is named by the words after it, where the rules took others.

Words before the number and a noun after it may both name it (财政部再次紧急预拨3.5亿元中央自然灾害救灾资金; 剩余22条全部明确了责任人),
and no rule says which. The model sees what stands around both and may take the words after; it changes nothing else.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from extract.types import Document, Fact, Mention, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A feature is one of so many weights.
SIZE = 1 << 12
# The words after the number are taken where this is likelier than not; from 0.4 to 0.6 the gain is the same (CARD.md).
OTHER_SIDE = 0.5
GROUPS = ("quantity", "lengths", "marks", "bodies", "neighbour", "counts")
"""The groups of features, for ablations."""
# Whose a number is rather than what it is: a place, a body, a branch.
_BODY = re.compile(r"(?:省|市|区|县|镇|乡|村|街道?|局|院|校|公司|政府|部门?|地区|行业|领域|单位|中心|社区|站|类|企业)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A fact with words after its number that the rules did not take: its place among the facts, the words, and the
    features, by group."""

    at: int
    after: Span
    features: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Whether the words after a number name it: a weight for each feature, and ``bias``, as log-odds."""

    weights: NDArray[np.float32] = field(repr=False)
    bias: float
    sha256: str

    name = "sides"

    def revise(self, document: Document, facts: tuple[Fact, ...], after: Mapping[int, Span], maker: str) -> tuple[Fact, ...]:
        """The facts, some of them named by the words after the number (``after``: by where the numeral starts)."""
        found = list(facts)
        for case in cases(document, facts, after):
            total = self.bias + sum(float(self.weights[feature]) for group in case.features for feature in group)
            likely = 1 / (1 + math.exp(-total))
            if likely > OTHER_SIDE:
                fact, span = facts[case.at], case.after
                pattern, *rest = fact.makers
                mention = Mention(span=span, text=span.of(document.text), by=fact.mention.by)
                found[case.at] = replace(fact, mention=mention, confidence=min(fact.confidence, likely), makers=(pattern, maker, *rest))
        return tuple(found)


def cases(document: Document, facts: Sequence[Fact], after: Mapping[int, Span]) -> Iterator[Case]:
    """The facts that could be named by the words after their number and are not."""
    counts = Counter(fact.mention.text for fact in facts)
    text = document.text
    for at, fact in enumerate(facts):
        span = after.get(fact.quantity.span.start)
        if span is not None and span.of(text) != fact.mention.text:
            yield Case(at=at, after=span, features=_features(text, fact, span, facts[at - 1] if at else None, counts))


def _features(text: str, fact: Fact, after: Span, previous: Fact | None, counts: Mapping[str, int]) -> tuple[tuple[int, ...], ...]:
    taken, other = fact.mention.text, after.of(text)
    quantity, rule = fact.quantity, fact.mention.by
    start, end = quantity.extent.start, quantity.extent.end
    groups = (
        (quantity.unit, quantity.dimension, fact.kind, f"{rule} {quantity.unit}", rule),
        (min(len(other), 10), min(len(taken), 12), min(start - fact.sentence.start, 60) // 10),
        (text[max(0, start - 1) : start], text[max(0, start - 2) : start], text[end : end + 1], text[end : end + 2], text[after.end : after.end + 1]),
        (f"{bool(_BODY.search(taken))} {bool(_BODY.search(other))}", f"{other in taken} {taken in other}"),
        (previous.quantity.unit, previous.mention.by, previous.sentence == fact.sentence) if previous else ("none",),
        (f"{min(counts[taken], 3)} {min(counts[other], 3)}",),
    )
    return tuple(
        tuple(zlib.crc32(f"{group} {number} {value}".encode("utf-8", "surrogatepass")) % SIZE for number, value in enumerate(values))
        for group, values in zip(GROUPS, groups, strict=True)
    )
