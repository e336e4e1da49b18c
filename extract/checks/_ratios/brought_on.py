"""Rates of what was disposed of where some was left from before: 旧存860件，新收11620件，审结11856件，结案率95% is of both together."""

from __future__ import annotations

import re

from extract import intervals as iv
from extract.checks._prose import Place, like
from extract.checks._rates import Ratio, due, fits, limited
from extract.checks._ratios.reader import NEAR, Reader
from extract.checks._slips import mends
from extract.checks._values import factor

_BEFORE = re.compile(r"旧存|存量|存案|积案|遗留|[未尚待][结办决]|(?:[上去]年|年初|期初|上期)[^，。；]{0,4}(?:转入|结余|剩余|存)|结转")
_NEW = re.compile(r"新|今年|本年|年内|全年|当年|本期")


def brought_on(reader: Reader, num: Place, rate: Place) -> Ratio | None:
    """The rate of what was brought on and what came in; ``None`` where they do not stand right before what was done, or the rate is of
    what came in alone."""
    before = (p for p in reader.levels(num, NEAR) if p.sentence == num.sentence and p.bracket == num.bracket and like(p.quantity, num.quantity))
    came, old = next(before, None), next(before, None)
    if came is None or old is None or rate.sentence != num.sentence or came.fact.id in reader.whole:
        return None
    told = _BEFORE.search(old.clause) and _NEW.search(came.clause) and not _BEFORE.search(came.clause)
    if not told or not all(limited(place.fact) for place in (old, came, num)) or fits(rate.fact, [num.fact], [came.fact]):
        return None
    den = old.fact, came.fact
    return Ratio(rate=rate.fact, num=num.fact, den=den, sure=fits(rate.fact, [num.fact], den) or _slipped(rate, num, old, came))


def _slipped(rate: Place, num: Place, old: Place, came: Place) -> bool:
    """Whether one slip of the pen in the rate or in what was done explains that they do not fit."""
    both = iv.add(old.quantity.interval, came.quantity.interval)
    share = iv.ratio(num.quantity.interval, both)
    done = iv.product(both, iv.scaled(rate.quantity.interval, factor(rate.quantity) / 100))
    return (share is not None and mends(rate.quantity, due(rate.fact, share))) or mends(num.quantity, done)
