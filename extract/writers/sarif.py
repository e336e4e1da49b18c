"""The report as SARIF 2.1.0, which editors and code hosts show beside the text.

Why: a finding becomes an alert that is tracked over versions, with its places, its rule and the edit that mends it.

Example: ``{"ruleId": "S201", "level": "error", "message": {"text": "…"}, "locations": [{"physicalLocation": …}], …}``.

Left alone: facts and checks that hold are not part of it (JSON has them); of the rules only those that fired are described.

Source: SARIF 2.1.0, OASIS Standard, 27 March 2020; columns and offsets count Unicode code points (§3.14.17).
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from extract.relations import CheckRule
from extract.types import Finding, Report, Span, Suppressed
from extract.writers import Lang, View, Writer
from extract.writers._arithmetic import message_of
from extract.writers._places import Places
from extract.writers._rules import rule_name, rules
from extract.writers._words import word

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "heshu/v1"


def _rule(rule: CheckRule, lang: Lang) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule_name(rule.code, lang) if lang == "zh" else rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.manual},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _uri(report: Report) -> str:
    path = report.document.path
    if path is None:
        return quote(os.fsencode(report.document.name))
    return Path(path).as_uri() if Path(path).is_absolute() else quote(os.fsencode(Path(path).as_posix()))


class _Results:
    """Writes the results of one report."""

    def __init__(self, report: Report, view: View) -> None:
        self.report = report
        self.lang = view.lang
        self.places = Places(report)
        self.artifact = {"uri": _uri(report), "index": 0}

    def region(self, span: Span, *, text: bool = True) -> dict[str, object]:
        region = self.places.region(span)
        place: dict[str, object] = {
            "startLine": region.line,
            "startColumn": region.column,
            "endLine": region.end_line,
            "endColumn": region.end_column,
            "charOffset": region.offset,
            "charLength": region.length,
        }
        return {**place, "snippet": {"text": self.places.words(span)}} if text else place

    def location(self, span: Span) -> dict[str, object]:
        return {"physicalLocation": {"artifactLocation": self.artifact, "region": self.region(span)}}

    def result(self, finding: Finding, index: int, suppressed: Suppressed | None) -> dict[str, object]:
        message = message_of(finding, self.lang)
        places = self.places.of(finding)
        shown: dict[str, object] = {
            "ruleId": finding.code,
            "ruleIndex": index,
            "level": _LEVELS[finding.severity],
            "message": {"text": message},
            "locations": [self.location(place.span) for place in places[:1]],
            "partialFingerprints": {FINGERPRINT: finding.fingerprint},
            "properties": {"id": finding.id, "arithmetic": finding.arithmetic},
        }
        if len(places) > 1:
            shown["relatedLocations"] = [
                {
                    "id": number,
                    **self.location(place.span),
                    "message": {"text": word(f"role.{place.role}", self.lang) or self.places.words(place.span)},
                }
                for number, place in enumerate(places[1:], 1)
            ]
        if repair := self.places.repair(finding):
            place, right = repair
            change = {"deletedRegion": self.region(place, text=False), "insertedContent": {"text": right}}
            shown["fixes"] = [
                {
                    "description": {"text": f"{self.places.words(place)} → {right}"},
                    "artifactChanges": [{"artifactLocation": self.artifact, "replacements": [change]}],
                }
            ]
        if self.report.suppressed:  # §3.27.23: present on all results or on none
            shown["suppressions"] = [self.suppression(suppressed)] if suppressed else []
        return shown

    def suppression(self, one: Suppressed) -> dict[str, object]:
        reason = one.reason or word(one.kind, self.lang)
        said = {key: value for key, value in (("who", one.who), ("date", one.date)) if value}
        return {"kind": "external", "status": "accepted", "justification": reason, "properties": {"kind": one.kind, **said}}


def _as_object(report: Report, view: View) -> dict[str, Any]:
    found: list[tuple[Finding, Suppressed | None]] = [(finding, None) for finding in report.findings]
    found += [(one.finding, one) for one in report.suppressed]
    codes = sorted({finding.code for finding, _ in found})
    results = _Results(report, view)
    document = report.document
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "heshu",
                        "fullName": f"核数 heshu {report.made_by.version}",
                        "version": report.made_by.version,
                        "rules": [_rule(rules()[code], view.lang) for code in codes],
                    }
                },
                "language": "zh-CN" if view.lang == "zh" else "en",
                "columnKind": "unicodeCodePoints",
                "newlineSequences": ["\r\n", "\n", "\r"],
                "artifacts": [{"location": {"uri": _uri(report)}, "hashes": {"sha-256": document.sha256}, "encoding": document.encoding}],
                "results": [results.result(finding, codes.index(finding.code), one) for finding, one in found],
            }
        ],
    }


def _text(log: object) -> str:
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _write(report: Report, view: View) -> str:
    return _text(_as_object(report, view))


def _join(texts: Sequence[str], view: View) -> str:
    """One log with one run for several reports: a code host takes but a few runs, and any number of artifacts."""
    logs = [json.loads(text) for text in texts]
    if not logs:
        return _text({"$schema": _SCHEMA, "version": "2.1.0", "runs": []})
    runs = [log["runs"][0] for log in logs]
    described = {rule["id"]: rule for run in runs for rule in run["tool"]["driver"]["rules"]}
    codes = sorted(described)
    suppressing = any("suppressions" in result for run in runs for result in run["results"])
    whole = runs[0]
    whole["tool"]["driver"]["rules"] = [described[code] for code in codes]
    whole["artifacts"] = [artifact for run in runs for artifact in run["artifacts"]]
    results = []
    for number, run in enumerate(runs):
        for result in run["results"]:
            result["ruleIndex"] = codes.index(result["ruleId"])
            if suppressing:
                result.setdefault("suppressions", [])
            for place in _artifact_locations(result):
                place["index"] = number
            results.append(result)
    whole["results"] = results
    return _text(logs[0])


def _artifact_locations(result: dict[str, Any]) -> list[dict[str, Any]]:
    places = [place["physicalLocation"]["artifactLocation"] for key in ("locations", "relatedLocations") for place in result.get(key, [])]
    return places + [change["artifactLocation"] for fix in result.get("fixes", []) for change in fix["artifactChanges"]]


WRITER = Writer(format="sarif", suffix=".sarif", subjects=("check",), follows=False, write=_write, join=_join)
