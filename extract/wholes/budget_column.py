"""财政拨款年初预算: the budget of a row, a source of money, a kind of spending; 基本支出 and 项目支出 have their own."""

from __future__ import annotations

import re

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole

_BUDGET = re.compile(
    r"(?P<row>.{2,}?)(?P<of>年初预算数?(?:安排)?|(?:全年|调整后?)预算数?(?:[（(]调整后[)）])?|(?:预算)?调整数?|(?:预算)?执行率|(?:全年)?执行数?|实际支出数?|预算完成率)"
)
_FUNDS = re.compile(r"(?:拨款|收入|资金|公共预算|基金预算|整体|部门|单位|本级|来源|年度)$")
_KINDS = re.compile(r"(?:基本|项目)支出")


def _read(fact: Fact, reader: Reader) -> Link | None:
    words = core(fact.mention.text, "level")
    said = _BUDGET.fullmatch(words)
    if said is None:
        return None
    of = said["of"]
    kinds = bool(_KINDS.fullmatch(said["row"]))
    if of.startswith("年初"):
        name = "年初预算数"
    elif of.startswith(("调整后", "全年预")):
        name = "" if kinds else "全年预算数"
    elif "调整" in of:
        name = "预算调整数"
    elif of.endswith("率"):
        name = "" if kinds else "预算执行率"
    else:
        name = "本年支出" if _FUNDS.search(said["row"]) else ""
    return reader.linked(fact, name, "column") if name else None


WHOLE = Whole(order=30, dimensions=frozenset({"money", "ratio"}), read=_read)
