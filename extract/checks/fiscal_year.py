"""P901 fiscal-year: a report on one year tells of that year.

What:
    A self-assessment, settlement or summary whose head names its year. Three things date it to another one: a goal or a
    result that is said to be the work of the year after (做好2023年防汛工作 in a report on 2022), the one heading or
    caption that names another year where all the others name the report's own in like words (2021年度支出决算情况 among
    2022年度收入决算情况), and in a settlement the cars and houses that are held at the end of the year before
    (截至2021年12月31日), where nothing is counted at the end of its own.

Why:
    Text carried over from the plan of another year describes what was not done, or not in the year that was paid for.

Fires:
    溪口县水利局2022年度项目支出绩效自评表
    项目名称	年初绩效目标	完成情况
    物资储备	切实做好2023年防汛工作，储备救生衣200件	已储备救生衣200件

Left alone:
    溪口县水利局2022年度项目支出绩效自评表
    项目名称	年初绩效目标	完成情况
    物资储备	2023年底前建成物资仓库，为2023年防汛工作做好准备	编制完成2023年防汛工作方案

False alarms:
    A project of several years whose goal of a later year is told in the same form.

Source:
    observed in reports

In Chinese:
    某一年度的报告应当讲该年度的事；目标、标题或资产的截止日期属于另一年度的，应予核实。
    跨年度项目以同样形式写明以后年度目标的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from extract.checks._words import bare
from extract.relations import CheckRule, Context, Relation
from extract.repair import OPENER
from extract.segments import clauses, sentences
from extract.types import Block, Document, Span

_REPORT = re.compile(r"自评|绩效|总结|决算|评价|述职|报告")
"""Titles of reports on a year that is over."""
_OTHER_GENRE = re.compile(r"计划|方案|规划|预算(?!.{0,12}(?:自评|绩效|执行|评价|决算))|政府工作报告|草案|通知|意见|要点|安排")
_OF_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)\s*年\s*度?")
_HEAD = 12
"""The year of a report stands within so many blocks."""
_GOAL = re.compile(r"目标|完成|指标|任务|实现|实施|产出|效益|成效|主要工作|工作情况|开展情况|履职")
_AHEAD = re.compile(r"下一?步|下一?阶段|下一?年|明年|来年|次年|计划|打算|建议|改进|存在|问题|整改|展望|思路|安排|应用|偏差|原因")
_WORK = re.compile(
    r"(?:做好|抓好|完成|开展|落实|推进|保障|确保|实施|组织|实现|执行)了?(?:[^，。；、\d]{0,8}?)(?P<year>20\d\d)\s*年\s*度?"
    r"(?=(?:[全我]?[省市县区镇乡]|我局|本?单位|各项|年度)?"
    r"(?:汛期|防汛|三防|防旱|抗旱|防风|防台|森林|草原|暑期|安全|消防|地质|应急|防灾|重点|目标|绩效|各项|工作|任务|整治|检查|培训|宣传|演练))"
)
_RESULT = re.compile(
    r"\s*(?P<year>20\d\d)\s*年\s*度?，?(?:全[省市县区镇乡]|我[省市县区镇局]|本?单位|我?单位|全年)?(?:共(?![建同产享])|累计|全年共)(?=[^，。；]{0,16}\d)"
)
"""A sentence that opens with its year and counts what was done."""
_NOT_YET = re.compile(
    r"为.{0,12}(?:准备|奠定|打下|基础|筹备|铺垫)|提前|谋划|筹划|筹备|准备|编制|部署|制定|制订|印发|起草|储备项目|申报|预算|采购|招标|下达|计划|方案|要点|规划|安排|签订|签署|合同"
)
_MEANS = re.compile(r"经费|资金|物资|立项|入库")
"""What is there before the year for which it is meant."""
_BESIDE = re.compile(r"结转|结余|[上去往历近前]年|上年度|对比|比较|同期|变动|增减|基期")
"""Headings that set another year beside the report's own."""
_RANGE_BEFORE = re.compile(r"(?:20\d\d\s*年?度?\s*[-—–~～至到、和及与]\s*)$")
_RANGE_AFTER = re.compile(r"\s*[-—–~～至到、和及与]\s*20\d\d")
_TITLES = re.compile(r"《[^《》]{0,80}》|“[^“”]{0,60}”")
_SETTLEMENT = re.compile(r"决算")
_AS_AT = re.compile(r"截[至止到]\s*(?P<year>20\d\d)\s*年\s*(?:12\s*月\s*31\s*日|年?[末底])")
_HELD = re.compile(r"车辆|房屋|土地|设备|资产|占[有用]")
_NEAR = 40
_FEWEST = 2
"""So many headings that name the report's year make it the rule of the document."""
_LONGEST_HEADING = 60
_ALIKE = 4
"""Headings that begin or end with so many of the same characters behind their year are of one kind (部门决算, 决算情况)."""


def find(context: Context) -> Iterator[Relation]:
    """Words that date the content to another year than the head of the report."""
    year = context.document.about.year
    for stated, places in _by_year(carried_over(context.document)):
        yield Relation(
            type="implied",
            roles={},
            holds=False,
            places=places,
            note=f"年度不一致：报告为{year}年度，此处写的是{stated}年",
            note_en=f"The report is on {year}, this is dated to {stated}",
        )


def carried_over(document: Document) -> Iterator[tuple[Span, str]]:
    """The places that name another year than that of the report, and the year they name."""
    year = document.about.year
    if year.isdecimal() and _is_of_the_past(document, year):
        yield from chain(_works(document, year), _headings(document, year), _stocks(document, year))


def _by_year(found: Iterable[tuple[Span, str]]) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """The places of each other year: text that was carried over is one cause."""
    years: dict[str, list[Span]] = {}
    for place, stated in found:
        years.setdefault(stated, []).append(place)
    yield from ((stated, tuple(sorted(places))) for stated, places in years.items())


def _is_of_the_past(document: Document, year: str) -> bool:
    """Whether the title is that of a report on a year that is over, and the head of the document names that year."""
    title = bare(document.about.title)
    if not _REPORT.search(title) or _OTHER_GENRE.search(title):
        return False
    head = document.blocks[:_HEAD]
    years = {match["year"] for match in _OF_YEAR.finditer(title)}
    return years == {year} or (not years and any(year in block.span.of(document.text) for block in head))


def _works(document: Document, year: str) -> Iterator[tuple[Span, str]]:
    """Goals and results that are said to be the work of the year after."""
    following = str(int(year) + 1)
    if f"{following}年" not in document.text:
        return
    text = document.text
    for block in document.blocks:
        if following not in block.span.of(text) or not _tells_of_work(block, document):
            continue
        for sentence in sentences(text, block.span):
            opening = _RESULT.match(sentence.of(text))
            if opening is not None and opening["year"] == following:
                yield Span(sentence.start + opening.start("year"), sentence.start + opening.end("year") + 1), following
        for clause in clauses(text, block.span):
            words = clause.of(text)
            match = _WORK.search(words)
            if match is None or match["year"] != following or _NOT_YET.search(words) or _MEANS.search(words):
                continue
            start, end = match.span("year")
            quoted = any(title.start() < start < title.end() for title in _TITLES.finditer(words))
            if quoted or _RANGE_BEFORE.search(words[:start]) or _RANGE_AFTER.match(words, end):
                continue
            yield Span(clause.start + start, clause.start + end + 1), following


def _stocks(document: Document, year: str) -> Iterator[tuple[Span, str]]:
    """What a settlement counts at the end of the year before, where nothing is counted at the end of its own."""
    if not _SETTLEMENT.search(bare(document.about.title)):
        return
    text, before = document.text, str(int(year) - 1)
    found = [match for block in document.blocks for match in _AS_AT.finditer(text, block.span.start, block.span.end)]
    if any(match["year"] == year for match in found):
        return
    for match in found:
        if match["year"] == before and _HELD.search(text[match.end() : match.end() + _NEAR].partition("。")[0]):
            yield Span(match.start("year"), match.end("year") + 1), before


def _tells_of_work(block: Block, document: Document) -> bool:
    """Whether a block stands under a header or heading of goals or results, and under none of what is to come."""
    path = "/".join(document.section_path(block.section))
    if block.cell is not None:
        table = document.tables[block.cell.table]
        column = block.cell.column
        header = "/".join(table.headers[column]) if column < len(table.headers) else ""
        labels = "/".join(table.labels[block.cell.row]) if block.cell.row < len(table.labels) else ""
        return bool(_GOAL.search(header + labels)) and not _AHEAD.search(header + labels)
    return bool(_GOAL.search(path)) and not _AHEAD.search(path)


def _headings(document: Document, year: str) -> Iterator[tuple[Span, str]]:
    """The one heading or caption that names another year than all the others, which speak in like words of the report's own."""
    own: list[_Heading] = []
    others: list[_Heading] = []
    for block in document.blocks[1:]:
        words = block.span.of(document.text)
        if block.kind not in ("heading", "caption", "title") or len(words) > _LONGEST_HEADING:
            continue
        found = list(_OF_YEAR.finditer(words))
        if (
            len(found) != 1
            or not found[0][0].endswith("度")
            or _AHEAD.search(words)
            or _BESIDE.search(words)
            or _NOT_YET.search(words.replace("预算执行", ""))
        ):
            continue
        start, end = found[0].span()
        heading = _Heading(Span(block.span.start + start, block.span.start + end), found[0]["year"], words[:start].strip(), bare(words[end:]))
        (own if heading.year == year else others).append(heading)
    if len(own) < _FEWEST or len(others) != 1:
        return
    title = document.about.title
    own.extend(_Heading(others[0].place, year, "", bare(title[match.end() :])) for match in _OF_YEAR.finditer(title))
    if _is_of_one_kind(others[0], own):
        yield others[0].place, others[0].year


class _Heading(NamedTuple):
    """A heading with the words before and behind its year."""

    place: Span
    year: str
    before: str
    after: str


def _is_of_one_kind(heading: _Heading, own: Sequence[_Heading]) -> bool:
    """Whether a heading speaks in like words as those of the report's own year, and in the same words only where it is one of
    them, told again under its number (in the contents and above the text): else the other year is compared with."""
    same = [one for one in own if one.after == heading.after]
    if same:
        return any(bare(one.before) == bare(heading.before) for one in same) and OPENER.match(heading.before) is not None
    words = heading.after
    return len(words) >= _ALIKE and any(words[:_ALIKE] == one.after[:_ALIKE] or words[-_ALIKE:] == one.after[-_ALIKE:] for one in own)


CHECK = CheckRule(code="P901", name="fiscal-year", name_zh="所属年度", severity="warning", find=find, equation=False)
