"""Codes of budget subjects in front of row names, which tell the levels of sums: 201 above 20106 above 2010601, 301 above 30101.

A form may set its rows in blocks side by side (人员经费 | 公用经费 | 公用经费), and a subject may go on in the next block: blocks of codes
are read as one under the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

import regex

from extract.checks._tables import Grid

V = TypeVar("V")

_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")
_BEFORE_NAME = regex.compile(r"[\[【(（]?(?P<code>\d{3}(?:\d\d){0,2})[\]】)）]?[\s、.．\-—]*\p{IsHan}")
_LEAST_CODED = 3
"""So many coded rows make a block one of codes."""


def code_of(grid: Grid, row: int, side: int | None) -> str:
    """The code of a row, its levels joined; "" where it has none."""
    names = side if side is not None else next((c for c, role in enumerate(grid.table.roles) if role == "label"), None)
    if names is None:
        return ""
    parts: list[str] = []
    for column in range(names - 1, -1, -1):
        if grid.table.roles[column] != "index":
            break
        parts.insert(0, grid.table.text_at(row, column))
    joined = "".join(parts)
    if _CODE.fullmatch(joined):
        return joined
    named = _BEFORE_NAME.match(grid.table.text_at(row, names)) if not joined else None
    return named["code"] if named is not None else ""


def blocks_of(grid: Grid, columns: Sequence[int]) -> list[list[int]]:
    """The columns of figures of each block, where a table is blocks of codes side by side of as many columns each; else nothing."""
    by_side: dict[int | None, list[int]] = {}
    for column in columns:
        by_side.setdefault(grid.sides.get(column), []).append(column)
    if len(by_side) < 2 or len({len(block) for block in by_side.values()}) > 1:
        return []
    coded = all(sum(bool(code_of(grid, row, side)) for row in grid.body) >= _LEAST_CODED for side in by_side)
    return list(by_side.values()) if coded else []


def stacked(places: Mapping[tuple[int, int], V], grid: Grid, blocks: Sequence[Sequence[int]]) -> dict[tuple[int, int], V]:
    """What stands at places, the blocks set one under the other: rows go on counting, columns are those of the first block."""
    height = grid.table.rows
    return {
        (row + number * height, first): places[row, column]
        for number, block in enumerate(blocks)
        for first, column in zip(blocks[0], block, strict=True)
        for row in grid.body
        if (row, column) in places
    }
