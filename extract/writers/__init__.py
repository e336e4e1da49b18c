"""One module a format that a report can be written in, and what such a module declares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from extract.types import Comparison, Report

Lang = Literal["zh", "en"]
Subject = Literal["check", "facts", "compare"]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What of a report to show, and how. ``width`` is in terminal columns (a Chinese character takes two)."""

    subject: Subject = "check"
    lang: Lang = "zh"
    colour: bool = False
    width: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """A format: ``write`` returns the whole text of one report, its last line ended.

    ``compare`` returns that of a comparison, where ``subjects`` has it. ``suffix`` and ``encoding`` are those of a file in this
    format; ``follows`` says whether the texts of several reports may stand one after the other on one stream, and ``join``
    makes one text of several where the format has a place for that.
    """

    format: str
    suffix: str
    subjects: tuple[Subject, ...]
    follows: bool
    write: Callable[[Report, View], str]
    encoding: str = "utf-8"
    join: Callable[[Sequence[str]], str] | None = None
    compare: Callable[[Comparison, View], str] | None = None
