"""Where in a long run of numbers a sum may be stated at all, found for all of its places at once.

In a column of thousands almost no sum meets a number beside it, and each costs more to ask for than to work out. The answers
leave out only what :meth:`extract.candidates.sums._Run.stated` is sure to say nothing about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from extract.candidates._numbers import EDGE, Number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Flags = NDArray[np.bool_]

SHORT = 64
"""Runs of no more numbers are quicker tried one by one."""


def reaches(numbers: Sequence[Number], crowd: float, most: int) -> list[int]:
    """For each place, with how many parts from it on, ``most`` at the most, a sum of three or more may be stated for the last time; 0 for never."""
    if len(numbers) <= SHORT:
        return [most] * len(numbers)
    import numpy as np

    lows, highs = _limits(numbers)
    reached = np.zeros(len(numbers), dtype=int)
    low, high = np.zeros(len(numbers)), np.zeros(len(numbers))
    for count in range(1, min(most, len(numbers)) + 1):
        places = len(numbers) - count + 1
        low, high = low[:places] + lows[count - 1 :], high[:places] + highs[count - 1 :]
        if count > 2:
            may = _may(low, high, crowd, lows, highs, (-1, count)) & (high > 0)
            reached[:places][may] = count
    return reached.tolist()


def thirds(numbers: Sequence[Number], crowd: float, ahead: int, back: int) -> list[list[bool]]:
    """For each place and each number up to ``ahead`` behind it, whether the sum or the rest of the two may be stated; ``back`` is how
    many numbers on either side of them are looked at."""
    import numpy as np

    lows, highs = _limits(numbers)
    values = np.array([number.value for number in numbers])
    found = np.ones((len(numbers), ahead), dtype=bool)
    for step in range(1, min(ahead, len(numbers) - 1) + 1):
        (p_low, q_low), (p_high, q_high) = (lows[:-step], lows[step:]), (highs[:-step], highs[step:])
        beside = [at for at in range(-back, ahead + back + 1) if at not in (0, step)]
        more = values[:-step] > values[step:]
        rest = np.where(more, p_low - q_high, q_low - p_high), np.where(more, p_high - q_low, q_high - p_low)
        found[:-step, step - 1] = _may(p_low + q_low, p_high + q_high, crowd, lows, highs, beside) | _may(*rest, crowd, lows, highs, beside)
    return found.tolist()


def _limits(numbers: Sequence[Number]) -> tuple[Values, Values]:
    import numpy as np

    return np.array([number.low for number in numbers]), np.array([number.high for number in numbers])


def _may(low: Values, high: Values, crowd: float, lows: Values, highs: Values, beside: Iterable[int]) -> Flags:
    """Where ``low`` to ``high``, worked out for the first places of a run, may be stated: anywhere where it is sharp enough, else by one
    of the numbers so far from its place."""
    import numpy as np

    with np.errstate(all="ignore"):
        middle = np.abs(low + high) / 2
        sharp = ~(np.where(low == high, 1 / np.maximum(1.0, np.abs(low)), (high - low) / middle) >= crowd)
    edge = EDGE * np.maximum(high, -low)
    least, most = low - edge, high + edge
    may = sharp
    for at in beside:
        first, end = max(0, -at), min(len(low), len(lows) - at)
        if first < end:
            own = slice(first, end)
            other = slice(first + at, end + at)
            may[own] |= (lows[other] <= most[own]) & (highs[other] >= least[own])
    return may
