"""Archives of documents: the files in a .zip, each under a name of its own, as ``2023.zip!/reports/a.docx``.

Nothing is ever unpacked to the disk, so no name in an archive can lead anywhere.
"""

from __future__ import annotations

import io
import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from extract.errors import UnreadableError

SUFFIX = ".zip"
INSIDE = "!/"
"""Stands between the name of an archive and that of a file in it."""
MAX_FILES = 20_000
MAX_UNPACKED = 8 * 1024**3
"""More files, or more bytes when unpacked, are a bomb, not an archive of reports."""
_UTF8 = 0x800


def is_archive(path: Path) -> bool:
    """Whether a file is an archive, by its name."""
    return path.suffix.lower() == SUFFIX


def split(name: str) -> tuple[str, str]:
    """(the archive, the file in it) of a name; the second is "" where the name is not that of a file in an archive."""
    archive, inside, file = name.partition(SUFFIX + INSIDE)
    if not inside:
        archive, inside, file = name.partition(SUFFIX.upper() + INSIDE)
    # At a name that is too long Path.is_file fails.
    return (archive + inside[: -len(INSIDE)], file) if inside and not os.path.isfile(name) else (name, "")  # noqa: PTH113


def files(path: str) -> tuple[str, ...]:
    """The names of the files in an archive, in order; folders and what systems put beside files (__MACOSX, ~$…) are left out.

    Raises:
        UnreadableError: it is missing, damaged, or a bomb.
    """
    return tuple(f"{path}{INSIDE}{name}" for name in sorted(_opened(path).infos))


def read(path: str, file: str, most: int) -> bytes:
    """The bytes of a file in an archive.

    Raises:
        UnreadableError: it is missing, damaged, encrypted, or unpacks to more than ``most`` bytes.
    """
    return _content(_opened(path), path + INSIDE + file, file, most)


def unpacked(path: str, data: bytes, most: int) -> Iterator[tuple[str, bytes | UnreadableError]]:
    """The files in the archive whose bytes are ``data``, by the names that :func:`files` gives them, with their bytes or why there are none.

    Raises:
        UnreadableError: it is damaged, or a bomb.
    """
    archive = _Archive(path, io.BytesIO(data))
    for file in sorted(archive.infos):
        where = path + INSIDE + file
        try:
            yield where, _content(archive, where, file, most)
        except UnreadableError as error:
            yield where, error


def _content(archive: _Archive, where: str, file: str, most: int) -> bytes:
    info = archive.infos.get(file)
    if info is None:
        raise UnreadableError(where, "no such file in the archive")
    if info.flag_bits & 1:
        raise UnreadableError(where, "encrypted", "unpack it with its password")
    try:
        with archive.zip.open(info) as stream:
            data = stream.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise UnreadableError(where, "damaged: it cannot be unpacked", "pack the archive again") from None
    if len(data) > most:
        raise UnreadableError(where, f"it unpacks to more than the {most // 2**20} MB that are read", "split it")
    return data


class _Archive:
    def __init__(self, path: str, data: io.BytesIO | None = None) -> None:
        try:
            self.zip = zipfile.ZipFile(data or path)
            found = self.zip.infolist()
        except FileNotFoundError:
            raise UnreadableError(path, "no such file") from None
        except PermissionError as error:
            raise UnreadableError(path, str(error.strerror)) from None
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise UnreadableError(path, "damaged: no ZIP archive", "pack it again") from None
        if len(found) > MAX_FILES:
            raise UnreadableError(path, f"{len(found):,} files, more than the {MAX_FILES:,} that are read", "split it")
        if sum(info.file_size for info in found) > MAX_UNPACKED:
            raise UnreadableError(path, f"it unpacks to more than {MAX_UNPACKED // 2**30} GB", "split it")
        self.infos: dict[str, zipfile.ZipInfo] = {}
        for info in found:
            if info.is_dir():
                continue
            name = name_of(info)
            if name and not any(part.startswith((".", "~$")) or part == "__MACOSX" for part in name.split("/")):
                self.infos.setdefault(name, info)


def name_of(info: zipfile.ZipInfo) -> str:
    """The name of a file in an archive: in Chinese where an old packer wrote it as GBK, with no way out of the archive."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        with suppress(UnicodeEncodeError):
            name = _decoded(name.encode("cp437"))
    plain = "".join("\ufffd" if unicodedata.category(char)[0] == "C" else char for char in name.replace("\\", "/"))
    return "/".join(part for part in plain.split("/") if part not in ("", ".", ".."))


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def _opened(path: str) -> _Archive:
    try:
        status = Path(path).stat()
    except OSError as error:
        raise UnreadableError(path, "no such file" if isinstance(error, FileNotFoundError) else str(error.strerror)) from None
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError(path, "a folder, a pipe or a device, no archive")
    return _kept(path, status.st_mtime_ns, status.st_size, os.getpid())


@lru_cache(maxsize=1)
def _kept(path: str, _changed: int, _size: int, _process: int) -> _Archive:
    """The archive opened last: its files are asked for one after the other. A forked process opens it anew, for a file that two
    processes have open has one position."""
    return _Archive(path)
