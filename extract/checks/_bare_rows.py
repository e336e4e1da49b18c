"""A row of numbers that stands alone in the text, below the words of its columns: 维持 纠正 其他 未结 总计 over 309 17 88 26 440.

So text taken out of a form's picture or file looks. Where the lines above hold as many words as there are numbers, the words 总计 and
合计 say which of them the numbers before come to.

Source: 《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）, whose table of reviews and suits is read so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.checks._slips import mended
from extract.checks._tables import holds
from extract.relations import Context, Relation
from extract.types import Block, Fact

_ROW = re.compile(r"\s*\d+(?:[,，.]\d+)*(?:\s+\d+(?:[,，.]\d+)*){4,}\s*")
_HEADS = re.compile(r"[^\d，。；：！？,;:!?]+")
_TOTAL = re.compile(r"[总合小共]计")
FEWEST = 5
"""A row of fewer numbers may be anything."""
ABOVE = 6
"""So many lines above the words of the columns stand."""


def bare_rows(context: Context) -> Iterator[Relation]:
    """The sums of such rows."""
    blocks = context.document.blocks
    facts = {number: tuple(found) for number, found in groupby((f for f in context.facts if f.cell is None), key=lambda fact: fact.block)}
    for number, row in facts.items():
        if len(row) < FEWEST or not _ROW.fullmatch(_text(blocks[number], context)):
            continue
        heads = _heads(blocks, number, context)
        if len(heads) == len(row) and _TOTAL.fullmatch(heads[-1]):
            yield from _sums(row, heads)


def _text(block: Block, context: Context) -> str:
    return block.span.of(context.text)


def _heads(blocks: Sequence[Block], number: int, context: Context) -> list[str]:
    """The words of the lines right above that name a total, in their order."""
    found: list[str] = []
    for block in blocks[max(0, number - ABOVE) : number][::-1]:
        words = _text(block, context)
        if block.cell is not None or not _HEADS.fullmatch(words):
            break
        if any(map(_TOTAL.fullmatch, words.split())):
            found = [*words.split(), *found]
    return found


def _sums(row: Sequence[Fact], heads: Sequence[str]) -> Iterator[Relation]:
    start, sums = 0, list[tuple[Fact, Sequence[Fact]]]()
    for at, head in enumerate(heads):
        if _TOTAL.fullmatch(head):
            if at - start > 1:
                sums.append((row[at], row[start:at]))
            start = at + 1
    kept = sum(holds(total, parts) for total, parts in sums)
    for total, parts in sums:
        fits = holds(total, parts)
        sure = fits or (kept > 0 and mended(total.quantity, [part.quantity for part in parts]))
        roles = {"total": (total.id,), "parts": tuple(part.id for part in parts)}
        yield Relation(type="sum", roles=roles, certain=sure)
