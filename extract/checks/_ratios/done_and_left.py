"""Rates told between what is done and what is left: 实际支出1782.45万元，预算执行率95.83%，结余77.55万元 needs no budget to be tried.

What is done and what is left make up what the rate is of, wherever that stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal

from extract import intervals as iv
from extract.checks._prose import Place, Stream, is_share, like, streams
from extract.checks._rates import Ratio, due, fits, limited
from extract.checks._slips import mends
from extract.checks._values import factor
from extract.relations import Context

_RATE = re.compile(
    r"^(?:其中)?[^，。；：、（）占]{0,8}(?:预?算?执行|支出|支付|使用|整改|办结|结案|审结|完成|化解|销号|处置|拨付|兑付|恢复|修复|抢通|复通|安装|收缴)(?:进度|率)[为达约]{0,2}$"
)
_DONE = re.compile(r"支出|支付|使用|整改|办结|结案|审结|完成|化解|销号|处置|拨付|兑付|列支|执行|恢复|修复|抢通|复通|安装|收缴")
_LEFT = re.compile(r"^(?:年[末底])?(?:其余|剩余|余下|尚余|仍余|结余|结转|结存|未(?!来|达|发生))[^，。；：、（）]{0,8}$")
_OF_OTHERS = re.compile(r"累计|历年|上年|往年|含|其中|部分")
"""What is left of more than what the rate is of, or only some of it."""


def done_and_left(context: Context, known: Collection[str]) -> Iterator[Ratio]:
    """Each such rate over the sum of both, but those ``known`` by their ids to be of a figure; in doubt unless a slip of the pen
    explains a miss."""
    for stream in streams(context):
        for rate in stream.places[1:-1]:
            done, left = stream.places[rate.at - 1], stream.places[rate.at + 1]
            if is_share(rate.fact) and rate.fact.id not in known and _told(stream, done, rate, left):
                den = (done.fact, left.fact)
                sure = fits(rate.fact, [done.fact], den) or _slipped(rate, done, left)
                yield Ratio(rate=rate.fact, num=done.fact, den=den, sure=sure)


def _told(stream: Stream, done: Place, rate: Place, left: Place) -> bool:
    three = (done, rate, left)
    if len({(place.sentence, place.bracket) for place in three}) > 1 or any("；" in place.lead for place in three[1:]):
        return False
    if not (done.level and left.level and like(done.quantity, left.quantity) and limited(done.fact) and limited(left.fact)):
        return False
    behind = stream.after(left.at).partition("。")[0][:4]
    words = _RATE.match(rate.clause) and _DONE.search(done.clause) and _LEFT.match(left.clause)
    return bool(words) and not _OF_OTHERS.search(left.clause + behind)


def _slipped(rate: Place, done: Place, left: Place) -> bool:
    """Whether one slip of the pen in what is left, in the rate or in what is done explains that they do not fit."""
    share = iv.scaled(rate.quantity.interval, factor(rate.quantity) / 100)
    rest = iv.sub(iv.point(Decimal(1)), share)
    whole = iv.ratio(done.quantity.interval, share)
    part = iv.ratio(done.quantity.interval, iv.add(done.quantity.interval, left.quantity.interval))
    before = iv.ratio(iv.product(left.quantity.interval, share), rest)
    if whole is None or part is None:
        return False
    needs = (
        (left, iv.sub(whole, done.quantity.interval)),
        (rate, due(rate.fact, part)),
        (done, before),
    )
    return any(need is not None and mends(place.quantity, need) for place, need in needs)
