"""Differences told far from the two figures they are of, in other words: all ways of saying so, in one list."""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._apart_by_name import apart_by_name
from extract.checks._days_apart import days_apart
from extract.checks._difference import Difference
from extract.checks._saved_by_rate import saved_by_rate
from extract.checks._undone_elsewhere import undone_elsewhere
from extract.relations import Context


def far_differences(context: Context) -> Iterator[Difference]:
    """Every difference whose figures stand in other sentences or sections."""
    yield from days_apart(context)
    yield from undone_elsewhere(context)
    yield from apart_by_name(context)
    yield from saved_by_rate(context)
