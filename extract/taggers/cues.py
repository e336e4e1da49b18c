"""Marks the cue words of ``data/cues.toml`` beside quantities.

Why: whether a number is a level, a change, a share or a promise is said by the word beside it (同比下降, 占, 力争).

Example: 事故起数同比下降26.7% → 同比 is "compare", 下降 is "fall".

Left alone: the same characters inside a longer word (下降 in 下降通道 stays one token of the segmenter's).

Source: observed in reports.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from extract.cues import cues
from extract.knowledge import Tagger
from extract.types import Document, Quantified, Span, Tag

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


@cache
def _matcher(vocab: Vocab) -> PhraseMatcher:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

    matcher = PhraseMatcher(vocab)
    phrases: dict[str, list[Doc]] = {}
    for word, label in cues().items():
        phrases.setdefault(label, []).append(Doc(vocab, words=[word]))
    for label, docs in phrases.items():
        matcher.add(label, docs)
    return matcher


def _tag(doc: Doc, document: Document, quantified: Quantified) -> Iterable[Tag]:
    strings = doc.vocab.strings
    for key, start, _end in _matcher(doc.vocab)(doc):
        token = doc[start]
        yield Tag(span=Span(token.idx, token.idx + len(token)), label=strings[key], by=TAGGER.name)


TAGGER = Tagger(name="cues", tag=_tag)
