"""Where the output for documents goes: standard output, one file, or a file for each in a folder."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from extract.cli._inputs import STANDARD_INPUT, stem
from extract.errors import HeshuError
from extract.report import save
from extract.types import Report
from extract.writers import Output, View, Writer


class Outputs:
    """Takes a report after the other and writes it where it goes: into a ``folder`` by its name, else all into one ``file`` or to
    standard output, joined where the format has a place for several.

    What goes to one place joined is written by :meth:`finish`, a file whole or not at all.

    Raises:
        click.UsageError: several documents have no place in one output of the format, bytes would go to a terminal, or the
            file is one of the documents.
    """

    def __init__(self, writer: Writer, view: View, names: Sequence[str], *, folder: Path | None = None, file: Path | None = None) -> None:
        if folder is not None and file is not None:
            raise click.UsageError("--output is one file and --output-dir a folder; name one of them")
        if folder is None and len(names) > 1 and not (writer.follows or writer.join):
            raise click.UsageError(f"{len(names)} documents in {writer.format} need --output-dir DIR")
        if folder is None and file is None and writer.encoding is None:
            refuse_terminal(writer.format, writer.suffix)
        if file is not None and file.resolve() in {Path(name).resolve() for name in names if name != STANDARD_INPUT}:
            raise click.UsageError(f"{file} is one of the documents; name another --output")
        self._writer = writer
        self._view = view
        self._whole = folder is None
        self._file = file
        self.targets = {} if folder is None else targets(names, folder, writer.suffix)
        self._parts: list[Any] = []
        self._followed = False

    def add(self, name: str, report: Report) -> None:
        """Write the report on the document ``name``, or keep what :meth:`finish` needs of it.

        Raises:
            HeshuError: its file cannot be written.
        """
        writer = self._writer
        if name in self.targets:
            keep(writer.write(report, self._view), self.targets[name], writer.encoding)
        elif writer.join:
            self._parts.append((writer.part or writer.write)(report, self._view))
        else:
            output = writer.write(report, self._view)
            if self._followed and writer.format == "text":
                output = f"\n{output!s}"
            self._followed = True
            if self._file is None:
                show(output)
            else:
                self._parts.append(output)

    def finish(self) -> None:
        """Write what was kept.

        Raises:
            HeshuError: the file cannot be written.
        """
        writer = self._writer
        if not (self._whole and (writer.join or self._parts)):
            return
        output = writer.join(self._parts, self._view) if writer.join else "".join(self._parts) if writer.encoding else b"".join(self._parts)
        if self._file is None:
            show(output)
        else:
            keep(output, self._file, writer.encoding)


def refuse_terminal(format_name: str, suffix: str) -> None:
    """Nothing where standard output goes to a file or a pipe.

    Raises:
        click.UsageError: it is a terminal, on which the bytes of the format mean nothing.
    """
    if sys.stdout.isatty():
        raise click.UsageError(f"{format_name} is no text for a terminal; add --output FILE{suffix}")


def show(output: Output) -> None:
    """Write a text or bytes to standard output."""
    if isinstance(output, str):
        sys.stdout.write(output)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(output)


def keep(output: Output, path: Path, encoding: str | None) -> None:
    """Write a text or bytes into a file, whole or not at all.

    Raises:
        HeshuError: it cannot be written.
    """
    try:
        save(output, path, encoding=encoding)
    except OSError as error:
        raise HeshuError(str(path), f"not written, {error.strerror or error}", "name another place") from error


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
