"""The marks of lists and headings in their order: which list each one goes on with, and where one repeats, skips or lacks its first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from extract.outline import list_markers
from extract.relations import Context, once
from extract.types import ListMarker, Span

RUNS_ON = ("han", "han_brackets", "han_is")
"""Styles that a document numbers by hand, from the outermost to the innermost; Arabic marks often come from lists that restart
on their own, or are lost when the text is taken out of its file."""

_ENDS = re.compile(r"[。；;：:！？!?”）)…]$")
_SHORTEST_LINE = 40
"""A paragraph longer than this that ends without a mark was cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A mark and how it goes on: ``before`` is the mark before it in its list, ``outer`` the last mark of another style that
    stands above both (in a cell: before them), ``in_table`` whether it stands in a table."""

    marker: ListMarker
    kind: Literal["first", "next", "repeat", "gap", "back", "late"]
    before: ListMarker | None
    outer: ListMarker | None
    in_table: bool


@once
def steps(context: Context) -> tuple[Step, ...]:
    """Every mark of :data:`RUNS_ON` in text order. Nested lists that restart, and lists that go on after a nested one, are
    followed; an outer heading closes the lists inside it; a cell of a table is a text of its own."""
    document = context.document
    starts = [block.span.start for block in document.blocks]
    at_start = frozenset(starts)
    found: list[Step] = []
    prose = _Lists()
    cell, cell_lists = -1, _Lists()
    for marker in list_markers(document):
        number = bisect_right(starts, marker.span.start) - 1
        in_table = document.blocks[number].cell is not None
        if in_table and number != cell:
            cell, cell_lists = number, _Lists()
        lists = cell_lists if in_table else prose
        if marker.style not in RUNS_ON:
            if in_table:
                lists.outer = marker
            continue
        if marker.style != "han_is" and marker.span.start not in at_start:
            # 第一、二、三产业 inside a sentence counts no items
            continue
        found.append(lists.step(marker, in_table=in_table))
    return tuple(found)


class _Stack:
    """The last marks of lists of one style, each inside the one before; which numbers are there is known without a search."""

    def __init__(self) -> None:
        self._marks: list[ListMarker] = []
        self._numbers: Counter[int] = Counter()

    @property
    def last(self) -> ListMarker | None:
        return self._marks[-1] if self._marks else None

    def holds(self, number: int) -> bool:
        return self._numbers[number] > 0

    def push(self, marker: ListMarker) -> None:
        self._marks.append(marker)
        self._numbers[marker.number] += 1

    def pop(self) -> None:
        self._numbers[self._marks.pop().number] -= 1


class _Lists:
    """The lists that are open at a place of the text."""

    def __init__(self) -> None:
        self.open = {style: _Stack() for style in RUNS_ON}
        self.outer: ListMarker | None = None

    def step(self, marker: ListMarker, *, in_table: bool) -> Step:
        stack = self.open[marker.style]
        for style in RUNS_ON[RUNS_ON.index(marker.style) + 1 :]:
            self.open[style] = _Stack()
        outer = self.outer if in_table or self.outer is None or _rank(self.outer) < _rank(marker) else self._above(marker)
        before = stack.last
        kind: Literal["first", "next", "repeat", "gap", "back", "late"]
        if marker.number == 1:
            kind = "first"
            stack.push(marker)
        elif stack.holds(marker.number - 1):
            kind = "next"
            while before is not None and before.number != marker.number - 1:
                stack.pop()
                before = stack.last
            stack.pop()
            stack.push(marker)
        elif before is None:
            kind = "late"
            stack.push(marker)
        else:
            kind = "repeat" if before.number == marker.number else "gap" if before.number < marker.number else "back"
            stack.pop()
            stack.push(marker)
        self.outer = marker
        return Step(marker=marker, kind=kind, before=before, outer=outer, in_table=in_table)

    def _above(self, marker: ListMarker) -> ListMarker | None:
        return next((last for style in reversed(RUNS_ON[: _rank(marker)]) if (last := self.open[style].last) is not None), None)


def _rank(marker: ListMarker) -> int:
    return RUNS_ON.index(marker.style) if marker.style in RUNS_ON else -1


def is_whole(first: Span, second: Span, context: Context) -> bool:
    """Whether the text between two marks shows no cut: text that the extraction lost may hold the mark that is missed."""
    between = context.text[first.end : second.start].rstrip()
    return not any(line and not _ENDS.search(line) and len(line) > _SHORTEST_LINE for line in between.split("\n"))
