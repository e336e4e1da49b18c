"""Exceptions: what went wrong on our side or with an input, in one clear line each.

A finding is about the source; an exception is about us. Every exception keeps its parts, so that a caller can
act on them, and builds its one line late: where, what, and what to do.
"""

from __future__ import annotations

import traceback

MALFORMED = (LookupError, TypeError, AttributeError, ValueError, ArithmeticError, RecursionError)
"""What is raised where JSON or TOML is read as something that it is not."""


class HeshuError(Exception):
    """Base of every error that heshu raises on purpose: ``where`` it is, ``what`` is wrong, ``advice`` ("" for none)."""

    def __init__(self, where: str, what: str, advice: str = "") -> None:
        super().__init__(where, what, advice)
        self.where = where
        self.what = what
        self.advice = advice

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        line = f"{line}; {self.advice}" if self.advice else line
        return " ".join(line.splitlines())  # what is quoted from an input may have several


class UnreadableError(HeshuError):
    """An input that could not be read: missing, empty, binary, too large, or in no known encoding."""


class KnowledgeError(HeshuError):
    """A knowledge file that does not hold together: it never loads half."""


class ConfigurationError(HeshuError):
    """A setting in heshu.toml or on the command line that means nothing."""


class LimitError(HeshuError):
    """A document that took more time or memory than it may, or the process down that worked at it."""


class InternalError(HeshuError):
    """An error that nobody foresaw: our fault, at one document. ``kind`` is its class; ``traceback`` where it was raised."""

    kind = ""
    traceback = ""

    @classmethod
    def of(cls, where: str, error: Exception) -> InternalError:
        """The line for an exception, where it is known at which document."""
        made = cls(where, f"internal error, {type(error).__name__}: {error}", "run again with --debug for the traceback")
        made.kind = type(error).__name__
        made.traceback = "".join(traceback.format_exception(error))
        return made
