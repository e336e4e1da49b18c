"""What the readers of lists gather from one stream: totals with their parts, and parts of wholes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extract import intervals as iv
from extract.checks._prose import Place, Stream
from extract.relations import Context
from extract.types import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class PartList:
    """Parts of a total. ``sure`` if they are beyond doubt all of it, ``suspected`` if they are so only by their sizes; ``budget``
    if it is 年初预算 and its changes."""

    stream: Stream
    total: Place
    parts: tuple[Place, ...]
    sure: bool
    holds: bool
    suspected: bool = False
    less: tuple[Place, ...] = ()
    budget: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part that is told of a whole, alone or beside others; ``sure`` where no other whole can be meant."""

    whole: Place
    part: Place
    sure: bool


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """The sums and parts found so far in a stream; ``taken`` are the places that are parts of a total already."""

    stream: Stream
    context: Context
    sums: list[PartList] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def add(self, total: Place, parts: Sequence[Place], *, sure: bool, holds: bool, suspected: bool = False) -> None:
        """Takes down that the parts are those of the total."""
        self.taken.update(p.at for p in parts)
        self.sums.append(PartList(stream=self.stream, total=total, parts=tuple(parts), sure=sure, holds=holds, suspected=suspected))


def exceeds(part: Quantity, whole: Quantity) -> bool:
    """Whether a part is larger than its whole whatever their rounding."""
    return part.interval.low is not None and whole.interval.high is not None and part.interval.low > whole.interval.high


def adds_up(total: Quantity, parts: Iterable[Quantity], less: Sequence[Quantity] = ()) -> bool:
    """Whether the parts reach the total within rounding."""
    added = iv.total(q.interval for q in parts)
    return iv.meet(total.interval, iv.sub(added, iv.total(q.interval for q in less)) if less else added)
