"""Tokens: joined they give the text, quantities stay whole, and jieba's cache file is left alone."""

from __future__ import annotations

import pickle
import tempfile
from pathlib import Path
from typing import Any

import jieba
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks import texts
from extract import ingest
from extract.quantify import quantify
from extract.tokenise import GAP_TAG, OCCURRENCES, QUANTITY_TAG, Segmenter, common_words, dictionary, domain_words, pieces, segmenter, tokenise
from extract.types import Span


@pytest.mark.parametrize("text", ["死亡一千二百五十六万人，同比下降３.５％。", "比率0.94，共12 件。", "没有数。有3个数；没有。"])
def test_quantities_are_one_token_each(text: str) -> None:
    document = ingest.read_text(text, name="t", suffix=".txt")
    quantified = quantify(document)
    tokens = tokenise(document, quantified)
    assert [token.word for token in tokens if token.tag == QUANTITY_TAG] == [q.extent.of(document.text) for q in quantified.quantities]


def test_clauses_without_a_quantity_are_not_segmented() -> None:
    tokens = list(pieces("先写一句话。检查企业3家。", [Span(10, 12)]))
    assert tokens[0] == ("先写一句话。", GAP_TAG)
    assert [word for word, tag in tokens if tag != GAP_TAG] == ["检查", "企业", "3家", "。"]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="检查企业家0123456789，。\n\t（）%万 ", max_size=60))
def test_tokens_joined_give_the_text(text: str) -> None:
    document = ingest.read_text("甲" + text, name="t", suffix=".txt")
    tokens = tokenise(document, quantify(document))
    assert "".join(token.word for token in tokens) == document.text
    assert all(document.text[token.start : token.end] == token.word for token in tokens)


def test_every_word_where_asked() -> None:
    words = [word for word, _ in pieces("应急预案备案。", [], every=True)]
    assert words == ["应急预案", "备案", "。"]


@pytest.fixture(scope="module")
def oracle() -> Any:
    """jieba's own tokenizer with our dictionary."""
    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    frequencies = {word: int(count) for word, count, _ in map(str.split, lines) if int(count) >= 5}
    frequencies.update((word, int(count)) for word, count, _ in domain_words())
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dict(frequencies), OCCURRENCES, True
    for word in frequencies:
        for end in range(1, len(word)):
            tokenizer.FREQ.setdefault(word[:end], 0)
    return tokenizer


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="检查企业家的发展经济社会研究生命名不下降公里龘々Ab3%.-。，\n 　", max_size=40))
@example("他来到了网易杭研大厦，A4纸3.5%，研究生命的起源\n龘龘GB/T-8170。")
def test_words_are_those_of_jieba(oracle: Any, text: str) -> None:
    assert [word for word, _ in segmenter().cut(text)] == list(oracle.cut(text, HMM=False))


def test_every_common_word_is_found_by_its_first_character() -> None:
    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    common = [tuple(line.split(" ")) for line in lines if int(line.split(" ")[1]) >= 5]
    known = dictionary()
    assert [word for first in dict.fromkeys(word[0] for word, _, _ in common) for word in common_words(known, first)] == common


def test_a_word_of_one_character_has_its_tag_from_the_start() -> None:
    segmenter.cache_clear()
    assert segmenter().cut("鹰") == [("鹰", "n")]


def test_words_of_reports_are_those_of_jieba(oracle: Any) -> None:
    for text in texts.documents():
        found = [word for part in text.split("其中小") for word, _ in segmenter().cut(part)]
        assert found == [word for part in text.split("其中小") for word in oracle.cut(part, HMM=False)]


def test_the_cache_file_is_neither_read_nor_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    segmenter.cache_clear()
    try:
        assert segmenter().cut("应急管理")
    finally:
        segmenter.cache_clear()
    assert list(tmp_path.iterdir()) == []


def test_the_tokenizer_of_the_spacy_pipeline_pickles() -> None:
    import extract

    nlp = extract.load()
    tokenizer = pickle.loads(pickle.dumps(nlp.tokenizer))
    assert [token.text for token in tokenizer("检查企业3家")] == [token.text for token in nlp.tokenizer("检查企业3家")]


def test_a_character_counts_as_known_only_once_its_words_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests of the review page are answered in threads: one that cuts meanwhile has to learn the words itself."""
    own = Segmenter([])
    known_before: list[bool] = []

    def watched(lines: str, first: str) -> list[tuple[str, str, str]]:
        known_before.append(own._looked_up.issuperset(first))
        return common_words(lines, first)

    monkeypatch.setattr("extract.tokenise.common_words", watched)
    assert own.cut("检查企业") == [("检查", "vn"), ("企业", "n")]
    assert known_before == [False] * 4
