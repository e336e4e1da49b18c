"""Balances that a sentence tells: 净资产年初数A，本年增加B，本年减少C，年末数D; 年初现金余额, the net flows of three activities, 年末余额;
年初结存A件，购入B件，发放C件，年末结存D件.

The closing figure stands behind the changes, or is the one that the paragraph states before them under the same name (净资产合计6697.59万元).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from extract import intervals as iv
from extract.checks._prose import Place, Stream, like, streams
from extract.checks._slips import mended
from extract.checks._words import bare
from extract.relations import Context, Relation
from extract.types import Quantity

MOST = 8
"""So many facts behind the opening figure belong to its balance."""
BACK = 12
"""So many facts back the closing figure stands."""
NEAR = 4
"""So many facts before what is left of all years stand what is left of this one and of those before."""
_STOCKED = frozenset({"money", "count", "mass", "volume", "area", "length"})
FLOWS = 3
"""Operating, investing and financing."""
_OPENING = re.compile(
    r"^(?P<what>[^，。；：、（）]{2,14}?)?(?:年初|期初|上年末)(?P<cash>(?:现金|货币资金)[^，。；：、（）]{0,8})?"
    r"(?:数|余额|结余|存量)[为是共计达有]{0,2}$"
)
_OF_WHAT = re.compile(r"^(?:年初|期初|上年末)(?P<what>(?!预算|计划|目标|安排|下达|批复)[^，。；：、（）]{2,10}?)(?:数|总额)?[为是共计达有]{0,2}$")
"""年初欠费余额1286万元，…，年末欠费余额1113万元: the name stands behind the time in both."""
_AT_END = re.compile(r"^(?:年末|期末|年底)(?P<what>[^，。；：、（）]{2,10}?)(?:数|总额)?[为是共计达有]{0,2}$")
_WITHIN = re.compile(r"^其中[，：]?(?:年初|期初|上年末)(?:余额|结余|结存|存量|数)[为是]?$")
_NAMED_AT_END = re.compile(r"(?:年末|期末|年底|[月季]末)[^，。；：、（）]{0,12}(?:余额|结余|结存|存量|数)[为是共计达有]{0,2}$")
_RISEN_TO = re.compile(r"^的?(?:增[加长]?|减少?|上升|下降|扩大|发展|提高)[到至为](?:年末|期末|年底)[^，。；：、（）]{0,6}$")
"""由年初的172辆增加到年末的186辆: what there was, and right behind it what there is."""
_NOW = re.compile(r"^(?:年末|期末|年底)(?:数|为|达|是)?$")
_CHANGED = r"^(?:年末|期末|年底)?{what}(?:比|较)(?:年初|期初|上年末)净?(?:(?P<more>增加|多|上升)|减少|下降|少)[了为]?$"
_ADDED = re.compile(r"^(?:再)?加上?(?:了)?[^，。；：、（）\d]{0,14}$")
_OFF = re.compile(r"^(?:再)?(?:扣除|减去|剔除|扣减)(?:了)?[^，。；：、（）\d]{0,14}$")
_COMES_TO = re.compile(r"^(?:合计|共计?|总共|总计|一共|只有|仅有|可用|达到?|总额)|(?:滚存|累计)?(?:结余|余额|资金|可用)[为达有]{0,2}$")
_NET = re.compile(r"相抵|净[增减]|净资产(?:增加|减少)|结余")
_CHANGE = re.compile(r"^(?:本年|本期|当年|当期|年内|全年)?(?:净?增加|净?减少|新增)[了为]?$")
_CLOSING = re.compile(r"^(?:年末|期末)[^，。；：、（）]{0,10}?(?:数|余额|结余|存量)?[为是共计达有]{0,2}$")
_FLOW = re.compile(r"(?P<which>经营|投资|筹资)活动(?:产生的)?(?:现金)?(?:流量)?净(?P<way>流入|流出|额|流量|增加额)[^，。；：、（）]{0,4}$")
_NET_CASH = re.compile(r"^(?:现金|现金及现金等价物|当年现金|三项合计)?(?:流量)?净(?P<way>增加|减少|流入|流出)额?[为了]?$")
_SO_MUCH = re.compile(r"(?:合计|总计|总额|共计)?(?:数|额)?[为是共计达有]{0,2}$")
_STOCK = r"(?:余额|结余|结存|库存|存量|在[库网册用]|实有|保有量?)[^，。；：、（）]{0,6}$"
_STOCK_BEFORE = re.compile(rf"^[^，。；：、（）]{{0,8}}?(?:年初|期初|上年末)[^，。；：、（）]{{0,6}}?{_STOCK}")
_STOCK_AFTER = re.compile(rf"^(?:年末|期末|年底)[^，。；：、（）]{{0,6}}?{_STOCK}")
_BEGAN = re.compile(
    r"^(?:较|比)?[^，。；：、（）]{0,8}?(?:年初|期初|上年(?:末|底|结转|旧存|结存|遗留)|旧存|(?P<year>(?:19|20)\d\d)年[末底])(?!预算|计划|目标|安排|下达|批复)[^，。；：、（）]{0,14}$"
)
"""What there was, however it is called: 年初规上企业318户, 上年结转126件."""
_ENDED = re.compile(
    r"^(?:截至)?(?:年末|期末|年底|(?P<year>(?:19|20)\d\d)年[末底])[^，。；：、（）]{0,10}$|^(?:结存|未结|尚未办结)[^，。；：、（）]{0,4}$"
)
_AT_END_OF = re.compile(r"(?:年末|年底|期末)，")
_REACHED = re.compile(r"(?:达到?|共有|现有|实有|为)$")
_AT_PRESENT = re.compile(r"^(?:目前|现有?|现在|截至目前)[^，。；：、（）]{0,12}$")
_NET_CHANGE = re.compile(r"^[^，。；：、（）]{0,8}净(?P<way>[增减])[加少长]?[了为]?$")
_THERE_ARE = re.compile(r"^(?:共有|现有|实有)[^，。；：、（）]{0,10}$")
_CAME = re.compile(
    r"^[^，。；、（）]{0,6}(?:新增|增加|相抵|结余|增值|购[入置进]|采购|收购|轮入|新[收建设入购]|新开工|入库|登记|发展|纳入|招[录聘]|转入|接收|调入|补充|收到|收入|入藏|制发|制定|印发|出台|新开)[^，。；、（）]{0,6}$"
)
_WENT = re.compile(
    r"^[^，。；、（）]{0,6}(?:减少|销售|售出|领用|耗用|轮出|清[欠收偿缴]|核销|报废|收回|[归偿]还|支[出付]|发放|出库|退[出库休]|转出|调[出拨]|处置|淘汰|拆除|消耗|注销|竣工|[审办]结|结案|销号|整改|化解|死亡|迁出|剔旧|剔除|废止|失效|停[航开运]|撤并|撤销)[^，。；、（）]{0,6}$"
)
_IN_ALL = re.compile(r"^(?:年[末终底]|期末)?(?:基金)?(?:滚存|累计)(?:基金|收支)?(?:结余|结存)[为达有]{0,2}$")
"""当年结余2.35亿元，年末滚存结余33.99亿元: what was left of all years."""
_OF_YEAR = re.compile(r"^[^，。；：、（）]{0,12}?(?:当年|本年度?|年[终末]|当期|本期)(?:收支)?(?:净?结余|收支差额|盈余)为?$")
_OF_BEFORE = re.compile(r"^(?:加上?|连同)?(?:年初|期初|上年[末底]?|历年|以前年度)(?:滚存|累计)?(?:结转结余|结余|结转|结存)?[为是]?$")
_MORE = re.compile(r"汇率|合并范围|会计差错|追溯调整|重分类")
"""What else changes a balance, and is not told as a figure."""


def balances(context: Context) -> Iterator[Relation]:
    """The balances of the prose, each as a sum of its closing figure."""
    for stream in streams(context):
        for opening in stream.places:
            told = _balance(stream, opening) if _is_stock(opening) and not opening.bracket else None
            told = told or (_added(stream, opening) if opening.level and _ADDED.match(opening.clause) else None)
            told = told or (_net_cash(stream, opening) if "净" in opening.clause else None)
            told = told or (_in_all(stream, opening) if "存" in opening.clause or "累计" in opening.clause else None)
            if told is not None and not _MORE.search(context.text, opening.fact.sentence.start, opening.fact.sentence.end):
                yield told


def _balance(stream: Stream, opening: Place) -> Relation | None:
    """What a figure of the beginning comes to, in the way of saying that its words begin."""
    words = bare(opening.clause)
    if _WITHIN.match(opening.clause):
        return _of_closing(stream, opening)
    behind = [p for p in stream.places[opening.at + 1 : opening.at + 1 + MOST] if p.sentence == opening.sentence and not p.bracket]
    found, told = _OPENING.match(words), None
    if found is not None:
        told = _of_cash(opening, behind) if found["cash"] else _of_changes(stream, opening, behind, found["what"] or "")
    named = _OF_WHAT.match(words) if told is None else None
    if named is not None:
        told = _of_named(stream, opening, named["what"]) if found is None else None
        told = told or _of_change_told(stream, opening, named["what"])
    if told is None and (_STOCK_BEFORE.match(words) or _BEGAN.match(words)):
        told = (
            _of_rise(opening, behind)
            or _of_stock(opening, behind)
            or _back_to(stream, opening)
            or _behind_now(stream, opening)
            or _before_net(stream, opening)
        )
    return told


def _added(stream: Stream, second: Place) -> Relation | None:
    """当年到位1.60亿元，加上结余的2270万元，只有18270万元; …加上年初结余132.7万元，扣除上缴60万元，滚存结余157.3万元."""
    first = stream.places[second.at - 1] if second.at else None
    if first is None or not _is_stock(first) or not like(first.quantity, second.quantity) or first.sentence != second.sentence:
        return None
    more, less = [first, second], list[Place]()
    for place in stream.places[second.at + 1 : second.at + MOST]:
        if place.sentence != second.sentence or not _is_stock(place) or not like(place.quantity, second.quantity) or place.bracket:
            return None
        if _ADDED.match(place.clause):
            more.append(place)
        elif _OFF.match(place.clause):
            less.append(place)
        else:
            return _relation(place, more, less) if _COMES_TO.search(place.clause) and "；" not in place.lead else None
    return None


def _net_cash(stream: Stream, net: Place) -> Relation | None:
    """经营活动净流入4.86亿元，投资活动净流出11.23亿元，筹资活动净流入10.82亿元，现金净增加4.45亿元: a miss, if a slip or one way mistaken
    explains it."""
    way = _NET_CASH.match(bare(net.clause))
    if way is None or net.at < FLOWS or net.quantity.value is None:
        return None
    flows = stream.places[net.at - FLOWS : net.at]
    found = [_FLOW.search(p.clause) for p in flows]
    if len({match["which"] for match in found if match is not None}) != FLOWS or any(p.paragraph != net.paragraph for p in flows):
        return None
    if not all(like(p.quantity, net.quantity) and (p.quantity.value or iv.ZERO) > 0 for p in flows) or way["way"] in ("减少", "流出"):
        return None
    less = [p for p, match in zip(flows, found, strict=True) if match is not None and match["way"] == "流出"]
    signed = [_negative(p.quantity) if p in less else p.quantity for p in flows]
    whole = iv.total(q.interval for q in signed)
    turned = [iv.sub(whole, iv.scaled(q.interval, Decimal(2))) for q in signed]
    sure = any(iv.meet(net.quantity.interval, total) for total in (whole, *turned)) or mended(net.quantity, signed)
    told = _relation(net, [p for p in flows if p not in less], less, certain=sure)
    return replace(told, note="经营、投资、筹资活动现金净流量之和", note_en="The net cash of operations, investing and financing")


def _in_all(stream: Stream, closing: Place) -> Relation | None:
    """当年结余2.35亿元，年末滚存结余33.99亿元（上年末为31.64亿元）: what was left of this year and of those before, each told once."""
    if not _IN_ALL.match(bare(closing.clause)) or not _is_stock(closing) or closing.bracket:
        return None
    near = [*stream.places[max(0, closing.at - NEAR) : closing.at], *stream.places[closing.at + 1 : closing.at + 3]]
    near = [p for p in near if p.paragraph == closing.paragraph and like(p.quantity, closing.quantity) and p.level]
    near = [p for p in near if closing.sentence - 1 <= p.sentence <= closing.sentence]
    of_year, before = ([p for p in near if words.match(bare(p.clause))] for words in (_OF_YEAR, _OF_BEFORE))
    if len(of_year) != 1 or len(before) != 1 or of_year[0].at > closing.at or of_year[0].bracket:
        return None
    return _relation(closing, [before[0], of_year[0]], [])


def _is_stock(place: Place) -> bool:
    return place.level and place.quantity.dimension in _STOCKED and place.quantity.bound == "="


def _of_cash(opening: Place, behind: list[Place]) -> Relation | None:
    flows = [(p, match) for p in behind if (match := _FLOW.search(p.clause)) is not None and like(p.quantity, opening.quantity)]
    closing = next((p for p in behind if _CLOSING.match(bare(p.clause)) and like(p.quantity, opening.quantity)), None)
    if closing is None or len({match["which"] for _, match in flows}) != FLOWS or len(flows) != FLOWS:
        return None
    less = [p for p, match in flows if match["way"] == "流出"]
    return _relation(closing, [opening, *(p for p, _ in flows if p not in less)], less)


def _of_changes(stream: Stream, opening: Place, behind: list[Place], what: str) -> Relation | None:
    """The closing figure behind the changes, else the one of that name before them."""
    changes: list[Place] = []
    closing: Place | None = None
    for place in behind:
        if not like(place.quantity, opening.quantity):
            break
        if _CHANGE.match(bare(place.clause)):
            changes.append(place)
        else:
            closing = place if _CLOSING.match(bare(place.clause)) else None
            break
    if changes and closing is None and len(what) > 1:
        before = (p for p in stream.back(opening.at, BACK) if p.paragraph == opening.paragraph and _is_stock(p) and not p.bracket)
        closing = next((p for p in before if _SO_MUCH.sub("", bare(p.clause)) == what and like(p.quantity, opening.quantity)), None)
    if closing is None or not changes:
        return None
    # a fall is a change below zero where it is read as a change, an amount where it is read as a level
    less = [p for p in changes if "减少" in p.clause and (p.quantity.value or Decimal(0)) > 0]
    # who left is often not told of persons and bodies
    both = len(changes) > 1 or opening.quantity.dimension == "money" or "净" in changes[0].clause
    return _relation(closing, [opening, *(p for p in changes if p not in less)], less, certain=both)


def _of_named(stream: Stream, opening: Place, what: str) -> Relation | None:
    """The figure of that name at the end of the year, if everything between says whether it came or went."""
    more: list[Place] = []
    less: list[Place] = []
    for place in stream.places[opening.at + 1 : opening.at + 1 + MOST]:
        words = bare(place.clause)
        closing = _AT_END.match(words)
        if place.sentence != opening.sentence or place.bracket or not like(place.quantity, opening.quantity) or "；" in place.lead:
            return None
        if closing is not None:
            # what came in is often told without what went out
            if not more and not less:
                return _of_change_before(stream, opening, place, what) if closing["what"] == what else None
            both = bool(more and less) or any(_NET.search(p.clause) for p in (*more, *less))
            return _relation(place, [opening, *more], less, certain=both) if closing["what"] == what else None
        if _CAME.match(words) is not None:
            more.append(place)
        elif _WENT.match(words) is not None and (place.quantity.value or Decimal(0)) > 0:
            less.append(place)
        else:
            return None
    return None


def _of_change_before(stream: Stream, opening: Place, closing: Place, what: str) -> Relation | None:
    """净资产增加104.55万元。年初净资产648.13万元，年末净资产752.68万元: what is told before both is the change between them."""
    change = stream.places[opening.at - 1] if opening.at else None
    if change is None or change.paragraph != opening.paragraph or change.bracket or not like(change.quantity, opening.quantity):
        return None
    way = re.fullmatch(rf"{re.escape(what)}净?(?:(?P<more>增加)|减少)额?[为了]?", bare(change.clause))
    if way is None:
        return None
    taken = way["more"] is None and (change.quantity.value or iv.ZERO) > 0
    return _relation(closing, [opening] if taken else [opening, change], [change] if taken else [])


def _of_change_told(stream: Stream, opening: Place, what: str) -> Relation | None:
    """期末贮存比期初增加711吨。期初贮存1285吨，期末1996吨: the change of that name in the paragraph, and the two that it lies between."""
    closing = stream.places[opening.at + 1] if opening.at + 1 < len(stream.places) else None
    if closing is None or closing.sentence != opening.sentence or not like(closing.quantity, opening.quantity):
        return None
    if not _NOW.match(bare(closing.clause)):
        return None
    said = re.compile(_CHANGED.format(what=re.escape(what)))
    near = [p for p in stream.back(opening.at, NEAR) if p.paragraph == opening.paragraph and like(p.quantity, opening.quantity)]
    told = [(p, way) for p in near if (way := said.match(bare(p.clause))) is not None]
    if len(told) != 1 or told[0][0].bracket:
        return None
    change, way = told[0]
    taken = way["more"] is None and (change.quantity.value or iv.ZERO) > 0
    return _relation(closing, [opening] if taken else [opening, change], [change] if taken else [])


def _of_closing(stream: Stream, opening: Place) -> Relation | None:
    """年末借款余额6850万元，其中年初余额6400万元、本年新增2300万元、本年归还1850万元: what was there and what came and went, told as parts."""
    closing = stream.places[opening.at - 1] if opening.at else None
    if (
        closing is None
        or closing.sentence != opening.sentence
        or not _NAMED_AT_END.search(closing.clause)
        or not like(closing.quantity, opening.quantity)
    ):
        return None
    behind = [p for p in stream.places[opening.at + 1 : opening.at + 1 + MOST] if p.sentence == opening.sentence and not p.bracket]
    came = [p for p in behind if _CAME.match(bare(p.clause))]
    went = [p for p in behind if _WENT.match(bare(p.clause))]
    if not came or not went or len(came) + len(went) < len(behind) or not all(like(p.quantity, opening.quantity) for p in behind):
        return None
    return _relation(closing, [opening, *came], went)


def _of_stock(opening: Place, behind: list[Place]) -> Relation | None:
    """What was there, what came, what went, what is there: nothing else of that unit between; a slip has to explain a miss, for what
    was lost is often not told."""
    own = [p for p in behind if like(p.quantity, opening.quantity)]
    end = next((n for n, p in enumerate(own) if _STOCK_AFTER.match(bare(p.clause)) or _ENDED.match(bare(p.clause))), None)
    return _of_flows(opening, own[:end], own[end]) if end is not None and _in_order(opening, own[end]) else None


def _of_rise(opening: Place, behind: list[Place]) -> Relation | None:
    """车辆由年初的172辆增加到年末的186辆，当年新购22辆、报废8辆: what there was, what there is, what came and what went."""
    own = [p for p in behind if like(p.quantity, opening.quantity)]
    if len(own) < 3 or not _RISEN_TO.match(own[0].lead) or own[0].at != opening.at + 1:
        return None
    flows = list(takewhile(lambda p: _CAME.match(bare(p.clause)) or _WENT.match(bare(p.clause)), own[1:]))
    return _of_flows(opening, flows, own[0])


def _back_to(stream: Stream, opening: Place) -> Relation | None:
    """年末规上企业331户，年内新入库27户、退库14户，较年初的318户净增13户: what there is, what came, what went, what was there."""
    between: list[Place] = []
    for place in stream.back(opening.at, MOST):
        words = bare(place.clause)
        if place.sentence != opening.sentence or place.bracket or not like(place.quantity, opening.quantity):
            return None
        reached = between and not words.startswith(("较", "比")) and _REACHED.search(words)
        if _ENDED.match(words) or (_AT_END_OF.search(place.plain) and _THERE_ARE.match(words)) or reached:
            return _of_flows(opening, between, place) if _in_order(opening, place) else None
        if not _CAME.match(words) and not _WENT.match(words):
            return None
        between.append(place)
    return None


def _behind_now(stream: Stream, opening: Place) -> Relation | None:
    """新开3条、停航1条，目前在营航线23条，年初是21条: what came and what went, what there is, what there was."""
    closing = stream.places[opening.at - 1] if opening.at else None
    if closing is None or closing.sentence != opening.sentence or not like(closing.quantity, opening.quantity):
        return None
    if not _AT_PRESENT.match(bare(closing.clause)):
        return None
    flows: list[Place] = []
    for place in stream.back(closing.at, MOST):
        words = bare(place.clause)
        if place.sentence != opening.sentence or place.bracket or not like(place.quantity, opening.quantity):
            break
        if not _CAME.match(words) and not _WENT.match(words):
            break
        flows.append(place)
    return _of_flows(opening, flows, closing)


def _before_net(stream: Stream, opening: Place) -> Relation | None:
    """护理员548人…净增22人，年初为526人: what there is, told before, less what it grew by; a miss, if just the way was mistaken."""
    net = stream.places[opening.at - 1] if opening.at else None
    way = _NET_CHANGE.match(bare(net.clause)) if net is not None else None
    if net is None or way is None or net.sentence != opening.sentence or not like(net.quantity, opening.quantity) or net.quantity.value is None:
        return None
    change = _negative(net.quantity) if way["way"] == "减" and net.quantity.value > 0 else net.quantity
    levels = [p for p in stream.back(net.at, 2 * BACK) if p.paragraph == opening.paragraph and _is_stock(p) and like(p.quantity, opening.quantity)]
    less = [net] if change is not net.quantity else []
    parts = [opening] if less else [opening, net]
    opened, moved = opening.quantity.interval, change.interval
    fitting = next((p for p in levels if iv.meet(p.quantity.interval, iv.add(opened, moved))), None)
    turned = [p for p in levels if iv.meet(p.quantity.interval, iv.sub(opened, moved))]
    if fitting is None and len({p.quantity.value for p in turned}) != 1:
        return None
    return _relation(fitting or turned[0], parts, less)


def _in_order(opening: Place, closing: Place) -> bool:
    """Whether years that are told of the two, if both are, follow each other."""
    began, ended = _BEGAN.match(bare(opening.clause)), _ENDED.match(bare(closing.clause))
    years = [found["year"] for found in (began, ended) if found is not None and found["year"]]
    return len(years) < 2 or int(years[0]) + 1 == int(years[1])


def _of_flows(opening: Place, between: list[Place], closing: Place) -> Relation | None:
    """What all of it comes to, if each figure between says whether it came or went."""
    # 退出14户，其中注销9户: told of those who went
    told = {p.at for p in between}
    between = [p for p in between if not ("其中" in p.lead and p.at - 1 in told)]
    if not _is_stock(closing) or any(p.quantity.bound != "=" or (p.quantity.value or iv.ZERO) < 0 for p in between):
        return None
    came = [p for p in between if _CAME.match(bare(p.clause))]
    went = [p for p in between if _WENT.match(bare(p.clause))]
    if not came or not went or len(came) + len(went) != len(between):
        return None
    parts, less = [p.quantity for p in (opening, *came)], [p.quantity for p in went]
    needed = iv.sub(iv.total(q.interval for q in parts), iv.total(q.interval for q in less))
    # 年初11360路，新建1840路，拆除420路，年末13620路: what went was added; or left out, 13200路
    lost = iv.total(q.interval for q in less)
    added = (iv.add(needed, lost), iv.add(needed, iv.scaled(lost, Decimal(2))))
    turned = iv.sub(opening.quantity.interval, iv.sub(needed, opening.quantity.interval))  # 57家，新增9家、退出4家，上年末62家
    sure = (
        iv.meet(closing.quantity.interval, needed)
        or iv.meet(closing.quantity.interval, turned)
        or any(iv.meet(closing.quantity.interval, one) for one in added)
        or mended(closing.quantity, [*parts, *(_negative(q) for q in less)])
    )
    return _relation(closing, [opening, *came], went, certain=sure)


def _negative(quantity: Quantity) -> Quantity:
    return replace(quantity, value=-(quantity.value or iv.ZERO), interval=iv.negate(quantity.interval))


def _relation(closing: Place, parts: list[Place], less: list[Place], *, certain: bool = True) -> Relation:
    return Relation(
        type="sum",
        roles={"total": (closing.fact.id,), "parts": tuple(p.fact.id for p in parts), "less": tuple(p.fact.id for p in less)},
        certain=certain,
        note="期初 + 增加 − 减少 = 期末",
        note_en="Opening + in − out = closing",
    )
