"""The folder of the reports: what lies in it, and how a report is put into it."""

from __future__ import annotations

import hashlib
import os
import secrets
import unicodedata
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from extract import ingest
from extract.errors import UnreadableError
from extract.folders import readable

MOST_DOCUMENTS = 5000
"""More reports than this are a store's work, not a page's."""
_LONGEST_NAME = 200
"""Bytes of a name in UTF-8; file systems take 255, and a number may have to be added."""
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in range(10))})
_FORBIDDEN = frozenset('/\\:*?"<>|')
RefusalKind = Literal["name", "suffix", "size", "empty", "count", "disk"]
_PART = ".heshu-upload-"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A report in the folder. ``id`` is made from its name, which is its path below the folder with ``/``; ``stamp`` changes with the file."""

    id: str
    name: str
    path: Path
    stamp: tuple[int, int]


class RefusedError(UnreadableError):
    """A report that is not taken into the folder: ``kind`` says why in a word, ``parts`` are what a sentence about it names."""

    def __init__(self, kind: RefusalKind, where: str, what: str, advice: str = "", *, parts: tuple[object, ...] = ()) -> None:
        super().__init__(where, what, advice)
        self.kind = kind
        self.parts = parts


def files(folder: Path) -> Iterator[File]:
    """The reports below the folder, in the order of their names: what heshu reads, nothing hidden, nothing that lies elsewhere."""
    root = folder.resolve()
    for path in readable(folder)[0]:
        inside = path.relative_to(folder)
        try:
            if path.is_file() and path.resolve().is_relative_to(root):
                status = path.stat()
                yield File(id=identity(inside.as_posix()), name=inside.as_posix(), path=path, stamp=(status.st_size, status.st_mtime_ns))
        except OSError:
            continue  # it went while we looked


def identity(name: str) -> str:
    """What a report of that name is called in addresses: sixteen hexadecimal digits, from which no path can be made."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def checked(name: str) -> str:
    """The name under which an upload is kept: ``name`` in composed characters.

    Raises:
        RefusedError: it leads out of the folder, is hidden, is no name on some system, or is of no kind that heshu reads.
    """
    shown = "".join(char if char.isprintable() else "�" for char in name[:80])
    composed = unicodedata.normalize("NFC", name)
    stem, suffix = PurePosixPath(composed).stem, PurePosixPath(composed).suffix.lower()
    if not composed or composed != composed.strip() or composed.startswith((".", "~$")) or composed.endswith("."):
        raise RefusedError("name", shown, "no name of a report", "rename the file")
    if any(char in _FORBIDDEN or not char.isprintable() for char in composed):
        raise RefusedError("name", shown, "its name holds characters that not every system allows", "rename the file")
    if composed.partition(".")[0].rstrip().casefold() in _RESERVED or not stem.strip():
        raise RefusedError("name", shown, "its name is reserved on some systems", "rename the file")
    if len(composed.encode()) > _LONGEST_NAME:
        raise RefusedError("name", shown, f"its name is longer than {_LONGEST_NAME} bytes", "shorten the name")
    if suffix not in ingest.suffixes():
        readable = " ".join(ingest.suffixes())
        raise RefusedError("suffix", shown, f"{suffix or 'no suffix'} is not read", f"heshu reads {readable}", parts=(readable,))
    return composed


async def take(folder: Path, name: str, content: AsyncIterator[bytes], *, limit: int = ingest.MAX_BYTES) -> tuple[str, bool]:
    """Put a report into the folder, whole or not at all: the name it has there, and whether it is new.

    A name that is taken by another report gets ``-2``, ``-3`` …; the same report again stays as it is.

    Raises:
        RefusedError: its name is none, it is empty or larger than ``limit`` bytes, the folder holds too many, or the disk is full.
    """
    from anyio.to_thread import run_sync as in_thread  # the page answers others while this writes

    name = checked(name)
    if sum(1 for _ in files(folder)) >= MOST_DOCUMENTS:
        raise RefusedError("count", name, f"the folder holds {MOST_DOCUMENTS} reports already", "begin another folder")
    partial = folder / f"{_PART}{secrets.token_hex(8)}.part"
    size, digest = 0, hashlib.sha256()
    try:
        with partial.open("xb") as file:
            async for piece in content:
                size += len(piece)
                if size > limit:
                    raise RefusedError("size", name, f"larger than the {limit // 2**20} MB that are read", "split it", parts=(limit // 2**20,))
                digest.update(piece)
                await in_thread(file.write, piece)
            if not size:
                raise RefusedError("empty", name, "the file is empty", "nothing to read")
            file.flush()
            await in_thread(os.fsync, file.fileno())
        return await in_thread(_placed, partial, folder, name, size, digest.hexdigest())
    except OSError as error:
        raise RefusedError(
            "disk", name, f"not saved ({error.strerror})", "is the disk full, the folder writable?", parts=(error.strerror,)
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def _placed(partial: Path, folder: Path, name: str, size: int, digest: str) -> tuple[str, bool]:
    """The file under the first free name; a link never writes over what is there."""
    pure = PurePosixPath(name)
    number, candidate = 1, name
    while True:
        target = folder / candidate
        try:
            os.link(partial, target)
            return candidate, True
        except FileExistsError:
            if target.is_file() and target.stat().st_size == size and hashlib.sha256(target.read_bytes()).hexdigest() == digest:
                return candidate, False
            number += 1
            candidate = f"{pure.stem}-{number}{pure.suffix}"
        except OSError:  # a file system without links
            if target.exists():
                number += 1
                candidate = f"{pure.stem}-{number}{pure.suffix}"
                continue
            partial.rename(target)
            return candidate, True


def clean(folder: Path) -> None:
    """Take away what uploads left that a crash cut short."""
    for left in folder.glob(f"{_PART}*.part"):
        left.unlink(missing_ok=True)
