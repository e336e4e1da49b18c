"""Parts told under a heading that names a row of a table: （一）道路运输业。…其中涉及重型货车的8起, and the row 道路运输业 | 13 | 16.

Prose that comments on a table need not state the row's figure again. What is more than the figure of the year is told where it is more
than every figure of the row in its unit, whatever year that is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._list_words import past
from extract.checks._lists import lists
from extract.checks._prose import Place, is_level, like, streams
from extract.checks._rates import smaller
from extract.checks._rows_named import rows_named
from extract.checks._words import bare
from extract.relations import Context
from extract.types import Fact

_HEAD = re.compile(
    r"\s*(?:（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、])\s*(?P<name>[^，。；：:\d\n]{2,16})(?:。|\n|$)"
)
_PART = re.compile(r"^其中[^，。；：、]{0,12}的?$")
_LEVELS_BEFORE = 6
"""So many figures back nothing of its unit stands that it may be a part of."""


def parts_of_rows(context: Context) -> Iterator[tuple[Fact, Fact]]:
    """The figure of the row in the unit of a part, with the part."""
    if not context.document.tables:
        return
    whole = lists(context).whole
    for stream in streams(context):
        for part in stream.places if not stream.in_table else ():
            if part.quantity.dimension != "count" or not part.level or not _PART.match(part.clause) or part.fact.id in whole:
                continue
            near = (place for place in stream.back(part.at, _LEVELS_BEFORE) if place.paragraph == part.paragraph)
            if not any(place.level and like(place.quantity, part.quantity) for place in near):
                row = _row(part, context)
                year = [fact for fact in row if not past(fact.period, context.document.about.year)]
                if year and not (smaller(year[0], part.fact) and not all(smaller(fact, part.fact) for fact in row)):
                    yield year[0], part.fact


def _row(part: Place, context: Context) -> list[Fact]:
    """The figures in the unit of a part in the one row that the heading of its paragraph names."""
    head = _HEAD.match(context.document.blocks[part.fact.block].span.of(context.text))
    rows = rows_named(context, bare(head["name"])) if head is not None else ()
    if head is None or len(rows) != 1 or bare(rows[0][0].label(rows[0][1])) != bare(head["name"]):
        return []
    grid, row = rows[0]
    told = (grid.facts[row, column] for column in grid.columns if (row, column) in grid.facts)
    return [fact for fact in told if is_level(fact) and fact.quantity.unit == part.quantity.unit and fact.quantity.value is not None]
