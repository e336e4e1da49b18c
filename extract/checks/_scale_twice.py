"""A scale written twice: 支出950000万元 in a document whose other amounts are a small part of that, and 95 under 万元 in a row of like words.

Whoever copies 950000 out of an account in 元 and adds 万元 states ten thousand times as much. That alone proves nothing; an amount that
dwarfs all others and is, without its scale, just one of them, under a name with words in common, does.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extract.checks._words import bare, bigrams
from extract.relations import Context
from extract.types import Fact

_TWICE = Decimal("1E4")
DWARFS = 20
"""So many times the greatest of all other amounts."""
FEW = 3
"""A document with no more amounts says little of what is usual in it."""


def written_twice(context: Context) -> Iterator[tuple[Fact, Fact]]:
    """Each such amount behind the one that it should be."""
    amounts = [fact for fact in context.facts if fact.quantity.dimension == "money" and fact.quantity.value and fact.kind in ("level", "target")]
    if len(amounts) <= FEW:
        return
    *_, second, first = sorted(amounts, key=lambda fact: fact.quantity.value or Decimal(0))
    value, other = first.quantity.value or Decimal(0), second.quantity.value or Decimal(0)
    if first.quantity.scale != _TWICE or value / _TWICE < _TWICE or value < DWARFS * other or first.quantity.bound != "=":
        return
    words = bigrams(bare(first.mention.text))

    def shared(fact: Fact) -> int:
        return len(words & bigrams(bare(fact.mention.text))) + len(words & bigrams(bare(fact.subject)))

    meant = [fact for fact in amounts if fact.quantity.value == value / _TWICE and fact.quantity.bound == "="]
    found = max(meant, key=shared, default=None)
    if found is not None and shared(found):
        yield found, first
