"""Scores: the shared scorer's to the last count, and read, kept, compared and written down without loss."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extract
from extract import evaluate, gold, mutants, scoring
from extract.errors import UnreadableError
from extract.gold import GoldDocument
from extract.scoring import FIELDS, Looked, Outcome, Raised, Scores, Stated, b_cubed, outcome_of, pair, same_mention, score
from extract.types import Document, Report
from tests import test_annotations
from tests.test_cli import heshu

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "annotations" / "gold"
SHARED = gold.find_shared()
CHANGES = ("value", "unit", "bound", "kind", "mention", "link")


@cache
def written() -> tuple[GoldDocument, ...]:
    return gold.load([GOLD])


@cache
def analysed(text: str) -> Report:
    return extract.check(text)


def analyse(document: Document) -> Report:
    return replace(analysed(document.source), document=document)


def perfect(document: GoldDocument) -> Outcome:
    """What a report says that agrees with the annotation in everything."""
    facts = tuple(
        Stated(
            id=f"s{fact.id}",
            start=fact.start,
            end=fact.end,
            value=fact.value,
            low=fact.low,
            high=fact.high,
            unit=fact.unit,
            bound=fact.bound,
            kind=fact.kind,
            mention=fact.mention,
            link=fact.indicator,
        )
        for fact in document.facts
    )
    ids = [(relation, frozenset(f"s{i}" for i in relation.facts)) for relation in document.relations]
    return Outcome(
        facts=facts,
        checks=tuple(Looked(code="S201", type=r.type, facts=members, verdict="pass" if r.holds else "fail", holds=r.holds) for r, members in ids),
        findings=tuple(Raised(code="S201", severity="error", facts=members, places=(), message="") for r, members in ids if not r.holds),
    )


def altered(outcome: Outcome, chance: random.Random) -> Outcome:
    """The outcome with all sorts of things wrong with it."""
    facts = []
    for fact in outcome.facts:
        roll = chance.random()
        if roll < 0.05:
            continue
        if roll < 0.1:
            facts.append(replace(fact, start=fact.start + 40, end=fact.end + 40, id=f"{fact.id}x"))
        if roll > 0.5:
            field = chance.choice(CHANGES)
            wrong = {"value": Decimal(7), "link": chance.choice(("", "a", "b"))}
            changed: dict[str, Any] = {field: wrong.get(field, chance.choice(("%", "", fact.mention[:2])))}
            fact = replace(fact, **changed)
        facts.append(fact)
    ids = [fact.id for fact in facts]
    return Outcome(
        facts=tuple(facts),
        checks=tuple(
            replace(check, facts=check.facts | set(chance.sample(ids, chance.choice((0, 0, 1)))), holds=chance.choice((check.holds, None, False)))
            for check in outcome.checks
            if chance.random() < 0.8
        ),
        findings=(
            *(finding for finding in outcome.findings if chance.random() < 0.7),
            *(Raised(code="D101", severity=s, facts=frozenset(chance.sample(ids, 2)), places=(), message="") for s in ("error", "info")),
        ),
    )


def as_json(outcome: Outcome) -> str:
    """The outcome as the JSON of FORMAT, as far as the shared scorer reads it."""

    def text(value: Decimal | None) -> str | None:
        return None if value is None else f"{value:f}"

    return json.dumps(
        {
            "facts": [
                {
                    "id": f.id,
                    "start": f.start,
                    "end": f.end,
                    "value": text(f.value),
                    "low": text(f.low),
                    "high": text(f.high),
                    "unit": f.unit,
                    "bound": f.bound,
                    "kind": f.kind,
                    "mention": f.mention,
                    "indicator_id": None,
                    "indicator": f.link,
                }
                for f in outcome.facts
            ],
            "checks": [{"code": c.code, "type": c.type, "roles": {"facts": sorted(c.facts)}, "holds": c.holds} for c in outcome.checks],
            "findings": [{"code": f.code, "severity": f.severity, "facts": sorted(f.facts)} for f in outcome.findings],
        }
    )


def shared_scorer() -> ModuleType:
    """The module score.py of the shared folder."""
    path = SHARED / "gold" / "score.py" if SHARED else None
    if path is None or not path.exists():
        pytest.skip("the shared scorer is not beside the project")
    spec = importlib.util.spec_from_file_location("shared_score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def same_as_shared(scores: Scores, folder: Path, outcomes: Path) -> None:
    wanted, _ = shared_scorer().score(folder, outcomes)
    assert wanted["documents"] == len(scores.documents) and not wanted["missing"]
    found = {
        "facts": scores.facts,
        "strict (span, value, unit, bound, kind)": scores.strict,
        "complete (strict and mention)": scores.complete,
        "findings": scores.findings,
    }
    for name, figure in found.items():
        rates = {"precision": figure.precision, "recall": figure.recall, "f1": figure.f1}
        assert wanted[name] == {**rates, "tp": figure.tp, "fp": figure.fp, "fn": figure.fn}
    assert wanted["accuracy"] == {field: scores.accuracy(field).value for field in FIELDS}
    clusters = scores.linking
    assert wanted["linking (B-cubed)"] == pytest.approx(
        {"precision": clusters.precision, "recall": clusters.recall, "f1": clusters.f1, "items": clusters.items}, abs=1e-12
    )
    types = {f"relations:{kind}": kind for kind in scores.relation_types()}
    assert {key for key in wanted if key.startswith("relations:")} == set(types)
    for key, kind in {"relations": "", **types}.items():
        covered, agreed = scores.relations(kind, key="covered"), scores.relations(kind)
        assert wanted[key] == {"gold": agreed.of, "covered": covered.value, "agreed": agreed.value}


# Annotations as values


def test_every_document_of_our_own_has_its_text() -> None:
    documents = written()
    assert len(documents) >= 10 and gold.present(documents) == documents
    assert all(document.facts and document.relations and document.collection == "written" for document in documents)
    first = documents[0]
    assert first.text is not None and first.facts[0].value == 14000000 and first.text[first.facts[0].start : first.facts[0].end] == "1,400"


def made(folder: Path, name: str, text: str, **more: object) -> Path:
    """An annotation file with one fact, its number the first digits of the text."""
    digits = re.search(r"\d+", text)
    assert digits is not None
    fact = {
        "id": "f1",
        "start": digits.start(),
        "end": digits.end(),
        "value": digits[0],
        "unit": "家",
        "bound": "=",
        "kind": "level",
        "indicator": "检查企业家数",
        "mention_start": 0,
        "mention_end": digits.start(),
    }
    about = {"org": None, "region": "甲县", "year": "2022"}
    raw = {"doc": name, "sha256": hashlib.sha256(text.encode()).hexdigest(), **about, "facts": [fact], "relations": []}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.gold.json"
    path.write_text(json.dumps({**raw, **more}, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_text_is_found_by_name_or_cut_from_its_source_and_only_the_annotated_one(tmp_path: Path) -> None:
    whole, part = "开头。检查\n企业12家。结尾", "检查\n企业12家。"
    source = {"file": "files/long.txt", "reader": "decoded", "start": 3, "end": 3 + len(part)}
    made(tmp_path / "standoff", "a-cut", part, source=source)
    made(tmp_path / "standoff", "b-beside", part)
    made(tmp_path / "standoff", "c-other", part)
    made(tmp_path / "standoff", "d-unknown", part, source={**source, "reader": "camera"})
    made(tmp_path / "standoff", "e-moved", part, source={**source, "start": 0})
    made(tmp_path / "standoff", "f-gone", part, source={**source, "file": "files/gone.txt"})
    for path, text in {"documents/b-beside": part, "documents/c-other": whole, "shared/corpus/files/long": whole}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / f"{path}.txt").write_bytes(text.encode())
    found = {document.name[0]: document for document in gold.load([tmp_path / "standoff"], shared=tmp_path / "shared")}
    assert [name for name, document in found.items() if document.text == part] == ["a", "b"]
    assert found["a"].facts[0].mention == "检查企业" and found["a"].family == "files/long.txt" and found["b"].family == "b-beside"
    said = {name: document.absent for name, document in found.items() if document.text is None}
    assert "not the text that was annotated" in said["c"] and "'camera'" in said["d"]
    assert "has not the text" in said["e"] and "gone.txt is not here" in said["f"]
    assert "--shared" in gold.load([tmp_path / "standoff"])[0].absent


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"doc": "a", "sha256": "b", "facts": [{}], "relations": []}'])
def test_a_broken_annotation_file_is_named(tmp_path: Path, broken: str) -> None:
    (tmp_path / "a.gold.json").write_text(broken, encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"a\.gold\.json: no annotation file"):
        gold.load([tmp_path])
    with pytest.raises(UnreadableError, match="none"):
        gold.load([tmp_path / "none"])


def test_the_data_hash_is_that_of_annotations_and_texts_in_any_order() -> None:
    documents = written()
    assert gold.data_hash(documents) == gold.data_hash(documents[::-1])
    assert gold.data_hash(documents) != gold.data_hash(documents[1:])
    assert gold.data_hash(documents) != gold.data_hash([replace(documents[0], digest="0"), *documents[1:]])


def tiny(name: str, family: str, facts: int) -> GoldDocument:
    return replace(written()[0], name=name, family=family, facts=written()[0].facts[:facts], relations=())


@given(families=st.lists(st.tuples(st.sampled_from("abcdefg"), st.integers(1, 9)), min_size=2, max_size=20), count=st.none() | st.integers(2, 6))
def test_folds_test_each_document_once_and_never_train_on_its_family(families: list[tuple[str, int]], count: int | None) -> None:
    documents = [tiny(f"x-{n}", family, facts) for n, (family, facts) in enumerate(families)]
    folds = gold.folds(documents, count)
    distinct = len({family for family, _ in families})
    assert len(folds) == min(count or distinct, distinct)
    assert sorted(document.name for _, test in folds for document in test) == sorted(document.name for document in documents)
    for train, test in folds:
        assert test and not {document.family for document in train} & {document.family for document in test}
        assert len(train) + len(test) == len(documents)
    assert folds == gold.folds(documents[::-1], count)


def test_one_fold_is_none() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        gold.folds(written(), 1)


# Scores


@pytest.mark.parametrize("document", written(), ids=lambda document: document.name)
def test_what_agrees_in_everything_scores_one(document: GoldDocument) -> None:
    scores = Scores((score(document, perfect(document)),))
    assert [evaluate.value(figure) for figure in evaluate.figures(scores).values()] == pytest.approx([1] * 15)
    assert scores.facts.tp == sum(not fact.optional for fact in document.facts)
    assert not [item for item in scores.documents[0].judged if item.wrong]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("value", "values"), ("unit", "units"), ("bound", "bounds"), ("kind", "kinds"), ("mention", "mentions")],
)
def test_a_field_that_is_wrong_costs_that_field(field: str, wrong: str) -> None:
    document = written()[0]
    outcome = perfect(document)
    value = Decimal("0.5") if field == "value" else "?"
    changed: dict[str, Any] = {field: value}
    found = Scores((score(document, replace(outcome, facts=tuple(replace(fact, **changed) for fact in outcome.facts))),))
    assert {name: found.accuracy(name).value for name in FIELDS} == {name: 0.0 if name == wrong else 1.0 for name in FIELDS}
    assert found.facts.f1 == 1 and found.strict.f1 == (1 if field == "mention" else 0) and found.complete.f1 == 0


def test_nothing_found_scores_nothing_and_says_what_is_missed() -> None:
    document = written()[0]
    one = score(document, Outcome(facts=(), checks=(), findings=()))
    scores = Scores((one,))
    assert (scores.facts.tp, scores.facts.fn) == (0, sum(not fact.optional for fact in document.facts))
    assert scores.linking.items == 0 and scores.relations().right == 0 and scores.findings.recall == 0
    assert {item.wrong for item in one.judged} == {("facts",), ("checks",), ("findings",)}


@pytest.mark.parametrize(
    ("annotated", "found", "same"),
    [
        ("排查整治隐患", "整治隐患", True),
        ("检查企业", "企业", True),
        ("检查企业", "业", False),
        ("检查企业", "", False),
        ("", "检查", True),
        ("ＧＤＰ 增速", "GDP增速", True),
        ("排查隐患", "发现问题", False),
    ],
)
def test_names_agree_by_their_characters(annotated: str, found: str, same: bool) -> None:
    assert same_mention(annotated, found) is same


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30))
def test_b_cubed_by_its_definition(pairs: list[tuple[int, int]]) -> None:
    named = [(str(a), str(b)) for a, b in pairs]
    shares = [
        (
            sum(x == (a, b) for x in named) / sum(y == b for _, y in named),
            sum(x == (a, b) for x in named) / sum(x == a for x, _ in named),
        )
        for a, b in named
    ]
    clusters = b_cubed(named)
    assert clusters.precision == pytest.approx(sum(p for p, _ in shares) / len(shares))
    assert clusters.recall == pytest.approx(sum(r for _, r in shares) / len(shares))
    assert b_cubed([(a, a) for a, _ in named]).f1 == pytest.approx(1)


def test_of_two_overlaps_the_greater_is_paired_and_each_numeral_once() -> None:
    document = written()[0]
    fact = replace(document.facts[0], start=10, end=16)
    stated = perfect(document).facts[0]
    near, far = replace(stated, id="near", start=11, end=16), replace(stated, id="far", start=8, end=12)
    pairs, missed, extra = pair([fact], [far, near])
    assert [(a.start, b.id) for a, b in pairs] == [(10, "near")] and not missed and [one.id for one in extra] == ["far"]
    pairs, missed, extra = pair([fact, replace(fact, id="g", start=16, end=18)], [near])
    assert len(pairs) == 1 and [one.id for one in missed] == ["g"] and not extra


def test_scores_of_damaged_outcomes_are_those_of_the_shared_scorer(tmp_path: Path) -> None:
    chance = random.Random(5)
    scored = []
    for document in written():
        outcome = altered(perfect(document), chance)
        (tmp_path / f"{document.name}.json").write_text(as_json(outcome), encoding="utf-8")
        scored.append(score(document, outcome))
    scores = Scores(tuple(scored))
    assert 0.5 < scores.facts.f1 < 1 and 0.1 < scores.relations().value < 1 and 0 < scores.findings.f1 < 1
    same_as_shared(scores, GOLD, tmp_path)


@pytest.mark.parametrize("folder", ["dev", "written"])
def test_scores_of_reports_are_those_of_the_shared_scorer(folder: str, tmp_path: Path) -> None:
    from extract import report

    shared_scorer()
    assert SHARED is not None
    documents = gold.load([SHARED / "gold" / folder], shared=SHARED)

    def kept(document: Document) -> Report:
        found = analyse(document)
        (tmp_path / f"{document.name}.json").write_text(report.write(found, "json"), encoding="utf-8")
        return found

    same_as_shared(evaluate.evaluate(documents, kept), SHARED / "gold" / folder, tmp_path)


def test_groups_add_up_to_the_whole() -> None:
    scores = evaluate.evaluate(written()[:4], analyse)
    for by in ("genre", "collection", "family", "name"):
        groups = scores.grouped(by)
        assert sum((group.counts for group in groups.values()), start=type(scores.counts)()) == +scores.counts
        assert sum(group.linking.items for group in groups.values()) == scores.linking.items
    assert list(scores.grouped("name")) == [document.name for document in written()[:4]]


def test_cross_validation_learns_from_other_families_only() -> None:
    documents = written()[:8]
    seen: list[set[str]] = []

    def learn(train: Sequence[GoldDocument]) -> Callable[[Document], Report]:
        families = {document.family for document in train}
        seen.append(families)
        by_name = {document.name: document.family for document in documents}

        def reads(document: Document) -> Report:
            assert by_name[document.name] not in families
            return analyse(document)

        return reads

    assert evaluate.cross_validate(documents, learn, count=3) == evaluate.evaluate(documents, analyse)
    assert len(seen) == 3


# One number broken


def raw_gold(name: str) -> Any:
    return json.loads((GOLD / f"{name}.gold.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("document", written()[:10], ids=lambda document: document.name)
def test_a_mutant_differs_in_one_number_and_breaks_its_relation(document: GoldDocument) -> None:
    made = mutants.mutants(document, most=12)
    assert made and made == mutants.mutants(document, most=12)
    raw = raw_gold(document.name)
    assert document.text is not None
    for mutant in made:
        shift = len(mutant.new) - len(mutant.old)
        assert mutant.new != mutant.old and mutant.text[mutant.start : mutant.end] == mutant.new
        assert mutant.text[: mutant.start] + mutant.old + mutant.text[mutant.end :] == document.text
        originals = {(start - shift, end - shift) if start > mutant.start else (start, end) for start, end in mutant.others}
        places = {fact["id"]: (fact["start"], fact["end"]) for fact in raw["facts"]}
        changed = next(fact for fact in raw["facts"] if fact["start"] == mutant.start)
        scale = abs(Decimal(changed["value"])) / Decimal(mutant.old) if Decimal(mutant.old) else Decimal(1)
        sign = -1 if Decimal(changed["value"]) < 0 else 1
        facts = {fact["id"]: fact for fact in raw["facts"]}
        facts[changed["id"]] = {**changed, "value": f"{sign * Decimal(mutant.new) * scale:f}"}
        shown = {i: test_annotations.digits(fact, document.text) for i, fact in facts.items()} | {changed["id"]: mutant.new}
        ranges = {i: test_annotations.interval(fact, shown[i]) for i, fact in facts.items()}
        broken = [
            relation
            for relation in raw["relations"]
            if relation["type"] == mutant.type and {places[i] for i in test_annotations.roles(relation)} == originals | {places[changed["id"]]}
        ]
        assert any(test_annotations.judged(relation, facts, ranges) is False for relation in broken), mutant.name


def test_who_reports_everything_catches_every_mutant_and_who_is_silent_none() -> None:
    document = written()[0]
    for mutant in mutants.mutants(document, most=6):
        places = ((mutant.start, mutant.end), *mutant.others)
        loud = Raised(code="D101", severity="warning", facts=frozenset("ab"), places=places, message="")
        outcome = Outcome(facts=(), checks=(), findings=(loud,))
        assert mutants.judged(mutant, outcome) == (True, True)
        assert mutants.judged(mutant, replace(outcome, findings=(replace(loud, places=places[:1]),))) == (True, not mutant.others)
        assert mutants.judged(mutant, replace(outcome, findings=(replace(loud, severity="info"),))) == (False, False)
    caught = mutants.caught([document], analyse, most=6)
    whole = mutants.together(caught)
    assert whole.mutants == 6 * len(mutants.SEEDS) and 0 < whole.located <= whole.found <= whole.mutants
    silent = mutants.caught([document], lambda read: replace(analyse(read), findings=()), most=6)
    assert mutants.together(silent) == mutants.Caught(whole.mutants, 0, 0)
    lines = list(mutants.missed([document], lambda read: replace(analyse(read), findings=()), most=6))
    assert len(lines) == whole.mutants
    assert len(list(mutants.missed([document], analyse, most=6))) == whole.mutants - whole.located
    assert all(line.startswith(document.name + "~") and " → " in line for line in lines)


def test_a_document_without_a_text_has_no_mutants() -> None:
    assert mutants.mutants(replace(written()[0], text=None)) == ()


# Runs


@cache
def a_run() -> evaluate.Run:
    documents = written()[:3]
    scores = evaluate.evaluate(documents, analyse)
    gone = replace(documents[0], name="gone-1", text=None, absent="its text is not here")
    return evaluate.run(
        "patterns",
        (*documents, gone),
        scores,
        model="patterns",
        version="0",
        date="2026-01-31",
        mutants={"sum": mutants.Caught(4, 3, 2)},
        speed=evaluate.Speed(characters=1000, heshu=50.0, jieba=100.0),
    )


def test_a_run_survives_json() -> None:
    run = a_run()
    again = evaluate.from_json(evaluate.to_json(run))
    assert evaluate.page([again]) == evaluate.page([run])
    assert evaluate.to_json(again) == evaluate.to_json(run)
    assert evaluate.comparison(run, again).endswith("No figure differs.\n")


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"format": "heshu/1"}'])
def test_what_is_no_run_is_refused(tmp_path: Path, broken: str) -> None:
    (tmp_path / "run.json").write_text(broken, encoding="utf-8")
    with pytest.raises(UnreadableError, match="no run of 'heshu evaluate --json'"):
        evaluate.load(tmp_path / "run.json")
    with pytest.raises(UnreadableError, match="No such file"):
        evaluate.load(tmp_path / "none.json")


def header_of(page: str) -> dict[str, Any]:
    """The fields that the header of a page holds."""
    line = next(line for line in page.splitlines() if line.startswith(evaluate.MARK))
    fields: dict[str, Any] = json.loads(line.removeprefix(evaluate.MARK).removesuffix("-->"))
    return fields


def test_a_page_has_a_header_denominators_and_the_runs_side_by_side() -> None:
    run = a_run()
    page = evaluate.page([run, replace(run, name="again", mutants=None, speed=None)])
    header = header_of(page)
    assert header["data"] == gold.data_hash(written()[:3]) and header["documents"] == 3 and header["date"] == "2026-01-31"
    assert header["facts"] == sum(len(document.facts) for document in written()[:3])
    lines = page.splitlines()
    assert "- gone-1: its text is not here." in lines
    assert sum(bool(re.match(r"\| +\| patterns \| of +\| +again \| of +\|$", line)) for line in lines) == 1
    assert any(re.match(r"\| broken numbers found +\| +0\.750 \| 3 of 4 ", line) for line in lines)
    assert any(re.match(r"\| speed, .* \| +0\.50 \| 1,000 characters ", line) for line in lines)
    tables = [line for line in lines if line.startswith("|")]
    assert all(line.endswith("|") for line in tables) and evaluate.tables(run.scores) in page


def test_a_comparison_says_what_was_gained_and_lost() -> None:
    document = written()[0]
    outcome = perfect(document)
    names = [fact.id for fact in document.facts if not fact.optional]

    def run(*changes: tuple[int, str]) -> evaluate.Run:
        facts = list(outcome.facts)
        for at, kind in changes:
            place = next(n for n, fact in enumerate(facts) if fact.id == f"s{names[at]}")
            facts[place] = replace(facts[place], kind=kind)
        scores = Scores((score(document, replace(outcome, facts=tuple(facts))),))
        return evaluate.run("x", [document], scores, model="patterns", version="0", date="2026-01-31")

    shown = evaluate.comparison(run((0, "other"), (1, "other")), run((1, "other"), (2, "other"), (3, "other")))
    assert f"gained: 1\n  {document.name} {names[0]} kinds" in shown
    assert f"lost: 2\n  {document.name} {names[2]} kinds" in shown
    assert re.search(r"\| kinds right +\| \S+ +\| \S+ +\| -0\.008 \|", shown)
    assert "wrong in another way" not in shown


def test_speed_is_measured_beside_jieba() -> None:
    speed = evaluate.speed(written()[:1], lambda document: analysed(document.source), repeat=1)
    assert written()[0].text is not None and speed.characters == len(written()[0].text or "")
    assert speed.heshu > 0 and speed.jieba > 0 and speed.ratio == speed.heshu / speed.jieba


# The page of the project, and the command


def test_the_page_is_what_the_command_writes() -> None:
    page = (ROOT / "EVALUATION.md").read_text(encoding="utf-8")
    header = header_of(page)
    assert header["format"] == evaluate.FORMAT and re.fullmatch(r"\d{4}-\d\d-\d\d", header["date"])
    assert header["documents"] > 0 and header["facts"] > 0
    documents = gold.load(gold.find_annotations(), shared=SHARED)
    if header["data"] != gold.data_hash(documents):
        pytest.skip("other data than those of EVALUATION.md")
    from extract.cli._models import analyser, scores

    tables = evaluate.tables(scores(header["model"], documents, analyser(header["model"]), SHARED))
    assert page.endswith(tables), "run: heshu evaluate --write"


def test_the_command_scores_keeps_and_compares(tmp_path: Path) -> None:
    run = tmp_path / "run.json"
    done = heshu("evaluate", "--gold", GOLD, "--only", "written-02", "--mutants", "2", "--json", run)
    assert done.returncode == 0, done.stderr
    assert header_of(done.stdout)["documents"] == 1
    assert evaluate.load(run).scores.documents[0].name == "written-02"
    assert mutants.together(evaluate.load(run).mutants or {}).mutants == 2 * len(mutants.SEEDS)
    assert "No figure differs." in heshu("evaluate", "--compare", run, run).stdout
    beside = heshu("evaluate", "--gold", GOLD, "--only", "written-02", "--name", "mine", "--beside", run)
    assert re.search(r"^\| +\| +mine \| of +\| default \| of +\|$", beside.stdout, re.MULTILINE)
    wrong = heshu("evaluate", "--gold", GOLD, "--only", "written-02", "--errors", "checks")
    count = next(one for one in evaluate.load(run).scores.documents)
    assert len(wrong.stdout.splitlines()) == sum("checks" in item.wrong for item in count.judged) > 0


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    done = heshu("evaluate", "--gold", GOLD, "--only", "written-02", "--write", "--mutants", "1", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "EVALUATION.md").read_text(encoding="utf-8")
    assert page == done.stdout and "part of jieba.lcut" in page and "## One number broken" in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--gold", "."], "no *.gold.json"),
        (["--gold", str(GOLD), "--only", "nothing"], "no annotated document"),
        (["--beside", "none.json"], "No such file"),
        (["--compare", "none.json", "none.json"], "No such file"),
    ],
)
def test_the_command_says_what_is_missing_in_one_line(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = heshu("evaluate", *arguments, cwd=tmp_path)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_texts_that_are_missing_are_named(tmp_path: Path) -> None:
    made(tmp_path / "gold", "a-one", "检查企业12家。")
    made(tmp_path / "gold", "a-two", "检查企业13家。")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a-two.txt").write_text("检查企业13家。", encoding="utf-8")
    done = heshu("evaluate", "--gold", tmp_path / "gold", "--texts", tmp_path / "texts")
    assert done.returncode == 0 and done.stderr.startswith("heshu: a-one left out: ") and "a-two" in done.stdout


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_an_outcome_of_a_report_has_its_places_in_the_source(number: int) -> None:
    text = f"全年检查\n企业{number}家，其中甲镇1家、乙镇2家。"
    outcome = outcome_of(extract.check(text))
    assert [text[fact.start : fact.end] for fact in outcome.facts] == [str(number), "1", "2"]
    assert all(place in {(fact.start, fact.end) for fact in outcome.facts} for finding in outcome.findings for place in finding.places)
    assert scoring.Share(0, 0).value == 1.0
