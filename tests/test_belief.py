"""Failures that look like errors are reported; those that look like a misreading are put up for review."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import extract
from extract.checks._belief import DOUBTED
from extract.checks._slips import variants
from extract.ingest import read_text


def verdicts(text: str, code: str) -> list[tuple[str, str]]:
    return [(check.verdict, check.note) for check in extract.check(read_text(text)).checks if check.code == code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("检查企业1284家，其中发现问题的392家，问题发现率35.03%。", "R301"),  # 30.53%, two digits swapped
        ("检查企业1284家，其中发现问题的392家，问题发现率31.4%。", "R301"),  # near
        ("检查企业1284家，其中发现问题的392家，占检查企业的52.6%。", "R301"),  # far, but the words say of what
        ("本月受理2648件，其中来信1837件、来访621件、来电154件。", "S203"),
    ],
)
def test_what_looks_like_an_error_is_reported(text: str, code: str) -> None:
    assert [verdict for verdict, _ in verdicts(text, code)] == ["fail"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("检查企业1284家，其中发现问题的392家，问题发现率72.4%。", "R301"),
        ("争取资金32.4亿元，其中省级资金4.15亿元、市级资金3.62亿元、县级资金61.2亿元。", "S201"),
    ],
)
def test_what_looks_like_a_misreading_is_reviewed(text: str, code: str) -> None:
    assert verdicts(text, code) == [("review", DOUBTED)]


def severities(text: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in extract.check(read_text(text)).findings]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("检查企业1284家，其中发现问题的392家，问题发现率35.03%。", "R301"),  # a slip, in one breath
        ("全年启动应急响应29次（防汛14次、防台10次、抗旱3次）。", "S201"),  # a slip that leaves it near
        ("检查企业846家次，其中存在问题的1173家次。", "S202"),
    ],
)
def test_two_signs_make_an_error(text: str, code: str) -> None:
    assert severities(text) == [(code, "error")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("全年检查企业2846家次。立案查处164件，占检查家次的13.98%。", "R301"),  # the words say of what, but it is far off
        ("全年启动应急响应9次（防汛4次、防台3次），转移群众及时有序。", "S201"),  # one slip, but far off
        ("全年检查单位1863家次，月均155家次；夏季专项检查期间，检查单位3150家次。", "S202"),  # other figures stand between
    ],
)
def test_one_sign_makes_a_warning(text: str, code: str) -> None:
    assert severities(text) == [(code, "warning")]


def test_what_another_relation_backs_is_an_error() -> None:
    """The number that is far off breaks two relations at once."""
    text = "全年立案2764件，其中上半年1302件、下半年14620件。下半年立案14620件，占全年的52.9%。"
    assert ("S201", "error") in severities(text)


@given(st.integers(1000, 9999), st.integers(1000, 9999), st.data())
def test_a_slip_in_a_long_number_is_an_error(first: int, second: int, data: st.DataObject) -> None:
    total = str(first + second)
    slipped = data.draw(st.sampled_from([v for v in variants(total) if v == int(v) and v != int(total) and len(str(int(v))) == len(total)]))
    assume(int(slipped) != first + second)
    found = verdicts(f"全年收到来信{first}件、来电{second}件，合计{int(slipped)}件。", "S201")
    assert found and {verdict for verdict, _ in found} == {"fail"}
