"""Shares of which each tells its amount behind: 管护经费24万元，县财政承担60%，为14.4万元，村集体承担40%，为9.6万元.

What all of them are shares of stands before the first. A share that fails is believed if another one of the sentence gives its amount, or
a slip of the pen explains it and no other figure before can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._prose import Place, is_share, like
from extract.checks._rates import Ratio, explained, fits, limited, smaller
from extract.checks._ratios.reader import NEAR, Reader

_TAKES = re.compile(r"(?:占(?:比)?|承担|负担|分担|出资|支付|预付|自筹|留成|提取|款|部分)(?:约|为|达|到)*$")
_BEHIND = re.compile(r"^(?:[，,]?(?:为|即|计|合计?|约|折合|金额|达|是)+|[，,])$")
_MOST = 12
"""So many shares of a sentence are looked at."""


def amount_behind(reader: Reader, rate: Place) -> Iterator[Ratio]:
    """The share with the amount right behind it and what stands before the first share of the sentence; nothing where no amount follows."""
    amount = _amount(reader, rate)
    if amount is None:
        return
    first = rate
    for place in reader.stream.back(rate.at, 2 * _MOST):
        if place.sentence != rate.sentence:
            break
        first = place if _amount(reader, place) is not None else first
    wholes = [
        p.fact for p in reader.levels(first, NEAR) if like(p.quantity, amount.quantity) and limited(p.fact) and not smaller(p.fact, amount.fact)
    ]
    wholes = [whole for whole in wholes if _in_reach(reader, whole.id, first)]
    chosen = next((whole for whole in wholes if fits(rate.fact, [amount.fact], [whole])), None)
    if chosen is not None:
        yield Ratio(rate=rate.fact, num=amount.fact, den=(chosen,), sure=True, share=True, part=True)
        return
    beside = next((whole for whole in wholes if any(fits(one.fact, [its.fact], [whole]) for one, its in _siblings(reader, rate, first))), None)
    if beside is not None:
        yield Ratio(rate=rate.fact, num=amount.fact, den=(beside,), sure=True, share=True, part=True)
    elif len({whole.quantity.value for whole in wholes}) == 1 and explained(rate.fact, amount.fact, wholes[0]):
        yield Ratio(rate=rate.fact, num=amount.fact, den=(wholes[0],), sure=True, share=True, part=True)


def _amount(reader: Reader, rate: Place) -> Place | None:
    """The amount that a share tells behind it."""
    places = reader.stream.places
    if not is_share(rate.fact) or not _TAKES.search(rate.clause) or rate.at + 1 >= len(places):
        return None
    behind = places[rate.at + 1]
    told = behind.level and behind.sentence == rate.sentence and behind.bracket == rate.bracket and _BEHIND.match(behind.lead) is not None
    return behind if told and behind.quantity.bound in ("=", "≈") else None


def _siblings(reader: Reader, rate: Place, first: Place) -> Iterator[tuple[Place, Place]]:
    """The other shares of the sentence, each with its amount."""
    for place in reader.stream.places[first.at : first.at + 2 * _MOST]:
        if place.sentence != rate.sentence:
            return
        amount = _amount(reader, place)
        if amount is not None and place is not rate:
            yield place, amount


def _in_reach(reader: Reader, whole: str, first: Place) -> bool:
    """Whether a figure stands in the sentence of the first share, or in the one before."""
    return any(p.fact.id == whole and p.sentence >= first.sentence - 1 and p.paragraph == first.paragraph for p in reader.stream.back(first.at, NEAR))
