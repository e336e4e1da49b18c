"""Differences that three names tell: 出生率8.12‰，死亡率6.45‰，自然增长率1.67‰; 应征税款460万元，已征432万元，欠缴28万元.

The three stand in one sentence, each once, in the same unit; what is left comes last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._difference import Difference
from extract.checks._prose import Place, Stream, like, streams
from extract.relations import Context

BACK = 6
"""So many facts back the two figures are looked for."""
_DONE = r"^[^，。；]{0,12}(?:已经?|实际?)[^，。；]{0,2}"
_PAID = r"[征缴收拨付还到支]"
_PLANNED = r"(?:年初|调整|[为占比的])(?:年度|全年|年初)?预算|预算数|计划|目标|任务"
TRIPLES = tuple(
    tuple(re.compile(pattern) for pattern in row)
    for row in (
        (r"自然增[长加]", r"出生", r"死亡"),
        (r"收支(?:相抵)?(?:差额|结余|盈余|缺口)|^(?:当年|本年)?盈余", r"收入", r"支出"),
        (rf"欠{_PAID}|尚欠$|未{_PAID}[^，。；]{{0,4}}$", rf"应{_PAID}", rf"{_DONE}{_PAID}"),
        (r"^(?:[比较]预算)?(?:超收|超支|超额(?:完成)?|超(?:计划|目标|任务|预算))(?:收入)?$", r"完成|实现|收入|支出|实际", _PLANNED),
        (r"^(?:当年|本年|本期|实现)?(?:净利润|税后利润)(?:总?额)?[为达]?$", r"利润总额|税前利润", r"所得税"),
        (r"^(?:[比较]预算)?(?:短收|欠收)(?:收入)?$", _PLANNED, r"完成|实现|收入|实际"),
        (r"^(?:共|累计)?(?:取消|停航|停飞|停运|未执行)$", r"计划|安排", r"执行|开行|完成|飞行|运行"),
        (r"^(?:共|净|审计|评审|累计)?(?:核减|审减|核销|扣减)[^，。；]{0,4}$", r"送审|报审|申报|上报", r"审定|核定|审核|审后"),
        (r"^(?:超编|超员)$", r"实有|在[岗职编册]|现有|开放|配备|实际", r"编制|核定|定员"),
        (r"^盘亏(?:额|金额)?$", r"账面|账存", r"实盘|实存|清点"),
        (r"^盘盈(?:额|金额)?$", r"实盘|实存|清点", r"账面|账存"),
        (r"^(?:账面|资产)?净[值额]为?$", r"原值|原价", r"折旧|摊销"),
        (r"^(?:缺席|缺勤|未到|缺考)$", r"应[到考参出]|报名|报考", r"实[到考参]|实际|参加|参考|(?<!应)出[席勤]"),
        (r"^(?:还|尚|仍|仅)?(?:差|缺|欠)$", r"计划|目标|任务|应(?![对急用届])|需", rf"{_DONE}|^[^，。；]{{0,4}}完成"),
    )
)
"""How what is left is called, what it is left of, and what was taken off."""
_TOLD = re.compile("|".join(result.pattern for result, _, _ in TRIPLES))
_BALANCE = re.compile(r"^(?:[当本][年期月])?结余(?:为|是|约)?$")
_HAD = re.compile(r"预算|收入|筹集|安排|下达|到位|限额|额度|配额")
_SPENT = re.compile(r"支出|使用|支付|列支|执行|实际|已用|消耗")
_CARRIED_ON = re.compile(r"结转|滚存|累计|结存|年初|期初|[上去前历]年|动用|调入|调出|净结余")
"""收入27.53亿元，支出25.18亿元，结余2.35亿元: where nothing was brought on, what is left is their difference."""
_LEFT_OVER = re.compile(r"^(?:年[终末])?(?:结转下一?年度?(?:支出|使用)?|滚存结余|结转结余|结余)[为共]?$")
_INCOME, _SPENDING = re.compile(r"收入总[计量][为达]?$"), re.compile(r"支出总[计量][为达]?$")
_ALL_IN, _ALL_OUT = re.compile(r"总收入[为达]?$"), re.compile(r"总支出[为达]?$")
_LEFT_AT_END = re.compile(r"^(?:年[终末]|年底|当年|本年)?(?:收支)?(?:结余|盈余)[为是]?$")
_EQUITY = re.compile(r"^(?:年末|期末)?(?:所有者权益|净资产)(?:合计|总额|总计)?为?$")
_ASSETS, _DEBTS = re.compile(r"(?<!净)资产(?:总额|总计|合计)为?$"), re.compile(r"负债(?:总额|总计|合计)?为?$")
_BEFORE = re.compile(r"[上去]年|年初|期初")
FAR = 24
"""So many facts back the two totals of a budget are looked for."""


def named_differences(context: Context) -> Iterator[Difference]:
    """The differences that their names tell, in text order."""
    for stream in streams(context):
        for place in stream.places:
            for result, minuend, subtrahend in TRIPLES if _TOLD.search(place.clause) is not None else ():
                if result.search(place.clause):
                    # 收入38.6亿元，支出45.2亿元，收支差额6.6亿元: the way is left out
                    yield from (_turned(one) for one in _told(stream, place, minuend, subtrahend))
                    break
            if _BALANCE.match(place.clause) and not _CARRIED_ON.search(context.before(place.fact, place.fact.sentence)):
                yield from _told(stream, place, _HAD, _SPENT)
            if _EQUITY.match(place.clause):
                yield from _of_balance_sheet(stream, place)
            if _LEFT_OVER.match(place.clause):
                yield from _of_totals(stream, place)
            if _LEFT_AT_END.match(place.clause):
                yield from _of_year(context, stream, place)


def _told(stream: Stream, place: Place, minuend: re.Pattern[str], subtrahend: re.Pattern[str]) -> Iterator[Difference]:
    """The two figures of the sentence under their names, if each is there once and no other of their unit between them and what is left."""
    near = [
        p for p in stream.back(place.at, BACK) if p.sentence == place.sentence and p.bracket == place.bracket and like(p.quantity, place.quantity)
    ]
    taken = [p for p in near if subtrahend.search(p.clause) and not minuend.search(p.clause)]
    whole = [p for p in near if minuend.search(p.clause) and not subtrahend.search(p.clause)]
    if len(taken) == len(whole) == 1 and near[:2] in ([taken[0], whole[0]], [whole[0], taken[0]]):
        yield Difference(place.fact, whole[0].fact, taken[0].fact)


def _of_balance_sheet(stream: Stream, place: Place) -> Iterator[Difference]:
    """资产总额60.84亿元，年初57.29亿元，…；负债总额36.63亿元，…；所有者权益24.21亿元: each told once in the sentence."""
    near = [p for p in stream.back(place.at, 2 * BACK) if p.sentence == place.sentence and p.level and not p.bracket]
    near = [p for p in near if like(p.quantity, place.quantity)]
    had, owed = ([p for p in near if words.search(p.clause) and not _BEFORE.search(p.clause)] for words in (_ASSETS, _DEBTS))
    if len(had) == len(owed) == 1 and not place.bracket:
        yield Difference(place.fact, had[0].fact, owed[0].fact)


def _turned(one: Difference) -> Difference:
    """The greater figure less the other, where something is left of less; turned round where it is told as a fall (核减343万元)."""
    a, b, c = ((fact.quantity.value or 0) for fact in (one.minuend, one.subtrahend, one.result))
    return Difference(one.result, one.subtrahend, one.minuend) if (c > 0 and a < b) or (c < 0 and a > b) else one


def _of_totals(stream: Stream, place: Place) -> Iterator[Difference]:
    """收入总计470130万元…支出总计453110万元。收支相抵，结转下年支出17020万元: between the two totals of a budget, the second right before."""
    spent = stream.places[place.at - 1] if place.at else None
    if spent is None or not _SPENDING.search(spent.clause) or spent.paragraph != place.paragraph or not like(spent.quantity, place.quantity):
        return
    before = (p for p in stream.back(spent.at, FAR) if _INCOME.search(p.clause) or _SPENDING.search(p.clause))
    had = next(before, None)
    if had is not None and _INCOME.search(had.clause) and like(had.quantity, place.quantity):
        yield Difference(place.fact, had.fact, spent.fact)


def _of_year(context: Context, stream: Stream, place: Place) -> Iterator[Difference]:
    """年度总收入4286.5万元，其中…。总支出4220.3万元：…；年末结余66.2万元: each told once in the paragraph, where nothing was brought on; in doubt
    unless a slip of the pen explains a miss."""
    near = [
        p for p in stream.back(place.at, FAR) if p.paragraph == place.paragraph and p.level and not p.bracket and like(p.quantity, place.quantity)
    ]
    had, spent = ([p for p in near if words.search(p.clause)] for words in (_ALL_IN, _ALL_OUT))
    told = context.text[context.document.blocks[place.fact.block].span.start : place.fact.quantity.span.start]
    if len(had) == len(spent) == 1 and spent[0].at > had[0].at and _CARRIED_ON.search(told) is None:
        found = Difference(place.fact, had[0].fact, spent[0].fact)
        yield found if found.holds or found.slipped else Difference(place.fact, had[0].fact, spent[0].fact, sure=False)
