"""Which facts of several documents state one quantity: joined by name, unit, kind, subject, time and scope, never pair by pair.

A document counts from its own year, so times are made absolute first: 上年数 of the report on 2022 and the own figures of the
report on 2021 are of one time, and what was carried over at the end of 2021 is what 2022 opened with. In a budget document an
amount without other words is the opening budget, which a settlement has to call 年初预算.

Statements *agree* or *conflict* under one full key. Two that share their indicator but not all of the key (a scope that one of
them does not name, other words for it, several figures in one document) only ever come up for review.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

import regex

from extract import intervals as iv
from extract.checks._changes import changes
from extract.checks._changes.words import CONSTANT
from extract.checks._keys import NARROWING, REACHING, SCOPE, WIDER
from extract.checks._slips import LONG, significant, slip_of_pen
from extract.checks._values import EVERYTHING, interval_of, middle
from extract.checks._words import alike, bare, unit_family
from extract.naming import core, stem
from extract.phrases import chinese
from extract.relations import Context, Relation, Together, once
from extract.types import Fact, Indicator, Interval

_LONG_NAME = 4
"""A name of so many characters is one thing's own: 应急演练, and not 罚款, which every part of a year's work has some of."""
NEAR = Decimal(1) / 3
"""Figures that differ by less than this share of the larger one may be one quantity: 48 and 52场, and not 79 and 14户."""
_TELLING = 2
"""A slip of the pen in a figure of so many digits tells, where the names are long."""
_REACH = 16

_FUNDS = {
    "一般公共预算": re.compile(r"一般公共预算(?:当年)?(?:财政)?(?:拨款)?|公共财政预算(?:财政)?(?:拨款)?"),
    "政府性基金": re.compile(r"政府性基金(?:预算)?(?:财政)?(?:拨款)?"),
    "国有资本经营": re.compile(r"国有资本经营(?:预算)?(?:财政)?(?:拨款)?"),
    "财政拨款": re.compile(r"(?<!非)(?<!非同级)财政拨款(?!\W{0,2}以外)"),
}
_FUND = re.compile("|".join(pattern.pattern for pattern in _FUNDS.values()))
_INITIAL = re.compile(r"年初(?:部门)?预算|年初批复|年初安排|年初下达|期初预算|年初数|部门预算数")
_FULL = re.compile(r"全年预算|调整后?的?预算|预算调整|调整后|调整数|追加|年度预算")
_PLANNED = re.compile(r"预算")
_SPENT = re.compile(r"决算|执行数|支出数|实际|完成数")
_CARRIED = re.compile(r"(?:结转|结余)")
_OPENED = re.compile(r"年初|期初|上年(?:结转|结余)|上年财政拨款(?:结转|结余)")
_CLOSED = re.compile(r"年末|期末|年底|(?:结转|结余)下年|结转至?下年|上年末")
_TIMES = re.compile(
    r"(?:19|20)\d\d年(?:度|底|末)?|上年(?:度|末|同期)?(?!度?结)|去年(?:同期)?|本年度?|当年|今年|全年度?|年初(?:部门)?|年末|年底|期初|期末|上期|本期"
)
_ASPECTS = re.compile(
    r"(?:全年|年度|调整后?的?|部门|本年|上年)?(?:预算(?:批复|安排|下达)?|决算|执行|支出决算)(?:数|金额|额)?(?:为|是)?|年初(?:批复|安排|下达)|实际(?=[^，]{2})"
)
_CARRYING = re.compile(r"年初|期初|年末|期末|年底|上年末?|下年|[和与及、]|使用$")
_ACCOUNT = regex.compile(
    r"基本支出|项目支出|人员经费(?:支出)?|公用经费(?:支出)?|三公经费(?:支出)?|因公出国[\p{IsHan}]{0,4}费|公务接待费|公务用车[\p{IsHan}]{2,10}费|会议费|培训费|"
    r"机关运行经费(?:支出)?|政府采购(?:支出)?(?:总额)?"
)
# 三公经费 are paid from budget appropriations by definition, whether a heading says so or not.
_THREE_PUBLIC = re.compile(r"三公[”\"]?经费|因公出国|公务接待|公务用车")
_WHOLE = re.compile(r"(?:本年)?(?:总?收入|总?支出)(?:合计|总计|总额)?")
_BUDGET_TITLE = re.compile(r"预算(?!执行|绩效|调整|支出绩效|管理)")
_NO_BUDGET_TITLE = re.compile(r"决算|绩效|自评|执行|审计|检查|总结|预算草案的?报告")
_OWN_ONLY = re.compile(r"[（(](?:局|厅|委|院|本|办)?本级[）)]|本级(?=20\d\d|部门|单位|[预决]算)")
_YEAR = re.compile(r"(?:19|20)\d\d")
REVISED = re.compile(r"年初(?:结转)?结?余?.{0,6}调整|调整年初|会计差错|以前年度.{0,8}(?:调整|收回)|收回(?:结转|结余|存量)")

_STATED = frozenset({"=", "≈", "<~", ">~"})

UNSAID = "一份文件注明了口径，另一份没有"
ALIKE = chinese("alike")
SEVERAL = chinese("several")


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact as it can be held against those of other documents.

    ``names`` are what it can be joined by, its words first; ``moment`` is its time with the year ("2021", "2021-01/2021-06");
    ``state`` tells a budget from what became of it; ``scope`` are the funds, the bodies and the reservations it is limited to.
    """

    fact: Fact
    document: int
    names: tuple[str, ...]
    moment: str
    state: str
    scope: frozenset[str]

    @property
    def words(self) -> str:
        return self.names[0]

    @property
    def interval(self) -> Interval:
        return interval_of(self.fact)


@dataclass(frozen=True, slots=True)
class Match:
    """One statement for each document that has one, of what is held to be one quantity; ``doubt`` says why it may not be, "" if it is."""

    statements: tuple[Statement, ...]
    doubt: str

    @property
    def slip(self) -> int | None:
        """The power of ten by which two of them are apart (T10)."""
        found = (iv.slip(a.interval, b.interval) for a, b in pairwise(self.statements))
        return next((k for k in found if k is not None), None)

    @property
    def relation(self) -> Relation:
        return Relation(type="same", roles={"facts": tuple(s.fact.id for s in self.statements)}, certain=not self.doubt, note=self.doubt)


Key = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """All statements of the documents: by the id of their fact, and by every key that they can be joined by."""

    by_fact: Mapping[str, Statement]
    by_key: Mapping[Key, Sequence[Statement]]


# --- what a fact states, and of which time ----------------------------------------------------------------------------


def is_budget(title: str) -> bool:
    """Whether a document of this title is a budget: its amounts are planned."""
    bare_title = _FUND.sub("", title) if "部门" in title else title
    return bool(_BUDGET_TITLE.search(bare_title)) and not _NO_BUDGET_TITLE.search(title)


def moment(period: str, year: str) -> str:
    """The time of a fact with its year, "" where it cannot be known; ``period`` as facts hold it, ``year`` of the document.

    The end of a year is the year: a level at the end of 2021 and a level of 2021 are one.
    """
    if period[:4].isdigit():
        return period[:4] if period[4:] in ("", "-12-31") else period
    if not year.isdigit():
        return ""
    known = {"": year, "年末": year, "上年": str(int(year) - 1), "上年末": str(int(year) - 1), "年初": f"{year}-01-01"}
    return known.get(period, "")


def year_before(when: str) -> str:
    """The same time one year earlier: 2021-01/2021-06 → 2020-01/2020-06."""
    return str(_YEAR.sub(lambda match: str(int(match[0]) - 1), when))


def _shifted(context: Context) -> dict[str, str]:
    """Levels of prose that the words around them put into the year before, by id; "" where they are of some time before."""
    found = {turn.before.fact.id: "" for turn in changes(context).turns}
    for change in changes(context).changes:
        if change.previous is not None and change.beside:
            known = re.search(r"同比|上年|去年", change.current.sentence.of(context.text))
            found[change.previous.id] = year_before(moment(change.current.period, context.document.about.year)) if known else ""
    return found


def _said_of(fact: Fact, context: Context) -> str:
    """The words that say what a figure is of: of a cell its row and column, of prose the end of what leads up to it."""
    if fact.cell is None:
        return bare(context.before(fact, fact.clause))[-_REACH:] + bare(fact.mention.text)
    table = context.document.tables[fact.cell.table]
    header = table.headers[fact.cell.column] if fact.cell.column < len(table.headers) else ()
    label = table.labels[fact.cell.row] if fact.cell.row < len(table.labels) else ()
    return bare("".join((*label, *header))) + bare(fact.mention.text)


def _scope(fact: Fact, said: str, context: Context) -> frozenset[str]:
    found = set(fact.qualifiers) & (SCOPE | NARROWING | REACHING)
    if _OWN_ONLY.search(context.document.about.title):
        found.add("本级")
    if fact.quantity.dimension == "money" and not _THREE_PUBLIC.search(said):
        around = " ".join(context.document.section_path(fact.section)[-1:])
        if fact.cell is not None:
            around += context.document.tables[fact.cell.table].title
        found |= {fund for fund, pattern in _FUNDS.items() if pattern.search(said)} or {
            fund for fund, pattern in _FUNDS.items() if pattern.search(bare(around))
        }
    if "一般公共预算" in found:
        found.discard("财政拨款")
    return frozenset(found)


def _state(fact: Fact, said: str, context: Context) -> str:
    """Whether an amount is planned, carried in, carried out, or (``""``) what came about."""
    if not _may_be_planned(fact):
        return ""
    words = _FUND.sub("", said)
    if _CARRIED.search(words):
        return "opening" if _OPENED.search(words) and not _CLOSED.search(words) else "closing" if _CLOSED.search(words) else "carried"
    if _SPENT.search(bare(fact.mention.text)):
        return ""
    if _INITIAL.search(words):
        return "initial"
    if _FULL.search(words):
        return "full"
    budget = is_budget(context.document.about.title)
    if _PLANNED.search(words):
        return "initial" if budget else "planned"
    return "initial" if budget and fact.period == "" else ""


def _may_be_planned(fact: Fact) -> bool:
    return fact.quantity.dimension == "money" and fact.kind == "level"


def _words(fact: Fact, context: Context) -> str:
    """The words that name what is measured, without times, funds, states and the names of the body."""
    text = bare(fact.mention.text)
    if SCOPE & set(fact.qualifiers):
        text = WIDER.sub("", text)
    if fact.quantity.dimension == "money":
        text = _ASPECTS.sub("", _TIMES.sub("", _FUND.sub("", text)))
        if _CARRIED.search(text):
            text = _CARRYING.sub("", text)
    about = context.document.about
    return stem(core(str(text), fact.kind, (about.org, about.region)))


_LAST_IDS: list[tuple[Mapping[str, Indicator], dict[str, str]]] = []
"""The catalogue last asked for, and what was found: it is the same one for all documents of a run."""


def _ids(together: Together) -> dict[str, str]:
    """Ids of the catalogue by the names and aliases of amounts of money that mean one indicator only."""
    catalogue = together.contexts[0].catalogue
    if not _LAST_IDS or _LAST_IDS[0][0] is not catalogue:
        _LAST_IDS[:] = [(catalogue, _unambiguous(catalogue))]
    return _LAST_IDS[0][1]


def _unambiguous(catalogue: Mapping[str, Indicator]) -> dict[str, str]:
    known: dict[str, set[str]] = {}
    for identity, entry in catalogue.items():
        if entry.dimension == "money":
            for name in (entry.name, *entry.aliases):
                known.setdefault(stem(core(bare(name))), set()).add(identity)
    return {name: next(iter(ids)) for name, ids in known.items() if len(ids) == 1}


@once
def joined(together: Together) -> Joined:
    """Everything that the documents state and that can be held against each other, in one pass."""
    return _join(together, lambda fact, context: True)


@once
def _balances(together: Together) -> Joined:
    """The same of what was carried in or out."""
    return _join(together, lambda fact, context: _may_be_planned(fact) and _state(fact, _said_of(fact, context), context) in ("opening", "closing"))


def _join(together: Together, wanted: Callable[[Fact, Context], bool]) -> Joined:
    by_fact: dict[str, Statement] = {}
    by_key: dict[Key, list[Statement]] = {}
    for number, context in enumerate(together.contexts):
        shifted = _shifted(context)
        for fact in context.facts:
            if fact.kind == "other" or fact.quantity.interval == EVERYTHING or not wanted(fact, context):
                continue
            if fact.antecedent and not fact.subject and fact.kind not in ("growth", "delta"):
                # a part of something, told without a name of its own
                continue
            statement = _statement(fact, number, context, shifted, _ids(together))
            if statement is not None:
                by_fact[fact.id] = statement
                for key in _keys(statement):
                    by_key.setdefault(key, []).append(statement)
    return Joined(by_fact, by_key)


def _statement(fact: Fact, number: int, context: Context, shifted: Mapping[str, str], ids: Mapping[str, str]) -> Statement | None:
    quantity = fact.quantity
    if not unit_family(quantity) and fact.kind not in ("score", "max_score", "rate"):
        return None
    said = _said_of(fact, context)
    state = _state(fact, said, context)
    year = context.document.about.year
    when = shifted.get(fact.id, moment("" if fact.kind in ("growth", "delta") and fact.period == "上年" else fact.period, year))
    if fact.period == "年初" and state not in ("opening", "closing", "carried") and (quantity.dimension == "money" or fact.kind == "rate"):
        # 年初预算 is of the whole year, and so is what was carried out of it
        when = year
    if state in ("opening", "closing"):
        # both are dated by the year they open or close
        when = year_before(year) if state == "closing" and ("上年" in said or fact.period == "上年末") and year.isdigit() else moment("", year)
        if fact.period[:4].isdigit() and fact.period[4:] == "-12-31":
            when = fact.period[:4]
    words = _words(fact, context)
    link = context.links.get(fact.id)
    linked = link.indicator_id if link is not None and link.indicator_id and state == "" else ids.get(words, "")
    if state in ("opening", "closing", "carried"):
        linked = ""
    scope = _scope(fact, said, context)
    if not words and state in ("initial", "full"):
        # 年初预算 alone: of all spending, or of that from appropriations only
        words, scope = "支出", scope | {"未写明"}
    names = tuple(name for name in (words, linked) if name)
    return Statement(fact, number, names, when, state, scope) if when and words else None


def whose(statement: Statement) -> str:
    """The subject that a statement is joined by; "" where it is the document's own, or says again what is measured."""
    subject = statement.fact.subject
    return "" if subject and (alike(subject, statement.fact.mention.text) or subject in statement.names) else subject


def _keys(statement: Statement) -> Iterator[Key]:
    fact = statement.fact
    state = "planned" if statement.state == "initial" else statement.state
    measure = (unit_family(fact.quantity), fact.quantity.dimension, fact.kind, whose(statement), f"{statement.moment}|{state}")
    for name in statement.names:
        yield (name, *measure)


# --- what is stated in several documents ------------------------------------------------------------------------------


@once
def matches(together: Together) -> tuple[Match, ...]:
    """Quantities that several documents state, whether they agree or not."""
    found: list[Match] = []
    told: set[str] = set()
    for key, statements in sorted(joined(together).by_key.items(), key=lambda item: (item[0][0] not in together.contexts[0].catalogue) * -1):
        by_document: dict[int, list[Statement]] = {}
        for statement in statements:
            by_document.setdefault(statement.document, []).append(statement)
        if len(by_document) < 2:
            continue
        by_words = key[0] not in together.contexts[0].catalogue
        for match in _matched(by_document):
            if by_words or any(s.fact.id not in told for s in match.statements):
                found.append(match)
                told.update(s.fact.id for s in match.statements)
    return tuple(found)


def _matched(by_document: Mapping[int, Sequence[Statement]]) -> Iterator[Match]:
    exact: dict[tuple[frozenset[str], str], dict[int, list[Statement]]] = {}
    for number, statements in by_document.items():
        for s in statements:
            exact.setdefault((s.scope, s.state), {}).setdefault(number, []).append(s)
    left: list[list[Statement]] = []
    for one in exact.values():
        if len(one) > 1:
            match = _match(list(one.values()), "")
            if match is not None:
                yield match
        else:
            left.extend(one.values())
    known = {s.document for one in exact.values() if len(one) > 1 for (first, *_) in one.values() for s in [first]}
    for first, second in pairwise(sorted(left, key=lambda statements: statements[0].document)):
        a, b = first[0], second[0]
        if a.document != b.document and not {a.document, b.document} <= known and _unsaid(a, b):
            match = _match([first, second], UNSAID)
            if match is not None:
                yield match


def _unsaid(a: Statement, b: Statement) -> bool:
    """Whether two scopes or states may be one: all that tells them apart is that one is not said."""
    states = {a.state, b.state}
    return (
        (a.scope <= b.scope or b.scope <= a.scope) and (len(states) == 1 or states == {"initial", "planned"}) and not NARROWING & (a.scope ^ b.scope)
    )


def _match(documents: Sequence[Sequence[Statement]], doubt: str) -> Match | None:
    """What each document states: where one contradicts itself, what agrees with another one, else in doubt."""
    chosen: list[Statement] = []
    several = []
    for statements in documents:
        sharpest = min(statements, key=_width)
        if all(iv.agree(sharpest.interval, s.interval) for s in statements):
            chosen.append(sharpest)
        else:
            several.append(statements)
    for statements in several:
        fitting = next((s for s in statements if all(iv.agree(s.interval, other.interval) for other in chosen)), None)
        chosen.append(fitting or statements[0])
        if fitting is None:
            doubt = doubt or SEVERAL
    chosen.sort(key=lambda s: s.document)
    if _agree(chosen):
        return Match(tuple(chosen), doubt)
    if doubt:
        # 检查 is said of too many things for two figures of it to be a question
        telling = all(near(a, b) and (named_alike(a) or (a.names == b.names and len(a.names) > 1)) for a, b in pairwise(chosen))
        return Match(tuple(chosen), doubt) if telling else None
    if not all(_sure(a, b) for a, b in pairwise(chosen)):
        if not all(alike(a.words, b.words) and len(min(a.words, b.words, key=len)) >= _LONG_NAME for a, b in pairwise(chosen)):
            return None
        doubt = ALIKE
    return Match(tuple(chosen), doubt)


def _width(statement: Statement) -> tuple[bool, object, object]:
    a = statement.interval
    wide = a.low is None or a.high is None
    return wide, 0 if a.low is None or a.high is None else a.high - a.low, statement.fact.quantity.span


def _agree(statements: Sequence[Statement]) -> bool:
    return iv.common(s.interval for s in statements) is not None and all(iv.agree(a.interval, b.interval) for a, b in pairwise(statements))


def _sure(a: Statement, b: Statement) -> bool:
    """Whether two statements with one key surely mean one quantity, though their values differ.

    Accounts do, under the same words. Of other things the figures must be one slip of the pen apart, the longer the less the names
    tell; or be near each other under one long name. Changes and shares have one figure for every branch of the work: a slip.
    """
    if a.words != b.words:
        return _slipped(a, b, LONG if alike(a.words, b.words) else LONG + 1)
    if is_account(a):
        return True
    if a.fact.kind in ("growth", "delta", "rate") or not named_alike(a):
        return _slipped(a, b, LONG)
    return near(a, b)


def near(a: Statement, b: Statement) -> bool:
    """Whether two figures, neither of them a bare limit, differ by less than :data:`NEAR`, or by one slip of the pen."""
    x, y = middle(a.fact.quantity), middle(b.fact.quantity)
    if x is None or y is None or not {a.fact.quantity.bound, b.fact.quantity.bound} <= _STATED:
        return False
    return abs(x - y) <= NEAR * max(abs(x), abs(y)) or _slipped(a, b, _TELLING)


def _slipped(a: Statement, b: Statement, length: int) -> bool:
    """Whether one slip of the pen leads from one figure to the other, both of at least ``length`` digits."""
    return min(len(significant(a.fact)), len(significant(b.fact))) >= length and bool(slip_of_pen(a.fact, b.fact))


def named_alike(statement: Statement) -> bool:
    """Whether the words of a statement are enough to know it by."""
    return len(statement.words) >= _LONG_NAME or is_account(statement)


def is_account(statement: Statement) -> bool:
    """Whether a statement is of an account of a budget or settlement, which a body has one of in a year: 公务接待费, 年初预算 of 支出."""
    if statement.fact.quantity.dimension != "money" or (statement.fact.subject and not _ACCOUNT.fullmatch(statement.fact.subject)):
        return False
    if statement.state in ("opening", "closing"):
        return True
    # 支出 alone may be that of any project; with its fund or as a budget it is the body's
    told = bool(statement.state or statement.scope)
    return _ACCOUNT.fullmatch(statement.words) is not None or (told and _WHOLE.fullmatch(statement.words) is not None)


# --- one year and the next --------------------------------------------------------------------------------------------


def grown(together: Together) -> Iterator[Relation]:
    """Changes on the year before whose earlier level another document states (T8)."""
    known = joined(together)
    for number, context in enumerate(together.contexts):
        for change in changes(context).changes:
            current = known.by_fact.get(change.current.id)
            if change.previous is not None or change.step is not None or current is None or change.change.quantity.dimension == "percentage_point":
                continue
            said = change.change.sentence.of(context.text)
            if "环比" in said:
                continue
            earlier = _earlier(current, number, known)
            if earlier is None:
                continue
            steady = not CONSTANT.search(said)
            known_by = named_alike(current) or (current.names == earlier.names and len(current.names) > 1)
            sure = change.sure and steady and current.words == earlier.words and known_by and near(current, earlier)
            note = "" if sure else chinese("constant_prices") if not steady else ALIKE
            roles = {"change": (change.change.id,), "current": (change.current.id,), "previous": (earlier.fact.id,)}
            yield Relation(type="growth", roles=roles, certain=sure, note=note)


def _earlier(current: Statement, number: int, known: Joined) -> Statement | None:
    """The level of the year before that another document states, under a key of ``current``.

    ``None`` where none does; where the own document states it too, so that it is checked there; and where either document has
    several figures under the key, for the change is then of one of several places or branches that no word tells apart.
    """
    before = replace(current, moment=year_before(current.moment))
    for key, key_before in zip(_keys(current), _keys(before), strict=True):
        now = [s for s in known.by_key.get(key, ()) if s.document == number]
        found = [s for s in known.by_key.get(key_before, ()) if s.scope == current.scope and s.state == current.state]
        if found:
            alone = _all_agree(found) and _all_agree([current, *now])
            return min(found, key=_width) if alone and all(s.document != number for s in found) else None
    return None


def carried(together: Together) -> Iterator[Relation]:
    """What a year opened with against what the year before closed with, in one document or in two."""
    known = _balances(together)
    for key, statements in known.by_key.items():
        openings = [s for s in statements if s.state == "opening"]
        if not openings or not openings[0].moment.isdigit():
            continue
        closing = (*key[:-1], f"{year_before(openings[0].moment)}|closing")
        closings = known.by_key.get(closing, ())
        for opening in openings[:1]:
            fitting = [s for s in closings if s.scope == opening.scope and s.fact.id != opening.fact.id]
            if not fitting:
                continue
            alone = _all_agree(openings) and _all_agree(fitting)
            text = together.contexts[opening.document].text
            sure = alone and not REVISED.search(text)
            yield Relation(
                type="same",
                roles={"facts": (fitting[0].fact.id, opening.fact.id)},
                certain=sure,
                note=chinese("carried_over") if sure else SEVERAL if not alone else chinese("opening_revised"),
            )


def _all_agree(statements: Sequence[Statement]) -> bool:
    sharpest = min(statements, key=_width)
    return all(iv.agree(sharpest.interval, s.interval) for s in statements)
