"""Reports as they leave the program: JSON that keeps to its schema, rows that a spreadsheet can open, text for people."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from dataclasses import replace
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import extract
from extract import explain, report, structure
from extract.errors import ConfigurationError
from extract.types import Place, Span
from extract.writers import View
from extract.writers._lines import Lines
from extract.writers._quote import Mark, Quoter
from extract.writers._style import Style, columns, padded, shortened
from extract.writers._values import plain, reprinted, with_unit
from tests import made

SCHEMA = json.loads(resources.files("extract").joinpath("data/schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def as_json(**view: Any) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(report.write(made.report(), "json", View(**view)))
    return parsed


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("subject", ["check", "facts"])
def test_json_keeps_to_its_schema(subject: str) -> None:
    found = as_json(subject=subject)
    VALIDATOR.validate(found)
    assert ("findings" in found) is ("checks" in found) is (subject == "check")


@pytest.mark.parametrize(
    ("key", "damage"),
    [("value", "1.2E+7"), ("value", 12), ("kind", "amount"), ("start", -1), ("confidence", 1.5), ("surprise", 1)],
)
def test_the_schema_notices_damage(key: str, damage: object) -> None:
    found = as_json()
    found["facts"][0][key] = damage
    assert not VALIDATOR.is_valid(found)


def test_json_offsets_point_into_the_source() -> None:
    found = as_json()
    assert [made.SOURCE[fact["start"] : fact["end"]] for fact in found["facts"]] == ["120", "7\n0", "60", "1.5", "1,300.5"]
    assert [made.SOURCE[entry["start"] : entry["end"]] for entry in found["numerals"]] == ["2022", "一"]
    fact = found["facts"][2]
    assert made.SOURCE[fact["mention_start"] : fact["mention_end"]] == fact["mention"] == "检查企业"
    assert [made.SOURCE[place["start"] : place["end"]] for place in found["findings"][1]["places"]] == ["一、", "二、"]


def test_json_fills_in_what_the_document_says_of_itself() -> None:
    first, second, *_ = as_json()["facts"]
    assert (first["subject"], first["period"]) == ("南溪区", "2022")
    assert second["subject"] == "甲镇"
    assert first["indicator"] == "检查企业数"
    assert first["maker"] == ["pattern:amount", "rule:value_after_object", "link:alias"]


def test_json_writes_numbers_plainly() -> None:
    facts = as_json()["facts"]
    assert (facts[3]["value"], facts[3]["interval"]) == ("-15000", ["-15000", None])
    assert (facts[4]["value"], facts[4]["interval"]) == ("13005000", ["13004500", "13005500"])
    assert as_json()["findings"][0]["repair"] == {"fact": "f1", "value": "130"}


def test_json_is_byte_identical_whatever_the_view() -> None:
    first = report.write(made.report(), "json", View(colour=True, width=40, lang="en"))
    assert first == report.write(made.report(), "json")


def test_roles_are_ids_and_verdicts_say_whether_they_hold() -> None:
    checks = as_json()["checks"]
    assert checks[0]["roles"] == {"total": "f1", "parts": ["f2", "f3"]}
    assert [check["holds"] for check in checks] == [False, None, True]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=None))
def test_plain_keeps_the_value_and_needs_no_exponent(value: Decimal) -> None:
    text = plain(value)
    assert text is not None
    assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text)
    assert Decimal(text) == value


def test_no_limit_stays_no_limit() -> None:
    assert plain(None) is None
    assert plain(Decimal("-0")) == "0"


def test_a_repair_is_printed_as_the_document_prints_its_numbers() -> None:
    found = made.report()
    money, fall, count = found.facts[4].quantity, found.facts[3].quantity, found.facts[0].quantity
    assert reprinted(found, money, Decimal("12990000")) == "1,299.0"
    assert reprinted(found, money, Decimal("12990001")) == "1,299.0001"
    assert reprinted(found, fall, Decimal("-16000")) == "1.6"
    assert reprinted(found, count, Decimal("1.3E+3")) == "1300"


def test_a_repair_of_a_number_in_words_is_a_plain_number() -> None:
    found = made.report()
    words = replace(found.facts[0].quantity, span=Span(made.TEXT.index("全年"), made.TEXT.index("全年") + 2))
    assert reprinted(found, words, Decimal("1.3E+2")) == "130家"


def rows(subject: str, **view: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report.write(made.report(), "csv", View(subject=subject, **view)))))  # type: ignore[arg-type]


def test_csv_has_a_row_a_fact_and_a_row_a_finding() -> None:
    facts = rows("facts")
    assert [row["id"] for row in facts] == ["f1", "f2", "f3", "f4", "f5"]
    assert facts[4]["text"] == "1,300.5"
    assert (facts[2]["line"], facts[2]["column"]) == ("4", "6")
    findings = rows("check", lang="en")
    assert [row["code"] for row in findings] == ["S201", "N702"]
    assert findings[0]["message"].startswith("The parts")


def test_csv_runs_no_formula_from_a_document() -> None:
    evil = replace(made.report().facts[0], subject="=HYPERLINK(1)")
    found = report.write(replace(made.report(), facts=(evil,)), "csv", View(subject="facts"))
    assert ",'=HYPERLINK(1)," in found
    negative = rows("facts")[3]
    assert negative["value"] == "-15000"


def test_facts_show_the_unit_that_their_table_declares() -> None:
    text = report.write(made.report(), "text", View(subject="facts"))
    assert "1,300.5 [万元]" in text
    assert "120家 " in text


def test_triples_are_a_line_a_fact() -> None:
    lines = report.write(made.report(), "triples", View(subject="facts")).splitlines()
    assert lines[1].split("\t") == ["f2", "甲镇", "检查企业数", "70家", "level", "2022", ""]
    assert len(lines) == 5


def test_text_shows_place_words_arithmetic_and_repair() -> None:
    text = report.write(made.report(), "text")
    assert "错误[S201] 检查企业的分项之和与合计不符" in text
    assert "--> reports/made.txt:3:7" in text
    assert "算式：70 + 60 = 130 ≠ 120 (差 10 家)" in text
    assert "修改：3:7 120 → 130" in text
    assert "发现 2 处：错误 1，警告 1" in text
    assert "数字 7 个：已核对的事实 4（57%），未核对的事实 1（14%），不是事实 2（29%）" in text
    assert "\033" not in text


def test_text_groups_findings_by_section() -> None:
    lines = report.write(made.report(), "text").splitlines()
    assert [line for line in lines if line.startswith("──")] == ["── 一、检查情况"]


def test_text_says_when_nothing_was_found() -> None:
    assert "没有发现相互矛盾的数字" in report.write(made.report(found=False), "text")
    assert "no numbers that contradict" in report.write(made.report(found=False), "text", View(lang="en"))


def test_text_in_english_keeps_only_the_words_of_the_document_in_chinese() -> None:
    text = report.write(made.report(), "text", View(lang="en"))
    assert "error[S201] The parts of 检查企业 do not reach the total" in text
    assert not any(word in text for word in ("错误", "算式", "发现", "合计 ", "分项"))


def test_colour_adds_nothing_but_colour() -> None:
    painted = report.write(made.report(), "text", View(colour=True))
    assert "\033[1;31m" in painted
    assert re.sub(r"\033\[[0-9;]*m", "", painted) == report.write(made.report(), "text")


def test_carets_stand_under_their_numbers() -> None:
    lines = report.write(made.report(), "text").splitlines()
    at = next(index for index, line in enumerate(lines) if "^^^ 合计" in line)
    above, carets = lines[at - 1], lines[at]
    for match in re.finditer(r"\^+", carets):
        before = columns(carets[: match.start()])
        under = [index for index in range(len(above)) if before <= columns(above[:index]) < before + len(match[0])]
        assert above[under[0] : under[-1] + 1] in {"120", "70", "60"}


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(ConfigurationError, match=r"json.*text"):
        report.write(made.report(), "xml")


def test_formats_know_what_they_can_show() -> None:
    assert "triples" in report.formats("facts")
    assert "triples" not in report.formats("check")


_TEXTS = st.text(st.characters(categories=["L", "N", "P", "Zs"], include_characters="，。0123456789万"), min_size=10, max_size=200)


@given(_TEXTS, st.integers(0, 7), st.integers(1, 3), st.integers(20, 120))
def test_quotes_fit_their_width_and_point_at_the_words(text: str, start: int, length: int, width: int) -> None:
    place = Span(start, start + length)
    document = made.plain_document(text)
    quoter = Quoter(Lines(document), Style(False), width, "zh")
    quoted, carets, *_ = quoter.quote([Mark(place, "合计", "red")])
    assert columns(quoted) <= max(width, 45)
    assert carets.count("^") == max(columns(place.of(text)), 1)
    words = "".join(character if character.isprintable() or columns(character) == 2 else " " for character in place.of(text))
    if unicodedata.is_normalized("NFC", text):
        at = columns(carets[: carets.index("^")])
        assert any(columns(quoted[:index]) == at and quoted[index:].startswith(words.rstrip()) for index in range(len(quoted) + 1))


def test_far_apart_numbers_of_one_sentence_are_quoted_apart() -> None:
    text = "合计12家" + "，并做了许多别的工作" * 20 + "，甲镇7家。"
    document = made.plain_document(text)
    marks = [Mark(Span(2, 4), "合计", "red"), Mark(Span(text.index("7"), text.index("7") + 1), "分项", "blue")]
    lines = list(Quoter(Lines(document), Style(False), 80, "zh").quote(marks))
    assert len(lines) == 4
    assert lines[0].endswith("…")
    assert "│ …" in lines[2]


def test_a_document_cannot_steer_the_terminal() -> None:
    text = "检查\033[2J企业12家"
    document = made.plain_document(text)
    assert "\033" not in "".join(Quoter(Lines(document), Style(False), 80, "zh").quote([Mark(Span(8, 10), "", "red")]))


def test_labels_that_do_not_fit_beside_go_below() -> None:
    text = "4人、5人"
    document = made.plain_document(text)
    lines = list(Quoter(Lines(document), Style(False), 80, "zh").quote([Mark(Span(0, 1), "合计", "red"), Mark(Span(3, 4), "分项", "blue")]))
    assert [line.split("│")[1].rstrip() for line in lines] == [" 4人、5人", " ^    ^ 分项", " 合计"]


def test_many_places_are_counted_and_not_all_shown() -> None:
    text = "1、" * 40
    document = made.plain_document(text)
    marks = [Mark(Span(2 * index, 2 * index + 1), "", "blue") for index in range(40)]
    assert "另有 28 处" in list(Quoter(Lines(document), Style(False), 80, "zh").quote(marks))[-1]


@given(st.text(max_size=60), st.integers(2, 40))
def test_shortened_text_fits(text: str, width: int) -> None:
    assert columns(shortened(text, width)) <= width
    assert columns(padded(shortened(text, width), width)) == width


def test_save_leaves_the_old_file_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.txt"
    report.save("old", path)

    def full(self: Path, data: bytes) -> int:
        self.write_text(data.decode()[:1], encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        report.save("新", path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["report.txt"]


def test_explain_shows_how_a_fact_came_about() -> None:
    tree = explain.explain(made.report(), "f2")
    assert tree.startswith("f2  检查企业数 = 70家")
    assert "pattern:amount" in tree
    assert "rule:value_after_object" in tree
    assert "link:alias 1.00" in tree
    assert "c1  S201 不符" in tree
    assert "^^^^" in tree


def test_explain_says_why_a_fact_was_not_checked() -> None:
    assert "未核对的事实  有关联但无法判断  单位不明" in explain.explain(made.report(), "f4")
    assert "未核对" not in explain.explain(made.report(), "f2")


def test_explain_of_a_finding_tells_each_fact_once() -> None:
    tree = explain.explain(made.report(), "x1")
    assert tree.count("f2  分项 检查企业数 = 70家 ↑") == 1
    assert tree.count("├─ f2  分项 检查企业数 = 70家\n") == 1


def test_explain_of_a_finding_names_rule_roles_repair_and_fingerprint() -> None:
    tree = explain.explain(made.report(), "x1")
    assert "规则  S201 分项与总数  heshu rule S201" in tree
    assert "f1  合计 检查企业数 = 120家" in tree
    assert "修改  f1 120家: 120 → 130" in tree
    assert "指纹  0f1e2d3c" in tree
    assert tree.count("位置") == 0, "the places are those of the facts"
    assert explain.explain(made.report(), "0f1e2d3c") == tree
    assert explain.explain(made.report(), "x2").count("位置") == 2
    english = explain.explain(made.report(), "x1", View(lang="en"))
    assert "rule  S201 parts-total: Parts that are said to be all of a total reach it.  heshu rule S201" in english


def test_a_place_in_a_workbook_is_told_by_its_cell() -> None:
    found = made.report()
    found = replace(found, document=replace(found.document, places=(Place(0, 0, "收支总表!B2"),)))
    shown = report.write(found, "text", View())
    assert "  收支总表!B2 │ 全年" in shown and "= 修改：收支总表!B2 120 → 130" in shown
    assert "收支总表!B2 │" in explain.explain(found, "f1")


def test_explain_names_what_there_is() -> None:
    with pytest.raises(ConfigurationError, match="f1–f5"):
        explain.explain(made.report(), "f99")


def test_the_outline_shows_sections_and_tables() -> None:
    shown = structure.outline(made.report().document)
    assert "year: 2022" in shown
    assert "    2  # 一、检查情况" in shown
    assert "[table 0 · 3 × 2 · 预算表 · unit 万元]" in shown
    assert re.search(r"合计\s+│ 1,300.5", shown)


def test_the_unit_of_a_table_is_told_beside_negative_numbers_too() -> None:
    found = extract.check("单位：万元\n\n| 项目 | 预算数 | 增减 |\n| --- | --- | --- |\n| 甲项目 | 21.05 | -0.81 |\n")
    assert [with_unit(found, fact.quantity) for fact in found.facts] == ["21.05 [万元]", "-0.81 [万元]"]


def test_a_cell_of_the_right_half_of_a_table_is_named_by_its_own_half() -> None:
    halves = "单位：万元\n\n| 收入 | 决算数 | 支出 | 决算数 |\n| --- | --- | --- | --- |\n| 一、财政拨款收入 | 800.50 | 一、基本支出 | 500.20 |\n"
    found = extract.check(f"{halves}| 二、事业收入 | 100.30 | 二、项目支出 | 400.60 |\n| 合计 | 900.80 | 合计 | 900.90 |\n")
    shown = report.write(found, "text", View())
    assert "一、基本支出 › 决算数：500.20" in shown and "财政拨款收入 › " not in shown
    assert "一、基本支出 › 决算数: 500.20" in report.write(found, "text", View(lang="en"))
