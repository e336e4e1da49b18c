"""Work on a file in a process of its own, which can be ended: a limit of time and memory that no library of parsers gives."""

from __future__ import annotations

import math
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Generator

_MEMORY = 1024 * 1024 * 1024


def lines(module: str, data: bytes, *arguments: str, patience: float) -> Generator[bytes]:
    """The lines that ``main`` of ``module`` writes in another process, which gets ``data`` as its standard input.

    They end where that process ends, however it does: whoever asks has to know by them whether it came through.

    Raises:
        TimeoutError: no line came for ``patience`` seconds; the process is gone then.
    """
    command = [sys.executable, "-c", f"from {module} import main; main()", *arguments]
    found = os.pathsep.join(path for path in sys.path if path)
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": found}
    )
    said: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threads = [threading.Thread(target=_tell, args=(process, data), daemon=True), threading.Thread(target=_hear, args=(process, said), daemon=True)]
    for thread in threads:
        thread.start()
    try:
        while line := said.get(timeout=patience):
            yield line
    except queue.Empty:
        raise TimeoutError from None
    finally:
        process.kill()
        process.wait()
        for thread in threads:
            thread.join()


def _tell(process: subprocess.Popen[bytes], data: bytes) -> None:
    assert process.stdin is not None
    try:
        with process.stdin as stream:
            stream.write(data)
    except OSError:
        pass  # it has ended, which those who read its lines see


def _hear(process: subprocess.Popen[bytes], said: queue.SimpleQueue[bytes]) -> None:
    assert process.stdout is not None
    with process.stdout as stream:
        for line in stream:
            said.put(line)
    said.put(b"")


def limit_memory() -> None:
    """Bound the memory of this process, where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    _bound(resource.RLIMIT_AS, _MEMORY)


def limit_time(seconds: int) -> None:
    """End this process when it has worked for so many more seconds, where the system can: waiting for others does not count."""
    try:
        import resource
    except ImportError:
        return
    _bound(resource.RLIMIT_CPU, math.ceil(time.process_time()) + seconds)


def _bound(what: int, most: int) -> None:
    import resource

    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
