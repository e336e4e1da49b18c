"""Numerals of a text: the cases of each pattern, and laws that hold for any text."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract import ingest
from extract import quantify as quantifying
from extract.knowledge import Pattern, Window, discover
from extract.quantify import quantify, quantify_text
from extract.types import Quantified, Quantity, Span
from tests.work import calls

CASES = Path(__file__).parent / "cases" / "quantify"
_CASE = re.compile(r"^# (?P<title>.+?)\n\n(?P<why>.+?)\n\n```zh\n(?P<text>.*?)\n```\n\n```numerals\n(?P<expected>.*?)```$", re.MULTILINE | re.DOTALL)


def _plain(number: Decimal | None) -> str:
    return "?" if number is None else f"{number.normalize():f}"


def _line(text: str, quantity: Quantity) -> str:
    value = f"{_plain(quantity.low)}..{_plain(quantity.high)}" if quantity.bound == "range" else _plain(quantity.value)
    return " | ".join((quantity.span.of(text), value, quantity.unit, quantity.bound))


def _written(text: str) -> str:
    """The numerals of a case as its expected block writes them: quantities by value, unit, bound; the others by reason."""
    found = quantify_text(text)
    lines = [(quantity.span, _line(text, quantity)) for quantity in found.quantities]
    lines += [(other.span, f"{other.span.of(text)} | – {other.reason}") for other in found.others]
    return "".join(line.replace("\n", "⏎") + "\n" for _, line in sorted(lines))


def _cases() -> list[object]:
    found: list[object] = []
    for path in sorted(CASES.glob("*.md")):
        for number, case in enumerate(_CASE.finditer(path.read_text(encoding="utf-8"))):
            found.append(pytest.param(path, case, id=f"{path.stem}-{number}"))
    return found


@pytest.mark.parametrize(("path", "case"), _cases())
def test_case(path: Path, case: re.Match[str], request: pytest.FixtureRequest) -> None:
    written = _written(case["text"])
    if request.config.getoption("--update-cases"):
        old = path.read_text(encoding="utf-8")
        path.write_text(old.replace(case[0], case[0].replace(f"```numerals\n{case['expected']}```", f"```numerals\n{written}```")), encoding="utf-8")
        return
    assert written == case["expected"], case["why"]


PATTERNS = cast("tuple[Pattern, ...]", discover("extract.patterns", "PATTERN"))


@pytest.mark.parametrize("pattern", [each for each in PATTERNS if each.needs], ids=lambda pattern: pattern.name)
def test_a_pattern_matches_nothing_without_what_it_needs(pattern: Pattern) -> None:
    regex = re.compile(pattern.regex, re.VERBOSE | re.DOTALL)
    lines = {line for path in CASES.glob("*.md") for line in path.read_text(encoding="utf-8").splitlines()}
    matched = {line for line in lines if any(char in pattern.starts and regex.match(line, at) for at, char in enumerate(line))}
    assert matched
    assert not {line for line in matched if not set(line) & set(pattern.needs)}


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_each_pattern_has_a_case_that_it_takes_and_one_that_it_leaves(pattern: Pattern) -> None:
    cases = list(_CASE.finditer((CASES / f"{pattern.name}.md").read_text(encoding="utf-8")))
    assert any(case["title"].startswith("Left alone") for case in cases)
    taken = [
        found
        for case in cases
        if not case["title"].startswith("Left alone")
        for found in quantify_text(case["text"]).quantities
        if found.pattern == pattern.name
    ]
    reasons = {other.reason for case in cases for other in quantify_text(case["text"]).others}
    aliases = {"clock": "clock_time"}
    assert taken or aliases.get(pattern.name, pattern.name) in reasons


_NUMERIC = st.text(
    alphabet="0123456789０９.,，．-—~至到%％‰/／:：·+*×()（）〔〕“”《》≥》>约近超不第"
    "万亿千百十一二两三五九半几数若干成折倍个家人次元年月日时分点号条页余多以上内之和、。\n\t abkmGT①Ⅳ℃",
    max_size=60,
)
ANY = st.one_of(_NUMERIC, st.text(max_size=60))


def _spans(found: Quantified) -> list[Span]:
    return sorted([quantity.span for quantity in found.quantities] + [other.span for other in found.others])


@settings(max_examples=400, deadline=None)
@given(ANY)
@example("第")
@example("0" * 300)
@example("半个")
@example("百分之百分之百")
def test_any_text_is_survived_and_every_digit_accounted_for(text: str) -> None:
    found = quantify_text(text)
    spans = _spans(found)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert list(found.quantities) == sorted(found.quantities, key=lambda each: each.span)
    assert list(found.others) == sorted(found.others, key=lambda each: each.span)
    covered = spans + [quantity.extent for quantity in found.quantities]
    for at, char in enumerate(text):
        if char in "0123456789０９①Ⅳ":
            assert any(span.start <= at < span.end for span in covered), (text, at)
    for quantity in found.quantities:
        assert quantity.extent.contains(quantity.span)


@settings(deadline=None)
@given(ANY, st.sampled_from(["前言。\n", "无关的话，没有数字。\n\n", "全区推进整治工作。\n"]))
def test_text_put_in_front_only_shifts_the_spans(text: str, front: str) -> None:
    alone, behind = quantify_text("\n" + text), quantify_text(front + "\n" + text)
    shift = len(front)
    assert [(q.span.start + shift, q.value, q.unit, q.bound) for q in alone.quantities] == [
        (q.span.start, q.value, q.unit, q.bound) for q in behind.quantities
    ]
    assert [(o.span.start + shift, o.reason) for o in alone.others] == [(o.span.start, o.reason) for o in behind.others]


@given(
    st.decimals(min_value=0, max_value=99999, places=2), st.sampled_from(["", "万", "亿", "千万"]), st.sampled_from(["元", "人", "%", "公里", "家次"])
)
def test_a_value_is_its_digits_times_its_scale_and_lies_in_its_interval(number: Decimal, scale: str, unit: str) -> None:
    (found,) = quantify_text(f"合计{number}{scale}{unit}。").quantities
    assert found.value == Decimal(found.digits) * found.scale
    assert found.value == number * {"": 1, "万": 10**4, "亿": 10**8, "千万": 10**7}[scale]
    assert found.unit == unit
    assert found.interval.low is not None and found.interval.high is not None
    assert found.interval.low <= found.value <= found.interval.high


@pytest.mark.parametrize(
    "text",
    [
        "1万" * 100_000,
        "一" * 10**6,
        "1," * 10**6,
        "1." * 10**6,
        "(" * 10**6,
        "半" * 10**6,
        "“" * 10**5,
        "1-" * 100_000,
        "第" * 10**6,
        "A1" * 10**5,
        "》" * 10**6,
    ],
    ids=["scales", "ones", "commas", "points", "brackets", "halves", "quotes", "dashes", "ordinals", "codes", "titles"],
)
def test_hostile_text_is_little_work(text: str) -> None:
    found: list[Quantified] = []
    assert calls(lambda: found.append(quantify_text(text))) < 40 * len(text)
    assert all(0 <= numeral.span.start < numeral.span.end <= len(text) for numeral in found[0].others)


@pytest.mark.parametrize(
    "unit", ["1万人，", "约3至5家、", "“一", "2021年", "1 -", "百分之三", "数十", "5元6角", "半年", "1:2", "第一"], ids=range(11)
)
def test_cost_grows_with_the_text(unit: str) -> None:
    quantify_text(unit * 10)
    small = calls(lambda: quantify_text(unit * 1_000))
    assert calls(lambda: quantify_text(unit * 8_000)) < 10 * small + 1_000


def test_blocks_give_context() -> None:
    document = ingest.read_text("序号\t年度\t检查次数\n1\t2020\t12\n2\t2021\t2015\n\n全年检查2027次。\n")
    found = quantify(document)
    assert [quantity.span.of(document.text) for quantity in found.quantities] == ["12", "2015", "2027"]
    assert [other.reason for other in found.others] == ["list_number", "year", "list_number", "year"]


def test_the_name_of_a_row_of_figures_counts_nothing() -> None:
    """60岁及以上 and 三类 are what the row is called; 不少于3次 beside no figure is a goal."""
    rows = "| 项目 | 数量 |\n| --- | --- |\n| 60岁及以上人口 | 8650 |\n| 单价100万元以上设备 | 12 |\n| 属于三类内部事务信息 | 5 |\n"
    found = quantify(ingest.read_text(rows))
    assert [each.digits for each in found.quantities] == ["8650", "12", "5"]
    assert {each.reason for each in found.others} == {"name"}
    goals = quantify(ingest.read_text("| 任务 | 情况 |\n| --- | --- |\n| 举办培训不少于3次 | 已完成 |\n| 巡查不少于12次 | 已完成 |\n"))
    assert [each.digits for each in goals.quantities] == ["3", "12"]


def test_the_bare_number_of_a_heading_is_none() -> None:
    """## 6 问题与展望: a space and no mark; what counts something stays an amount."""
    document = ingest.read_text("# 年报\n\n## 1 项目概况\n\n全年检查2027次。\n\n## 3 家企业整改情况\n\n## 6 问题与展望\n\n共6项。\n", suffix=".md")
    found = quantify(document)
    assert [quantity.span.of(document.text) for quantity in found.quantities] == ["2027", "3", "6"]
    assert [(other.span.of(document.text), other.reason) for other in found.others] == [("1", "section_number"), ("6", "section_number")]


def test_a_numeral_does_not_run_from_one_cell_into_the_next() -> None:
    document = ingest.read_text("地区\t起数\t人数\n东区\t12\t万人\n西区\t3\t5\n")
    assert [quantity.unit for quantity in quantify(document).quantities] == ["", "", ""]


@given(st.sampled_from(("", "第1行\t", "表\n", "2024年 ", "共|", "约　")), st.from_regex(quantifying._PLAIN, fullmatch=True))
@example("", "2024")
@example("年份\t", "2024.05")
@example("序号\n", "007")
def test_a_number_that_is_all_of_a_cell_is_what_the_patterns_read(lead: str, number: str) -> None:
    window = Window(text=f"{lead}{number}\t5", start=len(lead), end=len(lead) + len(number), kind="cell")
    assert [quantifying._plain(window)] == list(quantifying._scan(window))
