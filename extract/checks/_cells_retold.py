"""Cells of a table that prose tells again under a shorter name: 周转安置完成率93.1%, and 完成率 in the row 周转安置住房.

The shorter name begins as the row's does and ends as the column's; that no other row of the table would do says which one is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._keys import MANY, NARROWING, SCOPE, family, in_one_table, in_sentence, stating
from extract.checks._words import bare, beginning
from extract.relations import Context, once
from extract.types import Fact

_BEGINS = 3
_ENDS = 2
"""A name of a row begins, and one of a column ends, with so many characters at least."""


@once
def cells_retold(context: Context) -> tuple[tuple[Fact, Fact], ...]:
    """Figures of prose, each with the only cell of its name."""
    return tuple(_retold(context))


def _retold(context: Context) -> Iterator[tuple[Fact, Fact]]:
    if in_one_table(context):
        return
    cells: dict[object, list[tuple[Fact, str]]] = {}
    prose: list[tuple[Fact, str]] = []
    for fact in stating(context):
        if fact.kind not in ("level", "rate") or fact.quantity.bound != "=" or len(name := _full_name(fact)) < _BEGINS + _ENDS:
            continue
        if fact.cell is None:
            prose.append((fact, name))
        elif not in_sentence(fact):
            cells.setdefault(_key(fact, name), []).append((fact, name))
    for fact, name in prose:
        alike = cells.get(_key(fact, name), ())
        found = [cell for cell, whole in alike if _shortens(name, whole)] if len(alike) <= MANY else []
        if len(found) == 1 and not (NARROWING | SCOPE) & (set(fact.qualifiers) ^ set(found[0].qualifiers)):
            yield fact, found[0]


def _full_name(fact: Fact) -> str:
    words, subject = bare(fact.mention.text), bare(fact.subject)
    return words if subject in words else subject + words


def _key(fact: Fact, name: str) -> object:
    return fact.kind, family(fact), name[:_BEGINS], name[-_ENDS:]


def _shortens(name: str, whole: str) -> bool:
    """Whether a name is the beginning and the end of another one, and at least half of it."""
    begun = len(beginning(name, whole))
    ended = len(beginning(name[::-1], whole[::-1]))
    return len(name) < len(whole) <= 2 * len(name) and begun + ended >= len(name)
