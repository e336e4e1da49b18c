"""Changes with their earlier level right behind, mostly in brackets: 零售总额3.18亿元，增长7.1%（上年为2.97亿元）; 减少24件，去年同期为310件."""

from __future__ import annotations

import re

from extract.checks._changes.earlier import LONG_TIME
from extract.checks._changes.level import level_of
from extract.checks._changes.reader import Change, Reader
from extract.checks._changes.words import CONSTANT
from extract.checks._prose import CHANGES, LEVELS, Place, like

_BEFORE = re.compile(r"（(?:[上去前]年|上期|同期|年初|(?:19|20)\d\d年)(?:同期|度|末)?[为是]?(?:约)?")
_AFTER = re.compile(r"[，；。](?:而)?(?:[上去]年(?:同期)?|同期|上期)(?:则|只|仅)?[为是有]?(?:约)?")


def level_behind(reader: Reader, change: Place) -> Change | None:
    """The change of the level before it and the one right behind; ``None`` where none stands there."""
    places = reader.stream.places
    former = places[change.at + 1] if change.at + 1 < len(places) else None
    if former is None or former.fact.kind in CHANGES:
        return None
    bracketed = former.host == change.at and _BEFORE.fullmatch(former.lead) is not None
    plainly = former.paragraph == change.paragraph and former.bracket == change.bracket and _AFTER.fullmatch(former.lead) is not None
    if not bracketed and not plainly:
        return None
    if LONG_TIME.search(change.plain) or CONSTANT.search(change.plain):
        return None  # 两年平均增长6.3%（2023年185.6亿元）
    current, sure = level_of(reader, change)
    if current is None or not like(current.quantity, former.quantity) or former.fact.kind not in (*LEVELS, "rate"):
        return None
    return Change(change=change.fact, current=current, previous=former.fact, sure=sure, beside=True)
