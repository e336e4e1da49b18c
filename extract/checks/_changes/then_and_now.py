"""Changes right behind two levels, the earlier one first: 年初1032人，年末1058人，增加26人; 2023年3.2亿元，2024年3.8亿元，增长18.8%."""

from __future__ import annotations

import re

from extract.checks._changes.arithmetic import can_change
from extract.checks._changes.earlier import LONG_TIME
from extract.checks._changes.reader import Change, Reader
from extract.checks._changes.words import CONSTANT, own_words
from extract.checks._prose import CHANGES, Place, like

_THEN = re.compile(
    r"^[^，。；：、（）]{0,8}?(?:(?P<year>(?:19|20)\d\d)年|[年期月]初|[上去]年)(?![^，。；]*(?:预算|计划|目标|安排|下达|批复))[^，。；：、（）]{0,12}$"
)
_NOW = re.compile(r"^(?:到|至)?(?:(?P<year>(?:19|20)\d\d)年|[年期月]末|年底|[今本]年|目前)[^，。；：、（）]{0,12}$")
_WAY = re.compile(r"，(?:同比|净)?[^，。；：、（）\d]{1,6}")


def then_and_now(reader: Reader, change: Place) -> Change | None:
    """The change of the two levels right before it; ``None`` where they are of no two times that follow each other."""
    if change.at < 2 or not _WAY.fullmatch(change.lead) or own_words(change):
        return None
    former, current = reader.stream.places[change.at - 2 : change.at]
    if any(p.sentence != change.sentence or p.bracket != change.bracket or p.fact.kind in CHANGES or not p.level for p in (former, current)):
        return None
    then, now = _THEN.match(former.clause), _NOW.match(current.clause)
    if then is None or now is None or not like(former.quantity, current.quantity) or not can_change(change.fact, current.fact):
        return None
    if then["year"] and now["year"] and int(now["year"]) != int(then["year"]) + 1:
        return None
    if LONG_TIME.search(change.plain) or CONSTANT.search(change.plain):
        return None
    return Change(change=change.fact, current=current.fact, previous=former.fact, sure=True, beside=True)
