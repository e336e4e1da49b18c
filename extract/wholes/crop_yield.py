"""粮食播种面积41万亩、总产17万吨: the bare 总产 is that of the crop before."""

from __future__ import annotations

import re

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole

_YIELD = re.compile(r"总?产量?|单产")


def _read(fact: Fact, reader: Reader) -> Link | None:
    if fact.quantity.dimension == "money" or not _YIELD.fullmatch(core(fact.mention.text)):
        return None
    for other in reader.before(fact, 3):
        crop = re.sub("(?:播种|种植|收获)?(?:总)?面积$", "", core(other.mention.text))
        if other.sentence == fact.sentence and crop and crop != core(other.mention.text):
            return reader.linked(fact, crop + ("单产" if "单" in fact.mention.text else "产量"), "said")
    return None


WHOLE = Whole(order=150, unlinked=True, read=_read)
