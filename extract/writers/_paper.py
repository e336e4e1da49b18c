"""What stands in a working paper: findings, facts, indicators, checks and coverage as the rows of sheets."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.coverage import STATUSES, Account, coverage, tally
from extract.phrases import in_lang
from extract.types import Check, Fact, Finding, Report, Suppressed
from extract.writers import Lang, View
from extract.writers._arithmetic import arithmetic_of, message_of, note_of, steps
from extract.writers._rules import rule_label
from extract.writers._summary import VERDICTS
from extract.writers._told import Pieces, Quote, Teller, difference
from extract.writers._values import as_written, indicator_name, links_by_fact, period_of, subject_of, with_unit
from extract.writers._words import aside, word
from extract.writers._workbook import Cell, Column, Sheet, Value, workbook
from extract.writers._xml import clean

_MOST_PLACES = 8
"""Sentences that are quoted of one finding; the others are in its arithmetic."""
_MOST_EXAMPLES = 6
_ESCAPED = frozenset('% #"<>[]^`{}')
_LONGEST_LINK = 2000
FINDINGS_HEAD = 3
_NOT_PRINTED = 4
"""The fingerprint and what comes after it: for programs and for clicking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A finding: its cells before and after the links to its facts are known, and which facts of the part its quotes lead to."""

    cells: tuple[Value, ...]
    quotes: tuple[Pieces, Pieces]
    facts: tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a workbook keeps of a report. ``link`` leads to its file ("" if none); ``found`` are for each fact the positions of the
    findings that point at it."""

    name: str
    link: str
    org: str
    findings: tuple[_Row, ...]
    facts: tuple[tuple[Value, ...], ...]
    found: tuple[tuple[int, ...], ...]
    indicators: tuple[tuple[Value, ...], ...]
    checks: tuple[tuple[Value, ...], ...]
    coverage: tuple[tuple[Value, ...], ...]


def part(report: Report, view: View, opinions: Mapping[str, str] | None = None) -> Part:
    """The rows of a report. ``opinions`` are what a reviewer said of findings, by fingerprint; they stand beside the findings, as do
    the reasons for which others are not reported."""
    rows = Rows(report, view.lang)
    findings = tuple(rows.findings(opinions or {})) if view.subject == "check" else ()
    pointing: dict[str, list[int]] = defaultdict(list)
    for n, finding in enumerate((*report.findings, *(one.finding for one in report.suppressed)) if findings else ()):
        for identity in finding.facts:
            pointing[identity].append(n)
    accounts = coverage(report)
    return Part(
        name=report.document.called,
        link=link_to(report, view.folder),
        org=report.document.about.org,
        findings=findings,
        facts=tuple(rows.facts(accounts)),
        found=tuple(tuple(pointing.get(fact.id, ())) for fact in report.facts),
        indicators=tuple(rows.indicators()),
        checks=tuple(rows.checks()) if view.subject == "check" else (),
        coverage=tuple(rows.coverage(accounts)) if view.subject == "check" else (),
    )


def link_to(report: Report, folder: Path) -> str:
    """Where the source file is, seen from the folder of the output; "" of what is no file."""
    if report.document.path is None:
        return ""
    path = Path(report.document.path)
    try:
        shown = Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive
        shown = path.resolve().as_posix()
    # Letters stay as they are, as Excel writes them; a # would begin a place in the file.
    escaped = clean("".join(f"%{ord(sign):02x}" if sign in _ESCAPED else sign for sign in shown))
    return f"external:{escaped}" if len(escaped) <= _LONGEST_LINK else ""


def checks_told(checks: Sequence[Check], lang: Lang) -> Iterator[tuple[Value, ...]]:
    """A row of the coverage for each verdict and rule; of those that could not be judged with the reasons."""
    by_verdict: dict[tuple[str, str], list[Check]] = defaultdict(list)
    for check in checks:
        by_verdict[check.verdict, check.code].append(check)
    for verdict in VERDICTS:
        for code in sorted(code for v, code in by_verdict if v == verdict):
            some = by_verdict[verdict, code]
            reasons = (
                dict.fromkeys(note_of(check, lang) or arithmetic_of(check, lang) for check in some) if verdict in ("review", "not_assessable") else ()
            )
            why = word("stop", lang).join(list(reasons)[:_MOST_EXAMPLES]) or None
            yield (word("paper.checks", lang), word(verdict, lang), rule_label(code, lang), len(some), share_of(len(some), len(checks)), why)


def share_of(part: int, whole: int) -> str:
    """``part`` of ``whole`` in percent with a decimal."""
    tenths = (2000 * part + whole) // (2 * whole) if whole else 0
    return f"{tenths // 10}.{tenths % 10}%"


def finding_cells(finding: Finding, advice: str, opinion: str, lang: Lang) -> tuple[Value, ...]:
    """What of a finding stands in its row beside its number and the quoted text: three cells before the text, the others after."""
    return (
        rule_label(finding.code, lang),
        word(finding.severity, lang) + (aside(word("preview", lang), lang) if finding.preview else ""),
        message_of(finding, lang),
        f"{word('stop', lang).rstrip()}\n".join(steps(finding, lang)),
        difference(finding, lang),
        advice,
        None,
        opinion or None,
        None,
        finding.fingerprint,
        finding.id,
    )


def quoted_below(quotes: Sequence[Quote], lang: Lang) -> Pieces:
    """Quoted sentences below each other, each with its place."""
    colon = word("colon", lang)
    found: list[tuple[str, bool]] = []
    for n, quote in enumerate(quotes[:_MOST_PLACES]):
        found += [(("\n" if n else "") + quote.where + colon, False), *quote.pieces]
    if len(quotes) > _MOST_PLACES:
        found.append(("\n" + word("more_places", lang).format(len(quotes) - _MOST_PLACES), False))
    return tuple(found)


class Rows:
    """The rows of one report, facts by their position."""

    def __init__(self, report: Report, lang: Lang) -> None:
        self.report = report
        self.lang = lang
        self.teller = Teller(report, lang)
        self.links = links_by_fact(report)
        self.position = {fact.id: n for n, fact in enumerate(report.facts)}
        self.at = {fact.quantity.span: n for n, fact in enumerate(report.facts)}
        self.facts_of = {fact.id: fact for fact in report.facts}

    def findings(self, opinions: Mapping[str, str]) -> Iterator[_Row]:
        for finding in self.report.findings:
            yield self._finding(finding, opinions.get(finding.fingerprint, ""))
        for one in self.report.suppressed:
            yield self._finding(one.finding, opinions.get(one.finding.fingerprint) or self._why(one))

    def _why(self, one: Suppressed) -> str:
        who = " ".join(filter(None, (one.who, one.date)))
        return word("colon", self.lang).join(filter(None, (word(one.kind, self.lang), one.reason))) + aside(who, self.lang)

    def _finding(self, finding: Finding, opinion: str) -> _Row:
        quotes = self.teller.quotes(place.span for place in self.teller.places.of(finding))
        first, others = quotes[:1], quotes[1:]
        quoted = quoted_below(first, self.lang), quoted_below(others, self.lang)
        leading = tuple(self.at.get(some[0].number) if some else None for some in (first, others))
        cells = finding_cells(finding, self.teller.advice(finding), opinion, self.lang)
        return _Row(cells=cells, quotes=quoted, facts=(leading[0], leading[1]))

    def facts(self, accounts: Sequence[Account]) -> Iterator[tuple[Value, ...]]:
        """A row a fact; the last cell says whether it was checked, and why not."""
        account_of = {account.fact: account for account in accounts if account.fact}
        for fact in self.report.facts:
            account = account_of[fact.id]
            checked = word("checked", self.lang) if account.status == "checked" else word(f"reason.{account.reason}", self.lang)
            yield (*self.fact(fact), checked)

    def fact(self, fact: Fact) -> tuple[Value, ...]:
        """What the fact states and where."""
        document, link, quantity = self.report.document, self.links.get(fact.id), fact.quantity
        place = document.place_of(quantity.span)
        return (
            fact.id,
            " › ".join(document.section_path(fact.section)),
            subject_of(self.report, fact, link),
            indicator_name(fact, link),
            link.indicator_id if link else None,
            fact.mention.text,
            as_written(self.report, quantity),
            quantity.value,
            quantity.low,
            quantity.high,
            quantity.unit,
            word(f"bound.{quantity.bound}", self.lang),
            word(fact.kind, self.lang),
            period_of(self.report, fact),
            " ".join(fact.qualifiers),
            place.page or None if place else None,
            self.teller.places.lines.at(quantity.span)[0],
            place.cell if place else None,
        )

    def indicators(self) -> Iterator[tuple[Value, ...]]:
        """A row an indicator, kind and unit; its figures below each other by section."""
        groups: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
        for fact in self.report.facts:
            groups[indicator_name(fact, self.links.get(fact.id)), fact.kind, fact.quantity.unit].append(fact)
        for (name, kind, unit), facts in groups.items():
            sections: dict[str, list[str]] = defaultdict(list)
            for fact in facts:
                path = self.report.document.section_path(fact.section)
                sections[path[0] if path else word("outside", self.lang)].append(self._stated(fact))
            link = self.links.get(facts[0].id)
            comma, colon = ("；", "：") if self.lang == "zh" else ("; ", ": ")
            yield (
                name,
                link.indicator_id if link else None,
                word(kind, self.lang),
                unit,
                len(facts),
                len({(fact.quantity.value, fact.quantity.low, fact.quantity.high, fact.quantity.bound) for fact in facts}),
                len(sections),
                "\n".join(section + colon + comma.join(stated) for section, stated in sections.items()),
            )

    def _stated(self, fact: Fact) -> str:
        link = self.links.get(fact.id)
        whose = fact.subject or (link.slice if link else "")
        return " ".join(filter(None, (whose, fact.period, *fact.qualifiers, with_unit(self.report, fact.quantity))))

    def checks(self) -> Iterator[tuple[Value, ...]]:
        told = {identity: finding.id for finding in self.report.findings for identity in finding.checks}
        for check in self.report.checks:
            yield self._check(check, told.get(check.id, ""))

    def _check(self, check: Check, finding: str) -> tuple[Value, ...]:
        facts = [self.facts_of[identity] for identity in dict.fromkeys(check.facts)]
        places = self.teller.listed([(fact.quantity.span, as_written(self.report, fact.quantity)) for fact in facts], _MOST_PLACES)
        names = word("comma", self.lang).join(dict.fromkeys(indicator_name(fact, self.links.get(fact.id)) for fact in facts[:3]))
        return (
            check.id,
            rule_label(check.code, self.lang),
            word(check.verdict, self.lang),
            names,
            arithmetic_of(check, self.lang),
            note_of(check, self.lang) if check.note != check.arithmetic else None,
            places,
            finding,
        )

    def coverage(self, accounts: Sequence[Account]) -> Iterator[tuple[Value, ...]]:
        """What became of the numbers by reason, with examples; the checks by verdict and rule; what could not be read."""
        lang, stop = self.lang, word("stop", self.lang)
        examples: dict[tuple[str, str], list[str]] = defaultdict(list)
        for account in accounts:
            some = examples[account.status, account.reason]
            if len(some) < _MOST_EXAMPLES and account.status != "checked":
                some.append(self._example(account))
        told = tally(tuple(accounts))
        for status in STATUSES:
            for reason, count in told[status].items():
                why = word(f"reason.{reason}", lang) if reason else None
                told_of = stop.join(examples[status, reason]) or None
                yield (word("paper.numbers", lang), word(status, lang), why, count, share_of(count, len(accounts)), told_of)
        yield from checks_told(self.report.checks, lang)
        for remark in self.report.document.remarks:
            yield (word("paper.remark", lang), None, None, None, None, remark.zh if lang == "zh" else remark.en)

    def _example(self, account: Account) -> str:
        document = self.report.document
        words = account.place.of(document.source)
        if account.fact:
            words = as_written(self.report, self.facts_of[account.fact].quantity)
        number = self.teller.places.lines.of_source(account.place.start)[0]
        note = in_lang(account.note, account.note_en, self.lang) if account.note else ""
        return f"{word('line', self.lang).format(number)} {' '.join(words.split())}{aside(note, self.lang)}"


_COLOURS = {"error": ("#F8D7DA", "#8B0000"), "warning": ("#FFF2CC", "#7F6000"), "info": ("#DDEBF7", "#1F4E78")}
_VERDICT_COLOURS = {"fail": ("#F8D7DA", "#8B0000"), "review": ("#FFF2CC", "#7F6000")}


def columns_of(lang: Lang, *columns: tuple[str, str, float, str]) -> list[Column]:
    """Columns of (Chinese, English, width, how): how is made of ``w`` wrap, ``c`` centre."""
    return [Column(title=zh if lang == "zh" else en, width=width, wrap="w" in how, centre="c" in how) for zh, en, width, how in columns]


def check_columns(lang: Lang) -> list[Column]:
    """The columns of the sheet of checks, verdicts coloured."""
    verdicts = {word(key, lang): colours for key, colours in _VERDICT_COLOURS.items()}
    columns = columns_of(lang, *_CHECK_COLUMNS)
    columns[2] = Column(title=columns[2].title, width=11, centre=True, colours=verdicts)
    return columns


def _finding_columns(lang: Lang) -> list[Column]:
    levels = {word(key, lang): colours for key, colours in _COLOURS.items()}
    opinions = tuple(word(f"opinion.{key}", lang) for key in ("true", "partly", "open", "false", "minor"))
    made = columns_of(
        lang,
        ("序号", "No.", 5, "c"),
        ("规则", "Rule", 11, "wc"),
        ("级别", "Level", 8, "c"),
        ("问题摘要", "Finding", 28, "w"),
        ("原文一", "Text 1", 36, "w"),
        ("原文二", "Text 2", 28, "w"),
        ("计算过程", "Arithmetic", 28, "w"),
        ("差额", "Difference", 14, "wc"),
        ("建议核实", "To verify", 26, "w"),
        ("单位说明", "Explanation of the body", 14, "w"),
        ("审核意见", "Opinion", 12, "w"),
        ("索引号", "Index", 8, "wc"),
        ("指纹", "Fingerprint", 18, "c"),
        ("编号", "Id", 6, "c"),
        ("事实一", "Fact 1", 7, "c"),
        ("事实二", "Fact 2", 7, "c"),
    )
    made[2] = Column(title=made[2].title, width=8, centre=True, choices=tuple(levels), colours=levels)
    made[10] = Column(title=made[10].title, width=12, wrap=True, choices=opinions)
    return made


FACT_COLUMNS = (
    ("编号", "Id", 6, "c"),
    ("章节", "Section", 24, ""),
    ("主体", "Subject", 14, ""),
    ("指标", "Indicator", 24, ""),
    ("指标编码", "Indicator id", 22, ""),
    ("原文用语", "Words", 20, ""),
    ("原文数量", "As printed", 14, ""),
    ("数值", "Value", 14, ""),
    ("下限", "Low", 8, ""),
    ("上限", "High", 8, ""),
    ("单位", "Unit", 8, "c"),
    ("界限", "Bound", 8, "c"),
    ("类别", "Kind", 8, "c"),
    ("时期", "Period", 12, "c"),
    ("限定", "Qualifiers", 10, ""),
    ("页", "Page", 5, "c"),
    ("行", "Line", 6, "c"),
    ("单元格", "Cell", 12, "c"),
    ("核对", "Checked", 26, ""),
    ("疑点", "Findings", 8, "c"),
)
_INDICATOR_COLUMNS = (
    ("指标", "Indicator", 26, "w"),
    ("指标编码", "Indicator id", 30, "w"),
    ("类别", "Kind", 8, "c"),
    ("单位", "Unit", 8, "c"),
    ("次数", "Times", 7, "c"),
    ("不同数值", "Values", 9, "c"),
    ("章节数", "Sections", 8, "c"),
    ("各章节所述", "As stated by section", 70, "w"),
)
_CHECK_COLUMNS = (
    ("编号", "Id", 7, "c"),
    ("规则", "Rule", 20, ""),
    ("结论", "Verdict", 11, "c"),
    ("指标", "Indicators", 26, "w"),
    ("算式", "Arithmetic", 44, "w"),
    ("说明", "Note", 24, "w"),
    ("所涉数字", "Figures", 46, "w"),
    ("疑点", "Finding", 8, "c"),
)
COVERAGE_COLUMNS = (
    ("项目", "What", 12, ""),
    ("状态", "State", 16, ""),
    ("原因或规则", "Reason or rule", 34, "w"),
    ("个数", "Count", 8, "c"),
    ("占比", "Share", 8, "c"),
    ("举例或说明", "Examples or remarks", 80, "w"),
)


def book(parts: Sequence[Part], view: View) -> bytes:
    """The workbook of several reports, one after the other in every sheet.

    Raises:
        HeshuError: a table is longer than a sheet can be.
    """
    lang = view.lang
    file = Column(title="文件" if lang == "zh" else "File", width=18, wrap=True)
    several = len(parts) > 1

    def named(columns: Sequence[Column]) -> list[Column]:
        return [file, *columns] if several else list(columns)

    def rows(kind: str) -> Iterator[list[Cell | Value]]:
        for one in parts:
            for row in getattr(one, kind):
                yield [Cell(one.name, one.link), *row] if several else list(row)

    sheets = []
    if view.subject == "check":
        sheets.append(_findings_sheet(parts, lang, file if several else None))
    sheets.append(
        Sheet(
            name=word("paper.facts", lang),
            columns=named(columns_of(lang, *FACT_COLUMNS)[: None if view.subject == "check" else -2]),
            rows=list(_fact_rows(parts, lang)) if view.subject == "check" else [row[:-1] for row in rows("facts")],
            frozen=1 + several,
            empty=word("no_facts", lang),
        )
    )
    indicators = named(columns_of(lang, *_INDICATOR_COLUMNS))
    sheets.append(Sheet(name=word("paper.indicators", lang), columns=indicators, rows=list(rows("indicators")), frozen=1 + several))
    if view.subject == "check":
        sheets.append(Sheet(name=word("paper.checked", lang), columns=named(check_columns(lang)), rows=list(rows("checks")), frozen=1 + several))
        sheets.append(Sheet(name=word("paper.coverage", lang), columns=named(columns_of(lang, *COVERAGE_COLUMNS)), rows=list(rows("coverage"))))
    return workbook(sheets, lang, word("paper.title", lang))


def _findings_sheet(parts: Sequence[Part], lang: Lang, file: Column | None) -> Sheet:
    rows = list(_finding_rows(parts, lang, several=file is not None))
    empty = word("clean", lang) if parts else word("paper.nothing", lang)
    return findings_sheet([(one.name, one.link, one.org) for one in parts], rows, lang, file=file, empty=empty)


def findings_sheet(
    documents: Sequence[tuple[str, str, str]], rows: Sequence[Sequence[Cell | Value]], lang: Lang, *, file: Column | None, empty: str
) -> Sheet:
    """The sheet to sign: ``documents`` are (name, link, body) of each; ``file`` is the column of their names where there is one,
    and ``empty`` what is said where there are no rows."""
    columns = _finding_columns(lang)
    if file is not None:
        columns.insert(1, file)
    bodies = list(dict.fromkeys(body for _, _, body in documents if body))
    body = word("comma", lang).join(bodies[:3]) + (" …" if len(bodies) > 3 else "")
    alone = len(documents) == 1
    files = documents[0][0] if alone else f"{len(documents)} 份" if lang == "zh" else str(len(documents))
    about = [
        (("被核对单位", "Body"), body),
        (("文件", "File" if alone else "Files"), files),
        (("疑点", "Findings"), str(len(rows))),
    ]
    signed = (
        "编制人：　　　　　　编制日期：　　　　　　复核人：　　　　　　复核日期：",
        "Prepared by:                Date:                Reviewed by:                Date:",
    )
    line = "　　".join(f"{zh if lang == 'zh' else en}{word('colon', lang)}{value}" for (zh, en), value in about)
    head = (Cell(word("paper.title", lang)), Cell(line, documents[0][1] if alone else ""), Cell(signed[0 if lang == "zh" else 1]))
    assert len(head) == FINDINGS_HEAD
    return Sheet(
        name=word("paper.findings", lang),
        columns=columns,
        rows=rows,
        head=head,
        frozen=4 if file is not None else 3,
        printed=len(columns) - _NOT_PRINTED,
        empty=empty,
    )


def _finding_rows(parts: Sequence[Part], lang: Lang, *, several: bool) -> Iterator[list[Cell | Value]]:
    sheet = word("paper.facts", lang)
    number, before = 0, 0
    for one in parts:
        for row in one.findings:
            number += 1
            links = [f"internal:'{sheet}'!A{before + fact + 2}" if fact is not None else "" for fact in row.facts]
            ids = [Cell(one.facts[fact][0] if fact is not None else None, link) for fact, link in zip(row.facts, links, strict=True)]
            file = [Cell(one.name, one.link)] if several else []
            yield [Cell(number, links[0]), *file, *row.cells[:3], *(quote or None for quote in row.quotes), *row.cells[3:], *ids]
        before += len(one.facts)


def _fact_rows(parts: Sequence[Part], lang: Lang) -> Iterator[list[Cell | Value]]:
    sheet = word("paper.findings", lang)
    before = 0
    for one in parts:
        for row, found in zip(one.facts, one.found, strict=True):
            numbers = [before + n + 1 for n in found]
            link = f"internal:'{sheet}'!A{numbers[0] + FINDINGS_HEAD + 1}" if numbers else ""
            told: Value = numbers[0] if len(numbers) == 1 else " ".join(map(str, numbers))
            yield [*([Cell(one.name, one.link)] if len(parts) > 1 else []), *row, Cell(told, link) if numbers else None]
        before += len(one.findings)
