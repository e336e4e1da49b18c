"""Lists whose items have marks: 三个方面的问题：一是…二是…三是…; 主要做法如下：1.…2.…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from extract.checks._listed import Listed
from extract.checks._prose import Place
from extract.checks._words import bare
from extract.outline import han_number
from extract.relations import Context

HEAD = 140
LISTED = 6000
"""A list is read so far after the number that announces it; it begins within :data:`HEAD`."""
_MARKS = {
    "han_is": re.compile(r"(?<![十百第])(?P<n>[一二三四五六七八九十]{1,2})(?:是|要(?!求))"),
    "ordinal": re.compile(r"第(?P<n>[一二三四五六七八九十]{1,2})[，、是]"),
    "circled": re.compile(r"(?P<n>[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮])"),
    "brackets": re.compile(r"[（(](?P<n>[一二三四五六七八九十]{1,2}|\d{1,2})[)）]"),
    "arabic": re.compile(r"(?<![\d.．])(?P<n>\d{1,2})[.．、](?!\d)"),
    "han": re.compile(r"(?:^|[\n。；：])(?P<n>[一二三四五六七八九十]{1,2})、"),
}
_ANNOUNCES = re.compile(
    r"^[^，。；：\n]{0,24}(?:：|，?(?:主要|具体)?(?:如下|表现在?|是|为|有|包括)[：。]?|(?:。|，|；|\s)\s*(?=(?:一(?:是|要)|首先|第一[，、])))"
)
_ASPECTS = re.compile(r"^个?(?:大|主要|突出|重点)?(?:方面|问题|特点|原因|不足|短板|措施|环节|维度|层面|难点|任务|建议)")
"""What a list of 一是…二是… is announced as; the number of other things (3项制度) may be told of something else."""
NEAR = 40
"""A list that is announced begins so near."""
_SECTIONS = re.compile(r"^[^，；：\n]{0,60}[。：]?[^。\n]{0,40}。?\s*\n")


def marked_items(context: Context, place: Place, value: int) -> Listed | None:
    """三个方面：一是…二是…三是…: the marks of a list that follows."""
    text, fact = context.text, place.fact
    end = fact.quantity.extent.end
    opening = text[end : end + HEAD]
    announced = _ANNOUNCES.match(opening[:60]) is not None
    if not announced and not ("\n" in opening and _SECTIONS.match(opening)):
        return None
    for style, pattern in _MARKS.items():
        first = pattern.search(opening, 0, 60 if announced else HEAD)
        if first is not None and style != "han" and _headed_between(context, fact.block, end + first.start()):
            return None  # 政务处分2人。五、打算 第一，…第二，…
        if first is None or han_number(first["n"]) != 1 or (not announced and style != "han"):
            continue
        numbers = [han_number(match["n"]) for match in pattern.finditer(text, end, end + LISTED)]
        counts = _counts(numbers)
        if value in counts:
            return Listed(value, True)
        if style in ("han_is", "circled", "ordinal") and first.start() <= NEAR and counts[0] > 1:
            told = _ASPECTS.match(bare(opening[: first.start()])) is not None
            return Listed(counts[0], len(counts) == 1 and (told or style == "circled" or abs(counts[0] - value) == 1))
        return None
    return None


def _headed_between(context: Context, block: int, mark: int) -> bool:
    """Whether a heading stands between a block and a mark behind it."""
    blocks = context.document.blocks
    behind = takewhile(lambda number: blocks[number].span.start < mark, range(block + 1, len(blocks)))
    return any(blocks[number].kind == "heading" for number in behind)


def _counts(numbers: Sequence[int]) -> tuple[int, ...]:
    """How far a list counts, given the numbers of its marks from 1 on: one figure, or two where another list starts inside or behind it."""
    count = nested = until = 0
    for number in numbers:
        if nested and number == nested + 1 and number != count + 1:
            nested += 1
        elif number == count + 1:
            count, nested = number, 0
        elif number == 1:
            nested, until = 1, until or count
    return (until, count) if until else (count,)
