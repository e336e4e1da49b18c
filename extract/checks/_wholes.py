"""What a share of running text may be of, wherever it is stated: what bears the name that is told, the first figures, the totals of tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from extract.checks._lists import lists
from extract.checks._prose import is_level
from extract.checks._tables import TOTAL, grids
from extract.checks._words import bare, core, unit_family
from extract.relations import Context, once
from extract.types import Fact

NOISE = re.compile(
    r"(?:决算|预算)(?:总)?[数额]$|的|了|已经?|共计?|约|近|达到?|为|是|占|全[年省市县区镇州]|本[年级]|总(?=[数量额])|数量|数额|[数量额率]$"
)
"""Words that do not tell one whole from another."""
MOST_TOTALS = 12
"""Of one unit so many totals are tried for a share that does not say what it is of."""
_FIRST = 4


@once
def wholes_of(context: Context) -> tuple[Mapping[tuple[str, str], list[Fact]], Mapping[str, list[Fact]]]:
    """What a share may be of: levels by unit and name; and by unit the first levels of the text and the totals of tables."""
    told = lists(context).whole
    named: dict[tuple[str, str], list[Fact]] = {}
    totals: dict[str, list[Fact]] = {}
    first: Counter[str] = Counter()
    closing = {fact.id for grid in grids(context) for (row, _), fact in grid.facts.items() if TOTAL.search(grid.label(row))}
    for fact in context.facts:
        if not is_level(fact) or fact.id in told or fact.kind in ("score", "max_score"):
            continue
        unit = unit_family(fact.quantity)
        named.setdefault((unit, core(NOISE.sub("", bare(fact.mention.text)) or bare(fact.mention.text))), []).append(fact)
        if fact.id not in closing and (fact.cell is not None or first[unit] >= _FIRST):
            continue
        first[unit] += fact.cell is None
        kept = totals.setdefault(unit, [])
        if len(kept) < MOST_TOTALS and fact.quantity.value not in {other.quantity.value for other in kept}:
            kept.append(fact)
    return {key: found[:_FIRST] for key, found in named.items()}, totals
