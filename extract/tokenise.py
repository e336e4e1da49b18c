"""The reading text as tokens; the only module that knows jieba.

Quantities are found on characters first and are unbreakable here: the numeral with its scale and unit is one token
each, whatever jieba would have made of it. Clauses without a quantity are not segmented (nobody asks for their words,
and segmentation is the dearest step of all): each is one token. Joined, the tokens give the reading text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from importlib.util import find_spec
from math import log
from pathlib import Path
from string import ascii_letters, digits

from extract.cues import asked, cues
from extract.types import Document, Quantified, Span, Token

# jieba's dictionary has 349,000 words; the rare half costs start-up and cuts reports no better.
RARE_WORD = 5
# 其中小学1180人: no 中小学.
_OF_WHICH = "其中小"
QUANTITY_TAG = "quantity"
GAP_TAG = "gap"
# jieba looks for words within such runs; every other character is a token.
_RUN = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+|.", re.DOTALL)
_CLOSED = re.compile(r"[）)》”」\]】]")
_LETTERS = frozenset(ascii_letters + digits)
# High enough that a cue word stays one token beside common words, low enough that it does not break longer words.
CUE_FREQUENCY = 20_000
CUE_TAG = "v"


class Segmenter:
    """Chinese word segmentation with jieba's dictionary and the domain dictionary: the words of ``jieba.Tokenizer.cut`` without
    HMM, found in half the time, without the import of jieba and without its cache file, which others could write.
    """

    def __init__(self, words: Iterable[tuple[str, int, str]]) -> None:
        frequencies, self._tags = common_words()
        for word, frequency, tag in words:
            frequencies[word] = frequency
            self._tags[word] = tag
        whole = log(sum(frequencies.values()))
        self._unknown = -whole
        weights = {frequency: log(frequency) - whole for frequency in set(frequencies.values())}
        self._weights = dict(zip(frequencies, map(weights.__getitem__, frequencies.values()), strict=True))
        # How long a word may be that begins with these two characters.
        self._longest = {word[:2]: len(word) for word in sorted(frequencies, key=len)}

    def cut(self, text: str) -> list[tuple[str, str]]:
        """(word, part-of-speech tag) of ``text`` in order; the words joined give ``text``. Tags are jieba's; "x" if unknown."""
        if _OF_WHICH in text:
            whole, part = text.split(_OF_WHICH, 1)
            return [*self.cut(whole + _OF_WHICH[:2]), *self.cut(_OF_WHICH[2:] + part)]
        tag = self._tags.get
        return [(word, tag(word, "x")) for run in _RUN.findall(text) for word in (self._words(run) if len(run) > 1 else (run,))]

    def _words(self, run: str) -> list[str]:
        """The words of which a run of characters most likely consists; letters and digits that are none stay together."""
        ends = self._ends(run)
        words = []
        at, length = 0, len(run)
        while at < length:
            end = ends[at]
            if end == at + 1 and run[at] in _LETTERS:
                while end < length and ends[end] == end + 1 and run[end] in _LETTERS:
                    end += 1
            words.append(run[at:end])
            at = end
        return words

    def _ends(self, run: str) -> list[int]:
        """Where the word ends that begins at each character, found from the back; of two ways as likely, the longer word."""
        weight, longest = self._weights.get, self._longest.get
        length = len(run)
        ends = list(range(1, length + 1))
        best = [0.0] * (length + 1)
        for at in range(length - 1, -1, -1):
            alone = weight(run[at])
            likely = None if alone is None else alone + best[at + 1]
            most = longest(run[at : at + 2])
            for end in range(at + 2, min(at + most, length) + 1) if most else ():
                known = weight(run[at:end])
                if known is not None and (likely is None or known + best[end] >= likely):
                    likely, ends[at] = known + best[end], end
            best[at] = self._unknown + best[at + 1] if likely is None else likely
        return ends


def common_words() -> tuple[dict[str, int], dict[str, str]]:
    """The frequencies and the tags of jieba's words, without the rare ones."""
    spec = find_spec("jieba")
    assert spec is not None and spec.origin is not None, "jieba is a dependency"
    text = Path(spec.origin).with_name("dict.txt").read_bytes().decode()
    # Whole lists instead of a loop over lines: this is most of the time that the first document waits.
    found = re.sub(rf"^[^ ]+ [0-{RARE_WORD - 1}] [^\n]+\n", "", text, flags=re.MULTILINE).split()
    words = found[::3]
    return dict(zip(words, map(int, found[1::3]), strict=True)), dict(zip(words, found[2::3], strict=True))


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
    """The one segmenter of the process, loaded at first use (about 0.2 s)."""
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
