"""The whole that a number is a slice of: its indicator is the whole's, what the slice is called is whose it is.

A breakdown keeps the indicator of the whole (火灾起数 by cause, 年初预算数 by source of money), while its words name the slice
alone. The links by a fact's own words stay what checks compare: a slice and its whole are never one figure. What is said here is
what a fact is reported under, joined by across documents, and recognised by where it is restated.

Each module of this folder is a way of saying, declared as ``WHOLE``, and abstains where it is not met; the first that does not
decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import cast

from extract.catalogue import Catalogue
from extract.errors import KnowledgeError
from extract.knowledge import discover
from extract.link import index_of
from extract.naming import core
from extract.types import Document, Fact, Kind, Link
from extract.wholes._reader import Reader, Whole
from extract.wholes._sums import sums
from extract.wholes._words import CHANGES

# How a slice is told by its words, so that they say whose it is.
_SLICED = frozenset({"slice", "sibling", "title"})
_COMES_BACK = re.compile(r".*(?:合计|总计|共计|季度)")


@cache
def ways() -> tuple[Whole, ...]:
    """The ways of saying, in their turn.

    Raises:
        KnowledgeError: two of them have the same turn.
    """
    found = sorted(cast(tuple[Whole, ...], discover("extract.wholes", "WHOLE")), key=lambda way: way.order)
    if len({way.order for way in found}) < len(found):
        raise KnowledgeError("extract.wholes", "two ways have the same turn")
    return tuple(found)


@lru_cache(maxsize=1024)
def _asked(kind: Kind, dimension: str, *, cell: bool, linked: bool) -> tuple[Whole, ...]:
    """The ways that are asked of such facts, in their turn."""
    return tuple(way for way in ways() if way.fits(kind, dimension, cell=cell, linked=linked))


def wholes(links: Sequence[Link], facts: Sequence[Fact], document: Document, catalogue: Catalogue) -> tuple[Link, ...]:
    """The links, those of slices to what their wholes measure; one for each fact, in the same order."""
    own = {link.fact: link for link in links}
    rows: dict[tuple[int, int], list[Fact]] = {}
    for fact in facts:
        if fact.cell is not None:
            rows.setdefault((fact.cell.table, fact.cell.row), []).append(fact)
    reader = Reader(
        facts=facts,
        document=document,
        index=index_of(catalogue),
        own=own,
        wide={},
        rank={fact.id: rank for rank, fact in enumerate(facts)},
        rows=rows,
        summands=sums(facts, own),
        bracketed=set(),
        slices={},
    )
    # Changes of levels come after them, as in a table; an adjustment in money stands before its own parts.
    for fact in sorted(facts, key=lambda fact: fact.kind in CHANGES and not (fact.kind == "delta" and fact.cell is None)):
        if found := _whole(fact, reader):
            reader.wide[fact.id] = found
            if found.how in ("slice", "sibling") and fact.kind not in CHANGES:
                reader.slices.setdefault(core(fact.mention.text), fact)
    return tuple(reader.wide.get(link.fact, link) for link in links)


def _whole(fact: Fact, reader: Reader) -> Link | None:
    linked = bool(reader.own[fact.id].indicator_id)
    for way in _asked(fact.kind, fact.quantity.dimension, cell=fact.cell is not None, linked=linked):
        if found := way.read(fact, reader):
            slice_of = core(fact.mention.text) if found.how in _SLICED and not fact.subject and not _COMES_BACK.fullmatch(fact.mention.text) else ""
            return replace(found, slice=slice_of)
    return None
