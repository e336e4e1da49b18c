"""Facts and findings as rows of plain values, the same for every format that is a table."""

from __future__ import annotations

from collections.abc import Iterator

from extract.columns import Column, Value
from extract.types import Report
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
    document = report.document
    lines = Lines(document)
    links = links_by_fact(report)
    for fact in report.facts:
        link = links.get(fact.id)
        quantity = fact.quantity
        yield (
            document.name,
            fact.id,
            *lines.at(quantity.span),
            " › ".join(document.section_path(fact.section)),
            subject_of(report, fact, link),
            indicator_name(fact, link),
            link.indicator_id if link else None,
            fact.mention.text,
            as_written(report, quantity),
            quantity.value,
            quantity.low,
            quantity.high,
            quantity.unit,
            quantity.bound,
            fact.kind,
            period_of(report, fact),
            fact.qualifiers,
            round(fact.confidence, 4),
            *in_file(document, quantity.span),
        )


def findings(report: Report, lang: Lang) -> Iterator[tuple[Value, ...]]:
    """A row a finding, in the columns of :data:`FINDING_COLUMNS`."""
    document = report.document
    lines = Lines(document)
    by_id = {fact.id: fact for fact in report.facts}
    for finding in report.findings:
        leading = by_id[finding.facts[0]] if finding.facts else None
        place = finding.places[0] if finding.places else None
        yield (
            document.name,
            finding.id,
            *(lines.at(place) if place else (None, None)),
            " › ".join(document.section_path(leading.section)) if leading else "",
            finding.code,
            finding.severity,
            finding.message if lang == "zh" else finding.message_en,
            finding.arithmetic,
            finding.facts,
            finding.repair.fact if finding.repair else None,
            finding.repair.value if finding.repair else None,
            finding.fingerprint,
            finding.decision,
            finding.preview,
            *(in_file(document, place) if place else (None, None)),
        )
