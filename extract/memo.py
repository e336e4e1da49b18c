"""What functions remember of a document while it is analysed, and forget with it.

The words of a document come again and again in it, those of the next are others: caches that outlived it would fill, and
spread what they hold over all of the memory, for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar, cast

Parameters = ParamSpec("Parameters")
Value = TypeVar("Value")

_FORGET: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[Parameters, Value]], Callable[Parameters, Value]]:
    """A function with its ``most`` last values kept, until the end of :func:`forgetting`; its arguments can be hashed."""

    def kept(function: Callable[Parameters, Value]) -> Callable[Parameters, Value]:
        cached: Any = lru_cache(maxsize=most)(function)
        _FORGET.append(cached.cache_clear)
        return cast("Callable[Parameters, Value]", cached)

    return kept


@contextmanager
def forgetting() -> Iterator[None]:
    """Forget at the end what all functions remember."""
    try:
        yield
    finally:
        for forget in _FORGET:
            forget()
