"""Rates and shares of running text with the figures that they are computed from.

Three ways of saying are read: a share of something (占检查家次的5.8%, 占58%, 占比分别为…), a degree of something (完成年度计划500户次的104%,
为上年的1.2倍), and a named rate beside its two figures (发现943条，已整改921条，整改率97.7%). The words name numerator and
denominator; where they leave a choice, all readings are tried, and one that fits is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._lists import lists
from extract.checks._prose import Place, is_share, streams
from extract.checks._rates import Ratio, fits, of_other_sorts
from extract.checks._ratios.amount_behind import amount_behind
from extract.checks._ratios.bare_share import bare_share
from extract.checks._ratios.named_rate import named_rate
from extract.checks._ratios.named_whole import named_whole
from extract.checks._ratios.neighbours import with_neighbours
from extract.checks._ratios.of_another import of_another
from extract.checks._ratios.on_named_base import on_named_base
from extract.checks._ratios.parallel import goes_on, is_limit_of, parallel
from extract.checks._ratios.reader import Reader
from extract.checks._ratios.several_together import counts_parts, several_together
from extract.checks._ratios.stated import in_bracket, of_stated, on_base
from extract.checks._ratios.words import BARE, ELSEWHEN, OF, PRICED, SHARE, TO
from extract.relations import Context, once

_DEGREE = re.compile(r"(?:完成|实现|达到?|为|是|相当于|占|执行|达成)了?(?P<of>[^，。；：]{0,30}?)的?(?:约|近|达|为|超|的)*$")
_DIRECT = re.compile(r"^(?![^，。；：、]*[值额量率])[^，。；：、]{0,4}的(?:比重|比例|份额)?(?:约|近|达|为|超|高达|大约)*$")
_ON_BASE = re.compile(r"^为(?:基[数期准]|分母|口径)(?:计算|测算|核算)?，?则?[^，。；：\d]{0,6}(?:完成|占|执行|支出|实现|达)[^，。；：\d]{0,6}$")
"""以全年预算4155.87万元为基数，则完成95.70%."""
_TURNED = re.compile(r"的?(?:调[增减整高低]|追加|压减|核减)[^，。；]{0,3}[至到为]")
_NOT_REACHED = re.compile(r"未|不到|不足|没有")
_OF_WHAT = re.compile(r"(?:完成|实现|达到?|为|是|相当于)[^，。；]{1,30}的(?:约|近)?$")


@once
def ratios(context: Context) -> tuple[Ratio, ...]:
    """All rates of the document's prose whose figures it states."""
    told = lists(context)
    found: list[Ratio] = []
    for stream in streams(context):
        found.extend(one for one in _of_stream(Reader(context, stream, told.whole)) if not (_of_another_sort(one) or _turned(one, context)))
    return tuple(with_neighbours(found, context))


def _of_another_sort(one: Ratio) -> bool:
    """投入5077.5万元，占资金总额的60%, behind 86个项目: whether money or time would be a percentage of what is counted, or the other way."""
    return one.rate.quantity.dimension == "ratio" and of_other_sorts(one.num, *one.den)


def _turned(one: Ratio, context: Context) -> bool:
    """预算由210000万元调减至165000万元，只及年初预算的80.2%: whether numerator and base are two ends of one turn."""
    den, num = one.den[0], one.num
    return den.sentence == num.sentence and den.cell is None and _TURNED.fullmatch(context.between(den, num)) is not None


def _of_stream(reader: Reader) -> Iterator[Ratio]:
    places = reader.stream.places
    at = 0
    last: Ratio | None = None
    while at < len(places):
        others = of_another(reader, places[at], last)
        if others:
            yield from others
            last = others[-1]
            at += 1
            continue
        if not is_share(places[at].fact) or (at and is_limit_of(places[at - 1], places[at])):
            at += 1
            continue
        run = [places[at]]
        while at + len(run) < len(places) and goes_on(run[-1], places[at + len(run)]):
            run.append(places[at + len(run)])
        if len(run) > 1:
            yield from parallel(reader, run)
        else:
            for one in _single(reader, run[0]):
                last = one
                if one.share and fits(one.rate, [one.num, *one.also], one.den):
                    reader.shares.append(one)
                yield one
        at += len(run)


def _single(reader: Reader, rate: Place) -> Iterator[Ratio]:
    clause = rate.clause
    before = reader.stream.places[rate.at - 1] if rate.at else None
    inside = before is not None and _same_clause(rate, before)
    share = SHARE.search(clause)
    if ELSEWHEN.search(clause) or TO.match(reader.stream.after(rate.at)):
        return
    if _NOT_REACHED.search(clause) or PRICED.search(clause) or reader.stream.compared(rate):
        return
    told = in_bracket(reader, rate)
    if told is not None:
        yield told
        return
    behind = amount_behind(reader, rate) or several_together(reader, rate)
    if behind is not None:
        yield behind
        return
    if before is not None and counts_parts(reader, before):
        return
    if before is not None and before.sentence == rate.sentence and _ON_BASE.match(rate.lead) and before.quantity.dimension in ("money", "count"):
        yield from on_base(reader, rate, before)
        return
    based = on_named_base(reader, rate)
    if based is not None:
        yield based
        return
    if inside and before is not None and before.level and _DIRECT.match(rate.lead):
        yield from of_stated(reader, rate, before)
        return
    if share and BARE.match(clause[share.end() :]):
        head = clause[: share.start()]
        yield from bare_share(reader, rate, head)
        return
    if (of := OF.search(clause)) is not None:
        yield from named_whole(reader, rate, of["of"], clause[: of.start()], share=True)
        return
    if rate.quantity.unit == "倍" or _OF_WHAT.search(clause):
        degree = _DEGREE.search(clause)
        if degree is not None and degree["of"] and not clause.endswith("率"):
            yield from named_whole(reader, rate, degree["of"], clause[: degree.start()], share=False)
            return
    yield from named_rate(reader, rate)


def _same_clause(rate: Place, before: Place) -> bool:
    return rate.sentence == before.sentence and rate.joins and "、" not in rate.lead
