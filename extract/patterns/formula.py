"""A constant of a formula: *100%, ×100%, ÷12, （a-b）/2, 1+1=2.

Why: a formula says how a rate is computed and states no figure.
Example: 实际完成数/计划数*100% → formula.
Left alone: products of figures with units (18×30万元), fractions (1/4).
Source: observed in reports.
"""

from __future__ import annotations

import re

from extract.knowledge import Pattern, Window
from extract.patterns._grammar import ARABIC, ARABIC_START, numeral
from extract.types import Numeral

_LEAD = re.compile(r"[*＊×✕÷]\s?$|[)）数额率量值]\s?[/／÷xX]\s?$")


def read(match: re.Match[str], where: Window) -> Numeral | None:
    text, start = where.text, match.start()
    if match["sum"] or _LEAD.search(text, max(where.start, start - 3), start):
        return numeral(match, "formula")
    return None


PATTERN = Pattern(
    name="formula",
    rank=34,
    starts=ARABIC_START,
    regex=rf"(?P<sum>{ARABIC}(?:\s?[+＋×*÷]\s?{ARABIC})+(?:\s?[=＝]\s?{ARABIC})?)|(?<=[*＊×✕÷/／xX\s]){ARABIC}\s?[%％]?(?:(?=\s?[*＊×÷])|(?!\s?(?:[万亿元个人家户天次])))",
    read=read,
)
