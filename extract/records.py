"""A report as rows of plain values, one table for its document, facts, checks and findings: what is stored and computed on.

The rows hold all that is needed to hold documents against each other (``extract/across/``): times are absolute, names are bare,
and a level that a change is told of carries the interval that it implies for the year before. So the joins need no text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from hashlib import sha256

from extract import arrow
from extract import intervals as iv
from extract.catalogue import load
from extract.checks._across import ALIKE, REVISED, Statement, is_account, joined, moment, named_alike, whose, year_before
from extract.checks._changes import changes
from extract.checks._changes.words import CONSTANT
from extract.checks._slips import significant
from extract.checks._values import factor, interval_of, is_rate
from extract.checks._words import unit_family
from extract.columns import TABLES, Value
from extract.compare import body, matter
from extract.coverage import coverage
from extract.fingerprints import normalised
from extract.relations import Context, Together, context_of
from extract.types import Document, Fact, Finding, Indicator, Interval, MadeBy, Report, Roles, Span
from extract.writers._lines import Lines
from extract.writers._rows import picked, told_of_fact, told_of_finding
from extract.writers._values import links_by_fact

Row = tuple[Value, ...]
Records = Mapping[str, list[Row]]

_NUMBER = re.compile(r"[\d〇一二三四五六七八九十百千万亿两][\d.,〇一二三四五六七八九十百千万亿两]*+")
_SHORTEST = 12
"""A sentence with fewer characters beside its numbers is said by everybody."""
_TOWN = re.compile(r"(?P<within>.+[区县旗市])[^区县旗市]+(?:镇|乡|街道)")
_LAST = Decimal(10) ** -arrow.PLACES
_NOT_JOINED: Mapping[str, Value] = {
    "joined": False,
    **dict.fromkeys(("words", "known_as", "family", "whose", "state", "scope", "telling", "account", "significant")),
}
_NOTHING_EARLIER: Mapping[str, Value] = dict.fromkeys(("change", "before", "before_low", "before_high", "before_doubt"))


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
        place = document.source_span(quantity.span)
        interval = interval_of(fact)
        account = accounts[fact.id]
        statement = statements.get(fact.id)
        if fact.sentence not in sentences:
            sentences[fact.sentence] = _sentence(fact.sentence, context)
        sentence, figures = sentences[fact.sentence]
        told: dict[str, Value] = {
            **told_of_fact(report, fact, links.get(fact.id), lines),
            "document": document.sha256,
            "start": place.start,
            "end": place.end,
            "own_subject": fact.subject,
            "interval_low": interval.low,
            "interval_high": interval.high,
            "low_open": interval.low_open,
            "high_open": interval.high_open,
            "digits": quantity.digits,
            "scale": quantity.scale,
            "dimension": quantity.dimension,
            "moment": (statement.moment if statement else moment(fact.period, document.about.year)) or None,
            "antecedent": fact.antecedent,
            "makers": fact.makers,
            "coverage": account.status,
            "reason": account.reason,
            "sentence": sentence,
            "figures": figures,
            **_joined(fact, statement),
            **earlier.get(fact.id, _NOTHING_EARLIER),
        }
        yield picked(TABLES["facts"], told)


def _joined(fact: Fact, statement: Statement | None) -> Mapping[str, Value]:
    """What the fact is joined to those of other documents by."""
    if statement is None:
        return _NOT_JOINED
    return {
        "joined": True,
        "words": statement.words,
        "known_as": next(iter(statement.names[1:]), None),
        "family": unit_family(fact.quantity),
        "whose": whose(statement),
        "state": statement.state,
        "scope": " ".join(sorted(statement.scope)),
        "telling": named_alike(statement),
        "account": is_account(statement),
        "significant": significant(fact),
    }


def _earlier(context: Context, statements: Mapping[str, Statement]) -> Mapping[str, Mapping[str, Value]]:
    """Of each level whose change on the year before is told, but not the level of that year: what the change implies for it."""
    found: dict[str, Mapping[str, Value]] = {}
    for told in changes(context).changes:
        change, statement = told.change, statements.get(told.current.id)
        if told.previous is not None or told.step is not None or statement is None or change.quantity.dimension == "percentage_point":
            continue
        said = change.sentence.of(context.text)
        if "环比" in said or (before := _before(statement.interval, change)) is None:
            continue
        doubt = "增幅按可比口径计算" if CONSTANT.search(said) else "" if told.sure else ALIKE
        low, high = before
        told_before = {"change": change.id, "before": year_before(statement.moment), "before_low": low, "before_high": high, "before_doubt": doubt}
        found.setdefault(told.current.id, told_before)
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
        source = document.source_span(finding.places[0]) if finding.places else None
        told: dict[str, Value] = {
            **told_of_finding(report, finding, by_id, lines),
            "document": document.sha256,
            "start": source.start if source else None,
            "end": source.end if source else None,
            "message_en": finding.message_en,
            "checks": finding.checks,
            "suppressed": suppressed,
            "reason": reason,
        }
        return picked(TABLES["findings"], told)

    for finding in report.findings:
        yield row(finding, None, "")
    for one in report.suppressed:
        yield row(one.finding, one.kind, one.reason)
