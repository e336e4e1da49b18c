"""A figure said once more in brackets, in another scale of its unit: 0.43亿元（4280.50万元）."""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._prose import Place, Stream, is_level, like, streams
from extract.relations import Context, Relation


def in_other_unit(context: Context) -> Iterator[Relation]:
    """Figures with what the bracket right behind them says and nothing else, where the two are printed in different scales."""
    for stream in streams(context):
        for place in stream.places:
            if place.bracket and place.lead == "（" and place.host == place.at - 1 and stream.after(place.at).startswith("）"):
                host = stream.places[place.host]
                if _restates(host, place, stream):
                    yield Relation(type="same", roles={"facts": (host.fact.id, place.fact.id)})


def _restates(host: Place, place: Place, stream: Stream) -> bool:
    a, b = host.quantity, place.quantity
    alone = a.unit == b.unit and a.scale != b.scale and is_level(host.fact) and is_level(place.fact) and like(a, b)
    return alone and not stream.after(host.at)[:-1]
