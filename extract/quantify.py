"""Numerals of a text: those that state an amount, and the others with the reason why not.

One pass: a character class finds where a numeral may begin, and there the patterns of ``patterns/`` that may begin
with that character are tried by rank; the first that accepts says what it is and where to go on. Nothing else of the
text is looked at, so that cost grows with the number of numerals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import NamedTuple, cast

from extract import intervals
from extract.knowledge import Pattern, Window, discover
from extract.numerals import Reading
from extract.patterns._grammar import COUNT_NOUNS, FORMAL_DIGIT, HAN_DIGIT, ONE, UNIT_START, D, build, unit_at
from extract.types import Document, Numeral, Quantified, Quantity, Span, Table
from extract.units import is_count, with_unit

_FORMAL_UNIT = "拾佰仟"
_SURE = f"{D}①-⑳Ⅰ-Ⅻ〇零一二三四五六七八九十百千万亿两萬億兩廿卅卌"
# One class first, and behind it what each of its characters needs: a class is looked for faster than a choice.
_CANDIDATE = re.compile(
    rf"[{_SURE}{FORMAL_DIGIT}{_FORMAL_UNIT}半几幾若数](?:(?<=[{_SURE}])"
    rf"|(?<=[{FORMAL_DIGIT}{_FORMAL_UNIT}])(?:(?=[{FORMAL_DIGIT}{_FORMAL_UNIT}{HAN_DIGIT}十百千万亿萬億元圆點点折成])|(?<![\u4e00-\u9fff].)$)"
    rf"|(?<=几)[十百千万亿]|(?<=幾)[十百千萬億個]|(?<=数)(?<![{COUNT_NOUNS}].)[十百千万亿]"
    rf"|(?P<counting>(?<=半)[\ \u3000]?|(?<=几)|(?<=若)干)(?=[{UNIT_START}]))"
)
_PLAIN = re.compile(r"([0-9]{1,5}(?:\.[0-9]{1,6})?)(%?)")
_FLOOD = re.compile(rf"[{D},，.．、:：/+~～\-－〇零一二三四五六七八九十百千万亿两]{{200,}}")
_NEXT = re.compile(rf"[{D}]+(?:[.．,，][{D}]+)?|.", re.DOTALL)
_SERIAL = frozenset({"序号", "编号", "行次", "栏次", "序", "No.", "No", "行号", "项次", "顺序号"})
_YEARS = frozenset({"年度", "年份", "年", "所属年度", "会计年度", "预算年度"})
_HEADER = "header"
_LABEL = "label"
_SERIES = "list_number"
_YEAR = "year"
_JOINERS = ("、", "和", "与", "及")
_SIZES = {Decimal(10) ** 4: "万", Decimal(10) ** 8: "亿"}
_FAR_APART = 100
_LABELLED = re.compile(r"[、，和][\u4e00-\u9fff]{2,8}")
_SHARED = re.compile(r"(?:分别|控制在|依次|各)[^，。；]{0,34}$")


@cache
def _patterns() -> tuple[Pattern, ...]:
    """The patterns by rank."""
    return tuple(sorted(cast("tuple[Pattern, ...]", discover("extract.patterns", "PATTERN")), key=lambda each: each.rank))


class _Tried(NamedTuple):
    """A pattern as it is tried, with the characters of which its window must have one (none: it needs none)."""

    pattern: Pattern
    needs: frozenset[str]


@cache
def _matcher(pattern: Pattern) -> Callable[[str, int, int], re.Match[str] | None]:
    """A pattern compiled, when it is first to be tried: that takes a while, and not every document has need of each."""
    return re.compile(pattern.regex, re.VERBOSE | re.DOTALL).match


@cache
def _by_start() -> Mapping[str, tuple[_Tried, ...]]:
    """The patterns that may begin with a character, by rank."""
    found: dict[str, list[_Tried]] = {}
    for each in _patterns():
        tried = _Tried(each, frozenset(each.needs))
        for char in set(each.starts):
            found.setdefault(char, []).append(tried)
    return {char: tuple(tried) for char, tried in found.items()}


@cache
def _needed() -> re.Pattern[str]:
    """The characters that some pattern needs."""
    return re.compile(f"[{re.escape(''.join(sorted({char for each in _patterns() for char in each.needs})))}]")


def _scan(window: Window) -> Iterator[Quantity | Numeral]:
    """The numerals of a window in text order."""
    text, at, end = window.text, window.start, window.end
    there: frozenset[str] | None = None
    furniture = window.kind == "furniture"
    search, flood, by_start = _CANDIDATE.search, _FLOOD.match, _by_start()
    while True:
        candidate = search(text, at, end)
        if candidate is None:
            return
        start = candidate.start()
        if candidate.lastgroup and not unit_at(window, candidate.end()):
            at = start + 1  # 半, 几 and 若干 are numerals before a unit alone
            continue
        run = flood(text, start, end)
        if run is not None:
            yield Numeral(span=Span(*run.span()), reason="unreadable")
            at = run.end()
            continue
        if furniture:
            skipped = _NEXT.match(text, start, end)
            at = skipped.end() if skipped else start + 1
            yield Numeral(span=Span(start, at), reason="page_number")
            continue
        if there is None:
            there = frozenset(_needed().findall(text, window.start, end))
        for pattern, needs in by_start.get(text[start], ()):
            if needs and there.isdisjoint(needs):
                continue
            match = _matcher(pattern)(text, start, end)
            if match is None:
                continue
            found = pattern.read(match, window)
            if found is not None:
                yield found
                at = max(found.span.end, start + 1)
                if isinstance(found, Quantity):
                    at = max(at, min(found.extent.end, end))
                break
        else:
            skipped = _NEXT.match(text, start, end)
            at = skipped.end() if skipped else start + 1
            yield Numeral(span=Span(start, at), reason="unreadable")


def _plain(window: Window) -> Quantity | None:
    """The number that is all of a window: of the patterns only that of amounts reads one so short, and no word stands beside it."""
    match = _PLAIN.fullmatch(window.text, window.start, window.end)
    if match is None:
        return None
    digits, unit = match.groups()
    span = Span(window.start, match.end(1))
    return build(window, pattern="amount", span=span, end=window.end, reading=Reading(digits, ONE, len(digits)), unit=unit)


def _windows(document: Document) -> Iterator[Window]:
    """The document's blocks, and the words between them, in text order."""
    text, at = document.text, 0
    for block in document.blocks:
        start, end = block.span.start, block.span.end
        if start > at and not text[at:start].isspace():
            yield Window(text=text, start=at, end=start)
        yield Window(text=text, start=start, end=end, kind=block.kind)
        at = end
    if at < len(text):
        yield Window(text=text, start=at, end=len(text))


def _split(found: Sequence[Quantity | Numeral], text: str) -> Quantified:
    quantities = [each for each in found if isinstance(each, Quantity)]
    return Quantified(
        quantities=_share_bounds(_share_units(quantities, text), text), others=tuple(each for each in found if isinstance(each, Numeral))
    )


def _share_units(quantities: list[Quantity], text: str) -> list[Quantity]:
    """A unit behind the last of several figures holds for all: 分别为95、97、98件; 5.8、8.6、7.2万元; 5.8万、8.6万、7.2万元;
    居民4318.7万、非居民2986.1万、特种行业347.6万立方米."""
    for i in range(len(quantities) - 2, -1, -1):
        here, following = quantities[i], quantities[i + 1]
        if here.unit or not following.unit:
            continue
        between = text[here.extent.end : following.extent.start]
        if _alike(here, following) and _LABELLED.fullmatch(between):
            quantities[i] = with_unit(here, following.unit)
        if between not in _JOINERS:
            continue
        if _SHARED.search(text, max(0, here.span.start - 40), here.span.start):
            size = _SIZES.get(following.scale, "") if here.scale == 1 and _of_one_size(here, following) else ""
            quantities[i] = with_unit(here, size + following.unit)
    return quantities


def _alike(here: Quantity, following: Quantity) -> bool:
    """Whether two figures are written alike, with a scale and as many decimals."""
    one, other = here.digits.partition(".")[2], following.digits.partition(".")[2]
    return here.scale == following.scale and here.scale in _SIZES and len(one) == len(other) > 0


def _of_one_size(here: Quantity, following: Quantity) -> bool:
    """Whether 万 behind the second figure holds for the first one too: of 860、1.2万人次 it does not."""
    if here.value is None or following.value is None:
        return False
    return abs(here.value) < _FAR_APART * abs(following.value / following.scale)


def _share_bounds(quantities: list[Quantity], text: str) -> tuple[Quantity, ...]:
    """A bound behind the last of several figures holds for all: 分别控制在30起、14人以内."""
    for i in range(len(quantities) - 2, -1, -1):
        here, following = quantities[i], quantities[i + 1]
        if here.bound != "=" or following.bound not in ("<=", ">=", "≈") or following.extent.start != following.span.start:
            continue
        if text[here.extent.end : following.extent.start] not in _JOINERS:
            continue
        if not _SHARED.search(text, max(0, here.span.start - 40), here.span.start):
            continue
        count = is_count(here.dimension, here.scale, here.digits)
        interval = intervals.of_numeral(here.digits, here.scale, following.bound, count=count)
        quantities[i] = replace(here, bound=following.bound, interval=interval)
    return tuple(quantities)


def quantify_text(text: str) -> Quantified:
    """Every numeral of ``text``, read line by line: the quantities and the others, each in text order; no two spans overlap."""
    found: list[Quantity | Numeral] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end + 1
        found.extend(_scan(Window(text=text, start=start, end=end)))
        start = end
    return _split(found, text)


def quantify(document: Document) -> Quantified:
    """Every numeral of the document's reading text, read block by block; no numeral runs from one block into the next.

    Numbers of page furniture are page numbers, those under a header such as 序号 are list numbers, and a lone year in a
    table's header is a date.
    """
    headed = _headed(document)
    found: list[Quantity | Numeral] = []
    for window in _windows(document):
        reason = headed.get(window.start) if window.kind == "cell" else None
        plain = _plain(window) if window.kind == "cell" else None
        for each in _scan(window) if plain is None else (plain,):
            if reason == _LABEL:
                if isinstance(each, Quantity) and _is_class(each):
                    each = Numeral(span=each.span, reason="name")
            elif reason and isinstance(each, Quantity) and not each.unit and each.bound == "=":
                alone = len(window.text[window.start : window.end].strip()) == len(each.span)
                if alone and reason == _HEADER:
                    each = Numeral(span=each.span, reason=_YEAR if _yearlike(each) else _SERIES)
                elif alone and (reason != _YEAR or _yearlike(each)):
                    each = Numeral(span=each.span, reason=reason)
            found.append(each)
    return _split(found, document.text)


def _headed(document: Document) -> dict[int, str]:
    """What numbers in cells are by where they stand, for the cells where that is no amount, by where a cell starts."""
    headed: dict[int, str] = {}
    columns = [[_named(path) for path in table.headers] for table in document.tables]
    for block in document.blocks:
        if block.cell is None:
            continue
        table, row, column = document.tables[block.cell.table], block.cell.row, block.cell.column
        of_column = columns[block.cell.table]
        named = of_column[column] if column < len(of_column) else ""
        if row < table.header_rows:
            headed[block.span.start] = _HEADER
        elif named == _SERIES:
            headed[block.span.start] = _SERIES
        elif _names_row(table, row, column):
            headed[block.span.start] = _LABEL
        elif named == _YEAR or _named(table.labels[row] if row < len(table.labels) else ()) == _YEAR:
            headed[block.span.start] = _YEAR
    return headed


def _named(path: Sequence[str]) -> str:
    """What the lowest header of a column, or the innermost label of a row, says that its numbers are."""
    last = path[-1] if path else ""
    return _SERIES if last.strip() in _SERIAL else _YEAR if last in _YEARS else ""


def _names_row(table: Table, row: int, column: int) -> bool:
    """Whether a cell is the name of a row of figures."""
    if table.roles[column] != "label" or row < table.header_rows:
        return False
    return any(role == "value" and table.text_at(row, c)[:1].isdigit() for c, role in enumerate(table.roles))


def _is_class(quantity: Quantity) -> bool:
    """Whether what a name counts is part of it: 60岁及以上, 100万元以上设备, 三类内部事务信息."""
    bounded = quantity.bound in (">=", "<=", ">", "<", "range") and (quantity.unit == "岁" or quantity.dimension == "money")
    return bounded or not quantity.digits[:1].isascii() or quantity.unit == "类"


def _yearlike(quantity: Quantity) -> bool:
    return len(quantity.digits) == 4 and quantity.digits[:2] in ("19", "20")
