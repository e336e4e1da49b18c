"""The earlier level of a change: in brackets, or under the same name for the year before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract import intervals as iv
from extract.checks._changes.arithmetic import turned
from extract.checks._changes.reader import BACK, Change, Reader, priced
from extract.checks._changes.words import CONSTANT, WHEN
from extract.checks._prose import CHANGES, Place, Stream, like, named_near
from extract.checks._words import bigrams
from extract.types import Fact

_OTHER = re.compile(r"[大小高低多少]于")
"""营业收入1207亿元（大于同期产值1131亿元）: another figure of the same time."""
_BASED = re.compile(r"(?:比|较)(?P<when>年初|期初|月初|上年末|上季末)")
_OPENED = {
    "年初": re.compile(r"年初|旧存|上年(?:末|底|结转|结存|旧存)"),
    "期初": re.compile(r"期初|旧存|上期(?:末|结转|结存)"),
    "上年末": re.compile(r"年初|旧存|上年(?:末|底|结转|结存|旧存)"),
}
"""How what there was at a time is told besides."""
_TIMES = re.compile(r"年初|期初|月初|上年[末底]?|年[末底]|期末|月末")
LONG_TIME = re.compile(r"年均|平均|累计|以来|[两二三四五六七八九十]年|期间|连续|增速|增幅比")


def levels_in_brackets(stream: Stream) -> Iterator[tuple[str, Place]]:
    """1410.5万元（2021年为1286.9万元）: the level by its id, and the earlier one."""
    for place in stream.places:
        if place.bracket and place.host is not None and place.host == place.at - 1:
            host = stream.places[place.host]
            words = place.plain.rpartition("（")[2]
            if like(host.quantity, place.quantity) and WHEN.search(words) and not _OTHER.search(words) and place.fact.kind not in CHANGES:
                yield host.fact.id, place


def with_earlier(reader: Reader, place: Place, current: Fact, sure: bool) -> Change:
    """A change of a level, with the earlier one where the document states it."""
    bracket = _bracketed(reader, current)
    if bracket is not None and not CONSTANT.search(place.plain):
        return Change(change=place.fact, current=current, previous=bracket, sure=sure, beside=True)
    based = _based(reader, place, current)
    if based is not None and not CONSTANT.search(place.plain):
        return Change(change=place.fact, current=current, previous=based, sure=sure, beside=True)
    if LONG_TIME.search(place.plain) or CONSTANT.search(place.plain) or "环比" in place.plain or priced(place.fact, current):
        return Change(change=place.fact, current=current, sure=False)
    previous = _year_before(reader, current)
    if len({f.quantity.value for f in previous}) == 1:
        said = _beside_current(reader, previous[0], current)
        if said is not False:
            # 死亡31人；上年死亡36人。…死亡上升13.89%: right to the digit, the other way
            back = turned(place.quantity, current.quantity, previous[0].quantity)
            return Change(change=place.fact, current=current, previous=previous[0], sure=back or (sure and said is True), beside=back)
    return Change(change=place.fact, current=current, sure=sure)


def _based(reader: Reader, place: Place, current: Fact) -> Fact | None:
    """年初在校生3260人，年末3415人，比年初增加155人: the figure of the sentence that is told as the one compared with."""
    when = _BASED.search(place.clause)
    if when is None:
        return None
    near = [p for p in reader.stream.back(place.at, BACK) if p.paragraph == place.paragraph and p.bracket == place.bracket]
    near = [p for p in near if p.level and p.fact is not current and like(p.quantity, current.quantity)]
    told = [p.fact for p in near if p.sentence == place.sentence and when["when"] in p.clause]
    if not told and when["when"] in _OPENED:
        # 旧存612件…年末未结525件，比年初减少87件: what there was goes by other names
        opened = _OPENED[when["when"]]
        told = [p.fact for p in near if opened.search(p.clause) and (p.sentence == place.sentence or _of_one_name(p.clause, place, reader))]
    return told[0] if len(told) == 1 else None


def _of_one_name(words: str, change: Place, reader: Reader) -> bool:
    """年初水库蓄水5326万立方米。…年末蓄水4544万立方米，比年初减少782万立方米: whether the level before a change is named as one before it."""
    level = reader.stream.places[change.at - 1] if change.at else None
    if level is None or level.sentence != change.sentence:
        return False
    return bool(bigrams(_TIMES.sub("", words)) & bigrams(_TIMES.sub("", level.clause)))


def _beside_current(reader: Reader, previous: Fact, current: Fact) -> bool | None:
    """Whether the figure that stands beside an earlier one in its row is the current one; ``None`` where none does."""
    if previous.cell is None:
        return None
    named = named_near(reader.context, current)
    row = (previous.cell.table, previous.cell.row)
    beside = [
        f for f in named if f.cell is not None and (f.cell.table, f.cell.row) == row and f.period in reader.now and like(f.quantity, current.quantity)
    ]
    return any(iv.agree(f.quantity.interval, current.quantity.interval) for f in beside) if beside else None


def _bracketed(reader: Reader, current: Fact) -> Fact | None:
    previous = reader.beside.get(current.id)
    return previous.fact if previous is not None else None


def _year_before(reader: Reader, current: Fact) -> list[Fact]:
    if current.period not in reader.now:
        return []
    named = named_near(reader.context, current)
    return [
        f
        for f in named
        if f.period in reader.earlier and f.subject == current.subject and f.kind == current.kind and like(f.quantity, current.quantity)
    ]
