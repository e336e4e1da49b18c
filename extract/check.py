"""The stage that verifies: what do the numbers of a document promise each other, and do they keep it?

``check`` runs the rules of ``checks/`` over a document. A rule (one file there, declared as ``CHECK``) has a *finder*:
a function from a :class:`~extract.relations.Context` to :class:`~extract.relations.Relation` values. The contract of a
finder:

- It yields every relation that the text means, those that hold too: an auditor wants to see what was verified.
- It names facts by id in the roles of the relation's type, and never judges; the shared judge does the arithmetic
  with the tolerance of :mod:`extract.intervals`. Facts of one relation have comparable units; the finder sees to that.
- ``certain=False`` marks what the text only may mean: a relation in doubt that fails becomes ``review`` and is not
  reported. In doubt about the doubt, leave it out: an error that is none costs more than ten found ones earn.
- It is near-linear: it walks an index of the context (sentences, blocks, cells, names), never all pairs of facts.
- It reads words from ``context.text`` by span, knows no document's names, and may share work through
  :func:`~extract.relations.once`.

The engine drops doubles (the same type over the same facts; the graver rule wins, then the order of codes), judges, and
puts failing relations that one wrong number explains into one finding with the edit that mends them all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import localcontext
from functools import cache, partial
from itertools import pairwise
from typing import cast

from extract.checks._belief import DOUBTED, belief
from extract.checks._cause import Cause, Found, Judged, causes, is_equation
from extract.checks._consequences import Consequences
from extract.checks._cut import NOTE, at_edge
from extract.checks._decision import Decisions
from extract.checks._evidence import backed, convincing, doubted, with_value
from extract.checks._judge import Judgement, judge
from extract.checks._message import messages
from extract.checks._misread import misread
from extract.errors import KnowledgeError
from extract.fingerprints import distinct, fingerprint
from extract.intervals import CONTEXT
from extract.knowledge import discover
from extract.phrases import in_lang
from extract.relations import CheckRule, Context, Proposer, Relation, Together, context_of, corrected, forget
from extract.types import RECOGNISED, Check, Document, Fact, Finding, Indicator, Link, Severity, Span, Verdict
from extract.units import is_additive

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@cache
def check_rules() -> tuple[CheckRule, ...]:
    """All rules of ``checks/``, those on trial too, in the order of their codes.

    Raises:
        KnowledgeError: two rules share a code.
    """
    rules = sorted(cast(tuple[CheckRule, ...], discover("extract.checks", "CHECK")), key=lambda rule: rule.code)
    for first, second in pairwise(rules):
        if first.code == second.code:
            raise KnowledgeError(f"{first.find.__module__}, {second.find.__module__}", f"code {first.code} is used twice")
    return tuple(rules)


def check(
    document: Document,
    facts: Collection[Fact],
    links: Collection[Link],
    *,
    catalogue: Mapping[str, Indicator] | None = None,
    reported: Collection[Link] = (),
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    extend_select: Collection[str] = (),
    proposer: Proposer | None = None,
) -> tuple[tuple[Check, ...], tuple[Finding, ...]]:
    """The relations that were looked at, each with its verdict, and what is wrong; both in the order of the text.

    Which rules run is said by :func:`chosen`. What a rule on trial (``preview``) finds is a remark, whatever severity the
    rule will have, and takes no part in the search for the causes of what the others find. ``catalogue`` maps ids to
    indicators, for the checks that need formulas or directions; ``reported`` are the links of slices to what their wholes
    measure, where they differ from ``links``. What a ``proposer`` adds comes last, as far as it holds; no finding rests on it.
    """
    with localcontext(CONTEXT):
        context = context_of(document, tuple(facts), tuple(links), catalogue, tuple(reported))
        rules = chosen(select, ignore, extend_select)

        def again(corrected: Context) -> Iterator[Found]:
            asked = (rule for rule in rules if rule.equation and not rule.preview and rule.severity != "info")
            return ((rule, relation) for rule in asked for relation in rule.find(corrected))

        return _run(((rule, relation) for rule in rules for relation in rule.find(context)), context, rules, proposer, again)


def chosen(select: Collection[str] = (), ignore: Collection[str] = (), extend_select: Collection[str] = ()) -> list[CheckRule]:
    """The rules that run: those whose code begins with a string of ``select`` (all, if it is empty) or of ``extend_select``, without
    those of ``ignore``.

    Rules on trial come last, the graver rules first: of two that find one relation the first is believed.

    The longer beginning decides (``select`` S201 against ``ignore`` S), and ``ignore`` between equals. Rules ``on_request``
    run where their full code is selected.
    """
    wanted = (*select, *extend_select, *(() if select else ("",)))
    wanted_rules = (
        rule for rule in check_rules() if (not rule.on_request or rule.code in wanted) and _longest(rule.code, wanted) > _longest(rule.code, ignore)
    )
    return sorted(wanted_rules, key=lambda rule: (rule.preview, _SEVERITIES.index(rule.severity)))


def _longest(code: str, beginnings: Collection[str]) -> int:
    """The length of the longest of the strings that the code begins with; −1 where it begins with none."""
    return max((len(beginning) for beginning in beginnings if code.startswith(beginning)), default=-1)


def check_across(together: Together, *, select: Collection[str] = (), ignore: Collection[str] = ()) -> tuple[tuple[Check, ...], tuple[Finding, ...]]:
    """What the numbers of documents that belong together promise each other, as :func:`check` tells it of one document.

    ``places`` of a finding are those of its facts, each in the document that the fact's id names.
    """
    with localcontext(CONTEXT):
        rules = ((rule, rule.across) for rule in chosen(select, ignore))
        found = ((rule, relation) for rule, across in rules if across is not None for relation in across(together))
        return _run(found, together.joint)


def _run(
    relations: Iterable[Found],
    context: Context,
    rules: Iterable[CheckRule] = (),
    proposer: Proposer | None = None,
    again: Callable[[Context], Iterator[Found]] | None = None,
) -> tuple[tuple[Check, ...], tuple[Finding, ...]]:
    found = _distinct(relations, context)
    placed = sorted((_first(relation, context), rule.code, key) for key, (rule, relation) in found.items())
    numbers = {key: n for n, (_, _, key) in enumerate(placed)}
    looked_at = [_look(n, *found[key], context) for key, n in numbers.items()]
    decisions = Decisions.of([one.judged for one in looked_at], context)
    findings: list[Finding] = []
    for preview in (False, True):
        own = [n for n, one in enumerate(looked_at) if one.rule.preview is preview]
        wrong = [_placed(cause, own) for cause in causes([looked_at[n].judged for n in own], context)]
        if again is not None and not preview:
            listed = {key for key, n in numbers.items() if looked_at[n].check.verdict != "review"}
            find = partial(_unlisted, again, listed)
            judged = [looked_at[n].judged for n in own]
            doubts = [_placed(cause, own) for cause in doubted(judged, context)]
            same = next((rule for rule in rules if rule.code == _CODES["same"]), None)
            wrong = _joined(wrong, looked_at, context)
            told = backed([*wrong, *doubts], context, find, same)
            sure = [cause for cause in told[len(wrong) :] if convincing(cause, [one.judged for one in looked_at], context)]
            wrong = [*told[: len(wrong)], *sure]
        exceeding = next((rule for rule in rules if rule.code == _CODES["part"]), None)
        consequences = Consequences.of([(one.rule, one.judged) for one in looked_at], exceeding, context) if wrong and not preview else None
        for cause in wrong:
            cause, broken = consequences.under(cause) if consequences is not None else (cause, [])
            said = {frozenset(looked_at[n].judged.members) for n in cause.failing}
            tacit = [one for one in cause.tacit if not any(_members(one[1]) <= members for members in said)]
            for rule, relation in (*tacit, *broken):
                n = numbers.setdefault(_key(relation), len(looked_at))
                if n == len(looked_at):
                    looked_at.append(_look(n, rule, relation, context, known=(rule, relation) in broken))
            backing = (*cause.backing, *(numbers[_key(relation)] for _, relation in tacit))
            cause = replace(cause, backing=tuple(dict.fromkeys(backing)))
            also = [n for _, relation in broken if (n := numbers[_key(relation)]) not in cause.backing]
            findings.append(_finding(cause, looked_at, context, also=also, decision=decisions.hangs_on(cause)))
    findings.sort(key=lambda finding: (finding.places, finding.code, finding.fingerprint))
    checks = [one.check for one in looked_at]
    if proposer is not None:
        forget(context)
        checks += _proposed(proposer, rules, [one.judged for one in looked_at], numbers.keys(), context)
    return tuple(checks), tuple(_numbered(findings))


def _joined(wrong: Sequence[Cause], looked_at: Sequence[_Looked], context: Context) -> list[Cause]:
    """The causes, what only its own finder can judge (``implied``) put under the number with whose correction the finder finds it to hold."""
    repairs = {cause.repair.fact: (n, cause.repair.value) for n, cause in enumerate(wrong) if cause.repair is not None}
    under: dict[int, int] = {}
    for n, cause in enumerate(wrong):
        one = looked_at[cause.failing[0]]
        if one.judged.relation.type == "implied" and (fact := next((i for i in one.judged.members if i in repairs), None)) is not None:
            under[n] = repairs[fact][0]
    if not under:
        return list(wrong)
    right = corrected(context, {fact: with_value(context.by_id[fact], value) for fact, (n, value) in repairs.items() if n in under.values()})
    rules = {one.rule.code: one.rule for one in (looked_at[wrong[n].failing[0]] for n in under)}
    holding = {_key(relation) for rule in rules.values() for relation in rule.find(right) if relation.holds}
    moved = {n for n in under if _key(looked_at[wrong[n].failing[0]].judged.relation) in holding}
    joined: dict[int, list[int]] = {}
    for n in sorted(moved):
        joined.setdefault(under[n], []).extend(wrong[n].failing)
    return [replace(cause, failing=(*cause.failing, *joined.get(n, ()))) for n, cause in enumerate(wrong) if n not in moved]


def _unlisted(find: Callable[[Context], Iterator[Found]], listed: Collection[_Key], context: Context, facts: Collection[str]) -> list[Found]:
    """The relations of these facts that are not listed."""
    found = (one for one in find(context) if any(i in facts for ids in one[1].roles.values() for i in ids))
    return [one for key, one in _distinct(found, context).items() if key not in listed]


def _distinct(relations: Iterable[Found], context: Context) -> dict[_Key, Found]:
    """The relations without doubles and without sums of what does not add up, by what makes them the same one."""
    found: dict[_Key, Found] = {}
    for rule, relation in relations:
        if relation.type in ("sum", "part") and not _adds_up(relation, context):
            continue
        key = _key(relation)
        known = found.get(key)
        if known is None or (relation.certain and not known[1].certain):
            found[key] = rule, relation
    for key in tuple(_said_twice(found)):
        del found[key]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """A relation that was looked at, the rule that found it, and what came of it."""

    rule: CheckRule
    judged: Judged
    check: Check


def _look(n: int, rule: CheckRule, relation: Relation, context: Context, *, known: bool = False) -> _Looked:
    """The relation with what is to be held of it; of one that is ``known`` to fail there is no doubt."""
    judgement = judge(relation, context)
    if judgement.verdict == "fail" and rule.severity != "info" and at_edge(relation, context):
        judgement = replace(judgement, verdict="not_assessable", note=NOTE)
    if judgement.verdict == "fail" and not known:
        believed = belief(relation, context)
        judgement = replace(judgement, belief=believed)
        if believed in ("doubtful", "misread"):
            judgement = replace(judgement, verdict="review", note=DOUBTED)
    elif judgement.verdict == "review" and is_equation(relation) and misread(relation, context):
        judgement = replace(judgement, belief="misread")
    judged = Judged(relation=relation, judgement=judgement, rank=(_SEVERITIES.index(_severity(rule, relation, judgement, context)), n))
    return _Looked(rule=rule, judged=judged, check=_check(f"c{n + 1}", rule, relation, judgement))


def _placed(cause: Cause, own: Sequence[int]) -> Cause:
    """The cause with the numbers that its relations have among all."""

    def among(numbers: Iterable[int]) -> tuple[int, ...]:
        return tuple(own[n] for n in numbers)

    corrections = tuple(replace(one, backing=among(one.backing)) for one in cause.corrections)
    return replace(cause, failing=among(cause.failing), backing=among(cause.backing), corrections=corrections)


def _adds_up(relation: Relation, context: Context) -> bool:
    """Whether the members of a whole are of a sort that adds up; of gusts and temperatures a part may exceed the whole, points of a
    table add up whatever they are given for (人均补助标准, 7分)."""
    members = (context.by_id[i] for ids in relation.roles.values() for i in ids)
    return all(is_additive(fact.quantity, "" if fact.kind in _POINTS and fact.cell is not None else fact.mention.text) for fact in members)


_POINTS = ("score", "max_score")
_CODES = {"same": "D101", "sum": "S201", "part": "S202", "diff": "S206", "ratio": "R301", "growth": "G351", "target": "T401"}


def _proposed(proposer: Proposer, rules: Iterable[CheckRule], judged: list[Judged], listed: Collection[_Key], context: Context) -> list[Check]:
    """The relations that the rules do not list, in the order of the text: each under the rule that checks its kind."""
    by_code = {rule.code: rule for rule in rules}
    known = [one.reading for one in judged if one.judgement.verdict != "review"]
    checks: list[Check] = []
    for relation in sorted(proposer.propose(context, known), key=lambda relation: _first(relation, context)):
        rule = by_code.get(_CODES[relation.type])
        if rule is None or _key(relation) in listed:
            continue
        judgement = judge(relation, context)
        if judgement.verdict == "pass":
            checks.append(replace(_check(f"c{len(judged) + len(checks) + 1}", rule, relation, judgement), by=proposer.by))
    return checks


_Key = tuple[str, tuple[tuple[str, tuple[str, ...]], ...], tuple[Span, ...]]


def _key(relation: Relation) -> _Key:
    """What makes two relations the same one: the type and who takes which part in it."""
    roles = {role: tuple(sorted(ids)) for role, ids in relation.roles.items() if ids}
    return relation.type, tuple(sorted(roles.items())), relation.places if not roles else ()


def _said_twice(found: Mapping[_Key, tuple[CheckRule, Relation]]) -> Iterator[_Key]:
    """Of two relations of the same three numbers or more that are one promise the doubtful one, else the second of these: one with an
    arithmetic of its own and one ``implied``, a difference and the sum that it turns round."""
    judged = {_members(relation): key for key, (_, relation) in found.items() if relation.type != "implied"}
    differences = {_members(relation): key for key, (_, relation) in found.items() if relation.type == "diff"}
    for key, (_, relation) in found.items():
        members = _members(relation)
        twins = judged if relation.type == "implied" else differences if relation.type == "sum" else {}
        twin = twins.get(members) if len(members) > 2 else None
        if twin is not None:
            yield twin if relation.certain and not found[twin][1].certain else key


def _members(relation: Relation) -> frozenset[str]:
    """The ids of all facts that take part, whatever their roles."""
    return frozenset(i for ids in relation.roles.values() for i in ids)


def _first(relation: Relation, context: Context) -> tuple[int, int]:
    ranks = [context.by_id[i].quantity.span.start for ids in relation.roles.values() for i in ids]
    ranks += [place.start for place in relation.places]
    return min(ranks, default=0), max(ranks, default=0)


_MISREAD = ("（其中有图像识别得来的数字，请先与原件核对）", " (numbers of it were recognised in a picture: compare them with the original first)")


def _recognised(ids: Iterable[str], context: Context) -> bool:
    """Whether a number was read off a picture: what does not fit may be a misread digit."""
    return any(RECOGNISED in context.by_id[i].makers for i in ids)


def _severity(rule: CheckRule, relation: Relation, judgement: Judgement, context: Context) -> Severity:
    if rule.preview or _recognised(_members(relation), context):
        return "info"
    return "warning" if (judgement.mild or judgement.belief != "sure") and rule.severity == "error" else rule.severity


_SEVERAL = frozenset({"facts", "parts", "less", "num", "den"})
"""Roles that hold several facts; every other role holds one."""


def _check(identity: str, rule: CheckRule, relation: Relation, judgement: Judgement) -> Check:
    roles: dict[str, str | tuple[str, ...]] = {role: ids if role in _SEVERAL else ids[0] for role, ids in judgement.roles.items() if ids}
    if relation.items is not None:
        roles["items"] = str(relation.items)
    if relation.listed is not None:
        roles["list"] = relation.listed
    if relation.claim:
        roles["claim"] = relation.claim
    verdict: Verdict = judgement.verdict
    own = not judgement.note or (relation.note and judgement.note not in (NOTE, DOUBTED))
    return Check(
        id=identity,
        code=rule.code,
        type=relation.type,
        roles=roles,
        verdict=verdict,
        arithmetic=judgement.arithmetic,
        note=relation.note if own else judgement.note,
        arithmetic_en=relation.note_en if judgement.arithmetic == relation.note else "",
        note_en=relation.note_en if own else "",
        certain=relation.certain,
        decimals=relation.decimals,
        exact=relation.exact,
        firm=relation.firm,
        direction=relation.direction,
    )


def _finding(cause: Cause, looked_at: Sequence[_Looked], context: Context, *, also: Sequence[int] = (), decision: bool) -> Finding:
    """The finding of a cause; ``also`` are relations that it breaks and that weigh nothing."""
    weighing = [looked_at[n] for n in (*cause.failing, *cause.backing)]
    relations = [*weighing, *(looked_at[n] for n in also)]
    rule, lead = relations[0].rule, relations[0].judged
    facts = tuple(dict.fromkeys(i for one in relations for i in one.judged.members))
    places = sorted({context.by_id[i].quantity.extent for i in facts} | {p for one in relations for p in one.judged.relation.places})
    message, message_en = messages(lead.relation, lead.judgement, context)
    # What only backs the suspicion comes and goes with edits elsewhere; the finding stays the same one.
    broken = [looked_at[n] for n in cause.failing]
    claimed = dict.fromkeys(i for one in broken for i in one.judged.members)
    others = len(relations) - 1
    if others:
        codes = "、".join(dict.fromkeys(one.check.code for one in relations[1:]))
        message += f"；同一原因还使另外 {others} 处关系不成立（{codes}）"
        message_en += f"; the same cause breaks {others} more relation(s) ({codes})"
    if _recognised(facts, context):
        message, message_en = message + _MISREAD[0], message_en + _MISREAD[1]
    return Finding(
        id="",
        code=rule.code,
        severity=_severity(rule, lead.relation, _weighed(lead.judgement, len({frozenset(one.judged.members) for one in weighing})), context),
        checks=tuple(one.check.id for one in relations),
        facts=facts,
        places=tuple(places),
        message=message,
        message_en=message_en,
        arithmetic="；".join(dict.fromkeys(one.check.arithmetic for one in relations if one.check.arithmetic)),
        arithmetic_en="；".join(filter(None, dict.fromkeys(in_lang(one.check.arithmetic, one.check.arithmetic_en, "en") for one in relations))),
        repair=cause.repair,
        fingerprint=fingerprint((one.check.code for one in broken), (context.by_id[i] for i in claimed), places, context.document),
        decision=decision,
        preview=rule.preview,
    )


def _weighed(judgement: Judgement, relations: int) -> Judgement:
    """The judgement on a relation that stands in a finding with so many relations, of other numbers each: with others that one number
    breaks, it is sure."""
    doubted = judgement.verdict == "review"
    return replace(judgement, mild=judgement.mild or doubted, belief="sure" if relations > 1 or doubted else judgement.belief)


def _numbered(findings: list[Finding]) -> list[Finding]:
    return [replace(finding, id=f"x{n}") for n, finding in enumerate(distinct(findings), 1)]
