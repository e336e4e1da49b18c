"""Working papers: workbooks, documents with comments and tables for other programs, read back as their users read them."""

from __future__ import annotations

import copy
import csv
import io
import itertools
import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import extract
from extract import ingest, pipeline, report
from extract.errors import ConfigurationError, HeshuError
from extract.readers import docx as docx_reader
from extract.suppressions import Suppression, suppress
from extract.types import Report
from extract.units import units
from extract.writers import View, _comments, _paper, _workbook, jsonld
from extract.writers._places import Places
from extract.writers._plain_rows import PlainRows
from extract.writers._rules import rule_label
from extract.writers._told import difference
from extract.writers._workbook import Cell, Column, Sheet, Value, workbook
from tests import formats, made
from tests.test_cli import RIGHT, WRONG, heshu
from tests.test_compare import conflicting

ROOT = Path(__file__).resolve().parents[1]
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://a.example")', "\t=1", "=cmd|'/c calc'!A0")


def sheets(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """The rows of each sheet by the titles of their columns; the header is the first row with three cells or more."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    found: dict[str, list[dict[str, Any]]] = {}
    for page in book.worksheets:
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        top = next(n for n, row in enumerate(rows) if len([value for value in row if value is not None]) > 2)
        found[page.title] = [dict(zip(map(str, rows[top]), row, strict=True)) for row in rows[top + 1 :]]
    return found


def written(found: Report, **view: Any) -> bytes:
    return report.as_file(found, "xlsx", View(**view))


def cells(data: bytes) -> list[Any]:
    return [cell for page in openpyxl.load_workbook(io.BytesIO(data)).worksheets for row in page.iter_rows() for cell in row]


# --- the workbook -----------------------------------------------------------------------------------------------------


def test_the_working_paper_has_its_sheets_and_columns() -> None:
    book = sheets(written(made.report()))
    assert list(book) == ["疑点清单", "事实表", "指标汇总", "核对明细", "覆盖情况"]
    wanted = ["序号", "规则", "级别", "问题摘要", "原文一", "原文二", "计算过程", "差额", "建议核实", "单位说明", "审核意见", "索引号", "指纹"]
    assert list(book["疑点清单"][0])[: len(wanted)] == wanted


def test_a_finding_is_told_with_its_words_places_and_difference() -> None:
    first, second = sheets(written(made.report()))["疑点清单"]
    assert (first["序号"], first["规则"], first["级别"], first["差额"]) == (1, "S201 分项与总数", "错误", "10 家")
    assert first["原文一"] == "第3行：全年检查企业120家，其中甲镇70家、乙镇60家；"
    assert first["建议核实"] == "第3行的“120”按所列数据应为“130”，请对照原始资料核实。"
    assert first["指纹"] == made.report().findings[0].fingerprint
    assert second["原文一"].startswith("第2行：")
    assert second["原文二"].startswith("第5行：")


def test_every_fact_has_a_row_as_printed_and_as_a_number() -> None:
    rows = sheets(written(made.report()))["事实表"]
    assert [row["编号"] for row in rows] == ["f1", "f2", "f3", "f4", "f5"]
    assert (rows[4]["原文数量"], rows[4]["数值"], rows[4]["单位"]) == ("1,300.5", 13005000, "元")
    assert (rows[3]["数值"], rows[3]["界限"], rows[3]["核对"]) == (-15000, "不低于", "有关联但无法判断")
    assert [row["疑点"] for row in rows] == [1, 1, 1, None, None]


def test_clicks_lead_to_facts_to_findings_and_to_the_file() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(made.report(), folder=Path("out"))))
    findings, facts = book["疑点清单"], book["事实表"]
    assert findings["A5"].hyperlink.location == "'事实表'!A2"
    assert facts["A2"].value == "f1"
    assert facts["T3"].hyperlink.location == "'疑点清单'!A5"
    assert findings["A2"].hyperlink.target == "../reports/made.txt".replace("/", "\\")


def test_a_link_leads_to_a_file_of_any_name() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(made.report(path="报告 #1 50%.txt"))))
    assert book["疑点清单"]["A2"].hyperlink.target == "报告%20%231%2050%25.txt"


def test_the_paper_is_made_for_printing_filtering_and_filling_in() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(made.report())))
    for page in book.worksheets:
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.fitToHeight == 0
        assert page.sheet_properties.pageSetUpPr is not None
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.auto_filter.ref
        assert page.freeze_panes
        assert page.print_title_rows
    lists = {rule.formula1 for rule in book["疑点清单"].data_validations.dataValidation}
    assert '"错误,警告,提示"' in lists
    assert any("属实" in choices for choices in lists)
    assert book["疑点清单"]["D5"].alignment.wrap_text


def test_indicators_are_summed_up_by_section() -> None:
    rows = sheets(written(made.report()))["指标汇总"]
    checked = next(row for row in rows if row["指标"] == "检查企业数")
    assert (checked["次数"], checked["不同数值"], checked["单位"]) == (3, 3, "家")
    assert checked["各章节所述"] == "一、检查情况：120家；甲镇 70家；乙镇 60家"


def test_coverage_adds_up_to_all_numbers_and_says_why() -> None:
    book = sheets(written(made.report()))
    numbers = [row for row in book["覆盖情况"] if row["项目"] == "数字"]
    assert sum(row["个数"] for row in numbers) == 7
    assert {row["原因或规则"] for row in numbers if row["状态"] == "不是事实"} == {"年份", "章节序号"}
    unsure = next(row for row in numbers if row["状态"] == "未核对")
    assert unsure["原因或规则"] == "有关联但无法判断"
    assert "单位不明" in unsure["举例或说明"]
    assert [row["结论"] for row in book["核对明细"]] == ["不符", "无法判断", "相符"]
    [unclear] = [row for row in book["覆盖情况"] if row["项目"] == "核对" and row["状态"] == "无法判断"]
    assert (unclear["个数"], unclear["占比"], unclear["举例或说明"]) == (1, "33.3%", "单位不明")


def test_what_is_ignored_is_there_with_its_reason() -> None:
    ignored = suppress(made.report(), [Suppression(fingerprint="0f1e2d3c", reason="合计含上年结转", who="王", date="2026-11-22")])
    rows = sheets(written(ignored))["疑点清单"]
    assert [row["审核意见"] for row in rows] == [None, "已忽略：合计含上年结转（王 2026-11-22）"]


def test_what_a_reviewer_said_goes_beside_the_finding() -> None:
    view = View()
    book = _paper.book([_paper.part(made.report(), view, {"0f1e2d3c": "属实"})], view)
    assert [row["审核意见"] for row in sheets(book)["疑点清单"]] == ["属实", None]


def test_english_is_english_but_for_the_words_of_the_document() -> None:
    book = sheets(written(made.report(), lang="en"))
    assert list(book) == ["Findings", "Facts", "Indicators", "Checks", "Coverage"]
    first = book["Findings"][0]
    assert (first["Level"], first["Text 1"][:8]) == ("error", "line 3: ")
    assert difference(replace(made.report().findings[0], arithmetic="1 ÷ 2 = 50% ≠ 75%（差 25 个百分点）"), "en") == "25 percentage points"
    assert first["To verify"] == "Verify “120” (line 3) against the records: the stated figures give “130”."


def test_a_report_without_findings_says_so() -> None:
    clean = replace(made.report(found=False), checks=())
    assert "没有发现相互矛盾的数字" in [cell.value for cell in cells(written(clean))]
    empty = replace(clean, facts=(), links=(), numerals=())
    assert "没有读到事实" in [cell.value for cell in cells(written(empty))]


def test_facts_alone_make_a_workbook_of_facts() -> None:
    assert list(sheets(written(made.report(), subject="facts"))) == ["事实表", "指标汇总"]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert written(made.report()) == written(made.report())


def evil(words: str) -> Report:
    """The report with words in all its texts that a document may have."""
    found = made.report()
    facts = tuple(replace(fact, subject=words, period=words, mention=replace(fact.mention, text=words), qualifiers=(words,)) for fact in found.facts)
    findings = tuple(replace(finding, message=words, message_en=words, arithmetic=words) for finding in found.findings)
    checks = tuple(replace(check, arithmetic=words, note=words) for check in found.checks)
    links = tuple(replace(link, name=words) for link in found.links)
    document = replace(found.document, name=words, path=None, about=replace(found.document.about, org=words, region=words))
    return replace(found, facts=facts, findings=findings, checks=checks, links=links, document=document)


@pytest.mark.parametrize("words", FORMULAS)
def test_no_text_of_a_document_runs_as_a_formula(words: str) -> None:
    data = written(evil(words))
    found = cells(data)
    assert any(cell.value == words for cell in found)
    assert {cell.data_type for cell in found} <= {"s", "n", "inlineStr"}
    assert all(
        cell.style is not None and cell.quotePrefix for cell in found if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))
    )
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not any(b"<f>" in package.read(name) or b"<f " in package.read(name) for name in package.namelist() if "sheet" in name)
    assert not any(cell.hyperlink and cell.hyperlink.target and "a.example" in cell.hyperlink.target for cell in found)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40))
def test_any_words_make_a_workbook_that_opens(words: str) -> None:
    assert len(sheets(written(evil(words)))["事实表"]) == 5


def test_words_in_the_tags_of_a_workbook_are_words() -> None:
    words = "<r><t>120</t></r>"
    assert {row["原文用语"].strip() for row in sheets(written(evil(words)))["事实表"]} == {words}


def test_long_numbers_and_long_texts_keep_their_digits_and_fit() -> None:
    found = made.report()
    big = Decimal("12345678901234567.89")
    fact = replace(found.facts[0], quantity=replace(found.facts[0].quantity, value=big))
    book = sheets(written(evil("很" * 40_000)))
    assert max(len(row["问题摘要"]) for row in book["疑点清单"]) < 32_767
    assert sheets(written(replace(found, facts=(fact, *found.facts[1:]))))["事实表"][0]["数值"] == "12345678901234567.89"


def test_a_table_longer_than_a_sheet_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_workbook, "MOST_ROWS", 5)
    with pytest.raises(HeshuError, match=r"事实表: 5 rows do not fit into a sheet; write a workbook for each document"):
        written(made.report(found=False))


def test_several_documents_are_one_workbook(tmp_path: Path) -> None:
    for name, text in (("right", RIGHT), ("wrong", WRONG), ("also", WRONG.replace("溪口镇", "坪上镇"))):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out" / "底稿.xlsx"
    out.parent.mkdir()
    done = heshu("check", tmp_path, "--format", "xlsx", "--output", out)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "共 3 个文件，0 个未能读取：错误 2\n")
    book = sheets(out.read_bytes())
    assert [(row["序号"], row["文件"]) for row in book["疑点清单"]] == [(1, "also.txt"), (2, "wrong.txt")]
    assert [row["文件"] for row in book["事实表"]] == ["also.txt"] * 3 + ["right.txt"] * 3 + ["wrong.txt"] * 3
    linked = openpyxl.load_workbook(out)
    assert linked["疑点清单"]["A6"].hyperlink.location == "'事实表'!A8"
    assert [cell.value for cell in linked["事实表"][8]][:2] == ["wrong.txt", "f1"]
    assert linked["事实表"]["U8"].hyperlink.location == "'疑点清单'!A6"
    assert linked["疑点清单"]["B5"].hyperlink.target == "..\\also.txt"


def test_a_real_report_reads_back_with_its_findings() -> None:
    found = extract.check(ROOT / "annotations/documents/written-03.txt")
    book = sheets(written(found))
    assert [row["指纹"] for row in book["疑点清单"]] == [finding.fingerprint for finding in found.findings]
    assert len(book["事实表"]) == len(found.facts)
    values = {row["编号"]: row["数值"] for row in book["事实表"]}
    assert all(fact.quantity.value is None or Decimal(str(values[fact.id])) == fact.quantity.value for fact in found.facts)
    assert len(book["核对明细"]) == len(found.checks)


def test_what_documents_contradict_each_other_in_makes_a_paper_too() -> None:
    comparison = conflicting()
    data = report.compared(comparison, "xlsx")
    assert isinstance(data, bytes)
    book = sheets(data)
    assert list(book) == ["疑点清单", "事实表", "核对明细", "覆盖情况"]
    rows = book["疑点清单"]
    assert [row["规则"].split()[0] for row in rows] == [finding.code for finding in comparison.findings]
    names = [part.document.name for part in comparison.reports]
    assert rows[0]["原文一"].split()[0] in names
    assert rows[0]["原文二"].split()[0] in names
    assert rows[0]["原文一"].split()[0] != rows[0]["原文二"].split()[0]
    taking_part = {identity for check in comparison.checks for identity in check.facts}
    assert {row["编号"] for row in book["事实表"]} == taking_part
    linked = openpyxl.load_workbook(io.BytesIO(data))
    place = linked["疑点清单"]["A5"].hyperlink.location.rpartition("!")[2]
    assert linked["事实表"][place.replace("A", "B")].value in comparison.findings[0].facts
    assert [row["状态"] for row in book["覆盖情况"]][:1] == ["相属"]
    assert all(row["结论"] for row in book["核对明细"])
    english = report.compared(comparison, "xlsx", View(subject="compare", lang="en"))
    assert isinstance(english, bytes)
    assert list(sheets(english)) == ["Findings", "Facts", "Checks", "Coverage"]


def test_bytes_are_not_given_for_a_text() -> None:
    with pytest.raises(ConfigurationError, match="xlsx is no text"):
        report.write(made.report(), "xlsx")


# --- tables and graphs for other programs -----------------------------------------------------------------------------


def two(tmp_path: Path) -> Path:
    """A folder with a report that adds up and one that does not."""
    (tmp_path / "right.txt").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "wrong.txt").write_text(WRONG, encoding="utf-8")
    return tmp_path


def test_csv_of_several_documents_is_one_table(tmp_path: Path) -> None:
    done = heshu("facts", two(tmp_path), "--format", "csv", "--output", tmp_path / "facts.csv")
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "facts.csv").read_text(encoding="utf-8-sig"))))
    assert [row["document"] for row in rows] == ["right"] * 3 + ["wrong"] * 3


def test_jsonl_has_a_fact_or_a_finding_a_line(tmp_path: Path) -> None:
    facts = [json.loads(line) for line in heshu("facts", two(tmp_path), "--format", "jsonl").stdout.splitlines()]
    assert [(fact["document"], fact["id"]) for fact in facts][2:4] == [("right", "f3"), ("wrong", "f1")]
    assert {WRONG[fact["start"] : fact["end"]] for fact in facts[3:]} == {"120", "70", "60"}
    [finding] = [json.loads(line) for line in heshu("check", tmp_path, "--format", "jsonl").stdout.splitlines()]
    assert (finding["document"], finding["code"]) == ("wrong", "S201")
    assert [(figure["role"], figure["text"]) for figure in finding["figures"]] == [("total", "120"), ("parts", "70"), ("parts", "60")]
    assert all(WRONG[figure["start"] : figure["end"]] == figure["text"] for figure in finding["figures"])


def parquet(data: bytes) -> list[dict[str, Any]]:
    import pyarrow.parquet

    rows: list[dict[str, Any]] = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
    return rows


def test_parquet_keeps_numbers_exact_and_words_as_they_are(tmp_path: Path) -> None:
    rows = parquet(report.as_file(made.report(), "parquet", View(subject="facts")))
    assert [row["value"] for row in rows] == [120, 70, 60, -15000, 13005000]
    assert isinstance(rows[0]["value"], Decimal)
    assert rows[4]["text"] == "1,300.5"
    [first, _] = parquet(report.as_file(made.report(), "parquet", View()))
    assert (first["code"], first["facts"], first["repair_value"], first["decision"]) == ("S201", ["f1", "f2", "f3"], 130, False)
    done = heshu("facts", two(tmp_path), "--format", "parquet", "--output", tmp_path / "facts.parquet")
    assert done.returncode == 0
    assert [row["document"] for row in parquet((tmp_path / "facts.parquet").read_bytes())] == ["right"] * 3 + ["wrong"] * 3


def test_parquet_has_no_number_that_it_cannot_keep() -> None:
    found = made.report()
    values = [Decimal("1E+26"), Decimal("1E-13"), Decimal("99999999999999999999999999.999999999999")]
    facts = [replace(fact, quantity=replace(fact.quantity, value=value)) for fact, value in zip(found.facts, values, strict=False)]
    rows = parquet(report.as_file(replace(found, facts=tuple(facts)), "parquet", View(subject="facts")))
    assert [row["value"] for row in rows] == [None, None, values[2]]


@pytest.mark.parametrize("name", ["csv", "jsonl", "jsonld"])
@pytest.mark.parametrize("subject", ["check", "facts"])
def test_an_empty_report_is_an_empty_table(name: str, subject: Any) -> None:
    empty = replace(made.report(found=False), facts=(), links=(), checks=(), numerals=())
    assert "f1" not in report.write(empty, name, View(subject=subject))
    assert parquet(report.as_file(empty, "parquet", View(subject=subject))) == []


def triples(text: str) -> set[tuple[str, str, str]]:
    """The triples of a JSON-LD document, which may load no context from anywhere."""
    from pyld import jsonld

    def refuse(url: str, options: object) -> None:
        raise AssertionError(url)

    quads = jsonld.to_rdf(json.loads(text), {"documentLoader": refuse})
    return {(q["subject"]["value"], q["predicate"]["value"], q["object"]["value"]) for q in quads["@default"]}


def test_linked_data_has_typed_triples_with_stable_names() -> None:
    found = made.report()
    told = triples(report.write(found, "jsonld"))
    document = f"urn:heshu:document:{found.document.sha256}"
    at = found.document.source_span(found.facts[0].quantity.span)
    fact = f"{document}#char={at.start},{at.end}"
    link = next(link for link in found.links if link.fact == "f1")
    assert (fact, "urn:heshu:vocabulary:indicator", f"urn:heshu:indicator:{link.indicator_id}") in told
    assert (fact, "urn:heshu:vocabulary:subject", "南溪区") in told
    [amount] = [o for s, p, o in told if (s, p) == (fact, "http://qudt.org/schema/qudt/quantityValue")]
    assert {(p, o) for s, p, o in told if s == amount} == {
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://qudt.org/schema/qudt/QuantityValue"),
        ("http://qudt.org/schema/qudt/numericValue", "120"),
        ("http://qudt.org/schema/qudt/hasUnit", "urn:heshu:unit:家"),
    }
    finding = f"{document}#finding={found.findings[0].fingerprint}"
    assert (finding, "urn:heshu:vocabulary:rule", "urn:heshu:rule:S201") in told
    assert (finding, "urn:heshu:vocabulary:facts", fact) in told


def test_numbers_are_typed_and_nothing_is_lost_in_the_context() -> None:
    from pyld import jsonld

    [first, *_] = [
        node for node in jsonld.expand(json.loads(report.write(made.report(), "jsonld"))) if node["@type"] == ["urn:heshu:vocabulary:Fact"]
    ]
    amount = first["http://qudt.org/schema/qudt/quantityValue"][0]
    assert amount["http://qudt.org/schema/qudt/numericValue"] == [{"@type": "http://www.w3.org/2001/XMLSchema#decimal", "@value": "120"}]
    assert first["http://www.w3.org/ns/oa#exact"] == [{"@language": "zh", "@value": "120家"}]


@pytest.mark.parametrize(
    ("spelling", "iri"),
    [
        ("元", "http://qudt.org/vocab/currency/CNY"),
        ("㎡", "http://qudt.org/vocab/unit/M2"),
        ("%", "http://qudt.org/vocab/unit/PERCENT"),
        ("名", "urn:heshu:unit:人"),
        ("亩", "urn:heshu:unit:亩"),
        ("个百分点", "urn:heshu:unit:个百分点"),
        ("元/人·年", "urn:heshu:unit:元%2F人%C2%B7年"),
        ("", ""),
    ],
)
def test_units_are_qudt_units_where_it_has_them(spelling: str, iri: str) -> None:
    assert jsonld.unit_iri(spelling) == iri


def test_every_unit_that_qudt_names_is_one_of_ours() -> None:
    assert {name for name in jsonld._qudt() if name not in {known.name for known in units().values()}} == set()


def test_a_graph_of_several_documents_says_what_they_share_once(tmp_path: Path) -> None:
    done = heshu("facts", two(tmp_path), "--format", "jsonld", "--output", tmp_path / "graph.jsonld")
    assert done.returncode == 0
    nodes = json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert len({node["@id"] for node in nodes}) == len(nodes)
    assert [node["@type"] for node in nodes].count("schema:Report") == 2
    assert [node["@type"] for node in nodes].count("Fact") == 6


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30))
def test_any_words_make_a_graph_whose_names_are_iris(words: str) -> None:
    for node in json.loads(report.write(evil(words), "jsonld"))["@graph"]:
        assert not set(node["@id"]) & set(' <>"{}|\\^`\n\t')


# --- comments ---------------------------------------------------------------------------------------------------------

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DAMAGED: tuple[formats.Part, ...] = tuple(
    part.replace("26.7%", "27.6%").replace("77.5%", "75.7%")
    if isinstance(part, str)
    else tuple(tuple("2110.14" if cell == "2100.14" else cell for cell in row) for row in part)
    for part in formats.SAMPLE
)


def main_part(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def commented(data: bytes) -> dict[int, str]:
    """The words between the marks of each comment, by its number; each has its reference once."""
    root = main_part(data)
    found: dict[int, str] = {}
    open_: set[int] = set()
    for element in root.iter():
        number = int(element.get(f"{W}id", "-1")) if element.tag.startswith(f"{W}comment") else -1
        if element.tag == f"{W}commentRangeStart":
            open_.add(number)
            found[number] = ""
        elif element.tag == f"{W}commentRangeEnd":
            open_.remove(number)
        elif element.tag == f"{W}t":
            for one in open_:
                found[one] += element.text or ""
    assert not open_
    assert sorted(int(one.get(f"{W}id")) for one in root.iter(f"{W}commentReference")) == sorted(found)
    return found


def without_comments(root: Any) -> bytes:
    """The XML with comments taken out and neighbouring runs that look the same put together."""
    root = copy.deepcopy(root)
    for mark in [*root.iter(f"{W}commentRangeStart"), *root.iter(f"{W}commentRangeEnd")]:
        mark.getparent().remove(mark)
    for reference in list(root.iter(f"{W}commentReference")):
        run = reference.getparent()
        run.getparent().remove(run)
    for run in list(root.iter(f"{W}r")):
        before = run.getprevious()
        if before is not None and before.tag == f"{W}r" and look(before) == look(run):
            before.extend(child for child in run if child.tag != f"{W}rPr")
            run.getparent().remove(run)
    for text in list(root.iter(f"{W}t")):
        text.attrib.clear()
        before = text.getprevious()
        if before is not None and before.tag == f"{W}t":
            before.text = (before.text or "") + (text.text or "")
            text.getparent().remove(text)
    return etree.tostring(root, method="c14n")


def look(run: Any) -> bytes:
    shape = run.find(f"{W}rPr")
    return b"" if shape is None else etree.tostring(shape, method="c14n")


def comments(data: bytes) -> list[tuple[int, str]]:
    """The comments as Word shows them, read by another program."""
    return [(comment.comment_id, comment.text) for comment in docx.Document(io.BytesIO(data)).comments]


def test_a_word_file_gets_comments_and_nothing_else(tmp_path: Path) -> None:
    source = tmp_path / "report.docx"
    source.write_bytes(formats.as_docx(DAMAGED))
    done = heshu("check", source, "--format", "docx", "--output", tmp_path / "out.docx")
    assert (done.returncode, done.stderr) == (1, "")
    before, after = source.read_bytes(), (tmp_path / "out.docx").read_bytes()
    found = extract.check(source)
    words = commented(after)
    told = dict(comments(after))
    assert words.keys() == told.keys()
    for finding in found.findings:
        number = next(n for n, text in told.items() if f"{rule_label(finding.code, 'zh')} · {finding.id}" in text and finding.message in text)
        assert words[number] == Places(found).of(finding)[0].span.of(found.document.text)
    assert without_comments(main_part(after)) == without_comments(main_part(before))
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        changed = {name for name in new.namelist() if name not in old.namelist() or old.read(name) != new.read(name)}
        assert set(old.namelist()) <= set(new.namelist())
    assert changed == {"[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml", "word/comments.xml"}


def test_comments_tell_the_arithmetic_the_figures_and_what_to_verify() -> None:
    found = extract.check(formats_text(DAMAGED))
    texts = [text for _, text in comments(report.as_file(found, "docx"))]
    ratio = next(text for text in texts if "75.7" in text)
    assert ratio.startswith("错误 R301 比率 · x")
    assert "算式：1860 ÷ 2400 = 77.5% ≠ 75.7%（差 1.8 个百分点）" in ratio
    assert "1,860（分子）、" in ratio
    assert "建议核实：第13行的“75.7”按所列数据应为“77.5”，请对照原始资料核实。" in ratio
    english = [text for _, text in comments(report.as_file(found, "docx", View(lang="en")))]
    assert any(text.startswith("error R301 ratio") and "to verify: Verify “75.7” (line 13)" in text for text in english)


def formats_text(parts: Any) -> str:
    return formats.as_text(parts).decode()


def test_places_of_a_word_file_are_told_by_their_headings(tmp_path: Path) -> None:
    source = tmp_path / "report.docx"
    source.write_bytes(formats.as_docx(DAMAGED))
    [ratio] = [text for _, text in comments(report.as_file(extract.check(source), "docx")) if "75.7" in text]
    assert "建议核实：“三、存在问题”的“75.7”按所列数据应为“77.5”，请对照原始资料核实。" in ratio
    assert "行" not in ratio


ODD = """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"><w:body>
<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>全年共</w:t><w:tab/><w:t>检查企业1</w:t></w:r><w:r><w:t>2</w:t><w:t>0家，</w:t></w:r>
<w:ins w:id="1" w:author="a"><w:r><w:t>按类型分，化工企业7</w:t></w:r></w:ins><w:del w:id="2" w:author="a"><w:r><w:delText>9</w:delText></w:r></w:del>
<w:hyperlink><w:r><w:t xml:space="preserve">0家、机械企业60家。</w:t></w:r></w:hyperlink></w:p>
<w:p><w:r><w:t>全年培训</w:t></w:r>
<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>全县共检查商铺50家，按类型分，餐饮商铺20家、零售商铺10家。</w:t></w:r></w:p>
</w:txbxContent></v:textbox></v:shape></w:pict></w:r><w:r><w:t>3期，</w:t></w:r>
<w:fldSimple w:instr="REF a"><w:r><w:t>40</w:t></w:r></w:fldSimple><w:r><w:t>人。</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>合计</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1,2</w:t></w:r><w:r><w:t>00件</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:sdt><w:sdtContent><w:p><w:r><w:t>另有8件。</w:t></w:r></w:p></w:sdtContent></w:sdt></w:body></w:document>"""


def odd_docx(body: str = ODD, comments_part: str = "") -> bytes:
    """A file with runs cut within numbers, tracked changes, links, fields, a text box and a content control."""
    file = io.BytesIO(formats.as_docx(["占位"]))
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = body.replace("\n", "").encode()
    if comments_part:
        parts["word/notes/remarks.xml"] = comments_part.encode()
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
        relation = f'<Relationship Id="rIdHeshu1" Type="{kind}" Target="notes/remarks.xml"/></Relationships>'.encode()
        parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(b"</Relationships>", relation)
        override = f'<Override PartName="/word/notes/remarks.xml" ContentType="{_comments._CONTENT}"/></Types>'.encode()
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def everywhere(data: bytes) -> tuple[bytes, list[str]]:
    """(the file with a comment at every numeral, the numerals)."""
    document = ingest.read_bytes(data, suffix=".docx")
    found = pipeline.analyse(document)
    spans = sorted(fact.quantity.span for fact in found.facts)
    anchored = docx_reader.anchor(data, "x.docx")
    notes = [_comments.Comment(document.source_span(span), (span.of(document.text),)) for span in spans]
    _comments.mark(anchored.anchors, notes, first=_comments.first_number(data, anchored.part))
    return _comments.packed(data, anchored.part, anchored.root, notes), [note.lines[0] for note in notes]


def test_marks_stand_at_the_words_whatever_they_are_wrapped_in() -> None:
    data = odd_docx()
    after, numerals = everywhere(data)
    assert {"120", "70", "60", "3", "40", "1,200", "8"} <= {numeral.replace(" ", "") for numeral in numerals}
    words = commented(after)
    outside = [n for n, numeral in enumerate(numerals) if words[n].replace(" ", "") != numeral.replace(" ", "")]
    # The numbers of the text box have their marks around the run that holds it.
    assert [numerals[n] for n in outside] == ["50", "20", "10"]
    assert all("全县共检查商铺50家" in words[n] for n in outside)
    assert without_comments(main_part(after)) == without_comments(main_part(data))
    assert ingest.read_bytes(after, suffix=".docx").source == ingest.read_bytes(data, suffix=".docx").source
    boxes = list(main_part(after).iter(f"{W}txbxContent"))
    assert not any(element.tag.startswith(f"{W}comment") for box in boxes for element in box.iter())


def test_comments_that_are_there_stay() -> None:
    held = f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="7" w:author="李"><w:p><w:r><w:t>已核</w:t></w:r></w:p></w:comment></w:comments>'
    after, numerals = everywhere(odd_docx(comments_part=held))
    assert sorted(commented(after)) == list(range(8, 8 + len(numerals)))
    with zipfile.ZipFile(io.BytesIO(after)) as package:
        notes = etree.fromstring(package.read("word/notes/remarks.xml"))
        assert "word/comments.xml" not in package.namelist()
    assert [note.get(f"{W}author") for note in notes][:2] == ["李", "核数 heshu"]
    assert comments(after)[0] == (7, "已核")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 400), max_size=30), st.randoms(use_true_random=False))
def test_runs_cut_anywhere_still_say_the_same(cuts: list[int], random: Any) -> None:
    text = "".join(part for part in DAMAGED if isinstance(part, str))
    pieces = [text[a:b] for a, b in itertools.pairwise(sorted({0, *(cut for cut in cuts if cut < len(text)), len(text)}))]
    runs = "".join(f"<w:r>{random.choice(['', '<w:rPr><w:b/></w:rPr>'])}<w:t xml:space='preserve'>{piece}</w:t></w:r>" for piece in pieces)
    data = odd_docx(f'<w:document xmlns:w="{W[1:-1]}"><w:body><w:p>{runs}</w:p></w:body></w:document>')
    after, numerals = everywhere(data)
    assert [words for _, words in sorted(commented(after).items())] == numerals
    assert without_comments(main_part(after)) == without_comments(main_part(data))


def test_other_formats_become_a_plain_copy_that_reads_back_the_same(tmp_path: Path) -> None:
    for suffix, write in formats.FORMATS.items():
        if suffix == ".docx":
            continue
        source = tmp_path / f"report{suffix}"
        source.write_bytes(write(DAMAGED))
        found = extract.check(source)
        data = report.as_file(found, "docx")
        again = pipeline.analyse(ingest.read_bytes(data, suffix=".docx"))
        assert {finding.fingerprint for finding in again.findings} == {finding.fingerprint for finding in found.findings} != set()
        words = commented(data)
        assert words[0] == Places(found).of(found.findings[0])[0].span.of(found.document.text)


def test_merged_cells_stay_merged_in_the_copy() -> None:
    rows = ("<td rowspan='2'>项目</td><td colspan='2'>金额</td>", "<td>预算</td><td>决算</td>", "<td>合计</td><td>3</td><td>4</td>")
    page = "".join(f"<tr>{row}</tr>" for row in rows)
    found = pipeline.analyse(ingest.read_bytes(f"<html><body><table>{page}</table></body></html>".encode(), suffix=".html"))
    [table] = docx.Document(io.BytesIO(report.as_file(found, "docx"))).tables
    told = [[cell.text for cell in row.cells] for row in table.rows]
    assert told == [["项目", "金额", "金额"], ["项目", "预算", "决算"], ["合计", "3", "4"]]


def test_a_word_file_without_findings_stays_byte_for_byte(tmp_path: Path) -> None:
    source = tmp_path / "report.docx"
    source.write_bytes(formats.as_docx(["全年共检查企业130家，按类型分，化工企业70家、机械企业60家。"]))
    assert report.as_file(extract.check(source), "docx") == source.read_bytes()


def test_a_file_that_changed_since_is_not_written_in(tmp_path: Path) -> None:
    source = tmp_path / "report.docx"
    source.write_bytes(formats.as_docx(DAMAGED))
    found = extract.check(source)
    source.write_bytes(formats.as_docx(["别的"]))
    with pytest.raises(HeshuError, match="changed since it was read; run again"):
        report.as_file(found, "docx")


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40))
def test_any_words_make_comments_that_open(words: str) -> None:
    assert len(comments(report.as_file(evil(words), "docx"))) >= 2


def test_several_documents_with_comments_need_a_folder(tmp_path: Path) -> None:
    done = heshu("check", two(tmp_path), "--format", "docx", "--output", tmp_path / "a.docx")
    assert done.returncode == 2
    assert "2 documents in docx need --output-dir" in done.stderr
    done = heshu("check", tmp_path, "--format", "docx", "--output-dir", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").glob("*.docx")) == ["right.docx", "wrong.docx"]


def test_a_document_is_not_overwritten_by_itself_with_comments(tmp_path: Path) -> None:
    source = tmp_path / "report.docx"
    before = formats.as_docx(DAMAGED)
    source.write_bytes(before)
    done = heshu("check", source, "--format", "docx", "--output-dir", tmp_path)
    assert done.stderr == f"heshu: {source}: its output goes to {tmp_path / 'report-2.docx'}, because {source} is a document itself\n"
    assert source.read_bytes() == before


_VALUES = st.one_of(
    st.none(),
    st.sampled_from(("", "第1单位", "=1+1", " 两端有空格 ", "a_x000D_b", "<r>", "甲&乙", "两行\n文字", "\u3000缩进", "预算_执行率", "-5%", "（五）")),
    st.text(max_size=8),
    st.integers(0, 10**6),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18),
    st.sampled_from((Cell("去", "internal:'表'!A1"), Cell(Decimal("1.50")), (("共", False), ("5", True), ("家", False)))),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_VALUES, min_size=3, max_size=3), min_size=1, max_size=6))
def test_rows_written_at_once_are_those_written_cell_by_cell(rows: list[list[Cell | Value]]) -> None:
    columns = [Column(title="甲", width=4), Column(title="乙", width=4, wrap=True), Column(title="丙", width=9, centre=True)]
    sheets = [Sheet(name="表", columns=columns, rows=rows)]
    at_once = workbook(sheets, "zh", "表")
    with patch.object(PlainRows, "write_plain_row", return_value=False):
        assert workbook(sheets, "zh", "表") == at_once
