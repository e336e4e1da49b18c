"""Lists of several measures side by side, and of things of several kinds that are counted together."""

from __future__ import annotations

from itertools import pairwise

from extract.checks._lists.reader import Reader
from extract.checks._lists.totals import totals_before
from extract.checks._prose import Place
from extract.checks._tally import adds_up


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
