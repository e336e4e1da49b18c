"""Markdown tables: rows between pipes become rows of tabs."""

from __future__ import annotations

import re

from extract.mapped import Edit, Mapped

_ROW = re.compile(r"^[ ]{0,3}\|.*\|[ ]*$", re.MULTILINE)
_RULE = re.compile(r"^[ ]{0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)+\|?[ ]*$", re.MULTILINE)
_PIPE = re.compile(r"\\\||\|")


def pipes_to_tabs(mapped: Mapped) -> Mapped:
    """The text with the inner pipes of each table row as tabs and the outer ones out; ``\\|`` is a pipe of the text."""
    text = mapped.text
    if "|" not in text:
        return mapped
    rows = {m.start(): m.end() for m in _ROW.finditer(text)}
    reached = -1
    for rule in _RULE.finditer(text):
        if rule.start() > reached:
            table = _around(text, rule.start(), rule.end())
            rows.update(table)
            reached = table[-1][1]
    edits: list[Edit] = []
    for start, end in sorted(rows.items()):
        row = text[start:end]
        first, last = start + len(row) - len(row.lstrip()), start + len(row.rstrip())
        for m in _PIPE.finditer(text, start, end):
            if m[0] != "|":
                edits.append((m.start(), m.start() + 1, ""))
            elif m.start() == first or m.end() == last:
                edits.append((m.start(), m.end(), ""))
            else:
                edits.append((m.start(), m.end(), "\t"))
    return mapped.edit(edits)


def _around(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The rule at ``start``, the header line above it and the body lines below, as far as they hold pipes."""
    lines: list[tuple[int, int]] = [(start, end)]
    if start > 0:
        above = text.rfind("\n", 0, start - 1) + 1
        if "|" in text[above : start - 1]:
            lines.insert(0, (above, start - 1))
    at = end
    while at < len(text):
        stop = text.find("\n", at + 1)
        stop = len(text) if stop < 0 else stop
        if "|" not in text[at + 1 : stop]:
            break
        lines.append((at + 1, stop))
        at = stop
    return lines
