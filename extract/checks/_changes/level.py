"""The level that a change leads to: the one before it, or the one that its words name."""

from __future__ import annotations

import re

from extract.checks._changes.arithmetic import can_change, stepped
from extract.checks._changes.reader import BACK, Reader
from extract.checks._changes.words import EARLIER, SAID_FORMER, own_words
from extract.checks._list_words import PER, past
from extract.checks._prose import CHANGES, Place, is_share, last_words, like, named_near
from extract.checks._values import is_rate
from extract.checks._words import core
from extract.types import Fact

_PLAN = re.compile(r"(?:计划|目标|任务|预算)(?:数|值|量)?$")
_WITH = re.compile(r"^(?:其中)?[对与向和由]|来自")
_SHARED = re.compile(r"占|比重|比例|(?:完成|实现|达到?|为)[^，。；]{0,12}(?:计划|预算|目标|任务|指标)")
_END = re.compile(r"[。！？]")
_THAN_LAST = re.compile(r"(?:今年|本年度?)(?:比|较|同比)|(?:比|较)(?:上年|去年)(?!的|末|底)")
_BASE = re.compile(r"[较比与同][^，。；：]{1,16}的?$")
_TURNS = re.compile(r"[^，。；：]{0,2}相[比较]")
_AGAINST = re.compile(r"相[比较]")
"""与2021年的满意率64.2%相比: what stands right before these words is compared with."""
_BASIS = re.compile(r"为(?:基[数期准]|底数|参照)")


def level_of(reader: Reader, place: Place) -> tuple[Fact | None, bool]:
    """The level that a change leads to, and whether no other can be meant; ``None`` where none is stated."""
    fact = place.fact
    words = own_words(place)
    if not words:
        near = _near(reader, place)
        if near is not None:
            return near, not _object(reader, place)
    name = reader.context.name(fact)
    rank = reader.context.order
    level = reader.stream.places[place.at - 1] if place.at else None
    # 21个试验区进出口增长14.5%: the words between name what grows, not the zones
    apart = words and level is not None and level.sentence == place.sentence and place.joins
    named = [
        f
        for f in named_near(reader.context, fact, name)
        if f.kind not in CHANGES
        and f.kind != "target"
        and f.subject == fact.subject
        and can_change(fact, f)
        and (f.mention.by != "share" or place.quantity.dimension == "percentage_point")
    ]
    # 较上年净增108起 names the year that it is compared with
    now = fact.period in reader.now or fact.period in reader.earlier
    named = [f for f in named if (f.period == fact.period and not _compared_with(f, place)) or (f.period in reader.now and now)]
    if apart and level is not None and words not in core(level.plain):
        named = [f for f in named if f is not level.fact]
    else:
        level = None
    before = [f for f in named if rank[f.id] < rank[fact.id]]
    if before:
        alone = len({f.quantity.value for f in before}) == 1 and before[-1].block == fact.block
        return before[-1], alone and (not words or core(before[-1].mention.text).endswith(words))
    for p in reader.stream.back(place.at, BACK):
        if p.paragraph < place.paragraph:
            break
        if p is level or is_former(reader, p, place) or p.fact.kind in CHANGES or not can_change(fact, p.fact) or p.fact.kind == "target":
            continue
        if _shares(p, place):
            continue
        own = core(last_words(p.plain) or p.fact.mention.text)
        if words and own and (words in own or own in words or (core(p.fact.mention.text) and core(p.fact.mention.text) in words)):
            # 少数民族毕业生489人, 毕业生总数增加268人: of some of them
            return p.fact, len(own) > 1 and (own == words or words not in own)
    antecedent = reader.context.by_id.get(fact.antecedent)
    if antecedent is not None and antecedent.mention.by == "share" and place.quantity.dimension != "percentage_point":
        antecedent = reader.context.by_id.get(antecedent.antecedent)
    if antecedent is not None and antecedent.kind not in CHANGES and can_change(fact, antecedent):
        return antecedent, False
    if named:
        return named[0], False
    return None, False


def is_former(reader: Reader, level: Place, change: Place) -> bool:
    """Whether a level is of the period before (上年分别为31起、13人), to which a change of this period does not lead."""
    if _BASIS.match(reader.stream.after(level.at)):
        return True  # 以2020年的800家为基数
    if _compared_with(level.fact, change) or SAID_FORMER.search(level.clause):
        return True
    after = reader.stream.after(level.at)
    if _AGAINST.match(after) or (_BASE.match(level.clause) and _TURNS.match(after)):
        return True  # 与二季度的2796件相比，减少112件
    period = level.fact.period
    return period != change.fact.period and (period in EARLIER or (level.at + 1 < change.at and past(period, reader.context.document.about.year)))


def _compared_with(level: Fact, change: Place) -> bool:
    """上年…合计23.15万元，本年比上年减少1.81万元: whether a level is of the year that the change is told against."""
    return level.period in EARLIER and _THAN_LAST.search(change.clause) is not None


def _object(reader: Reader, place: Place) -> bool:
    """Whether the level before a change is whom it is with: 对五国增长44%."""
    before = reader.stream.places[place.at - 1]
    clause = before.clause
    return place.joins and _WITH.search(clause) is not None


def is_goal(reader: Reader, place: Place) -> bool:
    """占年度计划82.5亿元的104.7%: what was planned, not what was reached."""
    return _PLAN.search(place.clause) is not None and reader.stream.after(place.at).startswith("的")


def _near(reader: Reader, place: Place) -> Fact | None:
    """The level right before a change: of its sentence, past brackets, shares and other changes."""
    for p in reader.stream.back(place.at, 8):
        if p.sentence < place.sentence - (1 if _starts_sentence(place) else 0) or p.paragraph != place.paragraph:
            break
        if p.bracket and p.bracket != place.bracket:
            continue
        if is_former(reader, p, place):
            continue
        if p.fact.kind in CHANGES or p.fact.kind == "target" or (p.at + 1 != place.at and PER.search(p.plain) and not PER.search(place.plain)):
            continue
        if is_goal(reader, p):
            continue
        if _shares(p, place):
            continue
        if not can_change(place.fact, p.fact):
            if not is_rate(place.quantity):
                continue
            return None
        whole = reader.whole.get(p.fact.id)
        if whole is not None and not _goes_on(reader, p, place) and (place.at - p.at > 1 or _of_whole(reader, place, whole, p.fact)):
            return whole
        return p.fact
    return None


def _shares(level: Place, change: Place) -> bool:
    """占预算支出的52.22%，比上年增长17.04%: whether a share is told of what changes, which itself does not change by a rate."""
    percent = is_share(level.fact) and level.quantity.unit in ("%", "％")
    return percent and change.quantity.dimension != "percentage_point" and _SHARED.search(level.plain) is not None


def _goes_on(reader: Reader, part: Place, change: Place) -> bool:
    """其中小麦18.2万吨，占总产量的42.72%，比上年增长3.4%: whether only the share of a part stands between it and a rate of change."""
    share = reader.stream.places[change.at - 1]
    between = share.at == part.at + 1 and is_share(share.fact) and "占" in share.clause
    return between and is_rate(change.quantity) and share.bracket == part.bracket == change.bracket


def _of_whole(reader: Reader, place: Place, whole: Fact, part: Fact) -> bool:
    """案件27起，其中甲类24起、乙类3起，同比减少6起，下降18.2%: amount and rate are no change of the last part, so of the whole."""
    if place.at + 1 >= len(reader.stream.places) or is_rate(place.quantity) or not like(place.quantity, whole.quantity):
        return False
    rate = reader.stream.places[place.at + 1]
    if rate.sentence != place.sentence or rate.fact.kind not in CHANGES or not is_rate(rate.quantity):
        return False
    if stepped(rate.quantity, part.quantity, place.quantity):
        return False
    # 其中：运行费27.06万元，比上年减少8.22万元，下降9.44%: of the whole where they fit it, else of a list's last part only if others stand before it
    before = reader.stream.places[place.at - 2] if place.at > 1 else None
    listed = before is not None and reader.whole.get(before.fact.id) is whole and before.sentence == place.sentence
    return listed or stepped(rate.quantity, whole.quantity, place.quantity)


def _starts_sentence(place: Place) -> bool:
    return _END.search(place.lead) is not None
