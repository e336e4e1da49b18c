"""What arithmetic says in words: one table for both languages."""

from __future__ import annotations

import re

import pytest

import extract
from extract import ingest
from extract.phrases import PHRASES, chinese, english, in_lang
from extract.writers._arithmetic import arithmetic_of, note_of

_HAN = re.compile(r"[一-龥，。；：（）]")


@pytest.mark.parametrize("phrase", PHRASES)
def test_each_phrase_is_read_back_with_its_figures(phrase: str) -> None:
    figures = ["21.5%", "8.22 km", "7"][: PHRASES[phrase][0].count("{}")]
    assert PHRASES[phrase][1].count("{}") == len(figures)
    assert english(chinese(phrase, *figures)) == PHRASES[phrase][1].format(*figures)


def test_words_that_are_no_phrase_stay() -> None:
    assert english("单价 × 数量 = 金额，另有说明") == "单价 × 数量 = 金额，另有说明"
    assert in_lang("占比合计100%", "the shares add up", "en") == "the shares add up"
    assert in_lang("占比合计100%", "", "zh") == "占比合计100%"


@pytest.mark.parametrize(
    "text",
    [
        "全年发生事故17起，同比下降22.5%。",
        "检查企业120家，其中甲类50家、乙类60家，合计120家。",
        "全年检查企业2846家次，立案查处164件，占检查家次的13.98%。",
        "全年培训1346人次。\n二、结论\n全年培训1364人次。",
    ],
)
def test_arithmetic_and_notes_in_english_hold_no_chinese_but_units(text: str) -> None:
    report = extract.check(ingest.read_text(f"一、情况\n{text}\n"))
    assert report.checks
    told = [arithmetic_of(check, "en") for check in report.checks] + [arithmetic_of(finding, "en") for finding in report.findings]
    assert [words for words in told if _HAN.search(re.sub(r"(?<=[0-9] )(?:起|家次|家|件|人次)", "", words))] == []
    assert not any(_HAN.search(note_of(check, "en")) for check in report.checks)
