"""Changes with their earlier level in brackets behind: 零售总额3.18亿元，增长7.1%（上年为2.97亿元）."""

from __future__ import annotations

import re

from extract.checks._changes.earlier import CONSTANT, LONG_TIME
from extract.checks._changes.level import level_of
from extract.checks._changes.reader import Change, Reader
from extract.checks._prose import CHANGES, Place, is_level, is_share, like

_BEFORE = re.compile(r"（(?:[上去前]年|上期|同期|年初|(?:19|20)\d\d年)(?:同期|度|末)?[为是]?(?:约)?")


def level_behind(reader: Reader, change: Place) -> Change | None:
    """The change of the level before it and the one in the bracket right behind; ``None`` where none stands there."""
    places = reader.stream.places
    former = places[change.at + 1] if change.at + 1 < len(places) else None
    if former is None or former.host != change.at or former.fact.kind in CHANGES or not _BEFORE.fullmatch(former.lead):
        return None
    if LONG_TIME.search(change.plain) or CONSTANT.search(change.plain):
        return None  # 两年平均增长6.3%（2023年185.6亿元）
    current, sure = level_of(reader, change)
    if current is None or not like(current.quantity, former.quantity) or not (is_level(former.fact) or is_share(former.fact)):
        return None
    return Change(change=change.fact, current=current, previous=former.fact, sure=sure, beside=True)
