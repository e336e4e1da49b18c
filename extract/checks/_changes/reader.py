"""What the ways of saying a change look at, and what they find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extract.checks._changes.turns import Turn
from extract.checks._column_changes import OUTPUT
from extract.checks._prose import Place, Stream
from extract.checks._two_years import TwoYears
from extract.checks._values import is_rate
from extract.relations import Context
from extract.types import Fact

BACK = 16
"""So many facts back the level of a change is looked for in the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change with its level; ``previous`` where the document states one, ``step`` an absolute change beside a rate."""

    change: Fact
    current: Fact
    previous: Fact | None = None
    step: Fact | None = None
    sure: bool
    beside: bool = False
    """Whether the earlier level stands in the same sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One stream of a document. ``whole`` gives the total of a part by the part's id, ``turns`` those that end at a place, ``beside`` the
    earlier level in brackets behind a level by its id, ``rows`` the levels of tables; ``earlier`` and ``now`` are names of periods."""

    context: Context
    stream: Stream
    whole: Mapping[str, Fact]
    turns: Mapping[int, Turn]
    beside: Mapping[str, Place]
    rows: TwoYears
    earlier: frozenset[str]
    now: frozenset[str]


def priced(change: Fact, level: Fact) -> bool:
    """Whether a growth rate is one of output, which is told at constant prices whether or not the text says so (T8)."""
    return is_rate(change.quantity) and level.quantity.dimension == "money" and OUTPUT.search(change.mention.text + level.mention.text) is not None
