"""Numerals in words and digits: many spellings of one value, the place where the scale begins, cn2an's words for a value."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numerals import parse


@pytest.mark.parametrize(
    ("text", "digits", "scale", "length"),
    [
        ("1,234.5万", "1234.5", "1E4", 7),
        ("34，912.35", "34912.35", "1", 9),
        ("４．５０亿", "4.50", "1E8", 4),
        ("3.2千万", "3.2", "1E7", 3),
        ("4.78万亿", "4.78", "1E12", 4),
        ("1000  万", "1000", "1E4", 4),
        ("三千二百万", "3200", "1E4", 4),
        ("三点五万", "3.5", "1E4", 3),
        ("百亿", "100", "1E8", 1),
        ("万亿", "10000", "1E8", 1),
        ("十万", "10", "1E4", 1),
        ("二十万亿", "20", "1E12", 2),
        ("一亿二千万", "12000", "1E4", 4),
        ("两万五", "25", "1E3", 3),
        ("3万5千", "35", "1E3", 3),
        ("三万五千", "35", "1E3", 4),
        ("25万6千", "256", "1E3", 4),
        ("四百五", "450", "1", 3),
        ("一千零五", "1005", "1", 4),
        ("廿五", "25", "1", 2),
        ("肆佰陆拾", "460", "1", 4),
        ("二〇二一", "2021", "1", 4),
        ("零点五", "0.5", "1", 3),
    ],
    ids=range(23),
)
def test_reads(text: str, digits: str, scale: str, length: int) -> None:
    reading = parse(text)
    assert reading is not None
    assert (reading.digits, reading.scale, reading.length) == (digits, Decimal(scale), length)


@pytest.mark.parametrize("text", ["", "三十二百", "十九六", "点五", "三点", "人", "1.2.3", "一" * 100], ids=range(8))
def test_reads_nothing(text: str) -> None:
    assert parse(text) is None


@given(st.one_of(st.integers(0, 10**6), st.integers(0, 10**16 - 1)))
def test_agrees_with_cn2an(number: int) -> None:
    words = cn2an.an2cn(str(number))
    reading = parse(words)
    assert reading is not None and reading.value == number


@given(st.decimals(min_value=0, max_value=10**9, places=3), st.sampled_from(["", "万", "亿", "千", "百万", "万亿"]))
def test_digits_keep_every_printed_place(number: Decimal, scale: str) -> None:
    reading = parse(f"{number:f}{scale}")
    assert reading is not None
    assert reading.digits == f"{number:f}"
    assert reading.value == number * {"": 1, "万": 10**4, "亿": 10**8, "千": 10**3, "百万": 10**6, "万亿": 10**12}[scale]


@given(st.text(alphabet="零〇一二两三九十百千万亿点1.,，壹拾廿", max_size=20))
def test_any_run_is_survived(text: str) -> None:
    reading = parse(text)
    if reading is not None:
        assert reading.value == Decimal(reading.digits) * reading.scale >= 0
        assert 0 < reading.length <= len(text)
