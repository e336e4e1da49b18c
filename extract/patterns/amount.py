"""A number with its scale, unit and bound words: 1,234.5万元, 近3000余家, 三千二百万人, ≥95%.

Why: this is how nearly every figure of a report is written; units and bound words come from units.toml and bounds.toml.
Example: 全年共检查企业1.2万余家次 → 12000 家次, bound >~.
Left alone: a single 一 with a measure word in running text (一个明确), a Chinese digit before a word that is no measure
    word (五进), and 百 千 万 without bound or measure word.
Source: GB/T 15835 (numerals in texts); otherwise observed in reports.
"""

from __future__ import annotations

import re
from typing import cast

from extract.knowledge import Pattern, Window
from extract.patterns._grammar import (
    AFTER,
    ANY_START,
    NUMBER,
    SCALES,
    TIMES,
    UNIT_START,
    WS,
    D,
    after,
    alone,
    before,
    build,
    numeral_in,
    scaled,
    unit_behind,
)
from extract.types import Bound, Numeral, Quantity, Span
from extract.units import dimension

_ARABIC = re.compile(rf"[{D}]")
_BARE = frozenset("百千万亿佰仟萬億")
_EVENT_BEFORE = re.compile(
    r"(?:死亡|受伤|遇难|失联|重伤|轻伤|[致伤亡死各仅]|立案|查处|新增|减少|增加|缩短|只有|造成|仅有|发生|每[年月周日天季人次]度?|每半年)\s?$"
)
_EVENT_AFTER = re.compile(r"\s?(?:死亡|受伤|遇难|失踪|失联|重伤|轻伤|被困|获救|身亡|死|伤)")
_LASTING = re.compile(r"(?:为期|历时|连续|延长|有效期|任期|提前|缩短|用时|耗时|每|期限|工期|近|时长)\s?$")
_MEASURED = frozenset({"money", "currency", "mass", "area", "volume", "energy", "power", "multiple", "doubling"})
_LONG = frozenset({"公里", "千米", "米"})
_NO_MEASURE = frozenset("方度里角点行格管机代任席道路声字平升两尺寸手版卡具味令注口门款面路排段步把层根")
_ZERO_AFTER = re.compile(r"\s?(?:伤亡|死亡|事故|发生|新增|投诉|差错|增长|超支|欠账|案件|火灾|感染|起|例|件|人|宗|次)")
_POINTS_BEHIND = re.compile(rf"[、，和与及][^，。；、]{{0,12}}?[{D}]+\.[{D}]+个百分点")
"""上年提高2.9个、本年提高3.4个百分点: the word for both stands behind the second."""
_POINTS = re.compile(r"[扣得加减计为满按]\s?$")
_HEADED = re.compile(r"[\s：:（(、，,/]")
_CLOSED = re.compile(r"\s*(?:$|[\n\t）)、，,/。；;])")
_SPAN = re.compile(r"(?:这|未来|过去|今明|(?<!提)前|头)\s?$")
_AGO = re.compile(r"(?:前|来|间|以来|同期)(?!后)")
_NAMED = re.compile(r"内?[\u4e00-\u9fff]{2,10}率")
_RECENT = frozenset({"年", "天", "日", "周", "个月", "月", "个季度", "个星期"})
_TAIL = re.compile(
    rf"(?P<gap>[余多](?![{D}出次家种人项元层方年部个名位数样头边处功媒]))?(?:{WS}(?P<after>{AFTER}|内(?![容部地外科陆蒙涵存在设需])))?"
)
_LASTED = re.compile(r"(?:时|达|长|需|了|已|花|期|续)\s?$")


def read(match: re.Match[str], where: Window) -> Quantity | Numeral | None:
    number = match["number"]
    start = match.start("number")
    reading = scaled(number, match["scale"])
    if reading is None:
        return Numeral(span=Span(start, match.end("number")), reason="unreadable" if _ARABIC.match(number) else "name")
    unit, unit_end = ("个" + match["times"], match.end()) if match["times"] else unit_behind(where, match.end())
    tail = cast("re.Match[str]", _TAIL.match(where.text, unit_end, where.end))
    if unit == "个" and "." in reading.digits and _POINTS_BEHIND.match(where.text, unit_end, where.end):
        unit = "个百分点"
    gap = bool(match["gap"] or match["gap2"] or match["mid"] or tail["gap"])
    follow = after(tail["after"])
    if tail["after"] == "内" and dimension(unit) not in ("time", "calendar", "length", "workday"):
        follow = None
    end = tail.end() if follow else tail.end("gap") if tail["gap"] else unit_end
    lead: Bound | None = None
    if not _ARABIC.match(number):
        verdict = _words(match, where, unit, unit_end, tail.end(), bounded=gap or follow is not None)
        if isinstance(verdict, Numeral):
            return verdict
        lead = ">=" if verdict == "上" else ">" if verdict == "过" else None
    span = Span(start, start + reading.length)
    found = build(where, pattern="amount", span=span, end=end, reading=reading, unit=unit, gap=gap, follow=follow, lead=lead)
    if found.dimension in ("calendar", "time", "workday"):
        text, lead_end = where.text, found.extent.start
        recent = found.bound == "<~" and unit in _RECENT and not _LASTED.search(text, max(where.start, start - 3), lead_end)
        period = _SPAN.search(text, max(where.start, lead_end - 3), lead_end)
        ago = found.dimension == "calendar" and _AGO.match(text, end, where.end)
        if recent or period or ago:
            return Numeral(span=span, reason="date")  # 近3年 are the last three years, 未来五年 and 十年前 are times
        if _NAMED.match(where.text, unit_end if unit else end, where.end) and follow is None and found.bound == "=":
            return Numeral(span=span, reason="name")  # 24小时应急值守到位率
    return found


def _words(match: re.Match[str], where: Window, unit: str, unit_end: int, end: int, *, bounded: bool) -> str | Numeral:
    """Why a numeral in Chinese words is no amount, or the bound word that makes it one ("" where it needs none)."""
    text, start, number = where.text, match.start("number"), match["number"]

    def none(reason: str) -> Numeral:
        return numeral_in(text[start:end], start, reason)

    bounded = bounded or before(where, start)[0] is not None
    if _BARE.issuperset(number) and not bounded and (start == where.start or _HEADED.match(text[start - 1])) and _CLOSED.match(text, end, where.end):
        return none("unit")
    if alone(where, start, end) or match["scale"]:
        return ""
    if start > where.start and text[start - 1] in "负負":
        return ""
    bare = _BARE.issuperset(number)
    if len(number) > 1 and not bare:
        if unit or bounded or len(number) > 2:
            return ""
        return none("name")
    lead = text[start - 1] if start > where.start else ""
    if bare:
        if lead in ("上", "过") and unit:
            return lead
        if bounded:
            return ""
        if (unit and dimension(unit) != "count" and not match["scale"] and len(number) == 1) or lead == "每":
            return none("unit")  # 单位：万元, 亿元地区生产总值, 每万人
        return "" if unit and lead != "一" else none("idiom")
    if number in "零〇○":
        return "" if _ZERO_AFTER.match(text, match.end("number"), where.end) else none("idiom")
    if bounded:
        return ""
    if not unit:
        return none("idiom" if number == "一" else "name")
    if unit == "分" and not _POINTS.search(text, max(where.start, start - 2), start):
        return none("idiom")
    if number in "一壹":
        kind = dimension(unit)
        if kind == "count":
            event = _EVENT_BEFORE.search(text, max(where.start, start - 5), start)
            sure = bool(event or (unit in ("人", "名", "起") and _EVENT_AFTER.match(text, unit_end, where.end)))
        elif kind in ("calendar", "time", "teaching"):
            sure = bool(_LASTING.search(text, max(where.start, start - 4), start))
        else:
            sure = kind in _MEASURED or unit in _LONG
        return "" if sure else none("indefinite")
    return none("name") if unit in _NO_MEASURE else ""


PATTERN = Pattern(
    name="amount",
    rank=90,
    starts=ANY_START,
    regex=rf"""
    (?P<number>{NUMBER})
    (?P<gap>{WS}(?:[余餘多](?!姚)|[几幾来](?={WS}[十百千万亿萬億{UNIT_START}])))?
    (?:{WS}(?P<scale>{SCALES}))?
    (?P<gap2>{WS}[余餘多](?!姚))?
    (?:{WS}[个個](?P<mid>[多来])(?P<times>{TIMES}))?
    """,
    read=read,
)
