"""How far findings can be believed, and how many errors are found: reports with planted errors, each told in a key beside them.

``python -m benchmarks.planted [DIR...]`` checks the reports of the folders, or those of annotations/planted, and prints by kind of
report how many findings are about a planted error, how many are not, and how many of the planted errors are found; with
``--list``, each finding that is about none and each error that was missed, to be read. Exit code 1 where a finding of the
severity *error* is about none.

A key (``NAME.key.json`` beside ``NAME.txt`` or ``NAME.md``) lists ``errors``, each with ``quotes`` (passages that occur once; the first
holds the wrong figure), ``wrong``, ``right`` and ``why``; ``doubts``, passages that merit a question; and ``traps``, passages that are right.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.machine import ROOT
from extract import ingest, learned
from extract.catalogue import load
from extract.pipeline import analyse
from extract.types import Document, Finding, Report, Span

REPORTS = ROOT / "annotations" / "planted"
KEY = ".key.json"
_QUOTED = 60
_BLANK = re.compile(r"[\s|*]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """An error that was put into a report: where its wrong figure stands, and every passage that it takes part in."""

    figure: Span
    passages: tuple[Span, ...]
    told: str

    def found_by(self, finding: Finding) -> bool:
        """Whether a finding shows the wrong figure, or two of the passages."""
        shown = sum(any(place.overlaps(passage) for place in finding.places) for passage in self.passages)
        return shown > 1 or any(place.overlaps(self.figure) for place in finding.places)


@dataclass(slots=True)
class Score:
    """Findings that are about a planted error (or, of warnings, a doubt), those that are not, and the errors found of those planted."""

    errors: int = 0
    false_errors: int = 0
    warnings: int = 0
    false_warnings: int = 0
    found: int = 0
    planted: int = 0
    reports: int = 0
    listed: list[str] = field(default_factory=list)


def score(folders: Iterable[Path], model: str = "default") -> dict[str, Score]:
    """What checking the reports brings up, by the kind of report: the first word of the name, or the folder's name where it has none."""
    catalogue, models = load(), learned.models(model)
    scores: dict[str, Score] = {}
    for key in sorted(key for folder in folders for key in folder.glob(f"*{KEY}")):
        name = key.name.removesuffix(KEY)
        file = next(file for file in (key.with_name(f"{name}.txt"), key.with_name(f"{name}.md")) if file.exists())
        report = analyse(ingest.read(file), catalogue=catalogue, models=models)
        kind = name.partition("-")[0] if "-" in name else key.parent.name
        _count(scores.setdefault(kind, Score()), name, report, json.loads(key.read_text(encoding="utf-8")))
    return scores


def _count(total: Score, name: str, report: Report, key: dict[str, list[dict[str, object]]]) -> None:
    errors = [_planted(error, report.document) for error in key["errors"]]
    doubts = [_planted(doubt, report.document) for doubt in key.get("doubts", [])]
    told = [finding for finding in report.findings if finding.severity != "info"]
    for finding in told:
        true = any(error.found_by(finding) for error in errors)
        if finding.severity == "error":
            total.errors, total.false_errors = total.errors + true, total.false_errors + (not true)
        else:
            true = true or any(place.overlaps(passage) for doubt in doubts for passage in doubt.passages for place in finding.places)
            total.warnings, total.false_warnings = total.warnings + true, total.false_warnings + (not true)
        if not true:
            total.listed.extend(_told(name, finding, report.document))
    missed = [error for error in errors if not any(error.found_by(finding) for finding in told)]
    total.listed.extend(f"{name}: missed: {error.told}" for error in missed)
    total.found += len(errors) - len(missed)
    total.planted += len(errors)
    total.reports += 1


def _planted(entry: dict[str, object], document: Document) -> Planted:
    quotes = entry["quotes"]
    assert isinstance(quotes, list)
    passages = tuple(span_of(document, quote) for quote in quotes)
    wrong = entry.get("wrong")
    at = document.text.find(wrong, passages[0].start, passages[0].end) if isinstance(wrong, str) else -1
    figure = passages[0] if at < 0 else Span(at, at + len(str(wrong)))
    return Planted(figure=figure, passages=passages, told=f"{wrong} for {entry.get('right')}: {entry.get('why')}")


def span_of(document: Document, quote: str) -> Span:
    """Where a passage stands in a text, white space and the lines of tables apart.

    Raises:
        ValueError: it does not stand there once.
    """
    squeezed = [(at, character) for at, character in enumerate(document.text) if not _BLANK.match(character)]
    text = "".join(character for _, character in squeezed)
    words = _BLANK.sub("", quote)
    if text.count(words) != 1:
        raise ValueError(f"{document.name}: {quote!r} occurs {text.count(words)} times")
    start = text.index(words)
    return Span(squeezed[start][0], squeezed[start + len(words) - 1][0] + 1)


def _told(name: str, finding: Finding, document: Document) -> Iterator[str]:
    yield f"{name}: false {finding.severity}: {finding.code} {finding.message}"
    for place in finding.places:
        words = document.text[max(0, place.start - _QUOTED // 2) : place.end + _QUOTED // 4]
        yield f"    {' '.join(words.split())}"


def table(scores: dict[str, Score]) -> Iterator[str]:
    """The scores as a Markdown table, with all of them together last."""
    yield "| reports | of them | errors true | false | warnings true | false | planted found |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    names = ("reports", "errors", "false_errors", "warnings", "false_warnings", "found", "planted")
    together = Score(**{name: sum(getattr(one, name) for one in scores.values()) for name in names})
    for kind, one in (*sorted(scores.items()), ("all", together)):
        yield (
            f"| {kind} | {one.reports} | {one.errors} | {one.false_errors} | {one.warnings} | {one.false_warnings} | {one.found} of {one.planted} |"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted", description="findings on reports with planted errors")
    parser.add_argument("folders", nargs="*", type=Path, default=[REPORTS], metavar="DIR")
    parser.add_argument("--model", default="default")
    parser.add_argument("--list", action="store_true", help="list what is false and what was missed")
    options = parser.parse_args(arguments)
    scores = score(options.folders, options.model)
    if options.list:
        print("\n".join(line for one in scores.values() for line in one.listed), end="\n\n")
    print("\n".join(table(scores)))
    return int(any(one.false_errors for one in scores.values()))


if __name__ == "__main__":
    raise SystemExit(main())
