"""Shares of which each tells its amount behind: 管护经费24万元，县财政承担60%，为14.4万元，村集体承担40%，为9.6万元.

What all of them are shares of stands before the first. A share that fails is believed if another one of the sentence gives its amount, or
a slip of the pen explains it and no other figure before can be meant.
"""

from __future__ import annotations

import re

from extract.checks._prose import Place, is_share, like
from extract.checks._rates import Ratio, explained, fits, limited, smaller
from extract.checks._ratios.reader import NEAR, Reader

_TAKES = re.compile(r"(?:占(?:比)?|承担|负担|分担|出资|支付|预付|自筹|留成|提取|款|部分)(?:约|为|达|到)*$")
_BEHIND = re.compile(r"^(?:[，,]?(?:为|即|计|合计?|约|折合|金额|达|是)+|[，,])$")
_MOST = 24
"""So many figures before and behind a share others of its sentence are looked for."""


def amount_behind(reader: Reader, rate: Place) -> Ratio | None:
    """The share with the amount right behind it and what stands before the first share of the sentence; ``None`` where no amount follows."""
    amount = _amount(reader, rate)
    if amount is None:
        return None
    told = [(place, its) for place in _sentence(reader, rate) if (its := _amount(reader, place)) is not None]
    first = told[0][0]
    near = (p for p in reader.levels(first, NEAR) if p.sentence >= first.sentence - 1 and p.paragraph == first.paragraph)
    wholes = [p.fact for p in near if like(p.quantity, amount.quantity) and limited(p.fact) and not smaller(p.fact, amount.fact)]
    # its own amount says first what it is a share of, then those of the others
    told.sort(key=lambda one: one[0] is not rate)
    whole = next((whole for one, its in told for whole in wholes if fits(one.fact, [its.fact], [whole])), None)
    if whole is None and len({whole.quantity.value for whole in wholes}) == 1 and explained(rate.fact, amount.fact, wholes[0]):
        whole = wholes[0]
    return Ratio(rate=rate.fact, num=amount.fact, den=(whole,), sure=True, share=True, part=True) if whole is not None else None


def _amount(reader: Reader, rate: Place) -> Place | None:
    """The amount that a share tells behind it."""
    places = reader.stream.places
    if not is_share(rate.fact) or not _TAKES.search(rate.clause) or rate.at + 1 >= len(places):
        return None
    behind = places[rate.at + 1]
    told = behind.level and behind.sentence == rate.sentence and behind.bracket == rate.bracket and _BEHIND.match(behind.lead) is not None
    return behind if told and behind.quantity.bound in ("=", "≈") else None


def _sentence(reader: Reader, rate: Place) -> list[Place]:
    """The figures of its sentence around a share, in text order."""
    around = reader.stream.places[max(0, rate.at - _MOST) : rate.at + _MOST]
    return [place for place in around if place.sentence == rate.sentence]
