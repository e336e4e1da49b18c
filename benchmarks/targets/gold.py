"""A gold file of annotations: read, and looked through for what is broken."""

from __future__ import annotations

from pathlib import Path

from benchmarks.targets import Target, in_file
from benchmarks.targets._annotated import example
from extract.workshop import files, vet


def _take(path: Path) -> object:
    return vet.vet(files.read(path).gold, example().text)


TARGET = Target(name="gold", seeds=lambda: [files.dumped(example().gold).encode()], run=in_file(".gold.json", _take))
