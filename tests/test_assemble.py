"""Facts: each naming rule, kind and cell reading by Markdown cases, and the laws that hold for any text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import ingest
from extract.assemble import Assembled, assemble, rules
from extract.quantify import quantify
from extract.rules._antecedents import index_of
from extract.tag import tag
from extract.tokenise import tokenise
from extract.types import Document, Fact, stated

CASES = Path(__file__).parent / "cases" / "facts"
_CASE = re.compile(r"^# (?P<title>.+?)\n(?P<why>.*?)^```zh\n(?P<zh>.*?)^```\n+^```facts\n(?P<facts>.*?)^```", re.MULTILINE | re.DOTALL)


def facts_of(text: str) -> tuple[Document, Assembled]:
    document = ingest.read_text(text, name="case", suffix=".txt")
    quantified = quantify(document)
    return document, assemble(document, quantified, tag(tokenise(document, quantified), document, quantified))


def line(document: Document, fact: Fact, facts: dict[str, Fact]) -> str:
    parts = [fact.quantity.extent.of(document.text), stated(fact.quantity), fact.kind, fact.mention.text]
    if fact.antecedent:
        parts.append(facts[fact.antecedent].quantity.extent.of(document.text))
    return " | ".join(parts)


def cases() -> Iterator[object]:
    for path in sorted(CASES.glob("*.md")):
        for number, match in enumerate(_CASE.finditer(path.read_text(encoding="utf-8")), 1):
            yield pytest.param(match["title"], match["zh"], match["facts"].splitlines(), id=f"{path.stem}-{number}")


@pytest.mark.parametrize(("title", "text", "wanted"), list(cases()))
def test_case(title: str, text: str, wanted: list[str]) -> None:
    document, found = facts_of(text)
    by_id = {fact.id: fact for fact in found.facts}
    assert [line(document, fact, by_id) for fact in found.facts] == wanted, title


def test_every_rule_has_a_case_that_fires_and_one_that_is_left_alone() -> None:
    titles = "\n".join(re.findall(r"^# (.+)$", "\n".join(path.read_text(encoding="utf-8") for path in CASES.glob("*.md")), re.MULTILINE))
    for rule in rules():
        told = [title for title in titles.splitlines() if title.startswith(f"{rule.name}:")]
        assert any("left alone" in title for title in told), rule.name
        assert any("left alone" not in title for title in told), rule.name


WORDS = st.sampled_from(
    [
        *("检查企业", "其中", "，", "。", "12.5万", "家次", "同比下降", "26.7%", "（", "）", "分别", "为", "、", "3"),
        *("人", "占", "的", "得", "分", "近", "1/4", "\t", "\n"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=30).map("".join))
def test_any_text_is_survived_and_every_quantity_accounted_for(text: str) -> None:
    document = ingest.read_text("甲" + text, name="any", suffix=".txt")
    quantified = quantify(document)
    found = assemble(document, quantified, tag(tokenise(document, quantified), document, quantified))
    spans = sorted([fact.quantity.span for fact in found.facts] + [other.span for other in found.others])
    assert spans == [quantity.span for quantity in quantified.quantities]
    known: set[str] = set()
    for fact in found.facts:
        assert fact.antecedent == "" or fact.antecedent in known
        known.add(fact.id)


def test_text_put_in_front_only_shifts_the_spans() -> None:
    text = "检查企业120家次，其中甲镇70家次、乙镇50家次。"
    lead = "没有数字的一段话。\n"
    _, alone = facts_of(text)
    _, behind = facts_of(lead + text)
    shifted = [(fact.quantity.span.start + len(lead), fact.mention.text, fact.kind) for fact in alone.facts]
    assert [(fact.quantity.span.start, fact.mention.text, fact.kind) for fact in behind.facts] == shifted


def test_an_antecedent_is_looked_for_from_the_last_fact_on() -> None:
    looked: list[int] = []

    class Noted(list[Fact]):
        def __getitem__(self, index: Any) -> Any:
            looked.append(index)
            return super().__getitem__(index)

        def __iter__(self) -> Iterator[Fact]:
            raise AssertionError("all are walked over")

    facts = facts_of("全年检查企业120家，" * 50)[1].facts
    decided = Noted(facts)
    assert index_of(decided, facts[-2].id) == len(facts) - 2
    assert looked == [len(facts) - 1, len(facts) - 2]
    assert index_of(decided, "") is None and index_of(decided, "f0") is None
