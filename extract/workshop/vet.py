"""What is broken in an annotation: places, values, kinds, relations. One line each, nothing judged twice.

Values are read from the text by the same patterns as heshu's own (with the unit that a table declares), relations by the
one judge of all checks; so a line here is either a slip of the annotator or a number that heshu reads wrongly, and both
are worth a look.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import cast

from extract import intervals, units
from extract.exchange import Gold
from extract.exchange._marks import BOUNDS, KINDS, MANY, ROLES, members
from extract.gold import plain
from extract.relations import Context
from extract.types import Quantity, Span
from extract.workshop import reading
from extract.workshop.reading import Source

_NUMERAL = re.compile(r"[0-9０-９零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟半几数双单多若廿卅翻全整无Ⅰ-Ⅻ①-⑳]")
CERTAINTIES = ("certain", "likely", "possible")
CLAIMS = ("met", "unmet")
REQUIRED = ("id", "start", "end", "unit", "bound", "kind", "indicator")
RELATIVE = frozenset({"%", "％", "‰", "倍", "番", "成", ""})
"""Units of a relative change; a change in anything else is a delta."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something broken: where in the text (``start``, -1 for none), of which fact or relation, and what, in one line."""

    start: int
    subject: str
    what: str


def vet(gold: Gold, text: str | None = None) -> tuple[Problem, ...]:
    """All that is broken in an annotation, in the order of the text. Without its text only what the annotation itself shows."""
    with localcontext(intervals.CONTEXT):
        sound = [fact for fact in gold["facts"] if not any(_shape(fact, text))]
        source = None if text is None else reading.read(str(gold["doc"]), text)
        quantities = {fact["id"]: reading.stated(fact, source) for fact in sound}
        found = [problem for fact in gold["facts"] for problem in _shape(fact, text)]
        found += _ids(gold)
        found += _overlaps(sound)
        if source is not None:
            found += [problem for fact in sound for problem in _against(fact, source)]
        found += _relations(gold, quantities)
    return tuple(sorted(found))


# --- a fact by itself -------------------------------------------------------------------------------------------------


def _shape(fact: Gold, text: str | None) -> Iterator[Problem]:
    start, end = (place if type(place) is int else -1 for place in (fact.get("start"), fact.get("end")))
    placed = 0 <= start < end
    where, who = start, str(fact.get("id", "?"))
    missing = [field for field in REQUIRED if field not in fact]
    if missing:
        yield Problem(where, who, f"has no {', '.join(missing)}")
        return
    if not placed or (text is not None and end > len(text)):
        yield Problem(where, who, f"stands at {fact['start']}..{fact['end']}, which is no place in the text")
    if not isinstance(fact["id"], str) or not isinstance(fact["unit"], str):
        yield Problem(where, who, "id and unit are texts")
        return
    if not isinstance(fact["indicator"], str) or not fact["indicator"]:
        yield Problem(where, who, "indicator is empty")
    if fact["bound"] not in BOUNDS:
        yield Problem(where, who, f"bound {fact['bound']!r} is none of {' '.join(BOUNDS)}")
    if fact["kind"] not in KINDS:
        yield Problem(where, who, f"kind {fact['kind']!r} is none of {' '.join(KINDS)}")
    if not isinstance(fact.get("optional", False), bool):
        yield Problem(where, who, "optional is true or absent")
    yield from _value(fact, where, who)


def _value(fact: Gold, where: int, who: str) -> Iterator[Problem]:
    wanted = ("low", "high") if fact["bound"] == "range" else ("value",)
    for field in ("value", "low", "high"):
        if (fact.get(field) is not None) is not (field in wanted):
            yield Problem(where, who, f"a bound of {fact['bound']} {'needs' if field in wanted else 'has no'} {field}")
            return
    numbers = [reading.number(fact[field]) for field in wanted]
    if None in numbers:
        yield Problem(where, who, f"{' or '.join(wanted)} is no decimal string: {', '.join(repr(fact[field]) for field in wanted)}")
    elif len(numbers) == 2 and not cast(Decimal, numbers[0]) < cast(Decimal, numbers[1]):
        yield Problem(where, who, f"low {fact['low']} is not below high {fact['high']}")
    else:
        yield from _kind(fact, cast(Decimal, numbers[0]), where, who)


def _kind(fact: Gold, value: Decimal, where: int, who: str) -> Iterator[Problem]:
    kind, unit = fact["kind"], fact["unit"]
    if kind == "growth" and unit not in RELATIVE:
        yield Problem(where, who, f"a growth is relative, a change in {unit} is a delta")
    if kind == "delta" and unit in ("%", "％", "‰"):
        yield Problem(where, who, f"a delta in {unit}: a relative change is a growth, a difference of rates is in 个百分点")
    if value < 0 and kind in ("rate", "target", "max_score"):
        yield Problem(where, who, f"a {kind} of {value:f} is below zero")
    if kind == "rate" and units.dimension(unit) in ("money", "count"):
        yield Problem(where, who, f"a rate in {unit}")


def _ids(gold: Gold) -> Iterator[Problem]:
    for what in ("facts", "relations"):
        counts = Counter(str(each["id"]) for each in gold[what] if "id" in each)
        for identity, count in counts.items():
            if count > 1:
                yield Problem(-1, identity, f"is the id of {count} {what}")


def _overlaps(facts: Sequence[Gold]) -> Iterator[Problem]:
    for before, after in pairwise(sorted(facts, key=lambda fact: (fact["start"], fact["end"]))):
        if after["start"] < before["end"]:
            yield Problem(after["start"], after["id"], f"overlaps with {before['id']}")


# --- a fact against its text ------------------------------------------------------------------------------------------


def _against(fact: Gold, source: Source) -> Iterator[Problem]:
    start, end, who = fact["start"], fact["end"], str(fact["id"])
    printed = source.text[start:end]
    if not _NUMERAL.search(printed):
        yield Problem(start, who, f"covers {printed!r}, which is no numeral")
        return
    if not (_NUMERAL.match(printed[0]) and _NUMERAL.match(printed[-1])):
        yield Problem(start, who, f"covers {printed!r}, more than the numeral")
    index = source.at(start, end)
    if index is not None:
        whole = source.spans[index]
        if whole.contains(Span(start, end)) and len(whole) > end - start and _digit_beside(source.text, start, end):
            yield Problem(start, who, f"covers {printed!r}, a part of the numeral {whole.of(source.text)!r}")
            return
    yield from _reading(fact, source, index, printed)
    yield from _mention(fact, source)


def _digit_beside(text: str, start: int, end: int) -> bool:
    return bool(re.match(r"[.,．，]?[0-9０-９]", text[end : end + 2])) or bool(re.search(r"[0-9０-９][.,．，]?$", text[max(0, start - 2) : start]))


def _reading(fact: Gold, source: Source, index: int | None, printed: str) -> Iterator[Problem]:
    """Whether the numeral reads as the value: as the patterns read it, in a declared unit, or by digits and a scale."""
    start, who = fact["start"], str(fact["id"])
    stated = [abs(Decimal(fact[field])) for field in ("value", "low", "high") if fact.get(field) is not None]
    standing = index is not None and source.spans[index].contains(Span(start, fact["end"]))
    found = _comparable(fact, source, index) if standing else None
    if standing and found is None:
        return
    read = [abs(each) for each in (found.value, found.low, found.high) if each is not None] if found is not None else []
    if len(read) == 2 and len(stated) == 1:
        # 80、90: what the patterns take for one range may be two facts.
        read = [min(read, key=lambda each: abs(each - stated[0]))]
    if not read:
        alone = reading.reading(printed)
        if alone is None or len(stated) != 1:
            return
        read = [alone.value]
    if len(read) != len(stated):
        yield Problem(start, who, f"{printed!r} reads as one number, the annotation has a range")
    elif not any(all(a * factor == b for a, b in zip(read, stated, strict=True)) for factor in source.factors):
        shown, said = ("..".join(f"{each:f}" for each in values) for values in (read, stated))
        yield Problem(start, who, f"{printed!r} reads as {shown}{found.unit if found is not None else ''}, the annotation says {said}{fact['unit']}")


def _comparable(fact: Gold, source: Source, index: int | None) -> Quantity | None:
    """The quantity that stands there, if its unit measures what the fact's does: 一番 and 100%, 两位数 and 10% do not compare."""
    if index is None:
        return None
    dimension = units.dimension(fact["unit"])
    readings = (source.quantities[index], source.written[index])
    alike = [quantity for quantity in readings if quantity.dimension == dimension]
    return next(iter(alike or [quantity for quantity in readings if not (quantity.dimension and dimension)]), None)


def _mention(fact: Gold, source: Source) -> Iterator[Problem]:
    text = source.text
    mention, start, end = fact.get("mention"), fact.get("mention_start"), fact.get("mention_end")
    who = str(fact["id"])
    if start is not None or end is not None:
        if not (type(start) is int and type(end) is int and 0 <= start < end <= len(text)):
            yield Problem(fact["start"], who, f"its mention stands at {start}..{end}, which is no place in the text")
        elif mention is not None and plain(text[start:end]) != plain(str(mention)):
            yield Problem(fact["start"], who, f"mention {mention!r} is not what stands at {start}..{end}: {text[start:end]!r}")
    elif isinstance(mention, str) and (strange := [char for char in dict.fromkeys(plain(mention)) if char not in source.characters]):
        yield Problem(fact["start"], who, f"mention {mention!r} has {''.join(strange)!r}, which the text has nowhere")


# --- relations --------------------------------------------------------------------------------------------------------


def _relations(gold: Gold, quantities: Mapping[str, Quantity]) -> Iterator[Problem]:
    known = {str(fact.get("id")) for fact in gold["facts"]}
    context = reading.context(gold, quantities)
    for number, relation in enumerate(gold["relations"], 1):
        who = str(relation.get("id", f"relation {number}"))
        start = next((quantities[i].span.start for _, i in members(relation) if i in quantities), -1)
        broken = list(_shape_of(relation, known))
        for what in broken:
            yield Problem(start, who, what)
        if not broken and all(identity in quantities for _, identity in members(relation)):
            yield from _arithmetic(relation, context, start, who)


def _shape_of(relation: Gold, known: Collection[str]) -> Iterator[str]:
    kind = str(relation.get("type"))
    if kind not in ROLES:
        yield f"type {kind!r} is none of {' '.join(ROLES)}"
        return
    if not isinstance(relation.get("holds"), bool):
        yield "holds is true or false"
    if relation.get("certainty") not in CERTAINTIES:
        yield f"certainty {relation.get('certainty')!r} is none of {' '.join(CERTAINTIES)}"
    if relation.get("claim", "met") not in CLAIMS:
        yield f"claim {relation.get('claim')!r} is none of {' '.join(CLAIMS)}"
    for role in ROLES[kind]:
        value = relation.get(role)
        ids = value if role in MANY and isinstance(value, list) else [value]
        if value is None:
            if not (kind == "growth" and role == "previous"):
                yield f"{kind} without {role}"
        elif (role in MANY and not isinstance(value, list)) or not all(isinstance(each, str) for each in ids):
            yield f"{role} is {'a list of ids' if role in MANY else 'one id'}"
        elif role in MANY and len(ids) < (2 if role == "parts" or kind == "same" else 1):
            yield f"{role} has too few members"
    for role in dict.fromkeys(role for role, _ in members(relation)):
        if role not in ROLES[kind]:
            yield f"{kind} has no {role}"
    ids = [identity for _, identity in members(relation)]
    for identity, count in Counter(ids).items():
        if identity not in known:
            yield f"names {identity}, which is no fact"
        elif count > 1:
            yield f"names {identity} {count} times"
    if kind == "count" and type(relation.get("items")) is not int:
        yield "count without items (how many things the text lists)"


def _arithmetic(relation: Gold, context: Context, start: int, who: str) -> Iterator[Problem]:
    """Whether the judge of all checks sees it as the label ``holds`` does; where it cannot tell, nothing is said."""
    verdict, arithmetic = reading.judged(relation, context)
    if verdict is not None and verdict is not relation["holds"]:
        yield Problem(start, who, f"is labelled holds={str(relation['holds']).lower()}, but {arithmetic or relation['type']}")
