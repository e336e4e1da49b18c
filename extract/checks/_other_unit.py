"""A figure said once more right behind itself, in another scale or unit: 0.43亿元（4280.50万元）; 拆除1.34万平方米，折合20.1亩."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract import intervals as iv
from extract.checks._figures import figure
from extract.checks._list_words import PER
from extract.checks._prose import Place, asked_places, like
from extract.checks._slips import mends
from extract.checks._values import interval_of
from extract.checks._words import bare
from extract.relations import Context, Relation
from extract.units import unit

_SAYS_AGAIN = re.compile(r"，(?:折合|即)(?:为)?|，约(?:合|为)?")
_CONVERTS = re.compile(r"[，（](?:约?折合|约合|合)(?:约|为)?")
_ENDS = re.compile(r"[，。；）\n]|$")
_CONVERTED = frozenset({"area", "mass", "length", "volume"})
"""Dimensions whose units have one factor between them."""


def in_other_unit(context: Context) -> Iterator[Relation]:
    """Figures with what is said right behind them and nothing else, where the two are printed in different scales or units."""
    for stream, place in asked_places(context):
        extent = place.quantity.extent
        lead = place.lead + context.text[extent.start : place.quantity.span.start]  # 约 and 约合 are words of the figure itself
        if not place.at or lead[:1] not in ("，", "（"):
            continue
        before = stream.places[place.at - 1]
        in_bracket = place.bracket and place.lead == "（" and place.host == before.at and stream.after(place.at).startswith("）")
        behind = place.bracket == before.bracket and place.sentence == before.sentence and not PER.search(before.plain)
        behind = behind and _ENDS.match(stream.after(place.at)) is not None
        if (in_bracket or (behind and _SAYS_AGAIN.fullmatch(lead))) and _restates(before, place, lead):
            yield Relation(type="same", roles={"facts": (before.fact.id, place.fact.id)})
        elif _CONVERTS.fullmatch(lead) and before.level and place.level:
            yield from _converted(before, place)


def _restates(first: Place, second: Place, lead: str) -> bool:
    a, b = first.quantity, second.quantity
    # 25289万元，约合2.53万元: in another scale, whatever is printed
    return a.unit == b.unit and (a.scale != b.scale or ("合" in lead and a.dimension == "money")) and first.level and second.level and like(a, b)


def _converted(first: Place, second: Place) -> Iterator[Relation]:
    """What a figure comes to in another unit of its dimension; in doubt where no slip of the pen explains a miss."""
    a, b = first.quantity, second.quantity
    one, other = unit(bare(a.unit)), unit(bare(b.unit))
    if a.dimension != b.dimension or a.dimension not in _CONVERTED or one is None or other is None or one.factor == other.factor:
        return
    needed = iv.scaled(interval_of(first.fact), one.factor / other.factor)
    holds = iv.meet(needed, b.interval)
    note = f"{figure(a)} {'=' if holds else '≠'} {figure(b)}"
    roles = {"facts": (first.fact.id, second.fact.id)}
    sure = holds or mends(replace(b, bound="="), needed)
    yield Relation(type="implied", roles=roles, holds=holds, certain=sure, note=note, note_en=note)
