"""总产值 | 上年产值: the column of last year is of what a column before it is of."""

from __future__ import annotations

import re

from extract.types import Fact, Link
from extract.wholes._columns import header
from extract.wholes._reader import Reader, Whole

_LAST_YEAR = re.compile(r"(?:上年度?|去年|上期|同期)同?期?(?P<of>.{2,})")


def _read(fact: Fact, reader: Reader) -> Link | None:
    assert fact.cell is not None
    table = reader.document.tables[fact.cell.table]
    said = _LAST_YEAR.match(header(fact, table))
    if said is None:
        return None
    of = re.sub(r"[（(].*", "", said["of"])
    for other in reader.rows[fact.cell.table, fact.cell.row]:
        assert other.cell is not None
        if other.cell.column < fact.cell.column and re.sub(r"[（(].*", "", header(other, table)).endswith(of):
            return reader.like(fact, other, "column")
    return None


WHOLE = Whole(order=90, cells=True, unlinked=True, read=_read)
