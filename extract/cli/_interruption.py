"""An interruption (Ctrl-C) that is not lost.

Python raises KeyboardInterrupt wherever it happens to be, and ignores one in a finaliser: the libraries have some, and a run over
thousands of documents would go on as if nothing had been said.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def noted() -> Iterator[Callable[[], None]]:
    """What raises KeyboardInterrupt if one came since; asked from time to time. Only the main thread is ever interrupted."""
    came = threading.Event()

    def note(number: int, frame: object) -> None:
        came.set()
        raise KeyboardInterrupt

    def check() -> None:
        if came.is_set():
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield check
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield check
    finally:
        signal.signal(signal.SIGINT, before)
