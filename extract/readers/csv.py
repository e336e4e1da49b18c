"""Tables as values between commas, semicolons or tabs.

Why: spreadsheets of figures are handed over this way.
Example: ``"1,234",万元`` is a row of two cells, 1,234 and 万元.
Left alone: a comma inside quotes; a doubled quote inside quotes is one quote.
Source: RFC 4180; semicolons and tabs as spreadsheets write them.
"""

from __future__ import annotations

import re

from extract.layout import CELL_BREAK, Grid, GridCell, Layout, Reader
from extract.mapped import Edit, Mapped, relocate
from extract.types import Span

_SNIFFED = 20_000


def parse(source: str) -> Layout:
    """One grid of all the records; a line end inside quotes is a break inside the cell."""
    start = 1 if source.startswith("\ufeff") else 0
    mark = _delimiter(source[start:_SNIFFED])
    field = re.compile(rf'"([^"]*+(?:""[^"]*+)*+)"(?=[{mark}\r\n]|\Z)|([^{mark}\r\n]*)')
    edits: list[Edit] = [(0, 1, "")] if start else []
    rows: list[list[tuple[int, int]]] = [[]]
    at = start
    while at <= len(source):
        match = field.match(source, at)
        assert match is not None
        group = 1 if match[1] is not None else 2
        if group == 1:
            edits.append((at, at + 1, ""))
            for odd in re.finditer(r'""|\r\n?|[\n\t]', source[match.start(1) : match.end(1)]):
                new = '"' if odd[0] == '""' else " " if odd[0] == "\t" else CELL_BREAK
                edits.append((match.start(1) + odd.start(), match.start(1) + odd.end(), new))
            edits.append((match.end() - 1, match.end(), ""))
        rows[-1].append(match.span(group))
        at = match.end()
        if at == len(source):
            break
        if source[at] in "\r\n":
            after = at + (2 if source.startswith("\r\n", at) else 1)
            edits.append((at, after, "\n"))
            rows.append([])
            at = after
        else:
            edits.append((at, at + 1, "\t"))
            at += 1
    mapped = Mapped.of(source).edit(edits)
    moved = iter(relocate([place for row in rows for cell in row for place in cell], edits))
    cells = tuple(tuple(GridCell(pieces=(Span(next(moved), next(moved)),)) for _ in row) for row in rows)
    filled = tuple(row for row in cells if len(row) > 1 or len(row[0].pieces[0]) > 0)
    return Layout(mapped=mapped, grids=(Grid(span=Span(0, len(mapped.text)), rows=filled),) if filled else ())


def _delimiter(head: str) -> str:
    """The mark that stands most often outside quotes at the head of the file."""
    bare = re.sub(r'"[^"]*"', "", head)
    return max("\t,;", key=bare.count) if any(mark in bare for mark in "\t,;") else ","


READER = Reader(name="csv", suffixes=(".csv", ".tsv"), parse=parse)
