"""Annotations made by heshu, for a person to correct; and what is still to be filled in after a tool had an annotation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Any

from extract import intervals
from extract.errors import MALFORMED, UnreadableError
from extract.exchange import Annotated, Gold
from extract.exchange._marks import MANY, ROLES, members
from extract.gold import plain
from extract.relations import Context
from extract.types import Check, Fact, Link, Quantity, Report
from extract.workshop import reading
from extract.workshop.files import sha256

_SPACE = re.compile(r"\s+")


def draft(report: Report, *, made_by: str) -> Annotated:
    """The annotation that heshu itself would give: a skeleton for a person to correct.

    ``made_by`` and each fact's ``confidence`` mark it as a draft. A number that states no value (数十) has none: the person
    decides. Relations are those that the checks passed or failed; what they left open is left to the person.
    """
    document, about = report.document, report.document.about
    links = {link.fact: link for link in report.links}
    facts = [_fact(report, fact, links.get(fact.id)) for fact in report.facts]
    facts.sort(key=lambda fact: (fact["start"], fact["end"]))
    relations = [relation for check in report.checks if (relation := _relation(check)) is not None]
    gold: dict[str, Any] = {
        "doc": document.name,
        "sha256": sha256(document.source),
        "org": about.org or None,
        "region": about.region or None,
        "year": about.year or None,
        "made_by": made_by,
        "facts": facts,
        "relations": relations,
    }
    return Annotated(text=document.source, gold=gold)


def _fact(report: Report, fact: Fact, link: Link | None) -> dict[str, Any]:
    document = report.document
    place = document.source_span(fact.quantity.span)
    found: dict[str, Any] = {"id": fact.id, "start": place.start, "end": place.end, **_stated(fact.quantity), "kind": fact.kind}
    found |= {"mention": _SPACE.sub("", fact.mention.text), "indicator": link.name if link is not None else fact.mention.text}
    if fact.mention.span is not None:
        words = document.source_span(fact.mention.span)
        if plain(words.of(document.source)) == plain(fact.mention.text):
            found |= {"mention_start": words.start, "mention_end": words.end}
    found |= {key: value for key, value in (("subject", fact.subject), ("period", fact.period)) if value}
    return {**found, "confidence": round(fact.confidence, 4)}


def _stated(quantity: Quantity) -> dict[str, str]:
    values = {"value": quantity.value, "low": quantity.low, "high": quantity.high}
    return {**{key: _plain(value) for key, value in values.items() if value is not None}, "unit": quantity.unit, "bound": quantity.bound}


def _plain(value: Decimal) -> str:
    text = f"{abs(value) if value.is_zero() else value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _relation(check: Check) -> dict[str, Any] | None:
    """The relation of a check as the guideline writes it; ``None`` where it has no verdict or roles that the guideline lacks."""
    roles = {role: value for role, value in check.roles.items() if value}
    wanted = ROLES[check.type]
    if check.verdict not in ("pass", "fail") or not set(roles) <= {*wanted, "items", "list", "claim"}:
        return None
    relation: dict[str, Any] = {"id": check.id, "type": check.type}
    for role, value in roles.items():
        ids = [value] if isinstance(value, str) else list(value)
        if role == "items":
            relation[role] = int(ids[0])
        elif role in MANY or role == "list":
            relation[role] = ids
        else:
            relation[role] = ids[0]
    relation |= {"holds": check.holds, "certainty": "certain" if check.certain else "likely"}
    return {**relation, "note": check.arithmetic} if check.arithmetic else relation


def completed(document: Annotated) -> Annotated:
    """``document`` with what a tool did not give: the value, unit and bound that the patterns read where a new fact stands,
    an empty mention and indicator, and whether a new relation holds by the judge of all checks (true where it cannot tell).

    Raises:
        UnreadableError: the annotation is not what heshu wrote.
    """
    try:
        return _completed(document)
    except MALFORMED as error:
        raise UnreadableError(document.doc, f"its annotation is damaged ({type(error).__name__}: {error})", "export it again") from error


def _completed(document: Annotated) -> Annotated:
    gold = document.gold
    new = any("bound" not in fact or "unit" not in fact or "indicator" not in fact for fact in gold["facts"])
    unjudged = any("holds" not in relation for relation in gold["relations"])
    if not (new or unjudged):
        return document
    source = reading.read(document.doc, document.text)
    facts = [_filled(fact, source) for fact in gold["facts"]]
    whole = {**gold, "facts": facts}
    with localcontext(intervals.CONTEXT):
        quantities = {fact["id"]: reading.stated(fact, source) for fact in facts if _has_value(fact)}
        known = reading.context(whole, quantities)
        whole["relations"] = [_judged(relation, known, quantities) for relation in gold["relations"]]
    return Annotated(text=document.text, gold=whole)


def _has_value(fact: Gold) -> bool:
    wanted = ("low", "high") if fact["bound"] == "range" else ("value",)
    return all(reading.number(fact.get(field)) is not None for field in wanted)


def _filled(fact: Gold, source: reading.Source) -> dict[str, Any]:
    if all(field in fact for field in ("unit", "bound", "indicator")):
        return dict(fact)
    index = source.at(fact["start"], fact["end"])
    read = _stated(source.quantities[index]) if index is not None else {"unit": "", "bound": "="}
    if (fact.get("bound", read["bound"]) == "range") is not (read["bound"] == "range"):
        read = {"unit": read["unit"]}
    return {**read, "mention": "", "indicator": "", **fact}


def _judged(relation: Gold, known: Context, quantities: Mapping[str, Quantity]) -> dict[str, Any]:
    if "holds" in relation:
        return dict(relation)
    complete = set(ROLES[relation["type"]]) - {"previous"} <= set(relation) and all(i in quantities for _, i in members(relation))
    holds = reading.judged(relation, known)[0] if complete else None
    return {**relation, "holds": holds is not False, "certainty": relation.get("certainty", "certain")}
