"""The working paper of a comparison: what documents that belong together contradict each other in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from extract.types import Check, Comparison, Fact, Finding
from extract.writers import Lang, View
from extract.writers._arithmetic import arithmetic_of, note_of
from extract.writers._paper import (
    COVERAGE_COLUMNS,
    FACT_COLUMNS,
    FINDINGS_HEAD,
    Rows,
    check_columns,
    checks_told,
    columns_of,
    finding_cells,
    findings_sheet,
    link_to,
    quoted_below,
    share_of,
)
from extract.writers._rules import rule_label
from extract.writers._told import Quote, Teller, advice
from extract.writers._values import as_written, indicator_name, reprinted, role_of
from extract.writers._words import word
from extract.writers._workbook import Cell, Column, Sheet, Value, workbook

_MOST_PLACES = 8


def compared(comparison: Comparison, view: View) -> bytes:
    """The workbook: the findings, the facts that take part in a check, the checks, and which documents belong together.

    Raises:
        HeshuError: a table is longer than a sheet can be.
    """
    lang = view.lang
    paper = _Paper(comparison, lang)
    links = [link_to(report, view.folder) for report in comparison.reports]
    documents = [(name, link, report.document.about.org) for name, link, report in zip(paper.names, links, comparison.reports, strict=True)]
    file = Column(title="文件" if lang == "zh" else "File", width=18, wrap=True)
    facts = [column for column in columns_of(lang, *FACT_COLUMNS) if column.title not in ("核对", "Checked")]
    title = word("paper.title", lang)
    sheets = [
        findings_sheet(documents, list(paper.findings()), lang, file=None, empty=word("clean_across", lang)),
        Sheet(name=word("paper.facts", lang), columns=[file, *facts], rows=list(paper.facts(links)), frozen=2, empty=word("no_facts", lang)),
        Sheet(name=word("paper.checked", lang), columns=check_columns(lang), rows=list(paper.checks()), frozen=1),
        Sheet(name=word("paper.coverage", lang), columns=columns_of(lang, *COVERAGE_COLUMNS), rows=list(paper.coverage())),
    ]
    return workbook(sheets, lang, title)


class _Paper:
    """The rows of a comparison; facts stand in the order of their documents."""

    def __init__(self, comparison: Comparison, lang: Lang) -> None:
        self.comparison = comparison
        self.lang = lang
        self.names = [report.document.called for report in comparison.reports]
        self.rows = [Rows(report, lang) for report in comparison.reports]
        self.tellers = [Teller(report, lang, name) for report, name in zip(comparison.reports, self.names, strict=True)]
        taking_part = {identity for check in comparison.checks for identity in check.facts}
        every = [(f"{n}:{fact.id}", n - 1, fact) for n, report in enumerate(comparison.reports, 1) for fact in report.facts]
        self.known = {identity: (n, fact) for identity, n, fact in every if identity in taking_part}
        self.row_of = {identity: row for row, identity in enumerate(self.known)}

    def findings(self) -> Iterator[list[Cell | Value]]:
        """A row a finding, its figures by document, that of the leading one first."""
        sheet = word("paper.facts", self.lang)
        for number, finding in enumerate(self.comparison.findings, 1):
            identities = [identity for identity in dict.fromkeys(finding.facts) if identity in self.known]
            by_document: dict[int, list[str]] = defaultdict(list)
            for identity in identities:
                by_document[self.known[identity][0]].append(identity)
            quotes: list[Quote] = []
            for n, some in by_document.items():
                quotes += self.tellers[n].quotes(self.known[identity][1].quantity.span for identity in some)
            cells = finding_cells(finding, advice(finding, self._edit(finding), self.lang), "", self.lang)
            leading = [some[0] for some in by_document.values()][:2]
            ids = [Cell(identity, f"internal:'{sheet}'!A{self.row_of[identity] + 2}") for identity in leading]
            texts = quoted_below(quotes[:1], self.lang) or None, quoted_below(quotes[1:], self.lang) or None
            yield [Cell(number, ids[0].link if ids else ""), *cells[:3], *texts, *cells[3:], *ids, *[None] * (2 - len(ids))]

    def _edit(self, finding: Finding) -> str:
        if finding.repair is None or finding.repair.fact not in self.known:
            return ""
        n, fact = self.known[finding.repair.fact]
        right = reprinted(self.comparison.reports[n], fact.quantity, finding.repair.value)
        return self.tellers[n].edit(fact.quantity.span, right)

    def facts(self, links: list[str]) -> Iterator[list[Cell | Value]]:
        """A row a fact that takes part in a check, with the numbers of its findings."""
        sheet = word("paper.findings", self.lang)
        pointing: dict[str, list[int]] = defaultdict(list)
        for number, finding in enumerate(self.comparison.findings, 1):
            for identity in finding.facts:
                pointing[identity].append(number)
        for identity, (n, fact) in self.known.items():
            numbers = pointing[identity]
            link = f"internal:'{sheet}'!A{numbers[0] + FINDINGS_HEAD + 1}" if numbers else ""
            told: Value = None if not numbers else numbers[0] if len(numbers) == 1 else " ".join(map(str, numbers))
            yield [Cell(self.names[n], links[n]), identity, *self.rows[n].fact(fact)[1:], Cell(told, link)]

    def checks(self) -> Iterator[tuple[Value, ...]]:
        """A row a relation between documents."""
        told = {identity: finding.id for finding in self.comparison.findings for identity in finding.checks}
        for check in self.comparison.checks:
            yield self._check(check, told.get(check.id, ""))

    def _check(self, check: Check, finding: str) -> tuple[Value, ...]:
        roles = role_of(check)
        by_document: dict[int, list[Fact]] = defaultdict(list)
        for identity in roles:
            n, fact = self.known[identity]
            by_document[n].append(fact)
        figures = [
            self.tellers[n].listed([(fact.quantity.span, as_written(self.comparison.reports[n], fact.quantity)) for fact in facts], _MOST_PLACES)
            for n, facts in by_document.items()
        ]
        names = dict.fromkeys(indicator_name(fact, self.rows[n].links.get(fact.id)) for n, facts in by_document.items() for fact in facts)
        note = note_of(check, self.lang) if check.note != check.arithmetic else None
        return (
            check.id,
            rule_label(check.code, self.lang),
            word(check.verdict, self.lang),
            word("comma", self.lang).join(list(names)[:3]),
            arithmetic_of(check, self.lang),
            note,
            "\n".join(figures),
            finding,
        )

    def coverage(self) -> Iterator[tuple[Value, ...]]:
        """Which documents belong together, which do not and why, and the checks by verdict and rule."""
        lang, reports = self.lang, self.comparison.reports
        for group in self.comparison.groups:
            count, names = len(group.documents), word("comma", lang).join(self.names[n] for n in group.documents)
            yield (word("paper.remark", lang), word("paper.together", lang), group.name or None, count, share_of(count, len(reports)), names)
        for one in self.comparison.apart:
            reason = one.reason if lang == "zh" else one.reason_en
            yield (word("paper.remark", lang), word("paper.apart", lang), reason, 1, share_of(1, len(reports)), self.names[one.document])
        yield from checks_told(self.comparison.checks, lang)
