"""The figures that a rate was computed from: those beside it that give it, else those it stands with."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import permutations

from extract.checks._keys import in_sentence
from extract.checks._prose import is_level, is_share, like
from extract.checks._rates import fits
from extract.checks._ratios import ratios
from extract.checks._slips import LONG, significant
from extract.relations import Context, once
from extract.types import Fact

BACK = 16
"""So many figures or columns back those are looked for that stand beside a rate."""
NEAR = 4
"""So many levels before a rate are tried as what it was computed from."""


@once
def numerators(context: Context) -> Mapping[str, Decimal | None]:
    """Rates that follow from figures beside them, by id, with the numerator."""
    found = {one.rate.id: one.num.quantity.value for one in ratios(context) if fits(one.rate, [one.num], one.den)}
    for rate in context.facts:
        if rate.id not in found and is_share(rate) and len(significant(rate)) >= LONG:
            pairs = permutations(levels_beside(rate, context), 2)
            num = next((num for num, den in pairs if like(num.quantity, den.quantity) and fits(rate, [num], [den])), None)
            if num is not None:
                found[rate.id] = num.quantity.value
    return found


def levels_beside(rate: Fact, context: Context) -> list[Fact]:
    """The last levels before a rate in its sentence, or in its row."""
    if rate.cell is None or in_sentence(rate):
        at = context.order[rate.id]
        before = [fact for fact in context.facts[max(0, at - BACK) : at] if fact.sentence == rate.sentence]
    else:
        cell = rate.cell
        columns = range(max(0, cell.column - BACK), cell.column)
        before = [fact for column in columns for fact in context.cell(cell.table, cell.row, column)]
    return [fact for fact in before if is_level(fact)][-NEAR:]


def of_others(a: Fact, b: Fact, context: Context) -> bool:
    """Whether two rates are of different figures: each follows from its own, or none stands beside both."""
    own = numerators(context)
    if a.id in own and b.id in own:
        return own[a.id] != own[b.id]
    first, second = ({fact.quantity.value for fact in levels_beside(rate, context)} for rate in (a, b))
    return bool(first) and bool(second) and first.isdisjoint(second)
