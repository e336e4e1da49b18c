"""A number without a name of its own goes on with the name before it: 发送预警信息1761条、804万人次.

Why: reports state one thing in two units, or give a value again in brackets (约0.14亿元).

Example: 、804万人次 → the words 发送预警信息.

Left alone: the first number of a block with no words on either side stays without a name.

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.rules._antecedents import composed, index_of, last_level, whole, words_of
from extract.types import Fact, Kind, Quantity, Span

# 10.2∶41.3∶48.5; 由2.31缩小到2.24.
_RIGHT_BEHIND = re.compile(r"[，,、（(](?:约|共|计|即|为|达)*")
_CLOSED = re.compile(r"[^（(]*[）)]")
_OF_WHOLE = re.compile(r"(?:仅|约|只|已)?占")
# Characters that a name has at least.
_SHORTEST = 2
_SAME_MEASURE = re.compile(r"[:：∶]|[^，,。；;]{0,6}[到至]")
# 千人负伤率1.2‰，控制在3‰以内: the limit that what was reached keeps to.
_LIMIT = re.compile(r"[，,、（(](?:均|都|仍|且)?控制在$")
_FULFILS = re.compile(r"[，,、；;]完成(?:了|全年|年度|年初|既定|下达)*$")
_GOT = re.compile(r"(?:^|[，,。；;：:])(?:按比例|据此|故|应|实)?得$")
_PAST = re.compile(r"[，,；;。]?(?:上年|去年)(?:同期|[末底])?(?:为|是|共)?")
# 由二季度下降3.8%转为三季度增长3.7%.
_TURNED = re.compile(r"转[为向]")
_SHARES = frozenset({"ratio", "multiple", "percentage_point", ""})
_UPPER = frozenset({"<", "<="})


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    said = place.cue("plan")
    if not decided:
        return Named(words=(said.span,), confidence=0.6) if said else None
    if _TURNED.match(place.gap_text):
        said = None
    at = _of_another_unit(place, decided)
    last = decided[at]
    words = words_of(last) if place.quantity.dimension in _SHARES else _sharing(place, last)
    spans = tuple(span for span in (words, said.span if said else None) if span is not None)
    if words != words_of(last):
        return Named(words=spans, confidence=0.6)
    return Named(words=spans, antecedent=at, kind=_kind(place, last), confidence=0.6)


def _kind(place: Place, last: Fact) -> Kind | None:
    """The kind that the number goes on with, or that it limits."""
    quantity = place.quantity
    if (
        not quantity.unit
        and last.kind == "rate"
        and (composed(place, last) or _SAME_MEASURE.fullmatch(place.gap_text) or _two_ratios(quantity, last.quantity))
    ):
        return "rate"
    if quantity.bound in _UPPER and quantity.unit == last.quantity.unit and last.sentence == place.sentence and _LIMIT.search(place.gap_text):
        return "target"
    return None


def _of_another_unit(place: Place, decided: Sequence[Fact]) -> int:
    """不合格率2.68%，完成全年9200批次计划: a goal goes on with the last amount of its unit; 产出指标20分…得20分 with the points to be had;
    其中甲5件、乙7件；上年15件 with the total of the parts."""
    last, quantity, gap = len(decided) - 1, place.quantity, place.gap_text
    if quantity.unit == "分" and _GOT.search(gap):
        return next((at for at in range(last, -1, -1) if decided[at].kind == "max_score"), last)
    if _PAST.fullmatch(gap):
        return whole(decided, last)
    if quantity.unit != decided[last].quantity.unit and _FULFILS.search(gap):
        at = last_level(decided, unit=quantity.unit)
        if at is not None and decided[at].mention.by == "part_of_total":
            at = index_of(decided, decided[at].antecedent)
        return at if at is not None and decided[at].sentence == place.sentence else last
    return _before_brackets(place, decided)


def _before_brackets(place: Place, decided: Sequence[Fact]) -> int:
    """失业率3.32%（以74.5万人为分母），控制在4%以内 goes on with the rate before the brackets."""
    last, unit = len(decided) - 1, place.quantity.unit
    if not unit or decided[last].quantity.unit == unit or not _CLOSED.match(place.gap_text):
        return last
    opened = max(place.document.text.rfind(mark, place.sentence.start, place.gap.start) for mark in "（(")
    earlier = (at for at in range(last, -1, -1) if decided[at].quantity.extent.end <= opened)
    at = next(earlier, last)
    return at if opened >= 0 and decided[at].quantity.unit == unit and decided[at].sentence == place.sentence else last


def _sharing(place: Place, last: Fact) -> Span | None:
    """青年占失业人员的18.6%，约4600人: an amount behind a share is of what has the share."""
    words = words_of(last)
    if words is None or last.mention.by != "share" or not _RIGHT_BEHIND.fullmatch(place.gap_text):
        return words
    said = _OF_WHOLE.search(words.of(place.document.text))
    if said is None:
        return words
    return Span(words.start, words.start + said.start()) if said.start() >= _SHORTEST else None


def _two_ratios(one: Quantity, other: Quantity) -> bool:
    """两者之比为1.86:1，上年为1.94:1."""
    return one.pattern == other.pattern == "ratio"


RULE = Rule(name="continued", order=90, read=_read)
