"""Checks that read rules: scoring rules executed, grades by their bands, rules on trial, and what hangs on a number."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extract
from extract import ingest
from extract.checks._prices import per_unit
from extract.checks._prose import streams
from extract.checks._scoring_rules import scoring_rule
from extract.checks.grade import _bands, grade
from extract.cli import main
from extract.relations import context_of
from extract.types import Finding
from tests.stating import stated

D = Decimal

TRIAL = "一、总体情况\n全年发放宣传资料13460份。\n二、宣传教育\n全年发放宣传资料13460册，受到欢迎。\n"


def findings(text: str) -> tuple[Finding, ...]:
    return extract.check(ingest.read_text(text)).findings


# --- scoring rules ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "value", "low", "high"),
    [
        ("95%以上满分，每降低1%扣1分，扣完为止", "95", "10", "10"),
        ("95%以上满分，每降低1%扣1分，扣完为止", "92", "7", "7"),
        ("95%以上满分，每降低1%扣1分，扣完为止", "92.4", "7", "8"),
        ("95%以上满分，每降低1%扣1分，扣完为止", "60", "0", "0"),
        ("≥95%，得8分；每低于目标值1%扣0.5分", "94", "7.5", "7.5"),
        ("办结率=100%，计满分；每降低1%扣0.5分，低于80%不得分", "79", "0", "0"),
        ("控制在30件以内得满分，每超过1件扣2分", "33", "4", "4"),
        ("≥28次得满分，每少1次扣1分", "26", "8", "8"),
        ("95%以上得10分，90%-95%得8分，90%以下不得分", "95", "8", "10"),
        ("95%以上得10分，90%-95%得8分，90%以下不得分", "89.9", "0", "0"),
        ("得分=预算执行率×分值", "95.15", "9.515", "9.515"),
        ("按照实际完成比例得分", "120", "10", "10"),
    ],
)
def test_rules_are_executed(words: str, value: str, low: str, high: str) -> None:
    rule = scoring_rule(words)
    assert rule is not None
    earned = rule.earned(D(value), D(10))
    assert earned is not None
    assert (earned.low, earned.high) == (D(low), D(high))


@pytest.mark.parametrize(
    "words",
    [
        "完成得满分，未完成不得分",
        "预算执行率满分10分，实际执行率92%，得8分",
        "95%以上满分，每降低1%扣1分；每超期1天扣1分",
        "发现一处扣1分，扣完为止",
        "达到95%以上满分，每超过1%扣1分",
    ],
)
def test_what_is_no_single_rule_is_left_alone(words: str) -> None:
    rule = scoring_rule(words)
    assert rule is None or rule.less


def test_a_target_may_be_the_mark() -> None:
    rule = scoring_rule("达到目标值得满分，每减少1个百分点扣1分")
    assert rule is not None
    assert rule.earned(D(90), D(10)) is None
    earned = rule.earned(D(90), D(10), D(93))
    assert earned is not None
    assert earned.low == earned.high == 7


@given(mark=st.integers(50, 100), off=st.sampled_from(["0.1", "0.5", "1", "2"]), first=st.integers(0, 1000), second=st.integers(0, 1000))
def test_more_never_earns_less(mark: int, off: str, first: int, second: int) -> None:
    rule = scoring_rule(f"{mark}%以上满分，每降低1%扣{off}分，扣完为止")
    assert rule is not None
    low, high = sorted((D(first) / 10, D(second) / 10))
    less, more = rule.earned(low, D(10)), rule.earned(high, D(10))
    assert less is not None
    assert more is not None
    assert less.low is not None
    assert more.low is not None
    assert more.high is not None
    assert 0 <= less.low <= more.low <= more.high <= 10


# --- grades -----------------------------------------------------------------------------------------------------------

BANDS = [
    "90分（含）以上为优，80分（含）至90分为良，60分（含）至80分为中，60分以下为差。",
    "优（90分及以上）、良（80（含）-90分）、中（60（含）-80分）、差（60分以下）。",
    "S≥90分为优秀，80≤S＜90为良好，60≤S＜80为中等，S<60为差。",
    "得分 90 (含) —100 分为优、80(含) -90 分为良、60（含）～80分为中、60分以下为差。",
]


@pytest.mark.parametrize("words", BANDS)
@pytest.mark.parametrize(("score", "wanted"), [("96.5", "优"), ("90", "优"), ("89.98", "良"), ("80", "良"), ("79.9", "中"), ("12", "差")])
def test_bands_in_all_their_forms(words: str, score: str, wanted: str) -> None:
    assert grade(tuple(_bands(words)), D(score)) == wanted


def test_an_edge_that_the_words_leave_open_allows_both() -> None:
    bands = tuple(_bands("80分至90分为良，60分至80分为中，60分以下为差。"))
    assert grade(bands, D(80)) == "良、中"
    assert grade(bands, D(95)) == ""


# --- amounts per unit -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "per", "mean"),
    [
        ("平均每期⟦120人次|培训⟧。", "期", True),
        ("件均⟦2.36万元|罚款⟧。", "件", True),
        ("每户补助⟦5万元|补助⟧。", "户", False),
        ("单价⟦350元|单价⟧。", "", False),
        ("补助标准⟦150元/人|补助标准⟧。", "人", False),
    ],
)
def test_what_is_said_per_unit(text: str, per: str, mean: bool) -> None:
    [stream] = streams(context_of(*stated(text)))
    found = per_unit(stream.places[0])
    assert found is not None
    assert (found.per, found.mean) == (per, mean)


@pytest.mark.parametrize(
    "text", ["每人每天补助⟦50元|补助⟧。", "共⟦50元|补助⟧。", "人均每月补助⟦600元|补助⟧。", "每千人口床位⟦6.2张|床位⟧。", "每人占⟦12%|占比⟧。"]
)
def test_what_is_per_time_or_no_unit_is_not(text: str) -> None:
    [stream] = streams(context_of(*stated(text)))
    assert per_unit(stream.places[0]) is None or per_unit(stream.places[0]).per in ("月", "天")  # type: ignore[union-attr]


# --- rules on trial ---------------------------------------------------------------------------------------------------


def test_a_rule_on_trial_is_shown_and_leaves_the_exit_code_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [finding] = findings(TRIAL)
    assert (finding.code, finding.severity, finding.preview) == ("U603", "info", True)
    report = tmp_path / "report.txt"
    report.write_text(TRIAL, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["heshu", "check", str(report), "--strict", "--lang", "en"])
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == 0
    shown = capsys.readouterr().out
    assert "info[U603]" in shown
    assert "preview" in shown


def test_a_rule_on_trial_takes_no_part_in_the_causes_of_the_others() -> None:
    conflict = "三、结论\n全年培训基层干部1346人次。\n四、培训\n全年培训基层干部1364人次。\n"
    alone = [finding for finding in findings(conflict) if not finding.preview]
    beside = [finding for finding in findings(TRIAL + conflict) if not finding.preview]
    assert [(f.code, f.arithmetic) for f in alone] == [(f.code, f.arithmetic) for f in beside] != []


# --- what hangs on a number -------------------------------------------------------------------------------------------

BANDED = "评价等级划分为：90分以上为优，80分至90分为良，80分以下为差。\n经评价，综合得分为{score}分，评价等级为“优”。\n"
TABLE = "表2 自评表\n一级指标\t分值\t得分\n投入\t30\t{first}\n产出\t40\t36\n效益\t30\t28\n综合得分\t100\t{score}\n"


@pytest.mark.parametrize(("first", "score", "hangs"), [("25", "91", True), ("29", "98", False)])
def test_a_corrected_total_may_change_the_grade(first: str, score: str, hangs: bool) -> None:
    """25 + 36 + 28 = 89 is a good, not an excellent; 29 + 36 + 28 = 93 is still excellent."""
    text = BANDED.format(score=score) + "\n" + TABLE.format(first=first, score=score)
    [finding] = [finding for finding in findings(text) if finding.code == "C501"]
    assert finding.decision is hangs


def test_a_broken_claim_is_a_decision_and_a_broken_sum_is_none() -> None:
    claim = "表3 目标完成表\n指标\t年度目标值\t实际完成值\t是否完成\n编织袋\t≥50000条\t46000条\t是\n"
    assert [(f.code, f.decision) for f in findings(claim)] == [("T401", True)]
    total = "全年共检查企业120家，按类型分，化工企业70家、机械企业60家。"
    assert [(f.code, f.decision) for f in findings(total)] == [("S201", False)]
