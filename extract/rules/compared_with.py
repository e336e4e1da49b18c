"""A change of something stated before: 事故22起，同比下降26.7%; 比上年增加412件，增长14.3%.

Why: the change is named by the level that it changes, which may stand a clause or a sentence before.

Example: 罚款1412.65万元，同比下降6.8% → the words 罚款; 事故起数同比下降26.7% → the words 事故起数.

Left alone: 增加 with an object of its own (新增公共停车位800个) states a level.

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

from extract.knowledge import Named, Place, Rule
from extract.rules._antecedents import CHANGES, last_level, level_called, root, shared, whole, words_of
from extract.types import Fact, Span

_CHANGE = re.compile(
    r"(?:偏[多少高低大小强弱]|(?:年中)?(?:追加|调[增减])|净?增长|净?增加|上升|提高|提升|上涨|净增|增多|攀升|回升|新增|追加|调增|高于|高出|多出|下降|减少|降低|下滑|缩减|压减|回落|下跌|核减|调减|低于|缩短|收窄|加快|放缓"
    r"|[增减多少]收|增|升|涨|(?<![许众至最很之])多|减|降|(?<![至最])少|(?<![正副最新])高|(?<!最)低)"
    r"(?:了|约|近|幅度?(?:为|达)?|率为|率)?$"
)

_MAY_END = re.compile(r"[幅度多少高低大小强弱加增减长升涨于出降滑落跌短窄快缓收了约近为达率]$")
"""The last character of every change."""
_LONGEST = 10
"""A change takes no more characters."""
_DISTANCE = re.compile(r"(?:高于|低于|快于|慢于|超过|高出|领先|落后)[^，,。；;]{0,14}$")

_RISES = re.compile(r"[较比](?:上年|去年|前年|上月|年初)[^，,。；;]{0,6}(?:增加|增长|多|增)(?:了|约|近)?$")
# 同比减少, 较上年多: a change of which nothing more is said.
_SHORT = 6
_OF_GOAL = re.compile(r"目标|计划|任务|预算|预期")
# 自然增长率-2.57‰ is a rate of its own; 年均提高2.4个百分点 is of what stands before.
_NATURAL = re.compile(r"自然增长率$")
_NAMELESS = frozenset({"年均", "月均", "年平均", "一年", "全年", "累计", "期间"})
_GAINED = re.compile(r"新增$")
_NORMAL = re.compile(r"[较比](?:常年|历年|往年|多年|上年|去年)|(?<![占同环之价性对])(?:仍|还|也|均|已|又|却)?比(?![例重率值照较赛对邻])(?=..)")
_TOPIC = regex.compile(r"(?:^|[，,。；;：:、）)])\s*(?:其中)?(?P<topic>\p{Han}{2,20})$")
# 比2023年预算减少1万元, 比上年完成数增长12%: what is compared with names nothing that changes.
_STANDARD = re.compile(
    r"(?:比|较)(?:(?:(?:19|20)\d\d年|上年|去年|年初|年度|全年)度?)*"
    r"(?:年初|年度|原)?(?:预算|决算|计划|目标|完成|执行|任务|指标|实际)数?(?:相比)?(?:只|仅|又|再|还)?$"
)


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    lead = place.lead_text.rstrip("：: ")
    dimension = place.quantity.dimension
    change = _change(lead) or (dimension == "percentage_point" and _DISTANCE.search(lead))
    if not change or _NATURAL.search(lead.rstrip("为 ")):
        return None
    gap = place.run_gap if place.run[0] else place.gap
    said = Span(gap.start + change.start(), gap.start + change.end())
    own = _own(place, said) if place.run[0] == 0 and not _DISTANCE.search(lead) else None
    if _GAINED.search(lead) and _of_its_own(place):
        return None
    at = None
    if dimension in ("ratio", "percentage_point", "multiple"):
        if decided:
            at = root(decided, len(decided) - 1)
            at = shared(decided, at) if dimension != "percentage_point" else at
    else:
        at = _changed(place, decided, lead)
    if own is not None:
        return Named(words=(own,), antecedent=level_called(decided, own.of(place.document.text)))
    if place.run[1] > 1 and (one := _one_by_one(place, decided)) is not None:
        at = one
    if at is None:
        return None
    at = whole(decided, at)
    words = _words(decided, at)
    return Named(words=(words, said) if words else (said,), antecedent=at)


def _change(lead: str) -> re.Match[str] | None:
    """The change that words end in."""
    if _MAY_END.search(lead, max(0, len(lead) - 2)) is None:
        return None
    return _CHANGE.search(lead, max(0, len(lead) - _LONGEST))


def _changed(place: Place, decided: Sequence[Fact], lead: str) -> int | None:
    """The level that an amount is a change of: the last of its unit, but rather what was done than its goal, and never
    less than it rose by (贷款4.52亿元，笔均21.2万元，比上年多0.65亿元)."""
    unit, value = place.quantity.unit, place.quantity.value
    nearest = _changed_before(place, decided)
    if nearest is not None:
        return nearest
    nearest = last_level(decided, unit=unit)
    if nearest is None or value is None:
        return nearest
    rises = _RISES.search(lead) is not None
    aims = _OF_GOAL.search(lead) is not None
    for at in range(nearest, -1, -1):
        fact = decided[at]
        if fact.sentence != decided[nearest].sentence:
            break
        small = rises and fact.quantity.value is not None and fact.quantity.value < value
        if fact.quantity.unit == unit and fact.kind not in CHANGES and not small and (aims or fact.kind != "target"):
            return at
    return nearest


def _changed_before(place: Place, decided: Sequence[Fact]) -> int | None:
    """受理量环比增加2932件、上升14.0%，同比减少1256件: the level that the change right before is of, where that had a name of its own."""
    if not decided:
        return None
    last = decided[-1]
    if last.kind not in CHANGES or last.sentence != place.sentence or len(place.gap_text.strip("，,、；; ")) > _SHORT:
        return None
    at = root(decided, len(decided) - 1)
    fact = decided[at]
    return at if fact.kind not in CHANGES and fact.quantity.unit == place.quantity.unit else None


def _of_its_own(place: Place) -> bool:
    """新增12家特色书店 counts bookshops, whatever stands before."""
    own = place.after is not None and place.after.score >= 1 and place.quantity.dimension == "count"
    return own and not place.cue("compare") and (place.before is None or place.before.score < 1)


def _own(place: Place, said: Span) -> Span | None:
    """What is said to change, without what it is compared with (接待费比上年预算减少, 降雨较常年偏多); ``None`` where it stands further back."""
    text = place.document.text
    standard = _STANDARD.search(text, place.gap.start, said.start)
    if standard is not None:
        topic = _TOPIC.search(text[place.gap.start : standard.start()])
        return Span(place.gap.start + topic.start("topic"), standard.start()) if topic else None
    if place.before is None or place.before.span.start >= said.start:
        return None
    name = place.before.span
    cut = _NORMAL.search(text, name.start, name.end)
    end = min(cut.start() if cut else name.end, said.start)
    if text[name.start : end] in _NAMELESS and "幅" not in text[said.start : said.end]:
        return None
    return Span(name.start, end) if end > name.start else None


def _one_by_one(place: Place, decided: Sequence[Fact]) -> int | None:
    """起数、人数分别为14起、8人，同比下降17.6%、20%: the level at the same place in the list right before the changes."""
    position, length = place.run
    levels = decided[: len(decided) - position][-length:]
    if (
        len(levels) < length
        or any(fact.kind in CHANGES or fact.sentence != place.sentence for fact in levels)
        or levels[0].mention.by != "respectively"
    ):
        return None
    return len(decided) - position - length + position


def _words(decided: Sequence[Fact], at: int) -> Span | None:
    """The name that a change goes by: that of the change right before it where it had one of its own, else the level's."""
    last = decided[-1]
    if last.kind in CHANGES and last.mention.span is not None and root(decided, len(decided) - 1) == at:
        return last.mention.span
    return words_of(decided[at])


RULE = Rule(name="compared_with", order=40, read=_read)
