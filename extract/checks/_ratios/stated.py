"""Rates with a figure right beside them: 占罚款总额1025.7万元的40.2%, 合格率97.9%（46座合格）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract import intervals as iv
from extract.checks._prose import Place, like
from extract.checks._rates import Ratio, explained, far_off, fits, limited, smaller
from extract.checks._ratios.reader import BACK, Reader
from extract.checks._ratios.words import FORMER, SHARE, in_digits
from extract.checks._slips import LONG, significant
from extract.checks._values import factor
from extract.types import Interval

_NAMED = 4
"""A clause that begins with so many characters of a name speaks of what it names."""
_WIDE = Decimal("1.5")
_PLAN = re.compile(r"(?:预算|计划|目标|任务|指标)(?:总?投资|数|总?额|值|量|任务|目标)?$")


def in_bracket(reader: Reader, rate: Place) -> Ratio | None:
    """合格率97.9%（46座合格）: the numerator stands in brackets behind the rate, the denominator is what fits it before."""
    if rate.at + 1 >= len(reader.stream.places):
        return None
    num = reader.stream.places[rate.at + 1]
    if num.host != rate.at or not num.lead.endswith("（") or len(num.lead) > 1 or not num.level:
        return None
    near = [p for p in reader.levels(rate, BACK) if p.paragraph == rate.paragraph and like(p.quantity, num.quantity) and limited(p.fact)]
    # 电动自行车故障54起，电动自行车火灾有七成左右（38起）: of what the clause names
    begun = rate.clause[:_NAMED]
    called = [p for p in near if len(begun) == _NAMED and p.sentence == rate.sentence and begun in reader.label(p)]
    den = next((p for p in called or near if fits(rate.fact, [num.fact], [p.fact])), None)
    if den is not None:
        return Ratio(rate=rate.fact, num=num.fact, den=(den.fact,), sure=True)
    if called:
        sure = explained(rate.fact, num.fact, called[0].fact) or smaller(called[0].fact, num.fact)
        return Ratio(rate=rate.fact, num=num.fact, den=(called[0].fact,), sure=sure, share=True, part=True)
    beside = near[0] if near and near[0].at == rate.at - 1 and near[0].sentence == rate.sentence else None
    if beside is not None and explained(rate.fact, num.fact, beside.fact):
        return Ratio(rate=rate.fact, num=num.fact, den=(beside.fact,), sure=True)
    # 47座；12座, then 97.9%（64座合格）: the one figure of its unit in the row that a slip of the pen keeps from giving the rate
    here = [p for p in near if reader.stream.in_table or p.sentence == rate.sentence]
    meant = [p for p in here if explained(rate.fact, num.fact, p.fact)] if len(significant(rate.fact)) >= LONG else []
    if len({p.quantity.value for p in meant}) == 1:
        return Ratio(rate=rate.fact, num=num.fact, den=(meant[0].fact,), sure=True)
    return None


def on_base(reader: Reader, rate: Place, base: Place) -> Iterator[Ratio]:
    """决算3977.05万元，…；若以全年预算4155.87万元为基数，则完成95.70%: the base is told, the numerator is what the paragraph is about."""
    before = (p for p in reader.levels(base, BACK) if p.paragraph == rate.paragraph and like(p.quantity, base.quantity))
    nums = [p for p in before if not FORMER.search(p.clause) and not _PLAN.search(p.clause) and p.sentence >= rate.sentence - 1]
    chosen = next((p for p in nums if fits(rate.fact, [p.fact], [base.fact])), None)
    chosen = chosen or next((p for p in nums if explained(rate.fact, p.fact, base.fact)), None)
    if chosen is not None:
        yield Ratio(rate=rate.fact, num=chosen.fact, den=(base.fact,), sure=True)


def of_stated(reader: Reader, rate: Place, den: Place) -> Iterator[Ratio]:
    """占全区罚款总额1025.7万元的40.2%; 完成年度计划500户次的104%."""
    # 占年度计划6.0亿元的104.5%: a plan is reached, it is no whole
    share = None if _PLAN.search(den.clause) else SHARE.search(den.plain)
    near = (p for p in reader.levels(den, BACK) if like(p.quantity, den.quantity) and p.paragraph == rate.paragraph)
    # 较上年的4507.3万元减少288.7万元，仅完成年度目标4500万元的93.7%: not of what was there before
    candidates = [p for p in near if not FORMER.search(p.clause)][:4]
    # 200万元以上, 5亿—10亿元 would go with nearly any rate
    candidates = [p for p in candidates if p is candidates[0] or (p.sentence == candidates[0].sentence and limited(p.fact) and p.quantity.value)]
    if not candidates:
        return
    chosen = next((p for p in candidates if fits(rate.fact, [p.fact], [den.fact])), None)
    divided = None if chosen is not None else _divided(reader, rate, den, candidates)
    if divided is not None:
        yield Ratio(rate=rate.fact, num=divided.fact, den=(den.fact,), sure=True, share=share is not None, part=share is not None)
        return
    alone = len({p.quantity.value for p in candidates}) == 1 or not reader.whole.get(candidates[0].fact.id)
    if in_digits(rate.fact, reader.context):
        told = rate.quantity.bound == "=" or far_off(rate.fact, candidates[0].fact, den.fact)
    else:
        told = _wide_of(rate, candidates[0], den)
    yield Ratio(
        rate=rate.fact,
        num=(chosen or candidates[0]).fact,
        den=(den.fact,),
        sure=chosen is not None or (alone and told),
        share=share is not None,
        part=share is not None,
    )


def _divided(reader: Reader, rate: Place, den: Place, candidates: Sequence[Place]) -> Place | None:
    """罚款412.6万元，其中单位356.8万元、个人55.8万元，占罚款总额1025.7万元的40.2%: the whole whose parts go between it and its share, if a
    slip of the pen explains why it is not its share."""
    whole = reader.whole.get(candidates[0].fact.id)
    place = next((p for p in candidates if p.fact is whole), None)
    if place is None or "，" not in den.lead or rate.quantity.bound != "=" or len(significant(rate.fact)) < LONG:
        return None
    return place if explained(rate.fact, place.fact, den.fact) else None


def _wide_of(rate: Place, num: Place, den: Place) -> bool:
    """Whether a rate told in words (为去年同期94起的一半) misses its figures by more than half as much again: 470 are no half of 94."""
    quotient, stated = iv.ratio(num.quantity.interval, den.quantity.interval), rate.quantity.interval
    if quotient is None or stated.low is None or stated.high is None or quotient.low is None or quotient.high is None:
        return False
    computed = iv.percent(quotient)
    wide = Interval(low=stated.low / _WIDE, high=stated.high * _WIDE)
    return not iv.meet(iv.scaled(wide, factor(rate.quantity)), computed)
