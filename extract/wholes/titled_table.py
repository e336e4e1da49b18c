"""费用类别 | 计划数 | 实际数 under 安全生产费用使用情况: the columns are roles, the rows slices; the title says of what."""

from __future__ import annotations

import re

from extract.types import Fact, Link
from extract.wholes._columns import ROLE, header, rows_are_slices
from extract.wholes._reader import Reader, Whole

_TITLE = re.compile(r"^(?:附?表\s*[一二三四五六七八九十\d]*[：:、.\s　]*|(?:19|20)\d{2}年(?:度)?)+\s*")
_TITLE_END = re.compile(r"(?:使用|完成|支出|收支|安排|分配|执行|投入|开展|实施|落实)?(?:情况|统计|明细|汇总|一览|对比|对照)+表?$|表$")
_MONEY = re.compile(
    r"费用?|经费|资金|金额|款|额|支出|收入|投资|产值|损失|价|税|预算|决算|拨款|补助|补贴|成本|利润|结余|结转|债|资产|增加值|总值|罚|奖|贷|采购|投入|救助金|薪|资$"
)


def _read(fact: Fact, reader: Reader) -> Link | None:
    assert fact.cell is not None
    if fact.mention.by != "table_cell":
        return None
    table = reader.document.tables[fact.cell.table]
    if not table.title or not rows_are_slices(table) or not ROLE.fullmatch(header(fact, table)):
        return None
    title = _TITLE_END.sub("", re.sub(r"[（(][^（）()]*[）)]", "", _TITLE.sub("", table.title)).strip())
    return reader.linked(fact, title, "title") if _MONEY.search(title) else None


WHOLE = Whole(order=60, cells=True, unlinked=True, dimensions=frozenset({"money"}), read=_read)
