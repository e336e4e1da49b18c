"""Amounts that lie between two figures that are named, not stated beside them: 城关所286件，河东所231件，…。城关所比河东所多55件.

Both names are the words right before a figure of the paragraph; the first may be left out where its figure stands right before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from extract.checks._changes.words import WHEN
from extract.checks._difference import Difference
from extract.checks._list_words import label_of
from extract.checks._prose import LEVELS, Place, Stream, asked_places, like
from extract.checks._rates import limited
from extract.checks._words import core
from extract.relations import Context

BACK = 24
"""So many facts back the two figures stand."""
_APART = regex.compile(
    r"(?P<own>[^，。；：、]{0,16}?)(?:比|较|与|和|同)(?P<what>[^，。；：、]{2,16}?)(?:要|仍|还|仅|均)?"
    r"(?:多|少|高|低|相差|差距为?)[出了达]{0,2}(?:约|近)?|"
    r"(?P<own>[^，。；：、]{0,16}?)(?P<sign>低于|少于|高于|高出|多于|超过)(?P<what>[^，。；：、]{2,16}?)(?:约|近)?"
)
_SAYS_APART = re.compile(r"[多少高低差超]")
_TWO = re.compile(r"(?:两者|二者|首尾|前后)?(?:之间)?(?:相差|差距|极差)[为达了约]{0,2}")
_FORMER = re.compile(r"(?:后者比前者|前者比后者)(?:多|少|高|低)[出了达]{0,2}(?:约|近)?")
_GROWN = re.compile(r"^(?P<what>[^，。；：、]{2,8}?)(?:增量|增加额|增加值|增长额|净增额)$")
_RANKS = tuple(map(re.compile, (r"首位|第一名|第一位|榜首|最[高多大长]", r"末位|末名|最后一[名位]|榜尾|最[低少小短]")))
"""与首位相差9.91分: who came first is told by another word where its figure stands."""
_LESS = re.compile(r"[少低][出了达于]{0,2}(?:约|近)?$")
_BELOW = frozenset({"低于", "少于"})
_MARK = re.compile(r"[“”\"《》]")


def amounts_apart(context: Context) -> Iterator[Difference]:
    """The amounts between two named figures, each with the one that is said to be more and the other, in text order."""
    for stream, place in asked_places(context):
        if _TWO.fullmatch(place.clause) or _FORMER.fullmatch(place.clause):
            yield from _of_two(stream, place)
            continue
        if place.quantity.dimension in ("ratio", "percentage_point") or _SAYS_APART.search(place.clause) is None:
            continue
        said = _APART.fullmatch(place.clause)
        if said is not None and not WHEN.search(said["what"]):
            yield from _between(stream, place, said)


def _of_two(stream: Stream, place: Place) -> Iterator[Difference]:
    """甲镇98.6%，乙镇85.2%，相差13.4个百分点: the two figures right before."""
    if place.at < 2:
        return
    first, second = stream.places[place.at - 2 : place.at]
    rates = place.quantity.dimension == "percentage_point"
    alike = all(p.quantity.dimension == "ratio" if rates else _amount(p) and like(p.quantity, place.quantity) for p in (first, second))
    if alike and like(first.quantity, second.quantity) and first.sentence == second.sentence == place.sentence and first.bracket == second.bracket:
        down = (place.quantity.value or 0) < 0  # 少2780万元 is read as a change below nothing
        more, less = sorted((first, second), key=lambda p: -(p.quantity.value or 0), reverse=down)
        yield Difference(place.fact, more.fact, less.fact)


def _between(stream: Stream, place: Place, said: re.Match[str]) -> Iterator[Difference]:
    near = [p for p in stream.back(place.at, BACK) if p.paragraph == place.paragraph and like(p.quantity, place.quantity)]
    grown = [_GROWN.match(said[name]) for name in ("own", "what")]
    if all(grown):
        yield from _grown_apart(near, place, *(found["what"] for found in grown if found is not None))
        return
    near = [p for p in near if _amount(p)]
    other = _called(near, said["what"]) or _ranked(near, said["what"])
    rest = [p for p in near if p is not other]
    first = _called(rest, said["own"]) if core(said["own"]) else _spoken_of(rest, place) or _before(place, rest)
    if other is None or first is None:
        return
    value = place.quantity.value
    down = said["sign"] in _BELOW if said["sign"] else _LESS.search(place.clause) is not None
    if "差" in place.clause:
        down = (first.quantity.value or 0) < (other.quantity.value or 0)
    # 少65件 is read as a change below nothing
    turned = down and value is not None and value > 0
    ends = (other, first) if turned else (first, other)
    yield Difference(place.fact, ends[0].fact, ends[1].fact)


def _grown_apart(near: list[Place], place: Place, own: str, what: str) -> Iterator[Difference]:
    """存款余额…增加206.83亿元；贷款余额…增加231.45亿元，贷款增量比存款增量多24.62亿元: the one change of each name."""
    changes = [p for p in near if p.fact.kind == "delta"]
    first, other = ([p for p in changes if name in p.fact.mention.text] for name in (own, what))
    if len(first) == len(other) == 1 and first[0] is not other[0] and not _LESS.search(place.clause):
        yield Difference(place.fact, first[0].fact, other[0].fact)


def _amount(place: Place) -> bool:
    return place.fact.kind in LEVELS and place.level and limited(place.fact)


def _called(near: list[Place], words: str) -> Place | None:
    """The one figure whose own words are those of a name, else begin or end with them."""
    name = core(_MARK.sub("", words))
    labels = [(core(_MARK.sub("", label_of(p))), p) for p in near] if len(name) > 1 else []
    found = [p for label, p in labels if label == name] or [p for label, p in labels if label.startswith(name) or label.endswith(name)]
    return found[0] if len({p.quantity.value for p in found}) == 1 else None


def _ranked(near: list[Place], words: str) -> Place | None:
    """The one figure before which the paragraph says first, or last, in whatever words."""
    rank = next((rank for rank in _RANKS if rank.fullmatch(words)), None)
    found = [p for p in near if rank is not None and rank.search(p.clause)]
    return found[0] if len(found) == 1 else None


def _spoken_of(near: list[Place], place: Place) -> Place | None:
    """其中丙县最少，与甲县相差320万元: the one figure whose name stands in the words since the last figure."""
    found = [p for p in near if len(name := core(label_of(p))) > 1 and name in place.lead]
    return found[0] if len({p.quantity.value for p in found}) == 1 else None


def _before(place: Place, near: list[Place]) -> Place | None:
    """The figure right before, of the same sentence."""
    return near[0] if near and near[0].at >= place.at - 2 and near[0].sentence == place.sentence and not near[0].bracket else None
