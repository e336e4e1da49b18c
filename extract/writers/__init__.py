"""One module a format that a report can be written in, and what such a module declares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from extract.types import Comparison, Report

Lang = Literal["zh", "en"]
Subject = Literal["check", "facts", "compare"]
Output = str | bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What of a report to show, and how. ``width`` is in terminal columns (a Chinese character takes two); ``folder`` is where
    the output goes, from which relative links start."""

    subject: Subject = "check"
    lang: Lang = "zh"
    colour: bool = False
    width: int = 100
    folder: Path = Path()


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """A format: ``write`` returns the whole output for one report, a text with its last line ended or the bytes of a file; a long text may come
    encoded, as its file would have it.

    ``compare`` returns that of a comparison, where ``subjects`` has it. ``suffix`` and ``encoding`` are those of a file in this
    format, the latter ``None`` for a format that is no text; ``follows`` says whether the texts of several reports may stand one
    after the other on one stream. ``join`` makes one output of several where the format has a place for that: of what ``part``
    keeps of each report (what ``write`` returns, if there is none), which is small and can be pickled. ``needs`` names the
    modules that it imports of the extra ``heshu[<format>]``.
    """

    format: str
    suffix: str
    subjects: tuple[Subject, ...]
    follows: bool
    write: Callable[[Report, View], Output]
    encoding: str | None = "utf-8"
    part: Callable[[Report, View], Any] | None = None
    join: Callable[[Sequence[Any], View], Output] | None = None
    compare: Callable[[Comparison, View], Output] | None = None
    needs: tuple[str, ...] = ()
