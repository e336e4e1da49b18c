"""Slips of the pen: which numbers one wrong digit, two swapped digits or a power of ten leads to, and what they prove.

Parts that miss their total prove nothing where the text does not say that they are all of it. But if one slip in one
number would make them agree, and few sets of numbers of that length can be mended so by chance, an error is the likelier
explanation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extract import intervals as iv
from extract.types import Fact, Interval, Quantity

ERROR = Decimal("0.02")
"""How often a list of parts in a report holds a wrong number."""
INCOMPLETE = {2: Decimal("0.5"), 3: Decimal("0.08"), 4: Decimal("0.04")}
"""How often a list of so many parts after 其中 or 包括 is not complete; of more parts, :data:`LONG`."""
LONG = Decimal("0.015")
EVEN = Decimal("0.5")
FEW = 3
"""Fewer parts say nothing of whether they are all."""
FAR_OFF = 3
"""Parts that miss their total by more than one third of it are some of it."""


def variants(digits: str) -> Iterator[Decimal]:
    """The numbers that one slip makes of ``digits`` ("1234.50"): a digit, two neighbours swapped, a power of ten."""
    places = [i for i, char in enumerate(digits) if char.isdigit()]
    for i in places:
        for char in "0123456789":
            if char != digits[i]:
                yield Decimal(digits[:i] + char + digits[i + 1 :])
    for i, j in pairwise(places):
        if digits[i] != digits[j]:
            yield Decimal(digits[:i] + digits[j] + digits[i + 1 : j] + digits[i] + digits[j + 1 :])
    yield Decimal(digits) * 10
    yield Decimal(digits) / 10


def significant(fact: Fact) -> str:
    """The digits of a figure without sign, point and idle zeros."""
    return fact.quantity.digits.replace(".", "").strip("-−0") or "0"


def mends(quantity: Quantity, need: Interval) -> bool:
    """Whether one slip in ``quantity`` leads to a value that ``need`` allows."""
    if quantity.value is None or quantity.bound != "=":
        return False
    digits = quantity.digits.lstrip("-−")
    sign = -1 if quantity.value < 0 else 1
    slack = iv.ZERO if quantity.interval.low == quantity.interval.high else iv.half_unit(digits, quantity.scale)
    return any(iv.meet(iv.around(sign * value * quantity.scale, slack), need) for value in variants(digits))


def tenfold(quantity: Quantity, need: Interval) -> bool:
    """Whether ``quantity`` taken ten times more or less is a value that ``need`` allows."""
    return any(iv.meet(iv.scaled(quantity.interval, factor), need) for factor in (Decimal(10), Decimal("0.1"), Decimal(100), Decimal("0.01")))


def credible(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether parts that miss their total are more likely to hold a slip than to be incomplete."""
    members = (total, *parts)
    if any(q.value is None or q.bound != "=" for q in members) or not total.value:
        return False
    if not mended(total, parts):
        return False
    # What a mended number may be missed by: whole numbers hit or not, rounded ones leave room that adds up.
    room = sum((q.interval.high - q.interval.low for q in members if q.interval.high is not None and q.interval.low is not None), iv.ZERO)
    step = max(min(iv.half_unit(q.digits, q.scale) * 2 for q in members), room)
    known = sum(10 * len(q.digits) for q in members)
    chance = min(Decimal(1), known * step / abs(total.value))
    incomplete = INCOMPLETE.get(len(parts), LONG)
    return ERROR / (ERROR + incomplete * chance) > EVEN


def explained(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether one slip in one number makes three or more parts reach a total that they miss by no more than a third.

    Lists of that length are seldom left incomplete by just so much: of those in bulletins, settlements and work reports that a
    slip would mend, all but the shortest were meant to be complete.
    """
    members = (total, *parts)
    if len(parts) < FEW or any(q.value is None or q.bound != "=" for q in members) or not total.value:
        return False
    added = iv.total(q.interval for q in parts)
    if not mended(total, parts):
        return False
    whole = abs(total.value)
    gap = abs(sum((q.value for q in parts if q.value is not None), Decimal(0)) - total.value)
    # 9起事故中坠落50起、打击2起、坍塌1起、起重1起: what is more than all of it is not some of it
    over = any(q.value is not None and q.value > whole for q in parts)
    return over or gap * FAR_OFF <= whole or tenfold(total, added)


def mended(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether one slip in one number makes the parts reach the total."""
    added = iv.total(q.interval for q in parts)
    if mends(total, added):
        return True
    others = iv.others([part.interval for part in parts])
    return any(mends(part, iv.sub(total.interval, rest)) for part, rest in zip(parts, others, strict=True))
