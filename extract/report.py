"""Reports in any of the formats of ``writers/``."""

from __future__ import annotations

import hashlib
import os
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from extract.errors import ConfigurationError
from extract.knowledge import discover
from extract.types import Comparison, Report
from extract.writers import Output, Subject, View, Writer

_LONG = 50
"""A name of so many characters may have no room for more before and behind it: file systems take 255 bytes."""


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
        ConfigurationError: there is no such format, or what it needs is not installed.
    """
    for candidate in writers():
        if candidate.format == name:
            if missing := [module for module in candidate.needs if find_spec(module) is None]:
                raise ConfigurationError(f"--format {name}", f"needs {', '.join(missing)}, not installed", f"pip install 'heshu[{name}]'")
            return candidate
    raise ConfigurationError("--format", f"no format {name!r}", f"one of {', '.join(w.format for w in writers())}")


def write(report: Report, name: str, view: View | None = None) -> str:
    """The report as text in the format ``name``; byte-identical for an identical report and view.

    Raises:
        ConfigurationError: there is no such format, it is no text (:func:`as_file` gives its bytes), or what it needs is not installed.
    """
    chosen = writer(name)
    return _text(chosen, chosen.write(report, view or View()))


def write_comparison(comparison: Comparison, name: str, view: View | None = None) -> str:
    """The comparison as text in the format ``name``.

    Raises:
        ConfigurationError: there is no such format, it is no text, it shows no comparisons, or what it needs is not installed.
    """
    return _text(writer(name), compared(comparison, name, view))


def compared(comparison: Comparison, name: str, view: View | None = None) -> Output:
    """The comparison in the format ``name``, as text or, where that is none, as bytes.

    Raises:
        ConfigurationError: there is no such format, it shows no comparisons, or what it needs is not installed.
    """
    chosen = writer(name)
    if chosen.compare is None:
        raise ConfigurationError("--format", f"{name} shows no comparisons", f"one of {', '.join(formats('compare'))}")
    return chosen.compare(comparison, view or View(subject="compare"))


def as_file(report: Report, name: str, view: View | None = None) -> bytes:
    """The bytes of a file that holds the report in the format ``name``; identical for an identical report and view.

    Raises:
        ConfigurationError: there is no such format, or what it needs is not installed.
    """
    chosen = writer(name)
    return encoded(chosen.write(report, view or View()), chosen.encoding)


def _text(chosen: Writer, output: Output) -> str:
    if isinstance(output, str):
        return output
    if chosen.encoding is None:
        raise ConfigurationError("--format", f"{chosen.format} is no text", "extract.report.as_file gives its bytes")
    return output.decode(chosen.encoding)


def encoded(output: Output, encoding: str | None = "utf-8") -> bytes:
    """The bytes of a file with that output. What the encoding of a text lacks (the bytes of a file name that is no text) is escaped."""
    return output if isinstance(output, bytes) else output.encode(encoding or "utf-8", "backslashreplace")


def save(output: Output, path: Path, *, encoding: str | None = "utf-8") -> None:
    """Write a text or bytes to ``path`` whole or not at all: a file beside it first, then one rename."""
    name = path.name if len(path.name) < _LONG else hashlib.sha256(path.name.encode("utf-8", "surrogateescape")).hexdigest()
    partial = path.with_name(f".{name}.{os.getpid()}.part")
    try:
        partial.write_bytes(encoded(output, encoding))
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def leftovers(folder: Path) -> list[Path]:
    """The files beside outputs that :func:`save` could not rename, because its process was ended."""
    return [path for path in folder.iterdir() if re.fullmatch(r"\..+\.[0-9]+\.part", path.name)]
