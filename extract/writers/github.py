"""Findings as annotations of a GitHub workflow: a line each, which GitHub shows beside the words in the file.

Why: who changes a report in a pull request sees at the place what does not add up any more.

Example: ``::error file=reports/a.txt,line=3,endLine=3,col=8,endColumn=11,title=S201 parts-total::…``.

Left alone: what is suppressed is not shown, and places beside the leading one are told by line and column in the message.

Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions (and actions/toolkit for the escapes).
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.types import Finding, Report
from extract.writers import Lang, View, Writer
from extract.writers._arithmetic import arithmetic_of, message_of
from extract.writers._places import Places
from extract.writers._rules import rule_label
from extract.writers._words import word

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _message(finding: Finding, places: Places, lang: Lang) -> Iterator[str]:
    yield message_of(finding, lang)
    colon = word("colon", lang)
    if finding.arithmetic:
        yield word("arithmetic", lang) + colon + arithmetic_of(finding, lang)
    others = ["{}:{}".format(*places.lines.at(place.span)) for place in places.of(finding)[1:]]
    if others:
        yield word("also", lang) + colon + word("comma", lang).join(others)
    if repair := places.repair(finding):
        place, right = repair
        yield word("repair", lang) + colon + f"{places.words(place)} → {right}"


def _line(file: str, finding: Finding, places: Places, lang: Lang) -> str:
    properties = {"file": file}
    if leading := places.of(finding)[:1]:
        region = places.region(leading[0].span)
        properties |= {"line": str(region.line), "endLine": str(region.end_line)}
        if region.line == region.end_line:  # columns on several lines are refused
            properties |= {"col": str(region.column), "endColumn": str(region.end_column)}
    properties["title"] = rule_label(finding.code, lang)
    shown = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    message = _data("\n".join(_message(finding, places, lang)))
    return f"::{_LEVELS[finding.severity]} {shown}::{message}\n"


def _write(report: Report, view: View) -> str:
    places = Places(report)
    file = report.document.path or report.document.name
    return "".join(_line(file, finding, places, view.lang) for finding in report.findings)


WRITER = Writer(format="github", suffix=".txt", subjects=("check",), follows=True, write=_write)
