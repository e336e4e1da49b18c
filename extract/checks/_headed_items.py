"""What a heading counts in brackets and numbered paragraphs list: （三）建议给予处分人员（6人）, then 1.…, 2.…, up to the next heading."""

from __future__ import annotations

import regex

from extract.checks._column_sums import STYLES
from extract.checks._prose import Place, first_words, squeezed
from extract.relations import Context

LEAST = 2
"""One paragraph is no list."""
_CLOSED = regex.compile(r"[一-龥]{0,2}[)）]\s*[：:]?\s*$")
_NUMBER = regex.compile(r"\d+")
_SEVERAL = regex.compile(r"^[^，。；：]*(?:、|[和与及等])")
"""1.甲公司、乙公司：… is one paragraph of two."""


def headed_items(context: Context, place: Place) -> tuple[int, bool, tuple[str, str]] | None:
    """How many numbered paragraphs follow the heading that ends with the number, whether each is of one thing, and what the first
    and the last begin with."""
    fact, blocks = place.fact, context.document.blocks
    heading = blocks[fact.block].span
    if not place.bracket or _CLOSED.match(context.text, fact.quantity.span.end, heading.end) is None:
        return None
    rank = _rank(context, fact.block)
    if rank is None:
        return None
    names: list[str] = []
    single, own = True, None
    for number in range(fact.block + 1, len(blocks)):
        if blocks[number].cell is not None:
            return None
        words = squeezed(blocks[number].span.of(context.text)).lstrip()
        found = next((rank for rank, style in enumerate(STYLES) if style.match(words)), None)
        if found is not None and found <= rank:
            break
        own = found if own is None else own
        if found is None or found != own:
            continue  # the rest of an item, and what is set under it
        mark = _NUMBER.search(words[:4])
        if mark is None or int(mark[0]) != len(names) + 1:
            return None
        names.append(first_words(words[mark.end() + 1 :]))
        single = single and _SEVERAL.match(words[mark.end() + 1 :]) is None
    return (len(names), single, (names[0], names[-1])) if len(names) >= LEAST else None


def _rank(context: Context, number: int) -> int | None:
    words = squeezed(context.document.blocks[number].span.of(context.text)).lstrip()
    return next((rank for rank, style in enumerate(STYLES) if style.match(words)), None)
