"""heshu: the numbers of Chinese reports, as facts, checked against each other.

    >>> import extract
    >>> report = extract.check("全年检查企业120家，其中甲镇70家、乙镇60家。")
    >>> [fact.triple for fact in report.facts][0]
    ('', '检查企业', '120家')

Importing this package is cheap; what a function needs is imported when it is called.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from os import PathLike
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from extract.types import (
        About,
        Apart,
        Block,
        Cell,
        CellRef,
        Check,
        Comparison,
        Document,
        Fact,
        Finding,
        Group,
        Indicator,
        Interval,
        Link,
        MadeBy,
        Mention,
        Numeral,
        Quantity,
        Repair,
        Report,
        Section,
        Span,
        Table,
    )

__version__ = "0.1.0"

__all__ = (
    "About", "Apart", "Block", "Cell", "CellRef", "Check", "Comparison", "Document", "Fact", "Finding", "Group", "Indicator",
    "Interval", "Link", "MadeBy", "Mention", "Numeral", "Quantity", "Repair", "Report", "Section", "Span", "Table", "__version__",
    "check", "compare", "facts", "load", "read",
)  # fmt: skip


def read(source: str | PathLike[str]) -> Document:
    """The document of a file or of a text, read and not yet looked at.

    A ``Path`` is a file. A ``str`` is a file where one of that name exists or where it ends like one that heshu reads
    (``report.txt``); everything else is the text itself.

    Raises:
        UnreadableError: the file is missing, empty, binary, too large, or in no known encoding.
    """
    from pathlib import Path

    from extract import ingest

    return ingest.read(Path(source)) if _names_a_file(source) else ingest.read_text(str(source), name="text")


def check(
    source: str | PathLike[str] | Document,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    indicators: Iterable[str | PathLike[str]] = (),
) -> Report:
    """The report on a file, a text (told apart as :func:`read` does) or a document: facts, checks, findings.

    ``select`` and ``ignore`` take codes of checks or their beginnings (``"S"``, ``"S201"``); ``indicators`` takes
    catalogue files beside our own.

    Raises:
        UnreadableError: the file could not be read.
        KnowledgeError: a catalogue file does not hold together.
        ConfigurationError: no check has such a code.
    """
    from pathlib import Path

    from extract import catalogue, learned
    from extract.pipeline import analyse
    from extract.types import Document

    document = source if isinstance(source, Document) else read(source)
    known = catalogue.load([Path(file) for file in indicators])
    return analyse(document, catalogue=known, select=tuple(select), ignore=tuple(ignore), models=learned.models())


def compare(
    sources: Iterable[str | PathLike[str] | Document],
    *,
    together: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    indicators: Iterable[str | PathLike[str]] = (),
) -> Comparison:
    """What several files, texts or documents state of each other's numbers: which belong together, checks, findings.

    They belong together by body, matter and year; with ``together`` all do. The other arguments are those of :func:`check`.

    Raises:
        UnreadableError: a file could not be read.
        KnowledgeError: a catalogue file does not hold together.
        ConfigurationError: no check has such a code.
    """
    from pathlib import Path

    from extract import catalogue, learned
    from extract.compare import compare as held
    from extract.pipeline import analyse, known_codes
    from extract.types import Document

    known = catalogue.load([Path(file) for file in indicators])
    chosen, left = known_codes(tuple(select)), known_codes(tuple(ignore))
    documents = [source if isinstance(source, Document) else read(source) for source in sources]
    reports = [analyse(document, catalogue=known, models=learned.models()) for document in documents]
    return held(reports, together=together, catalogue=known.indicators, select=chosen, ignore=left)


def facts(source: str | PathLike[str] | Document) -> tuple[Fact, ...]:
    """The facts of a file, a text or a document, in the order of the text.

    Raises:
        UnreadableError: the file could not be read.
    """
    return check(source).facts


def load() -> Language:
    """A spaCy pipeline for Chinese with heshu's tokenizer and components; see :mod:`extract.components`."""
    from extract import components

    return components.load()


def _names_a_file(source: str | PathLike[str]) -> bool:
    import os
    from pathlib import Path

    if not isinstance(source, str):
        return True
    if "\n" in source or not 0 < len(source) <= 1024:
        return False
    from extract import ingest

    # A sentence of ninety characters is too long a name, at which Path.exists fails.
    return os.path.exists(source) or Path(source).suffix.lower() in ingest.suffixes()  # noqa: PTH110


class _Package(ModuleType):
    """Keeps the public functions: importing the stage ``extract.check`` would put that module in the place of ``check``."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name in __all__:
            from extract import types

            return getattr(types, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
