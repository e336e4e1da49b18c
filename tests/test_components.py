"""heshu inside spaCy: whole quantities, spans in anybody's pipeline, a pipeline that can be saved and sent to processes."""

from __future__ import annotations

import pickle
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language

import extract
from extract.components import FACTS, QUANTITIES

TEXT = "全年共检查企业一千二百五十六家，罚款1,234.5万元，同比增长３.５％。"


@cache
def loaded() -> Language:
    return extract.load()


@pytest.fixture
def nlp() -> Language:
    return loaded()


def test_quantities_are_single_tokens(nlp: Language) -> None:
    words = [token.text for token in nlp(TEXT)]
    assert "".join(words) == TEXT
    assert {"一千二百五十六家", "1,234.5万元", "３.５％"} <= set(words)


def test_facts_and_quantities_are_spans(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [(span.text, span.label_) for span in doc.spans[QUANTITIES]] == [
        ("一千二百五十六家", "count"),
        ("1,234.5万元", "money"),
        ("３.５％", "ratio"),
    ]
    assert [span.label_ for span in doc.spans[FACTS]] == ["level", "level", "growth"]
    assert [fact.quantity.unit for fact in doc.user_data["heshu"].facts] == ["家", "元", "%"]


def test_components_work_in_anybodys_pipeline() -> None:
    foreign = spacy.blank("xx")
    foreign.add_pipe("heshu_quantities")
    foreign.add_pipe("heshu_facts")
    doc = foreign("检查 企业 12家 ，罚款 30万元 。")
    assert [span.text for span in doc.spans[QUANTITIES]] == ["12家", "30万元"]
    assert len(doc.spans[FACTS]) == 2


@pytest.mark.parametrize("text", ["", " ", "\n\n", "没有数字。"])
def test_texts_without_numbers_have_no_spans(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert "".join(token.text for token in doc) == text
    assert not doc.spans[QUANTITIES]
    assert not doc.spans[FACTS]


def test_offsets_are_those_of_the_text_as_given(nlp: Language) -> None:
    text = "一、情况\n全年投入资金 240 万元，整改隐患30处。\n"
    doc = nlp(text)
    assert [text[span.start_char : span.end_char] for span in doc.spans[FACTS]] == ["240 万元", "30处"]


def test_the_pipeline_can_be_saved_and_pickled(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    for again in (spacy.load(tmp_path / "pipeline"), pickle.loads(pickle.dumps(nlp))):
        doc, known = again(TEXT), nlp(TEXT)
        assert [span.text for span in doc.spans[QUANTITIES]] == [span.text for span in known.spans[QUANTITIES]]


@settings(max_examples=60, deadline=None)
@example("0日元0")
@given(st.text(st.sampled_from("一二三十百万亿零0123456789.,，。、；\n \t家元%人（）：年月日第其中"), max_size=80))
def test_any_text_is_survived_and_kept(text: str) -> None:
    assert "".join(token.text for token in loaded()(text)) == text


def test_spacy_finds_the_components_without_an_import_of_ours() -> None:
    program = (
        "import spacy; nlp = spacy.blank('xx'); nlp.add_pipe('heshu_quantities'); doc = nlp('检查企业 12家 。'); "
        f"print([span.text for span in doc.spans['{QUANTITIES}']])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.stdout.decode().strip() == "['12家']", done.stderr.decode()
