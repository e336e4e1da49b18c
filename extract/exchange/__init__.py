"""One module a format in which annotations go to other tools and come back, and what such a module declares.

A tool shows spans with labels and arrows between two of them; the gold knows more. Each format therefore carries the whole
annotation besides what the tool can show (:mod:`extract.exchange._marks`), and on the way back what the tool shows wins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Gold = Mapping[str, Any]
"""The object of a gold file as annotations/GUIDELINE.md describes it: ``doc``, ``sha256``, ``facts``, ``relations`` …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A text and its annotation; offsets of the gold count characters of ``text``."""

    text: str
    gold: Gold

    @property
    def doc(self) -> str:
        """The name of the document."""
        return str(self.gold["doc"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: ``write`` gives the files of an export by name, ``read`` the annotations of a file (or folder).

    ``suffix`` is that of the one file that holds all documents, "" where the export is a folder. ``write`` takes the
    documents and the name of the export, which becomes that of its main file. Facts that came new from the tool may lack
    every field but ``id``, ``start``, ``end`` and ``kind``; new relations lack ``holds``.

    ``read`` raises :class:`~extract.errors.UnreadableError` for what is not in the format; ``write`` for a fact that has no
    place in its text.
    """

    name: str
    suffix: str
    write: Callable[[Sequence[Annotated], str], Mapping[str, bytes]]
    read: Callable[[Path], Sequence[Annotated]]
