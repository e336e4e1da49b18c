"""The bare 收入 and 支出 of a report on a body's budget."""

from __future__ import annotations

import re

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole

_OFFICE = re.compile(r"决算|预算|部门|单位|自评")


def _read(fact: Fact, reader: Reader) -> Link | None:
    words = core(fact.mention.text)
    if words not in ("收入", "支出"):
        return None
    about = reader.document.about.title + "".join(reader.document.section_path(fact.section))
    if reader.lead(fact, fact.clause).endswith("其他" + words):
        return reader.linked(fact, "其他" + words, "said")
    return reader.linked(fact, "本年" + words, "said") if _OFFICE.search(about) else None


WHOLE = Whole(order=140, cells=False, unlinked=True, kinds=frozenset({"level"}), dimensions=frozenset({"money"}), read=_read)
