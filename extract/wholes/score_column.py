"""The scores of projects and bodies, each in its row: 自评得分."""

from __future__ import annotations

import re

from extract.types import Fact, Link
from extract.wholes._columns import header, rows_are_slices
from extract.wholes._reader import Reader, Whole


def _read(fact: Fact, reader: Reader) -> Link | None:
    assert fact.cell is not None
    table = reader.document.tables[fact.cell.table]
    if not re.fullmatch("(?:自评|评价|综合|考核)?(?:得分|评分|分数|总分)(?:[（(].*)?", header(fact, table)) or not rows_are_slices(table):
        return None
    return reader.linked(fact, "自评得分", "column")


WHOLE = Whole(order=40, cells=True, kinds=frozenset({"score", "max_score"}), read=_read)
