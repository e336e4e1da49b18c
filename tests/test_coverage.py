"""Every numeral is accounted for: checked, not checked and why, no fact and why."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import extract
from extract import ingest, report
from extract.coverage import coverage, tally
from extract.types import Report, Span
from extract.writers import View
from extract.writers._summary import shares
from extract.writers._words import word
from tests import made

_NUMERAL = re.compile(r"[0-9]+|[〇零一二两三四五六七八九十百千万亿]+")
_WORDS = (
    "检查企业 12家 ， 。 \n \t 一、 （二） 进一步 2021年 3.5% 约600余条 其中 一是 | # - 百分之三 12 — 一百二十 \n\n 第3页 1,234 ５ 万元 "
    "同比下降 表1 合计 项目 5 三年行动 数十人 \n－2－\n 30-50万 得分 目标≥95% 公式*100% 第十条 ①"
)
_PIECES = st.lists(st.sampled_from(_WORDS.split(" ")), max_size=30).map("".join)


def read(text: str) -> Report:
    return extract.check(ingest.read_text(text))


@settings(deadline=None, max_examples=300)
@given(st.one_of(_PIECES, st.text(max_size=60)))
@example("一、检查\n－ 2 －\n全年检查企业12家。")
@example("1\n2\n3\n")
@example("1,234\n－2－\n12家")
def test_every_numeral_is_accounted_for_once(text: str) -> None:
    found = read("检查。" + text)
    document = found.document
    held = [0] * (len(document.text) + 1)
    spans = [fact.quantity.extent for fact in found.facts] + [numeral.span for numeral in found.numerals]
    for at in (at for span in spans for at in range(span.start, span.end)):
        held[at] += 1
    for match in _NUMERAL.finditer(document.text):
        inside = held[match.start() : match.end()]
        assert max(inside) == 1, (text, match)
        assert not match[0].isascii() or min(inside) == 1, (text, match)
    accounts = coverage(found)
    for first, second in pairwise(accounts):
        # The number of a page may stand inside a number that the page cut.
        assert first.place.end <= second.place.start or (second.reason == "page_number" and second.place.end < first.place.end)
    places = {document.source_span(fact.quantity.span) for fact in found.facts} | {document.source_span(n.span) for n in found.numerals}
    assert places <= {account.place for account in accounts}
    for account in accounts:
        assert bool(account.reason) is (account.status != "checked")
        assert bool(account.fact) is (account.status != "not_a_fact")


def test_numbers_of_pages_are_accounted_for_in_the_source() -> None:
    source = "一、检查情况\n全年检查企业120家，按类型分，化工企业70家、机\n－ 12 －\n械企业50家。\n"
    found = read(source)
    [page] = [account for account in coverage(found) if account.reason == "page_number"]
    assert page.place.of(source) == "12"


def reason(text: str, numeral: str) -> str:
    found = read(text)
    return next(account.reason for account in coverage(found) if account.place.of(found.document.source) == numeral)


@pytest.mark.parametrize(
    ("text", "numeral", "why"),
    [
        ("一、检查情况\n全年检查企业120家。\n", "120", "single_statement"),
        ("一、检查情况\n全年检查企业120家。\n二、上年情况\n2019年检查企业40家。\n", "40", "other_scope"),
        ("一、下步打算\n力争全年培训不少于500人次。\n", "500", "target_without_actual"),
        ("一、整改情况\n隐患整改率97.2%。\n", "97.2", "rate_without_terms"),
        ("一、财政情况\n一般公共预算支出比上年增长6.3%。\n", "6.3", "change_without_levels"),
        ("一、检查情况\n2022年全年检查企业120家。\n", "2022", "year"),
        ("一、检查情况\n全年检查企业120家，按类型分，化工企业70家、机械企业50家。\n", "70", ""),
    ],
    ids=["single", "scope", "target", "rate", "change", "year", "checked"],
)
def test_reasons(text: str, numeral: str, why: str) -> None:
    assert reason(text, numeral) == why


def test_a_relation_that_nobody_can_judge_says_why() -> None:
    accounts = {account.fact: account for account in coverage(made.report()) if account.fact}
    assert (accounts["f4"].status, accounts["f4"].reason, accounts["f4"].note) == ("not_checked", "not_assessable", "单位不明")
    assert accounts["f5"].status == "checked", "one relation that was judged is enough"


def test_the_tally_adds_up_and_is_sorted() -> None:
    found = made.report()
    told = tally(coverage(found))
    assert sum(told["checked"].values()) + sum(told["not_checked"].values()) == len(found.facts)
    assert sum(told["not_a_fact"].values()) == len(found.numerals)
    for counts in told.values():
        assert list(counts.values()) == sorted(counts.values(), reverse=True)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6))
def test_shares_add_up(parts: list[int]) -> None:
    shown = shares(parts)
    if not sum(parts):
        assert set(shown) == {"–"}
        return
    percents = [int(share.removesuffix("%")) for share in shown]
    assert sum(percents) == 100
    assert all(abs(percent - 100 * part / sum(parts)) < 1 for percent, part in zip(percents, parts, strict=True))


def test_json_and_text_say_the_same() -> None:
    found = read("一、检查情况\n2022年全年检查企业120家，按类型分，化工企业70家、机械企业50家，立案12件。\n")
    written = json.loads(report.write(found, "json"))
    assert written["coverage"]["checked"] == sum(fact["status"] == "checked" for fact in written["facts"]) == 3
    assert written["coverage"]["not_checked"] == {"single_statement": 1}
    assert written["coverage"]["numerals"] == len(written["facts"]) + len(written["numerals"])
    assert "coverage" not in json.loads(report.write(found, "json", View(subject="facts")))
    text = report.write(found, "text")
    assert f"数字 {written['coverage']['numerals']} 个：已核对的事实 3（" in text
    assert "未核对的事实：只出现一次、无从比对 1" in text


def test_every_reason_has_words() -> None:
    """The reasons of the cases of all patterns, and those of facts."""
    from tests.test_quantify import CASES

    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*.md")))
    seen = {match[1] for match in re.finditer(r"\| – (\w+)$", text, re.MULTILINE)}
    facts = {"single_statement", "other_scope", "not_assessable", "target_without_actual", "rate_without_terms", "change_without_levels"}
    claims = {"hierarchy", "period", "indefinite", "ratio_base", "unit", "code", "footnote", "name", "year", "list_number"}
    for each in seen | facts | claims | {"score_without_total", "constant"}:
        assert word(f"reason.{each}", "zh") != each, each


def test_a_report_without_checks_leaves_all_facts_unchecked() -> None:
    found = replace(made.report(), checks=(), findings=())
    assert {account.status for account in coverage(found) if account.fact} == {"not_checked"}
    assert all(account.place != Span(0, 0) for account in coverage(found))
