"""新收 in a report on the disclosure of information: the requests received."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole

_REQUESTS = re.compile(r"(?:本?年)?(?:新收|收办|收到|受理|接收)(?:到)?(?:的)?(?:政府)?(?:信息公开)?(?:申请)?(?:案件|件)?数?量?")


def _read(fact: Fact, reader: Reader) -> Link | None:
    if fact.quantity.unit != "件" or not _REQUESTS.fullmatch(core(fact.mention.text, fact.kind)):
        return None
    about = "".join(reader.document.section_path(fact.section)) + reader.lead(fact, reader.document.blocks[fact.block].span)
    return reader.linked(replace(fact, kind="level"), "政府信息公开申请受理数", "said") if "信息公开" in about or "依申请公开" in about else None


WHOLE = Whole(order=160, unlinked=True, read=_read)
