"""An ordinal: 第一, 第3次, 第十批, 初一, 小（1）型, 二期工程, 3号楼, 一等奖, 前三名.

Why: an ordinal says which one, not how many.
Example: 排名全省第3位 → ordinal.
Left alone: law articles and chapters (their own patterns), 分四期, 12期培训班, those who are taken (奖励前三名).
Source: observed in reports.
"""

from __future__ import annotations

import re

from extract.knowledge import Pattern, Window
from extract.patterns._grammar import ARABIC_START, HAN_START, D, numeral
from extract.types import Numeral

_CHAPTER = re.compile(r"\s?[章节编篇]")
_PAGE = re.compile(r"\s?页")


def read(match: re.Match[str], where: Window) -> Numeral | None:
    if match["after"]:
        rest = where.text
        if _CHAPTER.match(rest, match.end(), where.end):
            return numeral(match, "section_number")
        if _PAGE.match(rest, match.end(), where.end):
            return numeral(match, "page_number")
    return numeral(match, "ordinal")


PATTERN = Pattern(
    name="ordinal",
    rank=28,
    starts=ARABIC_START + HAN_START,
    needs="第型初次等期楼号室房手产审稿模甲级高大前",
    regex=rf"""
    (?P<after>(?:(?<=第)|(?<=第\ ))(?:[{D}]{{1,6}}|[〇零一二三四五六七八九十百千万]{{1,8}})
     (?:[、和至到—~～-]第?(?:[{D}]{{1,6}}|[一二三四五六七八九十百]{{1,6}})(?=[批次期季届位名轮阶]))?)
    |(?<=小[（(])[12一二][)）]型
    |(?<=初)(?<![年最]初)[一二三四五六七八九十]{{1,2}}(?![中年级步])
    |(?<=[大协会届委较比])[一二三四五六七八九十{D}]{{1,2}}次(?:全体)?(?:会议|全会)
    |[一二三四五六七八九特]等(?:奖|功|次|座|品)
    |[一二三四五六七八九十{D}]{{1,2}}期(?:工程|项目|建设|扩建|厂房|规划|地块|用地)
    |[一二三四五六七八九十{D}]{{1,4}}(?:楼(?![宇房盘栋])|号)(?![令个家栋次人万])
    |(?<![{D}.])[{D}]{{3,4}}(?:室|房间?(?!屋))
    |[一二三](?:把手|手房|手车|产(?!品)|审|稿|模|甲医|级甲|级乙)
    |(?<=[初高大])[一二三四](?=学生|年级|毕业|班)
    |[一二三四五六七八九1-9]年级
    |(?<=前)(?<![奖取选录目提此之以年日月天]前)[一二两三四五六七八九十{D}]{{1,3}}[名位强批](?!次)
    """,
    read=read,
)
