"""N702 list-repeat: two items of one list do not carry one number.

What:
    The number marks of headings and items in order, each style by itself. Nested lists that restart and lists that go on after
    a nested one are followed; only a number that repeats the one before it, in a list that has reached it, is reported.

Why:
    A doubled number is the trace of a pasted or dropped section; what was cut with it may be missed.

Fires:
    （一）组织领导
    加强组织领导。
    （二）监督检查
    加强监督检查。
    （三）宣传教育
    加强宣传教育。
    （三）应急演练
    组织应急演练。

Left alone:
    （一）组织领导
    加强组织领导。
    （二）监督检查
    加强监督检查。
    （一）事故情况
    没有发生事故。
    （二）灾害情况
    没有发生灾害。

False alarms:
    Two lists without a first item that stand one after the other.

Source:
    GB/T 9704-2012 7.3.3（结构层次序数依次使用）

In Chinese:
    同一列举中不应有两项用同一序号。
    前后相连、都缺第一项的两个列举，可能误报。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._sequence import is_whole, steps
from extract.relations import CheckRule, Context, Relation
from extract.types import Span


def find(context: Context) -> Iterator[Relation]:
    """Number marks that repeat the mark before them, unless rows of a table between the two count up to the second."""
    rows: dict[tuple[str, int], int] = {}
    for step in steps(context):
        marker = step.marker
        if step.in_table:
            rows[marker.style, marker.number] = marker.span.start
        elif step.kind == "repeat" and step.before is not None and rows.get((marker.style, marker.number - 1), -1) < step.before.span.start:
            yield _repeat(step.before.span, step.marker.span, context)


def _repeat(first: Span, second: Span, context: Context) -> Relation:
    mark = second.of(context.text).strip()
    return Relation(
        type="implied",
        roles={},
        holds=False,
        certain=is_whole(first, second, context),
        places=(first, second),
        note=f"序号重复：两处均编号“{mark}”",
        note_en=f"Two items carry the number “{mark}”",
    )


CHECK = CheckRule(code="N702", name="list-repeat", name_zh="序号重复", severity="warning", find=find, equation=False)
