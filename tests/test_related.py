"""The model of relations: what it adds to the checks, what it leaves alone, and that no finding rests on it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import ingest, learned, pipeline, related
from extract.candidates import _long, _numbers, candidates, same, sums
from extract.candidates._numbers import Known, Number, Ordered, numbers_of
from extract.relations import context_of
from extract.types import Check, Report
from tests.test_cli import heshu
from tests.work import calls

ROOT = Path(__file__).resolve().parents[1]
MODEL = learned.shipped("relations")
MAKER = learned.maker(MODEL)
TOWNS = """一、基本情况
全年共排查燃气隐患3,417处，整改资金286.45万元，立案查处燃气违法案件1,248件。

二、各镇情况
| 镇 | 排查隐患（处） | 整改资金（万元） |
| --- | --- | --- |
| 柳溪镇 | 1236 | 98.34 |
| 云台镇 | 1047 | 102.57 |
| 石桥镇 | 1134 | 85.54 |

三、存在问题
从类别看，违规充装立案817件，占比65.5%；其余是无证经营。
"""


def report(text: str, *, model: bool = True) -> Report:
    return pipeline.analyse(ingest.read_text(text), models=(MODEL,) if model else ())


def added(text: str) -> list[Check]:
    return [check for check in report(text).checks if check.by]


def found(text: str, kind: str) -> set[tuple[str, ...]]:
    """The candidates of a type, each as its numbers in the order of their roles."""
    alone = report(text, model=False)
    numbers = {fact.id: fact.quantity.span.of(alone.document.text) for fact in alone.facts}
    context = context_of(alone.document, alone.facts, alone.links)
    return {tuple(numbers[identity] for identity in one.facts) for one in candidates(context) if one.type == kind}


def test_what_adds_up_far_apart_is_listed_with_its_maker() -> None:
    listed = {(check.type, check.arithmetic) for check in report(TOWNS).checks}
    assert {("sum", "1236 + 1047 + 1134 = 3417 处"), ("ratio", "817 ÷ 1248 = 65.46% ≈ 65.5%")} <= listed
    assert all(check.by == MAKER and check.verdict == "pass" and not check.certain for check in added(TOWNS))


@pytest.mark.parametrize("wrong", ["3,471处", "3,4170处"])
def test_what_does_not_add_up_is_not_listed(wrong: str) -> None:
    broken = TOWNS.replace("3,417处", wrong)
    assert "sum" not in {check.type for check in added(broken) if "1236" in check.arithmetic}
    assert report(broken).findings == report(broken, model=False).findings


@pytest.mark.parametrize("name", ["written-01", "written-03", "written-09"])
def test_rules_and_findings_stay_as_they_are(name: str) -> None:
    text = (ROOT / "annotations" / "documents" / f"{name}.txt").read_text(encoding="utf-8")
    alone, with_model = report(text, model=False), report(text)
    assert with_model.findings == alone.findings
    assert with_model.checks[: len(alone.checks)] == alone.checks
    assert all(check.by for check in with_model.checks[len(alone.checks) :])
    keys = [(check.type, frozenset(check.facts)) for check in with_model.checks]
    assert not set(keys[: len(alone.checks)]) & set(keys[len(alone.checks) :])


def test_codes_that_are_not_wanted_are_not_added() -> None:
    checks = pipeline.analyse(ingest.read_text(TOWNS), models=(MODEL,), select=["R"]).checks
    assert {check.code[0] for check in checks} == {"R"}


@pytest.mark.parametrize(
    ("text", "kind", "numbers", "there"),
    [
        ("改建公路共128公里。建成县道26公里。建成乡道102公里。", "sum", ("128", "26", "102"), True),
        ("新建公路138公里，其中县道26公里、乡道43公里、村道69公里。", "sum", ("69", "26", "43"), False),  # of one list
        ("支出合计18,695.08万元。支出1.87亿元。采购办公用品2,846元。", "sum", ("18,695.08", "1.87", "2,846"), False),  # below the rounding
        ("共救助1,416人，人均救助800元。救助甲镇816人。救助乙镇600人。", "sum", ("1,416", "816", "600"), True),
        ("发放资金1,416元，人均816元。另发600元。", "sum", ("1,416", "816", "600"), False),  # per head
        ("应检设备57台。在册设备64台，停用7台。", "sum", ("64", "57", "7"), True),
        ("在册设备64台，停用7台，其余57台在用。", "diff", ("57", "64", "7"), True),
        ("办结412件。去年受理案件500件。办结率82.4%。", "ratio", ("82.4", "412", "500"), True),
        ("每万人发案82.4件。办结412件，受理500件。", "ratio", ("82.4", "412", "500"), False),
        ("发生事故36起，同比下降25%。去年发生事故48起。", "growth", ("25", "36", "48"), True),
        ("实现地区生产总值36.0亿元，按不变价格计算同比下降25%。去年地区生产总值48.0亿元。", "growth", ("25", "36.0", "48.0"), False),
        ("全年预算支出258.52万元。后来情况有变。全年决算支出258.52万元。", "same", ("258.52", "258.52"), False),
        ("需紧急救助1,863人。后来情况有变。全年已救助群众1,863人。", "same", ("1,863", "1,863"), True),
        ("整改隐患1,863处，罚款1,863元。", "same", ("1,863", "1,863"), False),
        ("计划改造管网46.5公里。实际改造管网47.2公里。", "target", ("46.5", "47.2"), True),
        ("计划改造管网46.5公里。实际改造管网44.2公里。", "target", ("46.5", "44.2"), False),
        ("计划改造管网46.5公里。管网总长47.2公里。", "target", ("46.5", "47.2"), False),  # nothing says that it was done
        ("播种75.8万亩。后来情况有变。进度近八成。备耕96万亩。", "ratio", ("八", "75.8", "96"), False),  # round
    ],
)
def test_candidates(text: str, kind: str, numbers: tuple[str, ...], there: bool) -> None:
    assert (numbers in found(text, kind)) is there, found(text, kind)


def test_a_rate_that_a_rule_explains_is_left_alone() -> None:
    text = "受理案件500件，办结412件，办结率82.4%。\n\n另有信访件500件，其中初访412件。\n"
    alone = report(text, model=False)
    assert [check.type for check in alone.checks if check.type == "ratio"] == ["ratio"]
    assert [check for check in report(text).checks if check.type == "ratio" and check.by] == []


def test_multiples_are_shown_as_such_and_levels_in_one_scale() -> None:
    arithmetic = [check.arithmetic for check in report("全县接待游客由去年的82.5万人次增加到1.32亿人次，增长15倍。\n", model=False).checks]
    assert "(1.32 − 0.00825) ÷ 0.00825 = 159 ≠ 15" in " ".join(arithmetic).replace(" 倍", "").replace("倍", "")


def test_json_names_the_model_where_it_found_a_check(tmp_path: Path) -> None:
    (tmp_path / "towns.md").write_text(TOWNS, encoding="utf-8")
    raw = {
        model: json.loads(heshu("check", tmp_path / "towns.md", "--model", model, "--exit-zero", "--format", "json").stdout)
        for model in ("default", "patterns")
    }
    assert {check.get("maker") for check in raw["default"]["checks"]} == {None, MAKER}
    assert not any("maker" in check for check in raw["patterns"]["checks"])


def test_cost_grows_with_the_text() -> None:
    section = TOWNS.replace("3,417", "{}").replace("1236", "{}")
    assert isinstance(MODEL, related.Related)

    def work(sections: int) -> int:
        text = "".join(section.format(3000 + 7 * n, 1000 + 3 * n) for n in range(sections))
        alone = report(text, model=False)
        context = context_of(alone.document, alone.facts, alone.links)
        return calls(lambda: list(MODEL.propose(context, ())))

    work(4)
    assert work(80) < 3 * 10 * work(8)


@given(st.text(alphabet="0123456789.,%人万元起、，。共其中同比占下降\n|", max_size=120))
def test_any_text_is_survived(text: str) -> None:
    text += "共3起。"
    alone, with_model = report(text, model=False), report(text)
    assert with_model.findings == alone.findings
    assert all(check.holds for check in with_model.checks if check.by)


class Noted(list[Number]):
    """Numbers that count how many of them are looked at."""

    looks = 0

    def __getitem__(self, at: Any) -> Any:
        Noted.looks += 1
        return super().__getitem__(at)


def numbers(text: str) -> Ordered:
    """The numbers of persons of a text."""
    alone = report(text, model=False)
    return numbers_of(context_of(alone.document, alone.facts, alone.links)).by_family["人"]


PERSONS = ("约120人", "近1200人", "1.2万人", "118人", "121人", "119.5人", "1180人", "11985人", "12040人")


@given(st.lists(st.sampled_from(PERSONS), min_size=1, max_size=12))
def test_sharper_numbers_are_those_of_more_digits_that_a_round_one_allows(stated: list[str]) -> None:
    persons = numbers("".join(f"参加{one}。" for one in stated))
    by_digits = same._by_digits(persons.numbers)
    for rough in persons.numbers:
        inside = [n for n in persons.numbers if rough.low <= n.value <= rough.high]
        allowed = [n for n in inside if n.value != rough.value and n.digits > rough.digits]
        assert same._sharper(rough, by_digits) == allowed[: same._SHARPER]


def test_a_round_number_is_not_tried_with_all_that_say_the_same() -> None:
    persons = numbers("参加约120人。" * 200 + "参加118人。")
    by_digits = {digits: Ordered(Noted(one.numbers), one.values) for digits, one in same._by_digits(persons.numbers).items()}
    Noted.looks = 0
    assert [[n.value for n in same._sharper(rough, by_digits)] for rough in persons.numbers[1:3]] == [[118.0], [118.0]]
    assert Noted.looks <= 4


def _summed(rows: Sequence[Sequence[int]]) -> list[tuple[str, dict[str, tuple[str, ...]]]]:
    """The sums that a table of such rows may mean."""
    lines = ["单位\t检查家次\t培训人次\t支出（万元）", *(f"第{n}站\t{a}\t{b}\t{c}.{a % 10}" for n, (a, b, c) in enumerate(rows, 1))]
    found = report("\n".join(lines) + "\n", model=False)
    context = context_of(found.document, found.facts, found.links)
    return [(one.type, dict(one.roles)) for one in sums.find(numbers_of(context), Known.of(()))]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 8)] * 3), min_size=3, max_size=24))
def test_a_long_column_gives_the_sums_that_trying_place_by_place_gives(rows: list[tuple[int, int, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for module in (_long, sums):
            patch.setattr(module, "SHORT", 2)
        at_once = _summed(rows)
        for module in (_long, sums):
            patch.setattr(module, "SHORT", len(rows) + 1)
        patch.setattr(sums, "_reaching", lambda below, most: range(len(rows)) if below else ())
        assert at_once == _summed(rows)


LISTING = """全年共排查燃气隐患3,417处。

| 镇 | 排查隐患（处） |
| --- | --- |
| 柳溪镇 | 1236 |
| 云台镇 | 1047 |
| 石桥镇 | 1134 |
| 三镇 | 3417 |
| 合计 | 6834 |

据统计，另有6834处、1047处。
"""


def test_of_a_listing_its_totals_alone_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ("3417", "1236", "1047", "1134") in found(LISTING, "sum")
    assert {("6834", "6834"), ("1047", "1047")} <= found(LISTING, "same")
    monkeypatch.setattr(_numbers, "LISTING", 4)
    assert not found(LISTING, "sum")
    assert found(LISTING, "same") == {("6834", "6834")}


def test_a_long_listing_costs_the_model_nothing() -> None:
    rows = "\n".join(f"第{n}站\t{100 + n % 37}\t{200 + n % 41}\t{300 + n % 78}" for n in range(400))
    listing = report("单位\t检查家次\t培训人次\t发放资料份数\n" + rows + "\n", model=False)
    assert not numbers_of(context_of(listing.document, listing.facts, listing.links)).all
