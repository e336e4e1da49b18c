"""What people decided: one SQLite file in the folder of the reports, to which rows are only ever added.

A decision is whole (state, reason, comment) and the last one on a fingerprint counts; the earlier ones stay, so that
anybody can read who said what and when. So do corrections of facts, which are known by the text and the place in it.

What :meth:`Decisions.decide` and :meth:`Decisions.correct` return is on the disk: SQLite writes ahead and waits for the disk
(WAL, synchronous). What could not be written raises and has changed nothing; asking again with the same ``request`` never
doubles it, so a page that got no answer may simply ask again.
"""

from __future__ import annotations

import datetime
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, get_args

from extract.errors import HeshuError

FILE_NAME = "heshu-review.sqlite3"
State = Literal["open", "accepted", "dismissed"]
Field = Literal["unit", "indicator", "period", "subject", "kind", "fact"]
"""What of a fact can be corrected; ``fact`` set to :data:`NO_FACT` says that the number is none."""
NO_FACT = "no"
LONGEST = 4000
"""The most characters of a reason, a comment or a correction: a page of text."""

_VERSION = 1
_APPLICATION = 0x48455348  # "HESH"
_PATIENCE = 5.0
"""Seconds to wait for another process that is writing."""
_SCHEMA = """
CREATE TABLE decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request TEXT NOT NULL UNIQUE,
    fingerprint TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'dismissed')),
    reason TEXT NOT NULL,
    comment TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    document TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL
);
CREATE INDEX decision_fingerprint ON decision (fingerprint, id);
CREATE TABLE correction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    printed TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (request, field)
);
CREATE INDEX correction_place ON correction (text_sha256, start, id);
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class NotSavedError(HeshuError):
    """A decision that could not be written; nothing of it is kept."""


class MeaninglessError(NotSavedError):
    """A decision that means nothing, and will not be saved however often it is asked for."""


class ConflictError(HeshuError):
    """Somebody decided meanwhile: ``standing`` is the decision that the asker had not seen (``None``: there is none any more)."""

    def __init__(self, standing: Decision | None) -> None:
        super().__init__(standing.fingerprint if standing else "", "decided meanwhile in another window", "look at it and decide again")
        self.standing = standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What somebody says of a finding. ``request`` is a name that the asker gives it, the same when it asks again.

    ``document``, ``code`` and ``message`` are for people: a decision goes with its fingerprint alone.
    """

    request: str
    fingerprint: str
    state: State
    reason: str = ""
    comment: str = ""
    who: str = ""
    document: str = ""
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Verdict):
    """A verdict as it was kept: its number, and when (ISO, UTC, to the second)."""

    id: int
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What somebody says of a fact: ``after`` instead of ``before``; the same as before takes an earlier one back.

    The fact is known by the SHA-256 of its text (:func:`extract.workshop.files.sha256`) and its place there, half-open;
    ``printed`` is the numeral that stands there.
    """

    request: str
    text_sha256: str
    start: int
    end: int
    printed: str
    field: Field
    before: str
    after: str
    who: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Amendment):
    """An amendment as it was kept: its number, and when (ISO, UTC, to the second)."""

    id: int
    at: str


_DECISION = tuple(field.name for field in fields(Decision))
_CORRECTION = tuple(field.name for field in fields(Correction))
_ALL_OF_DECISION = f"SELECT {', '.join(_DECISION)} FROM decision"
_ALL_OF_CORRECTION = f"SELECT {', '.join(_CORRECTION)} FROM correction"


_DAMAGED = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises of a damaged file; the second where it quotes the damage."""


class Decisions:
    """The decisions of a folder, open for reading and writing from any thread; several processes may have it open.

    Raises:
        HeshuError: the file cannot be opened or made, is no file of decisions, is damaged, or comes from a newer heshu.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        try:
            self._connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise HeshuError(str(path), f"cannot be opened ({error})", "is the folder writable?") from error
        try:
            self._prepare()
        except _DAMAGED as error:
            self._connection.close()
            advice = "is the folder writable, the disk full? else move the file away to begin anew"
            raise HeshuError(str(path), f"not usable for decisions ({error})", advice) from error
        except HeshuError:
            self._connection.close()
            raise
        self._identity = _identity(path)

    def _prepare(self) -> None:
        run = self._connection.execute
        run("PRAGMA journal_mode = WAL")
        # As strong as FULL with write-ahead logging; where a file system cannot do that, the folder is synchronised too.
        run("PRAGMA synchronous = EXTRA")
        run("PRAGMA trusted_schema = OFF")
        run("BEGIN IMMEDIATE")
        try:
            application = run("PRAGMA application_id").fetchone()[0]
            version = run("PRAGMA user_version").fetchone()[0]
            empty = not run("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if not empty and application != _APPLICATION:
                raise HeshuError(str(self.path), "a database, but none of decisions", "move it away")
            if version > _VERSION:
                raise HeshuError(str(self.path), f"written by a newer heshu (version {version}, this one knows {_VERSION})", "update heshu")
            if empty:
                for statement in _SCHEMA.split(";\n"):
                    run(statement)
                run(f"PRAGMA application_id = {_APPLICATION}")
                run(f"PRAGMA user_version = {_VERSION}")
            elif (found := run("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
                raise HeshuError(str(self.path), f"damaged ({found})", "take it from a backup, or move it away to begin anew")
            run("COMMIT")
        except BaseException:
            self._undo()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Put everything into the one file and let go of it."""
        with self._lock:
            self._connection.close()

    # --- what is asked ------------------------------------------------------------------------------------------------

    def standing(self) -> Mapping[str, Decision]:
        """The decision that counts on each fingerprint: the last one, also where it only opens the finding again."""
        rows = self._read(f"{_ALL_OF_DECISION} WHERE id IN (SELECT max(id) FROM decision GROUP BY fingerprint)")
        return {decision.fingerprint: decision for decision in map(_decision, rows)}

    def history(self, fingerprint: str) -> tuple[Decision, ...]:
        """All decisions on a fingerprint, the first one first."""
        rows = self._read(f"{_ALL_OF_DECISION} WHERE fingerprint = ? ORDER BY id", fingerprint)
        return tuple(map(_decision, rows))

    def reasons(self, most: int = 20) -> tuple[str, ...]:
        """The reasons that findings were dismissed for, the most frequent first, of these the last one first."""
        query = "SELECT reason FROM decision WHERE state = 'dismissed' GROUP BY reason ORDER BY count(*) DESC, max(id) DESC LIMIT ?"
        rows = self._read(query, most)
        return tuple(str(row[0]) for row in rows)

    def corrections(self, text_sha256: str | None = None) -> tuple[Correction, ...]:
        """The corrections that count, of one text or of all, in the order of texts and places; those taken back are left out."""
        rows = self._read(
            f"{_ALL_OF_CORRECTION} WHERE id IN (SELECT max(id) FROM correction GROUP BY text_sha256, start, end, field)"
            " AND (?1 IS NULL OR text_sha256 = ?1) AND after <> before ORDER BY text_sha256, start, end, id",
            text_sha256,
        )
        return tuple(_correction(row) for row in rows)

    def note(self, name: str) -> str:
        """What was noted under a name; "" where nothing was."""
        rows = self._read("SELECT value FROM note WHERE name = ?", name)
        return str(rows[0][0]) if rows else ""

    # --- what is said -------------------------------------------------------------------------------------------------

    def decide(self, verdict: Verdict, *, seen: int | None) -> Decision:
        """Keep a verdict. ``seen`` is the number of the decision that the asker saw standing, ``None`` for none.

        Raises:
            ConflictError: another decision stands by now.
            MeaninglessError: it means nothing.
            NotSavedError: it could not be written.
        """
        told = verdict.reason, verdict.comment
        if verdict.state not in get_args(State) or not verdict.fingerprint or not verdict.request:
            raise MeaninglessError(verdict.fingerprint, f"{verdict.state!r} is no decision", f"one of {', '.join(get_args(State))}")
        if verdict.state == "dismissed" and not verdict.reason.strip():
            raise MeaninglessError(verdict.fingerprint, "no reason", "say why the finding is none")
        if max(map(len, told)) > LONGEST:
            raise MeaninglessError(verdict.fingerprint, f"more than {LONGEST} characters", "shorten it")
        with self._writing() as run:
            before = run("SELECT id FROM decision WHERE request = ?", (verdict.request,)).fetchone()
            if before is None:
                standing = run("SELECT max(id) FROM decision WHERE fingerprint = ?", (verdict.fingerprint,)).fetchone()[0]
                if standing != seen:
                    rows = run(f"{_ALL_OF_DECISION} WHERE id = ?", (standing,)).fetchall()
                    raise ConflictError(_decision(rows[0]) if rows else None)
                before = (_insert(run, "decision", _DECISION, verdict),)
            row = run(f"{_ALL_OF_DECISION} WHERE id = ?", before).fetchone()
        return _decision(row)

    def correct(self, amendments: Sequence[Amendment]) -> None:
        """Keep what is said of one fact: all of it or nothing.

        Raises:
            MeaninglessError: it means nothing.
            NotSavedError: it could not be written.
        """
        for each in amendments:
            if each.field not in get_args(Field) or not each.request or not 0 <= each.start < each.end:
                raise MeaninglessError(each.printed, f"{each.field!r} at {each.start} is nothing to correct", f"one of {', '.join(get_args(Field))}")
            if max(len(each.before), len(each.after)) > LONGEST:
                raise MeaninglessError(each.printed, f"more than {LONGEST} characters", "shorten it")
        with self._writing() as run:
            for each in amendments:
                if run("SELECT id FROM correction WHERE request = ? AND field = ?", (each.request, each.field)).fetchone() is None:
                    _insert(run, "correction", _CORRECTION, each)

    def keep(self, name: str, value: str) -> None:
        """Note a value under a name, in place of what was noted there.

        Raises:
            NotSavedError: it could not be written.
        """
        with self._writing() as run:
            run("INSERT INTO note (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value))

    # --- how ----------------------------------------------------------------------------------------------------------

    def _read(self, query: str, *values: str | int | None) -> list[tuple[Any, ...]]:
        with self._lock:
            self._still_there()
            try:
                return self._connection.execute(query, values).fetchall()
            except _DAMAGED as error:
                raise HeshuError(str(self.path), f"cannot be read ({error})", "is the disk still there?") from error

    @contextmanager
    def _writing(self) -> Iterator[Callable[..., sqlite3.Cursor]]:
        """One transaction: committed to the disk at the end, undone by whatever is raised."""
        with self._lock:
            self._still_there()
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection.execute
                    self._connection.execute("COMMIT")
                except BaseException:
                    self._undo()
                    raise
            except sqlite3.Error as error:
                raise NotSavedError(str(self.path), f"not saved ({error})", _advice(error)) from error
            except UnicodeEncodeError as error:
                raise MeaninglessError(str(self.path), "not saved (it holds characters that are none)", "write it again") from error

    def _undo(self) -> None:
        if self._connection.in_transaction:
            with suppress(sqlite3.Error):  # SQLite may have undone it itself; the first error is the one to tell
                self._connection.execute("ROLLBACK")

    def _still_there(self) -> None:
        """Never write into a file that was moved or removed: it would be gone with the last one who has it open."""
        if _identity(self.path) != self._identity:
            raise NotSavedError(str(self.path), "moved, removed or replaced while it was in use", "put it back, or start heshu review again")


def _insert(run: Callable[..., sqlite3.Cursor], table: str, columns: Sequence[str], said: Verdict | Amendment) -> int | None:
    """The number of the new row."""
    values = {name: getattr(said, name) for name in columns if name not in ("id", "at")} | {"at": _now()}
    return run(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", tuple(values.values())).lastrowid


def _decision(row: Sequence[Any]) -> Decision:
    return Decision(**dict(zip(_DECISION, row, strict=True)))


def _correction(row: Sequence[Any]) -> Correction:
    return Correction(**dict(zip(_CORRECTION, row, strict=True)))


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def day(at: str) -> str:
    """The day of a moment (ISO, with its zone) where the page is used: 2026-11-22; what is no moment stays."""
    try:
        moment = datetime.datetime.fromisoformat(at)
    except ValueError:
        return at
    return moment.astimezone().date().isoformat() if moment.tzinfo is not None else at


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _advice(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return "the disk is full or gone: make room and save again"
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "another process is writing: save again"
    if name.startswith("SQLITE_READONLY"):
        return "the file or its folder is write-protected"
    return "save again"
