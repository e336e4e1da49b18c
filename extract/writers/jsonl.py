"""A JSON object a line: a fact, or a finding with its figures, each with the document that it is from.

Why: lines can be streamed, cut, counted and loaded by every program for data, however many documents there are.

Example: ``{"document": "seed-003", "sha256": "…", "id": "f1", "start": 2321, "end": 2323, "text": "22起", …}``.

Left alone: checks, coverage and what is ignored; JSON has them. The members are those of heshu/1.

Source: https://jsonlines.org; the project's own format heshu/1.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from extract.types import Report
from extract.writers import View, Writer
from extract.writers._places import Places
from extract.writers.json import as_object


def _entries(report: Report, view: View) -> Iterator[dict[str, object]]:
    found = as_object(report, subject=view.subject)
    entries = found["facts" if view.subject == "facts" else "findings"]
    assert isinstance(entries, list)
    if view.subject == "facts":
        yield from entries
        return
    places = Places(report)
    for entry, finding in zip(entries, report.findings, strict=True):
        figures = []
        for place in places.of(finding):
            at = report.document.source_span(place.span)
            figures.append({"start": at.start, "end": at.end, "text": places.words(place.span), "role": place.role})
        yield {**entry, "figures": figures}


def _write(report: Report, view: View) -> str:
    document = {"document": report.document.name, "path": report.document.path, "sha256": report.document.sha256}
    return "".join(json.dumps({**document, **entry}, ensure_ascii=False) + "\n" for entry in _entries(report, view))


WRITER = Writer(format="jsonl", suffix=".jsonl", subjects=("check", "facts"), follows=True, write=_write)
