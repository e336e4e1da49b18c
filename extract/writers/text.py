"""The report for people: findings by section with the places quoted, the arithmetic and the repair; a summary.

Why: an auditor decides on what the document says, so every claim shows its words, where they stand, and the sum.

Example: ``错误 S201 …`` followed by ``--> report.txt:41:12``, the sentence with its numbers underlined, ``= 算式：…``.

Left alone: facts that agree are counted and not shown; ``heshu facts`` lists them.

Source: the manner of compilers (rustc, ruff), in Chinese.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping

from extract.types import Fact, Finding, Link, Report, Span
from extract.writers import View, Writer
from extract.writers._lines import Lines
from extract.writers._places import Places
from extract.writers._quote import Mark, Quoter
from extract.writers._rules import rule_name
from extract.writers._style import Style, columns, padded, shortened
from extract.writers._summary import share, shares, summarise
from extract.writers._values import indicator_name, links_by_fact, period_of, subject_of, with_unit
from extract.writers._words import listed, reasons, word

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


def shown_path(report: Report) -> str:
    """The file as it was named on the command line, or the name of the text."""
    return report.document.path or report.document.name


def _sections(report: Report, indices: list[int | None]) -> Iterator[tuple[int | None, list[int]]]:
    """The positions in ``indices`` grouped by section, sections in the order in which they stand in the document."""
    groups: dict[int | None, list[int]] = {}
    for position, section in enumerate(indices):
        groups.setdefault(section, []).append(position)
    for section in sorted(groups, key=lambda index: -1 if index is None else index):
        yield section, groups[section]


def _section_line(report: Report, section: int | None, view: View, style: Style) -> str:
    path = " › ".join(report.document.section_path(section)) or word("outside", view.lang)
    return style.paint(f"── {shortened(path, view.width - 4)}", "bold")


class _Printer:
    """Prints the findings of one report."""

    def __init__(self, report: Report, view: View) -> None:
        self.report = report
        self.view = view
        self.style = Style(view.colour)
        self.places = Places(report)
        self.lines = self.places.lines
        self.quoter = Quoter(report.document, self.lines, self.style, view.width)
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
        lang, style, colour = self.view.lang, self.style, _COLOURS[finding.severity]
        message = finding.message if lang == "zh" else finding.message_en
        head = style.paint(f"{word(finding.severity, lang)}[{finding.code}]", "bold", colour)
        label = " ".join(filter(None, (rule_name(finding.code), finding.id, word("preview", lang) if finding.preview else "")))
        yield f"{head} {style.paint(message, 'bold')} {style.paint(f'({label})', 'dim')}"
        marks = self._marks(finding)
        if marks:
            line, column = self.lines.at(marks[0].span)
            yield f"  {style.paint('-->', 'blue')} {shown_path(self.report)}:{line}:{column}{self._in_file(marks[0].span)}"
        yield from self.quoter.quote(marks, word("more_places", lang))
        for key, text in self._notes(finding):
            colon = "：" if lang == "zh" else ": "
            yield f"  {style.paint('=', 'blue')} {style.paint(word(key, lang), 'bold')}{colon}{text}"

    def _in_file(self, place: Span) -> str:
        """Where in a file that is no text the place stands: （第14页）, （收支总表!B2）."""
        found = self.report.document.place_of(place)
        if found is None:
            return ""
        return word("in_cell", self.view.lang).format(found.cell) if found.cell else word("on_page", self.view.lang).format(found.page)

    def _marks(self, finding: Finding) -> list[Mark]:
        """The places of the finding, the leading one first, in the colour of its severity."""
        marks: list[Mark] = []
        for place in self.places.of(finding):
            label = word(f"role.{place.role}", self.view.lang) if place.role else ""
            marks.append(Mark(place.span, label, "blue" if marks else _COLOURS[finding.severity]))
        return marks

    def _notes(self, finding: Finding) -> Iterator[tuple[str, str]]:
        for arithmetic in filter(None, finding.arithmetic.split("；")):
            yield "arithmetic", arithmetic
        if repair := self.places.repair(finding):
            place, right = repair
            line, column = self.lines.at(place)
            yield "repair", f"{line}:{column} {self.places.words(place)} → {right}"
        if finding.decision:
            yield "decision", word("decision.text", self.view.lang)
        for check in (self.checks[identity] for identity in finding.checks[1:]):
            if check.arithmetic not in finding.arithmetic:
                yield "also", f"{check.code} {check.arithmetic}"


def _findings(report: Report, view: View) -> Iterator[str]:
    printer = _Printer(report, view)
    for section, positions in _sections(report, [printer.section(finding) for finding in report.findings]):
        yield _section_line(report, section, view, printer.style)
        yield ""
        for position in positions:
            yield from printer.finding(report.findings[position])
            yield ""


def _summary(report: Report, view: View) -> Iterator[str]:
    lang, style = view.lang, Style(view.colour)
    counts = summarise(report)
    colon = "：" if lang == "zh" else ": "
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
        place = "{}:{}".format(*lines.at(fact.quantity.span))
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
    for section, positions in _sections(report, [fact.section for fact in report.facts]):
        yield _section_line(report, section, view, style)
        yield from _fact_rows(report, view, [report.facts[position] for position in positions], links, lines)


def _write(report: Report, view: View) -> str:
    if view.subject == "facts":
        return "\n".join((*_facts(report, view), ""))
    return "\n".join((*_findings(report, view), *_summary(report, view), ""))


WRITER = Writer(format="text", suffix=".txt", subjects=("check", "facts"), follows=True, write=_write)
