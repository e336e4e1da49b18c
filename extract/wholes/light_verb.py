"""统筹救灾资金: the funds, whatever was done to have them."""

from __future__ import annotations

from extract.naming import core
from extract.types import Fact, Link
from extract.wholes._reader import Reader, Whole
from extract.wholes._words import LIGHT


def _read(fact: Fact, reader: Reader) -> Link | None:
    if fact.antecedent:
        return None
    words = core(fact.mention.text)
    said = LIGHT.sub("", words)
    return reader.known(fact, said, "said") if said != words and (len(said) > 3 or fact.quantity.dimension == "money") else None


WHOLE = Whole(order=210, unlinked=True, dimensions=frozenset({"money", "count"}), read=_read)
