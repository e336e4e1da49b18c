"""Facts and findings as rows of plain values, the same for every format that is a table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from extract.types import Document, Report, Span
from extract.writers import Lang
from extract.writers._lines import Lines
from extract.writers._values import as_written, indicator_name, links_by_fact, period_of, subject_of

Sort = Literal["code", "words", "number", "count", "score", "truth", "words_list", "codes_list"]
"""What a column holds: a code of ours, words (of the document or of a person), a stated number, an integer, a score from 0 to 1,
whether something is so, or a list of words or codes."""
Value = str | Decimal | int | float | bool | tuple[str, ...] | None

FACT_COLUMNS: tuple[tuple[str, Sort], ...] = (
    ("document", "words"), ("id", "code"), ("line", "count"), ("column", "count"), ("section", "words"), ("subject", "words"),
    ("indicator", "words"), ("indicator_id", "code"), ("mention", "words"), ("text", "words"), ("value", "number"), ("low", "number"),
    ("high", "number"), ("unit", "words"), ("bound", "code"), ("kind", "code"), ("period", "words"), ("qualifiers", "words_list"),
    ("confidence", "score"), ("page", "count"), ("cell", "words"),
)  # fmt: skip
FINDING_COLUMNS: tuple[tuple[str, Sort], ...] = (
    ("document", "words"), ("id", "code"), ("line", "count"), ("column", "count"), ("section", "words"), ("code", "code"),
    ("severity", "code"), ("message", "words"), ("arithmetic", "words"), ("facts", "codes_list"), ("repair_fact", "code"),
    ("repair_value", "number"), ("fingerprint", "code"), ("decision", "truth"), ("preview", "truth"), ("page", "count"), ("cell", "words"),
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
            *_in_file(document, quantity.span),
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
            *(_in_file(document, place) if place else (None, None)),
        )


def _in_file(document: Document, place: Span) -> tuple[int | None, str | None]:
    """The page and the cell of a place in a file that has them."""
    found = document.place_of(place)
    return (found.page or None, found.cell or None) if found else (None, None)
