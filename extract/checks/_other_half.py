"""Wholes that two parts divide of which only the first tells its share: 男生1204人，占54.2%，女生1017人.

The share says of what the first is a part; the names of the two say that there is no third (:func:`~extract.checks._divisions.divide`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.checks._divisions import OTHERS, divide
from extract.checks._prose import Place, Stream, is_share, last_words, like, where
from extract.checks._rates import fits
from extract.checks._ratios import ratios
from extract.relations import Context
from extract.types import Fact

_BESIDE = re.compile(r"[，；](?:而|其余)?(?P<name>[^，。；：、（）\d]{1,12}?)(?:有|为|是|共|达)?")
_GOES_ON = re.compile(r"^[、和及与]|^，[^，。；]{0,6}占")


@dataclass(frozen=True, slots=True)
class Halves:
    """A whole and the two parts that divide it."""

    whole: Fact
    parts: tuple[Fact, Fact]


def halves(context: Context) -> Iterator[Halves]:
    """Every whole of which one part tells its share and the other follows."""
    at = where(context)
    for one in ratios(context):
        if not one.share or one.also or len(one.den) != 1 or one.num.id not in at or not fits(one.rate, [one.num], one.den):
            continue
        stream, n = at[one.rate.id]
        first = at[one.num.id][1]
        if at[one.num.id][0] is not stream or first != n - 1 or n + 1 >= len(stream.places):
            continue
        if _other(stream, stream.places[first], stream.places[n + 1]):
            yield Halves(one.den[0], (one.num, stream.places[n + 1].fact))


def _other(stream: Stream, first: Place, second: Place) -> bool:
    """Whether the two are all there is by their names, and nothing goes on behind the second."""
    named = _BESIDE.fullmatch(second.lead)
    if named is None or second.sentence != first.sentence or second.bracket != first.bracket:
        return False
    if not second.level or not like(first.quantity, second.quantity) or OTHERS.search(named["name"]):
        return False
    if second.at + 1 < len(stream.places):
        after = stream.places[second.at + 1]
        if after.sentence == second.sentence and (is_share(after.fact) or like(after.quantity, second.quantity)) and "；" not in after.lead:
            return False
    return not _GOES_ON.match(stream.after(second.at)) and divide([last_words(first.plain), named["name"]])
