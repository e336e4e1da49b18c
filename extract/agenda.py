"""Where a text tells what is to be done although no heading beside the numbers says so.

A plan or a rule says it once for all: in its title (工作要点, 奖励办法), in a heading with the year after the report's own, or in
a sentence that opens the list of what will be done (为实现上述目标，重点做好以下工作：), or before the colon of one sentence
(明年工作预期：缴存19.8亿元；提取13.5亿元左右).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice, takewhile

from extract.types import Block, Document, Section, Span

_TITLE = re.compile(
    r"(?:(?:工作|行动|实施|整治|攻坚|推进|年度|建设)(?:计划|方案|规划|安排|部署)|工作要点|任务清单|任务分工|规划纲要"
    r"|(?:实施|指导|若干)意见|(?:[奖补]|管理|考核|评价|实施|认定|收费)[^，。]{0,6}(?:办法|细则|标准)|若干(?:政策)?(?:措施|规定)|关于(?:做好|加强|开展|组织|推进|进一步)[^，。]{2,40}的通知)"
    r"(?:[（(][^）)]*[）)])?(?:》?的(?:通知|意见))?$"
)
_LOOKS_BACK = re.compile(r"完成|执行|总结|报告|评[估价]|自评|情况|说明|进展|回顾|存在|不足|问题|分析")
# What a plan says of how things stand: 现状, 基础, 成效.
_STANDS = re.compile(r"现状|基础|背景|成效|成绩|概况|情况|回顾|问题|形势|总结")
_OPENER = re.compile(
    r"(?:做好|抓好|推进|落实|开展|实施|完成|突出|聚焦)(?:好)?(?:以下|下列|如下)[^。！？；\n]{0,12}(?:工作|任务|方面|重点|举措)[：:。]?$"
)
_TO_COME = re.compile(r"(?:要|将|必须|下一?步|明年|新的一年)")
_GOAL = re.compile(r"预期目标|(?:要|为)?(?:实现|完成|围绕)(?:上述|以上|这些|今年|全年|上面)[^。；\n]{0,10}(?:目标|任务)")
_GONE = re.compile(r"[年月]来|以来|过去|去年|上年|回顾|了(?:以下|下列|如下)|主要(?:做法|成效)|上半年|前[一二三1-3]季度")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_AHEAD = re.compile(
    r"(?:^|[。！？\n])\s*(?:(?P<year>20\d\d)年|明年|来年|下一?年度?|新的一年)[^。！？；，：:\n\d]{0,8}(?:预期|打算|计划|安排|目标|设想|展望|之计)[：:](?P<list>[^。！？\n]+)"
)
# 【来年】开放床位900张; 围绕上述目标，我们要…: such a paragraph tells to its end what is to be done.
_PARAGRAPH = re.compile(
    r"(?:^|\n)[ 　]*(?:【(?:来年|明年|下一?年度?|新的一年|下一?步|(?P<year>20\d\d)年)[^】\n]{0,8}】"
    r"|(?:围绕|为了?|锚定|对照)(?:实现|完成)?(?:上述|以上|这些)(?:预期)?(?:目标|任务)[^，。\n]{0,6}，[^，。\n]{0,6}(?:(?<!主)要|将))(?P<list>[^\n]+)"
)
# 2025年，预期税收收入3500万元；户厕改造300户；新建农田4200亩: one word tells of all to the end of the sentence.
_EXPECTS = re.compile(r"(?:^|[。！？\n])[ 　]*(?P<year>20\d\d)年，(?=预期|力争)(?P<list>[^。！？\n]+)")
_PROPOSES = re.compile(r"(?:^|[，,。；;])[^，,。；;\n]{0,8}建议[：:]$")
_NUMERALS = re.compile(r"[一二三四五六七八九十百\d①-⑳]+")
_LONGEST_OPENER = 40
# Before an opener, characters in which its goal stands.
_GOAL_REACH = 600


class Agenda:
    """The stretches of a document that tell what is to be done; asked for many places, so found once."""

    def __init__(self, document: Document) -> None:
        self._spans: list[Span] = []
        for span in sorted(_stretches(document), key=lambda span: span.start):
            if not self._spans or span.end > self._spans[-1].end:
                self._spans.append(span)
        self._starts = [span.start for span in self._spans]

    def holds(self, position: int) -> bool:
        """Whether the text at ``position`` stands in such a stretch."""
        at = bisect_right(self._starts, position) - 1
        return any(position < span.end for span in self._spans[max(0, at) : at + 1])


def _stretches(document: Document) -> Iterator[Span]:
    about = document.about
    plan = _TITLE.search(about.title) and not _LOOKS_BACK.search(about.title)
    if plan:
        yield from _without(document, document.sections)
        return
    if about.year and about.year in about.title:
        yield from (section.span for section in document.sections if _later(section.title, about.year) and not _LOOKS_BACK.search(section.title))
    for pattern in (_AHEAD, _PARAGRAPH, _EXPECTS):
        opened = pattern.finditer(document.text)
        yield from (Span(*found.span("list")) for found in opened if not found["year"] or found["year"] > about.year > "")
    starts = [section.heading.start for section in document.sections]
    end = 0
    for block in document.blocks:
        if block.cell is None and block.span.start >= end and _opens(document, block.span):
            end = _end(document, block, bisect_left(starts, block.span.end))
            yield Span(block.span.end, end)


def _later(heading: str, year: str) -> bool:
    stated = _YEAR.search(heading)
    return stated is not None and stated[0] > year


def _without(document: Document, sections: tuple[Section, ...]) -> Iterator[Span]:
    """The text of a plan without the sections that say how things stand."""
    at = 0
    for section in sections:
        if section.span.start >= at and _STANDS.search(section.title):
            yield Span(at, section.span.start)
            at = section.span.end
    yield Span(at, len(document.text))


def _opens(document: Document, span: Span) -> bool:
    """Whether a paragraph ends with a sentence that opens a list of what is to be done.

    The same words open what was done (今年以来，重点做好以下工作): something has to look ahead, in the sentence or, as a goal, shortly before it.
    """
    text = document.text
    proposes = len(span) <= _LONGEST_OPENER and _PROPOSES.search(text, span.start, span.end)
    found = proposes or _OPENER.search(text, max(span.start, span.end - _LONGEST_OPENER), span.end)
    if found is None:
        return False
    start = max(span.start, text.rfind("。", span.start, found.start()) + 1)
    if _GONE.search(text, start, span.end):
        return False
    return bool(proposes) or bool(_TO_COME.search(text, start, found.start()) or _GOAL.search(text, max(0, span.start - _GOAL_REACH), found.start()))


def _end(document: Document, opener: Block, below: int) -> int:
    """Where the list behind ``opener`` ends: with its last section, else with the one that it stands in.

    ``below`` is the index of the first section behind it.
    """
    sections = document.sections
    own = sections[opener.section] if opener.section is not None else None
    limit = own.span.end if own is not None else len(document.text)
    if below == len(sections) or sections[below].parent != opener.section:
        return limit
    first = sections[below]
    style = _style(first)
    items = takewhile(lambda one: one.level > first.level or _style(one) == style, islice(sections, below, None))
    return min(limit, max(one.span.end for one in items))


def _style(section: Section) -> str:
    """How the sections of one list are numbered: （）, 、, 1. without the numerals."""
    return str(_NUMERALS.sub("", section.number))
