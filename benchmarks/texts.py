"""Text of any size to measure with, made from the project's own documents."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

DOCUMENTS = Path(__file__).resolve().parents[1] / "annotations" / "documents"

_DIGIT = re.compile(r"[0-9]")


@cache
def documents() -> tuple[str, ...]:
    """The texts of ``annotations/documents``, in the order of their names."""
    return tuple(path.read_bytes().decode("utf-8") for path in sorted(DOCUMENTS.glob("*.txt")))


def news(shared: Path | None, most: int | None = 60) -> tuple[str, ...]:
    """Days of broadcast news of the shared texts: prose with a number every hundred characters or so; () where they are not here."""
    folder = shared / "corpus" / "pool" if shared else None
    files = sorted(folder.glob("*.md"))[:most] if folder and folder.is_dir() else []
    return tuple(path.read_bytes().decode("utf-8") for path in files)


def perturbed(text: str, chance: random.Random) -> str:
    """The text with about one digit in twenty replaced, so that no copy is quite another's and caches cannot answer."""
    return _DIGIT.sub(lambda match: str(chance.randrange(10)) if chance.random() < 0.05 else match.group(), text)


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
