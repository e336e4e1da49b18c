"""Colour and column width on a terminal."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}


@dataclass(frozen=True, slots=True)
class Style:
    """Paints text where ``colour`` is wanted, and returns it as it is where not."""

    colour: bool

    def paint(self, text: str, *names: str) -> str:
        if not (self.colour and text and names):
            return text
        return f"\033[{';'.join(_CODES[name] for name in names)}m{text}\033[0m"


@lru_cache(maxsize=4096)
def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def columns(text: str) -> int:
    """How many terminal columns the text takes; a Chinese character takes two."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def padded(text: str, width: int) -> str:
    """The text with spaces up to ``width`` columns; longer text stays whole."""
    return text + " " * (width - columns(text))


def shortened(text: str, width: int) -> str:
    """The text cut to ``width`` columns, with … where something was cut."""
    if columns(text) <= width:
        return text
    taken, used = 0, 1
    for character in text:
        used += _columns(character)
        if used > width:
            break
        taken += 1
    return text[:taken] + "…"
