"""Reports with planted errors: their keys fit them, and heshu accuses no figure that is right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import planted
from extract import ingest

KEYS = sorted(planted.REPORTS.glob(f"*{planted.KEY}"))
FOUND = {
    "accounts": 36,
    "assessments": 40,
    "bulletins": 43,
    "bureaus": 31,
    "forms": 69,
    "mixed": 38,
    "offices": 53,
    "papers": 28,
    "prose": 48,
    "reports": 37,
    "sections": 24,
    "summaries": 46,
    "sundry": 24,
    "tables": 53,
    "trades": 20,
    "traps": 0,
}
"""So many of the planted errors of each kind of report are found at least."""


def report_of(key: Path) -> Path:
    name = key.name.removesuffix(planted.KEY)
    return next(file for file in (key.with_name(f"{name}.txt"), key.with_name(f"{name}.md")) if file.exists())


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name.removesuffix(planted.KEY))
def test_every_passage_of_a_key_stands_once_in_its_report(key: Path) -> None:
    document = ingest.read(report_of(key))
    told = json.loads(key.read_text(encoding="utf-8"))
    for entry in (*told["errors"], *told["doubts"], *told["traps"]):
        assert entry["why"]
        for quote in entry["quotes"]:
            planted.span_of(document, quote)
    for error in told["errors"]:
        assert error["wrong"] in error["quotes"][0]
        assert error["right"] != error["wrong"]


def test_a_passage_that_stands_there_twice_is_no_place() -> None:
    with pytest.raises(ValueError, match="occurs 2 times"):
        planted.span_of(ingest.read_text("甲镇12起，乙镇12起。"), "12起")


def test_no_figure_that_is_right_is_called_wrong_and_what_was_found_is_found() -> None:
    scores = planted.score([planted.REPORTS], "patterns")
    assert {kind: one.false_errors for kind, one in scores.items()} == dict.fromkeys(FOUND, 0), [line for s in scores.values() for line in s.listed]
    assert {kind: one.found for kind, one in scores.items() if one.found < FOUND[kind]} == {}
    assert sum(one.reports for one in scores.values()) == len(KEYS)


def test_what_is_about_no_planted_error_is_counted_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.txt").write_text("共查处案件9起（甲镇4起、乙镇6起）。\n收入30万元，支出20万元，结余15万元。\n", encoding="utf-8")
    key = {"errors": [{"quotes": ["结余15万元"], "wrong": "15", "right": "10", "why": "30-20=10"}], "doubts": [], "traps": []}
    (tmp_path / "one.key.json").write_text(json.dumps(key), encoding="utf-8")
    assert planted.main([str(tmp_path), "--model", "patterns", "--list"]) == 1
    said = capsys.readouterr().out
    assert "false error: S20" in said
    assert "| all | 1 | 1 | 1 | 0 | 0 | 1 of 1 |" in said
