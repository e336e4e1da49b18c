"""What a heading counts in brackets, or a line before a colon, and numbered paragraphs list: （三）建议给予处分人员（6人）, or 4个项目分别为：,
then 1.…, 2.…, up to the next heading."""

from __future__ import annotations

import re

from extract.checks._column_sums import rank_of
from extract.checks._listed import Listed
from extract.checks._prose import Place, first_words, squeezed
from extract.numerals import parse
from extract.relations import Context

LEAST = 2
"""One paragraph is no list."""
_CLOSED = re.compile(r"[一-龥]{0,2}[)）]\s*[：:]?\s*$")
_ANNOUNCED = re.compile(r"(?:[类项条点]|个?(?:方面|问题|环节|阶段)|[^，,。；;：:、\d]{0,8}[，,]?(?:分别(?:为|是)|如下|包括))\s*[：:]\s*$")
_NUMBER = re.compile(r"\d+|[一二三四五六七八九十]+")
_SEVERAL = re.compile(r"^[^，。；：]*(?:、|[和与及等])")
"""1.甲公司、乙公司：… is one paragraph of two."""


def headed_items(context: Context, place: Place) -> Listed | None:
    """The numbered paragraphs that follow the heading or line that ends with the number, by what they begin with; sure if each is of one
    thing."""
    fact, blocks = place.fact, context.document.blocks
    heading = blocks[fact.block].span
    counted = place.bracket and _CLOSED.match(context.text, fact.quantity.span.end, heading.end) is not None
    announced = not place.bracket and _ANNOUNCED.match(context.text, fact.quantity.span.end, heading.end) is not None
    if not (counted or announced):
        return None
    rank = -1 if announced else rank_of(squeezed(heading.of(context.text)).lstrip())
    if rank is None:
        return None
    names: list[str] = []
    single, own = True, None
    for number in range(fact.block + 1, len(blocks)):
        if blocks[number].cell is not None:
            return None
        words = squeezed(blocks[number].span.of(context.text)).lstrip()
        found = rank_of(words)
        if found is not None and (found <= rank or (own is not None and found < own)):
            break
        own = found if own is None else own
        if found is None or found != own:
            continue  # the rest of an item, and what is set under it
        mark = _NUMBER.search(words[:4])
        reading = parse(mark[0]) if mark is not None else None
        if mark is None or reading is None or reading.value != len(names) + 1:
            return None
        names.append(first_words(words[mark.end() + 1 :]))
        single = single and _SEVERAL.match(words[mark.end() + 1 :]) is None
    return Listed(len(names), single, (names[0], names[-1])) if len(names) >= LEAST else None
