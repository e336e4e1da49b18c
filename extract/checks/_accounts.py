"""Accounts of fixed official forms, whose figures stand in sections of their own: the explanation of a settlement, the yearly report of
a housing fund.

Such a form states each of its terms once, under a name that the regulation gives, and what they come to in another section. A term that
the text states with several amounts is not one of the form's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract import intervals as iv
from extract.checks._judge import factor, interval_of
from extract.checks._prose import Place, streams
from extract.checks._rates import fits
from extract.checks._slips import mended, mends
from extract.checks._tables import holds
from extract.checks._words import bare
from extract.relations import Context, Relation
from extract.types import Fact, Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What comes to a ``total``: ``parts``, and ``more`` where the text states it; a text that speaks of ``more`` or ``doubts`` without
    an amount leaves the account open."""

    total: str
    parts: tuple[str, ...]
    more: tuple[str, ...] = ()
    doubts: str = ""
    note: str
    note_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form: a word that its text holds, the names of its terms at the end of the words before an amount, its accounts, and its rates,
    each with the terms that it is of."""

    word: str
    terms: Mapping[str, re.Pattern[str]]
    accounts: tuple[Account, ...]
    rates: tuple[tuple[re.Pattern[str], str, str], ...] = ()


_BE = r"(?:均|各|都|共|总)?[为是达]?$"
_BOTH = r"(?:收、?支|收入、?支出|收入支出)(?:决算)?总(?:计|额|数)"
_OF_ONE = r"(?!.*(?:财政拨款|政府性基金|一般公共预算|国有资本|事业单位经营|[上去]年(?!结转)))"
_FISCAL = r"(?!.*(?:政府性基金|国有资本|[上去]年(?!结转)))"

SETTLEMENT = Form(
    word="结转和结余",
    terms={
        name: re.compile(words + _BE)
        for name, words in {
            "total": rf"^{_OF_ONE}.*{_BOTH}",
            "income": rf"^{_OF_ONE}.*(?:^|本年|年度?)收入(?:决算)?合计",
            "spending": rf"^{_OF_ONE}.*(?:^|本年|年度?)支出(?:决算)?合计",
            "opening": rf"^{_OF_ONE}.*(?:年初|上年)结转和?结余",
            "closing": rf"^{_OF_ONE}.*(?:年末|期末)结转和?结余",
            "used": r"使用非财政拨款结余(?:和专用结余)?",
            "allotted": r"结余分配",
            "fiscal total": rf"^{_FISCAL}.*财政拨款{_BOTH}",
            "fiscal income": rf"^{_FISCAL}(?!.*一般公共预算)(?:.*(?:其中|本年|年度?))?财政拨款收入(?:合计)?",
            "fiscal spending": rf"^{_FISCAL}(?:.*(?:其中|本年|年度?))?(?:一般公共预算)?财政拨款支出(?:合计)?",
            "fiscal opening": rf"^{_FISCAL}(?!.*一般公共预算).*年初财政拨款结转和?结余",
            "fiscal closing": rf"^{_FISCAL}(?!.*一般公共预算).*年末财政拨款结转和?结余",
        }.items()
    },
    accounts=(
        Account(
            total="total",
            parts=("income", "opening"),
            more=("used",),
            doubts=r"用事业基金弥补|使用(?:非财政拨款|专用)结余",
            note="本年收入合计 + 年初结转和结余 = 收、支总计",
            note_en="Income of the year + what was carried in = the total of either side",
        ),
        Account(
            total="total",
            parts=("spending", "closing"),
            more=("allotted",),
            doubts="结余分配",
            note="本年支出合计 + 年末结转和结余 = 收、支总计",
            note_en="Spending of the year + what is carried out = the total of either side",
        ),
        Account(
            total="fiscal total",
            parts=("fiscal income", "fiscal opening"),
            note="财政拨款收入 + 年初财政拨款结转和结余 = 财政拨款收、支总计",
            note_en="Fiscal income + fiscal money carried in = the fiscal total of either side",
        ),
        Account(
            total="fiscal total",
            parts=("fiscal spending", "fiscal closing"),
            doubts=r"政府性基金(?:预算)?(?:财政拨款)?支出\s*(?:决算)?[为共]?\s*(?!0(?:\.0+)?\s*[万元])\d|国有资本经营(?:预算)?(?:财政拨款)?支出\s*[为共]?\s*(?!0(?:\.0+)?\s*[万元])\d",
            note="财政拨款支出 + 年末财政拨款结转和结余 = 财政拨款收、支总计",
            note_en="Fiscal spending + fiscal money carried out = the fiscal total of either side",
        ),
    ),
)
"""《政府会计制度——行政事业单位会计科目和报表》（财会〔2017〕25号）"""

HOUSING_FUND = Form(
    word="住房公积金",
    terms={
        name: re.compile(words + _BE)
        for name, words in {
            "paid in": r"^[^比较]*缴存总额",
            "held": r"^(?!.*月均)[^比较]*缴存余额",
            "drawn": r"^[^比较]*提取总额",
            "lent": r"累计发放(?:个人住房|个人|住房公积金个人住房)?贷款(?:\d.*、)?",
            "owed": r"^(?!.*[占率])[^比较]*贷款余额",
            "repaid": r"累计(?:回收|收回)(?:个人住房|个人|住房公积金个人住房)?贷款",
            "gain": r"^(?:.*年度?，?)?增值收益",
            "reserve": r"提取(?:个人)?(?:住房)?贷款风险准备金",
            "administration": r"提取(?:中心)?管理费用?",
            "public housing": r"提取(?:城市)?(?:廉租住房|公共租赁住房|公租房)[^，；]{0,12}建设补充资金",
            "earned": r"^(?:.*年度?，?)?业务收入",
            "paid out": r"^(?:.*年度?，?)?业务支出",
            "overdue": r"^(?:.*(?:年末|末))?(?:个人住房|住房公积金个人住房)?贷款逾期额",
        }.items()
    },
    accounts=(
        Account(
            total="paid in",
            parts=("drawn", "held"),
            note="提取总额 + 缴存余额 = 缴存总额",
            note_en="What was drawn + what is held = what was paid in",
        ),
        Account(
            total="lent",
            parts=("repaid", "owed"),
            doubts="核销|贴息贷款|项目贷款",
            note="累计回收 + 贷款余额 = 累计发放",
            note_en="What was repaid + what is owed = what was lent",
        ),
        Account(
            total="gain",
            parts=("reserve", "administration", "public housing"),
            note="增值收益分配各项之和 = 增值收益",
            note_en="What the gain is allotted to = the gain",
        ),
        Account(
            total="earned",
            parts=("paid out", "gain"),
            note="业务支出 + 增值收益 = 业务收入",
            note_en="Spending + gain = earnings",
        ),
    ),
    rates=(
        (re.compile(r"(?:^|贷款)逾期率" + _BE), "overdue", "owed"),
        (re.compile(r"(?:^|年末)(?:个人住房贷款率|个贷率)" + _BE), "owed", "held"),
    ),
)
"""《关于健全住房公积金信息披露制度的通知》（建金〔2015〕26号）"""

FORMS = (SETTLEMENT, HOUSING_FUND)
_UNITS_OF_RATES = frozenset({"%", "％", "‰"})


def accounts(context: Context) -> Iterator[Relation]:
    """The accounts of the forms that a document is."""
    for form in FORMS:
        if form.word in context.text:
            terms = _terms(form, context)
            for account in form.accounts:
                yield from _kept(account, terms, context.text)


def account_rates(context: Context) -> Iterator[Relation]:
    """The rates of the forms that a document is."""
    for form in FORMS:
        terms = _terms(form, context) if form.rates and form.word in context.text else {}
        for stream in streams(context) if terms else ():
            for place in stream.places if not stream.in_table else ():
                if place.fact.kind != "rate" or place.quantity.unit not in _UNITS_OF_RATES or place.quantity.bound != "=":
                    continue
                for name, above, below in form.rates:
                    if above in terms and below in terms and name.search(bare(place.clause)):
                        roles = {"rate": (place.fact.id,), "num": (terms[above].id,), "den": (terms[below].id,)}
                        need = iv.ratio(interval_of(terms[above]), interval_of(terms[below]))
                        sure = need is not None and mends(place.quantity, iv.scaled(iv.percent(need), 1 / factor(place.quantity)))
                        yield Relation(type="ratio", roles=roles, certain=sure or fits(place.fact, [terms[above]], [terms[below]]))


def _kept(account: Account, terms: Mapping[str, Fact], text: str) -> Iterator[Relation]:
    total, parts = terms.get(account.total), [terms.get(name) for name in account.parts]
    known = [part for part in parts if part is not None]
    if total is None or len(known) < len(parts):
        return
    known += [terms[name] for name in account.more if name in terms]
    # what also belongs to it is spoken of, and its amount is not told
    missing = not any(name in terms for name in account.more) and bool(account.doubts) and re.search(account.doubts, text) is not None
    sure = holds(total, known) or (not missing and mended(total.quantity, [part.quantity for part in known]))
    roles = {"total": (total.id,), "parts": tuple(part.id for part in known)}
    yield Relation(type="sum", roles=roles, certain=sure, note=account.note, note_en=account.note_en)


def _terms(form: Form, context: Context) -> dict[str, Fact]:
    """The amounts of a form by their names; a name with several amounts is left out."""
    found: dict[str, list[Fact]] = {}
    for stream in streams(context):
        for place in stream.places if not stream.in_table else ():
            if _amount(place.quantity) and place.fact.kind in ("level", "target"):
                words = _words(place, stream.places)
                for name, pattern in form.terms.items():
                    if pattern.search(words):
                        found.setdefault(name, []).append(place.fact)
    return {name: facts[0] for name, facts in found.items() if len({fact.quantity.value for fact in facts}) == 1}


def _amount(quantity: Quantity) -> bool:
    return quantity.dimension == "money" and quantity.bound == "=" and quantity.value is not None


def _words(place: Place, places: Sequence[Place]) -> str:
    """The words that name an amount; of the second of two (14.62万笔、412.36亿元) those that name the first."""
    words = bare(place.clause)
    return bare(places[place.at - 1].clause) if not words and place.at and place.lead in ("、", "，") else words
