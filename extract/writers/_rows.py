"""Facts and findings as rows of plain values, the same for every format that is a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extract.columns import Column, Value
from extract.types import Fact, Finding, Link, Report
from extract.writers import Lang
from extract.writers._lines import Lines
from extract.writers._values import as_written, in_file, indicator_name, links_by_fact, period_of, subject_of

FACT_COLUMNS: tuple[Column, ...] = (
    Column("document", "words"), Column("id", "code"), Column("line", "count"), Column("column", "count"), Column("section", "words"),
    Column("subject", "words"), Column("indicator", "words"), Column("indicator_id", "code"), Column("mention", "words"),
    Column("text", "words"), Column("value", "number"), Column("low", "number"), Column("high", "number"), Column("unit", "words"),
    Column("bound", "code"), Column("kind", "code"), Column("period", "words"), Column("qualifiers", "words_list"),
    Column("confidence", "score"), Column("page", "count"), Column("cell", "words"),
)  # fmt: skip
FINDING_COLUMNS: tuple[Column, ...] = (
    Column("document", "words"), Column("id", "code"), Column("line", "count"), Column("column", "count"), Column("section", "words"),
    Column("code", "code"), Column("severity", "code"), Column("message", "words"), Column("arithmetic", "words"),
    Column("facts", "codes_list"), Column("repair_fact", "code"), Column("repair_value", "number"), Column("fingerprint", "code"),
    Column("decision", "truth"), Column("preview", "truth"), Column("page", "count"), Column("cell", "words"),
)  # fmt: skip


def facts(report: Report) -> Iterator[tuple[Value, ...]]:
    """A row a fact, in the columns of :data:`FACT_COLUMNS`."""
    lines = Lines(report.document)
    links = links_by_fact(report)
    for fact in report.facts:
        yield picked(FACT_COLUMNS, told_of_fact(report, fact, links.get(fact.id), lines))


def findings(report: Report, lang: Lang) -> Iterator[tuple[Value, ...]]:
    """A row a finding, in the columns of :data:`FINDING_COLUMNS`."""
    lines = Lines(report.document)
    by_id = {fact.id: fact for fact in report.facts}
    for finding in report.findings:
        told = told_of_finding(report, finding, by_id, lines)
        yield picked(FINDING_COLUMNS, told if lang == "zh" else {**told, "message": finding.message_en})


def picked(columns: Sequence[Column], told: Mapping[str, Value]) -> tuple[Value, ...]:
    """The values of a row, in the order of its columns."""
    return tuple([told[column.name] for column in columns])


def told_of_fact(report: Report, fact: Fact, link: Link | None, lines: Lines) -> dict[str, Value]:
    """What tables tell of a fact, by the names of their columns."""
    document, quantity = report.document, fact.quantity
    line, column = lines.at(quantity.span)
    page, cell = in_file(document, quantity.span)
    return {
        "document": document.name,
        "id": fact.id,
        "line": line,
        "column": column,
        "page": page,
        "cell": cell,
        "section": " › ".join(document.section_path(fact.section)),
        "subject": subject_of(report, fact, link),
        "indicator": indicator_name(fact, link),
        "indicator_id": link.indicator_id if link else None,
        "mention": fact.mention.text,
        "text": as_written(report, quantity),
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "bound": quantity.bound,
        "kind": fact.kind,
        "period": period_of(report, fact),
        "qualifiers": fact.qualifiers,
        "confidence": round(fact.confidence, 4),
    }


def told_of_finding(report: Report, finding: Finding, by_id: Mapping[str, Fact], lines: Lines) -> dict[str, Value]:
    """What tables tell of a finding, by the names of their columns; ``by_id`` are the facts of the report."""
    document = report.document
    place = finding.places[0] if finding.places else None
    line, column = lines.at(place) if place else (None, None)
    page, cell = in_file(document, place) if place else (None, None)
    return {
        "document": document.name,
        "id": finding.id,
        "line": line,
        "column": column,
        "page": page,
        "cell": cell,
        "section": " › ".join(document.section_path(by_id[finding.facts[0]].section)) if finding.facts else "",
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "arithmetic": finding.arithmetic,
        "facts": finding.facts,
        "repair_fact": finding.repair.fact if finding.repair else None,
        "repair_value": finding.repair.value if finding.repair else None,
        "fingerprint": finding.fingerprint,
        "decision": finding.decision,
        "preview": finding.preview,
    }
