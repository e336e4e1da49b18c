"""What does not change what a report says does not change what is found in it; and what a cut took is never held to be wrong."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cache

import pytest

from benchmarks.texts import documents
from extract import ingest
from extract.pipeline import analyse
from extract.types import Report

PAGE = 76
"""Columns of a page; a Chinese character takes two."""
CUTS = 10
SELDOM = 0.1
"""The most cuts, of those that take the beginning of a report, that may bring up what the whole report does not."""
MOVED = 0.95
"""The least share of relations that do not depend on the order of the sections: what a passage leaves out is taken from what stands before it."""

EXACT = """青石县应急管理局2022年度部门整体支出绩效自评报告
一、预算执行情况
2022年年初预算1875.9万元，其中基本支出1200.4万元、项目支出675.5万元，合计1875.9万元。全年支出1500.72万元，预算执行率80%。
二、检查执法情况
全年检查生产经营单位12860家次，其中矿山2860家次、危险化学品4000家次、工贸6000家次。立案查处1286件，占检查家次的10%。
三、应急演练情况
全年组织应急演练120场次，上年为100场次，同比增长20%。按类型分，消防演练70场次、防汛演练60场次。
四、培训情况
全年培训应急管理人员13460人次，其中镇街8000人次、企业5000人次，培训费134.6万元。
"""


def verdicts(text: str) -> Counter[tuple[str, str, tuple[str, ...]]]:
    """How often which relation got which verdict: code, verdict, and the values of its facts."""
    report = analyse(ingest.read_text(text))
    facts = {fact.id: fact.quantity for fact in report.facts}

    def value(identity: str) -> str:
        quantity = facts[identity]
        found = quantity.value if quantity.value is not None else quantity.low
        return "?" if found is None else f"{found.normalize():f}"

    return Counter((check.code, check.verdict, tuple(sorted(map(value, check.facts)))) for check in report.checks)


def failing(counts: Counter[tuple[str, str, tuple[str, ...]]]) -> Counter[tuple[str, str, tuple[str, ...]]]:
    return Counter({key: n for key, n in counts.items() if key[1] == "fail"})


@cache
def whole_lines() -> tuple[str, ...]:
    """The project's documents with every paragraph on a line of its own, for a page has to break all of a text or nothing of it."""
    found = []
    for text in documents():
        text = text.replace("\r\n", "\n")
        document = ingest.read_text(text)
        for block in reversed([block for block in document.blocks if block.kind == "paragraph"]):
            place = document.source_span(block.span)
            text = text[: place.start] + re.sub(r"\s*\n\s*", "", text[place.start : place.end]) + text[place.end :]
        found.append(text)
    return tuple(found)


@cache
def known(number: int) -> Counter[tuple[str, str, tuple[str, ...]]]:
    return verdicts(whole_lines()[number])


# --- the same report, written otherwise -------------------------------------------------------------------------------


def columns(character: str) -> int:
    return 1 if character.isascii() else 2


def reflowed(text: str) -> str:
    """Lines broken at the edge of a page, no mark at the start of a line; tables as they are."""
    lines = []
    for line in text.split("\n"):
        if "\t" in line or "|" in line:
            lines.append(line)
            continue
        piece, width = "", 0
        for character in line:
            if width + columns(character) > PAGE and character not in "，。、；：！？）》”’」%％":
                lines.append(piece)
                piece, width = "", 0
            piece += character
            width += columns(character)
        lines.append(piece)
    return "\n".join(lines)


def full_width(text: str) -> str:
    """Digits, points and percent signs in full width."""
    return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.%"})


def with_separators(text: str) -> str:
    """A comma before each three digits of an integer that is no year and no number of a document or a telephone."""
    number = re.compile(r"(?<![\d.,，A-Za-z〔\[-])(?!(?:19|20)\d\d(?!\d))[1-9]\d{3,8}(?![\d号〕年,A-Za-z-])")
    return number.sub(lambda match: f"{int(match[0]):,}", text)


def without_separators(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)


def in_yuan(text: str) -> str:
    """1875.9万元 as 18759000元."""
    return re.sub(r"(\d+(?:\.\d+)?)万元", lambda match: f"{int(Decimal(match[1]) * 10000)}元", text)


def reordered(text: str) -> str:
    """The sections of the highest level in reverse order, what stands before the first in its place."""
    document = ingest.read_text(text)
    top = min((section.level for section in document.sections), default=0)
    starts = [document.source_span(section.heading).start for section in document.sections if section.level == top]
    if not starts:
        return text
    parts = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return text[: starts[0]] + "".join(part if part.endswith("\n") else part + "\n" for part in reversed(parts))


@pytest.mark.parametrize("change", [reflowed, full_width, with_separators, without_separators])
def test_the_way_of_writing_changes_no_verdict(change: Callable[[str], str]) -> None:
    touched = 0
    for number, text in enumerate(whole_lines()):
        other = change(text)
        touched += other != text
        assert verdicts(other) == known(number), number
    assert touched > 3


def test_the_order_of_the_sections_makes_nothing_wrong() -> None:
    kept = total = 0
    for number, text in enumerate(whole_lines()):
        found = verdicts(reordered(text))
        assert failing(found) <= failing(known(number)), number
        kept += (found & known(number)).total()
        total += known(number).total()
    assert kept >= MOVED * total


@pytest.mark.parametrize("change", [reflowed, full_width, with_separators, in_yuan, reordered])
def test_a_report_of_exact_figures_keeps_every_verdict(change: Callable[[str], str]) -> None:
    known = verdicts(EXACT)
    assert failing(known), "the report has an error to keep"
    assert sum(n for (_, says, _), n in known.items() if says == "pass") > 6
    assert change(EXACT) != EXACT
    assert verdicts(change(EXACT)) == known


# --- a report that was cut --------------------------------------------------------------------------------------------


def places(report: Report) -> list[tuple[str, set[int]]]:
    """Of each error and warning the code, and where in the file it points."""
    source = report.document.source_span
    facts = {fact.id: fact.quantity.span for fact in report.facts}
    return [
        (finding.code, {source(facts[i]).start for i in finding.facts} | {source(place).start for place in finding.places})
        for finding in report.findings
        if finding.severity != "info"
    ]


@pytest.mark.parametrize("number", range(len(documents())))
def test_a_text_cut_at_its_end_has_no_error_that_the_whole_has_not(number: int) -> None:
    text = documents()[number]
    known = {place for _, found in places(analyse(ingest.read_text(text))) for place in found}
    chance = random.Random(number)
    for _ in range(CUTS):
        end = chance.randrange(len(text) // 4, len(text))
        if text[end - 1].isdigit() and text[end].isdigit() and "\t" in text[text.rfind("\n", 0, end) + 1 : end]:
            # an integer in a table that lost its last digits is a number like any other
            continue
        wrong = [code for code, found in places(analyse(ingest.read_text(text[:end]))) if not found & known]
        assert wrong == [], (end, text[end - 20 : end])


def test_a_text_cut_at_its_start_seldom_has_one() -> None:
    """Seldom and not never: what a later sentence refers to may be gone, and no word of what is left tells so."""
    chance = random.Random(5)
    wrong = cuts = 0
    for text in documents():
        known = {place for _, found in places(analyse(ingest.read_text(text))) for place in found}
        for _ in range(CUTS // 2):
            start = chance.randrange(3 * len(text) // 4)
            cuts += 1
            found = places(analyse(ingest.read_text(text[start:])))
            wrong += any(not {start + place for place in at} & known for _, at in found)
    assert wrong <= SELDOM * cuts


@pytest.mark.parametrize(
    "text",
    [
        "一、检查情况\n全年检查企业120家，按类型分，化工企业70家、机械企业4",
        "一、检查情况\n全年检查企业120家，按类型分，化工企业70家、",
        "一、执法情况\n全年检查企业200家，立案20家，立案率10.5",
        "一、案件\n表1 案件统计表\n领域\t上半年\t下半年\t合计\n甲类\t100\t20\t120\n乙类\t60\t28\t88\n合计\t160\t4",
        "20家，按类型分，化工企业70家、机械企业50家。",
        "甲类\t100\t20\t120\n乙类\t60\t28\t88\n合计\t160\t48\t218\n",
        "、化工企业120家，其中大型企业70家、小型企业60家，整改率100%。",
    ],
)
def test_what_breaks_off_is_not_assessable(text: str) -> None:
    report = analyse(ingest.read_text(text))
    assert report.findings == ()
    assert all(check.verdict != "fail" for check in report.checks)


@pytest.mark.parametrize(
    "text",
    [
        "一、检查情况\n全年检查企业120家，按类型分，化工企业70家、机械企业40家。",
        "一、检查情况\n全年检查企业120家，按类型分，化工企业70家、机械企业40家\n",
        "一、检查情况\n全年检查企业120家，按类型分，化工企业70家、机械企业40家。\n青石县应急管理局\n2023年1月5日\n",
        "一、案件\n表1 案件统计表\n领域\t上半年\t下半年\t合计\n甲类\t100\t20\t120\n乙类\t60\t28\t88\n合计\t160\t48\t218",
    ],
)
def test_what_ends_is_held_to_its_word(text: str) -> None:
    assert [finding.severity for finding in analyse(ingest.read_text(text)).findings] == ["error"]
