"""The number of a table, a figure, an annex, a task: 表2, 附件1, 图3, 任务1, 案例2, 问题3, 公开01表.

Why: it names a place in the paper.
Example: 详见附件2 → label.
Left alone: the same words before an amount (任务3项, 问题12个).
Source: observed in reports.
"""

from __future__ import annotations

import re

from extract.knowledge import Pattern, Window
from extract.patterns._grammar import ARABIC_START, SCALES, D, numeral, unit_at
from extract.types import Numeral

_LEAD = re.compile(
    r"(?:附件|附表|附录|附图|续表|图表|任务|案例|问题|步骤|阶段|专题|专栏|方案|标段|包件|样本|样品|示例|例题|课题|公式|序号|编号|备注|注|(?:(?<![\u4e00-\u9fff])|(?<=[见如据附续由从在与和及]))[图表])\s?$"
)
_DECIMAL = re.compile(rf"[.．]?[{D}]|[张份个幅]")
_AMOUNT = re.compile(rf"[.．,，]?[{D}]|\s?{SCALES}|\s?[%％]|\s{{0,2}}[余多]")


def read(match: re.Match[str], where: Window) -> Numeral | None:
    if match["form"]:
        return numeral(match, "label")
    text = where.text
    lead = _LEAD.search(text, max(where.start, match.start() - 4), match.start())
    if lead is None:
        return None
    strong = lead[0].strip()[-1] in "件表图"
    if (_DECIMAL if strong else _AMOUNT).match(text, match.end(), where.end):
        return None
    if not strong and unit_at(where, match.end(), blanks=2):
        return None
    return numeral(match, "label")


PATTERN = Pattern(
    name="label",
    rank=32,
    starts=ARABIC_START + "一二三四五六七八九十",
    regex=rf"(?P<form>(?:(?<=公开)[{D}]{{1,2}}|0[{D}])(?:-[{D}])?(?=表))|(?<=[件表图录务例题骤段栏案包品课公式号注\s])(?:[{D}]{{1,3}}|[一二三四五六七八九十]{{1,2}}(?!、))",
    read=read,
)
