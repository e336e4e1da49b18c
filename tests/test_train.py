"""Training: the same bytes from the same documents, and nothing learnt from a family that is put aside."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract import card, gold, ingest, learned, pipeline, related, train
from extract.candidates import candidates
from extract.relations import context_of
from tests.test_cli import heshu
from tests.test_learned import PAST, PLAN

REPORT = "某区政府工作报告\n一、2024年工作回顾\n" + PAST * 2 + "二、2025年工作安排\n" + re.sub(r"（.）", "", PLAN) * 4


# Sentences with words on both sides of a number, and whether those after it name it.
BOTH = (
    ("青山市河口镇录得122.4毫米的大暴雨。", True),
    ("整改3593条，剩余75条已落实管控措施。", False),
    ("市水务局紧急向下游调运700条编织袋。", True),
    ("结余26万元结转下年使用。", False),
)


# Numbers that belong together, far enough apart for the patterns, and others that only could.
TEAMS = "全镇现有扑火力量1255人。常年备勤的半专业队伍有430人，驻扎在林场。各村另组建了应急小分队825人。群众演练到场1255人，观摩395人。"


def annotate(folder: Path, name: str, text: str, *, targets: bool) -> None:
    """Writes a document whose facts are those that the patterns find, all of them targets or none; some of ``BOTH`` are
    named by the words after them."""
    texts = folder.parent / "documents"
    texts.mkdir(parents=True, exist_ok=True)
    folder.mkdir(exist_ok=True)
    (texts / f"{name}.txt").write_text(text, encoding="utf-8")
    document = ingest.read_text(text)
    facts: list[dict[str, Any]] = []
    found = pipeline.stated(document)
    for number, fact in enumerate(found.facts, 1):
        other = found.after.get(fact.quantity.span.start)
        named = next((after for sentence, after in BOTH if sentence in fact.sentence.of(document.text)), False)
        mention = other.of(document.text) if other is not None and named else fact.mention.text
        span = document.source_span(fact.quantity.span)
        facts.append(
            {
                "id": f"f{number}",
                "start": span.start,
                "end": span.end,
                "value": str(fact.quantity.value),
                "unit": fact.quantity.unit,
                "bound": fact.quantity.bound,
                "kind": "target" if targets else fact.kind,
                "mention": mention,
                "indicator": mention,
            }
        )
    teams = {fact["value"]: fact["id"] for fact in reversed(facts) if fact["unit"] == "人"}
    parts = [teams[value] for value in ("430", "825") if value in teams]
    relations = [{"id": "r1", "type": "sum", "total": teams["1255"], "parts": parts, "holds": True}] if parts else []
    raw = {"doc": name, "sha256": hashlib.sha256(text.encode()).hexdigest(), "facts": facts, "relations": relations}
    (folder / f"{name}.gold.json").write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def documents(tmp_path: Path) -> Sequence[gold.GoldDocument]:
    folder = tmp_path / "gold"
    for number in range(3):
        annotate(folder, f"a-plan-{number}", PLAN.replace("20家", f"{number + 3}0家"), targets=True)
        annotate(
            folder, f"a-past-{number}", PAST.replace("17起", f"{number + 2}7起") + "".join(sentence for sentence, _ in BOTH) + TEAMS, targets=False
        )
    return gold.load([folder])


@pytest.mark.parametrize("name", learned.NAMES)
def test_the_same_documents_give_the_same_bytes(name: str, documents: Sequence[gold.GoldDocument]) -> None:
    data = train.trained(name, documents)
    assert train.trained(name, list(reversed(documents))) == data
    assert data != train.trained(name, documents[1:])
    assert learned.read(name, data).sha256 == hashlib.sha256(data).hexdigest()


def test_what_was_learnt_is_known(documents: Sequence[gold.GoldDocument]) -> None:
    models = [learned.read(name, train.trained(name, documents)) for name in learned.NAMES]
    assert {fact.kind for fact in pipeline.analyse(ingest.read_text(PLAN), models=models).facts} == {"target"}
    past = pipeline.analyse(ingest.read_text(PAST + "".join(sentence for sentence, _ in BOTH)), models=models).facts
    assert "target" not in {fact.kind for fact in past}
    assert {"大暴雨", "编织袋", "结余"} <= {fact.mention.text for fact in past}


def test_relations_are_learnt_with_who_takes_which_part(documents: Sequence[gold.GoldDocument]) -> None:
    lesson = train.annotated(next(one for one in documents if one.name == "a-past-0"))
    assert sum(meant for _, meant in lesson.bonds) == 1 and len(lesson.bonds) > 2
    assert train.annotated(documents[0], bonds=False).bonds == ()
    model = learned.read("relations", train.trained("relations", documents))
    assert isinstance(model, related.Related)
    report = pipeline.analyse(ingest.read_text(TEAMS))
    likely = {
        found.type: model.likely(found) for found in candidates(context_of(report.document, report.facts, report.links)) if len(found.facts) == 3
    }
    assert likely["sum"] > max([0.0, *(chance for kind, chance in likely.items() if kind != "sum")])


def test_sentences_are_taught_by_people_and_by_headings(documents: Sequence[gold.GoldDocument]) -> None:
    plan = train.annotated(next(one for one in documents if one.name == "a-plan-0"))
    assert len(plan.facts) == 3 and all(plan.targets) and all(plan.ahead) and not plan.whole
    whole = train.reported("report", REPORT, ())
    assert whole is not None and whole.whole and whole.family == "report"
    assert 20 <= sum(whole.ahead) < len(whole.ahead)
    assert set(whole.targets) == {True, False}
    assert train.reported("past", PAST * 3, ()) is None


def test_a_report_is_of_the_family_of_what_was_cut_from_it(documents: Sequence[gold.GoldDocument]) -> None:
    whole = train.reported("report", REPORT, documents)
    assert whole is not None and whole.family in {"a-plan-0", "a-past-0"}


def test_nothing_is_learnt_from_a_family_put_aside(documents: Sequence[gold.GoldDocument], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = train.reported("report", REPORT, documents)
    assert whole is not None
    learnt: list[set[str]] = []
    whatever = train.trained("sides", documents)

    def fit(name: str, lessons: Sequence[train.Lesson], *, without: str) -> bytes:
        learnt.append({lesson.family for lesson in lessons})
        return whatever

    monkeypatch.setattr(train, "fit", fit)
    learn = train.learner(documents, [whole], names=["sides"])
    for known, aside in gold.folds(documents):
        learn(known)
        out = {one.family for one in aside}
        assert learnt[-1] == {one.family for one in documents} - out
        assert (whole.family in learnt[-1]) == (whole.family not in out)


def test_ablations_change_what_is_learnt(documents: Sequence[gold.GoldDocument]) -> None:
    lessons = [train.annotated(one) for one in documents]
    whole = train.reported("report", REPORT, ())
    assert whole is not None
    more = [replace(whole, family=f"report-{number}", name=f"report-{number}") for number in range(6)]
    for name, all_of_them in train.ABLATIONS.items():
        models = {without: train.fit(name, [*lessons, *more], without=without) for without in ("", *all_of_them)}
        assert len(set(models.values())) == len(models)


def test_nothing_to_learn_is_said(tmp_path: Path) -> None:
    annotate(tmp_path / "gold", "a-past", PAST, targets=False)
    for name in learned.NAMES:
        with pytest.raises(ValueError, match="to learn from"):
            train.trained(name, gold.load([tmp_path / "gold"]))


def test_the_command_writes_model_and_card(documents: Sequence[gold.GoldDocument], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card, "FOLDS", 2)
    monkeypatch.setattr(card, "ABLATIONS", {"sides": ("marks",), "tense": ("wide",), "relations": ("cues",)})
    done = heshu("train", "--gold", tmp_path / "gold", "--shared", tmp_path, "--output", tmp_path / "models")
    assert done.returncode == 0, done.stderr
    for name, without in (("sides", "marks"), ("relations", "the words around the numbers"), ("tense", "the 500 characters to either side")):
        folder = tmp_path / "models" / name
        assert (folder / "weights.npz").read_bytes() == train.trained(name, documents)
        written = (folder / "CARD.md").read_text(encoding="utf-8")
        assert "6 annotated documents (6 families)" in written
        assert "| patterns alone |" in written and f"| without {without} |" in written
    assert "reports whose headings tell plans from results: none" in written


def test_the_command_says_that_there_is_nothing_to_learn(tmp_path: Path) -> None:
    annotate(tmp_path / "gold", "a-past", PAST, targets=False)
    done = heshu("train", "--gold", tmp_path / "gold", "--shared", tmp_path, "--output", tmp_path / "models")
    assert done.returncode == 2 and "to learn from; name more annotations" in done.stderr and not (tmp_path / "models").exists()
