"""Names come first, numbers after, one by one: 死亡、受伤分别为3人、5人.

Why: a list of numbers after 分别 belongs to a list of names; read one by one, only the last name is near a number.

Example: 事故起数和死亡人数同比分别上升28.6%和25% → 事故起数 28.6%, 死亡人数 25%. Without names (17起、死亡12人，同比分别
下降22.5%和14.29%) the numbers belong to the last levels stated, in their order. 甲、乙、丙三个领域分别立案3件、4件和5件 counts
its names itself.

Left alone: 分别 with a single number after it; as many names as numbers are needed, else the whole list is the name.

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.rules._antecedents import CHANGES, counted
from extract.types import Fact, Span

_EACH = re.compile(r"分别|依次|各为|各(?=增|减|上升|下降|占|有)")
_NAMES = re.compile(r"(?:以及|、|和|与|及(?!时|格))")
_CLAUSE_START = re.compile(r"[，,。；;：:（(](?=[^，,。；;：:（(]*$)")
_LEAD = re.compile(r"^(?:其中|同比|与上年相比|较上年|比上年|全年|共|累计|按[^，]{1,12}分)+[，,：:]?")
_TRAIL = re.compile(r"(?:同比|环比|[较比][上去]年(?:同期)?|均|各|总数|占比|比重|增幅|增速)+$")
# 较去年国庆假期分别增长20.49%、3.21%: what is compared with is no name.
_THAN = re.compile(r"(?:较|与|比(?![重例率值]))[^，。；]{2,16}")
_GROUPED = re.compile(r"其中|(?:按|从|分)[^，。；]{1,12}(?:分|看|划分|统计)[，,：:]")
# How many facts back a total may stand.
REACH = 8
_TIME = re.compile(r"(?:而|比|较|与)?(?:上年|去年|上年同期|去年同期|同期|(?:19|20)\d{2}年(?:度|同期)?|上年末|年初)(?:数|则)?")
# 进出口一季度、二季度分别达到9.76万亿元和10.34万亿元: the times of one thing.
_SEASON = re.compile(r"(?:第?[一二三四]季度|[上下]半年|[1-9]\d?月份?|前三季度|[一二三四五六七八九十]{1,2}月份?)$")
_COUNTED = re.compile(r"^[^，,。；;：:]{0,10}$")


def _split(text: str, head: Span) -> list[Span]:
    cut = _CLAUSE_START.search(text[head.start : head.end])
    start = head.start + (cut.end() if cut else 0)
    lead = _LEAD.match(text[start : head.end])
    start += lead.end() if lead else 0
    trail = _TRAIL.search(text[start : head.end])
    end = start + trail.start() if trail else head.end
    if _THAN.fullmatch(text, start, end):
        return []
    names, at = [], start
    for joiner in _NAMES.finditer(text, start, end):
        names.append(Span(at, joiner.start()))
        at = joiner.end()
    names.append(Span(at, end))
    names = [name for name in names if text[name.start : name.end].strip("，,、 的由从")]
    return [] if all(_TIME.fullmatch(text, name.start, name.end) or _SEASON.fullmatch(text[name.start : name.end]) for name in names) else names


def _total(place: Place, decided: Sequence[Fact]) -> int | None:
    """The total that the listed names divide, where the text says that it divides one (从渠道看，A、B分别为…)."""
    if not _GROUPED.search(place.run_gap.of(place.document.text)):
        return None
    unit = counted(place.quantity.unit)
    value = place.quantity.value
    before = [at for at, fact in enumerate(decided) if fact.quantity.span.end <= place.run_gap.start][-REACH:]
    for at in reversed(before):
        fact = decided[at]
        if fact.kind == "level" and counted(fact.quantity.unit) == unit and unit and (value is None or (fact.quantity.value or 0) >= value):
            return at
    return None


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    position, length = place.run
    text = place.document.text
    gap = place.run_gap
    each = list(_EACH.finditer(text, gap.start, gap.end)) if length > 1 else []
    if not each:
        return None
    names = _split(text, Span(gap.start, each[-1].start()))
    earlier = [at for at, fact in enumerate(decided) if fact.quantity.span.end <= gap.start and fact.sentence == place.sentence]
    if len(names) != length and earlier and _COUNTED.match(text[gap.start : each[-1].start()]):
        counted = decided[earlier[-1]]
        if counted.quantity.value == length:
            names = _split(text, Span(place.sentence.start, counted.quantity.extent.start)) or names
    if len(names) == length > 1 and (head := _of_times(text, names)) is not None:
        return Named(words=(head,), antecedent=_total(place, decided))
    if len(names) == length and not text.startswith("第", names[0].start):
        return Named(words=(names[position],), antecedent=_total(place, decided))
    levels = [at for at in earlier if decided[at].kind not in CHANGES][-length:]
    if names or len(levels) != length:
        return Named(words=(Span(names[0].start, names[-1].end),), confidence=0.7) if names else None
    antecedent = levels[position]
    words = decided[antecedent].mention.span
    return Named(words=(words,) if words else (), antecedent=antecedent, confidence=0.8)


def _of_times(text: str, names: Sequence[Span]) -> Span | None:
    """What is counted at several times, where the first name ends in a time and the others are times alone."""
    first, *others = names
    season = _SEASON.search(text[first.start : first.end])
    alone = all(_SEASON.fullmatch(text[name.start : name.end]) for name in others)
    return Span(first.start, first.start + season.start()) if season is not None and season.start() > 1 and alone else None


RULE = Rule(name="respectively", order=10, read=_read)
