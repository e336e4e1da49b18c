"""Where text was cut by the extraction: what a statement that was cut leaves out, nobody can check."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import regex

from extract.relations import Context, Relation, once
from extract.segments import sentences
from extract.types import Block, Document, Span

_LEFT_OPEN = regex.compile(
    r"(?:同比|环比|其中[：:]?|分别(?:为|是|达)|共计|合计为|[不未]少于|不低于|不超过|较上年|比上年|以及|[，；。]其|、|（|《|“|(?<![\d.,])\d{1,3}[,，]|\d[.．])$"
)
"""Ends after which a statement has to go on."""
_STARTS_INSIDE = regex.compile(r"[，、。；：）》”％%]")
_INNER = regex.compile(r"[，、；。：]")
_SENTENCE = regex.compile(r"[。；]")
_LED_IN = regex.compile(r"其中[：:]$")
"""Such an end leads to what follows, whether or not it is numbered."""
_CLOSED = regex.compile(r"[。；;：:！？!?…”’」）)》\]】|、，,]$")
_UNREADABLE = regex.compile(r"\ufffd+|(?:锟斤拷)+")
_ITEM = regex.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]|[①-⑳●■•·—-])")
_RUNNING = 20
"""A block of so many characters with a mark inside is running text."""
_LONG = 80
_SENTENCES = 2
"""A block this long with so many finished sentences finishes its last one too."""


class Cut(NamedTuple):
    """A place where text is missing. ``sentence`` is the statement that it cuts, ``block`` the index of its block; a cut that
    is not ``sure`` may only be a forgotten mark, enough to doubt what the statement lists, and too little to report."""

    place: Span
    sentence: Span
    block: int
    sure: bool


@once
def cuts(context: Context) -> tuple[Cut, ...]:
    """The cuts of a document in text order."""
    document = context.document
    return tuple(cut for number, block in enumerate(document.blocks) for cut in _of_block(block, number, document))


@once
def _damaged(context: Context) -> tuple[frozenset[Span], frozenset[int]]:
    """The statements that were cut, and the blocks."""
    found = cuts(context)
    return frozenset(cut.sentence for cut in found), frozenset(cut.block for cut in found)


def touches(relation: Relation, context: Context) -> bool:
    """Whether a number of a relation stands in a statement that was cut; of a number of things, in a paragraph, for the list
    of them runs over its sentences."""
    statements, blocks = _damaged(context)
    facts = [context.by_id[identity] for ids in relation.roles.values() for identity in ids] if blocks else []
    return any(fact.sentence in statements or (relation.type == "count" and fact.block in blocks) for fact in facts)


def _of_block(block: Block, number: int, document: Document) -> Iterator[Cut]:
    text = document.text
    words = block.span.of(text)
    if "\ufffd" in words or "锟" in words:
        parts = sentences(text, block.span)
        starts = [part.start for part in parts]
        for match in _UNREADABLE.finditer(words):
            place = Span(block.span.start + match.start(), block.span.start + match.end())
            yield Cut(place, parts[bisect_right(starts, place.start) - 1], number, True)
    if block.kind not in ("paragraph", "cell") or len(words) < _RUNNING or not _INNER.search(words[:-1]):
        return
    body = words.rstrip()
    end = block.span.start + len(body)
    if _LEFT_OPEN.search(body) and not _goes_on(number, document):
        yield Cut(Span(end - 1, end), sentences(text, block.span)[-1], number, True)
    elif not _CLOSED.search(body) and (_is_running(body) or _is_cut_end(number, document)):
        yield Cut(Span(end - 1, end), sentences(text, block.span)[-1], number, False)
    if block.cell is not None and _STARTS_INSIDE.match(words):
        start = block.span.start
        yield Cut(Span(start, start + 1), sentences(text, block.span)[0], number, True)


def _is_cut_end(number: int, document: Document) -> bool:
    """Whether a block is the last paragraph of a document that finishes the sentences of its other paragraphs."""
    if document.blocks[number].cell is not None or number + 1 < len(document.blocks):
        return False
    earlier = (block.span.of(document.text).rstrip() for block in document.blocks[:number] if block.kind == "paragraph")
    ends = [_CLOSED.search(words) is not None for words in earlier if len(words) >= _RUNNING and _INNER.search(words)]
    return len(ends) > 1 and all(ends)


def _is_running(body: str) -> bool:
    """Whether a text finishes its sentences, so that the last one should be finished too."""
    return len(body) >= _LONG and len(_SENTENCE.findall(body)) >= _SENTENCES


def _goes_on(number: int, document: Document) -> bool:
    """Whether a list or a table follows that the open end leads to: 其中： and then the items."""
    block = document.blocks[number]
    following = document.blocks[number + 1] if number + 1 < len(document.blocks) else None
    if block.cell is not None or following is None:
        return False
    if _LED_IN.search(block.span.of(document.text).rstrip()):
        return True
    return following.cell is not None or following.kind != "paragraph" or _ITEM.match(following.span.of(document.text)) is not None
