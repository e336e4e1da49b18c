"""居民满意度: whose satisfaction it is is no part of the name."""

from __future__ import annotations

import re

from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole

_SATISFIED = re.compile(r".{1,8}满意(?P<of>度得分|度)")


def _read(fact: Fact, reader: Reader) -> Link | None:
    said = _SATISFIED.fullmatch(reader.own[fact.id].name)
    return reader.linked(fact, "满意" + said["of"], "body") if said else None


WHOLE = Whole(order=200, unlinked=True, read=_read)
