"""What a report comes to, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from extract.types import Report, Severity, Verdict

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
VERDICTS: tuple[Verdict, ...] = ("pass", "fail", "review", "not_assessable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts of one report: ``numerals`` is all of them, ``linked`` and ``checked`` count facts."""

    numerals: int
    facts: int
    linked: int
    checked: int
    checks: tuple[tuple[str, int], ...]
    findings: tuple[tuple[str, int], ...]


def summarise(report: Report) -> Summary:
    """The counts of a report, verdicts and severities in their fixed order, zeros included."""
    verdicts = Counter(check.verdict for check in report.checks)
    severities = Counter(finding.severity for finding in report.findings)
    checked = {fact for check in report.checks for fact in check.facts}
    return Summary(
        numerals=len(report.facts) + len(report.numerals),
        facts=len(report.facts),
        linked=sum(link.indicator_id is not None for link in report.links),
        checked=sum(fact.id in checked for fact in report.facts),
        checks=tuple((verdict, verdicts[verdict]) for verdict in VERDICTS),
        findings=tuple((severity, severities[severity]) for severity in SEVERITIES),
    )


def share(part: int, whole: int) -> str:
    """``part`` of ``whole`` in whole percent, rounded down, so that only everything is 100%; "–" of nothing."""
    return f"{100 * part // whole}%" if whole else "–"
