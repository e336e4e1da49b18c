"""A report in plain text: facts, checks, findings, and the JSON of them."""

from __future__ import annotations

from benchmarks.targets import SMALL, Target
from benchmarks.texts import documents
from extract.ingest import read_bytes
from extract.pipeline import analyse
from extract.report import write


def run(data: bytes) -> object:
    return write(analyse(read_bytes(data)), "json")


TARGET = Target(name="text", seeds=lambda: [SMALL.encode(), *(text[:1500].encode() for text in documents()[:4])], run=run)
