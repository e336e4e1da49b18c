"""Whether a change follows from its levels."""

from __future__ import annotations

from dataclasses import replace

from extract import intervals as iv
from extract.checks._prose import is_level, like
from extract.checks._slips import mended
from extract.checks._values import factor, is_rate
from extract.types import Fact, Quantity

TELLING = 3
"""A change of fewer digits may fit two levels by chance."""


def follows(change: Quantity, current: Quantity, previous: Quantity) -> bool:
    """Whether a change follows from two levels within rounding."""
    if not is_rate(change) or change.unit == current.unit:
        return iv.meet(change.interval, iv.sub(current.interval, previous.interval))
    computed = iv.growth(current.interval, previous.interval)
    return computed is not None and iv.meet(iv.scaled(change.interval, factor(change)), computed)


def stepped(change: Quantity, current: Quantity, step: Quantity) -> bool:
    """Whether a rate of change follows from a level and the amount that led to it."""
    if current.value is None or step.value is None:
        return False
    return follows(change, current, replace(current, value=current.value - step.value, interval=iv.sub(current.interval, step.interval)))


def slipped(change: Fact, current: Fact, previous: Fact) -> bool:
    """Whether one slip of the pen explains why a change does not lead from one level to the other."""
    return mended(current.quantity, (change.quantity, previous.quantity))


def turned(change: Quantity, current: Quantity, previous: Quantity) -> bool:
    """Whether a change follows from two levels if it went the other way, to the digit."""
    if change.value is None or change.bound != "=" or len(change.digits) < TELLING:
        return False
    back = replace(change, value=-change.value, interval=iv.sub(iv.point(iv.ZERO), change.interval))
    return follows(back, current, previous) and not iv.contains(iv.sub(current.interval, previous.interval), iv.ZERO)


def can_change(change: Fact, level: Fact) -> bool:
    """Whether a change can be one of a level: points of a rate, a rate of anything, an amount of the same unit."""
    quantity = change.quantity
    if quantity.dimension == "percentage_point":
        return level.quantity.dimension == "ratio"
    if is_rate(quantity):
        return True
    return like(quantity, level.quantity) and is_level(level)
