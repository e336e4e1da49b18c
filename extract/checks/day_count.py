"""P903 day-count: the days that something took are those from its first date to its last.

What:
    历时199天 beside 3月16日开工 and 9月30日贯通: the days between two dates of a sentence, one more where the first day counts too. The text
    says which where it says 含首尾 or 不含当日; else both are right. And the days before or after a term: 较计划完工时间10月31日晚20天,
    晚于约定交货日9日 where the term is told once.

Why:
    Whether works were late, and how long relief was needed, is read from the count, and the dates are what the files prove.

Fires:
    一、工期
    管道于2025年3月16日开工，9月30日贯通，历时189天（含首尾两日）。

Left alone:
    一、工期
    管道于2025年3月16日开工，9月30日贯通，历时199天（含首尾两日），扣除停工后有效施工160天。

False alarms:
    Days on which work rested, left out without a word: only a count that one slip of the pen explains is reported.

Source:
    The calendar.

In Chinese:
    所述天数应等于起止日期之间的天数；首日计不计入都算对，文中写明的除外。
    中间停工的天数没有说明的，可能误报；只报一处笔误能解释的。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.checks._dates import RANGE, Date, days_between, days_in
from extract.checks._deadlines import days_apart
from extract.checks._slips import variants
from extract.relations import CheckRule, Context, Relation
from extract.segments import sentences
from extract.types import Fact, Span

_DAYS = re.compile(r"(?:历时|持续|为期|用时|(?<!合同|计划|约定|要求)工期|共计?)\s*(?P<days>[1-9]\d{0,3})\s*个?(?:日历)?天(?!左右|以[上内下])")
_BOTH = re.compile(r"含[^，。；）]{0,8}(?:首尾|起止|当[日天])|首尾|算头算尾|含[^，。；）]{0,6}[、和][^，。；）]{0,6}[日天]")
_NOT_FIRST = re.compile(r"(?:不含|不计|除)[^，。；）]{0,6}[日天]")
_LESS = re.compile(r"扣除|不含|除去|剔除|停工|有效|累计|合同|计划|其中")
_REACH = 40
"""So many characters behind the second date the count stands."""
_NEAR = 16
"""So many characters around the count say how it was made."""


def find(context: Context) -> Iterator[Relation]:
    """Counts of days behind two dates of their sentence, and those before or after a term."""
    text = context.text
    by_start = {fact.quantity.span.start: fact for fact in context.facts}
    for apart in days_apart(context):
        # 5日 may be read as a day of the month, and is no fact then
        where = by_start.get(apart.start) or Span(apart.start, apart.start + len(apart.printed))
        yield _relation(context, where, apart.printed, apart.dates, (apart.right,))
    for block in context.document.blocks:
        if "天" not in block.span.of(text):
            continue
        for sentence in sentences(text, block.span):
            for match in _DAYS.finditer(text, sentence.start, sentence.end):
                fact = by_start.get(match.start("days"))
                before = [one for one in days_in(text, sentence) if one.span.end <= match.start()]
                # 7月15日签订协议，约定7月17日至21日施工，工期4天
                if len(before) > 2 and RANGE.fullmatch(text, before[-2].span.end, before[-1].span.start):
                    before = before[-2:]
                if fact is None or len(before) != 2 or match.start() - before[1].span.end > _REACH:
                    continue
                if _LESS.search(text, before[0].span.start, match.start()):
                    continue
                first, last = before
                length = days_between(first, last, context.document.about.year)
                if length is None:
                    continue
                around = text[max(last.span.end, match.start() - _NEAR) : min(sentence.end, match.end() + _NEAR)]
                right = (length,) if _NOT_FIRST.search(around) else (length + 1,) if _BOTH.search(around) else (length, length + 1)
                yield _relation(context, fact, match["days"], (first, last), right)


def _relation(context: Context, where: Fact | Span, printed: str, dates: tuple[Date, Date], right: tuple[int, ...]) -> Relation:
    stated = Decimal(printed)
    holds = stated in right
    shown = "至".join(date.span.of(context.text) for date in dates)
    return Relation(
        type="implied",
        roles={} if isinstance(where, Span) else {"facts": (where.id,)},
        holds=holds,
        certain=any(value in right for value in variants(printed)),
        places=(*((where,) if isinstance(where, Span) else ()), *(date.span for date in dates)),
        note=f"{shown}为 {right[-1]} 天" + ("" if holds else f"，不是 {stated} 天"),
        note_en=f"From the first date to the last there are {right[-1]} days" + ("" if holds else f", not {stated}"),
    )


CHECK = CheckRule(code="P903", name="day-count", name_zh="起止天数", severity="error", find=find, equation=False)
