"""隐患26条，已整改20条，剩余6条: what is not yet done."""

from __future__ import annotations

import re

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import REACH, Reader, Whole

_REMAINDER = re.compile(r"(?:其余|剩余|余下|尚余|还剩|剩)(?:的)?")
_DONE_WITH = re.compile(r"(?:已|已经)?(?:整改|整治|销号|销案|办结|结案|处置|修复|拆除|竣工|完工|开工|审结|化解|验收)")


def _read(fact: Fact, reader: Reader) -> Link | None:
    if not _REMAINDER.fullmatch(fact.mention.text):
        return None
    for other in reader.before(fact, REACH):
        if other.block != fact.block:
            break
        if other.quantity.unit == fact.quantity.unit and other.kind == "level":
            name = reader.of(other).name
            return reader.linked(fact, "未" + name, "said") if name and _DONE_WITH.match(core(other.mention.text)) else None
    return None


WHOLE = Whole(order=190, kinds=frozenset({"level", "target"}), read=_read)
