"""A version: 2.0版, V1.2.3, 升级到3.0, 数字政府2.0.

Why: versions count nothing.
Example: 上线2.0版平台 → version.
Left alone: decimals with a unit, sections of a list (1.2.3 at the start of a line).
Source: observed in reports.
"""

from __future__ import annotations

from extract.knowledge import Pattern
from extract.patterns._grammar import ARABIC_START, D, because

PATTERN = Pattern(
    name="version",
    rank=17,
    starts=ARABIC_START,
    needs=".",
    regex=rf"[{D}]\.[0-9](?:版|时代|[”\"](?!%))|[{D}]{{1,4}}(?:\.[{D}]{{1,4}}){{2,6}}(?![{D}%])",
    read=because("version"),
)
