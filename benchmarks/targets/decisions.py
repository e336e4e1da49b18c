"""The file in which ``heshu review`` keeps decisions, opened and read."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.targets import Target, in_file
from extract.review.decisions import Decisions, Verdict


def _seed() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fuzz.sqlite3"
        with Decisions(path) as kept:
            kept.decide(Verdict(request="r", fingerprint="94d440fc212b1418", state="dismissed", reason="含上年结转"), seen=None)
            kept.keep("port", "8000")
        return path.read_bytes()


def _take(path: Path) -> object:
    with Decisions(path) as kept:
        return kept.standing(), kept.corrections(), kept.reasons(), kept.note("port")


TARGET = Target(name="decisions", seeds=lambda: [_seed()], run=in_file(".sqlite3", _take))
