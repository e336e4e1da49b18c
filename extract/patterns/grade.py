"""A grade or level: 四级响应, Ⅳ级, 三级指标, 二级医院, 7级大风.

Why: a grade names a step of a scale.
Example: 启动防汛Ⅳ级应急响应 → grade.
Left alone: levels that are counted (县乡村三级, 区镇两级).
Source: observed in reports.
"""

from __future__ import annotations

import re

from extract.knowledge import Pattern, Window
from extract.patterns._grammar import ARABIC_START, D, numeral
from extract.types import Numeral

_LEVELS = re.compile(r"(?:[国省市县区乡镇街村居社组户场站位科处厅局校院师团]|(?<!全)部|街道|社区|基层单位|单位|小组|企业|部门|班组)\s?$")
_ROMAN = re.compile(r"[Ⅰ-Ⅻ]")


def read(match: re.Match[str], where: Window) -> Numeral | None:
    if _ROMAN.match(match[0]):
        return numeral(match, "grade")
    if _LEVELS.search(where.text, max(where.start, match.start() - 4), match.start()):
        return None
    if match["step"] and match["step"] in "两":
        return None
    return numeral(match, "grade")


PATTERN = Pattern(
    name="grade",
    rank=36,
    starts=ARABIC_START + "一二三四五六七八九十ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
    needs="级类ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
    regex=rf"""
    [Ⅰ-Ⅻ]+
    |(?P<step>[一二三四五六七八九十]{{1,2}})(?:级(?!以来)|类(?=[^\s，。、；]{{0,3}}(?:村|苗|桥|地区|区|水|垃圾|场所|标准|企业|事故|高层)))
    |[{D}]{{1,2}}级(?=(?:以上|及以上|左右)?(?:大风|风|阵风|地震|响应|应急|预警|伤残|资质|以上大风))
    """,
    read=read,
)
