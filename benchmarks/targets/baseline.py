"""A baseline of known findings."""

from __future__ import annotations

from benchmarks.targets import SMALL, Target, in_file
from extract import suppressions
from extract.ingest import read_text
from extract.pipeline import analyse

TARGET = Target(
    name="baseline",
    seeds=lambda: [suppressions.baseline_of(suppressions.baseline_line("small", each) for each in analyse(read_text(SMALL)).findings).encode()],
    run=in_file(".json", suppressions.load_baseline),
)
