"""The page: one file with everything in it, that asks nobody for anything."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

from markupsafe import Markup

from extract.types import Report
from extract.writers import Lang
from extract.writers._html.body import body, contents
from extract.writers._html.cases import WEIGHTS, Case, cases
from extract.writers._html.charts import coverage_chart, indicator_charts, rules_chart
from extract.writers._html.marks import STATES, Marks, marks
from extract.writers._html.panel import panel
from extract.writers._html.tags import data_block, joined, tag
from extract.writers._html.words import word
from extract.writers._rules import rule_name
from extract.writers._summary import share, summarise
from extract.writers._values import indicator_name, links_by_fact, period_of, subject_of, with_unit
from extract.writers._words import listed, reasons

_LONG = 60_000
"""Characters from which on the browser lays out only the sections that are in sight."""


@cache
def asset(name: str) -> str:
    """The text of ``page.css`` or ``page.js``."""
    return (files(__package__) / name).read_text(encoding="utf-8")


def page(report: Report, lang: Lang) -> str:
    """The whole page; byte-identical for an identical report and language."""
    return _Page(report, lang).text()


class _Page:
    def __init__(self, report: Report, lang: Lang) -> None:
        self.report = report
        self.lang: Lang = lang
        self.cases: Sequence[Case] = cases(report, lang)
        self.marks: Marks = marks(report, self.cases)
        self.title = report.document.about.title or report.document.name
        self.colon = "：" if lang == "zh" else ": "

    def word(self, key: str) -> str:
        return word(key, self.lang)

    def text(self) -> str:
        # Only these two may run and style: nothing that a document brings along, were it ever to get past the escaping.
        style, script = asset("page.css"), asset("page.js")
        policy = (
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
            "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
        )
        head = tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=Markup(policy)),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="referrer", content="no-referrer"),
            tag("meta", name="color-scheme", content="light dark"),
            tag("link", rel="icon", href="data:,"),
            tag("title", f"{self.title} · 核数"),
            Markup(f"<style>{style}</style>"),
        )
        parts = (
            tag("a", self.word("skip"), href="#findings", class_="skip"),
            self._top(),
            tag("main", self._overview(), self._contents(), self._findings(), self._document(), id="main"),
            self._foot(),
            data_block("facts", self._data()),
            Markup(f"<script>{script}</script>"),
        )
        language = "zh-Hans" if self.lang == "zh" else "en"
        return f"<!doctype html>\n{tag('html', head, tag('body', *parts), lang=language)}\n"

    def _top(self) -> Markup:
        document, about = self.report.document, self.report.document.about
        said = " · ".join(filter(None, (about.org, about.region if about.region not in about.org else "", about.year)))
        remarks = [tag("li", remark.zh if self.lang == "zh" else remark.en) for remark in document.remarks]
        return tag(
            "header",
            tag("p", tag("b", "核数"), " heshu", class_="brand"),
            tag("h1", self.title),
            tag("p", tag("span", document.path or document.name, class_="path"), *([" · ", tag("bdi", said)] if said else []), class_="said"),
            tag("ul", *remarks, class_="remarks") if remarks else "",
            class_="top",
        )

    def _overview(self) -> Markup:
        report, lang = self.report, self.lang
        counts = summarise(report)
        if report.findings:
            worst = next(severity for severity, count in counts.findings if count)
            found = self.word("findings.count").format(len(report.findings)) + self.colon + listed(list(counts.findings), lang)
            verdict = tag("p", found, class_="verdict", data_weight=worst)
        else:
            verdict = tag("p", self.word("clean_else" if report.suppressed else "clean"), class_="verdict", data_weight="none")
        cards = [self._card("coverage", coverage_chart(self.marks, lang), *self._reasons())]
        if rules := rules_chart(self.cases, lang):
            cards.append(self._card("rules", rules))
        if indicators := self._indicators():
            cards.append(self._card("indicators", indicators))
        heading = tag("h2", self.word("overview"), id="overview-title", class_="unseen")
        return tag("section", heading, verdict, tag("div", *cards, class_="cards"), id="overview", aria_labelledby="overview-title")

    def _card(self, key: str, *parts: Markup) -> Markup:
        return tag("section", tag("h3", self.word(f"card.{key}"), id=f"card-{key}"), *parts, class_="card", aria_labelledby=f"card-{key}")

    def _reasons(self) -> Iterator[Markup]:
        """The summary in words, as the report for the terminal gives it."""
        counts, lang = summarise(self.report), self.lang
        linked, checked = share(counts.linked, counts.facts), share(counts.checked, counts.facts)
        lines = [self.word("linked").format(counts.facts, counts.linked, linked, counts.checked, checked)]
        for key, why in (("unchecked", counts.unchecked), ("others", counts.others)):
            if why:
                lines.append(self.word(key) + self.colon + reasons(why, lang))
        verdicts = listed(list(counts.checks), lang)
        lines.append(self.word("checks").format(len(self.report.checks)) + (self.colon + verdicts if verdicts else ""))
        yield tag("details", tag("summary", self.word("reasons")), tag("ul", *(tag("li", line) for line in lines)), class_="reasons")

    def _indicators(self) -> Markup:
        charts = indicator_charts(self.report, self.marks, self.lang)
        options = (tag("option", name, value=str(number)) for number, (name, _) in enumerate(charts))
        choice = tag("label", tag("span", self.word("indicator.choose")), tag("select", *options, id="indicator"), class_="choice scripted")
        figures = (
            tag("figure", tag("figcaption", name), chart, class_="indicator", data_indicator=str(number))
            for number, (name, chart) in enumerate(charts)
        )
        return joined(choice, *figures) if charts else Markup("")

    def _findings(self) -> Markup:
        listed_ = panel(self.report, self.marks, self.cases, self.lang)
        empty = tag("p", self.word("clean_else" if self.report.suppressed else "clean"), class_="clean") if not self.report.findings else ""
        heading = tag("h2", self.word("findings"), id="findings-title")
        filters = self._filters() if self.cases else ""
        keys = self._keys() if self.cases else ""
        return tag("section", heading, filters, empty, listed_, keys, id="findings", aria_labelledby="findings-title", tabindex="-1")

    def _filters(self) -> Markup:
        live = [case for case in self.cases if case.suppressed is None]
        weights = Counter(case.weight for case in live)
        boxes = (
            tag(
                "label",
                tag("input", type="checkbox", name="weight", value=weight, checked=True),
                tag("span", word(weight, self.lang), " ", tag("b", str(weights[weight]))),
                data_weight=weight,
            )
            for weight in WEIGHTS
            if weights[weight]
        )
        codes = sorted({case.code for case in self.cases})
        options = (tag("option", f"{code} {rule_name(code)}", value=code) for code in codes)
        return tag(
            "form",
            tag("fieldset", tag("legend", self.word("filter.severity"), class_="unseen"), *boxes),
            tag("select", tag("option", self.word("filter.all"), value="-"), *options, id="rule", aria_label=self.word("rule")),
            tag("input", type="search", id="search", placeholder=self.word("filter.search"), aria_label=self.word("filter.search")),
            tag("p", role="status", id="status", data_words=self.word("filter.shown")),
            class_="filters scripted",
            role="search",
            id="filters",
        )

    def _keys(self) -> Markup:
        rows = (
            tag("div", tag("dt", *(tag("kbd", key) for key in keys.split())), tag("dd", self.word(f"key.{name}")))
            for keys, name in (("j k", "case"), ("Enter", "place"), ("Esc", "back"), ("n p", "number"), ("/", "search"))
        )
        switch = tag("label", tag("input", type="checkbox", id="keys", checked=True), " ", self.word("keys.on"))
        return tag("details", tag("summary", self.word("keys")), tag("dl", *rows), switch, class_="keys scripted")

    def _document(self) -> Markup:
        buttons = (
            tag("button", _swatch(state), self.word(f"state.{state}"), type="button", data_state=state, aria_pressed="true")
            for state in STATES
            if self.marks.states[state]
        )
        bar = tag("div", *buttons, class_="states scripted", role="group", aria_label=self.word("filter.states"))
        heading = tag("h2", self.word("document"), id="document-title")
        long = len(self.report.document.text) > _LONG
        text = tag("article", body(self.report, self.marks, self.lang), lang="zh-Hans", id="text", class_="long" if long else None)
        parts = tag("div", heading, bar, class_="bar"), text, self._inspector()
        return tag("section", *parts, id="document", aria_labelledby="document-title")

    def _contents(self) -> Markup:
        items = contents(self.report, self.marks, self.cases, self.lang)
        heading = tag("h2", self.word("contents"), id="contents-title")
        return tag("nav", heading, items, id="contents", aria_labelledby="contents-title") if items else items

    def _inspector(self) -> Markup:
        close = tag("button", "×", type="button", aria_label=self.word("close"))
        return tag("aside", close, tag("div", aria_live="polite"), id="inspector", hidden=True, aria_label=self.word("inspector"))

    def _foot(self) -> Markup:
        made, document = self.report.made_by, self.report.document
        models = " ".join(f"{name} {digest[:12]}" for name, digest in sorted(made.models.items()))
        said = (
            (self.word("made_by"), f"heshu {made.version}"),
            (self.word("models"), models),
            (self.word("catalogue"), made.catalogue[:12]),
            ("SHA-256", document.sha256),
        )
        rows = (tag("div", tag("dt", key), tag("dd", value)) for key, value in said if value)
        return tag("footer", tag("dl", *rows), tag("p", self.word("silence")))

    def _data(self) -> dict[str, object]:
        """What the script shows of a number that is chosen: its fact, and the relations that it takes part in."""
        report, links = self.report, links_by_fact(self.report)
        facts = {}
        for fact in report.facts:
            link = links.get(fact.id)
            named = indicator_name(fact, link) + ("" if link and link.indicator_id else self.word("open"))
            told = (
                ("indicator", named),
                ("subject", subject_of(report, fact, link)),
                ("period", " ".join((period_of(report, fact), *fact.qualifiers)).strip()),
                ("kind", self.word(fact.kind)),
            )
            facts[fact.id] = [with_unit(report, fact.quantity), *(value for _, value in told)]
        checks = [[check.code, check.verdict, check.arithmetic or check.note, list(dict.fromkeys(check.facts))] for check in report.checks]
        words = {key: self.word(key) for key in ("indicator", "subject", "period", "kind", "pass", "fail", "review", "not_assessable")}
        return {"words": words, "facts": facts, "checks": checks}


def _swatch(state: str) -> Markup:
    return tag("span", class_="swatch", data_state=state)


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
