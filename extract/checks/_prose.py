"""Prose as finders read it: the facts of a text in order, each with the words that lead up to it.

A :class:`Stream` is the running text outside tables, or one row of a table that holds sentences (a cell ends like a
sentence). Words are squeezed: no spaces, full-width
punctuation, so that ``其中: A`` and ``其中：A`` read alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extract.checks._words import bare, unit_family
from extract.relations import Context, once
from extract.types import Fact, Quantity
from extract.units import compatible, unit

LONG = 400
"""Of more words than this between two facts only the last half are kept: nothing that far back leads up to a number."""

TEN_THOUSAND = Decimal("1E4")

MANY = 40
"""Of the statements under one name so many on each side are looked at."""

LEVELS = frozenset({"level", "target", "score", "max_score", "other"})
CHANGES = frozenset({"growth", "delta"})
RATE_UNITS = frozenset({"%", "‰", "倍", "成", "番"})

_FOLD = str.maketrans(
    {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？", " ": None, "\t": None, "\u3000": None, "\xa0": None, "\r": None}
)
_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, _FOLD)))}]")
BRACKETED = re.compile(r"（[^（）]*+）")
END = re.compile(r"[。！？\n]")
_CLAUSE = re.compile(r"[，；：。]")
_NAME = re.compile(r"[，。；、：（）]")
_BRACKET = re.compile(r"[（）。！？\n]")
_THAN = re.compile(r"(?:比|较|与|同|和|跟|由|从|[高低好优多少快慢大小]于|超过)[^，。；：（）]{1,14}$")


@dataclass(frozen=True, slots=True)
class Place:
    """A fact in its stream. ``lead`` are all words since the fact before; ``plain`` the same without closed brackets, from
    the last end of a sentence on. ``bracket`` numbers the innermost open bracket (0: none), ``host`` is the place of the
    fact before that bracket."""

    at: int
    fact: Fact
    lead: str
    plain: str
    clause: str
    """What follows the last mark of ``plain``: the words that name the fact, as a rule."""
    sentence: int
    paragraph: int
    bracket: int
    host: int | None
    quantity: Quantity = field(init=False)
    level: bool = field(init=False)
    """Whether its fact :func:`is_level`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "quantity", self.fact.quantity)
        object.__setattr__(self, "level", is_level(self.fact))

    @property
    def joins(self) -> bool:
        """Whether no mark stands between the fact and the one before."""
        return _CLAUSE.search(self.lead) is None


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """The places of a text in order; ``tail`` are the words after the last."""

    places: tuple[Place, ...]
    tail: str

    @property
    def in_table(self) -> bool:
        """Whether it is a row of a table, none of whose cells is a block of the running text."""
        return bool(self.places) and self.places[0].fact.cell is not None

    def after(self, at: int) -> str:
        """The words that follow the fact at a place, up to the next fact."""
        return self.places[at + 1].lead if at + 1 < len(self.places) else self.tail

    def between(self, first: int, last: int) -> str:
        """The words between two facts, the facts themselves left out; brackets that hold no fact are dropped."""
        return "".join(BRACKETED.sub("", self.places[k].lead) for k in range(first + 1, last + 1))

    def compared(self, place: Place) -> bool:
        """Whether a place stands in the brackets behind what the text compares with: 比上年（308天，84.4%）上升; it is of that."""
        if not place.bracket:
            return False
        first = place
        while first.at and self.places[first.at - 1].bracket == place.bracket:
            first = self.places[first.at - 1]
        return _THAN.search(first.lead.rpartition("（")[0]) is not None

    def back(self, at: int, limit: int) -> Iterator[Place]:
        """The places before ``at``, nearest first, at most ``limit``."""
        for k in range(at - 1, max(-1, at - 1 - limit), -1):
            yield self.places[k]


def last_clause(words: str) -> str:
    """The words after the last comma, semicolon, colon or full stop."""
    return _CLAUSE.split(words)[-1]


def first_words(words: str) -> str:
    """The words up to the first mark of any kind."""
    return _NAME.split(words, 1)[0]


def last_words(words: str) -> str:
    """The words after the last mark of any kind."""
    return _NAME.split(words)[-1]


def squeezed(words: str) -> str:
    """Words without spaces, punctuation full-width; of very long ones the last part, after a line end."""
    if len(words) > LONG:
        words = "\n" + words[-LONG // 2 :]
    return words.translate(_FOLD) if _FOLDED.search(words) else words


@once
def streams(context: Context) -> tuple[Stream, ...]:
    """The running text first, then every row of a table in which some cell holds several facts."""
    if context.original is not None:
        return tuple(_corrected(stream, context) for stream in streams(context.original))
    prose = tuple(fact for fact in context.facts if fact.cell is None)
    found = [_stream(context, prose)] if prose else []
    told = {(cell.table, cell.row) for cell, facts in context.by_cell.items() if len(facts) > 1}
    rows: dict[tuple[int, int], list[Fact]] = {}
    for fact in context.facts:
        if fact.cell is not None and (fact.cell.table, fact.cell.row) in told:
            rows.setdefault((fact.cell.table, fact.cell.row), []).append(fact)
    found.extend(_stream(context, tuple(facts)) for facts in rows.values())
    return tuple(found)


@once
def where(context: Context) -> dict[str, tuple[Stream, int]]:
    """The stream and the place in it of each fact that stands in one, by id."""
    return {place.fact.id: (stream, place.at) for stream in streams(context) for place in stream.places}


@once
def asked_places(context: Context) -> tuple[tuple[Stream, Place], ...]:
    """Every place with its stream, those alone of paragraphs of which relations are asked for."""
    found: list[tuple[Stream, Place]] = []
    for stream in streams(context):
        asked = {place.paragraph for place in stream.places if context.asks((place.fact,))}
        found.extend((stream, place) for place in stream.places if place.paragraph in asked)
    return tuple(found)


def _corrected(stream: Stream, context: Context) -> Stream:
    """The stream with the facts of another context that stand where its own do."""
    facts = (context.by_id[place.fact.id] for place in stream.places)
    places = (place if fact is place.fact else replace(place, fact=fact) for place, fact in zip(stream.places, facts, strict=True))
    return Stream(tuple(places), stream.tail)


def _stream(context: Context, facts: tuple[Fact, ...]) -> Stream:
    text = context.text
    blocks = context.document.blocks
    places: list[Place] = []
    edge = blocks[facts[0].block].span.start if facts else 0
    sentence = paragraph = brackets = 0
    block = -1
    open_: list[tuple[int, int | None]] = []
    for at, fact in enumerate(facts):
        start = fact.quantity.extent.start
        words = text[edge : max(edge, start)]
        if fact.block != block:
            own = blocks[fact.block].span.start
            if own > edge:
                words = text[edge:own] + "\n" + text[own:start]
            if block >= 0:
                paragraph += fact.cell is None
                words = words if "\n" in words else "\n" + words
        block = fact.block
        edge = max(edge, fact.quantity.extent.end)
        lead = squeezed(words)
        for mark in _BRACKET.finditer(lead):
            if mark[0] == "（":
                brackets += 1
                open_.append((brackets, at - 1 if at else None))
            elif mark[0] == "）":
                if open_:
                    open_.pop()
            else:
                open_.clear()
                sentence += 1
        bracket, host = open_[-1] if open_ else (0, None)
        plain = END.split(BRACKETED.sub("", lead))[-1]
        places.append(
            Place(
                at=at,
                fact=fact,
                lead=lead,
                plain=plain,
                clause=last_clause(plain),
                sentence=sentence,
                paragraph=paragraph,
                bracket=bracket,
                host=host,
            )
        )
    end = blocks[block].span.end if facts else 0
    return Stream(tuple(places), squeezed(text[edge : max(edge, end)]))


def named_near(context: Context, fact: Fact, name: str | None = None) -> tuple[Fact, ...]:
    """The facts under the name of ``fact`` (or another one), in text order: of a common name the :data:`MANY` nearest on both sides."""
    found = context.by_name.get(context.name(fact) if name is None else name, ())
    if len(found) <= 2 * MANY:
        return found
    order = context.order
    at = bisect_left(found, order[fact.id], key=lambda other: order[other.id])
    return found[max(0, at - MANY) : at + MANY]


# --- what goes together -----------------------------------------------------------------------------------------------


def like(first: Quantity, second: Quantity) -> bool:
    """Whether two quantities count the same things, so that one can be a part of the other: 人 and 名, 场 and 场次."""
    if first.unit and first.unit == second.unit and first.dimension == second.dimension:
        return True
    if first.dimension != second.dimension:
        # 甲340万、乙120万元: money is often told without its unit
        return {first.dimension, second.dimension} == {"", "money"} and not (first.unit and second.unit) and _in_ten_thousands(first, second)
    a, b = unit_family(first), unit_family(second)
    if not a and not b:
        return first.dimension != "" or _in_ten_thousands(first, second)
    if a == b:
        return True
    if compatible(bare(first.unit), bare(second.unit)):
        one, other = unit(bare(first.unit)), unit(bare(second.unit))
        return one is not None and other is not None and one.factor == other.factor
    return bool(a and b) and a.removesuffix("次") == b.removesuffix("次") and a[:1] not in "人户"


def _in_ten_thousands(first: Quantity, second: Quantity) -> bool:
    return first.scale == second.scale >= TEN_THOUSAND


def is_level(fact: Fact) -> bool:
    """Whether a fact states an amount that can be a part or a total, not a share, a change or a price per unit."""
    quantity = fact.quantity
    return (
        fact.kind in LEVELS
        and quantity.dimension not in ("ratio", "percentage_point", "multiple")
        and "/" not in quantity.unit
        and quantity.unit not in RATE_UNITS
    )


def is_share(fact: Fact) -> bool:
    """Whether a fact states a share or a ratio of two amounts."""
    return fact.kind == "rate" and (fact.quantity.dimension in ("ratio", "multiple") or fact.quantity.unit in RATE_UNITS or fact.quantity.unit == "")
