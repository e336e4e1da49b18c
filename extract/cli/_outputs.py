"""Where the output for each document goes when it goes into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extract.cli._inputs import stem


def targets(names: Sequence[str], folder: Path, suffix: str) -> dict[str, Path]:
    """The file for each document: ``<stem><suffix>`` in ``folder``; a name already taken gets ``-2``, ``-3`` …

    A name counts as taken without regard to case, for so some file systems do; an input is never overwritten.
    """
    inputs = {Path(name).resolve() for name in names}
    # A stem that stands alone keeps its name, even if a clash before it would have liked it.
    free = {stem(name).casefold() for name in names}
    taken: set[str] = set()
    found: dict[str, Path] = {}
    for name in names:
        base, number = stem(name), 1
        candidate = base
        while candidate.casefold() in taken or (folder / f"{candidate}{suffix}").resolve() in inputs or (number > 1 and candidate.casefold() in free):
            number += 1
            candidate = f"{base}-{number}"
        taken.add(candidate.casefold())
        found[name] = folder / f"{candidate}{suffix}"
    return found
