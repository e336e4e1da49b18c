"""在工业总产值中，国营工业所占的比重: the share is of 工业总产值."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole
from extract.wholes._words import CHANGES

_AMONG = re.compile(r"在(?:全[国省市区县])?(?P<whole>[^，。；在中]{2,10})中，")


def _read(fact: Fact, reader: Reader) -> Link | None:
    if fact.kind in CHANGES or "比重" not in fact.mention.text:
        return None
    said = _AMONG.search(reader.lead(fact, fact.sentence))
    return reader.linked(replace(fact, kind="rate"), said["whole"] + "占比", "slice") if said else None


WHOLE = Whole(order=120, cells=False, dimensions=frozenset({"ratio"}), read=_read)
