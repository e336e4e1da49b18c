"""占46% behind 道路运输12起, a slice of the accidents: the share is of what the slice is of."""

from __future__ import annotations

from dataclasses import replace

from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole


def _read(fact: Fact, reader: Reader) -> Link | None:
    own = reader.own[fact.id]
    if own.how != "share" or not fact.antecedent:
        return None
    before = reader.wide.get(fact.antecedent) or reader.own[fact.antecedent]
    if before.how not in ("antecedent", "slice", "sibling") or not before.name or not own.name.endswith("占比"):
        return None
    return reader.linked(replace(fact, kind="rate"), before.name + "占比", "slice")


WHOLE = Whole(order=310, unlinked=True, dimensions=frozenset({"ratio"}), read=_read)
