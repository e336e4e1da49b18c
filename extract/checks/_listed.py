"""What is listed beside a number that counts it, in prose or in a table."""

from __future__ import annotations

from typing import NamedTuple


class Listed(NamedTuple):
    """How many things are listed beside a number, whether that is beyond doubt, and the first and the last of them."""

    items: int
    sure: bool
    ends: tuple[str, str] | None = None
