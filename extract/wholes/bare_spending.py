"""A bare 支出 or 执行: of the body behind its budget, of the project behind that of a project, of the funds told before."""

from __future__ import annotations

import re

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import REACH, Reader, Whole
from extract.wholes._words import LIGHT

_SPENT = re.compile(r"(?:实际|累计|共计?)*(?:支出|执行|使用)数?")
_OF_BODY = frozenset({"年初预算数", "全年预算数", "预算调整数", "本年支出", "预算", "本年收入"})


def _read(fact: Fact, reader: Reader) -> Link | None:
    if not _SPENT.fullmatch(core(fact.mention.text)):
        return None
    for other in reader.before(fact, REACH):
        if other.quantity.dimension != "money":
            continue
        name = reader.of(other).name
        if "项目" in name or "专项" in name:
            return reader.linked(fact, "项目支出", "said")
        if name in _OF_BODY:
            return reader.linked(fact, "本年支出", "said")
        if name.endswith(("资金", "经费")):
            return reader.linked(fact, LIGHT.sub("", name) + "支出", "said")
    return None


WHOLE = Whole(order=130, unlinked=True, kinds=frozenset({"level"}), dimensions=frozenset({"money"}), read=_read)
