"""The report for people: findings by section with the places quoted, the arithmetic and the repair; a summary.

Why: an auditor decides on what the document says, so every claim shows its words, where they stand, and the sum.

Example: ``错误 S201 …`` followed by ``--> report.txt:41:12``, the sentence with its numbers underlined, ``= 算式：…``.

Left alone: facts that agree are counted and not shown; ``heshu facts`` lists them.

Source: the manner of compilers (rustc, ruff), in Chinese.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from extract.types import Check, Comparison, Fact, Finding, Group, Link, Report, Span
from extract.writers import Lang, View, Writer
from extract.writers._arithmetic import arithmetic_of, message_of, note_of, steps
from extract.writers._lines import Lines
from extract.writers._places import Places
from extract.writers._quote import Mark, Quoter
from extract.writers._rules import rule_name
from extract.writers._style import Style, columns, padded, shortened
from extract.writers._summary import SEVERITIES, VERDICTS, share, shares, summarise
from extract.writers._values import indicator_name, links_by_fact, period_of, reprinted, role_of, subject_of, with_unit
from extract.writers._words import aside, listed, reasons, word

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


def shown_path(report: Report) -> str:
    """The file as it was named on the command line, or the name of the text."""
    return report.document.path or report.document.name


def _sections(indices: list[int | None]) -> Iterator[tuple[int | None, list[int]]]:
    """The positions in ``indices`` grouped by section, sections in the order in which they stand in the document."""
    groups: dict[int | None, list[int]] = {}
    for position, section in enumerate(indices):
        groups.setdefault(section, []).append(position)
    for section in sorted(groups, key=lambda index: -1 if index is None else index):
        yield section, groups[section]


def _section_line(report: Report, section: int | None, view: View, style: Style) -> str:
    path = " › ".join(report.document.section_path(section)) or word("outside", view.lang)
    return style.paint(f"── {shortened(path, view.width - 4)}", "bold")


def _headline(finding: Finding, lang: Lang, style: Style) -> str:
    head = style.paint(f"{word(finding.severity, lang)}[{finding.code}]", "bold", _COLOURS[finding.severity])
    label = " ".join(filter(None, (rule_name(finding.code, lang), finding.id, word("preview", lang) if finding.preview else "")))
    return f"{head} {style.paint(message_of(finding, lang), 'bold')}{style.paint(aside(label, lang), 'dim')}"


def _note(key: str, text: str, lang: Lang, style: Style) -> str:
    return f"  {style.paint('=', 'blue')} {style.paint(word(key, lang), 'bold')}{word('colon', lang)}{text}"


class _Printer:
    """Prints the findings of one report."""

    def __init__(self, report: Report, view: View) -> None:
        self.report = report
        self.view = view
        self.style = Style(view.colour)
        self.places = Places(report)
        self.lines = self.places.lines
        self.quoter = Quoter(self.lines, self.style, view.width, view.lang)
        self.facts = {fact.id: fact for fact in report.facts}
        self.checks = {check.id: check for check in report.checks}
        self.section_starts = [section.span.start for section in report.document.sections]

    def section(self, finding: Finding) -> int | None:
        """The section in which the leading place of a finding stands."""
        if finding.facts:
            return self.facts[finding.facts[0]].section
        if not finding.places:
            return None
        # Sections stand in text order, inner ones after the outer: the last to begin before a place holds it.
        last = bisect_right(self.section_starts, finding.places[0].start) - 1
        return last if last >= 0 else None

    def finding(self, finding: Finding) -> Iterator[str]:
        lang, style = self.view.lang, self.style
        yield _headline(finding, lang, style)
        marks = self._marks(finding)
        if marks:
            line, column = self.lines.at(marks[0].span)
            yield f"  {style.paint('-->', 'blue')} {shown_path(self.report)}:{line}:{column}{self._in_file(marks[0].span)}"
        yield from self.quoter.quote(marks)
        for key, text in self._notes(finding):
            yield _note(key, text, lang, style)

    def _in_file(self, place: Span) -> str:
        """Where in a file that is no text the place stands: （第14页）, （收支总表!B2）."""
        return aside(self.lines.where(place, self.view.lang), self.view.lang) if self.report.document.place_of(place) else ""

    def _marks(self, finding: Finding) -> list[Mark]:
        """The places of the finding, the leading one first, in the colour of its severity."""
        marks: list[Mark] = []
        for place in self.places.of(finding):
            label = word(f"role.{place.role}", self.view.lang) if place.role else ""
            marks.append(Mark(place.span, label, "blue" if marks else _COLOURS[finding.severity]))
        return marks

    def _notes(self, finding: Finding) -> Iterator[tuple[str, str]]:
        for arithmetic in steps(finding, self.view.lang):
            yield "arithmetic", arithmetic
        if repair := self.places.repair(finding):
            place, right = repair
            yield "repair", f"{self.lines.where(place, self.view.lang)} {self.places.words(place)} → {right}"
        if finding.decision:
            yield "decision", word("decision.text", self.view.lang)
        for check in (self.checks[identity] for identity in finding.checks[1:]):
            if check.arithmetic not in finding.arithmetic:
                yield "also", f"{check.code} {arithmetic_of(check, self.view.lang)}"


def _findings(report: Report, view: View) -> Iterator[str]:
    printer = _Printer(report, view)
    for section, positions in _sections([printer.section(finding) for finding in report.findings]):
        yield _section_line(report, section, view, printer.style)
        yield ""
        for position in positions:
            yield from printer.finding(report.findings[position])
            yield ""


def _summary(report: Report, view: View) -> Iterator[str]:
    lang, style = view.lang, Style(view.colour)
    counts = summarise(report)
    colon = word("colon", lang)
    yield style.paint(shown_path(report), "bold")
    for remark in report.document.remarks:
        yield "  " + style.paint(word("remark", lang), "yellow") + (remark.zh if lang == "zh" else remark.en)
    parts = counts.checked, counts.facts - counts.checked, counts.numerals - counts.facts
    shown = (each for pair in zip(parts, shares(parts), strict=True) for each in pair)
    yield "  " + word("numbers", lang).format(counts.numerals, *shown)
    yield "  " + word("linked", lang).format(
        counts.facts, counts.linked, share(counts.linked, counts.facts), counts.checked, share(counts.checked, counts.facts)
    )
    for key, why in (("unchecked", counts.unchecked), ("others", counts.others)):
        if why:
            yield f"  {word(key, lang)}{colon}{reasons(why, lang)}"
    verdicts = listed(list(counts.checks), lang)
    yield "  " + word("checks", lang).format(len(report.checks)) + (f"{colon}{verdicts}" if verdicts else "")
    if report.findings:
        worst = next(severity for severity, count in counts.findings if count)
        found = word("findings", lang).format(len(report.findings)) + colon + listed(list(counts.findings), lang)
        yield "  " + style.paint(found, "bold", _COLOURS[worst])
    else:
        yield "  " + style.paint(word("clean_else" if report.suppressed else "clean", lang), "bold", "green")
    if report.suppressed:
        kinds = Counter(one.kind for one in report.suppressed)
        counted: list[tuple[str, int]] = [(kind, kinds[kind]) for kind in ("ignored", "baseline")]
        yield "  " + style.paint(word("suppressed", lang).format(len(report.suppressed)) + colon + listed(counted, lang), "dim")


def _fact_rows(report: Report, view: View, facts: list[Fact], links: Mapping[str, Link], lines: Lines) -> Iterator[str]:
    style = Style(view.colour)
    rows = []
    for fact in facts:
        whose = " · ".join(part for part in (subject_of(report, fact, links.get(fact.id)), indicator_name(fact, links.get(fact.id))) if part)
        when = " ".join((period_of(report, fact), *fact.qualifiers)).strip()
        place = lines.where(fact.quantity.span, view.lang)
        rows.append((fact.id, place, with_unit(report, fact.quantity), word(fact.kind, view.lang), whose, when))
    widths = [min(max(columns(row[column]) for row in rows), 48) for column in range(5)]
    for identity, place, amount, kind, whose, when in rows:
        yield "  ".join(
            (
                "",
                style.paint(padded(identity, widths[0]), "dim"),
                style.paint(padded(place, widths[1]), "blue"),
                style.paint(padded(shortened(amount, widths[2]), widths[2]), "bold"),
                padded(kind, widths[3]),
                padded(shortened(whose, widths[4]), widths[4]),
                when,
            )
        ).rstrip()


def _facts(report: Report, view: View) -> Iterator[str]:
    lines, links, style = Lines(report.document), links_by_fact(report), Style(view.colour)
    yield style.paint(shown_path(report), "bold")
    if not report.facts:
        yield "  " + word("no_facts", view.lang)
    for section, positions in _sections([fact.section for fact in report.facts]):
        yield _section_line(report, section, view, style)
        yield from _fact_rows(report, view, [report.facts[position] for position in positions], links, lines)


def _write(report: Report, view: View) -> str:
    if view.subject == "facts":
        return "\n".join((*_facts(report, view), ""))
    return "\n".join((*_findings(report, view), *_summary(report, view), ""))


class _Across:
    """Prints what was found between the documents of a comparison, each place with its file."""

    def __init__(self, comparison: Comparison, view: View) -> None:
        self.comparison = comparison
        self.view = view
        self.style = Style(view.colour)
        self.lines = [Lines(report.document) for report in comparison.reports]
        self.quoters = [Quoter(lines, self.style, view.width, view.lang) for lines in self.lines]
        self.facts = {f"{n + 1}:{fact.id}": (n, fact) for n, report in enumerate(comparison.reports) for fact in report.facts}
        self.checks = {check.id: check for check in comparison.checks}

    def group(self, group: Group) -> Iterator[str]:
        """The findings of a group and what is left for review, under its name and its files."""
        members = set(group.documents)
        found = [finding for finding in self.comparison.findings if self.facts[finding.facts[0]][0] in members]
        told = {identity for finding in found for identity in finding.checks}
        doubted = [c for c in self.comparison.checks if c.verdict == "review" and c.id not in told and self.facts[c.facts[0]][0] in members]
        files = word("comma", self.view.lang).join(shown_path(self.comparison.reports[n]) for n in group.documents)
        yield self.style.paint(f"── {group.name + (' · ' if group.name else '')}{files}", "bold")
        yield ""
        for finding in found:
            yield from self._finding(finding)
            yield ""
        for check in doubted:
            yield from self._doubted(check)
            yield ""

    def _finding(self, finding: Finding) -> Iterator[str]:
        lang = self.view.lang
        yield _headline(finding, lang, self.style)
        yield from self._places(finding.facts, role_of(self.checks[finding.checks[0]]), _COLOURS[finding.severity])
        for arithmetic in steps(finding, lang):
            yield _note("arithmetic", arithmetic, lang, self.style)
        if finding.repair:
            number, fact = self.facts[finding.repair.fact]
            report = self.comparison.reports[number]
            at = "{}:{}:{}".format(shown_path(report), *self.lines[number].at(fact.quantity.span))
            stands = fact.quantity.span.of(report.document.text)
            yield _note("repair", f"{at} {stands} → {reprinted(report, fact.quantity, finding.repair.value)}", lang, self.style)

    def _doubted(self, check: Check) -> Iterator[str]:
        head = self.style.paint(f"{word('review', self.view.lang)}[{check.code}]", "bold")
        lang, title = self.view.lang, self.facts[check.facts[0]][1].called
        said = word("colon", lang).join(filter(None, (f"“{title}”", note_of(check, lang))))
        yield f"{head} {said}{self.style.paint(aside(check.id, lang), 'dim')}"
        yield from self._places(check.facts, role_of(check), "blue")
        yield _note("arithmetic", arithmetic_of(check, lang), lang, self.style)

    def _places(self, identities: Sequence[str], roles: Mapping[str, str], colour: str) -> Iterator[str]:
        by_document: dict[int, list[Mark]] = {}
        for identity in dict.fromkeys(identities):
            number, fact = self.facts[identity]
            label = word(f"role.{roles[identity]}", self.view.lang) if identity in roles else ""
            by_document.setdefault(number, []).append(Mark(fact.quantity.span, label, colour))
        for number, marks in by_document.items():
            line, column = self.lines[number].at(marks[0].span)
            yield f"  {self.style.paint('-->', 'blue')} {shown_path(self.comparison.reports[number])}:{line}:{column}"
            yield from self.quoters[number].quote(marks)

    def summary(self) -> Iterator[str]:
        """How many documents, which belong to no other, and the checks by verdict."""
        lang, comparison, colon = self.view.lang, self.comparison, word("colon", self.view.lang)
        for one in comparison.apart:
            path = shown_path(comparison.reports[one.document])
            yield word("apart", lang).format(self.style.paint(path, "bold"), one.reason if lang == "zh" else one.reason_en)
        yield word("compared", lang).format(len(comparison.reports), len(comparison.groups))
        verdicts = Counter(check.verdict for check in comparison.checks)
        shown = listed([(verdict, verdicts[verdict]) for verdict in VERDICTS], lang)
        yield "  " + word("checks", lang).format(len(comparison.checks)) + (colon + shown if shown else "")
        if comparison.findings:
            severities = Counter(finding.severity for finding in comparison.findings)
            counts = listed([(severity, severities[severity]) for severity in SEVERITIES], lang)
            text = word("findings", lang).format(len(comparison.findings)) + colon + counts
            yield "  " + self.style.paint(text, "bold")
        elif comparison.groups:
            yield "  " + self.style.paint(word("clean_across", lang), "bold", "green")


def _compare(comparison: Comparison, view: View) -> str:
    printer = _Across(comparison, view)
    groups = (line for group in comparison.groups for line in printer.group(group))
    return "\n".join((*groups, *printer.summary(), ""))


WRITER = Writer(format="text", suffix=".txt", subjects=("check", "facts", "compare"), follows=True, write=_write, compare=_compare)
