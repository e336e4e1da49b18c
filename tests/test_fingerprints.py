"""Fingerprints: the same finding keeps its name wherever it moves and however its figures are printed; another has another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import ingest, pipeline
from extract.fingerprints import normalised
from extract.types import Finding

TITLE = "溪口区2022年度工作总结"
INSPECTION = "全年共检查企业1250家，按类型分，化工企业700家、机械企业600家，发现的隐患已全部移交属地督促整改并逐项销号，未发生迟报漏报情况。"
MONEY = "本年支出1875.9万元，其中：基本支出1230.5万元、项目支出640.4万元，合计与上述支出总额口径一致，资金均按规定程序批复使用。"
SECTIONS = {"检查情况": INSPECTION, "经费使用情况": MONEY, "队伍建设情况": "组织业务培训12期，参训人员430人次，人员能力进一步提升。"}


def document(sections: dict[str, str] = SECTIONS) -> str:
    numbers = "一二三四五"
    return "\n".join(
        [TITLE, *(line for number, (title, text) in zip(numbers, sections.items(), strict=False) for line in (f"{number}、{title}", text)), ""]
    )


def findings(text: str) -> tuple[Finding, ...]:
    return pipeline.analyse(ingest.read_text(text)).findings


def prints(text: str, *, remarks: bool = True) -> list[str]:
    return sorted(finding.fingerprint for finding in findings(text) if remarks or finding.severity != "info")


BEFORE = findings(document())


def test_there_is_something_to_name() -> None:
    assert [finding.code for finding in BEFORE] == ["S201", "S201"]
    assert len({finding.fingerprint for finding in BEFORE}) == 2
    assert all(re.fullmatch("[0-9a-f]{16}", finding.fingerprint) for finding in BEFORE)


def reflowed(text: str) -> str:
    """Long lines broken where a page would break them, numbers left whole."""
    return "\n".join(re.sub(r"(.{40}[^0-9.\n]*[^0-9.\n，。、：])(?=[^0-9.\n，。、：]{4})", "\\1\n", line) for line in text.split("\n"))


def wide(text: str) -> str:
    return re.sub(r"[0-9.]", lambda match: chr(ord(match[0]) + 0xFEE0), text)


EDITS = {
    "paragraphs before": document({"总体情况": "各项工作有序推进，现将有关情况报告如下。", **SECTIONS}),
    "paragraphs after": document() + "今后将继续努力。\n",
    "lines reflowed": reflowed(document()),
    "full width": wide(document()),
    "thousands separators": document().replace("1250", "1,250").replace("1875.9", "1,875.9").replace("1230.5", "1，230.5"),
    "without scale": document().replace("1875.9万元", "18759000元").replace("1230.5万元", "12305000元").replace("640.4万元", "6404000元"),
    "with spaces": document().replace("1875.9万元", "1875.9 万元").replace("1250家", "1250 家"),
    "sections reordered": document(dict(reversed(SECTIONS.items()))),
    "another section rewritten": document({**SECTIONS, "队伍建设情况": "举办培训15期，参训500人次。"}),
    "words elsewhere in the sentence": document({**SECTIONS, "检查情况": "聚焦重点行业，" + INSPECTION}),
    "trailing zeros": document().replace("1875.9万元", "1875.90万元"),
}


@pytest.mark.parametrize("edit", EDITS, ids=[name.replace(" ", "-") for name in EDITS])
def test_fingerprints_survive_edits_elsewhere(edit: str) -> None:
    assert EDITS[edit] != document()
    assert prints(EDITS[edit]) == sorted(finding.fingerprint for finding in BEFORE)


DOCUMENTS = Path(__file__).resolve().parents[1] / "annotations" / "documents"


@pytest.mark.parametrize("name", ["written-03", "written-05", "written-07", "written-09"])
def test_fingerprints_of_our_reports_survive_edits(name: str) -> None:
    text = ingest.read(DOCUMENTS / f"{name}.txt").source
    before = prints(text)
    title, _, rest = text.partition("\n")
    assert len(before) >= 3
    assert prints(f"{title}\n\n本报告经集体研究后形成，现予公开。\n\n{rest}") == before
    # Full-width figures are as wide as characters, which moves the edge at which a page breaks lines: remarks on cut text may differ.
    assert prints(wide(text), remarks=False) == prints(text, remarks=False)


@pytest.mark.parametrize(("old", "new"), [("700家", "710家"), ("1250家", "1260家"), ("化工企业", "冶金企业"), ("1230.5", "1230.6")])
def test_another_number_or_another_name_is_another_finding(old: str, new: str) -> None:
    [changed] = set(prints(document().replace(old, new))) - {finding.fingerprint for finding in BEFORE}
    assert len(set(prints(document().replace(old, new))) & {finding.fingerprint for finding in BEFORE}) == 1
    assert changed


def test_one_edit_leaves_the_other_finding_alone() -> None:
    assert set(prints(document().replace("1250", "1300"))) < {finding.fingerprint for finding in BEFORE}


HEADINGS = "溪口区2022年度工作总结\n（六）宣传工作\n开展宣传。\n（七）{}\n强化责任。\n（七）{}\n补齐短板。\n（八）总结\n持续用力。\n"


def test_places_without_numbers_are_known_by_the_words_that_follow() -> None:
    [first] = findings(HEADINGS.format("队伍建设", "保障工作"))
    [same] = findings("前言。\n" + HEADINGS.format("队伍 建设", "保障工作").replace("开展宣传", "开展宣传12场"))
    [other] = findings(HEADINGS.format("队伍建设", "应急工作"))
    assert first.code == "N702"
    assert first.fingerprint == same.fingerprint != other.fingerprint


def test_two_findings_that_read_the_same_are_told_apart() -> None:
    chapter = "\n（六）宣传工作\n开展宣传。\n（七）队伍建设\n强化责任。\n（七）队伍建设\n补齐短板。"
    twice = f"溪口区2022年度工作总结\n一、上半年{chapter}\n二、下半年{chapter}\n"
    found = findings(twice)
    assert [finding.code for finding in found] == ["N702", "N702"]
    assert len({finding.fingerprint for finding in found}) == 2
    assert findings(twice) == found
    [alone] = findings(f"溪口区2022年度工作总结\n一、上半年{chapter}\n")
    assert found[0].fingerprint == alone.fingerprint


@given(st.text(max_size=40))
def test_normalised_text_stays_as_it_is(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)
    assert not any(character.isspace() for character in normalised(text))
