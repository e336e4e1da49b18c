"""Sentences and clauses of the reading text: where one statement ends and the next begins."""

from __future__ import annotations

import regex

from extract.types import Span

_SENTENCE_END = regex.compile(r"[。！？!?；;\n]+[”’」）)]*")
_CLAUSE_END = regex.compile(r"[，,。！？!?；;：:\n]+(?![0-9])")


def _split(text: str, span: Span, end: regex.Pattern[str]) -> list[Span]:
    pieces: list[Span] = []
    start = span.start
    for match in end.finditer(text, span.start, span.end):
        if match.end() > start:
            pieces.append(Span(start, match.end()))
            start = match.end()
    if start == span.start < span.end:
        return [span]
    if start < span.end:
        pieces.append(Span(start, span.end))
    return pieces


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences inside ``span``, in order, closing marks included; together they cover the span."""
    return _split(text, span, _SENTENCE_END)


def clauses(text: str, span: Span) -> list[Span]:
    """The clauses inside ``span``, in order, their closing mark included; together they cover the span."""
    return _split(text, span, _CLAUSE_END)
