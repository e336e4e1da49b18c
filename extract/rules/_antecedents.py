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


def index_of(decided: Sequence[Fact], identity: str) -> int | None:
    """Index of the fact of an id, looked for from the last on, because what a number goes back to stands near it."""
    return next((index for index in range(len(decided) - 1, -1, -1) if decided[index].id == identity), None) if identity else None


def root(decided: Sequence[Fact], index: int) -> int:
    """The fact that a chain of antecedents starts from: the level behind a change of a change."""
    while decided[index].kind in CHANGES and (earlier := index_of(decided, decided[index].antecedent)) is not None:
        index = earlier
    return index


# How many earlier facts of the block a number with a name of its own may go back.
REACH = 12
# Two characters in common are the least that a name is recognised by: 事故起数 goes back to 生产安全事故.
_SHORTEST = 2


def level_called(decided: Sequence[Fact], name: str) -> int | None:
    """Index of the nearest earlier level that ``name`` (事故起数, 亡人) speaks of; ``None`` where none shares a word with it."""
    pairs = {name[at : at + _SHORTEST] for at in range(len(name) - _SHORTEST + 1)}
    for index in range(len(decided) - 1, max(-1, len(decided) - 1 - REACH), -1):
        fact = decided[index]
        if fact.kind not in CHANGES and any(pair in fact.mention.text for pair in pairs):
            return index
    return None


_AS_PERSONS = {"名": "人", "位": "人"}


def counted(unit: str) -> str:
    """The unit that parts and total share: 2场 is a part of 48场次, 3名 of 5人; 人次 are no 人."""
    if len(unit) == 2 and unit[1] == "次" and unit != "人次":
        return unit[0]
    return _AS_PERSONS.get(unit, unit)
