"""Q954 name-variant: one name is written one way.

What:
    Two names that mean one thing and differ in a single character inside them, or in the order of two: a foreign name before
    法则, 定律 and the like (帕累托法则, 帕雷托法则); and the name of a company or an institution, where the sentences of both
    spellings state the same figure of three digits or more.

Why:
    One of the two is misspelt. Where it is the name of a contractor or a payee, a record under the other name is another
    body's record.

Fires:
    一、主要做法
    运用帕累托法则抓住重点企业。
    二、经验
    根据帕雷托法则分配检查力量。

Left alone:
    一、合同
    与清源市宏远建设工程有限公司签订合同318.6万元，与清源市宏达建设工程有限公司签订合同412.5万元。
    二、做法
    运用帕累托法则和墨菲定律。

False alarms:
    Two bodies with almost one name that were paid the same sum.

Source:
    observed in reports

In Chinese:
    同一名称应当只有一种写法（海因里希法则、海恩里希法则）。
    名称只差一字、恰有同一金额的两个单位，可能误报。
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import regex

from extract.checks._slips import significant
from extract.checks._words import unit_family
from extract.relations import CheckRule, Context, Relation
from extract.types import Span

_FOREIGN = frozenset(
    "阿埃艾爱安昂奥巴拔白班邦保贝本比彼别宾波伯博布查达丹道德登邓迪蒂丁杜多厄恩尔法凡菲非费芬佛弗夫福富盖甘冈高戈格根古哈海汉翰豪赫黑亨洪"
    "胡华霍基吉加贾杰金卡凯坎康考科克肯库夸奎昆拉莱兰劳勒累雷里理丽利莉林伦罗洛吕马迈曼麦梅门蒙米密敏明莫默墨姆慕穆纳奈南内尼妮涅宁纽努诺"
    "欧帕派潘佩彭皮平珀普奇琪乔切琼丘曲让热日荣瑞若萨塞赛桑瑟森沙莎山尚绍舍申圣施史士舒斯丝松苏索塔泰坦汤唐特滕提廷图托瓦万旺威韦维魏温文"
    "沃乌伍武西希锡夏肖谢辛欣休修许逊雅亚延扬耶叶伊以因英尤于约泽詹珍芝朱兹子祖佐"
)
"""Characters that transcribe foreign names."""
_LAW = regex.compile(r"(?<=\p{IsHan}{3})(?:法则|定律|定理|效应|原理|理论|模型|曲线|公式)")
_FOREIGN_LENGTHS = (4, 3)
# Each begins with a letter of its own: then these letters alone are looked for.
_BODY = re.compile(
    r"股份有限(?:责任)?公司|责任有限(?:责任)?公司|有限(?:责任)?公司|集团公司|事务所|研究院|设计院|合作社|协会|学会|基金会|医院|学院|中学|小学"
)
_NAME = regex.compile(r"\p{IsHan}*$")
_LONGEST = 14
_HEAD = 2
_SAME = 4
"""So many characters around the one that differs are the same, :data:`_HEAD` of them before it."""
_TOLD_APART = frozenset("一二三四五六七八九十甲乙丙丁东西南北中上下左右前后内外大小新老旧高低长短男女省市区县镇乡村第〇零百千万江河湖海山")
"""Characters that tell two things apart on purpose."""
_DIGITS = 3

Found = dict[tuple[str, ...], dict[str, Span]]


def find(context: Context) -> Iterator[Relation]:
    """Pairs of spellings, each where it stands first."""
    text = context.text
    told: set[tuple[str, str]] = set()
    for places in _foreign(text).values():
        yield from _relations(text, list(places.values())[:2], told)
    bodies = _bodies(text)
    if any(len(places) > 1 for places in bodies.values()):
        sentences = sorted(context.by_sentence)
        for places in bodies.values():
            if len(places) == 2 and not _TOLD_APART & places.keys():
                first, second = places.values()
                if _share_a_figure(_sentence(first, sentences), _sentence(second, sentences), context):
                    yield from _relations(text, [first, second], told)


def _relations(text: str, places: list[Span], told: set[tuple[str, str]]) -> Iterator[Relation]:
    if len(places) < 2:
        return
    first, second = sorted(places)
    names = first.of(text), second.of(text)
    if names in told:
        return
    told.add(names)
    yield Relation(
        type="implied",
        roles={},
        holds=False,
        places=(first, second),
        note=f"同一名称前后写法不一：“{names[0]}”“{names[1]}”",
        note_en=f"One name is written two ways: “{names[0]}”, “{names[1]}”",
    )


def _foreign(text: str) -> Found:
    """Transcribed names before the word for a law, by what is left of them without one character inside, and by their
    characters in any order; each spelling by that character, or by itself."""
    found: Found = {}
    for match in _LAW.finditer(text):
        for length in _FOREIGN_LENGTHS:
            place = Span(match.start() - length, match.end())
            name = place.of(text)[:length]
            if len(name) == length and all(character in _FOREIGN for character in name):
                for at in range(1, length):
                    key = (name[:at], name[at + 1 :], match[0])
                    found.setdefault(key, {}).setdefault(name[at], place)
                found.setdefault((*sorted(name), match[0]), {}).setdefault(name, place)
                break
    return found


def _bodies(text: str) -> Found:
    """Names of companies and institutions, by what stands around one character of them; each spelling by that character."""
    found: Found = {}
    for match in _BODY.finditer(text):
        start = match.start()
        before = _NAME.search(text[max(0, start - _LONGEST) : start])
        name = before[0] if before else ""
        start -= len(name)
        for at in range(_HEAD, len(name)):
            if _HEAD + len(name) - at - 1 >= _SAME:
                key = (name[at - _HEAD : at], name[at + 1 :], match[0])
                found.setdefault(key, {}).setdefault(name[at], Span(start + at - _HEAD, match.end()))
    return found


def _sentence(place: Span, sentences: list[Span]) -> Span | None:
    """The sentence with facts in which a name stands."""
    at = bisect_right(sentences, Span(place.start, place.end)) - 1
    return next((sentence for sentence in sentences[max(at, 0) : at + 2] if sentence.contains(place)), None)


def _share_a_figure(first: Span | None, second: Span | None, context: Context) -> bool:
    """Whether two sentences state one long figure."""
    if first is None or second is None or first == second:
        return False
    one, other = (
        {(fact.quantity.value, unit_family(fact.quantity)) for fact in context.by_sentence[sentence] if len(significant(fact)) >= _DIGITS}
        for sentence in (first, second)
    )
    return not one.isdisjoint(other)


CHECK = CheckRule(code="Q954", name="name-variant", name_zh="名称写法不一", severity="info", find=find, preview=True)
