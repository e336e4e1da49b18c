"""A table in a .csv file."""

from __future__ import annotations

from benchmarks.targets import Target
from extract.ingest import read_bytes
from extract.pipeline import analyse
from tests.formats import as_csv


def run(data: bytes) -> object:
    return analyse(read_bytes(data, suffix=".csv"))


TARGET = Target(name="csv", seeds=lambda: [as_csv(), '项目;数量\n"甲\n镇";1,5\n合计;15%\n'.encode()], run=run)
