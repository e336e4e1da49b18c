"""Rates with a figure right beside them: 占罚款总额1025.7万元的40.2%, 合格率97.9%（46座合格）."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extract.checks._prose import Place, is_level, like
from extract.checks._rates import Ratio, fits, limited
from extract.checks._ratios.reader import BACK, Reader
from extract.checks._ratios.words import SHARE, in_digits

_PLAN = regex.compile(r"(?:预算|计划|目标|任务|指标)(?:总?投资|数|总?额|值|量|任务|目标)?$")


def in_bracket(reader: Reader, rate: Place) -> Ratio | None:
    """合格率97.9%（46座合格）: the numerator stands in brackets behind the rate, the denominator is what fits it before."""
    if rate.at + 1 >= len(reader.stream.places):
        return None
    num = reader.stream.places[rate.at + 1]
    if num.host != rate.at or not num.lead.endswith("（") or len(num.lead) > 1 or not is_level(num.fact):
        return None
    for p in reader.levels(rate, BACK):
        if p.paragraph == rate.paragraph and like(p.quantity, num.quantity) and limited(p.fact) and fits(rate.fact, [num.fact], [p.fact]):
            return Ratio(rate=rate.fact, num=num.fact, den=(p.fact,), sure=True)
    return None


def of_stated(reader: Reader, rate: Place, den: Place) -> Iterator[Ratio]:
    """占全区罚款总额1025.7万元的40.2%; 完成年度计划500户次的104%."""
    # 占年度计划6.0亿元的104.5%: a plan is reached, it is no whole
    share = None if _PLAN.search(den.clause) else SHARE.search(den.plain)
    candidates = [p for p in reader.levels(den, BACK) if like(p.quantity, den.quantity) and p.paragraph == rate.paragraph][:4]
    candidates = [p for p in candidates if p.sentence == candidates[0].sentence]
    if not candidates:
        return
    chosen = next((p for p in candidates if fits(rate.fact, [p.fact], [den.fact])), None)
    alone = len({p.quantity.value for p in candidates}) == 1 or _sibling(reader, candidates[0], candidates)
    yield Ratio(
        rate=rate.fact,
        num=(chosen or candidates[0]).fact,
        den=(den.fact,),
        sure=chosen is not None or (alone and rate.quantity.bound == "=" and in_digits(rate.fact, reader.context)),
        share=share is not None,
        part=share is not None,
    )


def _sibling(reader: Reader, nearest: Place, candidates: Sequence[Place]) -> bool:
    return nearest.at + 1 == candidates[0].at + 1 and not reader.whole.get(nearest.fact.id)
