"""Several rates in one run: 21起、死亡11人，分别占全区的65.6%和73.3%; 占比分别为60.1%、26.2%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.checks._prose import Place, is_share, like
from extract.checks._rates import Ratio, fits
from extract.checks._ratios.choice import choose
from extract.checks._ratios.possible import far_wholes, in_its_row, near_wholes, scoped, told_whole
from extract.checks._ratios.reader import Reader
from extract.checks._ratios.words import BARE, OF, PRICED, SHARE
from extract.types import Fact

_JOINED = re.compile(r"[、和及与∶:：/，]{1,2}|以及")
_LIMITS = frozenset(("<", "<=", ">", ">="))
_EACH = re.compile(r"分别|依次|各|结构|构成|之比")


def parallel(reader: Reader, run: Sequence[Place]) -> Iterator[Ratio]:
    """21起、死亡11人，分别占全区的65.6%和73.3%; 占比分别为60.1%、26.2%…"""
    first = run[0]
    clause = first.clause
    size = len(run)
    if not (SHARE.search(clause) or _EACH.search(clause)) or "率" in clause or PRICED.search(clause):
        return
    for nums, least in _runs_before(reader, first, size):
        of = OF.search(clause)
        tried: list[tuple[Place, Place, list[Fact], bool]] = []
        for rate, num in zip(run, nums, strict=True):
            if of is not None and of["of"] and not BARE.match(of["of"]):
                dens = [*scoped(reader, num, of["of"])]
                sure = False
            else:
                dens, sure = near_wholes(reader, num)
                told = told_whole(reader, num) if not sure else []
                dens, sure = (told, True) if told else (dens, sure)
            if not sure and not any(fits(rate.fact, [num.fact], [d]) for d in dens):
                dens = [*dens, *far_wholes(reader, rate, num.fact)]
            tried.append((rate, num, dens, sure))
        hits = sum(any(fits(rate.fact, [num.fact], [d]) for d in dens) for rate, num, dens, _ in tried)
        if not hits:
            # 分别为482起、263起、218起，占37.5%、20.5%、17.0%，三者合计963起: of all, not of the three
            tried = [(rate, num, far_wholes(reader, rate, num.fact), False) for rate, num, _, _ in tried]
            hits = sum(bool(dens) for _, _, dens, _ in tried)
        if hits >= least:
            every = list({d.id: d for *_, dens, _ in tried for d in dens}.values())
            every += [d for known in every for d in in_its_row(reader, known) if d.id not in {one.id for one in every}]
            for rate, num, _dens, _sure in tried:
                best = _voted(tried, [d for d in every if like(d.quantity, num.quantity)])
                yield from choose(reader, rate, num.fact, best, sure=True, share=True)
            return


def _runs_before(reader: Reader, first: Place, size: int) -> Iterator[tuple[list[Place], int]]:
    """So many levels before a run of rates, the nearest first, each with how many of the rates have to fit; then those of one unit
    alone (市直21476件，三个区38205件，六个县21703件), of which all but one have to."""
    levels = [p for p in reader.levels(first, 2 * size + 4) if p.paragraph == first.paragraph]
    near = [p for p in levels if p.at >= first.at - size - 4]
    for skip in range(len(near) - size + 1):
        yield near[skip : skip + size][::-1], (size + 1) // 2
    alike = [p for p in levels if like(p.quantity, levels[0].quantity)]
    if size > 2 and size <= len(alike) < len(levels):
        yield alike[:size][::-1], size - 1


def goes_on(last: Place, place: Place) -> bool:
    """Whether a rate is the next one of a run: 60.1%、26.2%和13.7%; 22.2∶38.9∶38.9."""
    if place.quantity.unit == last.quantity.unit == "" and place.lead in ("∶", "：", ":"):
        return True
    return is_share(place.fact) and _JOINED.fullmatch(place.lead) is not None and not is_limit_of(last, place)


def is_limit_of(last: Place, place: Place) -> bool:
    """拨备覆盖率190.0%，高于150%: whether a rate is only what the one right before it is held against."""
    return place.quantity.bound in _LIMITS and last.quantity.bound not in _LIMITS and place.lead == "，" and is_share(last.fact)


def _voted(tried: Sequence[tuple[Place, Place, list[Fact], bool]], dens: list[Fact]) -> list[Fact]:
    return sorted(dens, key=lambda d: -sum(fits(r.fact, [n.fact], [d]) for r, n, _, _ in tried))
