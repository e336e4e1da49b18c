"""What the headers of a table say of its columns and its rows."""

from __future__ import annotations

import re

from extract.naming import narrow
from extract.types import Fact, Table

# What a column is for, whatever it is of: 计划数, 实际支出.
ROLE = re.compile(
    r"(?:年度|年初|全年|本年|实际|计划|目标|累计|预算|决算)*(?:计划|实际|完成|目标|预算|决算|支出|执行|投入|安排|使用|到位|金额|合计)(?:数|额|金额|情况|率)?(?:[（(].*[）)])?"
)
_SLICES = re.compile(
    r"单位|乡镇|镇街|街道|地区|区域|辖区|区县|县区|市县|村|社区|领域|行业|产业|季度|月份|年份|时间|项目名称|来源|类别|类型|种类|分类|名称|标段|灾种|部门|企业|学校|医院|原因|对象|级别|等级|层级|渠道"
)
_INDICATORS = re.compile(r"指标|内容|任务|事项")


def header(fact: Fact, table: Table) -> str:
    """The column's header next to the cell; "" without one."""
    assert fact.cell is not None
    path = table.headers[fact.cell.column] if fact.cell.column < len(table.headers) else ()
    return narrow(path[-1]) if path else ""


def rows_are_slices(table: Table) -> bool:
    """Whether the heads of the label columns say that a row is a body, a place, a kind, and not an indicator."""
    heads = [narrow(part) for path in table.headers[: table.label_columns] for part in path[-1:]]
    return any(_SLICES.search(head) for head in heads) and not any(_INDICATORS.search(head) for head in heads)
