"""Text of any size to measure with, made from the project's own documents."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extract.decode import decode

DOCUMENTS = Path(__file__).resolve().parents[1] / "annotations" / "documents"

_DIGIT = re.compile(r"[0-9]")


@cache
def documents() -> tuple[str, ...]:
    """The texts of ``annotations/documents``, in the order of their names."""
    return tuple(path.read_bytes().decode("utf-8") for path in sorted(DOCUMENTS.glob("*.txt")))


class Text(NamedTuple):
    """A text, and what files of its kind end in."""

    text: str
    suffix: str


def shared(folder: Path | None, *names: str, suffix: str = "", most: int | None = None) -> list[Text]:
    """The shared texts of these corpora, at most so many of each; [] where they are not here."""
    corpora = [folder / "corpus" / name for name in names] if folder else []
    files = [file for corpus in corpora if corpus.is_dir() for file in sorted(corpus.glob(f"*{suffix or '.*'}"))[:most]]
    return [Text(decode(file.read_bytes(), file.name)[0], file.suffix) for file in files]


def perturbed(text: str, chance: random.Random) -> str:
    """The text with about one digit in twenty replaced, so that no copy is quite another's and caches cannot answer."""
    return _DIGIT.sub(lambda match: str(chance.randrange(10)) if chance.random() < 0.05 else match.group(), text)


def reports(copies: int = 4) -> list[str]:
    """Perturbed copies of the project's documents: as dense with numbers as reports get, one fact for 17 characters."""
    chance = random.Random(7)
    return [perturbed(text, chance) for _ in range(copies) for text in documents()]


def of_size(size: int, source: Sequence[str] = (), seed: int = 1) -> str:
    """Text of ``size`` bytes of UTF-8, up to one character less: copies of ``source``, else of the documents perturbed, one after another."""
    chance = random.Random(seed)
    pieces: list[str] = []
    length = 0
    while length < size:
        for text in source or documents():
            piece = (text if source else perturbed(text, chance)) + "\n"
            pieces.append(piece)
            length += len(piece.encode())
    return "".join(pieces).encode()[:size].decode("utf-8", errors="ignore")


def of_pages(pages: int) -> str:
    """Text of so many printed pages, at 600 characters to a page."""
    return of_size(pages * 600 * 4)[: pages * 600]
