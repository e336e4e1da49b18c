"""The arithmetic of stated numbers: which values a numeral as printed can stand for, and what follows from several.

A stated number is an interval, not a point: 21.95万 was rounded from somewhere in [219450, 219550]. Two statements
contradict each other only if no true values exist that both were rounded from, by GB/T 8170 or half-up alike. The rules of that,
as the code names them:

T1 a count with a counting word is exact; one that ends in two zeros may be round. T2 a rounded number stands for half a unit of its
last digit to both sides, closed. T3 beside siblings of more decimals it may stand for less (330 beside 251.40 is 330.00). T4 so with
percentages; percentage points are another dimension. T5 hedges widen by the last non-zero digit, limits are open. T6 sums, T7 ratios
(any base that the definition allows) and T8 growth follow by interval arithmetic. T9 statements of one quantity meet, and at equal
precision are equal. T10 what meets only by a power of ten is a slip of scale. T11 what lacks an operand or was cut is not
judged.

All work is done on ``Decimal`` in one context of 100 digits with no traps, so that neither the caller's context nor a
float can change a verdict. A quotient that does not end is cut after 100 digits, which is far beyond any edge it is
compared with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from extract.types import Bound, Interval

ZERO = Decimal(0)
HUNDRED = Decimal(100)
HALF = Decimal("0.5")
UNLIMITED = 10**18
"""Where a range of possible bases ends that has no end."""

SLIPS = (4, -4, 8, -8, 3, -3, 2, -2, 1, -1)
"""Powers of ten by which a figure slips, the likeliest first: 万, 亿, 千, %, one digit (T10)."""

CONTEXT = Context(prec=100, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
"""The context of all arithmetic with stated numbers; other modules enter it by ``decimal.localcontext``."""

_EXACT = CONTEXT


def half_unit(digits: str, scale: Decimal, decimals: int | None = None) -> Decimal:
    """Half a unit of the last printed digit of ``digits``, times ``scale`` (T2); never negative.

    ``decimals`` counts the digits after the point in its place, where they are known better than from the print (T3).
    """
    places = decimals_of(digits) if decimals is None else decimals
    return abs(_EXACT.multiply(_EXACT.scaleb(HALF, Decimal(-places)), scale))


def decimals_of(digits: str) -> int:
    """How many digits ``digits`` prints after the point; trailing zeros count."""
    return len(digits.partition(".")[2])


def last_place(digits: str) -> Decimal:
    """The place value of the last non-zero digit (T5): ``600`` → 100, ``3.5`` → 0.1; of a zero, that of its last digit."""
    value = _EXACT.create_decimal(digits)
    exponent = value.normalize(_EXACT).as_tuple().exponent if value else -decimals_of(digits)
    return _EXACT.scaleb(Decimal(1), Decimal(exponent))


def maybe_round(digits: str) -> bool:
    """Whether an integer ends in two or more zeros and so may have been rounded by its author (T1): 8200, not 8210 or 0."""
    return "." not in digits and digits.endswith("00") and digits.strip("-0") != ""


def of_numeral(digits: str, scale: Decimal, bound: Bound, *, count: bool) -> Interval:
    """The values that a numeral can stand for: ``digits`` as printed ("1234.50", "-26.7") times ``scale`` under ``bound``.

    ``count`` says that it is an integer with a counting word and no 万/亿: then ``=`` is exact (T1). Else ``=`` is half
    a unit of the last digit to both sides, closed (T2, T4). Hedges by T5, with u the place value of the last non-zero
    digit: ``>~`` (X, X+u), ``<~`` [X−u, X), ``≈`` [X−u/2, X+u/2], ``>`` (X, ∞), ``>=`` [X, ∞), ``<`` (−∞, X),
    ``<=`` (−∞, X]. For a negative number the hedges point away from zero and back, as its words do.

    Raises:
        ValueError: ``bound`` is "range"; that is :func:`of_range`.
    """
    value = _EXACT.multiply(_EXACT.create_decimal(digits), scale)
    if bound == "=":
        return point(value) if count else around(value, half_unit(digits, scale))
    if value < 0:
        return negate(of_numeral(digits.removeprefix("-"), scale, bound, count=count))
    unit = abs(_EXACT.multiply(last_place(digits), scale))
    if bound == "≈":
        return around(value, _EXACT.multiply(unit, HALF))
    if bound == ">~":
        return Interval(low=value, high=_EXACT.add(value, unit), low_open=True, high_open=True)
    if bound == "<~":
        return Interval(low=_EXACT.subtract(value, unit), high=value, high_open=True)
    if bound in (">", ">="):
        return Interval(low=value, high=None, low_open=bound == ">")
    if bound in ("<", "<="):
        return Interval(low=None, high=value, high_open=bound == "<")
    raise ValueError(f"{bound!r} is no bound of one numeral")


def of_range(low: Decimal, high: Decimal) -> Interval:
    """The values of a stated range, both ends in (T5); the ends may come in either order (下降5%至3%)."""
    return Interval(low=min(low, high), high=max(low, high))


def point(value: Decimal) -> Interval:
    """The one value ``value``."""
    return Interval(value, value)


def around(value: Decimal, slack: Decimal) -> Interval:
    """``value`` with ``slack`` to both sides, closed."""
    return Interval(_EXACT.subtract(value, slack), _EXACT.add(value, slack))


def narrow(digits: str, scale: Decimal, decimals: int) -> Interval:
    """The values of a numeral whose siblings print ``decimals`` digits after the point (T3): 330 beside 251.40 is 330.00."""
    value = _EXACT.multiply(_EXACT.create_decimal(digits), scale)
    return around(value, half_unit(digits, scale, max(decimals, decimals_of(digits))))


def negate(a: Interval) -> Interval:
    """The negatives of the values of ``a``."""
    low, high, low_open, high_open = a
    return Interval(None if high is None else high.copy_negate(), None if low is None else low.copy_negate(), high_open, low_open)


def add(a: Interval, b: Interval) -> Interval:
    """The sums of a value of ``a`` and a value of ``b``."""
    return Interval(
        low=None if a.low is None or b.low is None else _EXACT.add(a.low, b.low),
        high=None if a.high is None or b.high is None else _EXACT.add(a.high, b.high),
        low_open=a.low_open or b.low_open,
        high_open=a.high_open or b.high_open,
    )


def sub(a: Interval, b: Interval) -> Interval:
    """The differences of a value of ``a`` less a value of ``b``."""
    return add(a, negate(b))


def total(parts: Iterable[Interval]) -> Interval:
    """The sums of one value of each part (T6); of no parts, zero."""
    low: Decimal | None = ZERO
    high: Decimal | None = ZERO
    low_open = high_open = False
    for a in parts:
        low = None if low is None or a.low is None else _EXACT.add(low, a.low)
        high = None if high is None or a.high is None else _EXACT.add(high, a.high)
        low_open, high_open = low_open or a.low_open, high_open or a.high_open
    return Interval(low, high, low_open, high_open)


def others(parts: Sequence[Interval]) -> list[Interval]:
    """For each part, the total of all others. Cost: linear in the parts."""
    before = [point(ZERO)]
    for part in parts[:-1]:
        before.append(add(before[-1], part))
    after = point(ZERO)
    found: list[Interval] = []
    for part, left in zip(reversed(parts), reversed(before), strict=False):
        found.append(add(left, after))
        after = add(part, after)
    return found[::-1]


def scaled(a: Interval, factor: Decimal) -> Interval:
    """The values of ``a`` times ``factor``, which is positive."""
    low, high, low_open, high_open = a
    return Interval(
        None if low is None else _EXACT.multiply(low, factor),
        None if high is None else _EXACT.multiply(high, factor),
        low_open,
        high_open,
    )


def ratio(numerator: Interval, denominator: Interval) -> Interval | None:
    """The quotients, as plain numbers, of a value of each (T7); ``None`` where the denominator may be zero or below."""
    small, large = denominator.low, denominator.high
    if small is None or small <= 0:
        return None
    low, low_open = _quotient(numerator.low, numerator.low_open, large, denominator.high_open, small, denominator.low_open)
    high, high_open = _quotient(numerator.high, numerator.high_open, small, denominator.low_open, large, denominator.high_open)
    return Interval(low=low, high=high, low_open=low_open, high_open=high_open)


def _quotient(
    n: Decimal | None, n_open: bool, of_positive: Decimal | None, positive_open: bool, of_negative: Decimal | None, negative_open: bool
) -> tuple[Decimal | None, bool]:
    """An end of a quotient: the extreme divisor depends on the sign of the dividend. ``None`` as divisor is infinity."""
    if n is None:
        return None, False
    divisor, divisor_open = (of_positive, positive_open) if n >= 0 else (of_negative, negative_open)
    if divisor is None:
        return ZERO, n_open or n != 0
    return _EXACT.divide(n, divisor), n_open or (divisor_open and n != 0)


def product(a: Interval, b: Interval) -> Interval:
    """The products of a value of each, ends closed; without an end where a factor has none."""
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return Interval(low=None, high=None)
    corners = [_EXACT.multiply(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    return Interval(low=min(corners), high=max(corners))


def percent(a: Interval) -> Interval:
    """Plain ratios as percent."""
    return scaled(a, HUNDRED)


def growth(current: Interval, previous: Interval) -> Interval | None:
    """The relative changes in percent from ``previous`` to ``current`` (T8); ``None`` where ``previous`` may be zero or below."""
    quotient = ratio(current, previous)
    return None if quotient is None else add(percent(quotient), point(-HUNDRED))


def growth_by(current: Interval, increment: Interval) -> Interval | None:
    """The relative changes in percent where ``current`` came about by ``increment`` (T8: previous = current − increment).

    ``None`` where the previous level may be zero or below, or an end is missing. The quotient is monotone in each of the two, so the
    corners bound it; ends are closed, which never makes a statement fail that could be true.
    """
    if current.low is None or current.high is None or increment.low is None or increment.high is None:
        return None
    corners = []
    for level in (current.low, current.high):
        for step in (increment.low, increment.high):
            previous = _EXACT.subtract(level, step)
            if previous <= 0:
                return None
            corners.append(_EXACT.multiply(_EXACT.divide(step, previous), HUNDRED))
    return Interval(low=min(corners), high=max(corners))


def bases(current: int, rate: Interval) -> range:
    """The whole numbers b ≥ 1 from which a change by ``rate`` percent leads to the count ``current`` (T8); empty if none does.

    22 at [−26.75, −26.65] → range(30, 31). Where no largest base exists (0 after a fall of 100%) the range ends at
    :data:`UNLIMITED`.
    """
    if current < 0:
        return range(0)
    start, end = 1, UNLIMITED
    count = _EXACT.multiply(Decimal(current), HUNDRED)
    if rate.high is not None:
        top = _EXACT.add(rate.high, HUNDRED)
        if top < 0 or (top == 0 and (current > 0 or rate.high_open)):
            return range(0)
        if top > 0:
            edge = _EXACT.divide(count, top)
            start = max(1, int(edge.to_integral_value(ROUND_CEILING, _EXACT)) + (rate.high_open and edge == edge.to_integral_value(context=_EXACT)))
    if rate.low is not None:
        bottom = _EXACT.add(rate.low, HUNDRED)
        if bottom > 0:
            edge = _EXACT.divide(count, bottom)
            end = int(edge.to_integral_value(ROUND_FLOOR, _EXACT)) - (rate.low_open and edge == edge.to_integral_value(context=_EXACT))
        elif bottom == 0 and current == 0 and rate.low_open:
            return range(0)
    return range(start, min(end, UNLIMITED - 1) + 1)


def disjoint(a: Interval, b: Interval) -> bool:
    """Whether no value is in both."""
    return _below(a, b) or _below(b, a)


def _below(a: Interval, b: Interval) -> bool:
    if a.high is None or b.low is None:
        return False
    return a.high < b.low or (a.high == b.low and (a.high_open or b.low_open))


def meet(a: Interval, b: Interval) -> bool:
    """Whether some value is in both."""
    return not (_below(a, b) or _below(b, a))


def agree(a: Interval, b: Interval) -> bool:
    """Whether two statements of one quantity agree (T9): they meet, and at equal precision they are equal.

    Numbers of one precision that differ are at least one last digit apart, so that their intervals touch in an edge at
    most: 100 and 101 touch in 100.5 and disagree, 100 and 100.4 agree.
    """
    if disjoint(a, b):
        return False
    if a.low is None or a.high is None or b.low is None or b.high is None or a.low == a.high:
        return True
    edge = a.high == b.low or b.high == a.low
    return not (edge and _EXACT.subtract(a.high, a.low) == _EXACT.subtract(b.high, b.low))


def common(intervals: Iterable[Interval]) -> Interval | None:
    """The values that are in all, or ``None`` if there is none; of no intervals, everything."""
    low: Decimal | None = None
    high: Decimal | None = None
    low_open = high_open = False
    for a in intervals:
        if a.low is not None and (low is None or a.low > low or (a.low == low and a.low_open)):
            low, low_open = a.low, a.low_open
        if a.high is not None and (high is None or a.high < high or (a.high == high and a.high_open)):
            high, high_open = a.high, a.high_open
    if low is not None and high is not None and (low > high or (low == high and (low_open or high_open))):
        return None
    return Interval(low=low, high=high, low_open=low_open, high_open=high_open)


def gap(a: Interval, b: Interval) -> Decimal:
    """The distance between two intervals; zero where they meet or only touch."""
    if a.high is not None and b.low is not None and a.high < b.low:
        return _EXACT.subtract(b.low, a.high)
    if b.high is not None and a.low is not None and b.high < a.low:
        return _EXACT.subtract(a.low, b.high)
    return ZERO


def contains(a: Interval, value: Decimal) -> bool:
    """Whether ``value`` is in ``a``."""
    low, high, low_open, high_open = a
    below = low is not None and (value < low or (low_open and value == low))
    above = high is not None and (value > high or (high_open and value == high))
    return not (below or above)


def slip(a: Interval, b: Interval) -> int | None:
    """The k for which the disjoint ``a`` and ``b`` meet once ``a`` is taken ×10ᵏ (T10, k in :data:`SLIPS`), else ``None``.

    Intervals without an end, and zeros, slip to nothing.
    """
    if a.low is None or a.high is None or b.low is None or b.high is None or meet(a, b):
        return None
    if a.low <= 0 <= a.high or b.low <= 0 <= b.high:
        return None
    # only powers that bring the leading digits together can make them meet; an interval is never a hundred times wide
    apart = b.high.adjusted() - a.high.adjusted()
    mine, theirs = sorted((a.low.adjusted(), a.high.adjusted())), sorted((b.low.adjusted(), b.high.adjusted()))
    least, most = max(apart - 2, theirs[0] - mine[1]), min(apart + 2, theirs[1] - mine[0])
    near = (k for k in SLIPS if least <= k <= most)
    return next((k for k in near if meet(scaled(a, _EXACT.scaleb(Decimal(1), Decimal(k))), b)), None)
