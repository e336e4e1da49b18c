"""heshu as it is, but for documents whose names say what befalls the process that looks at them: ``python -m tests.troubled check …``.

Those that ``wait`` do so until there is a file at the path that the variable ``GATE`` names.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from extract import pipeline
from extract.cli import main
from extract.types import Document, Report

_whole = pipeline.analyse


def _troubled(document: Document, **how: Any) -> Report:
    if document.name.startswith("kill"):
        os.kill(os.getpid(), signal.SIGKILL)
    if document.name.startswith("leave"):
        os._exit(1)
    if document.name.startswith("hang"):
        time.sleep(600)
    if document.name.startswith("eat"):
        bytearray(3_000_000_000)
    while document.name.startswith("wait") and not Path(os.environ["GATE"]).exists():
        time.sleep(0.01)
    return _whole(document, **how)


if __name__ == "__main__":
    pipeline.analyse = _troubled
    main()
