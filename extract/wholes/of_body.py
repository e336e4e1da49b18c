"""指挥中心编制数 is 编制数 of a body: what the catalogue knows, behind the name of a body or place, or behind 实现."""

from __future__ import annotations

import re

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole

_NAME = (
    r"(?:省|市|区|县|镇|(?<!城)乡|街道|局|厅|委|公司|集团|中心|站|所|室|指挥部|[大支总中]队|部门|机关|单位|机构|(?<!农)村|社区|系统|本级|[省市县区镇乡]级|\d时|"
    r"北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|全国|我国)"
)
_NAMED = re.compile(_NAME)
_BODY = re.compile(rf"{_NAME}(?:现有|共有|实有|去年|今年|全年|年度|全部|共|核定|实现|完成)*$")
_LONGEST_BODY = 30


def _read(fact: Fact, reader: Reader) -> Link | None:
    if reader.own[fact.id].how not in ("open", "ranked") or fact.kind in ("other", "score", "max_score"):
        return None
    words = core(fact.mention.text, fact.kind)
    first = _NAMED.search(words)
    if first is None:
        return None
    for at in range(max(2, first.end()), min(len(words) - 1, _LONGEST_BODY)):
        if not _BODY.search(words[:at]):
            continue
        if link := reader.known(fact, words[at:], "body"):
            return link
    return None


WHOLE = Whole(order=240, unlinked=True, read=_read)
