"""隐患排查治理 › 排查（条）: a bare verb under a header that says of what."""

from __future__ import annotations

from extract.naming import core, narrow
from extract.types import Fact, Link
from extract.wholes._columns import ROLE
from extract.wholes._reader import Reader, Whole


def _read(fact: Fact, reader: Reader) -> Link | None:
    assert fact.cell is not None
    table = reader.document.tables[fact.cell.table]
    path = table.headers[fact.cell.column] if fact.cell.column < len(table.headers) else ()
    verb = core(path[-1]) if path else ""
    upper = core(path[-2]) if len(path) > 1 else ""
    if len(upper) < 2 or not 2 <= len(verb) <= 3 or ROLE.fullmatch(narrow(path[-1])) or fact.quantity.dimension == "money":
        return None
    for size in (2, 3, 4):
        for words in (upper[:size] + verb, verb + upper[:size]):
            if link := reader.known(fact, words, "column"):
                return link
    return None


WHOLE = Whole(order=80, cells=True, unlinked=True, read=_read)
