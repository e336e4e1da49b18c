"""Units: each spelling is found where it stands behind a number, clashes name both lines, declared units are applied."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import units
from extract.errors import KnowledgeError
from extract.quantify import quantify_text
from extract.types import Interval, Quantity

SPELLINGS = sorted(units.units())
# spellings that say something else behind a lone number: dates, clock times, labels
ELSEWHERE = {"月", "日", "点", "號", "點"}


@pytest.mark.parametrize("spelling", SPELLINGS, ids=[f"u{index}" for index in range(len(SPELLINGS))])
def test_each_spelling_is_read_behind_a_number(spelling: str) -> None:
    found = quantify_text(f"合计达到37.5{spelling}。").quantities
    if spelling in ELSEWHERE:
        return
    written, factor = units.written_as(spelling)
    assert [(each.unit, each.value) for each in found] == [(written, Decimal("37.5") * factor)]
    assert found[0].dimension == units.units()[spelling].dimension


def test_a_word_that_goes_on_is_no_unit() -> None:
    for text in ("3部门", "5年度", "2个体", "7次数", "4分公司"):
        assert [each.unit for each in quantify_text(text).quantities] == [""]


def test_a_spelling_twice_names_both_lines() -> None:
    text = '[count]\n"人次" = { aliases = ["人"] }\n\n[length]\n"米" = { factor = "1" }\n"人" = { factor = "2" }\n'
    with pytest.raises(KnowledgeError) as caught:
        units.load(text, "units.toml")
    assert str(caught.value) == 'units.toml:6: alias "人" is already used by "人次" on line 2'


@pytest.mark.parametrize(
    ("text", "message"),
    [('[count]\n"人" = { alias = ["名"] }\n', 'units.toml:2: "人" has an unknown key "alias"'), ("[count\n", "units.toml: ")],
    ids=["key", "syntax"],
)
def test_a_file_that_does_not_hold_together_never_loads(text: str, message: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        units.load(text, "units.toml")
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        ("1.5", "公里", "米", "1500"),
        ("2", "平方公里", "公顷", "200"),
        ("15", "亩", "公顷", "1"),
        ("3", "斤", "公斤", "1.5"),
        ("2", "年", "个月", "24"),
        ("90", "分钟", "小时", "1.5"),
        ("0.9", "‰", "%", "0.09"),
        ("7.2", "元/平方米", "元/平方米", "7.2"),
        ("36", "公里/小时", "米/秒", "10"),
    ],
    ids=range(9),
)
def test_converts(value: str, source: str, target: str, expected: str) -> None:
    assert abs(units.convert(Decimal(value), source, target) - Decimal(expected)) < Decimal("1E-20")


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("人", "名", True),
        ("家", "家次", False),
        ("米", "公顷", False),
        ("%", "个百分点", False),
        ("美元", "元", False),
        ("嗯", "嗯", True),
        ("嗯", "家", False),
    ],
    ids=range(7),
)
def test_compatible(a: str, b: str, *, alike: bool) -> None:
    assert units.compatible(a, b) is units.compatible(b, a) is alike
    if not alike:
        with pytest.raises(ValueError, match="cannot be converted"):
            units.convert(Decimal(1), a, b)


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [("元", "money"), ("家次", "count"), ("％", "ratio"), ("元/人·年", "money/count·calendar"), ("万元", ""), ("", "")],
    ids=range(6),
)
def test_dimension(spelling: str, expected: str) -> None:
    assert units.dimension(spelling) == expected


def _bare(text: str) -> Quantity:
    (found,) = quantify_text(text).quantities
    assert found.unit == ""
    return found


@pytest.mark.parametrize(
    ("cell", "declared", "value", "unit", "interval"),
    [
        ("2222.37", "万元", "22223700", "元", ("22223650", "22223750")),
        ("12", "人", "12", "人", ("12", "12")),
        ("97.5", "%", "97.5", "%", ("97.45", "97.55")),
        ("3.1", "万人", "31000", "人", ("30500", "31500")),
        ("5", "千公顷", "5000", "公顷", ("4500", "5500")),
        ("2.5", "万千瓦", "25000", "千瓦", ("24500", "25500")),
        ("-4.50", "（亿元）", "-450000000", "元", ("-450500000", "-449500000")),
        ("8", "元/人、天", "8", "元/人·天", ("7.5", "8.5")),
        ("8", "", "8", "", ("7.5", "8.5")),
    ],
    ids=range(9),
)
def test_a_declared_unit_is_applied(cell: str, declared: str, value: str, unit: str, interval: tuple[str, str]) -> None:
    found = units.with_unit(_bare(cell), declared)
    assert (found.value, found.unit) == (Decimal(value), unit)
    assert found.interval == Interval(low=Decimal(interval[0]), high=Decimal(interval[1]))
    assert found.value == Decimal(found.digits) * found.scale * (-1 if cell.startswith("-") else 1)


def test_a_declared_unit_leaves_a_stated_one_and_reaches_ranges() -> None:
    (stated,) = quantify_text("3.5%").quantities
    assert units.with_unit(stated, "万元") is stated
    (between,) = quantify_text("30-50").quantities
    between = units.with_unit(between, "万元")
    assert (between.low, between.high) == (Decimal(300000), Decimal(500000))
    assert between.interval == Interval(low=Decimal(300000), high=Decimal(500000))


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=10**6, places=2), st.sampled_from(["近", "约", "超", "不少于", "不超过", ""]))
def test_negated_twice_is_the_same(number: Decimal, bound: str) -> None:
    (found,) = quantify_text(f"下降{bound}{number}%").quantities
    once = units.negated(found)
    assert once.value == -number and once.bound == found.bound
    assert (once.interval.low, once.interval.high) == tuple(None if end is None else -end for end in (found.interval.high, found.interval.low))
    assert units.negated(once) == found
