"""Annotations survive the way to other tools and back, and what a person changed there arrives."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from extract.errors import UnreadableError
from extract.exchange import Annotated, Format
from extract.exchange._marks import BOUNDS, KINDS, MANY, ROLES, labels
from extract.workshop import files
from extract.workshop.drafts import completed

ROOT = Path(__file__).resolve().parents[1]
FORMATS = {form.name: form for form in files.formats()}
TEXT = "溪口镇2022年检查企业120家次，其中甲镇70家次、乙镇50家次，整改率96.5%。\n"


def fact(identity: str, numeral: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(numeral)
    found = {"id": identity, "start": start, "end": start + len(numeral), "value": numeral, "unit": "家次", "bound": "=", "kind": "level"}
    return {**found, "mention": "检查企业", "indicator": "检查企业家次数", **fields}


def gold(**fields: Any) -> dict[str, Any]:
    facts = [fact("f1", "120"), fact("f2", "70", subject="甲镇"), fact("f3", "50", optional=True), fact("f4", "96.5", unit="%", kind="rate")]
    total = {"id": "r1", "type": "sum", "total": "f1", "parts": ["f2", "f3"], "holds": True, "certainty": "certain", "note": "其中"}
    return {"doc": "report", "sha256": files.sha256(TEXT), "org": None, "facts": facts, "relations": [total], **fields}


def document(**fields: Any) -> Annotated:
    return Annotated(text=TEXT, gold=gold(**fields))


def written(form: Format, *documents: Annotated) -> Mapping[str, bytes]:
    return form.write(documents, f"out{form.suffix}")


def read(form: Format, export: Mapping[str, bytes]) -> list[Annotated]:
    with TemporaryDirectory() as folder:
        files.save_all(export, Path(folder))
        return list(form.read(Path(folder, f"out{form.suffix}") if form.suffix else Path(folder)))


def edited(name: str, change: Callable[[Any], None], **fields: Any) -> dict[str, Any]:
    """What comes back when somebody changed the JSON of the one document of an export."""
    form = FORMATS[name]
    export = dict(written(form, document(**fields)))
    record = json.loads(export[f"out{form.suffix}"])
    change(record[0] if isinstance(record, list) else record)
    export[f"out{form.suffix}"] = json.dumps(record, ensure_ascii=False).encode()
    return dict(read(form, export)[0].gold)


def edited_brat(change: Callable[[list[str]], None]) -> dict[str, Any]:
    export = dict(written(FORMATS["brat"], document()))
    lines = export["report.ann"].decode().splitlines()
    change(lines)
    export["report.ann"] = "".join(f"{line}\n" for line in lines).encode()
    return dict(read(FORMATS["brat"], export)[0].gold)


# --- there and back ---------------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
CHARACTERS = st.sampled_from([*"全年检查企业家次项一百万0123456789.,，。、（）%％ \t\r\n", "\u3000", "\u2028", "\x85", "\ufeff", "𠮷", "😀"])


@st.composite
def annotated(draw: st.DrawFn) -> Annotated:
    """A text with facts at random places, with all fields there are, and relations of any type between any of them."""
    text = draw(st.text(CHARACTERS, min_size=24, max_size=80))
    places = sorted(draw(st.sets(st.integers(0, len(text)), min_size=6, max_size=16)))
    facts: list[dict[str, Any]] = []
    for n, (start, end) in enumerate(zip(places[::2], places[1::2], strict=False)):
        required: dict[str, Any] = {"id": f"f{n}", "start": start, "end": end, "unit": draw(WORDS), "indicator": draw(WORDS)}
        required |= {"bound": draw(st.sampled_from(BOUNDS)), "kind": draw(st.sampled_from(KINDS))}
        optional = dict.fromkeys(("value", "low", "high", "mention", "subject", "period", "printed"), WORDS)
        extra = draw(
            st.fixed_dictionaries({}, optional={**optional, "optional": st.just(True), "mention_start": st.just(0), "mention_end": st.just(1)})
        )
        facts.append({**required, **extra})
    relations = [draw(relation([fact["id"] for fact in facts], f"r{n}")) for n in range(draw(st.integers(1, 6)))]
    about = draw(st.fixed_dictionaries({}, optional={"org": st.none() | WORDS, "year": WORDS, "source": st.dictionaries(WORDS, WORDS, max_size=2)}))
    return Annotated(text=text, gold={"doc": "report", "sha256": files.sha256(text), **about, "facts": facts, "relations": relations})


@st.composite
def relation(draw: st.DrawFn, ids: list[str], identity: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(ROLES)))
    one = st.sampled_from(ids)
    found: dict[str, Any] = {"id": identity, "type": kind, "holds": draw(st.booleans()), "certainty": "likely"}
    for role in ROLES[kind]:
        found[role] = draw(st.lists(one, min_size=1, max_size=4)) if role in MANY else draw(one)
    extra = {"note": WORDS, "items": st.integers(0, 9), "claim": st.just("met"), "list": st.lists(WORDS, max_size=2)}
    return {**found, **draw(st.fixed_dictionaries({}, optional=extra))}


@pytest.mark.parametrize("name", ["brat", "doccano", "labelstudio"])
@given(document=annotated())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_annotation_comes_back_as_it_was(name: str, document: Annotated) -> None:
    assert read(FORMATS[name], written(FORMATS[name], document)) == [document]


@given(document=annotated())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_annotation_comes_back_from_spacy(document: Annotated) -> None:
    assert read(FORMATS["docbin"], written(FORMATS["docbin"], document)) == [document]


@pytest.mark.parametrize("name", FORMATS)
def test_the_annotations_of_the_project_come_back_as_they_were(name: str) -> None:
    held = [files.read(path).annotated() for path in sorted((ROOT / "annotations" / "gold").glob("*.gold.json"))]
    assert len(held) >= 10
    back = {document.doc: document for document in read(FORMATS[name], written(FORMATS[name], *held))}
    assert back == {document.doc: document for document in held}


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_is_the_same_every_time(name: str) -> None:
    assert written(FORMATS[name], document()) == written(FORMATS[name], document())


@pytest.mark.parametrize("name", FORMATS)
def test_a_fact_without_a_place_is_not_exported(name: str) -> None:
    with pytest.raises(UnreadableError, match="no place in the text"):
        written(FORMATS[name], document(facts=[fact("f1", "120", end=500)], relations=[]))
    with pytest.raises(UnreadableError, match="no id of its own"):
        written(FORMATS[name], document(facts=[fact("f1", "120"), fact("f1", "70")], relations=[]))


@pytest.mark.parametrize("name", ["docbin", "doccano", "labelstudio"])
@pytest.mark.parametrize("data", [b"", b"no such thing", b'{"text": 1}', b"[1]", b'[{"data": {}}]', b"\xff\xfe\x00"])
def test_what_is_not_in_the_format_is_said(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    if name == "doccano" and not data:
        assert FORMATS[name].read(path) == []
        return
    with pytest.raises(UnreadableError, match=r"file"):
        FORMATS[name].read(path)


def test_a_folder_that_is_none_of_brat_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"no \.ann file"):
        FORMATS["brat"].read(tmp_path)
    (tmp_path / "a.ann").write_text("T1\tlevel 0 1\tx\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"the text beside"):
        FORMATS["brat"].read(tmp_path)
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    for line in ("T1 level 0 1", "T1\tlevel x y\tx", "R1\tsum_parts Arg1:T1 Arg2:T9", "#1\tDocument T0\t{"):
        (tmp_path / "a.ann").write_text(f"{line}\n", encoding="utf-8")
        with pytest.raises(UnreadableError, match=r"stand-off"):
            FORMATS["brat"].read(tmp_path)


# --- what the tools get -----------------------------------------------------------------------------------------------


def test_label_studio_gets_regions_arrows_and_an_interface_that_knows_them() -> None:
    export = written(FORMATS["labelstudio"], document())
    (task,) = json.loads(export["out.json"])
    interface = etree.fromstring(export["out.interface.xml"])
    controls = {element.get("name"): element.tag for element in interface.iter() if element.get("toName") == "text"}
    values = {element.get("value") for element in interface.iter("Label", "Choice", "Relation")}
    assert "predictions" not in task
    result = task["annotations"][0]["result"]
    first = [item for item in result if item.get("id") == "0"]
    assert {item["from_name"]: item["value"].get("text") if item["type"] == "textarea" else item["value"][item["type"]] for item in first} == {
        "kind": ["level"], "bound": ["="], "value": ["120"], "unit": ["家次"], "mention": ["检查企业"], "indicator": ["检查企业家次数"],
    }  # fmt: skip
    for item in result:
        if item["type"] == "relation":
            assert set(item["labels"]) <= values
        else:
            assert controls[item["from_name"]].lower() == item["type"] and item["to_name"] == "text"
            assert item["type"] == "textarea" or set(item["value"][item["type"]]) <= values
    assert [(item["from_id"], item["to_id"], item["labels"]) for item in result if item["type"] == "relation"] == [
        ("0", "1", ["sum_parts"]), ("0", "2", ["sum_parts"]),
    ]  # fmt: skip


def test_label_studio_counts_as_browsers_do() -> None:
    text = "𠮷村检查120家"
    place = {"id": "f1", "start": 4, "end": 7, "kind": "level", "value": "120", "unit": "家", "bound": "=", "indicator": "检查数"}
    held = Annotated(text=text, gold={"doc": "d", "sha256": files.sha256(text), "facts": [place], "relations": []})
    (task,) = json.loads(written(FORMATS["labelstudio"], held)["out.json"])
    value = task["annotations"][0]["result"][0]["value"]
    assert text.encode("utf-16-le")[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == "120"
    assert (value["start"], value["end"]) == (5, 8)


def test_a_draft_goes_out_as_a_prediction_and_comes_back_a_persons_own() -> None:
    facts = [fact("f1", "120", confidence=0.9), fact("f2", "70", confidence=0.7)]
    drafted = document(facts=facts, relations=[], made_by="heshu 1 (patterns)")
    export = written(FORMATS["labelstudio"], drafted)
    (task,) = json.loads(export["out.json"])
    (prediction,) = task["predictions"]
    assert (prediction["model_version"], prediction["score"]) == ("heshu 1 (patterns)", 0.8)
    assert "annotations" not in task
    assert read(FORMATS["labelstudio"], export) == [drafted]

    def accept(task: Any) -> None:
        task["annotations"] = [{"result": [], "was_cancelled": True}, {"result": task["predictions"][0]["result"]}]

    back = edited("labelstudio", accept, facts=facts, relations=[], made_by="heshu 1 (patterns)")
    assert "made_by" not in back
    assert [each["id"] for each in back["facts"]] == ["f1", "f2"]
    assert not any("confidence" in each for each in back["facts"])


def test_brat_gets_lines_that_brat_reads() -> None:
    export = written(FORMATS["brat"], document())
    lines = export["report.ann"].decode().splitlines()
    assert export["report.txt"].decode() == TEXT
    spans = [line.split("\t") for line in lines if line.startswith("T")]
    for _, place, words in spans:
        kind, start, end = place.split()
        assert kind in KINDS and TEXT[int(start) : int(end)] == words
    assert "A3\tBound T3 exact" in lines and "A4\tOptional T3" in lines
    assert [line for line in lines if line.startswith("R")] == ["R1\tsum_parts Arg1:T1 Arg2:T2", "R2\tsum_parts Arg1:T1 Arg2:T3"]
    configuration = export["annotation.conf"].decode()
    assert all(f"\n{label}\tArg1:" in configuration for label in labels())
    assert [line for line in configuration.splitlines() if line.startswith("[")] == ["[entities]", "[relations]", "[events]", "[attributes]"]


def test_a_span_over_a_line_break_has_fragments_in_brat() -> None:
    text = "共1,2\n34家"
    broken = {"id": "f1", "start": 1, "end": 7, "kind": "level", "value": "1234", "unit": "家", "bound": "=", "indicator": "数"}
    held = Annotated(text=text, gold={"doc": "report", "sha256": files.sha256(text), "facts": [broken], "relations": []})
    assert written(FORMATS["brat"], held)["report.ann"].decode().splitlines()[0] == "T1\tlevel 1 4;5 7\t1,2 34"


def test_spacy_reads_the_spans_of_a_docbin() -> None:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    facts = [fact("f1", "120", mention_start=TEXT.index("检查企业"), mention_end=TEXT.index("检查企业") + 4)]
    data = written(FORMATS["docbin"], document(facts=facts, relations=[]))["out.spacy"]
    (doc,) = DocBin().from_bytes(data).get_docs(Vocab())
    assert doc.text == TEXT
    assert [(span.text, span.label_) for span in doc.spans["facts"]] == [("120", "level")]
    assert [span.text for span in doc.spans["mentions"]] == ["检查企业"]
    assert json.loads(doc.user_data["heshu"])["facts"] == facts


# --- what a person changed --------------------------------------------------------------------------------------------


def by_id(back: Mapping[str, Any]) -> dict[str, Any]:
    return {each["id"]: each for each in back["facts"]}


def test_fields_changed_in_label_studio_arrive() -> None:
    def change(task: Any) -> None:
        result = task["annotations"][0]["result"]
        for item in result:
            if item.get("id") == "1" and item["from_name"] == "kind":
                item["value"]["labels"] = ["target"]
            if item.get("id") == "1" and item["from_name"] == "value":
                item["value"]["text"] = ["71"]
            if item.get("id") == "1" and item["from_name"] == "bound":
                item["value"]["choices"] = [">="]
        task["annotations"][0]["result"] = [item for item in result if item.get("from_name") not in ("subject", "optional")]

    back = by_id(edited("labelstudio", change))
    assert (back["f2"]["kind"], back["f2"]["value"], back["f2"]["bound"]) == ("target", "71", ">=")
    assert "subject" not in back["f2"] and "optional" not in back["f3"]
    assert back["f1"] == gold()["facts"][0]


def test_regions_and_arrows_drawn_in_label_studio_arrive() -> None:
    year = TEXT.index("2022")

    def change(task: Any) -> None:
        value = {"start": year, "end": year + 4, "text": "2022", "labels": ["other"]}
        task["annotations"][0]["result"] += [
            {"id": "x_Y-1", "from_name": "kind", "to_name": "text", "type": "labels", "value": value},
            {"type": "relation", "from_id": "3", "to_id": "x_Y-1", "direction": "right", "labels": ["ratio_num"]},
            {"type": "relation", "from_id": "0", "to_id": "3", "direction": "left", "labels": ["ratio_den"]},
            {"type": "relation", "from_id": "1", "to_id": "2", "direction": "right"},
        ]

    back = edited("labelstudio", change)
    (new,) = (each for each in back["facts"] if each["id"] == "n1")
    assert new == {"id": "n1", "start": year, "end": year + 4, "kind": "other"}
    assert back["relations"][0] == gold()["relations"][0]
    assert back["relations"][1:] == [
        {"id": "m1", "type": "ratio", "rate": "f4", "num": ["n1"], "den": ["f1"]},
        {"id": "m2", "type": "implied", "facts": ["f2", "f3"]},
    ]


def test_doccano_numbers_anew_and_the_facts_are_known_by_place() -> None:
    def renumber(record: Any) -> None:
        for entity in record["entities"]:
            entity["id"] += 1700
        for each in record["relations"]:
            each["from_id"] += 1700
            each["to_id"] += 1700
        record["entities"].reverse()
        record["Comments"] = []
        record["meta"] = {"heshu": record.pop("heshu")}

    assert edited("doccano", renumber) == gold()


def test_what_is_taken_out_takes_its_members_along() -> None:
    def change(record: Any) -> None:
        record["entities"] = [each for each in record["entities"] if each["id"] != 3]
        record["relations"] = [each for each in record["relations"] if each["to_id"] != 3]

    back = edited("doccano", change)
    assert list(by_id(back)) == ["f1", "f2", "f4"]
    assert back["relations"] == [{**gold()["relations"][0], "parts": ["f2"]}]

    def lead(record: Any) -> None:
        record["entities"] = [each for each in record["entities"] if each["id"] != 1]
        record["relations"] = []

    assert edited("doccano", lead)["relations"] == []


def test_an_arrow_taken_out_takes_the_member_but_not_the_fact() -> None:
    def change(lines: list[str]) -> None:
        lines.remove("R2\tsum_parts Arg1:T1 Arg2:T3")

    back = edited_brat(change)
    assert back["facts"] == gold()["facts"]
    assert back["relations"] == [{**gold()["relations"][0], "parts": ["f2"]}]


def test_lines_added_to_brat_make_facts_and_members() -> None:
    year = TEXT.index("2022")

    def change(lines: list[str]) -> None:
        lines += [f"T9\tother {year} {year + 4}\t2022", "A9\tBound T9 at_most", "R9\tsum_parts Arg1:T1 Arg2:T9", "E1\tother:T9"]

    back = edited_brat(change)
    assert by_id(back)["n1"] == {"id": "n1", "start": year, "end": year + 4, "kind": "other", "bound": "<="}
    assert back["relations"] == [{**gold()["relations"][0], "parts": ["f2", "f3", "n1"]}]


def test_a_span_deleted_in_brat_is_gone_from_its_relations() -> None:
    def change(lines: list[str]) -> None:
        lines[:] = [line for line in lines if "T3" not in line]

    back = edited_brat(change)
    assert list(by_id(back)) == ["f1", "f2", "f4"]
    assert back["relations"] == [{**gold()["relations"][0], "parts": ["f2"]}]


def test_a_span_moved_in_brat_keeps_its_fact() -> None:
    def change(lines: list[str]) -> None:
        at = next(n for n, line in enumerate(lines) if line.startswith("T4"))
        lines[at] = lines[at].replace("rate", "target").replace("96.5", "96").replace(str(TEXT.index("96.5") + 4), str(TEXT.index("96.5") + 2))

    back = by_id(edited_brat(change))["f4"]
    assert back == {**gold()["facts"][3], "kind": "target", "end": TEXT.index("96.5") + 2}


def test_a_document_of_spacys_own_comes_in() -> None:
    from spacy.tokens import Doc, DocBin, Span
    from spacy.vocab import Vocab

    doc = Doc(Vocab(), words=["检查", "120", "家"], spaces=[False] * 3)
    doc.spans["facts"] = [Span(doc, 1, 2, label="level")]
    (back,) = read(FORMATS["docbin"], {"out.spacy": DocBin(store_user_data=True, docs=[doc]).to_bytes()})
    assert back == Annotated(text="检查120家", gold={"doc": "doc-1", "facts": [{"id": "n1", "start": 2, "end": 5, "kind": "level"}], "relations": []})


def test_what_a_tool_cannot_give_is_read_from_the_text() -> None:
    text = "全年收入3.5亿元，其中税收超过1亿元。\n"
    marks: list[dict[str, Any]] = [
        {"id": f"n{n}", "start": text.index(at), "end": text.index(at) + len(at), "kind": "level"} for n, at in enumerate(("3.5", "1亿"))
    ]
    marks[1]["end"] -= 1
    drawn = {"id": "m1", "type": "part", "whole": "n1", "part": "n0"}
    whole = completed(Annotated(text=text, gold={"doc": "d", "facts": marks, "relations": [drawn]})).gold
    assert [(each["value"], each["unit"], each["bound"]) for each in whole["facts"]] == [("350000000", "元", "="), ("100000000", "元", ">")]
    assert all(each["mention"] == each["indicator"] == "" for each in whole["facts"])
    assert whole["relations"] == [{**drawn, "holds": True, "certainty": "certain"}]
    back = completed(Annotated(text=text, gold={"doc": "d", "facts": [marks[0], {**marks[1], "bound": "="}], "relations": [drawn]})).gold
    assert back["relations"][0]["holds"] is False
    assert completed(document()) == document()
