"""N703 list-gap: the items of a list are numbered without a gap.

What:
    The marks 一、 （一） and 一是 in order. A mark that skips one or two numbers after the mark before it in its list is reported, unless
    the number that is missed stands anywhere between them, however it is written.

Why:
    A skipped number is the trace of a section that was cut; what was promised in it is not reported.

Fires:
    （一）组织领导
    加强组织领导。
    （二）监督检查
    加强监督检查。
    （四）宣传教育
    加强宣传教育。

Left alone:
    （一）组织领导
    加强组织领导。
    （二）监督检查
    一是检查企业。二是检查工地。
    （三）宣传教育
    加强宣传教育。

False alarms:
    A mark that was lost when the text was taken out of its file. A list of selected items that keeps their numbers.

Source:
    GB/T 9704-2012 7.3.3（结构层次序数依次使用）

In Chinese:
    同一列举的序号不应跳号。
    读取文件时丢失的序号，或只摘录部分条目而保留原序号的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._sequence import Step, is_whole, steps
from extract.relations import CheckRule, Context, Relation
from extract.types import ListMarker

MOST = 2
"""A mark that skips more numbers than this belongs to another list."""
_HAN = "零一二三四五六七八九"
_OTHER_MARK = re.compile(r"(?:^|[\s。；;])(?:\d{1,2}[、.．)）]|[①-⑳]|[（(]\d{1,2}[)）])")

_OTHER_WORD = re.compile(r"其次|再次|再者|此外|另外|另一方面|同时要|还要|最后")
"""What a further item begins with where it has no number."""


def find(context: Context) -> Iterator[Relation]:
    """Marks that skip a number."""
    for step in steps(context):
        before = step.before
        if step.kind != "gap" or before is None or step.marker.number - before.number > MOST + 1:
            continue
        missed = range(before.number + 1, step.marker.number)
        if _is_elsewhere(step, before, missed, context):
            continue
        marks = before.span.of(context.text).strip(), step.marker.span.of(context.text).strip()
        yield Relation(
            type="implied",
            roles={},
            holds=False,
            certain=is_whole(before.span, step.marker.span, context),
            places=(before.span, step.marker.span),
            note=f"序号不连续：“{marks[0]}”之后是“{marks[1]}”",
            note_en=f"A number is skipped: “{marks[0]}” is followed by “{marks[1]}”",
        )


def _is_elsewhere(step: Step, before: ListMarker, missed: range, context: Context) -> bool:
    """Whether a missed mark stands between the two in some form, or marks of another list do, so that nobody can tell."""
    between = context.text[before.span.end : step.marker.span.start]
    if step.marker.style == "han_is" and (_OTHER_MARK.search(between) or _OTHER_WORD.search(between)):
        return True
    return any(re.search(rf"(?:{_written(number)}|(?<!\d){number})\s*[）)、.．，,是：:要则来者]", between) for number in missed)


def _written(number: int) -> str:
    """The number as a list mark: 3 is 三, 12 is 十二, 21 is 二十一."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_HAN[tens]}十"
    return ten + (_HAN[ones] if ones else "")


CHECK = CheckRule(code="N703", name="list-gap", name_zh="序号缺项", severity="info", find=find, preview=True)
