"""Which files of a folder heshu reads."""

from __future__ import annotations

import os
from pathlib import Path

from extract import archives, ingest

LOCK = "~$"
"""How the name of the file begins by which an office program locks what it has open."""
_HIDDEN = (".", LOCK)


def suffixes() -> tuple[str, ...]:
    """The suffixes of the files that heshu reads, archives among them, in order."""
    return tuple(sorted((*ingest.suffixes(), archives.SUFFIX)))


def readable(folder: Path, *, apart: Path | None = None) -> tuple[list[Path], list[OSError]]:
    """The files below a folder that heshu reads, in the order of their names, and the folders below it that cannot be listed.

    Hidden files and folders are left out, locks of office programs, and what is in the folder ``apart``.
    """
    wanted = suffixes()
    closed: list[OSError] = []
    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(_HIDDEN) and (apart is None or Path(place, name).resolve() != apart)]
        found.extend(Path(place, name) for name in names if not name.startswith(_HIDDEN) and Path(name).suffix.lower() in wanted)
    return sorted(found), closed
