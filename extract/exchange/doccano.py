"""doccano: a line of JSON for each document of a project of the type Sequence Labeling with relations.

Why: quick to install, and enough for marking numbers with their kind and drawing relations between them.

Example: ``{"text": …, "entities": [{"id": 1, "start_offset": 129, "end_offset": 134, "label": "level"}], "relations":
[{"id": 1, "from_id": 1, "to_id": 3, "type": "sum_parts"}], "heshu": {…}}``; doccano keeps further keys as metadata.

Left alone: values, units, names and notes, which doccano does not show; they travel as the metadata ``heshu``. doccano
numbers entities anew, so a fact is known by its place: one whose span was moved there comes back as a new one.

Source: the importer and the examples of doccano/doccano (backend/data_import/pipeline); offsets count characters.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.errors import MALFORMED, UnreadableError
from extract.exchange import Annotated, Format
from extract.exchange._marks import Edge, Mark, all_edges, checked, empty, name_of, restored, unpacked


def _write(documents: Sequence[Annotated], name: str) -> Mapping[str, bytes]:
    return {name: "".join(json.dumps(_line(checked(document), n), ensure_ascii=False) + "\n" for n, document in enumerate(documents)).encode()}


def _line(document: Annotated, number: int) -> dict[str, object]:
    facts = document.gold["facts"]
    ids = {fact["id"]: n for n, fact in enumerate(facts, 1)}
    arrows = enumerate(all_edges(document.gold), 1)
    return {
        "id": number,
        "text": document.text,
        "entities": [{"id": ids[fact["id"]], "start_offset": fact["start"], "end_offset": fact["end"], "label": fact["kind"]} for fact in facts],
        "relations": [{"id": n, "from_id": ids[edge.source], "to_id": ids[edge.target], "type": edge.label} for n, edge in arrows],
        "heshu": document.gold,
    }


def _read(path: Path) -> Sequence[Annotated]:
    found = []
    # Only a newline ends a record: a text may hold U+2028.
    for number, line in enumerate(path.read_bytes().decode("utf-8-sig", "replace").split("\n"), 1):
        if line.strip():
            where = f"{path}:{number}"
            try:
                found.append(_document(where, json.loads(line)))
            except MALFORMED as error:
                raise UnreadableError(where, f"no record of doccano ({type(error).__name__}: {error})", "export the project as JSONL") from None
    return found


def _document(where: str, record: Mapping[str, Any]) -> Annotated:
    held = record.get("heshu") or (record.get("meta") or {}).get("heshu")
    base = unpacked(where, held) if held is not None else empty(f"record-{record['id']}")
    at: dict[tuple[int, int], list[int]] = defaultdict(list)
    for n, fact in enumerate(base["facts"]):
        at[fact["start"], fact["end"]].append(n)
    marks: list[Mark] = []
    names: dict[int, str] = {}
    for entity in sorted(record["entities"], key=lambda each: each["id"]):
        place = entity["start_offset"], entity["end_offset"]
        origin = next((n for n in at[place] if base["facts"][n]["kind"] == entity["label"]), next(iter(at[place]), None))
        if origin is not None:
            at[place].remove(origin)
        names[entity["id"]] = name_of(len(marks)) if origin is None else str(base["facts"][origin]["id"])
        marks.append(Mark(start=place[0], end=place[1], kind=entity["label"], origin=origin, fields={}))
    arrows = [Edge(names[each["from_id"]], names[each["to_id"]], each["type"]) for each in record.get("relations") or ()]
    return Annotated(text=record["text"], gold=restored(base, marks, arrows))


FORMAT = Format(name="doccano", suffix=".jsonl", write=_write, read=_read)
