"""Python's collector of cyclic garbage, out of the way while a document is read and analysed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """No garbage collection meanwhile: a document makes many values that stay and hold no cycles, and looking through them again
    and again takes time that grows with the document, most for a large table."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
