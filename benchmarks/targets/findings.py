"""A report in JSON that ``heshu verify`` is asked about."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from benchmarks.targets import SMALL, Target, in_file
from extract import verify
from extract.ingest import read_text
from extract.pipeline import analyse
from extract.report import write
from extract.types import Document


@cache
def _document() -> Document:
    return read_text(SMALL, name="small")


def _take(path: Path) -> object:
    return verify.verify(verify.read(path), _document())


TARGET = Target(name="findings", seeds=lambda: [write(analyse(_document()), "json").encode()], run=in_file(".json", _take))
