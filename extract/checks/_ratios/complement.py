"""Rates of what is left, told beside what is not: 可出租12.6万平方米，已出租10.9万平方米，空置率13.5%; 隐患186处，整改率93.5%，未整改12处.

What is left is all less what is done, so that either gives the rate of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extract import intervals as iv
from extract.checks._belief import RATIO_NEAR
from extract.checks._figures import figure, plain
from extract.checks._prose import Place, is_share, like, streams
from extract.checks._rates import limited
from extract.checks._slips import mends
from extract.checks._values import interval_of, middle
from extract.relations import Context, Relation
from extract.types import Fact, Interval

_LEFT_RATE = re.compile(
    r"^(?P<of>[^，。；：、（）]{0,6}?)(?P<left>空置|闲置|空床|空编|缺编|空缺|漏损|产销差|流失|损耗|欠缴|欠费|核减|审减|节约|节支|结余)率[为达约]{0,2}$"
)
_DONE = re.compile(r"已|实[际收缴有]|[出售]售|售[水电气]|入住|在[编岗职]|使用|支出|审定|成交|中标|完成|到账")
_DONE_RATE = re.compile(r"^(?P<of>[^，。；：、（）]{0,6}?)(?P<done>整改|办结|结案|审结|完成|化解|销号|处置|兑付|拆除|答复)率[为达约]{0,2}$")
_ALL = re.compile(r"综合|平均|总体|整体|水量")
_SOME = re.compile(r"已|实际|完成|结案|[审办执了]结|其中")
_NOT = re.compile(r"^(?:尚|仍|还)?(?:有)?(?:尚)?未(?P<what>[^，。；：、（）]{1,4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complement:
    """A rate with all of something and that part of it which the rate leaves out."""

    rate: Fact
    whole: Fact
    part: Fact

    @property
    def computed(self) -> Interval | None:
        """The rate in percent that the two figures give; ``None`` where the whole may be nothing."""
        share = iv.ratio(interval_of(self.part), interval_of(self.whole))
        return None if share is None else iv.sub(iv.point(iv.HUNDRED), iv.percent(share))

    @property
    def relation(self) -> Relation:
        """What the rate promises; in doubt where it fails by much and no slip of the pen explains that."""
        rate, whole, part = (fact.quantity for fact in (self.rate, self.whole, self.part))
        computed = self.computed
        holds = None if computed is None else iv.meet(computed, rate.interval)
        done = (middle(part) or iv.ZERO) / (middle(whole) or Decimal(1))
        shown = round((1 - done) * 100, max(iv.decimals_of(rate.digits), 2))
        scale = max(whole.scale, part.scale)
        sides = f"1 − {plain((middle(part) or iv.ZERO) / scale)} ÷ {plain((middle(whole) or iv.ZERO) / scale)}"
        sign = "≈" if holds else "≠"
        return Relation(
            type="implied",
            roles={"facts": (self.rate.id, self.whole.id, self.part.id)},
            holds=holds,
            certain=bool(holds) or self._credible(abs(shown - (middle(rate) or iv.ZERO)), abs(shown)),
            note=f"{sides} = {plain(shown)}% {sign} {figure(rate)}",
            note_en=f"The figures leave {plain(shown)}%, stated are {figure(rate)}",
        )

    def _credible(self, off: Decimal, computed: Decimal) -> bool:
        rest = iv.sub(iv.point(Decimal(1)), iv.scaled(self.rate.quantity.interval, Decimal("0.01")))
        whole = iv.ratio(interval_of(self.part), rest)
        if off < 2 * iv.half_unit(self.rate.quantity.digits, self.rate.quantity.scale):
            return False  # cut off, not rounded
        needs = ((self.rate, self.computed), (self.part, iv.product(interval_of(self.whole), rest)), (self.whole, whole))
        return off <= RATIO_NEAR * computed or any(need is not None and mends(fact.quantity, need) for fact, need in needs)


def complements(context: Context) -> Iterator[Complement]:
    """The rates of what is left or not left whose figures stand right beside them."""
    for stream in streams(context):
        places = stream.places
        for rate in places:
            if not is_share(rate.fact) or rate.quantity.unit not in ("%", "％") or rate.quantity.bound != "=":
                continue
            if rate.at > 1 and (left := _LEFT_RATE.match(rate.clause)) is not None:
                whole, done = places[rate.at - 2 : rate.at]
                said = whole.clause + done.clause
                if _beside(whole, done, rate) and _DONE.search(done.clause) and left["left"] not in said and _of_all(left["of"], said):
                    yield Complement(rate=rate.fact, whole=whole.fact, part=done.fact)
            if 0 < rate.at < len(places) - 1 and (told := _DONE_RATE.match(rate.clause)) is not None:
                whole, rest = places[rate.at - 1], places[rate.at + 1]
                undone = _NOT.match(rest.clause)
                some = told["done"] in whole.clause or _SOME.search(whole.clause) is not None  # 化解169起，化解率97.1%，未化解5起
                named = undone is not None and bool(set(undone["what"]) & set(told["done"])) and _of_all(told["of"], whole.clause)
                if named and not some and _beside(whole, rest, rate):
                    yield Complement(rate=rate.fact, whole=whole.fact, part=rest.fact)


def _of_all(words: str, said: str) -> bool:
    """Whether a rate is of all that its figures say: 重大隐患整改率 is of some of 隐患186处."""
    return _ALL.sub("", words) in said


def _beside(whole: Place, part: Place, rate: Place) -> bool:
    """Whether a whole and a part of it are amounts of the rate's own clauses."""
    three = (whole, part, rate)
    if len({(place.sentence, place.bracket) for place in three}) > 1 or any("；" in place.lead for place in three[1:]):
        return False
    amounts = all(place.level and limited(place.fact) for place in (whole, part)) and like(whole.quantity, part.quantity)
    return amounts and 0 < (part.quantity.value or 0) <= (whole.quantity.value or 0)
