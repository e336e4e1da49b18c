"""Turns from one level to another: 由398起降至371起."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from extract import intervals as iv
from extract.checks._prose import CHANGES, Place, Stream, like

_UP = r"(?:增长|增加|增|提高|提升|上升|升|扩大|跃升|攀升|发展|回升|恢复|延长|拓展|扩展|扩|上调|上涨|涨|新增|净增|多)"
_DOWN = r"(?:减少|减|下降|降低|降|缩小|缩减|缩短|压减|压缩|压降|精简|收窄|下调|回落|下滑|少)"
_TURN = re.compile(
    rf"^[^，。；]{{0,12}}?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?P<to>到|至|为)了?(?:年末|年底|目前|现在|今年|本年|20\d\d年)?的?(?:约|近)?$"
)
_FROM = re.compile(r"(?:由|从)[^，。；]{0,16}$|(?:上年|去年|同期|年初|年前|20\d\d年)[^，。；]{0,6}$")
_BETTER = re.compile(r"提[高升]|恢复")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """由A增至B: two levels and the way that the words say."""

    before: Place
    after: Place
    up: bool
    better: bool = False
    """Whether the words may mean better instead of more: 精度由10米提高到1米."""


def turns_of(stream: Stream) -> Iterator[Turn]:
    """The turns of a stream in text order."""
    places = stream.places
    for before, after in pairwise(places):
        turn = _TURN.match(after.lead)
        if turn is None or before.sentence != after.sentence or not like(before.quantity, after.quantity):
            continue
        # 压减到11.88万元 states a level, whatever its verb made of it
        reached = after.fact.kind == "delta" and turn["to"] != "为" and (after.quantity.value or iv.ZERO) > 0
        if before.fact.kind in CHANGES or (after.fact.kind in CHANGES and not reached) or not _FROM.search(before.plain):
            continue
        yield Turn(before=before, after=after, up=turn["up"] is not None, better=_BETTER.search(turn[0]) is not None)


def directions(turns: Iterable[Turn]) -> Iterator[tuple[Turn, bool | None]]:
    """Each turn with whether its two levels go the way it says; ``None`` where they may be equal, or its words mean better."""
    for turn in turns:
        a, b = turn.before.quantity.interval, turn.after.quantity.interval
        low, high = (a, b) if turn.up else (b, a)
        better = turn.better and turn.after.quantity.dimension != "ratio"
        goes = None if low.low is None or high.high is None else low.low < high.high
        yield turn, None if better and not goes else goes
