"""Several changes in one run: 同比分别下降22.5%和14.29%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.checks._changes.arithmetic import can_change
from extract.checks._changes.earlier import with_earlier
from extract.checks._changes.level import is_former, level_of
from extract.checks._changes.reader import Change, Reader
from extract.checks._changes.words import JOINED, own_words
from extract.checks._prose import CHANGES, Place, is_share, like
from extract.checks._values import is_rate
from extract.types import Fact

_EACH = re.compile(r"分别|各")
_MORE = re.compile(r"[、和及与，]{1,2}(?:分别)?(?:增长|增加|提高|提升|上升|下降|减少|降低|回落)(?:了)?")
_FLAT = re.compile(r"(?:[、和及与，]|以及)(?:基本)?持平")


def mixed_run(reader: Reader, first: Place) -> int:
    """How many changes of several sorts stand in one run (分别增长3.2%、0.4个百分点和11.6%): who is whose is not told; else 0."""
    run = [first]
    for place in reader.stream.places[first.at + 1 : first.at + 9]:
        if place.fact.kind not in CHANGES or not (JOINED.fullmatch(place.lead) or _MORE.fullmatch(place.lead)):
            break
        run.append(place)
    dimensions = {place.quantity.dimension for place in run}
    return len(run) if len(dimensions) > 1 and "percentage_point" in dimensions and _EACH.search(first.plain) else 0


def parallel_changes(reader: Reader, run: Sequence[Place]) -> Iterator[Change]:
    """同比分别下降22.5%和14.29%; 同比增加2起、3人."""
    first = run[0]
    size = len(run)
    names = [reader.context.name(p.fact) for p in run]
    levels = [
        p
        for p in reader.stream.back(first.at, size + 6)
        if (p.level or is_share(p.fact)) and p.fact.kind != "target" and p.paragraph == first.paragraph and not is_former(reader, p, first)
    ]
    levels = [p for p in levels if p.sentence == first.sentence or not own_words(first)]
    steps = _steps(reader, run)
    of_steps = [level_of(reader, step)[0] for step in steps]
    if steps and len({level.id for level in of_steps if level is not None}) == size:
        told = zip(run, of_steps, steps, strict=True)
        found = ((place.fact, level, step.fact) for place, level, step in told if level is not None and can_change(step.fact, level))
        yield from (Change(change=change, current=level, step=step, sure=True) for change, level, step in found)
        return
    currents: Sequence[Fact | None]
    if not is_rate(first.quantity):
        # 分别为42个、36个、28个，同比分别增加6个、4个、3个: one by one
        listed = levels[:size][::-1] if len(levels) >= size and _in_a_row(levels[:size], first) else []
        if listed and all(like(p.quantity, c.quantity) for p, c in zip(listed, run, strict=True)):
            currents = [p.fact for p in listed]
        else:
            currents = [next((p.fact for p in levels if like(p.quantity, c.quantity)), None) for c in run]
        sure = True
    elif (len(levels) >= size and (_EACH.search(first.plain) or _in_a_row(levels[:size], first)) and not own_words(first)) or (
        len(levels) >= size and len(set(names)) == size and [reader.context.name(p.fact) for p in levels[:size][::-1]] == names
    ):
        # 47起、31人、28人，分别下降14.5%、16.2%和持平: one level more than changes
        flat = _FLAT.match(reader.stream.after(run[-1].at)) is not None
        if flat and len(levels) <= size:
            return
        currents = [p.fact for p in levels[: size + flat][::-1]][:size]
        sure = True
    else:
        currents = [level_of(reader, p)[0] for p in run]
        sure = False
    if len({f.id for f in currents if f is not None}) < sum(f is not None for f in currents):
        return
    formers = [p.fact for p in reader.stream.back(first.at, 2 * size) if p.sentence == first.sentence and is_former(reader, p, first)][::-1]
    for n, (place, current) in enumerate(zip(run, currents, strict=True)):
        if current is None or not can_change(place.fact, current):
            continue
        if len(formers) == size and formers[n] not in currents and like(formers[n].quantity, current.quantity):
            yield Change(change=place.fact, current=current, previous=formers[n], sure=sure, beside=True)
        else:
            yield with_earlier(reader, place, current, sure)


def _steps(reader: Reader, run: Sequence[Place]) -> list[Place]:
    """死亡少6人、受伤少33人，分别下降22.2%和11.0%: the absolute changes right before, each of which a rate is of; [] where none are."""
    first = run[0]
    before = list(reader.stream.places[max(0, first.at - len(run)) : first.at])
    if len(before) < len(run) or not is_rate(first.quantity) or not _EACH.search(first.clause):
        return []
    told = all(p.fact.kind == "delta" and not is_rate(p.quantity) and p.sentence == first.sentence for p in before)
    return before if told else []


def _in_a_row(levels: Sequence[Place], change: Place) -> bool:
    """Whether levels are listed right before a change: 分别为14起、8人，同比下降17.6%、20%."""
    *later, opening = levels
    joined = all(JOINED.fullmatch(level.lead) for level in later) and all(a.at == b.at + 1 for a, b in pairwise(levels))
    return joined and levels[0].at == change.at - 1 and _EACH.search(opening.clause) is not None
