"""What a price of one year comes to over the years of a contract: 年度报价1268.50万元，三年总价3805.50万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract import intervals as iv
from extract.checks._figures import figure, plain
from extract.checks._prose import Place, like, streams
from extract.checks._slips import LONG, mends, significant
from extract.checks._values import interval_of
from extract.relations import Context, Relation
from extract.types import Interval

_MOST = 10
"""Contracts run for so many years at most."""
_BACK = 3
_TOTAL = re.compile(r"^(?:服务期)?(?:合同)?(?:总(?:价|额|金额|报价|费用)|合计|共计?)[为是]?$")
_YEARLY = re.compile(r"(?:^|[^\d上去前本今首次第])(?:年度|每年|一年|单年|年)(?:最高)?(?:报价|限价|服务费|合同[价额]|租金|费用|单价|金额|价)[为是]?$")


def over_years(context: Context) -> Iterator[Relation]:
    """The totals of so many years with the price of one year that stands right before them."""
    for stream in streams(context):
        for place in stream.places:
            years = stream.places[place.at - 1].quantity if place.at else place.quantity
            if place.quantity.dimension != "money" or years.unit != "年" or years.value is None or not _TOTAL.match(place.lead):
                continue
            near = (p for p in stream.back(place.at - 1, _BACK) if p.sentence == place.sentence and like(p.quantity, place.quantity))
            yearly = next(near, None)
            if yearly is None or not _YEARLY.search(yearly.clause) or {yearly.quantity.bound, place.quantity.bound} != {"="}:
                continue
            if 1 < years.value <= _MOST and place.quantity.value:
                yield _relation(place, yearly, years.value)


def _relation(total: Place, yearly: Place, years: Decimal) -> Relation:
    product = iv.scaled(interval_of(yearly.fact), years)
    holds = iv.meet(product, interval_of(total.fact))
    shown = plain((yearly.quantity.value or iv.ZERO) * years / total.quantity.scale)
    note = f"{figure(yearly.quantity)} × {plain(years)} 年 = {shown} {'≈' if holds else '≠'} {figure(total.quantity)}"
    return Relation(
        type="implied",
        roles={"facts": (total.fact.id, yearly.fact.id)},
        holds=holds,
        # a price may be lowered from year to year
        certain=holds or _slipped(total, yearly, product, years),
        note=note if holds else f"总价与年度价格不符：{note}",
        note_en=f"{figure(yearly.quantity)} over {plain(years)} years are {shown}, stated are {figure(total.quantity)}",
    )


def _slipped(total: Place, yearly: Place, product: Interval, years: Decimal) -> bool:
    """Whether one slip of the pen in one of the two explains the miss."""
    if min(len(significant(place.fact)) for place in (total, yearly)) < LONG:
        return False
    return mends(total.quantity, product) or mends(yearly.quantity, iv.scaled(interval_of(total.fact), 1 / years))
