"""Some rows of a table added up in prose: 甲镇、乙镇两地受灾28104人, 一、四季度合计779起, 同意和部分同意的合计214件.

The names before the number are looked for among the names of the rows; the column is the one whose header the words of the
number repeat, or the only one that counts in that unit, or the first that adds up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extract.checks._prose import is_level, squeezed
from extract.checks._slips import LONG, mended, significant
from extract.checks._tables import SUBTOTAL, TOTAL, Grid, grids, holds, likes
from extract.checks._words import bare, core
from extract.relations import Context
from extract.types import Fact

_TOGETHER = re.compile(
    r"^(?P<names>[^，。；：（）]{2,40})(?<!的)的?"
    r"(?:[两二三四五六七八九十](?:个?(?:地|者|项|类|乡镇|镇街|街道|镇|乡|县|区|市|街|家|月|季度|部门|行业)|个(?=[^，。；]))|合计|共计|总共)"
)
_BOTH = re.compile(r"[两二三四五六七八九十]个?[地者项类种家]$")
"""A类和B类两类 before 合计."""
_SPLIT = re.compile(r"[、和与及]")
_STEM = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]")
_CLAUSES = re.compile(r"[，：。]")
REACH = 120
"""The names stand so few characters before the number."""
_LEAST = 2
_LONGEST = 8
"""So many names at most are added up in a sentence."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A figure of the prose and the figures of the rows that it names; ``sure`` if header and unit leave no other column."""

    total: Fact
    parts: tuple[Fact, ...]
    sure: bool


def named_rows(context: Context) -> Iterator[Rows]:
    """Every figure of the prose that is told of several rows of one table."""
    tables = [(grid, _labels(grid)) for grid in grids(context)]
    if not tables:
        return
    for fact in context.facts:
        if fact.cell is not None or not is_level(fact):
            continue
        before = context.before(fact, fact.sentence)[-REACH:]
        if _SPLIT.search(before) is None:
            continue
        for clause in reversed(_CLAUSES.split(squeezed(before).rpartition("；")[2])):
            named = _TOGETHER.match(clause) if _SPLIT.search(clause) is not None else None
            told = (_rows(named["names"], tables) or _rows(_BOTH.sub("", named["names"]), tables)) if named is not None else None
            if told is not None:
                found = _column(context, fact, *told)
                if found is not None:
                    yield found
                break


def _labels(grid: Grid) -> dict[str, int]:
    """The rows by their names without numbers; a name of several rows is left out."""
    found: dict[str, int] = {}
    double: set[str] = set()
    for row in grid.body:
        raw, _ = grid.written(row, None)
        name = bare(_STEM.sub("", raw.strip()))
        if name and not TOTAL.search(name) and not SUBTOTAL.search(name):
            double |= {name} & found.keys()
            found[name] = row
    return {name: row for name, row in found.items() if name not in double}


def _rows(words: str, tables: list[tuple[Grid, dict[str, int]]]) -> tuple[Grid, tuple[int, ...]] | None:
    """The table and the rows that all of the names are names of, each of another one."""
    names = [bare(name) for name in _SPLIT.split(words)]
    if not _LEAST <= len(names) <= _LONGEST or not all(names):
        return None
    for grid, labels in tables:
        rows = [_row(name, labels, last=n == len(names) - 1, whole=names[-1]) for n, name in enumerate(names)]
        if None not in rows and len(set(rows)) == len(rows) < len(labels):
            return grid, tuple(row for row in rows if row is not None)
    return None


def _row(name: str, labels: dict[str, int], *, last: bool, whole: str) -> int | None:
    """The row of a name: as it stands, shortened (甲 for 甲镇), or with the end that the last name has (一、四季度)."""
    if name in labels:
        return labels[name]
    fits = [row for label, row in labels.items() if label.startswith(name) and len(label) - len(name) <= 2 and len(name) > 1]
    if not last and not fits and len(name) == 1:
        fits = [labels[name + end] for end in (whole[1:], whole[-2:]) if name + end in labels][:1]
    return fits[0] if len(fits) == 1 else None


def _column(context: Context, total: Fact, grid: Grid, rows: tuple[int, ...]) -> Rows | None:
    found: list[tuple[bool, tuple[Fact, ...]]] = []
    for column in grid.columns:
        parts = tuple(grid.facts[row, column] for row in rows if (row, column) in grid.facts)
        if len(parts) != len(rows) or not likes((total, *parts)) or not grid.added(column):
            continue
        if {bare(part.quantity.unit) for part in parts} - {bare(total.quantity.unit), ""}:
            continue
        title = core(grid.header(column)[-1]) if grid.header(column) else ""
        words = core(total.mention.text)
        alike = bool(title and words) and (title in words or words in title or context.name(parts[0]) == context.name(total))
        found.append((alike, parts))
    chosen = [parts for alike, parts in found if alike] or [parts for _, parts in found]
    for parts in chosen:
        if holds(total, parts) and (total.quantity.value or Decimal(0)) > 0:
            return Rows(total, parts, sure=True)
    # of 5月（起） and 4月（起） the column whose figures one slip would mend
    meant = [parts for parts in chosen if len(significant(total)) >= LONG and mended(total.quantity, [part.quantity for part in parts])]
    if len(meant) == 1:
        return Rows(total, meant[0], sure=True)
    return Rows(total, chosen[0], sure=any(alike for alike, _ in found)) if len(chosen) == 1 else None
