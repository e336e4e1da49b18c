"""B802 bound: a value lies within its own stated bounds.

What:
    A hedged figure that gives itself in full in brackets (超过500人（486人）), and an average outside the highest and the lowest
    of its sentence.

Why:
    The reader keeps the rounder figure. If it is not true of the exact one beside it, one of the two was not updated.

Fires:
    全年培训应急管理人员超过500人（486人）。

Left alone:
    全年培训应急管理人员超过500人（512人），其中街镇干部300余人（含网格员86人）。

False alarms:
    A bracket that gives a part, without saying so.

Source:
    observed in reports

In Chinese:
    写有界限的数应在界限之内：“超过500人（486人）”不成立；平均数应在最高与最低之间。
    括号里是其中一部分而没有说明的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._figures import figure
from extract.checks._prose import Place, Stream, like, streams
from extract.checks._values import interval_of
from extract.checks._words import core
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact

HEDGED = frozenset({">", ">=", "<", "<=", ">~", "<~"})
_BRACKET = re.compile(r"^（(?:实际|即|共|共计|具体|实为|实有|为){0,2}$")
_CLOSED = re.compile(r"^）")
_ENDS = {"high": re.compile(r"最[高大多长快](?:[^，。；、低小少]{0,8})$"), "low": re.compile(r"最[低小少短慢](?:[^，。；、高大多]{0,8})$")}
_EXTREME = re.compile(r"平均|最[高大多长快低小少短慢]|[值为达到]$")
_MEAN = re.compile(r"平均(?!每)(?:[^，。；、每]{0,8})$")


def find(context: Context) -> Iterator[Relation]:
    """Hedged figures with their own exact ones, averages with their extremes."""
    for stream in streams(context):
        for place, following in zip(stream.places, stream.places[1:], strict=False):
            if _restated(stream, place, following):
                ids = (place.fact.id, following.fact.id)
                yield Relation(type="same", roles={"facts": ids}, note="约数与括号内的确数不符", note_en="The bracket contradicts the hedge")
        yield from _means(stream)


def _restated(stream: Stream, place: Place, following: Place) -> bool:
    hedge, exact = place.quantity, following.quantity
    return (
        hedge.bound in HEDGED
        and exact.bound == "="
        and place.fact.kind == following.fact.kind == "level"
        and like(hedge, exact)
        and bool(_BRACKET.match(following.lead))
        and bool(_CLOSED.match(stream.after(following.at)))
    )


def _means(stream: Stream) -> Iterator[Relation]:
    """The one average of a sentence between the one highest and the one lowest figure of the same measure."""
    sentences: dict[int, dict[str, list[Place]]] = {}
    for place in stream.places:
        role = "mean" if _MEAN.search(place.clause) else next((name for name, words in _ENDS.items() if words.search(place.clause)), "")
        if role and place.quantity.value is not None:
            sentences.setdefault(place.sentence, {}).setdefault(role, []).append(place)
    for found in sentences.values():
        if set(found) == {"mean", "high", "low"} and all(len(places) == 1 for places in found.values()):
            mean, high, low = (found[role][0] for role in ("mean", "high", "low"))
            if like(mean.quantity, high.quantity) and like(mean.quantity, low.quantity) and _one_measure(mean, high, low):
                yield _between(mean.fact, high.fact, low.fact)


def _one_measure(*places: Place) -> bool:
    """Whether the words are of one measure: 全年平均气温, 最高气温, or 最高 alone."""
    words = [_EXTREME.sub("", core(place.clause)) for place in places]
    shortest = min(words, key=len)
    return all(word.endswith(shortest) for word in words)


def _between(mean: Fact, high: Fact, low: Fact) -> Relation:
    m, h, lo = (interval_of(fact) for fact in (mean, high, low))
    below = h.high is None or m.low is None or m.low <= h.high
    above = lo.low is None or m.high is None or m.high >= lo.low
    note = f"平均 {figure(mean.quantity)}，最低 {figure(low.quantity)}，最高 {figure(high.quantity)}"
    return Relation(
        type="implied",
        roles={"facts": (mean.id, high.id, low.id)},
        holds=below and above,
        note=note,
        note_en=f"The average is {figure(mean.quantity)}, the extremes are {figure(low.quantity)} and {figure(high.quantity)}",
    )


CHECK = CheckRule(code="B802", name="bound", name_zh="数值界限", severity="error", find=find, preview=True)
