"""A numeral inside a word or a set phrase: 进一步, 一律, 统一, 千方百计, 三番五次, 十分重要, 四面八方.

Why: such numerals count nothing, and they are the most frequent ones of all.
Example: 进一步压实责任 → 一 is part of a word.
Left alone: four-character phrases of two counted things (三人两车), 一 with a measure word and a bound (至少一次).
Source: extract/data/idioms.txt; the shape numeral + character + numeral + character is that of Chinese set phrases.
"""

from __future__ import annotations

import re

from extract.knowledge import Pattern, Window
from extract.patterns._grammar import HAN_START, before, listed
from extract.types import Numeral, Span
from extract.units import units

_PHRASE = re.compile(r"([一二两三四五六七八九十百千万])([\u4e00-\u9fff])([一二两三四五六七八九十百千万])([\u4e00-\u9fff])(?![十百千万亿])")
_DIGITS = frozenset("〇零一二三四五六七八九")
_COUNTED = frozenset("时分之多余至到和与成折大届十百千万亿一二三四五六七八九两") | {spelling for spelling in units() if len(spelling) == 1}


def read(match: re.Match[str], where: Window) -> Numeral | None:
    text, start = where.text, match.start()
    if text.startswith("分之", start + 1):
        return None
    if text[start] in "百千万亿" and ((start > where.start and text[start - 1] in "上过") or before(where, start)[0]):
        return None  # 上千, 近百, 突破万
    if text.startswith("点", start + 1) and text[start + 2 : start + 3] in _DIGITS:
        return None  # 一点五
    found = listed(match, where, "idioms.txt", "idiom")
    if found is not None:
        return found
    phrase = _PHRASE.match(text, start, where.end)
    if phrase and phrase[2] not in _COUNTED and phrase[4] not in _COUNTED and text[start - 1 : start] != "第":
        return Numeral(span=Span(start, start + 3), reason="idiom")
    return None


PATTERN = Pattern(name="idiom", rank=20, starts=HAN_START + "半", regex=r".", read=read)
