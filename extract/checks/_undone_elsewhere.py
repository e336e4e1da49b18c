"""What is not done of something that another paragraph counts: 受理来信148件，办结141件，办结率95.3%. … 年底还有7件没有办结.

What there was and what was done of it stand side by side, or make a rate. The denied word, or one that means the same, names what was done,
and the words around it what it was done to. A miss is certain only where no other figures bear those names and a slip of the pen explains it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from extract import intervals as iv
from extract.checks._difference import Difference
from extract.checks._list_words import past
from extract.checks._lists import lists
from extract.checks._prose import Place, asked_places, first_words, is_share, like, streams, where
from extract.checks._rates import fits, limited
from extract.checks._ratios import ratios
from extract.checks._slips import LONG, mends, significant
from extract.checks._words import bigrams, unit_family
from extract.relations import Context, once
from extract.types import Fact

VERBS = (
    re.compile(r"[办审]结|结案|办理完|办毕|答复"),
    re.compile(r"[开动]工|开建"),
    re.compile(r"[竣完]工|建成|投产"),
    re.compile(r"整改|改[完正]|纠正|销[号案]"),
    re.compile(r"拨付?|到[账位]|下达|拨款"),
    re.compile(r"支付|[已未][付]"),
    re.compile(r"收[缴回到]|征收|实收|入库|未收|已收"),
    re.compile(r"[发退返]还"),
    re.compile(r"安装|加装"),
    re.compile(r"使用|支出|执行"),
)
"""Words that say one thing was done, each in its ways."""
_DENIED_BEFORE = re.compile(r"(?:没有?|尚未|[未待欠])(?:能|形成|全部|完成)?(?P<what>[^，。；、的欠]{1,4}?)(?:完毕|到位|完成|完)?的?$")
_DENIED_BEHIND = re.compile(r"^的?[^，。；、\d]{0,8}?(?:没有|尚未|还未|未能?|待)(?:形成|全部|完成)?(?P<what>[^，。；、的有]{2,4})")
_ONLY_LEFT = re.compile(r"(?:只|仅|还|尚)(?:剩|余)下?$")
_LEFT_OVER = re.compile(r"(?:结余|节余|结转|尚余|剩余|余下|盈余)(?:资金|金额|指标)?(?:为|共|约)?$")
_IDLE = re.compile(
    r"全[国省市县区州盟旗镇乡校院局年系]|(?:学|会)?[年期月][末底终]|目前|截至|到|现在?|[本当今]年|没有?|[尚还仍未待欠只仅剩余下有的中对其后]|"
    r"完毕|到位|形成|全部|完成|库存|结余|结转|盈余|资金|经费|账面|收支|相抵|指标|预算|优先|催收|登记|在册|需要"
)
"""Words that say nothing of what something is left of."""
_NOUN = re.compile(r"[^，。；、：没未尚仍还待已由要将均]{1,8}")
_CARRIED_ON = re.compile(r"累计|滚存|历年|[上去]年|年初|期初|净结余")
_SPENT = re.compile(r"支出|使用|发放|支付|列支|执行|成交")
_HAD = re.compile(r"预算|收入|资金|指标|筹集|安排|下达|到位|筹款|募集")
_LEFT = re.compile(r"[剩余未尚仍还欠缺]")
_LEFT_BEHIND = re.compile(r"[^，。；]{0,8}?[未没]")
_DENIAL = re.compile(r"没有?|[未不尚欠待无]|[应需](?!要)")
_OTHER_TIME = re.compile(r"累计|历年|往年|[上去前]年|旧存|结转|年初|期初|新增|明年|下年|计划|今后|力争|其中")
_VERB_ALONE = re.compile(r"^[^，。；、]{0,12}$")
_MOST = 200
"""So many pairs are looked at, the last of the document."""
_STRANGE = 2
"""So many characters that are told of neither figure say that what is left is left of something else."""
_SLACK = (Decimal("0.98"), Decimal("1.02"))
"""What a rate of three digits is of is so near what it comes to."""
_FEW = 3
"""Figures that might be meant: of more nobody can tell."""
_ROUNDED = 10
"""Figures that are rounded to so many times what the other is rounded to say nothing of its last digits."""
_TELLING = 4
"""A figure of so many digits that one slip leads to is hardly that of another thing."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """What there was, what was done of it, and the words that name both."""

    whole: Fact
    done: Fact
    words: str
    proven: bool


def undone_elsewhere(context: Context) -> Iterator[Difference]:
    """What is not done, with what there was and what was done, in text order."""
    year = context.document.about.year
    parts = {part.fact.id for found in lists(context).sums if found.holds for part in found.parts}
    for stream, place in asked_places(context):
        if not place.level or not limited(place.fact) or place.bracket or place.fact.id in parts or past(place.fact.period, year):
            continue
        after = stream.after(place.at)
        said = _DENIED_BEFORE.search(place.clause) or _DENIED_BEHIND.match(after)
        words = place.plain + first_words(after)
        if said is not None or _ONLY_LEFT.search(place.clause):
            found = _meant(context, place, said["what"] if said is not None else "", words) if not _OTHER_TIME.search(place.plain) else None
        else:
            alone = _LEFT_OVER.search(place.clause) and not _CARRIED_ON.search(place.clause)
            found = _of_money(context, place) if alone and place.quantity.dimension == "money" else None
        if found is not None and (found.holds or _of_all(context, place, found, after, said["what"] if said is not None else "")):
            yield found


def _of_all(context: Context, place: Place, found: Difference, after: str, verb: str) -> bool:
    """Whether the words say nothing that those of the two figures do not say: 山区乡镇仍有54座没有改造 is of some of them."""
    known = set(_label(found.minuend, context) + _label(found.subtrahend, context) + verb)
    noun = _NOUN.match(after)
    words = _IDLE.sub("", place.clause), _IDLE.sub("", noun[0] if noun is not None else "")[:2]
    return all(sum(char not in known for char in one) < _STRANGE for one in words)


def _of_money(context: Context, place: Place) -> Difference | None:
    """预算指标尚余955.65万元: what is left of money after what was spent, if that is told in no other way."""
    pairs = [one for one in _near(context, place) if _SPENT.search(_own(one.done, context)) and _HAD.search(_own(one.whole, context))]
    found = [Difference(place.fact, one.whole, one.done) for one in pairs]
    return next((one for one in found if one.holds), None) or _telling(found)


def _near(context: Context, place: Place) -> list[_Pair]:
    """The pairs of the unit of a figure that stand in other sentences, the last of the document first."""
    pairs = islice(reversed(_pairs(context).get(unit_family(place.quantity), ())), _MOST)
    return [one for one in pairs if like(one.whole.quantity, place.quantity) and place.fact.sentence != one.done.sentence]


def _telling(found: Sequence[Difference]) -> Difference | None:
    """The one difference that a slip of the pen in what is left leads to, if that is of so many digits that no other would."""
    told = {(one.minuend.quantity.value, one.subtrahend.quantity.value): one for one in found if _mended_itself(one) and _exact(one)}
    return next(iter(told.values())) if len(told) == 1 and len(significant(found[0].result)) >= _TELLING else None


def _meant(context: Context, place: Place, verb: str, words: str) -> Difference | None:
    """The one difference that can be meant: one that holds; else the one of those names that a slip of the pen explains."""
    pairs = [one for one in _near(context, place) if not verb or _same_verb(verb, one.done, context)]
    named = [one for one in pairs if _shared(words, one.words, verb)]
    # 现场整改402个，累计整改698个: of what was done of one thing, what was done in all
    told = {one.whole.quantity.value: one for one in sorted(named, key=lambda one: one.done.quantity.value or 0)}
    found = {value: Difference(place.fact, one.whole, one.done) for value, one in told.items()}
    every = [Difference(place.fact, one.whole, one.done) for one in named]
    holding = next((one for one in every if one.holds), None)
    if holding is not None or len(found) > _FEW:
        return holding
    telling = _telling([Difference(place.fact, one.whole, one.done) for one in (pairs if verb else named)])
    if telling is not None:
        return telling
    first = next(iter(found.values()), None)
    only = len({_left(one) for one in found.values()}) == 1 and all(one.proven for one in told.values())
    credible = only and first is not None and _same_time(first) and _credible(first, verb)
    # 尚有24件, told where they are counted, says that 未整改的26件 are others, or more
    return first if credible and first is not None and not _told(context, first) else None


def _credible(one: Difference, verb: str) -> bool:
    """Whether a slip of the pen explains it, and it is not of a few things: of one digit any other is a slip."""
    digits = len(significant(one.result))
    return one.slipped and digits > 1 if verb else digits >= LONG and _mended_itself(one)


def _told(context: Context, one: Difference) -> bool:
    """Whether the document tells what is left elsewhere, as what is left."""
    left = _left(one)
    found = ((stream, p) for stream in streams(context) for p in stream.places if p.quantity.value == left and like(p.quantity, one.result.quantity))
    return any(_LEFT.search(p.clause) or _LEFT_BEHIND.match(stream.after(p.at)) for stream, p in found)


def _same_time(one: Difference) -> bool:
    done, left = one.subtrahend.period, one.result.period
    return not done or not left or done == left


def _left(one: Difference) -> Decimal:
    return (one.minuend.quantity.value or iv.ZERO) - (one.subtrahend.quantity.value or iv.ZERO)


def _mended_itself(one: Difference) -> bool:
    return mends(one.result.quantity, iv.sub(one.minuend.quantity.interval, one.subtrahend.quantity.interval))


def _exact(one: Difference) -> bool:
    """Whether the two figures are told as exactly as what is left: 8.64亿元 less 7.91亿元 is near too many."""
    widths = (_width(fact) for fact in (one.minuend, one.subtrahend))
    return max(widths) <= max(_width(one.result), Decimal(1)) * _ROUNDED


def _width(fact: Fact) -> Decimal:
    low, high = fact.quantity.interval.low, fact.quantity.interval.high
    return Decimal("Infinity") if low is None or high is None else high - low


def _same_verb(verb: str, done: Fact, context: Context) -> bool:
    """Whether what was done is called as what was not."""
    words = _label(done, context)
    same = next((family for family in VERBS if family.search("未" + verb)), None)
    return same.search("已" + words) is not None if same is not None else len(verb) > 1 and verb[:2] in words


def _shared(words: str, other: str, verb: str) -> bool:
    """Whether two characters in a row name one thing in both, the verb left out."""
    return bool((bigrams(words) & bigrams(other)) - bigrams(verb))


@once
def _pairs(context: Context) -> Mapping[str, Sequence[_Pair]]:
    """What was done of something, side by side or as a rate, by what the units count."""
    year = context.document.about.year
    rated = [(one.den[0], one.num) for one in ratios(context) if len(one.den) == 1 and not one.also and fits(one.rate, [one.num], one.den)]
    proven = [*rated, *_rated(context)]
    beside = (pair for stream in streams(context) for pair in zip(stream.places, stream.places[1:], strict=False))
    told = [(p.fact, q.fact) for p, q in beside if p.sentence == q.sentence and p.bracket == q.bracket and p.level and q.level]
    pairs: dict[tuple[str, str], _Pair] = {}
    for n, (whole, done) in enumerate((*proven, *told)):
        fitting = like(whole.quantity, done.quantity) and (whole.quantity.value or 0) > (done.quantity.value or 0)
        fitting = fitting and limited(whole) and limited(done) and not past(done.period, year)
        if fitting and not _DENIAL.search(_own(done, context)):
            words = _label(whole, context) + "，" + _label(done, context)
            pairs.setdefault((whole.id, done.id), _Pair(whole, done, words, n < len(proven)))
    found: dict[str, list[_Pair]] = {}
    for pair in sorted(pairs.values(), key=lambda pair: context.order[pair.done.id]):
        found.setdefault(unit_family(pair.whole.quantity), []).append(pair)
    return found


def _rated(context: Context) -> Iterator[tuple[Fact, Fact]]:
    """需要整改的已改完296个，完成率86.8%: the one figure of the document of which what stands right before a rate is just that."""
    levels = _by_size(context)
    for stream in streams(context):
        for done, rate in zip(stream.places, stream.places[1:], strict=False):
            share = rate.quantity.value
            beside = is_share(rate.fact) and rate.sentence == done.sentence and done.level and "率" in rate.clause
            if not beside or len(significant(rate.fact)) < LONG or not share or not done.quantity.value or rate.quantity.unit != "%":
                continue
            near = levels.get(unit_family(done.quantity), ())
            due = done.quantity.value / share * 100
            begin, end = (bisect_left(near, due * slack, key=_size) for slack in _SLACK)
            wholes = [fact for fact in near[begin:end] if like(fact.quantity, done.quantity) and fits(rate.fact, [done.fact], [fact])]
            if len({fact.quantity.value for fact in wholes}) == 1:
                yield wholes[0], done.fact


def _by_size(context: Context) -> Mapping[str, Sequence[Fact]]:
    """The levels of enough digits by what the units count, the smallest first."""
    found: dict[str, list[Fact]] = {}
    for place in (place for stream in streams(context) for place in stream.places):
        if place.level and place.quantity.value is not None and len(significant(place.fact)) >= LONG:
            found.setdefault(unit_family(place.quantity), []).append(place.fact)
    return {unit: sorted(facts, key=_size) for unit, facts in found.items()}


def _size(fact: Fact) -> Decimal:
    return fact.quantity.value or iv.ZERO


def _own(fact: Fact, context: Context) -> str:
    """The words of its clause before a figure."""
    at = where(context).get(fact.id)
    return at[0].places[at[1]].clause if at is not None else fact.mention.text


def _label(fact: Fact, context: Context) -> str:
    """All words that name a figure: those before it in its clause, those right behind it and its mention."""
    at = where(context).get(fact.id)
    if at is None:
        return fact.mention.text
    stream, n = at
    return "，".join((stream.places[n].clause, first_words(stream.after(n))[:6], fact.mention.text))
