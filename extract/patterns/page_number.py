"""The number of a page: — 2 —, - 3 -, 第3页, 共5页.

Why: it belongs to the sheet, not to the report.
Example: — 12 — → page_number.
Left alone: amounts of pages (120页报告) are counts.
Source: GB/T 9704 (page numbers between dashes).
"""

from __future__ import annotations

import re

from extract.knowledge import Pattern, Window
from extract.patterns._grammar import ARABIC_START, D, numeral
from extract.types import Numeral


def read(match: re.Match[str], where: Window) -> Numeral | None:
    if where.kind == "furniture" or match["dashed"] or match["total"]:
        return numeral(match, "page_number")
    return None


PATTERN = Pattern(
    name="page_number",
    rank=8,
    starts=ARABIC_START,
    regex=rf"(?P<dashed>(?:(?<=[—－–-]\ )|(?<=[—－–]))[{D}]{{1,3}}\ ?[—－–-](?![{D}]))|(?P<total>(?<=共)\ ?[{D}]{{1,4}}\ ?页(?=[\s)）]|$))|[{D}]+",
    read=read,
)
