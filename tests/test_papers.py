"""Working papers: workbooks, documents with comments and tables for other programs, read back as their users read them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extract
from extract import report
from extract.errors import HeshuError
from extract.suppressions import Suppression, suppress
from extract.types import Report
from extract.units import units
from extract.writers import View, _workbook, jsonld, xlsx
from tests import made
from tests.test_cli import RIGHT, WRONG, heshu

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
    assert (first["序号"], first["规则"], first["级别"], first["差额"]) == (1, "S201 parts-total", "错误", "10 家")
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


def test_what_is_ignored_is_there_with_its_reason() -> None:
    ignored = suppress(made.report(), [Suppression(fingerprint="0f1e2d3c", reason="合计含上年结转", who="王", date="2026-11-22")])
    rows = sheets(written(ignored))["疑点清单"]
    assert [row["审核意见"] for row in rows] == [None, "已忽略：合计含上年结转 (王 2026-11-22)"]


def test_what_a_reviewer_said_goes_beside_the_finding() -> None:
    view = View()
    book = xlsx.book([xlsx.part(made.report(), view, {"0f1e2d3c": "属实"})], view)
    assert [row["审核意见"] for row in sheets(book)["疑点清单"]] == ["属实", None]


def test_english_is_english_but_for_the_words_of_the_document() -> None:
    book = sheets(written(made.report(), lang="en"))
    assert list(book) == ["Findings", "Facts", "Indicators", "Checks", "Coverage"]
    first = book["Findings"][0]
    assert (first["Level"], first["Text 1"][:8]) == ("error", "line 3: ")
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
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
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
