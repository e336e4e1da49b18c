"""Whatever others hand in ends in a result or in one clear line: what the guided fuzzer searches for hours, tried here for seconds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.targets import Target, altered, attempt, targets
from extract.errors import HeshuError

FOUND = Path(__file__).with_name("reproducers")
"""What once crashed, by the name of the target."""
ENDLESS = (b"[" * 100_000, b'{"a":' * 100_000, b"a = " + b"[" * 5_000, b"a = " + b"9" * 5_000, b"9" * 5_000, b"\xff\xfe", b"", b"null", b"[]", b"{}")


@pytest.mark.parametrize("name", targets())
def test_every_seed_is_taken_in(name: str) -> None:
    for seed in targets()[name].seeds():
        assert attempt(targets()[name], seed) == ""


@pytest.mark.parametrize("name", targets())
def test_damaged_seeds_end_in_a_result_or_one_line(name: str) -> None:
    target = targets()[name]
    seeds = target.seeds()

    @settings(max_examples=40, deadline=None, database=None)
    @given(st.integers(0, 10**6))
    @example(0)
    def holds(number: int) -> None:
        chance = random.Random(number)
        attempt(target, altered(chance.choice(seeds), chance))

    holds()


@pytest.mark.parametrize("name", targets())
def test_what_is_nested_without_end_or_empty_ends_in_a_result_or_one_line(name: str) -> None:
    for data in ENDLESS:
        attempt(targets()[name], data)


@pytest.mark.parametrize("path", sorted(FOUND.glob("*/*")), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_once_crashed_ends_in_a_result_or_one_line(path: Path) -> None:
    attempt(targets()[path.parent.name], path.read_bytes())


def test_a_crash_and_an_error_of_several_lines_are_told() -> None:
    def fails(error: Exception) -> Target:
        def run(data: bytes) -> None:
            raise error

        return Target(name="fails", seeds=list, run=run)

    class TwoLinesError(HeshuError):
        def __str__(self) -> str:
            return "two\nlines"

    assert attempt(fails(HeshuError("a", "b\nc")), b"") == "a: b c"
    with pytest.raises(AssertionError, match="not one line"):
        attempt(fails(TwoLinesError("a", "b")), b"")
    with pytest.raises(ValueError, match="odd"):
        attempt(fails(ValueError("odd")), b"")
