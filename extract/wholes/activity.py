"""培训基层骨干 in 人次 is 培训人次: whom one trains, and what one checks, is no part of the name."""

from __future__ import annotations

import re

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole

# What is done, in what it is counted, and what that is called, whoever it is done to and whatever it is about.
_ACTIVITIES: tuple[tuple[re.Pattern[str], frozenset[str], str], ...] = (
    (
        re.compile(r".{0,8}培训|(?:免费|集中|轮训|组织|业务)*培训.{2,20}(?:人员|人才|干部|职工|员工|群众|骨干|对象|队员|负责人|学员|农民|教师)"),
        frozenset({"人次"}),
        "培训人次",
    ),
    (re.compile(r".{0,20}(?:检查|巡查|抽查).{0,16}"), frozenset({"家次"}), "检查企业家次数"),
    (re.compile(r".{1,6}(?<!消防)(?<!灭火)(?<!疏散)演练"), frozenset({"场", "次", "场次"}), "应急演练场次"),
    (re.compile(r"(?:共|先后|累计)?启动.{0,14}应急响应"), frozenset({"次"}), "应急响应启动次数"),
    (re.compile(r".{0,24}专题研究安全生产(?:工作)?"), frozenset({"次"}), "专题研究安全生产次数"),
)


def _read(fact: Fact, reader: Reader) -> Link | None:
    if fact.antecedent:
        return None
    words = core(fact.mention.text)
    for pattern, units, name in _ACTIVITIES:
        if fact.quantity.unit in units and pattern.fullmatch(words):
            return reader.linked(fact, name, "activity")
    return None


WHOLE = Whole(order=220, unlinked=True, kinds=frozenset({"level", "target"}), dimensions=frozenset({"count"}), read=_read)
