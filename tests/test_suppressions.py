"""Suppression: ignored with a reason, or in a baseline; neither reported nor counted, never lost."""

from __future__ import annotations

import json
import tomllib
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import explain, report, suppressions
from extract.errors import ConfigurationError
from extract.suppressions import Suppression, add, baseline_line, baseline_of, load, load_baseline, remove, suppress
from extract.writers import View
from tests import made
from tests.test_cli import RIGHT, WRONG, heshu

SCHEMA = json.loads(resources.files("extract").joinpath("data/schema.json").read_text(encoding="utf-8"))
KNOWN = Suppression(fingerprint="0f1e2d3c", reason="合计含上年结转", code="S201", who="王", date="2026-11-22")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a report that has an error."""
    (tmp_path / "wrong.txt").write_text(WRONG, encoding="utf-8")
    return tmp_path


def fingerprint(folder: Path, name: str = "wrong.txt") -> str:
    found = json.loads(heshu("check", name, "--format", "json", cwd=folder).stdout)
    return str(found["findings"][0]["fingerprint"])


# --- what is set apart ------------------------------------------------------------------------------------------------


def test_suppressed_findings_are_set_apart_with_their_reason() -> None:
    found = suppress(made.report(), [KNOWN], {"4b5a6978"})
    assert found.findings == ()
    assert [(one.finding.id, one.kind, one.reason) for one in found.suppressed] == [("x1", "ignored", "合计含上年结转"), ("x2", "baseline", "")]
    assert suppress(made.report(), [], ()) == made.report()


def test_a_reason_says_more_than_a_baseline() -> None:
    [one] = suppress(made.report(), [KNOWN], {"0f1e2d3c"}).suppressed
    assert one.kind == "ignored"


def test_the_others_keep_their_ids() -> None:
    assert [finding.id for finding in suppress(made.report(), [KNOWN]).findings] == ["x2"]


def test_the_summary_counts_what_it_does_not_show() -> None:
    text = report.write(suppress(made.report(), [KNOWN]), "text")
    assert "S201] 检查企业" not in text
    assert "发现 1 处：警告 1" in text
    assert "另有 1 处不再报告：已忽略 1" in text
    nothing_else = report.write(suppress(made.report(), [KNOWN], {"4b5a6978"}), "text", View(lang="en"))
    assert "no other numbers that contradict each other" in nothing_else
    assert "2 more not reported: ignored 1, in the baseline 1" in nothing_else


def test_json_keeps_what_is_suppressed_and_its_schema() -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    found = json.loads(report.write(suppress(made.report(), [KNOWN]), "json"))
    validator.validate(found)
    assert [finding["id"] for finding in found["findings"]] == ["x2"]
    [one] = found["suppressed"]
    assert one["id"] == "x1"
    assert one["suppression"] == {"kind": "ignored", "reason": "合计含上年结转", "who": "王", "date": "2026-11-22"}
    assert "suppressed" not in json.loads(report.write(made.report(), "json"))
    del one["suppression"]
    assert not validator.is_valid(found)


def test_explain_tells_why_a_finding_is_not_reported() -> None:
    tree = explain.explain(suppress(made.report(), [KNOWN]), "0f1e2d3c")
    assert tree.startswith("x1  错误[S201]")
    assert "已忽略  合计含上年结转  王 2026-11-22" in tree


# --- the file of suppressions -----------------------------------------------------------------------------------------


def test_what_is_added_is_read_back_and_what_was_there_stays(tmp_path: Path) -> None:
    path = tmp_path / suppressions.FILE_NAME
    path.write_text(
        "# 逐条复核，见底稿\r\n[[ignore]]\r\nfingerprint = 'aa'\r\nreason = '''口径不同'''\r\ndate = 2022-01-02", encoding="utf-8", newline=""
    )
    before = path.read_bytes()
    add(path, [KNOWN])
    assert path.read_bytes().startswith(before)
    assert load(path) == (Suppression(fingerprint="aa", reason="口径不同", date="2022-01-02"), KNOWN)
    assert [file.name for file in tmp_path.iterdir()] == [suppressions.FILE_NAME]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip() == text))
def test_any_reason_can_be_written(tmp_path_factory: pytest.TempPathFactory, reason: str) -> None:
    path = tmp_path_factory.mktemp("any") / suppressions.FILE_NAME
    add(path, [Suppression(fingerprint="a1", reason=reason, date="last week")])
    [entry] = tomllib.loads(path.read_text(encoding="utf-8"))["ignore"]
    assert entry == {"fingerprint": "a1", "reason": reason, "date": "last week"}


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip() == text), st.booleans()),
        min_size=1,
        max_size=6,
    )
)
def test_what_is_taken_out_leaves_the_rest_as_it_was(tmp_path_factory: pytest.TempPathFactory, entries: list[tuple[str, bool]]) -> None:
    both, kept = tmp_path_factory.mktemp("taken") / "both.toml", tmp_path_factory.mktemp("taken") / "kept.toml"
    for number, (reason, stays) in enumerate(entries):
        entry = Suppression(fingerprint=f"{number:016x}", reason=reason, who="王")
        add(both, [entry])
        if stays:
            add(kept, [entry])
    for number, (_, stays) in enumerate(entries):
        assert stays or remove(both, f"{number:016x}")
    assert both.read_bytes() == (kept.read_bytes() if kept.exists() else b"")


def test_what_people_wrote_is_theirs_to_take_out(tmp_path: Path) -> None:
    path = tmp_path / suppressions.FILE_NAME
    assert remove(path, "1" * 16), "nothing there, nothing to do"
    written = f'# 每年一次\n[[ignore]]\nreason = "口径不同"\nfingerprint = "{"1" * 16}"\n'
    path.write_text(written, encoding="utf-8")
    add(path, [Suppression(fingerprint="2" * 16, reason="四舍五入")])
    assert not remove(path, "1" * 16)
    assert remove(path, "2" * 16)
    assert remove(path, "3" * 16)
    assert path.read_text(encoding="utf-8") == written


def test_a_name_that_no_file_of_suppressions_could_hold_is_said_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / ".heshu-ignore.toml"
    add(path, [Suppression(fingerprint="ab12", reason="口径不同")])
    before = path.read_bytes()
    with pytest.raises(ConfigurationError, match="not UTF-8 has no place in it; rename the file"):
        add(path, [Suppression(fingerprint="cd34", reason="口径不同", file="坏\udcff.txt")])
    assert path.read_bytes() == before


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / suppressions.FILE_NAME
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: add(path, [Suppression(fingerprint=f"f{number}", reason="已核")]), range(40)))
    assert {entry.fingerprint for entry in load(path)} == {f"f{number}" for number in range(40)}


def test_a_lock_that_somebody_holds_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / suppressions.FILE_NAME
    path.with_name(f"{path.name}.lock").touch()
    monkeypatch.setattr(suppressions, "_PATIENCE", 0.05)
    with pytest.raises(ConfigurationError, match="another process is writing it"):
        add(path, [KNOWN])
    assert not path.exists()


def test_a_lock_that_a_crash_left_is_broken(tmp_path: Path) -> None:
    import os

    path = tmp_path / suppressions.FILE_NAME
    lock = path.with_name(f"{path.name}.lock")
    lock.touch()
    os.utime(lock, (0, 0))
    add(path, [KNOWN])
    assert load(path) == (KNOWN,)


def test_an_entry_needs_a_reason_and_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / suppressions.FILE_NAME
    with pytest.raises(ConfigurationError, match="no reason; say why"):
        add(path, [Suppression(fingerprint="a1", reason=" ")])
    add(path, [KNOWN])
    with pytest.raises(ConfigurationError, match="ignored already; because: 合计含上年结转"):
        add(path, [KNOWN])
    assert load(path) == (KNOWN,)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[[ignore]]\nfingerprint = "a"', "entry 1: no reason"),
        ('[[ignore]]\nreason = "a"', "entry 1: no fingerprint"),
        (
            '[[ignore]]\nfingerprint = "a"\nreason = "b"\n[[ignore]]\nfingerprnt = "a"',
            "entry 2: unknown key 'fingerprnt'; did you mean 'fingerprint'",
        ),
        ('[[ignore]]\nfingerprint = 12\nreason = "b"', "fingerprint is 12; write a string"),
        ('[ignore]\nfingerprint = "a"', "something else than"),
        ('ignore = ["a"]', "entry 1: no table"),
        ("[[suppress]]", "something else than"),
        ("ignore = [", "not readable as TOML"),
    ],
)
def test_an_entry_that_means_nothing_says_what_would(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / suppressions.FILE_NAME
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load(path)
    assert message in str(caught.value)


# --- on the command line ----------------------------------------------------------------------------------------------


def test_ignored_findings_are_neither_shown_nor_an_error(project: Path) -> None:
    done = heshu("ignore", "wrong.txt", "x1", "--reason", "另有口径", "--who", "王", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("已忽略 x1 [S201]")
    [entry] = load(project / suppressions.FILE_NAME)
    assert (entry.code, entry.file, entry.reason, entry.who) == ("S201", "wrong.txt", "另有口径", "王")
    checked = heshu("check", "wrong.txt", "--strict", "--statistics", cwd=project)
    assert checked.returncode == 0
    assert "错误[S201]" not in checked.stdout
    assert "已忽略 1" in checked.stdout
    assert "1  已忽略" in checked.stderr
    again = heshu("ignore", "wrong.txt", "x1", "--reason", "另有口径", cwd=project)
    assert again.returncode == 2
    assert "ignored already" in again.stderr


def test_an_ignored_finding_stays_so_while_its_report_is_edited_and_comes_back_with_its_numbers(project: Path) -> None:
    heshu("ignore", "wrong.txt", "x1", "--reason", "另有口径", cwd=project)
    (project / "wrong.txt").write_text("前言一段。\n\n" + WRONG.replace("120", "１２０"), encoding="utf-8")
    assert heshu("check", "wrong.txt", cwd=project).returncode == 0
    (project / "wrong.txt").write_text(WRONG.replace("120", "150"), encoding="utf-8")
    assert heshu("check", "wrong.txt", cwd=project).returncode == 1


def test_the_file_is_found_upwards_and_made_beside_the_settings(project: Path) -> None:
    below = project / "a" / "b"
    below.mkdir(parents=True)
    (project / "heshu.toml").write_text("", encoding="utf-8")
    (below / "deep.txt").write_text(WRONG, encoding="utf-8")
    assert heshu("ignore", "deep.txt", fingerprint(below, "deep.txt"), "--reason", "另有口径", cwd=below).returncode == 0
    [entry] = load(project / suppressions.FILE_NAME)
    assert entry.file == "a/b/deep.txt"
    assert heshu("check", "deep.txt", cwd=below).returncode == 0


def test_an_unknown_finding_is_said(project: Path) -> None:
    done = heshu("ignore", "wrong.txt", "x7", "--reason", "另有口径", cwd=project)
    assert done.returncode == 2
    assert "no such finding in wrong.txt; it has x1" in done.stderr
    assert not (project / suppressions.FILE_NAME).exists()
    assert heshu("ignore", "wrong.txt", "x1", cwd=project).returncode == 2


def test_suppressions_that_nothing_needs_are_reported(project: Path) -> None:
    heshu("ignore", "wrong.txt", "x1", "--reason", "另有口径", cwd=project)
    assert heshu("check", "wrong.txt", cwd=project).stderr == ""
    (project / "other.txt").write_text(RIGHT, encoding="utf-8")
    assert heshu("check", "other.txt", cwd=project).stderr == "", "its file was not looked at"
    (project / "wrong.txt").write_text(RIGHT, encoding="utf-8")
    assert heshu("check", "wrong.txt", "--select", "R", cwd=project).stderr == "", "its code was not looked for"
    done = heshu("check", "wrong.txt", cwd=project)
    assert done.returncode == 0
    assert "is not found any more; remove the entry" in done.stderr
    assert "S201" in done.stderr
    assert "in wrong.txt" in done.stderr


def test_a_suppression_by_hand_without_a_file_is_reported_too(project: Path) -> None:
    (project / suppressions.FILE_NAME).write_text('[[ignore]]\nfingerprint = "abc"\nreason = "误报"\n', encoding="utf-8")
    done = heshu("check", "wrong.txt", cwd=project)
    assert done.returncode == 1
    assert "abc is not found any more" in done.stderr


def test_a_broken_file_of_suppressions_is_one_line(project: Path) -> None:
    (project / suppressions.FILE_NAME).write_text('[[ignore]]\nfingerprint = "abc"\n', encoding="utf-8")
    done = heshu("check", "wrong.txt", cwd=project)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


# --- baselines --------------------------------------------------------------------------------------------------------


def test_a_baseline_keeps_what_is_known_and_lets_through_what_is_new(project: Path) -> None:
    written = heshu("check", ".", "--write-baseline", "known.json", cwd=project)
    assert written.returncode == 0
    assert "错误[S201]" in written.stdout
    assert "1 findings" in written.stderr
    quiet = heshu("check", ".", "--baseline", "known.json", "--statistics", cwd=project)
    assert quiet.returncode == 0
    assert "基线已有 1" in quiet.stdout
    assert "1  基线已有" in quiet.stderr
    (project / "wrong.txt").write_text(WRONG + "另检查仓库50家，按类型分，冷库20家、危化仓库40家。\n", encoding="utf-8")
    new = heshu("check", ".", "--baseline", "known.json", cwd=project)
    assert new.returncode == 1
    assert new.stdout.count("错误[S201]") == 1


def test_a_baseline_in_the_settings_is_beside_them(project: Path) -> None:
    (project / "heshu.toml").write_text('baseline = "known.json"', encoding="utf-8")
    assert heshu("check", "wrong.txt", cwd=project).returncode == 2, "it is not there yet"
    (project / "sub").mkdir()
    assert heshu("check", "../wrong.txt", "--write-baseline", "../known.json", cwd=project / "sub").returncode == 0
    assert heshu("check", "../wrong.txt", cwd=project / "sub").returncode == 0


def test_a_report_in_json_is_a_baseline(project: Path) -> None:
    (project / "known.json").write_text(heshu("check", "wrong.txt", "--format", "json", cwd=project).stdout, encoding="utf-8")
    assert heshu("check", "wrong.txt", "--baseline", "known.json", cwd=project).returncode == 0


def test_no_baseline_is_written_of_half_the_documents(project: Path) -> None:
    done = heshu("check", "wrong.txt", "missing.txt", "--write-baseline", "known.json", cwd=project)
    assert done.returncode == 2
    assert "not written" in done.stderr
    assert not (project / "known.json").exists()


def test_a_baseline_is_read_back_and_is_the_same_every_time(tmp_path: Path) -> None:
    found = [baseline_line("a.txt", finding) for finding in made.report().findings]
    text = baseline_of(found)
    assert text == baseline_of(found)
    path = tmp_path / "known.json"
    path.write_text(text, encoding="utf-8")
    assert load_baseline(path) == {"0f1e2d3c", "4b5a6978"}
    path.write_text(baseline_of([]), encoding="utf-8")
    assert load_baseline(path) == frozenset()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"findings": {}}', '{"findings": [{"code": "S201"}]}', None])
def test_what_is_no_baseline_says_how_to_make_one(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "known.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="--write-baseline"):
        load_baseline(path)
