"""What came less what went, told in a row: 新增19家、退出6家，净增13家."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.checks._prose import Place, Stream, like
from extract.relations import Relation

LEAVING = "退出|减少|注销|关闭|退库|出库|关停|撤销|调出|淘汰|清退|退规|退统|转出|迁出|离职|调离|移出|流失"
"""How what was registered, kept or at work goes."""
_NOUN = r"(?:企业|单位|人员|人口|项目|机构|主体|户)?"
_ALONE = r"^(?:同时|又|另|共)?"
_NET = re.compile(r"^(?:实际|两者|增减)?(?:相抵后?)?净(?P<way>增加?|减少?)(?:长|了)?$")
_GAINED = re.compile(
    rf"(?:新增|增加|新设|新开办?|新登记|新注册|新入库|入库|新入|加入|新进|进入|新纳入|调入|(?:新|升)?入规|新?入统|升规|转入|迁入|招录|引进)了?{_NOUN}$"
)
_LOST = re.compile(rf"(?:{LEAVING})了?{_NOUN}$")


def net_change(stream: Stream, place: Place) -> Iterator[Relation]:
    """新增19家、退出6家，净增13家: what came and what went, side by side right before what came of it."""
    net = _NET.match(place.clause)
    if net is None or place.at < 2:
        return
    first, second = stream.places[place.at - 2], stream.places[place.at - 1]
    three = (first, second, place)
    if len({(p.sentence, p.paragraph, p.bracket) for p in three}) > 1 or not all(like(p.quantity, place.quantity) for p in (first, second)):
        return
    if any("；" in p.lead or p.quantity.value is None or p.quantity.bound != "=" for p in (second, place)) or first.quantity.bound != "=":
        return
    # 企业新增30家，个体户注销12家 are of two kinds: only the first of the three may be named
    one, other = (re.split("、", p.clause)[-1] for p in (first, second))
    if not re.fullmatch(f"{_ALONE}(?:{_LOST.pattern}|{_GAINED.pattern})", other):
        return
    if _GAINED.search(one) and _LOST.search(other):
        ends = first, second
    elif _LOST.search(one) and _GAINED.search(other):
        ends = second, first
    else:
        return
    came, went = (end.fact for end in ends)
    values = [fact.quantity.value or Decimal(0) for fact in (came, went, place.fact)]
    down = net["way"].startswith("减")
    if values[0] <= 0 or (values[0] < abs(values[1])) is not down:
        return
    if values[1] < 0 and (values[2] < 0) is down:
        # 减少640个 is read as a change below nothing
        yield Relation(type="sum", roles={"total": (place.fact.id,), "parts": (came.id, went.id)})
    elif values[1] > 0:
        sides = (went, came) if down and values[2] > 0 else (came, went)
        yield Relation(type="diff", roles={"result": (place.fact.id,), "minuend": (sides[0].id,), "subtrahend": (sides[1].id,)})
