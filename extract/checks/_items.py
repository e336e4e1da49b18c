"""A total told once more item by item: 1、…年初预算为A，支出决算为B。2、…; （一）税收收到A元。（二）…

The items are numbered blocks that stand one after the other. What each of them says in the same words is a column; a column that
every item has may divide a total before the items. In settlements of departments the items of one 类 divide what is told of the 类.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from extract.checks._column_sums import STYLES, rank_of
from extract.checks._prose import Place, Stream, like, squeezed
from extract.checks._sides import Side, divided
from extract.checks._slips import mended
from extract.checks._tally import adds_up
from extract.checks._words import bare
from extract.relations import Context

LEAST = 3
"""Fewer items are no list of a total's parts."""
_FILLER = re.compile(r"(?:为|是|约|达|了|共计?|合计)+$")
_MEASURE = re.compile(r"累计|计划|概算|预算|总")
_CLASS = re.compile(r"^[^（(]{0,6}?(?P<name>[^（(、.．\d]{2,24})[（(]类[）)]")
_CLASS_TOTAL = re.compile(r"(?P<name>[^，。；、：（）\d]{2,24})（类）[^，。；、]{0,4}$")
_REACH = 6
"""So many figures back the total of announced items is looked for."""
_LEADS = re.compile(r"(?:其中|包括|分别为|具体如下|如下)：\s*\n")
_BEGINS = re.compile(r"^[^，。；：、]{2,24}$")
"""An item that begins with its figure: no mark between."""
_NUMBER = re.compile(r"[一二三四五六七八九十]+|\d+")
_HAN = "零一二三四五六七八九"
_INLINE = re.compile(r"(?<=[。；：:])\s*[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]")
_SCORES = ("score", "max_score")

Item = tuple[str, list[Place]]
"""The words of a numbered block, and the facts in it and in what follows it without a number."""


def items(stream: Stream, context: Context) -> Iterator[Side]:
    """Every total that a list of numbered items of the running text divides, and every 类 that some of the items divide."""
    if stream.in_table:
        return
    totals = cache(lambda: _class_totals(stream))
    for run in (*_runs(stream, context), *_inline(stream, context)):
        if len(run) < LEAST:
            continue
        columns = list(columns_of_items(run))
        for key, parts in columns:
            found = divided(stream, context, parts, alike=lambda place, key=key: key_of(place) == key)  # type: ignore[misc]
            if found is not None:
                yield found
        announced = _announced(stream, context, run)
        if announced is not None:
            yield announced
        yield from _classes(stream, context, run, [dict(enumerate(parts)) for _, parts in columns], totals)


def _announced(stream: Stream, context: Context, run: Sequence[Item]) -> Side | None:
    """“三公”经费37.91万元。其中： and then （一）…费0万元 （二）…费36.56万元 （三）…费1.35万元: the figure that each item begins with."""
    heads = [own[0] for _, own in run if own and own[0].level]
    parts = [head for head in heads if _BEGINS.match(bare_number(head.lead.rpartition("\n")[2]))]
    if len(parts) < len(run) or not parts[0].at:
        return None
    before = stream.places[parts[0].at - 1]
    leads = _LEADS.search(squeezed(context.text[before.quantity.extent.end : parts[0].quantity.extent.start]))
    own = [p for p in stream.back(parts[0].at, _REACH) if p.paragraph == before.paragraph and p.level and not p.bracket]
    if leads is None or not own or before.paragraph != parts[0].paragraph - 1:
        return None
    total = own[-1]
    if not all(like(total.quantity, part.quantity) for part in parts):
        return None
    quantities = [part.quantity for part in parts]
    holds = adds_up(total.quantity, quantities)
    return Side(total, tuple(parts), holds=holds) if holds or mended(total.quantity, quantities) else None


def _runs(stream: Stream, context: Context) -> Iterator[list[Item]]:
    """Numbered blocks of one style that count on from one, with their facts."""
    places: dict[int, list[Place]] = {}
    for place in stream.places:
        places.setdefault(place.fact.block, []).append(place)
    open_: list[tuple[int, int, list[Item]]] = []
    for number, block in enumerate(context.document.blocks):
        if block.cell is not None:
            continue
        words = block.span.of(context.text).lstrip()
        rank = rank_of(words)
        own = places.get(number, [])
        if rank is None:
            for _, _, run in open_:
                run[-1][1].extend(own)
            continue
        while open_ and open_[-1][0] > rank:
            yield open_.pop()[2]
        at = _count(words)
        if open_ and open_[-1][0] == rank and at != open_[-1][1] + 1:
            yield open_.pop()[2]
        if open_ and open_[-1][0] == rank:
            open_[-1] = (rank, at, open_[-1][2])
            open_[-1][2].append((words, []))
        else:
            open_.append((rank, at, [(words, [])]))
        for _, _, run in open_:
            run[-1][1].extend(own)
    yield from (run for _, _, run in reversed(open_))


def _inline(stream: Stream, context: Context) -> Iterator[list[Item]]:
    """Numbered parts of one paragraph that count on from one, with their facts: 收入情况如下：（一）…。（二）…。（三）…。"""
    places: dict[int, list[Place]] = {}
    for place in stream.places:
        places.setdefault(place.fact.block, []).append(place)
    for block, own in places.items():
        if len(own) < LEAST:
            continue
        start = context.document.blocks[block].span.start
        words = context.document.blocks[block].span.of(context.text)
        marks = [mark.end() for n, mark in enumerate(_INLINE.finditer(words), 1) if _count(mark[0]) == n]
        if len(marks) < LEAST:
            continue
        ends = [start + end for end in (*marks[1:], len(words))]
        first = bisect_left(own, start + marks[0], key=_begin)
        run: list[Item] = []
        for begin, end in zip(marks, ends, strict=True):
            last = bisect_left(own, end, key=_begin)
            run.append((words[begin : end - start], own[first:last]))
            first = last
        yield run


def _begin(place: Place) -> int:
    return place.quantity.span.start


def _count(words: str) -> int:
    """The number that a block begins with."""
    found = _NUMBER.search(words)
    if found is None:
        return 0
    if found[0].isdecimal():
        return int(found[0])
    tens, ten, ones = found[0].rpartition("十")
    return (_HAN.find(tens) if tens else 1) * 10 * bool(ten) + (_HAN.find(ones) if ones else 0)


def key_of(place: Place) -> str:
    """What tells the figures of one column: the kind of points, else the last words before the number."""
    if place.fact.kind in _SCORES:
        return place.fact.kind
    words = str(_FILLER.sub("", bare(place.clause)))
    # 总投资5.2亿元 of one item and 年内完成投资2.46亿元 of the next are two measures
    measure = _MEASURE.search(words[-6:-2])
    return words[-2:] + (measure[0] if measure else "")


def columns_of_items(run: Sequence[Item]) -> Iterator[tuple[str, tuple[Place, ...]]]:
    """The figures that every item states first in the same words, one column for each wording of the first item."""
    rows = []
    for _, own in run:
        row: dict[str, Place] = {}
        for place in own:
            if place.level and not place.bracket:
                row.setdefault(key_of(place), place)
        rows.append(row)
    for key in rows[0]:
        if key and all(key in row and like(row[key].quantity, rows[0][key].quantity) for row in rows):
            yield key, tuple(row[key] for row in rows)


def _class_totals(stream: Stream) -> dict[str, list[Place]]:
    """The figures that are told of a 类, by its name, in order."""
    found: dict[str, list[Place]] = {}
    for place in stream.places:
        if (named := _CLASS_TOTAL.search(place.lead)) is not None and place.level:
            found.setdefault(bare(named["name"]), []).append(place)
    return found


def _classes(
    stream: Stream, context: Context, run: Sequence[Item], columns: Sequence[dict[int, Place]], totals: Callable[[], dict[str, list[Place]]]
) -> Iterator[Side]:
    """社会保障和就业支出（类）326.72万元, against the items of that 类: in the column in which they reach it, else in the last one."""
    members: dict[str, list[int]] = {}
    for at, (words, _) in enumerate(run):
        if name := class_of_item(words):
            members.setdefault(name, []).append(at)
    if not columns or not members:
        return
    first = min(place.at for place in columns[0].values())
    for name, ats in members.items():
        told = totals().get(name, [])
        before = bisect_left(told, first, key=lambda place: place.at)
        if not before or len(ats) < 2:
            continue
        whole = told[before - 1]
        for column in columns:
            parts = [column[at] for at in ats]
            found = divided(stream, context, parts, only=whole)
            if found is not None and (found.holds or column is columns[-1]):
                yield found
                break


def class_of_item(words: str) -> str:
    """The 类 that a block begins with: 1.“教育支出（类）普通教育（款）…: 教育支出; "" where it begins with none."""
    named = _CLASS.match(bare_number(words)) if "类" in words else None
    return bare(named["name"]) if named is not None else ""


def bare_number(words: str) -> str:
    """The words of a block without its number."""
    for style in STYLES:
        number = style.match(words)
        words = words[number.end() :] if number is not None else words
    return words.strip()
