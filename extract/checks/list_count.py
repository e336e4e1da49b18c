"""E551 list-count: the number of things announced is the number of things listed.

What:
    内设机构6个，分别为A、B…; A、B、C三个领域; 三个方面的问题：一是…二是…三是…; 3份清单《…》《…》《…》. What is announced is counted where the list is
    plain: names between 、 with one 和 at most, marks of a list, or titles in 《》. A list that ends in 等 shows only some.

Why:
    A list that is one short was cut, or the number was carried over from the year before.

Fires:
    内设机构6个，分别为办公室、应急指挥科、安全生产基础科、防汛抗旱科、政策法规科。

Left alone:
    内设机构6个，分别为办公室、应急指挥科、安全生产基础科、危化监管科、防汛抗旱科、政策法规科。下设办公室、指挥科等6个科室。

False alarms:
    Names that hold 、 or 和 themselves.

Source:
    observed in reports
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from extract.checks._column_sums import column_sums
from extract.checks._prose import Place, Stream, streams
from extract.checks._tables import SUBTOTAL, TOTAL, Grid, grids, holds
from extract.checks._words import bare
from extract.relations import CheckRule, Context, Relation, once

HEAD = 140
LISTED = 6000
"""A list is read so far after the number that announces it; it begins within :data:`HEAD`."""
MOST = 200
"""Larger numbers announce no list that is written out."""
LONGEST = 24
"""Longer pieces between two 、 are no names."""
_AFTER = regex.compile(r"^[^，。；：、（）\d]{0,14}?[，：（]?(?:分别(?:是|为|有|驻|设在|位于)?|即|包括|依次为|具体为|有|为)：?(?P<list>[^。；\n]+)")
_COLON = regex.compile(r"^[^，。；：、（）\d]{0,10}：(?P<list>[^。；：\n]+)")
_AND = regex.compile(r"以及|和|与|及")
_BRACKETED = regex.compile(r"[（(][^（）()]*[）)]")
_OPEN_END = regex.compile(r"等(?:$|[^级]|(?=\d))")
_DIGIT = regex.compile(r"\d|[一二三四五六七八九十两]+[个项条家]")
_STRICT = regex.compile(r"[^，。；：、（）\d]{0,14}?[，：（]?(?:分别(?:是|为|驻|设在|位于)|即|依次为|具体为)")
_TAIL = regex.compile(r"[，）]")
_COMMA = regex.compile(r"[，；]")
_PAIR = regex.compile(r"[^，、]{2,16}(?:和|与|及)[^，、]{2,10}")
_NO_QUOTES = str.maketrans("", "", '“”"')
_TITLES = regex.compile(r"《[^《》]{2,60}》")
_ROW_OF_TITLES = regex.compile(r"(?:《[^《》]{2,60}》(?:（[^（）]{1,20}）)?(?:、|和|及|以及)?)+《[^《》]{2,60}》(?:（[^（）]{1,20}）)?(?:这|共)?$")
_HAN = "一二三四五六七八九十"
_MARKS = {
    "han_is": regex.compile(r"(?<![十百第])(?P<n>[一二三四五六七八九十]{1,2})是"),
    "ordinal": regex.compile(r"第(?P<n>[一二三四五六七八九十]{1,2})[，、是]"),
    "circled": regex.compile(r"(?P<n>[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮])"),
    "brackets": regex.compile(r"[（(](?P<n>[一二三四五六七八九十\d]{1,2})[)）]"),
    "arabic": regex.compile(r"(?<![\d.．])(?P<n>\d{1,2})[.．、](?!\d)"),
    "han": regex.compile(r"(?:^|[\n。；：])(?P<n>[一二三四五六七八九十]{1,2})、"),
}
_CLASSES = tuple(
    (regex.compile(said), regex.compile(names))
    for said, names in (
        (r"^个?(?:乡镇|镇街|镇乡|街镇|镇街道|乡镇街道|镇)(?![^，。；]{0,8}(?:村|部门))", r"(?:[镇乡]|街道|街办|办事处)$"),
        (r"^个?(?:县市区|县区|区县|市县区|区市县|县|区)(?!域)", r"[县区市旗]$"),
        (r"^个?标段", r"标段$"),
        (r"^个?(?:行政)?村(?!民)", r"村$"),
        (r"^个?社区", r"社区$"),
    )
)
"""What a count says it counts, and how the names of such things end."""
_CLASS_WORDS = 8
_RESTATED = 3
_ANNOUNCES = regex.compile(r"^[^，。；：\n]{0,24}(?:：|，?(?:主要|具体)?(?:如下|表现在?|是|为|有|包括)[：。]?)")
_SECTIONS = regex.compile(r"^[^，；：\n]{0,60}[。：]?[^。\n]{0,40}。?\s*\n")
_TABLE = regex.compile(r"表(?P<n>\d{1,2}|[一二三四五六七八九十])(?:所列|列示|列出|中的?|共|里的)[^，。；]{0,4}$")


def find(context: Context) -> Iterator[Relation]:
    """Numbers that announce a list, with the list."""
    for stream in streams(context):
        for place in stream.places:
            quantity = place.quantity
            value = quantity.value
            if place.fact.kind not in ("level", "target", "other") or quantity.bound != "=" or value is None or value != value.to_integral_value():
                continue
            if (
                not 1 <= value <= MOST
                or quantity.dimension not in ("count", "")
                or (place.fact.cell is not None and len(context.by_cell[place.fact.cell]) < 2)
            ):
                continue
            found = _found(context, stream, place, int(value))
            if found is not None:
                items, sure, ends = found
                yield Relation(type="count", roles={"count": (place.fact.id,)}, items=items, listed=ends, certain=sure)


def _found(context: Context, stream: Stream, place: Place, value: int) -> tuple[int, bool, tuple[str, str] | None] | None:
    """How many things are listed beside a number, whether that is beyond doubt, and the first and the last of them."""
    if value == 1:
        found = _after(stream, place, value)
        return found if found is not None and found[1] and found[0] > 1 else None
    return (
        _rows(context, place)
        or _places(context, place, value)
        or _titles(context, place, value)
        or _after(stream, place, value)
        or _marks(context, place, value)
        or _before(place, value)
    )


def _after(stream: Stream, place: Place, value: int) -> tuple[int, bool, tuple[str, str] | None] | None:
    """6个，分别为A、B…: names after the number, up to the end of the sentence."""
    words = _BRACKETED.sub("", stream.after(place.at))
    strict = _STRICT.match(words) is not None
    match = _AFTER.match(words) or _COLON.match(words)
    if match is None:
        return None
    listed = _TAIL.split(match["list"], 1)[0]
    if _OPEN_END.search(listed) or _DIGIT.search(listed):
        return None
    if _COMMA.search(match["list"]) and "、" not in listed:
        return None
    return _counted(listed, value, strict and place.at + 1 <= len(stream.places))


def _counted(listed: str, value: int, strict: bool) -> tuple[int, bool, tuple[str, str] | None] | None:
    names = [name for name in listed.split("、") if name]
    if len(names) < 2 and not _AND.search(listed):
        return None
    least, most = len(names), sum(len(_AND.split(name)) for name in names)
    ends = (names[0], names[-1])
    if least <= value <= most:
        return value, True, ends
    clean = strict and len(names) > 1 and all(len(name) <= LONGEST for name in names)
    return (least if value < least else most), clean, ends


def _before(place: Place, value: int) -> tuple[int, bool, tuple[str, str] | None] | None:
    """A、B、C三个领域: names before the number, up to the last comma."""
    words = place.clause.translate(_NO_QUOTES)
    listed = words if "、" in words[:-1] else ""
    if not listed:
        pair = _PAIR.fullmatch(words)
        if pair is None or value != 2:
            return None
        return 2, True, None
    if _OPEN_END.search(listed):
        listed = listed.removesuffix("等")
        names = listed.split("、")
        most = sum(len(_AND.split(name)) for name in names)
        return (value, True, (names[0], names[-1])) if len(names) <= value <= most else None
    found = _counted(listed, value, strict=False)
    if found is None or found[0] != value:
        return None
    return found


def _rows(context: Context, place: Place) -> tuple[int, bool, tuple[str, str] | None] | None:
    """表2所列6项指标: the rows of the table that is named."""
    named = _TABLE.search(place.plain)
    if named is None:
        return None
    for grid in grids(context):
        if regex.match(rf"附?表{named['n']}(?!\d)", bare(grid.table.title)):
            rows = {row for row, _ in (*grid.facts, *grid.crowded) if row >= grid.table.header_rows}
            items = sum(not TOTAL.search(grid.label(row)) and not SUBTOTAL.search(grid.label(row)) for row in rows)
            return items, False, None
    return None


@once
def _complete(context: Context) -> tuple[tuple[Grid, tuple[str, ...], frozenset[Decimal]], ...]:
    """Tables whose total row adds up all other rows in some column: with the names of those rows and the figures of the total."""
    found = []
    sums = column_sums(context)
    for grid in grids(context):
        rows = [row for row in grid.body if (label := grid.label(row)) and not TOTAL.search(label) and not SUBTOTAL.search(label)]
        full = [s for s in sums.get(grid.index, ()) if len(s.parts) == len(rows) > 2 and holds(s.total, s.parts) and not s.subtotal]
        if full:
            totals = {s.total.quantity.value for s in full if s.total.quantity.value is not None}
            found.append((grid, tuple(grid.label(row) for row in rows), frozenset(totals)))
    return tuple(found)


def _places(context: Context, place: Place, value: int) -> tuple[int, bool, tuple[str, str] | None] | None:
    """7个乡镇受灾40620人, and a table of the townships whose total is 40620 人: its rows are the townships."""
    text, fact = context.text, place.fact
    end = fact.quantity.extent.end
    words = bare(fact.quantity.unit + text[end : end + _CLASS_WORDS] + "，" + fact.mention.text)
    names = next((names for said, names in _CLASSES if said.search(words)), None)
    if names is None or fact.cell is not None:
        return None
    for grid, labels, totals in _complete(context):
        if not all(names.search(label) for label in labels):
            continue
        beside = (f for f in context.by_sentence.get(fact.sentence, ()) if f is not fact and len(f.quantity.digits) >= _RESTATED)
        restated = any(f.quantity.bound == "=" and f.quantity.value in totals for f in beside)
        if restated or (len(labels) == value and grid.table.section == fact.section):
            return len(labels), restated, (labels[0], labels[-1])
    return None


def _titles(context: Context, place: Place, value: int) -> tuple[int, bool, tuple[str, str] | None] | None:
    """《A》《B》《C》3份清单: titles of the same sentence, before the number or after it."""
    text, fact = context.text, place.fact
    if fact.quantity.unit not in ("份", "个", "项", "部", "件", "本", "篇", "套"):
        return None
    before = text[fact.sentence.start : fact.quantity.extent.start][-600:]
    row = _ROW_OF_TITLES.search("".join(before.split()))
    if row is not None:
        titles = _TITLES.findall(row[0])
        return len(titles), len(titles) > 2, (titles[0], titles[-1])
    for words in (text[fact.sentence.start : fact.quantity.extent.start][-600:], text[fact.quantity.extent.end : fact.sentence.end][:600]):
        titles = _TITLES.findall(words)
        if len(titles) == value:
            return value, True, (titles[0], titles[-1])
    return None


def _marks(context: Context, place: Place, value: int) -> tuple[int, bool, tuple[str, str] | None] | None:
    """三个方面：一是…二是…三是…: the marks of a list that follows."""
    text, fact = context.text, place.fact
    end = fact.quantity.extent.end
    opening = text[end : end + HEAD]
    announced = _ANNOUNCES.search(opening[:60]) is not None
    if not announced and not _SECTIONS.search(opening):
        return None
    for style, pattern in _MARKS.items():
        first = pattern.search(opening, 0, 60 if announced else HEAD)
        if first is None or _number(first["n"]) != 1 or (not announced and style != "han"):
            continue
        numbers = [_number(match["n"]) for match in pattern.finditer(text, end, end + LISTED)]
        count = 1
        for number in numbers[1:]:
            if number == count + 1:
                count += 1
            elif number == 1:
                break
        if count == value:
            return value, True, None
        if style in ("han_is", "circled", "ordinal") and first.start() <= 40 and count > 1:
            return count, style == "circled" or abs(count - value) == 1, None
        return None
    return None


def _number(words: str) -> int:
    if words.isdecimal():
        return int(words)
    if words in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮":
        return "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮".index(words) + 1
    if len(words) == 1:
        return _HAN.index(words) + 1
    tens, _, ones = words.partition("十")
    return (_HAN.index(tens) + 1 if tens else 1) * 10 + (_HAN.index(ones) + 1 if ones else 0) if "十" in words else 0


CHECK = CheckRule(code="E551", name="list-count", severity="error", find=find)
