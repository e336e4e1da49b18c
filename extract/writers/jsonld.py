"""Facts and findings as linked data: typed triples, in JSON-LD with its context inside.

Why: a knowledge graph joins what many reports say of one indicator; that takes identifiers which stay the same.

Example: ``{"@id": "urn:heshu:document:5b1e…#char=31,34", "@type": "Fact", "indicator": "urn:heshu:indicator:safety.accidents.count",
"quantity": {"@type": "qudt:QuantityValue", "numericValue": "22", "unit": "urn:heshu:unit:起"}, …}``.

Left alone: subjects and periods are literals, because reports do not say which body a name means. A document is known by the SHA-256 of
its file and a fact by the place of its digits in it, so that the same file always gives the same identifiers; an indicator that
is in no catalogue has its open name for one.

Source: JSON-LD 1.1 (W3C, 2020); QUDT 2.1 for quantities, units and currencies (``extract/data/qudt.toml``); RFC 5147 for places in a
text; the Web Annotation Vocabulary, PROV-O and schema.org for the rest.
"""

from __future__ import annotations

import json
import string
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote

from extract.types import Document, Fact, Finding, Link, Report, Span
from extract.units import unit
from extract.writers import View, Writer
from extract.writers._rules import rule_name
from extract.writers._values import as_written, indicator_name, links_by_fact, period_of, plain, subject_of

_OURS = "urn:heshu:"
_CONTEXT: Mapping[str, object] = {
    "@version": 1.1,
    "@vocab": "urn:heshu:vocabulary:",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "qudt": "http://qudt.org/schema/qudt/",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "indicator": {"@type": "@id"},
    "rule": {"@type": "@id"},
    "facts": {"@type": "@id", "@container": "@set"},
    "source": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "quantity": {"@id": "qudt:quantityValue"},
    "numericValue": {"@id": "qudt:numericValue", "@type": "xsd:decimal"},
    "low": {"@id": "schema:minValue", "@type": "xsd:decimal"},
    "high": {"@id": "schema:maxValue", "@type": "xsd:decimal"},
    "unit": {"@id": "qudt:hasUnit", "@type": "@id"},
    "name": {"@id": "schema:name", "@language": "zh"},
    "english": {"@id": "schema:name", "@language": "en"},
    "text": {"@id": "oa:exact", "@language": "zh"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "message": {"@id": "schema:description", "@language": "zh"},
    "message_en": {"@id": "schema:description", "@language": "en"},
    "repair": {"@type": "xsd:decimal"},
    "decision": {"@type": "xsd:boolean"},
    "preview": {"@type": "xsd:boolean"},
    "sha256": {"@id": "schema:sha256"},
}
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")


@cache
def _qudt() -> Mapping[str, str]:
    return tomllib.loads(resources.files("extract").joinpath("data/qudt.toml").read_text(encoding="utf-8"))


def _iri(kind: str, name: str) -> str:
    """An identifier of ours; letters beyond ASCII stay, as RFC 3987 has them."""
    kept = [sign in _UNRESERVED or (sign.isalnum() and sign.isprintable()) for sign in name]
    escaped = [sign if keep else quote(sign, safe="", errors="replace") for sign, keep in zip(name, kept, strict=True)]
    return f"{_OURS}{kind}:{''.join(escaped)}"


def unit_iri(spelling: str) -> str:
    """The identifier of a unit: QUDT's where it has the unit, else one of ours; "" of no unit."""
    if not spelling:
        return ""
    known = unit(spelling)
    name = known.name if known else spelling
    return f"http://qudt.org/vocab/{_qudt()[name]}" if name in _qudt() else _iri("unit", name)


def _document_iri(document: Document) -> str:
    return f"{_OURS}document:{document.sha256}"


def _fact_iri(document: Document, place: Span) -> str:
    at = document.source_span(place)
    return f"{_document_iri(document)}#char={at.start},{at.end}"


def _indicator_iri(fact: Fact, link: Link | None) -> str:
    return _iri("indicator", link.indicator_id) if link and link.indicator_id else _iri("name", indicator_name(fact, link))


def _some(entry: Mapping[str, object]) -> dict[str, object]:
    """What is said: members that are empty are left out."""
    return {key: value for key, value in entry.items() if value not in (None, "", [])}


def _fact(report: Report, fact: Fact, link: Link | None) -> dict[str, object]:
    document, quantity = report.document, fact.quantity
    at = document.source_span(quantity.span)
    place = document.place_of(quantity.span)
    amount = {
        "@type": "qudt:QuantityValue",
        "numericValue": plain(quantity.value),
        "low": plain(quantity.low),
        "high": plain(quantity.high),
        "unit": unit_iri(quantity.unit),
    }
    return _some(
        {
            "@id": _fact_iri(document, quantity.span),
            "@type": "Fact",
            "subject": subject_of(report, fact, link),
            "indicator": _indicator_iri(fact, link),
            "quantity": _some(amount),
            "bound": quantity.bound,
            "kind": fact.kind,
            "period": period_of(report, fact),
            "qualifiers": list(fact.qualifiers),
            "text": as_written(report, quantity),
            "mention": fact.mention.text,
            "section": " › ".join(document.section_path(fact.section)),
            "page": place.page or None if place else None,
            "cell": place.cell if place else None,
            "source": _document_iri(document),
            "start": at.start,
            "end": at.end,
        }
    )


def _finding(report: Report, finding: Finding) -> dict[str, object]:
    by_id = {fact.id: fact for fact in report.facts}
    return _some(
        {
            "@id": f"{_document_iri(report.document)}#finding={finding.fingerprint}",
            "@type": "Finding",
            "rule": _iri("rule", finding.code),
            "severity": finding.severity,
            "message": finding.message,
            "message_en": finding.message_en,
            "arithmetic": finding.arithmetic,
            "facts": [_fact_iri(report.document, by_id[identity].quantity.span) for identity in finding.facts],
            "repair": plain(finding.repair.value) if finding.repair else None,
            "decision": finding.decision,
            "preview": finding.preview,
            "fingerprint": finding.fingerprint,
            "source": _document_iri(report.document),
        }
    )


def _nodes(report: Report, view: View) -> list[dict[str, Any]]:
    """The document, the indicators and rules that are used, the facts, and with ``check`` the findings."""
    document = report.document
    about = document.about
    links = links_by_fact(report)
    indicators = {_indicator_iri(fact, links.get(fact.id)): indicator_name(fact, links.get(fact.id)) for fact in report.facts}
    findings = report.findings if view.subject == "check" else ()
    codes = sorted({finding.code for finding in findings})
    head = {
        "@id": _document_iri(document),
        "@type": "schema:Report",
        "name": about.title or document.name,
        "sha256": document.sha256,
        "body": about.org,
        "region": about.region,
        "year": about.year,
        "file": document.path,
    }
    shared: list[dict[str, Any]] = [
        *({"@id": iri, "@type": "Indicator", "name": name} for iri, name in sorted(indicators.items())),
        *(
            {"@id": _iri("rule", code), "@type": "Rule", "code": code, "name": rule_name(code, "zh"), "english": rule_name(code, "en")}
            for code in codes
        ),
    ]
    return [
        _some(head),
        *shared,
        *(_fact(report, fact, links.get(fact.id)) for fact in report.facts),
        *(_finding(report, finding) for finding in findings),
    ]


def _join(parts: Sequence[list[dict[str, Any]]], view: View) -> str:
    """One graph; what several reports have in common stands in it once."""
    nodes: dict[str, dict[str, Any]] = {}
    for part in parts:
        for node in part:
            nodes.setdefault(node["@id"], node)
    lines = ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes.values())
    return f'{{"@context": {json.dumps(_CONTEXT)},\n"@graph": [\n{lines}\n]}}\n'


def _write(report: Report, view: View) -> str:
    return _join([_nodes(report, view)], view)


WRITER = Writer(format="jsonld", suffix=".jsonld", subjects=("check", "facts"), follows=False, write=_write, part=_nodes, join=_join)
