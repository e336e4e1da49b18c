"""年中追加30万元（甲8万元、乙22万元）: what stands in brackets makes up the number before them."""

from __future__ import annotations

from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole


def _read(fact: Fact, reader: Reader) -> Link | None:
    if fact.mention.by != "part_of_total":
        return None
    rank = reader.rank[fact.id]
    if rank == 0:
        return None
    before = reader.facts[rank - 1]
    between = reader.document.text[before.quantity.extent.end : fact.quantity.extent.start]
    if before.quantity.dimension != "money" or before.sentence != fact.sentence or (before.kind != "delta" and before.id not in reader.bracketed):
        return None
    if (between[:1] in "（(" if before.kind == "delta" else between[:1] in "、，,和") and (before.kind != "delta" or before.id in reader.wide):
        reader.bracketed.add(fact.id)
        return reader.like(fact, before, "slice")
    return None


WHOLE = Whole(order=170, cells=False, dimensions=frozenset({"money"}), read=_read)
