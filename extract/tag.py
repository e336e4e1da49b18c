"""The marks that taggers put on a document: cue words, and the words that may name what a quantity measures.

Taggers stand behind one protocol: a function from the tokens and the quantities to tags, declared in a module of
``taggers/``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from extract.knowledge import Tagger, discover
from extract.types import Document, Quantified, Tag, Token


def taggers() -> tuple[Tagger, ...]:
    """The taggers of the folder ``taggers/``, in the order of their names."""
    return cast(tuple[Tagger, ...], discover("extract.taggers", "TAGGER"))


def tag(tokens: Sequence[Token], document: Document, quantified: Quantified) -> tuple[Tag, ...]:
    """All tags of all taggers, in the order of their places."""
    tags: list[Tag] = []
    for tagger in taggers():
        tags.extend(tagger.tag(tokens, document, quantified))
    tags.sort(key=lambda mark: mark.span.start)
    return tuple(tags)
