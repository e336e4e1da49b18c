"""过程类指标, 产出小计: the score of a section of the sheet."""

from __future__ import annotations

import re

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole

_SCORED = re.compile(r"(?P<of>.{2,6}?)(?:类?指标)?(?:小计|合计|得分)*")


def _read(fact: Fact, reader: Reader) -> Link | None:
    said = _SCORED.fullmatch(re.sub(r"(?:得分|分值|评分|权重|满分)$", "", core(fact.mention.text, fact.kind)))
    return reader.known(fact, said["of"] + "得分", "said") if said else None


WHOLE = Whole(order=100, unlinked=True, kinds=frozenset({"score", "max_score"}), read=_read)
