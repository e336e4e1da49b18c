"""Points that a plan gives to its tasks: 推进数据共享（5分）."""

from __future__ import annotations

from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole


def _read(fact: Fact, reader: Reader) -> Link | None:
    if fact.mention.by != "bracketed_score":
        return None
    return Link(fact=fact.id, indicator_id=None, name="分值", score=0.0, how="slice")


WHOLE = Whole(order=300, unlinked=True, kinds=frozenset({"max_score"}), read=_read)
