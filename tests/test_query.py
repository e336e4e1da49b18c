"""Questions to a store: the common ones in Chinese and English, what means nothing, SQL, and how answers are told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

pytest.importorskip("duckdb")

from extract.catalogue import load
from extract.columns import Value
from extract.errors import HeshuError
from extract.query import Answer, ask, prepare, sql
from extract.records import Records
from extract.review.decisions import FILE_NAME, Decisions, Verdict
from extract.scripts import scripts
from extract.store import Store
from tests.rows import report, row
from tests.test_cli import heshu


def _fact(name: str, identity: str | None, value: str, unit: str, **other: Value) -> dict[str, Value]:
    shown = {
        "kind": "level", "indicator": name, "mention": name, "indicator_id": identity, "value": Decimal(value), "unit": unit, "bound": "=",
        "text": value + unit, "own_subject": "", "antecedent": "", "line": 2, "joined": True, "words": name, "known_as": identity, "family": unit,
        "dimension": "count", "significant": value.replace(".", "").strip("0"),
    }  # fmt: skip
    return {**shown, **other}


def _document(key: str, region: str, year: int, *facts: dict[str, Value]) -> Records:
    about: dict[str, Value] = {"body": f"{region}应急管理局", "org": f"丰安市{region}应急管理局", "region": region, "matter": "", "year": year}
    counts: dict[str, Value] = {"numerals": 10, "checked": 4, "errors": 1, "warnings": 0}
    return report({"document": key, "name": f"报告{key}", **about, **counts}, *({"moment": str(year), **fact} for fact in facts))


def _deaths(value: str, **other: Value) -> dict[str, Value]:
    return _fact("生产安全事故死亡人数", "safety.deaths", value, "人", **other)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "facts.duckdb"
    first = _document("a", "青石县", 2021, _deaths("12"), _deaths("7", own_subject="甲镇"), _fact("谷物晾晒面积", None, "346", "亩"))
    second = _document("b", "白石县", 2021, _deaths("9"), _deaths("20", kind="target"), _fact("谷物晾晒面积", None, "346", "亩"))
    third = _document("c", "青石县", 2022, _deaths("8"), _deaths("3", moment="2022-01/2022-03"))
    third["findings"].append(
        row("findings", {"document": "c", "id": "x1", "code": "S201", "severity": "error", "message": "合计不符", "fingerprint": "f1"})
    )
    third["findings"].append(row("findings", {"document": "c", "id": "x2", "code": "D101", "severity": "warning", "suppressed": "ignored"}))
    with Store(path) as store:
        store.load([first, second, third])
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path, read_only=True) as opened:
        prepare(opened)
        yield opened


def entries(answer: Answer) -> list[dict[str, object]]:
    return [dict(zip(answer.columns, line, strict=True)) for line in answer.rows]


def told(store: Store, *question: str) -> list[dict[str, object]]:
    return entries(ask(store, question, load()))


@pytest.mark.parametrize("question", ["死亡人数 2021 按地区", "死亡人数 2021 by region", "2021年 死亡人数 按 地区", "safety.deaths by region 2021"])
def test_one_indicator_by_place(store: Store, question: str) -> None:
    assert [(one["region"], one["value"], one["documents"]) for one in told(store, question)] == [("白石县", 9, 1), ("青石县", 12, 1)]


@pytest.mark.parametrize(
    "question", ["死亡人数 2021-2022 青石县", "死亡人数 2021至2022年 丰安市青石县应急管理局", "死亡人数 2020–2023 青石县应急管理局"]
)
def test_one_indicator_over_years_and_of_one_body(store: Store, question: str) -> None:
    assert [(one["year"], one["value"]) for one in told(store, question)] == [(2021, 12), (2022, 8)]


def test_targets_parts_of_years_and_parts_of_the_body_are_no_figures_of_it(store: Store) -> None:
    assert sorted(str(one["value"]).partition(".")[0] for one in told(store, "死亡人数")) == ["12", "8", "9"]


def test_figures_that_disagree_are_told_with_their_ends(path: Path) -> None:
    with Store(path) as store:
        store.load([_document("d", "青石县", 2021, _deaths("12"), _deaths("14"))])
    with Store(path, read_only=True) as store:
        prepare(store)
        (one,) = told(store, "死亡人数 2021 青石县 按单位")
    assert (one["value"], one["lowest"], one["highest"], one["documents"], one["figures"]) == (12, 12, 14, 2, 3)


def test_an_indicator_that_no_catalogue_knows_goes_by_its_own_name(store: Store) -> None:
    assert {one["body"] for one in told(store, "谷物晾晒面积")} == {"青石县应急管理局", "白石县应急管理局"}


def test_the_same_claim_in_several_reports(store: Store) -> None:
    (claim,) = told(store, "雷同")
    assert (claim["indicator"], claim["bodies"], claim["who"]) == ("谷物晾晒面积", 2, "白石县应急管理局、青石县应急管理局")


def test_outliers_are_far_from_the_other_bodies_and_need_enough_of_them(path: Path) -> None:
    sizes = [41, 52, 38, 47, 60, 35, 44, 55]
    with Store(path) as store:
        store.load([_document(f"n{n}", f"县{n}", 2020, _deaths(str(size))) for n, size in enumerate(sizes)])
    with Store(path, read_only=True) as store:
        prepare(store)
        assert told(store, "outliers") == []
    with Store(path) as store:
        store.load([_document("far", "远县", 2020, _deaths("4700"))])
    with Store(path, read_only=True) as store:
        prepare(store)
        (far,) = told(store, "离群值 死亡人数 2020")
        assert (far["region"], far["bodies"], far["median"]) == ("远县", 9, 47)
        assert told(store, "离群值 2021") == []


def test_findings_with_decisions(path: Path, tmp_path: Path) -> None:
    with Decisions(tmp_path / FILE_NAME) as decisions:
        decisions.decide(Verdict(request="r", fingerprint="f1", state="dismissed", reason="四舍五入", who="甲"), seen=None)
    done = heshu("store", str(path), "--decisions", str(tmp_path / FILE_NAME))
    assert (done.returncode, "decisions  1" in done.stdout) == (0, True)
    with Store(path, read_only=True) as store:
        prepare(store)
        (problem,) = told(store, "疑点")
        assert (problem["code"], problem["state"], problem["reason"]) == ("S201", "dismissed", "四舍五入")
        assert told(store, "problems D") == told(store, "疑点 D101") == told(store, "疑点 2021") == []
        (by,) = told(store, "疑点 s2 按规则 按年度")
        assert (by["code"], by["year"], by["findings"], by["dismissed"]) == ("S201", 2022, 1, 1)


def test_coverage_by_body(store: Store) -> None:
    assert [(one["body"], one["documents"], one["numerals"], one["share"]) for one in told(store, "覆盖 按单位")] == [
        ("白石县应急管理局", 1, 10, 40.0),
        ("青石县应急管理局", 2, 20, 40.0),
    ]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("安全事故死亡总人数", "安全事故死亡总人数: no question, indicator, body or place of the store; like it: "),
        ("coverage by", "by: nothing to group by; region 地区, body 单位, "),
        ("coverage by colour", "by colour: nothing to group by; region 地区, "),
        ("coverage by code", "coverage: has no code; it has body, year, "),
        ("coverage 死亡人数", "coverage: has no indicator_id; it has "),
    ],
)
def test_what_means_nothing_is_said_with_what_would(store: Store, question: str, line: str) -> None:
    with pytest.raises(HeshuError) as said:
        told(store, question)
    assert str(said.value).startswith(line)


def test_plain_sql_on_tables_and_views(store: Store) -> None:
    assert sql(store, "SELECT count(*) AS n FROM figures").rows == ((5,),)
    with pytest.raises(HeshuError, match="heshu query STORE --list"):
        sql(store, "SELECT nothing FROM nowhere")


def test_the_views_are_in_the_file_for_other_programs(path: Path) -> None:
    import duckdb

    with duckdb.connect(str(path), read_only=True) as connection:
        for script in scripts("queries"):
            assert connection.execute(f"SELECT count(*) FROM {script.name}").fetchone() is not None


def test_every_question_says_what_it_gives(store: Store) -> None:
    names = [name for script in scripts("queries") for name in (script.name, *script["zh"].split())]
    assert len(set(names)) == len(names)
    for script in scripts("queries"):
        assert script.title.endswith(".") and all(script[key] for key in ("zh", "what", "why", "columns", "sums", "order", "keys"))
        columns = set(ask(store, [script.name], load()).columns)
        assert set(script["keys"].split(", ")) <= columns
        assert all(column in script["columns"] for column in columns)


# --- the command ------------------------------------------------------------------------------------------------------


def test_answers_as_text_csv_and_json(path: Path, tmp_path: Path) -> None:
    question = ("query", str(path), "死亡人数", "2021", "按地区")
    assert heshu(*question).stdout.splitlines()[1].split() == ["白石县", "生产安全事故死亡人数", "2021", "人", "9", "9", "9", "1", "1"]
    assert heshu(*question).stdout.startswith("地区") and heshu(*question, "--lang", "en").stdout.startswith("region")
    (first, *_) = json.loads(heshu(*question, "--format", "json").stdout)
    assert (first["region"], first["value"], first["year"]) == ("白石县", "9", 2021)
    assert heshu(*question, "--format", "csv", "--output", str(tmp_path / "out.csv")).returncode == 0
    table = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"))))
    assert [(line["region"], line["value"]) for line in table] == [("白石县", "9"), ("青石县", "12")]


def test_an_answer_for_people_is_in_their_language(path: Path) -> None:
    assert heshu("query", str(path), "死亡人数", "青石县", "2021").stdout.splitlines()[1].split()[-3:] == ["数值", "报告a", "2"]
    assert heshu("query", str(path), "疑点").stdout.splitlines()[1].split()[:2] == ["S201", "错误"]
    assert heshu("query", str(path), "疑点", "--lang", "en").stdout.splitlines()[1].split()[:2] == ["S201", "error"]
    assert heshu("query", str(path), "--sql", "SELECT 'error' AS words").stdout.splitlines()[1] == "error"


def test_a_formula_in_a_name_is_harmless_in_csv(path: Path) -> None:
    assert heshu("query", str(path), "--sql", "SELECT '=1+1' AS a", "--format", "csv").stdout.splitlines() == ["a", "'=1+1"]


def test_wrong_usage_is_one_line(path: Path, tmp_path: Path) -> None:
    assert heshu("query", str(path)).returncode == 2
    missing = heshu("query", str(tmp_path / "none.duckdb"), "死亡人数")
    assert missing.returncode == 2 and "no such file; make it with: heshu facts DIR --store FILE" in missing.stderr
    assert "Cannot access file" in heshu("query", str(path), "--sql", "SELECT * FROM read_text('a')").stderr


def test_the_state_of_a_store_and_its_export(path: Path, tmp_path: Path) -> None:
    done = heshu("store", str(path), "--export", str(tmp_path / "out"))
    assert done.returncode == 0 and done.stdout.splitlines()[0].split() == ["documents", "3"]
    assert (tmp_path / "out" / "facts.parquet").is_file()
    assert heshu("store", str(path), "--export", str(tmp_path / "out")).returncode == 2
    assert heshu("store", str(tmp_path / "new.duckdb"), "--take", str(tmp_path / "out")).stdout == done.stdout
    assert heshu("store", str(tmp_path / "none.duckdb")).returncode == 2
