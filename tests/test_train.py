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

from extract import card, gold, ingest, learned, pipeline, train
from tests.test_cli import heshu
from tests.test_learned import PAST, PLAN

REPORT = "某区政府工作报告\n一、2024年工作回顾\n" + PAST * 2 + "二、2025年工作安排\n" + re.sub(r"（.）", "", PLAN) * 4


def annotate(folder: Path, name: str, text: str, *, targets: bool, family: str = "") -> None:
    """Writes a document whose facts are those that the patterns find, all of them targets or none."""
    texts = folder.parent / "documents"
    texts.mkdir(parents=True, exist_ok=True)
    folder.mkdir(exist_ok=True)
    (texts / f"{name}.txt").write_text(text, encoding="utf-8")
    document = ingest.read_text(text)
    facts: list[dict[str, Any]] = []
    for number, fact in enumerate(pipeline.stated(document).facts, 1):
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
                "mention": fact.mention.text,
                "indicator": fact.mention.text,
            }
        )
    raw = {"doc": name, "sha256": hashlib.sha256(text.encode()).hexdigest(), "facts": facts, "relations": [], "family": family or name}
    (folder / f"{name}.gold.json").write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def documents(tmp_path: Path) -> Sequence[gold.GoldDocument]:
    folder = tmp_path / "gold"
    for number in range(3):
        annotate(folder, f"a-plan-{number}", PLAN.replace("20家", f"{number + 3}0家"), targets=True)
        annotate(folder, f"a-past-{number}", PAST.replace("17起", f"{number + 2}7起"), targets=False)
    return gold.load([folder])


def test_the_same_documents_give_the_same_bytes(documents: Sequence[gold.GoldDocument]) -> None:
    data = train.trained(documents)
    assert train.trained(list(reversed(documents))) == data
    assert data != train.trained(documents[1:])
    model = learned.read(data)
    assert model.sha256 == hashlib.sha256(data).hexdigest()
    read = ingest.read_text(PLAN)
    assert {fact.kind for fact in pipeline.analyse(read, models=[model]).facts} == {"target"}
    assert "target" not in {fact.kind for fact in pipeline.analyse(ingest.read_text(PAST), models=[model]).facts}


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

    def fit(lessons: Sequence[train.Lesson], *, without: str) -> learned.Tense:
        learnt.append({lesson.family for lesson in lessons})
        return learned.shipped("tense")

    monkeypatch.setattr(train, "fit", fit)
    learn = train.learner(documents, [whole])
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
    models = {without: train.fit([*lessons, *more], without=without) for without in ("", *train.ABLATIONS)}
    assert len({model.sha256 for model in models.values()}) == len(models)
    assert models["near"].near == 0 != models["near"].wide and models["wide"].wide == 0 != models["wide"].near


def test_nothing_to_learn_is_said(tmp_path: Path) -> None:
    annotate(tmp_path / "gold", "a-past", PAST, targets=False)
    with pytest.raises(ValueError, match="to learn from"):
        train.trained(gold.load([tmp_path / "gold"]))


def test_the_command_writes_model_and_card(documents: Sequence[gold.GoldDocument], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card, "FOLDS", 2)
    monkeypatch.setattr(card, "ABLATIONS", ("wide",))
    done = heshu("train", "--gold", tmp_path / "gold", "--shared", tmp_path, "--output", tmp_path / "models")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "models" / "tense"
    assert (folder / "weights.npz").read_bytes() == train.trained(documents)
    written = (folder / "CARD.md").read_text(encoding="utf-8")
    assert "6 annotated documents (6 families)" in written and "reports whose headings tell plans from results: none" in written
    assert "| patterns alone |" in written and "| without the 500 characters to either side |" in written


def test_the_command_says_that_there_is_nothing_to_learn(tmp_path: Path) -> None:
    annotate(tmp_path / "gold", "a-past", PAST, targets=False)
    done = heshu("train", "--gold", tmp_path / "gold", "--shared", tmp_path, "--output", tmp_path / "models")
    assert done.returncode == 2 and "to learn from; name more annotations" in done.stderr and not (tmp_path / "models").exists()
