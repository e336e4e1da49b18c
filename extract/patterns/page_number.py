"""The number of a page: — 2 —, - 3 -, 第3页, 共5页.

Why: it belongs to the sheet, not to the report.
Example: — 12 — → page_number.
Left alone: amounts of pages (120页报告) are counts. Blocks that are page furniture are not searched for quantities at all.
Source: GB/T 9704 (page numbers between dashes).
"""

from __future__ import annotations

from extract.knowledge import Pattern
from extract.patterns._grammar import ARABIC_START, D, because

PATTERN = Pattern(
    name="page_number",
    rank=8,
    starts=ARABIC_START,
    needs="—－–-页",
    regex=rf"(?:(?:(?<=[—－–-]\ )|(?<=[—－–]))[{D}]{{1,3}}\ ?[—－–-](?![{D}]))|(?<=共)\ ?[{D}]{{1,4}}\ ?页(?=[\s)）]|$)",
    read=because("page_number"),
)
