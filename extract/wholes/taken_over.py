"""What took its name over from a fact that turned out to be a slice is one too."""

from __future__ import annotations

from dataclasses import replace

from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole
from extract.wholes._words import CHANGES, RATE, SHARES


def _read(fact: Fact, reader: Reader) -> Link | None:
    before = reader.wide.get(fact.antecedent)
    own = reader.own[fact.id]
    if before is None or own.how != "antecedent" or (RATE.search(before.name) and fact.quantity.dimension not in SHARES and fact.kind not in CHANGES):
        return None
    return replace(before, fact=fact.id)


WHOLE = Whole(order=320, read=_read)
