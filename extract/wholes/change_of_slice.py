"""道路运输案件增长18% after 道路运输立案12件: a change of what was told to be a slice."""

from __future__ import annotations

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole
from extract.wholes._words import CHANGES


def _read(fact: Fact, reader: Reader) -> Link | None:
    said = core(fact.mention.text, fact.kind)
    for size in range(len(said), 2, -1):
        if other := reader.slices.get(said[:size]):
            return reader.like(fact, other, "slice")
    return None


WHOLE = Whole(order=270, cells=False, unlinked=True, kinds=CHANGES, read=_read)
