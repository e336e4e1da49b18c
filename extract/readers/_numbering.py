"""The automatic numbers of paragraphs in a Word file, written out: 一、, （二）, 3., ④.

Source: ECMA-376 Part 1, 17.9 (numbering) and 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_MOST = 32_767
"""Word counts no further, and no list begins below 0."""
_LEVELS = 9
"""A list has no more (17.9.6)."""
_LONGEST = 100
"""What stands in front of a paragraph is a number with a few words, and a style is based on a few others: more is a bomb."""

_HAN = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def counting(number: int) -> str:
    """一, 十, 十一, 二十三, 一百零五: a number up to 9999 as lists count in Chinese."""
    if number <= 0:
        return "〇"
    written, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if zero and written else "") + _HAN[digit] + name
            zero = False
        else:
            zero = True
    return written[1:] if written.startswith("一十") else written


def _formal(number: int) -> str:
    table = str.maketrans(_HAN[1:] + "十百千零", _FORMAL[1:] + "拾佰仟零")
    return counting(number).translate(table)


def _letters(number: int) -> str:
    # a … z, aa, bb: the letter is repeated
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _roman(number: int) -> str:
    written = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"), strict=True
    ):
        count, number = divmod(number, value)
        written += sign * count
    return written


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else ""


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({ord("0") + n: ord("０") + n for n in range(10)}),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda number: f"（{number}）",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "chineseCounting": counting,
    "chineseCountingThousand": counting,
    "japaneseCounting": counting,
    "taiwaneseCounting": counting,
    "taiwaneseCountingThousand": counting,
    "ideographDigital": lambda number: "".join(_HAN[int(digit)] for digit in str(number)),
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": lambda number: chr(0x3220 + number - 1) if 1 <= number <= 10 else counting(number),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "bullet": lambda number: "",
    "none": lambda number: "",
}


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    style: str = ""


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The numbers to come: asked paragraph by paragraph in text order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._by_number: dict[str, tuple[str, dict[int, int]]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")} if styles is not None else {}
        if numbering is None:
            return
        for abstract in numbering.iter(f"{W}abstractNum"):
            levels = {_int(level.get(f"{W}ilvl")): _level(level) for level in abstract.iter(f"{W}lvl")}
            self._lists[abstract.get(f"{W}abstractNumId", "")] = _List({at: level for at, level in levels.items() if at < _LEVELS})
        for number in numbering.iter(f"{W}num"):
            starts = {
                _int(change.get(f"{W}ilvl")): _int(start.get(f"{W}val"))
                for change in number.iter(f"{W}lvlOverride")
                if (start := change.find(f"{W}startOverride")) is not None
            }
            self._by_number[number.get(f"{W}numId", "")] = (_value(number.find(f"{W}abstractNumId")), starts)

    def before(self, paragraph: etree._Element) -> str:
        """What stands in front of the paragraph, "" where it is not numbered; counts it."""
        number, level = self._of(paragraph)
        if not number or number == "0" or number not in self._by_number:
            return ""
        abstract, starts = self._by_number[number]
        numbered = self._lists.get(abstract)
        if numbered is None or level not in numbered.levels:
            return ""
        if level in starts and (number, level) not in self._begun:
            numbered.counters[level] = starts[level] - 1
        self._begun.add((number, level))
        own = numbered.levels[level]
        numbered.counters[level] = numbered.counters.get(level, own.start - 1) + 1
        for deeper in [each for each in numbered.counters if each > level]:
            if numbered.levels.get(deeper, own).restart != 0:
                del numbered.counters[deeper]
        written = own.text
        for upper in range(level + 1):
            at = numbered.levels.get(upper)
            if at is not None and f"%{upper + 1}" in written:
                # A level above that has not been counted stands at its start.
                count = numbered.counters.setdefault(upper, at.start)
                written = written.replace(f"%{upper + 1}", _FORMATS.get(at.format, str)(count))
        return written if own.format != "bullet" else ""

    def level_of_heading(self, paragraph: etree._Element) -> int:
        """The outline level of a heading from 1; 0 for body text."""
        for _, properties in self._properties(paragraph):
            outline = properties.find(f"{W}outlineLvl")
            if outline is not None:
                level = _int(outline.get(f"{W}val"))
                return level + 1 if 0 <= level < 9 else 0
        return 0

    def _of(self, paragraph: etree._Element) -> tuple[str, int]:
        level: int | None = None
        for style, properties in self._properties(paragraph):
            found = properties.find(f"{W}numPr")
            if found is None:
                continue
            if level is None and (said := found.find(f"{W}ilvl")) is not None:
                level = _int(said.get(f"{W}val"))
            if (number := found.find(f"{W}numId")) is not None:
                name = number.get(f"{W}val", "")
                return name, self._level_of_style(name, style) if level is None else level
        return "", 0

    def _level_of_style(self, number: str, style: str) -> int:
        """The level that is linked to a style; the first where none is."""
        numbered = self._lists.get(self._by_number.get(number, ("", {}))[0])
        return next((at for at, level in numbered.levels.items() if style and level.style == style), 0) if numbered else 0

    def _properties(self, paragraph: etree._Element) -> list[tuple[str, etree._Element]]:
        """The paragraph's own properties under "", then those of its style and the styles that it is based on, by name."""
        own = paragraph.find(f"{W}pPr")
        found = [("", own)] if own is not None else []
        name = _value(own.find(f"{W}pStyle")) if own is not None else ""
        seen: set[str] = set()
        while name and name not in seen and name in self._styles and len(seen) < _LONGEST:
            seen.add(name)
            style = self._styles[name]
            if (properties := style.find(f"{W}pPr")) is not None:
                found.append((name, properties))
            name = _value(style.find(f"{W}basedOn"))
        return found


def _level(element: etree._Element) -> _Level:
    restart = element.find(f"{W}lvlRestart")
    return _Level(
        start=_int(_value(element.find(f"{W}start")) or "1"),
        format=_value(element.find(f"{W}numFmt")) or "decimal",
        text=_value(element.find(f"{W}lvlText"))[:_LONGEST],
        restart=_int(_value(restart)) if restart is not None else None,
        style=_value(element.find(f"{W}pStyle")),
    )


def _value(element: etree._Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _int(text: str | None) -> int:
    try:
        return max(0, min(int(text or 0), _MOST))
    except ValueError:
        return 0
