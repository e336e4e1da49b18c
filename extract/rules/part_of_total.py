"""A part of a total just stated: 624条，其中镇街295条、部门201条; 7次（防汛4次、防台3次）.

Why: the part is named by its label only; what is counted is said at the total.

Example: 其中镇街295条 → the words 镇街, taking over the indicator of 624条.

Left alone: a part in another unit (其中死亡5人 after 事故22起) names its own indicator.

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.rules._antecedents import counted, earlier, index_of, is_part, level_called
from extract.rules._items import is_body, part_of_item
from extract.types import Fact, Kind, Span

_FULL_SCORE = re.compile(r"满分|分值|权重")
_OPENS = re.compile(r"^[^，,。；;）)]{0,16}[（(][^）)]*$")
_CHANGED = re.compile(r"同比|环比|相比|增加|减少|上升|下降|比上年|较上年|多|少|[减增]收")
_AVERAGE = re.compile(r"[日月年户人次笔亩生件车案床单头台班校村]均|平均|每[^，,。；;]{1,3}$")
# 医疗收入中，门急诊收入: the total by its name.
_TOTAL_NAMED = re.compile(r"(?:^|[，,。；;：:、\s])(?P<name>[^，,。；;：:、\s其集]{2,12})中，?[^，。；中]{2,14}$")
# 参与其中 and 包括某地在内 introduce no part.
_PART = re.compile(
    r"(?:^|[，,。；;：:（(、\s])(?:其中|包括(?![^，。；]*在内)|包含|含|分别(?:是|为|用于)|主要用于|(?:按|从|分)[^，。；]{1,12}(?:分|看|划分|统计)(?=[，,：:]))"
    r"|构成[：:]|[^，。其集]中(?=，?[^，。；中]{2,14}$)"
)
# What is left over, and the same in another way (维护费21万元（预算24万元）), is no part.
_NO_PART = re.compile(r"(?:结余|盈余|顺差|逆差|差额)$|^(?:年初|全年)?(?:预算|计划|目标)数?$")
# A mean and the means of its groups differ by no more than this.
_FAR = 10
_AMONG = re.compile(r"[^，,。；;、]{2,10}?(?<![其集高初年])中(?![心央小学医型级等国标间期高层试])(?=[^，,。；;、]{2})")
# 分辖区看，立案数为甲所11件; 分来源为中央补助3420万元.
_HEADED = re.compile(r"(?P<head>[^，,。；;、]{2,8}?)(?<![作成认因以行视称最])为(?P<first>[^，,。；;、“‘]{2,10})")
_CLOSED = re.compile(r"[）)]")
_REST = re.compile(r"其[他它]$")
# How many facts back a total may stand.
REACH = 8


def total_of(place: Place, decided: Sequence[Fact]) -> int | None:
    """Index of the total that the number at ``place`` is said to be a part of; ``None`` where nothing says so."""
    unit = counted(place.quantity.unit)
    gap = place.lead_text
    if not decided or not unit:
        return None
    last = len(decided) - 1
    if gap.startswith(("）", ")")):
        # 演练24次（计划不少于20次），其中…: what stood in the brackets is not the total.
        opened = max(place.document.text.rfind(mark, place.sentence.start, place.gap.start) for mark in "（(")
        while last >= 0 and decided[last].quantity.span.start > opened >= 0:
            last -= 1
    if (named := _named_total(decided, gap, unit)) is not None:
        return named
    if _PART.search(gap) or _OPENS.match(gap):
        for at in range(last, max(-1, last - REACH), -1):
            fact = decided[at]
            if _divides_average(place, fact, at == last):
                return None
            if _AVERAGE.search(fact.mention.text) or earlier(fact):
                continue
            if counted(fact.quantity.unit) == unit and (fact.kind in ("level", "target", "score", "max_score") or (at == last and _added(fact, gap))):
                # a second grouping of one total: 按类型分…；按场所分…
                again = is_part(fact) and fact.sentence != place.sentence
                first = index_of(decided, fact.antecedent) if again else None
                return at if first is None else first
        return None
    # A sibling: the fact before it was a part, in the same unit and the same sentence.
    for at in range(last, max(-1, last - 4), -1):
        fact = decided[at]
        if fact.sentence != place.sentence:
            break
        if counted(fact.quantity.unit) == unit and fact.kind == "level" and not is_part(fact) and not earlier(fact) and fact.quantity.unit:
            return None  # 一季度2140批次（不合格55批次），上半年4740批次，不合格137批次: another total stands between
        if counted(fact.quantity.unit) == unit and is_part(fact) and (total := index_of(decided, fact.antecedent)) is not None:
            behind = place.document.text[fact.quantity.extent.end : place.quantity.extent.start]
            return None if decided[total].kind == "delta" and _CLOSED.search(behind) else total
    return None


def _named_total(decided: Sequence[Fact], gap: str, unit: str) -> int | None:
    """Index of the total that 卫生技术人员中，医师206人 names, which may be a part of another."""
    said = _TOTAL_NAMED.search(gap)
    if said is None:
        return None
    for at in range(len(decided) - 1, max(-1, len(decided) - 1 - REACH), -1):
        fact = decided[at]
        if fact.kind == "level" and counted(fact.quantity.unit) == unit and fact.mention.text.endswith(said["name"].removesuffix("者")):
            return at
    return None


def _divides_average(place: Place, fact: Fact, nearest: bool) -> bool:
    """均价每公斤154.06元，其中春茶243.58元; 到户价3.25元/立方米，含水价2.30元: means and prices have no parts of a total farther back."""
    one, other = fact.quantity, place.quantity
    if not nearest or one.value is None or other.value is None:
        return False
    mean = one.unit == other.unit and _AVERAGE.search(fact.mention.text) is not None and other.value < _FAR * one.value
    return mean or one.unit.startswith(f"{other.unit}/")


def _own_name(place: Place, span: Span) -> Span:
    """新生中本省生源2769人: the part without what it is among."""
    among = _AMONG.match(place.document.text, span.start, span.end)
    return Span(among.end(), span.end) if among else span


def _added(fact: Fact, gap: str) -> bool:
    """追加260万元（中央160万元、县级100万元）: what was added is divided in brackets right behind it."""
    return fact.kind == "delta" and fact.quantity.value is not None and fact.quantity.value > 0 and gap.startswith(("（", "("))


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    if place.quantity.dimension in ("ratio", "multiple", "percentage_point") or _CHANGED.search(place.lead_text):
        return None
    if not decided:
        return None
    at = total_of(place, decided)
    if item := part_of_item(place, decided, at):
        return item
    if at is None:
        return None
    total = decided[at]
    if rest := _REST.search(place.gap_text):
        # 民事54件、其他9件: the rest goes by no other part's name
        start = place.gap.start + rest.start()
        return Named(words=(Span(start, start + len(rest[0])),), antecedent=at, subject=rest[0])
    name = place.before or place.after
    if name is None:
        return None
    if total.kind == "score" and _FULL_SCORE.search(place.gap_text):
        return None  # points available are no part of points obtained
    span = _own_name(place, name.span)
    label = span.of(place.document.text)
    headed = _HEADED.fullmatch(label)
    called = level_called(decided, headed["head"]) if headed else None
    if called is not None and counted(decided[called].quantity.unit) == counted(place.quantity.unit):
        at, total = called, decided[called]
    if headed:
        span = Span(span.start + headed.start("first"), span.end)
        label = headed["first"]
    if _AVERAGE.search(label) or _NO_PART.search(label):
        return None  # 从业人员74人，其中在编48人，人均服务职工1684人
    kind: Kind | None = total.kind if total.kind in ("target", "delta") else None
    if is_body(label) and total.mention.span is not None:
        # 其中市级47期、甲县28期: a place or a body is whose part it is, not what is counted.
        return Named(words=(total.mention.span,), antecedent=at, subject=label, kind=kind)
    return Named(words=(span,), antecedent=at, subject=label, kind=kind)


RULE = Rule(name="part_of_total", order=30, read=_read)
