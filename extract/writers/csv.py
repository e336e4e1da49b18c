"""A row a fact, or a row a finding, as comma-separated values with a header.

Why: working papers are spreadsheets; an auditor sorts and ticks them off.

Example: ``f1,2,7,甲区,生产安全事故起数,…,22起,22,…`` under ``id,line,column,subject,indicator,…``.

Left alone: values stay plain decimal strings. A text that a spreadsheet would run as a formula (it begins with
``=``, ``+``, ``-``, ``@``) gets an apostrophe in front; numbers do not.

Source: RFC 4180; files begin with a byte order mark, without which spreadsheets take UTF-8 for the local code page.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from extract.types import Comparison, Report
from extract.writers import View, Writer
from extract.writers._lines import Lines
from extract.writers._values import as_written, indicator_name, links_by_fact, period_of, plain, subject_of

_FACT_COLUMNS = (
    "document", "id", "line", "column", "section", "subject", "indicator", "indicator_id", "mention", "text", "value",
    "low", "high", "unit", "bound", "kind", "period", "qualifiers", "confidence",
)  # fmt: skip
_FINDING_COLUMNS = (
    "document", "id", "line", "column", "section", "code", "severity", "message", "arithmetic", "facts", "repair_fact",
    "repair_value", "fingerprint", "decision", "preview",
)  # fmt: skip


_COMPARED_COLUMNS = (
    "finding", "check", "code", "verdict", "severity", "role", "document", "id", "line", "column", "section", "indicator", "text", "period",
    "arithmetic", "message",
)  # fmt: skip


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _facts(report: Report) -> Iterator[tuple[object, ...]]:
    lines = Lines(report.document)
    links = links_by_fact(report)
    for fact in report.facts:
        link = links.get(fact.id)
        quantity = fact.quantity
        yield (
            _harmless(report.document.name),
            fact.id,
            *lines.at(quantity.span),
            _harmless(" › ".join(report.document.section_path(fact.section))),
            _harmless(subject_of(report, fact, link)),
            _harmless(indicator_name(fact, link)),
            link.indicator_id if link else None,
            _harmless(fact.mention.text),
            _harmless(as_written(report, quantity)),
            plain(quantity.value),
            plain(quantity.low),
            plain(quantity.high),
            quantity.unit,
            quantity.bound,
            fact.kind,
            period_of(report, fact),
            _harmless(" ".join(fact.qualifiers)),
            round(fact.confidence, 4),
        )


def _findings(report: Report, lang: str) -> Iterator[tuple[object, ...]]:
    lines = Lines(report.document)
    facts = {fact.id: fact for fact in report.facts}
    for finding in report.findings:
        leading = facts[finding.facts[0]] if finding.facts else None
        yield (
            _harmless(report.document.name),
            finding.id,
            *(lines.at(finding.places[0]) if finding.places else (None, None)),
            _harmless(" › ".join(report.document.section_path(leading.section)) if leading else ""),
            finding.code,
            finding.severity,
            _harmless(finding.message if lang == "zh" else finding.message_en),
            _harmless(finding.arithmetic),
            " ".join(finding.facts),
            finding.repair.fact if finding.repair else None,
            plain(finding.repair.value) if finding.repair else None,
            finding.fingerprint,
            finding.decision,
            finding.preview,
        )


def _compared(comparison: Comparison, lang: str) -> Iterator[tuple[object, ...]]:
    """A row a figure of every relation that was looked at."""
    findings = {identity: finding for finding in comparison.findings for identity in finding.checks}
    lines = [Lines(report.document) for report in comparison.reports]
    links = [links_by_fact(report) for report in comparison.reports]
    places = {f"{n + 1}:{fact.id}": (n, fact) for n, report in enumerate(comparison.reports) for fact in report.facts}
    for check in comparison.checks:
        finding = findings.get(check.id)
        for role, ids in check.roles.items():
            for identity in (ids,) if isinstance(ids, str) else ids:
                n, fact = places[identity]
                report = comparison.reports[n]
                yield (
                    finding.id if finding else None,
                    check.id,
                    check.code,
                    check.verdict,
                    finding.severity if finding else None,
                    role,
                    _harmless(report.document.path or report.document.name),
                    fact.id,
                    *lines[n].at(fact.quantity.span),
                    _harmless(" › ".join(report.document.section_path(fact.section))),
                    _harmless(indicator_name(fact, links[n].get(fact.id))),
                    _harmless(as_written(report, fact.quantity)),
                    period_of(report, fact),
                    _harmless(check.arithmetic),
                    _harmless((finding.message if lang == "zh" else finding.message_en) if finding else check.note),
                )


def _compare(comparison: Comparison, view: View) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(_COMPARED_COLUMNS)
    table.writerows(_compared(comparison, view.lang))
    return out.getvalue()


def _write(report: Report, view: View) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    if view.subject == "facts":
        table.writerow(_FACT_COLUMNS)
        table.writerows(_facts(report))
    else:
        table.writerow(_FINDING_COLUMNS)
        table.writerows(_findings(report, view.lang))
    return out.getvalue()


WRITER = Writer(
    format="csv", suffix=".csv", subjects=("check", "facts", "compare"), follows=False, write=_write, compare=_compare, encoding="utf-8-sig"
)
