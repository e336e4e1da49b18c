"""Slips of the pen: which numbers one wrong digit, two swapped digits or a power of ten leads to, and what they prove.

Parts that miss their total prove nothing where the text does not say that they are all of it. But if one slip in one
number would make them agree, and few sets of numbers of that length can be mended so by chance, an error is the likelier
explanation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from extract import intervals as iv
from extract.types import Fact, Interval, Quantity

ERROR = Decimal("0.02")
"""How often a list of parts in a report holds a wrong number."""
INCOMPLETE = {2: Decimal("0.5"), 3: Decimal("0.08"), 4: Decimal("0.04")}
"""How often a list of so many parts after 其中 or 包括 is not complete; of more parts, :data:`INCOMPLETE_LONG`."""
INCOMPLETE_LONG = Decimal("0.015")
EVEN = Decimal("0.5")
FEW = 3
"""Fewer parts say nothing of whether they are all."""
LONG = 3
"""A figure of this many digits is its own evidence: another that is one slip apart is hardly another quantity."""
FAR_OFF = 3
"""Parts that miss their total by more than one third of it are some of it."""


def variants(digits: str) -> Iterator[Decimal]:
    """The numbers that one slip makes of ``digits`` ("1234.50"): a digit, two neighbours swapped, a power of ten."""
    places = [i for i, char in enumerate(digits) if char.isdigit()]
    for i in places:
        # nobody writes 51 for 01
        for char in "123456789" if i == 0 and digits[1:2].isdigit() else "0123456789":
            if char != digits[i]:
                yield Decimal(digits[:i] + char + digits[i + 1 :])
    yield from swaps(digits)
    yield Decimal(digits) * 10
    yield Decimal(digits) / 10


def swaps(digits: str) -> Iterator[Decimal]:
    """The numbers that two neighbours swapped make of ``digits``."""
    places = [i for i, char in enumerate(digits) if char.isdigit()]
    for i, j in pairwise(places):
        if digits[i] != digits[j]:
            yield Decimal(digits[:i] + digits[j] + digits[i + 1 : j] + digits[i] + digits[j + 1 :])


def significant(fact: Fact) -> str:
    """The digits of a figure without sign, point and idle zeros."""
    return digits_that_tell(fact.quantity.digits) or "0"


def digits_that_tell(printed: str) -> str:
    """The digits of a number as printed, without sign, point and idle zeros; "" for nothing but zeros."""
    return printed.replace(".", "").strip("-−0")


def slip_of_pen(a: Fact, b: Fact) -> Literal["scale", "digit", "swap", "drop", ""]:
    """The slip that leads from one figure to the other: a power of ten, a digit changed or dropped, two swapped.

    Figures of different precision (18.86亿 and 128643万) are compared at the coarser one.
    """
    if a.quantity.dimension != b.quantity.dimension:
        return ""
    x, y = a.quantity.value, b.quantity.value
    # two figures of one magnitude are no power of ten apart: asked first, because it costs nothing
    if not (x and y and x.adjusted() == y.adjusted()) and iv.slip(a.quantity.interval, b.quantity.interval) is not None:
        return "scale"
    first, second = sorted((digits.replace(".", "") for digits in _alike_printed(a.quantity, b.quantity)), key=len)
    if len(second) - len(first) == 1:
        return "drop" if any(second[:i] + second[i + 1 :] == first for i in range(len(second))) else ""
    if len(first) != len(second):
        return ""
    apart = [i for i, (x, y) in enumerate(zip(first, second, strict=True)) if x != y]
    if len(apart) == 1:
        return "digit"
    if len(apart) == 2 and apart[1] - apart[0] == 1 and first[apart[0]] == second[apart[1]] and first[apart[1]] == second[apart[0]]:
        return "swap"
    return ""


def _alike_printed(a: Quantity, b: Quantity) -> tuple[str, str]:
    """The digits of both in the scale and precision of the coarser one."""
    if a.value is None or b.value is None:
        return a.digits, b.digits
    key = (lambda q: -iv.decimals_of(q.digits)) if a.scale == b.scale else (lambda q: iv.half_unit(q.digits, q.scale))
    coarse = max(a, b, key=key)
    places = iv.decimals_of(coarse.digits)
    first, second = (f"{abs(q.value or iv.ZERO) / coarse.scale:.{places}f}" for q in (a, b))
    return first, second


def mends(quantity: Quantity, need: Interval) -> bool:
    """Whether one slip in ``quantity`` leads to a value that ``need`` allows."""
    if quantity.value is None or quantity.bound != "=":
        return False
    digits = quantity.digits.lstrip("-−")
    sign = -1 if quantity.value < 0 else 1
    slack = iv.ZERO if quantity.interval.low == quantity.interval.high else iv.half_unit(digits, quantity.scale)
    allowed = iv.add(need, iv.around(iv.ZERO, slack))
    factor = sign * quantity.scale
    # no slip leads further than to one digit more, and none changes the sign: most needs are further off
    farthest = Decimal(10) ** (len(digits.partition(".")[0]) + 1) * factor
    if not iv.meet(allowed, Interval(low=min(farthest, iv.ZERO), high=max(farthest, iv.ZERO))):
        return False
    return any(iv.contains(allowed, value * factor) for value in variants(digits))


def tenfold(quantity: Quantity, need: Interval) -> bool:
    """Whether ``quantity`` taken ten times more or less is a value that ``need`` allows."""
    return any(iv.meet(iv.scaled(quantity.interval, factor), need) for factor in (Decimal(10), Decimal("0.1"), Decimal(100), Decimal("0.01")))


def credible(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether parts that miss their total are more likely to hold a slip than to be incomplete."""
    members = (total, *parts)
    if any(q.value is None or q.bound != "=" for q in members) or not total.value:
        return False
    # What a mended number may be missed by: whole numbers hit or not, rounded ones leave room that adds up.
    room = sum((q.interval.high - q.interval.low for q in members if q.interval.high is not None and q.interval.low is not None), iv.ZERO)
    step = max(min(iv.half_unit(q.digits, q.scale) * 2 for q in members), room)
    known = sum(10 * len(q.digits) for q in members)
    chance = min(Decimal(1), known * step / abs(total.value))
    incomplete = INCOMPLETE.get(len(parts), INCOMPLETE_LONG)
    return ERROR / (ERROR + incomplete * chance) > EVEN and mended(total, parts)


def explained(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether one slip in one number makes three or more parts reach a total that they miss by no more than a third.

    Lists of that length are seldom left incomplete by just so much: of those in bulletins, settlements and work reports that a
    slip would mend, all but the shortest were meant to be complete.
    """
    members = (total, *parts)
    if len(parts) < FEW or any(q.value is None or q.bound != "=" for q in members) or not total.value:
        return False
    added = iv.total(q.interval for q in parts)
    whole = abs(total.value)
    gap = abs(sum((q.value for q in parts if q.value is not None), Decimal(0)) - total.value)
    # 9起事故中坠落50起、打击2起、坍塌1起、起重1起: what is more than all of it is not some of it
    over = any(q.value is not None and q.value > whole for q in parts)
    return (over or gap * FAR_OFF <= whole or tenfold(total, added)) and mended(total, parts)


def mended(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether one slip in one number makes the parts reach the total."""
    added = iv.total(q.interval for q in parts)
    if mends(total, added):
        return True
    others = iv.others([part.interval for part in parts])
    return any(mends(part, iv.sub(total.interval, rest)) for part, rest in zip(parts, others, strict=True))
