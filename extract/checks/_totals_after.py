"""Totals told after their parts (A、B，合计C), in clauses of their own (其余3户), and what was added to what there is by now.

Each reader looks at one place and takes down in the tally what the words before it make of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.checks._list_words import BACK, PER, SAID, SO_FAR, crowded, opposed, told_apart
from extract.checks._prose import Place, Stream, first_words, is_share, like
from extract.checks._retold import overlapping
from extract.checks._slips import LONG, credible, mended, significant
from extract.checks._tally import Part, PartList, Tally, adds_up, exceeds
from extract.checks._words import bare

FEW = 6
"""So many facts after a total are looked at for those that are and those that are not."""
MANY = 20
"""So many figures before a total are looked through for others of its unit."""
SENT_OUT = re.compile(r"(?:发放|发出|投放|下发|派发)[^，。；]{0,12}$")
BACK_IN = re.compile(r"(?:收回|回收|有效)[^，。；]{0,10}$")
ADDED = re.compile(r"新增|净增|新建|新改建|改造|新建成|建成|完成|新开|新发展|新培育|新登记")
GAINED = re.compile(r"^[^，。；]{0,4}(?:净增|新增)")
IN_ALL = re.compile(r"^(?:、|，)?(?:使得?|令)?(?:累计)?总(?:数|量|里程|面积|规模|长度|额)(?:达到?|为|增?至|突破)?(?:约|近)?$")
ADJUSTED = re.compile(r"全年预算|可用(?:资金|财力)|资金(?:总[额量]|合计|共计?)|调整后|调整预算|预算总[额数]|总预算|预算(?:数|额)?(?:调整|变)为")
INITIAL = re.compile(r"年初(?!结转)|(?:本|当)年(?:度)?(?:预算|安排|收入|财政拨款)|初[^，。；]{0,6}预算|批复|原预算|部门预算")
RAISED = re.compile(r"追加|调增|增加|调整|增拨|增补|新增|结转")
CARRIED = re.compile(r"结转|结余")
CUT = re.compile(r"压减|调减|核减|追减|减少|收回|压缩")
_NET = re.compile(r"净(?:(?P<rise>[增追])加?|减少?)(?:了|约)?$")
"""追加、调减相抵后净增: what is left of both, in their place."""
TOTAL_AFTER = re.compile(r"(?:合计|共计|总计|合共|两者合计|两项合计|累计|总数(?:达到?|为)?|共|计|达)[^，。；、]{0,8}$")
_ALL_NAMED = re.compile(r"^(?:全[国省市州县区旗镇乡街村校院系社]|总)(?P<what>[^，。；：、（）\d]{2,8}?)(?:约|达到?|为|有)*$")
_BREAK = re.compile(r"[，。；：\n]")
_ALTOGETHER = re.compile(r"，共(?:有|计)?$")
_SEVERAL = 4
_TWO = 2
_LISTED = ("、", "和", "及", "以及")
_OPENS = re.compile(r"[；：][^，；：]*$")
_JOIN = re.compile(r"[、和及与]")
_CALLED = re.compile(r"(?:^|[，；])(?P<names>[^，。；]{3,24}?)(?:合计|共计|总计|共)[^，。；、]{0,4}$")
_SUMMED = re.compile(r"(?:合计|共计|总计|合共|达到?)[^，。；、]{0,8}$")
_INTAKE = re.compile(r"受理|新收|收到|接到|接报|立案|申请|提请|移送|登记|报名")
"""What was taken in is not all disposed of by the year's end."""
_NAMED = re.compile(r"[，、；：][^，、；：。（）]{2,16}$")
_THE_REST = re.compile(r"(?:其余|另有|另外|余下)[^，。；、]{0,12}$")


def so_far(tally: Tally, total: Place) -> None:
    """What was added this year is a part of what there is by now; what came back is a part of what was sent out."""
    if total.level and BACK_IN.search(total.plain):
        for sent in tally.stream.back(total.at, 3):
            if sent.sentence == total.sentence and like(sent.quantity, total.quantity) and SENT_OUT.search(sent.plain):
                tally.parts.append(Part(whole=sent, part=total, sure=True))
                return
    if not total.level or not SO_FAR.search(total.plain):
        return
    for part in tally.stream.back(total.at, 5):
        if part.sentence != total.sentence:
            return
        if not like(part.quantity, total.quantity) or part.bracket != total.bracket or part.at in tally.taken:
            continue
        if part.at + 1 == total.at and GAINED.match(part.clause) and IN_ALL.match(total.clause) and exceeds(part.quantity, total.quantity):
            tally.parts.append(Part(whole=total, part=part, sure=True))
            return
        if not exceeds(part.quantity, total.quantity):
            if ADDED.search(part.plain) or part.fact.kind == "delta" or "累计" in total.plain:
                named = overlapping(part.fact.mention.text, total.fact.mention.text.removeprefix("累计"))
                tally.parts.append(Part(whole=total, part=part, sure=named))
            return


_LIMITS = frozenset({">", ">=", "<", "<="})


def total_after(tally: Tally, total: Place) -> None:
    """A、B，合计C: a figure that sums up those before it."""
    if not total.level or "其中" in total.clause:
        return
    if not TOTAL_AFTER.search(total.plain):
        _of_one_name(tally, total)
        return
    paired = _in_pairs(tally, total)
    summed = _SUMMED.search(total.plain) is not None
    run: list[Place] = []
    for place in tally.stream.back(total.at, 8):
        if place.sentence != total.sentence or place.bracket != total.bracket:
            break
        if not (place.level or (place.fact.kind == "delta" and RAISED.search(place.plain))) or PER.search(place.plain):
            continue
        if tally.stream.after(place.at) == "的" and is_share(tally.stream.places[place.at + 1].fact):
            continue  # 年收入18.6万元的60%罚款11.16万元: what a share is taken of
        if not like(place.quantity, total.quantity):
            if run and total.quantity.dimension == "count" and not (summed or paired):
                break
            continue
        if place.quantity.bound not in _LIMITS:  # 10万元以上的7件、合计128.6万元: the limit of a class is no amount
            run.append(place)
    if len(run) < 2:
        return
    runs = [run[skip : skip + size][::-1] for skip in range(len(run) - 1) for size in range(2, len(run) - skip + 1)]
    for parts in runs:
        if adds_up(total.quantity, [p.quantity for p in parts]):
            tally.add(total, parts, sure=True, holds=True)
            if paired and parts == run[::-1]:
                _second_column(tally, total, parts)
            return
    opened = next((n for n, place in enumerate(run) if "其中" in place.lead), len(run) - 1)
    run = run[: opened + 1]  # 286.4万元，其中甲8万元、乙9万元，合计17万元: the whole is none of the parts
    if len(run) < 2:
        return
    called = _CALLED.search(total.plain)
    names = [bare(name) for name in _JOIN.split(called["names"])] if called else []
    if len(names) > 1:
        own = [next((p for p in run if name and name in p.plain), None) for name in names]
        if None not in own and len({p.at for p in own if p is not None}) == len(own):
            tally.add(total, [p for p in own if p is not None], sure=True, holds=False)
            return
    said = SAID.search(total.plain)
    if said is None:
        # 农药超标26项次，兽药超标13项次，…，质量不达标5项次，共73项次
        if (
            _ALTOGETHER.match(total.lead)
            and (len(run) >= _SEVERAL or _in_a_row(run) or _long_pair(run, total))
            and credible(total.quantity, [p.quantity for p in run])
            and _alone(tally, run)
        ):
            tally.add(total, run[::-1], sure=True, holds=False)
        return
    near = len(run) == 2 and total.at - run[0].at == 1 and run[0].at - run[1].at == 1 and "，" not in run[0].lead
    if near or (_of_them(said[0], run) and mended(total.quantity, [p.quantity for p in run]) and _alone(tally, run)):
        tally.add(total, run[::-1], sure=True, holds=False)


def _of_one_name(tally: Tally, total: Place) -> None:
    """居民参保286万人，职工参保52万人，总参保338万人; 城镇人口221.4万人、乡村人口104.2万人，全市常住人口325.6万人: all of the sentence, each named as
    the total is, where they add up or would but for a slip of the pen."""
    called = _ALL_NAMED.match(total.clause)
    if called is None:
        return
    run: list[Place] = []
    for place in tally.stream.back(total.at, MANY):
        if place.sentence != total.sentence:
            break
        alike = place.level and place.bracket == total.bracket and like(place.quantity, total.quantity) and place.at not in tally.taken
        if not alike or PER.search(place.plain) or "其中" in place.lead or called["what"][-2:] not in place.clause:
            return
        run.append(place)
    quantities = [place.quantity for place in run]
    holds = adds_up(total.quantity, quantities)
    meant = total.clause.startswith("总") and all(called["what"] in place.clause for place in run)
    if len(run) > 1 and (holds or (meant and mended(total.quantity, quantities))):
        tally.add(total, run[::-1], sure=True, holds=holds)


def _in_a_row(run: Sequence[Place]) -> bool:
    """合作社186家、家庭农场412家、加工企业27家，共625家: whether the figures before a total, nearest first, are three of one list."""
    return len(run) == _SEVERAL - 1 and all(place.lead.startswith(_LISTED) for place in run[:-1])


def _long_pair(run: Sequence[Place], total: Place) -> bool:
    """禁牧补助3030.75万元、平衡奖励2456.00万元，共5486.75万元: whether the figures before a total are two long ones of one list, right before it."""
    joined = len(run) == _TWO and run[0].lead.startswith(_LISTED) and run[-1].at + _TWO == run[0].at + 1 == total.at
    return joined and all(len(significant(place.fact)) >= LONG for place in (*run, total))


def _in_pairs(tally: Tally, total: Place) -> bool:
    """转移12户35人，转移8户20人，累计转移20户55人: whether two figures are told at a time, one behind the other."""
    places = tally.stream.places
    return total.at + 1 < len(places) and places[total.at + 1].joins and not like(places[total.at + 1].quantity, total.quantity)


def _second_column(tally: Tally, total: Place, parts: Sequence[Place]) -> None:
    """What stands behind each figure of a total that its parts reach adds up as they do."""
    *behind, last = (tally.stream.places[place.at + 1] for place in (*parts, total))
    if all(place.joins and place.level and like(place.quantity, last.quantity) for place in (*behind, last)):
        tally.add(last, behind, sure=True, holds=adds_up(last.quantity, [place.quantity for place in behind]))


def _of_them(said: str, run: Sequence[Place]) -> bool:
    """Whether what follows 合计 names nothing else: 合计, 合计用工 of 员工 and 外包用工."""
    words = said[2:].strip("为达约")
    return not words or any(char in place.clause for char in words for place in run)


def _alone(tally: Tally, run: Sequence[Place]) -> bool:
    """Whether the figures before a total are all of their sentence, one beside the other, and no list yet: nothing else is summed up."""
    if any(found.total.at in {p.at for p in run} or found.total.at > run[0].at for found in tally.sums[-FEW:]):
        return False
    start = run[-1]
    others = (p for p in tally.stream.back(run[0].at, MANY) if p.sentence == start.sentence and p not in run)
    opened = _OPENS.search(start.lead) is not None
    return all((opened and place.at < start.at) or not like(place.quantity, start.quantity) for place in others)


def budget(tally: Tally, total: Place) -> None:
    """年初预算A，年中追加B，全年预算数C: a budget and what changed it."""
    if total.quantity.dimension != "money" or not total.level or not ADJUSTED.search(total.plain):
        return
    changes: list[Place] = []
    cuts: list[Place] = []
    settled = False
    for place in tally.stream.back(total.at, 8):
        if place.bracket and place.bracket != total.bracket:
            continue  # 追加33.6万元（甲项8万元、乙项25.6万元）
        if place.paragraph != total.paragraph or place.sentence < total.sentence - 1 or place.quantity.dimension != "money":
            break
        words = place.plain
        if place.at and not _BREAK.search(place.lead):
            words = tally.stream.places[place.at - 1].plain + words
        if INITIAL.search(words) and place.level:
            if changes or cuts:
                less = [] if all(p.fact.quantity.value is None or p.fact.quantity.value < 0 for p in cuts) else cuts
                parts = (place, *reversed(changes), *(() if less else cuts))
                holds = adds_up(total.quantity, [p.quantity for p in parts], [p.quantity for p in less])
                carried = _carried(tally, place)
                if carried is not None and not holds:
                    # 上年结转18万元，年初预算420万元，年中追加42万元，可用资金480万元
                    parts = (carried, *parts)
                    holds = adds_up(total.quantity, [p.quantity for p in parts], [p.quantity for p in less])
                sure = holds or carried is None or mended(total.quantity, [p.quantity for p in parts])
                tally.sums.append(PartList(stream=tally.stream, total=total, parts=parts, less=tuple(less), sure=sure, holds=holds, budget=True))
            return
        net = _NET.search(place.plain)
        if settled and net is None and (CUT.search(place.plain) or RAISED.search(place.plain)):
            continue  # 追加45万元、调减32万元，相抵净增13万元
        settled = settled or net is not None
        if (net is None and CUT.search(place.plain)) or (net is not None and not net["rise"]):
            cuts.append(place)
        elif net is not None or RAISED.search(place.plain):
            changes.append(place)
        else:
            return


def _carried(tally: Tally, initial: Place) -> Place | None:
    """What was carried over, told right before the budget of the year."""
    before = tally.stream.places[initial.at - 1] if initial.at else None
    told = before is not None and before.sentence == initial.sentence and like(before.quantity, initial.quantity) and before.level
    return before if before is not None and told and CARRIED.search(before.plain) else None


def of_named(stream: Stream, whole: Place, place: Place) -> bool:
    """7处存在虚增，其中甲水厂42.6万元、乙水厂35.3万元，其余5处合计48.5万元: whether as many are named between as there are less."""
    between = stream.places[whole.at + 1 : place.at]
    named = sum(_NAMED.search(p.lead) is not None and not like(p.quantity, place.quantity) for p in between)
    counts = whole.quantity.dimension == place.quantity.dimension == "count"
    return counts and named > 0 and whole.quantity.value == (place.quantity.value or 0) + named


def rest(tally: Tally, last: Place) -> None:
    """60户…已竣工57户，其余3户: what is left closes a division."""
    if not last.level or not _THE_REST.search(last.plain):
        return
    before = [
        p
        for p in tally.stream.back(last.at, BACK)
        if p.level and like(p.quantity, last.quantity) and p.paragraph >= last.paragraph - 1 and p.bracket == last.bracket
    ]
    near = [p for p in before if p.sentence == last.sentence] or before
    if last.at in tally.taken or not near:
        return
    done = near[0]
    for total in before[1:6]:
        if total.at < done.at and adds_up(total.quantity, [done.quantity, last.quantity]):
            tally.add(total, [done, last], sure=True, holds=True)
            return


def either(tally: Tally, total: Place) -> None:
    """A total and, right after it, those that are and those that are not; other parts only where they add up."""
    if not total.level or total.quantity.dimension != "count" or total.at in tally.taken or PER.search(total.plain):
        return
    run: list[Place] = []
    for place in tally.stream.places[total.at + 1 : total.at + 1 + FEW]:
        if place.sentence > total.sentence + 1 or place.paragraph != total.paragraph or place.bracket != total.bracket:
            break
        if not like(place.quantity, total.quantity):
            continue
        if not place.level or place.at in tally.taken or PER.search(place.plain) or place.quantity.unit != total.quantity.unit:
            break
        run.append(place)
    for size in range(2, len(run) + 1):
        parts = run[:size]
        denied = size == 2 and opposed(*(bare(first_words(tally.stream.after(p.at)) or p.clause) for p in parts))
        if not denied and not told_apart(parts):
            continue
        quantities = [p.quantity for p in parts]
        if adds_up(total.quantity, quantities):
            tally.add(total, parts, sure=True, holds=True)
            return
        pending = _INTAKE.search(total.clause + bare(total.fact.mention.text)) and not credible(total.quantity, quantities)
        if denied and not pending and parts[0].sentence == total.sentence and not crowded(tally.stream, [total, *parts]):
            tally.add(total, parts, sure=True, holds=False)
            return
