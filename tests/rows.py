"""Rows of the tables of reports made for a test: what it says, and nothing in the other columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.columns import TABLES, Value
from extract.records import Records, Row


def row(table: str, told: Mapping[str, Value]) -> Row:
    """A row with these values, a list empty and all else null where nothing is told."""
    columns = TABLES[table]
    assert set(told) <= {column.name for column in columns}
    return tuple(told.get(column.name, () if column.sort.endswith("list") else None) for column in columns)


def report(document: Mapping[str, Value], *facts: Mapping[str, Value]) -> Records:
    """The rows of a document and its facts, which are f1, f2, …; its number of facts is said in its own row."""
    key = {"document": document["document"]}
    rows: Sequence[Row] = [row("facts", {**key, "id": f"f{n}", "start": n, **fact}) for n, fact in enumerate(facts, 1)]
    return {"documents": [row("documents", {**document, "facts": len(facts)})], "facts": list(rows), "checks": [], "findings": []}
