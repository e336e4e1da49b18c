"""What a check is (:class:`CheckRule`), what it sees (:class:`Context`) and what it hands back (:class:`Relation`).

A check's finder says which numbers the text relates and how; it never judges. The shared judge (``extract.checks._judge``)
does the arithmetic, so that one tolerance holds for all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import wraps
from typing import Literal, TypeVar, cast

from extract.types import CellRef, Document, Fact, Indicator, Link, RelationType, Severity, Span, in_quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A promise that the document's numbers make each other. Roles hold fact ids and depend on ``type``:

    ========  =============================================================================================
    same      ``facts`` (2 or more): all agree
    sum       ``total``, ``parts``; and ``less`` (ids taken off): Σ parts − Σ less = total
    part      ``whole``, ``part``: part ≤ whole
    ratio     ``rate``, ``num``, ``den`` (each added up): num ÷ den = rate
    growth    ``change`` (a growth or delta), ``current``, and ``previous`` where a level is stated, or ``step`` where a
              growth rate and an absolute change of one current level are
    diff      ``result``, ``minuend``, ``subtrahend``
    target    ``target``, ``actual``: the actual meets the target, or the claim of ``claim`` is true
    count     ``count``: it equals ``items``
    implied   ``facts``: judged by ``holds``, because no general arithmetic fits
    ========  =============================================================================================
    """

    type: RelationType
    roles: Mapping[str, tuple[str, ...]]
    others: tuple[tuple[str, ...], ...] = ()
    """Other readings of the parts of a sum or of the divisor of a ratio that the definition allows as well (T7): one
    that holds is enough, and the check then names it."""
    certain: bool = True
    """Whether the text surely means the relation. A doubtful one that fails is put up for review, never reported."""
    decimals: int | None = None
    """The most decimals that siblings print (T3); figures with fewer are tried on this narrow width too."""
    exact: bool = False
    """Numbers are taken as printed, without slack for rounding: points awarded, not measured."""
    firm: tuple[str, ...] = ()
    """Ids of numbers that are set and not measured (a price, a threshold): taken as printed, without their bound."""
    items: int | None = None
    listed: tuple[str, str] | None = None
    """Of a count: how many things the text lists, and the first and the last of them."""
    claim: Literal["met", "unmet", ""] = ""
    direction: Literal["more", "less", ""] = ""
    """Of a target without a bound: whether more or less is better; "" where it is not known."""
    siblings: int = 0
    """Of a row of a table: how many other rows relate the same columns, where all of them hold."""
    holds: bool | None = None
    """Of ``implied`` only: what the finder's own arithmetic says; ``None`` where it cannot say."""
    places: tuple[Span, ...] = ()
    """Places to show beside those of the facts (headings, list marks, the words of a claim)."""
    decides: Callable[[Decimal], str] | None = None
    """What hangs on the number of the first fact of ``facts``: from its value the grade, the points or the claim."""
    note: str = ""
    """Chinese; why the numbers are related, or what the arithmetic says where ``type`` is implied."""
    note_en: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """A document with its facts and every index that finders share. Facts are in text order in each index.

    The judge needs ``by_id`` alone; whoever only judges leaves the indexes of places empty.
    """

    document: Document
    facts: tuple[Fact, ...]
    by_id: Mapping[str, Fact]
    links: Mapping[str, Link]
    catalogue: Mapping[str, Indicator]
    by_block: Mapping[int, tuple[Fact, ...]] = field(default_factory=dict)
    by_sentence: Mapping[Span, tuple[Fact, ...]] = field(default_factory=dict)
    by_cell: Mapping[CellRef, tuple[Fact, ...]] = field(default_factory=dict)
    by_section: Mapping[int | None, tuple[Fact, ...]] = field(default_factory=dict)
    by_name: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    order: Mapping[str, int] = field(default_factory=dict, repr=False)
    """The rank of a fact in the text, by id: ``facts[order[id]]`` is the fact."""
    reported: Mapping[str, Link] = field(default_factory=dict, repr=False)
    """The links under which facts are reported: those of slices go to what their wholes measure."""
    original: Context | None = field(default=None, repr=False)
    """Of a context made by :func:`corrected`, the one as the text stands."""
    asked: frozenset[str] = field(default_factory=frozenset, repr=False)
    """Of a context made by :func:`corrected`, the ids of the numbers that were put right: of relations without one nothing is asked."""
    found: dict[object, object] = field(default_factory=dict, init=False, repr=False)
    """What functions found in it that are asked :func:`once`."""

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def holding(self) -> bool:
        """Whether only relations that hold are asked for, so that a finder need not look for those that it knows to fail."""
        return self.original is not None

    def asks(self, facts: Iterable[Fact]) -> bool:
        """Whether relations among these facts are asked for: of all, or where some were put right, of those."""
        return self.original is None or any(fact.id in self.asked for fact in facts)

    def name(self, fact: Fact | str) -> str:
        """What the fact measures: the catalogue's id, else the open name, else the mention's words."""
        identity = fact if isinstance(fact, str) else fact.id
        link = self.links.get(identity)
        if link is not None:
            return link.indicator_id or link.name
        return self.by_id[identity].mention.text

    def whole(self, fact: Fact) -> str:
        """What the fact is reported under, the same for a slice and its whole: good to recognise what agrees, never to accuse."""
        link = self.reported.get(fact.id) or self.links.get(fact.id)
        return (link.indicator_id or link.name) if link else ""

    def title(self, fact: Fact | str) -> str:
        """The name for people: the words of the document where there are some, else the name of the link."""
        identity = fact if isinstance(fact, str) else fact.id
        words = self.by_id[identity].mention.text
        link = self.links.get(identity)
        return words or (link.name if link else "")

    def called(self, fact: Fact | str) -> str:
        """The same to stand in quotation marks, and the number as printed where nothing names it; never empty."""
        identity = fact if isinstance(fact, str) else fact.id
        return in_quotes(self.title(identity)) or self.by_id[identity].called

    def indicator(self, fact: Fact | str) -> Indicator | None:
        """The catalogue's entry for the fact, or ``None`` where it is unlinked or the catalogue is not at hand."""
        link = self.links.get(fact if isinstance(fact, str) else fact.id)
        return self.catalogue.get(link.indicator_id) if link is not None and link.indicator_id else None

    def cell(self, table: int, row: int, column: int) -> tuple[Fact, ...]:
        """The facts in a cell; () for an empty one."""
        return self.by_cell.get(CellRef(table=table, row=row, column=column), ())

    def between(self, first: Fact, second: Fact) -> str:
        """The words from the end of the first fact's quantity to the start of the second's."""
        return self.document.text[first.quantity.extent.end : max(first.quantity.extent.end, second.quantity.extent.start)]

    def before(self, fact: Fact, within: Span) -> str:
        """The words of ``within`` (its sentence, its clause) before the quantity."""
        return self.document.text[within.start : max(within.start, fact.quantity.extent.start)]

    def after(self, fact: Fact, within: Span) -> str:
        """The words of ``within`` after the quantity."""
        return self.document.text[min(within.end, fact.quantity.extent.end) : within.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposer:
    """What knows of more relations than the rules: ``propose`` gives them, those that are known left out; ``by`` is its name."""

    by: str
    propose: Callable[[Context, Sequence[Relation]], Iterable[Relation]]


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """Documents that belong together (one body's form and report, this year's report and last year's), each with its context.

    Fact ids are unique over all of them (``2:f17``: the number of the document, then its fact).
    """

    contexts: tuple[Context, ...]
    found: dict[object, object] = field(default_factory=dict, init=False, repr=False)
    """What functions found in them that are asked :func:`once`."""

    @property
    def joint(self) -> Context:
        """The facts, links and catalogue of all documents under one roof, for the judge; its indexes of places are empty."""
        first = self.contexts[0]
        return Context(
            document=first.document,
            facts=tuple(fact for context in self.contexts for fact in context.facts),
            by_id={identity: fact for context in self.contexts for identity, fact in context.by_id.items()},
            links={identity: link for context in self.contexts for identity, link in context.links.items()},
            catalogue=first.catalogue,
            reported={identity: link for context in self.contexts for identity, link in context.reported.items()},
        )


_C = TypeVar("_C", Context, Together)
_K = TypeVar("_K")
_T = TypeVar("_T")


def _grouped(facts: tuple[Fact, ...], key: Callable[[Fact], _K]) -> dict[_K, tuple[Fact, ...]]:
    groups: dict[_K, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(key(fact), []).append(fact)
    return {name: tuple(members) for name, members in groups.items()}


def context_of(
    document: Document,
    facts: tuple[Fact, ...],
    links: tuple[Link, ...],
    catalogue: Mapping[str, Indicator] | None = None,
    reported: tuple[Link, ...] = (),
) -> Context:
    """The context of a document: its facts sorted by place and indexed, in one pass each."""
    facts = tuple(sorted(facts, key=lambda fact: (fact.quantity.span.start, fact.quantity.span.end)))
    by_fact = {link.fact: link for link in links}
    by_cell = _grouped(tuple(fact for fact in facts if fact.cell is not None), lambda fact: fact.cell)

    def name(fact: Fact) -> str:
        link = by_fact.get(fact.id)
        return (link.indicator_id or link.name) if link else fact.mention.text

    return Context(
        document=document,
        facts=facts,
        by_id={fact.id: fact for fact in facts},
        links=by_fact,
        catalogue=catalogue or {},
        by_block=_grouped(facts, lambda fact: fact.block),
        by_sentence=_grouped(facts, lambda fact: fact.sentence),
        by_cell={cell: members for cell, members in by_cell.items() if cell is not None},
        by_section=_grouped(facts, lambda fact: fact.section),
        by_name=_grouped(facts, name),
        order={fact.id: rank for rank, fact in enumerate(facts)},
        reported={link.fact: link for link in reported},
    )


def corrected(context: Context, facts: Mapping[str, Fact]) -> Context:
    """The context with some numbers put right: ``facts`` by their ids, each where it stood, with another number.

    Only what holds is asked of it, and of relations that have none of these facts nothing: a finder may leave them out.
    """

    def put(index: Mapping[_K, tuple[Fact, ...]], keys: Iterable[_K]) -> dict[_K, tuple[Fact, ...]]:
        return {**index, **{key: tuple(facts.get(fact.id, fact) for fact in index[key]) for key in set(keys)}}

    changed = facts.values()
    return replace(
        context,
        facts=tuple(facts.get(fact.id, fact) for fact in context.facts),
        by_id={**context.by_id, **facts},
        by_block=put(context.by_block, (fact.block for fact in changed)),
        by_sentence=put(context.by_sentence, (fact.sentence for fact in changed)),
        by_cell=put(context.by_cell, (fact.cell for fact in changed if fact.cell is not None)),
        by_section=put(context.by_section, (fact.section for fact in changed)),
        by_name=put(context.by_name, (context.name(fact) for fact in changed)),
        original=context,
        asked=frozenset(facts),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRule:
    """A check: the module that defines it is its manual page, and its name, in English and in Chinese, says what must hold.

    ``find`` yields every relation that the rule is about, those that hold too; it does not judge. ``across`` does the same for
    documents that belong together: relations between a document and another one. ``severity`` is that of a relation that
    fails. What a ``preview`` rule finds is shown as a remark until the rule has been counted on the corpora. A rule
    ``on_request`` remarks on what is no inconsistency: it runs only where its full code is selected, on trial or not. A rule that
    is no ``equation`` yields targets, counts and what it judged itself alone: it is not asked what a corrected number makes hold.
    """

    code: str
    name: str
    name_zh: str = ""
    severity: Severity
    find: Callable[[Context], Iterator[Relation]]
    preview: bool = False
    on_request: bool = False
    equation: bool = True
    across: Callable[[Together], Iterator[Relation]] | None = None

    @property
    def manual(self) -> str:
        """The docstring of the module that defines the rule, tabs kept: its samples hold tables."""
        return (sys.modules[self.find.__module__].__doc__ or "").strip()

    @property
    def summary(self) -> str:
        """The first sentence of the manual: what must hold."""
        head = " ".join(self.manual.partition("\n\n")[0].split()).removeprefix(f"{self.code} {self.name}:").strip()
        return head[:1].upper() + head[1:]


def forget(context: Context) -> None:
    """Let go of what rules shared of a document, where no rule will ask any more: of a large table it takes as much as its facts."""
    context.found.clear()


def once(function: Callable[[_C], _T]) -> Callable[[_C], _T]:
    """``function``, computed once for each context (or documents together), so that several rules can share what it finds."""

    @wraps(function)
    def wrapper(context: _C) -> _T:
        found = context.found.get(function, context)  # nothing finds the context itself
        if found is context:
            found = context.found[function] = function(context)
        return cast(_T, found)

    return wrapper
