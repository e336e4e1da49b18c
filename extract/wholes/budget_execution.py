"""占预算数的 98%, 支出进度 93%: 预算执行率."""

from __future__ import annotations

import re

from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole
from extract.wholes._words import CHANGES

_OF_BUDGET = re.compile(r"占(?:全年|年初|调整后?)?预算数?(?:占比|比重)|为预算数?占比|(?:占|为)(?:全年|年初)?预算数?$")
_PROGRESS = re.compile(r"(?:支出|执行|预算执行)进度(?:[约为达到已的完成]*)$")


def _read(fact: Fact, reader: Reader) -> Link | None:
    if fact.kind in CHANGES:
        return None
    own = reader.own[fact.id]
    before = reader.lead(fact, fact.clause)
    if (own.indicator_id is None and ("预算" in own.name and _OF_BUDGET.search(own.name))) or _PROGRESS.search(before):
        return reader.linked(fact, "预算执行率", "said")
    return None


WHOLE = Whole(order=110, dimensions=frozenset({"ratio"}), read=_read)
