"""Parts behind an opening word: 其中A、B、C; 分别为; 按类型分."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.checks._list_words import OPPOSED, SAID, divides, opener, outside
from extract.checks._lists.columns import read_assorted, read_columns, read_deeds
from extract.checks._lists.divided import take_down
from extract.checks._lists.named_again import read_named_again
from extract.checks._lists.net_change import read_net
from extract.checks._lists.reader import Reader
from extract.checks._lists.region import families, region_of
from extract.checks._lists.segments import divide_segments
from extract.checks._lists.totals import far_totals, terms_reached, totals_before
from extract.checks._lists.words import PER_UNIT, WITHIN
from extract.checks._prose import Place, like
from extract.checks._sides import divided
from extract.checks._size_classes import whole_scale
from extract.checks._slips import mended
from extract.checks._tally import adds_up, exceeds

_SOME = re.compile(r"包括|包含|含")
_GROUPED_BY = re.compile(r"按[^，。；、]{1,15}?(?:分|划分|统计|分类)")
_MADE_UP = re.compile(r"^[^，。；]{0,8}(?:构成|组成)")
_WIDE = re.compile(r"具体|(?:其中|包括|如下|方面|分别)：")
_REST = re.compile(r"其余|另有|另外|剩余|剩下|余下|其它的?|其他的?$|还有")
_JOIN = re.compile(r"[、和及与]")
_EACH = re.compile(r"分别|依次|各")
_NET = re.compile(r"净[增减]")
_SORTS = re.compile(r"(?:大|小|不同)?(?:类|方面|部分|板块|领域|片区|档|等级|组|区县|乡镇|街道|地区|行业|专业)")
_NEAR = 3
"""So many figures back what remains of what came and went is told."""
_MEASURED = re.compile(r"目标|计划|任务|预算|上年|去年|同期|上期|(?:19|20)\d\d年")


def read_opened(reader: Reader, first: Place) -> None:
    """其中A、B、C: the list that the words before a fact open."""
    if not first.level and first.fact.kind != "delta":
        return
    strength, start = opener(first)
    at = first.at
    if strength is None:
        if not read_named_again(reader, first):
            _read_within(reader, first)
        return
    if start == "" and (reader.stream.places[at - 1].sentence != first.sentence if at else True):
        reader.opening.add(first.sentence)
    if "在内" in reader.stream.after(at)[:24]:
        return
    whole = region_of(reader, first)
    if strength == "weak" and _net_of(reader, first, whole):
        return
    if PER_UNIT.search(first.plain):
        whole = whole[1:]  # 其中发电机每台1.2万元，共7.2万元
    if not whole:
        return
    if any(OPPOSED.search(p.plain) for p in whole):
        return
    groups = families(whole)
    if len(groups) > 1 and whole_scale(reader.stream, groups[1]):
        groups = groups[1:]  # 其中220千伏3项、110千伏9项: the sizes are no parts
    if _alongside(reader, first, groups[0]):
        return
    if read_assorted(reader, first, whole, groups):
        return
    if read_deeds(reader, first, groups[0]) or read_columns(reader, first, groups, strength):
        return
    _read_groups(reader, first, groups, strength, closed=_closed(reader, whole[-1], groups[0]))


def _read_within(reader: Reader, first: Place) -> None:
    """Parts that no word opens, in the sentence of the figure that they lie within."""
    previous = reader.stream.places[first.at - 1] if first.at else None
    if previous is None or previous.sentence != first.sentence or previous.quantity.dimension not in ("count", "money"):
        return
    if not WITHIN.match(first.lead) or not like(previous.quantity, first.quantity) or not previous.level:
        return
    region = families(region_of(reader, first))[0]
    divide_segments(reader, [previous], region, strong=any(_REST.search(p.plain) for p in region[1:]), weak=True, mixed=False)


def _read_groups(reader: Reader, first: Place, groups: Sequence[list[Place]], strength: str, *, closed: bool) -> None:
    """The parts of each measure under what they divide; ``closed`` if a figure behind them sums up those of the first."""
    for number, region in enumerate(groups):
        if strength == "grouped" and len(region) < 2:
            continue
        reader.open_part = _SOME.search(first.plain) is not None
        totals = _totals(reader, first, region, strength)
        if not totals:
            side = divided(reader.stream, reader.context, region) if strength == "strong" and number == 0 and len(region) > 2 else None
            if side is not None and side.holds:
                reader.tally.add(side.total, region, sure=True, holds=True)
            continue
        if strength == "made":
            made = next((n for n, p in enumerate(region) if _MADE_UP.match(reader.stream.after(p.at))), None)
            if made is None:
                continue
            region = region[: made + 1]
        reader.wide = _WIDE.search(first.plain) is not None
        if number and _goes_with(reader, region, groups[0]):
            take_down(reader, totals[:1], region, strong=len(totals) == 1, weak=False)
            continue
        strong = number == 0 and (closed or _divides(reader, first, region, strength))
        divide_segments(reader, totals, region, strong=strong, weak=strength in ("weak", "grouped"), mixed=number > 0, opened=strength == "weak")


def _totals(reader: Reader, first: Place, region: list[Place], strength: str) -> list[Place]:
    """What the parts may divide, the likeliest first."""
    totals = totals_before(reader, first, region[0], strength)
    # 案件86件104人；盗窃案件612件，其中诈骗147件398人: behind the semicolon no persons are told
    totals = [t for t in totals if strength != "weak" or not _passed(reader, t, first) or not any(exceeds(p.quantity, t.quantity) for p in region)]
    totals = [t for t in totals if not _counts_parts(reader, t, region)] or totals
    if any(adds_up(t.quantity, [p.quantity for p in region]) for t in totals):
        return totals
    return [*terms_reached(reader, first, region), *totals, *(far_totals(reader, region) if strength in ("strong", "grouped") else ())]


def _divides(reader: Reader, first: Place, region: Sequence[Place], strength: str) -> bool:
    """Whether the words that open a list say that it is all of its total."""
    if strength == "grouped":
        return len(region) > 1 and (_GROUPED_BY.search(first.plain) is not None or divides(reader.stream, region))
    return strength in ("strong", "made")


def _goes_with(reader: Reader, region: Sequence[Place], beside: Sequence[Place]) -> bool:
    """Whether each part stands beside one of a list that has just reached its total."""
    sums = reader.tally.sums
    return len(region) == len(beside) > 2 and bool(sums) and sums[-1].holds and sums[-1].parts == tuple(beside)


def _net_of(reader: Reader, first: Place, parts: Sequence[Place]) -> bool:
    """净增400人，其中新办证1026人、迁入84人，注销710人: whether the parts are what came and what went under what remains of both."""
    near = (p for p in reader.stream.back(first.at, _NEAR) if p.sentence == first.sentence and p.fact.kind == "delta" and not p.bracket)
    net = next((p for p in near if _NET.search(p.clause) and like(p.quantity, first.quantity)), None)
    return net is not None and read_net(reader, net, parts)


def _counts_parts(reader: Reader, total: Place, parts: Sequence[Place]) -> bool:
    """专业36个，分布在六个大类：甲类11个、…: whether a number says how many parts there are, and is nothing that they divide."""
    return total.quantity.value == len(parts) and _SORTS.match(reader.stream.after(total.at)) is not None


def _passed(reader: Reader, total: Place, first: Place) -> bool:
    """Whether a semicolon stands between a total and its parts, and behind it another level that they may be of."""
    between = reader.stream.places[total.at + 1 : first.at]
    return (
        total.sentence == first.sentence
        and any("；" in outside(p.lead) for p in between)
        and any(p.level for p in between)
        and "；" not in outside(first.lead)
    )


def _alongside(reader: Reader, first: Place, region: Sequence[Place]) -> bool:
    """减排量分别为4127吨、236吨，完成目标（年度目标依次为3900吨、210吨）: in brackets, one by one what stands before them."""
    if not first.bracket or first.host is None or len(region) < 2:
        return False
    opening = first.lead.rpartition("（")[2]
    if _MEASURED.search(opening):
        return True
    hosts = [p for p in reader.stream.places[max(0, first.host - len(region) + 1) : first.host + 1] if p.level]
    run = len(hosts) == len(region) and all(_JOIN.fullmatch(outside(p.lead)) for p in hosts[1:])
    return run and _EACH.search(opening) is not None


def _closed(reader: Reader, last: Place, region: Sequence[Place]) -> bool:
    """Whether the figure right behind a list sums it up, but for one slip: 其中甲340万元、乙120万元，合计460万元; if only its last parts,
    those are taken down."""
    closing = reader.stream.places[last.at + 1] if last.at + 1 < len(reader.stream.places) else None
    if closing is None or closing.sentence != last.sentence or closing.bracket != last.bracket or not closing.level:
        return False
    if len(region) < 2 or not SAID.search(closing.plain) or not like(closing.quantity, region[0].quantity):
        return False
    quantities = [p.quantity for p in region]
    if adds_up(closing.quantity, quantities):
        reader.tally.add(closing, region, sure=True, holds=True)
        return True
    if any(adds_up(closing.quantity, quantities[start:]) for start in range(1, len(region) - 1)) or not mended(closing.quantity, quantities):
        return False
    reader.tally.add(closing, region, sure=True, holds=False)
    return True
