"""What else comes to hold once a number is put right: evidence for a cause, and for one of several possible ones.

Much that a text relates is listed only where it holds: a figure stated again under other words, a rest that is the difference of
two figures told elsewhere. Such relations are *tacit*: where the arithmetic fails the text may mean something else, so that
their finders keep silent. But a number that is proved wrong by something else took its tacit relations with it. So the finders are
run once more over the document with the number put right. Every relation of the number that then holds, and does not as the
text stands, backs the cause; the finding names it, and among several numbers that would explain a failure, the one with more
of them is to be edited. So does a figure elsewhere that is printed as the number should be, if it counts the same: words have to
say that it is the same one, the fewer the longer it is.

No finding rests on tacit relations alone. But two doubtful relations, or a doubtful and a tacit one, that have no number in common but
one, are of two kinds of arithmetic, and would both hold if one slip of the pen in that number were mended, are no accident:
:func:`doubted` and :func:`convincing`. A number of ``d`` significant digits has some ten slips for each of them; that one relation's
wanted value is among them happens to one in 10ᵈ⁻² doubtful relations by chance, that the other relation wants the same value to one
in 10ᵈ of these. Reports have a doubtful relation with such a slip in one of eight; with two digits and more it takes a few thousand
reports for one false pair, before words are asked to be alike.

Cost: a document without findings and without such doubts is read once, any other at most 1 + 2 :data:`ROUNDS` times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import regex

from extract import intervals as iv
from extract.checks._cause import Cause, Correction, Found, Judged, causes, is_equation
from extract.checks._judge import judge
from extract.checks._keys import by_value, in_sentence, owner, times_meet
from extract.checks._misread import misread
from extract.checks._prose import LEVELS, like
from extract.checks._slips import LONG, digits_that_tell
from extract.checks._words import alike, bigrams, core, unit_family
from extract.relations import CheckRule, Context, Relation, corrected
from extract.types import Fact, Verdict

ROUNDS = 3
"""So many corrections of a cause are tried."""
MANY = 40
"""With more causes than this in a document the first ones are looked at."""
MOST_RESTATED = 3
"""So many places that state what a number should be are quoted."""
_NOUN = regex.compile(r"\p{Han}{2,4}")
_ANYTHING = frozenset(("方面", "问题", "环节", "阶段", "重点", "措施", "任务", "工作", "以上", "以下", "左右", "时间", "部分"))
"""What is counted again and again without being the same."""
_UNNAMED = re.compile(r"(?:合计|共计|总计)?")
LARGE = 20_000
"""A document of more facts than this (a workbook of a province) is read once only."""

Find = Callable[[Context, Collection[str]], Iterable[Found]]
"""The relations that the rules find in a context of these facts."""


def backed(told: Sequence[Cause], context: Context, find: Find, same: CheckRule | None = None) -> list[Cause]:
    """The causes, each with the tacit relations that its most telling correction makes hold; ``same`` is the rule under which a
    figure that stands elsewhere as it should stand here is told."""
    if len(context.facts) > LARGE:
        return list(told)
    tried = [_worth_trying(cause, context) if n < MANY else () for n, cause in enumerate(told)]
    waiting = [(n, turn) for n, corrections in enumerate(tried) for turn in range(len(corrections))]
    came: dict[tuple[int, int], list[Found]] = {}
    while waiting:
        values: dict[str, Decimal] = {}
        of: dict[str, tuple[int, int]] = {}
        for n, turn in tuple(waiting):
            # a number that was given a value by another correction waits for the next reading
            if not any(i in values for i in tried[n][turn].facts):
                values.update(dict.fromkeys(tried[n][turn].facts, tried[n][turn].value))
                of.update(dict.fromkeys(tried[n][turn].facts, (n, turn)))
                waiting.remove((n, turn))
        for found in _coming(context, values, find):
            told_by = sorted({of[i] for i in _members(found[1]) if i in of})
            # what two corrections of one cause make hold together tells for neither
            if len({n for n, _ in told_by}) == len(told_by):
                came.setdefault(told_by[0], []).append(found)
        if same is not None:
            for n, turn in dict.fromkeys(of.values()):
                here = came.setdefault((n, turn), [])
                here += [(same, relation) for relation in _restated(tried[n][turn], here, context)]
    return [_chosen(cause, tried[n], [came.get((n, turn), []) for turn in range(len(tried[n]))]) for n, cause in enumerate(told)]


def doubted(judged: Sequence[Judged], context: Context) -> list[Cause]:
    """What would explain doubtful equations: one slip of the pen in a number of two digits and more that no failing relation touches."""
    failing = {i for one in judged if one.judgement.verdict == "fail" for i in one.members}
    doubtful = {
        n
        for n, one in enumerate(judged)
        if one.judgement.verdict == "review" and one.judgement.belief != "misread" and is_equation(one.relation) and failing.isdisjoint(one.members)
    }
    if not doubtful:
        return []
    tried: list[Judged] = []
    for n, one in enumerate(judged):
        # a failing relation is another cause's, and must neither be explained here nor stand in the way
        verdict: Verdict = "fail" if n in doubtful else "review" if one.judgement.verdict == "fail" else one.judgement.verdict
        tried.append(one if verdict == one.judgement.verdict else replace(one, judgement=replace(one.judgement, verdict=verdict)))
    found = causes(tried, context)
    return [replace(cause, backing=()) for cause in found if any(one.typo and _telling(one, context) for one in cause.corrections[:ROUNDS])]


def convincing(cause: Cause, judged: Sequence[Judged], context: Context) -> bool:
    """Whether independent equations of two kinds come to hold with the correction of what is doubted."""
    correction = next((one for one in cause.corrections if one.repair == cause.repair), None)
    if correction is None or not correction.typo or not _telling(correction, context):
        return False
    facts = set(correction.facts)
    relations = [judged[n].relation for n in cause.failing] + [relation for _, relation in cause.tacit]
    kinds: set[str] = set()
    used: set[str] = set()
    for relation in relations:
        others = _members(relation) - facts
        if is_equation(relation) and others and used.isdisjoint(others):
            used |= others
            kinds.add(relation.type)
    return len(kinds) > 1


def with_value(fact: Fact, value: Decimal) -> Fact:
    """The fact with another number, of the same precision."""
    quantity = fact.quantity
    exact = quantity.interval.low == quantity.interval.high
    slack = iv.ZERO if exact else iv.half_unit(quantity.digits, quantity.scale)
    sign = "-" if quantity.digits.startswith("-") else ""
    digits = f"{sign}{abs(value / quantity.scale):.{iv.decimals_of(quantity.digits)}f}"
    interval = iv.around(value, slack)
    return replace(fact, quantity=replace(quantity, digits=digits, value=value, low=None, high=None, bound="=", interval=interval))


def _worth_trying(cause: Cause, context: Context) -> tuple[Correction, ...]:
    """The likeliest correction, and others whose value the document states elsewhere in the same unit."""
    failing = {i for one in cause.corrections for i in one.facts}
    others = (one for one in cause.corrections[1:] if _stated_elsewhere(one, failing, context))
    return tuple(one for one, _ in zip((*cause.corrections[:1], *others), range(ROUNDS), strict=False))


def _stated_elsewhere(correction: Correction, failing: set[str], context: Context) -> bool:
    stating = _stating(correction, context)
    told = _telling(correction, context) and any(_one_unit(fact, context.by_id[correction.facts[0]]) for fact in stating if fact.id not in failing)
    return told or any(_restates(fact, correction, context) for fact in stating)


def _stating(correction: Correction, context: Context) -> Sequence[Fact]:
    """The facts elsewhere that are printed as the number should be."""
    return [fact for fact in by_value(context).get(correction.value.normalize(), ()) if fact.id not in correction.facts][:MANY]


def _restated(correction: Correction, came: Sequence[Found], context: Context) -> list[Relation]:
    """The number with each fact that states elsewhere, of the same thing, what it should be, and that no finder tells."""
    known = {i for _, relation in came if relation.type == "same" for i in _members(relation)}
    stating = [fact for fact in _stating(correction, context) if fact.id not in known and _restates(fact, correction, context)]
    return [Relation(type="same", roles={"facts": (correction.facts[0], fact.id)}) for fact in stating[:MOST_RESTATED]]


def _restates(fact: Fact, correction: Correction, context: Context) -> bool:
    """Whether an equal figure is the same one: the longer it is, the less words have to say so."""
    mine = context.by_id[correction.facts[0]]
    if not _one_kind(fact, mine) or not _one_unit(fact, mine):
        return False
    if fact.cell is not None and mine.cell is not None and fact.cell.table == mine.cell.table and not (in_sentence(fact) or in_sentence(mine)):
        return False
    digits = _digits(correction.value, mine)
    if digits == 1 and len(fact.quantity.digits) == 1:
        one = _one_noun(fact, mine, context) or (fact.block != mine.block and _one_indicator(fact, mine, context))
        return one and fact.sentence != mine.sentence and times_meet(fact, mine, context)
    if fact.sentence == mine.sentence:
        return digits > LONG
    if fact.block == mine.block or not times_meet(fact, mine, context):
        return False
    if digits > LONG or (digits == LONG and any(_UNNAMED.fullmatch(one.mention.text) for one in (fact, mine))):
        return True
    if digits > 1 and _one_row(fact, mine):
        return True
    (words, name), (my_words, my_name) = _names(fact, context), _names(mine, context)
    # two names that are reported have words in common that tell nothing (死亡人数, 受伤人数)
    return any(_share(first, second, digits) for first, second in ((words, my_words), (words, my_name), (name, my_words)))


def _share(first: str, second: str, digits: int) -> bool:
    """Whether two names of an equal figure have so much in common that it is one, by how many digits it has."""
    shared, shorter = len(bigrams(first) & bigrams(second)), min(len(bigrams(first)), len(bigrams(second)))
    return shared > 0 if digits == LONG else 2 * shared >= shorter > 0


def _names(fact: Fact, context: Context) -> tuple[str, str]:
    """What a figure is called where it stands, and what it is reported under (剩余22条: 未整改隐患数)."""
    link = context.reported.get(fact.id) or context.links.get(fact.id)
    return core(fact.subject + fact.mention.text), core(link.name) if link is not None else ""


def _one_kind(a: Fact, b: Fact) -> bool:
    return {a.kind, b.kind} <= LEVELS or (a.kind == b.kind and a.kind in ("rate", "growth"))


def _one_indicator(a: Fact, b: Fact, context: Context) -> bool:
    """Whether both measure one indicator of the catalogue for the same subject."""
    name = context.name(a)
    return name in context.catalogue and name == context.name(b) and owner(a, context) == owner(b, context)


def _one_noun(a: Fact, b: Fact, context: Context) -> bool:
    """5个街镇中心, and 五个街镇的满意度: whether two counts are followed by one noun."""
    if a.cell is not None or b.cell is not None or a.quantity.dimension != "count" or a.quantity.unit != b.quantity.unit:
        return False
    first, second = (_NOUN.match(context.after(fact, fact.sentence)) for fact in (a, b))
    return first is not None and second is not None and bool(bigrams(first[0]) & bigrams(second[0]) - _ANYTHING)


def _one_row(a: Fact, b: Fact) -> bool:
    return a.cell is not None and b.cell is not None and (a.cell.table, a.cell.row) == (b.cell.table, b.cell.row)


def _one_unit(a: Fact, b: Fact) -> bool:
    """Whether two figures count the same things, or one stands in a table that does not say what it counts."""
    if unit_family(a.quantity) and unit_family(b.quantity):
        return like(a.quantity, b.quantity)
    bare = any(not unit_family(one.quantity) and one.cell is not None for one in (a, b))
    return like(a.quantity, b.quantity) if not bare else "ratio" not in (a.quantity.dimension, b.quantity.dimension)


def _telling(correction: Correction, context: Context) -> bool:
    """Whether the value has two significant digits and more."""
    return _digits(correction.value, context.by_id[correction.facts[0]]) > 1


def _coming(context: Context, values: Mapping[str, Decimal], find: Find) -> list[Found]:
    """The relations of the corrected numbers that hold with these values, and fail as the text stands."""
    if not values:
        return []
    right = corrected(context, {identity: with_value(context.by_id[identity], value) for identity, value in values.items()})
    coming: list[Found] = []
    for rule, relation in find(right, values):
        if relation.type in ("target", "implied", "count") or not relation.certain:
            continue
        holding = judge(relation, right)
        if holding.verdict != "pass":
            continue
        chosen = replace(relation, roles=holding.roles, others=())
        if judge(chosen, context).verdict == "fail" and not misread(chosen, context) and not _by_chance(chosen, values, context):
            coming.append((rule, chosen))
    return coming


def _by_chance(relation: Relation, values: Mapping[str, Decimal], context: Context) -> bool:
    """Whether equal figures prove nothing: zeros, and short ones of things that are called otherwise (死亡13人, 重伤13人)."""
    if relation.type != "same":
        return False
    members = sorted(_members(relation))
    if any(values.get(i) == 0 for i in members):
        return True
    digits = min((_digits(values[i], context.by_id[i]) for i in members if i in values), default=LONG)
    return digits < LONG and not all(_called_alike(a, b, digits, context) for a, b in pairwise(members))


def _called_alike(a: str, b: str, digits: int, context: Context) -> bool:
    """Whether two facts have words in common for what they are; of two digits and more, whether they are reported under one name."""
    whole = context.whole(context.by_id[a])
    return alike(context.title(a), context.title(b)) or (digits > 1 and bool(whole) and whole == context.whole(context.by_id[b]))


def _digits(value: Decimal, fact: Fact) -> int:
    """How many significant digits a value has where the fact prints it."""
    return len(digits_that_tell(f"{value / fact.quantity.scale:f}"))


def _chosen(cause: Cause, tried: Sequence[Correction], came: Sequence[Sequence[Found]]) -> Cause:
    """The cause with the correction that most independent equations come to hold with; as it is where several are as good."""
    if not tried:
        return cause
    strength = [_independent(one.facts, found) for one, found in zip(tried, came, strict=True)]
    for n, one in enumerate(tried[1:], 1):
        # 6 for 15 is no slip of the pen: that some 15 stands elsewhere is no evidence yet
        strength[n] = strength[n] if one.typo or strength[n] > 1 else 0
    best = max(range(len(tried)), key=lambda n: (strength[n], -n))
    unclear = cause.repair is None and strength.count(strength[best]) > 1
    if unclear or (cause.repair is None and not strength[best]):
        return cause
    correction = tried[best]
    return replace(cause, repair=correction.repair, backing=correction.backing, tacit=tuple(came[best]))


def _independent(facts: Sequence[str], found: Sequence[Found]) -> int:
    """How many of the equations have no number in common but the corrected one."""
    used: set[str] = set(facts)
    count = 0
    for _, relation in sorted(found, key=lambda one: len(_members(one[1]))):
        others = _members(relation) - set(facts)
        if is_equation(relation) and not others & used:
            used |= others
            count += 1
    return count


def _members(relation: Relation) -> set[str]:
    return {i for ids in relation.roles.values() for i in ids}
