"""A text together with the place in the source of each of its characters, and edits that keep both in step."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""Replace ``text[start:end]`` by nothing or by one character; that character gets the origin of ``text[start]``."""

_OWN_PLACES = array("I", range(1 << 15))
"""The places of a text as it stands, copied for all but the longest: counting anew would take longer."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """``text`` and, for each of its characters, the offset in the source it came from (strictly increasing)."""

    text: str
    origin: array[int]

    @classmethod
    def of(cls, source: str) -> Mapped:
        """The source itself, each character at its own place."""
        length = len(source)
        return cls(source, _OWN_PLACES[:length] if length <= len(_OWN_PLACES) else array("I", range(length)))

    def edit(self, edits: Sequence[Edit]) -> Mapped:
        """The text after ``edits``, which are in order, do not overlap and put in at most one character each."""
        if not edits:
            return self
        text, origin = self.text, self.origin
        pieces: list[str] = []
        places = array("I")
        at = 0
        for start, end, new in edits:
            if start > at:
                pieces.append(text[at:start])
                places.extend(origin[at:start])
            if new:
                pieces.append(new)
                places.append(origin[start])
            at = end
        pieces.append(text[at:])
        places.extend(origin[at:])
        return Mapped("".join(pieces), places)

    def rewritten(self, text: str) -> Mapped:
        """The same places under a text of the same length.

        Raises:
            ValueError: the lengths differ.
        """
        if len(text) != len(self.text):
            raise ValueError(f"a text of {len(text)} characters for {len(self.text)} places")
        return self if text == self.text else Mapped(text, self.origin)


def relocate(positions: Iterable[int], edits: Sequence[Edit]) -> list[int]:
    """Where ``positions`` (ascending) stand after ``edits``; a position inside a removed stretch moves to its end."""
    moved: list[int] = []
    shift = 0
    index = 0
    count = len(edits)
    for position in positions:
        while index < count and edits[index][1] <= position:
            start, end, new = edits[index]
            shift += len(new) - (end - start)
            index += 1
        if index < count and edits[index][0] < position:
            moved.append(edits[index][0] + len(edits[index][2]) + shift)
        else:
            moved.append(position + shift)
    return moved
