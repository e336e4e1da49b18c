"""The reading text as a spaCy ``Doc``; the only module that knows jieba.

Quantities are found on characters first and are unbreakable here: the numeral with its scale and unit is one token
each, whatever jieba would have made of it. Clauses without a quantity are not segmented (nobody asks for their words,
and segmentation is the dearest step of all): each is one token. Joined, the tokens give the reading text.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import regex

from extract.cues import cues
from extract.types import Document, Quantified, Span

if TYPE_CHECKING:
    import jieba
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# jieba's dictionary has 349,000 words; the rare half costs start-up and cuts reports no better.
RARE_WORD = 5
QUANTITY_TAG = "quantity"
GAP_TAG = "gap"
# High enough that a cue word stays one token beside common words, low enough that it does not break longer words.
CUE_FREQUENCY = 20_000
CUE_TAG = "v"


class Segmenter:
    """Chinese word segmentation around a private ``jieba.Tokenizer`` with the domain dictionary.

    jieba's cache file in the temporary folder is neither read nor written: others could write it.
    """

    def __init__(self, words: Iterable[tuple[str, int, str]]) -> None:
        self._tokenizer, self.tags = _private_tokenizer(words)

    def cut(self, text: str) -> list[tuple[str, str]]:
        """(word, part-of-speech tag) of ``text`` in order; the words joined give ``text``. Tags are jieba's; "x" if unknown."""
        tags = self.tags
        return [(word, tags.get(word, "x")) for word in self._tokenizer.cut(text, HMM=False)]


def _private_tokenizer(words: Iterable[tuple[str, int, str]]) -> tuple[jieba.Tokenizer, dict[str, str]]:
    with warnings.catch_warnings():
        # jieba's regexes have invalid escapes, which Python 3.12 warns of.
        warnings.simplefilter("ignore")
        import jieba
    frequencies: dict[str, int] = {}
    tags: dict[str, str] = {}
    with Path(jieba.__file__).with_name("dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, count, tag = line.split(" ")
            frequency = int(count)
            if frequency >= RARE_WORD:
                frequencies[word] = frequency
                tags[word] = tag.rstrip()
    for word, frequency, tag in words:
        frequencies[word] = frequency
        tags[word] = tag
    total = sum(frequencies.values())
    for word in list(frequencies):
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    return tokenizer, tags


def domain_words() -> Iterator[tuple[str, int, str]]:
    """(word, frequency, tag) of the domain dictionary ``data/words.txt``, and of every cue word."""
    text = resources.files("extract").joinpath("data/words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, frequency, tag = line.split(" ")
            yield word, int(frequency), tag
    for word in cues():
        if len(word) > 1:
            yield word, CUE_FREQUENCY, CUE_TAG


@cache
def segmenter() -> Segmenter:
    """The one segmenter of the process, loaded at first use (about 0.4 s)."""
    return Segmenter(domain_words())


@cache
def vocabulary() -> Vocab:
    """The vocabulary that all of heshu's own documents share.

    Cue words and labels are in it for good; the words of a document are forgotten with it where it is tokenised inside
    ``vocabulary().memory_zone()``.
    """
    from spacy.vocab import Vocab

    vocab = Vocab()
    for word, label in cues().items():
        vocab.strings.add(label)
        vocab[word]
    for tag in {*segmenter().tags.values(), "x", QUANTITY_TAG, GAP_TAG}:
        vocab.strings.add(tag)
    return vocab


# A stretch between these marks is segmented only when a quantity stands in it.
_STRETCH = regex.compile(r"[^。；;！!？?\n\t]+[。；;！!？?\n\t]*|[。；;！!？?\n\t]+")


def pieces(text: str, quantities: Iterable[Span], *, every: bool = False) -> Iterator[tuple[str, str]]:
    """(token, tag) of ``text`` in order; joined they give ``text``. ``quantities`` are spans in order that stay whole.

    Stretches without a quantity stay whole too unless ``every`` is set.
    """
    cut = segmenter().cut
    waiting = iter(quantities)
    quantity = next(waiting, None)
    at = 0
    for stretch in _STRETCH.finditer(text):
        start, end = stretch.span()
        if start < at:  # a quantity ran over the mark
            start = at
            if start >= end:
                continue
        if quantity is None or quantity.start >= end:
            if every:
                yield from cut(text[start:end])
            else:
                yield text[start:end], GAP_TAG
            at = end
            continue
        at = start
        while quantity is not None and quantity.start < end:
            if at < quantity.start:
                yield from cut(text[at : quantity.start])
            yield text[quantity.start : quantity.end], QUANTITY_TAG
            at = quantity.end
            quantity = next(waiting, None)
        if at < end:
            yield from cut(text[at:end])
            at = end


def tokenise(document: Document, quantified: Quantified, vocab: Vocab | None = None) -> Doc:
    """The reading text as a spaCy ``Doc``: ``token.idx`` are offsets in it, ``token.tag_`` jieba's part of speech.

    A quantity (numeral, scale, unit) is one token tagged "quantity"; a stretch without quantity is one token tagged "gap".
    """
    from spacy.tokens import Doc

    words: list[str] = []
    tags: list[str] = []
    for word, tag in pieces(document.text, (q.extent for q in quantified.quantities)):
        words.append(word)
        tags.append(tag)
    return Doc(vocab if vocab is not None else vocabulary(), words=words, spaces=[False] * len(words), tags=tags)
