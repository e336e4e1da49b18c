"""A report in Markdown, with its tables."""

from __future__ import annotations

from benchmarks.targets import Target
from extract.ingest import read_bytes
from extract.pipeline import analyse
from tests.formats import as_markdown


def run(data: bytes) -> object:
    return analyse(read_bytes(data, suffix=".md"))


TARGET = Target(name="markdown", seeds=lambda: [as_markdown(), b"| a | b |\n|---|---|\n| \\| 1 | 2 |\n"], run=run)
