"""年初预算数 after which 追加 tells by how much: 预算调整数."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole


def _read(fact: Fact, reader: Reader) -> Link | None:
    if not fact.antecedent:
        return None
    before = reader.wide.get(fact.antecedent) or reader.own[fact.antecedent]
    if "预算数" not in before.name or not re.search("追加|调[增减整]|核[增减]", fact.mention.text):
        return None
    return reader.linked(replace(fact, kind="level"), "预算调整数", "column")


WHOLE = Whole(order=20, kinds=frozenset({"delta"}), dimensions=frozenset({"money"}), read=_read)
