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
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from extract.columns import Column, Sort, Value
from extract.types import Comparison, Report
from extract.writers import Lang, View, Writer
from extract.writers._arithmetic import arithmetic_of, message_of, note_of
from extract.writers._lines import Lines
from extract.writers._rows import FACT_COLUMNS, FINDING_COLUMNS, facts, findings
from extract.writers._values import as_written, indicator_name, links_by_fact, period_of, plain

_COMPARED_COLUMNS = (
    "finding", "check", "code", "verdict", "severity", "role", "document", "id", "line", "column", "section", "indicator", "text", "period",
    "arithmetic", "message",
)  # fmt: skip


def harmless(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _plain(value: Value, sort: Sort) -> object:
    """The value as it stands in the file: numbers and lists of ours as they are, words harmless."""
    if isinstance(value, Decimal):
        return plain(value)
    text: object = " ".join(value) if isinstance(value, tuple) else value
    return harmless(text) if isinstance(text, str) and sort in ("words", "words_list") else text


def _rows(rows: Iterable[tuple[Value, ...]], columns: Sequence[Column]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerows([_plain(value, column.sort) for value, column in zip(row, columns, strict=True)] for row in rows)
    return out.getvalue()


def _compared(comparison: Comparison, lang: Lang) -> Iterator[tuple[object, ...]]:
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
                    harmless(report.document.path or report.document.name),
                    fact.id,
                    *lines[n].at(fact.quantity.span),
                    harmless(" › ".join(report.document.section_path(fact.section))),
                    harmless(indicator_name(fact, links[n].get(fact.id))),
                    harmless(as_written(report, fact.quantity)),
                    period_of(report, fact),
                    harmless(arithmetic_of(check, lang)),
                    harmless(message_of(finding, lang) if finding else note_of(check, lang)),
                )


def _compare(comparison: Comparison, view: View) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(_COMPARED_COLUMNS)
    table.writerows(_compared(comparison, view.lang))
    return out.getvalue()


def _part(report: Report, view: View) -> str:
    if view.subject == "facts":
        return _rows(facts(report), FACT_COLUMNS)
    return _rows(findings(report, view.lang), FINDING_COLUMNS)


def _join(parts: Sequence[str], view: View) -> str:
    """One table of several reports: each row names its document."""
    columns = FACT_COLUMNS if view.subject == "facts" else FINDING_COLUMNS
    return "".join([",".join(column.name for column in columns) + "\n", *parts])


def _write(report: Report, view: View) -> str:
    return _join([_part(report, view)], view)


WRITER = Writer(
    format="csv",
    suffix=".csv",
    subjects=("check", "facts", "compare"),
    follows=False,
    write=_write,
    part=_part,
    join=_join,
    compare=_compare,
    encoding="utf-8-sig",
)
