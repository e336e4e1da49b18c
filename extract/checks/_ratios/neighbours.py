"""Shares that do not fit beside others that do: they may be of the same whole, or of one that is not known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extract import intervals as iv
from extract.checks._prose import Stream, like, where
from extract.checks._rates import Ratio, fits
from extract.checks._ratios.reader import NEAR
from extract.checks._slips import mends
from extract.checks._values import factor
from extract.relations import Context
from extract.types import Fact, Interval

_OF_ALL = re.compile(r"占(?:全|总)[^，。；]{0,12}$")
_BARE_SHARE = re.compile(r"占比?[为达到约]*$")
FEW = 20
"""A share that gives its whole to one part in so many tells it."""
_SHARE_OF = re.compile(r"占[^，。；、]{2,14}的(?:比[重例])?[为达]?约?\d")


def with_neighbours(found: list[Ratio], context: Context) -> Iterator[Ratio]:
    """The ratios, those shares that do not fit taken of the whole that the shares beside them are of."""
    at = where(context)
    fitting = [one.share and fits(one.rate, [one.num], one.den) for one in found]
    known = {one.den[0].id for one, fit in zip(found, fitting, strict=True) if fit}
    # one share told twice is one
    told = {
        (one.den[0].id, one.num.quantity.value, one.rate.quantity.value) for one, fit in zip(found, fitting, strict=True) if one.share and not fit
    }
    failing = Counter(whole for whole, _, _ in told)
    misprinted = dict(_misprinted(found, fitting))
    for n, one in enumerate(found):
        if n in misprinted:
            yield replace(one, den=(misprinted[n],), sure=True)
            continue
        if one.share and one.den[0].id not in known and failing[one.den[0].id] > 1:
            yield replace(one, sure=False)  # several shares that all miss: of another whole
            continue
        if one.share and not fitting[n] and one.den[0].id not in known and _itself_a_share(one.den[0], one.rate, context):
            yield replace(one, sure=False)
            continue
        if not one.share or one.sure or fitting[n] or one.rate.quantity.bound != "=":
            yield one
            continue
        beside = [m for m in (n - 1, n + 1, n - 2, n + 2) if 0 <= m < len(found) and fitting[m] and _close(found[m], one, at)]
        if not beside or not like(found[beside[0]].den[0].quantity, one.num.quantity):
            yield one
            continue
        yield replace(one, den=found[beside[0]].den, sure=True)


def _itself_a_share(den: Fact, rate: Fact, context: Context) -> bool:
    """等级公路1695公里，占公路总里程的99.0%。其中二级公路213公里，占12.5%: a share of what the figure before is a share of, as likely."""
    # 占全年受灾人口的44.1% is not of the two towns that had 57.8% of them
    before = context.before(rate, rate.sentence)
    of_whole = _BARE_SHARE.search(before) is not None or _OF_ALL.search(before) is not None
    return of_whole and den.sentence != rate.sentence and _SHARE_OF.search(context.after(den, den.sentence)) is not None


def _misprinted(found: Sequence[Ratio], fitting: Sequence[bool]) -> Iterator[tuple[int, Fact]]:
    """Shares told one after the other that all miss, by their places, with the whole that a slip in it would make them all be of."""

    def runs_on(n: int) -> bool:
        return found[n].share and not fitting[n] and found[n].rate.block == found[n - 1].rate.block

    start = 0
    while start < len(found):
        end = start + 1
        if found[start].share and not fitting[start]:
            while end < len(found) and runs_on(end):
                end += 1
            run = found[start:end]
            wholes = {one.den[0].id: one.den[0] for one in run}.values()
            whole = next((whole for whole in wholes if len(run) > 1 and _one_whole(run, whole)), None)
            if whole is not None:
                yield from ((n, whole) for n in range(start, end))
        start = end


def _one_whole(shares: Sequence[Ratio], whole: Fact) -> bool:
    """Whether shares are all of one number that one slip made into what is printed of the whole."""
    implied = (iv.ratio(one.num.quantity.interval, iv.scaled(one.rate.quantity.interval, factor(one.rate.quantity) / 100)) for one in shares)
    told = [other for one, other in zip(shares, implied, strict=True) if other is not None and not one.also and one.rate.quantity.bound == "="]
    meant = iv.common(told) if len(told) == len(shares) else None
    return meant is not None and all(like(one.num.quantity, whole.quantity) for one in shares) and mends(whole.quantity, meant) and _apart(told)


def _apart(wholes: Sequence[Interval]) -> bool:
    """Whether chance would hardly give wholes in common: one of them leaves but a small part of itself."""
    widths = [(whole.high - whole.low, whole.low) for whole in wholes if whole.low is not None and whole.high is not None]
    return any(width * FEW <= least for width, least in widths)


def _close(first: Ratio, second: Ratio, at: Mapping[str, tuple[Stream, int]]) -> bool:
    (one, a), (other, b) = at[first.rate.id], at[second.rate.id]
    return one is other and abs(a - b) <= NEAR and one.places[a].paragraph == one.places[b].paragraph
