"""Rates whose denominator is named, not stated beside them: 占检查家次的5.8%, 完成年初预算的98%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.checks._list_words import past
from extract.checks._prose import Place, is_level, like, named_near, squeezed
from extract.checks._rates import COMMON, Ratio, explained, fits, limited, of_other_sorts, smaller
from extract.checks._ratios.choice import choose
from extract.checks._ratios.possible import bearing, beside_wholes, called_within, far_wholes, first_of_name, scoped
from extract.checks._ratios.reader import BACK, NEAR, Reader, own_clause
from extract.checks._ratios.words import IDLE, PLACE, PLANNED, covers
from extract.checks._wholes import NOISE
from extract.checks._words import bare, core
from extract.relations import Context, once
from extract.types import Fact

_TELLING = 4
"""Fewer characters of a name tell nothing of what it is."""
_WHOLE = re.compile(
    r"^(?:了|全|本)?(?:全[省市县区镇乡国州旗街部局校系统年体]{1,2}|总[数量额体]|[省市县区]|全部|合计|总计|整体|总体)*(?:总[数量额]|合计|的)*$"
)
_SCOPE = re.compile(r"^(?:本|该|我)?全?(?:[省市县区镇乡国州年部]|系统|行业|社会|街道)的?$")
_WHEN = re.compile(r"(?:当[年期季月]|本(?:年度?|期|季度?|月)|今年|全年|同期)(?=[^，。；]{2})")
_SUBJECT = re.compile(r"(?![占仅只约为])[^，。；、：（）]{4,}，")
_RIGHT_BEHIND = re.compile(r"，[仅只约]?占")
_CEILING = re.compile(r"控制(?:数|指标|目标)|限额|指标数")


def named_whole(reader: Reader, rate: Place, of: str, head: str, *, share: bool) -> Iterator[Ratio]:
    """占检查家次的5.8%; 完成年初预算的98%: the denominator is named, not stated beside it."""
    of = of.removesuffix("的")
    when, of_span = _WHEN.match(of), of.startswith("同期")
    if when is not None and of[when.end() :] not in COMMON and reader.by_words(rate, of, exact=True) is None:
        of = of[when.end() :]  # 占当年缴存额的81.5%, of 缴存额78.64亿元
    own = head if len(IDLE.sub("", head)) > 1 else ""
    num = reader.by_words(rate, IDLE.sub("", own)) if own else None
    if own and num is None:
        if PLANNED.search(of) and not share:
            yield from _of_goal(reader, rate, own)
        return
    nums = [num] if num is not None else _numerators(reader, rate)
    if not nums:
        return
    if _CEILING.search(of) if share else PLANNED.search(of):
        yield from _of_planned(reader, rate, of, nums[0])
        return
    first: tuple[Place, list[Fact], bool] | None = None
    likely: list[Fact] = []
    slips = True
    for n in nums:
        dens_ = scoped(reader, n, of) if share and (_WHOLE.match(of) or _SCOPE.match(of)) else []
        same = None if share else n
        everywhere = PLACE.search(of) is not None and len(NOISE.sub("", of)) < 3
        called = [] if everywhere else [p for p in reader.named_places(rate, of, 400, same=same) if p.at != n.at]
        places = [p for p in called if not share or not smaller(p.fact, n.fact)]
        named = [p.fact for p in places[:3]]
        far = 2 if len(NOISE.sub("", of)) > 2 else 0
        close = bool(places) and places[0].paragraph == rate.paragraph and places[0].sentence >= rate.sentence - far
        close = close and _said(places[0], of)
        # 7座及以下 would go with any rate
        every = [d for d in (*named, *dens_) if limited(d) and not (share and of_other_sorts(n.fact, d))]
        if share and not everywhere and not close and not any(fits(rate.fact, [n.fact], [d]) for d in every):
            every += far_wholes(reader, rate, n.fact, of)
        if not any(fits(rate.fact, [n.fact], [d]) for d in every):
            every += called_within(reader, rate, n.fact, of)
        if any(fits(rate.fact, [n.fact], [d]) for d in every):
            yield from choose(reader, rate, n.fact, every, sure=True, share=share)
            return
        if n is nums[0] and not everywhere:
            likely = [p.fact for p in (places or called)[:3] if _said(p, of)] or bearing(reader, of, n.fact)
            whole = reader.whole.get(n.fact.id)
            likely += [*first_of_name(reader, n), *beside_wholes(reader, rate, n)] if _WHOLE.match(of) or _SCOPE.match(of) else []
            likely += [whole] if whole is not None and _WHOLE.match(of.removesuffix(bare(whole.mention.text)[-2:])) else []
            first = n, [], False
        if n is nums[0] and every:
            said = bool(named) and squeezed(of) in bare(named[0].mention.text)
            whole = reader.whole.get(n.fact.id)
            # 占项目支出的96.33% is of no whole that is called 支出
            key = NOISE.sub("", squeezed(of))
            bears = len(key) < 2 or key in NOISE.sub("", reader.label_of(every[0]))
            meant = bears and whole is not None and every[0] is whole and not PLACE.search(of)
            first = n, every, (close and (share or said)) or meant or (share and _alone(reader, rate, n, of, places))
            slips = bears or close
    if first is not None and not (of_span and not any(d.sentence == rate.fact.sentence for d in first[1])):
        n, every, sure = first
        if every or likely:
            yield from choose(reader, rate, n.fact, every, sure=sure and bool(every), share=share, slips=slips, likely=likely)


def _numerators(reader: Reader, rate: Place) -> list[Place]:
    """The levels before a rate that it may be of, where no words of its clause name one."""
    near = [p for p in reader.levels(rate, 8) if p.sentence == rate.sentence and not _anew(reader, p, rate)]
    return [] if _of_net(reader, rate) else sorted(near, key=lambda p: p.bracket != rate.bracket)[:3]


def _anew(reader: Reader, place: Place, rate: Place) -> bool:
    """立案84件；民事诉讼占比偏低，只占立案数的8.7%: whether a clause with a subject of its own, behind a semicolon, holds no figure of it."""
    _, mark, behind = reader.stream.between(place.at, rate.at).rpartition("；")
    return bool(mark) and _SUBJECT.match(behind) is not None


def _of_net(reader: Reader, rate: Place) -> bool:
    """短少289.60元、溢余184.00元，净短少105.60元，占账存金额的0.45‰: whether a share is of what is left of both, told right before it."""
    before = reader.stream.places[rate.at - 1] if rate.at else None
    if before is None or before.level or before.sentence != rate.sentence:
        return False
    return "净" in before.clause and _RIGHT_BEHIND.match(rate.lead) is not None


def _of_planned(reader: Reader, rate: Place, of: str, num: Place) -> Iterator[Ratio]:
    """完成年初预算的98%: what was planned is called so before the rate, or is the target under the name of what was reached."""
    dens = [p for p in reader.named_places(rate, of, BACK, same=num) if p.at != num.at]
    goals = [p.fact for p in dens]
    if not goals:
        goals = [f for f in named_near(reader.context, num.fact) if f.kind == "target" and like(f.quantity, num.quantity)]
        # 实际补贴237台，仅完成目标的79%, in the row of a table beside the target of 300台
        beside = (p.fact for p in reader.stream.back(rate.at, NEAR) if p.paragraph == rate.paragraph and p.fact.kind == "target")
        goals += [f for f in beside if like(f.quantity, num.quantity) and fits(rate.fact, [num.fact], [f])]
    back = 1 if len(NOISE.sub("", of)) > 2 else 0
    sure = bool(dens) and dens[0].sentence >= rate.sentence - back
    yield from choose(reader, rate, num.fact, goals[:3], sure=sure, share=False, strict=bool(dens))


def _of_goal(reader: Reader, rate: Place, own: str) -> Iterator[Ratio]:
    """城镇新增就业完成年度任务的107.7%: the figure and its goal stand in a table or a note, each once."""
    words = core(IDLE.sub("", squeezed(own)))
    named = [f for f in _by_words(reader.context).get(words[:_TELLING], ())[:BACK] if words in bare(f.mention.text)]
    goals = [f for f in named if f.kind == "target" and limited(f)]
    year = reader.context.document.about.year
    done = [f for f in named if f.kind == "level" and not past(f.period, year)]
    pairs = [(f, g) for f in done for g in goals if like(f.quantity, g.quantity)]
    fitting = next((pair for pair in pairs if fits(rate.fact, [pair[0]], [pair[1]])), None)
    meant = [pair for pair in pairs if explained(rate.fact, *pair)]
    if fitting is not None or len(meant) == 1:
        num, den = fitting or meant[0]
        yield Ratio(rate=rate.fact, num=num, den=(den,), sure=True)


def _alone(reader: Reader, rate: Place, num: Place, of: str, places: Sequence[Place]) -> bool:
    """造林42万亩，占林业用地面积的近50%, far behind the one figure of that name, and 占受灾人口的34.1% of
    36200人受灾: the numerator right before the rate leaves no other."""
    key = NOISE.sub("", squeezed(of))
    if num.at + 1 != rate.at or num.sentence != rate.sentence or len(key) < _TELLING or PLACE.search(of):
        return False
    year = reader.context.document.about.year
    if any(past(p.fact.period, year) is not past(num.fact.period, year) for p in places):
        return False
    # 进出口总值217.25亿元 is not what 出口总值 is
    names = {name for p in places for mention in (bare(p.fact.mention.text),) for name in (NOISE.sub("", mention), f"{mention}{p.quantity.unit}口")}
    return len({p.fact.quantity.value for p in places}) == 1 and key in names


def _said(place: Place, words: str) -> bool:
    """Whether the words before a place, or its mention, say the words, the idle ones left out."""
    label = own_clause(place) + place.quantity.unit
    key = NOISE.sub("", squeezed(words)) or words
    if re.search(f"{re.escape(key)}[中里]", label) or (key.startswith("出口") and f"进{key}" in label):
        return False  # 转办件中已办结 is not what 转办件 is, nor 进出口总值 what 出口总值 is
    # 本年预算支出 is not what 国家预算规定债款支出 is called, though all its characters stand there
    return key in NOISE.sub("", label) or (place.quantity.dimension != "money" and covers(key, NOISE.sub("", label)))


@once
def _by_words(context: Context) -> dict[str, list[Fact]]:
    """The levels by every few characters of their names, in text order."""
    found: dict[str, list[Fact]] = {}
    for fact in context.facts:
        if fact.quantity.value is not None and is_level(fact):
            name = bare(fact.mention.text)
            for words in {name[at : at + _TELLING] for at in range(len(name) - _TELLING + 1)}:
                found.setdefault(words, []).append(fact)
    return found
