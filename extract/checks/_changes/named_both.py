"""Changes that name the levels on both sides: 一季度受理48963件，二季度受理57929件，二季度比一季度增长18.3%."""

from __future__ import annotations

import re

from extract.checks._changes.arithmetic import can_change, follows
from extract.checks._changes.reader import BACK, Change, Reader
from extract.checks._list_words import PER
from extract.checks._prose import CHANGES, Place, like
from extract.checks._values import is_rate

_SPAN = r"(?:[一二三四]季度|[上下]半年|\d{1,2}月|20\d\d年|[上中下]旬)"
_VERB = r"(?:净)?(?:增[长加]?|上升|提高|多|下降|减少|降低|回落|少)"
_NAMED = re.compile(rf"^(?P<now>{_SPAN})(?:份)?(?:比|较|环比)(?P<then>{_SPAN})(?:份)?{_VERB}[^，。；\d]{{0,2}}$")
_MEAN = re.compile(r"均|平均|占|累计")


def named_both(reader: Reader, place: Place) -> Change | None:
    """The change of one span of time against another, each of which the paragraph tells one figure of."""
    named = _NAMED.match(place.clause)
    if named is None:
        return None
    levels = [
        p
        for p in reader.stream.back(place.at, BACK)
        if p.paragraph == place.paragraph and p.level and p.fact.kind not in CHANGES and not _MEAN.search(p.clause) and not PER.search(p.plain)
    ]
    now, then = ([p for p in levels if p.clause.startswith(named[side])] for side in ("now", "then"))
    if len(now) != 1 or len(then) != 1 or not like(now[0].quantity, then[0].quantity) or not can_change(place.fact, now[0].fact):
        return None
    sure = follows(place.quantity, now[0].quantity, then[0].quantity) or is_rate(place.quantity)
    return Change(change=place.fact, current=now[0].fact, previous=then[0].fact, sure=sure, beside=True)
