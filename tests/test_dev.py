"""Two versions side by side, and how often each rule fires."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

import extract
from extract import assemble, differences, firing, gold, report
from extract.errors import UnreadableError
from extract.types import Document, Report
from tests.test_cli import heshu

ROOT = Path(__file__).resolve().parents[1]
TEXT = "全年共检查企业120家，按类型分，化工企业70家、机械企业60家。\n发放宣传资料3000份，同比增长12.5%。\n"


def output(folder: Path, text: str, name: str = "report") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(report.write(extract.check(text), "json"), encoding="utf-8")
    return folder


def edited(folder: Path, new: Path, edit: dict[str, dict[str, object]], drop: Iterable[str] = ()) -> Path:
    """A copy of the output in which facts, by their text, state something else or are gone."""
    shutil.copytree(folder, new)
    path = new / "report.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    for fact in raw["facts"]:
        fact.update(edit.get(fact["text"], {}))
    raw["facts"] = [fact for fact in raw["facts"] if fact["text"] not in drop]
    path.write_text(json.dumps(raw), encoding="utf-8")
    return new


def test_the_same_output_differs_in_nothing(tmp_path: Path) -> None:
    old = output(tmp_path / "old", TEXT)
    found = differences.compare(old, old)
    assert found == differences.Differences(differences=(), documents=1, only_old=(), only_new=())
    shown = differences.as_text(found, lambda name, place: "")
    assert "facts: none differs" in shown and "findings: none differs" in shown


def test_facts_gained_lost_and_changed_are_grouped_by_who_made_them(tmp_path: Path) -> None:
    old = output(tmp_path / "old", TEXT)
    edit: dict[str, dict[str, object]] = {"12.5%": {"kind": "rate", "mention": "资料"}, "120家": {"kind": "target", "maker": ["tagger:kind@1"]}}
    new = edited(old, tmp_path / "new", edit, ["3000份"])
    found = differences.compare(old, new).differences
    assert [(one.change, TEXT[slice(*one.place)]) for one in found] == [("changed", "120"), ("lost", "3000"), ("changed", "12.5")]
    by_number = {TEXT[slice(*one.place)]: one for one in found}
    assert by_number["120"].group.endswith("→ tagger:kind@1") and by_number["120"].words == "kind level → target"
    assert by_number["12.5"].words.startswith("kind growth → rate; mention ") and by_number["12.5"].group.startswith("rule:")
    assert by_number["3000"].words.endswith("3000份 (level)")
    back = differences.compare(new, old).differences
    assert [one.change for one in back] == ["changed", "gained", "changed"]


def test_findings_are_grouped_by_code(tmp_path: Path) -> None:
    old, new = output(tmp_path / "old", TEXT), output(tmp_path / "new", TEXT.replace("60家", "50家"))
    codes = [finding.code for finding in extract.check(TEXT).findings]
    assert codes == ["S201"]
    lost = [one for one in differences.compare(old, new).differences if one.subject == "finding"]
    assert [(one.change, one.group) for one in lost] == [("lost", "S201")] and lost[0].words.startswith("error: ")
    worse = output(tmp_path / "worse", TEXT.replace("60家", "80家"))
    changed = [one for one in differences.compare(old, worse).differences if one.subject == "finding"]
    assert [(one.change, one.group) for one in changed] == [("changed", "S201")] and " → error: " in changed[0].words


def test_documents_on_one_side_only_are_named_and_groups_are_cut(tmp_path: Path) -> None:
    old, new = output(tmp_path / "old", TEXT), output(tmp_path / "new", "检查企业5家。")
    output(old, TEXT, "gone")
    output(new, TEXT, "come")
    found = differences.compare(old, new)
    assert (found.only_old, found.only_new, found.documents) == (("gone",), ("come",), 1)
    shown = differences.as_text(found, lambda name, place: f"<{name}:{place[0]}>", limit=1)
    assert "only old: gone" in shown and "only new: come" in shown and "… and " in shown and "<report:" in shown
    assert "… and " not in differences.as_text(found, lambda name, place: "", limit=0)


def test_a_quote_is_one_line_with_the_number_marked() -> None:
    assert differences.quoted("甲\n乙 12 家\n", (4, 6)) == "甲 乙【12】家"


@pytest.mark.parametrize("content", ["", "[]", '{"format": "other/1"}'])
def test_what_heshu_did_not_write_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(UnreadableError, match=r"no \*\.json"):
        differences.compare(tmp_path, tmp_path)
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"a\.json: no JSON that heshu wrote"):
        differences.compare(tmp_path, tmp_path)


def analyse(document: Document) -> Report:
    return extract.check(document)


def test_rules_are_counted_without_changing_what_they_find() -> None:
    before, alone = assemble.rules(), extract.check(TEXT)
    counted = firing.count([extract.read(TEXT)], analyse)
    assert assemble.rules() == before
    again = extract.check(TEXT)
    assert replace(again, document=alone.document) == alone
    assert counted.documents == 1 and counted.facts == len(alone.facts) == 5 and counted.annotated == 0
    assert sum(n for (_, what), n in counted.rules.items() if what == "names") == 5
    for rule in before:
        fires, names, overlaps = (counted.rules[rule.name, what] for what in ("fires", "names", "overlaps"))
        assert names <= fires and counted.rules[rule.name, "conflicts"] <= overlaps <= fires
    assert counted.checks["S201", "fail"] == 1 == counted.checks["S201", "reported"]


def test_the_watch_ends_when_a_document_breaks() -> None:
    before = assemble.rules

    def breaks(document: Document) -> Report:
        raise ValueError(document.name)

    with pytest.raises(ValueError, match="text"):
        firing.count([extract.read(TEXT)], breaks)
    assert assemble.rules is before


def test_rules_are_judged_on_annotated_documents() -> None:
    documents = gold.load([ROOT / "annotations" / "gold"])[:2]
    read = [extract.read(ROOT / "annotations" / "documents" / f"{document.name}.txt") for document in documents]
    counted = firing.count(read, analyse, {document.sha256: document for document in documents})
    assert counted.annotated == 2
    judged = sum(n for (_, what), n in counted.rules.items() if what == "judged")
    right = sum(n for (_, what), n in counted.rules.items() if what == "kinds")
    assert 0.8 * sum(not fact.optional for document in documents for fact in document.facts) < judged
    assert 0.8 * judged < right <= judged
    assert sum(n for (_, what), n in counted.checks.items() if what == "right") > 0
    shown = firing.as_text(counted)
    assert "name right" in shown and "false alarms" in shown and "name right" not in firing.as_text(firing.Firing())


def test_every_rule_and_check_has_its_line() -> None:
    lines = firing.as_text(firing.Firing()).splitlines()
    first = {line.split()[0] for line in lines if line}
    assert {rule.name for rule in assemble.rules()} <= first and {"S201", "D101"} <= first


# The commands


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "report.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_diff_shows_the_words_of_the_corpus(tmp_path: Path, corpus: Path) -> None:
    done = heshu("check", "--format", "json", "--exit-zero", "--output-dir", tmp_path / "old", corpus)
    assert done.returncode == 0, done.stderr
    edited(tmp_path / "old", tmp_path / "new", {"12.5%": {"kind": "rate"}})
    done = heshu("dev", "diff", tmp_path / "old", tmp_path / "new", corpus)
    assert done.returncode == 0, done.stderr
    assert "facts: 0 gained, 0 lost, 1 changed" in done.stdout and "【12.5】%" in done.stdout


def test_diff_against_now_runs_heshu(tmp_path: Path, corpus: Path) -> None:
    old = output(tmp_path / "old", TEXT)
    done = heshu("dev", "diff", old, "now", corpus)
    assert done.returncode == 0, done.stderr
    assert "facts: none differs" in done.stdout and "findings: none differs" in done.stdout


def test_diff_against_a_revision_runs_that_one(tmp_path: Path, corpus: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    done = heshu("dev", "diff", output(tmp_path / "old", TEXT), "HEAD", corpus)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 documents on both sides\n")


@pytest.mark.parametrize("side", ["nothing-of-that-name", "--output=x"])
def test_diff_says_what_is_no_side(side: str, corpus: Path) -> None:
    done = heshu("dev", "diff", "--", side, "now", corpus)
    assert done.returncode == 2 and f"{side}: no such folder" in done.stderr and "Traceback" not in done.stderr


def test_rules_prints_a_table_and_names_what_it_cannot_read(corpus: Path) -> None:
    (corpus / "empty.txt").write_text("", encoding="utf-8")
    done = heshu("dev", "rules", corpus)
    assert done.returncode == 0 and "empty.txt" in done.stderr
    assert done.stdout.startswith("1 documents, 0 of them annotated, 5 facts\n") and "value_after_object" in done.stdout
