"""What heshu makes of the reports of a folder: each analysed once, by a process beside the page, and kept by content.

An analysis is kept in the user's cache under the SHA-256 of the file and of all that made it (heshu's own files, models,
catalogue, codes), as JSON, so that a folder opened again is there at once and a new version looks anew. The cache is not in
the folder, which may come from those whose reports are audited.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import multiprocessing
import os
import queue
import signal
import threading
import time
from array import array
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, fields, make_dataclass, replace
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal, get_type_hints

import msgspec

from extract.errors import HeshuError, UnreadableError
from extract.review.folder import File, files
from extract.settings import Settings
from extract.types import Document, Report
from extract.writers._summary import Summary, summarise

LONGEST = 900.0
"""Seconds after which a report is given up: a damaged PDF can keep its reader busy for ever."""
_POLITE = 5
"""How much the analyses give way to the page and to whatever else the auditor does (see nice(1))."""
_OPEN_REPORTS = 8
_STALE_DAYS = 60

Progress = Literal["queued", "running", "ready", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """How far a report is. ``key`` names what was analysed and by what; ``error`` is why it failed, one line. ``outline`` and
    ``summary`` are ``None`` unless it is ready."""

    file: File
    progress: Progress = "queued"
    key: str = ""
    error: str = ""
    outline: Report | None = field(default=None, repr=False)
    """The report without its text and facts, which :meth:`Analyses.report` has."""
    summary: Summary | None = field(default=None, repr=False)


class Analyses:
    """The analyses of the reports in a folder, kept up with what lies there by a thread that looks every ``pause`` seconds.

    ``cached`` is where analyses are kept between runs (``None``: nowhere), ``changed`` is called after each change, from
    any thread.
    """

    def __init__(
        self, folder: Path, settings: Settings, *, cached: Path | None, workers: int = 1, changed: Callable[[], None] = lambda: None
    ) -> None:
        self._folder, self._settings, self._cached, self._changed = folder, settings, cached, changed
        self._known: dict[str, Analysis] = {}
        self._open: OrderedDict[str, Report] = OrderedDict()
        self._lock = threading.Lock()
        self._done = threading.Condition(self._lock)
        self._waiting: queue.PriorityQueue[tuple[int, int, int, str]] = queue.PriorityQueue()
        self._turns = itertools.count()
        self._closing = threading.Event()
        self._threads = [threading.Thread(target=self._work, daemon=True, name=f"analysis-{n}") for n in range(workers)]
        self._threads.append(threading.Thread(target=self._watch, daemon=True, name="watch"))

    def start(self) -> None:
        """Look at the folder now and from now on."""
        if self._cached is not None:
            _forget_old(self._cached)
        self.look()
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stop looking; an analysis under way is given up."""
        self._closing.set()
        for _ in self._threads:
            self._waiting.put((-1, 0, next(self._turns), ""))
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=5)

    # --- what is asked ------------------------------------------------------------------------------------------------

    def all(self) -> tuple[Analysis, ...]:
        """Every report of the folder with how far it is, in the order of the names."""
        with self._lock:
            return tuple(sorted(self._known.values(), key=lambda analysis: analysis.file.name))

    def of(self, identity: str) -> Analysis | None:
        """How far the report with that id is; ``None`` where there is none."""
        with self._lock:
            return self._known.get(identity)

    def report(self, identity: str) -> Report:
        """The whole report of an analysis that is ready; analysed again where it was not kept.

        Raises:
            KeyError: there is no such report.
            UnreadableError: it is not ready, or cannot be read any more.
        """
        with self._lock:
            analysis = self._known[identity]
            found = self._open.get(analysis.key)
            if found is not None:
                self._open.move_to_end(analysis.key)
        if analysis.progress != "ready":
            raise UnreadableError(analysis.file.name, analysis.error or "not analysed yet", "" if analysis.error else "wait a moment")
        if found is None:
            found = self._from_cache(analysis.key)
        if found is None:
            with Worker(self._settings) as worker:
                found = worker.analyse(analysis.file, self._codes(analysis.file), self._closing)
        found = _named(found, analysis.file)
        self._keep_open(analysis.key, found)
        return found

    def hurry(self, identity: str) -> None:
        """Take this report before the others: somebody waits for it."""
        self._waiting.put((0, 0, next(self._turns), identity))

    def wait(self, timeout: float | None = None) -> bool:
        """Whether all reports are ready or failed, after waiting for that."""
        with self._done:
            return self._done.wait_for(lambda: all(one.progress in ("ready", "failed") for one in self._known.values()), timeout)

    def look(self) -> None:
        """Compare the folder with what is known of it; new and changed reports are put in the queue."""
        found = {file.id: file for file in files(self._folder)}
        with self._lock:
            gone = self._known.keys() - found.keys()
            for identity in gone:
                del self._known[identity]
            fresh = [file for identity, file in found.items() if identity not in self._known or self._known[identity].file.stamp != file.stamp]
            for file in fresh:
                self._known[file.id] = Analysis(file=file)
        for file in fresh:
            self._waiting.put((1, file.stamp[0], next(self._turns), file.id))  # small ones first: most are there at once
        if gone or fresh:
            self._tell()

    # --- how ----------------------------------------------------------------------------------------------------------

    def _watch(self, pause: float = 2.0) -> None:
        while not self._closing.wait(pause):
            with contextlib.suppress(OSError):  # a folder on a drive that is away: look again later
                self.look()

    def _work(self) -> None:
        with Worker(self._settings) as worker:
            while True:
                *_, identity = self._waiting.get()
                if self._closing.is_set():
                    return
                with self._lock:
                    analysis = self._known.get(identity)
                    if analysis is None or analysis.progress != "queued":
                        continue  # somebody was in a hurry: it stands in the queue twice
                    self._known[identity] = replace(analysis, progress="running")
                self._tell()
                self._settle(analysis.file, self._result(analysis.file, worker))

    def _result(self, file: File, worker: Worker) -> Analysis:
        try:
            key = self._key(file)
            report = self._from_cache(key)
            if report is None:
                report = worker.analyse(file, self._codes(file), self._closing)
                self._into_cache(key, report)
            report = _named(report, file)
            self._keep_open(key, report)
            outline = replace(
                report, document=replace(report.document, source="", text="", origin=array("l"), blocks=(), tables=()), facts=(), links=()
            )
            return Analysis(file=file, progress="ready", key=key, outline=replace(outline, checks=(), numerals=()), summary=summarise(report))
        except HeshuError as error:
            return Analysis(file=file, progress="failed", error=f"{error.what}; {error.advice}" if error.advice else error.what)
        except OSError as error:
            return Analysis(file=file, progress="failed", error=error.strerror or type(error).__name__)

    def _settle(self, file: File, result: Analysis) -> None:
        with self._done:
            known = self._known.get(file.id)
            if known is not None and known.file.stamp == file.stamp:
                self._known[file.id] = result
            self._done.notify_all()
        self._tell()

    def _tell(self) -> None:
        if not self._closing.is_set():
            self._changed()

    def _keep_open(self, key: str, report: Report) -> None:
        with self._lock:
            self._open[key] = report
            self._open.move_to_end(key)
            while len(self._open) > _OPEN_REPORTS:
                self._open.popitem(last=False)

    def _codes(self, file: File) -> tuple[str, ...]:
        """The codes that do not count in a file."""
        from extract.pipeline import ignored

        return ignored(self._settings, file.path)

    def _key(self, file: File) -> str:
        digest = hashlib.sha256(file.path.read_bytes())
        chosen = self._settings
        digest.update(repr((file.path.suffix.lower(), chosen.select, self._codes(file), chosen.extend_select, chosen.model, _maker())).encode())
        for chapter in chosen.indicators:
            digest.update(chapter.read_bytes())
        return digest.hexdigest()

    def _from_cache(self, key: str) -> Report | None:
        path = self._cached and self._cached / f"{key}.json"
        if path is None:
            return None
        try:
            found = decoded(path.read_bytes())
            os.utime(path)
        except (OSError, ValueError):
            return None  # not there, or of another shape: analysed anew
        return found

    def _into_cache(self, key: str, report: Report) -> None:
        from extract.workshop.files import save

        if self._cached is not None:
            # A full disk, or a text that no JSON can hold: it is analysed again next time.
            with contextlib.suppress(UnreadableError, OSError, ValueError):
                self._cached.mkdir(mode=0o700, parents=True, exist_ok=True)
                save(encoded(report), self._cached / f"{key}.json")


def _named(report: Report, file: File) -> Report:
    """The report under the name of its file: the same content may have been analysed under another."""
    return replace(report, document=replace(report.document, name=file.path.stem, path=str(file.path)))


@cache
def _maker() -> str:
    """What stands for heshu as it is installed here: every file of it by size and time."""
    package = Path(__file__).resolve().parents[1]
    places = [package, *(path for path in (package.parent / "models",) if path.is_dir())]
    digest = hashlib.sha256()
    for place in places:
        for path in sorted(place.rglob("*")):
            if path.suffix in {".py", ".toml", ".txt", ".npz"} and path.is_file():
                status = path.stat()
                digest.update(f"{path.relative_to(place)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _forget_old(cached: Path) -> None:
    """Take away what was not asked for in two months."""
    limit = time.time() - _STALE_DAYS * 86400
    with contextlib.suppress(OSError):
        for path in cached.glob("*.json"):
            if path.stat().st_mtime < limit:
                path.unlink()


# --- reports as bytes -------------------------------------------------------------------------------------------------


@cache
def _stored() -> type[Any]:
    """:class:`Report` as it is kept: its document's map of offsets as a list, for which JSON has a form."""

    def mirror(cls: type[Any], instead: dict[str, Any]) -> type[Any]:
        hints = get_type_hints(cls, localns={"array": list}) | instead
        return make_dataclass(cls.__name__, [(each.name, hints[each.name]) for each in fields(cls)], frozen=True, kw_only=True, slots=True)

    return mirror(Report, {"document": mirror(Document, {})})


def encoded(report: Report) -> bytes:
    """The report as JSON, for :func:`decoded`.

    Raises:
        ValueError: it holds characters that are none.
    """
    return msgspec.json.encode(report, enc_hook=lambda value: value.tolist())


def decoded(data: bytes) -> Report:
    """The report that :func:`encoded` wrote, equal to it.

    Raises:
        ValueError: it is of another shape.
    """
    stored = msgspec.json.decode(data, type=_stored())
    document = Document(
        **{each.name: getattr(stored.document, each.name) for each in fields(Document)} | {"origin": array("l", stored.document.origin)}
    )
    return Report(**{each.name: getattr(stored, each.name) for each in fields(Report)} | {"document": document})


# --- the process beside -----------------------------------------------------------------------------------------------


class Worker:
    """A process that analyses one report after the other, started when it is first wanted, and again after it died."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def analyse(self, file: File, ignore: tuple[str, ...], closing: threading.Event) -> Report:
        """The report on a file.

        Raises:
            UnreadableError: it cannot be read, takes too long, or takes the process down.
        """
        if self.process is None or not self.process.is_alive():
            self._start()
        assert self._connection is not None
        try:
            self._connection.send((str(file.path), ignore))
            until = time.monotonic() + LONGEST
            while not self._connection.poll(0.5):
                if closing.is_set() or time.monotonic() > until:
                    self._stop()
                    raise UnreadableError(file.name, f"given up after {LONGEST:.0f} seconds", "is the file damaged? save it anew, or split it")
            answer = self._connection.recv()
        except (EOFError, OSError) as error:
            self._stop()
            raise UnreadableError(file.name, "the process that read it ended", "too large for the memory of this machine?") from error
        if isinstance(answer, str):
            raise UnreadableError(file.name, answer)
        assert isinstance(answer, Report)
        return answer

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, self._settings), daemon=True, name="heshu-analysis")
        self.process.start()
        theirs.close()

    def _stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.process = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _serve(connection: Connection, settings: Settings) -> None:
    """Answer each (path, codes to ignore) with its report, or with a line that says why there is none."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_POLITE)
    from extract import catalogue, ingest, learned, pipeline

    loaded, models = catalogue.load(settings.indicators), learned.models(settings.model)
    with contextlib.suppress(EOFError, OSError):
        while True:
            path, ignore = connection.recv()
            try:
                document = ingest.read(path)
                answer: Report | str = pipeline.analyse(
                    document, catalogue=loaded, select=settings.select, ignore=ignore, extend_select=settings.extend_select, models=models
                )
            except HeshuError as error:
                answer = f"{error.what}; {error.advice}" if error.advice else error.what
            except Exception as error:  # our own fault: the other reports go on
                answer = f"internal error, {type(error).__name__}: {error}"
            connection.send(answer)
