"""Rates told over two bases: 预算执行率按调整预算计算为95.1%，按年初预算计算则为109.7%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.checks._prose import Place, is_share, like
from extract.checks._rates import Ratio, explained, fits
from extract.checks._ratios.reader import BACK, Reader
from extract.checks._ratios.words import RATES

_BASE = re.compile(
    r"(?P<rate>[^，。；：]{0,12}率)?[按以](?:照)?(?P<of>[^，。；、：\d]{2,14}?)(?:为基数|为口径|口径)?(?:来)?(?:计算|测算|核算|折算)的?(?P<own>[^，。；\d]{0,8}率)?则?(?:为|是|达到?)?(?:约)?$"
)
_MOST = 3
"""So many figures of a name are tried."""


def on_named_base(reader: Reader, rate: Place) -> Ratio | None:
    """A rate whose clause names its base, which stands before; the numerator is what such a rate is known to have, and that of the
    same rate over another base right before."""
    said = _BASE.search(rate.clause)
    dens = _bases(reader, rate, said["of"]) if said is not None else []
    if said is None or not dens:
        return None
    other = reader.stream.places[rate.at - 1] if rate.at else None
    beside = _BASE.search(other.clause) if other is not None and is_share(other.fact) and other.sentence == rate.sentence else None
    name = said["own"] or said["rate"] or (beside and (beside["own"] or beside["rate"])) or ""
    numerator = next((words for stem, words, _ in RATES if stem.search(name.removesuffix("率"))), None)
    if numerator is None:
        return None
    near = [p for p in reader.levels(rate, BACK) if p.paragraph == rate.paragraph and like(p.quantity, dens[0].quantity) and p not in dens]
    nums = [p for p in near if numerator.search(reader.label(p, rate))]
    found = _fitting(rate, nums, dens)
    if found is not None:
        return found
    if other is not None and beside is not None:
        twin = _fitting(other, nums, _bases(reader, other, beside["of"]))
        if twin is not None:
            return Ratio(rate=rate.fact, num=twin.num, den=(dens[0].fact,), sure=True)
    slip = next((p for p in nums[:_MOST] if explained(rate.fact, p.fact, dens[0].fact)), None)
    return Ratio(rate=rate.fact, num=slip.fact, den=(dens[0].fact,), sure=True) if slip is not None else None


def _bases(reader: Reader, rate: Place, words: str) -> list[Place]:
    return [p for p in reader.named_places(rate, words, BACK) if p.paragraph == rate.paragraph][:_MOST]


def _fitting(rate: Place, nums: Sequence[Place], dens: Sequence[Place]) -> Ratio | None:
    pairs = ((num, den) for den in dens for num in nums if num is not den)
    return next((Ratio(rate=rate.fact, num=n.fact, den=(d.fact,), sure=True) for n, d in pairs if fits(rate.fact, [n.fact], [d.fact])), None)
