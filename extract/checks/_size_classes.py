"""Counts by classes of size: 90平方米以下418套，90—120平方米947套，144平方米以上262套; 0—5岁1018例，…，60岁及以上763例.

The size stands right before the count. Classes that go on from one another, or are open at both ends, leave nothing between them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.checks._prose import Place, Stream, like
from extract.checks._sides import Side, divided
from extract.checks._slips import mended
from extract.relations import Context
from extract.types import Quantity

LEAST = 3
"""Fewer classes are seldom all of a far total."""
_AMONG = re.compile(r"中，$")
_JOINED = 4
_JOIN = re.compile(r"(?:的|的?(?:有|共|计|为|占)|儿童|人员|人口|人群|老[年人]人?|职工|住房|户型|产品|项目|线路|工程)?")


def size_classes(stream: Stream, context: Context) -> Iterator[Side]:
    """Every total, however far before, that the counts of a whole scale divide; a miss, if a slip explains it."""
    if stream.in_table:
        return
    for parts in _runs(stream):
        if len(parts) >= LEAST and whole_scale(stream, parts):
            found = divided(stream, context, parts) or _of_all(stream, parts)
            if found is not None:
                yield found


def _of_all(stream: Stream, parts: Sequence[Place]) -> Side | None:
    """41个雨量站中，250毫米以上的7个，100至250毫米的23个，100毫米以下的13个: the classes of what the sentence begins with; a miss, if a slip
    explains it."""
    size = stream.places[parts[0].at - 1]
    whole = stream.places[size.at - 1] if size.at else None
    if (
        whole is None
        or whole.sentence != size.sentence
        or not whole.level
        or not _AMONG.search(size.lead)
        or not like(whole.quantity, parts[0].quantity)
    ):
        return None
    return Side(whole, tuple(parts), holds=False) if mended(whole.quantity, [part.quantity for part in parts]) else None


def whole_scale(stream: Stream, parts: Sequence[Place]) -> bool:
    """Whether a size stands right before each of the parts, and all sizes together are the whole scale: open at both ends, or one after
    the other down to what is open below (220千伏3项、110千伏9项、35千伏及以下18项)."""
    sizes = [_size(stream, part) for part in parts]
    known = [size for size in sizes if size is not None]
    if len(parts) < 2 or len(known) < len(parts) or not all(like(a, b) for a, b in pairwise(known)):
        return False
    ends = known[0], known[-1]
    if not _in_order(known):
        return False
    if any(map(_open_below, ends)) and any(map(_open_above, ends)):
        return True
    return len(known) > 2 and _open_below(known[-1]) and all(size.bound == "=" for size in known[:-1])


def _in_order(sizes: Sequence[Quantity]) -> bool:
    """Whether each class lies on the same side of the one before: 5亿元以上 holds 10亿元以上, and does not go before it."""
    lows = [size.interval.low if size.interval.low is not None else size.interval.high for size in sizes]
    inner = [size for size in sizes[1:-1] if _open_below(size) or _open_above(size)]
    values = [low for low in lows if low is not None]
    rises, falls = (all(a <= b for a, b in pairwise(ordered)) for ordered in (values, values[::-1]))
    return not inner and len(values) == len(sizes) and (rises or falls)


def _open_below(size: Quantity) -> bool:
    return size.interval.low is None or (size.bound in ("<", "<=", "range") and size.interval.low <= 0)


def _open_above(size: Quantity) -> bool:
    return size.interval.high is None


def _runs(stream: Stream) -> Iterator[list[Place]]:
    """The counts of sizes that follow each other in a sentence."""
    run: list[Place] = []
    for place in stream.places:
        size = _size(stream, place)
        if size is None:
            continue
        before = run[-1] if run else None
        goes_on = before is not None and place.at == before.at + 2 and place.sentence == before.sentence and like(place.quantity, before.quantity)
        if run and not goes_on:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _size(stream: Stream, place: Place) -> Quantity | None:
    """The size that stands right before a count and says of what class it is."""
    before = stream.places[place.at - 1] if place.at else None
    if before is None or len(place.lead) > _JOINED or not place.level or not _JOIN.fullmatch(place.lead) or like(before.quantity, place.quantity):
        return None
    if not place.quantity.unit or not before.quantity.unit or place.quantity.dimension not in ("count", "money"):
        return None
    return before.quantity
