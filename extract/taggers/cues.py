"""Marks the cue words of ``data/cues.toml`` beside quantities.

Why: whether a number is a level, a change, a share or a promise is said by the word beside it (同比下降, 占, 力争).

Example: 事故起数同比下降26.7% → 同比 is "compare", 下降 is "fall".

Left alone: the same characters inside a longer word (下降 in 下降通道 stays one token of the segmenter's).

Source: observed in reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.knowledge import Tagger
from extract.types import Document, Quantified, Span, Tag, Token


def _tag(tokens: Sequence[Token], document: Document, quantified: Quantified) -> Iterable[Tag]:
    for token in tokens:
        if token.cue:
            yield Tag(span=Span(token.start, token.end), label=token.cue, by=TAGGER.name)


TAGGER = Tagger(name="cues", tag=_tag)
