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
from extract.writers._arithmetic import arithmetic_of, note_of
from extract.writers._html.body import body, contents
from extract.writers._html.cases import WEIGHTS, Case, cases
from extract.writers._html.charts import coverage_chart, indicator_charts, rules_chart
from extract.writers._html.marks import STATES, Marks, marks
from extract.writers._html.panel import panel
from extract.writers._html.tags import HOLE, data_block, joined, tag
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


def page(report: Report, lang: Lang) -> bytes:
    """The whole page, encoded; byte-identical for an identical report and language."""
    made = _Page(report, lang)
    before, _, after = made.text().partition(HOLE)
    return b"".join(part.encode() for part in (before, *body(report, made.marks, lang), after))


class _Page:
    def __init__(self, report: Report, lang: Lang) -> None:
        self.report = report
        self.lang: Lang = lang
        self.cases: Sequence[Case] = cases(report, lang)
        self.marks: Marks = marks(report, self.cases)
        self.counts = summarise(report)
        self.title = report.document.about.title or report.document.name
        self.colon = word("colon", lang)

    def word(self, key: str) -> str:
        return word(key, self.lang)

    def text(self) -> str:
        """The page, with a hole where the text of the document goes."""
        # Only these two may run and style: nothing that a document brings along, were it ever to get past the escaping.
        style, script = asset("page.css"), asset("page.js")
        policy = (
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
            "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
        )
        head = tag(
            "head",
            tag("meta", {"charset": "utf-8"}),
            tag("meta", {"http-equiv": "Content-Security-Policy", "content": Markup(policy)}),
            tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            tag("meta", {"name": "referrer", "content": "no-referrer"}),
            tag("meta", {"name": "color-scheme", "content": "light dark"}),
            tag("link", {"rel": "icon", "href": "data:,"}),
            tag("title", f"{self.title} · 核数"),
            Markup(f"<style>{style}</style>"),
        )
        parts = (
            tag("a", {"href": "#findings", "class": "skip"}, self.word("skip")),
            self._top(),
            tag("main", {"id": "main"}, self._overview(), self._contents(), self._findings(), self._document()),
            self._foot(),
            data_block("facts", self._data()),
            Markup(f"<script>{script}</script>"),
        )
        language = "zh-Hans" if self.lang == "zh" else "en"
        whole = tag("html", {"lang": language}, head, tag("body", *parts))
        return f"<!doctype html>\n{whole}\n"

    def _top(self) -> Markup:
        document, about = self.report.document, self.report.document.about
        said = " · ".join(filter(None, (about.org, about.region if about.region not in about.org else "", about.year)))
        remarks = [tag("li", remark.zh if self.lang == "zh" else remark.en) for remark in document.remarks]
        return tag(
            "header",
            {"class": "top"},
            tag("p", {"class": "brand"}, tag("b", "核数"), " heshu"),
            tag("h1", self.title),
            tag("p", {"class": "said"}, tag("span", {"class": "path"}, document.path or document.name), *([" · ", tag("bdi", said)] if said else [])),
            tag("ul", {"class": "remarks"}, *remarks) if remarks else "",
        )

    def _overview(self) -> Markup:
        report, lang, counts = self.report, self.lang, self.counts
        if report.findings:
            worst = next(severity for severity, count in counts.findings if count)
            found = self.word("findings.count").format(len(report.findings)) + self.colon + listed(list(counts.findings), lang)
            verdict = tag("p", {"class": "verdict", "data-weight": worst}, found)
        else:
            verdict = tag("p", {"class": "verdict", "data-weight": "none"}, self.word("clean_else" if report.suppressed else "clean"))
        cards = [self._card("coverage", coverage_chart(self.marks, lang), *self._reasons())]
        if rules := rules_chart(self.cases, lang):
            cards.append(self._card("rules", rules))
        if indicators := self._indicators():
            cards.append(self._card("indicators", indicators))
        heading = tag("h2", {"id": "overview-title", "class": "unseen"}, self.word("overview"))
        return tag("section", {"id": "overview", "aria-labelledby": "overview-title"}, heading, verdict, tag("div", {"class": "cards"}, *cards))

    def _card(self, key: str, *parts: Markup) -> Markup:
        return tag("section", {"class": "card", "aria-labelledby": f"card-{key}"}, tag("h3", {"id": f"card-{key}"}, self.word(f"card.{key}")), *parts)

    def _reasons(self) -> Iterator[Markup]:
        """The summary in words, as the report for the terminal gives it."""
        counts, lang = self.counts, self.lang
        linked, checked = share(counts.linked, counts.facts), share(counts.checked, counts.facts)
        lines = [self.word("linked").format(counts.facts, counts.linked, linked, counts.checked, checked)]
        for key, why in (("unchecked", counts.unchecked), ("others", counts.others)):
            if why:
                lines.append(self.word(key) + self.colon + reasons(why, lang))
        verdicts = listed(list(counts.checks), lang)
        lines.append(self.word("checks").format(len(self.report.checks)) + (self.colon + verdicts if verdicts else ""))
        yield tag("details", {"class": "reasons"}, tag("summary", self.word("reasons")), tag("ul", *(tag("li", line) for line in lines)))

    def _indicators(self) -> Markup:
        charts = indicator_charts(self.report, self.marks, self.lang)
        options = (tag("option", {"value": str(number)}, name) for number, (name, _) in enumerate(charts))
        choice = tag("label", {"class": "choice scripted"}, tag("span", self.word("indicator.choose")), tag("select", {"id": "indicator"}, *options))
        figures = (
            tag("figure", {"class": "indicator", "data-indicator": str(number)}, tag("figcaption", name), chart)
            for number, (name, chart) in enumerate(charts)
        )
        return joined(choice, *figures) if charts else Markup("")

    def _findings(self) -> Markup:
        listed_ = panel(self.report, self.marks, self.cases, self.lang)
        empty = tag("p", {"class": "clean"}, self.word("clean_else" if self.report.suppressed else "clean")) if not self.report.findings else ""
        heading = tag("h2", {"id": "findings-title"}, self.word("findings"))
        filters = self._filters() if self.cases else ""
        keys = self._keys() if self.cases else ""
        return tag("section", {"id": "findings", "aria-labelledby": "findings-title", "tabindex": "-1"}, heading, filters, empty, listed_, keys)

    def _filters(self) -> Markup:
        live = [case for case in self.cases if case.suppressed is None]
        weights = Counter(case.weight for case in live)
        boxes = (
            tag(
                "label",
                {"data-weight": weight},
                tag("input", {"type": "checkbox", "name": "weight", "value": weight, "checked": True}),
                tag("span", word(weight, self.lang), " ", tag("b", str(weights[weight]))),
            )
            for weight in WEIGHTS
            if weights[weight]
        )
        codes = sorted({case.code for case in self.cases})
        options = (tag("option", {"value": code}, f"{code} {rule_name(code, self.lang)}") for code in codes)
        return tag(
            "form",
            {"class": "filters scripted", "role": "search", "id": "filters"},
            tag("fieldset", tag("legend", {"class": "unseen"}, self.word("filter.severity")), *boxes),
            tag("select", {"id": "rule", "aria-label": self.word("rule")}, tag("option", {"value": "-"}, self.word("filter.all")), *options),
            tag("input", {"type": "search", "id": "search", "placeholder": self.word("filter.search"), "aria-label": self.word("filter.search")}),
            tag("p", {"role": "status", "id": "status", "data-words": self.word("filter.shown")}),
        )

    def _keys(self) -> Markup:
        rows = (
            tag("div", tag("dt", *(tag("kbd", key) for key in keys.split())), tag("dd", self.word(f"key.{name}")))
            for keys, name in (("j k", "case"), ("Enter", "place"), ("Esc", "back"), ("n p", "number"), ("/", "search"))
        )
        switch = tag("label", tag("input", {"type": "checkbox", "id": "keys", "checked": True}), " ", self.word("keys.on"))
        return tag("details", {"class": "keys scripted"}, tag("summary", self.word("keys")), tag("dl", *rows), switch)

    def _document(self) -> Markup:
        buttons = (
            tag("button", {"type": "button", "data-state": state, "aria-pressed": "true"}, _swatch(state), self.word(f"state.{state}"))
            for state in STATES
            if self.marks.states[state]
        )
        bar = tag("div", {"class": "states scripted", "role": "group", "aria-label": self.word("filter.states")}, *buttons)
        heading = tag("h2", {"id": "document-title"}, self.word("document"))
        long = len(self.report.document.text) > _LONG
        text = tag("article", {"lang": "zh-Hans", "id": "text", "class": "long" if long else None}, HOLE)
        parts = tag("div", {"class": "bar"}, heading, bar), text, self._inspector()
        return tag("section", {"id": "document", "aria-labelledby": "document-title"}, *parts)

    def _contents(self) -> Markup:
        items = contents(self.report, self.cases)
        heading = tag("h2", {"id": "contents-title"}, self.word("contents"))
        return tag("nav", {"id": "contents", "aria-labelledby": "contents-title"}, heading, items) if items else items

    def _inspector(self) -> Markup:
        close = tag("button", {"type": "button", "aria-label": self.word("close")}, "×")
        return tag("aside", {"id": "inspector", "hidden": True, "aria-label": self.word("inspector")}, close, tag("div", {"aria-live": "polite"}))

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
        checks = [
            [check.code, check.verdict, arithmetic_of(check, self.lang) or note_of(check, self.lang), list(dict.fromkeys(check.facts))]
            for check in report.checks
        ]
        words = {key: self.word(key) for key in ("indicator", "subject", "period", "kind", "pass", "fail", "review", "not_assessable")}
        return {"words": words, "facts": facts, "checks": checks}


def _swatch(state: str) -> Markup:
    return tag("span", {"class": "swatch", "data-state": state})


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
