"""The numbers of a document as the search for candidates sees them: indexed by value, with what is likely to be chance.

Values are floats here, and only here: they find candidates and say how likely an accident is. No verdict rests on them.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import NamedTuple

from extract.memo import remembered
from extract.relations import Context, Relation
from extract.types import Document, Fact, RelationType

Features = Mapping[str, Sequence[str]]
"""The features of a candidate by their group (:data:`GROUPS`)."""
GROUPS = ("evidence", "place", "words", "cues", "kinds")
"""How unlikely an accident is; where the numbers stand; whether their names are alike; the words around them; what they are."""

# Dimensions whose integers are exact, as in the judge of the checks.
_COUNTED = frozenset({"", "count", "times", "pairs", "score", "workday", "calendar", "teaching"})
_SPACE = re.compile(r"[\s“”\"‘’《》（）()：:，,、]")
_WEAK = re.compile(r"(?:总数|数量|总额|金额|人数|(?<!人)次数|起数|家数|数|额|率|情况)$|^(?:全年|本年|全市|全区|全县|全省|我局|本局|累计|共|总)")
# So many characters before and after a number are read for cues.
_BEFORE, _AFTER = 30, 8
# What is looked up was rounded too: so far around the wanted values, as a part of them, its own interval may reach.
_ROUNDED = 0.02
# So far the sum of two floats may lie beside the sum of their numbers, as a part of it.
EDGE = 1e-9
# More hits of one look-up are not told apart.
_HITS = 12
LISTING = 1000
"""A table of more numbers lists records. What its rows and columns promise each other are the same few sums and quotients in each, and rules
find these; whatever else meets among so many numbers does so by accident."""
WHOLE = re.compile(r"合计|总计|小计|全年|全[市区县省镇]|总")
"""The label of a row that stands for the others."""
SHARES = ("%", "‰")
_RATES = frozenset({*SHARES, "个百分点", "百分点", "倍"})
_NO_AMOUNTS = frozenset({"growth", "score", "max_score", "other", "rate"})


@dataclass(slots=True, kw_only=True, eq=False)
class Candidate:
    """Numbers that may be one relation. Of those of one ``group`` at most one is meant."""

    type: RelationType
    roles: Mapping[str, tuple[str, ...]]
    group: str
    features: Features = field(repr=False)

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(identity for ids in self.roles.values() for identity in ids)


@dataclass(slots=True, kw_only=True, eq=False)
class Number:
    """A fact with its values (``low`` to ``high``), its unit's ``family``, how many ``digits`` count, the core of its ``words``,
    its ``name``, the labels of its ``row`` and ``column`` in a table, and the ``text`` in which it stands."""

    at: int
    id: str
    kind: str
    fact: Fact
    low: float
    high: float
    value: float
    family: str
    digits: int
    words: str
    name: str
    row: str
    column: str
    text: str = field(repr=False)

    @property
    def finite(self) -> bool:
        return math.isfinite(self.low) and math.isfinite(self.high)

    @property
    def slack(self) -> float:
        return (self.high - self.low) / 2

    @property
    def before(self) -> str:
        """The text before it in its clause."""
        start = self.fact.quantity.extent.start
        return self.text[max(self.fact.clause.start, start - _BEFORE) : start]

    @property
    def after(self) -> str:
        """The text after it."""
        end = self.fact.quantity.extent.end
        return self.text[end : end + _AFTER]

    @property
    def is_amount(self) -> bool:
        return self.value > 0 and self.kind not in _NO_AMOUNTS and self.family not in _RATES


class Ordered(NamedTuple):
    """Numbers in the order of their values, those of one value in the order of the text."""

    numbers: list[Number]
    values: list[float]

    @classmethod
    def of(cls, numbers: Iterable[Number]) -> Ordered:
        ordered = sorted(numbers, key=lambda number: number.value)
        return cls(ordered, [number.value for number in ordered])

    def around(self, low: float, value: float, high: float) -> Iterator[Number]:
        """Those of a value from ``low`` to ``high`` but ``value`` itself."""
        first, end = bisect_left(self.values, low), bisect_right(self.values, high)
        below, above = bisect_left(self.values, value), bisect_right(self.values, value)
        return map(self.numbers.__getitem__, chain(range(first, min(below, end)), range(max(above, first), end)))


class Reaching(NamedTuple):
    """Numbers whose intervals reach no farther than ``reach`` from their values, in the order of these."""

    reach: float
    numbers: list[Number]
    values: list[float]

    @classmethod
    def of(cls, ordered: Ordered) -> tuple[Reaching, ...]:
        """The numbers that are exact, which are many and crowd around some values, and the others by the power of two that they reach."""
        found: dict[float, list[Number]] = defaultdict(list)
        for number in ordered.numbers:
            far = max(number.high - number.value, number.value - number.low)
            found[0.0 if number.low == number.high else math.ldexp(1, math.frexp(far)[1])].append(number)
        return tuple(cls(reach, members, [number.value for number in members]) for reach, members in sorted(found.items()))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Numbers:
    """All numbers in text order, and by family in the order of their values: all, and by how far they reach."""

    document: Document
    all: tuple[Number, ...]
    by_family: Mapping[str, Ordered]
    reaching: Mapping[str, tuple[Reaching, ...]]
    named: Mapping[tuple[str, str], int]
    spread: Mapping[str, float]

    @property
    def text(self) -> str:
        return self.document.text

    def look(self, family: str, low: float, high: float) -> list[Number]:
        """Numbers of the family that can stand for a value from ``low`` to ``high``."""
        if not -math.inf < low <= high < math.inf:
            return []
        size = high if high > -low else -low
        edge, around = EDGE * size, _ROUNDED * size
        least, most = low - edge, high + edge
        hits: list[list[Number]] = []
        for reach, numbers, values in self.reaching.get(family, ()):
            far = min(around, edge + reach)
            first, last = bisect_left(values, low - far), high + far
            if first == len(values) or values[first] > last:
                continue  # what is looked up is hardly ever there
            near = map(numbers.__getitem__, range(first, bisect_right(values, last, first)))
            hits.append(list(islice((n for n in near if n.low <= most and n.high >= least), _HITS)))
        return sorted(chain.from_iterable(hits), key=lambda n: (n.value, n.at))[:_HITS] if len(hits) > 1 else hits[0] if hits else []

    def chance(self, hit: Number, low: float, high: float, *, name: str = "") -> float:
        """How many numbers of the hit's family (of that ``name``, if given) one expects by accident where it was found.

        The numbers of a report are spread evenly over the powers of ten (Benford); a stated number fills the part of that
        line that its rounding leaves open, or the one that was asked for, whichever is wider; a count one step.
        """
        wide = max(_relative(low, high), width(hit.low, hit.high))
        others = self.named[hit.family, name] if name else len(self.by_family[hit.family].numbers)
        return others * wide / self.spread.get(hit.family, 1.0)

    def crowd(self, family: str, places: int) -> float:
        """From which :func:`width` on, of what is looked up at so many ``places``, one expects to find numbers of the family by accident."""
        return self.spread[family] / (places * len(self.by_family[family].numbers)) if family in self.by_family else math.inf

    def near(self, number: Number, back: int, ahead: int, wanted: Callable[[Number], bool]) -> list[Number]:
        """The nearest wanted numbers, those before it first."""
        found: list[Number] = []
        for step, most in ((-1, back), (1, ahead)):
            left, at = most, number.at + step
            while left and 0 <= at < len(self.all) and abs(at - number.at) <= 4 * most:
                if wanted(self.all[at]):
                    found.append(self.all[at])
                    left -= 1
                at += step
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What relations are listed already: the numbers they close (a rate, a change), and which sets of numbers they join."""

    closed: frozenset[tuple[str, str]]
    joined: Mapping[str, frozenset[int]]
    sums: frozenset[frozenset[str]]
    parts: frozenset[frozenset[str]]

    @classmethod
    def of(cls, relations: Sequence[Relation]) -> Known:
        closed: set[tuple[str, str]] = set()
        joined: dict[str, set[int]] = defaultdict(set)
        sums, parts = set(), set()
        for n, relation in enumerate(relations):
            roles = relation.roles
            for role in ("rate", "result", "target"):
                closed.update((role, identity) for identity in roles.get(role, ()))
            if roles.get("previous"):
                closed.update(("change", identity) for identity in roles["change"])
            if relation.type == "same":
                for identity in roles["facts"]:
                    joined[identity].add(n)
            if relation.type in ("sum", "diff"):
                sums.add(frozenset(identity for ids in roles.values() for identity in ids))
            if relation.type == "sum":
                parts.add(frozenset(roles["parts"]))
        return cls(closed=frozenset(closed), joined={k: frozenset(v) for k, v in joined.items()}, sums=frozenset(sums), parts=frozenset(parts))

    def same(self, a: Number, b: Number) -> bool:
        """Whether some relation says already that both state one quantity."""
        return not self.joined.get(a.id, frozenset()).isdisjoint(self.joined.get(b.id, ()))


def numbers_of(context: Context) -> Numbers:
    """The numbers of a document, indexed."""
    found = tuple(_number(at, fact, context) for at, fact in enumerate(_told(context)))
    by_family: dict[str, list[Number]] = defaultdict(list)
    for number in found:
        if number.finite and number.kind != "growth":
            by_family[number.family].append(number)
    ordered = {family: Ordered.of(members) for family, members in by_family.items()}
    return Numbers(
        document=context.document,
        all=found,
        by_family=ordered,
        reaching={family: Reaching.of(members) for family, members in ordered.items()},
        named=Counter((number.family, number.name) for number in found),
        spread={family: _spread(members.values) for family, members in ordered.items()},
    )


def _told(context: Context) -> Sequence[Fact]:
    """The facts but the records of listings: of these only totals are told elsewhere too."""
    numbers = Counter(fact.cell.table for fact in context.facts if fact.cell is not None)
    listings = {table: context.document.tables[table].labels for table, count in numbers.items() if count > LISTING}
    if not listings:
        return context.facts
    totals = {(table, row) for table, labels in listings.items() for row, path in enumerate(labels) if path and WHOLE.search(path[-1])}
    return [fact for fact in context.facts if (cell := fact.cell) is None or cell.table not in listings or (cell.table, cell.row) in totals]


def _number(at: int, fact: Fact, context: Context) -> Number:
    quantity = fact.quantity
    low = -math.inf if quantity.interval.low is None else float(quantity.interval.low)
    high = math.inf if quantity.interval.high is None else float(quantity.interval.high)
    value = (low + high) / 2 if quantity.value is None else float(quantity.value)
    whole = quantity.value is not None and quantity.bound == "=" and quantity.scale == 1 and "." not in quantity.digits
    if whole and quantity.dimension in _COUNTED and fact.kind not in ("rate", "growth"):
        low = high = value
    row = column = ""
    if fact.cell is not None:
        table = context.document.tables[fact.cell.table]
        row = _last(table.labels, fact.cell.row)
        column = _last(table.headers, fact.cell.column)
    return Number(
        at=at,
        id=fact.id,
        kind=fact.kind,
        fact=fact,
        low=low,
        high=high,
        value=0.0 if math.isnan(value) else value,
        family=_family(quantity.unit, quantity.dimension),
        digits=len(quantity.digits.replace(".", "").replace("-", "").strip("0")) if quantity.value is not None else 0,
        words=core(fact.mention.text),
        name=context.name(fact),
        row=row,
        column=column,
        text=context.text,
    )


def _last(paths: Sequence[Sequence[str]], at: int) -> str:
    return core(paths[at][-1]) if at < len(paths) and paths[at] else ""


@remembered(4096)
def core(words: str) -> str:
    """Words without what does not tell one indicator from another."""
    words = _SPACE.sub("", words)
    while (shorter := _WEAK.sub("", words)) != words and shorter:
        words = shorter
    return words


@remembered(1024)
def _family(unit: str, dimension: str) -> str:
    """Units that are added up with each other."""
    if dimension == "money":
        return "元"
    unit = _SPACE.sub("", unit)
    if unit.endswith("次") and unit[:-1] in ("场", "批", "期", "班", "起"):
        return unit[:-1]
    return "%" if unit == "％" else unit


def fitting(numbers: Iterable[Number], low: float, high: float) -> list[Number]:
    """Those of the numbers that can stand for a value from ``low`` to ``high``."""
    edge = EDGE * (high if high > -low else -low)
    low, high = low - edge, high + edge
    found = []
    for number in numbers:
        if number.low <= high and number.high >= low:
            found.append(number)
    return found


def width(low: float, high: float) -> float:
    """How much of the line of numbers the values fill, as a part of their size; a count fills one step."""
    return 1 / max(1.0, abs(low)) if low == high else _relative(low, high)


def _relative(low: float, high: float) -> float:
    middle = abs(low + high) / 2
    return (high - low) / middle if middle and math.isfinite(middle) else 1.0


def _spread(values: Sequence[float]) -> float:
    """Over how many natural logarithms the values reach; 1 at least."""
    sizes = [abs(value) for value in values if value]
    return max(1.0, math.log(max(sizes) / min(sizes) + 1)) if sizes else 1.0


def enumerations(numbers: Numbers) -> Iterator[tuple[str, list[Number]]]:
    """Runs of numbers of one family that may be added up: of a paragraph in its order ("text"), of a "column", of a "row"."""
    runs: dict[tuple[object, ...], list[Number]] = defaultdict(list)
    for number in numbers.all:
        if number.family in SHARES or number.kind in ("growth", "other") or not number.finite:
            continue
        cell = number.fact.cell
        if cell is None:
            runs["text", number.fact.block, number.family].append(number)
        else:
            runs["column", cell.table, cell.column, number.family].append(number)
            runs["row", cell.table, cell.row, number.family].append(number)
    for key in tuple(runs):
        run = runs.pop(key)
        if len(run) > 1:
            yield str(key[0]), run
