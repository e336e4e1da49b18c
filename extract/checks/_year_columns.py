"""Which year the columns of a table are for, and of what: 本年, 上年, 增减."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._tables import Grid
from extract.checks._words import core

GROWTH = re.compile(r"增长率|增减率|增幅|降幅|升幅|变幅|增速|同比|环比|变动率|增减幅|幅度|变化率|增长[（(]?[%％]|增减[（(]?[%％±]|±[%％]|^增长$")
CHANGE = re.compile(r"增减(?:数|额|量|值|情况)?|变动(?:数|额)?|增加(?:数|额)?|减少(?:数|额)?|差额|比上年|较上年|变化(?:数|额|量)?|增量")
CURRENT = re.compile(r"本年|今年|本期|当年|报告期|本季|本月")
PREVIOUS = re.compile(r"上年|去年|上期|同期|上一年|上季|上月|前一年")
AHEAD = re.compile(r"目标|计划|预期|预计|任务")
"""Columns of a plan: the year that they are for is not the latest that the table reports."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_FILLER = re.compile(r"[年度/（）()%％数额±+＋－-]|增长|下降|增加|减少|增减|变动|情况|实际")


def year_pairs(grid: Grid) -> Iterator[tuple[int, int]]:
    """Columns (current, previous) that state the same thing for two years, whether or not the table prints the change."""
    years = Years(grid)
    for before in years.of("previous"):
        now = [c for c in years.of("current") if years.subject(c) == years.subject(before)] or years.beside(before)
        if now:
            yield min(now, key=lambda c: abs(c - before)), before


def of_now(grid: Grid) -> list[int]:
    """The columns that state levels of the year that the table reports, or of no year."""
    years = Years(grid)
    return sorted({*years.of("current"), *years.of("")})


class Years:
    """Which year the columns of a table are for, and of what."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        told = [c for c in grid.columns if not AHEAD.search(grid.title(c))]
        years = sorted({year for c in told for year in _YEAR.findall(grid.title(c))})
        self._now = years[-1] if len(years) > 1 else None
        self._then = years[-2] if len(years) > 1 else None
        self._columns: dict[str, list[int]] = {}
        for column in told:
            self._columns.setdefault(self._role(column), []).append(column)

    def of(self, role: str) -> list[int]:
        """The columns of a role: "change", "previous", "current" or ""."""
        return self._columns.get(role, [])

    def beside(self, previous: int) -> list[int]:
        """起数 beside 上年起数: columns without a year that are of this one because another says the year before."""
        subject = self.subject(previous)
        return [c for c in self.of("") if subject and self.subject(c) == subject]

    def subject(self, column: int) -> str:
        """The words of a header without those of its year and of changes."""
        title = self._grid.title(column)
        for pattern in (GROWTH, CHANGE, PREVIOUS, CURRENT, _YEAR):
            title = pattern.sub("", title)
        filled: str = _FILLER.sub("", title)
        return core(filled)

    def _role(self, column: int) -> str:
        title = self._grid.title(column)
        if GROWTH.search(title) or CHANGE.search(title):
            return "change"
        if PREVIOUS.search(title) or (self._then is not None and self._then in title):
            return "previous"
        if CURRENT.search(title) or (self._now is not None and self._now in title):
            return "current"
        return ""
