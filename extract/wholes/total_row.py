"""总计 of an account of income and spending; 合计 under a title that says of what; the full mark of a sheet of scores."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.naming import narrow
from extract.types import Fact, Link
from extract.wholes._columns import header
from extract.wholes._reader import Reader, Whole


def _read(fact: Fact, reader: Reader) -> Link | None:
    assert fact.cell is not None
    table = reader.document.tables[fact.cell.table]
    at = table.at(fact.cell.row, fact.cell.column)
    labels = table.context(at)[0] if at is not None else ()
    label = narrow(labels[-1]).strip("*") if labels else ""
    if label not in ("合计", "总计", "总分"):
        return None
    if fact.kind == "max_score":
        return reader.linked(replace(fact, kind="score"), "自评得分", "title")
    if fact.quantity.dimension != "money":
        return None
    if label == "总计" and re.search("收入支出|收支", table.title):
        return reader.linked(fact, "收入支出总计", "title")
    if "三公" in table.title and re.search("决算|支出|执行", header(fact, table)):
        return reader.linked(fact, "三公经费支出", "title")
    return None


WHOLE = Whole(order=70, cells=True, unlinked=True, read=_read)
