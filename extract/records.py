"""A report as rows of plain values, one table for its document, facts, checks and findings: what is stored and computed on.

The rows hold all that is needed to hold documents against each other (``extract/across/``): times are absolute, names are bare,
and a level that a change is told of carries the interval that it implies for the year before. So the joins need no text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from hashlib import sha256

import regex

from extract import arrow
from extract import intervals as iv
from extract.catalogue import load
from extract.checks._across import ALIKE, CONSTANT, REVISED, Statement, is_account, joined, moment, named_alike, whose, year_before
from extract.checks._changes import changes
from extract.checks._judge import factor, interval_of, is_rate
from extract.checks._slips import significant
from extract.checks._words import unit_family
from extract.columns import TABLES, Value
from extract.compare import body, matter
from extract.coverage import coverage
from extract.fingerprints import normalised
from extract.relations import Context, Together, context_of
from extract.types import Document, Fact, Finding, Indicator, Interval, MadeBy, Report, Roles, Span
from extract.writers._lines import Lines
from extract.writers._values import as_written, in_file, indicator_name, links_by_fact, period_of, subject_of

Row = tuple[Value, ...]
Records = Mapping[str, list[Row]]

_NUMBER = regex.compile(r"[\d〇一二三四五六七八九十百千万亿两][\d.,〇一二三四五六七八九十百千万亿两]*+")
_SHORTEST = 12
"""A sentence with fewer characters beside its numbers is said by everybody."""
_TOWN = regex.compile(r"(?P<within>.+[区县旗市])[^区县旗市]+(?:镇|乡|街道)")
_LAST = Decimal(10) ** -arrow.PLACES


def records(report: Report, *, catalogue: Mapping[str, Indicator] | None = None, asked: Mapping[str, object] | None = None) -> Records:
    """The rows of a report for each of :data:`~extract.columns.TABLES`, in the order of the text; identical for an identical report.

    ``catalogue`` is the one that the report was made with (default: the one that ships); ``asked`` is what else made the report
    what it is, a selection of checks for example, and goes into ``made_by``.
    """
    with localcontext(iv.CONTEXT):
        found = {
            "documents": [_document(report, asked or {})],
            "facts": list(_facts(report, load().indicators if catalogue is None else catalogue)),
            "checks": list(_checks(report)),
            "findings": list(_findings(report)),
        }
    return {table: found[table] for table in TABLES}


def made_by(made: MadeBy, asked: Mapping[str, object] | None = None) -> str:
    """What made a report, as one line of JSON: equal lines, equal reports on equal documents."""
    told = {"version": made.version, "models": dict(made.models), "catalogue": made.catalogue, **(asked or {})}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# --- documents --------------------------------------------------------------------------------------------------------


def _document(report: Report, asked: Mapping[str, object]) -> Row:
    document = report.document
    about = document.about
    accounts = coverage(report)
    severities = [finding.severity for finding in report.findings if not finding.preview]
    return (
        document.sha256,
        document.name,
        document.path,
        about.title,
        about.org,
        body(document),
        matter(document),
        about.region,
        _within(document),
        int(about.year) if about.year else None,
        len(document.source),
        len(report.facts),
        len(accounts),
        sum(account.status == "checked" for account in accounts),
        severities.count("error"),
        severities.count("warning"),
        REVISED.search(document.text) is not None,
        tuple(remark.zh for remark in document.remarks),
        made_by(report.made_by, asked),
    )


def _within(document: Document) -> str:
    """The place right above the document's region: 乙县 of 乙县丙镇, 甲市 where 甲市乙县 is named; "" where none is."""
    region = document.about.region
    town = _TOWN.fullmatch(region)
    if town is not None:
        return str(town["within"])
    name = document.about.org or document.about.title
    return name[: max(name.find(region), 0)] if region else ""


# --- facts ------------------------------------------------------------------------------------------------------------


def _facts(report: Report, catalogue: Mapping[str, Indicator]) -> Iterator[Row]:
    document = report.document
    context = context_of(document, report.facts, report.links, catalogue)
    statements = joined(Together((context,))).by_fact
    earlier = _earlier(context, statements)
    accounts = {account.fact: account for account in coverage(report) if account.fact}
    links = links_by_fact(report)
    lines = Lines(document)
    sentences: dict[Span, tuple[str | None, str | None]] = {}
    for fact in report.facts:
        quantity = fact.quantity
        link = links.get(fact.id)
        place = document.source_span(quantity.span)
        interval = interval_of(fact)
        if fact.sentence not in sentences:
            sentences[fact.sentence] = _sentence(fact.sentence, context)
        yield (
            document.sha256,
            fact.id,
            place.start,
            place.end,
            lines.of_source(place.start)[0],
            *in_file(document, quantity.span),
            " › ".join(document.section_path(fact.section)),
            subject_of(report, fact, link),
            fact.subject,
            indicator_name(fact, link),
            link.indicator_id if link else None,
            fact.mention.text,
            as_written(report, quantity),
            quantity.value,
            quantity.low,
            quantity.high,
            *interval,
            quantity.digits,
            quantity.scale,
            quantity.unit,
            quantity.dimension,
            quantity.bound,
            fact.kind,
            period_of(report, fact),
            *_joined(fact, statements.get(fact.id), sentences[fact.sentence], accounts[fact.id].status, accounts[fact.id].reason, document),
            *earlier.get(fact.id, (None, None, None, None, None)),
        )


def _joined(fact: Fact, statement: Statement | None, sentence: tuple[str | None, str | None], status: str, reason: str, document: Document) -> Row:
    """From the moment on to what the fact is joined to those of other documents by."""
    when = statement.moment if statement else moment(fact.period, document.about.year)
    known = (fact.qualifiers, fact.antecedent, round(fact.confidence, 4), fact.makers, status, reason, *sentence)
    if statement is None:
        return (when or None, *known, False, *[None] * 9)
    return (
        when,
        *known,
        True,
        statement.words,
        next(iter(statement.names[1:]), None),
        unit_family(fact.quantity),
        whose(statement),
        statement.state,
        " ".join(sorted(statement.scope)),
        named_alike(statement),
        is_account(statement),
        significant(fact),
    )


def _earlier(context: Context, statements: Mapping[str, Statement]) -> Mapping[str, Row]:
    """Of each level whose change on the year before is told, but not the level of that year: what the change implies for it."""
    found: dict[str, Row] = {}
    for told in changes(context).changes:
        change, statement = told.change, statements.get(told.current.id)
        if told.previous is not None or told.step is not None or statement is None or change.quantity.dimension == "percentage_point":
            continue
        said = change.sentence.of(context.text)
        if "环比" in said or (before := _before(statement.interval, change)) is None:
            continue
        doubt = "增幅按可比口径计算" if CONSTANT.search(said) else "" if told.sure else ALIKE
        found.setdefault(told.current.id, (change.id, year_before(statement.moment), *before, doubt))
    return found


def _before(current: Interval, change: Fact) -> tuple[Decimal | None, Decimal | None] | None:
    """The least and the greatest level from which the change leads to ``current`` (T8), rounded outwards to what is stored;
    ``None`` where that is none."""
    stated = interval_of(change)
    if is_rate(change.quantity):
        times = iv.add(iv.scaled(stated, factor(change.quantity) / iv.HUNDRED), iv.point(Decimal(1)))
        before = iv.ratio(current, times)
    else:
        before = iv.sub(current, stated)
    if before is None:
        return None
    low = None if before.low is None else before.low.quantize(_LAST, rounding=ROUND_FLOOR)
    high = None if before.high is None else before.high.quantize(_LAST, rounding=ROUND_CEILING)
    return low, high


def _sentence(sentence: Span, context: Context) -> tuple[str | None, str | None]:
    """The keys of a sentence with its numbers masked, and of its numbers; ``None`` of what many say."""
    masked = _NUMBER.sub("#", normalised(sentence.of(context.text)))
    if len(masked) - masked.count("#") < _SHORTEST:
        return None, None
    figures = " ".join(f"{fact.quantity.digits}×{fact.quantity.scale}{fact.quantity.unit}" for fact in context.by_sentence[sentence])
    return _key(masked), _key(figures)


def _key(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# --- checks and findings ----------------------------------------------------------------------------------------------


def _checks(report: Report) -> Iterator[Row]:
    for check in report.checks:
        yield (
            report.document.sha256,
            check.id,
            check.code,
            check.type,
            check.verdict,
            check.holds,
            _roles(check.roles),
            check.facts,
            check.arithmetic,
            check.note,
        )


def _roles(roles: Roles) -> str:
    return json.dumps({role: ids if isinstance(ids, str) else list(ids) for role, ids in roles.items()}, ensure_ascii=False)


def _findings(report: Report) -> Iterator[Row]:
    document = report.document
    lines = Lines(document)
    by_id = {fact.id: fact for fact in report.facts}

    def row(finding: Finding, suppressed: str | None, reason: str) -> Row:
        leading = by_id[finding.facts[0]] if finding.facts else None
        place = finding.places[0] if finding.places else None
        source = document.source_span(place) if place else None
        return (
            document.sha256,
            finding.id,
            finding.code,
            finding.severity,
            source.start if source else None,
            source.end if source else None,
            lines.of_source(source.start)[0] if source else None,
            *(in_file(document, place) if place else (None, None)),
            " › ".join(document.section_path(leading.section)) if leading else "",
            finding.message,
            finding.message_en,
            finding.arithmetic,
            finding.checks,
            finding.facts,
            finding.repair.fact if finding.repair else None,
            finding.repair.value if finding.repair else None,
            finding.fingerprint,
            finding.decision,
            finding.preview,
            suppressed,
            reason,
        )

    for finding in report.findings:
        yield row(finding, None, "")
    for one in report.suppressed:
        yield row(one.finding, one.kind, one.reason)
