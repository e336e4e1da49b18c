"""Changes with their two levels in brackets behind: 申报材料压减58.7%（583份减到241份）."""

from __future__ import annotations

import re

from extract.checks._changes.reader import Change, Reader
from extract.checks._prose import CHANGES, Place, like

_INSIDE = re.compile(r"（(?:[^，。；（）]{0,8}(?:由|从))?")
_TO = re.compile(r"[^，。；、（）\d]{0,4}(?:增|减|升|降|提|压|缩|扩|涨)?(?:加|少|高|低|长|短|减|大|小)?[到至为]了?")


def turned_behind(reader: Reader, change: Place) -> Change | None:
    """The change of the two levels in the bracket right behind it; ``None`` where there are none."""
    places = reader.stream.places
    if change.at + 2 >= len(places):
        return None
    before, after = places[change.at + 1 : change.at + 3]
    if before.host != change.at or after.bracket != before.bracket or not like(before.quantity, after.quantity):
        return None
    if (
        not _INSIDE.fullmatch(before.lead)
        or not _TO.fullmatch(after.lead)
        or not all(p.level and p.fact.kind not in CHANGES for p in (before, after))
    ):
        return None
    return Change(change=change.fact, current=after.fact, previous=before.fact, sure=True, beside=True)
