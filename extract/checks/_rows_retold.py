"""Figures of a row that prose tells again with two digits swapped: 在建工程减少4,572.53万元, and -4,527.53 in the row 在建工程.

The clause names the row; what stands in no other place of the document, and in the row but for two digits, was copied from there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from extract.checks._rows_named import rows_named
from extract.checks._slips import significant
from extract.checks._words import bare
from extract.relations import Context, Relation
from extract.types import Fact, Quantity

DIGITS = 5
"""Shorter figures are the same but for two digits by chance."""
_KINDS = frozenset({"level", "delta", "growth"})


def rows_retold(context: Context) -> Iterator[Relation]:
    """Figures of prose, each with the cell of the row that its clause names."""
    told = Counter(fact.quantity.digits.lstrip("-−") for fact in context.facts)
    for fact in context.facts:
        if fact.cell is not None or fact.kind not in _KINDS or fact.quantity.bound != "=" or len(significant(fact)) < DIGITS:
            continue
        if told[fact.quantity.digits.lstrip("-−")] > 1:
            continue
        words = bare(context.before(fact, fact.clause))
        named = (grid.facts.get((row, column)) for grid, row in rows_named(context, words) for column in grid.columns)
        cells = [cell for cell in named if cell is not None and _swapped(fact.quantity, cell.quantity)]
        if len(cells) == 1:
            yield _relation(context, cells[0], fact)


def _swapped(told: Quantity, cell: Quantity) -> bool:
    """Whether two figures are printed alike but for two neighbouring digits; a table may leave its unit to the text."""
    a, b = told.digits.lstrip("-−"), cell.digits.lstrip("-−")
    if len(a) != len(b) or ((told.dimension, told.scale) != (cell.dimension, cell.scale) and cell.unit):
        return False
    apart = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(apart) != 2 or a[apart[0]] != b[apart[1]] or a[apart[1]] != b[apart[0]]:
        return False
    return not a[apart[0] + 1 : apart[1]].strip(".")


def _relation(context: Context, cell: Fact, fact: Fact) -> Relation:
    if cell.quantity.unit:
        return Relation(type="same", roles={"facts": (cell.id, fact.id)})
    printed = [one.quantity.span.of(context.text) for one in (cell, fact)]
    return Relation(
        type="implied",
        roles={"facts": (fact.id, cell.id)},
        holds=False,
        note=f"表中为 {printed[0]}，不是 {printed[1]}",
        note_en=f"The table has {printed[0]}, not {printed[1]}",
    )
