"""Slips of the pen: a slip is found again, whichever it was, and chance is not taken for one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extract import intervals as iv
from extract.checks import _slips
from extract.checks._slips import credible, mends, tenfold, variants
from extract.types import Interval, Quantity, Span

D = Decimal


def count(value: int) -> Quantity:
    digits, span = str(value), Span(0, len(str(value)))
    return Quantity(
        span=span,
        extent=span,
        digits=digits,
        value=D(value),
        unit="件",
        dimension="count",
        scale=D(1),
        bound="=",
        interval=iv.point(D(value)),
        pattern="test",
    )


@given(st.integers(10, 10**7), st.data())
def test_every_slip_is_mended(value: int, data: st.DataObject) -> None:
    slipped = data.draw(st.sampled_from(list(variants(str(value)))))
    if slipped == slipped.to_integral_value() and slipped > 0 and len(str(int(slipped))) >= len(str(value)):
        assert mends(count(int(slipped)), iv.point(D(value)))


@given(st.integers(1000, 10**6))
def test_two_digits_wrong_are_no_slip(value: int) -> None:
    assume(str(value)[0] != "5")  # it would become a leading zero: 5500 and 0550 are a tenth apart
    other = int("".join(str((int(char) + 5) % 10) if n in (0, 2) else char for n, char in enumerate(str(value))))
    assert not mends(count(value), iv.point(D(other)))


@given(st.integers(-(10**5), 10**5), st.integers(-(10**7), 10**7), st.integers(0, 10**4))
def test_a_slip_mends_where_one_of_them_is_allowed(value: int, low: int, width: int) -> None:
    need = Interval(low=D(low), high=D(low + width))
    reached = [made if value >= 0 else -made for made in variants(str(abs(value)))]
    assert mends(count(value), need) is any(iv.contains(need, made) for made in reached)


def test_what_no_slip_reaches_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_slips, "variants", lambda digits: pytest.fail(f"tried {digits}"))
    assert not mends(count(1234), iv.point(D(123450)))
    assert not mends(count(1234), iv.point(D(-1244)))
    assert not credible(count(31), [count(7), count(11)])


def test_ten_times_more_or_less() -> None:
    assert tenfold(count(230), iv.point(D(23)))
    assert not tenfold(count(230), iv.point(D(24)))


@pytest.mark.parametrize(
    ("total", "parts", "says"),
    [
        (6283, (2412, 3177, 684), True),
        (6283, (2412, 1177), False),
        (31, (7, 11), False),
        (6, (3, 1), False),
        (3607, (1191, 328, 142, 1078, 406, 341, 121), False),
        (3607, (1191, 328, 142, 1078, 406, 431, 121), True),
    ],
)
def test_what_chance_explains_is_no_error(total: int, parts: tuple[int, ...], says: bool) -> None:
    """Long numbers that one slip reconciles are in error; short ones, and sums that hold, prove nothing."""
    holds = sum(parts) == total
    assert (not holds and credible(count(total), [count(part) for part in parts])) is says
