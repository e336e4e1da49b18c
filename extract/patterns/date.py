"""A date, a year, or a stretch between dates: 2021年12月31日, 5月2日, 2013-2023年, 今年5月, 上世纪80年代, 二〇二一年, 一季度, 上半年.

Why: the most frequent digits that are no figures; the period of a fact is read from them elsewhere.
Example: 截至2021年12月31日 → one date.
Left alone: durations (5年, 3个月, 60日内), a bare four-digit number with a unit, 四个季度.
Source: GB/T 7408 for the form with hyphens; otherwise common usage.
"""

from __future__ import annotations

import re

from extract.knowledge import Pattern, Window
from extract.patterns._grammar import ARABIC_START, SCALES, D, alone, numeral, unit_at
from extract.types import Numeral

_Y = r"(?:1[6-9]|20|21)[0-9]{2}|(?:１[６-９]|２０)[０-９]{2}"
_HY = r"[一二][〇○零Ｏ九八0][〇○零一二三四五六七八九0]{2}"
_M = r"(?:1[0-2]|0?[1-9]|１[０-２]|[１-９])"
_DD = r"(?:3[01]|[12][0-9]|0?[1-9]|３[０１]|[１２][０-９]|[１-９])"
_HM = r"(?:十[一二]|十|[一二三四五六七八九])"
_HD = r"(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)"
_TO = r"\s?(?:-|–|—|－|~|～|至|到|―|、|和|及|与|──|——|--)\s?"
_S = r"[\ \u3000]?"
_DAY = rf"(?:{_DD}{_S}[日号](?![令文楼线院路])(?:（[一二三四五六日]）)?)"
_MONTHDAY = rf"{_M}{_S}月(?:份|{_S}{_DD}{_S}[日号]|底|初|末|中旬|上旬|下旬)?"
_BEHIND_DIGITS = r"年月日号、，,和及与至到\-–—－~～―─个季世\s\u3000\ "
"""What stands behind one, two or three digits of a date: most numbers are told from dates by it."""
_INSIDE = re.compile(r"\s?(?:内|以内|之内|以上|以下|后|前期限|期限|法定|的法定|工期|龄)")
_NOT_YEAR = re.compile(r"\s?(?:[万亿元人家户起件条项次个名吨亩米页册份台套辆公平％%‰千]|小时)")
_YEAR_BEFORE = re.compile(r"[年比较与和至、]\s?$")
_TITLED = re.compile(rf"》|(?!{SCALES}|[余多])[\u4e00-\u9fff]")
_BRACKET = re.compile(r"[（(]\s?$")
_CLOSING = re.compile(r"\s?(?:[)）]|年)")


def read(match: re.Match[str], where: Window) -> Numeral | None:
    text = where.text
    if match["lone_day"]:
        if _INSIDE.match(text, match.end(), where.end) or text[max(where.start, match.start() - 1) : match.start()] in ("第", "每", "零"):
            return None
        return numeral(match, "date")
    if match["bare"]:
        if _NOT_YEAR.match(text, match.end(), where.end):
            return None
        bracketed = _BRACKET.search(text, max(where.start, match.start() - 2), match.start()) and _CLOSING.match(text, match.end(), where.end)
        if (
            (_TITLED.match(text, match.end(), where.end) and not unit_at(where, match.end()))
            or bracketed
            or (where.kind in ("heading", "title", "caption") and alone(where, match.start(), match.end()))
            or _YEAR_BEFORE.search(text, max(where.start, match.start() - 2), match.start())
        ):
            return numeral(match, "date")
        return None
    if match["compact"] and unit_at(where, match.end()):
        return None
    previous = text[match.start() - 1] if match.start() > where.start else ""
    if previous == "第" or (match["short"] and previous == "."):
        return None
    return numeral(match, "year" if match["year"] else "date")


PATTERN = Pattern(
    name="date",
    rank=16,
    starts=ARABIC_START + "一二三四五六七八九十廿〇半",
    regex=rf"""
    (?![0-9]{{1,3}}+[^0-9０-９{_BEHIND_DIGITS}])(?:
    (?:{_Y})(?:-|/|\.|－)(?:{_M})(?:-|/|\.|－)(?:{_DD})(?![0-9.])(?:{_S}T?{_S}[0-2]?[0-9]:[0-9]{{2}}(?::[0-9]{{2}})?)?(?:{_TO}(?:{_Y})[-/.－]{_M}[-/.－]{_DD})?
    |(?:{_Y}){_S}年{_S}{_MONTHDAY}(?:{_TO}(?:(?:{_Y}){_S}年{_S}{_MONTHDAY}|{_MONTHDAY}|{_DAY}))?
    |(?:{_Y})(?:{_S}年度?)?{_TO}(?:{_Y}){_S}(?:年|[)）”]|财年|学年)
    |(?:{_Y})[./-](?:0[1-9]|1[0-2]){_TO}(?:{_Y})[./-](?:0[1-9]|1[0-2])(?![0-9])
    |(?:{_Y})/(?:0?[1-9]|1[0-2])(?![0-9/])|(?:{_Y})-(?:0[1-9]|1[0-2])(?![0-9-])
    |(?P<year>(?:(?:{_Y}){_S}[、，,和与及]{_S}){{0,4}}(?:{_Y}){_S}(?:年(?![限龄轮](?!次))|财年|学年|版|款|届))(?:度|初|底|末|上半年|下半年|全年|第?[一二三四1-4]季度)?
    |[0-9]{{2}}年(?=[0-9]{{1,2}}月){_MONTHDAY}
    |(?P<short>[0-9]{{2}}年度)
    |{_MONTHDAY}(?:{_TO}(?:(?:{_Y}){_S}年{_S}{_MONTHDAY}|{_MONTHDAY}|{_DAY}))
    |{_M}{_S}[-–—－~～至]{{1,2}}{_S}{_M}{_S}月份?
    |{_M}、{_M}(?:、{_M})*{_S}月份?(?![{D}])
    |{_DD}{_S}[-–—－~～至]{_S}{_DAY}
    |{_MONTHDAY}
    |(?:{_Y})[-–—~～至](?:{_Y})(?![0-9万亿元个家人件项次起,.])
    |(?<=[上下])半年度?
    |(?<=周|拜)[一二三四五六](?![次人个项年期])|(?<=星期)[一二三四五六](?![次人个项年])
    |(?P<lone_day>{_DD}{_S}日(?![均益常元])(?:{_TO}{_DAY})?)
    |(?:[0-9]{{2}}|[二三四五六七八九]十)年代
    |[0-9]{{2}}世纪|[一二]十[一二]?世纪
    |{_HY}年(?:度|{_HM}月(?:{_HD}[日号]|份)?)?
    |{_HM}月(?:{_HD}[日号]|份|底|初|末|中旬|上旬|下旬)
    |(?:正|腊|冬)月(?:初)?{_HD}
    |{_HM}月(?![亮球嫂台])
    |(?<=前)[一二三四1-4](?:个)?季度|第?[一二三四1-4](?:、[一二三四1-4])*季度
    |(?<=本月|上月|同月|次月|当月|元月|今年|农历){_HD}日
    |(?P<compact>(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?![0-9.万亿])
    |(?P<bare>(?:{_Y})(?![0-9.,，])))
    """,
    read=read,
)
