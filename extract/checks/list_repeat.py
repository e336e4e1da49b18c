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
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extract.outline import list_markers
from extract.relations import CheckRule, Context, Relation
from extract.types import Span

RUNS_ON = frozenset({"han", "han_brackets", "han_is"})
"""Styles that a document numbers by hand; Arabic marks often come from lists that restart on their own."""


_ENDS = regex.compile(r"[。；;：:！？!?”）)…]$")
_SHORTEST_LINE = 40
"""A paragraph longer than this that ends without a mark was cut."""


def find(context: Context) -> Iterator[Relation]:
    """Number marks that repeat the mark before them."""
    open_lists: dict[str, list[tuple[int, Span]]] = {}
    starts = {block.span.start for block in context.document.blocks}
    tables = [table.span for table in context.document.tables]
    in_table = 0
    for marker in list_markers(context.document):
        while in_table < len(tables) and tables[in_table].end <= marker.span.start:
            in_table += 1
        if marker.style not in RUNS_ON or (in_table < len(tables) and tables[in_table].start <= marker.span.start):
            continue
        if marker.style != "han_is" and marker.span.start not in starts:
            # 第一、二、三产业 inside a sentence counts no items
            continue
        stack = open_lists.setdefault(marker.style, [])
        # an outer heading closes the lists inside it
        for style, inner in open_lists.items():
            if style != marker.style and _depth(style) > _depth(marker.style):
                inner.clear()
        here = (marker.number, marker.span)
        if marker.number == 1:
            stack.append(here)
        elif any(number == marker.number - 1 for number, _ in stack):
            while stack[-1][0] != marker.number - 1:
                stack.pop()
            stack[-1] = here
        elif stack and stack[-1][0] == marker.number:
            yield _repeat(stack[-1][1], marker.span, context)
            stack[-1] = here
        elif stack:
            stack[-1] = here
        else:
            stack.append(here)


def _depth(style: str) -> int:
    return ("han", "han_brackets", "han_is").index(style)


def _repeat(first: Span, second: Span, context: Context) -> Relation:
    mark = second.of(context.text).strip()
    between = context.text[first.end : second.start].rstrip()
    # text that the extraction cut off may hold the mark that is missed
    whole = not any(line and not _ENDS.search(line) and len(line) > _SHORTEST_LINE for line in between.split("\n"))
    note = f"序号重复：两处均编号“{mark}”"
    return Relation(
        type="implied",
        roles={},
        holds=False,
        certain=whole,
        places=(first, second),
        note=note,
        note_en=f"Two items carry the number “{mark}”",
    )


CHECK = CheckRule(code="N702", name="list-repeat", severity="warning", find=find)
