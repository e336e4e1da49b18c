"""Marks the cue words of ``data/cues.toml`` that are asked for at any distance from a number.

Why: whether a number is compared or promised is said by a word before it, however far (同比, 力争).

Example: 事故起数同比下降26.7% → 同比 is "compare".

Left alone: the same characters inside a longer word (计划 in 计划生育 stays one token of the segmenter's); cues of other labels,
which say something of the words right beside a number only.

Source: observed in reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.cues import ASKED
from extract.knowledge import Tagger
from extract.types import Document, Quantified, Span, Tag, Token


def _tag(tokens: Sequence[Token], document: Document, quantified: Quantified) -> Iterable[Tag]:
    for token in tokens:
        if token.cue in ASKED:
            yield Tag(span=Span(token.start, token.end), label=token.cue, by=TAGGER.name)


TAGGER = Tagger(name="cues", tag=_tag)
