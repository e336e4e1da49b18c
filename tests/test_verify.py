"""Findings recomputed from their places: confirmed as they are, and found out where text, value or arithmetic is another."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract import ingest, learned, pipeline, report
from extract.errors import ConfigurationError
from extract.types import Document
from extract.verify import _fact, verify
from tests.test_cli import WRONG, heshu

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted((ROOT / "annotations" / "documents").glob("*.txt"))
MONEY = "溪口区2022年决算说明\n一、支出情况\n本年支出1,875.9 万元，其中：基本支出1230.5万元、项目支出640.4万元。\n"


def checked(text: str) -> tuple[dict[str, Any], Document]:
    document = ingest.read_text(text)
    found: dict[str, Any] = json.loads(report.write(pipeline.analyse(document), "json"))
    assert found["findings"]
    return found, document


def statuses(found: dict[str, Any], document: Document) -> list[str]:
    return [verdict.status for verdict in verify(found, document)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_every_relation_of_our_reports_is_confirmed_from_its_places(path: Path) -> None:
    """Not the findings alone: each relation is put as if it were one, those that hold too."""
    document = ingest.read(path)
    found = json.loads(report.write(pipeline.analyse(document, models=learned.models()), "json"))
    found["findings"] = [
        {"id": "x1", "code": check["code"], "checks": [check["id"]], "facts": [], "places": [], "arithmetic": check["arithmetic"]}
        for check in found["checks"]
    ]
    verdicts = verify(found, document)
    assert verdicts
    assert [verdict for verdict in verdicts if verdict.status not in ("confirmed", "standing")] == []
    implied = sum(check["type"] == "implied" for check in found["checks"])
    assert sum(verdict.status == "standing" for verdict in verdicts) == implied


def test_no_stage_of_extraction_takes_part(monkeypatch: pytest.MonkeyPatch) -> None:
    found, document = checked(WRONG)
    for stage in ("quantify", "tokenise", "tag", "assemble", "link", "check"):
        monkeypatch.setattr(pipeline, stage, None)
    assert statuses(found, document) == ["confirmed"]


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        ("120家", "121家", "changed"),
        ("120家", "12０家", "confirmed"),
        ("120家", "120次", "changed"),
        ("机械企业60家", "机械企业61家", "changed"),
        ("溪口镇", "溪口乡镇", "changed"),
        ("安全", "消防", "confirmed"),
    ],
)
def test_text_that_changed_is_found_out(old: str, new: str, status: str) -> None:
    found, _ = checked(WRONG)
    [verdict] = verify(found, ingest.read_text(WRONG.replace(old, new, 1)))
    assert verdict.status == status
    if status == "changed":
        assert verdict.place is not None
        assert verdict.stated != verdict.found


FORMS = (
    "外贸总额突破万亿元，增长两位数；男女比例为3:2，一半为新建项目，三分之二已完工，十余万人次参加，约1.2万多亿元，三万五千人受益，"
    "投入30-50万元，误差0.00万元，票价5角，下降26.7%，发电1,460万千瓦时，用地１２．５公顷，近600人，超过240万元。"
)


def test_numerals_of_all_forms_are_read_back() -> None:
    document = ingest.read_text(FORMS)
    found = json.loads(report.write(pipeline.analyse(document), "json"))
    assert len(found["facts"]) >= 14
    for fact in found["facts"]:
        again = _fact(fact, document).quantity
        assert again.value == (None if fact["value"] is None else Decimal(fact["value"]))


def test_a_text_that_ends_early_has_changed() -> None:
    found, _ = checked(WRONG)
    assert statuses(found, ingest.read_text(WRONG[:40])) == ["changed"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("1,875.9 万元", "1,875.9 亿元"), ("1,875.9 万元", "超1,875.9 亿"), ("1230.5万元", "1230.5元")],
)
def test_another_scale_is_another_text(old: str, new: str) -> None:
    found, document = checked(MONEY)
    assert statuses(found, document) == ["confirmed"]
    assert "changed" in statuses(found, ingest.read_text(MONEY.replace(old, new)))


def damaged(where: str, key: str, value: object) -> list[str]:
    found, document = checked(MONEY)
    found[where][0][key] = value
    return statuses(found, document)


def test_a_value_that_does_not_follow_from_the_text_is_found_out() -> None:
    assert damaged("facts", "value", "18760000") == ["differs"]
    assert damaged("facts", "value", "1875900") == ["differs"]
    assert damaged("facts", "interval", ["18759000", "18759000"]) == ["differs"]


def test_arithmetic_that_does_not_come_out_is_found_out() -> None:
    [check] = checked(MONEY)[0]["checks"]
    assert damaged("checks", "verdict", "pass") == ["differs"]
    assert damaged("checks", "arithmetic", check["arithmetic"].replace("1870.9", "1870.8")) == ["differs"]
    assert damaged("checks", "roles", {**check["roles"], "parts": check["roles"]["parts"][:1]}) == ["differs"]


def test_words_without_numbers_stand_or_have_changed() -> None:
    text = "溪口区2022年度总结\n（六）宣传\n开展宣传。\n（七）队伍\n强化责任。\n（七）保障\n补齐短板。\n"
    found, document = checked(text)
    assert statuses(found, document) == ["standing"]
    assert statuses(found, ingest.read_text(text.replace("（七）保障", "（八）保障"))) == ["changed"]


@pytest.mark.parametrize("found", [{}, {"facts": [], "checks": []}, {"facts": [{}], "checks": [], "findings": []}, []])
def test_what_is_no_report_is_said(found: Any) -> None:
    with pytest.raises(ConfigurationError, match="not a report in JSON"):
        verify(found, ingest.read_text(WRONG))


def test_damaged_numbers_are_said() -> None:
    found, document = checked(MONEY)
    found["facts"][0]["value"] = "many"
    with pytest.raises(ConfigurationError, match="not a report in JSON"):
        verify(found, document)


def test_the_command_says_each_and_leaves_with_its_code(tmp_path: Path) -> None:
    path = tmp_path / "wrong.txt"
    path.write_text(WRONG, encoding="utf-8")
    (tmp_path / "found.json").write_text(heshu("check", "wrong.txt", "--format", "json", cwd=tmp_path).stdout, encoding="utf-8")
    good = heshu("verify", "found.json", "wrong.txt", cwd=tmp_path)
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.splitlines() == ["x1 [S201] 属实  70 + 60 = 130 ≠ 120 家（差 10 家）", "wrong.txt：1 处发现：属实 1"]
    path.write_text(WRONG.replace("60家", "50家"), encoding="utf-8")
    bad = heshu("verify", "found.json", "wrong.txt", "--lang", "en", cwd=tmp_path)
    assert bad.returncode == 1
    assert bad.stdout.splitlines() == [
        "x1 [S201] the text changed  3:30  stated “60家”, found “50家”",
        "wrong.txt is not the file that was checked (its SHA-256 differs)",
        "wrong.txt: 1 findings: the text changed 1",
    ]
    for arguments in (("wrong.txt", "wrong.txt"), ("found.json", "missing.txt"), ("missing.json", "wrong.txt")):
        assert heshu("verify", *arguments, cwd=tmp_path).returncode == 2
