"""Rates of questionnaires that came back, of the people or households that were asked: 对2938户开展调查，收回有效问卷2715份，回收率92.4%."""

from __future__ import annotations

import re

from extract.checks._prose import Place, like
from extract.checks._rates import Ratio, explained, fits, smaller
from extract.checks._ratios.reader import NEAR, Reader
from extract.checks._slips import LONG, significant

_CAME_BACK = re.compile(r"[收回]{2}(?:的?有效)?(?:问卷|调查表|评价表)?$")
_ASKED = re.compile(r"调查|测评|问卷|回访|评议")


def returned(reader: Reader, rate: Place, stem: str) -> Ratio | None:
    """The answers right before a rate that is called so, of those that the sentence says were asked, where it counts no sheets sent out."""
    num = reader.stream.places[rate.at - 1] if rate.at else None
    if not stem.endswith("回收") or num is None or num.sentence != rate.sentence or not _CAME_BACK.search(num.clause):
        return None
    before = [p for p in reader.levels(num, NEAR) if p.sentence == num.sentence and p.quantity.dimension == "count" and p.bracket == num.bracket]
    if any(like(p.quantity, num.quantity) for p in before):
        return None
    asked = next((p for p in before if _ASKED.search(reader.stream.after(p.at)) and not smaller(p.fact, num.fact)), None)
    if asked is None:
        return None
    long = all(len(significant(p.fact)) >= LONG for p in (rate, num, asked))
    meant = fits(rate.fact, [num.fact], [asked.fact]) or (long and explained(rate.fact, num.fact, asked.fact))
    return Ratio(rate=rate.fact, num=num.fact, den=(asked.fact,), sure=meant, part=True)
