"""Golden documents: what heshu makes of three reports of ours, compared line by line; ``--update-golden`` writes it anew.

A golden file is JSON lines: a line a fact in text order, then a line a finding. A change of rules shows here as a
difference to look at; what is right is in ``annotations/gold``.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

import extract
from extract import report as reports

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ROOT / "annotations" / "documents"
GOLDEN = Path(__file__).with_name("golden")
NAMES = ("written-03", "written-06", "written-08")  # a wide table, a narrative, a scan with tables


def lines(path: Path) -> list[str]:
    """The facts and the findings of a document, one JSON object a line."""
    found: dict[str, Any] = json.loads(reports.write(extract.check(path), "json"))
    place = {fact["id"]: [fact["start"], fact["end"]] for fact in found["facts"]}
    out = []
    for fact in found["facts"]:
        value = {"low": fact["low"], "high": fact["high"]} if fact["bound"] == "range" else {"value": fact["value"]}
        shown = {key: fact[key] for key in ("unit", "bound", "kind", "indicator")}
        out.append({"start": fact["start"], "end": fact["end"], **value, **shown})
    for finding in found["findings"]:
        shown = {key: finding[key] for key in ("code", "severity", "message")}
        out.append({"finding": shown, "facts": [place[i] for i in finding["facts"]]})
    return [json.dumps(line, ensure_ascii=False) for line in out]


@pytest.mark.parametrize("name", NAMES)
def test_document_reads_as_before(name: str, request: pytest.FixtureRequest) -> None:
    found = lines(DOCUMENTS / f"{name}.txt")
    golden = GOLDEN / f"{name}.jsonl"
    if request.config.getoption("--update-golden", default=False):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text("\n".join(found) + "\n", encoding="utf-8")
    assert golden.exists(), "no golden file yet: pytest tests/test_golden.py --update-golden"
    assert found == golden.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_golden_is_well_formed(name: str) -> None:
    rows = [json.loads(line) for line in (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    facts = [row for row in rows if "finding" not in row]
    assert len(facts) > 50
    assert all(a["end"] <= b["start"] for a, b in itertools.pairwise(facts))
    assert rows[: len(facts)] == facts, "facts stand before findings"
