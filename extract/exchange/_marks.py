"""What every tool can show of an annotation, and how an annotation is put together again from what came back.

A fact is a *mark*: a span with a label, its kind. A relation of several facts is a star of *edges* from its leading fact (the
total, the rate, the change …) to each other one, labelled ``type_role`` (``sum_parts``). Marks and edges that came back are
the truth: a mark or edge that is gone takes its fact or member with it, a new one makes a fact or a relation; everything
else of a fact or a relation is as it was.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from extract.errors import UnreadableError
from extract.exchange import Annotated, Gold
from extract.types import OTHER_ROLES, Bound, Kind, RelationType

KINDS: tuple[str, ...] = get_args(Kind)
BOUNDS: tuple[str, ...] = get_args(Bound)
ROLES: Mapping[str, tuple[str, ...]] = {
    "same": ("facts",),
    "sum": ("total", "parts"),
    "part": ("whole", "part"),
    "ratio": ("rate", "num", "den"),
    "growth": ("change", "current", "previous"),
    "diff": ("result", "minuend", "subtrahend"),
    "target": ("target", "actual"),
    "count": ("count",),
    "implied": ("facts",),
}
"""The roles of each type of relation that hold facts, the leading one first."""

MANY = frozenset({"facts", "parts", "num", "den"})
"""Roles that hold a list of facts."""

_NOT_ROLES = OTHER_ROLES | {"id", "type", "holds", "certainty", "note"}
UNLABELLED = "implied_facts"
assert set(ROLES) == set(get_args(RelationType))


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow between two facts, by their ids."""

    source: str
    target: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A span as it came back. ``origin`` is its place in the list of facts that went out, ``None`` for a new one; ``fields``
    are those that the tool shows, with what they are now (``None``: taken out)."""

    start: int
    end: int
    kind: str
    origin: int | None
    fields: Mapping[str, object]


def labels() -> tuple[str, ...]:
    """Every label of an edge."""
    star = [(kind, roles if len(roles) == 1 else roles[1:]) for kind, roles in ROLES.items() if kind != "count"]
    return tuple(f"{kind}_{role}" for kind, roles in star for role in roles)


def members(relation: Gold) -> Iterator[tuple[str, str]]:
    """Role and fact id of each member of a relation, the leading one first."""
    known = ROLES.get(str(relation.get("type")), ())
    for role in (*known, *(key for key in relation if key not in known)):
        value = relation.get(role)
        if role not in _NOT_ROLES and value is not None:
            for identity in value if isinstance(value, list) else (value,):
                if isinstance(identity, str):
                    yield role, identity


def edges(relation: Gold, known: Collection[str]) -> Iterator[Edge]:
    """The star of a relation; facts that are not ``known`` have no arrow."""
    lead = next(members(relation), None)
    if lead is None or lead[1] not in known:
        return
    for role, identity in members(relation):
        if identity != lead[1] and identity in known:
            yield Edge(lead[1], identity, f"{relation['type']}_{role}")


def all_edges(gold: Gold) -> tuple[Edge, ...]:
    """The arrows of all relations, each once, in order."""
    known = {fact["id"] for fact in gold["facts"]}
    return tuple(dict.fromkeys(edge for relation in gold["relations"] for edge in edges(relation, known)))


def checked(document: Annotated) -> Annotated:
    """``document`` itself, of which every fact has an id of its own, a kind and a place in the text, and every relation a type.

    Raises:
        UnreadableError: one has not.
    """
    seen: set[str] = set()
    for fact in document.gold["facts"]:
        start, end, identity = fact.get("start"), fact.get("end"), fact.get("id")
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(document.text)):
            raise _broken(document, f"fact {identity} stands at {start}..{end}, which is no place in the text")
        if not isinstance(identity, str) or identity in seen or fact.get("kind") not in KINDS:
            raise _broken(document, f"fact {identity} at {start}..{end} has no id of its own or no known kind")
        seen.add(identity)
    for relation in document.gold["relations"]:
        if relation.get("type") not in ROLES:
            raise _broken(document, f"relation {relation.get('id')} is of no known type")
    return document


def _broken(document: Annotated, what: str) -> UnreadableError:
    return UnreadableError(document.doc, what, "'heshu annotations check' lists all that is broken")


def restored(base: Gold, marks: Sequence[Mark], arrows: Iterable[Edge] | None) -> dict[str, Any]:
    """The annotation after a tool had it: ``base`` with the facts that ``marks`` show and the relations that ``arrows`` show.

    Edges name a fact by its id in ``base``, a new one as :func:`name_of` does. ``None`` for arrows: the tool shows none, and
    a relation stays while its members do.
    """
    taken = {str(base["facts"][mark.origin]["id"]) for mark in marks if mark.origin is not None}
    facts, names = [], {}
    for number, mark in sorted(enumerate(marks), key=lambda pair: (pair[1].start, pair[1].end, -1 if pair[1].origin is None else pair[1].origin)):
        old = {"id": _fresh("n", taken)} if mark.origin is None else base["facts"][mark.origin]
        names[name_of(number)] = str(old["id"])
        new = {**old, "start": mark.start, "end": mark.end, "kind": mark.kind, **mark.fields}
        facts.append({key: value for key, value in new.items() if value is not None or key not in mark.fields})
    known = {str(fact["id"]) for fact in facts}
    shown = None if arrows is None else {Edge(names.get(e.source, e.source), names.get(e.target, e.target), e.label): None for e in arrows}
    return {**base, "facts": facts, "relations": _relations(base, known, shown)}


def name_of(number: int) -> str:
    """What an edge calls the mark ``number`` when it is new: no id of a fact begins so."""
    return f"\0{number}"


def _fresh(prefix: str, taken: set[str]) -> str:
    number = 1
    while f"{prefix}{number}" in taken:
        number += 1
    taken.add(f"{prefix}{number}")
    return f"{prefix}{number}"


def _relations(base: Gold, known: set[str], shown: Mapping[Edge, None] | None) -> list[dict[str, Any]]:
    before = {str(fact["id"]) for fact in base["facts"]}
    kept: list[dict[str, Any]] = []
    explained: set[Edge] = set()
    for relation in base["relations"]:
        expected = list(edges(relation, before))
        explained.update(expected)
        lead = next(members(relation), ("", ""))[1]
        if lead in before and lead not in known:
            continue
        lost = {(role, identity) for role, identity in members(relation) if identity in before and identity not in known}
        lost |= {(edge.label.partition("_")[2], edge.target) for edge in expected if shown is not None and edge not in shown}
        if expected and all((edge.label.partition("_")[2], edge.target) in lost for edge in expected):
            continue
        kept.append(_without(relation, lost) if lost else dict(relation))
    added = [edge for edge in shown or () if edge not in explained and edge.source in known and edge.target in known]
    return _with(kept, added)


def _without(relation: Gold, lost: Collection[tuple[str, str]]) -> dict[str, Any]:
    left: dict[str, Any] = {}
    for key, value in relation.items():
        if isinstance(value, list) and key not in _NOT_ROLES:
            left[key] = [each for each in value if (key, each) not in lost]
        elif not (isinstance(value, str) and (key, value) in lost):
            left[key] = value
    return left


def _with(relations: list[dict[str, Any]], added: Sequence[Edge]) -> list[dict[str, Any]]:
    """The relations and the new arrows: into the one relation of their type that their source leads, else into a new one."""
    led: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for relation in relations:
        led[str(relation["type"]), next(members(relation), ("", ""))[1]].append(relation)
    taken = {str(relation["id"]) for relation in relations if "id" in relation}
    for edge in added:
        kind, _, role = (edge.label if edge.label.partition("_")[0] in ROLES else UNLABELLED).partition("_")
        leader = ROLES[kind][0]
        candidates = led[kind, edge.source]
        if len(candidates) != 1 or (role not in MANY and role in candidates[0]):
            first: object = [edge.source] if leader in MANY else edge.source
            candidates = led[kind, edge.source] = [{"id": _fresh("m", taken), "type": kind, leader: first}]
            relations.append(candidates[0])
        relation = candidates[0]
        relation[role] = [*relation.get(role, ()), edge.target] if role in MANY else edge.target
    return relations


def packed(gold: Gold) -> str:
    """The annotation on one line of JSON."""
    return json.dumps(gold, ensure_ascii=False)


def unpacked(where: str, data: object) -> dict[str, Any]:
    """The annotation that :func:`packed` wrote, or the object that a tool made of it.

    Raises:
        UnreadableError: it is none.
    """
    try:
        gold = json.loads(data) if isinstance(data, str) else data
    except (ValueError, RecursionError) as error:
        raise UnreadableError(where, f"what heshu wrote into it is damaged ({error})") from None
    if not isinstance(gold, dict) or "doc" not in gold or not all(isinstance(gold.get(key), list) for key in ("facts", "relations")):
        raise UnreadableError(where, "what heshu wrote into it is not there", "was it exported by heshu?")
    return gold


def empty(doc: str) -> dict[str, Any]:
    """The annotation of a document of which nothing is known yet."""
    return {"doc": doc, "facts": [], "relations": []}
