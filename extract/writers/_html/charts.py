"""What one would rather look at than read: how many numbers were checked, which rules found something, an indicator over the document.

Each chart is a table or a list that says the same in words; the drawing beside it is for the eye alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from extract.types import Fact, Link, Report
from extract.writers import Lang
from extract.writers._html.cases import WEIGHTS, Case
from extract.writers._html.marks import STATES, Marks
from extract.writers._html.tags import joined, tag
from extract.writers._html.words import word
from extract.writers._rules import rule_name
from extract.writers._summary import shares
from extract.writers._values import indicator_name, links_by_fact, period_of, subject_of, with_unit

_MOST_INDICATORS = 12
_MOST_STATEMENTS = 40
_FEWEST_STATEMENTS = 3
"""Fewer statements than this are read faster than a chart of them."""
_SHORTEST_SCALE = 4
"""One finding of one rule is no full bar."""
_WIDTH = 100


def coverage_chart(marks: Marks, lang: Lang) -> Markup:
    """A bar of all numerals by their state, with the share of each in words."""
    counts = [(state, marks.states[state]) for state in STATES if marks.states[state]]
    whole = sum(count for _, count in counts)
    parts, at = [], Decimal(0)
    for state, count in counts:
        width = Decimal(_WIDTH * count) / whole
        parts.append(tag("rect", {"x": _figure(at), "width": _figure(width), "height": "10", "data-state": state}))
        at += width
    told = zip(counts, shares([count for _, count in counts]), strict=True)
    items = []
    for (state, count), share in told:
        swatch = tag("span", {"class": "swatch", "data-state": state})
        items.append(tag("li", swatch, tag("span", word(f"state.{state}", lang)), tag("b", str(count)), tag("span", share)))
    return joined(_drawing(*parts, height=10), tag("ul", {"class": "legend"}, *items))


def rules_chart(cases: Iterable[Case], lang: Lang) -> Markup:
    """A bar for each rule with findings, the most frequent first, parted by severity; empty where there are none."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        if case.suppressed is None and case.weight != "review":
            counts[case.code][case.weight] += 1
    most = max([_SHORTEST_SCALE, *(by.total() for by in counts.values())])
    items = []
    for code, by in sorted(counts.items(), key=lambda entry: (-entry[1].total(), entry[0])):
        parts, at = [], Decimal(0)
        for weight in WEIGHTS:
            if by[weight]:
                width = Decimal(_WIDTH * by[weight]) / most
                parts.append(tag("rect", {"x": _figure(at), "width": _figure(width), "height": "10", "data-weight": weight}))
                at += width
        name = tag("span", tag("span", {"class": "code"}, code), " ", rule_name(code, lang))
        items.append(tag("li", tag("button", {"type": "button", "data-code": code}, name, tag("b", str(by.total())), _drawing(*parts, height=10))))
    return tag("ul", {"class": "bars"}, *items) if items else Markup("")


@dataclass(frozen=True, slots=True)
class _Statement:
    fact: Fact
    label: tuple[str, ...]
    written: str
    value: Decimal


def indicator_charts(report: Report, marks: Marks, lang: Lang) -> tuple[tuple[str, Markup], ...]:
    """Indicators that the document states several times, each with its name and a table of its figures with bars: those with
    findings first, then the most frequent, at most a dozen."""
    states = {piece.number.id: piece.number.state for piece in marks.pieces if piece.number}
    groups = _groups(report, lang)
    graves = {key: sum(states[one.fact.id] == "fail" for one in group) for key, group in groups.items()}
    chosen = sorted(groups, key=lambda key: (-graves[key], -len(groups[key]), key))[:_MOST_INDICATORS]
    alike = Counter(name for name, _ in chosen)
    return tuple((f"{name}（{unit}）" if alike[name] > 1 else name, _indicator(groups[name, unit], states, lang)) for name, unit in chosen)


_Key = tuple[str, str]


def _groups(report: Report, lang: Lang) -> dict[_Key, list[_Statement]]:
    """The figures of each indicator and unit that is stated often enough, in text order."""
    links = links_by_fact(report)
    groups: dict[_Key, list[_Statement]] = defaultdict(list)
    for fact in sorted(report.facts, key=lambda fact: fact.quantity.span):
        quantity, link = fact.quantity, links.get(fact.id)
        if quantity.value is not None and fact.kind in ("level", "rate", "score", "target"):
            name = indicator_name(fact, link)
            if name:
                groups[name, quantity.unit].append(_Statement(fact, _label(report, fact, link, lang), with_unit(report, quantity), quantity.value))
    return {key: group for key, group in groups.items() if len(group) >= _FEWEST_STATEMENTS and len({one.label for one in group}) > 1}


def _label(report: Report, fact: Fact, link: Link | None, lang: Lang) -> tuple[str, ...]:
    """What may tell one statement of an indicator from another: whose it is, when, what kind of figure, and in which section."""
    path = report.document.section_path(fact.section)
    return subject_of(report, fact, link), period_of(report, fact), " ".join(fact.qualifiers), word(fact.kind, lang), path[-1] if path else ""


def _labels(group: Sequence[_Statement]) -> list[str]:
    """The labels of a group, without what is the same for all of it; the section always stays."""
    differs = [len({one.label[part] for one in group}) > 1 or part == len(group[0].label) - 1 for part in range(len(group[0].label))]
    return [" · ".join(part for part, wanted in zip(one.label, differs, strict=True) if part and wanted) for one in group]


def _indicator(group: Sequence[_Statement], states: Mapping[str, str], lang: Lang) -> Markup:
    shown = group[:_MOST_STATEMENTS]
    low = min(Decimal(0), *(one.value for one in shown))
    high = max(Decimal(0), *(one.value for one in shown))
    extent = (high - low) or Decimal(1)
    rows = []
    for one, label in zip(shown, _labels(group), strict=False):
        start, end = sorted((Decimal(0), one.value))
        left, width = (start - low) / extent * _WIDTH, (end - start) / extent * _WIDTH
        bar = tag("rect", {"x": _figure(left), "width": _figure(width), "height": "10", "data-state": states[one.fact.id]})
        head = tag("th", {"scope": "row"}, tag("span", {"title": label}, label))
        link = tag("a", {"href": f"#{one.fact.id}"}, one.written)
        rows.append(tag("tr", head, tag("td", {"class": "figure"}, link), tag("td", _drawing(bar, height=10))))
    more = len(group) - len(shown)
    rest = tag("p", {"class": "more"}, word("more", lang).format(more)) if more else ""
    return joined(tag("table", {"class": "statements"}, tag("tbody", *rows)), rest)


def _figure(value: Decimal) -> str:
    return f"{value:.2f}"


def _drawing(*parts: Markup, height: int) -> Markup:
    return tag("svg", {"viewBox": f"0 0 {_WIDTH} {height}", "preserveAspectRatio": "none", "aria-hidden": "true", "focusable": "false"}, *parts)
