"""A .heshu-ignore.toml: read, and an entry put at its end."""

from __future__ import annotations

from pathlib import Path

from benchmarks.targets import Target, in_file
from extract import suppressions

_SEED = '# 说明\n[[ignore]]\nfingerprint = "94d440fc212b1418"\nreason = "合计数含上年结转"\ncode = "S201"\ndate = 2026-11-22\nwho = "王"\n'


def _take(path: Path) -> object:
    suppressions.add(path, [suppressions.Suppression(fingerprint="0123456789abcdef", reason="试\n一试\"'")])
    return suppressions.load(path)


TARGET = Target(name="ignored", seeds=lambda: [_SEED.encode()], run=in_file(".toml", _take))
