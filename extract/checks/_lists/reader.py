"""What the ways of telling parts look at, and where they take down what they find."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.checks._prose import Stream
from extract.checks._tally import Tally
from extract.relations import Context


@dataclass(slots=True)
class Reader:
    """One pass over a stream. ``tally`` is what it found; ``opening`` are the sentences that an opening word begins, ``wide`` is whether
    the list at hand was announced as one (具体, 其中：), ``open_part`` whether its word names only some (包括, 含)."""

    stream: Stream
    context: Context
    tally: Tally
    opening: set[int] = field(default_factory=set)
    wide: bool = False
    open_part: bool = False
