"""Items of which each tells parts of several totals: 受理320件、办结310件，其中甲局受理120件，办结118件；乙局受理200件，办结192件.

An item tells whose its numbers are once, and of each what was done; which of the totals a number is a part of is said by that alone.
Items go on behind a semicolon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place
from extract.rules._antecedents import counted, earlier, index_of, is_part
from extract.types import Fact

_ITEM_ENDS = ("；", ";")
# 其中东部新区完成投资6.5亿元: the verb is no part of whose it is.
_LIGHT = re.compile(r"(?:累计|实际|分别|共|各|已)*(?:完成|实现|达到|达)?$")
_BESIDE_NAME = re.compile(r"[\s，,、；;：:]*(?:其中|包括)?[\s，,、：:]*")
_BODY = re.compile(
    r"(?:(?<!社|灾|地|景|厂|库|小|园|山)区|县|市|省|(?<!城)镇|(?<!城)乡|街道|自治区|自治州|旗|市级|县级|省级|区级|政府|[^事格布结大全]局|厅|委员会)$"
)
_INSTITUTION = re.compile(
    r"(?:医院|卫生院|卫生所|中心|公司|集团|工厂|学校|学院|[小中大]学|法院|检察院|[支大中总]队|派出所|分局|管理[所站处局]|工作站|开发区|新区|园区|片区|社区|窗口|部门|"
    r"分校|校区|院区|分院|车间|项目部|标段|合作社|农场|林场|水厂|[^乡农]村|[^全一二三四五六七八九十]组)$"
)
# 上半年发生12起: of nobody; 播种面积14万亩: what is measured.
_NOBODY = re.compile(
    r"(?:共|已|新)?(?:发生|完成|实现|新增|开展|建成|投入|组织|安排|处置|办理|受理|查处|检查|发放|培训)|.*(?:面积|额|数|量|值)(?:（.*）)?"
)
_MEAN = re.compile(r"[各均每]|.均|平均")
# The shortest name, and how many numbers from one total another stands.
_SHORTEST, _AROUND = 2, 8


def is_body(label: str) -> bool:
    """Whether a label names a place or a body: whose part it is, not what is counted."""
    return _BODY.search(label) is not None


def part_of_item(place: Place, decided: Sequence[Fact], total: int | None) -> Named | None:
    """What the number measures, whose it is, and the total it is a part of; ``total`` is the one that 其中 or a part before it speaks of,
    where either does."""
    if place.before is None:
        return None
    text, label = place.document.text, place.before.span
    if _BESIDE_NAME.fullmatch(text, place.gap.start, label.start) is None:
        return None
    words = label.of(text)
    if _MEAN.match(words):
        return None
    opens = place.gap.start == place.sentence.start
    before = _before(place, decided, opens)
    known = index_of(decided, before.antecedent) if before is not None else total
    if known is None:
        return None
    if before is not None and opens and is_body(words) and counted(before.quantity.unit) == counted(place.quantity.unit):
        return _part(decided, known, words)
    goes_on = opens and before is not None
    totals = _totals(decided, known)
    if len(totals) < 2 and not goes_on:
        return None
    whose = before.subject if before is not None and not opens else ""
    for cut in range(len(words) - _SHORTEST + 1):
        owner = _LIGHT.sub("", words[:cut]) or whose
        if owner and (owner == whose or is_body(owner) or _INSTITUTION.search(owner)):
            at = next((at for at in totals if _is_called(decided[at], words[cut:], place)), None)
            # 其中门诊61万人次、急诊7万人次: parts of one total have names of their own
            if at is not None and (at != known or goes_on or _tells_more(place, decided, at, totals)):
                return _part(decided, at, owner)
    return None


def _totals(decided: Sequence[Fact], known: int) -> list[int]:
    """The indices of a known total and of those told around it in its sentence."""
    around = range(max(0, known - _AROUND), min(len(decided), known + _AROUND + 1))
    return [at for at in around if decided[at].sentence == decided[known].sentence and _is_total(decided[at])]


def _is_total(fact: Fact) -> bool:
    return fact.kind == "level" and fact.mention.span is not None and not is_part(fact) and not earlier(fact)


def _is_called(fact: Fact, name: str, place: Place) -> bool:
    """Whether a name stands in that of a total of the same sort."""
    return name in fact.mention.text and counted(fact.quantity.unit) == counted(place.quantity.unit)


def _tells_more(place: Place, decided: Sequence[Fact], at: int, totals: Sequence[int]) -> bool:
    """Whether the number behind is told by the name of another total: 甲局受理120件，办结118件."""
    following = place.tail_text.strip("，,、 ")
    return following != "" and any(following in decided[other].mention.text for other in totals if other != at)


def _before(place: Place, decided: Sequence[Fact], opens: bool) -> Fact | None:
    """The part that tells whose the number is: the one before it in its item, or, where it opens an item, what the item before begins with."""
    if not opens:
        last = decided[-1]
        named = last.sentence == place.sentence and is_part(last) and last.subject and not _NOBODY.fullmatch(last.subject)
        # 端口2800个、烟感4000只: kinds beside each other, none of which is whose the other is
        return last if named and (last.subject != last.mention.text or place.gap_text[:1] in "，,") else None
    if place.document.text[place.gap.start - 1 : place.gap.start] not in _ITEM_ENDS:
        return None
    first = None
    for fact in reversed(decided):
        if fact.sentence.end != place.sentence.start or not is_part(fact):
            break
        first = fact
    return first if first is not None and first.subject not in ("", first.mention.text) else None


def _part(decided: Sequence[Fact], at: int, whose: str) -> Named | None:
    words = decided[at].mention.span
    return Named(words=(words,), antecedent=at, subject=whose) if words is not None else None
