"""S206 difference: what is said to be left, missing or apart is the difference of the figures it comes from.

What:
    剩余22条 after 943 found and 921 mended; 空编27名 beside 268 posts and 241 staff; 3.3个百分点 below a target of 90%; what was newly
    built between two levels; what is net of what came and what went (新增27家、退出8家，净增19家); what lies between two figures that
    are named (甲所比乙所多55件).

Why:
    The rest is what is still to be done. One that does not follow from the figures hides work or invents it.

Fires:
    发现隐患943条，已整改921条，整改率97.7%，剩余32条正在整改。

Left alone:
    发现隐患943条，已整改921条，整改率97.7%，剩余22条正在整改。

False alarms:
    A rest of something else in the same unit.

Source:
    observed in reports
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from extract import intervals as iv
from extract.checks._amounts_apart import amounts_apart
from extract.checks._changes import changes
from extract.checks._formulas import differences, weighed
from extract.checks._list_words import SO_FAR, past
from extract.checks._lists import lists
from extract.checks._named_differences import named_differences
from extract.checks._prose import Place, Stream, first_words, is_level, is_share, like, streams
from extract.checks._ratios import ratios
from extract.checks._slips import mended, significant
from extract.checks._tables import decimals
from extract.checks._undone import STILL, left_of_named, told_beside, undone
from extract.checks._words import alike, bigrams, core, spelled
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact, Quantity

LEFT = re.compile(r"(?:剩余|余下|剩下|尚余|剩|(?<!结)余)(?:的|约|近|还有|仍有)*$|(?:剩余|余下|剩下)[^，。；]{0,6}$")
REST = re.compile(r"节约|节支|结余|结转|空编|缺编|缺口|短缺|尚缺|差额|(?:尚|仍|还)(?:有|存)|未(?!来|达|发生)|尚未|(?<![接招对期])待")
_IN_ALL = re.compile(r"累计(?:结余|结转|结存)")
"""加上年初结余386万元，年末累计结余980万元: more than what is left of this year."""
APART = re.compile(r"(?:扣除|剔除|除去|不含|不包括|不计|加上|包括|含)[^，。；]{0,8}(?:节约|结余|结转)")
"""支出462万元；剔除结转后支出390万元: what is left is named, but not told."""
UNDONE = re.compile(r"^[^，。；]{0,10}(?:未|尚未|没有|待)(?:形成|整改|完成|办结|结案|销号|支付|使用|支出|落实|处理|兑付|竣工)")
GAP = re.compile(r"缺口|空编|缺编|短缺|尚缺|还缺|缺")
VACANT = re.compile(r"空编|缺编|未结案|未办结")
NEEDED = re.compile(r"应|需|核定|编制|标准")
NEW = re.compile(r"(?:新建|新增|增设|新设|净增|新装)[^，。；]{0,8}$")
GONE = re.compile(r"退出|减少|注销|关闭|退库|出库|关停|撤销|调出|淘汰|清退|拆除|报废|停用|更换|更新|改造|其中")
SAVED = re.compile(r"节约|节支|节省")
UNDONE_BY = re.compile(r"(?:未|没有?|尚未)(?P<what>[办审]结(?=案件)|结案|[^，。；、的]{2,4}?)(?:案?件)?的?$")
DEDUCTED = re.compile(r"(?:共|累计|合计|总共)扣(?:除|减|掉|了)?(?:了)?$")
SUMMED = re.compile(r"合计|共计|退休|^[多少]")
OFF = re.compile(r"^[^，。；]{0,2}(?:扣除|剔除|减去|除去|核减)")
AFTER_OFF = re.compile(r"^(?:后|，)?(?:应|实|净|还|尚|余|剩)")
ABOVE = re.compile(r"，(?:超过?|高于|高出|(?P<below>低于|低|距离?|离))[^，。；（）]{1,10}（[^，。；（）]{0,4}$")
SO_FAR_APART = re.compile(r"）(?:还|仅|只|尚)?差?(?:了|约)?")
_NOUN = r"(?:企业|单位|人员|人口|项目|机构|主体|户)?"
_ALONE = r"^(?:同时|又|另|共)?"
NET = re.compile(r"^(?:实际|两者|增减)?(?:相抵后?)?净(?P<way>增加?|减少?)(?:长|了)?$")
GAINED = re.compile(rf"(?:新增|增加|新设|新开办?|新登记|新注册|新入库|入库|新入|加入|新进|进入|新纳入|调入)了?{_NOUN}$")
LOST = re.compile(rf"(?:退出|减少|注销|关闭|退库|出库|关停|撤销|调出|淘汰|清退)了?{_NOUN}$")
BALANCE = re.compile(r"^(?:[当本][年期月])?结余(?:为|是|约)?$")
CARRIED_ON = re.compile(r"结转|滚存|累计|结存|年初|期初|[上去前历]年|动用|调入|调出|净结余")
"""收入27.53亿元，支出25.18亿元，结余2.35亿元: where nothing was brought on, what is left is their difference."""
CARRIED = re.compile(r"结转(?:下|次)一?年|转入?下年|跨年")
BROUGHT = re.compile(r"[上去前]年|年初|旧存|期初|结转(?![下次])")
PAIRS = (
    (re.compile(r"节约|节支|节省"), re.compile(r"预算|委托|计划|概算|控制价"), re.compile(r"实际|实采|成交|中标|完成|支出")),
    (re.compile(r"空编|缺编"), re.compile(r"编制"), re.compile(r"在职|实有|在岗|在编|现有")),
    (re.compile(r"缺口|短缺|尚缺"), re.compile(r"应|需|核定|标准|配备"), re.compile(r"现有|在岗|在职|实有|已")),
    (re.compile(r"未结|未办结|未审结"), re.compile(r"立案|受理|收到|办理"), re.compile(r"结案|办结|审结")),
    (
        re.compile(r"未形成支出|结余|结转|未支出|未使用"),
        re.compile(r"预算|收入|筹集|安排|下达|到位"),
        re.compile(r"支出|使用|支付|列支|执行"),
    ),
    (re.compile(r"未整改|未完成整改|未销号"), re.compile(r"发现|排查|隐患|问题"), re.compile(r"整改|销号")),
    (CARRIED, re.compile(r"受理|[新共]收|立案|办理|申请|隐患|问题"), re.compile(r"结案|办结|审结|销号|整改|答复")),
)  # fmt: skip
"""What is left, out of what, after what: where the figures stand further apart than one sentence."""
Rated = dict[str, tuple[tuple[Fact, ...], bool]]
"""The figures that a rate of the prose divides by, by the id of its numerator, and whether no others can be meant."""
_NEXT_POINT = re.compile(r"[；。](?:[一二三四五六七八九十]{1,2}是|（[一二三四五六七八九十\d]{1,2}）|第?[一二三四五六七八九十]{1,2}[，、])")
BACK = 10
MOST_RATES = 200
"""A rest that is told apart from its figures is tried on so many rates, the last ones first."""
MANY = 16
"""At most so many figures under one name are tried, the nearest first."""


def find(context: Context) -> Iterator[Relation]:
    """Differences that the prose tells."""
    for found in changes(context).changes:
        if found.previous is not None and found.change.quantity.dimension == "percentage_point":
            yield _relation(found.change, found.current, found.previous, found.sure)
    yield from differences(context)
    for one in (*named_differences(context), *amounts_apart(context)):
        yield _relation(one.result, one.minuend, one.subtrahend, True)
    ratio_of = {one.num.id: (one.den, one.sure) for one in reversed(ratios(context)) if not one.share}
    listed = {part.fact.id for found in lists(context).sums for part in found.parts}
    for stream in streams(context):
        for place in stream.places:
            if place.fact.kind in ("level", "target", "other", "delta"):
                yield from _above(stream, place)
            if place.quantity.dimension == "score" and DEDUCTED.search(place.plain):
                yield from _deducted(context, place)
            if place.fact.kind in ("level", "target", "other") and is_level(place.fact):
                told = list(_rest(context, stream, place, ratio_of))
                yield from told
                for row in (relation for relation in told if relation.type == "diff"):
                    ends = (context.by_id[row.roles[name][0]] for name in ("minuend", "subtrahend"))
                    yield from (_relation(rest.left, rest.whole, rest.done, rest.sure) for rest in told_beside(stream, place, *ends))
                if not told and place.fact.id not in listed:
                    rests = list(undone(stream, place)) or left_of_named(stream, place)
                    yield from (_relation(rest.left, rest.whole, rest.done, rest.sure) for rest in rests)
                yield from _taken_off(stream, place)
            yield from _net(stream, place)
    for turn in changes(context).turns:
        yield from _new(turn.before, turn.after, context)


def _relation(result: Fact, minuend: Fact, subtrahend: Fact, sure: bool) -> Relation:
    a, b = minuend.quantity.value, subtrahend.quantity.value
    # Nothing is left of less: the three belong to different things, unless one slip of the pen explains it.
    # 下半年不少于800批次 is nothing that was taken off.
    sure = sure and None not in (subtrahend.quantity.interval.low, subtrahend.quantity.interval.high)
    sure = sure and (
        a is None or b is None or a >= b or result.kind in ("growth", "delta") or is_share(result) or _slipped(result, minuend, subtrahend)
    )
    # 3项超额，1项减少，其余3项: of a few things as many are not left
    c = result.quantity.value
    sure = sure and not (a and c == a and len(significant(minuend)) < 2 and result.kind == "level")
    roles = {"result": (result.id,), "minuend": (minuend.id,), "subtrahend": (subtrahend.id,)}
    return Relation(type="diff", roles=roles, certain=sure, decimals=_to_the_digit(result, minuend, subtrahend))


def _to_the_digit(result: Fact, minuend: Fact, subtrahend: Fact) -> int | None:
    """预算386万元，实际采购372.15万元，节约13.35万元: the 386 are 386.00, if one slip makes the others agree with that (T3); else ``None``."""
    three = (result, minuend, subtrahend)
    if result.kind != "level" or any(f.quantity.dimension != "money" or f.quantity.bound != "=" or f.quantity.value is None for f in three):
        return None
    finest = decimals(three)
    if finest is None or len({f.quantity.scale for f in three}) > 1 or iv.decimals_of(minuend.quantity.digits) >= finest:
        return None

    def narrow(quantity: Quantity) -> Quantity:
        exact = iv.around(quantity.value or iv.ZERO, iv.half_unit(quantity.digits, quantity.scale, finest))
        return replace(quantity, interval=exact)

    a, b, c = (narrow(fact.quantity) for fact in three)
    return finest if not iv.meet(a.interval, iv.sub(b.interval, c.interval)) and mended(b, (a, c)) else None


def _slipped(result: Fact, minuend: Fact, subtrahend: Fact) -> bool:
    """Whether one slip of the pen in one of the three numbers makes the difference hold; of a number of one digit any other is."""
    return len(significant(minuend)) > 1 and mended(minuend.quantity, (result.quantity, subtrahend.quantity))


def _holds(result: Fact, minuend: Fact, subtrahend: Fact) -> bool:
    return iv.meet(result.quantity.interval, iv.sub(minuend.quantity.interval, subtrahend.quantity.interval))


def _rest(context: Context, stream: Stream, place: Place, ratio_of: Rated) -> Iterator[Relation]:
    clause = place.clause
    after = stream.after(place.at)
    left = LEFT.search(clause) is not None
    if not left and not REST.search(clause) and not UNDONE.search(after):
        return
    if APART.search(clause) or _IN_ALL.search(clause):
        return
    before = [p for p in stream.back(place.at, BACK) if is_level(p.fact) and like(p.quantity, place.quantity) and p.paragraph == place.paragraph]
    near = [p for p in before if p.sentence == place.sentence]
    if near and _NEXT_POINT.search(stream.between(near[0].at, place.at)):
        return  # 一是检查4500家，下半年还要查2185家；二是剩余3家销号
    beside = _beside(place, near)
    if beside is not None and _holds(place.fact, *beside):
        yield _relation(place.fact, *beside, True)
        return
    known = ((one.fact, *ratio_of[one.fact.id]) for one in before if one.fact.id in ratio_of)
    rated = [(part, den[0], sure) for part, den, sure in known if len(den) == 1 and like(den[0].quantity, place.quantity)]
    fitting = next(((part, den) for part, den, _ in rated if _holds(place.fact, den, part)), None)
    if fitting is not None:
        yield _relation(place.fact, fitting[1], fitting[0], True)
        return
    if beside is not None:
        found = _relation(place.fact, *beside, True)
        carried = CARRIED.search(clause) and not BROUGHT.search(context.before(place.fact, context.document.blocks[place.fact.block].span))
        strict = carried or VACANT.search(clause + after[:14]) or GAP.search(clause) or UNDONE_BY.search(clause) or SAVED.search(clause)
        balanced = BALANCE.search(clause) and not CARRIED_ON.search(context.before(place.fact, place.fact.sentence))
        found = found if strict or balanced else weighed(found, context)
        if found.certain:
            yield found
            return
    here = {one.fact.id for one in near}
    for part, den, sure in rated:
        if part.id in here:
            missed = _relation(place.fact, den, part, sure)
            yield missed if sure and (left or _rate_between(stream, place, part) or _paired(clause, den, part)) else weighed(missed, context)
            return
    if len(near) > 1:
        done = near[0]
        for total in near[1:4]:
            if _holds(place.fact, total.fact, done.fact):
                yield _relation(place.fact, total.fact, done.fact, True)
                return
        outer = [p for p in near if p.bracket == place.bracket]
        if len(outer) > 1 and _holds(place.fact, outer[0].fact, outer[1].fact):
            yield _relation(place.fact, outer[0].fact, outer[1].fact, True)  # 已用286万元；全年预算520万元，剩余234万元
            return
        for n, total in enumerate(outer[2:5], 2):
            done_ = [p.fact for p in outer[:n]]
            if iv.meet(total.quantity.interval, iv.total(f.quantity.interval for f in (*done_, place.fact))):
                yield Relation(type="sum", roles={"total": (total.fact.id,), "parts": (*(f.id for f in reversed(done_)), place.fact.id)})
                return
        if left and 2 <= len(outer) <= 3:
            whole = next((p.fact for p in before if p.sentence != place.sentence and _holds(place.fact, p.fact, done.fact)), None)
            if whole is not None:
                # 52个项目…。又完工2个，累计完工51个，仅余1个
                yield _relation(place.fact, whole, done.fact, True)
                return
            if SO_FAR.search(outer[0].clause) and (outer[1].quantity.value or 0) < (outer[0].quantity.value or 0):
                return
            yield _relation(place.fact, outer[1].fact, outer[0].fact, True)
            return
    if left and near:
        words = core(near[0].fact.mention.text)
        goals = [p.fact for p in before if p.fact.kind == "target" and spelled(words, core(p.fact.mention.text))]
        if len({goal.quantity.value for goal in goals}) == 1:
            # 目标接入基地50个 in one cell, 接入34个，尚余16个 in the next
            yield _relation(place.fact, goals[0], near[0].fact, _holds(place.fact, goals[0], near[0].fact) or near[0].at == place.at - 1)
            return
    words = clause + after[:14]
    if near:
        needed = near[0].fact
        alike_ = [p.fact for p in before if p.fact is not needed and alike(p.fact.mention.text, needed.mention.text)]
        had = next((f for f in alike_ if _holds(place.fact, needed, f)), None)
        if had is None and GAP.search(clause) and NEEDED.search(near[0].plain):
            had = _most_like(needed, alike_)
        if had is not None:
            yield _relation(place.fact, needed, had, True)
            return
    elsewhere = _elsewhere(context, place, ratio_of, first_words(after)) if left else None
    if elsewhere is None and near and (left or GAP.search(clause)):
        named = tuple(_of_name(context, near[0].fact))
        candidates = (*(p.fact for p in before), *named)
        elsewhere = next(((f, near[0].fact) for f in candidates if f is not near[0].fact and _holds(place.fact, f, near[0].fact)), None)
        if elsewhere is None and len({f.quantity.value for f in named}) == 1:
            elsewhere = (named[0], near[0].fact) if _slipped(place.fact, named[0], near[0].fact) else None
    if elsewhere is not None:
        yield _relation(place.fact, *elsewhere, True)
        return
    for name, of, less in PAIRS:
        if name.search(words):
            yield from _named(context, place, of, less, ratio_of, strict=VACANT.search(words) is not None)
            return


def _beside(place: Place, near: list[Place]) -> tuple[Fact, Fact] | None:
    """编制21名，在职19人，空编2名: the two figures right before, if their words and those of the rest say what is taken from what."""
    if len(near) < 2 or near[0].at != place.at - 1 or near[1].at != place.at - 2 or not near[0].bracket == near[1].bracket == place.bracket:
        return None
    undone = UNDONE_BY.search(place.clause)
    if undone is not None and undone["what"] in near[0].clause and undone["what"] not in near[1].clause:
        return near[1].fact, near[0].fact
    for name, whole, part in PAIRS:
        if name.search(place.clause) and whole.search(near[1].clause) and part.search(near[0].clause) and not part.search(near[1].clause):
            return near[1].fact, near[0].fact
    return None


def _most_like(needed: Fact, had: list[Fact]) -> Fact | None:
    """专职消防员40人 before 消防员29人 where 应配备专职消防员52人: the one figure whose name ends that of what is needed in most words."""
    words = core(needed.mention.text)
    ending = [fact for fact in had if words.endswith(core(fact.mention.text))]
    longest = max((len(core(fact.mention.text)) for fact in ending), default=0)
    best = [fact for fact in ending if len(core(fact.mention.text)) == longest]
    return best[0] if len(best) == 1 else None


def _rate_between(stream: Stream, place: Place, part: Fact) -> bool:
    """344户中已完工331户，完工率96.2%，尚有13户: whether just the rate of what was done stands between it and what is left."""
    before = stream.places[max(0, place.at - 2) : place.at]
    return (
        len(before) == 2
        and STILL.match(stream.after(place.at)) is not None
        and before[0].fact is part
        and is_share(before[1].fact)
        and before[0].sentence == place.sentence
    )


def _paired(clause: str, whole: Fact, part: Fact) -> bool:
    """Whether what is left, what it is left of and what was taken are named alike: 结余 of 资金 after 支出."""
    a, b = whole.mention.text, part.mention.text
    return any(name.search(clause) and total.search(a) and taken.search(b) for name, total, taken in PAIRS)


def _named(context: Context, place: Place, whole: re.Pattern[str], part: re.Pattern[str], ratio_of: Rated, *, strict: bool) -> Iterator[Relation]:
    """The two figures by their names, wherever they stand before: the first pair that fits."""
    minuends: list[Fact] = []
    subtrahends: list[Fact] = []
    rank = context.order[place.fact.id]
    whole_of = lists(context).whole
    for fact in reversed(context.facts[max(0, rank - 400) : rank]):
        if not is_level(fact) or not like(fact.quantity, place.quantity) or fact.subject != place.fact.subject:
            continue
        words = fact.mention.text + context.name(fact)
        if part.search(words):
            subtrahends += [] if SUMMED.search(words) else [fact]
        elif whole.search(words) and fact.id not in whole_of:
            minuends.append(fact)
    alone = len({f.quantity.value for f in minuends}) == len({f.quantity.value for f in subtrahends}) == 1
    if alone and strict:
        yield _relation(place.fact, minuends[0], subtrahends[0], True)
        return
    undone = UNDONE_BY.search(place.clause) or UNDONE_BY.search(place.clause[:-2])
    rated = [(ratio_of[f.id][0][0], f) for f in subtrahends if f.id in ratio_of and undone is not None and undone["what"] in f.mention.text]
    if strict and len({(a.quantity.value, b.quantity.value) for a, b in rated}) == 1:
        # 立案3286件，结案3121件，结案率95%; 年底未结案件165件
        yield _relation(place.fact, *rated[0], True)
        return
    for minuend in minuends[:MANY]:
        for subtrahend in subtrahends[:MANY]:
            if _holds(place.fact, minuend, subtrahend):
                yield _relation(place.fact, minuend, subtrahend, True)
                return
    # in one paragraph the nearest two by those names are meant, if a slip explains why they do not fit
    here = [
        [f for f in facts if f.block == place.fact.block and not past(f.period, context.document.about.year)] for facts in (minuends, subtrahends)
    ]
    if all(here):
        missed = weighed(_relation(place.fact, here[0][0], here[1][0], True), context)
        if missed.certain:
            yield missed


def _elsewhere(context: Context, place: Place, ratio_of: Rated, what: str) -> tuple[Fact, Fact] | None:
    """完成剩余2.3公里改造任务, long after 46.5公里 planned and 44.2公里 done: the one rate of the document whose figures are so far apart;
    else the one of which ``what`` is said, if a slip explains why they are not."""
    found = {
        (den[0].quantity.value, context.by_id[part].quantity.value): (den[0], context.by_id[part])
        for part, (den, _) in islice(ratio_of.items(), MOST_RATES)
        if len(den) == 1 and like(den[0].quantity, place.quantity) and _holds(place.fact, den[0], context.by_id[part])
    }
    if found:
        return next(iter(found.values())) if len(found) == 1 else None
    named = {
        (den[0].quantity.value, context.by_id[part].quantity.value): (den[0], context.by_id[part])
        for part, (den, sure) in islice(ratio_of.items(), MOST_RATES)
        if sure and len(den) == 1 and like(den[0].quantity, place.quantity) and bigrams(what) & bigrams(den[0].mention.text)
    }
    only = next(iter(named.values())) if len(named) == 1 else None
    return only if only is not None and _slipped(place.fact, *only) else None


def _of_name(context: Context, fact: Fact) -> Iterator[Fact]:
    """Levels before whose name is in that of ``fact``: 市级配套1700万元 for 市级配套到位1388万元."""
    rank = context.order[fact.id]
    for other in reversed(context.facts[max(0, rank - 100) : rank]):
        if is_level(other) and like(other.quantity, fact.quantity):
            words = core(other.subject or other.mention.text)
            if len(words) > 2 and words in core(fact.mention.text):
                yield other


def _taken_off(stream: Stream, place: Place) -> Iterator[Relation]:
    """在册64台，扣除停用7台，应检57台: three levels in a row, the one in the middle taken off."""
    if not OFF.search(place.clause) or place.at == 0 or place.at + 1 >= len(stream.places):
        return
    first, last = stream.places[place.at - 1], stream.places[place.at + 1]
    if not all(p.sentence == place.sentence and is_level(p.fact) and like(p.quantity, place.quantity) for p in (first, last)):
        return
    if first.bracket == last.bracket == place.bracket and "；" not in last.lead:
        holds = _holds(last.fact, first.fact, place.fact)
        yield _relation(last.fact, first.fact, place.fact, holds or AFTER_OFF.search(last.clause) is not None)


def _net(stream: Stream, place: Place) -> Iterator[Relation]:
    """新增19家、退出6家，净增13家: what came and what went, side by side right before what came of it."""
    net = NET.search(place.clause)
    if net is None or place.at < 2:
        return
    first, second = stream.places[place.at - 2], stream.places[place.at - 1]
    three = (first, second, place)
    if len({(p.sentence, p.paragraph, p.bracket) for p in three}) > 1 or not all(like(p.quantity, place.quantity) for p in (first, second)):
        return
    if any("；" in p.lead or p.quantity.value is None or p.quantity.bound != "=" for p in (second, place)) or first.quantity.bound != "=":
        return
    # 企业新增30家，个体户注销12家 are of two kinds: only the first of the three may be named
    one, other = (re.split("、", p.clause)[-1] for p in (first, second))
    if not re.fullmatch(f"{_ALONE}(?:{LOST.pattern}|{GAINED.pattern})", other):
        return
    if GAINED.search(one) and LOST.search(other):
        ends = first, second
    elif LOST.search(one) and GAINED.search(other):
        ends = second, first
    else:
        return
    came, went = (end.fact for end in ends)
    values = [fact.quantity.value or Decimal(0) for fact in (came, went, place.fact)]
    down = net["way"].startswith("减")
    if values[0] <= 0 or (values[0] < abs(values[1])) is not down:
        return
    if values[1] < 0 and (values[2] < 0) is down:
        # 减少640个 is read as a change below nothing
        yield Relation(type="sum", roles={"total": (place.fact.id,), "parts": (came.id, went.id)})
    elif values[1] > 0:
        sides = (went, came) if down and values[2] > 0 else (came, went)
        yield Relation(type="diff", roles={"result": (place.fact.id,), "minuend": (sides[0].id,), "subtrahend": (sides[1].id,)})


def _above(stream: Stream, place: Place) -> Iterator[Relation]:
    """水位63.82米，超警戒水位（62.50米）1.32米: the mark in brackets, before it what is measured, behind it how far apart they are."""
    if place.at < 2 or not SO_FAR_APART.fullmatch(place.lead):
        return
    mark, level = stream.places[place.at - 1], stream.places[place.at - 2]
    said = ABOVE.search(mark.lead)
    if SO_FAR_APART.fullmatch(level.lead) and level.at > 1:
        level = stream.places[level.at - 2]  # 超警戒水位（62.50米）1.32米，距保证水位（64.00米）0.18米: both of the level before
    if said is None or not mark.bracket or level.bracket or level.sentence != place.sentence:
        return
    if like(mark.quantity, place.quantity) and like(level.quantity, place.quantity):
        ends = (mark.fact, level.fact) if said["below"] else (level.fact, mark.fact)
        yield _relation(place.fact, *ends, True)


def _deducted(context: Context, place: Place) -> Iterator[Relation]:
    """共扣3.48分: the full mark less what was scored, in the figures of the whole evaluation."""
    got = [fact for fact in context.facts if fact.kind == "score" and fact.quantity.value is not None]
    rows = {(fact.cell.table, fact.cell.row): fact for fact in context.facts if fact.kind == "max_score" and fact.cell is not None}
    pairs = [(rows[fact.cell.table, fact.cell.row], fact) for fact in got if fact.cell is not None and (fact.cell.table, fact.cell.row) in rows]
    if not pairs:
        return
    whole, scored = max(pairs, key=lambda pair: pair[1].quantity.value or 0)
    if (whole.quantity.value or 0) < iv.HUNDRED:
        return  # the row of a group: the whole stands in none
    # what is taken off counts as less than nothing
    ends = (scored, whole) if (place.quantity.value or 0) < 0 else (whole, scored)
    if _holds(place.fact, *ends) or _slipped(place.fact, *ends):
        yield _relation(place.fact, *ends, True)


def _new(before: Place, after: Place, context: Context) -> Iterator[Relation]:
    """由386个增至412个，全年新建26个."""
    rank = context.order[after.fact.id]
    for fact in context.facts[rank + 1 : rank + 4]:
        if fact.sentence == after.fact.sentence and is_level(fact) and like(fact.quantity, after.quantity):
            lead = context.text[fact.sentence.start : fact.quantity.extent.start]
            told = NEW.search("".join(lead.split()))
            # 全年新建14个、撤销5个: what is new is not all that changed
            gross = GONE.search(context.after(fact, fact.sentence)) or GONE.search(lead)
            if told and (_holds(fact, after.fact, before.fact) or (not gross and _slipped(fact, after.fact, before.fact))):
                yield _relation(fact, after.fact, before.fact, True)
            return


CHECK = CheckRule(code="S206", name="difference", name_zh="两数之差", severity="error", find=find)
