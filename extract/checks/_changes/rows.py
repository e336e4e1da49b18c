"""Changes whose levels stand in the row of a table that states them for both years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract import intervals as iv
from extract.checks._changes.arithmetic import can_change, follows
from extract.checks._changes.reader import Change, Reader, priced
from extract.checks._prose import Place, like
from extract.checks._slips import mends, significant
from extract.checks._topics import topics
from extract.checks._two_years import Row, telling
from extract.checks._words import alike, core
from extract.types import Fact

TELLING = 3
"""A change of fewer digits is a slip of the pen off some row by chance."""


def in_rows(reader: Reader, found: Change) -> Iterator[Change]:
    """A change with its levels, those of the row of a table that states them for both years among them."""
    row = _row_of(reader, found.change, found.current) if found.step is None and not found.beside else None
    if row is None:
        yield replace(found, sure=found.sure or misprinted(found.change, found.current, found.previous))
        return
    fits = follows(found.change.quantity, row.current.quantity, row.previous.quantity)
    # 增长6.1% of money is often told at constant prices
    if not fits and priced(found.change, row.current):
        yield found
        return
    sure = fits or (found.sure and found.change.quantity.dimension != "ratio") or (found.sure and row.current.quantity.dimension == "count")
    sure = sure or misprinted(found.change, row.current, row.previous)
    elsewhere = found.current.quantity.value != row.current.quantity.value
    if found.previous is None and not elsewhere:
        yield replace(found, previous=row.previous, sure=sure)
    elif not elsewhere:
        yield found
    if found.current is not row.current:
        yield Change(change=found.change, current=row.current, previous=row.previous, sure=sure)


def unsaid(reader: Reader, run: Sequence[Place], told: Sequence[Change]) -> Iterator[Change]:
    """Changes of a run whose levels the text does not state, with those of the row that does; sure where a slip explains a miss."""
    known = {one.change.id for one in told}
    for place in run:
        row = _row_of(reader, place.fact, None) if place.fact.id not in known else None
        if row is not None:
            sure = misprinted(place.fact, row.current, row.previous)
            yield Change(change=place.fact, current=row.current, previous=row.previous, sure=sure)


def misprinted(change: Fact, current: Fact, previous: Fact | None) -> bool:
    """Whether a telling rate of change is one slip of the pen off what two figures in a row of a table of its section give; of money it
    may be told at other prices."""
    quantity = change.quantity
    if previous is None or current.cell is None or previous.cell is None or change.section != current.section:
        return False
    if quantity.unit not in ("%", "％") or len(significant(change)) < TELLING or current.quantity.dimension == "money":
        return False
    computed = iv.growth(current.quantity.interval, previous.quantity.interval)
    return (current.cell.table, current.cell.row) == (previous.cell.table, previous.cell.row) and computed is not None and mends(quantity, computed)


def _row_of(reader: Reader, change: Fact, current: Fact | None) -> Row | None:
    """The row of a table that a change is of: it is about what the text is about, or states the level that the text states."""
    if change.quantity.dimension == "percentage_point":
        return None
    beside = current is not None and current.sentence == change.sentence and current.cell is None
    stated = reader.rows.stating(current) if current is not None and beside else ()
    rows = [row for row in stated if telling(current) or follows(change.quantity, row.current.quantity, row.previous.quantity)]
    words = [change.mention.text, *((current.mention.text, current.subject) if current is not None else ())]
    for label in dict.fromkeys((*words, *topics(reader.context, change))):
        rows += reader.rows.called(label)
    fitting = [row for row in rows if can_change(change, row.current) and row.current is not change]
    if beside and current is not None:
        fitting = [
            row
            for row in fitting
            if like(row.current.quantity, current.quantity) and iv.agree(row.current.quantity.interval, current.quantity.interval)
        ]
    else:
        name = core(change.mention.text)
        fitting = [row for row in fitting if name and (alike(name, row.title) or name == core(row.label))]
    return next(
        (row for row in fitting if follows(change.quantity, row.current.quantity, row.previous.quantity)),
        fitting[0] if len(fitting) == 1 else None,
    )
