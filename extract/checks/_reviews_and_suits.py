"""Reviews and lawsuits over disclosure: 行政诉讼案件共4件, and the 总计 of those 未经复议直接起诉 and 复议后起诉 in the form's table.

Source: 《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._prose import streams
from extract.checks._tables import Grid, grids
from extract.checks._words import bare
from extract.relations import Context, Relation
from extract.types import Fact

_TABLE = re.compile(r"结果维持|尚未审结")
_TOTAL = re.compile(r"总计$|合计$")
_KINDS = {"direct": re.compile(r"未经复议|直接起诉"), "after": re.compile(r"复议后起诉"), "review": re.compile(r"行政复议$|^行政复议")}
_SUITS = re.compile(r"^(?:全年|本年度?|本年|年内)?(?:被提起|发生|涉及|因政府信息公开)*(?:行政)?诉讼(?:案件)?(?:共|合计|总计)$")
_REVIEWS = re.compile(r"^(?:全年|本年度?|本年|年内)?(?:被申请|发生|涉及|因政府信息公开)*行政复议(?:案件)?(?:共|合计|总计)$")


def reviews_and_suits(context: Context) -> Iterator[Relation]:
    """What the prose says of them against the totals of the form."""
    if "起诉" not in context.text or "结果维持" not in context.text:
        return
    totals = _totals(context)
    for stream in streams(context):
        for place in stream.places if not stream.in_table else ():
            words = bare(place.clause)
            wanted = ("direct", "after") if _SUITS.match(words) else ("review",) if _REVIEWS.match(words) else ()
            parts = [totals[name][0] for name in wanted if len(totals.get(name, ())) == 1]
            if not wanted or len(parts) < len(wanted) or place.quantity.unit not in ("件", "起", "宗") or place.quantity.bound != "=":
                continue
            if len(parts) == 1:
                yield Relation(type="same", roles={"facts": (parts[0].id, place.fact.id)})
            else:
                yield Relation(type="sum", roles={"total": (place.fact.id,), "parts": tuple(part.id for part in parts)})


def _totals(context: Context) -> dict[str, list[Fact]]:
    """The totals of the form's table, however its three parts stand: side by side, as rows, as tables of their own."""
    found: dict[str, list[Fact]] = {}
    for grid in grids(context):
        if not any(_TABLE.search(grid.title(column)) for column in grid.columns):
            continue
        for column in grid.columns:
            if not _TOTAL.search(grid.title(column)):
                continue
            for row in grid.body:
                fact = grid.facts.get((row, column))
                kind = _kind(grid, row, column)
                if fact is not None and kind:
                    found.setdefault(kind, []).append(fact)
    return found


def _kind(grid: Grid, row: int, column: int) -> str:
    """Which of the three a total is of, by the nearest words that say so: its row, its header, the title of its table."""
    for words in ("".join(grid.path(row)), grid.title(column), bare(grid.table.title)):
        for name, pattern in _KINDS.items():
            if pattern.search(words):
                return name
    return ""
