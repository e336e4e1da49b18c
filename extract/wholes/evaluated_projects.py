"""对15个项目开展绩效自评, 评为优的7个: the projects of an evaluation, all or by their grade."""

from __future__ import annotations

import re

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import LEAD, Reader, Whole

_EVALUATION = re.compile(r"自评|绩效|评价")
_RATED = re.compile(r"(?:绩效)?(?:评级|评价|评定|自评|结果|等级|等次|评|项目|为|的)*(?:优秀?|良好?|中|差|不?合格|较差|一般)(?:等级|等次|的|级|项目)*")


def _read(fact: Fact, reader: Reader) -> Link | None:
    if fact.quantity.unit not in ("个", "项"):
        return None
    end = min(fact.sentence.end, fact.quantity.extent.end + LEAD)
    words, said = core(fact.mention.text), reader.lead(fact, fact.sentence) + reader.document.text[fact.quantity.extent.start : end]
    about = reader.document.about.title + "".join(reader.document.section_path(fact.section))
    if "项目" not in said or not (_EVALUATION.search(about) or _EVALUATION.search(said)):
        return None
    bare = not words and fact.mention.text == "项目" and (_EVALUATION.search(said) or "得分" in said)
    return reader.linked(fact, "绩效自评项目数", "said" if bare else "slice") if bare or _RATED.fullmatch(words) else None


WHOLE = Whole(order=180, cells=False, unlinked=True, kinds=frozenset({"level", "target"}), read=_read)
