"""HTML pages: what a reader sees of them, with tables as the page marks them.

Why: authorities publish their reports as web pages, with merged cells in tables.
Example: ``<td rowspan="2">产出指标</td>`` is one cell over two rows.
Left alone: scripts and styles are not text; a table that holds a table lays out the page and is no table of data.
Source: the HTML Living Standard, tables and the list of block elements.
"""

from __future__ import annotations

from extract.layout import Reader
from extract.readers._markup import page

READER = Reader(name="html", suffixes=(".html", ".htm", ".xhtml"), parse=page)
