"""The standard streams: there, able to print Chinese, and a terminal that no document commands."""

from __future__ import annotations

import io
import os
import re
import sys

# All but tabs, ends of lines, and the colours that our own words have.
_COMMAND = re.compile(r"\x1b(?!\[(?:0|1|2|3[1-6])(?:;3[1-6])?m)|\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Terminal(io.TextIOWrapper):
    """A terminal that shows the control characters of what it is given, and does not obey them: a report or the name of a file
    could clear it, or say something else than it does."""

    def write(self, text: str, /) -> int:
        super().write(_obeying_none(text))
        return len(text)


def one_line(text: str) -> str:
    """The text in one line that commands no terminal."""
    return _obeying_none(" ".join(text.splitlines()))


def _obeying_none(text: str) -> str:
    return _COMMAND.sub(lambda match: ascii(match[0])[1:-1], text)


def prepare() -> None:
    """Make the standard streams so, before anything is printed."""
    _be_open()
    _be_printable()


def _be_open() -> None:
    """Let streams that were closed before the start (``heshu … >&-``) fail when they are used, and errors go nowhere: Python has
    ``None`` in their place, and the next file that is opened would be taken for one of them."""
    for name, mode, ways in (("stdin", "r", os.O_WRONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_WRONLY)):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.open(os.devnull, ways), mode, encoding="utf-8"))  # noqa: PTH123, SIM115 (of a descriptor)


def _be_printable() -> None:
    """Never fail to print: Chinese goes out as UTF-8 to files and pipes, and a terminal shows what it cannot print escaped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
            if not stream.isatty() and "PYTHONIOENCODING" not in os.environ:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # alone, an encoding makes errors strict
    if sys.stdout.isatty():
        sys.stdout = Terminal(sys.stdout.buffer, sys.stdout.encoding, "backslashreplace", line_buffering=True)
