"""Which earlier fact of the block a number goes back to."""

from __future__ import annotations

from collections.abc import Sequence

from extract.types import Fact

CHANGES = frozenset({"growth", "delta"})


def last_level(decided: Sequence[Fact], *, unit: str | None = None) -> int | None:
    """Index of the last fact that states a level or a rate; with ``unit``, the last of that unit."""
    for index in range(len(decided) - 1, -1, -1):
        fact = decided[index]
        if fact.kind not in CHANGES and (unit is None or fact.quantity.unit == unit):
            return index
    return None


def root(decided: Sequence[Fact], index: int) -> int:
    """The fact that a chain of antecedents starts from: the level behind a change of a change."""
    by_id = {fact.id: at for at, fact in enumerate(decided)}
    while decided[index].kind in CHANGES and decided[index].antecedent in by_id:
        index = by_id[decided[index].antecedent]
    return index
