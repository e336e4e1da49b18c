"""Words that open, close and divide lists of parts, and what they say of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.checks._divisions import OTHERS, divide, lean
from extract.checks._prose import BRACKETED, END, Place, Stream, first_words, last_words, like
from extract.checks._sides import POINTS
from extract.checks._size_classes import whole_scale
from extract.checks._words import bare

BACK = 14
"""So many facts back a total is looked for."""
STRONG = re.compile(r"分别(?:为|是|有|由|用于|达|安排|占)?|分为|依次(?:为|是)|(?:^|，)即|具体(?:为|是|包括|如下)|(?:构成|组成)(?:如下|为|是|：)|各为")
WEAK = re.compile(
    r"(?:^|[，；：（])其中(?!的)|^[^，；：（]{1,8}(?<![与身入处])其中(?![的，])|具体(?:来)?看|包括|包含|内含|(?<![不])含(?!量|税|水|氧|有)|主要用于|主要有"
    r"|(?:^|[，；：（])内(?:中|计)?(?![设部退外蒙陆地容控销需勤科镇向生置河江港贸资衣墙业存])"
)
MADE_OF = re.compile(r"(?:^|，)由(?![于来此])")
GROUPED = re.compile(
    r"按[^，。；、]{1,15}?(?:分类|划分|统计|来看|分|看)|从[^，。；]{1,12}?看(?![出到见])"
    r"|分[^，。；、一两三四五六七八九十]{1,8}?看|(?:支出|结构|构成|类型|用途|性质)(?:看|上|方面)"
)
SO_FAR = re.compile(r"(?:累计|总(?:数|量|里程|面积|规模|长度|额)|共有?)[^，。；、]{0,10}?$")
LATER = re.compile(r"发展[成为到]|扩大[到至]|增[加长]?[到至]|如今|现在|目前已")
PER = re.compile(r"(?:均|每[^，。；、]{0,6}|各(?![类项种级界]|[^，。；、]*[合共总]计)[^，。；、]{0,6})(?:约|达|为)?[^，。；、]{0,4}$")
RESTATED = re.compile(r"(?:[增降减升加少高低大小展压][至到]|达到)$")
OPPOSED = re.compile(r"[逆顺]差|亏损|赤字|净流出")
SAID = re.compile(r"(?:合计|共计|总计|合共)[^，。；、]{0,4}$")
_COLON = re.compile(r"：[^，。；：]{0,30}$")
_OPENING = re.compile("[其具包含主内分依即构组各由按从看上方：]")
"""One of these is in whatever opens a list: most facts are passed over at once."""
_EDGES = re.compile(r"^[的其中、和，]+|[的、和，]+$")
_DONE = re.compile(r"(?:均?已经?|业已)(?:完成|全部)?")
_PENDING = re.compile(r"(?:正在|尚在|仍在|还在|尚?待|尚?未|正)(?:完成|进行)?")
_OWN = re.compile(r"^[^其，]{1,10}的$")
_ET_CETERA = re.compile(r"[^级一二三四特高中初优]等[^，；]{0,4}$")
_EARLIER = re.compile(r"[上去前]|同期|年初")
_LATER_OPENER = re.compile(r"其中|(?<![不])含(?!量|税|水|氧)|包括|由(?=[^，。；]{2,}$)")
_COUNTED = re.compile(r"\d{1,9}(?:\.\d+)?[万亿]?[起件人个家次条项宗份元]")
ABOVE = re.compile(r"以上|超过?[0-9０-９一二三四五六七八九十百千万亿]|不低于|不少于|不小于")
_BELOW = re.compile(r"以下|以内|不足|不到|低于|小于|少于|未达|未满|之间|[—–～~至-][0-9一二三四五六七八九十]")
_ROW = re.compile(r"(?:[^，。；：、（）]{1,14}、)+[^，。；：（）]{1,20}")
_AND = re.compile(r"、|和|与|及")
ENUMERATED = 3
"""Two names before a total may be chance."""
_SPAN = re.compile(r"\d(?:[万亿]?[元人亩]?)(?:[-—–~～]+|至|到)\d")


def opener(first: Place) -> tuple[str | None, str]:
    """How the words before a fact open a list, and the words of the sentence before the opening word."""
    words = first.plain.rpartition("（")[2] if first.bracket else first.plain
    if _OPENING.search(words) is None:
        return None, ""
    found: list[tuple[int, str, int]] = []
    for strength, pattern in (("weak", WEAK), ("strong", STRONG), ("made", MADE_OF), ("grouped", GROUPED)):
        spans = [match.span() for match in pattern.finditer(words)]
        if spans:
            found.append((spans[-1][0], strength, spans[-1][1]))
    colon = _COLON.search(words)
    if colon and not found:
        found.append((colon.start(), "weak", colon.end()))
    if not found:
        return None, ""
    last = max(end for *_, end in found)
    if _ET_CETERA.search(words[last:]) or LATER.search(words[:last]):
        return None, ""
    if "，" in words[last:].lstrip("，：") or "；" in words[last:]:
        return None, ""
    kinds = {strength for _, strength, _ in found}
    position = min(start for start, *_ in found)
    strength = next(s for s in ("grouped", "strong", "made", "weak") if s in kinds)
    lead_in = words[:position] if starts_sentence(first) else words[:position] + "…"
    return strength, lead_in.strip("，")


def points_of(place: Place) -> str:
    """Points available and points obtained are no parts of one another: 满分10分，得9分."""
    return place.fact.kind if place.fact.kind in POINTS else ""


def past(period: str, year: str) -> bool:
    """Whether a period is before the document's year: 上年, 2021 in a report on 2022."""
    return _EARLIER.search(period) is not None or (period[:4].isdigit() and year.isdigit() and period[:4] < year)


def starts_sentence(first: Place) -> bool:
    """Whether a sentence starts in the words before a fact."""
    return first.at == 0 or END.search(first.lead) is not None


def later_opener(words: str) -> str:
    match = _LATER_OPENER.search(words)
    return match[0] if match else ""


def opposed(one: str, other: str) -> bool:
    """Whether the second label is the first one denied or still to come: 达标 and 未达标, 已完成整改 and 正在整改."""
    a, b = _EDGES.sub("", one), _EDGES.sub("", other)
    done, pending = _DONE.match(a), _PENDING.match(b)
    if done is not None and pending is not None and a[done.end() :] == b[pending.end() :] != "":
        return True
    return len(a) > 1 and b in (f"未{a}", f"不{a}", f"尚未{a}", f"未能{a}")


def told_apart(parts: Sequence[Place]) -> bool:
    """Whether all parts have words of their own, alike in form: 评为优的7个、良的1个; 已整改的3个，正在整改的2个."""
    return all(_OWN.match(p.clause) for p in parts[1:]) and all(p.sentence == parts[0].sentence for p in parts)


def outside(words: str) -> str:
    return str(BRACKETED.sub("", words))


def weight_of(gap: str) -> int:
    """How strongly the words between two parts divide them: 1 for 、 and 和, 2 for a comma, 3 for a semicolon."""
    return 3 if "；" in gap else 2 if "，" in gap else 1


def by_unit(parts: list[Place]) -> list[list[Place]]:
    """The parts inside a bracket; one list, unless units differ."""
    groups: list[list[Place]] = []
    for place in parts:
        for group in groups:
            if like(group[0].quantity, place.quantity):
                group.append(place)
                break
        else:
            groups.append([place])
    return groups


def graded(labels: Sequence[str]) -> bool:
    """Whether some parts are classes from a size upwards and none is the class below: 5亿元以上 and 10亿元以上 hold one another."""
    if any(_SPAN.search(label) for label in labels):
        return False  # 10亿元以上3个、5—10亿元6个
    return any(ABOVE.search(label) for label in labels) and not any(_BELOW.search(label) or OTHERS.search(label) for label in labels)


def crowded(stream: Stream, parts: Sequence[Place]) -> bool:
    """Whether a number that is no fact stands between the parts: the list may be longer than what was read."""
    gaps = (stream.places[k].lead for k in range(parts[0].at + 1, parts[-1].at + 1))
    return any(_COUNTED.search(gap) for gap in gaps)


def label_of(place: Place) -> str:
    """The words right before a fact that name it: 河东片区 of 其中河东片区3.2万亩."""
    return (last_words(place.plain) or place.plain).removeprefix("其中")


def leans(stream: Stream, parts: Sequence[Place]) -> bool:
    """Whether the names of the parts are usually all there are: 综合演练 to 现场处置演练, 河东 and 河西."""
    return not crowded(stream, parts) and lean([bare(label_of(place)) for place in parts])


def enumerated(stream: Stream, total: Place, parts: Sequence[Place]) -> bool:
    """Whether the words of a total name just its parts: 大气、水、土壤三类资金1.37亿元，其中大气0.52亿元、水0.68亿元、土壤0.16亿元."""
    labels = [bare(label_of(place)) for place in parts]
    if len(labels) < ENUMERATED or "" in labels or len(set(labels)) < len(labels):
        return False
    # the 三 of 三类资金 is a figure of its own
    before = stream.places[total.at - 1].lead if total.at and total.joins else ""
    for names in (*_ROW.findall(before), *_ROW.findall(total.lead)):
        said = [bare(name) for name in _AND.split(names)]
        if len(said) == len(labels) and all(any(name.startswith(label) or name.endswith(label) for name in said) for label in labels):
            return True
    # 猪牛羊禽肉产量18.92万吨，其中猪肉…: the first characters of all
    return "".join(label[0] for label in labels) in total.clause


def divides(stream: Stream, parts: Sequence[Place]) -> bool:
    """Whether the names of the parts show that they are all of the whole: 行政 and 事业, or a last one called 其他; or their sizes."""
    labels = [label_of(place) + first_words(stream.after(place.at)) for place in parts]
    if crowded(stream, parts) or any(OPPOSED.search(label) for label in labels):
        return False
    return divide(labels) or whole_scale(stream, parts)
