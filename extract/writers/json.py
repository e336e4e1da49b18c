"""The report as one JSON object, versioned by ``format``; ``extract/data/schema.json`` describes it.

Why: programs read the findings, and the scorer reads them; numbers are decimal strings, because a JSON number is a
float to most readers.

Example: ``{"id": "f1", "start": 2321, "end": 2323, "text": "22起", "value": "22", …}`` on a line of its own.

Left alone: nothing is rounded and nothing is left out; the colour and the language of the view do not matter.

Source: the project's own formats: heshu/1, and heshu-comparison/1 (``extract/data/comparison.schema.json``) between documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from io import BytesIO

from extract.coverage import Account, coverage, tally
from extract.types import Check, Comparison, Document, Fact, Finding, Link, MadeBy, Report, Roles, Span, Suppressed
from extract.writers import View, Writer
from extract.writers._values import indicator_name, links_by_fact, period_of, plain, subject_of

FORMAT = "heshu/1"
COMPARISON = "heshu-comparison/1"


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
        **({"remarks": [remark.zh for remark in document.remarks]} if document.remarks else {}),
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
        "subject": subject_of(report, fact, link),
        "period": period_of(report, fact),
        "section": " › ".join(document.section_path(fact.section)),
        "cell": {"table": fact.cell.table, "row": fact.cell.row, "column": fact.cell.column} if fact.cell else None,
        **_in_file(document, quantity.span),
        "confidence": round(fact.confidence, 4),
        "maker": [*fact.makers, *([f"link:{link.how}"] if link else [])],
    }


def _in_file(document: Document, span: Span) -> dict[str, object]:
    """Where a number stands in a file that is no text: its page and its box there, or its cell as the spreadsheet calls it."""
    place = document.place_of(span)
    if place is None:
        return {}
    if place.cell:
        return {"at": place.cell}
    return {"page": place.page, **({"box": list(place.box)} if place.box else {})}


def _numeral(account: Account) -> dict[str, object]:
    return {"start": account.place.start, "end": account.place.end, "status": account.status, "reason": account.reason}


def _accounted(fact: dict[str, object], account: Account) -> dict[str, object]:
    """A fact with what became of it: whether a check looked at it, and why not."""
    return {**fact, "status": account.status, "reason": account.reason, "note": account.note}


def _coverage(accounts: tuple[Account, ...]) -> dict[str, object]:
    """The counts of :func:`extract.coverage.tally`; what was checked needs no reason."""
    told = tally(accounts)
    return {
        "numerals": len(accounts),
        "checked": sum(told["checked"].values()),
        "not_checked": dict(told["not_checked"]),
        "not_a_fact": dict(told["not_a_fact"]),
    }


def _place(document: Document, span: Span) -> dict[str, int]:
    place = document.source_span(span)
    return {"start": place.start, "end": place.end}


def _roles(roles: Roles) -> dict[str, object]:
    return {role: ids if isinstance(ids, str) else list(ids) for role, ids in roles.items()}


def _check(check: Check) -> dict[str, object]:
    told: dict[str, object] = {"decimals": check.decimals, "exact": check.exact, "firm": list(check.firm) or None, "direction": check.direction}
    return {
        "id": check.id,
        "code": check.code,
        "type": check.type,
        "roles": _roles(check.roles),
        "verdict": check.verdict,
        "holds": check.holds,
        "arithmetic": check.arithmetic,
        "note": check.note,
        **{key: value for key, value in told.items() if value not in (None, False, "")},
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
        "places": [{**_place(document, place), "text": place.of(document.text)} for place in finding.places],
        "message": finding.message,
        "message_en": finding.message_en,
        "arithmetic": finding.arithmetic,
        "repair": {"fact": repair.fact, "value": plain(repair.value)} if repair else None,
        "fingerprint": finding.fingerprint,
        "decision": finding.decision,
        "preview": finding.preview,
    }


def as_object(report: Report, *, subject: str = "check") -> dict[str, object]:
    """The report as the object that FORMAT describes; with ``subject="facts"`` without its checks and findings."""
    return {key: list(value) if isinstance(value, Iterator) else value for key, value in _parts(report, subject)}


def _parts(report: Report, subject: str) -> Iterator[tuple[str, object]]:
    """The parts of the object, long lists as iterators: a workbook has hundreds of thousands of facts."""
    document = report.document
    accounts = coverage(report)
    yield "format", FORMAT
    yield "made_by", _made_by(report.made_by)
    yield "document", _document(document)
    yield "facts", _facts(report, accounts, subject)
    yield "numerals", (_numeral(account) for account in accounts if not account.fact)
    if subject == "check":
        yield "coverage", _coverage(accounts)
        yield "checks", (_check(check) for check in report.checks)
        yield "findings", (_finding(document, finding) for finding in report.findings)
        if report.suppressed:
            yield "suppressed", (_suppressed(document, one) for one in report.suppressed)


def _facts(report: Report, accounts: Iterable[Account], subject: str) -> Iterator[dict[str, object]]:
    links = links_by_fact(report)
    by_fact = {account.fact: account for account in accounts} if subject == "check" else {}
    for fact in report.facts:
        entry = _fact(report, fact, links.get(fact.id))
        yield _accounted(entry, by_fact[fact.id]) if by_fact else entry


def _suppressed(document: Document, one: Suppressed) -> dict[str, object]:
    why = {"kind": one.kind, "reason": one.reason, "who": one.who, "date": one.date}
    return {**_finding(document, one.finding), "suppression": why}


def compared(comparison: Comparison) -> dict[str, object]:
    """The comparison as an object; documents are counted from 1, and of the facts those stand in it that take part in a check."""
    facts = []
    taking_part = {identity for check in comparison.checks for identity in check.facts}
    for number, report in enumerate(comparison.reports, 1):
        links = links_by_fact(report)
        for fact in report.facts:
            identity = f"{number}:{fact.id}"
            if identity in taking_part:
                facts.append({**_fact(report, fact, links.get(fact.id)), "id": identity, "document": number})
    return {
        "format": COMPARISON,
        "made_by": _made_by(comparison.reports[0].made_by) if comparison.reports else None,
        "documents": [{"number": n, **_document(report.document)} for n, report in enumerate(comparison.reports, 1)],
        "groups": [{"name": group.name, "documents": [n + 1 for n in group.documents]} for group in comparison.groups],
        "apart": [{"document": one.document + 1, "reason": one.reason, "reason_en": one.reason_en} for one in comparison.apart],
        "facts": facts,
        "checks": [_check(check) for check in comparison.checks],
        "findings": [_between(finding) for finding in comparison.findings],
    }


def _between(finding: Finding) -> dict[str, object]:
    repair = finding.repair
    return {
        "id": finding.id,
        "check": finding.checks[0],
        "checks": list(finding.checks),
        "code": finding.code,
        "severity": finding.severity,
        "facts": list(finding.facts),
        "message": finding.message,
        "message_en": finding.message_en,
        "arithmetic": finding.arithmetic,
        "repair": {"fact": repair.fact, "value": plain(repair.value)} if repair else None,
        "fingerprint": finding.fingerprint,
    }


def _write(report: Report, view: View) -> bytes:
    return _lines(_parts(report, view.subject))


def _compare(comparison: Comparison, view: View) -> bytes:
    return _lines(compared(comparison).items())


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _lines(parts: Iterable[tuple[str, object]]) -> bytes:
    """One fact a line: a person can read it, diff can compare it. The text is encoded piece by piece, and never there twice."""
    out = BytesIO()

    def put(*pieces: str) -> None:
        out.writelines(piece.encode("utf-8", "backslashreplace") for piece in pieces)

    before = "{\n"
    for key, value in parts:
        put(before, _encode(key), ": ")
        before = ",\n"
        if isinstance(value, Iterator | list):
            opening = "[\n"
            for entry in value:
                put(opening, _encode(entry))
                opening = ",\n"
            put("[]" if opening == "[\n" else "\n]")
        else:
            put(_encode(value))
    put("\n}\n")
    return out.getvalue()


WRITER = Writer(format="json", suffix=".json", subjects=("check", "facts", "compare"), follows=False, write=_write, compare=_compare)
