"""Label Studio: a JSON list of tasks, and beside it the labeling interface to paste into the project.

Why: the tool most teams have; a region shows its kind, bound and words, and relations are arrows that can be drawn.

Example: ``{"id": "7", "type": "labels", "value": {"start": 129, "end": 134, "labels": ["level"]}}``, then ``choices`` and
``textarea`` results with the same id, and ``{"type": "relation", "from_id": "7", "to_id": "9", "labels": ["sum_parts"]}``.

Left alone: what no control shows (ids, certainty, notes) travels in the task's data and comes back untouched. Offsets there
count UTF-16 units, as in the browser, so that a rare character before a number does not shift it. An annotation made by
heshu alone is a prediction; on the way back the last annotation counts, and a prediction only where there is none.

Source: labelstud.io/guide/task_format, labelstud.io/guide/predictions; per-region results share the id of their region.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from extract.errors import MALFORMED, UnreadableError
from extract.exchange import Annotated, Format, Gold
from extract.exchange._marks import BOUNDS, KINDS, UNLABELLED, Edge, Mark, all_edges, checked, empty, labels, name_of, restored, unpacked

TEXTS = ("value", "low", "high", "unit", "mention", "indicator", "subject", "period")
_REGION = re.compile(r"\d+")


def interface() -> str:
    """The labeling interface (XML) that shows what an export holds."""
    rows = ["<View>", '  <Relations name="relation" toName="text">']
    rows += [f"    <Relation value={quoteattr(label)}/>" for label in labels()]
    rows += ["  </Relations>", '  <Labels name="kind" toName="text">']
    rows += [f"    <Label value={quoteattr(kind)}/>" for kind in KINDS]
    rows += ["  </Labels>", '  <Text name="text" value="$text"/>']
    rows += ['  <Choices name="bound" toName="text" perRegion="true" choice="single" showInline="true">']
    rows += [f"    <Choice value={quoteattr(bound)}/>" for bound in BOUNDS]
    rows += [
        "  </Choices>",
        '  <Choices name="optional" toName="text" perRegion="true" choice="multiple">',
        '    <Choice value="optional"/>',
        "  </Choices>",
    ]
    rows += [f'  <TextArea name="{name}" toName="text" perRegion="true" editable="true" maxSubmissions="1" placeholder="{name}"/>' for name in TEXTS]
    return "\n".join((*rows, "</View>", ""))


def _write(documents: Sequence[Annotated], name: str) -> Mapping[str, bytes]:
    tasks = [_task(checked(document)) for document in documents]
    return {
        name: (json.dumps(tasks, ensure_ascii=False, indent=1) + "\n").encode(),
        f"{Path(name).stem}.interface.xml": interface().encode(),
    }


def _task(document: Annotated) -> dict[str, object]:
    gold = document.gold
    result = list(_results(document))
    task: dict[str, object] = {"data": {"text": document.text, "doc": document.doc, "heshu": gold}}
    if "made_by" in gold:
        scores = [fact["confidence"] for fact in gold["facts"] if "confidence" in fact]
        task["predictions"] = [{"model_version": gold["made_by"], "score": round(sum(scores) / max(1, len(scores)), 4), "result": result}]
    else:
        task["annotations"] = [{"result": result}]
    return task


def _results(document: Annotated) -> Iterator[dict[str, object]]:
    unit = _to_units(document.text)
    regions = {}
    for number, fact in enumerate(document.gold["facts"]):
        start, end = fact["start"], fact["end"]
        regions[fact["id"]] = str(number)
        place = {"start": unit[start], "end": unit[end], "text": document.text[start:end]}

        def control(name: str, kind: str, value: list[str], number: int = number, place: Mapping[str, object] = place) -> dict[str, object]:
            key = "text" if kind == "textarea" else kind
            return {"id": str(number), "from_name": name, "to_name": "text", "type": kind, "value": {**place, key: value}}

        yield control("kind", "labels", [str(fact["kind"])])
        if "bound" in fact:
            yield control("bound", "choices", [fact["bound"]])
        if fact.get("optional") is True:
            yield control("optional", "choices", ["optional"])
        for field in TEXTS:
            if _shown(fact, field):
                yield control(field, "textarea", [fact[field]])
    for edge in all_edges(document.gold):
        yield {"type": "relation", "from_id": regions[edge.source], "to_id": regions[edge.target], "direction": "right", "labels": [edge.label]}


def _shown(fact: Gold, field: str) -> bool:
    """Whether a text control shows the field: browsers trim what they show, so that a value that is not trim is not shown."""
    value = fact.get(field)
    return isinstance(value, str) and bool(value) and value == value.strip()


def _to_units(text: str) -> list[int]:
    """For each character offset the offset in UTF-16 units."""
    return [0, *accumulate(1 + (char > "\uffff") for char in text)]


def _read(path: Path) -> Sequence[Annotated]:
    try:
        tasks = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UnreadableError(str(path), f"no JSON ({error})", "export it as JSON, not as JSON-MIN") from None
    if not isinstance(tasks, list):
        raise UnreadableError(str(path), "no list of tasks", "export it as JSON")
    try:
        return [_document(str(path), task) for task in tasks]
    except MALFORMED as error:
        raise UnreadableError(str(path), f"no task of Label Studio ({type(error).__name__}: {error})", "export it as JSON") from None


def _document(where: str, task: Mapping[str, Any]) -> Annotated:
    data = task["data"]
    text = data["text"]
    base = unpacked(where, data["heshu"]) if "heshu" in data else empty(str(data.get("doc", f"task-{task.get('id', 0)}")))
    done = [each for each in task.get("annotations") or () if not each.get("was_cancelled")]
    result = (done or task.get("predictions") or [{"result": []}])[-1]["result"]
    if done:
        base = {key: value for key, value in base.items() if key != "made_by"}
    characters = {unit: at for at, unit in enumerate(_to_units(text))}
    regions: dict[str, dict[str, Any]] = {}
    for item in result:
        if item["type"] != "relation":
            regions.setdefault(item["id"], {})[item["from_name"]] = item["value"]
    regions = {key: region for key, region in regions.items() if "kind" in region}
    marks: list[Mark] = []
    names: dict[str, str] = {}
    for key, region in regions.items():
        origin = int(key) if _REGION.fullmatch(key) and int(key) < len(base["facts"]) else None
        names[key] = name_of(len(marks)) if origin is None else str(base["facts"][origin]["id"])
        old = {} if origin is None else base["facts"][origin]
        place = region["kind"]
        start, end = characters[place["start"]], characters[place["end"]]
        fields = _fields(old, region, confirmed=bool(done))
        marks.append(Mark(start=start, end=end, kind=place["labels"][0], origin=origin, fields=fields))
    arrows = []
    for item in result:
        if item["type"] == "relation" and item["from_id"] in names and item["to_id"] in names:
            ends = [names[item["from_id"]], names[item["to_id"]]]
            source, target = reversed(ends) if item.get("direction") == "left" else ends
            arrows.append(Edge(source, target, (item.get("labels") or [UNLABELLED])[0]))
    return Annotated(text=text, gold=restored(base, marks, arrows))


def _fields(old: Gold, region: Mapping[str, Any], *, confirmed: bool) -> dict[str, object]:
    """The fields that the controls show as they are now."""
    fields: dict[str, object] = {}
    if "bound" in region:
        fields["bound"] = region["bound"]["choices"][0]
    if "optional" in region:
        fields["optional"] = True
    elif old.get("optional") is True:
        fields["optional"] = None
    for name in TEXTS:
        if name in region:
            shown = region[name]["text"]
            fields[name] = shown if isinstance(shown, str) else "".join(shown[-1:])
        elif _shown(old, name):
            fields[name] = "" if name == "unit" else None
    if confirmed and "confidence" in old:
        fields["confidence"] = None
    return fields


FORMAT = Format(name="labelstudio", suffix=".json", write=_write, read=_read)
