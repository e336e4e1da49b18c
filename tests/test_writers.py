"""Reports for other programs: SARIF that keeps to the standard's schema, JUnit that parses, annotations that GitHub reads."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extract import ingest, report
from extract.suppressions import Suppression, suppress
from extract.types import Report
from extract.writers import View
from tests import made
from tests.test_cli import RIGHT, WRONG, heshu, process

ROOT = Path(__file__).resolve().parents[1]
SARIF = jsonschema.Draft4Validator(json.loads((ROOT / "tests/schemas/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))
IGNORED = [Suppression(fingerprint="0f1e2d3c", reason="合计含上年结转", who="王", date="2026-11-22")]
ODD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def sarif(found: Report, **view: Any) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(report.write(found, "sarif", View(**view)))
    SARIF.validate(log)
    return log


def odd(words: str) -> Report:
    """The report with words in its finding and its path that a format may have to escape."""
    found = made.report(path=f"reports/{words}.txt")
    return replace(found, findings=(replace(found.findings[0], message=words, arithmetic=words), *found.findings[1:]))


# --- SARIF ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_keeps_to_the_schema(lang: str) -> None:
    [run] = sarif(made.report(), lang=lang)["runs"]
    first, second = run["results"]
    assert (first["ruleId"], first["level"], second["level"]) == ("S201", "error", "warning")
    assert [run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] for result in run["results"]] == ["S201", "N702"]
    assert first["partialFingerprints"] == {"heshu/v1": "0f1e2d3c"}
    assert "suppressions" not in first
    assert run["columnKind"] == "unicodeCodePoints"


def test_the_schema_notices_damage() -> None:
    log = sarif(made.report())
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not SARIF.is_valid(log)


def test_sarif_places_are_those_of_the_file() -> None:
    result = sarif(made.report())["runs"][0]["results"][0]
    places = [result["locations"][0], *result["relatedLocations"]]
    regions = [place["physicalLocation"]["region"] for place in places]
    assert [made.SOURCE[r["charOffset"] : r["charOffset"] + r["charLength"]] for r in regions] == ["120", "7\n0", "60"]
    assert [r["snippet"]["text"] for r in regions] == ["120", "70", "60"]
    lines = made.SOURCE.split("\n")
    for region in regions:
        start = sum(len(line) + 1 for line in lines[: region["startLine"] - 1]) + region["startColumn"] - 1
        end = sum(len(line) + 1 for line in lines[: region["endLine"] - 1]) + region["endColumn"] - 1
        assert (start, end) == (region["charOffset"], region["charOffset"] + region["charLength"])
    assert [place["message"]["text"] for place in result["relatedLocations"]] == ["分项", "分项"]


def test_sarif_describes_its_rules() -> None:
    rule = sarif(made.report())["runs"][0]["tool"]["driver"]["rules"][1]
    assert (rule["id"], rule["name"]) == ("S201", "parts-total")
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert "Left alone:" in rule["help"]["text"]


def test_sarif_offers_the_repair() -> None:
    first, second = sarif(made.report())["runs"][0]["results"]
    [fix] = first["fixes"]
    [edit] = fix["artifactChanges"][0]["replacements"]
    start = edit["deletedRegion"]["charOffset"]
    assert made.SOURCE[start : start + edit["deletedRegion"]["charLength"]] == "120"
    assert edit["insertedContent"] == {"text": "130"}
    assert "fixes" not in second


def test_sarif_keeps_what_is_suppressed_with_its_reason() -> None:
    found = suppress(made.report(), IGNORED)
    kept, suppressed = sarif(found)["runs"][0]["results"]
    assert (kept["ruleId"], kept["suppressions"]) == ("N702", [])
    [one] = suppressed["suppressions"]
    assert (one["kind"], one["status"], one["justification"]) == ("external", "accepted", "合计含上年结转")
    assert one["properties"] == {"kind": "ignored", "who": "王", "date": "2026-11-22"}
    [known] = sarif(suppress(made.report(), (), {"4b5a6978"}))["runs"][0]["results"][1]["suppressions"]
    assert known["justification"] == "基线已有"


def test_sarif_of_a_clean_report_has_a_run_without_results() -> None:
    [run] = sarif(made.report(found=False))["runs"]
    assert run["results"] == []


@given(ODD)
def test_sarif_takes_any_words(words: str) -> None:
    [run] = sarif(odd(words))["runs"]
    assert run["results"][0]["message"]["text"] == words
    assert re.fullmatch(r"[A-Za-z0-9/%._~-]+", run["artifacts"][0]["location"]["uri"])


def test_several_reports_are_one_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "b 报告.txt").write_text(WRONG, encoding="utf-8")
    (tmp_path / "c.txt").write_text(WRONG.replace("企业", "仓库") + "\n（七）甲\n做。\n（七）乙\n做。\n", encoding="utf-8")
    done = heshu("check", "a.txt", "b 报告.txt", "c.txt", "--format", "sarif", cwd=tmp_path)
    assert done.returncode == 1
    log = json.loads(done.stdout)
    SARIF.validate(log)
    [run] = log["runs"]
    uris = [artifact["location"]["uri"] for artifact in run["artifacts"]]
    assert uris == ["a.txt", "b%20%E6%8A%A5%E5%91%8A.txt", "c.txt"]
    assert {result["ruleId"] for result in run["results"]} >= {"S201"}
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for place in result["locations"] + result.get("relatedLocations", []):
            location = place["physicalLocation"]["artifactLocation"]
            assert uris[location["index"]] == location["uri"]
    nothing = heshu("check", "missing.txt", "--format", "sarif", cwd=tmp_path)
    SARIF.validate(json.loads(nothing.stdout))
    assert nothing.returncode == 2


# --- JUnit ------------------------------------------------------------------------------------------------------------


def junit(found: Report, **view: Any) -> ElementTree.Element:
    root = ElementTree.fromstring(report.write(found, "junit", View(**view)))
    for suite in root:
        assert len(suite) == int(suite.attrib["tests"])
        assert len(suite.findall("testcase/failure")) == int(suite.attrib["failures"])
        assert len(suite.findall("testcase/skipped")) == int(suite.attrib["skipped"])
    assert root.attrib["tests"] == str(sum(int(suite.attrib["tests"]) for suite in root))
    return root


def test_junit_has_a_case_a_finding_and_one_for_each_check_that_holds() -> None:
    cases = junit(made.report()).findall("testsuite/testcase")
    assert [case.attrib["name"] for case in cases] == ["S201 分项与总数 x1", "N702 序号重复 x2", "D101 同一事实矛盾"]
    assert [case.attrib.get("line") for case in cases] == ["3", "2", None]
    failure = cases[0].find("failure")
    assert failure is not None
    assert failure.attrib == {"type": "error", "message": "检查企业的分项之和与合计不符"}
    assert failure.text is not None
    assert failure.text.splitlines() == [
        "reports/made.txt:3:7 120",
        "reports/made.txt:3:16 70",
        "reports/made.txt:4:6 60",
        "70 + 60 = 130 ≠ 120 (差 10 家)",
        "修改 120 → 130",
    ]


def test_junit_skips_what_is_suppressed_and_passes_remarks() -> None:
    found = suppress(made.report(), IGNORED)
    remark = replace(found, findings=(replace(found.findings[0], severity="info"),))
    root = junit(remark, lang="en")
    assert root.attrib["failures"] == "0"
    [skipped] = root.findall("testsuite/testcase/skipped")
    assert skipped.attrib["message"] == "ignored: 合计含上年结转"
    [said] = root.findall("testsuite/testcase/system-out")
    assert (said.text or "").startswith("Two headings have one number")


@given(ODD)
def test_junit_takes_any_words(words: str) -> None:
    root = junit(odd(words))
    assert len(root.findall("testsuite/testcase")) == 3


def test_several_reports_are_suites_of_one_file(tmp_path: Path) -> None:
    for name, text in (("a.txt", RIGHT), ("b.txt", WRONG)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    root = ElementTree.fromstring(heshu("check", ".", "--format", "junit", cwd=tmp_path).stdout.encode())
    assert [(suite.attrib["name"], suite.attrib["failures"]) for suite in root] == [("a.txt", "0"), ("b.txt", "1")]
    assert root.attrib["failures"] == "1"


# --- GitHub -----------------------------------------------------------------------------------------------------------

_COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<properties>[^\n]*?)::(?P<message>.*)")
"""As the runner reads a line: properties end at the first ::, the rest is the message."""


def unescaped(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def told(text: str) -> list[tuple[str, dict[str, str], str]]:
    found = []
    for line in text.split("\n")[:-1]:
        match = _COMMAND.fullmatch(line)
        assert match, line
        properties = dict(pair.split("=", 1) for pair in match["properties"].split(","))
        found.append((match["level"], {key: unescaped(value) for key, value in properties.items()}, unescaped(match["message"])))
    return found


def test_github_gets_a_line_a_finding() -> None:
    first, second = told(report.write(made.report(), "github"))
    level, properties, message = first
    assert level == "error"
    assert properties == {"file": "reports/made.txt", "line": "3", "endLine": "3", "col": "7", "endColumn": "10", "title": "S201 分项与总数"}
    assert message.splitlines() == ["检查企业的分项之和与合计不符", "算式：70 + 60 = 130 ≠ 120 (差 10 家)", "另见：3:16、4:6", "修改：120 → 130"]
    assert second[0] == "warning"


def test_github_is_not_told_what_is_suppressed() -> None:
    assert [level for level, *_ in told(report.write(suppress(made.report(), IGNORED), "github"))] == ["warning"]
    assert report.write(made.report(found=False), "github") == ""


def test_a_place_on_two_lines_has_no_columns() -> None:
    found = made.report()
    [first, *_] = found.findings
    broken = replace(first, facts=("f2",))
    _, properties, _ = told(report.write(replace(found, findings=(broken,)), "github"))[0]
    assert (properties["line"], properties["endLine"]) == ("3", "4")
    assert "col" not in properties


@given(ODD)
def test_no_words_break_out_of_an_annotation(words: str) -> None:
    text = report.write(odd(words), "github")
    assert text.count("\n") == 2
    _, properties, message = told(text)[0]
    assert properties["file"].count("\r") == words.count("\r")
    assert set(properties) == {"file", "line", "endLine", "col", "endColumn", "title"}
    if not re.search("%(?:0D|0A|3A|2C|25)", words):
        assert properties["file"] == f"reports/{words}.txt"
        assert message.startswith(words)


# --- pre-commit -------------------------------------------------------------------------------------------------------


def test_the_hook_is_what_pre_commit_reads_and_its_entry_runs(tmp_path: Path) -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {"id", "name", "entry", "language"} <= set(hook)
    assert (hook["id"], hook["language"]) == ("heshu", "python")
    suffixes = re.findall(r"\w+", hook["files"].removeprefix(r"\."))
    assert {f".{suffix}" for suffix in suffixes} <= set(ingest.suffixes())
    assert re.search(hook["files"], "reports/2022年报告.txt")
    assert not re.search(hook["files"], "extract/check.py")
    program, *arguments = hook["entry"].split()
    assert program == "heshu"
    (tmp_path / "a.txt").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(WRONG, encoding="utf-8")
    assert process(*arguments, "a.txt", cwd=tmp_path).returncode == 0
    assert process(*arguments, "a.txt", "b.txt", cwd=tmp_path).returncode == 1


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_readme_shows_a_configuration_that_names_the_hook(page: str) -> None:
    [shown] = re.findall(r"^```yaml\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    [repo] = yaml.safe_load(shown)["repos"]
    assert [hook["id"] for hook in repo["hooks"]] == ["heshu"]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_settings_in_the_readme_are_read(page: str, tmp_path: Path) -> None:
    from extract import settings, suppressions

    first, second = re.findall(r"^```toml\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    (tmp_path / "heshu.toml").write_text(first, encoding="utf-8")
    (tmp_path / suppressions.FILE_NAME).write_text(second, encoding="utf-8")
    read = settings.load(tmp_path / "heshu.toml")
    assert all(getattr(read, name) for name in settings.Settings.__slots__ if name != "model")
    [entry] = suppressions.load(tmp_path / suppressions.FILE_NAME)
    assert entry.who
