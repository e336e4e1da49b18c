"""Reports as text in any of the formats of ``writers/``."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import cast

from extract.errors import ConfigurationError
from extract.knowledge import discover
from extract.types import Comparison, Report
from extract.writers import Subject, View, Writer


@cache
def writers() -> tuple[Writer, ...]:
    """The writers of the folder ``writers/``, in the order of their names."""
    return cast(tuple[Writer, ...], discover("extract.writers", "WRITER"))


def formats(subject: Subject) -> tuple[str, ...]:
    """The names of the formats that can show a subject."""
    return tuple(writer.format for writer in writers() if subject in writer.subjects)


def writer(name: str) -> Writer:
    """The writer of a format.

    Raises:
        ConfigurationError: there is no such format.
    """
    for candidate in writers():
        if candidate.format == name:
            return candidate
    raise ConfigurationError("--format", f"no format {name!r}", f"one of {', '.join(w.format for w in writers())}")


def write(report: Report, name: str, view: View | None = None) -> str:
    """The report as text in the format ``name``; byte-identical for an identical report and view."""
    return writer(name).write(report, view or View())


def write_comparison(comparison: Comparison, name: str, view: View | None = None) -> str:
    """The comparison as text in the format ``name``.

    Raises:
        ConfigurationError: there is no such format, or it shows no comparisons.
    """
    chosen = writer(name)
    if chosen.compare is None:
        raise ConfigurationError("--format", f"{name} shows no comparisons", f"one of {', '.join(formats('compare'))}")
    return chosen.compare(comparison, view or View(subject="compare"))


def save(text: str, path: Path, *, encoding: str = "utf-8") -> None:
    """Write ``text`` to ``path`` whole or not at all: a file beside it first, then one rename.

    What the encoding lacks (the bytes of a file name that is no text) is written escaped.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_text(text, encoding=encoding, errors="backslashreplace", newline="")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
