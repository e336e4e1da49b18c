"""甲、乙分别为8件、6件 goes on with the count before the list."""

from __future__ import annotations

import re

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import REACH, Reader, Whole
from extract.wholes._words import NAMES_MONEY

# 分别立案12件、9件和4件: what was done stands between 分别 and the first of the numbers.
_DONE = re.compile(
    r"(?:分别|依次|各)(?P<of>(?!为|是|有|达|增|减|上升|下降|占|比|较|由|从)[^\d，,。；;、分别]{2,8})(?:\d[\d,.]*[^\d，,。；;、和]{0,4}[、和])*$"
)


def _read(fact: Fact, reader: Reader) -> Link | None:
    if fact.mention.by != "respectively" or fact.antecedent:
        return None
    if said := _DONE.search(reader.lead(fact, fact.sentence)):
        return reader.linked(fact, said["of"], "slice")
    if NAMES_MONEY.search(core(fact.mention.text)):
        return None
    for other in reader.before(fact, REACH):
        if other.block != fact.block:
            break
        if other.mention.by == "respectively" and other.sentence == fact.sentence and other.id not in reader.wide:
            continue
        if other.kind == "level" and other.quantity.unit == fact.quantity.unit and (other.quantity.value or 0) >= (fact.quantity.value or 0):
            return reader.like(fact, other, "slice")
    return None


WHOLE = Whole(order=260, cells=False, unlinked=True, kinds=frozenset({"level"}), read=_read)
