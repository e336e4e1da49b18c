"""The marks that taggers put on a document: cue words, and the words that may name what a quantity measures.

Pattern taggers and learned taggers stand behind one protocol: a function from the spaCy ``Doc`` and the quantities to
tags, declared in a module of ``taggers/``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from extract.knowledge import Tagger, discover
from extract.types import Document, Quantified, Tag

if TYPE_CHECKING:
    from spacy.tokens import Doc


def taggers() -> tuple[Tagger, ...]:
    """The taggers of the folder ``taggers/``, in the order of their names."""
    return cast(tuple[Tagger, ...], discover("extract.taggers", "TAGGER"))


def tag(doc: Doc, document: Document, quantified: Quantified) -> tuple[Tag, ...]:
    """All tags of all taggers, in the order of their places."""
    tags: list[Tag] = []
    for tagger in taggers():
        tags.extend(tagger.tag(doc, document, quantified))
    tags.sort(key=lambda mark: mark.span.start)
    return tuple(tags)
