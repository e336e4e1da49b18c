"""Which row of a table some words name: 在建工程相应减少 names the row 在建工程."""

from __future__ import annotations

from extract.checks._column_sums import row_kind
from extract.checks._tables import Grid, grids
from extract.checks._words import bare
from extract.relations import Context, once

SHORTEST = 2
"""So many characters of a label at least."""
MOST = 4
"""A label of more rows names none."""


def rows_named(context: Context, words: str) -> tuple[tuple[Grid, int], ...]:
    """The rows whose label the words hold: of several labels the one that ends last, and of these the longest."""
    labels = _labels(context)
    best = (0, 0)
    rows: list[tuple[Grid, int]] = []
    for at in range(len(words) - SHORTEST + 1):
        for label, told in labels.get(words[at : at + SHORTEST], {}).items():
            rank = (at + len(label), len(label))
            if rank > best and words.startswith(label, at):
                best, rows = rank, told
    return tuple(rows) if len(rows) <= MOST else ()


@once
def _labels(context: Context) -> dict[str, dict[str, list[tuple[Grid, int]]]]:
    """The rows of all tables by their labels, and these by their first characters."""
    found: dict[str, dict[str, list[tuple[Grid, int]]]] = {}
    for grid in grids(context):
        for row in grid.body:
            label = bare(grid.label(row))
            if len(label) >= SHORTEST and row_kind(label) == "item":
                found.setdefault(label[:SHORTEST], {}).setdefault(label, []).append((grid, row))
    return found
