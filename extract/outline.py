"""Sections and list marks: what the numbers in front of headings and items say of a document's order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from extract.types import Block, Document, ListMarker, Section, Span

_HAN = "[一二三四五六七八九十百零〇]"
# Styles from the outermost to the innermost, as official documents nest them (GB/T 9704-2012, 7.3.3: 一、（一）1.（1）).
_STYLES = (
    ("part", rf"第(?P<part>{_HAN}{{1,3}}|\d{{1,2}})(?:部分|[编篇])"),
    ("chapter", rf"第(?P<chapter>{_HAN}{{1,3}}|\d{{1,2}})章"),
    ("paragraph", rf"第(?P<paragraph>{_HAN}{{1,3}}|\d{{1,2}})节"),
    ("han", rf"(?P<han>{_HAN}{{1,3}})(?:、(?!{_HAN}+、)|[．.](?=\D))"),
    ("han_brackets", rf"[（(](?P<han_brackets>{_HAN}{{1,3}})[）)]"),
    ("arabic", r"(?P<arabic>\d{1,2})(?:、(?!\d)|[．.](?![\d]))"),
    ("arabic_brackets", r"(?:[（(](?P<arabic_brackets>\d{1,2})[）)]|(?P<arabic_bracket>\d{1,2})[）)])"),
    ("circled", r"(?P<circled>[①-⑳])"),
)
_RANKS = {name: rank for rank, (name, _) in enumerate(_STYLES, start=10)}
_NUMBER = re.compile(rf"(?:{'|'.join(pattern for _, pattern in _STYLES)})\s*")
_MARKDOWN = re.compile(r"(?P<marks>#{1,6})\s+")
_INLINE = re.compile(rf"(?P<han_is>{_HAN}{{1,3}})是(?=\S)|第(?P<ordinal>{_HAN}{{1,2}})[，,：:]|其(?P<of_them>[一二三四五六七八九])[，,：:]")
_SENTENCE = re.compile(r"[。！？!?]")
_LEAD_END = re.compile(r"[。：:！？!?；;]|\s")
# A heading is at most this long; a numbered paragraph's leading phrase too.
_LONGEST_HEADING = 50
_LONGEST_LEAD = 60
# With a comma in it a phrase is a sentence, unless it is two short halves (统字当头，凝聚监管合力).
_LONGEST_PAIR = 32
_LONGEST_PHRASE = 16
_BEFORE_MARK = re.compile(r"[。；;：:！？!?，,、\s]")

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0}


def han_number(text: str) -> int:
    """The value of a numeral as lists use it: 十一 is 11, 3 is 3, ④ is 4."""
    if text.isdecimal():
        return int(text)
    if len(text) == 1 and "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    total = current = 0
    for c in text:
        if c == "十":
            total += (current or 1) * 10
            current = 0
        elif c == "百":
            total += (current or 1) * 100
            current = 0
        else:
            current = _DIGITS[c]
    return total + current


@dataclass(frozen=True, slots=True)
class _Heading:
    rank: int
    number: str
    title: str
    span: Span


def _heading(text: str, span: Span, level: int = 0) -> _Heading | None:
    """The heading at the start of a block, if there is one; a block that the format marks as one of a level is."""
    if level and len(span) <= _LONGEST_LEAD and not text.endswith(("。", "；"), span.start, span.end):
        match = _NUMBER.match(text, span.start, span.end)
        return _Heading(min(level, 6), match[0].strip() if match else "", text[match.end() if match else span.start : span.end].strip(), span)
    markdown = _MARKDOWN.match(text, span.start, span.end)
    start = markdown.end() if markdown else span.start
    match = _NUMBER.match(text, start, span.end)
    if markdown:
        number = match[0].strip() if match else ""
        title = text[match.end() if match else start : span.end].strip()
        return _Heading(len(markdown["marks"]), number, title, span)
    if match is None:
        return None
    style = next(name for name, value in match.groupdict().items() if value is not None)
    rank = _RANKS["arabic_brackets" if style == "arabic_bracket" else style]
    body = text[match.end() : span.end]
    item = rank >= _RANKS["arabic"]
    end = _SENTENCE.search(body)
    if len(body) <= _LONGEST_HEADING and (end is None or end.end() == len(body)):
        if not body or body.endswith(("；", ";", "，", "、")) or (item and (end is not None or ("，" in body and len(body) > _LONGEST_PHRASE))):
            return None
        return _Heading(rank, match[0].strip(), body.rstrip("。：:"), span)
    lead = _LEAD_END.search(body, 0, _LONGEST_LEAD + 1)
    if lead is None or lead[0] in "；;" or not lead.start():
        return None
    title = body[: lead.start()]
    if "，" in title and len(title) > (_LONGEST_PHRASE if item else _LONGEST_PAIR):
        return None
    return _Heading(rank, match[0].strip(), title, Span(span.start, match.end() + lead.start()))


def without_number(heading: str) -> str:
    """The words of a heading or caption without the section number in front."""
    match = _NUMBER.match(heading)
    return heading[match.end() :] if match else heading


def sections(text: str, blocks: Sequence[Block], levels: Mapping[int, int] = MappingProxyType({})) -> tuple[Section, ...]:
    """The sections that the headings among ``blocks`` open, in order; the parent is the nearest heading of a higher rank.

    A heading is a numbered short block, a Markdown heading, or the leading phrase of a numbered paragraph
    （一）安全生产监管。… Two headings with one number stay two sections. ``levels`` are the levels of those that the format
    itself marks, by where they start.
    """
    found: list[_Heading] = []
    for block in blocks:
        if block.cell is None and block.kind != "caption":
            heading = _heading(text, block.span, levels.get(block.span.start, 0))
            if heading is not None:
                found.append(heading)
    made: list[Section] = []
    stack: list[int] = []
    for index, heading in enumerate(found):
        while stack and found[stack[-1]].rank >= heading.rank:
            stack.pop()
        parent = stack[-1] if stack else None
        stack.append(index)
        made.append(
            Section(
                number=heading.number,
                title=heading.title,
                level=len(stack),
                span=Span(heading.span.start, len(text)),
                heading=heading.span,
                parent=parent,
            )
        )
    return tuple(_closed(made))


def _closed(made: list[Section]) -> list[Section]:
    """The sections with their ends: each runs to the next heading that is not below it."""
    ends = [section.span.end for section in made]
    open_: list[int] = []
    for index, section in enumerate(made):
        while open_ and made[open_[-1]].level >= section.level:
            ends[open_.pop()] = section.span.start
        open_.append(index)
    return [
        Section(number=s.number, title=s.title, level=s.level, span=Span(s.span.start, end), heading=s.heading, parent=s.parent)
        for s, end in zip(made, ends, strict=True)
    ]


def section_of(starts: Sequence[int], position: int) -> int | None:
    """The index of the innermost section at ``position``, given where the sections start; ``None`` before the first."""
    index = bisect_right(starts, position) - 1
    return index if index >= 0 else None


def list_markers(document: Document) -> tuple[ListMarker, ...]:
    """Every mark of a list item or numbered section, in text order: 一是, （二）, 3、, ④, 第一，.

    A mark stands at the start of a block, or inside it after a mark or a space; （三） after a word names an item and
    opens none.
    """
    text = document.text
    starts = [section.span.start for section in document.sections]
    found: list[ListMarker] = []
    for block in document.blocks:
        for match in _MARKS.finditer(text, block.span.start, block.span.end):
            if match.start() > block.span.start and not _BEFORE_MARK.match(text[match.start() - 1]):
                continue
            style = next(name for name, value in match.groupdict().items() if value is not None)
            value = match[style]
            name = {"arabic_bracket": "arabic_brackets"}.get(style, style)
            if match.start() > block.span.start and name == "arabic" and text[match.start() - 1] in "，,、":
                continue
            found.append(
                ListMarker(
                    number=han_number(value),
                    style=name,
                    level=_LEVELS[name],
                    span=Span(match.start(), match.end()),
                    section=section_of(starts, match.start()),
                )
            )
    return tuple(found)


_MARKS = re.compile(rf"(?=[第其（(①-⑳一二三四五六七八九十百零〇\d])(?:{'|'.join(pattern for _, pattern in _STYLES)}|{_INLINE.pattern})")
_LEVELS = {name: level for level, (name, _) in enumerate(_STYLES, start=1)} | {"han_is": 9, "ordinal": 9, "of_them": 9}
