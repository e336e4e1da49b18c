"""The number of a section, a paragraph or an item of a list: 一、 （二） 1. 2、 3） 第三章 一是 ① 1.2.3.

Why: lists are counted by them; they are no figures.
Example: 二是强化执法检查；三是… → section_number.
Left alone: numbers with a unit, decimals (1.5万), enumerations of figures (得19.5分、14分).
Source: Format for Official Documents GB/T 9704 (一、 （一） 1. （1）).
"""

from __future__ import annotations

import re

from extract.knowledge import Pattern, Window
from extract.patterns._grammar import ARABIC_START, HAN_START, SCALES, D, numeral, unit_at, unit_end
from extract.types import Numeral
from extract.units import dimension

_EDGE = re.compile(r"(?:[。；;！!？?：:\n\t，,>|”）)、]|[\s　])$")
_ITEM = re.compile(r"\d{1,2}[.．][\u4e00-\u9fff]")
_BRACKET = re.compile(r"[（(]\s?$")
_WORDS = re.compile(r"(?![大重多余方])[\u4e00-\u9fff]{2,16}")
_SCALED = re.compile(rf"{SCALES}|[成折]")


def read(match: re.Match[str], where: Window) -> Numeral | None:
    text, start = where.text, match.start()
    line = max(where.start, text.rfind("\n", max(where.start, start - 8), start) + 1, text.rfind("\t", max(where.start, start - 8), start) + 1)
    at_start = start - line < 8 and not text[line:start].strip(" \u3000（(*#-·•")
    reason = "section_number" if at_start else "list_number"
    if match["circled"] or match["is"]:
        return numeral(match, reason)
    previous = text[start - 1] if start > where.start else "\n"
    if match["bracketed"]:
        if not _BRACKET.search(text, max(where.start, start - 2), start):
            return None
        value = match["bracketed"].strip()
        if value.isdigit() and int(value) > 30:
            return None
        return numeral(match, reason)
    # a cell that was printed over two rows: （三）不予公开1.属于国家秘密
    edge = at_start or _EDGE.search(previous) or (where.kind == "cell" and match["plain"] and _ITEM.match(text, match.start("plain"), where.end))
    if not edge or (previous == "、" and not match["han"]):
        return None
    if match["dotted"]:
        if not at_start or _goes_on(where, match.end()):
            return None  # 8.5分 and 1.2万 begin a cell, 1.1项目概况 a section
        return numeral(match, reason)
    if match["headed"] and not (at_start and _is_headline(where, line, match.end()) and _heads(where, match.end())):
        return None
    if match["plain"] and previous in "，,、":
        return None
    return numeral(match, reason)


def _is_headline(where: Window, line: int, at: int) -> bool:
    """Whether a line is a heading, or a paragraph of a few words alone, without any mark (5问题与对策)."""
    return where.kind in ("heading", "title") or (
        where.kind == "paragraph" and line == where.start and _WORDS.fullmatch(where.text, at, where.end) is not None
    )


def _heads(where: Window, at: int) -> bool:
    """Whether what stands behind the number of a heading is its words (6问题与展望, 1项目概况), no unit (3家企业)."""
    return where.text.startswith("项目", at) or not unit_at(where, at)


def _goes_on(where: Window, at: int) -> bool:
    """Whether what stands behind a number makes it an amount."""
    if _SCALED.match(where.text, at, where.end):
        return True
    unit = where.text[at : unit_end(where, at)]
    return unit != "" and dimension(unit) != "count"


PATTERN = Pattern(
    name="section_number",
    rank=30,
    starts=ARABIC_START + HAN_START + "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    regex=rf"""
    (?P<circled>[①-⑳])
    |(?P<is>[一二三四五六七八九十]{{1,3}}(?:是|则|要(?=[^求素点]))(?!一))
    |(?P<bracketed>[{D}]{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?[)）]
    |(?P<han>[一二三四五六七八九十]{{1,3}})\s?[、.．](?![{D}]|[一二三四五六七八九十]+[个项是、季])
    |(?P<dotted>[{D}]{{1,2}}(?:[.．][{D}]{{1,2}}){{1,4}}[.．、\ \u3000]?)(?=[\u4e00-\u9fff“《])
    |(?P<headed>[{D}]{{1,2}})(?=[\u4e00-\u9fff])
    |(?P<plain>[{D}]{{1,2}}\s?(?:、|[.．](?![{D}])|[)）]))(?!\s?(?:[{D}]+(?:[、和及]|[%％.．])))
    """,
    read=read,
)
