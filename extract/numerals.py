"""Reading numerals: 1,234.5万, 三千二百万, 3万5千, 两万五, 肆佰陆拾, 二〇二一 as numbers.

Own code rather than cn2an: it must say where the scale begins (万 is scale, 十 in 十万 is numeral), keep the printed
decimals, read mixed forms (3万5千) and cost microseconds; cn2an's strict mode stands beside it in the tests as the oracle.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import NamedTuple

from extract.memo import remembered

HAN_DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)),
    "〇": 0,
    "○": 0,
    "两": 2,
    "兩": 2,
    "貳": 2,
    "參": 3,
    "陸": 6,
    "倆": 2,
}
HAN_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
HAN_SCALES = {"万": 4, "萬": 4, "亿": 8, "億": 8}
HAN_TENS = {"廿": 20, "卅": 30, "卌": 40}

_DIGIT = "0-9０-９"
_POWERS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3, **HAN_SCALES}
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord(","): None, ord("，"): None, ord("．"): ord(".")}
_SIMPLE = re.compile(rf"([{_DIGIT}][{_DIGIT},，]*(?:[.．][{_DIGIT}]+)?|[.．][{_DIGIT}]+)\s*([十百千万亿拾佰仟萬億]*)")
_TRAILING = re.compile(r"\s*[万亿萬億]+$")
_PIECE = re.compile(rf"([{_DIGIT}]+(?:[.．][{_DIGIT}]+)?|[{''.join(HAN_DIGITS)}])?([{''.join(HAN_UNITS)}]|[{''.join(HAN_TENS)}])?")
_BLANK = re.compile(r"\s+")
_LONGEST = 80
_EXACT = Context(prec=200)


class Reading(NamedTuple):
    """A numeral as read: ``digits`` × ``scale`` is its value; ``length`` is how many characters are numeral, not scale.

    ``digits`` is the numeral in ASCII, without separators, its decimals kept ("1234.50", 三千二百 → "3200").
    """

    digits: str
    scale: Decimal
    length: int

    @property
    def value(self) -> Decimal:
        return _EXACT.multiply(Decimal(self.digits), self.scale)


def narrow(text: str) -> str:
    """``text`` with full-width forms narrowed and grouping commas taken out."""
    return text.translate(_NARROW)


def power(scales: str) -> Decimal:
    """The product of the scale characters: 万 → 1E4, 千万 → 1E7, 万亿 → 1E12, "" → 1."""
    return Decimal((0, (1,), sum(_POWERS[c] for c in scales)))


@remembered(4096)
def parse(text: str) -> Reading | None:
    """The reading of ``text``, the whole of which must be one numeral with its scale; ``None`` where it is none."""
    if not text or len(text) > _LONGEST:
        return None
    simple = _SIMPLE.fullmatch(text)
    if simple:
        digits = simple[1].translate(_NARROW)
        return Reading("0" + digits if digits[0] == "." else digits, power(simple[2]), simple.end(1))
    trailing = _TRAILING.search(text)
    length = trailing.start() if trailing else len(text)
    if length == 0:  # 万 or 万亿 alone: the first character is the numeral
        length = 1
    scales = text[length:].strip()
    whole = _BLANK.sub("", text)
    head, point, decimals = whole[: len(whole) - len(scales)].partition("点")
    if not point:
        head, point, decimals = head.partition("點")
    if point:
        fraction = "".join(str(HAN_DIGITS.get(c, c)) for c in decimals).translate(_NARROW)
        integer = _integer(head)
        if integer is None or not fraction.isdigit():
            return None
        return Reading(f"{integer}.{fraction}", power(scales), length)
    value = _integer(head + scales)
    if value is None:
        return None
    scale = power(scales)
    if not scales and any(c in HAN_SCALES for c in head) and value and value % 10 == 0:
        # 三万五千 is 35 thousands, 两万五 25: what is stated ends at the last place that is not zero
        digits = str(value).rstrip("0")
        scale = Decimal((0, (1,), len(str(value)) - len(digits)))
        if head[-1] in HAN_UNITS and head[-2:-1].isdecimal():
            length -= 1
        return Reading(digits, scale, length)
    return Reading(str(int(value / scale)), scale, length)


def _integer(text: str) -> Decimal | None:
    """Value of a numeral without decimal point in words; ``None`` where it is ill-formed."""
    if not text:
        return None
    for high in ("亿億", "万萬"):
        at = max(text.rfind(high[0]), text.rfind(high[1]))
        if at < 0:
            continue
        unit = Decimal(10 ** HAN_SCALES[text[at]])
        left = Decimal(1) if at == 0 else _integer(text[:at])
        rest = text[at + 1 :]
        if left is None:
            return None
        if not rest:
            return left * unit
        right = _spoken(rest, unit)
        if right is None:
            right = _integer(rest)
        return None if right is None or right >= unit else left * unit + right
    return _section(text)


def _spoken(rest: str, unit: Decimal) -> Decimal | None:
    """两万五 is 25,000: a single digit right after a unit counts tenths of it."""
    digit = HAN_DIGITS.get(rest, int(rest) if len(rest) == 1 and rest.isdecimal() else 0)
    return digit * unit / 10 if digit else None


def _section(text: str) -> Decimal | None:
    """Value of a numeral below 万: 三千二百五, 一百零二, or digits said one by one (二〇二一)."""
    if len(text) > 1 and all(c in HAN_DIGITS for c in text):
        return Decimal("".join(str(HAN_DIGITS[c]) for c in text))
    text = text.lstrip("零〇") or "零"
    total = Decimal(0)
    last: Decimal = Decimal(10**9)
    zero = False
    at = 0
    while at < len(text):
        if text[at] in "零〇" and at + 1 < len(text):
            zero = True
            at += 1
            continue
        piece = _PIECE.match(text, at)
        if piece is None or piece.end() == at:
            return None
        at = piece.end()
        written, unit_word = piece[1], piece[2]
        if unit_word in HAN_TENS:
            if written or last <= 10:
                return None
            total, last = total + HAN_TENS[unit_word], Decimal(10)
        elif unit_word:
            unit = Decimal(HAN_UNITS[unit_word])
            if unit >= last:
                return None
            count = Decimal(1) if written is None else _count(written)
            total, last, zero = total + count * unit, unit, False
        else:
            if last <= 1 or at < len(text):
                return None
            count = _count(written)
            spoken = 100 <= last < 10**9 and not zero and count < 10 and len(written) == 1
            total, last = total + (count * last / 10 if spoken else count), Decimal(1)
    return total


def _count(written: str) -> Decimal:
    return Decimal(HAN_DIGITS[written]) if written in HAN_DIGITS else Decimal(narrow(written))
