"""Numbers that are told one by one and make up one told before are its slices (甲、乙分别立案12件、9件 after 立案21件)."""

from __future__ import annotations

from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole


def _read(fact: Fact, reader: Reader) -> Link | None:
    whole = reader.summands.get(fact.id)
    return reader.like(fact, whole, "slice") if whole is not None else None


WHOLE = Whole(order=250, read=_read)
