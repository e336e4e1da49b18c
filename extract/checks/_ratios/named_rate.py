"""Named rates beside their two figures: 发现943条，已整改921条，整改率97.7%."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extract import intervals as iv
from extract.checks._prose import Place, like
from extract.checks._rates import Ratio, fits, smaller
from extract.checks._ratios.against_plan import against_plan
from extract.checks._ratios.choice import choose, pair_beside
from extract.checks._ratios.compound import compound_rate
from extract.checks._ratios.opposites import opposite_of
from extract.checks._ratios.reader import BACK, NEAR, Reader
from extract.checks._ratios.satisfaction import satisfaction
from extract.checks._ratios.ties import carried_on, firm_tie, right_before
from extract.checks._ratios.words import ASKED_OF, ELSEWHEN, RATES, TO, ending_in
from extract.checks._words import bare, bigrams
from extract.types import Fact

_STEM = regex.compile(
    r"(?P<stem>[^，。；、：的（）“”\d]{1,16}?)(?:比)?(?:率|度|进度|占比|比例|比重|(?<![方全表地界里])面|(?<=存贷)比)(?:只有|约|近|仅|达到?了?|为|是|超|高达|提升至|提高到|：|在|保持|稳定|到|已|也|均|分别|则|各|依次)*$"
)
_DEGREES = regex.compile(r"完成|执行|支出|支付|到位|使用|调整|增长")
_PEOPLE = regex.compile(r"(?:常住|户籍|总|平均|年末)人口")
_VITAL = regex.compile(r"出生|死亡|增长|结婚|离婚|迁[入出]")
_MEAN = regex.compile(r"平均|年均|年中")
_IN_TIME = regex.compile(r"法定|[限期]内|[按准及]时|[按到逾]期|当场|一次|首次|当期|现场|如期")
"""按期办结率 is of those done in time, not of those done."""
_TURNED = regex.compile(r"(?:由|从)[^，。；]*$")
_FORMER = regex.compile(r"(?:较|比|与|同)(?:上年|去年|前年|(?:19|20)\d\d年)(?:同期)?的?[^，。；]{0,4}$")
_WRIT = regex.compile(r"(?:通知|决定|意见|告知|建议|指令|任务|承诺|文)书")
_UNDONE = regex.compile(r"未(?!来|成年|遂)|尚无|没有|不(?!足|低于|少于|超过|断|含|同|动产|良)")
_HELD = regex.compile(r"(?:控制|保持|稳定|维持)在$")
"""资产负债率控制在58%以内: what is to be, not what is."""


def named_rate(reader: Reader, rate: Place) -> Iterator[Ratio]:
    words = _STEM.search(rate.clause) or _STEM.search(bare(rate.fact.mention.text))
    stem = words["stem"] if words else ""
    if not stem or (rate.quantity.bound != "=" and _HELD.search(rate.clause)):
        return
    numerator, denominator = next(((n, d) for name, n, d in RATES if name.search(stem)), (None, None))
    nears = [p for p in reader.levels(rate, BACK) if p.paragraph == rate.paragraph and p.sentence >= rate.sentence - 2]
    if "调整" in stem:
        nears = sorted(
            (*nears, *(p for p in reader.stream.back(rate.at, NEAR) if p.fact.kind == "delta" and p.sentence == rate.sentence)), key=lambda p: -p.at
        )
    if "满意" in stem and (told := satisfaction(reader, rate, nears)) is not None:
        yield told
        return
    planned = against_plan(reader, rate, stem)
    if planned is not None:
        yield from choose(reader, rate, planned[0], [planned[1]], sure=True, share=False)
        return
    compound = list(compound_rate(reader, rate, stem))
    if compound:
        yield from compound
        return
    num = None
    by_stem = 0
    # 下发整改通知书1128份 is no number of things mended
    nears = [p for p in nears if not _FORMER.search(p.clause) and ("书" in stem or not _WRIT.search(reader.label(p, rate)))]
    for p in sorted(nears, key=lambda p: p.bracket not in (0, rate.bracket)):
        label = reader.label(p, rate)
        hit = ending_in(stem, label) if numerator is None or not numerator.search(label) else 9
        if hit > by_stem and any((like(q.quantity, p.quantity) and q.at < p.at) or reader.whole.get(p.fact.id) for q in nears):
            num, by_stem = p, hit
    if num is None:
        return
    others = [p for p in nears if p.at < num.at and like(p.quantity, num.quantity)]
    shared = reader.whole.get(num.fact.id)
    asked = denominator.search if denominator is not None else None
    others = [p for p in others if shared is None or reader.whole.get(p.fact.id) is not shared or (asked and asked(p.clause))]
    within = [p for p in others if p.sentence == num.sentence] or [p for p in others if p.fact.id not in reader.whole] or others
    own = reader.label(num)
    within = [p for p in within if p.fact.id not in reader.whole] or within
    within.sort(key=lambda p: (-len(bigrams(stem) & bigrams(reader.label(p))), -len(bigrams(own) & bigrams(reader.label(p)))))
    dens = [p.fact for p in (*within, *(p for p in others if p not in within))]
    if denominator is not None:
        dens.sort(key=lambda f: not denominator.search(reader.label_of(f)))
    whole = reader.whole.get(num.fact.id)
    if whole is not None:
        dens.insert(0, whole)
    carried = carried_on(reader, num, stem)
    if carried is not None:
        dens.insert(0, carried)
    dens = list({d.id: d for d in dens}.values())[:4]
    opposite = opposite_of(reader, stem, num, nears)
    if opposite is not None and fits(rate.fact, [num.fact], [opposite, num.fact]):
        yield Ratio(rate=rate.fact, num=num.fact, den=(opposite, num.fact), sure=True)
        return
    if not dens:
        return
    if not any(fits(rate.fact, [num.fact], [d]) for d in dens):
        # 结案371件（含上年结转22件）；本年立案的已结349件，结案率90.4%: another figure of its name gives the rate
        nearer = [p for p in nears if p.at > num.at and p.sentence == rate.sentence and like(p.quantity, num.quantity)]
        fitting = next(((p, d) for p in nearer for d in dens if fits(rate.fact, [p.fact], [d])), None)
        if fitting is not None:
            yield Ratio(rate=rate.fact, num=fitting[0].fact, den=(fitting[1],), sure=True)
            return
        # 床位960张，入住546人，入住率56.9%: beds are filled by persons
        own_pair = pair_beside(reader, rate) if num.sentence < rate.sentence else None
        if own_pair is not None:
            yield from own_pair
            return
        here = [p.fact for p in reader.levels(rate, BACK) if p.sentence == rate.sentence and p.at < num.at and p.quantity.dimension == "count"]
        if any(fits(rate.fact, [num.fact], [d]) for d in here):
            yield from choose(reader, rate, num.fact, here, sure=True, share=False)
            return
    named = denominator is None or bool(denominator.search(reader.label_of(dens[0])))
    rivals = [p for p in within if denominator is not None and denominator.search(reader.label_of(p.fact))]
    sensible = not smaller(dens[0], num.fact) or "完成" in stem or "执行" in stem
    clear = len(within) == 1 or (sensible and len(rivals) < 2)
    full = rate.fact.quantity.value == iv.HUNDRED
    head = stem[:-by_stem] if numerator is None and by_stem < len(stem) else ""
    twin = len(head) > 1 and ending_in(stem, reader.label_of(dens[0])) >= by_stem and not bigrams(head) & bigrams(reader.label_of(dens[0]))
    # 深造1616人，其中本科生深造1535人，本科生深造率28.60%: not of those who went on, but of those who could have
    done = numerator is None and len(stem) > 3 and stem[-2:] in reader.label_of(dens[0]) and not ASKED_OF.search(reader.label_of(dens[0]))
    twin = twin or (done and not bigrams(stem[:-2]) & bigrams(reader.label_of(dens[0])))
    # 高血压规范管理2.14万人，糖尿病规范管理0.86万人，规范管理率71.1%: nor of those of another kind who did
    twin = twin or (numerator is None and stem in reader.label_of(dens[0]) and not ASKED_OF.search(reader.label_of(dens[0])))
    if _UNDONE.search(reader.label(num, rate)) and not _UNDONE.search(stem):
        return  # 32项指标中5项未量化，量化率84.38%: the rate is of the others
    # 完成改造31个，…；设备采购完成率82.6%: behind a semicolon a rate of something else needs its own figures
    own_thing = stem[:-by_stem] if by_stem < len(stem) else ""
    apart = len(own_thing) > 1 and "；" in reader.stream.between(num.at, rate.at) and not bigrams(own_thing) & bigrams(own)
    # 死亡率7.99‰ is of the population, which need not be stated
    apart = apart or (rate.quantity.unit == "‰" and not _PEOPLE.search(reader.label_of(dens[0])))
    timed = _IN_TIME.search(stem)
    apart = apart or (timed is not None and timed[0] not in f"{own}{reader.label_of(num.fact)}")
    # 出生率6.19‰ is of the mean population, which that at the end of the year is near to
    apart = apart or _of_mean(reader, rate, num, dens[0], stem)
    firm = firm_tie(reader, dens[0], num, nears, stem, asked=denominator is not None and named, negative=opposite is not None)
    # 治理率由33.1%提高到38.6% is reached over years
    started = reader.stream.places[rate.at - 1] if rate.at and TO.search(rate.lead) else rate
    turned = _TURNED.search(started.clause) is not None and not ELSEWHEN.search(started.clause)
    firm = firm and not twin and not apart and len(stem) > 1 and not turned
    sure = num.sentence == rate.sentence and by_stem >= 2 and named and clear and not full and firm
    part = not _DEGREES.search(stem) and opposite is None
    likely = [] if twin or apart or turned or opposite is not None or by_stem < 2 else right_before(reader, num, rate, stem)
    yield from choose(reader, rate, num.fact, dens, sure=sure, share=False, part=part, slips=firm, likely=likely)


def _of_mean(reader: Reader, rate: Place, num: Place, den: Fact, stem: str) -> bool:
    """Whether a vital rate misses a population that is none of the mean by no more than that grows in half a year."""
    values = (rate.quantity.value, num.quantity.value, den.quantity.value)
    if rate.quantity.unit != "‰" or not _VITAL.search(stem) or _MEAN.search(reader.label_of(den)) or not all(values):
        return False
    stated, part, whole = (value or iv.HUNDRED for value in values)
    return abs(part * 1000 / whole - stated) <= stated / 20
