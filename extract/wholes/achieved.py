"""文化制造业实现营业收入: whose it is stands before 实现."""

from __future__ import annotations

import re

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole

_ACHIEVED = re.compile(r"(?!.*(?:每|百元|均|率).*实现).{2,}?(?:共计?|累计|合计)?实现(?!率|值|数|情况)(?P<of>.{2,})")


def _read(fact: Fact, reader: Reader) -> Link | None:
    if fact.antecedent:
        return None
    said = _ACHIEVED.fullmatch(core(fact.mention.text, fact.kind))
    return reader.linked(fact, said["of"], "body") if said else None


WHOLE = Whole(order=230, unlinked=True, dimensions=frozenset({"money"}), read=_read)
