"""Which numbers of a document may belong to one relation: what arithmetic allows and structure does not rule out.

A module of this folder defines ``FINDER``: a function from the :class:`~extract.candidates._numbers.Numbers` of a document
and what is :class:`~extract.candidates._numbers.Known` already to :class:`~extract.candidates._numbers.Candidate` values, each
with its features. Whether the text means the relation is for the model to say (:mod:`extract.related`), and whether it holds
for the judge of the checks.

Cost: a number is tried with its neighbours only; what these ask for is looked up by value, never by trying all pairs. Of a table of more
than :data:`~extract.candidates._numbers.LISTING` numbers its totals alone take part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import cast

from extract.candidates._numbers import Candidate, Known, Numbers, numbers_of
from extract.knowledge import discover
from extract.relations import Context, Relation


def candidates(context: Context, relations: Sequence[Relation] = ()) -> Iterator[Candidate]:
    """The candidates of a document that none of ``relations`` decides already."""
    numbers = numbers_of(context)
    known = Known.of(relations)
    for find in _finders():
        yield from find(numbers, known)


@cache
def _finders() -> tuple[Callable[[Numbers, Known], Iterator[Candidate]], ...]:
    return cast("tuple[Callable[[Numbers, Known], Iterator[Candidate]], ...]", discover("extract.candidates", "FINDER"))
