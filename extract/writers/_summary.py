"""What a report comes to, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extract.coverage import coverage, tally
from extract.types import Report, Severity, Verdict

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
VERDICTS: tuple[Verdict, ...] = ("pass", "fail", "review", "not_assessable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts of one report: ``numerals`` is all of them, ``linked`` and ``checked`` count facts; ``unchecked`` and ``others``
    are the reasons why the other facts were not checked and why the other numerals are none, the most frequent first."""

    numerals: int
    facts: int
    linked: int
    checked: int
    unchecked: tuple[tuple[str, int], ...]
    others: tuple[tuple[str, int], ...]
    checks: tuple[tuple[str, int], ...]
    findings: tuple[tuple[str, int], ...]


def summarise(report: Report) -> Summary:
    """The counts of a report, verdicts and severities in their fixed order, zeros included."""
    verdicts = Counter(check.verdict for check in report.checks)
    severities = Counter(finding.severity for finding in report.findings)
    accounts = coverage(report)
    told = tally(accounts)
    return Summary(
        numerals=len(accounts),
        facts=len(report.facts),
        linked=sum(link.indicator_id is not None for link in report.links),
        checked=sum(told["checked"].values()),
        unchecked=tuple(told["not_checked"].items()),
        others=tuple(told["not_a_fact"].items()),
        checks=tuple((verdict, verdicts[verdict]) for verdict in VERDICTS),
        findings=tuple((severity, severities[severity]) for severity in SEVERITIES),
    )


def share(part: int, whole: int) -> str:
    """``part`` of ``whole`` in whole percent, rounded down, so that only everything is 100%; "–" of nothing."""
    return f"{100 * part // whole}%" if whole else "–"


def shares(parts: Sequence[int]) -> tuple[str, ...]:
    """The share of each part in their sum, in whole percent that add up to 100% (largest remainders first); "–" of nothing."""
    whole = sum(parts)
    if not whole:
        return ("–",) * len(parts)
    percents = [100 * part // whole for part in parts]
    by_rest = sorted(range(len(parts)), key=lambda n: (-(100 * parts[n] % whole), n))
    for n in by_rest[: 100 - sum(percents)]:
        percents[n] += 1
    return tuple(f"{percent}%" for percent in percents)
