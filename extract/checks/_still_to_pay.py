"""What is still to be paid of a settled price: 审定价的3%预留质量保证金105.75万元，扣除已付款和质保金后，本次应付635.32万元.

The price is told in another section: it is the figure called so of which what is kept back is the percentage told. A miss is certain where
a slip of the pen explains it, or where what is kept back was forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract import intervals as iv
from extract.checks._prose import Place, Stream, like, streams
from extract.checks._slips import mended
from extract.relations import Context, Relation, once
from extract.types import Fact

NEAR = 4
"""So many facts behind what is kept back stands what is still to be paid."""
BACK = 8
"""So many facts back stands what was paid."""
_KEPT = re.compile(r"(?:质量?|工程)?保(?:证金|修金|金)(?:为|计)?$")
_PAID = re.compile(r"(?:已|累计)[^，。；、未]{0,6}[付拨][^，。；、未]{0,10}$|支付(?:工程|进度)款$|^累计$")
_DUE = re.compile(r"(?:应|尚|还|再|待|需)[^，。；、未]{0,4}付[^，。；、未]{0,8}$|尾款为?$")
_PRICE = re.compile(r"审定|结算|审核后")
_OTHERS = re.compile(r"违约金|罚|水电|代垫|扣减|奖励|预留尾工")


def still_to_pay(context: Context) -> Iterator[Relation]:
    """What is still to be paid: the settled price without what was paid and what is kept back."""
    for stream in streams(context):
        for kept in stream.places:
            if kept.quantity.dimension == "money" and _KEPT.search(kept.clause) and kept.at and kept.level:
                price = _price(context, stream.places[kept.at - 1], kept)
                paid = _paid(stream, kept)
                due = _due(stream, kept)
                if price is not None and paid is not None and due is not None:
                    yield _relation(price, paid, kept, due)


def _price(context: Context, rate: Place, kept: Place) -> Fact | None:
    """The one figure that is called a settled price, of which a percentage is kept back."""
    share = rate.quantity.value
    if rate.sentence != kept.sentence or rate.quantity.unit != "%" or not share:
        return None
    found = [fact for fact in _prices(context) if iv.meet(iv.scaled(fact.quantity.interval, share / Decimal(100)), kept.quantity.interval)]
    return found[0] if len({fact.quantity.value for fact in found}) == 1 else None


@once
def _prices(context: Context) -> tuple[Fact, ...]:
    found = (place for stream in streams(context) for place in stream.places if place.level and place.quantity.bound == "=")
    return tuple(place.fact for place in found if place.quantity.dimension == "money" and _PRICE.search(place.clause + place.fact.mention.text))


def _paid(stream: Stream, kept: Place) -> Place | None:
    """The last figure of the paragraph before that says what was paid in all."""
    before = (p for p in stream.back(kept.at, BACK) if p.paragraph == kept.paragraph and p.level and like(p.quantity, kept.quantity))
    return next((p for p in before if _PAID.search(p.clause)), None)


def _due(stream: Stream, kept: Place) -> Place | None:
    """What is said to be due behind it, nothing else being taken off."""
    for place in stream.places[kept.at + 1 : kept.at + 1 + NEAR]:
        if place.paragraph != kept.paragraph:
            return None
        if place.level and like(place.quantity, kept.quantity):
            alone = place.bracket == 0 and place.quantity.bound == "=" and not _OTHERS.search(stream.between(kept.at, place.at))
            return place if alone and _DUE.search(place.clause) else None
    return None


def _relation(price: Fact, paid: Place, kept: Place, due: Place) -> Relation:
    parts = (paid.quantity, kept.quantity, due.quantity)
    whole = price.quantity
    without = iv.total((paid.quantity.interval, due.quantity.interval))
    explained = mended(whole, parts) or iv.meet(whole.interval, without) or iv.meet(whole.interval, iv.total(q.interval for q in parts))
    return Relation(
        type="sum",
        roles={"total": (due.fact.id,), "parts": (price.id,), "less": (paid.fact.id, kept.fact.id)},
        certain=explained,
        note="审定价 − 已付 − 质保金 = 应付",
        note_en="Settled price − paid − kept back = due",
    )
