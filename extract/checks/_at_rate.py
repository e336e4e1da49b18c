"""Amounts that a set rate of a base gives: 质量保证金按审定额的3%计255.38万元; 保证金539.47万元（按建安投资的3%预留）.

The base stands right before the rate (审定价4512.35万元的3%), or somewhere else in the document, in the prose or in a table, under the words
that name it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from extract import intervals as iv
from extract.checks._prose import Place, Stream, is_level, is_share, streams
from extract.checks._ratios.words import covers
from extract.checks._slips import LONG, significant, tenfold
from extract.checks._values import interval_of
from extract.checks._wholes import NOISE
from extract.checks._words import bare, core
from extract.relations import Context, Relation
from extract.types import Fact

_BASE = re.compile(r"(?:按照?|以)(?:当年|本年度?|本期|全年)?(?P<of>[^，。；：、（）\d]{2,16})的$")
_GIVES = re.compile(
    r"(?:的比例|的标准)?(?:计，为|计提|计算|计|提取|预留|扣留|支付|预付|列支|缴纳|收取|安排|配套|补助|给予|奖励)[^，。；：、（）\d]{0,12}"
)
_INCREASE = re.compile(r"净?增(?:加|长|量)?额?$")
"""贷款余额净增额: by how much 贷款余额 has grown."""
_AWARDED = re.compile(r"中标|成交")
_BID = re.compile(r"报价$")
"""中标价 is one of the bids, which need not be called so anywhere."""
_OF_IT = re.compile(r"的|，(?:按照?|按其|按合同约定的?|按约定的?)")
_BASES = re.compile(r"(?:总?价款?|总[额价]|金额|总投资|投资额|[审核]定[^，。；：、（）]{0,4})[为是共计]{0,2}$")
_PLANNED = re.compile(r"应|拟|将|计划|最高|不超|至多|上限")
_MOST = 40
"""So many set rates of a document are looked at: each looks through all of its amounts."""


@dataclass(frozen=True, slots=True)
class AtRate:
    """A set rate, what it gives and of what."""

    rate: Fact
    amount: Fact
    base: Fact

    @property
    def relation(self) -> Relation:
        return Relation(type="ratio", roles={"rate": (self.rate.id,), "num": (self.amount.id,), "den": (self.base.id,)}, firm=(self.rate.id,))


def at_rates(context: Context) -> Iterator[AtRate]:
    """Every amount that the text says to be a set rate of what it names."""
    yield from _inline(context)
    for rate, amount, words in islice(_told(context), _MOST):
        key = core(NOISE.sub("", bare(words))) or bare(words)
        bases = _called(context, key, amount)
        chosen = next((base for base in bases if _gives(rate, base, amount)), None) or _by_tens(rate, bases, amount)
        # 增值收益率（增值收益与月均缴存余额179.64亿元之比） holds the words too, and is of something else
        meant = [base for base in bases if base.cell is not None or base.kind == "delta" or core(NOISE.sub("", bare(base.mention.text))) == key]
        if chosen is not None or len({base.quantity.value for base in meant}) == len({base.quantity.value for base in bases}) == 1:
            yield AtRate(rate, amount, chosen or meant[0])


def _inline(context: Context) -> Iterator[AtRate]:
    """合同总价1854万元，按30%支付预付款556.2万元: rates right behind what they are of, and the amount behind them."""
    for stream in streams(context):
        for rate in stream.places[1:]:
            base = stream.places[rate.at - 1]
            if not is_share(rate.fact) or rate.quantity.bound != "=" or not _OF_IT.fullmatch(rate.lead) or base.quantity.bound != "=":
                continue
            amount = _amount(stream, rate) if base.sentence == rate.sentence and base.bracket == rate.bracket else None
            named = base.level and base.quantity.dimension == "money" and _BASES.search(base.clause) is not None
            if amount is not None and named and amount is not base.fact:
                yield AtRate(rate.fact, amount, base.fact)


def _told(context: Context) -> Iterator[tuple[Fact, Fact, str]]:
    """Rates with the amount that they give, and the words that name the base."""
    for stream in streams(context):
        for place in stream.places:
            said = _BASE.search(place.clause) if is_share(place.fact) and place.quantity.bound == "=" else None
            amount = _amount(stream, place) if said is not None else None
            if said is not None and amount is not None:
                yield place.fact, amount, said["of"]


def _amount(stream: Stream, rate: Place) -> Fact | None:
    """What the rate gives: the amount right behind it, or the one before the bracket that it stands in."""
    after = stream.places[rate.at + 1] if rate.at + 1 < len(stream.places) else None
    if after is not None and _GIVES.fullmatch(after.lead) and not _PLANNED.search(after.lead):
        found: Place | None = after
    else:
        closed = rate.bracket and _GIVES.match(stream.after(rate.at)) is not None
        found = stream.places[rate.host] if closed and rate.host is not None and rate.host == rate.at - 1 else None
    if found is None or not found.level or found.quantity.dimension != "money" or found.quantity.bound != "=":
        return None
    return found.fact


def _called(context: Context, key: str, amount: Fact) -> list[Fact]:
    """The other amounts whose names hold the words; of by how much something has grown the amounts that tell it."""
    amounts = [f for f in context.facts if f is not amount and f.quantity.dimension == "money" and f.quantity.bound == "="]
    grown = _INCREASE.search(key)
    if grown is not None and grown.start() > 1:
        return [f for f in amounts if f.kind == "delta" and bare(f.mention.text).startswith(key[: grown.start()])]
    levels = [f for f in amounts if is_level(f)]
    named = [f for f in levels if any(covers(key, label, least=2) for label in (f.mention.text + f.subject, f.subject + f.mention.text))]
    return named or [f for f in levels if _AWARDED.search(key) and _BID.search(f.mention.text)]


def _by_tens(rate: Fact, bases: list[Fact], amount: Fact) -> Fact | None:
    """The one base of which the amount is the rate but for a power of ten, if both are long enough to tell."""
    long = [base for base in bases if min(len(significant(base)), len(significant(amount))) >= LONG and rate.quantity.value is not None]
    found = [base for base in long if tenfold(amount.quantity, iv.product(iv.point((rate.quantity.value or iv.ZERO) / 100), interval_of(base)))]
    return found[0] if len({base.quantity.value for base in found}) == 1 else None


def _gives(rate: Fact, base: Fact, amount: Fact) -> bool:
    """Whether the rate of the base comes to the amount within rounding."""
    if rate.quantity.value is None:
        return False
    share = iv.point(rate.quantity.value / 100)
    return iv.meet(iv.product(share, interval_of(base)), interval_of(amount))
