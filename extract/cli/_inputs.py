"""Which documents the arguments of a command mean."""

from __future__ import annotations

import glob
import stat
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from extract import archives, folders, ingest
from extract.errors import UnreadableError
from extract.types import Document

STANDARD_INPUT = "-"
_ALIKE = 0.85
"""How alike two names of files are that may be taken for one another: report.txt and reprt.txt, not 一.txt and 二.txt."""


def expand(arguments: Iterable[str], apart: Path | None = None) -> Iterator[str | UnreadableError]:
    """The files that the arguments name, each once: folders with all below them, patterns with all they match, archives with
    all in them.

    Folders are searched for files that heshu reads, in the order of their names; hidden ones are left out, and what is in the
    folder ``apart`` below them, where output goes: what one run writes the next would read. What matches nothing comes back as
    the error that it is, in its place.
    """
    seen: set[Path] = set()
    written = apart.resolve() if apart else None
    for argument in arguments:
        for name in chain.from_iterable(map(_unpacked, _expand(argument, written))):
            if isinstance(name, UnreadableError) or name == STANDARD_INPUT:
                yield name
            elif (identity := Path(name).resolve()) not in seen:
                seen.add(identity)
                yield name


def _expand(argument: str, written: Path | None) -> Iterator[str | UnreadableError]:
    path = Path(argument)
    seen = None if argument == STANDARD_INPUT else _seen(path)
    if isinstance(seen, int) and stat.S_ISDIR(seen):
        yield from _below(path, written) or (UnreadableError(argument, "no file in it that heshu reads", _readable()),)
    elif seen != 0:
        yield seen if isinstance(seen, UnreadableError) else argument
    elif glob.has_magic(argument):
        matches = map(Path, sorted(glob.glob(argument, recursive=True)))  # noqa: PTH207 (absolute patterns)
        yield from _looked_at(path for path in matches if not path.name.startswith(folders.LOCK)) or (UnreadableError(argument, "no file matches"),)
    else:
        yield _missing(path) or argument


def _seen(path: Path) -> int | UnreadableError:
    """The mode of a file, 0 where there is none of that name; why it cannot be looked at."""
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return UnreadableError(str(path), "a link that leads nowhere", "mend or remove it") if path.is_symlink() else 0
    except OSError as error:
        return UnreadableError(str(path), error.strerror or type(error).__name__)


def _missing(path: Path) -> UnreadableError | None:
    """That there is no such file, where the folder has one of nearly that name; any other trouble is seen when it is read."""
    from difflib import get_close_matches

    try:
        names = [each.name for each in path.parent.iterdir()]
    except OSError:
        return None
    close = get_close_matches(path.name, names, n=1, cutoff=_ALIKE)
    return UnreadableError(str(path), "no such file", f"did you mean {str(path.with_name(close[0]))!r}?") if close else None


def _unpacked(name: str | UnreadableError) -> Iterable[str | UnreadableError]:
    """The files of an archive that heshu reads; any other name as it is."""
    if isinstance(name, UnreadableError) or not archives.is_archive(Path(name)):
        return (name,)
    try:
        inside = archives.files(name)
    except UnreadableError as error:
        return (error,)
    suffixes = ingest.suffixes()
    files = [file for file in inside if Path(file).suffix.lower() in suffixes]
    packed = [UnreadableError(file, "an archive in an archive", "unpack it") for file in inside if archives.is_archive(Path(file))]
    return [*files, *packed] or (UnreadableError(name, "no file in it that heshu reads", _readable()),)


def _below(folder: Path, written: Path | None) -> list[str | UnreadableError]:
    # where reports and output share one folder, nothing tells which is which
    found, closed = folders.readable(folder, apart=None if written == folder.resolve() else written)
    return [*_looked_at(found), *map(_closed, closed)]


def _looked_at(paths: Iterable[Path]) -> list[str | UnreadableError]:
    """The names of those that are no folder, or why one cannot be looked at; nothing of one that went meanwhile."""
    seen = ((path, _seen(path)) for path in paths)
    return [
        mode if isinstance(mode, UnreadableError) else str(path)
        for path, mode in seen
        if isinstance(mode, UnreadableError) or (mode and not stat.S_ISDIR(mode))
    ]


def _closed(error: OSError) -> UnreadableError:
    return UnreadableError(str(error.filename), f"the folder cannot be listed, {error.strerror}", "what is in it was not read")


def _readable() -> str:
    return f"it reads {' '.join(folders.suffixes())}"


def standard_input(name: str) -> bytes | None:
    """What standard input holds where the name means it; ``None`` for a file."""
    return sys.stdin.buffer.read() if name == STANDARD_INPUT else None


def read(name: str, given: bytes | None = None) -> Document:
    """The document of a file, or of standard input for ``-``; of the bytes that were ``given`` from there before.

    Raises:
        UnreadableError: it could not be read.
    """
    if name == STANDARD_INPUT:
        return ingest.read_bytes(sys.stdin.buffer.read() if given is None else given, name="stdin", suffix=".txt")
    return ingest.read(name)


def stem(name: str) -> str:
    """What a document of that name is called where its output is written."""
    return "stdin" if name == STANDARD_INPUT else Path(name).stem
