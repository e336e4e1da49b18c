"""What a way of saying may look at, and what it is declared as."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.link import Index, Resolved, own_indicator
from extract.naming import core, open_name
from extract.types import Document, Fact, Kind, Link, Span

# So many facts back, and so many characters, a number may go back to what it is a slice of.
REACH = 8
LEAD = 200


@dataclass(slots=True)
class Reader:
    """A document's facts and links while the wholes are looked for.

    ``own`` are the links by the facts' own words, ``wide`` those to wholes so far; ``rank`` is where a fact stands among all,
    ``rows`` are the facts of each row of a table. ``summands`` are the numbers that make up an earlier one, ``bracketed`` those that a
    bracket told as slices so far, ``slices`` the first slice of each name.
    """

    facts: Sequence[Fact]
    document: Document
    index: Index
    own: Mapping[str, Link]
    wide: dict[str, Link]
    rank: Mapping[str, int]
    rows: Mapping[tuple[int, int], Sequence[Fact]]
    summands: Mapping[str, Fact]
    bracketed: set[str]
    slices: dict[str, Fact]

    def linked(self, fact: Fact, words: str, how: str) -> Link | None:
        """A link of the fact to what ``words`` name: of the catalogue, else open; ``None`` where they name nothing."""
        quantity = fact.quantity
        found = self.found(fact, words)
        name = found.name if found else open_name(words, quantity.unit, quantity.dimension, fact.kind)
        return Link(fact=fact.id, indicator_id=found.id if found else None, name=name, score=found.score if found else 0.0, how=how) if name else None

    def found(self, fact: Fact, words: str) -> Resolved | None:
        """What ``words`` name beyond doubt, of the unit and kind of the fact; ``None`` for nothing."""
        quantity = fact.quantity
        said = core(words, fact.kind)
        return own_indicator(words, said, quantity.unit, quantity.dimension, fact.kind, self.index) if said else None

    def like(self, fact: Fact, other: Fact, how: str) -> Link | None:
        """A link of the fact to what the other fact measures; ``None`` where that has no name."""
        link = self.of(other)
        return replace(link, fact=fact.id, how=how, slice="") if link.name else None

    def known(self, fact: Fact, words: str, how: str) -> Link | None:
        """A link of the fact to the indicator of the catalogue that ``words`` name; ``None`` where they name none."""
        found = self.found(fact, words)
        return Link(fact=fact.id, indicator_id=found.id, name=found.name, score=found.score, how=how) if found and found.id else None

    def of(self, fact: Fact) -> Link:
        """What the fact measures, as far as it is known by now."""
        return self.wide.get(fact.id) or self.own[fact.id]

    def before(self, fact: Fact, most: int) -> Iterator[Fact]:
        """The facts before it in its section, the nearest first, at most so many."""
        rank = self.rank[fact.id]
        for other in reversed(self.facts[max(0, rank - most) : rank]):
            if other.section != fact.section:
                break
            yield other

    def lead(self, fact: Fact, within: Span) -> str:
        """The words of ``within`` before the number, at most :data:`LEAD` characters."""
        start = max(within.start, fact.quantity.extent.start - LEAD)
        return self.document.text[start : max(start, fact.quantity.extent.start)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A way of saying what a number is a slice of: ``order`` is its turn (lower first), ``read`` gives the link to the whole, or
    abstains.

    It is asked of facts of its ``kinds`` and ``dimensions`` (all, where there are none), of those in ``cells`` of tables or of the
    others (of both: ``None``), and of those alone that their own words link to no indicator where it is for ``unlinked`` ones.
    """

    order: int
    read: Callable[[Fact, Reader], Link | None]
    kinds: frozenset[Kind] = frozenset()
    dimensions: frozenset[str] = frozenset()
    cells: bool | None = None
    unlinked: bool = False

    def fits(self, kind: Kind, dimension: str, *, cell: bool, linked: bool) -> bool:
        """Whether it is asked of such facts."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.dimensions or dimension in self.dimensions)
            and self.cells in (None, cell)
            and not (self.unlinked and linked)
        )
