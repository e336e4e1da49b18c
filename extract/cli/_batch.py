"""Many documents: each is read, looked at, and printed or saved, and the run goes on when one of them cannot be read."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.cli import CLEAN, FOUND, INTERRUPTED, UNREADABLE, _interruption, _options, complain, foreseen
from extract.cli._inputs import stem
from extract.errors import HeshuError, InternalError
from extract.settings import Settings
from extract.writers import Lang, Subject, View, Writer

if TYPE_CHECKING:
    from extract.batch import Result
    from extract.cli._analysis import Analysis
    from extract.cli._look import Counts, Looked, Task
    from extract.cli._outputs import Outputs
    from extract.cli._stored import Stored

    Found = Result[Task, Looked]

TIMEOUT = 600
MEMORY = 4096
"""What a document may take where nothing else is said: seconds, and MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to do with which documents. ``statistics`` counts the findings by code at the end; ``fresh``
    does again what an earlier run into the same folder or ``store`` finished."""

    files: Sequence[str]
    subject: Subject
    format: str
    output_dir: Path | None
    settings: Settings
    output: Path | None = None
    write_baseline: Path | None = None
    statistics: bool = False
    fresh: bool = False
    store: Path | None = None


@dataclass(slots=True)
class Outcome:
    """What came of it: how many documents were looked at, what was counted in them, and why others could not be read."""

    documents: int = 0
    facts: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    suppressed: Counter[str] = field(default_factory=Counter)
    known: list[str] = field(default_factory=list)
    """The findings to report, as lines of a baseline, where one is wanted."""
    expected: set[int] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    """The suppressions that these documents should need, and the fingerprints of those that they do."""
    failures: list[HeshuError] = field(default_factory=list)
    later: bool = False
    """Whether failures are told when all is done: on a terminal they would stand in a bar, or be lost between reports."""

    def take(self, result: Found, outputs: Outputs | Stored) -> None:
        """Count a document and let its output go where it goes, or tell why there is none."""
        if result.value is None:
            assert result.error is not None
            self.fail(result.error)
        elif self.attempt(result.item.name, partial(outputs.add, result.value)):
            self.count(result.value.counts)

    def attempt(self, name: str, work: Callable[[], None]) -> bool:
        """Whether ``work`` went well; if not, ``name`` has failed."""
        error = _error_of(name, work)
        if error is not None:
            self.fail(error)
        return error is None

    def fail(self, error: HeshuError) -> None:
        self.failures.append(error)
        if not self.later:
            complain(error)

    def tell(self) -> None:
        """Tell of the failures that were not told at once."""
        if self.later:
            for error in self.failures:
                complain(error)

    def count(self, counts: Counts) -> None:
        self.documents += 1
        self.facts += counts.facts
        self.severities.update(counts.severities)
        self.codes.update(counts.codes)
        self.suppressed.update(counts.suppressed)
        self.known.extend(counts.known)
        self.expected.update(counts.expected)
        self.used.update(counts.used)

    def exit_code(self, *, strict: bool) -> int:
        """2 where something could not be read, else 1 where an error (if ``strict``, also a warning) was found, else 0."""
        if self.failures:
            return UNREADABLE
        return FOUND if self.severities["error"] or (strict and self.severities["warning"]) else CLEAN


def attempt(name: str, work: Callable[[], None]) -> bool:
    """Whether ``work`` on the document ``name`` went well; if not, one line says why, and the others can go on."""
    error = _error_of(name, work)
    if error is not None:
        complain(error)
    return error is None


def _error_of(name: str, work: Callable[[], None]) -> HeshuError | None:
    try:
        work()
    except HeshuError as error:
        return error
    except Exception as error:
        if isinstance(error, BrokenPipeError | click.ClickException) or foreseen(error):
            raise  # there is no place for any document any more
        return InternalError.of(name, error)
    return None


def run(request: Request) -> Outcome:
    """Do it, printing to standard output or saving into the folder of the request.

    Raises:
        click.exceptions.Exit: it was interrupted, as a line tells.
        HeshuError: the documents cannot be looked at.
        click.ClickException: their outputs have no place.
    """
    with _interruption.noted() as check_interruption:
        return _run(request, check_interruption)


def _run(request: Request, check_interruption: Callable[[], None]) -> Outcome:
    # Only now: a help page needs none of the stages.
    from extract import batch
    from extract import report as reports
    from extract.cli import _inputs
    from extract.cli._look import Look, Plan

    folder = request.output_dir
    expanded = list(_inputs.expand(request.files, folder))
    names = [name for name in expanded if isinstance(name, str)]
    on_screen = folder is None and request.output is None and request.store is None
    view = _options.view(
        request.subject, request.settings.lang, folder=folder or (request.output.parent if request.output else Path()), on_screen=on_screen
    )
    writer = reports.writer(request.format)
    jobs, timeout, memory = _limits(request.settings, len(names))
    store = _stored(request)
    plan = Plan(
        settings=request.settings,
        view=view,
        format=request.format,
        part=folder is None and writer.join is not None,
        folder=folder,
        new_baseline=request.write_baseline is not None,
        shared=timeout is not None,
        stored=store.known if store else None,
    )
    look = Look(plan)
    outcome = Outcome(later=len(expanded) > 1 and sys.stderr.isatty())
    for each in expanded:
        if isinstance(each, HeshuError):
            outcome.fail(each)
    outputs = store or _outputs(request, writer, view, names)
    try:
        with (
            closing(outputs),
            closing(batch.run(map(outputs.task, names), look.ready, jobs=jobs, timeout=timeout, memory=memory)) as results,
            _progress(results, len(names), wanted=sys.stderr.isatty() and not (on_screen and sys.stdout.isatty())) as steps,
        ):
            for result in steps:
                outcome.take(result, outputs)
                check_interruption()
            outcome.attempt(str(request.store or request.output or "-"), outputs.finish)
    except KeyboardInterrupt:
        outcome.tell()
        complain(_interrupted(outcome, len(names), request.store or folder))
        raise click.exceptions.Exit(INTERRUPTED) from None
    except Exception:
        outcome.tell()
        raise
    outcome.tell()
    _conclude(request, outcome, look.analysis, view.lang, several=len(expanded) > 1)
    return outcome


def _conclude(request: Request, outcome: Outcome, analysis: Analysis, lang: Lang, *, several: bool) -> None:
    """Tell and write what is known when all documents are done."""
    if request.subject == "check":
        _tell_unused(analysis, outcome)
    if request.write_baseline is not None:
        _write_baseline(request.write_baseline, outcome)
    if request.statistics:
        for line in statistics(outcome, lang):
            print(line, file=sys.stderr)
    if request.statistics or several:
        print(summary(outcome, request.subject, lang), file=sys.stderr)


def _limits(settings: Settings, documents: int) -> tuple[int, int | None, int | None]:
    """How many processes look at the documents, and what each of these may take, in seconds and MB; no limits in this process alone."""
    from extract.batch import cores

    wanted = 1 if settings.jobs is None else settings.jobs or cores()
    jobs = max(1, min(wanted, documents))
    if jobs == 1 and settings.timeout is None and settings.memory is None:
        return jobs, None, None
    return jobs, settings.timeout or TIMEOUT, settings.memory or MEMORY


def _interrupted(outcome: Outcome, documents: int, place: Path | None) -> str:
    if documents < 2:
        return "interrupted"
    done = f"interrupted after {outcome.documents} of {documents} documents"
    if place is None:
        return f"{done}; a run with --output-dir can be gone on with"
    return f"{done}; what is done stands in {place}, and the same command goes on from there"


def _tell_unused(analysis: Analysis, outcome: Outcome) -> None:
    for number in sorted(outcome.expected):
        entry = analysis.suppressions[number]
        if entry.fingerprint not in outcome.used:
            what = " ".join(filter(None, (entry.code, entry.fingerprint, entry.file and f"in {entry.file}")))
            complain(f"{analysis.ignore_file}: {what} is not found any more; remove the entry")


def _write_baseline(path: Path, outcome: Outcome) -> None:
    from extract.report import save
    from extract.suppressions import baseline_of

    if outcome.failures:
        complain(f"{path}: not written, because not everything could be read")
        return
    try:
        save(baseline_of(outcome.known), path)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}; name another --write-baseline") from error
    complain(f"{path}: {len(outcome.known)} findings, which are not new from now on with --baseline {path}")


def _outputs(request: Request, writer: Writer, view: View, names: Sequence[str]) -> Outputs:
    """Where the request wants its output; its folder is made."""
    from extract.cli._outputs import Outputs, fitting

    folder = request.output_dir
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        found = Outputs(writer, view, names, folder=folder, file=request.output, fresh=request.fresh)
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror}; name another --output-dir") from error
    inputs = {Path(name).resolve() for name in names}
    for name, path in found.targets.items():
        if path.stem != stem(name):
            plain = path.with_name(f"{stem(name)}{path.suffix}")
            why = f"{plain} is a document itself" if plain.resolve() in inputs else f"another document is called {stem(name)} too"
            why = why if fitting(stem(name), path.suffix) == stem(name) else "no file may have so long a name"
            complain(f"{name}: its output goes to {path}, because {why}")
    return found


def _stored(request: Request) -> Stored | None:
    """The store that the request wants all to go into; it is made."""
    if request.store is None:
        return None
    from extract.cli._stored import Stored

    if request.output or request.output_dir or request.write_baseline or request.format != "text":
        raise click.UsageError("--store takes the place of --format, --output, --output-dir and --write-baseline; name one of them")
    return Stored(request.store, fresh=request.fresh)


@contextmanager
def _progress(results: Iterable[Found], documents: int, *, wanted: bool) -> Iterator[Iterable[Found]]:
    """The results, with a bar on standard error while they pass where several are to come."""
    if not wanted or documents < 2:
        yield results
        return
    with click.progressbar(results, documents, file=sys.stderr, show_pos=True, item_show_func=_shown) as steps:
        yield steps


def _shown(result: Found | None) -> str | None:
    return None if result is None else Path(result.item.name).name


def statistics(outcome: Outcome, lang: Lang) -> Iterator[str]:
    """Lines that count the findings of all documents by code, the most frequent first."""
    from extract.writers._rules import rule_name
    from extract.writers._words import word

    width = max((len(str(count)) for count in outcome.codes.values()), default=1)
    for code, count in sorted(outcome.codes.items(), key=lambda entry: (-entry[1], entry[0])):
        yield f"{count:>{width}}  {code}  {rule_name(code, lang)}".rstrip()
    for kind in ("ignored", "baseline"):
        if outcome.suppressed[kind]:
            yield f"{outcome.suppressed[kind]:>{width}}  {word(kind, lang)}"


def summary(outcome: Outcome, subject: Subject, lang: Lang) -> str:
    """One line on all documents: how many there were, and what was found in them."""
    from extract.writers._words import listed, word

    counts = {"fact": outcome.facts} if subject == "facts" else {name: outcome.severities[name] for name in ("error", "warning", "info")}
    plural = {name: name if count == 1 or name == "info" else f"{name}s" for name, count in counts.items()}
    said = listed(list(counts.items()), lang) if lang == "zh" else ", ".join(f"{count} {plural[name]}" for name, count in counts.items() if count)
    failed = len(outcome.failures)
    return word("run", lang).format(outcome.documents + failed, failed, said or word("run.nothing", lang))
