"""产值 | 上年产值 | 同比: a column of changes goes on with the column before it."""

from __future__ import annotations

import re

from extract.types import Fact, Link
from extract.wholes._columns import header
from extract.wholes._reader import Reader, Whole
from extract.wholes._words import CHANGES

_CHANGE_COLUMN = re.compile(
    r"(?:(?:与|比|较)?(?:上年|去年)?(?:同期|同比|环比)?(?:增减|增长|增幅|增速|变化|变动|升降|下降)?(?:幅度?|率|额|数|值|量|情况)?)(?:[（(].{1,3}[）)]|[%±])?"
)


def _read(fact: Fact, reader: Reader) -> Link | None:
    assert fact.cell is not None
    table = reader.document.tables[fact.cell.table]
    name = header(fact, table)
    if not name or not _CHANGE_COLUMN.fullmatch(name):
        return None
    before = [other for other in reader.rows[fact.cell.table, fact.cell.row] if other.cell and other.cell.column < fact.cell.column]
    levels = [
        other for other in before if other.kind not in CHANGES and (fact.kind == "growth" or other.quantity.dimension == fact.quantity.dimension)
    ]
    return reader.like(fact, levels[-1], "column") if levels else None


WHOLE = Whole(order=10, cells=True, kinds=CHANGES, read=_read)
