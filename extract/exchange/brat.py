"""brat stand-off: a folder with DOC.txt and DOC.ann for each document, and annotation.conf for the server.

Why: plain files that diff and version well; the format of many annotation tools and corpora besides brat.

Example: ``T1⇥level 129 134⇥1,400``, ``A1⇥Bound T1 lower_hedge``, ``#1⇥AnnotatorNotes T1⇥{"id": "f1", "value": "14000000", …}``,
``R1⇥sum_parts Arg1:T1 Arg2:T3``. A span over a line break has a fragment for each line.

Left alone: lines of other kinds (events, equivalences, normalisations). What concerns the whole document or relation stands in
notes on T0, which no span is, so that they outlast every edit.

Source: brat.nlplab.org/standoff.html, and the wiki page Annotation-Data-Format of nlplab/brat; offsets count characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.errors import MALFORMED, UnreadableError
from extract.exchange import Annotated, Format, Gold
from extract.exchange._marks import KINDS, Edge, Mark, all_edges, checked, empty, labels, name_of, packed, restored

BOUNDS = {
    "=": "exact", "≈": "about", "<~": "just_under", ">~": "just_over", ">": "more", ">=": "at_least", "<": "less", "<=": "at_most", "range": "range",
}  # fmt: skip
"""The names of the bounds: an attribute's value may hold letters, digits and lines only."""

_NAMES = {name: bound for bound, name in BOUNDS.items()}
_OWN = ("start", "end", "kind", "bound", "optional")
"""Fields that the lines T and A show."""
_LINE = re.compile(r"[^\n]+")
_NOTE = "AnnotatorNotes"
_WHOLE = "T0"


def configuration() -> str:
    """The annotation.conf of a folder: kinds, labels of relations, attributes."""
    sections = {
        "entities": KINDS,
        "relations": [f"{label}\tArg1:<ENTITY>, Arg2:<ENTITY>" for label in labels()],
        "events": (),
        "attributes": [f"Bound\tArg:<ENTITY>, Value:{'|'.join(BOUNDS.values())}", "Optional\tArg:<ENTITY>"],
    }
    return "\n".join(f"[{name}]\n" + "".join(f"{row}\n" for row in rows) for name, rows in sections.items())


def _write(documents: Sequence[Annotated], name: str) -> Mapping[str, bytes]:
    files = {"annotation.conf": configuration().encode()}
    for document in documents:
        files[f"{document.doc}.txt"] = document.text.encode()
        files[f"{document.doc}.ann"] = "".join(f"{line}\n" for line in _lines(checked(document))).encode()
    return files


def _lines(document: Annotated) -> Iterator[str]:
    gold, text = document.gold, document.text
    ids = {fact["id"]: f"T{n}" for n, fact in enumerate(gold["facts"], 1)}
    attributes: list[str] = []
    about = {key: value for key, value in gold.items() if key != "relations"}
    notes = [("Document", _WHOLE, {**about, "facts": list(ids)})]
    for n, fact in enumerate(gold["facts"], 1):
        pieces = [match.span() for match in _LINE.finditer(text, fact["start"], fact["end"])] or [(fact["start"], fact["end"])]
        pieces = [(fact["start"], pieces[0][1]), *pieces[1:]]
        pieces[-1] = (pieces[-1][0], fact["end"])
        places = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(text[start:end] for start, end in pieces)
        yield f"T{n}\t{fact['kind']} {places}\t{_flat(words)}"
        if fact.get("bound") in BOUNDS:
            attributes.append(f"Bound T{n} {BOUNDS[fact['bound']]}")
        if fact.get("optional") is True:
            attributes.append(f"Optional T{n}")
        notes.append((_NOTE, f"T{n}", {key: value for key, value in fact.items() if key not in _shown(fact)}))
    notes += [("Relation", _WHOLE, relation) for relation in gold["relations"]]
    yield from (f"A{n}\t{line}" for n, line in enumerate(attributes, 1))
    yield from (f"R{n}\t{edge.label} Arg1:{ids[edge.source]} Arg2:{ids[edge.target]}" for n, edge in enumerate(all_edges(gold), 1))
    yield from (f"#{n}\t{kind} {target}\t{_escaped(packed(data))}" for n, (kind, target, data) in enumerate(notes, 1))


def _shown(fact: Gold) -> tuple[str, ...]:
    """The fields of a fact that the lines T and A show; the others go into its note."""
    hidden = {"bound"} - ({"bound"} if fact.get("bound") in BOUNDS else set()) | ({"optional"} if fact.get("optional") is not True else set())
    return tuple(field for field in _OWN if field not in hidden)


def _flat(words: str) -> str:
    return re.sub(r"[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]", " ", words)


def _escaped(data: str) -> str:
    """JSON in which no character ends a line or a field."""
    return re.sub(r"[\x7f-\x9f\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", data)


def _read(path: Path) -> Sequence[Annotated]:
    if not path.is_dir():
        raise UnreadableError(str(path), "no folder", "name the folder with the .txt and .ann files")
    files = sorted(path.glob("*.ann"))
    if not files:
        raise UnreadableError(str(path), "no .ann file in it")
    return [_document(file) for file in files]


def _document(path: Path) -> Annotated:
    try:
        text = path.with_suffix(".txt").read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(str(path.with_suffix(".txt")), f"the text beside the .ann file cannot be read ({error})") from None
    lines: dict[str, list[tuple[str, list[str]]]] = {}
    for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").split("\n"), 1):
        head, *rest = line.rstrip("\r").split("\t")
        if head:
            if not rest:
                raise UnreadableError(f"{path}:{number}", "no line of brat's stand-off", "fields are separated by tabs")
            lines.setdefault(head[0], []).append((head, rest))
    try:
        return _put_together(path, text, lines)
    except MALFORMED as error:
        raise UnreadableError(str(path), f"no stand-off of brat ({type(error).__name__}: {error})") from None


def _put_together(path: Path, text: str, lines: Mapping[str, list[tuple[str, list[str]]]]) -> Annotated:
    whole: dict[str, Any] = empty(path.name.removesuffix(".ann"))
    fields: dict[str, dict[str, Any]] = {}
    for _, rest in lines.get("#", ()):
        kind, target = rest[0].split()
        data = "\t".join(rest[1:])
        if target == _WHOLE and kind == "Document":
            whole = {**whole, **json.loads(data)}
        elif target == _WHOLE and kind == "Relation":
            whole["relations"].append(json.loads(data))
        elif kind == _NOTE and data.startswith("{"):
            fields[target] = json.loads(data)
    places_of = {str(identity): n for n, identity in enumerate(whole["facts"])}
    whole["facts"] = [{"id": identity} for identity in places_of]
    for _, rest in lines.get("A", ()):
        name, target, *value = rest[0].split()
        if name == "Bound":
            fields.setdefault(target, {})["bound"] = _NAMES[value[0]]
        elif name == "Optional":
            fields.setdefault(target, {})["optional"] = True
    marks: list[Mark] = []
    names: dict[str, str] = {}
    for head, rest in lines.get("T", ()):
        kind, _, places = rest[0].partition(" ")
        offsets = [int(each) for piece in places.split(";") for each in piece.split()]
        known = fields.get(head, {})
        # The note of a span names the fact; a span without one is new.
        origin = places_of.pop(str(known.get("id")), None)
        names[head] = name_of(len(marks)) if origin is None else str(known["id"])
        shown = {key: value for key, value in known.items() if key != "id"}
        marks.append(Mark(start=min(offsets), end=max(offsets), kind=kind, origin=origin, fields=shown))
    arrows = []
    for _, rest in lines.get("R", ()):
        label, first, second = rest[0].split()
        arrows.append(Edge(names[first.partition(":")[2]], names[second.partition(":")[2]], label))
    return Annotated(text=text, gold=restored(whole, marks, arrows))


FORMAT = Format(name="brat", suffix="", write=_write, read=_read)
