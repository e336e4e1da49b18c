"""One report after the other: read, look, print or save, and go on when one of them cannot be read."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.cli import CLEAN, FOUND, UNREADABLE, internal_error
from extract.cli._inputs import stem
from extract.cli._options import colour_wanted, terminal_width
from extract.errors import HeshuError
from extract.settings import Settings
from extract.types import Finding, Report
from extract.writers import Subject, View

if TYPE_CHECKING:
    from extract.cli._outputs import Outputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to do with which documents."""

    files: Sequence[str]
    subject: Subject
    format: str
    output_dir: Path | None
    settings: Settings
    output: Path | None = None
    write_baseline: Path | None = None


@dataclass(slots=True)
class Outcome:
    """What came of it: findings by severity and by code, those suppressed by their kind, and how many documents could not be read."""

    documents: int = 0
    unreadable: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    suppressed: Counter[str] = field(default_factory=Counter)
    known: list[tuple[str, Finding]] = field(default_factory=list)
    """The findings to report, each with the name of its document: what a baseline keeps."""

    def count(self, report: Report) -> None:
        self.documents += 1
        self.suppressed.update(one.kind for one in report.suppressed)
        name = report.document.path or report.document.name
        self.known.extend((Path(name).as_posix(), finding) for finding in report.findings)
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
    from extract.cli import _inputs
    from extract.cli._analysis import prepare

    settings = request.settings
    analyse = prepare(settings, baseline=request.write_baseline is None)
    outcome = Outcome()
    names: list[str] = []
    for name in _inputs.expand(request.files, request.output_dir):
        if isinstance(name, str):
            names.append(name)
        else:
            complain(name)
            outcome.unreadable += 1
    on_screen = request.output_dir is None and request.output is None
    on_terminal = on_screen and sys.stdout.isatty()
    view = View(
        subject=request.subject,
        lang=settings.lang,
        colour=on_screen and colour_wanted(),
        width=terminal_width() if on_terminal else View().width,
        folder=request.output_dir or (request.output.parent if request.output else Path()),
    )
    outputs = _outputs(request, view, names)

    def work(name: str) -> None:
        found = analyse(name)
        outputs.add(name, found)
        outcome.count(found)

    with _progress(names, wanted=sys.stderr.isatty() and not on_terminal) as steps:
        for name in steps:
            outcome.unreadable += not attempt(name, partial(work, name))
    if not attempt(str(request.output or "-"), outputs.finish):
        outcome.unreadable += 1
    if request.subject == "check":
        for entry in analyse.unused():
            what = " ".join(filter(None, (entry.code, entry.fingerprint, entry.file and f"in {entry.file}")))
            complain(f"{analyse.ignore_file}: {what} is not found any more; remove the entry")
    if request.write_baseline is not None:
        _write_baseline(request.write_baseline, outcome)
    return outcome


def _write_baseline(path: Path, outcome: Outcome) -> None:
    from extract.report import save
    from extract.suppressions import baseline_of

    if outcome.unreadable:
        complain(f"{path}: not written, because not everything could be read")
        return
    try:
        save(baseline_of(outcome.known), path)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}; name another --write-baseline") from error
    complain(f"{path}: {len(outcome.known)} findings, which are not new from now on with --baseline {path}")


def _outputs(request: Request, view: View, names: Sequence[str]) -> Outputs:
    """Where the request wants its output; its folder is made."""
    from extract.cli._outputs import Outputs
    from extract.report import writer

    folder = request.output_dir
    try:
        chosen = writer(request.format)
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    except HeshuError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror}; name another --output-dir") from error
    found = Outputs(chosen, view, names, folder=folder, file=request.output)
    inputs = {Path(name).resolve() for name in names}
    for name, path in found.targets.items():
        if path.stem != stem(name):
            plain = path.with_name(f"{stem(name)}{path.suffix}")
            why = f"{plain} is a document itself" if plain.resolve() in inputs else f"another document is called {stem(name)} too"
            complain(f"{name}: its output goes to {path}, because {why}")
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
    from extract.writers._rules import rule_name

    width = max((len(str(count)) for count in outcome.codes.values()), default=1)
    for code, count in sorted(outcome.codes.items(), key=lambda entry: (-entry[1], entry[0])):
        yield f"{count:>{width}}  {code}  {rule_name(code, 'en')}".rstrip()
    for kind, what in (("ignored", "ignored with a reason"), ("baseline", "in the baseline")):
        if outcome.suppressed[kind]:
            yield f"{outcome.suppressed[kind]:>{width}}  {what}"
    yield f"{outcome.documents} documents, {outcome.unreadable} not readable"
