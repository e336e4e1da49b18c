"""What the arithmetic of checks and the reasons for doubt say in words, in Chinese and in English: one place for both.

The judge notes its arithmetic down in Chinese; :func:`english` gives the same for a report in English. Numbers and units
stay as they are printed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

PHRASES: Final = {
    "off": ("（差 {}）", " (off by {})"),
    "points": (" 个百分点", " percentage points"),
    "listed": ("列举 {} ", "listed {} "),
    "bases": (" 且 {}：上年数可为 ", " and {}: the year before can be "),
    "no_base": (" 且 {}：没有整数上年数能得出，", " and {}: no whole number of the year before gives it; "),
    "gives": ("{} 得 ", "{} gives "),
    "met": ("目标 {}，实际 {}：达到", "target {}, actual {}: met"),
    "missed": ("目标 {}，实际 {}：未达到", "target {}, actual {}: missed"),
    "lacking": ("缺少数据", "a figure is missing"),
    "too_little": ("数据不足，无法验算", "too little is stated to recompute it"),
    "no_comparison": ("无法比较", "cannot be compared"),
    "unclear_list": ("列举不清", "the list is not clear"),
    "no_year_before": ("未列上年数，无法验算", "the year before is not stated, so it cannot be recomputed"),
    "no_direction": ("目标方向不明，无法比较", "whether more or less is better is not known, so they cannot be compared"),
    "round": ("整百整千的计数可能是约数", "a count in whole hundreds or thousands may be a round figure"),
    "cut": ("所涉文字疑似被截断", "the text concerned seems to be cut off"),
    "cut_edge": ("文首或文末不完整，所涉数字或分项可能被截断", "the text begins or ends in the middle: a figure or a part may be cut off"),
    "unrelated": ("相差悬殊，又不像一处笔误，可能本不相关", "too far apart for a slip of the pen: they may not belong together"),
    "alike": ("名称相近，未必是同一指标", "the names are alike, they need not be one indicator"),
    "several": ("同一文件中有几个不同的数值", "one document states several different values"),
    "constant_prices": ("增幅按可比口径计算", "the growth is at constant prices or on a comparable basis"),
    "carried_over": ("年初结转结余应等于上年年末结转结余", "what a year opens with is what the year before closed with"),
    "opening_revised": ("文中说到年初数的调整", "the text tells of a change of the opening figures"),
}


def chinese(phrase: str, *figures: object) -> str:
    """A phrase in Chinese with its figures."""
    return PHRASES[phrase][0].format(*figures)


def english(words: str) -> str:
    """Arithmetic or a reason in English, from what is noted down in Chinese; other words stay as they are."""
    told = words
    for pattern, said in _patterns() if not words.isascii() else ():
        told = pattern.sub(said, told)
    return told.replace("，", ", ") if told != words else words


def in_lang(said: str, said_en: str, lang: str) -> str:
    """What is noted down in the language asked for, from the Chinese and from the English where there is one."""
    return said if lang == "zh" else said_en or english(said)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each phrase as a pattern with what to write in its place, the longest first: 未达到 before 达到."""
    found = []
    for said, translated in sorted(PHRASES.values(), key=lambda pair: -len(pair[0])):
        parts = [re.escape(part) for part in said.split("{}")]
        hole = r"([^，：；（）]+?)" if said.startswith("（") or "，" in said else r"([^ ，：；（）]+(?: [^ ，：；（）]+)??)"
        pieces = translated.split("{}")
        replacement = "".join(piece + (rf"\g<{n}>" if n < len(pieces) else "") for n, piece in enumerate(pieces, 1))
        found.append((re.compile(hole.join(parts)), replacement))
    return tuple(found)
