"""Shares that divide a share, or all there is, whether or not their figures are told: 占98.68%（甲占89.42%、乙占9.26%）; 男性占52%，女性占48%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract import intervals as iv
from extract.checks._divisions import OTHERS, divide
from extract.checks._prose import Place, Stream, is_share, last_words, streams
from extract.checks._slips import mended, mends
from extract.checks._words import bare
from extract.relations import Context, once
from extract.types import Fact, Interval

MOST = 12
"""A run of more shares than this is not read."""
_TAKES = re.compile(r"^(?:其中[：:]?)?(?P<name>[^，。；、：（）]{1,16}?)(?:人数|金额)?占(?:比)?(?:约|为|达|到)*$")
_PERCENT = ("%", "％")


@dataclass(frozen=True, slots=True)
class Closed:
    """Shares that make up ``whole``, or 100% where it is ``None``; ``holds`` if they do, else one slip of the pen explains why not."""

    shares: tuple[Fact, ...]
    whole: Fact | None
    holds: bool


@once
def closed_shares(context: Context) -> tuple[Closed, ...]:
    """The runs of shares of the document's prose that are all of something."""
    found: list[Closed] = []
    for stream in streams(context):
        for run, names in _runs(stream):
            host = stream.places[run[0].host] if run[0].host is not None and run[0].bracket else None
            if host is not None and host.at == run[0].at - 1 and _is_percent(host) and "占" in host.clause:
                one = _of_share(run, host)
            else:
                one = _of_all(run, names)
            found += [one] if one is not None else []
    return tuple(found)


def _runs(stream: Stream) -> Iterator[tuple[list[Place], list[str]]]:
    """Shares told one after the other in one sentence and bracket, each with the name of its part."""
    run: list[Place] = []
    names: list[str] = []
    for place in stream.places:
        named = _TAKES.match(last_words(place.plain.rpartition("（")[2])) if _is_percent(place) else None
        goes_on = run and place.at == run[-1].at + 1 and (place.sentence, place.bracket) == (run[-1].sentence, run[-1].bracket)
        if run and not (goes_on and named):
            yield from [(run, names)] if 1 < len(run) <= MOST else ()
            run, names = [], []
        if named:
            run.append(place)
            names.append(bare(named["name"]))
    yield from [(run, names)] if 1 < len(run) <= MOST else ()


def _is_percent(place: Place) -> bool:
    return is_share(place.fact) and place.quantity.unit in _PERCENT and place.quantity.bound == "="


def _of_share(run: list[Place], host: Place) -> Closed | None:
    """What stands in brackets behind a share makes it up, unless it is all of that share by itself."""
    added = _added(run)
    if iv.contains(added, iv.HUNDRED):
        return None
    holds = iv.meet(added, host.quantity.interval)
    shares = tuple(place.fact for place in run)
    return Closed(shares, host.fact, holds) if holds or mended(host.quantity, [place.quantity for place in run]) else None


def _of_all(run: list[Place], names: list[str]) -> Closed | None:
    """男性占52%，女性占49%: of both sexes, or up to the others, the shares are all; of others that divide a whole they are at most that."""
    added = _added(run)
    shares = tuple(place.fact for place in run)
    if iv.contains(added, iv.HUNDRED):
        return Closed(shares, None, True)
    if added.low is None or not _explained(run):
        return None
    sexes = len(run) == 2 and {name[:1] for name in names} == {"男", "女"}
    over = added.low > iv.HUNDRED and len(set(names)) == len(names) and divide(names)
    return Closed(shares, None, False) if sexes or OTHERS.search(names[-1]) or over else None


def _explained(run: list[Place]) -> bool:
    """Whether one slip in one share makes them all of it."""
    others = iv.others([place.quantity.interval for place in run])
    return any(mends(place.quantity, iv.sub(iv.point(iv.HUNDRED), rest)) for place, rest in zip(run, others, strict=True))


def _added(run: list[Place]) -> Interval:
    return iv.total(place.quantity.interval for place in run)
