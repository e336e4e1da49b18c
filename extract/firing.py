"""How often each naming rule and each check fires over documents, overlaps with others, disagrees with them, is right.

A naming rule *fires* where it does not abstain; it *names* the fact where it is the first to. It overlaps where another rule fires
too, and conflicts where one of those would give other words. How often it is right is known for annotated documents only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from extract import assemble
from extract.check import check_rules
from extract.gold import GoldDocument
from extract.knowledge import Named, Place, Rule
from extract.scoring import Share, compared, outcome_of, pair, score
from extract.types import Document, Fact, Report

UNNAMED = "unnamed"


@dataclass(slots=True)
class Firing:
    """The counts by ``(name of a rule or code of a check, what)``, and over how much."""

    documents: int = 0
    facts: int = 0
    annotated: int = 0
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)
    checks: Counter[tuple[str, str]] = field(default_factory=Counter)


def count(documents: Iterable[Document], analyse: Callable[[Document], Report], gold: Mapping[str, GoldDocument] | None = None) -> Firing:
    """How often rules and checks fire over the documents; ``gold`` maps the SHA-256 of texts to their annotations."""
    firing = Firing()
    with _watched(firing.rules):
        for document in documents:
            report = analyse(document)
            firing.documents += 1
            firing.facts += len(report.facts)
            for fact in report.facts:
                firing.rules[_rule(fact.makers), "names"] += 1
            for looked in report.checks:
                firing.checks[looked.code, looked.verdict] += 1
            for finding in report.findings:
                firing.checks[finding.code, "reported"] += 1
            known = (gold or {}).get(document.sha256)
            if known is not None:
                firing.annotated += 1
                _judge(firing, report, known)
    return firing


def as_text(firing: Firing) -> str:
    """The counts as two tables, the most frequent rule first, the checks by code."""
    known = firing.annotated > 0
    lines = [f"{firing.documents} documents, {firing.annotated} of them annotated, {firing.facts} facts", ""]
    rules = [rule.name for rule in assemble.rules()]
    names = sorted({name for name, _ in firing.rules} | set(rules), key=lambda name: (-firing.rules[name, "names"], name))
    head = ["rule", "order", "fires", "names", "share", "overlaps", "conflicts", *(["name right", "kind right"] if known else [])]
    rows = []
    for name in names:
        counts = {what: firing.rules[name, what] for what in ("fires", "names", "overlaps", "conflicts", "judged", "mentions", "kinds")}
        row = [name, str(rules.index(name) + 1) if name in rules else "", str(counts["fires"]) if name in rules else "", str(counts["names"])]
        row += [f"{Share(counts['names'], firing.facts).value:.1%}", str(counts["overlaps"]), str(counts["conflicts"])]
        rows.append([*row, *(_right(counts[what], counts["judged"]) for what in ("mentions", "kinds"))] if known else row)
    lines += _columns(head, rows)
    head = ["check", "pass", "fail", "review", "not assessable", "reported", *(["right", "false alarms"] if known else [])]
    rows = []
    for code in sorted({rule.code for rule in check_rules()} | {code for code, _ in firing.checks}):
        row = [code, *(str(firing.checks[code, what]) for what in ("pass", "fail", "review", "not_assessable", "reported"))]
        rows.append([*row, *(str(firing.checks[code, what]) for what in ("right", "false"))] if known else row)
    return "\n".join([*lines, "", *_columns(head, rows)]) + "\n"


@contextmanager
def _watched(counts: Counter[tuple[str, str]]) -> Iterator[None]:
    """Meanwhile every rule is asked at every place, and what it says is counted, before the rules decide as ever."""
    rules = assemble.rules
    asked = rules()

    def watch(place: Place, decided: Sequence[Fact]) -> Named | None:
        said = {rule.name: named.words for rule in asked if (named := rule.read(place, decided)) is not None}
        for name, words in said.items():
            counts[name, "fires"] += 1
            counts[name, "overlaps"] += len(said) > 1
            counts[name, "conflicts"] += any(other != words for other in said.values())
        return None

    watcher = Rule(name="watch", order=-1, read=watch)
    assemble.rules = lambda: (watcher, *asked)  # type: ignore[assignment]
    try:
        yield
    finally:
        assemble.rules = rules


def _judge(firing: Firing, report: Report, gold: GoldDocument) -> None:
    outcome = outcome_of(report)
    for wanted, got in pair(gold.facts, outcome.facts)[0]:
        if not wanted.optional:
            right = compared(wanted, got)
            name = _rule(got.makers)
            firing.rules[name, "judged"] += 1
            firing.rules.update((name, field) for field, well in right.items() if well)
    counts = score(gold, outcome).counts
    for key, number in counts.items():
        if key.startswith("code:") and key.endswith((" raised", " right")):
            code, what = key.removeprefix("code:").split(" ")
            firing.checks[code, "false"] += number if what == "raised" else -number
            firing.checks[code, "right"] += number if what == "right" else 0


def _rule(makers: Sequence[str]) -> str:
    return next((maker.removeprefix("rule:") for maker in reversed(makers) if maker.startswith("rule:")), UNNAMED)


def _right(right: int, of: int) -> str:
    return f"{Share(right, of).value:.3f}" if of else ""


def _columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    for row in (head, *rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        yield "  ".join(cells).rstrip()
