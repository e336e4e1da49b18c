"""甲营业收入5亿元，乙3亿元: an amount of money whose words name no money goes on with the one before it."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import REACH, Reader, Whole
from extract.wholes._words import NAMES_MONEY, RATE, per

# Words that say what was done with the money, not whose it is.
_VERBAL = re.compile(r"均$|每|到位|执行|节约|拨|下达|大概|安排|概算|提供|免除|结余|剩余|其余|余下|超|目标|计划|核定|节余|^[人户件车亩场]$")


def _read(fact: Fact, reader: Reader) -> Link | None:
    own = reader.own[fact.id]
    if own.how not in ("open", "antecedent"):
        return None
    words = core(fact.mention.text)
    if (
        not words
        or NAMES_MONEY.search(words)
        or _VERBAL.search(words)
        or per(fact.mention.text)
        or (own.how == "antecedent" and NAMES_MONEY.search(own.name))
    ):
        return None
    for other in reader.before(fact, REACH):
        if other.cell is not None:
            break
        if other.kind == "level" and other.quantity.dimension == "money":
            link = reader.of(other)
            if per(reader.own[other.id].name) or per(other.mention.text):
                continue
            return (
                replace(link, fact=fact.id, how="sibling")
                if NAMES_MONEY.search(link.name) or (link.indicator_id and not RATE.search(link.name))
                else None
            )
    return None


WHOLE = Whole(order=280, cells=False, unlinked=True, kinds=frozenset({"level"}), dimensions=frozenset({"money"}), read=_read)
