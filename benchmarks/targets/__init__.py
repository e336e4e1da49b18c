"""What is fed with hostile bytes: one module an input that heshu takes from others. The folder is listed, nobody edits a list.

A target takes any bytes and ends in a result or in a :class:`~extract.errors.HeshuError` of one line; anything else is a crash.
``python -m benchmarks.guided`` searches for crashes guided by coverage, tests/test_targets.py tries a few hundred inputs each.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from benchmarks.fuzz import BYTES
from extract.errors import HeshuError
from extract.knowledge import discover

SMALL = "清溪县2023年工作总结\n一、检查情况\n全年检查企业120家，其中化工70家、机械60家，整改率96.1%，同比增长18.4%。\n"
"""A report of a few numbers that do not fit, quickly read."""
_ODD: tuple[object, ...] = (
    None, True, 0, -1, 10**30, 1e308, float("nan"), float("inf"), "", "x", "1", "NaN", "Infinity", "1e999999", "-0", "\ud800", "\0", "中" * 300,
    [], {}, [[]], [None], {"x": None},
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An input: ``seeds`` are good examples of it, ``run`` takes it in; ``name`` is that of its module."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    run: Callable[[bytes], object]


@cache
def targets() -> dict[str, Target]:
    """The targets of this folder by name."""
    found = cast("tuple[Target, ...]", discover("benchmarks.targets", "TARGET"))
    return {target.name: target for target in found}


def attempt(target: Target, data: bytes) -> str:
    """What a target says of ``data``: "" where it took it in, else its one line.

    Raises:
        AssertionError: the line is none or several. Any other exception but a HeshuError is a crash.
    """
    try:
        target.run(data)
    except HeshuError as error:
        line = str(error)
        assert len(line.splitlines()) == 1, f"not one line: {line!r}"
        return line
    return ""


def in_file(suffix: str, take: Callable[[Path], object]) -> Callable[[bytes], object]:
    """A ``run`` that takes in a file of these bytes."""

    def run(data: bytes) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"fuzz{suffix}"
            path.write_bytes(data)
            return take(path)

    return run


def altered(data: bytes, chance: random.Random) -> bytes:
    """``data`` with some damage: JSON with a value changed or a key dropped more often than not, else as bytes."""
    try:
        value = json.loads(data) if chance.random() < 0.8 else None
    except ValueError:
        value = None
    if not isinstance(value, dict | list):
        return chance.choice(BYTES)(data or b" ", chance)
    for _ in range(chance.choice((1, 1, 1, 3))):
        _alter(value, chance)
    return json.dumps(value).encode()


def _alter(value: Any, chance: random.Random) -> None:
    """Changes one place of a tree, deep down more often than near the root."""
    while value:
        key = chance.choice(list(value) if isinstance(value, dict) else range(len(value)))
        below = value[key]
        if isinstance(below, dict | list) and below and chance.random() < 0.9:
            value = below
            continue
        if chance.random() < 0.3:
            del value[key]
        else:
            value[key] = deepcopy(chance.choice(_ODD))  # what is put in may be changed next
        return
