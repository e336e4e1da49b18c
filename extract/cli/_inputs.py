"""Which documents the arguments of a command mean."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from extract import archives, ingest
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
    if argument == STANDARD_INPUT or path.is_file():
        yield argument
    elif path.is_dir():
        yield from _below(path, written) or (UnreadableError(argument, "no file in it that heshu reads", _readable()),)
    elif glob.has_magic(argument):
        matches = [match for match in sorted(glob.glob(argument, recursive=True)) if Path(match).is_file()]  # noqa: PTH207 (absolute patterns)
        yield from matches or (UnreadableError(argument, "no file matches"),)
    else:
        yield _missing(path) or argument


def _missing(path: Path) -> UnreadableError | None:
    """That there is no such file, where the folder has one of nearly that name; any other trouble is seen when it is read."""
    if path.exists() or not path.parent.is_dir():
        return None
    from difflib import get_close_matches

    close = get_close_matches(path.name, [each.name for each in path.parent.iterdir()], n=1, cutoff=_ALIKE)
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


def _below(folder: Path, written: Path | None) -> list[str]:
    suffixes = (*ingest.suffixes(), archives.SUFFIX)
    if written == folder.resolve():
        written = None  # where reports and output share one folder, nothing tells which is which
    return [
        str(path)
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in suffixes
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
        and (written is None or not path.resolve().is_relative_to(written))
    ]


def _readable() -> str:
    return f"it reads {' '.join(sorted((*ingest.suffixes(), archives.SUFFIX)))}"


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
