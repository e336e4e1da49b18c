"""Where the output for documents goes: standard output, one file, or a file for each in a folder."""

from __future__ import annotations

import sys
from codecs import lookup
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from extract.cli._inputs import STANDARD_INPUT, standard_input, stem
from extract.cli._look import Looked, Task
from extract.errors import HeshuError
from extract.journal import Journal, stands
from extract.report import encoded, save
from extract.writers import Output, View, Writer

_LONGEST = 255
_ROOM = 8
"""The bytes that the name of a file has, and those of them that are left for a number."""


class Outputs:
    """Takes the output of one document after the other to where it goes: into a ``folder`` by its name, else all into one ``file``
    or to standard output, joined where the format has a place for several.

    What goes to one place joined is written by :meth:`finish`, a file whole or not at all. The journal of a folder tells what
    stands in it; ``fresh`` forgets what earlier runs wrote there.

    Raises:
        click.UsageError: several documents have no place in one output of the format, bytes would go to a terminal, or the
            file is one of the documents.
        ConfigurationError: the folder cannot be written, or another run writes into it.
    """

    def __init__(
        self, writer: Writer, view: View, names: Sequence[str], *, folder: Path | None = None, file: Path | None = None, fresh: bool = False
    ) -> None:
        if folder is not None and file is not None:
            raise click.UsageError("--output is one file and --output-dir a folder; name one of them")
        if folder is None and fresh:
            raise click.UsageError("--fresh is about --output-dir DIR; what goes elsewhere is always made anew")
        if folder is None and len(names) > 1 and not (writer.follows or writer.join):
            raise click.UsageError(f"{len(names)} documents in {writer.format} need --output-dir DIR")
        if folder is None and file is None and writer.encoding is None:
            refuse_terminal(writer.format, writer.suffix)
        if file is not None and file.resolve() in {Path(name).resolve() for name in names if name != STANDARD_INPUT}:
            raise click.UsageError(f"{file} is one of the documents; name another --output")
        self._writer = writer
        self._view = view
        self._folder = folder
        self._file = file
        self.targets = {} if folder is None else targets(names, folder, writer.suffix)
        self._journal = None if folder is None else Journal(folder, fresh=fresh)
        self._parts: list[Any] = []
        self._followed = False

    def task(self, name: str) -> Task:
        """What is to be done with the document ``name``, with what is known of its output."""
        target = self.targets.get(name)
        told = self._journal.entry(target.name) if self._journal and target else None
        return Task(name=name, given=standard_input(name), target=target, told=told)

    def add(self, looked: Looked) -> None:
        """Write the output of a document, or keep it for :meth:`finish`; nothing where it stands already.

        Raises:
            HeshuError: its file cannot be written.
        """
        writer, output = self._writer, looked.output
        if self._folder is not None:
            if output is not None and looked.entry is not None and self._journal is not None:
                keep(output, self._folder / looked.entry.name, None)
                self._journal.add(looked.entry)
        elif writer.join:
            self._parts.append(output)
        else:
            if self._followed and writer.format == "text":
                output = f"\n{output!s}"
            self._followed = True
            if self._file is None:
                show(output, writer.encoding)
            else:
                self._parts.append(output)

    def finish(self) -> None:
        """Write what was kept; in a folder, take away what was written of these documents under other names before.

        Raises:
            HeshuError: the file cannot be written.
        """
        writer = self._writer
        if self._folder is not None:
            self._clear(self._folder)
            return
        if not (writer.join or self._parts):
            return
        output = writer.join(self._parts, self._view) if writer.join else b"".join(encoded(part, writer.encoding) for part in self._parts)
        if self._file is None:
            show(output, writer.encoding)
        else:
            keep(output, self._file, writer.encoding)

    def _clear(self, folder: Path) -> None:
        assert self._journal is not None
        wanted = {path.name for path in self.targets.values()}
        for name, document in self._journal.outputs().items():
            if document in self.targets and name not in wanted and Path(name).suffix == self._writer.suffix:
                entry = self._journal.entry(name)
                if entry is not None and stands(entry, folder):
                    (folder / name).unlink(missing_ok=True)

    def close(self) -> None:
        """Let other runs write into the folder."""
        if self._journal is not None:
            self._journal.close()


def refuse_terminal(format_name: str, suffix: str) -> None:
    """Nothing where standard output goes to a file or a pipe.

    Raises:
        click.UsageError: it is a terminal, on which the bytes of the format mean nothing.
    """
    if sys.stdout.isatty():
        raise click.UsageError(f"{format_name} is no text for a terminal; add --output FILE{suffix}")


def show(output: Output, encoding: str | None = None) -> None:
    """Write a text, or bytes, to standard output; a text that is encoded already goes out as another one does."""
    if isinstance(output, bytes) and encoding and (sys.stdout.isatty() or lookup(sys.stdout.encoding) != lookup(encoding)):
        output = output.decode(encoding)
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


def fitting(base: str, suffix: str) -> str:
    """The name, cut where it would be too long with the suffix and a number: archives know longer names than file systems."""
    most = _LONGEST - len(suffix.encode()) - _ROOM
    whole = base.encode("utf-8", "surrogateescape")
    return base if len(whole) <= most else whole[:most].decode("utf-8", "ignore")


def targets(names: Sequence[str], folder: Path, suffix: str) -> dict[str, Path]:
    """The file for each document: ``<stem><suffix>`` in ``folder``; a name already taken gets ``-2``, ``-3`` …

    A name counts as taken without regard to case, for so some file systems do; an input is never overwritten.
    """
    inputs = {Path(name).resolve() for name in names}
    # A stem that stands alone keeps its name, even if a clash before it would have liked it.
    free = {fitting(stem(name), suffix).casefold() for name in names}
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    found: dict[str, Path] = {}
    for name in names:
        base = fitting(stem(name), suffix)
        number = numbers.get(base, 1)
        candidate = base if number == 1 else f"{base}-{number}"
        while candidate.casefold() in taken or (folder / f"{candidate}{suffix}").resolve() in inputs or (number > 1 and candidate.casefold() in free):
            number += 1
            candidate = f"{base}-{number}"
        numbers[base] = number
        taken.add(candidate.casefold())
        found[name] = folder / f"{candidate}{suffix}"
    return found
