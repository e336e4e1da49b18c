"""``heshu annotations``: what the workshop finds, chooses, compares and writes."""

from __future__ import annotations

import importlib
import json
import re
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import gold as golds
from extract.gold import GoldDocument, GoldFact, GoldRelation
from extract.pipeline import analyse
from extract.settings import Settings
from extract.types import Bound, Document, Kind, Report
from extract.workshop import agreement, choose, files, vet
from tests.test_cli import heshu

# ``from extract.cli import annotations`` gives the feature of __future__.
COMMAND = importlib.import_module("extract.cli.annotations")
ROOT = Path(__file__).resolve().parents[1]
TEXT = (
    "溪口镇2022年安全生产工作报告\n一、检查情况\n全年检查企业120家次，其中甲镇70家次、乙镇50家次，整改率96.5%。"
    "罚款合计3.2万元，同比下降20%；培训600余人次，计划不少于500人次。\n"
)
FIELDS = {"mention": "检查企业", "indicator": "检查企业家次数"}


def fact(identity: str, numeral: str, value: str, unit: str = "家次", kind: str = "level", bound: str = "=", **fields: Any) -> dict[str, Any]:
    start = TEXT.index(numeral, TEXT.index("全年"))
    stated = {"start": start, "end": start + len(numeral), "value": value, "unit": unit, "bound": bound, "kind": kind}
    return {"id": identity, **stated, **FIELDS, **fields}


SOUND: dict[str, Any] = {
    "doc": "report",
    "sha256": files.sha256(TEXT),
    "org": None,
    "region": "溪口镇",
    "year": "2022",
    "facts": [
        fact("f1", "120", "120"),
        fact("f2", "70", "70", subject="甲镇"),
        fact("f3", "50", "50", subject="乙镇"),
        fact("f4", "96.5", "96.5", "%", "rate", mention="整改率", indicator="整改率"),
        fact("f5", "3.2", "32000", "元", mention="罚款合计", indicator="罚款金额"),
        fact("f6", "20", "-20", "%", "growth", mention="罚款", indicator="罚款金额") | {"start": TEXT.index("20%"), "end": TEXT.index("20%") + 2},
        fact("f7", "600", "600", "人次", bound=">~", mention="培训", indicator="培训人次"),
        fact("f8", "500", "500", "人次", "target", ">=", mention="培训", indicator="培训人次"),
    ],
    "relations": [
        {"id": "r1", "type": "sum", "total": "f1", "parts": ["f2", "f3"], "holds": True, "certainty": "certain"},
        {"id": "r2", "type": "target", "target": "f8", "actual": "f7", "holds": True, "certainty": "likely"},
        {"id": "r3", "type": "growth", "change": "f6", "current": "f5", "holds": True, "certainty": "likely"},
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """gold/report.gold.json with documents/report.txt."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "report.txt").write_text(TEXT, encoding="utf-8")
    put(tmp_path, SOUND)
    return tmp_path


def put(folder: Path, gold: Any, name: str = "report") -> Path:
    path = folder / "gold" / f"{name}.gold.json"
    files.save(files.dumped(gold).encode(), path)
    return path


def changed(**fields: Any) -> dict[str, Any]:
    """The sound annotation with other fields in fact f1."""
    gold = deepcopy(SOUND)
    gold["facts"][0] |= fields
    return gold


def related(**fields: Any) -> dict[str, Any]:
    """The sound annotation with other fields in relation r1."""
    gold = deepcopy(SOUND)
    gold["relations"][0] |= fields
    return gold


def problems(gold: Any) -> list[str]:
    return [f"{problem.subject} {problem.what}" for problem in vet.vet(gold, TEXT)]


# --- check ------------------------------------------------------------------------------------------------------------


def test_a_sound_annotation_has_no_problem(folder: Path) -> None:
    assert problems(SOUND) == []
    done = heshu("annotations", "check", folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_annotations_of_the_project_are_sound() -> None:
    for path in sorted((ROOT / "annotations" / "gold").glob("*.gold.json")):
        file = files.read(path)
        assert file.text is not None
        assert vet.vet(file.gold, file.text) == (), path.name


at = TEXT.index("120")


@pytest.mark.parametrize(
    ("gold", "said"),
    [
        (changed(start=at + 3, end=at), "f1 stands at"),
        (changed(end=5000), "f1 stands at"),
        (changed(start=True), "f1 stands at"),
        (changed(end=at + 2), "f1 covers '12', a part of the numeral '120'"),
        (changed(start=at + 3, end=at + 5), "f1 covers '家次', which is no numeral"),
        (changed(start=at - 1), "f1 covers '业120', more than the numeral"),
        (changed(end=at + 5), "f1 covers '120家次', more than the numeral"),
        (changed(value="1200"), "f1 '120' reads as 120家次, the annotation says 1200家次"),
        (changed(value="12"), "f1 '120' reads as 120家次, the annotation says 12家次"),
        (changed(value="many"), "f1 value is no decimal string: 'many'"),
        (changed(value=120), "f1 value is no decimal string: 120"),
        (changed(value="NaN"), "f1 value is no decimal string"),
        (changed(value=None), "f1 a bound of = needs value"),
        (changed(low="1"), "f1 a bound of = has no low"),
        (changed(bound="range", value=None, low="5", high="3"), "f1 low 5 is not below high 3"),
        (changed(bound="~"), "f1 bound '~' is none of"),
        (changed(kind="levels"), "f1 kind 'levels' is none of"),
        (changed(kind="rate"), "f1 a rate in 家次"),
        (changed(kind="growth"), "f1 a growth is relative, a change in 家次 is a delta"),
        (changed(kind="target", value="-120"), "f1 a target of -120 is below zero"),
        (changed(indicator=""), "f1 indicator is empty"),
        (changed(optional="yes"), "f1 optional is true or absent"),
        (changed(mention="检查煤矿"), "f1 mention '检查煤矿' has '煤矿', which the text has nowhere"),
        (changed(mention_start=0, mention_end=3), "f1 mention '检查企业' is not what stands at 0..3"),
        (changed(id="f2"), "f2 is the id of 2 facts"),
        (changed(start=TEXT.index("70"), end=TEXT.index("70") + 2, value="70"), "f2 overlaps with f1"),
        ({**SOUND, "facts": [{key: value for key, value in SOUND["facts"][0].items() if key != "unit"}], "relations": []}, "f1 has no unit"),
        (related(id="r2"), "r2 is the id of 2 relations"),
        (related(holds=False), "r1 is labelled holds=false, but 70 + 50 = 120 家次"),
        (related(parts=["f2", "f9"]), "r1 names f9, which is no fact"),
        (related(parts=["f2", "f2"]), "r1 names f2 2 times"),
        (related(parts=["f2"]), "r1 parts has too few members"),
        (related(parts="f2"), "r1 parts is a list of ids"),
        (related(total=["f1"]), "r1 total is one id"),
        (related(total=None), "r1 sum without total"),
        (related(type="sums"), "r1 type 'sums' is none of"),
        (related(certainty="sure"), "r1 certainty 'sure' is none of"),
        (related(holds="yes"), "r1 holds is true or false"),
        (related(claim="done"), "r1 claim 'done' is none of"),
        (related(type="count", count="f1"), "r1 count without items"),
        (related(rate="f4"), "r1 sum has no rate"),
    ],
)  # fmt: skip
def test_what_is_broken_is_said(gold: Any, said: str) -> None:
    assert any(line.startswith(said) for line in problems(gold)), problems(gold)


def test_a_wrong_number_in_the_text_contradicts_the_label() -> None:
    wrong = TEXT.replace("120家次", "130家次")
    gold = changed(value="130") | {"sha256": files.sha256(wrong)}
    assert [problem.what for problem in vet.vet(gold, wrong)] == ["is labelled holds=true, but 70 + 50 = 120 ≠ 130 家次（差 10 家次）"]


@pytest.mark.parametrize("unit", ["万元", "元"])
def test_the_unit_of_a_table_decides_how_its_numbers_read(unit: str) -> None:
    text = f"一、支出情况\n单位：{unit}\n项目\t预算数\t决算数\n基本支出\t1200.50\t1188.20\n项目支出\t300.00\t288.10\n"
    start = text.index("1188.20")
    place = {"id": "f1", "start": start, "end": start + 7, "value": "11882000", "unit": "元", "bound": "=", "kind": "level", "indicator": "基本支出"}
    found = vet.vet({"doc": "t", "sha256": "", "facts": [place], "relations": []}, text)
    assert bool(found) is (unit == "元")


def test_a_text_that_is_not_here_is_said_and_the_rest_is_checked(folder: Path) -> None:
    put(folder, related(holds=False))
    (folder / "documents" / "report.txt").unlink()
    done = heshu("annotations", "check", folder / "gold")
    assert done.returncode == 1
    assert "spans and values are not compared" in done.stderr
    assert len(done.stdout.splitlines()) == 1 and "r1 at" in done.stdout and "holds=false" in done.stdout


def test_check_has_three_exit_codes(folder: Path) -> None:
    path = put(folder, changed(value="12"))
    assert heshu("annotations", "check", path).returncode == 1
    (folder / "gold" / "other.gold.json").write_text("{", encoding="utf-8")
    done = heshu("annotations", "check", folder)
    assert done.returncode == 2
    assert "other.gold.json: no JSON" in done.stderr and "f1 at" in done.stdout
    for content in ("[]", '{"doc": "x", "sha256": "", "facts": 1, "relations": []}', '{"doc": 1, "sha256": "", "facts": [], "relations": []}'):
        (folder / "gold" / "other.gold.json").write_text(content, encoding="utf-8")
        assert "no annotation" in heshu("annotations", "check", folder).stderr
    assert heshu("annotations", "check", folder / "documents").returncode == 2
    assert heshu("annotations", "check", folder / "missing.gold.json").returncode == 2


@given(
    st.recursive(st.none() | st.booleans() | st.integers(-3, 300) | st.text(max_size=3), lambda inner: st.lists(inner, max_size=3), max_leaves=4),
    st.sampled_from([*SOUND["facts"][0], "optional", "low", "high", "mention_start", "mention_end", "printed"]),
    st.sampled_from([*SOUND["relations"][0], "items", "claim", "list"]),
)
def test_whatever_stands_in_a_field_is_survived(value: Any, of_fact: str, of_relation: str) -> None:
    """No field breaks the check, and none that the guideline does not allow passes."""
    vet.vet(changed(**{of_fact: value}), TEXT)
    vet.vet(related(**{of_relation: value}), TEXT)


# --- export and import ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "out"), [("brat", "brat"), ("docbin", "x.spacy"), ("doccano", "x.jsonl"), ("labelstudio", "x.json")])
def test_out_and_back_by_the_command(folder: Path, name: str, out: str) -> None:
    done = heshu("annotations", "export", "--format", name, folder / "gold", "-o", folder / "export" / out)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = heshu("annotations", "import", "--format", name, folder / "export" / out, "-o", folder / "back")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert json.loads((folder / "back" / "report.gold.json").read_bytes()) == SOUND
    # The text is in the folder documents already.
    assert [path.name for path in (folder / "back").iterdir()] == ["report.gold.json"]
    away = folder / "elsewhere" / "gold"
    assert heshu("annotations", "import", "--format", name, folder / "export" / out, "-o", away).returncode == 0
    assert (away / "report.txt").read_bytes() == TEXT.encode()
    assert not list(folder.rglob("*.part"))


def test_a_document_goes_out_with_its_gold_or_with_a_draft(folder: Path) -> None:
    (folder / "new.txt").write_text(TEXT, encoding="utf-8")
    done = heshu("annotations", "export", "--format", "labelstudio", folder / "documents" / "report.txt", folder / "new.txt", "-o", folder / "x.json")
    assert (done.returncode, done.stderr) == (0, "")
    known, new = json.loads((folder / "x.json").read_bytes())
    assert "predictions" not in known and known["data"]["heshu"] == SOUND
    assert "annotations" not in new and new["predictions"][0]["model_version"].startswith("heshu ")
    assert {TEXT[each["start"] : each["end"]] for each in new["data"]["heshu"]["facts"]} >= {"120", "70", "50", "96.5", "3.2", "600", "500"}


def test_an_export_that_fails_leaves_nothing(folder: Path) -> None:
    put(folder, changed(end=5000))
    done = heshu("annotations", "export", "--format", "brat", folder / "gold", "-o", folder / "brat")
    assert done.returncode == 2
    assert "fact f1 stands at" in done.stderr and len(done.stderr.splitlines()) == 1
    assert not (folder / "brat").exists()
    put(folder, SOUND)
    put(folder, SOUND, name="again")
    done = heshu("annotations", "export", "--format", "doccano", folder / "gold", "-o", folder / "x.jsonl")
    assert (done.returncode, (folder / "x.jsonl").exists()) == (2, False)
    assert "two documents have this name" in done.stderr


@pytest.mark.parametrize("name", ["../report", "a/b", "c:\\d", "", ".hidden", "a\nb"])
def test_no_document_is_written_out_of_its_folder(folder: Path, name: str) -> None:
    record = {"text": TEXT, "entities": [], "relations": [], "heshu": {**SOUND, "doc": name, "facts": [], "relations": []}}
    (folder / "x.jsonl").write_text(json.dumps(record), encoding="utf-8")
    before = sorted(folder.rglob("*"))
    done = heshu("annotations", "import", "--format", "doccano", folder / "x.jsonl", "-o", folder / "gold")
    assert done.returncode == 2
    assert "no name that a file can have" in done.stderr
    assert sorted(folder.rglob("*")) == before


def test_a_text_that_a_tool_changed_is_refused(folder: Path) -> None:
    record = {"text": TEXT.strip(), "entities": [], "relations": [], "heshu": {**SOUND, "facts": [], "relations": []}}
    (folder / "x.jsonl").write_text(json.dumps(record), encoding="utf-8")
    done = heshu("annotations", "import", "--format", "doccano", folder / "x.jsonl", "-o", folder / "back")
    assert done.returncode == 2
    assert "not the one that was annotated" in done.stderr
    assert not (folder / "back").exists()
    assert heshu("annotations", "import", "--format", "doccano", folder / "none.jsonl", "-o", folder / "back").returncode == 2


# --- pre --------------------------------------------------------------------------------------------------------------


def test_a_draft_is_a_sound_skeleton_and_never_overwrites_a_person(folder: Path) -> None:
    source = folder / "documents" / "report.txt"
    done = heshu("annotations", "pre", source, "-o", folder / "drafts")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    drafted = json.loads((folder / "drafts" / "report.gold.json").read_bytes())
    assert drafted["made_by"].startswith("heshu ") and drafted["sha256"] == SOUND["sha256"]
    assert [problem for problem in vet.vet(drafted, TEXT) if "indicator is empty" not in problem.what] == []
    stated = {(each["start"], each.get("value"), each["unit"], each["bound"], each["kind"]) for each in drafted["facts"]}
    assert {(each["start"], each["value"], each["unit"], each["bound"], each["kind"]) for each in SOUND["facts"]} <= stated
    assert all(0 <= each["confidence"] <= 1 for each in drafted["facts"])
    assert any(each["type"] == "sum" and each["holds"] for each in drafted["relations"])
    assert not (folder / "drafts" / "report.txt").exists()
    # A draft may be made again, a person's work may not be lost.
    assert heshu("annotations", "pre", source, "-o", folder / "drafts").returncode == 0
    done = heshu("annotations", "pre", source, "-o", folder / "gold")
    assert done.returncode == 2
    assert "no draft" in done.stderr
    assert json.loads((folder / "gold" / "report.gold.json").read_bytes()) == SOUND
    assert heshu("annotations", "pre", source, "-o", folder / "gold", "--force").returncode == 0
    assert "made_by" in json.loads((folder / "gold" / "report.gold.json").read_bytes())


def test_the_text_of_another_encoding_goes_beside_its_draft(folder: Path) -> None:
    (folder / "old.txt").write_text(TEXT, encoding="gb18030")
    assert heshu("annotations", "pre", folder / "old.txt", "-o", folder / "drafts").returncode == 0
    assert (folder / "drafts" / "old.txt").read_bytes() == TEXT.encode()
    assert files.read(folder / "drafts" / "old.gold.json").text == TEXT


def test_drafts_of_two_documents_of_one_name_do_not_mix(folder: Path) -> None:
    other = folder / "other" / "report.txt"
    files.save(TEXT.replace("120", "130").encode(), other)
    done = heshu("annotations", "pre", folder / "documents", other, folder / "missing.txt", "-o", folder / "drafts")
    assert done.returncode == 2
    assert "another document is called report too" in done.stderr and "missing.txt" in done.stderr
    assert json.loads((folder / "drafts" / "report.gold.json").read_bytes())["sha256"] == SOUND["sha256"]


# --- next -------------------------------------------------------------------------------------------------------------

PLAIN = "一、检查情况\n全年检查企业120家。\n"
ODD = "一、其他情况\n另有35个。共计17项。\n"


def corpus(folder: Path) -> Path:
    for name, text in (("plain", PLAIN), ("odd", ODD)):
        files.save(text.encode(), folder / "corpus" / f"{name}.txt")
    return folder / "corpus"


def chosen(*arguments: str | Path) -> Any:
    done = heshu("annotations", "next", *arguments, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_doubts_come_first_with_their_reasons(folder: Path) -> None:
    found = chosen(corpus(folder))
    assert [Path(each["document"]).stem for each in found["documents"]] == ["odd", "plain"]
    scores = [each["score"] for each in found["numerals"]]
    assert scores == sorted(scores, reverse=True) and all(0 < score <= 1 for score in scores)
    first = found["numerals"][0]
    assert first["document"].endswith("odd.txt") and ODD[first["start"] : first["end"]] in ("35", "17")
    assert any(reason in ("no name", "unlinked") or reason.startswith("confidence") for reason in first["reasons"])
    shown = heshu("annotations", "next", corpus(folder), "--limit", "1").stdout.splitlines()
    assert len(shown) == 3 and "odd.txt" in shown[0]
    assert f"odd.txt:2:{ODD.splitlines()[1].index(ODD[first['start'] : first['end']]) + 1} " in shown[2]


def test_the_choice_is_the_same_every_time_and_keeps_to_its_limit(folder: Path) -> None:
    assert chosen(corpus(folder)) == chosen(corpus(folder))
    found = chosen(corpus(folder), "--limit", "1")
    assert (len(found["documents"]), len(found["numerals"])) == (1, 1)


def test_two_readings_that_differ_are_worth_a_look(folder: Path) -> None:
    reports = corpus(folder)
    assert heshu("facts", reports, "--format", "json", "--output-dir", folder / "other").returncode == 0
    alike = chosen(reports, "--against", folder / "other")
    assert alike == chosen(reports)
    path = folder / "other" / "plain.json"
    other = json.loads(path.read_bytes())
    other["facts"][0] |= {"kind": "target", "value": "12"}
    path.write_text(json.dumps(other), encoding="utf-8")
    found = chosen(reports, "--against", folder / "other")
    first = found["numerals"][0]
    assert first["document"].endswith("plain.txt")
    assert first["reasons"][:2] == ["value: =12家 by the other", "kind: level, target by the other"]
    other["facts"] = []
    path.write_text(json.dumps(other), encoding="utf-8")
    assert chosen(reports, "--against", folder / "other")["numerals"][0]["reasons"][0] == "fact or not: a fact, but none by the other"
    other["document"]["sha256"] = "0"
    path.write_text(json.dumps(other), encoding="utf-8")
    done = heshu("annotations", "next", reports, "--against", folder / "other")
    assert done.returncode == 2 and "made from another text" in done.stderr


def test_where_a_model_and_the_patterns_differ_is_worth_a_look(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(document: Document, chosen: Settings) -> Report:
        report = analyse(document)
        return report if chosen.model == "patterns" else replace(report, facts=tuple(replace(each, kind="target") for each in report.facts))

    monkeypatch.setattr(COMMAND, "_analyse", read)
    monkeypatch.setattr(COMMAND, "settings", lambda **_: Settings(model="learnt"))
    reasons = [reason for each in chosen(corpus(folder))["numerals"] for reason in each["reasons"]]
    assert reasons.count("kind: target, level by patterns") == 3
    monkeypatch.setattr(COMMAND, "settings", lambda **_: Settings(model="patterns"))
    assert not [reason for each in chosen(corpus(folder))["numerals"] for reason in each["reasons"] if "by patterns" in reason]


def test_what_is_annotated_already_is_left_out(folder: Path) -> None:
    reports = corpus(folder)
    put(folder, {"doc": "odd", "sha256": files.sha256(ODD), "facts": [], "relations": []}, name="odd")
    assert [Path(each["document"]).stem for each in chosen(reports, "--annotated", folder / "gold")["documents"]] == ["plain"]
    (folder / "empty").mkdir()
    assert heshu("annotations", "next", reports, "--annotated", folder / "empty").returncode == 2


def test_saying_the_same_again_counts_less() -> None:
    one = choose.Doubtful(document="d", line=1, column=1, start=0, end=1, text="检查 1家", score=0.8, reasons=("unlinked",))
    again = [
        choose.Doubtful(document="d", line=1, column=n, start=n, end=n + 1, text=f"检查 {n}家", score=0.8, reasons=("unlinked",)) for n in (2, 3)
    ]
    other = choose.Doubtful(document="d", line=1, column=9, start=9, end=10, text="培训 9家", score=0.5, reasons=("unlinked",))
    assert [(each.start, each.score) for each in choose._discounted([one, *again, other])] == [(0, 0.8), (9, 0.5), (2, 0.4), (3, 0.2)]


# --- agreement --------------------------------------------------------------------------------------------------------


def second_pass(folder: Path, gold: Any) -> str:
    files.save(files.dumped(gold).encode(), folder / "second" / "gold" / "report.gold.json")
    files.save(TEXT.encode(), folder / "second" / "documents" / "report.txt")
    done = heshu("annotations", "agreement", folder / "gold", folder / "second" / "gold", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_two_passes_that_say_the_same_agree(folder: Path) -> None:
    renamed = json.loads(re.sub(r'"f([0-9])"', r'"g\1"', json.dumps(SOUND)))
    found = json.loads(second_pass(folder, renamed))
    assert found["facts"] == [8, 8] and found["disagreements"] == []
    assert {found[name] for name in ("spans", "exact", *agreement.FIELDS, "relations", "holds")} == {1.0}
    assert set(found["kappa"].values()) == {1.0}


def test_every_disagreement_counts_and_is_listed(folder: Path) -> None:
    gold = deepcopy(SOUND)
    facts = gold["facts"]
    facts[0]["kind"] = "target"
    facts[1]["value"], facts[1]["unit"] = "71", " 家次"
    facts[4]["end"] += 1
    facts[6] |= {"optional": True}
    gold["facts"] = [each for each in facts if each["id"] != "f8"]
    gold["relations"] = [
        gold["relations"][0] | {"holds": False},
        {**{key: gold["relations"][2][key] for key in ("id", "holds", "certainty")}, "type": "part", "whole": "f5", "part": "f6"},
    ]
    found = json.loads(second_pass(folder, gold))
    assert found["spans"] == round(2 * 7 / 15, 4) and found["exact"] == round(2 * 6 / 15, 4)
    assert found["kind"] == found["value"] == found["optional"] == round(6 / 7, 4)
    assert found["unit"] == found["bound"] == found["mention"] == 1.0
    assert (found["relations"], found["holds"]) == (round(2 / 5, 4), 0.0)
    lines = found["disagreements"]
    assert [line.partition(" ")[2] for line in lines] == [
        "holds true | false of sum r1 of f1, f2, f3",
        "kind level | target of f1 120家次 检查企业",
        "value 70家次 | 71家次 of f2 70家次 检查企业",
        "only in the first: growth r3 of f6, f5",
        "only in the second: part r3 of f5, f6",
        f"span {facts[4]['start']}..{facts[4]['end'] - 1} | {facts[4]['start']}..{facts[4]['end']}",
        "only in the first: target r2 of f8, f7",
        "optional false | true of f7 600人次 培训",
        "only in the first: f8 500人次 培训",
    ]


def test_an_optional_fact_of_one_pass_is_no_disagreement(folder: Path) -> None:
    gold = deepcopy(SOUND)
    gold["facts"].append(fact("f9", "20%", "2022", "年", "other", optional=True) | {"start": 3, "end": 7})
    assert json.loads(second_pass(folder, gold))["disagreements"] == []


def test_the_short_name_shows_the_same_for_people(folder: Path) -> None:
    first = heshu("annotations", "agreement", folder / "gold", folder / "gold")
    assert first.returncode == 0
    assert "1 documents, 8 and 8 facts" in first.stdout and "kappa 1.000" in first.stdout
    assert heshu("annotations", "agree", folder / "gold", folder / "gold") == first


def test_passes_over_other_documents_or_texts_cannot_be_compared(folder: Path) -> None:
    (folder / "third").mkdir()
    for gold, said in ((SOUND | {"doc": "other"}, "no document in common"), (SOUND | {"sha256": "0" * 64}, "two different texts")):
        (folder / "third" / "x.gold.json").write_text(files.dumped(gold), encoding="utf-8")
        done = heshu("annotations", "agreement", folder / "gold", folder / "third")
        assert done.returncode == 2 and said in done.stderr
    assert heshu("annotations", "agreement", folder / "gold", folder / "documents").returncode == 2


LABELS = st.sampled_from(("level", "target", "rate"))


@given(st.lists(st.tuples(LABELS, LABELS), min_size=1, max_size=40))
@settings(deadline=None)
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    from sklearn.metrics import cohen_kappa_score

    if len({label for pair in pairs for label in pair}) == 1:
        assert agreement.kappa(pairs) == 1
    else:
        assert agreement.kappa(pairs) == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)))


def plain_fact(identity: str, start: int, end: int) -> GoldFact:
    kind: Kind = "level"
    bound: Bound = "="
    return GoldFact(id=identity, start=start, end=end, value=None, low=None, high=None, unit="", bound=bound, kind=kind, mention="", indicator="x")


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 5)), max_size=12).map(
    lambda spans: [plain_fact(f"f{n}", start, start + length) for n, (start, length) in enumerate(spans)]
)


@given(SPANS, SPANS)
def test_pairs_overlap_and_are_one_to_one(first: list[GoldFact], second: list[GoldFact]) -> None:
    pairs = agreement.pair(first, second)
    assert all(a.start < b.end and b.start < a.end for a, b in pairs)
    assert len({a.id for a, _ in pairs}) == len({b.id for _, b in pairs}) == len(pairs)
    free = {fact.id for fact in second} - {b.id for _, b in pairs}
    paired = {a.id for a, _ in pairs}
    assert not [(a, b) for a in first if a.id not in paired for b in second if b.id in free and a.start < b.end and b.start < a.end]


def test_roles_tell_relations_apart() -> None:
    facts = (plain_fact("a", 0, 1), plain_fact("b", 2, 3))

    def passed(whole: str, part: str) -> GoldDocument:
        relation = GoldRelation(id="r", type="part", roles={"whole": whole, "part": part}, holds=True, certainty="certain")
        return GoldDocument(
            name="d", sha256="", digest="", org="", region="", year="", genre="", family="", facts=facts, relations=(relation,)
        )  # fmt: skip

    assert agreement.agreement([passed("a", "b")], [passed("a", "b")]).relations.value == 1
    assert agreement.agreement([passed("a", "b")], [passed("b", "a")]).relations.value == 0


def test_a_gold_file_written_is_read_alike(folder: Path) -> None:
    path = put(folder, SOUND)
    assert json.loads(path.read_bytes()) == SOUND
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2 + 5 + 4 + len(SOUND["facts"]) + len(SOUND["relations"])
    held = golds.read(path, places=[folder / "documents"])
    assert held.text == TEXT and [each.id for each in held.facts] == [each["id"] for each in SOUND["facts"]]
