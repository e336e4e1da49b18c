"""Checks across documents and years on the store: what they find, what they leave alone, and that compare finds the same."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("duckdb")

from extract import ingest
from extract import intervals as iv
from extract.columns import Value
from extract.compare import compare
from extract.pipeline import analyse
from extract.query import across, message, prepare
from extract.records import Records, records
from extract.scripts import scripts, views
from extract.store import Store
from extract.types import Bound, Interval, Report
from tests.rows import report
from tests.test_cli import heshu
from tests.test_compare import BUDGET, FORM, LAST_YEAR, NARRATIVE, SETTLEMENT, SETTLEMENT_BEFORE, changed

Place = tuple[str, str]
Printed = tuple[str, Decimal, Bound, bool]
_PRINTED = st.tuples(
    st.sampled_from(["12", "12.0", "11.9", "12.5", "13", "120", "115", "119.5", "100", "1200"]),
    st.sampled_from([Decimal(1), Decimal(10)]),
    st.sampled_from(["=", "≈", ">~", "<~", ">", ">=", "<", "<="]),
    st.booleans(),
)


def found(folder: Path, loaded: Sequence[Records]) -> list[dict[str, Any]]:
    with Store(folder / "facts.duckdb") as store:
        store.load(loaded)
    with Store(folder / "facts.duckdb", read_only=True) as store:
        prepare(store)
        answer = across(store)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def read(*texts: str) -> list[Report]:
    return [analyse(ingest.read_text(text, name=f"文件{n}")) for n, text in enumerate(texts, 1)]


def places(row: dict[str, Any]) -> frozenset[Place]:
    own = {(row["sha256"], row["fact"]), (row["other_sha256"], row["other_fact"])}
    return frozenset(own | ({(row["sha256"], row["basis"])} if row["basis"] else set()))


SCENES = {
    "form": (FORM, NARRATIVE),
    "form-digit": (changed(FORM, "1286家次", "1268家次"), NARRATIVE),
    "form-near": (changed(FORM, "48场次", "52场次"), NARRATIVE),
    "form-visits": (changed(FORM, "1346人次", "1446人次"), NARRATIVE),
    "form-round": (FORM, changed(NARRATIVE, "培训应急管理人员1,346人次", "培训应急管理人员1300余人次")),
    "form-scaled": (FORM, changed(NARRATIVE, "培训应急管理人员1,346人次", "培训应急管理人员0.13万人次")),
    "form-bound": (FORM, changed(NARRATIVE, "检查生产经营单位1,286家次", "检查生产经营单位超过1200家次")),
    "form-half": (FORM, changed(NARRATIVE, "检查生产经营单位1,286家次", "上半年检查生产经营单位680家次")),
    "form-town": (FORM, changed(NARRATIVE, "检查生产经营单位1,286家次", "对甲镇检查生产经营单位680家次")),
    "form-plan": (FORM, changed(NARRATIVE, "检查生产经营单位1,286家次", "计划检查生产经营单位1200家次")),
    "form-several": (FORM, changed(NARRATIVE, "组织开展应急演练48场次", "组织开展应急演练40场次，汛前又组织开展应急演练5场次")),
    "scope": (changed(NARRATIVE, "全年检查", "我局核定编制31名。全年检查"), FORM + "说明\n我局及下属单位核定编制41名。\n"),
    "slip": (
        changed(NARRATIVE, "全年检查", "全年政府采购支出总额2846.15万元，检查"),
        FORM + "说明\n全年政府采购支出总额2846.15元。\n",
    ),
    "short-swap": (
        changed(FORM, "检查生产经营单位家次	≥1200家次	1286家次", "培训	≥6000人次	6840人次"),
        changed(NARRATIVE, "检查生产经营单位1,286家次", "培训6,480人次"),
    ),
    "short-other": (
        changed(FORM, "检查生产经营单位家次	≥1200家次	1286家次", "培训	≥6000人次	5900人次"),
        changed(NARRATIVE, "检查生产经营单位1,286家次", "培训6,480人次"),
    ),
    "years": (LAST_YEAR, NARRATIVE),
    "growth": (changed(LAST_YEAR, "生产安全事故30起", "生产安全事故28起"), NARRATIVE),
    "growth-persons": (changed(LAST_YEAR, "死亡12人", "死亡11人"), NARRATIVE),
    "growth-month": (changed(LAST_YEAR, "事故30起", "事故28起"), changed(NARRATIVE, "事故起数同比下降26.7%", "事故起数环比下降26.7%")),
    "growth-towns": (
        LAST_YEAR,
        changed(NARRATIVE, "全年发生生产安全事故22起、死亡9人，事故起数", "甲镇发生生产安全事故6起、乙镇发生生产安全事故3起，事故起数"),
    ),
    "constant-prices": (
        "青石县人民政府2022年工作报告\n全年实现地区生产总值186.4亿元，按可比价格计算增长6.1%。\n",
        "青石县人民政府2021年工作报告\n全年实现地区生产总值173.8亿元。\n",
    ),
    "carry": (changed(LAST_YEAR, "年末结转和结余20.15", "年末结转和结余21.50"), NARRATIVE),
    "carry-edge": (changed(LAST_YEAR, "年末结转和结余20.15", "年末结转和结余20.16"), NARRATIVE),
    "carry-adjusted": (changed(LAST_YEAR, "年末结转和结余20.15", "年末结转和结余21.50"), NARRATIVE + "因会计差错更正，调整年初结转结余1.35万元。\n"),
    "carry-fund": (changed(LAST_YEAR, "年末结转和结余20.15", "年末财政拨款结转和结余21.50"), NARRATIVE),
    "settlements": (SETTLEMENT_BEFORE, SETTLEMENT),
    "last-column": (SETTLEMENT_BEFORE, changed(SETTLEMENT, "3.65", "3.56")),
    "budget": (BUDGET, SETTLEMENT),
    "budget-other": (BUDGET, changed(SETTLEMENT, "年初预算为980.50", "年初预算为960.50")),
    "budget-row": (BUDGET, changed(SETTLEMENT, "	21.50	", "	22.50	")),
    "other-body": (changed(FORM, "青石县应急管理局", "白石县应急管理局").replace("48场次", "52场次"), NARRATIVE),
    "all": (changed(FORM, "48场次", "52场次"), NARRATIVE, changed(LAST_YEAR, "事故30起", "事故28起"), BUDGET, changed(SETTLEMENT, "3.65", "3.56")),
}


@pytest.mark.parametrize("scene", SCENES)
def test_the_store_finds_what_compare_finds(tmp_path: Path, scene: str) -> None:
    reports = read(*SCENES[scene])
    comparison = compare(reports)
    expected = set()
    for check in comparison.checks:
        if check.verdict == "fail":
            sides = [comparison.fact(identity) for identity in check.facts]
            expected.add((check.code, frozenset((reports[number].document.sha256, fact.id) for number, fact in sides)))
    rows = found(tmp_path, [records(one) for one in reports])
    assert {(row["code"], places(row)) for row in rows if row["verdict"] == "fail"} == expected
    assert all(row["code"] in {check.code for check in comparison.checks} for row in rows if row["verdict"] == "pass")


@pytest.mark.parametrize(("scene", "code", "note"), [("constant-prices", "G351", "可比口径"), ("carry-adjusted", "S209", "调整")])
def test_doubt_is_for_review(tmp_path: Path, scene: str, code: str, note: str) -> None:
    (row,) = [row for row in found(tmp_path, [records(one) for one in read(*SCENES[scene])]) if row["verdict"] == "review"]
    assert row["code"] == code and note in row["note"]


def test_the_message_says_where_and_what_was_implied(tmp_path: Path) -> None:
    (row,) = [row for row in found(tmp_path, [records(one) for one in read(*SCENES["growth"])]) if row["verdict"] == "fail"]
    assert message(row, "zh") == "“发生生产安全事故”22起、变动 −26.7%（文件2 第 7 行），推算上年为 30起；文件1（第 6 行）所报为 28起"
    assert "was 30起 the year before" in message(row, "en")


@given(st.lists(st.tuples(_PRINTED, _PRINTED), min_size=20, max_size=40))
@settings(max_examples=5, deadline=None)
def test_statements_agree_where_their_intervals_do(tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[Printed, Printed]]) -> None:
    first, second = _accounts("a", 2022, [one for one, _ in pairs]), _accounts("b", 2023, [other for _, other in pairs])
    verdicts = {row["fact"]: row["verdict"] for row in found(tmp_path_factory.mktemp("store"), [first, second])}
    assert verdicts == {f"f{n}": "pass" if iv.agree(_interval(one), _interval(other)) else "fail" for n, (one, other) in enumerate(pairs, 1)}


def _interval(printed: Printed) -> Interval:
    digits, scale, bound, count = printed
    return iv.of_numeral(digits, scale, bound, count=count and "." not in digits)


def _accounts(document: str, year: int, printed: Sequence[Printed]) -> Records:
    """A report that states so many accounts, each a body has one of, all for 2022."""
    facts: list[dict[str, Value]] = []
    for n, one in enumerate(printed):
        interval = _interval(one)
        facts.append({
            "kind": "level", "dimension": "money", "joined": True, "words": f"账户{n}", "family": "元", "whose": "", "moment": "2022",
            "state": "", "scope": "", "telling": True, "account": True, "bound": one[2], "digits": one[0], "scale": one[1],
            "value": Decimal(one[0]) * one[1], "significant": "1", "interval_low": interval.low, "interval_high": interval.high,
            "low_open": interval.low_open, "high_open": interval.high_open,
        })  # fmt: skip
    about: dict[str, Value] = {"body": "青石县", "matter": "", "region": "青石县", "within": "", "year": year}
    return report({"document": document, "name": document, **about}, *facts)


# --- a district and its towns -----------------------------------------------------------------------------------------


def _stated(document: str, region: str, within: str, *told: tuple[str, int], **other: Value) -> Records:
    """A report for 2022 on a place, which states so many inspections of each subject."""
    facts = [
        {
            "kind": "level", "dimension": "count", "joined": True, "words": "检查生产经营单位", "known_as": "inspection.enterprises",
            "family": "家次", "whose": whose, "moment": "2022", "state": "", "scope": "", "telling": True, "account": False, "unit": "家次",
            "scale": Decimal(1), "bound": "=", "value": Decimal(count), "interval_low": Decimal(count), "interval_high": Decimal(count),
            "digits": str(count), "significant": str(count), "text": f"{count}家次", "mention": "检查生产经营单位", "line": 3, **other,
        }
        for whose, count in told
    ]  # fmt: skip
    about: dict[str, Value] = {"body": f"{region}应急管理局", "matter": "", "region": region, "within": within, "year": 2022}
    return report({"document": document, "name": document, **about}, *facts)


TOWNS = (_stated("a", "青石县甲镇", "青石县", ("", 70)), _stated("b", "青石县乙镇", "青石县", ("", 50)))


def _verdicts(folder: Path, *loaded: Records) -> list[tuple[str, str]]:
    return [(row["code"], row["verdict"]) for row in found(folder, loaded) if row["code"] == "S210"]


def test_a_total_whose_towns_are_all_known_is_their_sum(tmp_path: Path) -> None:
    for n, (total, verdict) in enumerate([(120, "pass"), (130, "fail"), (110, "fail")]):
        county = _stated("c", "青石县", "", ("", total), ("甲镇", 70), ("乙镇", 50))
        (folder := tmp_path / str(n)).mkdir()
        assert _verdicts(folder, county, *TOWNS) == [("S210", verdict)]


def test_a_total_that_does_not_list_its_towns_is_for_review_where_they_exceed_it(tmp_path: Path) -> None:
    for n, (told, verdicts) in enumerate(
        [
            ([("", 110)], [("S210", "review")]),
            ([("", 400)], []),
            ([("", 130), ("甲镇", 70), ("乙镇", 50), ("丙镇", 10)], []),
            ([("", 110), ("甲镇", 70)], [("S210", "review")]),
        ]
    ):
        (folder := tmp_path / str(n)).mkdir()
        assert _verdicts(folder, _stated("c", "青石县", "", *told), *TOWNS) == verdicts


def test_towns_of_another_county_and_rates_are_left_alone(tmp_path: Path) -> None:
    assert _verdicts(tmp_path, _stated("c", "白石县", "", ("", 110), ("甲镇", 70), ("乙镇", 50)), *TOWNS) == []
    (folder := tmp_path / "rates").mkdir()
    towns = [_stated(name, f"青石县{name}", "青石县", ("", 95), kind="rate") for name in ("甲镇", "乙镇")]
    assert _verdicts(folder, _stated("c", "青石县", "", ("", 96), kind="rate"), *towns) == []


# --- passages ---------------------------------------------------------------------------------------------------------

PASSAGE = "青石县水务局{year}年工作总结\n全年共巡查河道2,316公里，清理漂浮垃圾1,845吨，拆除违法建筑{count}处。\n"


def _copied(folder: Path, *texts: str) -> list[tuple[str, str]]:
    return [(row["verdict"], row["note"]) for row in found(folder, [records(one) for one in read(*texts)]) if row["code"] == "D104"]


def test_a_sentence_with_last_years_figures_is_for_review(tmp_path: Path) -> None:
    copied = _copied(tmp_path, PASSAGE.format(year=2021, count=37), PASSAGE.format(year=2022, count=37))
    assert copied == [("review", "整句 3 个数字与上年相同")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (PASSAGE.format(year=2021, count=37), PASSAGE.format(year=2022, count=38)),
        (PASSAGE.format(year=2020, count=37), PASSAGE.format(year=2022, count=37)),
        (PASSAGE.format(year=2021, count=37), PASSAGE.format(year=2022, count=37).replace("青石县", "白石县")),
        (PASSAGE.format(year=2021, count=37), PASSAGE.format(year=2022, count=37).replace("全年", "2021年")),
    ],
    ids=["one-figure-differs", "not-the-next-year", "another-body", "says-the-year"],
)
def test_other_sentences_are_left_alone(tmp_path: Path, first: str, second: str) -> None:
    assert _copied(tmp_path, first, second) == []


# --- the files, and the command -------------------------------------------------------------------------------------------


def test_every_check_says_what_it_gives() -> None:
    assert {view.name for view in views("across")} == {"statements"}
    for script in scripts("across"):
        assert script.title.endswith(".")
        assert all(script[key] for key in ("codes", "severity", "what", "why", "fails", "review", "columns", "message", "english"))


def test_many_documents_are_joined_by_keys_and_not_in_pairs(tmp_path: Path) -> None:
    loaded = [_stated(str(n), f"县{n}", "", ("", 100 + n)) for n in range(300)]
    rows = found(tmp_path, [*loaded, *(_stated(f"again-{n}", f"县{n}", "", ("", 100 + n)) for n in range(300))])
    assert len(rows) == 300 and {row["verdict"] for row in rows} == {"pass"}


def test_compare_on_a_store(tmp_path: Path) -> None:
    path = tmp_path / "facts.duckdb"
    with Store(path) as store:
        store.load([records(one) for one in read(*SCENES["form-near"])])
    done = heshu("compare", "--store", str(path))
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == "错误[D101] 青石县应急管理局 2022：“应急演练场次”：文件1（第 5 行）为 52场次，文件2（第 6 行）为 48场次"
    assert heshu("compare", "--store", str(path), "--exit-zero", "--lang", "en").returncode == 0
    assert heshu("compare", "--store", str(path), "a.txt").returncode == heshu("compare").returncode == 2
