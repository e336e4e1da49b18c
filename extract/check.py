"""The stage that verifies: what do the numbers of a document promise each other, and do they keep it?

``check`` runs the rules of ``checks/`` over a document. A rule (one file there, declared as ``CHECK``) has a *finder*:
a function from a :class:`~extract.relations.Context` to :class:`~extract.relations.Relation` values. The contract of a
finder:

- It yields every relation that the text means, those that hold too: an auditor wants to see what was verified.
- It names facts by id in the roles of the relation's type, and never judges; the shared judge does the arithmetic
  with the tolerance of CHECKS.md T1–T12. Facts of one relation have comparable units; the finder sees to that.
- ``certain=False`` marks what the text only may mean: a relation in doubt that fails becomes ``review`` and is not
  reported. In doubt about the doubt, leave it out: an error that is none costs more than ten found ones earn.
- It is near-linear: it walks an index of the context (sentences, blocks, cells, names), never all pairs of facts.
- It reads words from ``context.text`` by span, knows no document's names, and may share work through
  :func:`~extract.relations.once`.

The engine drops doubles (the same type over the same facts, the first rule in the order of codes wins), judges, and
puts failing relations that one wrong number explains into one finding with the edit that mends them all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import localcontext
from functools import cache
from hashlib import sha256
from itertools import pairwise
from typing import cast

from extract.checks._cause import Cause, Judged, causes
from extract.checks._judge import Judgement, figure, judge
from extract.checks._message import messages
from extract.errors import KnowledgeError
from extract.intervals import CONTEXT
from extract.knowledge import discover
from extract.relations import CheckRule, Context, Proposer, Relation, context_of
from extract.types import Check, Document, Fact, Finding, Indicator, Link, Severity, Span, Verdict

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@cache
def check_rules() -> tuple[CheckRule, ...]:
    """All rules of ``checks/``, previews too, in the order of their codes.

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
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    preview: bool = False,
    proposer: Proposer | None = None,
) -> tuple[tuple[Check, ...], tuple[Finding, ...]]:
    """The relations that were looked at, each with its verdict, and what is wrong; both in the order of the text.

    ``select`` keeps the rules whose code starts with one of its strings (all, if empty), ``ignore`` drops some of
    those; ``preview`` adds the rules on trial, as does the full code of one in ``select``. ``catalogue`` maps ids to
    indicators, for the checks that need formulas or directions. What a ``proposer`` adds comes last, as far as it holds;
    no finding rests on it.
    """
    with localcontext(CONTEXT):
        context = context_of(document, tuple(facts), tuple(links), catalogue)
        chosen = [
            rule
            for rule in check_rules()
            if (preview or not rule.preview or rule.code in select)
            and (not select or rule.code.startswith(tuple(select)))
            and not (ignore and rule.code.startswith(tuple(ignore)))
        ]
        return _run(chosen, context, proposer)


def _run(rules: list[CheckRule], context: Context, proposer: Proposer | None) -> tuple[tuple[Check, ...], tuple[Finding, ...]]:
    found: dict[_Key, tuple[CheckRule, Relation]] = {}
    for rule in rules:
        for relation in rule.find(context):
            key = _key(relation)
            known = found.get(key)
            if known is None or (relation.certain and not known[1].certain):
                found[key] = rule, relation
    placed = sorted((_first(relation, context), rule.code, key) for key, (rule, relation) in found.items())
    ordered = [found[key] for _, _, key in placed]
    judged: list[Judged] = []
    checks: list[Check] = []
    for n, (rule, relation) in enumerate(ordered):
        judgement = judge(relation, context)
        severity = _severity(rule, judgement)
        judged.append(Judged(relation=relation, judgement=judgement, rank=(_SEVERITIES.index(severity), n)))
        checks.append(_check(f"c{n + 1}", rule, relation, judgement))
    findings = [_finding(cause, judged, checks, ordered, context) for cause in causes(judged, context)]
    findings.sort(key=lambda finding: (finding.places, finding.code, finding.fingerprint))
    if proposer is not None:
        checks += _proposed(proposer, rules, judged, context)
    return tuple(checks), tuple(_numbered(findings))


_CODES = {"same": "D101", "sum": "S201", "diff": "S206", "ratio": "R301", "growth": "G351", "target": "T401"}


def _proposed(proposer: Proposer, rules: list[CheckRule], judged: list[Judged], context: Context) -> list[Check]:
    """The relations that the rules do not list, in the order of the text: each under the rule that checks its kind."""
    by_code = {rule.code: rule for rule in rules}
    known = [replace(one.relation, roles=one.judgement.roles) for one in judged if one.judgement.verdict != "review"]
    listed = {_key(one.relation) for one in judged}
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


def _first(relation: Relation, context: Context) -> tuple[int, int]:
    ranks = [context.by_id[i].quantity.span.start for ids in relation.roles.values() for i in ids]
    ranks += [place.start for place in relation.places]
    return min(ranks, default=0), max(ranks, default=0)


def _severity(rule: CheckRule, judgement: Judgement) -> Severity:
    return "warning" if judgement.mild and rule.severity == "error" else rule.severity


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
    return Check(
        id=identity,
        code=rule.code,
        type=relation.type,
        roles=roles,
        verdict=verdict,
        arithmetic=judgement.arithmetic,
        note=relation.note or judgement.note,
        certain=relation.certain,
    )


def _finding(cause: Cause, judged: list[Judged], checks: list[Check], ordered: list[tuple[CheckRule, Relation]], context: Context) -> Finding:
    lead = cause.failing[0]
    rule, relation = ordered[lead]
    judgement = judged[lead].judgement
    facts = tuple(dict.fromkeys(i for n in cause.failing for i in judged[n].members))
    places = sorted({context.by_id[i].quantity.extent for i in facts} | {p for n in cause.failing for p in judged[n].relation.places})
    message, message_en = messages(relation, judgement, context)
    others = len(cause.failing) - 1
    if others:
        codes = "、".join(dict.fromkeys(checks[n].code for n in cause.failing[1:]))
        message += f"；同一原因还使另外 {others} 处关系不成立（{codes}）"
        message_en += f"; the same cause breaks {others} more relation(s) ({codes})"
    return Finding(
        id="",
        code=rule.code,
        severity=_severity(rule, judgement),
        checks=tuple(checks[n].id for n in cause.failing),
        facts=facts,
        places=tuple(places),
        message=message,
        message_en=message_en,
        arithmetic="；".join(dict.fromkeys(judged[n].judgement.arithmetic for n in cause.failing if judged[n].judgement.arithmetic)),
        repair=cause.repair,
        fingerprint=_fingerprint(rule.code, facts, places, context),
    )


def _fingerprint(code: str, facts: tuple[str, ...], places: list[Span], context: Context) -> str:
    """A name of the finding that stays the same while text around it moves: its code, its words, its values."""
    quotes = sorted(f"{''.join(context.by_id[i].mention.text.split())}={figure(context.by_id[i].quantity)}" for i in facts)
    if not quotes:
        quotes = ["".join(place.of(context.text).split()) for place in places]
    return sha256("\n".join([code, *quotes]).encode()).hexdigest()[:16]


def _numbered(findings: list[Finding]) -> list[Finding]:
    return [replace(finding, id=f"x{n}") for n, finding in enumerate(findings, 1)]
