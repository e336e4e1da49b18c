"""Where a text was cut: what a statement that was cut leaves out, nobody can check, and what the end of a cut text may lack is never held wrong.

Inside, a statement breaks off or begins with a mark, or its characters cannot be read. At the edges, a document ends where a sentence
ends, where a row of a table is full, or with a line that stands alone (a signature, a date). Anything else is a text that was cut; so are
its last paragraph, in which an enumeration may go on, and its last table, of which rows may be missing. A text that begins with a mark,
or with a figure, was cut before it; so is its first sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from extract.phrases import chinese
from extract.relations import Context, Relation, once
from extract.segments import sentences
from extract.types import Block, Document, Fact, Span, Table

_LEFT_OPEN = re.compile(
    r"(?:同比|环比|其中[：:]?|分别(?:为|是|达)|共计|合计为|[不未]少于|不低于|不超过|较上年|比上年|以及|[，；。]其|、|（|《|“|(?<![\d.,])\d{1,3}[,，]|\d[.．])$"
)
"""Ends after which a statement has to go on; none is longer than :data:`_END`."""
_END = 12
_STARTS_INSIDE = re.compile(r"[，、。；：）》”％%]")
_INNER = re.compile(r"[，、；。：]")
_ITEMS = re.compile(r"[；;：:]")
_SENTENCE = re.compile(r"[。；]")
_LED_IN = re.compile(r"其中[：:]$")
"""Such an end leads to what follows, whether or not it is numbered."""
_REST = re.compile(r"其[他它余]")
"""What a list ends with: nothing of it is missing where the text breaks off behind."""
_CLOSED = re.compile(r"[。；;：:！？!?…”’」）)》\]】|、，,]$")
_UNREADABLE = re.compile(r"\ufffd+|(?:锟斤拷)+")
_ITEM = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]|[①-⑳●■•·—-])")
_RUNNING = 20
"""A block of so many characters with a mark inside is running text."""
_LONG = 80
_SENTENCES = 2
"""A block this long with so many finished sentences finishes its last one too."""
_ENDED = re.compile(r"[。！？!?…](?:[”’\"'）)】」》\]]|\s)*$")
_GOES_ON = re.compile(r"[，、；：,;:（(“《\-—~～]$")
_FORM = re.compile(r"^\W*(?P<whole>[\d,，]+)(?:[.．](?P<fraction>\d*))?(?P<unit>.*)$", re.DOTALL)
_NUMBER = re.compile(r"[\d,，.．%％\s—-]*\d[\d,，.．%％\s—-]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEGUN = re.compile(r"[.．，。、；：！？）》”’」】%％‰,;!?)]")
NOTE = chinese("cut_edge")


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
def _damaged(context: Context) -> tuple[dict[Span, int], frozenset[int]]:
    """The statements that were cut, each with its first cut, and the blocks."""
    found = cuts(context)
    return {cut.sentence: cut.place.start for cut in reversed(found)}, frozenset(cut.block for cut in found)


def touches(relation: Relation, context: Context) -> bool:
    """Whether a number of a relation stands in a statement that was cut; of a number of things, in a paragraph, for the list
    of them runs over its sentences. A list whose rest was told before the cut is whole."""
    statements, blocks = _damaged(context)
    facts = [context.by_id[identity] for ids in relation.roles.values() for identity in ids] if blocks else []
    if relation.type == "count" and any(fact.block in blocks for fact in facts):
        return True
    cut = [fact for fact in facts if fact.sentence in statements]
    return bool(cut) and not (relation.type == "sum" and _ends_before(cut, statements, context))


def _ends_before(facts: list[Fact], statements: dict[Span, int], context: Context) -> bool:
    """Whether the list of a statement ends with the rest (…；其他案件6件、涉案9人，较) and a mark behind it, before the cut."""
    last = max(facts, key=lambda fact: fact.quantity.span)
    words = context.before(last, last.sentence)
    told = context.text[last.quantity.extent.end : statements[last.sentence]]
    return _REST.match(_ITEMS.split(words)[-1].strip()) is not None and _INNER.search(told) is not None


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
    if _LEFT_OPEN.search(body[-_END:]) and not _goes_on(number, document):
        yield Cut(Span(end - 1, end), sentences(text, block.span)[-1], number, True)
    elif not _CLOSED.search(body[-1:]) and (_is_running(body) or _is_cut_end(number, document)):
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


@dataclass(frozen=True, slots=True)
class Edge:
    """What may be incomplete: everything before ``begin`` and from ``start`` on, all rows of ``table`` taken together, and whatever
    is in a table that is ``headless`` (``None`` if there is none); ``rows`` is whether the text ends inside a table, of which rows
    may be missing."""

    start: int
    table: int | None = None
    begin: int = 0
    headless: int | None = None
    rows: bool = False


@once
def edge(context: Context) -> Edge | None:
    """Where the document of the context begins and breaks off; ``None`` where it is whole."""
    document = context.document
    begin, headless, rows = _begin(context), _headless(document), _in_table(document)
    end = _end(document)
    if end is None and not begin and headless is None and not rows:
        return None
    end = end or Edge(len(context.text) + 1)
    return Edge(end.start, end.table, begin, headless, rows)


def _in_table(document: Document) -> bool:
    last = document.blocks[-1] if document.blocks else None
    return last is not None and last.cell is not None and not document.source.endswith(("\n", "\r"))


def _headless(document: Document) -> int | None:
    """The table that the text begins with, if its first row is none of words: its header was cut off, or half a row stands in its place."""
    first = next((block for block in document.blocks if block.span.of(document.text).strip()), None)
    if first is None or first.cell is None or document.text[: first.span.start].strip():
        return None
    table = document.tables[first.cell.table]
    rows = Counter(cell.row for cell in table.cells)
    top = [cell.text.strip() for cell in table.cells if cell.row == first.cell.row]
    ragged = len(top) < max(rows.values()) and len(top) > 1
    return first.cell.table if ragged or any(_NUMBER.fullmatch(text) and not _YEAR.fullmatch(text) for text in top) else None


def _begin(context: Context) -> int:
    """Where the sentence ends that the text begins in the middle of; 0 where it begins with a sentence."""
    at = len(context.text) - len(context.text.lstrip())
    first = context.facts[0] if context.facts else None
    if first is None or not (first.quantity.extent.start <= at or _BEGUN.match(context.text, at)):
        return 0
    return max(first.sentence.end, first.quantity.extent.end) if first.sentence.start <= at else 0


def _end(document: Document) -> Edge | None:
    last = next((block for block in reversed(document.blocks) if block.span.of(document.text).strip()), None)
    if last is None:
        return None
    if last.cell is not None:
        return _row(document.tables[last.cell.table], last.cell.table, last.cell.row, document)
    text = document.text[last.span.start : last.span.end].rstrip()
    if _ENDED.search(text) or len(document.blocks) == 1:
        return None  # a text of one sentence may lack its mark
    alone = document.source.endswith(("\n", "\r")) and not _wrapped(document)
    return None if alone and not _GOES_ON.search(text) else Edge(last.span.start)


def _wrapped(document: Document) -> bool:
    """Whether lines of the file break sentences, so that the end of a line is not the end of anything."""
    return any(
        "\n" in document.source_span(block.span).of(document.source).strip()
        for block in document.blocks
        if block.kind == "paragraph" and block.cell is None
    )


def _row(table: Table, number: int, row: int, document: Document) -> Edge | None:
    lengths = Counter(cell.row for cell in table.cells)
    others = [length for at, length in lengths.items() if at != row]
    cells = [cell for cell in table.cells if cell.row == row]
    if not others or not cells:
        return None
    usual, _ = Counter(others).most_common(1)[0]
    ended = document.source.endswith(("\n", "\r"))
    if len(cells) < usual and not (ended and any(length <= len(cells) for length in others)):
        return Edge(min(cell.span.start for cell in cells), number)
    if ended:
        return None
    final = cells[-1]
    beside = [cell.text for cell in table.cells if cell.column == final.column and cell.row != row]
    return None if _like_most(final.text, beside) else Edge(final.span.start, number)


def _like_most(text: str, others: list[str]) -> bool:
    """Whether a cell is written as some other of its column is: its decimals, its unit. An integer that lost a digit looks like any other."""
    form = _FORM.match(text)
    forms = [found for other in others if (found := _FORM.match(other))]
    return form is None or any(
        len(form["fraction"] or "") >= len(found["fraction"] or "") and form["unit"].strip() == found["unit"].strip() for found in forms
    )


def at_edge(relation: Relation, context: Context) -> bool:
    """Whether what a relation relates may be incomplete because the text breaks off."""
    broken = edge(context)
    if broken is None:
        return False
    if relation.type == "count" and (broken.rows or broken.table is not None):
        return True
    facts = [context.by_id[identity] for ids in relation.roles.values() for identity in ids if identity in context.by_id]
    reach = Span(broken.start, len(context.text))
    if any(reach.overlaps(fact.quantity.extent) or fact.quantity.extent.start < broken.begin for fact in facts):
        return True
    if any(place.end > broken.start for place in relation.places):
        return True
    tables = {fact.cell.table for fact in facts if fact.cell is not None}
    return broken.headless in tables or (relation.type == "sum" and broken.table in tables)
