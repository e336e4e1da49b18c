"""The report as one JSON object, versioned by ``format``; ``extract/data/schema.json`` describes it.

Why: programs read the findings, and the scorer reads them; numbers are decimal strings, because a JSON number is a
float to most readers.

Example: ``{"id": "f1", "start": 2321, "end": 2323, "text": "22起", "value": "22", …}`` on a line of its own.

Left alone: nothing is rounded and nothing is left out; the colour and the language of the view do not matter.

Source: the project's own format, heshu/1.
"""

from __future__ import annotations

import json

from extract.types import Check, Document, Fact, Finding, Link, MadeBy, Numeral, Report, Roles, Span
from extract.writers import View, Writer
from extract.writers._values import indicator_name, links_by_fact, period_of, plain, subject_of

FORMAT = "heshu/1"


def _made_by(made_by: MadeBy) -> dict[str, object]:
    return {
        "version": made_by.version,
        "models": dict(sorted(made_by.models.items())),
        "catalogue": made_by.catalogue,
    }


def _document(document: Document) -> dict[str, object]:
    return {
        "name": document.name,
        "path": document.path,
        "sha256": document.sha256,
        "title": document.about.title,
        "org": document.about.org,
        "region": document.about.region,
        "year": document.about.year,
        "characters": len(document.source),
    }


def _fact(report: Report, fact: Fact, link: Link | None) -> dict[str, object]:
    document = report.document
    quantity = fact.quantity
    place = document.source_span(quantity.span)
    words = document.source_span(fact.mention.span) if fact.mention.span else None
    return {
        "id": fact.id,
        "start": place.start,
        "end": place.end,
        "text": quantity.extent.of(document.text),
        "value": plain(quantity.value),
        "low": plain(quantity.low),
        "high": plain(quantity.high),
        "unit": quantity.unit,
        "bound": quantity.bound,
        "kind": fact.kind,
        "interval": [plain(quantity.interval.low), plain(quantity.interval.high)],
        "mention": fact.mention.text,
        "mention_start": words.start if words else None,
        "mention_end": words.end if words else None,
        "indicator": indicator_name(fact, link),
        "indicator_id": link.indicator_id if link else None,
        "link_score": round(link.score, 4) if link else None,
        "subject": subject_of(report, fact),
        "period": period_of(report, fact),
        "section": " › ".join(document.section_path(fact.section)),
        "cell": {"table": fact.cell.table, "row": fact.cell.row, "column": fact.cell.column} if fact.cell else None,
        "confidence": round(fact.confidence, 4),
        "maker": [*fact.makers, *([f"link:{link.how}"] if link else [])],
    }


def _numeral(document: Document, numeral: Numeral) -> dict[str, object]:
    return {**_place(document, numeral.span), "status": "not_a_fact", "reason": numeral.reason}


def _place(document: Document, span: Span) -> dict[str, int]:
    place = document.source_span(span)
    return {"start": place.start, "end": place.end}


def _roles(roles: Roles) -> dict[str, object]:
    return {role: ids if isinstance(ids, str) else list(ids) for role, ids in roles.items()}


def _check(check: Check) -> dict[str, object]:
    return {
        "id": check.id,
        "code": check.code,
        "type": check.type,
        "roles": _roles(check.roles),
        "verdict": check.verdict,
        "holds": check.holds,
        "arithmetic": check.arithmetic,
        "note": check.note,
        **({"maker": check.by} if check.by else {}),
    }


def _finding(document: Document, finding: Finding) -> dict[str, object]:
    repair = finding.repair
    return {
        "id": finding.id,
        "check": finding.checks[0] if finding.checks else None,
        "checks": list(finding.checks),
        "code": finding.code,
        "severity": finding.severity,
        "facts": list(finding.facts),
        "places": [_place(document, place) for place in finding.places],
        "message": finding.message,
        "message_en": finding.message_en,
        "arithmetic": finding.arithmetic,
        "repair": {"fact": repair.fact, "value": plain(repair.value)} if repair else None,
        "fingerprint": finding.fingerprint,
    }


def as_object(report: Report, *, subject: str = "check") -> dict[str, object]:
    """The report as the object that FORMAT describes; with ``subject="facts"`` without its checks and findings."""
    links = links_by_fact(report)
    document = report.document
    found: dict[str, object] = {
        "format": FORMAT,
        "made_by": _made_by(report.made_by),
        "document": _document(document),
        "facts": [_fact(report, fact, links.get(fact.id)) for fact in report.facts],
        "numerals": [_numeral(document, numeral) for numeral in report.numerals],
    }
    if subject == "check":
        found["checks"] = [_check(check) for check in report.checks]
        found["findings"] = [_finding(document, finding) for finding in report.findings]
    return found


def _write(report: Report, view: View) -> str:
    # One fact a line: a person can read it, diff can compare it, and the fast encoder of json still does the work.
    parts = []
    for key, value in as_object(report, subject=view.subject).items():
        if isinstance(value, list) and value:
            lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in value)
            parts.append(f"{json.dumps(key)}: [\n{lines}\n]")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


WRITER = Writer(format="json", suffix=".json", subjects=("check", "facts"), follows=False, write=_write)
