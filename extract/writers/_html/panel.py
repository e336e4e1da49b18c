"""The list of cases beside the document: what is wrong, the arithmetic, the edit that mends it, and links to the places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from extract.types import Report, Span
from extract.writers import Lang
from extract.writers._frames import Frames
from extract.writers._html.cases import Case, CasePlace
from extract.writers._html.marks import Marks
from extract.writers._html.tags import joined, tag
from extract.writers._html.words import word
from extract.writers._lines import Lines
from extract.writers._rules import rule_name

_AROUND = 26
"""Characters of the sentence on each side of a place that are quoted."""
_MOST_PLACES = 8
"""So many places stand open; the others unfold."""
_FIGURE = re.compile(r"[0-9A-Za-z.,%]{2}")
_STOP = re.compile(r"[。！？!?；;\n]")


def panel(report: Report, marks: Marks, cases: Sequence[Case], lang: Lang) -> Markup:
    """The findings as a list; what is left for review and what is not reported any more folded away behind it."""
    maker = Panel(report, marks, lang)
    groups: dict[str, list[Markup]] = {"findings": [], "review": [], "suppressed": []}
    for case in cases:
        group = "suppressed" if case.suppressed else "review" if case.weight == "review" else "findings"
        groups[group].append(tag("li", maker.case(case)))
    parts = [tag("ol", {"class": "cases"}, *groups["findings"])] if groups["findings"] else []
    for group in ("review", "suppressed"):
        if groups[group]:
            head = tag("summary", word(f"{group}.head", lang).format(len(groups[group])))
            parts.append(tag("details", {"class": "group", "data-group": group}, head, tag("ol", {"class": "cases"}, *groups[group])))
    return joined(*parts)


class Panel:
    """Writes the cases of one report."""

    def __init__(self, report: Report, marks: Marks, lang: Lang) -> None:
        self._document = report.document
        self._marks = marks
        self._lang: Lang = lang
        self._lines = Lines(report.document)
        self._frames = Frames(report.document, lang)

    def case(self, case: Case) -> Markup:
        """One case as an ``<article>`` with the id of the case."""
        lang = self._lang
        weight, code = tag("span", {"class": "weight"}, word(case.weight, lang)), tag("span", {"class": "code"}, case.code)
        heading = tag("h3", {"id": f"{case.id}-title"}, weight, " ", code, " ", case.message)
        label = " · ".join(filter(None, (rule_name(case.code, lang), case.id, word("preview", lang) if case.preview else "")))
        attributes = {
            "class": "case",
            "id": case.id,
            "data-weight": "suppressed" if case.suppressed else case.weight,
            "data-code": case.code,
            "data-fingerprint": case.fingerprint,
            "tabindex": "-1",
            "aria-labelledby": f"{case.id}-title",
        }
        return tag("article", attributes, heading, tag("p", {"class": "label"}, label), *self._notes(case), *self._places(case))

    def _notes(self, case: Case) -> Iterator[Markup]:
        lang = self._lang
        lines = [tag("p", tag("code", line)) for line in case.arithmetic if line not in case.message]
        if lines:
            yield self._note("arithmetic", *lines)
        if case.repair:
            span, right = case.repair
            target = next((place.fact for place in case.places if place.span == span), "")
            edit = tag("del", span.of(self._document.text)), " → ", tag("ins", right)
            where = self._lines.where(span, lang)
            yield self._note("repair", tag("p", tag("a", {"href": f"#{target}"}, where) if target else where, " ", *edit))
        if case.decision:
            yield self._note("decision", tag("p", word("decision.text", lang)))
        if case.also:
            yield self._note("also", *(tag("p", tag("span", {"class": "code"}, code), " ", tag("code", line)) for code, line in case.also))
        if case.suppressed:
            one = case.suppressed
            said = " · ".join(filter(None, (word(one.kind, lang), one.reason, one.who, one.date)))
            yield self._note("reason", tag("p", said))

    def _note(self, key: str, *lines: Markup) -> Markup:
        return tag("div", {"class": f"note {key}"}, tag("span", {"class": "key"}, word(key, self._lang)), tag("div", *lines))

    def _places(self, case: Case) -> Iterator[Markup]:
        items = [tag("li", self._place(case, place)) for place in sorted(case.places, key=lambda place: place.span)]
        if items:
            yield tag("ol", {"class": "places"}, *items[:_MOST_PLACES])
        if len(items) > _MOST_PLACES:
            rest = items[_MOST_PLACES:]
            more = tag("summary", word("more_places", self._lang).format(len(rest)))
            yield tag("details", more, tag("ol", {"class": "places", "start": _MOST_PLACES + 1}, *rest))

    def _place(self, case: Case, place: CasePlace) -> Markup:
        role = word(f"role.{place.role}", self._lang) if place.role else ""
        where = tag("span", {"class": "where"}, self._lines.where(place.span, self._lang))
        parts = (where, " ", tag("span", {"class": "role"}, role) if role else "", " ", self._quote(place.span))
        # A place without a character to mark leads to the document.
        return tag("a", {"href": f"#{self._marks.targets.get((case.id, place.span), 'text')}"}, *parts)

    def _quote(self, span: Span) -> Markup:
        """The words around a place, those of the place marked; in a table the headings of its row and column before them."""
        text = self._document.text
        block = self._frames.block(span)
        frame = block.span if block is not None else span
        start, end = _clear(text, max(frame.start, span.start - _AROUND), frame.start), _clear(text, min(frame.end, span.end + _AROUND), frame.end)
        stops = [match.end() for match in _STOP.finditer(text, start, span.start)]
        stop = _STOP.search(text, span.end, end) if span.end <= end else None
        cut, ends = start > frame.start and not stops, end < frame.end and stop is None
        start, end = (stops[-1] if stops else start), (stop.start() if stop else end)
        heading = self._frames.heading(block) if block is not None else ""
        before, after = text[start : span.start].lstrip(), text[span.end : end].rstrip()
        return tag("q", heading, "…" if cut else "", before, tag("b", span.of(text)), after, "…" if ends else "")


def _clear(text: str, at: int, limit: int) -> int:
    """The offset, moved towards ``limit`` out of a figure that it would cut, by a few characters at most."""
    step = 1 if limit > at else -1
    for offset in range(at, limit, step)[:_AROUND]:
        if not _FIGURE.fullmatch(text, max(offset - 1, 0), offset + 1):
            return offset
    return limit if abs(limit - at) <= _AROUND else at
