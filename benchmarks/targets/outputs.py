"""The outputs of two runs that ``heshu dev diff`` compares."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from benchmarks.targets import SMALL, Target
from extract.differences import as_text, compare
from extract.ingest import read_text
from extract.pipeline import analyse
from extract.report import write


@cache
def _output() -> bytes:
    return write(analyse(read_text(SMALL, name="small")), "json").encode()


def run(data: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / side / "small.json" for side in ("old", "new")]
        for file, held in zip(files, (_output(), data), strict=True):
            file.parent.mkdir()
            file.write_bytes(held)
        return as_text(compare(files[0].parent, files[1].parent), lambda document, place: "")


TARGET = Target(name="outputs", seeds=lambda: [_output(), _output().replace(b"120", b"121")], run=run)
