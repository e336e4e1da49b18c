"""Which of the possible denominators a rate is taken of: the one that gives it, else the likeliest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract import intervals as iv
from extract.checks._prose import Place, like
from extract.checks._rates import Ratio, explained, far_off, fits, limited, mistyped, slipped, smaller
from extract.checks._ratios.reader import NEAR, Reader
from extract.checks._ratios.words import in_digits
from extract.types import Fact


def choose(
    reader: Reader,
    rate: Place,
    num: Fact,
    dens: Sequence[Fact],
    *,
    sure: bool,
    share: bool,
    strict: bool = False,
    part: bool = False,
    slips: bool = True,
    likely: Sequence[Fact] = (),
) -> Iterator[Ratio]:
    """``slips`` is whether a slip of the pen that explains the difference makes a doubtful relation sure, if chance would hardly do as
    much; of the ``likely`` denominators, which the words leave no choice but to take, any slip is enough."""
    full = rate.quantity.value == iv.HUNDRED
    dens, likely = (
        [d for d in found if d.id != num.id and limited(d) and (full or d.quantity.value != num.quantity.value)] for found in (dens, likely)
    )
    if not dens and not likely:
        return
    # 完成投资92.3亿元，占年度计划的107.3%: more than all is no part
    part = (share or part) and (rate.quantity.value is None or rate.quantity.value <= iv.HUNDRED)
    exact = rate.quantity.bound == "="
    told = in_digits(rate.fact, reader.context) and exact
    meant = next((d for d in likely if explained(rate.fact, num, d)), None) if told and not full else None
    # 近5万人 beside 48620人 is no other reading: what is told roughly gives way to what is told exactly
    dens = [d for d in dens if not any(_finer(other, d) for other in (*dens, *likely))]
    # a figure that is printed to the last digit goes before one told roughly: 近5万人
    fitting = [d for d in (*dens, *likely) if fits(rate.fact, [num], [d])]
    chosen = next((d for d in fitting if d.quantity.bound == "=" or meant is None), None)
    first = dens[0] if dens else likely[0]
    if strict and chosen is not None and chosen is not first and first.quantity.value != chosen.quantity.value:
        chosen = None
    if chosen is None and meant is not None:
        yield Ratio(rate=rate.fact, num=num, den=(meant,), sure=True, share=share, part=part)
        return
    roughly = not exact and sure and in_digits(rate.fact, reader.context) and far_off(rate.fact, num, first)
    sure = chosen is not None or roughly or (told and (sure or (slips and (slipped(rate.fact, num, first) or mistyped(rate.fact, num, first)))))
    yield Ratio(rate=rate.fact, num=num, den=(chosen or first,), sure=sure, share=share, part=part)


def pair_beside(reader: Reader, rate: Place) -> list[Ratio] | None:
    """12个国考断面中11个达到Ⅲ类，优良比例91.7%: the figures of the rate's own sentence; ``[]`` if none gives it."""
    here = [p for p in reader.levels(rate, NEAR) if p.sentence == rate.sentence and not p.bracket]
    pairs = [(p, q) for p in here for q in here if q.at < p.at and like(p.quantity, q.quantity) and not smaller(q.fact, p.fact)]
    if not pairs:
        return None
    return [Ratio(rate=rate.fact, num=p.fact, den=(q.fact,), sure=True) for p, q in pairs if fits(rate.fact, [p.fact], [q.fact])][:1]


def _finer(fact: Fact, other: Fact) -> bool:
    """Whether a figure says more exactly what another one says."""
    a, b = fact.quantity.interval, other.quantity.interval
    if a.low is None or a.high is None or b.low is None or b.high is None or not like(fact.quantity, other.quantity):
        return False
    return b.low <= a.low <= a.high <= b.high and a.high - a.low < b.high - b.low
