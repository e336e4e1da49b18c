"""Plain text, as scans, copies and exports leave it.

Why: the reports of authorities reach an auditor as text taken out of PDF and Word files; tags of the extraction
    (``<p>``, ``<br>``, ``&nbsp;``) and line ends of any system stand in them.
Example: ``<p>检查企业12家</p>`` is the line 检查企业12家.
Left alone: ``<`` that opens no known tag (``<24小时``), and everything a tag is not.
Source: observed in text extracted from scans.
"""

from __future__ import annotations

from extract.layout import Layout, Reader
from extract.mapped import Mapped
from extract.readers._lines import plain_lines
from extract.readers._markup import lines_of_text
from extract.readers._pipes import pipes_to_tabs


def parse(source: str) -> Layout:
    """The lines of ``source``; Markdown tables become lines of tabs, since extraction tools write them into text files too."""
    return Layout(mapped=pipes_to_tabs(lines_of_text(plain_lines(Mapped.of(source)))))


READER = Reader(name="text", suffixes=(".txt", ".text", ""), parse=parse)
