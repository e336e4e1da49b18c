"""The report as a suite of tests in JUnit's XML: a case a finding, and a case for each check that found nothing.

Why: every build server shows JUnit, so that a report is tested like a program.

Example: ``<testcase classname="reports/a.txt" name="S201 parts-total x1" …><failure type="error" message="…"/></testcase>``.

Left alone: a suppressed finding is a skipped case with its reason; a remark (info) is a case that passes and says so.

Source: the schema of the Jenkins xUnit plugin (junit-10.xsd), as pytest and ruff write it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree

from extract.types import Finding, Report
from extract.writers import View, Writer
from extract.writers._arithmetic import message_of, steps
from extract.writers._places import Places
from extract.writers._rules import rule_label, rule_name
from extract.writers._words import word
from extract.writers._xml import clean


def _details(path: str, finding: Finding, places: Places, view: View) -> str:
    rows = ["{}:{}:{} ".format(path, *places.lines.at(place.span)) + places.words(place.span) for place in places.of(finding)]
    rows += steps(finding, view.lang)
    if repair := places.repair(finding):
        place, right = repair
        rows.append(f"{word('repair', view.lang)} {places.words(place)} → {right}")
    return clean("\n".join(rows))


def _case(suite: ElementTree.Element, path: str, name: str, line: int | None = None) -> ElementTree.Element:
    place = {} if line is None else {"file": path, "line": str(line)}
    return ElementTree.SubElement(suite, "testcase", {"classname": path, "name": name, **place, "time": "0"})


def _write(report: Report, view: View) -> str:
    path = clean(report.document.path or report.document.name)
    places = Places(report)
    suite = ElementTree.Element("testsuite")

    def case(finding: Finding) -> ElementTree.Element:
        line = next((places.lines.at(place.span)[0] for place in places.of(finding)), None)
        return _case(suite, path, f"{rule_label(finding.code, view.lang)} {finding.id}", line)

    for finding in report.findings:
        message = clean(message_of(finding, view.lang))
        if finding.severity == "info":
            ElementTree.SubElement(case(finding), "system-out").text = f"{message}\n{_details(path, finding, places, view)}"
        else:
            failure = ElementTree.SubElement(case(finding), "failure", {"type": finding.severity, "message": message})
            failure.text = _details(path, finding, places, view)
    for one in report.suppressed:
        reason = clean(": ".join(filter(None, (word(one.kind, view.lang), one.reason))))
        ElementTree.SubElement(case(one.finding), "skipped", {"message": reason})
    found = {finding.code for finding in (*report.findings, *(one.finding for one in report.suppressed))}
    looked = Counter(check.code for check in report.checks)
    for code in sorted(looked.keys() - found):
        _case(suite, path, f"{code} {rule_name(code, view.lang)}")
    failures = sum(finding.severity != "info" for finding in report.findings)
    counts = {"tests": len(suite), "failures": failures, "errors": 0, "skipped": len(report.suppressed)}
    suite.attrib = {"name": path, **{key: str(count) for key, count in counts.items()}, "time": "0"}
    return _join([_text(suite)], view)


def _text(element: ElementTree.Element) -> str:
    ElementTree.indent(element)
    return ElementTree.tostring(element, encoding="unicode")


def _join(texts: Sequence[str], view: View) -> str:
    """One document of several: the suites of all under one root, their counts added up."""
    root = ElementTree.Element("testsuites", {"name": "heshu"})
    for text in texts:
        element = ElementTree.fromstring(text)
        root.extend([element] if element.tag == "testsuite" else list(element))
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{_text(root)}\n'


WRITER = Writer(format="junit", suffix=".xml", subjects=("check",), follows=False, write=_write, join=_join)
