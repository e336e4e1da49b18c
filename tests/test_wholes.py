"""The whole that a number is a slice of, by cases: what each number of a text is reported under."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.catalogue import load
from extract.ingest import read_text
from extract.link import link
from extract.pipeline import analyse, stated
from extract.types import Report

CASES = Path(__file__).parent / "cases" / "wholes"
_CASE = re.compile(r"```zh\n(?P<text>.*?)```\s+```wholes\n(?P<expected>.*?)```", re.DOTALL)


def cases() -> list[tuple[str, str]]:
    found = [match for path in sorted(CASES.glob("*.md")) for match in _CASE.finditer(path.read_text("utf-8"))]
    return [(match["text"], match["expected"]) for match in found]


def told(report: Report) -> dict[str, list[str]]:
    links = {link.fact: link for link in report.links}
    names: dict[str, list[str]] = {}
    for fact in report.facts:
        where = links[fact.id]
        for name in (where.name, f"{where.name} | {where.slice or fact.subject}"):
            names.setdefault(fact.quantity.digits + fact.quantity.unit, []).append(name)
            names.setdefault(fact.quantity.digits, []).append(name)
    return names


@pytest.mark.parametrize(("text", "expected"), cases(), ids=[str(n) for n in range(len(cases()))])
def test_case(text: str, expected: str) -> None:
    names = told(analyse(read_text(text)))
    for line in expected.strip().splitlines():
        number, name = line.split(" => ")
        assert name in names[number], (number, names[number])


def test_checks_do_not_compare_a_slice_with_its_whole() -> None:
    """Both are reported as cases opened; the one is no restatement of the other."""
    text = "一、总体\n全年立案2835件。\n二、分领域\n货运、客运分别立案1974件和861件。\n"
    report = analyse(read_text(text))
    assert [link.name for link in report.links] == ["立案数"] * 3
    assert not report.findings


def test_links_by_own_words_are_kept_for_checks() -> None:
    document = read_text("货运、客运分别立案1974件和861件。")
    own = link(stated(document).facts, document, load())
    assert {each.name for each in own} == {"货运数", "客运数"}
    assert {each.slice for each in analyse(document).links} == {"货运", "客运"}


def test_a_figure_told_again_is_recognised_though_its_subject_is_told_once() -> None:
    text = "一、总体\n全年组织应急演练1286场次。\n二、分领域\n甲镇组织应急演练1286场次。\n"
    report = analyse(read_text(text))
    same = [check for check in report.checks if check.type == "same"]
    assert [check.verdict for check in same] == ["pass"]


def test_the_year_and_a_quarter_are_not_held_against_each_other() -> None:
    text = "一、全年\n全年培训基层人员1346人次。\n二、分季\n一季度培训基层人员1364人次。\n"
    assert not [check for check in analyse(read_text(text)).checks if check.type == "same"]
