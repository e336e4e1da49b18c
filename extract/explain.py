"""How a fact or a finding came about, as a tree: what was read where, by which pattern and rule, and what followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.coverage import coverage
from extract.errors import ConfigurationError
from extract.phrases import in_lang
from extract.relations import CheckRule
from extract.types import Check, Fact, Finding, Interval, Report, Span, stated
from extract.writers import View
from extract.writers._arithmetic import arithmetic_of, message_of, note_of
from extract.writers._lines import Lines
from extract.writers._places import Places
from extract.writers._quote import Mark, Quoter
from extract.writers._rules import rule_name, rules
from extract.writers._style import Style
from extract.writers._values import as_written, indicator_name, links_by_fact, period_of, plain, reprinted, role_of, subject_of, with_unit
from extract.writers._words import aside, word


@dataclass(frozen=True, slots=True)
class Node:
    """A step of a derivation: what it says, the place it rests on, and the steps it came from."""

    text: str
    place: Span | None = None
    children: tuple[Node, ...] = ()


def explain(report: Report, identity: str, view: View | None = None) -> str:
    """The derivation of a fact (``f12``), a check (``c9``) or a finding (``x1``, or its fingerprint) as a tree, each place quoted.

    Raises:
        ConfigurationError: the report has nothing of that name.
    """
    view = view or View()
    builder = _Builder(report, view)
    node = builder.node(identity)
    if node is None:
        found = len(report.findings) + len(report.suppressed)
        known = f"facts f1–f{len(report.facts)}, checks c1–c{len(report.checks)}, findings x1–x{found}"
        raise ConfigurationError(identity, "nothing of that name in the report", f"it has {known}")
    style = Style(view.colour)
    quoter = Quoter(Lines(report.document), style, view.width - 8, view.lang)
    return "\n".join((*_lines(node, quoter, style, "", ""), ""))


def _lines(node: Node, quoter: Quoter, style: Style, first: str, rest: str) -> Iterator[str]:
    yield first + node.text
    below = rest + ("│ " if node.children else "  ")
    if node.place is not None:
        for line in quoter.quote([Mark(node.place, "", "blue")]):
            yield style.paint(below, "dim") + line
    for child in node.children:
        last = child is node.children[-1]
        branch, trunk = ("└─ ", "   ") if last else ("├─ ", "│  ")
        yield from _lines(child, quoter, style, style.paint(rest + branch, "dim"), rest + trunk)


class _Builder:
    """Builds the trees of one report."""

    def __init__(self, report: Report, view: View) -> None:
        self.report = report
        self.lang = view.lang
        self.style = Style(view.colour)
        self.facts = {fact.id: fact for fact in report.facts}
        self.checks = {check.id: check for check in report.checks}
        self.suppressed = {one.finding.id: one for one in report.suppressed}
        findings = (*report.findings, *(one.finding for one in report.suppressed))
        self.findings = {key: finding for finding in findings for key in (finding.id, finding.fingerprint)}
        self.links = links_by_fact(report)
        self.told: set[str] = set()

    def node(self, identity: str) -> Node | None:
        if identity in self.facts:
            return self.fact(self.facts[identity])
        if identity in self.checks:
            return self.check(self.checks[identity])
        if identity in self.findings:
            return self.finding(self.findings[identity])
        return None

    def _head(self, identity: str, text: str) -> str:
        return f"{self.style.paint(identity, 'bold')}  {text}"

    def _leaf(self, key: str, text: str, by: str = "", place: Span | None = None) -> Node:
        parts = [self.style.paint(word(key, self.lang), "bold"), text, self.style.paint(by, "dim")]
        return Node("  ".join(part for part in parts if part), place)

    def _known(self, key: str, text: str) -> Node | None:
        return self._leaf(key, text) if text else None

    def fact(self, fact: Fact) -> Node:
        """The derivation of a fact, and the checks that look at it."""
        node = self._derivation(fact)
        looked_at = tuple(
            Node(f"{check.id}  {check.code} {word(check.verdict, self.lang)}  {arithmetic_of(check, self.lang)}".rstrip())
            for check in self.report.checks
            if fact.id in check.facts
        )
        return replace(node, children=node.children + looked_at + self._unchecked(fact))

    def _unchecked(self, fact: Fact) -> tuple[Node, ...]:
        """Why no check could be held against a fact; nothing of one that was checked."""
        account = next(account for account in coverage(self.report) if account.fact == fact.id)
        return (
            ()
            if account.status == "checked"
            else (self._leaf("unchecked", word(f"reason.{account.reason}", self.lang), in_lang(account.note, account.note_en, self.lang)),)
        )

    def _derivation(self, fact: Fact, role: str = "") -> Node:
        quantity, link = fact.quantity, self.links.get(fact.id)
        part = word(f"role.{role}", self.lang) if role else ""
        name = indicator_name(fact, link) or word("unnamed", self.lang)
        head = self._head(fact.id, " ".join(filter(None, (part, f"{name} = {with_unit(self.report, quantity)}"))))
        if fact.id in self.told:
            return Node(f"{head} ↑")
        self.told.add(fact.id)
        steps = [
            self._known("section", " › ".join(self.report.document.section_path(fact.section))),
            self._leaf("quantity", f"{stated(quantity)}  {_range(quantity.interval)}", f"pattern:{quantity.pattern}", quantity.extent),
            self._leaf("mention", fact.mention.text, fact.mention.by, fact.mention.span),
        ]
        if fact.antecedent:
            of = self.facts[fact.antecedent]
            steps.append(self._leaf("antecedent", f"{of.id} {with_unit(self.report, of.quantity)}", "", of.quantity.extent))
        steps += [
            self._leaf("kind", word(fact.kind, self.lang), " ".join(fact.makers)),
            self._known("subject", subject_of(self.report, fact, link)),
            self._known("period", " ".join((period_of(self.report, fact), *fact.qualifiers)).strip()),
        ]
        if link is not None:
            by = f"link:{link.how} {link.score:.2f}"
            steps.append(self._leaf("indicator", f"{name} {link.indicator_id or word('open', self.lang)}" if link.name else name, by))
        return Node(head, None, tuple(step for step in steps if step is not None))

    def check(self, check: Check) -> Node:
        note = aside(note_of(check, self.lang) if check.note != check.arithmetic else "", self.lang)
        roles = role_of(check)
        text = f"{check.code} {word(check.verdict, self.lang)}  {arithmetic_of(check, self.lang)}{note}"
        return Node(self._head(check.id, text), None, tuple(self._derivation(self.facts[fact], role) for fact, role in roles.items()))

    def _rule(self, rule: CheckRule) -> str:
        """Its name, and in English what it holds."""
        return rule_name(rule.code, self.lang) if self.lang == "zh" else f"{rule.name}: {rule.summary}"

    def finding(self, finding: Finding) -> Node:
        message = message_of(finding, self.lang)
        rule = rules().get(finding.code)
        steps = [self._leaf("rule", f"{rule.code} {self._rule(rule)}", f"heshu rule {finding.code}")] if rule else []
        if finding.id in self.suppressed:
            one = self.suppressed[finding.id]
            steps.append(self._leaf(one.kind, one.reason, " ".join(filter(None, (one.who, one.date)))))
        if finding.repair:
            stands = self.facts[finding.repair.fact]
            edit = f"{as_written(self.report, stands.quantity)}: {stands.quantity.span.of(self.report.document.text)} → "
            edit += reprinted(self.report, stands.quantity, finding.repair.value)
            steps.append(self._leaf("repair", f"{stands.id} {edit}", "", stands.quantity.span))
        steps += [self.check(self.checks[check]) for check in finding.checks]
        steps += [self._leaf("place", "", "", place.span) for place in Places(self.report).of(finding)[len(finding.facts) :]]
        steps.append(self._leaf("fingerprint", finding.fingerprint))
        return Node(self._head(finding.id, f"{word(finding.severity, self.lang)}[{finding.code}] {message}"), None, tuple(steps))


def _range(interval: Interval) -> str:
    low = "(−∞" if interval.low is None else ("(" if interval.low_open else "[") + str(plain(interval.low))
    high = "+∞)" if interval.high is None else str(plain(interval.high)) + (")" if interval.high_open else "]")
    return f"{low}, {high}"
