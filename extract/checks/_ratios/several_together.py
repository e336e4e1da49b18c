"""Shares of several figures together, told by how many they are: 甲428万件、乙217万件、丙163万件，三项占全部件量的71.3%."""

from __future__ import annotations

import re

from extract.checks._prose import Place, like
from extract.checks._rates import Ratio, fits
from extract.checks._ratios.reader import BACK, Reader

_COUNTED = re.compile(r"[一二两三四五六七八九十]")
_OF_THEM = re.compile(r"^(?:合计|共|总共|之和|加起来)?[约仅只]?(?:占|为)")
_UNITS = frozenset({"项", "者", "类", "种", "家", "个", "地", "大类"})


def counts_parts(reader: Reader, place: Place) -> bool:
    """Whether a number before a share only says how many figures have it: 三项占71.3%."""
    few = place.quantity.unit in _UNITS and place.quantity.value is not None and 1 < place.quantity.value <= BACK
    said = place.quantity.extent.of(reader.context.text)
    return few and _COUNTED.match(said) is not None and _OF_THEM.match(reader.stream.after(place.at)) is not None


def several_together(reader: Reader, rate: Place) -> Ratio | None:
    """The share of the figures right before their number, of the figure before them that gives it; ``None`` where none does."""
    count = reader.stream.places[rate.at - 1] if rate.at else None
    if count is None or not counts_parts(reader, count) or count.quantity.value is None:
        return None
    size = int(count.quantity.value)
    parts = [p for p in reader.stream.back(count.at, BACK) if p.sentence == count.sentence and p.level][:size]
    if len(parts) < size or not all(like(p.quantity, parts[0].quantity) for p in parts):
        return None
    first, *more = [p.fact for p in reversed(parts)]
    wholes = (
        p.fact for p in reader.stream.back(parts[-1].at, BACK) if p.paragraph == rate.paragraph and p.level and like(p.quantity, parts[0].quantity)
    )
    whole = next((fact for fact in wholes if fits(rate.fact, [first, *more], [fact])), None)
    return None if whole is None else Ratio(rate=rate.fact, num=first, also=tuple(more), den=(whole,), sure=True, share=True)
