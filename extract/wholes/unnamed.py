"""A number without words of its own is of what was said before it."""

from __future__ import annotations

import re

from extract.naming import counted
from extract.types import Fact, Link
from extract.wholes._reader import REACH, Reader, Whole

_REST = re.compile(r"剩余|其余|余下|比例|平均|未|[“”]|多|少")


def _read(fact: Fact, reader: Reader) -> Link | None:
    if reader.own[fact.id].name or _REST.search(fact.mention.text):
        return None
    for other in reader.before(fact, REACH):
        if other.block != fact.block:
            break
        if reader.of(other).name == "" or (other.mention.by == "respectively" and fact.mention.by == "respectively"):
            continue
        if fact.kind == "growth" or (
            other.quantity.dimension == fact.quantity.dimension and counted(other.quantity.unit) & counted(fact.quantity.unit)
        ):
            return reader.like(fact, other, "sibling")
    return None


WHOLE = Whole(order=330, cells=False, read=_read)
