"""A chapter of indicators of one's own."""

from __future__ import annotations

from pathlib import Path

from benchmarks.targets import Target, in_file
from extract import catalogue

_SEED = """# Public libraries.
[[indicator]]
id = "library.readers"
name = "持证读者数"
english = "Registered readers"
units = ["人"]
kind = "stock"
aliases = ["持证读者", "办证读者"]

[[indicator]]
id = "library.rate"
name = "办证率"
english = "Share of registered readers"
units = ["%"]
kind = "ratio"
numerator = ["library.readers"]
denominators = [["population.resident"]]
"""


def _take(path: Path) -> object:
    return catalogue.load([path])


TARGET = Target(name="indicators", seeds=lambda: [_SEED.encode(), _SEED.partition("\n\n")[0].encode()], run=in_file(".toml", _take))
