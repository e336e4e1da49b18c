"""One report after the other: read, look, print or save, and go on when one of them cannot be read."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import click

from extract.cli import CLEAN, FOUND, UNREADABLE, internal_error
from extract.cli._inputs import stem
from extract.cli._options import colour_wanted, terminal_width
from extract.errors import HeshuError
from extract.settings import Settings
from extract.types import Report
from extract.writers import Subject, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to do with which documents."""

    files: Sequence[str]
    subject: Subject
    format: str
    output_dir: Path | None
    settings: Settings


@dataclass(slots=True)
class Outcome:
    """What came of it: findings by severity and by code, and how many documents could not be read."""

    documents: int = 0
    unreadable: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)

    def count(self, report: Report) -> None:
        self.documents += 1
        self.severities.update(finding.severity for finding in report.findings)
        self.codes.update(finding.code for finding in report.findings)

    def exit_code(self, *, strict: bool) -> int:
        """2 where something could not be read, else 1 where an error (if ``strict``, also a warning) was found, else 0."""
        if self.unreadable:
            return UNREADABLE
        return FOUND if self.severities["error"] or (strict and self.severities["warning"]) else CLEAN


def complain(line: object) -> None:
    """One line on standard error."""
    print(f"heshu: {line}", file=sys.stderr)


def attempt(name: str, work: Callable[[], None]) -> bool:
    """Whether ``work`` on the document ``name`` went well; if not, one line says why, and the others can go on."""
    try:
        work()
    except HeshuError as error:
        complain(error)
        return False
    except BrokenPipeError:
        raise
    except Exception as error:
        complain(f"{name}: {internal_error(error)}")
        return False
    return True


def run(request: Request) -> Outcome:
    """Do it, printing to standard output or saving into the folder of the request."""
    # Only now: a help page needs none of the stages.
    from extract import report as reports
    from extract.catalogue import load
    from extract.cli import _inputs
    from extract.learned import models
    from extract.pipeline import analyse, known_codes

    settings = request.settings
    try:
        catalogue = load(settings.indicators)
        known_codes((*settings.select, *settings.ignore))
    except HeshuError as error:
        raise click.ClickException(str(error)) from error
    chosen = models(settings.model)
    outcome = Outcome()
    names: list[str] = []
    for name in _inputs.expand(request.files):
        if isinstance(name, str):
            names.append(name)
        else:
            complain(name)
            outcome.unreadable += 1
    writer = reports.writer(request.format)
    if len(names) > 1 and request.output_dir is None and not writer.follows:
        raise click.UsageError(f"{len(names)} documents in {request.format} need --output-dir DIR")
    targets = _targets(names, request.output_dir, writer.suffix)
    on_terminal = request.output_dir is None and sys.stdout.isatty()
    view = View(
        subject=request.subject,
        lang=settings.lang,
        colour=request.output_dir is None and colour_wanted(),
        width=terminal_width() if on_terminal else View().width,
    )

    def work(name: str) -> None:
        found = analyse(_inputs.read(name), catalogue=catalogue, select=settings.select, ignore=settings.ignore, models=chosen)
        text = writer.write(found, view)
        if name in targets:
            reports.save(text, targets[name], encoding=writer.encoding)
        else:
            sys.stdout.write("\n" + text if outcome.documents and writer.format == "text" else text)
        outcome.count(found)

    with _progress(names, wanted=sys.stderr.isatty() and not on_terminal) as steps:
        for name in steps:
            outcome.unreadable += not attempt(name, partial(work, name))
    return outcome


def _targets(names: Sequence[str], folder: Path | None, suffix: str) -> dict[str, Path]:
    if folder is None:
        return {}
    from extract.cli._outputs import targets

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror}; name another --output-dir") from error
    found = targets(names, folder, suffix)
    for name, path in found.items():
        if path.stem != stem(name):
            complain(f"{name}: its output goes to {path}, because another document is called {stem(name)} too")
    return found


@contextmanager
def _progress(names: Sequence[str], *, wanted: bool) -> Iterator[Iterable[str]]:
    """The names, with a bar on standard error while they pass where several are to come."""
    if not wanted or len(names) < 2:
        yield names
        return
    with click.progressbar(names, file=sys.stderr, show_pos=True, item_show_func=lambda name: name and Path(name).name) as steps:
        yield steps


def statistics(outcome: Outcome) -> Iterator[str]:
    """Lines that count the findings of all documents by code, the most frequent first."""
    from extract.writers.text import check_names

    names = check_names()
    width = max((len(str(count)) for count in outcome.codes.values()), default=1)
    for code, count in sorted(outcome.codes.items(), key=lambda entry: (-entry[1], entry[0])):
        yield f"{count:>{width}}  {code}  {names.get(code, '')}".rstrip()
    yield f"{outcome.documents} documents, {outcome.unreadable} not readable"
