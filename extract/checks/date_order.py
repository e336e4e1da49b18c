"""P902 date-order: dates stand in an order that is possible, and on days that the calendar has.

What:
    A stretch from one date to another that ends before it begins (8月7日至4日, 2021年5月—2021年3月); works that are finished before they
    are begun (2022年6月开工，2022年3月竣工); figures of a day after the day on which the report is dated (截至…); days that no
    calendar has (6月31日).

Why:
    One of the two dates is wrong, and with it the period that the figures beside it are for.

Fires:
    一、救灾情况
    8月17日至14日转移安置群众419人。

Left alone:
    一、救灾情况
    8月4日至7日转移安置群众419人。12月5日至2月10日为冬春救助期。2月29日召开会议。

False alarms:
    A project that is accepted in stages, the first of which ends before the next begins.

Source:
    The calendar.

In Chinese:
    日期的先后应当可能：起在止前，开工在竣工前，统计截止日不晚于报告日；日历上没有的日子（6月31日）也会提示。
    分期验收、首期早于后期开工的项目，可能误报。
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from itertools import pairwise

from extract.checks._dates import Date, dates_in
from extract.relations import CheckRule, Context, Relation
from extract.segments import sentences
from extract.types import Span

_LONE_END = re.compile(r"\s*(?:至|到|-|—|–|－|~|～|——)\s*(?P<day>\d{1,2})\s*日(?!内|以)")
_TO = re.compile(r"\s*(?:（[^（）]{1,6}）)?\s*(?:至|到|-|—|–|－|~|～|——|--)\s*")
_BEGIN = re.compile(r"^[^，。；\d]{0,8}?(?:开工|动工|启动|开始施工|立项|开始|进场)")
_FINISH = re.compile(r"^[^，。；\d]{0,8}?(?:竣工|完工|建成|验收|完成施工|结束|交付|投入使用)")
_STAGES = re.compile(r"[一二三四\d]期|[一二三四\d]标段|分别|阶段|批|次年|翌年")
_DATED = re.compile(
    r"(?:^|\n)\s*(?:报告|填报|填表|编制|自评|报送|编报|上报)(?:日期|时间)\s*[：:]\s*(?P<year>20\d\d)\s*年\s*(?P<month>1[0-2]|0?[1-9])\s*月\s*(?P<day>\d{1,2})\s*日"
)
_UNTIL = re.compile(r"截[至止]到?\s*$")
_FORECAST = re.compile(r"将[于在达]|预计|计划|拟于|有效期|之前")


def find(context: Context) -> Iterator[Relation]:
    """Dates that cannot stand so."""
    text = context.text
    dated = _DATED.search(text)
    report = (int(dated["year"]), int(dated["month"]), int(dated["day"])) if dated else None
    for block in context.document.blocks:
        if text.find("月", block.span.start, block.span.end) < 0:
            continue
        for sentence in sentences(text, block.span):
            dates = list(dates_in(text, sentence))
            for date in dates:
                if date.day is not None and not _exists(date):
                    yield _impossible((date.span,), text, "日期不存在", "There is no such day")
            for first, second in pairwise(dates):
                if _TO.fullmatch(text, first.span.end, second.span.start) and _before(second, first):
                    yield _impossible((first.span, second.span), text, "起止日期颠倒", "The stretch ends before it begins")
            for date in dates:
                end = _LONE_END.match(text, date.span.end, sentence.end)
                if end and date.day is not None and int(end["day"]) < date.day:
                    span = Span(end.start("day"), end.end())
                    yield _impossible((date.span, span), text, "起止日期颠倒", "The stretch ends before it begins")
            yield from _works(text, sentence, dates)
            if report is not None:
                yield from _later(text, sentence, dates, report)


def _exists(date: Date) -> bool:
    longest = monthrange(date.year or 2000, date.month)[1]
    return date.day is not None and 1 <= date.day <= longest


def _before(one: Date, other: Date) -> bool:
    """Whether a date lies before another beyond doubt: months without years may lie in two years."""
    if one.year is not None and other.year is not None:
        days = (one.day, other.day) if one.day is not None and other.day is not None else (0, 0)
        return (one.year, one.month, days[0]) < (other.year, other.month, days[1])
    if one.year is None and one.month == other.month and one.day is not None and other.day is not None:
        return one.day < other.day
    return False


def _works(text: str, sentence: Span, dates: list[Date]) -> Iterator[Relation]:
    """Works that are finished before they are begun; only where both years are said."""
    begun = [date for date in dates if _BEGIN.match(text[date.span.end : sentence.end])]
    done = [date for date in dates if _FINISH.match(text[date.span.end : sentence.end])]
    if len(begun) == len(done) == 1 and begun[0].year and done[0].year and _before(done[0], begun[0]) and not _STAGES.search(sentence.of(text)):
        yield _impossible((begun[0].span, done[0].span), text, "完工早于开工", "It is finished before it is begun")


def _later(text: str, sentence: Span, dates: list[Date], report: tuple[int, int, int]) -> Iterator[Relation]:
    """Figures of a day after the day on which the report is dated."""
    for date in dates:
        until = _UNTIL.search(text, max(sentence.start, date.span.start - 4), date.span.start)
        if until and date.year and date.day and (date.year, date.month, date.day) > report and not _FORECAST.search(sentence.of(text)):
            shown = f"{report[0]}年{report[1]}月{report[2]}日"
            yield _impossible((date.span,), text, f"晚于报告日期（{shown}）", f"Later than the date of the report ({shown})")


def _impossible(places: tuple[Span, ...], text: str, why: str, why_en: str) -> Relation:
    words = "、".join(place.of(text) for place in places)
    return Relation(type="implied", roles={}, holds=False, places=places, note=f"{why}：{words}", note_en=f"{why_en}: {words}")


CHECK = CheckRule(code="P902", name="date-order", name_zh="日期先后", severity="info", find=find, preview=True)
