"""Named rates beside their two figures: 发现943条，已整改921条，整改率97.7%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from extract import intervals as iv
from extract.checks._prose import Place, like
from extract.checks._rates import Ratio, fits, smaller
from extract.checks._ratios.against_plan import against_plan
from extract.checks._ratios.brought_on import brought_on
from extract.checks._ratios.choice import choose, pair_beside
from extract.checks._ratios.compound import compound_rate
from extract.checks._ratios.doubts import of_another_kind, reached_over_years, stands_apart
from extract.checks._ratios.opposites import opposite_of
from extract.checks._ratios.reader import BACK, NEAR, Reader
from extract.checks._ratios.returned import returned
from extract.checks._ratios.satisfaction import satisfaction
from extract.checks._ratios.ties import carried_on, firm_tie, right_before
from extract.checks._ratios.words import DUE, FORMER, RATES, ending_in
from extract.checks._slips import LONG, significant
from extract.checks._words import bare, bigrams
from extract.types import Fact

_STEM = re.compile(
    r"(?P<stem>[^，。；、：的（）“”\d]{1,16}?)(?:比)?(?:率|度|进度|占比|比例|比重|(?<![方全表地界里])面|(?<=存贷)比)(?:只有|约|近|仅|达到?了?|为|是|超|高达|提升至|提高到|：|在|保持|稳定|到|已|也|均|分别|则|各|依次)*$"
)
_DEGREES = re.compile(r"完成|执行|支出|支付|到位|使用|调整|增长")
_WRIT = re.compile(r"(?:通知|决定|意见|告知|建议|指令|任务|承诺|文)书")
_FILLED = re.compile(r"(?<=[^，。]{2})(?:覆盖|普及)$")
"""治疗覆盖率 is of those in treatment."""
_OPENING = re.compile(r"年初|期初|[月季]初|[上去]年[末底]")
_CLOSING = re.compile(r"(?<!上)(?<!去)[年月季期][末底]|现有|目前")
_EACH = re.compile(r"各[^，。；：、]{0,6}$")
"""昼间、夜间各监测56点次: told of each of several."""
_SAVED = re.compile(r"节约$|节[支资]$")
_BUDGETED = re.compile(r"预算|控制价|限价|概算")
"""What was saved is a share of what might have been spent, never of what was."""
_UNDONE = re.compile(r"未(?!来|成年|遂)|尚无|没有|不(?!足|低于|少于|超过|断|含|同|动产|良)")
_BY_ITS_RATE = 9
"""A numerator that such a rate is known to have is better than any that its name ends in."""
_TRIED = 4
"""So many denominators are tried."""
_HELD = re.compile(r"(?:控制|保持|稳定|维持)在$")
"""资产负债率控制在58%以内: what is to be, not what is."""


def named_rate(reader: Reader, rate: Place) -> Iterator[Ratio]:
    """A rate that its own name says: 整改率97.7%. What its name ends in is the numerator, what such a rate is taken of stands before it."""
    words = _STEM.search(rate.clause) or _STEM.search(bare(rate.fact.mention.text))
    stem = words["stem"] if words else ""
    if not stem or (rate.quantity.bound != "=" and _HELD.search(rate.clause)):
        return
    numerator, denominator = next(((n, d) for name, n, d in RATES if name.search(stem)), (None, None))
    nears = _near(reader, rate, stem)
    told = _told_by_name(reader, rate, stem, nears)
    if told is not None:
        yield from told
        return
    # 下发整改通知书1128份 is no number of things mended
    nears = [p for p in nears if not FORMER.search(p.clause) and ("书" in stem or not _WRIT.search(reader.label(p, rate)))]
    num, by_stem = _numerator(reader, rate, stem, numerator, nears)
    if num is None:
        return
    with_old = brought_on(reader, num, rate)
    if with_old is not None:
        yield with_old
        return
    within, dens = _denominators(reader, stem, num, nears, denominator)
    opposite = opposite_of(stem, num, nears)
    if opposite is not None and fits(rate.fact, [num.fact], [opposite, num.fact]):
        yield Ratio(rate=rate.fact, num=num.fact, den=(opposite, num.fact), sure=True)
        return
    if not dens:
        return
    if not any(fits(rate.fact, [num.fact], [d]) for d in dens):
        others = _other_figures(reader, rate, num, nears, dens)
        if others is not None:
            yield from others
            return
    if _UNDONE.search(reader.label(num, rate)) and not _UNDONE.search(stem):
        return  # 32项指标中5项未量化，量化率84.38%: the rate is of the others
    said = f"{reader.context.before(dens[0], dens[0].clause)}{reader.label_of(dens[0])}"  # 按期应结案30起
    named = denominator is None or bool(denominator.search(said))
    rivals = [p for p in within if denominator is not None and denominator.search(reader.label_of(p.fact))]
    sensible = not smaller(dens[0], num.fact) or "完成" in stem or "执行" in stem
    clear = len(within) == 1 or (sensible and len(rivals) < 2)
    full = rate.fact.quantity.value == iv.HUNDRED
    twin = numerator is None and of_another_kind(reader, stem, by_stem, dens[0])
    apart = stands_apart(reader, rate, num, dens[0], stem, by_stem)
    turned = reached_over_years(reader, rate)
    firm = firm_tie(reader, dens[0], num, nears, stem, asked=denominator is not None and named, negative=opposite is not None)
    firm = firm and not twin and not apart and len(stem) > 1 and not turned
    sure = num.sentence == rate.sentence and by_stem >= 2 and named and clear and not full and firm
    part = not _DEGREES.search(stem) and opposite is None
    likely = (
        []
        if twin or apart or turned or _SAVED.search(stem) or opposite is not None or by_stem < 2
        else right_before(reader, num, rate, stem) or _alone(within, num, rate)
    )
    yield from choose(reader, rate, num.fact, dens, sure=sure, share=False, part=part, slips=firm, likely=likely)


def _near(reader: Reader, rate: Place, stem: str) -> list[Place]:
    """The figures before a rate that it may be of, nearest first."""
    nears = [p for p in reader.levels(rate, BACK) if p.paragraph == rate.paragraph and p.sentence >= rate.sentence - 2]
    if "调整" in stem:
        changes = (p for p in reader.stream.back(rate.at, NEAR) if p.fact.kind == "delta" and p.sentence == rate.sentence)
        nears = sorted((*nears, *changes), key=lambda p: -p.at)
    return nears


def _told_by_name(reader: Reader, rate: Place, stem: str, nears: Sequence[Place]) -> list[Ratio] | None:
    """A rate whose name itself tells both of its figures: 满意度, 完成率 beside a plan, 回收率, 营业收入利润率; ``None`` for others."""
    if "满意" in stem and (told := satisfaction(rate, nears)) is not None:
        return [told]
    planned = against_plan(reader, rate, stem)
    if planned is not None:
        return list(choose(reader, rate, planned[0], [planned[1]], sure=True, share=False))
    came_back = returned(reader, rate, stem)
    if came_back is not None:
        return [came_back]
    return list(compound_rate(reader, rate, stem)) or None


def _numerator(reader: Reader, rate: Place, stem: str, numerator: Any, nears: Sequence[Place]) -> tuple[Place | None, int]:
    """The figure whose label says most of what the name of a rate ends in, and how many of its characters."""
    num = None
    by_stem = 0
    thing = _FILLED.sub("", stem) if _FILLED.search(stem) else ""
    # 合格1228批次，不合格22批次，合格率98.24%: of those that are, before those that are not
    denied = _UNDONE.search(stem) is None
    for p in sorted(nears, key=lambda p: (p.bracket not in (0, rate.bracket), denied and _UNDONE.search(p.clause) is not None)):
        label = reader.label(p, rate)
        hit = _BY_ITS_RATE if numerator is not None and numerator.search(label) else ending_in(stem, label)
        hit = max(hit, len(thing)) if thing and thing in label else hit
        if hit > by_stem and any((like(q.quantity, p.quantity) and q.at < p.at) or reader.whole.get(p.fact.id) for q in nears):
            num, by_stem = p, hit
    return num, by_stem


def _denominators(reader: Reader, stem: str, num: Place, nears: Sequence[Place], denominator: Any) -> tuple[list[Place], list[Fact]]:
    """The figures beside a numerator that a rate may be of, and all that are tried, the likeliest first."""
    others = [p for p in nears if p.at < num.at and like(p.quantity, num.quantity)]
    whole = reader.whole.get(num.fact.id)
    asked = denominator.search if denominator is not None else None
    others = [p for p in others if whole is None or reader.whole.get(p.fact.id) is not whole or (asked and asked(p.clause))]
    within = [p for p in others if p.sentence == num.sentence] or [p for p in others if p.fact.id not in reader.whole] or others
    within = [p for p in within if p.fact.id not in reader.whole] or within
    due = [p for p in others if p.sentence == num.sentence and DUE.match(p.clause)]
    within = due if len(due) == 1 else within
    within = _not_smaller(_not_before(within), num) if not _DEGREES.search(stem) else within
    own = reader.label(num)
    within.sort(key=lambda p: (-len(bigrams(stem) & bigrams(reader.label(p))), -len(bigrams(own) & bigrams(reader.label(p)))))
    found = [p.fact for p in (*within, *(p for p in others if p not in within))]
    budgeted = [p for p in within if _BUDGETED.search(p.clause)] if _SAVED.search(stem) else []
    if len(budgeted) == 1:
        return budgeted, [budgeted[0].fact]
    if denominator is not None:
        found.sort(key=lambda f: not denominator.search(reader.label_of(f)))
    told = (p for p in reader.stream.back(num.at, NEAR) if p.sentence == num.sentence and p.level and like(p.quantity, num.quantity))
    each = [p.fact for p in told if _EACH.search(p.clause) and not smaller(p.fact, num.fact)]
    first = (carried_on(reader, num, stem), whole, *(each if len(each) == 1 else ()), *(p.fact for p in due[:1] if len(due) == 1))
    return within, list({f.id: f for f in (*first, *found) if f is not None}.values())[:_TRIED]


def _not_before(found: Sequence[Place]) -> list[Place]:
    """年初在库584家，年内新增47家、退库19家，年末在库612家: a rate of the year is of what there is at its end."""
    closed = {p.sentence for p in found if _CLOSING.search(p.clause)}
    return [p for p in found if p.sentence not in closed or not _OPENING.search(p.clause)]


def _not_smaller(found: Sequence[Place], num: Place) -> list[Place]:
    """The figures that are not below a numerator, if there are any: of those it is a part."""
    return [p for p in found if not smaller(p.fact, num.fact)] or list(found)


def _alone(within: Sequence[Place], num: Place, rate: Place) -> list[Fact]:
    """在库企业612家。…亏损企业113家，亏损面18.5%: the one figure of the paragraph that a rate may be of, if all three are long enough to tell."""
    long = all(len(significant(p.fact)) >= LONG for p in (*within, num, rate))
    return [within[0].fact] if len(within) == 1 and long and not smaller(within[0].fact, num.fact) else []


def _other_figures(reader: Reader, rate: Place, num: Place, nears: Sequence[Place], dens: Sequence[Fact]) -> list[Ratio] | None:
    """Other figures of the sentence that give a rate which the numerator does not; ``None`` where there are none."""
    # 结案371件（含上年结转22件）；本年立案的已结349件，结案率90.4%: another figure of its name gives the rate
    nearer = [p for p in nears if p.at > num.at and p.sentence == rate.sentence and like(p.quantity, num.quantity)]
    fitting = next(((p, d) for p in nearer for d in dens if fits(rate.fact, [p.fact], [d])), None)
    if fitting is not None:
        return [Ratio(rate=rate.fact, num=fitting[0].fact, den=(fitting[1],), sure=True)]
    own_pair = pair_beside(reader, rate) if num.sentence < rate.sentence else None
    if own_pair is not None:
        return own_pair
    # 床位960张，入住546人，入住率56.9%: beds are filled by persons
    here = [p.fact for p in reader.levels(rate, BACK) if p.sentence == rate.sentence and p.at < num.at and p.quantity.dimension == "count"]
    if any(fits(rate.fact, [num.fact], [d]) for d in here):
        return list(choose(reader, rate, num.fact, here, sure=True, share=False))
    return None
