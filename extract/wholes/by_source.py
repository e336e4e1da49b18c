"""实际支出数 › 合计 | 财政拨款 | 其他资金: the sources of what stands under 合计."""

from __future__ import annotations

import re

from extract.naming import narrow
from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole

_SOURCE = re.compile(
    r"(?:其中)?(?:财政拨款|财政资金|其他资金|自有资金|自筹(?:资金)?|社会资金|单位资金|上级(?:资金|补助)?|(?:中央|省|市|县|区)级?(?:财政)?(?:资金|补助|配套)?|上年结转(?:资金)?)"
)


def _read(fact: Fact, reader: Reader) -> Link | None:
    assert fact.cell is not None
    table = reader.document.tables[fact.cell.table]
    path = table.headers[fact.cell.column] if fact.cell.column < len(table.headers) else ()
    if len(path) < 2 or not _SOURCE.fullmatch(narrow(path[-1])):
        return None
    for other in reader.rows[fact.cell.table, fact.cell.row]:
        theirs = table.headers[other.cell.column] if other.cell and other.cell.column < len(table.headers) else ()
        if theirs[:-1] == path[:-1] and narrow(theirs[-1]) in ("合计", "小计", "总计", "总额"):
            return reader.like(fact, other, "slice")
    return None


WHOLE = Whole(order=50, cells=True, dimensions=frozenset({"money"}), read=_read)
