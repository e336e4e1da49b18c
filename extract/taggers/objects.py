"""Marks the words before and after each quantity that may name what it measures.

Why: Chinese reports put the name before the number (检查企业12.37万家次) or after it (7个镇), and the choice needs
both candidates.

Example: 推动7个镇 → "before" 推动 (a verb only, score 0.5) and "after" 镇 (a noun, score 1).

Left alone: adverbs, light verbs, conjunctions and words for the document's own area (共, 已, 全区) are trimmed off
both ends; a candidate of nothing else is none.

Source: observed in reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from extract.cues import cues
from extract.knowledge import Tagger
from extract.types import Document, Quantified, Span, Tag

if TYPE_CHECKING:
    from spacy.tokens import Doc

# A candidate longer than this is a sentence, not a name; the words nearest the number are kept.
LONGEST_BEFORE = 40
LONGEST_AFTER = 24
NOUN = 1.0
VERB_ONLY = 0.5

_STOPS = frozenset("，,。；;！!？?\n\t")
_COLON = frozenset("：:")
_OPENING = {"（": "）", "(": ")", "《": "》", "“": "”", "「": "」", "[": "]", "【": "】"}
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
_TRIMMED_BEFORE = frozenset({"filler", "scope", "sum", "compare", "of_which", "each", "plan"})
_TRIMMED_AFTER = frozenset({"filler", "sum", "reach", "rise", "fall", "compare", "each", "share", "of_which"})
_PUNCTUATION = frozenset("、，,。；;：:（）()“”\"'《》 -—－·…/~～＝=≥≤")
# Parts of speech that end the noun phrase after a number: verbs, adverbs, prepositions, conjunctions of clauses.
_PREDICATES = ("v", "d", "p", "y", "r")


class Token(NamedTuple):
    start: int
    end: int
    word: str
    tag: str
    cue: str  # "" where it is none


def is_noun(tag: str) -> bool:
    """Whether a jieba tag can head a name: nouns, verbal nouns, abbreviations, unknown words."""
    return tag[0] in "njlix" or tag in {"vn", "an", "eng", "b", "s", "f"}


def _tokens(doc: Doc) -> list[Token]:
    from spacy.attrs import TAG

    strings = doc.vocab.strings
    names: dict[int, str] = {}
    labels = cues()
    found = []
    at = 0
    for token, key in zip(doc, doc.to_array([TAG]).tolist(), strict=True):
        word = token.text
        tag = names.get(key)
        if tag is None:
            tag = names[key] = strings[key]
        found.append(Token(at, at + len(word), word, tag, labels.get(word, "")))
        at += len(word)
    return found


def _window_before(tokens: Sequence[Token], at: int) -> int:
    """Index of the first token of the candidate before token ``at``."""
    depth = 0
    low = at
    while low > 0:
        token = tokens[low - 1]
        word = token.word
        if token.tag in ("quantity", "gap"):
            break
        if word in _STOPS and depth == 0:
            break
        if word in _CLOSING:
            depth += 1
        elif word in _OPENING:
            if depth == 0 and word in "（(":
                break
            depth = max(0, depth - 1)
        elif (word in _COLON and depth == 0) or word in "\n\t":
            break
        if tokens[at].start - token.start > LONGEST_BEFORE:
            break
        low -= 1
    return low


def _trim(tokens: Sequence[Token], low: int, high: int, *, ends: bool) -> tuple[int, int]:
    while low < high and (tokens[low].cue in _TRIMMED_BEFORE or tokens[low].word in "、，,。；;：:） )·-—和与及" or tokens[low].tag == "t"):
        low += 1
    while ends and low < high and (tokens[high - 1].cue in _TRIMMED_AFTER or tokens[high - 1].word in "、：:（( -—－·~～＝=>≥≤"):
        high -= 1
    return low, high


def _before(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    low = _window_before(tokens, at)
    trimmed = _trim(tokens, low, at, ends=True)
    if trimmed[0] >= trimmed[1] and low > 0 and tokens[low - 1].word in _COLON:
        # 内设科室：8个 — the name stands before the colon.
        above = _window_before(tokens, low - 1)
        trimmed = _trim(tokens, above, low - 1, ends=True)
    return trimmed


def _after(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    low = at + 1
    while low < len(tokens) and tokens[low].word == "的":
        low += 1
    high, nouns, depth = low, 0, 0
    while high < len(tokens):
        token = tokens[high]
        word = token.word
        if token.tag in ("quantity", "gap") or word in _STOPS or word in _COLON:
            break
        if word in _OPENING:
            depth += 1
        elif word in _CLOSING:
            if depth == 0:
                break
            depth -= 1
        elif depth == 0:
            if word == "、" and not nouns:
                break
            if nouns and ((token.tag[0] in _PREDICATES and token.tag != "vn") or token.cue in _TRIMMED_AFTER):
                break
            if not nouns and high == low and token.cue and token.cue not in ("scope", "rise"):
                return low, low
            nouns += is_noun(token.tag)
        if token.end - tokens[low].start > LONGEST_AFTER:
            break
        high += 1
    while high > low and (tokens[high - 1].cue in _TRIMMED_AFTER or tokens[high - 1].word in "、的和与及或 " or tokens[high - 1].word in _OPENING):
        high -= 1
    return low, high


def _tag(doc: Doc, document: Document, quantified: Quantified) -> Iterable[Tag]:
    tokens = _tokens(doc)
    at = 0
    for index, quantity in enumerate(quantified.quantities):
        while at < len(tokens) and tokens[at].start < quantity.extent.start:
            at += 1
        if at >= len(tokens) or tokens[at].start != quantity.extent.start:
            continue
        for label, (low, high) in (("before", _before(tokens, at)), ("after", _after(tokens, at))):
            if low < high:
                named = any(is_noun(token.tag) for token in tokens[low:high])
                span = Span(tokens[low].start, tokens[high - 1].end)
                yield Tag(span=span, label=label, by=TAGGER.name, quantity=index, score=NOUN if named else VERB_ONLY)


TAGGER = Tagger(name="objects", tag=_tag)
