"""Findings recomputed from their places alone: no extraction, only the numerals where the JSON says that they stand.

Who receives findings need not trust the program that made them, nor that the report is still the one that was checked.
For each finding the numerals are read again at their offsets, their values follow from the digits and the scale, and
the arithmetic of each broken relation is done anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any, Literal, cast

from extract import intervals as iv
from extract.checks._judge import judge
from extract.errors import MALFORMED, ConfigurationError
from extract.fingerprints import normalised
from extract.numerals import Reading, parse, power
from extract.relations import Context, Relation, context_of
from extract.types import OTHER_ROLES, Document, Fact, Interval, Mention, Quantity, Span
from extract.units import dimension, is_count

Status = Literal["confirmed", "standing", "changed", "differs"]
_RANGE = re.compile(r"[-–—－~～至到]+")
_SCALE = re.compile(r"[十百千万亿]*(?:[多余几来][万亿]+)?")
_HEDGE = re.compile(r"[多余几来]")
_MORE = re.compile(r"[:∶比]|位数")
"""What follows a numeral that is not the whole of its number: 3:2, 两位数. Of such, and of words like 一半, the value is as stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of a finding. ``status`` is "confirmed" (text and arithmetic are as stated), "standing" (the text is, but the rule judges
    by more than arithmetic), "changed" (the text is another) or "differs" (the arithmetic is another).

    ``place`` is where the text changed, in the source; ``stated`` and ``found`` are what the finding says and what there is.
    """

    id: str
    code: str
    status: Status
    place: Span | None = None
    stated: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class _Trouble(Exception):  # noqa: N818 (it carries a verdict, nothing went wrong)
    status: Status
    stated: str
    found: str
    place: Span | None = None


def read(path: Path) -> Mapping[str, Any]:
    """The report in a file of JSON, as ``heshu check --format json`` writes it.

    Raises:
        ConfigurationError: it cannot be read, or is no such report.
    """
    try:
        report: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(report["document"]["sha256"], str):
            raise TypeError
    except (OSError, *MALFORMED) as error:
        raise ConfigurationError(str(path), "not a report in JSON", "make one with 'heshu check FILE --format json'") from error
    return report


def verify(report: Mapping[str, Any], document: Document) -> tuple[Verdict, ...]:
    """A verdict on each finding of a report in JSON (as ``heshu check --format json`` writes it), in its order.

    Raises:
        ConfigurationError: the object is no such report.
    """
    try:
        facts = {fact["id"]: fact for fact in report["facts"]}
        checks = {check["id"]: check for check in report["checks"]}
        with localcontext(iv.CONTEXT):
            return tuple(_verdict(finding, facts, checks, document) for finding in report["findings"])
    except MALFORMED as error:
        raise ConfigurationError("findings", f"not a report in JSON ({type(error).__name__}: {error})", "make one with --format json") from error


def _verdict(finding: Mapping[str, Any], facts: Mapping[str, Any], checks: Mapping[str, Any], document: Document) -> Verdict:
    identity, code = finding["id"], finding["code"]
    broken = [checks[check] for check in finding["checks"]]
    try:
        members = dict.fromkeys(identity for check in broken for identity in _members(check))
        read = tuple(_fact(facts[member], document) for member in dict.fromkeys((*finding["facts"], *members)))
        for place in finding["places"]:
            _stands(place, document)
        context = context_of(document, read, ())
        statuses = {_rejudged(check, context) for check in broken}
    except _Trouble as trouble:
        return Verdict(id=identity, code=code, status=trouble.status, place=trouble.place, stated=trouble.stated, found=trouble.found)
    status: Status = "confirmed" if statuses == {"confirmed"} else "standing"
    return Verdict(id=identity, code=code, status=status, stated=finding["arithmetic"])


def _members(check: Mapping[str, Any]) -> Iterator[str]:
    for role, ids in check["roles"].items():
        if role not in OTHER_ROLES:
            yield from (ids,) if isinstance(ids, str) else ids


def _stands(place: Mapping[str, Any], document: Document) -> None:
    if "text" not in place:
        return
    span = Span(place["start"], place["end"])
    found = document.reading_span(span).of(document.text)
    if normalised(found) != normalised(place["text"]):
        raise _Trouble("changed", place["text"], found, span)


def _rejudged(check: Mapping[str, Any], context: Context) -> Status:
    """Whether the arithmetic comes out as stated (confirmed); "standing" where there is none to do."""
    if check["type"] == "implied":
        return "standing"
    roles = {role: (ids,) if isinstance(ids, str) else tuple(ids) for role, ids in check["roles"].items() if role not in OTHER_ROLES}
    items = check["roles"].get("items")
    relation = Relation(
        type=check["type"],
        roles=roles,
        certain=check["verdict"] != "review",
        decimals=check.get("decimals"),
        exact=check.get("exact", False),
        firm=tuple(check.get("firm", ())),
        items=None if items is None else int(items),
        claim=check["roles"].get("claim", ""),
        direction=check.get("direction", ""),
    )
    judgement = judge(relation, context)
    if (judgement.verdict, judgement.arithmetic) != (check["verdict"], check["arithmetic"]):
        raise _Trouble("differs", f"{check['code']} {check['arithmetic']}", judgement.arithmetic)
    return "confirmed"


def _fact(fact: Mapping[str, Any], document: Document) -> Fact:
    """The fact as its numeral reads now, in the unit that the JSON gives it."""
    place = Span(fact["start"], fact["end"])
    span = document.reading_span(place)
    numeral, said = normalised(span.of(document.text)), normalised(fact["text"])
    around = document.text[max(0, span.start - 2 * len(said)) : span.end + 2 * len(said)]
    if not numeral or numeral not in said or said not in normalised(around):
        raise _Trouble("changed", fact["text"], document.text[span.start : span.start + len(said)].strip(), place)
    quantity = _quantity(fact, numeral, said.partition(numeral)[2], span)
    _same_interval(fact, quantity, place)
    return Fact(
        id=fact["id"],
        quantity=quantity,
        kind=fact["kind"],
        mention=Mention(span=None, text=fact["mention"], by="json"),
        block=0,
        sentence=span,
        clause=span,
        section=None,
        cell=None,
        confidence=fact["confidence"],
        makers=("json",),
    )


def _quantity(fact: Mapping[str, Any], numeral: str, after: str, span: Span) -> Quantity:
    value, low, high = (_number(fact[key]) for key in ("value", "low", "high"))
    unit, bound = fact["unit"], fact["bound"]
    stated_low, stated_high = map(_number, fact["interval"])
    words = _scale_words(after, unit)
    if _SCALE.fullmatch(numeral):  # 超万亿元: the numeral is a scale, and reads as one with those that follow
        numeral, words = numeral + words, ""
    reading, amount = None if _MORE.match(after) else parse(numeral), value
    if reading is None and low is not None and high is not None:
        ends = _RANGE.split(numeral)
        reading, amount = parse(ends[-1]) if len(ends) == 2 else None, max(abs(low), abs(high))
    interval = Interval(low=stated_low, high=stated_high)
    digits, scale = numeral if value is None else f"{abs(value):f}", Decimal(1)
    if reading is not None and amount is not None:
        digits = reading.digits
        scale = _scale(reading, amount, words, fact)
        if value is not None:
            interval = iv.of_numeral(digits, scale, bound, count=is_count(dimension(unit), scale, digits))
            interval = iv.negate(interval) if value < 0 else interval
    return Quantity(
        span=span,
        extent=span,
        digits=digits,
        value=value,
        low=low,
        high=high,
        unit=unit,
        dimension=dimension(unit),
        scale=scale,
        bound=cast(Any, bound),
        interval=interval,
        pattern="json",
    )


def _scale_words(after: str, unit: str) -> str:
    """The words between numeral and unit that multiply: 万 of 万元, 万亿 of 万多亿元; "" where the unit is not in the text."""
    match = _SCALE.match(after.partition(unit)[0]) if unit and unit in after else None
    return _HEDGE.sub("", match[0]) if match else ""


def _number(text: str | None) -> Decimal | None:
    number = None if text is None else Decimal(text)
    if number is not None and not number.is_finite():  # the context of the arithmetic does not raise
        raise ValueError(f"{text!r} is no number")
    return number


def _scale(reading: Reading, amount: Decimal, words: str, fact: Mapping[str, Any]) -> Decimal:
    """What the digits are multiplied by to give the stated value: a power of ten, and that of the words behind it if there are any."""
    digits = abs(Decimal(reading.digits))
    low, high = map(_number, fact["interval"])
    if digits == 0 == amount and low is not None and high is not None and low != high:
        scale = (high - low) / (2 * iv.half_unit(reading.digits, Decimal(1)))  # of a zero only its slack tells the scale
    else:
        scale = abs(amount) / digits if digits else Decimal(1 if amount == 0 else 0)
    said = reading.scale * power(words)
    allowed = [said * Decimal(10) ** -k for k in range(3)]  # 角 and 分 are tenths and hundredths of 元
    if scale.normalize().as_tuple().digits != (1,) or (words and scale not in allowed):
        raise _Trouble("differs", f"{fact['text']} = {amount:f}", f"{digits * said:f}")
    return scale


def _same_interval(fact: Mapping[str, Any], quantity: Quantity, place: Span) -> None:
    """The stated interval has to be the one that follows from the digits; both are shown where it is not."""
    found: Sequence[Decimal | None] = (quantity.interval.low, quantity.interval.high)
    stated = tuple(map(_number, fact["interval"]))
    if tuple(found) != stated:
        raise _Trouble("differs", f"{fact['text']} [{', '.join(map(str, stated))}]", f"[{', '.join(map(str, found))}]", place)
