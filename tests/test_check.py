"""The check stage: verdicts and their arithmetic, one cause for one finding, and what the tables of a report promise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import extract
from extract import ingest
from extract.check import check, check_rules
from extract.checks import same_fact
from extract.checks._cause import Judged
from extract.checks._evidence import convincing, doubted, with_value
from extract.checks._figures import figure, plain
from extract.checks._judge import judge
from extract.checks._prose import streams
from extract.checks._solve import solve
from extract.checks._tables import grids
from extract.checks._values import central, values_of
from extract.checks._words import alike, core
from extract.relations import Context, Relation, context_of, corrected, once
from extract.types import Check, Finding, RelationType, Repair
from tests.stating import stated
from tests.work import calls

D = Decimal
CASES = Path(__file__).parent / "cases" / "checks"
DOCUMENTS = sorted((Path(__file__).parents[1] / "annotations" / "documents").glob("*.txt"))
_CASE = re.compile(r"^# (?P<title>.+?)\n(?P<why>.*?)```zh\n(?P<zh>.*?)\n```\n\n```findings\n(?P<findings>.*?)```$", re.MULTILINE | re.DOTALL)


def checked(marked: str) -> tuple[tuple[Check, ...], tuple[Finding, ...]]:
    document, facts, links = stated(marked)
    return check(document, facts, links)


def codes(marked: str) -> list[str]:
    return [finding.code for finding in checked(marked)[1]]


def verdict(marked: str, kind: RelationType, **roles: tuple[str, ...]) -> tuple[str, str]:
    judgement = judge(Relation(type=kind, roles=roles), context_of(*stated(marked)))
    return judgement.verdict, judgement.arithmetic


# --- the judge --------------------------------------------------------------------------------------------------------


def test_sums_in_the_unit_of_the_total() -> None:
    text = "本年支出⟦3678.76万元|支出⟧，基本支出⟦2367.28万元|基本⟧，项目支出⟦13107900元|项目⟧。"
    assert verdict(text, "sum", total=("f1",), parts=("f2", "f3")) == ("fail", "2367.28 + 1310.79 = 3678.07 ≠ 3678.76 万元（差 0.69 万元）")
    held = text.replace("3678.76", "3678.07")
    assert verdict(held, "sum", total=("f1",), parts=("f2", "f3")) == ("pass", "2367.28 + 1310.79 = 3678.07 万元")


def test_a_sum_may_take_off() -> None:
    text = "年初⟦0.19万元|年初⟧，收入⟦3678.76万元|收入⟧，支出⟦3678.07万元|支出⟧，年末⟦0.88万元|年末⟧。"
    assert verdict(text, "sum", total=("f4",), parts=("f1", "f2"), less=("f3",))[0] == "pass"


@pytest.mark.parametrize(("rate", "says"), [("99.6%", "pass"), ("99.5%", "fail"), ("99.61%", "pass"), ("996‰", "pass"), ("0.996", "pass")])
def test_ratios_in_all_their_forms(rate: str, says: str) -> None:
    text = f"执行⟦284.52万元|执行⟧，预算⟦285.64万元|预算⟧，执行率⟦{rate}|执行率|rate⟧。"
    assert verdict(text, "ratio", rate=("f3",), num=("f1",), den=("f2",))[0] == says


def test_any_denominator_that_the_definition_allows() -> None:
    text = "年初⟦2222.37万元|年初⟧，调整⟦48.03万元|调整⟧，支出⟦2190.49万元|支出⟧，完成率⟦96.48%|完成率|rate⟧。"
    relation = Relation(type="ratio", roles={"rate": ("f4",), "num": ("f3",), "den": ("f1",)}, others=(("f1", "f2"),))
    judgement = judge(relation, context_of(*stated(text)))
    assert judgement.verdict == "pass"
    assert judgement.roles["den"] == ("f1", "f2")
    assert judgement.arithmetic == "2190.49 ÷ (2222.37 + 48.03) = 96.48% ≈ 96.48%"


def test_less_than_one_last_digit_is_mild() -> None:
    text = "执行⟦980.55万元|执行⟧，预算⟦1412.41万元|预算⟧，执行率⟦70%|执行率|rate⟧。"
    judgement = judge(Relation(type="ratio", roles={"rate": ("f3",), "num": ("f1",), "den": ("f2",)}), context_of(*stated(text)))
    assert (judgement.verdict, judgement.mild) == ("fail", True)
    assert judgement.arithmetic == "980.55 ÷ 1412.41 = 69.42% ≠ 70%（差 0.58 个百分点）"


def test_growth_from_levels_and_of_counts() -> None:
    text = "今年⟦196.4万人次|诊疗⟧，上年⟦182.6万人次|诊疗⟧，增长⟦8.56%|诊疗|growth⟧。"
    assert verdict(text, "growth", change=("f3",), current=("f1",), previous=("f2",)) == (
        "fail",
        "(196.4 − 182.6) ÷ 182.6 = 7.56% ≠ 8.56%（差 1 个百分点）",
    )
    alone = "事故⟦22起|事故⟧，下降⟦-26.7%|事故|growth⟧。"
    assert verdict(alone, "growth", change=("f2",), current=("f1",)) == ("pass", "22 起 且 −26.7%：上年数可为 30")
    impossible = verdict(alone.replace("26.7", "26.8"), "growth", change=("f2",), current=("f1",))
    assert impossible == ("fail", "22 起 且 −26.8%：没有整数上年数能得出，30 得 −26.67%，31 得 −29.03%")
    money = "支出⟦15.26万元|支出⟧，下降⟦-11.28%|支出|growth⟧，减少⟦-1.94万元|支出|delta⟧。"
    assert verdict(money, "growth", change=("f2",), current=("f1",))[0] == "not_assessable"
    assert verdict(money, "growth", change=("f2",), current=("f1",), step=("f3",))[0] == "pass"


def test_same_hedged_exact_and_round() -> None:
    assert verdict("⟦600余条|信息⟧，⟦612条|信息⟧", "same", facts=("f1", "f2")) == ("pass", "600余 条 ≈ 612 条")
    assert verdict("⟦600余条|信息⟧，⟦700条|信息⟧", "same", facts=("f1", "f2"))[0] == "fail"
    assert verdict("⟦1346人次|培训⟧，⟦1364人次|培训⟧", "same", facts=("f1", "f2")) == ("fail", "1346 人次 ≠ 1364 人次（差 18 人次）")
    assert verdict("⟦8200人次|培训⟧，⟦8213人次|培训⟧", "same", facts=("f1", "f2"))[0] == "review"
    assert verdict("⟦8200人次|培训⟧，⟦8300人次|培训⟧", "same", facts=("f1", "f2"))[0] == "fail"
    assert verdict("⟦100万元|支出⟧，⟦101万元|支出⟧", "same", facts=("f1", "f2"))[0] == "fail"


def test_parts_counts_and_targets() -> None:
    assert verdict("⟦92处|点⟧，其中⟦93处|点⟧", "part", whole=("f1",), part=("f2",)) == ("fail", "93 处 > 92 处")
    assert verdict("⟦600余处|点⟧，其中⟦93处|点⟧", "part", whole=("f1",), part=("f2",))[0] == "pass"
    context = context_of(*stated("以下⟦3个|方面⟧"))
    assert judge(Relation(type="count", roles={"count": ("f1",)}, items=4), context).verdict == "fail"
    assert judge(Relation(type="count", roles={"count": ("f1",)}), context).verdict == "not_assessable"
    goal = "目标⟦≥95%|率|target⟧，实际⟦93%|率|rate⟧"
    assert verdict(goal, "target", target=("f1",), actual=("f2",))[0] == "fail"
    late = "目标⟦15天|办结时限|target⟧，实际⟦12天|办结时限⟧"
    relation = Relation(type="target", roles={"target": ("f1",), "actual": ("f2",)}, direction="less")
    assert judge(relation, context_of(*stated(late))).verdict == "pass"
    assert judge(replace(relation, claim="unmet"), context_of(*stated(late))).verdict == "fail"


def test_doubt_makes_a_failure_a_review() -> None:
    document, facts, links = stated("⟦1346人次|培训⟧，⟦1364人次|培训⟧")
    relation = Relation(type="same", roles={"facts": ("f1", "f2")}, certain=False)
    assert judge(relation, context_of(document, facts, links)).verdict == "review"


def test_narrow_width_of_siblings() -> None:
    """330 in a column of two decimals is 330.00: what the printed digits allow, the column does not."""
    text = "合计⟦330万元|支出⟧，甲⟦78.81万元|支出⟧，乙⟦250.99万元|支出⟧"
    relation = Relation(type="sum", roles={"total": ("f1",), "parts": ("f2", "f3")})
    assert judge(relation, context_of(*stated(text))).verdict == "pass"
    narrow = judge(replace(relation, decimals=2), context_of(*stated(text)))
    assert (narrow.verdict, narrow.mild) == ("fail", True)


@pytest.mark.parametrize(
    ("kind", "roles", "member", "value"),
    [
        ("sum", {"total": ("f1",), "parts": ("f2", "f3")}, "f1", "60"),
        ("sum", {"total": ("f1",), "parts": ("f2", "f3")}, "f2", "60"),
        ("sum", {"total": ("f1",), "parts": ("f2",), "less": ("f3",)}, "f3", "-80"),
        ("diff", {"result": ("f1",), "minuend": ("f2",), "subtrahend": ("f3",)}, "f2", "140"),
        ("diff", {"result": ("f1",), "minuend": ("f2",), "subtrahend": ("f3",)}, "f3", "-80"),
        ("growth", {"change": ("f4",), "current": ("f2",), "previous": ("f3",)}, "f4", "-50"),
        ("growth", {"change": ("f4",), "current": ("f2",), "previous": ("f3",)}, "f2", "30"),
        ("ratio", {"rate": ("f4",), "num": ("f2",), "den": ("f3",)}, "f4", "50"),
        ("ratio", {"rate": ("f4",), "num": ("f2",), "den": ("f3",)}, "f3", "-80"),
    ],
)
def test_what_a_member_would_have_to_be(kind: RelationType, roles: dict[str, tuple[str, ...]], member: str, value: str) -> None:
    context = context_of(*stated("⟦100家|甲⟧⟦20家|乙⟧⟦40家|丙⟧⟦-25%|丁|growth⟧".replace("⟧⟦", "⟧，⟦")))
    relation = Relation(type=kind, roles=roles)
    needed = solve(relation, member, central(context), context)
    if kind == "ratio" and member == "f3":
        assert needed is None, "a negative share has no whole"
        return
    assert needed is not None
    assert needed.low == needed.high == D(value)
    assert values_of(relation, context)("f1").low == 100


# --- tables -----------------------------------------------------------------------------------------------------------

ACCIDENTS = """表1 事故情况统计表
镇街\t事故起数\t死亡人数\t受伤人数
甲镇\t5\t2\t11
乙镇\t4\t1\t12
丙镇\t13\t3\t14
合计\t22\t6\t37
"""


def test_column_totals() -> None:
    checks, findings = checked(ACCIDENTS)
    assert [c.verdict for c in checks if c.code == "S204"] == ["pass"] * 3
    assert findings == ()
    [finding] = checked(ACCIDENTS.replace("\t37", "\t73"))[1]
    assert (finding.code, finding.severity) == ("S204", "error")
    assert finding.arithmetic == "11 + 12 + 14 = 37 ≠ 73（差 36）"
    assert finding.repair is not None
    assert finding.repair.value == 37


def test_columns_that_do_not_add_are_left_alone() -> None:
    text = "表1 统计表\n镇街\t户数\t户均面积\t完成率\n甲镇\t5\t20\t90%\n乙镇\t4\t30\t80%\n合计\t9\t25\t86%\n"
    checks, findings = checked(text)
    assert [c.roles["total"] for c in checks if c.type == "sum"] == ["f7"]
    assert findings == ()


def test_a_total_whose_rows_do_not_make_it_up_anywhere_is_no_finding() -> None:
    """Where a sum holds in no column, the rows are not all the parts."""
    text = "表1 主要指标\n单位\t车辆\t人员\n甲\t5\t20\n其中：乙\t4\t30\n丙\t1\t2\n合计\t90\t250\n"
    assert codes(text) == []


def test_subtotals_and_the_total_of_subtotals() -> None:
    text = (
        "表1 物资统计表\n类别\t品名\t数量\t库存\n救灾\t帐篷\t17\t4\n救灾\t棉被\t21\t6\n救灾\t小计\t38\t10\n"
        "防汛\t沙袋\t30\t8\n防汛\t水泵\t12\t5\n防汛\t小计\t42\t13\n合计\t\t80\t23\n"
    )
    checks, findings = checked(text)
    assert findings == ()
    assert len([c for c in checks if c.type == "sum" and c.verdict == "pass"]) == 6
    [finding] = checked(text.replace("\t42\t", "\t44\t"))[1]
    assert finding.repair is not None
    assert finding.repair.value == 42


def test_totals_along_rows() -> None:
    text = (
        "表1 支出表（单位：万元）\n项目\t合计\t财政拨款\t其他资金\n"
        "甲项目\t188.06\t168.06\t20.00\n乙项目\t95.40\t90.00\t5.40\n丙项目\t50.10\t40.00\t10.10\n"
    )
    assert codes(text) == []
    assert codes(text.replace("95.40", "95.90")) == ["S204"]


def test_adjusted_budgets_and_their_rates() -> None:
    text = (
        "表1 预算执行表（单位：万元）\n项目\t年初预算数\t调整数\t全年预算数\t实际支出\t预算执行率\n"
        "甲\t826.30\t10.00\t836.30\t812.44\t97.15%\n乙\t460.20\t164.35\t624.55\t585.18\t93.70%\n丙\t100.00\t20.00\t120.00\t60.00\t50.00%\n"
    )
    checks, findings = checked(text)
    assert findings == ()
    assert {c.type: c.verdict for c in checks} == {"sum": "pass", "ratio": "pass"}
    assert codes(text.replace("624.55", "642.55")) == ["S204"]
    assert codes(text.replace("97.15%", "91.75%")) == ["R301"]


def test_rates_without_known_words_are_found_by_the_rows() -> None:
    text = "表1 巡查\n站点\t甲数\t乙数\t通过率\n一站\t40\t25\t62.5%\n二站\t60\t21\t35.0%\n三站\t90\t72\t80.0%\n四站\t80\t66\t82.5%\n"
    assert [c.verdict for c in checked(text)[0] if c.type == "ratio"] == ["pass"] * 4
    assert codes(text.replace("82.5%", "85.2%")) == ["R301"]


def test_shares_of_the_total_row() -> None:
    text = "表1 结构表\n类别\t件数\t占比\n甲\t402\t31.3%\n乙\t517\t40.3%\n丙\t365\t28.4%\n合计\t1284\t100%\n"
    assert codes(text) == []
    assert codes(text.replace("40.3%", "43.0%")) == ["R301"]


def test_changes_between_two_years() -> None:
    text = "表1 案件表\n领域\t2022年\t2021年\t同比增长\n甲\t120\t100\t20.0%\n乙\t88\t80\t10.0%\n丙\t66\t60\t10.0%\n"
    assert codes(text) == []
    assert codes(text.replace("88\t80\t10.0%", "88\t80\t11.0%")) == ["G351"]


SCORES = """表2 自评表
一级指标\t二级指标\t分值\t得分
投入\t预算编制\t10\t8
投入\t预算执行\t10\t9
产出\t数量指标\t40\t40
产出\t质量指标\t40\t39
总分\t\t100\t96
"""


def test_scores_add_up_exactly() -> None:
    assert codes(SCORES) == []
    [finding] = checked(SCORES.replace("\t96", "\t98"))[1]
    assert (finding.code, finding.severity) == ("C501", "error")
    assert codes(SCORES.replace("\t10\t9", "\t20\t9")) == ["C504"]


def test_a_group_in_prose_and_the_total_are_one_cause() -> None:
    """One row too few points explains both the total and the sentence."""
    text = SCORES.replace("\t96", "\t98") + "\n投入得⟦19分|投入|score⟧，表现较好。\n"
    [finding] = checked(text)[1]
    assert finding.code == "C501"
    assert len(finding.checks) == 2
    assert finding.repair == Repair(fact="f2", value=Decimal(10)), "the other row has all of its points"


def test_targets_and_claims() -> None:
    text = "表3 目标完成表\n指标\t年度目标值\t实际完成值\t是否完成\n编织袋\t≥50000条\t46000条\t是\n演练\t≥4场\t6场\t是\n"
    checks, findings = checked(text)
    assert [(c.verdict, c.roles["claim"]) for c in checks] == [("fail", "met"), ("pass", "met")]
    assert [(f.code, f.severity) for f in findings] == [("T401", "error")]
    assert codes(text.replace("46000条\t是", "46000条\t否")) == []
    honest = text.replace("\t是否完成", "").replace("\t是\n", "\n")
    assert codes(honest) == [], "a miss that nobody denies is no inconsistency"


def test_balance_of_a_year() -> None:
    text = (
        "一、收支情况\n年初结转和结余⟦0.19万元|年初结转和结余⟧，本年收入⟦3678.76万元|本年收入⟧，"
        "本年支出⟦3678.76万元|本年支出⟧，年末结转和结余⟦0.88万元|年末结转和结余⟧。\n"
    )
    assert codes(text) == ["S205"]
    assert codes(text.replace("3678.76万元|本年支出", "3678.07万元|本年支出")) == []


# --- statements of one quantity --------------------------------------------------------------------------------------


def test_one_slip_of_the_pen_is_a_conflict() -> None:
    text = "一、总体情况\n全年培训⟦1346人次|培训人次⟧。\n二、工作成效\n全年培训⟦1364人次|培训人次⟧。\n"
    [finding] = checked(text)[1]
    assert (finding.code, finding.severity, finding.facts) == ("D101", "error", ("f1", "f2"))
    assert finding.message == "“培训人次”前后不一致：1346 人次、1364 人次"
    assert codes(text.replace("1364", "1346")) == []


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("立案", "14宗", "3339宗"),
        ("限期整改", "58处", "24处"),
        ("县级排查", "6次", "60次"),
        ("罚款", "78万元", "1875.9万元"),
        ("经济损失", "13621.8万元", "167.8万元"),
        ("责任人", "22名", "10名"),
    ],
)
def test_short_names_count_many_things(name: str, first: str, second: str) -> None:
    text = f"一、安全生产\n{name}⟦{first}|{name}⟧。\n二、防灾减灾\n{name}⟦{second}|{name}⟧。\n"
    assert codes(text) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("3.1万人|参加⟧", "3.1万个|参加⟧"),
        ("1346人次|培训人次⟧", "1364人次|培训人次|target⟧"),
        ("1346人次|培训人次⟧", "1364人次|培训人次|level|镇街⟧"),
        ("1346人次|培训人次⟧", "约1360人次|培训人次⟧".replace("1360", "1350")),
    ],
)
def test_another_unit_kind_or_subject_is_another_quantity(first: str, second: str) -> None:
    assert codes(f"一、总体情况\n全年⟦{first}。\n二、工作成效\n全年⟦{second}。\n") == []


def test_a_backed_value_tells_even_small_slips() -> None:
    text = "一、总体情况\n组织演练⟦48场|应急演练场次⟧。\n二、工作成效\n共开展演练⟦48场|应急演练场次⟧。\n三、结论\n组织演练⟦43场|应急演练场次⟧。\n"
    [finding] = checked(text)[1]
    assert finding.code == "D101"
    assert finding.repair is not None
    assert (finding.repair.fact, finding.repair.value) == ("f3", D(48))
    assert codes(text.replace("⟦48场|应急演练场次⟧。\n三", "演练若干场。\n三")) == []
    assert codes(text.replace("共开展", "组织")) == [], "copies of one sentence back nothing"
    assert codes(text.replace("43场", "84场").replace("共开展演练⟦48场|应急演练场次⟧", "演练若干")) == ["D101"], "swapped digits"


def test_twin_passages_tell_any_difference() -> None:
    text = (
        "一、年度目标\n共组织县级排查⟦6次|县级排查⟧，排查出隐患⟦125处|排查隐患⟧。\n"
        "二、完成情况\n共组织县级排查⟦9次|县级排查⟧，排查出隐患⟦125处|排查隐患⟧。\n"
    )
    assert codes(text) == ["D101"]


def test_scale_slips_take_the_place_of_the_conflict() -> None:
    text = "一、编报说明\n完成采购⟦2846.15元|政府采购金额⟧。\n二、采购\n完成采购⟦2846.15万元|政府采购金额⟧。\n"
    [finding] = checked(text)[1]
    assert finding.code == "U601"
    assert "相差 1万 倍" in finding.message
    assert codes(text.replace("2846.15元", "约0.28亿元")) == []


# --- list marks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("（一）（二）（三）", []),
        ("（一）（二）（二）（三）", ["N702"]),
        ("（一）（二）（一）（二）（三）", []),
        ("（一）（二）（一）（二）（三）（三）", []),
        ("（一）（二）（一）（二）（三）（四）（四）", ["N702"]),
        ("（一）（一）（二）（二）（三）", []),
        ("一、（一）（二）二、（一）（二）", []),
        ("一、（一）（二）二、（三）（三）", ["N702"]),
    ],
)
def test_repeated_list_numbers(marks: str, expected: list[str]) -> None:
    lines = [f"{mark}工作情况\n各项工作有序开展。\n" for mark in marks.replace("）", "）|").replace("、", "、|").split("|") if mark]
    assert codes("".join(lines)) == expected


def test_industries_are_no_list() -> None:
    assert codes("一、总体情况\n第一、二、三产业平稳。第一、二产业回升。\n二、安排\n继续努力。\n") == []


# --- the whole way ----------------------------------------------------------------------------------------------------


def cases() -> Iterator[object]:
    for path in sorted(CASES.glob("*.md")):
        for number, case in enumerate(_CASE.finditer(path.read_text(encoding="utf-8")), 1):
            yield pytest.param(case["zh"], case["findings"].split("\n")[:-1], id=f"{path.stem}-{number}")


@pytest.mark.parametrize(("text", "wanted"), list(cases()))
def test_cases(text: str, wanted: list[str]) -> None:
    """What is found from the text alone, by all rules."""
    found = extract.check(ingest.read_text(text + "\n")).findings
    assert [f"{finding.code} {finding.severity} | {finding.arithmetic}" for finding in found if finding.severity != "info"] == wanted


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_each_file_of_cases_has_both_sides(path: Path) -> None:
    found = list(_CASE.finditer(path.read_text(encoding="utf-8")))
    assert {bool(case["findings"].strip()) for case in found} == {True, False}
    assert all(case["title"].startswith("Left alone") is not bool(case["findings"].strip()) for case in found)


# --- the engine -------------------------------------------------------------------------------------------------------


def test_one_cause_is_one_finding_with_its_repair() -> None:
    """The wrong total breaks its column, a rate and a restatement: one number mends all three."""
    text = (
        "表1 项目支出表（单位：万元）\n项目\t全年预算数\t实际支出数\t预算执行率\n"
        "甲\t200\t150.50\t75.25%\n乙\t300\t285.60\t95.20%\n合计\t500\t463.10\t87.22%\n"
        "\n说明：全年实际支出⟦436.10万元|实际支出数|level|合计⟧。\n"
    )
    [finding] = checked(text)[1]
    assert finding.repair is not None
    assert finding.repair.value == D("4361000")
    assert sorted({c.code for c in checked(text)[0] if c.id in finding.checks}) == ["D101", "R301", "S204"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # 0.79 less would be a fall of 10.23%, which is not what is printed either
        ("全年支出决算6.93万元，比上年减少0.71万元，下降10.25%。", D("-9.29")),
        # what is paid to each is set, what is paid to all is reckoned
        ("向518名毕业生发放补贴每人1500元，共发放7.77万元。", D(777_000)),
    ],
)
def test_a_repair_makes_the_rate_come_out_as_printed(text: str, value: Decimal) -> None:
    [finding] = extract.check(ingest.read_text(text + "\n")).findings
    assert finding.repair is not None
    assert finding.repair.value == value


def test_what_comes_to_hold_says_which_number_is_wrong() -> None:
    """The fingerprint is that of the failing sum alone: what backs it comes and goes with edits elsewhere."""
    broken = "全年接报突发事件286条，按类型分，自然灾害类79条、事故灾难类121条、公共卫生类14条、社会安全类54条。\n"
    alone = extract.check(ingest.read_text("一、总体情况\n" + broken))
    backed = extract.check(ingest.read_text("一、总体情况\n" + broken + "二、应急值守\n处置自然灾害类事件97条。\n"))
    [first], [second] = alone.findings, backed.findings
    assert first.fingerprint == second.fingerprint
    assert first.repair is not None
    assert second.repair is not None
    assert (first.repair.value, second.repair.value) == (D(268), D(97))
    assert backed.facts[-1].id in second.facts
    [tacit] = [check for check in backed.checks if check.id == second.checks[-1]]
    assert (tacit.code, tacit.verdict) == ("D101", "fail")


def test_a_context_put_right_is_as_if_made_anew() -> None:
    """Every index, stream and grid of it, but the conflicts, for which it is not asked."""
    text = "一、总体情况\n全年培训应急管理人员1346人次。\n二、工作成效\n全年培训应急管理人员1364人次。\n类型\t家数\n化工\t612\n机械\t734\n"
    report = extract.check(ingest.read_text(text))
    as_it_stands = context_of(report.document, report.facts, report.links)
    right_values = {D(1364): D(1346), D(612): D(621)}
    found = ((fact, right_values.get(fact.quantity.value or D(0))) for fact in report.facts)
    wrong = {fact.id: with_value(fact, value) for fact, value in found if value is not None}
    assert len(wrong) == 2
    right = corrected(as_it_stands, wrong)
    anew = context_of(report.document, tuple(wrong.get(fact.id, fact) for fact in report.facts), report.links)
    for index in ("facts", "by_id", "by_block", "by_sentence", "by_cell", "by_section", "by_name", "order"):
        assert getattr(right, index) == getattr(anew, index)
    assert [(one.places, one.tail) for one in streams(right)] == [(one.places, one.tail) for one in streams(anew)]
    assert grids(right) == grids(anew)
    conflicting = [set(one.roles["facts"]) for one in same_fact.find(as_it_stands) if judge(one, as_it_stands).verdict == "fail"]
    assert conflicting
    assert all(judge(one, right).verdict == "pass" for one in same_fact.find(right))


@pytest.mark.parametrize(("rest", "repair"), [("24家", D(36)), ("27家", None)])
def test_doubts_of_two_kinds_that_one_slip_mends(rest: str, repair: Decimal | None) -> None:
    """A restatement in doubt and a sum in doubt both want 36 for 86; a sum that wants 39 leaves two doubts."""
    document, facts, links = stated(f"检查⟦86家|检查⟧。\n共⟦36家|检查⟧，甲⟦12家|甲⟧、乙⟦{rest}|乙⟧。\n")
    context = context_of(document, facts, links)
    same = Relation(type="same", roles={"facts": ("f1", "f2")}, certain=False)
    total = Relation(type="sum", roles={"total": ("f1",), "parts": ("f3", "f4")}, certain=False)
    judged = [Judged(relation=one, judgement=judge(one, context), rank=(0, n)) for n, one in enumerate((same, total))]
    found = [cause for cause in doubted(judged, context) if convincing(cause, judged, context)]
    assert [cause.repair for cause in found] == ([] if repair is None else [Repair(fact="f1", value=repair)])


def test_two_causes_are_two_findings() -> None:
    broken = ACCIDENTS.replace("\t37", "\t73").replace("合计\t22", "合计\t24")
    assert codes(broken) == ["S204", "S204"]


def test_fingerprints_move_with_the_words_and_not_with_the_place() -> None:
    broken = ACCIDENTS.replace("\t37", "\t73")
    [first] = checked(broken)[1]
    [moved] = checked("工作报告\n\n前言若干。\n\n" + broken)[1]
    [other] = checked(ACCIDENTS.replace("\t37", "\t77"))[1]
    assert first.fingerprint == moved.fingerprint != other.fingerprint
    assert first.places != moved.places


def test_select_ignore_and_order() -> None:
    document, facts, links = stated(ACCIDENTS.replace("\t37", "\t73"))
    assert check(document, facts, links, ignore=("S",))[1] == ()
    assert {c.code for c in check(document, facts, links, select=("S204",))[0]} == {"S204"}
    once_more = check(document, tuple(reversed(facts)), links)
    assert once_more == check(document, facts, links)


def test_nothing_comes_of_nothing() -> None:
    document, _, _ = stated("没有数字。\n")
    assert check(document, (), ()) == ((), ())


def test_codes_are_unique_and_named() -> None:
    rules = check_rules()
    assert [rule.code for rule in rules] == sorted({rule.code for rule in rules})
    needed = {"D101", "D102", "S204", "S205", "R301", "G351", "T401", "C501", "C502", "C504", "U601", "N702"}
    assert needed <= {rule.code for rule in rules}


def test_a_rule_that_is_no_equation_yields_none() -> None:
    claims = {rule.code for rule in check_rules() if not rule.equation}
    found = [one for path in DOCUMENTS[:6] for one in extract.check(path).checks if one.code in claims]
    assert {one.type for one in found} == {"target", "count", "implied"}


def test_shared_work_is_done_once_for_each_context() -> None:
    calls = []

    @once
    def counted(context: Context) -> int:
        calls.append(context)
        return len(context.facts)

    first, second = context_of(*stated("⟦1家|甲⟧")), context_of(*stated("⟦1家|甲⟧，⟦2家|乙⟧"))
    assert [counted(first), counted(first), counted(second)] == [1, 1, 2]
    assert len(calls) == 2


@pytest.mark.parametrize(("before", "checked"), [("实施项目86个，项目完工率91.86%", False), ("安排项目资金总额8462.5万元", True)])
def test_money_is_no_share_of_what_is_counted(before: str, checked: bool) -> None:
    told = extract.check(f"二、项目实施情况\n全年{before}。\n（一）产业发展。投入产业资金5077.5万元，占资金总额的60%，新建冷库6座。\n")
    assert any(one.code == "R301" for one in told.checks) is checked


def test_figures_for_people() -> None:
    _, facts, _ = stated("⟦1,234.50万元|甲⟧，⟦≥95%|乙⟧，⟦600余条|丙⟧，⟦-3起|丁⟧")
    assert [figure(fact.quantity) for fact in facts] == ["1234.50 万元", "≥95%", "600余 条", "−3 起"]
    assert [plain(D("12E+3")), plain(D("1.500")), plain(D("-0.0"))] == ["12000", "1.5", "0"]
    assert core("全年培训人次数") == "培训人次"
    assert alike("检查企业", "检查企业家数")
    assert not alike("检查企业", "排查隐患")


def test_cost_grows_with_the_rows() -> None:
    """A table ten times as long with as many broken rows in a hundred is about ten times the work."""
    assert _work_of_a_table(3000) < 13 * _work_of_a_table(300)


def _work_of_a_table(rows: int) -> int:
    lines = ["镇街\t合计\t甲类\t乙类"]
    lines += [f"村{n}\t{n + 7 + (n % 50 == 0)}\t{n}\t7" for n in range(1, rows)]
    total = sum(range(1, rows))
    lines.append(f"合计\t{total + 7 * (rows - 1)}\t{total}\t{7 * (rows - 1)}")
    document, facts, links = stated("表1 分村统计表\n" + "\n".join(lines) + "\n")
    done: list[tuple[tuple[Check, ...], tuple[Finding, ...]]] = []
    work = calls(lambda: done.append(check(document, facts, links)))
    assert len(done[0][0]) >= rows - 1
    assert done[0][1]
    return work
