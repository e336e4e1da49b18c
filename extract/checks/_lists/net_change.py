"""What came and what went in brackets behind what remains of both: 净增17家（新入库29家，退库12家）."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.checks._lists.reader import Reader
from extract.checks._prose import Place, like
from extract.checks._tally import PartList

_NET = re.compile(r"净(?:增|减|流[入出]|上升|下降)|(?:增减|进出)相抵")
_DOWN = re.compile(r"净(?:减|流出|下降)")
_CAME = re.compile(r"新|增|入|进|招|录|开[办业户]|设立|成立|注册|登记|购|出生|恢复|复[产业工]")
_WENT = re.compile(r"退|减|注销|销户|关[闭停]|停[业产办]|歇业|撤|裁|淘汰|[调转迁移流]出|离|辞|解|死亡|去世|报废|拆|到期|清[退出]|出库|亡|处置|核销")


def read_net(reader: Reader, total: Place, parts: Sequence[Place]) -> bool:
    """Takes down what came less what went, where the figure before the bracket is said to be what remains of both (净增), or a change
    (增加1个（撤并2个，新建3个）); whether the parts are such, so that they are not to be added up."""
    ways = [_way(part) for part in parts]
    came, went = ([part for part, way in zip(parts, ways, strict=True) if way == wanted] for wanted in ("came", "went"))
    if not (_NET.search(total.plain) or (total.fact.kind == "delta" and came and went)):
        return False
    if not came or not went:
        return bool(went) or "both" in ways
    told = len(came) + len(went) == len(parts) and all(like(p.quantity, total.quantity) for p in parts)
    if told and all(p.quantity.value is not None and p.quantity.value >= 0 for p in parts):
        turned = _DOWN.search(total.plain) is not None and (total.quantity.value or 0) >= 0
        more, less = (went, came) if turned else (came, went)
        reader.tally.sums.append(PartList(stream=reader.stream, total=total, parts=tuple(more), sure=True, holds=False, less=tuple(less)))
    return True


def _way(place: Place) -> str:
    """Whether the words before a part say that it came, that it went, or, oddly, both."""
    words = place.plain.rpartition("（")[2]
    came, went = _CAME.search(words) is not None, _WENT.search(words) is not None
    return "both" if came and went else "came" if came else "went" if went else ""
