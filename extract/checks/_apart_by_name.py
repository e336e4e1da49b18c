"""Amounts between two named figures of another paragraph: 第二产业79.52亿元，第三产业78.86亿元. … 第二产业增加值仅比第三产业多0.66亿元.

Each name has to be that of one figure only, and both stand side by side, or bear just the names said. What lies between town and country is
told without either name; and less may be lost than the year before. A miss is certain only where a slip of the pen explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import regex

from extract.checks._changes.words import WHEN
from extract.checks._difference import Difference
from extract.checks._list_words import label_of, past
from extract.checks._lists import lists
from extract.checks._prose import LEVELS, Place, Stream, asked_places, like, streams
from extract.checks._rates import limited
from extract.checks._slips import LONG, significant
from extract.checks._words import bare, bigrams, core, unit_family
from extract.relations import Context, once

_APART = regex.compile(
    r"(?P<own>[^，。；：、比较与]{2,18}?)(?:仅|只|还|也|仍|均|则|就)?(?:比|较|与)(?P<what>[^，。；：、]{2,18}?)(?:要|仍|还|仅|均)?"
    r"(?:(?P<less>少|低)|多|高|相差|差距为?)[出了达]{0,2}(?:约|近)?|"
    r"(?P<own>[^，。；：、]{2,18}?)(?:(?P<less>低于|少于)|高于|高出|多于|超过)(?P<what>[^，。；：、]{2,18}?)(?:约|近)?"
)
_THAN = re.compile(r"^(?:仅|只|还|也|仍|均)?(?:(?P<less>低于|少于)|高于|高出|多于|超过|超出?)(?P<what>[^，。；：、]{2,10}?)(?:约|近)?$")
_SAYS_APART = re.compile(r"[多少高低差超亏]")
_TOWN_AND_COUNTRY = re.compile(r"城乡[^，。；：、]{0,6}收入[^，。；：、比]{0,4}(?:差距|差额|之差|相差)(?:仍|还)?[有为达]*$")
_SIDES = (re.compile(r"城镇[^，。；、]*收入"), re.compile(r"农村[^，。；、]*收入"))
_LOST_LESS = re.compile(r"[比较][上去]年(?:同期)?(?:少亏|减亏|(?P<more>多亏|增亏))(?:损)?了?$")
_LOSS = re.compile(r"亏损额?为?$")
_FORMER = re.compile(r"[上去]年")
_NO_LEVEL = re.compile(r"[比较超差]|其中$|增[加长]|减少")
_NEAR = 4
"""So many facts back stands the figure that something is more or less than, parts of it left out."""
_MOST = 40
"""Names of more figures say nothing of one."""


def apart_by_name(context: Context) -> Iterator[Difference]:
    """The amounts between two figures that stand in other sentences, in text order."""
    for stream, place in asked_places(context):
        if place.quantity.bound != "=" or place.quantity.dimension in ("ratio", "percentage_point") or _SAYS_APART.search(place.clause) is None:
            continue
        sides = _of_town_and_country(context, place)
        found = sides or _of_names(context, place) or _than_name(context, stream, place) or _of_losses(context, place)
        if found is not None and (found.holds or sides is not None or (found.slipped and _telling(found))):
            yield found


def _telling(one: Difference) -> bool:
    """Whether the numbers are so long that another pair would hardly be one slip away."""
    return len(significant(one.minuend)) >= LONG and len(significant(one.result)) > 1


def _of_names(context: Context, place: Place) -> Difference | None:
    said = _APART.fullmatch(place.clause)
    if said is None or WHEN.search(said["what"]):
        return None
    first, second = _called(context, place, said["own"]), _called(context, place, said["what"])
    if first is None or second is None or first.fact.period != second.fact.period or place.sentence in (first.sentence, second.sentence):
        return None
    if first.sentence != second.sentence and not all(core(label_of(p)) == core(said[name]) for p, name in ((first, "own"), (second, "what"))):
        return None
    more, less = (second, first) if said["less"] else (first, second)
    return _between(place, more, less)


def _than_name(context: Context, stream: Stream, place: Place) -> Difference | None:
    """年末债务余额76.91亿元，低于限额1.71亿元: of the figure right before and the one of that name that is akin to it."""
    said = _THAN.search(place.clause)
    # 余额76.91亿元，其中一般债务30.86亿元、专项债务46.05亿元，低于限额: of what is divided, not of its parts
    own = next((p for p in stream.back(place.at, _NEAR) if p.fact.id not in lists(context).whole), None) if said is not None else None
    if said is None or own is None or own.sentence != place.sentence or own.fact.kind not in LEVELS or not limited(own.fact) or own.bracket:
        return None
    name, first = bare(said["what"]), bare(label_of(own))
    near = [p for p in _by_pair(context).get(name[-2:], ()) if _counts_alike(p, place) and not _FORMER.search(p.clause) and p.fact is not own.fact]
    found = [p for p in near if bare(label_of(p)).endswith(name) and bigrams(bare(label_of(p))) & bigrams(first)]
    if not _counts_alike(own, place) or len({p.quantity.value for p in found}) != 1 or found[0].sentence == place.sentence:
        return None
    return _between(place, found[0], own) if said["less"] else _between(place, own, found[0])


def _between(place: Place, more: Place, less: Place) -> Difference | None:
    """Nothing where the words say that the smaller is more: that is no matter of how much."""
    if (more.quantity.value or 0) < (less.quantity.value or 0):
        return None
    # 少65件 is read as a change below nothing
    ends = (less, more) if (place.quantity.value or 0) < 0 else (more, less)
    return Difference(place.fact, ends[0].fact, ends[1].fact)


def _of_town_and_country(context: Context, place: Place) -> Difference | None:
    """城乡居民收入差距17680元: between the one income of each that the document tells of the year."""
    if not _TOWN_AND_COUNTRY.search(place.clause) or _FORMER.search(place.plain):
        return None
    near = [p for p in _levels(context) if like(p.quantity, place.quantity) and p.fact is not place.fact and not _other_time(context, p)]
    town, country = ([p for p in near if words.search(p.clause + p.fact.mention.text)] for words in _SIDES)
    alone = all(len({p.quantity.value for p in side}) == 1 for side in (town, country))
    return _between(place, town[0], country[0]) if alone else None


def _of_losses(context: Context, place: Place) -> Difference | None:
    """净亏损1286万元，上年为净亏损2134万元 … 比上年少亏848万元: the two losses that stand side by side."""
    said = _LOST_LESS.search(place.clause)
    if said is None:
        return None
    losses = [p for p in _levels(context) if _LOSS.search(p.clause) and like(p.quantity, place.quantity)]
    pairs = [(p, q) for p, q in pairwise(losses) if p.sentence == q.sentence and bool(_FORMER.search(p.clause)) != bool(_FORMER.search(q.clause))]
    if len(pairs) != 1:
        return None
    former, now = sorted(pairs[0], key=lambda p: _FORMER.search(p.clause) is None)
    return _between(place, now, former) if said["more"] else _between(place, former, now)


def _other_time(context: Context, place: Place) -> bool:
    return past(place.fact.period, context.document.about.year) or _FORMER.search(place.clause) is not None


def _called(context: Context, place: Place, words: str) -> Place | None:
    """The one figure that bears a name, or all of it but its beginning or its end."""
    name = core(words)
    near = [p for p in _by_pair(context).get(name[:2], ()) if _counts_alike(p, place) and not _FORMER.search(p.clause)]
    labels = [(core(label_of(p)), p) for p in near if p.fact is not place.fact]
    found = [p for label, p in labels if label == name] or [p for label, p in labels if len(label) > 2 and _akin(label, name)]
    return found[0] if len(name) > 2 and len({p.quantity.value for p in found}) == 1 else None


def _counts_alike(one: Place, other: Place) -> bool:
    return like(one.quantity, other.quantity) and unit_family(one.quantity) == unit_family(other.quantity)


def _akin(label: str, name: str) -> bool:
    return any(long.startswith(short) or long.endswith(short) for long, short in ((label, name), (name, label)))


@once
def _levels(context: Context) -> Sequence[Place]:
    """The figures of the running text that state a level."""
    found = (place for stream in streams(context) for place in stream.places if place.fact.kind in LEVELS and place.level)
    return tuple(place for place in found if place.fact.cell is None and limited(place.fact) and not _NO_LEVEL.search(place.clause))


@once
def _by_pair(context: Context) -> Mapping[str, Sequence[Place]]:
    """Those by each pair of characters of their names, the pairs of common ones left out."""
    found: dict[str, list[Place]] = {}
    for place in _levels(context):
        for pair in bigrams(bare(label_of(place))):
            found.setdefault(pair, []).append(place)
    return {pair: places for pair, places in found.items() if len(places) <= _MOST}
