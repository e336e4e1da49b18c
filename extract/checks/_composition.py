"""Shares told as a composition: 三次产业结构为11.6∶38.9∶49.5, beside the figures that they are shares of.

They add up to a hundred. Where the paragraph tells as many figures of one measure in the same order, one by one (分别为) or each by
its ordinal (第一产业, 第二产业), each share is of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract import intervals as iv
from extract.checks._prose import Place, Stream, like, streams
from extract.checks._rates import Ratio, fits
from extract.checks._slips import mends
from extract.relations import Context, once
from extract.types import Fact

_NAMED = re.compile(r"(?:(?:结构|构成)(?:比例?|比重)?|产业比例)(?:进一步|持续|不断|逐步)*(?:调整|优化|演进|改善|变化)?(?:约|分别)?[为是由从到]?$")
_BECAME = re.compile(r"(?:调整|优化|演进|演变|转变|变化|改善|变|提升|升级)(?:为|到|至|成)$")
_SIGN = re.compile(r"\s*[:：∶]\s*")
_EACH = re.compile(r"分别(?:为|是|达到?|实现|完成)?$")
_NEXT = re.compile(r"[、和及与]+")
_ORDINALS = tuple(re.compile(rf"第?{n}(?:次?产业|产)") for n in "一二三")
FEWEST = 3
FAR = 24
"""So many figures back the figures that the shares are of are looked for."""
NEAR = 2
"""Shares that miss a hundred by more are none of a hundred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """Shares of one whole in their order, and the figures that they are shares of; () where none are told."""

    shares: tuple[Fact, ...]
    amounts: tuple[Fact, ...] = ()

    @property
    def hundred(self) -> bool:
        """Whether the shares add up to all of it within rounding."""
        return iv.contains(iv.total(share.quantity.interval for share in self.shares), iv.HUNDRED)

    @property
    def credible(self) -> bool:
        """Whether one slip of the pen explains why they do not."""
        others = iv.others([share.quantity.interval for share in self.shares])
        needs = (iv.sub(iv.point(iv.HUNDRED), rest) for rest in others)
        return any(mends(share.quantity, need) for share, need in zip(self.shares, needs, strict=True))


@once
def compositions(context: Context) -> tuple[Composition, ...]:
    """The compositions of the document's prose, in text order."""
    found: list[Composition] = []
    for stream in streams(context):
        at = 0
        while at < len(stream.places):
            run = _run(stream, at)
            if len(run) >= FEWEST:
                found.append(Composition(shares=tuple(place.fact for place in run), amounts=_amounts(stream, run)))
            at += max(len(run), 1)
    return tuple(found)


def _run(stream: Stream, at: int) -> list[Place]:
    """The shares that begin at a place; () where none do."""
    first = stream.places[at]
    if not _is_share(first) or not (_NAMED.search(first.clause) or (_BECAME.search(first.lead) and at and _is_share(stream.places[at - 1]))):
        return []
    run = [first]
    while at + len(run) < len(stream.places):
        place = stream.places[at + len(run)]
        if not _is_share(place) or not _SIGN.fullmatch(place.lead):
            break
        run.append(place)
    told = sum(place.quantity.value or iv.ZERO for place in run)
    return run if abs(told - iv.HUNDRED) <= NEAR or any("." in place.quantity.digits for place in run) else []


def _is_share(place: Place) -> bool:
    return place.fact.kind == "rate" and not place.quantity.unit and place.quantity.value is not None


def _amounts(stream: Stream, run: Sequence[Place]) -> tuple[Fact, ...]:
    """As many figures of one measure, told before in the same order."""
    first = run[0]
    if _BECAME.search(first.lead) is None and first.clause.endswith(("由", "从")):
        return ()  # what it was before
    near = [p for p in stream.back(first.at, FAR) if p.paragraph == first.paragraph and p.level][::-1]
    by_name = [next((p for p in reversed(near) if words.search(p.clause) and p.quantity.dimension == "money"), None) for words in _ORDINALS]
    if len(run) == len(by_name) and None not in by_name:
        return tuple(p.fact for p in by_name if p is not None)
    listed = near[-len(run) :]
    one_by_one = len(listed) == len(run) and _EACH.search(listed[0].clause) and all(_NEXT.fullmatch(p.lead) for p in listed[1:])
    return tuple(p.fact for p in listed) if one_by_one and all(like(p.quantity, listed[0].quantity) for p in listed) else ()


def composed_shares(context: Context) -> Iterator[Ratio]:
    """Each share of a composition over all of its figures; in doubt where two or more miss."""
    for one in compositions(context):
        missing = sum(not fits(share, [amount], one.amounts) for share, amount in zip(one.shares, one.amounts, strict=False))
        for share, amount in zip(one.shares, one.amounts, strict=False):
            yield Ratio(rate=share, num=amount, den=one.amounts, sure=missing < FEWEST - 1, share=True)
