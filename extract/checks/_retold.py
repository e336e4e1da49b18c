"""Runs of figures that are told twice, but for one: a passage repeated, a list in prose and the column it was taken from.

What stands between figures that agree with those of another passage, in the same order, is the figure that stands in the same
place there, though it is one of a single digit and its name is short. A run of agreeing neighbours *tells* as much as it has
significant digits, and :data:`NAMED` more for each neighbour that has the same name on both sides. By chance two figures of ``d`` digits
agree in one of 9·10ᵈ⁻¹ cases, and two of a report's few hundred names in one of a hundred or more, so that runs of :data:`TELLING`
happen to one pair of places in a million; a report has some ten thousand pairs with related words, and most of those are excluded
by unit, kind and time before.

Columns of one table are never runs of each other: budgets and what was spent, points available and points awarded
agree in most rows for a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import regex

from extract.checks._slips import significant
from extract.checks._words import bigrams
from extract.relations import Context
from extract.types import Fact

TELLING = 6
NAMED = 2
FEWEST = 3
"""So many neighbours of different values have to agree."""
REACH = 6
"""So many figures on each side are compared."""
MANY = 12
"""A pair of figures that stands in more places than this tells no place."""
_NO_WORD = regex.compile(r"[^\p{Han}\p{Latin}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """Two facts that stand in the same place of a run told twice; ``agreeing`` neighbours and how much they tell."""

    a: Fact
    b: Fact
    agreeing: int
    telling: int


def twins(context: Context) -> Iterator[Twin]:
    """The facts of other values that stand in the same place of runs told twice, each pair once."""
    tracks = [track for track in _tracks(context) if len(track) > FEWEST]
    found: dict[tuple[str, str], Twin] = {}
    for places in _alike(tracks):
        for (m, i), (n, j) in combinations(places, 2):
            a, b = tracks[m][i], tracks[n][j]
            if a.quantity.value == b.quantity.value or not _apart(a, b) or (a.id, b.id) in found:
                continue
            pairs = [*_agreeing(tracks[m], i, tracks[n], j, -1), *_agreeing(tracks[m], i, tracks[n], j, 1)]
            telling = sum(len(significant(x)) + NAMED * (context.name(x) == context.name(y)) for x, y in pairs)
            one, other = {a.id, *(x.id for x, _ in pairs)}, {b.id, *(y.id for _, y in pairs)}
            various = len({_value(x) for x, _ in pairs}) >= FEWEST
            if various and telling >= TELLING and not one & other:
                found[a.id, b.id] = Twin(a=a, b=b, agreeing=len(pairs), telling=telling)
    yield from found.values()


def _alike(tracks: Sequence[Sequence[Fact]]) -> list[list[tuple[int, int]]]:
    """The places, as track and place in it, that have two neighbours in common with another place, by where the first stands.

    Most pairs of figures stand in one place only, and a table has hundreds of thousands: of these the place alone is kept.
    """
    numbers: dict[Decimal | None, int] = {}  # equal values by one number: decimals are slow to look up
    values = [[numbers.setdefault(_value(fact), len(numbers)) for fact in track] for track in tracks]
    shared: list[tuple[tuple[int, int], int, list[tuple[int, int]]]] = []
    for turn, (first, second) in enumerate(((-2, -1), (-1, 1), (1, 2))):
        one: dict[object, tuple[int, int]] = {}
        several: dict[object, list[tuple[int, int]]] = {}
        for number, track in enumerate(values):
            for i in range(max(0, -first), len(track) - max(0, second)):
                neighbours = track[i + first], track[i + second]
                place = number, i
                known = one.setdefault(neighbours, place)
                if known is not place:
                    several.setdefault(neighbours, [known]).append(place)
        shared.extend((places[0], turn, places) for places in several.values() if len(places) <= MANY)
    return [places for _, _, places in sorted(shared)]


def said_alike(a: Fact, b: Fact) -> bool:
    """Whether the words of both, whose figure it is taken in, have most of their pairs of characters in common."""
    return overlapping(a.subject + a.mention.text, b.subject + b.mention.text)


def overlapping(one: str, other: str) -> bool:
    """Whether the words that say less have half of their pairs of characters in the other words."""
    first, second = (bigrams(_NO_WORD.sub("", words)) for words in (one, other))
    return bool(first and second) and 2 * len(first & second) >= min(len(first), len(second))


def _tracks(context: Context) -> Iterable[Sequence[Fact]]:
    """The figures of the prose, of each table by rows and of each of its columns, in order."""
    prose: list[Fact] = []
    rows: dict[int, list[Fact]] = {}
    columns: dict[tuple[int, int], list[Fact]] = {}
    for fact in context.facts:
        if fact.quantity.value is None:
            continue
        if fact.cell is None:
            prose.append(fact)
        else:
            rows.setdefault(fact.cell.table, []).append(fact)
            columns.setdefault((fact.cell.table, fact.cell.column), []).append(fact)
    return [prose, *rows.values(), *columns.values()]


def _agreeing(one: Sequence[Fact], i: int, other: Sequence[Fact], j: int, step: int) -> Iterator[tuple[Fact, Fact]]:
    for k in range(1, REACH + 1):
        m, n = i + step * k, j + step * k
        if not (0 <= m < len(one) and 0 <= n < len(other)) or _value(one[m]) != _value(other[n]):
            return
        yield one[m], other[n]


def _value(fact: Fact) -> Decimal | None:
    value = fact.quantity.value
    return -value if value is not None and value < 0 else value


def of_one_size(a: Fact, b: Fact) -> bool:
    """Whether two figures are not so far apart that they could not be meant for one: 468.90 and 2.58; a power of ten is a slip."""
    x, y = a.quantity.value, b.quantity.value
    return not (x and y) or abs(x.adjusted() - y.adjusted()) < 2 or significant(a) == significant(b)


def _apart(a: Fact, b: Fact) -> bool:
    if not of_one_size(a, b):
        return False
    if a.cell is None or b.cell is None:
        return a.block != b.block
    return a.cell.table != b.cell.table
