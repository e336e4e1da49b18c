"""Documents held against each other: which belong together, what they state of one quantity, and what is left alone."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from extract import ingest, report
from extract.compare import body, compare, matter
from extract.errors import ConfigurationError
from extract.pipeline import analyse
from extract.types import Comparison, Report
from extract.writers import View
from tests.test_cli import heshu
from tests.work import calls

NARRATIVE = """青石县应急管理局2022年度部门整体支出绩效自评报告
一、基本情况
2022年年初预算1,126.77万元，全年支出1,012.30万元，预算执行率89.84%。
年初结转和结余20.15万元，年末结转和结余12.40万元。
二、绩效目标完成情况
全年检查生产经营单位1,286家次，组织开展应急演练48场次，培训应急管理人员1,346人次。
全年发生生产安全事故22起、死亡9人，事故起数同比下降26.7%，死亡人数同比减少3人。
"""
FORM = """2022年度部门整体支出绩效自评表
单位名称：青石县应急管理局
一级指标	三级指标	年度指标值	实际完成值	分值	得分
产出指标	检查生产经营单位家次	≥1200家次	1286家次	10	10
产出指标	应急演练场次	≥40场次	48场次	10	10
产出指标	培训应急管理人员	≥1300人次	1346人次	10	10
"""
LAST_YEAR = """青石县应急管理局2021年度部门整体支出绩效自评报告
一、基本情况
年初结转和结余35.00万元，年末结转和结余20.15万元。
二、绩效目标完成情况
全年检查生产经营单位1,150家次，组织开展应急演练40场次，培训应急管理人员1,200人次。
全年发生生产安全事故30起、死亡12人。
"""
BUDGET = """青石县应急管理局2022年部门预算公开说明
一、一般公共预算支出情况
2022年一般公共预算财政拨款支出预算980.50万元，比上年增加20.00万元。
表1 “三公”经费预算表
单位：万元
项目	上年预算数	本年预算数
公务接待费	4.10	3.80
公务用车运行维护费	22.00	21.50
"""
SETTLEMENT = """青石县应急管理局2022年度部门决算公开说明
一、一般公共预算财政拨款支出决算情况
2022年度一般公共预算财政拨款支出年初预算为980.50万元，支出决算为912.30万元，完成年初预算的93.04%。
表1 “三公”经费支出决算表
单位：万元
项目	年初预算数	决算数	上年决算数
公务接待费	3.80	3.20	3.65
公务用车运行维护费	21.50	20.10	21.00
"""
SETTLEMENT_BEFORE = """青石县应急管理局2021年度部门决算公开说明
表1 “三公”经费支出决算表
单位：万元
项目	年初预算数	决算数
公务接待费	4.10	3.65
公务用车运行维护费	22.00	21.00
"""


def read(text: str, name: str = "text") -> Report:
    return analyse(ingest.read_text(text, name=name))


def compared(*texts: str, together: bool = False) -> Comparison:
    return compare([read(text, f"文件{n}") for n, text in enumerate(texts, 1)], together=together)


def found(*texts: str) -> list[tuple[str, list[str]]]:
    """Code and figures, as printed, of each finding."""
    comparison = compared(*texts)
    return [(finding.code, [printed(comparison, identity) for identity in finding.facts]) for finding in comparison.findings]


def printed(comparison: Comparison, identity: str) -> str:
    number, fact = comparison.fact(identity)
    return fact.quantity.extent.of(comparison.reports[number].document.text)


def verdicts(*texts: str) -> set[tuple[str, str]]:
    return {(check.code, check.verdict) for check in compared(*texts).checks}


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


# --- form and narrative -----------------------------------------------------------------------------------------------


def test_a_form_and_its_report_that_agree_are_left_alone() -> None:
    comparison = compared(FORM, NARRATIVE)
    assert comparison.findings == ()
    agreeing = {printed(comparison, i) for check in comparison.checks if check.verdict == "pass" for i in check.facts}
    assert {"1286家次", "1,286家次", "48场次", "1346人次", "1,346人次"} <= agreeing


@pytest.mark.parametrize(("old", "new"), [("1286家次", "1268家次"), ("48场次", "52场次"), ("1346人次", "1446人次")])
def test_a_form_that_states_another_figure_than_its_report(old: str, new: str) -> None:
    report_says = {"1286家次": "1,286家次", "48场次": "48场次", "1346人次": "1,346人次"}[old]
    assert found(changed(FORM, old, new), NARRATIVE) == [("D101", [new, report_says])]


def test_a_figure_in_the_wrong_unit_is_a_slip_of_scale() -> None:
    first = changed(NARRATIVE, "全年检查", "全年政府采购支出总额2846.15万元，检查")
    second = FORM + "说明\n全年政府采购支出总额2846.15元。\n"
    assert found(first, second) == [("U601", ["2846.15万元", "2846.15元"])]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("培训应急管理人员1,346人次", "培训应急管理人员1300余人次"),
        ("培训应急管理人员1,346人次", "培训应急管理人员0.13万人次"),
        ("检查生产经营单位1,286家次", "检查生产经营单位近1300家次"),
        ("检查生产经营单位1,286家次", "检查生产经营单位超过1200家次"),
        ("检查生产经营单位1,286家次", "上半年检查生产经营单位680家次"),
        ("检查生产经营单位1,286家次", "对甲镇检查生产经营单位680家次"),
        ("检查生产经营单位1,286家次", "检查危险化学品生产经营单位168家次"),
        ("检查生产经营单位1,286家次", "计划检查生产经营单位1200家次"),
        ("检查生产经营单位1,286家次", "检查生产经营单位1,286户"),
    ],
)
def test_what_is_rounded_or_of_something_else_is_no_conflict(old: str, new: str) -> None:
    assert found(FORM, changed(NARRATIVE, old, new)) == []


def test_a_scope_that_one_side_does_not_name_is_for_review() -> None:
    first = changed(NARRATIVE, "全年检查", "我局核定编制31名。全年检查")
    second = FORM + "说明\n我局及下属单位核定编制41名。\n"
    assert found(first, second) == []
    assert ("D102", "review") in verdicts(first, second)
    assert ("D101", "pass") in verdicts(first, second.replace("及下属单位", "").replace("41名", "31名"))


def test_the_body_alone_and_with_its_units_are_two_scopes() -> None:
    alone = changed(SETTLEMENT, "青石县应急管理局2022年度部门决算", "青石县应急管理局（本级）2022年度部门决算")
    whole = changed(SETTLEMENT, "3.20", "3.90")
    assert found(alone, whole) == []
    assert ("D102", "review") in verdicts(alone, whole)
    assert [code for code, _ in found(SETTLEMENT, whole)] == ["D101"]


def test_several_figures_in_one_document_are_no_error_of_the_other() -> None:
    two = changed(NARRATIVE, "组织开展应急演练48场次", "组织开展应急演练40场次，汛前又组织开展应急演练5场次")
    assert found(FORM, two) == []


def test_short_names_conflict_only_in_long_figures_one_slip_apart() -> None:
    form = changed(FORM, "检查生产经营单位家次	≥1200家次	1286家次", "培训	≥6000人次	{}人次")
    narrative = changed(NARRATIVE, "检查生产经营单位1,286家次", "培训6,480人次")
    assert found(form.format(6840), narrative) == [("D101", ["6840人次", "6,480人次"])]
    assert found(form.format(5900), narrative) == []


def test_three_documents_outvote_one_and_the_repair_says_so() -> None:
    third = changed(NARRATIVE, "自评报告", "自评工作总结")
    comparison = compared(changed(FORM, "48场次", "45场次"), NARRATIVE, third)
    (finding,) = comparison.findings
    assert finding.repair is not None
    assert (printed(comparison, finding.repair.fact), finding.repair.value) == ("45场次", Decimal(48))
    assert compared(changed(FORM, "48场次", "45场次"), NARRATIVE).findings[0].repair is None


# --- year against year ------------------------------------------------------------------------------------------------


def test_growth_that_follows_from_last_years_report_is_left_alone() -> None:
    assert found(LAST_YEAR, NARRATIVE) == []
    assert {("G351", "pass"), ("S209", "pass")} <= verdicts(LAST_YEAR, NARRATIVE)


def test_growth_implies_another_level_than_last_year_reported() -> None:
    comparison = compared(changed(LAST_YEAR, "生产安全事故30起", "生产安全事故28起"), NARRATIVE)
    (finding,) = comparison.findings
    assert finding.code == "G351"
    assert "推算上年为 30 起" in finding.message
    assert "文件1 所报为 28 起" in finding.message
    assert finding.arithmetic == "(22 − 28) ÷ 28 = −21.43% ≠ −26.7%（差 5.27 个百分点）"
    assert "was 30 起 the year before" in finding.message_en


def test_a_change_in_persons_implies_a_level_too() -> None:
    assert [code for code, _ in found(changed(LAST_YEAR, "死亡12人", "死亡11人"), NARRATIVE)] == ["G351"]


def test_growth_at_constant_prices_and_on_the_month_before_prove_nothing() -> None:
    this = "青石县人民政府2022年工作报告\n全年实现地区生产总值186.4亿元，按可比价格计算增长6.1%。\n"
    last = "青石县人民政府2021年工作报告\n全年实现地区生产总值173.8亿元。\n"
    assert found(this, last) == []
    month = changed(NARRATIVE, "事故起数同比下降26.7%", "事故起数环比下降26.7%")
    assert found(changed(LAST_YEAR, "事故30起", "事故28起"), month) == []


def test_growth_of_one_of_several_places_is_not_held_against_the_whole() -> None:
    places = changed(NARRATIVE, "全年发生生产安全事故22起、死亡9人，事故起数", "甲镇发生生产安全事故6起、乙镇发生生产安全事故3起，事故起数")
    assert found(LAST_YEAR, places) == []


def test_last_years_column_against_last_years_report() -> None:
    assert found(SETTLEMENT_BEFORE, SETTLEMENT) == []
    assert ("D101", "pass") in verdicts(SETTLEMENT_BEFORE, SETTLEMENT)
    assert found(SETTLEMENT_BEFORE, changed(SETTLEMENT, "3.65", "3.56")) == [("D101", ["3.65", "3.56"])]


def test_what_a_year_closed_with_the_next_opens_with() -> None:
    last = changed(LAST_YEAR, "年末结转和结余20.15", "年末结转和结余21.50")
    assert found(last, NARRATIVE) == [("S209", ["21.50万元", "20.15万元"])]
    told = NARRATIVE + "因会计差错更正，调整年初结转结余1.35万元。\n"
    assert found(last, told) == []
    other = changed(last, "年末结转和结余", "年末财政拨款结转和结余")
    assert found(other, NARRATIVE) == []


# --- budget and settlement --------------------------------------------------------------------------------------------


def test_a_settlement_repeats_the_opening_budget() -> None:
    assert found(BUDGET, SETTLEMENT) == []
    assert ("D101", "pass") in verdicts(BUDGET, SETTLEMENT)


@pytest.mark.parametrize(("old", "new"), [("年初预算为980.50", "年初预算为960.50"), ("	21.50	", "	22.50	")])
def test_a_settlement_that_states_another_budget(old: str, new: str) -> None:
    assert [code for code, _ in found(BUDGET, changed(SETTLEMENT, old, new))] == ["D101"]


def test_an_adjusted_budget_is_not_the_opening_one() -> None:
    assert found(BUDGET, changed(SETTLEMENT, "年初预算数", "全年预算数").replace("支出年初预算为980.50", "支出调整后预算为1012.00")) == []
    doubtful = changed(SETTLEMENT, "年初预算数", "预算数").replace("21.50", "22.50")
    assert found(BUDGET, doubtful) == []
    assert ("D102", "review") in verdicts(BUDGET, doubtful)


def test_a_budget_that_does_not_say_of_what_is_for_review() -> None:
    budget = BUDGET + "二、收支预算总体情况\n2022年支出预算1,116.77万元。\n"
    assert found(budget, NARRATIVE) == []
    assert ("D102", "review") in verdicts(budget, NARRATIVE)
    assert ("D102", "pass") in verdicts(changed(budget, "1,116.77", "1,126.77"), NARRATIVE)


def test_last_years_budget_is_not_last_years_settlement() -> None:
    assert found(SETTLEMENT_BEFORE, BUDGET) == []
    assert [code for code, _ in found(changed(SETTLEMENT_BEFORE, "	22.00	", "	23.00	"), BUDGET)] == ["D101"]


# --- which belong together --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (NARRATIVE.replace("青石县", "白石县"), "没有同一单位"),
        (NARRATIVE.replace("2022", "2019"), "没有同一单位"),
        (NARRATIVE.replace("部门整体支出", "应急物资储备项目"), "没有同一单位"),
        ("检查情况\n全年检查生产经营单位999家次。\n", "没有读到编报单位"),
        ("青石县应急管理局工作总结\n检查生产经营单位999家次。\n", "没有读到年份"),
    ],
)
def test_what_belongs_to_nothing_is_left_apart_and_named(other: str, why: str) -> None:
    comparison = compared(FORM, NARRATIVE, other.replace("1,286", "999"))
    assert [group.documents for group in comparison.groups] == [(0, 1)]
    (apart,) = comparison.apart
    assert apart.document == 2
    assert why in apart.reason
    assert comparison.findings == ()


def test_two_projects_of_one_body_are_two_matters() -> None:
    form = "2022年度项目支出绩效自评表\n单位名称：青石县应急管理局\n项目名称：{}\n全年检查生产经营单位{}家次。\n"
    apart = compared(form.format("应急物资储备项目", 1286), form.format("隐患排查治理项目", 1268))
    assert (apart.groups, len(apart.apart)) == ((), 2)
    assert [finding.code for finding in compared(form.format("应急物资储备项目", 1286), form.format("应急物资储备", 1268)).findings] == ["D101"]


def test_a_project_that_nobody_names_is_nobody_elses() -> None:
    form = "2022年度项目支出绩效自评表\n单位名称：青石县应急管理局\n全年检查生产经营单位{}家次。\n"
    assert compared(form.format(1286), form.format(1268)).groups == ()


def test_together_says_what_the_documents_do_not_say() -> None:
    texts = ("检查情况\n全年检查生产经营单位1286家次。\n", "2022年度自评\n全年检查生产经营单位1268家次。\n")
    assert compared(*texts).groups == ()
    (group,) = compared(*texts, together=True).groups
    assert group.documents == (0, 1)


def test_a_time_that_nobody_knows_is_no_conflict() -> None:
    texts = ("检查情况\n全年检查生产经营单位1286家次。\n", "自评\n全年检查生产经营单位1268家次。\n")
    assert compared(*texts, together=True).findings == ()


def test_the_body_is_the_same_with_and_without_its_province() -> None:
    names = ("南川省平江市青石县应急管理局", "平江市青石县应急管理局", "青石县应急管理局")
    documents = [ingest.read_text(f"{name}2022年度部门决算说明\n全年支出3万元。\n") for name in names]
    assert {body(document) for document in documents} == {"青石县应急管理局"}


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("青石县应急管理局2022年度部门整体支出绩效自评报告", ""),
        ("青石县应急管理局2022年部门预算公开说明", ""),
        ("青石县应急管理局2022年度部门决算", ""),
        ("青石县应急管理局2022年度应急物资储备专项资金绩效评价报告", "应急物资储备"),
    ],
)
def test_the_matter_of_a_title(title: str, about: str) -> None:
    assert matter(ingest.read_text(f"{title}\n一、基本情况\n全年支出3万元。\n")) == about


# --- what comes out ---------------------------------------------------------------------------------------------------

SCHEMA: dict[str, Any] = json.loads(resources.files("extract").joinpath("data/comparison.schema.json").read_text(encoding="utf-8"))


def conflicting() -> Comparison:
    return compared(changed(FORM, "48场次", "45场次"), NARRATIVE, changed(LAST_YEAR, "事故30起", "事故28起"), "检查情况\n检查3家。\n")


def test_json_follows_its_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for comparison in (conflicting(), compared(FORM, NARRATIVE), compare([])):
        written = json.loads(report.write_comparison(comparison, "json"))
        validator.validate(written)
    written = json.loads(report.write_comparison(conflicting(), "json"))
    known = {fact["id"] for fact in written["facts"]}
    assert {identity for finding in written["findings"] for identity in finding["facts"]} <= known
    assert [finding["code"] for finding in written["findings"]] == ["D101", "G351"]
    assert written["apart"][0]["document"] == 4
    del written["findings"][0]["code"]
    assert not validator.is_valid(written)


def test_text_quotes_both_places_with_their_files_and_the_arithmetic() -> None:
    text = report.write_comparison(conflicting(), "text")
    assert "错误[D101] “应急演练场次”在各文件中不一致：文件1 45 场次，文件2 48 场次" in text
    assert re.search(r"--> 文件1:5:19\n +5:19 │ .*45场次\n +│ +\^\^\n +--> 文件2:6:\d+\n", text)
    assert "算式：45 场次 ≠ 48 场次（差 3 场次）" in text
    assert "文件4：不与其他文件相属，没有读到编报单位" in text
    english = report.write_comparison(conflicting(), "text", View(subject="compare", lang="en"))
    assert "error[D101] “应急演练场次” is stated differently: 文件1 45 场次, 文件2 48 场次" in english
    assert "文件4 belongs to no other: it names no body" in english


def test_text_shows_what_is_left_for_review() -> None:
    first = changed(NARRATIVE, "全年检查", "我局核定编制31名。全年检查")
    text = report.write_comparison(compared(first, FORM + "说明\n我局及下属单位核定编制41名。\n"), "text")
    assert "待核[D102]" in text
    assert "各文件之间没有发现相互矛盾的数字" in text


def test_csv_has_a_row_a_figure() -> None:
    rows = list(csv.DictReader(io.StringIO(report.write_comparison(conflicting(), "csv"))))
    wrong = [row for row in rows if row["finding"] == "x1"]
    assert [(row["document"], row["text"], row["verdict"]) for row in wrong] == [("文件1", "45场次", "fail"), ("文件2", "48场次", "fail")]


def test_a_format_that_shows_no_comparisons_says_which_do() -> None:
    with pytest.raises(ConfigurationError, match=r"csv.*json.*text"):
        report.write_comparison(compare([]), "triples")


def test_the_same_bytes_for_the_same_documents() -> None:
    assert report.write_comparison(conflicting(), "json") == report.write_comparison(conflicting(), "json")


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "form.txt").write_text(changed(FORM, "48场次", "45场次"), encoding="utf-8")
    (tmp_path / "report.txt").write_text(NARRATIVE, encoding="gb18030")
    (tmp_path / "other.txt").write_text("检查情况\n检查3家。\n", encoding="utf-8")
    return tmp_path


def test_the_command_and_its_exit_codes(folder: Path) -> None:
    done = heshu("compare", folder)
    assert done.returncode == 1
    assert "form.txt 45 场次，report.txt 48 场次" in done.stdout
    assert "other.txt：不与其他文件相属" in done.stdout
    assert heshu("compare", folder, "--exit-zero").returncode == 0
    assert heshu("compare", folder, "--ignore", "D").returncode == 0
    assert heshu("compare", folder, folder / "missing.txt").returncode == 2
    alone = heshu("compare", folder / "form.txt")
    assert alone.returncode == 2
    assert "compare needs two or more" in alone.stderr
    assert heshu("compare", folder, "--select", "Z9").returncode == 2


def test_the_command_writes_a_file(folder: Path) -> None:
    done = heshu("compare", folder / "form.txt", folder / "report.txt", "--together", "--format", "json", "--output", folder / "out.json")
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads((folder / "out.json").read_text(encoding="utf-8"))["groups"] == [{"name": "", "documents": [1, 2]}]


def test_time_is_linear_in_the_documents() -> None:
    """Work is counted in calls, which do not depend on the machine."""

    def work(documents: int) -> int:
        reports = [read(FORM, f"文件{n}") for n in range(documents)]
        return calls(lambda: compare(reports))

    work(2)
    assert work(16) < 5 * work(4)
