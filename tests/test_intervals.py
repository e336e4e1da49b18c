"""The arithmetic of stated numbers: the worked vectors of the tolerance rules, the laws, and silence on honest rounding."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import intervals as iv
from extract.types import Bound, Interval

D = Decimal
ONE = D(1)
WAN = D("1E4")
THOUSAND = D("1E3")


def wide(digits: str, scale: Decimal = ONE, bound: Bound = "=") -> Interval:
    return iv.of_numeral(digits, scale, bound, count=False)


def count(digits: str, bound: Bound = "=") -> Interval:
    return iv.of_numeral(digits, ONE, bound, count=True)


def ends(a: Interval) -> tuple[str, str]:
    return str(a.low and a.low.normalize()), str(a.high and a.high.normalize())


# --- T1, T2, T4, T5: one numeral -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("digits", "scale", "bound", "is_count", "low", "high", "opens"),
    [
        ("22", "1", "=", True, "22", "22", ""),
        ("8200", "1", "=", True, "8200", "8200", ""),
        ("21.95", "1E4", "=", False, "219450", "219550", ""),
        ("1400", "1E4", "=", False, "13995000", "14005000", ""),
        ("1.50", "1", "=", False, "1.495", "1.505", ""),
        ("26.7", "1", "=", False, "26.65", "26.75", ""),
        ("-26.7", "1", "=", False, "-26.75", "-26.65", ""),
        ("70", "1", "=", False, "69.5", "70.5", ""),
        ("600", "1", ">~", True, "600", "700", "()"),
        ("240", "1E4", ">~", False, "2400000", "2500000", "()"),
        ("240", "1E4", "<~", False, "2300000", "2400000", ")"),
        ("1400", "1E4", "<~", False, "13000000", "14000000", ")"),
        ("3150", "1", ">~", True, "3150", "3160", "()"),
        ("0.14", "1E8", "≈", False, "13500000", "14500000", ""),
        ("600", "1", "≈", True, "550", "650", ""),
        ("240", "1E4", ">", False, "2400000", "None", "("),
        ("28", "1", ">=", True, "28", "None", ""),
        ("28", "1", "<=", True, "None", "28", ""),
        ("28", "1", "<", True, "None", "28", ")"),
        ("-10", "1", ">=", False, "None", "-10", ""),
        ("-10", "1", ">~", False, "-20", "-10", "()"),
        ("0", "1", "=", True, "0", "0", ""),
        ("0.0", "1", "≈", False, "-0.05", "0.05", ""),
    ],
)
def test_one_numeral(digits: str, scale: str, bound: Bound, is_count: bool, low: str, high: str, opens: str) -> None:
    a = iv.of_numeral(digits, D(scale), bound, count=is_count)
    assert (a.low is None or a.low == D(low), a.high is None or a.high == D(high)) == (True, True)
    assert (a.low is None, a.high is None) == (low == "None", high == "None")
    assert ("(" if a.low_open else "") + (")" if a.high_open else "") == opens


def test_a_range_has_two_numerals() -> None:
    assert ends(iv.of_range(D(500000), D(300000))) == ends(iv.of_range(D(300000), D(500000)))
    with pytest.raises(ValueError, match="range"):
        iv.of_numeral("30", ONE, "range", count=False)


PLACES = [("600", "100"), ("240", "10"), ("3.5", "0.1"), ("3.50", "0.1"), ("0.14", "0.01"), ("0", "1"), ("101", "1")]


@pytest.mark.parametrize(("digits", "place"), PLACES)
def test_last_place(digits: str, place: str) -> None:
    assert iv.last_place(digits) == D(place)


@pytest.mark.parametrize(("digits", "says"), [("8200", True), ("8210", False), ("0", False), ("00", False), ("100", True), ("100.00", False)])
def test_round_counts(digits: str, says: bool) -> None:
    assert iv.maybe_round(digits) is says


# --- the worked vectors ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numerator", "denominators", "rate", "passes"),
    [
        ("284.52", ["285.64"], "99.6", True),
        ("696.03", ["1126.77"], "62", True),
        ("980.55", ["1412.41"], "70", False),
        ("2190.49", ["2222.37", "48.03"], "96.48", True),
        ("2190.49", ["2222.37"], "96.48", False),
    ],
)
def test_worked_ratios(numerator: str, denominators: list[str], rate: str, passes: bool) -> None:
    computed = iv.ratio(wide(numerator, WAN), iv.total(wide(d, WAN) for d in denominators))
    assert computed is not None
    assert iv.meet(iv.percent(computed), wide(rate)) is passes


def test_worked_ratio_on_narrow() -> None:
    """325.1/330 = 98.52% beside a column that prints two decimals."""
    computed = iv.ratio(iv.narrow("325.1", WAN, 2), iv.narrow("330", WAN, 2))
    assert computed is not None
    assert iv.meet(iv.percent(computed), wide("98.52"))


@pytest.mark.parametrize(
    ("parts", "stated", "scale", "passes"),
    [
        (["2367.28", "1310.79"], "3678.76", "1E4", False),
        (["2367.28", "1310.79"], "3678.07", "1E4", True),
        (["3508.66", "18.18", "151.92"], "3678.76", "1E4", True),
        (["4.1", "6.1"], "10.3", "1", True),
    ],
)
def test_worked_sums(parts: list[str], stated: str, scale: str, passes: bool) -> None:
    assert iv.meet(iv.total(wide(p, D(scale)) for p in parts), wide(stated, D(scale))) is passes


def test_worked_gap() -> None:
    computed = iv.total(wide(p, WAN) for p in ("2367.28", "1310.79"))
    assert iv.gap(computed, wide("3678.76", WAN)) == D(6900) - 3 * D(50)


BASES = [(22, "-26.7", [30]), (22, "-26.8", []), (17, "-22.5", []), (12, "-14.29", [14]), (30, "0", [30])]


@pytest.mark.parametrize(("current", "rate", "found"), BASES)
def test_worked_bases(current: int, rate: str, found: list[int]) -> None:
    assert list(iv.bases(current, wide(rate))) == found


def test_bases_at_the_edges() -> None:
    assert iv.bases(0, wide("-100"))[-1] == iv.UNLIMITED - 1
    assert list(iv.bases(0, wide("-50"))) == []
    assert list(iv.bases(5, iv.point(D(-100)))) == []
    assert list(iv.bases(-1, wide("3"))) == []
    assert list(iv.bases(10, wide("100", bound=">"))) == [1, 2, 3, 4]
    assert list(iv.bases(10, wide("100", bound=">="))) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("a", "b", "agrees"),
    [
        (count("600", ">~"), count("612"), True),
        (count("600", ">~"), count("700"), False),
        (count("100"), count("101"), False),
        (wide("100"), wide("101"), True),
        (wide("100"), wide("100.4"), True),
        (wide("748", THOUSAND), wide("749", THOUSAND), True),
        (wide("700", THOUSAND, "≈"), wide("749", THOUSAND), True),
        (wide("21.95", WAN), count("219512"), True),
        (wide("21.95", WAN), count("219600"), False),
    ],
)
def test_worked_same(a: Interval, b: Interval, agrees: bool) -> None:
    assert iv.meet(a, b) is agrees
    assert iv.disjoint(b, a) is not agrees


@pytest.mark.parametrize(
    ("a", "b", "agrees"),
    [
        (wide("100"), wide("101"), False),
        (count("100"), count("101"), False),
        (wide("100"), wide("100"), True),
        (wide("100"), wide("100.4"), True),
        (wide("100"), wide("100.5"), True),
        (wide("748", THOUSAND), wide("749", THOUSAND), False),
        (wide("748", THOUSAND), wide("700", THOUSAND, "≈"), True),
        (wide("749", THOUSAND), wide("700", THOUSAND, "≈"), True),
        (count("600", ">="), count("612"), True),
    ],
)
def test_equal_precision_means_equal_value(a: Interval, b: Interval, agrees: bool) -> None:
    assert iv.agree(a, b) is iv.agree(b, a) is agrees


@pytest.mark.parametrize(
    ("a", "b", "k"),
    [
        (wide("1875.9", WAN), wide("1875.9", D("1E8")), 4),
        (wide("1875.9", D("1E8")), wide("1875.9", WAN), -4),
        (wide("0.9648"), wide("96.48"), 2),
        (count("612"), count("61"), None),
        (count("610"), count("61"), -1),
        (wide("3678.76", WAN), wide("3678.07", WAN), None),
        (count("61"), count("61"), None),
        (count("61"), wide("7000", bound=">="), None),
        (count("0"), count("61"), None),
    ],
)
def test_scale_slips(a: Interval, b: Interval, k: int | None) -> None:
    assert iv.slip(a, b) == k


@given(st.decimals("0.001", "99999", places=3), st.sampled_from(("", "1", "0.0005", "3")), st.integers(-9, 9))
def test_a_slip_is_what_trying_every_power_finds(number: Decimal, more: str, power: int) -> None:
    a = wide(str(number))
    b = iv.scaled(wide(str(number + D(more or 0))), D(10) ** power)
    tried = (k for k in iv.SLIPS if iv.meet(iv.scaled(a, D(10) ** k), b))
    assert iv.slip(a, b) == (None if iv.meet(a, b) else next(tried, None))
    assert iv.slip(iv.negate(a), iv.negate(b)) == iv.slip(a, b)


# --- T8 with an increment --------------------------------------------------------------------------------------------


def test_growth_from_levels_and_from_an_increment() -> None:
    levels = iv.growth(wide("1397.62", WAN), wide("1203.18", WAN))
    assert levels is not None
    assert iv.meet(levels, wide("16.16"))
    step = iv.growth_by(wide("15.26", WAN), wide("-1.94", WAN))
    assert step is not None
    assert iv.meet(step, wide("-11.28"))
    assert not iv.meet(step, wide("-12.3"))


def test_no_quotient_without_a_positive_divisor() -> None:
    assert iv.ratio(count("3"), count("0")) is None
    assert iv.ratio(count("3"), count("-2")) is None
    assert iv.ratio(count("3"), wide("0.0")) is None
    assert iv.growth(count("3"), count("0")) is None
    assert iv.growth_by(count("3"), count("3")) is None
    assert iv.growth_by(count("3", ">="), count("3")) is None


def test_quotients_without_an_end() -> None:
    half = iv.ratio(count("50"), count("100", ">="))
    assert half is not None
    assert (half.low, half.low_open, half.high) == (D(0), True, D("0.5"))
    most = iv.ratio(count("50", "<="), count("100"))
    assert most is not None
    assert (most.low, most.high) == (None, D("0.5"))
    fall = iv.ratio(count("-50"), iv.of_range(D(100), D(200)))
    assert fall is not None
    assert (fall.low, fall.high) == (D("-0.5"), D("-0.25"))


# --- laws ------------------------------------------------------------------------------------------------------------

numerals = st.from_regex(r"\A[1-9][0-9]{0,8}(\.[0-9]{1,4})?\Z")
scales = st.sampled_from([ONE, THOUSAND, WAN, D("1E8")])
BOUNDS: tuple[Bound, ...] = ("=", "≈", "<~", ">~", ">", ">=", "<", "<=")
bounds: st.SearchStrategy[Bound] = st.sampled_from(BOUNDS)


@st.composite
def stated(draw: st.DrawFn) -> Interval:
    return iv.of_numeral(draw(numerals), draw(scales), draw(bounds), count=draw(st.booleans()))


@given(stated(), stated())
def test_meeting_is_symmetric_and_ends_where_the_gap_begins(a: Interval, b: Interval) -> None:
    assert iv.meet(a, b) is iv.meet(b, a)
    assert iv.gap(a, b) == iv.gap(b, a) >= 0
    if iv.gap(a, b) > 0:
        assert iv.disjoint(a, b)
    assert iv.meet(a, b) is (iv.common([a, b]) is not None)


@given(stated(), stated(), stated())
def test_addition_is_an_abelian_monoid_and_subtraction_undoes_within_width(a: Interval, b: Interval, c: Interval) -> None:
    assert iv.add(a, b) == iv.add(b, a)
    assert iv.add(iv.add(a, b), c) == iv.add(a, iv.add(b, c)) == iv.total([a, b, c])
    assert iv.add(a, iv.point(D(0))) == a
    assert iv.negate(iv.negate(a)) == a
    assert iv.meet(iv.sub(iv.add(a, b), b), a)


@given(numerals, scales, bounds, st.booleans())
def test_an_interval_touches_its_own_numeral(digits: str, scale: Decimal, bound: Bound, is_count: bool) -> None:
    a = iv.of_numeral(digits, scale, bound, count=is_count)
    assert iv.gap(a, iv.point(D(digits) * scale)) == 0


@given(numerals, st.integers(0, 6))
def test_narrow_lies_in_wide(digits: str, decimals: int) -> None:
    inner, outer = iv.narrow(digits, ONE, decimals), wide(digits)
    assert iv.common([inner, outer]) == inner


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_the_true_base_is_always_possible(current: int, base: int, places: int) -> None:
    rate = (D(current) / D(base) - 1) * 100
    stated_rate = rate.quantize(ONE.scaleb(-places), ROUND_HALF_UP)
    assert base in iv.bases(current, wide(f"{stated_rate:f}"))


@given(st.integers(0, 500), st.integers(-1200, 5000), st.integers(0, 2))
def test_bases_are_exactly_those_that_give_the_rate(current: int, tenths: int, places: int) -> None:
    rate = wide(f"{D(tenths).scaleb(-places):f}")
    assert rate.low is not None
    assert rate.high is not None
    found = iv.bases(current, rate)
    for base in range(1, 400):
        change = Fraction(current - base, base) * 100
        assert (base in found) is (Fraction(rate.low) <= change <= Fraction(rate.high))


# --- honest rounding is never accused: 10⁵ documents' worth of true values --------------------------------------------


def printed(true: Decimal, rng: random.Random) -> Interval:
    """The interval of ``true`` as some honest author prints it: any scale and precision, half-up or half-even."""
    scale = rng.choice((ONE, ONE, WAN, D("1E8")))
    places = rng.randrange(0, 5)
    shown = (true / scale).quantize(ONE.scaleb(-places), rng.choice((ROUND_HALF_UP, ROUND_HALF_EVEN)))
    return wide(f"{shown:f}", scale)


def value(rng: random.Random) -> Decimal:
    return D(rng.randrange(1, 10 ** rng.randrange(2, 12))).scaleb(-rng.randrange(0, 3))


def test_honest_rounding_never_fails() -> None:
    rng = random.Random(20240926)
    hundred = D(100)
    for _ in range(25_000):
        parts = [value(rng) for _ in range(rng.randrange(2, 6))]
        assert iv.meet(iv.total(printed(p, rng) for p in parts), printed(sum(parts, D(0)), rng))
        a, b = value(rng), value(rng)
        assert iv.meet(printed(a, rng), printed(a, rng))
        rate = wide(f"{(a / b * hundred).quantize(ONE.scaleb(-rng.randrange(0, 3)), ROUND_HALF_EVEN):f}")
        computed = iv.ratio(printed(a, rng), printed(b, rng))
        assert computed is None or iv.meet(iv.percent(computed), rate)
        change = wide(f"{((a / b - 1) * hundred).quantize(ONE.scaleb(-rng.randrange(0, 3)), ROUND_HALF_UP):f}")
        levels = iv.growth(printed(a, rng), printed(b, rng))
        assert levels is None or iv.meet(levels, change)
        step = iv.growth_by(printed(a, rng), printed(a - b, rng))
        assert step is None or iv.meet(step, change)
