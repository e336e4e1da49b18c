"""What a unit of knowledge is, and how a stage finds those in its folder.

Declaring does not register: a module in a knowledge folder *returns* an object by defining it under the folder's
name for it (``PATTERN``, ``RULE``, ``CHECK``, ``READER``, ``WRITER``, ``TAGGER``); the stage lists the folder with
:func:`discover`. Nobody edits a central list.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extract.types import Block, Document, Fact, Kind, Numeral, Quantified, Quantity, Span, Tag, Token


@cache
def discover(package: str, name: str) -> tuple[object, ...]:
    """The objects called ``name`` in the modules of ``package``, in the order of the module names.

    Modules whose name starts with an underscore are helpers of their folder and are passed over.

    Raises:
        AttributeError: a module of the folder does not define ``name``.
    """
    folder = importlib.import_module(package)
    found = []
    for info in sorted(pkgutil.iter_modules(folder.__path__), key=lambda info: info.name):
        if not info.name.startswith("_"):
            found.append(getattr(importlib.import_module(f"{package}.{info.name}"), name))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagger:
    """Marks words of a document. ``tag`` yields :class:`~extract.types.Tag` values; ``name`` is their ``by``."""

    name: str
    tag: Callable[[Sequence[Token], Document, Quantified], Iterable[Tag]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a quantity stands: what a naming rule may look at.

    ``gap`` is the text between the previous quantity of the sentence (or its start) and this one, ``tail`` that up to
    the next one (or the end of the sentence). ``cues`` are the cue words of the gap, in order. ``before`` and ``after``
    are the candidate names on both sides. A *run* is a list of quantities with nothing but joiners between them
    (17起、12人 or 22.5%和14.29%): ``run`` is (position in it, its length), ``run_gap`` the gap before its first.
    """

    index: int
    quantity: Quantity
    document: Document
    block: Block
    sentence: Span
    clause: Span
    gap: Span
    tail: Span
    cues: tuple[Tag, ...]
    before: Tag | None
    after: Tag | None
    run: tuple[int, int] = (0, 1)
    run_gap: Span

    @property
    def gap_text(self) -> str:
        return self.gap.of(self.document.text)

    @property
    def lead_text(self) -> str:
        """The gap before the run that the quantity stands in: what is said of the first is said of all."""
        return self.run_gap.of(self.document.text) if self.run[0] else self.gap_text

    @property
    def tail_text(self) -> str:
        return self.tail.of(self.document.text)

    def cue(self, label: str) -> Tag | None:
        """The last cue of the gap with a label, one of :data:`extract.cues.ASKED`."""
        return next((tag for tag in reversed(self.cues) if tag.label == label), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a naming rule says of a quantity: the words that name it, and the fact whose indicator it takes over.

    ``words`` are the places of the name, in order (several where it is put together); ``antecedent`` is the place in
    ``decided`` of the fact that it belongs to; ``kind`` overrides the kind that the cues suggest.
    """

    words: tuple[Span, ...]
    antecedent: int | None = None
    subject: str = ""
    kind: Kind | None = None
    confidence: float = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A way of stating a fact. ``name`` is its id, ``order`` its turn (lower first), ``read`` names the quantity at a
    place, given the facts already decided in the same block, or abstains."""

    name: str
    order: int
    read: Callable[[Place, Sequence[Fact]], Named | None]


class Window(NamedTuple):
    """The part of a text in which numerals are read as one: a block, or what stands between two blocks.

    ``end`` is where it ends; ``start`` where it begins; ``kind`` what kind of block it is, "" for none.
    """

    text: str
    start: int
    end: int
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pattern:
    """A way of writing a numeral: an amount, or something that is none.

    ``regex`` (verbose) is matched at the first character of a numeral, one of ``starts``; patterns are tried in the
    order of ``rank``. ``read`` says what the match is, or ``None`` where it is not this pattern after all. ``needs``, if not
    empty, are characters of which every match has one, in it or ahead of it in its window: without them it is not tried.
    """

    name: str
    rank: int
    starts: str
    regex: str
    read: Callable[[re.Match[str], Window], Quantity | Numeral | None]
    needs: str = ""
