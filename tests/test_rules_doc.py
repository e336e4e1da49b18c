"""The manual of every check: fixed headings, and samples that do what the manual says they do."""

from __future__ import annotations

from importlib import import_module

import pytest

import extract
from extract import ingest
from extract.check import check_rules
from extract.manual import HEADINGS, Page, pages
from extract.types import Finding

SHOWN = [pytest.param(page, id=page.rule.code) for page in pages()]


def findings(sample: str, code: str) -> tuple[Finding, ...]:
    """What the rule finds in a sample, and all rules that run without being asked for."""
    codes = [rule.code for rule in check_rules() if rule.code == code or not rule.on_request]
    return extract.check(ingest.read_text(sample), select=codes).findings


def part(page: Page, heading: str) -> str:
    return dict(page.parts)[heading]


@pytest.mark.parametrize("page", SHOWN)
def test_every_heading_stands_in_its_order_and_says_something(page: Page) -> None:
    assert [heading for heading, _ in page.parts] == list(HEADINGS)
    assert all(text.strip() for _, text in page.parts)
    assert page.summary.endswith("."), "the first line says in one sentence what must hold"
    assert page.rule.manual.startswith(f"{page.rule.code} {page.rule.name}: ")


@pytest.mark.parametrize("page", SHOWN)
def test_the_sample_fires(page: Page) -> None:
    found = findings(part(page, "Fires"), page.rule.code)
    assert page.rule.code in {finding.code for finding in found}
    assert all(finding.message and finding.message_en for finding in found)


@pytest.mark.parametrize("page", SHOWN)
def test_the_sample_that_is_left_alone_is_left_alone(page: Page) -> None:
    assert [finding.message for finding in findings(part(page, "Left alone"), page.rule.code)] == []


def test_each_code_has_a_file_of_its_own() -> None:
    rules = check_rules()
    assert len({rule.find.__module__ for rule in rules}) == len(rules)
    assert all(import_module(rule.find.__module__).CHECK is rule for rule in rules)


def test_each_check_has_a_name_of_its_own_in_both_languages() -> None:
    rules = check_rules()
    assert all(rule.name.isascii() and rule.name_zh and not rule.name_zh.isascii() for rule in rules)
    assert len({rule.name for rule in rules}) == len({rule.name_zh for rule in rules}) == len(rules)
