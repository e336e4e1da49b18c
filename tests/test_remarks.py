"""What is said of the text itself: lists, years, dates, residues, names, cuts. Cases in ``cases/remarks``, one file a code.

A case runs its own rule only, so that it holds whether the rule is on trial or not. Its findings are sorted.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extract
from extract import ingest
from extract.check import check_rules
from tests.work import calls

CASES = Path(__file__).parent / "cases" / "remarks"
CODES = [path.stem for path in sorted(CASES.glob("*.md"))]
_CASE = re.compile(r"^# (?P<title>.+?)\n(?P<why>.*?)```zh\n(?P<zh>.*?)\n```\n\n```findings\n(?P<findings>.*?)```$", re.MULTILINE | re.DOTALL)


def remarks(text: str, *codes: str) -> list[str]:
    found = extract.check(ingest.read_text(text), select=codes).findings
    return sorted(f"{finding.code} | {finding.message}" for finding in found)


def cases(code: str) -> list[re.Match[str]]:
    return list(_CASE.finditer((CASES / f"{code}.md").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("code", "text", "wanted"),
    [
        pytest.param(code, case["zh"], sorted(case["findings"].split("\n")[:-1]), id=f"{code}-{n}")
        for code in CODES
        for n, case in enumerate(cases(code), 1)
    ],
)
def test_cases(code: str, text: str, wanted: list[str]) -> None:
    assert remarks(text, code) == wanted


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_both_sides(code: str) -> None:
    assert {bool(case["findings"].strip()) for case in cases(code)} == {True, False}
    assert all(case["title"].startswith("Left alone") is not bool(case["findings"].strip()) for case in cases(code))


def test_a_rule_on_request_runs_only_by_its_full_code() -> None:
    text = cases("D103")[0]["zh"]
    assert not any(remark.startswith("D103") for remark in remarks(text))
    assert not any(remark.startswith("D103") for remark in remarks(text, "D"))
    assert all(rule.on_request is (rule.code == "D103") for rule in check_rules())


def test_a_failing_sum_whose_parts_were_cut_is_not_assessable() -> None:
    whole = "指标\t完成情况\n事故\t全年共发生事故22起，按行业分，建筑事故6起、交通事故14起、其他事故1起。\n"
    cut = whole.replace("、其他事故1起。", "、其他事故1起，其中")
    assert [finding.code for finding in extract.check(ingest.read_text(whole)).findings if finding.severity == "error"] == ["S201"]
    report = extract.check(ingest.read_text(cut))
    assert [finding for finding in report.findings if finding.severity == "error"] == []
    assert [(check.verdict, check.note) for check in report.checks if check.code == "S201"] == [("not_assessable", "所涉文字疑似被截断")]


_WORDS = st.text(alphabet="一二三四、是（）。，；：\n\t多少XX××年月日2023至－_*…?共计万元待补充同比其中法则公司海因里希〔", max_size=80)


@settings(deadline=None, max_examples=150)
@given(_WORDS)
def test_any_text_is_survived(text: str) -> None:
    remarks("检查。" + text, *CODES)


@pytest.mark.parametrize(
    "unit",
    ["一是做好。二是。", "（二）工作。\n", "_", "共计多少", "XX年X月", "8月17日至14日，", "海因里希法则", "有限公司", "同比，", "2023年", "…", "?"],
    ids=range(12),
)
def test_cost_grows_with_the_text(unit: str) -> None:
    """Twice the text is about twice the work of the rules; the stages before them are measured elsewhere."""
    from extract.relations import context_of

    def work(times: int) -> int:
        context = context_of(ingest.read_text("检查。\n" + unit * times), (), ())
        finders = [rule.find for rule in check_rules() if rule.code in CODES]
        return calls(lambda: [list(find(context)) for find in finders])

    work(10)
    small = work(200)
    assert work(1600) < 12 * small + 2_000


def test_a_list_at_the_cut_end_of_a_text_is_not_counted() -> None:
    finished = "全年认真落实各项责任，安全生产形势总体平稳。\n"
    whole = f"一、工作情况\n{finished}{finished}二、存在问题\n工作主要存在三个方面的问题：一是责任落实不到位；二是专业能力不足。\n"
    assert "E551" in {check.code for check in extract.check(ingest.read_text(whole)).checks if check.verdict == "fail"}
    cut = extract.check(ingest.read_text(whole.removesuffix("不足。\n")))
    assert [check.verdict for check in cut.checks if check.code == "E551"] == ["not_assessable"]
    alone = extract.check("全年检查企业120家，按类型分，化工企业70家、机械企业60家")
    assert [finding.code for finding in alone.findings] == ["S201"], "a text of one sentence may lack its mark"
