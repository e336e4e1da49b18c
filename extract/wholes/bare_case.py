"""道路运输12起 after 事故26起: cases whose words name no sort of case are of those told before."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import REACH, Reader, Whole

_CASE = re.compile(
    r"事故|(?<![放玩用])火|案|警|灾|事件|纠纷|违|诉|险情|救援|抢险|复议|诉讼|信访|举报|隐患|任务|处置|办结|结案|立案|出动|调查|件|罚|查|伤|亡|病|疫|故障|中毒|报"
)


def _read(fact: Fact, reader: Reader) -> Link | None:
    own = reader.own[fact.id]
    if fact.quantity.unit not in ("起", "宗") or own.how not in ("open", "antecedent"):
        return None
    words = core(fact.mention.text)
    if not words or _CASE.search(words) or (own.how == "antecedent" and _CASE.search(own.name)):
        return None
    for other in reader.before(fact, REACH):
        if other.cell is not None:
            break
        if other.kind == "level" and other.quantity.unit == fact.quantity.unit:
            link = reader.of(other)
            return replace(link, fact=fact.id, how="sibling") if _CASE.search(link.name) else None
    return None


WHOLE = Whole(order=290, cells=False, unlinked=True, kinds=frozenset({"level"}), read=_read)
