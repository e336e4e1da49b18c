"""Time grows with the text and no faster. What is counted is work, not time: how often a function is called."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import worst
from benchmarks.texts import documents
from benchmarks.worst_texts import FULL, dense_columns
from extract import intervals as iv
from extract import kinds, learned
from extract.checks import _items
from extract.checks._solve import needs, solve
from extract.ingest import read_text
from extract.mapped import Mapped
from extract.pipeline import analyse
from extract.readers._pipes import pipes_to_tabs
from extract.relations import Relation, context_of
from extract.segments import LONGEST_CLAUSE, LONGEST_SENTENCE, clauses, sentences
from extract.types import Block, Interval, Span
from tests.work import calls

PART = 1000
"""Of the full sizes."""
MOST = 2.5
"""The most that twice the text may take."""


class Walked(tuple[Block, ...]):
    """Blocks that count how many of them are looked at; walking over all of them is one call."""

    looks = 0

    def __iter__(self) -> Iterator[Block]:
        for block in super().__iter__():
            Walked.looks += 1
            yield block

    def __getitem__(self, key: SupportsIndex | slice) -> Any:
        found = super().__getitem__(key)
        Walked.looks += len(found) if isinstance(found, tuple) else 1
        return found


def _analyse(text: str) -> None:
    document = read_text(text)
    analyse(replace(document, blocks=Walked(document.blocks)))


@pytest.mark.parametrize("make", FULL, ids=lambda make: make.__name__)
def test_work_grows_with_the_text_and_no_faster(make: Callable[[int], str], monkeypatch: pytest.MonkeyPatch) -> None:
    def both(n: int) -> tuple[int, int]:
        monkeypatch.setattr(Walked, "looks", 0)
        return calls(partial(_analyse, make(n))), Walked.looks

    size = max(60, FULL[make] // PART)
    # a limit that is passed on the way (so many figures back) costs once: work that grows faster does so at both sizes
    assert any(all(twice <= MOST * once for once, twice in zip(both(n), both(2 * n), strict=True)) for n in (size, 2 * size))


def test_what_was_learned_looks_at_a_dense_table_in_time_that_grows_with_it() -> None:
    models = learned.models()
    _analyse(dense_columns(20))
    once, twice = (calls(partial(analyse, read_text(dense_columns(n)), models=models)) for n in (150, 300))
    assert twice <= MOST * once


def test_work_that_grows_with_the_square_is_seen() -> None:
    def square(n: int) -> int:
        return sum(abs(a - b) for a in range(n) for b in range(n))

    assert calls(lambda: square(200)) > MOST * calls(lambda: square(100))


# --- what was found to grow faster ------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ["第{0}项\t每降低1%扣0.5分\n", "第{0}组有以下两方面工作\t一是检查企业12家，二是整改隐患3项\n"], ids=["score", "list"])
def test_a_row_of_a_table_does_not_walk_over_the_document(row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def looks(n: int) -> int:
        monkeypatch.setattr(Walked, "looks", 0)
        _analyse("名称\t情况\n" + "".join(row.format(k) for k in range(n)))
        return Walked.looks

    assert looks(200) <= MOST * looks(100)


class Copied(str):
    """A text that counts the characters that are copied out of it."""

    characters = 0

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        found = str.__getitem__(self, key)
        Copied.characters += len(found)
        return found


@pytest.mark.parametrize("name", ["long_sentence", "equal_numbers", "of_which", "ratios"])
def test_a_paragraph_is_not_copied_for_each_of_its_numbers(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make = next(make for make in FULL if make.__name__ == name)

    def copied(n: int) -> int:
        document = read_text(make(n))
        monkeypatch.setattr(Copied, "characters", 0)
        analyse(replace(document, text=Copied(document.text)))
        return Copied.characters

    assert copied(800) <= 5 * copied(200)


def test_the_label_of_a_paragraph_is_looked_for_where_it_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []

    class Label:
        def match(self, text: str, start: int, end: int) -> None:
            shown.append(end - start)

    monkeypatch.setattr(kinds, "_GOAL_LABEL", Label())
    analyse(read_text("全年检查企业120家，" * 100))
    assert len(shown) == 100 and max(shown) <= 40


_INTERVALS = st.builds(
    lambda low, width, open_: Interval(low=None if open_ == 1 else low, high=None if open_ == 2 else low + width, low_open=open_ == 3),
    st.decimals(-1000, 1000, places=2),
    st.decimals(0, 10, places=1),
    st.integers(0, 5),
)


@given(st.lists(_INTERVALS, max_size=8))
def test_the_others_of_each_part_are_its_total_without_it(parts: list[Interval]) -> None:
    assert iv.others(parts) == [iv.total(parts[:n] + parts[n + 1 :]) for n in range(len(parts))]


def test_what_each_member_of_a_sum_needs_is_asked_of_all_at_once() -> None:
    document = read_text("全年支出" + "、".join(f"第{n}类{n + 10}.5万元" for n in range(300)) + "，合计9万元。")
    report = analyse(document)
    facts = report.facts
    context = context_of(document, facts, report.links)
    total, *parts = (fact.id for fact in facts)
    relation = Relation(type="sum", roles={"total": (total,), "parts": tuple(parts[2:]), "less": tuple(parts[:2])})
    asked = 0

    def values(identity: str) -> Interval:
        nonlocal asked
        asked += 1
        return context.by_id[identity].quantity.interval

    found = dict(needs(relation, values, context))
    assert asked <= 3 * len(facts)
    assert found == {fact.id: solve(relation, fact.id, values, context) for fact in facts}


def test_what_is_told_of_a_class_is_looked_for_once_for_all_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    usual = _items._CLASS_TOTAL

    class Total:
        def search(self, words: str) -> object:
            nonlocal asked
            asked += 1
            return usual.search(words)

    monkeypatch.setattr(_items, "_CLASS_TOTAL", Total())
    subject = "{0}支出（类）支出6万元。\n" + "".join(f"{n}.{{0}}支出（类）第{n}项支出{n}万元。\n" for n in (1, 2, 3))
    report = analyse(read_text("".join(subject.format(a + b) for a in "农林水路桥" for b in "甲乙丙丁戊己庚辛壬癸")))
    assert sum(check.type == "sum" and check.verdict == "pass" for check in report.checks) >= 50
    assert 200 <= asked <= 400


@pytest.mark.parametrize("piece", ["检查企业12家", "检查企业12家，", "检查企业12家、", "检查 ", "检"])
def test_a_text_without_marks_is_cut_into_sentences_and_clauses(piece: str) -> None:
    text = piece * 3000
    whole = Span(0, len(text))
    for pieces, longest in ((sentences(text, whole), LONGEST_SENTENCE), (clauses(text, whole), LONGEST_CLAUSE)):
        assert max(map(len, pieces)) <= longest
        assert "".join(span.of(text) for span in pieces) == text


def test_a_sentence_of_usual_length_is_never_cut() -> None:
    for text in documents():
        for block in read_text(text).blocks:
            assert all(span.of(text)[-1:] != "，" for span in sentences(text, block.span)[:-1])


@pytest.mark.parametrize(("row", "cells"), [("| a | b |", " a \t b "), ("  |a\\|b|| c|", "  a|b\t\t c")])
def test_the_outer_bars_of_a_row_go_and_the_inner_ones_part_cells(row: str, cells: str) -> None:
    assert pipes_to_tabs(Mapped.of(row)).text == cells


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_power_is_that_of_the_growth() -> None:
    square = [worst.Cost(1000, 1.0), worst.Cost(2000, 4.0)]
    assert math.isclose(worst.power(square), 2.0)
    assert worst.power([worst.Cost(1000, 0.1), worst.Cost(2000, 0.4)]) == 0.0
    assert not worst.row("a", square, 1.25)[1]
    assert worst.row("a", [worst.Cost(1000, 1.0), worst.Cost(2000, 2.0)], 1.25)[1]
    assert not worst.row("a", [worst.Cost(1000, said="longer than 5 s")], 1.25)[1]


def test_a_text_is_measured_in_a_process_of_its_own() -> None:
    found = worst.cost("全年检查企业120家。" * 100)
    assert (found.characters, found.said) == (1100, "")
    assert 0 < found.seconds < math.inf
