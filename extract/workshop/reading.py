"""The numbers of an annotated text as heshu's patterns read them, and annotated facts and relations as its judge sees them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from typing import cast

from extract import ingest, intervals, numerals, units
from extract.checks._judge import judge
from extract.exchange import Gold
from extract.exchange._marks import members
from extract.gold import plain
from extract.quantify import quantify
from extract.relations import Context as Relations
from extract.relations import Relation, context_of
from extract.types import About, Bound, Document, Fact, Kind, Mention, Quantity, RelationType, Span

_EXACT = Context(prec=60)
_DECLARED = re.compile(r"单位[：:]?\s*(?:人民币)?\s*([^\s，,。；;）)|<]{1,12})")
_SPACE = re.compile(r"\s+")
_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Source:
    """A text with its quantities in order. ``written`` are as printed, ``quantities`` with the units that their tables
    declare, ``spans`` their numerals' places in the text, ``factors`` those of all units that the text declares anywhere,
    ``characters`` all that occur in the text (compatibility forms made one)."""

    text: str
    characters: frozenset[str]
    starts: list[int]
    spans: list[Span]
    written: list[Quantity]
    quantities: list[Quantity]
    factors: frozenset[Decimal]

    def at(self, start: int, end: int) -> int | None:
        """The index of the first quantity whose numeral overlaps the place."""
        index = max(0, bisect_left(self.starts, start) - 1)
        while index < len(self.spans) and self.spans[index].start < end:
            if self.spans[index].overlaps(Span(start, end)):
                return index
            index += 1
        return None


def number(value: object) -> Decimal | None:
    """The decimal that a gold file states as a text; ``None`` where it states none."""
    if not isinstance(value, str):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def reading(printed: str) -> numerals.Reading | None:
    """The numeral read by itself, white space in it left out; ``None`` where it is none."""
    return numerals.parse(_SPACE.sub("", printed))


def read(name: str, text: str) -> Source:
    """The quantities of a text, read as heshu reads a document of plain text."""
    if not text.strip():
        return Source(text, frozenset(), [], [], [], [], frozenset((Decimal(1),)))
    document = ingest.read_text(text, name=name)
    cells = [block for block in document.blocks if block.cell is not None]
    starts = [block.span.start for block in cells]
    written = quantify(document).quantities
    quantities = []
    for quantity in written:
        index = bisect_left(starts, quantity.span.start + 1) - 1
        if index >= 0 and cells[index].span.contains(quantity.span) and (cell := cells[index].cell) is not None:
            quantity = units.with_unit(quantity, document.tables[cell.table].unit_of(cell.row, cell.column))
        quantities.append(quantity)
    spans = [document.source_span(quantity.span) for quantity in written]
    declared = [word for words in _DECLARED.findall(text) for word in re.split(r"[、/／和及]", words)]
    declared += [unit for table in document.tables for unit in (table.unit, *table.units)]
    factors = frozenset(units.declared(unit)[0] for unit in declared if unit) | {Decimal(1)}
    return Source(text, frozenset(plain(text)), [span.start for span in spans], spans, list(written), quantities, factors)


def stated(fact: Gold, source: Source | None) -> Quantity:
    """A sound fact as a stated number: its value with the digits as printed, from which its precision follows."""
    span = Span(fact["start"], fact["end"])
    index = source.at(span.start, span.end) if source is not None else None
    found = source.quantities[index] if source is not None and index is not None else None
    bound, unit = cast(Bound, fact["bound"]), str(fact["unit"])
    dimension = units.dimension(unit)
    value = low = high = None
    digits, scale = "", Decimal(1)
    if bound == "range":
        low, high = Decimal(fact["low"]), Decimal(fact["high"])
        interval = intervals.of_range(low, high)
    else:
        value = Decimal(fact["value"])
        printed = str(fact.get("printed") or (span.of(source.text) if source is not None else ""))
        digits, scale = _digits(value, printed, found)
        signed = f"-{digits}" if value < 0 else digits
        interval = intervals.of_numeral(signed, scale, bound, count=units.is_count(dimension, scale, digits))
    return Quantity(
        span=span,
        extent=span,
        digits=digits,
        value=value,
        low=low,
        high=high,
        unit=unit,
        dimension=dimension,
        scale=scale,
        bound=bound,
        interval=interval,
        pattern="gold",
    )


def _digits(value: Decimal, printed: str, found: Quantity | None) -> tuple[str, Decimal]:
    """Digits and scale whose product is the value: those of the quantity found, else of the numeral by itself, else its own."""
    read_alone = reading(printed)
    for digits in (found.digits if found is not None else "", read_alone.digits if read_alone is not None else ""):
        figure = number(digits)
        if figure is None:
            continue
        if not figure:
            return digits, found.scale if found is not None else Decimal(1)
        scale = _EXACT.divide(abs(value), figure).normalize(_EXACT)
        if scale.as_tuple().digits == (1,):
            return digits, scale
    return f"{abs(value):f}", Decimal(1)


def context(gold: Gold, quantities: Mapping[str, Quantity]) -> Relations:
    """What the judge sees of an annotation: the facts that have a quantity, by their ids."""
    kinds = {str(fact.get("id")): fact.get("kind") for fact in gold["facts"]}
    facts = tuple(
        Fact(
            id=identity,
            quantity=quantity,
            kind=cast(Kind, kinds[identity]),
            mention=Mention(span=None, text="", by="gold"),
            block=0,
            sentence=_NOWHERE,
            clause=_NOWHERE,
            section=None,
            cell=None,
            confidence=1.0,
            makers=("gold",),
        )
        for identity, quantity in quantities.items()
    )
    document = Document(
        name=str(gold["doc"]),
        path=None,
        sha256="",
        encoding="",
        source="",
        text="",
        origin=array("l"),
        blocks=(),
        sections=(),
        tables=(),
        about=About(),
    )
    return context_of(document, facts, ())


def judged(relation: Gold, known: Relations) -> tuple[bool | None, str]:
    """Whether a sound relation holds by the judge of all checks, with the arithmetic; ``None`` where it cannot tell."""
    if relation["type"] == "implied":
        return None, ""
    roles: dict[str, tuple[str, ...]] = {}
    for role, identity in members(relation):
        roles[role] = (*roles.get(role, ()), identity)
    meant = Relation(type=cast(RelationType, relation["type"]), roles=roles, items=relation.get("items"), claim=relation.get("claim") or "")
    judgement = judge(meant, known)
    return {"pass": True, "fail": False}.get(judgement.verdict), judgement.arithmetic
