"""A total divided in two ways that come to one number, and it is another: 35起，其中甲14起、乙18起。应结案30起，另有2起在调查.

Two parts behind 其中 need not be all of a whole. That what follows them divides just as many again says that they are; a slip of the pen
has to explain why the whole is not as many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract import intervals as iv
from extract.checks._lists import lists
from extract.checks._prose import Place, Stream, like, where
from extract.checks._slips import LONG, mended
from extract.checks._tally import Part, adds_up
from extract.relations import Context, Relation
from extract.types import Interval

_REST = re.compile(r"另(?:有|外)?|其余|其他|剩余")
_SMALLEST = 10
"""Smaller numbers are met by chance."""


def divided_twice(context: Context) -> Iterator[Relation]:
    """Every whole whose parts behind it come to what the next two figures come to, and not to it."""
    by_whole: dict[str, list[Part]] = {}
    for one in lists(context).parts:
        if one.sure and one.whole.sentence == one.part.sentence:
            by_whole.setdefault(one.whole.fact.id, []).append(one)
    streams_of = where(context) if by_whole else {}
    for found in by_whole.values():
        whole, parts = found[0].whole, [one.part for one in found]
        quantities = [part.quantity for part in parts]
        if len(parts) < 2 or len(parts) >= LONG + 1 or adds_up(whole.quantity, quantities) or not mended(whole.quantity, quantities):
            continue
        stream, _ = streams_of[whole.fact.id]
        if _again(stream, parts[-1], iv.total(quantity.interval for quantity in quantities)):
            yield Relation(type="sum", roles={"total": (whole.fact.id,), "parts": tuple(part.fact.id for part in parts)})


def _again(stream: Stream, last: Place, made: Interval) -> bool:
    """Whether the two figures behind the last part, in the next sentence, are one part and the rest of what the parts make."""
    pair = stream.places[last.at + 1 : last.at + 3]
    if len(pair) < 2 or made.low is None or made.low < _SMALLEST:
        return False
    counted = all(place.level and not place.bracket and like(place.quantity, last.quantity) and place.paragraph == last.paragraph for place in pair)
    one_sentence = pair[0].sentence == pair[1].sentence == last.sentence + 1
    return counted and one_sentence and _REST.search(pair[1].lead) is not None and iv.agree(iv.total(place.quantity.interval for place in pair), made)
