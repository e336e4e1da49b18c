"""Sentences and clauses of the reading text: where one statement ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.types import Span

_SENTENCE_END = re.compile(r"[。！？!?；;\n][。！？!?；;\n]*[”’」）)]*")
_CLAUSE_END = re.compile(r"[，,。！？!?；;：:\n][，,。！？!?；;：:\n]*(?![0-9])")


LONGEST_SENTENCE = 4000
LONGEST_CLAUSE = 2000
"""More characters without a mark that ends it are a text that lost its marks: it is cut at a lesser one. So what looks at all of
a number's sentence costs the same for every number."""
_LESSER = ("，", "、", " ")


def _split(text: str, span: Span, end: re.Pattern[str], longest: int) -> list[Span]:
    pieces: list[Span] = []
    start = span.start
    for match in end.finditer(text, span.start, span.end):
        if match.end() > start:
            pieces.extend(_cut(text, start, match.end(), longest))
            start = match.end()
    if start == span.start < span.end and len(span) <= longest:
        return [span]
    if start < span.end:
        pieces.extend(_cut(text, start, span.end, longest))
    return pieces


def _cut(text: str, start: int, end: int, longest: int) -> Iterator[Span]:
    while end - start > longest:
        marks = (text.rfind(mark, start, start + longest) + 1 for mark in _LESSER)
        at = next((mark for mark in marks if mark), start + longest)
        yield Span(start, at)
        start = at
    yield Span(start, end)


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences inside ``span``, in order, closing marks included; together they cover the span."""
    return _split(text, span, _SENTENCE_END, LONGEST_SENTENCE)


def clauses(text: str, span: Span) -> list[Span]:
    """The clauses inside ``span``, in order, their closing mark included; together they cover the span."""
    return _split(text, span, _CLAUSE_END, LONGEST_CLAUSE)
