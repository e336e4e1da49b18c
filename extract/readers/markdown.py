"""Markdown: lines of text with marks of emphasis, and tables between pipes.

Why: converters of documents write Markdown, and its marks of emphasis cut numbers (``**12**家``).
Example: ``共检查**12**家`` is 共检查12家; ``| 甲 | 1 |`` is a row of two cells.
Left alone: heading marks (they give sections), list marks, links.
Source: CommonMark 0.31; the tables of GitHub Flavored Markdown.
"""

from __future__ import annotations

import re

from extract.layout import Layout, Reader
from extract.mapped import Mapped
from extract.readers._lines import plain_lines
from extract.readers._markup import lines_of_text
from extract.readers._pipes import pipes_to_tabs

_EMPHASIS = re.compile(r"(?P<mark>\*\*|__)(?=\S)[^*_\n]{1,500}(?<=\S)(?P=mark)")


def parse(source: str) -> Layout:
    """The lines of ``source`` without marks of emphasis; tables become lines of tabs."""
    mapped = lines_of_text(plain_lines(Mapped.of(source)))
    marks = [(at, at + 2, "") for m in _EMPHASIS.finditer(mapped.text) for at in (m.start(), m.end() - 2)]
    return Layout(mapped=pipes_to_tabs(mapped.edit(marks)))


READER = Reader(name="markdown", suffixes=(".md", ".markdown"), parse=parse)
