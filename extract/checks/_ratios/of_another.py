"""A figure's rate of something else, the verb left out: 占年初预算的95.0%、调整预算的97.1%."""

from __future__ import annotations

import re

from extract.checks._prose import Place, is_level, like
from extract.checks._rates import Ratio, limited
from extract.checks._ratios.choice import choose
from extract.checks._ratios.reader import BACK, Reader

_AND_OF = re.compile(r"[、，和](?P<of>[^，。；、：（）\d占为]{2,14}?)的(?:约|近)?")
_AND = re.compile(r"[、，和][^，。；、：（）\d占为]{2,14}")
_OF = re.compile(r"的(?:约|近)?")


def of_another(reader: Reader, rate: Place, last: Ratio | None) -> list[Ratio]:
    """The rate right behind that of ``last``, of the same figure; [] where the words name no figure told before."""
    if last is None or last.also or rate.at < 2:
        return []
    first, before = reader.stream.places[rate.at - 2 : rate.at]
    if (rate.sentence, rate.bracket) != (before.sentence, before.bracket) or rate.quantity.unit != last.rate.quantity.unit:
        return []
    if first.fact is last.rate and _AND.fullmatch(before.lead) and _OF.fullmatch(rate.lead) and like(before.quantity, last.num.quantity):
        # 占年初预算480万元的95.0%、调整预算470万元的97.1%
        return list(choose(reader, rate, last.num, [before.fact], sure=before.level, share=False))
    said = _AND_OF.fullmatch(rate.lead) if before.fact is last.rate else None
    if said is None:
        return []
    named = [p.fact for p in reader.named_places(rate, said["of"], BACK) if p.fact is not last.num and like(p.quantity, last.num.quantity)]
    dens = [fact for fact in named if is_level(fact) and limited(fact)]
    return list(choose(reader, rate, last.num, dens[:1], sure=len({fact.quantity.value for fact in dens}) == 1, share=False))
