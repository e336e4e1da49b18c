"""P904 clock-count: the time that something took is that from its first time of day to its last.

What:
    历时3小时26分 behind 14时26分 and 17时52分 of its sentence; 距接警19分钟 and 自接警至扑灭历时2小时9分 with the time of day at which the
    paragraph tells of the call (接警, 报警) and the last one before the figure.

Why:
    Whether help came in time is what an inquiry into an accident has to find, and it is read from this figure.

Fires:
    一、应急处置
    14时29分，消防站接到报警，首批力量于14时38分到场，距接警19分钟。

Left alone:
    一、应急处置
    14时29分，消防站接到报警，首批力量于14时38分到场，距接警9分钟；此时距起火已15分钟。

False alarms:
    A time counted from an event that is told elsewhere: only a figure that one slip of the pen explains, and that is between no two times
    of the paragraph, is reported.

Source:
    The clock.

In Chinese:
    所述用时应等于起止时刻之差（14时26分至17时52分，历时3小时26分）。
    从别处所述事件算起的用时，可能误报；只报一处笔误能解释的。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from extract.checks._slips import variants
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact, Span

_UNITS = frozenset({"小时", "分钟", "分"})
_TIME = re.compile(
    r"(?<![\d.:：第])(?:(?:(?P<month>1[0-2]|0?[1-9])月)?(?P<day>[12]\d|3[01]|0?[1-9])日|(?P<next>次日|翌日))?"
    r"(?P<half>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上?)?"
    r"(?:(?P<hour>2[0-4]|[01]?\d)时(?:(?P<minute>[0-5]?\d)分(?!钟)许?|(?!许|\d))|(?P<hour2>2[0-4]|[01]\d)[:：](?P<minute2>[0-5]\d)(?![:：\d]))"
    r"(?!左右|前后|间|段)"
)
_TAKEN = re.compile(
    r"(?:自|从)(?P<since>[^，。；：、\d]{2,8}?)(?:开始|起|算起)?[至到](?P<till>[^，。；：、\d]{2,8}?)(?:共|总|总共|一共)?(?:历时|用时|耗时)$"
    r"|距离?(?P<from>[^，。；：、\d]{2,8}?)(?:已经?|仅|只)?(?:有|过去?了?|用时|约)?$"
    r"|(?P<alone>历时|用时|耗时|持续)$"
)
_COUNTED_FROM = re.compile(r"^[^，。；]{0,2}[（(，][^，。；）)]{0,4}(?:自|从|按|不含|扣除)")
_EVENTS = tuple(
    re.compile(words)
    for words in (r"接警|报警|接报|警情|拨打119", r"起火|着火|引燃|燃起|火情", r"爆炸|爆燃", r"坍塌|垮塌|倒塌", r"事发|发生|出事|事故")
)
"""Words by which a paragraph tells of one event."""
_OVER = re.compile(r"[。；\n]|自|从|距")
"""Ends the words that tell what happened at a time of day."""
_PARTS = re.compile(r"(?:(?P<hours>\d{1,3})个?小时)?(?:(?P<minutes>\d{1,3})分钟?)?")
_DAY, _HOUR, _NOON = 24 * 60, 60, 12


class Moment(NamedTuple):
    """A time of day in minutes, counted from one day for all of a paragraph; ``words`` tell what happened then."""

    minutes: int
    span: Span
    words: str


def find(context: Context) -> Iterator[Relation]:
    """Durations behind the times of day of their paragraph."""
    moments: dict[int, tuple[Moment, ...]] = {}
    for fact in context.facts:
        if fact.quantity.unit not in _UNITS or fact.cell is not None or fact.quantity.bound != "=":
            continue
        said = _TAKEN.search(context.before(fact, fact.clause))
        if said is None or _COUNTED_FROM.match(context.after(fact, fact.sentence)):
            continue
        if fact.block not in moments:
            moments[fact.block] = tuple(_moments(context.text, context.document.blocks[fact.block].span))
        before = [one for one in moments[fact.block] if one.span.end <= fact.quantity.extent.start]
        here = [one for one in before if one.span.start >= fact.sentence.start]
        event = said["since"] or said["from"]
        start = _named(before[:-1], event) or _told_above(context, fact, event) if event else here[0] if len(here) == 2 else None
        if here and start is not None and start.minutes < here[-1].minutes:
            yield from _relation(context, fact, start, here[-1], before)


def _relation(context: Context, fact: Fact, start: Moment, end: Moment, told: Sequence[Moment]) -> Iterator[Relation]:
    parts = _PARTS.fullmatch(fact.quantity.extent.of(context.text))
    if parts is None:
        return
    stated = int(parts["hours"] or 0) * _HOUR + int(parts["minutes"] or 0)
    right = end.minutes - start.minutes
    holds = stated == right
    if not holds and any(abs(b.minutes - a.minutes) == stated for a, b in combinations(told, 2)):
        return
    hours, minutes = divmod(right, _HOUR)
    pairs = ((parts["hours"], hours), (parts["minutes"], minutes if parts["hours"] else right))
    if parts["minutes"] is None and minutes:
        return
    wrong = [(printed, value) for printed, value in pairs if printed is not None and int(printed) != value]
    needed = f"{hours}小时{minutes}分" if hours and minutes else f"{hours}小时" if hours else f"{minutes}分"
    shown = f"{start.span.of(context.text)}至{end.span.of(context.text)}"
    yield Relation(
        type="implied",
        roles={"facts": (fact.id,)},
        holds=holds,
        certain=holds or (len(wrong) == 1 and _slipped(*wrong[0])),
        places=(start.span, end.span),
        note=f"{shown}为 {needed}" + ("" if holds else f"，不是 {fact.quantity.extent.of(context.text)}"),
        note_en=f"From the first time to the last there are {right} minutes" + ("" if holds else f", not {stated}"),
    )


def _slipped(printed: str, value: int) -> bool:
    """Whether one slip of the pen leads from one number of hours or minutes to the other."""
    short, long = sorted((printed, str(value)), key=len)
    dropped = len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    return dropped or Decimal(value) in variants(printed)


def _named(moments: Sequence[Moment], event: str) -> Moment | None:
    """The one time of day at which the event is told."""
    telling = next((words for words in _EVENTS if words.search(event)), None)
    found = [one for one in moments if event in one.words or (telling is not None and telling.search(one.words))]
    return found[0] if len({one.minutes for one in found}) == 1 else None


def _told_above(context: Context, fact: Fact, event: str) -> Moment | None:
    """The one time of day at which the paragraphs before tell of the event, on the day of a paragraph that tells no day."""
    text, blocks = context.text, context.document.blocks
    if any(match["day"] or match["next"] for match in _TIME.finditer(text, blocks[fact.block].span.start, fact.quantity.extent.start)):
        return None
    above = (one for block in blocks[: fact.block] if "时" in (words := block.span.of(text)) or ":" in words for one in _moments(text, block.span))
    return _named([one._replace(minutes=one.minutes % _DAY) for one in above], event)


def _moments(text: str, within: Span) -> Iterator[Moment]:
    """The times of day of a passage, as long as the days can be told."""
    day, month = 0, 0
    matches = list(_TIME.finditer(text, within.start, within.end))
    for n, match in enumerate(matches):
        if match["day"]:
            month = int(match["month"] or month)
            found = _day(month, int(match["day"]))
            if found is None or found < day:
                return
            day = found
        day += match["next"] is not None
        hour = int(match["hour"] or match["hour2"])
        if match["half"] in ("下午", "傍晚", "晚", "晚上") and hour < _NOON:
            hour += _NOON
        end = matches[n + 1].start() if n + 1 < len(matches) else within.end
        words = _OVER.split(text[match.end() : end], maxsplit=1)[0]
        yield Moment(day * _DAY + hour * _HOUR + int(match["minute"] or match["minute2"] or 0), Span(*match.span()), words)


def _day(month: int, day: int) -> int | None:
    """The number of a day, in a year that has a 29 February; in no month that is known its own."""
    try:
        return date(2000, month, day).toordinal() if month else day
    except ValueError:
        return None


CHECK = CheckRule(code="P904", name="clock-count", name_zh="起止时刻", severity="error", find=find, equation=False)
