"""What came and what went in brackets behind what remains of both: 净增17家（新入库29家，退库12家）."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.checks._lists.reader import Reader
from extract.checks._prose import Place, like
from extract.checks._tally import PartList

_NET = regex.compile(r"净(?:增|减|流[入出]|上升|下降)|(?:增减|进出)相抵")
_DOWN = regex.compile(r"净(?:减|流出|下降)")
_CAME = regex.compile(r"新|增|入|进|招|录|开[办业户]|设立|成立|注册|登记|购|出生|恢复|复[产业工]")
_WENT = regex.compile(
    r"退|减|注销|销户|关[闭停]|停[业产办]|歇业|撤|裁|淘汰|[调转迁移流]出|离|辞|解|死亡|去世|报废|拆|到期|清[退出]|出库|亡|处置|核销"
)


def is_net(total: Place) -> bool:
    """Whether a figure is said to be what remains of coming and going."""
    return _NET.search(total.plain) is not None


def is_mixed(total: Place, parts: Sequence[Place]) -> bool:
    """增加1个（撤并2个，新建3个）: whether a change stands before what came and what went."""
    return total.fact.kind == "delta" and {"came", "went"} <= {_way(part) for part in parts}


def read_net(reader: Reader, total: Place, parts: Sequence[Place]) -> bool:
    """Takes down what came less what went, where each part says which it is; whether any does, so that they are no parts to add up."""
    came, went = [p for p in parts if _way(p) == "came"], [p for p in parts if _way(p) == "went"]
    if not came or not went:
        return bool(went) or any(_way(p) == "both" for p in parts)
    told = len(came) + len(went) == len(parts) and all(like(p.quantity, total.quantity) for p in parts)
    values = [p.quantity.value for p in (total, *came, *went)]
    if told and all(value is not None and value >= 0 for value in values[1:]):
        turned = _DOWN.search(total.plain) is not None and (values[0] or 0) >= 0
        more, less = (went, came) if turned else (came, went)
        reader.tally.sums.append(PartList(stream=reader.stream, total=total, parts=tuple(more), sure=True, holds=False, less=tuple(less)))
    return True


def _way(place: Place) -> str:
    """Whether the words before a part say that it came, that it went, or, oddly, both."""
    words = place.plain.rpartition("（")[2]
    came, went = _CAME.search(words) is not None, _WENT.search(words) is not None
    return "both" if came and went else "came" if came else "went" if went else ""
