"""What the patterns of this folder are put together from: the pieces of a numeral, its bounds, and how a quantity is built.

The pieces are regular expressions for the verbose mode (blanks are written as escapes). None of them can match a part of
the text in two ways that differ by more than a few characters, so that every pattern stays linear.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from decimal import Context, Decimal
from functools import cache
from importlib import resources
from typing import cast

from extract import intervals, units
from extract.knowledge import Window
from extract.numerals import Reading, parse
from extract.types import Bound, Interval, Numeral, Quantity, Span

EXACT = Context(prec=100)
ONE = Decimal(1)

D = "0-9０-９"
HAN_DIGIT = "〇零一二三四五六七八九两"
FORMAL_DIGIT = "壹贰叁肆伍陆柒捌玖兩貳參陸倆"
ARABIC_START = "0123456789０１２３４５６７８９"
HAN_START = HAN_DIGIT + FORMAL_DIGIT + "十百千万亿拾佰仟萬億廿卅卌○"
ANY_START = ARABIC_START + HAN_START

WS = r"[\ \u3000\xa0]{0,2}"
SCALE_CHAR = r"(?:[十亿億拾]|[万萬](?!分之|向|能)|[百佰](?!分[之点點]|帕)|[千仟](?!分[之点點]|[米克瓦伏卡帕赫焦安牛]|字节|比特))"
SCALES = rf"(?:{SCALE_CHAR}{{1,3}})"
ARABIC = rf"(?:(?:[{D}]{{1,3}}(?:[,，][{D}]{{3}})+(?![{D}])|[{D}]+)(?:[.．][{D}]+)?)"
HAN_DECIMALS = rf"[点點][〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖{D}]+(?:[万亿萬億]{{1,2}}(?!分之))?"
HAN = rf"(?:(?:[{HAN_DIGIT}{FORMAL_DIGIT}廿卅卌○]|{SCALE_CHAR}){{1,40}}+(?:{HAN_DECIMALS})?)"
MIXED = rf"(?:{ARABIC}(?:{WS}{SCALES}(?:零?[{D}]{{1,4}}(?![{D}.．,，%％年月]){SCALES}?|零?[{HAN_DIGIT}]{SCALES}?(?![年月])){{0,3}})?)"
NUMBER = rf"(?:{MIXED}|{HAN})"
NUMERIC = rf"[{D}{HAN_DIGIT}{FORMAL_DIGIT}廿卅卌○十百千万亿拾佰仟萬億点點,，.．\ \u3000\xa0]"
"""A character of a number or a space behind it: tells cheaply what follows a number, before the number is read."""
UNIT_START = "".join(sorted({re.escape(spelling[0]) for spelling in units.units()}))
_UNIT_FIRST = frozenset(spelling[0] for spelling in units.units())
_PER = units.trie((word, "") for word in units.denominators())
_PER_UNIT = re.compile(rf"[/／]{_PER}(?:[·•∙、/]{_PER}){{0,3}}|每{_PER}")
_BLANKS = " \u3000\xa0"
TIMES = "月|小时|星期|学期|世纪|季度|工作日|百分点|年头|钟头|時辰|时辰|小時"
COUNT_NOUNS = "人次总户件指分倍参函系台家个起项少多无岁天年月吨辆口套张份例位小偶奇基常实整负代计算读变复级层期场处条页字篇册本株头只度声招回"
"""Characters that make a noun with 数 (人数, 次数): no 数十 begins there."""
INCLUDED = r"(?:[（(](?:含|不含)[）)])?"


def _bounds() -> dict[str, dict[str, list[str]]]:
    loaded = tomllib.loads(resources.files("extract").joinpath("data", "bounds.toml").read_text(encoding="utf-8"))
    return cast("dict[str, dict[str, list[str]]]", loaded)


_WORDS = _bounds()
_LEFT = cast("dict[str, str]", _WORDS["left"])
_RIGHT = cast("dict[str, str]", _WORDS["right"])
_BEFORE = re.compile(units.trie((word[::-1], _LEFT.get(word, "")) for words in _WORDS["before"].values() for word in words))
_BOUND = {word: cast(Bound, bound) for side in ("before", "after") for bound, words in _WORDS[side].items() for word in words}
AFTER = units.trie((word, _RIGHT.get(word, "")) for words in _WORDS["after"].values() for word in words)
_FILLER = re.compile(rf"{WS}(?:了|有|为|達到|到达|到|达|在|是|占|出)?{WS}")
_CURRENCY = {"¥": "元", "￥": "元", "$": "美元", "＄": "美元", "€": "欧元", "£": "英镑"}
_CURRENCY_WORD = re.compile(
    rf"{WS}(?:{'|'.join(word[::-1] for word, unit in units.units().items() if unit.dimension == 'currency' or word in ('人民币', 'RMB', 'CNY'))})"
)
_NOT_JOINED = re.compile(r"[^0-9０-９A-Za-z%％‰）)\]〕\-−－—]")
_SIGN_AFTER = re.compile(r"[\s（(：:，,、；;|｜为达是约≥≤><＞＜》至到在率幅长度额量温润益]")
_LOOKBACK = 14
_TITLE = 120
"""How far back a title mark 《 is looked for; a 》 without one is a misread ≥."""
_KEPT_TO = re.compile(r"的[^，,。；;、（）()\d]{0,6}(?:目标|指标|红线|要求|标准|任务|限值|上限)值?(?P<word>以内|之内|以下|之下|以上|之上)")
"""控制在4%的目标以内: the goal stands between number and limit."""
_BESIDE = " \t\n\u3000\xa0-−－"

_AFTER = re.compile(rf"(?:{WS}(?P<after>{AFTER}))?")


def before(where: Window, start: int) -> tuple[Bound | None, int]:
    """The bound that the words right before ``start`` state, and where they begin; (None, start) where there are none."""
    text = where.text
    if start <= where.start:
        return None, start
    floor = max(where.start, start - _LOOKBACK)
    window = text[floor:start][::-1]
    filler = _FILLER.match(window)
    skipped = filler.end() if filler else 0
    for at in (len(window) - len(window.lstrip(" \u3000\xa0")), skipped):
        found = _BEFORE.match(window, at)
        if found is None:
            continue
        word = found[0][::-1]
        if at == skipped and at and filler and filler[0].strip() and len(word) == 1 and word != "约":
            continue
        if word in (">", "<") and floor and re.match(r"/?[a-z0-9]+[</]", window[found.end() :]):
            continue  # the end of a tag is no sign
        return _BOUND[word], start - found.end()
    if window[0] == "》":
        near = max(where.start, start - _TITLE)
        opening, closing = text.rfind("《", near, start), text.rfind("》", near, start - 1)
        if opening < 0 or opening < closing:
            return ">=", start - 1
    return None, start


def alone(where: Window, start: int, end: int) -> bool:
    """Whether nothing but blanks and a sign stands beside ``start`` to ``end`` in its block, as in a cell of a table."""
    if where.end - where.start > end - start + 8:
        return False
    return not where.text[where.start : start].strip(_BESIDE) and not where.text[end : where.end].strip(_BESIDE)


@cache
def _units(first: str) -> re.Pattern[str]:
    """The units that begin with a character of some unit, compiled when it is first met: all of them would take a while, and no report has most."""
    return re.compile(units.pattern(first))


def unit_end(where: Window, at: int) -> int:
    """Where the unit at ``at`` ends, the longest that there is, without what it is stated per; ``at`` where there is none."""
    first = where.text[at] if at < where.end else ""
    found = _units(first).match(where.text, at, where.end) if first in _UNIT_FIRST else None
    return found.end() if found else at


def unit_at(where: Window, at: int, blanks: int = 0) -> bool:
    """Whether a unit stands at ``at``, or up to so many blanks behind it."""
    last = min(at + blanks, where.end)
    while at < last and where.text[at].isspace():
        at += 1
    return unit_end(where, at) > at


def unit_behind(where: Window, at: int) -> tuple[str, int]:
    """The unit behind a number that ends at ``at``, and where it ends; ("", at) where there is none."""
    begins, last = at, min(at + 2, where.end)
    while begins < last and where.text[begins] in _BLANKS:
        begins += 1
    end = unit_end(where, begins)
    if end == begins:
        return "", at
    per = _PER_UNIT.match(where.text, end, where.end)
    end = per.end() if per else end
    return where.text[begins:end], end


def after_behind(where: Window, at: int) -> tuple[str, int]:
    """The word of a bound behind what ends at ``at``, and where it ends; ("", at) where there is none."""
    found = cast("re.Match[str]", _AFTER.match(where.text, at, where.end))
    return found["after"] or "", found.end()


def joined(lead: Bound | None, gap: bool, follow: Bound | None) -> Bound:
    """The bound that words before, inside and after a number make together."""
    if lead == "≈" and gap:
        return ">~"  # 约1200余: the nearer word says more
    if lead == "<~" and gap:
        return "≈"  # 近3000余: just under and just above at once
    if lead == "<~" and follow in (">=", "<=", "<", ">"):
        return follow
    return lead or follow or (">~" if gap else "=")


def after(word: str | None) -> Bound | None:
    if not word:
        return None
    return "<=" if word == "内" else _BOUND[word]


def _kept_to(where: Window, end: int) -> Bound | None:
    if where.text[end : end + 1] != "的":
        return None
    found = _KEPT_TO.match(where.text, end, where.end)
    return after(found["word"]) if found else None


def prefix(where: Window, start: int) -> tuple[bool, str, int]:
    """Sign and currency before a number: (whether negative, unit or "", where they begin)."""
    text = where.text
    negative, unit, at = False, "", start
    for _ in range(2):
        if at <= where.start:
            break
        char = text[at - 1]
        if char in _CURRENCY and not unit:
            unit, at = _CURRENCY[char], at - 1
        elif char in "-−－﹣" and not negative:
            if at - 1 == where.start or (_SIGN_AFTER if char == "－" else _NOT_JOINED).match(text[at - 2]):
                negative, at = True, at - 1
        elif char in "负負↓":
            if text[at - 2 : at - 1] in _BEARING:
                break  # 为企业减负2846万元, 自负30%
            negative, at = True, at - 1
        elif char == "↑":
            at -= 1
        elif char in " 的下" and at - 2 >= where.start and _sign_apart(where, at - 2):
            negative, at = True, at - 2
        elif not unit and (char in "币幣元镑币BYD郎" or char in " \u3000"):
            found = _CURRENCY_WORD.match(text[max(where.start, at - 8) : at][::-1])
            if found is None:
                break
            word = found[0].strip()[::-1]
            unit, at = units.written_as(word)[0], at - found.end()
    return negative, unit, at


_BEARING = frozenset("减降担自肩背承抱")
"""Before 负 these make a word of it."""


def _sign_apart(where: Window, at: int) -> bool:
    """Whether a sign of two characters begins at ``at``: 负 5, 负的百分之三, 零下5度, or a dash apart that begins the block."""
    char = where.text[at]
    if where.text[at + 1] == "下":
        return char == "零"
    return char in "负負" or (char in "-−－" and at == where.start)


def build(
    where: Window,
    *,
    pattern: str,
    span: Span,
    end: int,
    reading: Reading,
    scale: Decimal = ONE,
    unit: str = "",
    gap: bool = False,
    follow: Bound | None = None,
    lead: Bound | None = None,
) -> Quantity:
    """A quantity of one numeral: sign, currency and bound words before it are looked up, its value and interval computed."""
    negative, currency, at = prefix(where, span.start)
    found, extent_start = before(where, at)
    written, factor = units.written_as(unit or currency)
    if currency and written == "元" and currency != written:
        written = currency
    total = reading.scale if scale == 1 else EXACT.multiply(reading.scale, scale)
    if factor != 1:
        total = EXACT.multiply(total, factor)
    dimension = units.dimension(written)
    bound = joined(found or lead, gap, follow or _kept_to(where, end))
    interval = intervals.of_numeral(reading.digits, total, bound, count=units.is_count(dimension, total, reading.digits))
    value = EXACT.multiply(Decimal(reading.digits), total)
    bare = extent_start == span.start and end == span.end
    return Quantity(
        span=span,
        extent=span if bare else Span(extent_start, end),
        digits=reading.digits,
        value=-value if negative else value,
        unit=written,
        dimension=dimension,
        scale=total,
        bound=bound,
        interval=intervals.negate(interval) if negative else interval,
        pattern=pattern,
    )


def between(where: Window, *, pattern: str, span: Span, end: int, low: Decimal, high: Decimal, digits: str, unit: str, scale: Decimal) -> Quantity:
    """A quantity that is a range, both ends in."""
    _, currency, at = prefix(where, span.start)
    _, extent_start = before(where, at)
    written, factor = units.written_as(unit or currency)
    low, high = EXACT.multiply(low, factor), EXACT.multiply(high, factor)
    return Quantity(
        span=span,
        extent=Span(extent_start, end),
        digits=digits,
        value=None,
        low=low,
        high=high,
        unit=written,
        dimension=units.dimension(written),
        scale=EXACT.multiply(scale, factor),
        bound="range",
        interval=intervals.of_range(low, high),
        pattern=pattern,
    )


def unknown(where: Window, *, pattern: str, span: Span, end: int, unit: str) -> Quantity:
    """A quantity that names no number (数十, 若干): no value, no limits."""
    written, factor = units.written_as(unit)
    return Quantity(
        span=span,
        extent=Span(before(where, span.start)[1], end),
        digits="",
        value=None,
        unit=written,
        dimension=units.dimension(written),
        scale=factor,
        bound="≈",
        interval=Interval(low=None, high=None),
        pattern=pattern,
    )


def scaled(number: str, scale: str | None) -> Reading | None:
    """The reading of a number and the scale that a gap word keeps apart from it (80余万)."""
    reading = parse(number)
    if reading is None or not scale:
        return reading
    extra = parse("1" + scale)
    return None if extra is None else Reading(reading.digits, EXACT.multiply(reading.scale, extra.scale), reading.length)


_EDGE = re.compile(rf"[{D}{HAN_DIGIT}{FORMAL_DIGIT}十百千万亿拾佰仟萬億廿卅卌○半几数Ⅰ-Ⅻ①-⑳]")


def numeral(match: re.Match[str], reason: str) -> Numeral:
    """What is no quantity: from the first to the last numeral character of the match."""
    return numeral_in(match[0], match.start(), reason)


def numeral_in(text: str, at: int, reason: str) -> Numeral:
    """The same of a text that stands at ``at``."""
    first = _EDGE.search(text)
    last = len(text)
    while last > 1 and not _EDGE.match(text[last - 1]):
        last -= 1
    return Numeral(span=Span(at + (first.start() if first else 0), at + last), reason=reason)


def because(reason: str) -> Callable[[re.Match[str], Window], Numeral | None]:
    """A reader that says of every match that it is no quantity, for this reason."""

    def read(match: re.Match[str], where: Window) -> Numeral | None:
        return numeral(match, reason)

    return read


@cache
def words(name: str) -> dict[str, tuple[tuple[str, int], ...]]:
    """A word list of extract/data: for the two characters from a word's first numeral on (or the numeral with what stands
    before it), the words and where in them that numeral is, longest first."""
    text = resources.files("extract").joinpath("data", name).read_text(encoding="utf-8")
    index: dict[str, list[tuple[str, int]]] = {}
    for line in text.splitlines():
        for word in line.partition("#")[0].split():
            found = _EDGE.search(word)
            if found:
                at = found.start()
                key = word[at : at + 2] if len(word) > at + 1 else "<" + word[at - 1 : at + 1]
                index.setdefault(key, []).append((word, at))
    return {key: tuple(sorted(found, key=lambda each: -len(each[0]))) for key, found in index.items()}


def listed(match: re.Match[str], where: Window, name: str, reason: str) -> Numeral | None:
    """The longest word of a list that has its first numeral where the match begins."""
    text, at = where.text, match.start()
    index = words(name)
    best, offset = "", 0
    for key in (text[at : at + 2], "<" + text[at - 1 : at + 1] if at > where.start else ""):
        for word, inside in index.get(key, ()):
            if len(word) > len(best) and at - inside >= where.start and text.startswith(word, at - inside):
                best, offset = word, inside
                break
    if not best:
        return None
    last = max(i for i, char in enumerate(best) if _EDGE.match(char))
    return Numeral(span=Span(at, at - offset + last + 1), reason=reason)
