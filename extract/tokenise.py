"""The reading text as tokens; the only module that knows jieba.

Quantities are found on characters first and are unbreakable here: the numeral with its scale and unit is one token
each, whatever jieba would have made of it. Clauses without a quantity are not segmented (nobody asks for their words,
and segmentation is the dearest step of all): each is one token. Joined, the tokens give the reading text.
"""

from __future__ import annotations

import importlib
import re
import sys
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from extract.cues import asked, cues
from extract.types import Document, Quantified, Span, Token

# jieba's dictionary has 349,000 words; the rare half, seen less than five times, costs start-up and cuts reports no better.
_COMMON = re.compile(r"^([^ \n]+) ([5-9]|\d\d+) (\w+)$", re.MULTILINE)
# How often all words of both dictionaries were seen together; a word more or less makes no difference that could be told.
OCCURRENCES = 67_001_840
# 其中小学1180人: no 中小学.
_OF_WHICH = "其中小"
QUANTITY_TAG = "quantity"
GAP_TAG = "gap"
_CLOSED = re.compile(r"[）)》”」\]】]")
# High enough that a cue word stays one token beside common words, low enough that it does not break longer words.
CUE_FREQUENCY = "20000"
CUE_TAG = "v"


class Segmenter:
    """Chinese word segmentation around a private ``jieba.Tokenizer`` with the domain dictionary.

    jieba's cache file in the temporary folder is neither read nor written: others could write it. Words are learnt by their first
    characters, as texts have need of them: one report has need of a third.
    """

    def __init__(self, words: Iterable[tuple[str, str, str]]) -> None:
        self._tokenizer = _jieba().Tokenizer()
        self._frequencies: dict[str, int] = {}
        self._tokenizer.FREQ, self._tokenizer.total, self._tokenizer.initialized = self._frequencies, OCCURRENCES, True
        self._tags: dict[str, str] = {}
        self._dictionary = dictionary()
        self._looked_up: set[str] = set()
        own = list(words)
        self._look_up({word[0] for word, _, _ in own})
        self._learn(own)

    def _look_up(self, characters: Iterable[str]) -> None:
        """Learn the words that begin with these characters."""
        for first in characters:
            self._learn(common_words(self._dictionary, first))
            self._looked_up.add(first)  # last: another thread may be cutting, and must not find half of them

    def _learn(self, words: Iterable[tuple[str, str, str]]) -> None:
        known = self._frequencies
        for word, frequency, tag in words:
            known[word] = int(frequency)
            self._tags[word] = tag
            for end in range(1, len(word)):
                known.setdefault(word[:end], 0)  # jieba looks for longer words while a beginning is known

    def cut(self, text: str) -> list[tuple[str, str]]:
        """(word, part-of-speech tag) of ``text`` in order; the words joined give ``text``. Tags are jieba's; "x" if unknown."""
        if _OF_WHICH in text:
            whole, part = text.split(_OF_WHICH, 1)
            return [*self.cut(whole + _OF_WHICH[:2]), *self.cut(_OF_WHICH[2:] + part)]
        if not self._looked_up.issuperset(text):
            self._look_up(set(text) - self._looked_up)
        tag = self._tags.get
        if len(text) == 1:  # the tab behind each cell of a table
            return [(text, tag(text, "x"))]
        return [(word, tag(word, "x")) for word in self._tokenizer.cut(text, HMM=False)]


def _jieba() -> ModuleType:
    """The module jieba, without setuptools: its import would take a tenth of a second, and serves the dictionary that we load ourselves."""
    absent = "pkg_resources" not in sys.modules
    if absent:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]  # so that its import fails, which jieba provides for
    try:
        with warnings.catch_warnings():
            # jieba's regexes have invalid escapes, which Python 3.12 warns of.
            warnings.simplefilter("ignore")
            return importlib.import_module("jieba")
    finally:
        if absent:
            del sys.modules["pkg_resources"]


def dictionary() -> str:
    """The lines of jieba's dictionary in the order of their first characters: without the first few, of letters, which are all rare."""
    spec = find_spec("jieba")
    assert spec is not None and spec.origin is not None, "jieba is a dependency"
    text = Path(spec.origin).with_name("dict.txt").read_bytes().decode()
    return text[text.index("\n一 ") :]


def common_words(lines: str, first: str) -> list[tuple[str, str, str]]:
    """(word, frequency, tag) of the dictionary's words that begin with a character, without the rare ones."""
    places = range(lines.rindex("\n", 0, -1) + 1)

    def begins(place: int) -> str:
        return lines[lines.index("\n", place) + 1]

    start, end = bisect_left(places, first, key=begins), bisect_right(places, first, key=begins)
    return _COMMON.findall(lines, lines.index("\n", start), lines.index("\n", end))


def domain_words() -> Iterator[tuple[str, str, str]]:
    """(word, frequency, tag) of the domain dictionary ``data/words.txt``, and of every cue word."""
    text = resources.files("extract").joinpath("data/words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, frequency, tag = line.split(" ")
            yield word, frequency, tag
    for word in cues():
        if len(word) > 1:
            yield word, CUE_FREQUENCY, CUE_TAG


@cache
def segmenter() -> Segmenter:
    """The one segmenter of the process, loaded at first use."""
    return Segmenter(domain_words())


# A stretch between these marks is segmented only when a quantity stands in it.
_STRETCH = re.compile(r"[^。；;！!？?\n\t]+[。；;！!？?\n\t]*|[。；;！!？?\n\t]+")


def pieces(text: str, quantities: Iterable[Span], *, every: bool = False, far: bool = True) -> Iterator[tuple[str, str]]:
    """(token, tag) of ``text`` in order; joined they give ``text``. ``quantities`` are spans in order that stay whole.

    Stretches without a quantity stay whole too unless ``every`` is set; without ``far`` so does what stands in a stretch behind
    the first comma after a quantity and before the last one that precedes the next, where no name of either begins.
    """
    cut = segmenter().cut
    waiting = iter(quantities)
    quantity = next(waiting, None)
    at, told = 0, -1
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
                low, high = (at, at) if far else _far(text, at, quantity.start, named=at == told)
                yield from cut(text[at:low])
                if low < high:
                    yield text[low:high], GAP_TAG
                yield from cut(text[high : quantity.start])
            if at < quantity.end:  # 3日元5: the unit of one may be told as the currency of the next as well
                yield text[max(at, quantity.start) : quantity.end], QUANTITY_TAG
                at = told = quantity.end
            quantity = next(waiting, None)
        if at < end:
            named = end if far or text[end - 1] == "\t" else text.find("，", at, end) + 1 or end
            yield from cut(text[at:named])
            if named < end:
                yield text[named:end], GAP_TAG
            at = end


def _far(text: str, start: int, end: int, *, named: bool) -> tuple[int, int]:
    """What before a quantity is too far for a name of it, and of the quantity at ``start`` where it is ``named`` there; nothing
    where a bracket may hold the comma, or a cue word stands that is asked for at any distance."""
    low = text.find("，", start, end) + 1 if named else start
    high = text.rfind("，", start, end) + 1
    if not low < high or _CLOSED.search(text, high, end) or _asked().search(text, low, high):
        return start, start
    return low, high


@cache
def _asked() -> re.Pattern[str]:
    return re.compile("|".join(asked()))


def tokenise(document: Document, quantified: Quantified) -> tuple[Token, ...]:
    """The tokens of the reading text, in order.

    A quantity (numeral, scale, unit) is one token tagged "quantity"; a stretch without quantity, or what no quantity of it is
    named by, is one token tagged "gap".
    """
    label_of = cues().get
    tokens = []
    at = 0
    for word, tag in pieces(document.text, (q.extent for q in quantified.quantities), far=False):
        end = at + len(word)
        tokens.append(Token(at, end, word, tag, label_of(word, "")))
        at = end
    return tuple(tokens)
