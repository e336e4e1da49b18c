"""Lists of several measures side by side, and of things of several kinds that are counted together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.checks._lists.reader import Reader
from extract.checks._lists.totals import totals_before
from extract.checks._prose import Place, first_words, like
from extract.checks._slips import mended
from extract.checks._tally import adds_up

_DEED = re.compile(r"^(?:已|并)?(?P<deed>[^，。；：、（）\d]{2,4})$")
NEAR = 6
"""So many figures before a list the two are told that it divides."""


def read_columns(reader: Reader, first: Place, groups: list[list[Place]], strength: str) -> bool:
    """上半年发生14起、死亡7人，下半年发生18起、死亡8人: where the parts of one measure reach their total, the list is complete, and so
    must those of the other. Whether one does and another does not."""
    size = len(groups[0])
    # 其中19个超过200毫米、2个超过250毫米: sizes of classes are not added up
    columns = [group for group in groups if len(group) == size and all(p.quantity.bound in ("=", "≈") for p in group)]
    if size < 2 or len(columns) < 2 or not all(a[n].at < b[n].at for a, b in pairwise(columns) for n in range(size)):
        return False
    if not all(a[n].at > b[n - 1].at for a, b in zip(columns, columns[-1:] * len(columns), strict=True) for n in range(1, size)):
        return False
    found: list[tuple[Place, list[Place], bool]] = []
    for column in columns:
        totals = totals_before(reader, first, column[0], strength)
        fitting = next((t for t in totals if adds_up(t.quantity, [p.quantity for p in column])), None)
        named = [t for t in totals if reader.context.name(t.fact) == reader.context.name(column[0].fact)]
        total = fitting or next(iter(named or totals[:1] if len(totals) < 2 or named else ()), None)
        if total is not None:
            found.append((total, column, fitting is not None))
    if len({holds for *_, holds in found}) < 2:
        return False
    for total, column, holds in found:
        reader.tally.add(total, column, sure=True, holds=holds)
    return True


def read_assorted(reader: Reader, first: Place, region: list[Place], groups: list[list[Place]]) -> bool:
    """Things of several kinds that together are so many pieces: 物资2316件，其中帐篷86顶、棉被1240床…"""
    if len(region) < 3 or len(groups) < 3 or any(p.quantity.dimension != "count" for p in region):
        return False
    for total in reader.stream.back(first.at, 3):
        if (
            total.quantity.dimension in ("count", "")
            and total.quantity.unit
            and total.sentence == first.sentence
            and adds_up(total.quantity, [p.quantity for p in region])
        ):
            reader.tally.add(total, region, sure=False, holds=True)
            return True
    return False


def read_deeds(reader: Reader, first: Place, region: Sequence[Place]) -> bool:
    """实施143个，完工137个，其中产业64个、完工61个，基础58个、完工55个，其他21个全部完工: how many there are and how many of them are done, told
    of one part after the other. Whether the list is told so; it is taken down where one of the two adds up."""
    deeds = [found["deed"] if (found := _DEED.match(place.clause.lstrip("、"))) else "" for place in region]
    deed = deeds[1] if len(deeds) > 2 else ""
    if not deed or deeds.count(deed) < 2 or any(a == b == deed for a, b in pairwise([deed, *deeds])):
        return False
    parts = [place for place, own in zip(region, deeds, strict=True) if own != deed]
    done = [place for place, own in zip(region, deeds, strict=True) if own == deed or deed in first_words(reader.stream.after(place.at))]
    before = [p for p in reader.stream.back(first.at, NEAR) if p.level and p.sentence == first.sentence and like(p.quantity, first.quantity)]
    told = next((p for p in before if deed in p.clause), None)
    whole = next((p for p in before if told is not None and p.at < told.at), None)
    if told is not None and whole is not None and len(done) == len(parts):
        pairs = [(whole, parts), (told, done)]
        holds = [adds_up(total.quantity, [p.quantity for p in column]) for total, column in pairs]
        for (total, column), held in zip(pairs, holds, strict=True):
            if held or (any(holds) and mended(total.quantity, [p.quantity for p in column])):
                reader.tally.add(total, column, sure=True, holds=held)
    return True
