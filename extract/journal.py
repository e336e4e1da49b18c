"""What runs have finished in a folder of outputs, so that a run that was ended goes on where it was.

The journal is a hidden file in the folder, a line of JSON for each output, written when the output stands. A line that a
kill tore off is taken away by the next run, and so is what it left half written; two runs at once are refused.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from extract.errors import ConfigurationError, HeshuError
from extract.report import leftovers

FILE_NAME = ".heshu-journal.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An output: of which ``document``, under which ``name`` in the folder, with which ``sha256`` of its bytes, and what was counted.

    ``key`` stands for all that determines it: the document, heshu, the settings.
    """

    document: str
    name: str
    key: str
    sha256: str
    counts: Mapping[str, Any]


class Journal:
    """The journal of a folder, which is one run's alone until it is closed; ``fresh`` forgets what is in it.

    Raises:
        ConfigurationError: the folder cannot be written, or another run writes into it.
    """

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        self._path = folder / FILE_NAME
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
        except OSError as error:
            raise ConfigurationError(str(folder), f"cannot be written ({error.strerror})", "name another --output-dir") from error
        if not _locked(self._file):
            os.close(self._file)
            raise ConfigurationError(str(folder), "another run writes into it", "wait for it, or name another --output-dir")
        for path in leftovers(folder):
            path.unlink(missing_ok=True)
        if fresh:
            os.ftruncate(self._file, 0)
        self._documents: dict[str, str] = {}
        self._places: dict[str, tuple[int, int]] = {}
        """The document of each output; where its last line is, and how long: a folder may hold more of them than memory should."""
        self._end = 0
        for line in self._lines():
            entry = _read(line)
            if entry is not None:
                self._documents[entry.name] = entry.document
                self._places[entry.name] = (self._end, len(line))
            self._end += len(line)
        os.ftruncate(self._file, self._end)

    def _lines(self) -> Iterator[bytes]:
        # To close any other descriptor of the file would give up the lock.
        with open(self._file, "rb", closefd=False) as stream:
            stream.seek(0)
            for line in stream:
                if line.endswith(b"\n"):
                    yield line

    def entry(self, name: str) -> Entry | None:
        """What is told of the output ``name``, which may have been changed or taken away since."""
        place = self._places.get(name)
        if place is None:
            return None
        os.lseek(self._file, place[0], os.SEEK_SET)
        return _read(os.read(self._file, place[1]))

    def outputs(self) -> Mapping[str, str]:
        """The document of each output."""
        return self._documents

    def add(self, entry: Entry) -> None:
        """Tell of an output that stands; it is told for good when this returns.

        Raises:
            HeshuError: the journal cannot be written.
        """
        line = json.dumps(asdict(entry), ensure_ascii=True).encode() + b"\n"
        try:
            rest = line
            while rest:
                rest = rest[os.write(self._file, rest) :]
            os.fsync(self._file)
        except OSError as error:
            os.ftruncate(self._file, self._end)
            raise HeshuError(str(self._path), f"not written, {error.strerror}", "make room, and run it again") from error
        self._documents[entry.name] = entry.document
        self._places[entry.name] = (self._end, len(line))
        self._end += len(line)

    def close(self) -> None:
        """Let other runs write into the folder."""
        os.close(self._file)


def stands(entry: Entry, folder: Path) -> bool:
    """Whether the output is in the folder as it was written."""
    try:
        return hashlib.sha256((folder / entry.name).read_bytes()).hexdigest() == entry.sha256
    except OSError:
        return False


def installation() -> str:
    """What stands for heshu as it is installed: its own files, and the versions of what it reads documents with."""
    digest = hashlib.sha256(platform.python_version().encode())
    root = Path(__file__).parent
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(root).as_posix()} {path.stat().st_size}\n".encode())
            digest.update(path.read_bytes())
    for name in sorted(_needed()):
        try:
            digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
        except importlib.metadata.PackageNotFoundError:
            continue
    return digest.hexdigest()


def _needed() -> set[str]:
    """The names of the distributions that heshu needs, with those that more documents are read with."""
    try:
        wanted = importlib.metadata.requires("heshu") or []
    except importlib.metadata.PackageNotFoundError:
        return set()
    always = (each for each in wanted if "extra ==" not in each or re.search(r"extra == .ocr.", each))
    return {match.group() for each in always if (match := re.match(r"[\w.-]+", each))}


def _read(line: bytes) -> Entry | None:
    """The entry of a line; ``None`` for one that is none (of another version, or damaged)."""
    try:
        return Entry(**json.loads(line))
    except (ValueError, TypeError):
        return None


def _locked(file: int) -> bool:
    """Whether this process alone has the file now: until it is closed, or the process has ended, however it did."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True  # a file system without locks
    return True
