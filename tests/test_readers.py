"""Files that are no text: Word, workbooks, PDF. Each is read whole and once, with the place of every number in the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from xml.sax.saxutils import escape

import pytest

from extract.errors import UnreadableError
from extract.ingest import read_bytes
from extract.pipeline import analyse
from extract.readers._number_format import is_date, shown
from extract.readers._numbering import counting
from extract.types import Document, Report, Span
from tests.formats import FORMATS, SAMPLE, Part, as_pdf, as_text, as_xlsx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def _report(suffix: str) -> Report:
    return analyse(read_bytes(FORMATS[suffix](SAMPLE), name="sample", suffix=suffix))


@pytest.mark.parametrize("suffix", [suffix for suffix in FORMATS if suffix != ".txt"])
def test_a_report_says_the_same_in_every_format(suffix: str) -> None:
    def said(report: Report) -> list[object]:
        names = {link.fact: link.name for link in report.links}
        facts = [(f.quantity.value, f.quantity.unit, f.quantity.bound, f.kind, f.mention.text, names[f.id], f.subject) for f in report.facts]
        return [facts, [(x.code, x.severity, x.arithmetic) for x in report.findings]]

    assert len(_report(".txt").facts) > 30
    assert _report(".txt").findings
    assert said(_report(suffix)) == said(_report(".txt"))


# Word


def word(body: str, **parts: str) -> bytes:
    """A Word file of one body, with other parts by name (numbering, styles, footnotes, header1, …)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, xml in {"document": f"<w:body>{body}</w:body>", **parts}.items():
            package.writestr(f"word/{name}.xml", f'<w:{name.rstrip("0123456789")} xmlns:w="{W}">{xml}</w:{name.rstrip("0123456789")}>')
    return file.getvalue()


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>" + "".join(run if run.startswith("<") else text(run) for run in runs) + "</w:p>"


def text(words: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{escape(words)}</w:{tag}></w:r>'


def lines(data: bytes, suffix: str = ".docx") -> list[str]:
    return read_bytes(data, suffix=suffix).source.splitlines()


def test_inserted_text_is_read_and_deleted_text_is_not() -> None:
    body = paragraph("检查企业", f"<w:del>{text('12', 'delText')}</w:del>", f"<w:ins>{text('15')}</w:ins>", "家")
    assert lines(word(body)) == ["检查企业15家"]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    first = paragraph("全年检查", properties="<w:rPr><w:del/></w:rPr>")
    assert lines(word(first + paragraph("企业15家"))) == ["全年检查企业15家"]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('投诉8件')}</w:txbxContent>"
    both = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(word(paragraph("受理", both, "咨询5件"))) == ["受理咨询5件", "投诉8件"]


def test_content_controls_links_and_fields_are_read_but_page_fields_are_not() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    field = mark.format("begin") + "<w:r><w:instrText>{}</w:instrText></w:r>" + mark.format("separate") + "{}" + mark.format("end")
    control = f"<w:sdt><w:sdtContent>{text('12')}</w:sdtContent></w:sdt>"
    body = paragraph(
        "隐患",
        control,
        "项，整改",
        f"<w:hyperlink>{text('9')}</w:hyperlink>",
        "项，共",
        field.format("=SUM(1)", text("21")),
        "项",
        field.format(" PAGE ", text("3")),
    )
    assert lines(word(body)) == ["隐患12项，整改9项，共21项"]


def test_hidden_text_is_left_out() -> None:
    assert lines(word(paragraph("整改", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>99</w:t></w:r>", "8项"))) == ["整改8项"]


def _numbered(*levels: tuple[str, str]) -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{sort}"/><w:lvlText w:val="{how}"/></w:lvl>'
        for n, (sort, how) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="0">{made}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def _item(words: str, level: int) -> str:
    return paragraph(words, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def test_automatic_numbers_are_written_out_and_start_again_below_a_new_one() -> None:
    numbering = _numbered(("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    body = "".join(_item(*item) for item in (("情况", 0), ("甲", 1), ("子", 2), ("丑", 2), ("乙", 1), ("子", 2), ("问题", 0), ("丙", 1)))
    assert lines(word(body, numbering=numbering)) == ["一、情况", "（一）甲", "1.子", "2.丑", "（二）乙", "1.子", "二、问题", "（一）丙"]


def test_a_number_comes_from_the_style_and_a_heading_from_its_outline_level() -> None:
    styles = (
        '<w:style w:styleId="H1"><w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="H1b"><w:basedOn w:val="H1"/></w:style><w:style w:styleId="H2"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    body = (
        paragraph("基本情况", properties='<w:pStyle w:val="H1b"/>')
        + paragraph("机构设置", properties='<w:pStyle w:val="H2"/>')
        + paragraph("编制46名。")
    )
    document = read_bytes(word(body, styles=styles, numbering=_numbered(("chineseCounting", "%1、"))), suffix=".docx")
    assert [(section.number, section.title, section.level) for section in document.sections] == [("一、", "基本情况", 1), ("", "机构设置", 2)]


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (1010, "一千零一十")]
)
def test_numbers_are_counted_in_chinese(number: int, written: str) -> None:
    assert counting(number) == written


def _cell(*blocks: str, span: int = 1, merge: str = "") -> str:
    merged = f'<w:vMerge w:val="{merge}"/>' if merge == "restart" else "<w:vMerge/>" if merge else ""
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr>{"".join(b if b.startswith("<") else paragraph(b) for b in blocks)}</w:tc>'


def _rows(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_merged_cells_are_one_cell() -> None:
    body = _rows(
        _cell("指标", merge="restart") + _cell("2023年", span=2),
        _cell("指标", merge="on") + _cell("预算") + _cell("支出"),
        _cell("项目支出（万元）") + _cell("120.50") + _cell("118.20"),
    )
    document = read_bytes(word(body), suffix=".docx")
    table = document.tables[0]
    assert document.source.count("指标") == 1
    assert table.headers[1:] == (("2023年", "预算"), ("2023年", "支出"))
    assert table.text_at(2, 2) == "118.20"


def test_a_table_inside_a_table_lays_out_the_page() -> None:
    inner = _rows(_cell("项目") + _cell("数"), _cell("检查") + _cell("12家"))
    body = _rows(_cell("左栏：接待8人") + _cell(inner, "右栏末"))
    document = read_bytes(word(body), suffix=".docx")
    assert document.source.splitlines() == ["左栏：接待8人", "项目\t数", "检查\t12家", "右栏末"]
    assert len(document.tables) == 1


def test_a_deleted_row_is_no_row() -> None:
    body = _rows(_cell("甲") + _cell("1"), f"<w:trPr><w:del/></w:trPr>{_cell('乙')}{_cell('2')}", _cell("丙") + _cell("3"))
    assert lines(word(body)) == ["甲\t1", "丙\t3"]


def test_notes_and_headers_follow_the_body_each_once() -> None:
    note = '<w:footnote w:type="separator"><w:p/></w:footnote>' + f"<w:footnote>{paragraph('含上年结转3件。')}</w:footnote>"
    data = word(paragraph("受理15件。"), footnotes=note, header1=paragraph("内部资料 第2024-3号"), header2=paragraph("内部资料 第2024-3号"))
    assert lines(data) == ["受理15件。", "含上年结转3件。", "内部资料 第2024-3号"]


# Workbooks


@pytest.mark.parametrize(
    ("value", "code", "written"),
    [
        (0.9986, "0.00%", "99.86%"),
        (0.125, "0%", "13%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (3678.76, "General", "3678.76"),
        (0.1 + 0.2, "General", "0.3"),
        (12.5, "0.00_ ", "12.50"),
        (-1234.5, "#,##0.00_);[Red]\\(#,##0.00\\)", "(1,234.50)"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (35, '0"万元"', "35万元"),
        (12.3, "[$￥-804]#,##0.00", "￥12.30"),
        (1234567, "#,##0,", "1,235"),
        (-3.25, "[红色]0.0", "-3.3"),
        (0, "0.00;-0.00;", ""),
        (7, "000", "007"),
        (1e21, "General", "1" + "0" * 21),
    ],
)
def test_numbers_are_read_as_shown(value: float, code: str, written: str) -> None:
    assert shown(value, code) == written


def test_formats_of_dates_are_told_from_those_of_numbers() -> None:
    assert is_date('yyyy"年"m"月"') and is_date("h:mm") and not is_date("General") and not is_date('0"月"') and not is_date("0.0E+00")


def _book(fill: Callable[[object], None]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    fill(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_every_sheet_is_read_with_its_places_and_what_is_hidden_is_said() -> None:
    def fill(book: object) -> None:
        first = book.active  # type: ignore[attr-defined]
        first.title = "收支总表"
        for row in (("项目", "金额（万元）"), ("收入", 120.5), ("支出", 118)):
            first.append(row)
        first["B3"].number_format = "0.00"
        first.row_dimensions[2].hidden = True
        second = book.create_sheet("备查")  # type: ignore[attr-defined]
        second.sheet_state = "hidden"
        second.append(("人员", 46))
        second.append(("车辆", "#DIV/0!"))

    document = read_bytes(_book(fill), suffix=".xlsx")
    assert document.source.splitlines() == ["收支总表", "项目\t金额（万元）", "收入\t120.5", "支出\t118.00", "备查", "人员\t46", "车辆\t#DIV/0!"]
    assert [place(document, number) for number in ("120.5", "118.00", "46")] == ["收支总表!B2", "收支总表!B3", "备查!B1"]
    assert tuple(remark.en for remark in document.remarks) == (
        "sheet 收支总表: rows 2 are hidden; they were read",
        "sheet 备查 is hidden; it was read",
        "sheet 备查: errors of formulas in B2",
    )


def place(document: Document, words: str) -> str:
    start = document.text.index(words)
    found = document.place_of(Span(start, start + len(words)))
    assert found is not None
    return found.cell


def test_a_formula_without_a_stored_result_is_said() -> None:
    def fill(book: object) -> None:
        sheet = book.active  # type: ignore[attr-defined]
        sheet.append(("甲", 3))
        sheet.append(("乙", 4))
        sheet.append(("合计", "=SUM(B1:B2)"))

    assert [remark.zh for remark in read_bytes(_book(fill), suffix=".xlsx").remarks] == ["1 个公式没有保存结果：请用 Excel 或 WPS 打开后重新保存"]


def test_merged_headers_and_titles_above_a_table() -> None:
    def fill(book: object) -> None:
        sheet = book.active  # type: ignore[attr-defined]
        sheet.append(("2023年收支情况表",))
        sheet.merge_cells("A1:C1")
        sheet.append((None, None, "单位：万元"))
        sheet.append(("项目", "2023年", None))
        sheet.merge_cells("B3:C3")
        sheet.merge_cells("A3:A4")
        sheet.append((None, "预算", "支出"))
        sheet.append(("培训费", 20, 18.6))

    table = read_bytes(_book(fill), suffix=".xlsx").tables[0]
    assert (table.title, table.unit) == ("2023年收支情况表", "万元")
    assert table.headers == (("项目",), ("2023年", "预算"), ("2023年", "支出"))


# PDF


def _pages(count: int, *, table: bool = False) -> bytes:
    parts: list[Part] = ["清溪县2023年度检查情况"]
    if table:
        parts.append([("乡镇", "检查家次", "隐患项数"), *((f"第{n}镇", str(100 + n), str(3 * n + 1)) for n in range(1, count * 40))])
    return as_pdf(parts)


def test_a_table_over_pages_is_one_table() -> None:
    document = read_bytes(_pages(3, table=True), suffix=".pdf")
    assert [table.rows for table in document.tables] == [120]
    last = document.tables[0].at(119, 1)
    assert last is not None and last.text == "219"
    found = document.place_of(last.span)
    assert found is not None and found.page > 1


def test_two_tables_on_one_page_stay_two() -> None:
    rows = [("乡镇", "检查家次", "隐患项数"), ("甲镇", "101", "14"), ("乙镇", "87", "9")]
    assert [table.rows for table in read_bytes(as_pdf(["检查情况", rows, rows]), suffix=".pdf").tables] == [3, 3]


def test_many_hidden_rows_are_told_in_both_languages() -> None:
    from extract.readers._sheets import hidden_rows

    remark = hidden_rows("收支表", range(1, 12))
    assert remark.zh == "工作表“收支表”第 1, 2, 3, 4, 5, 6, 7, 8 … (+3) 行已隐藏，仍已读取"
    assert "(+3) are hidden" in remark.en


def test_each_number_of_a_page_has_its_box() -> None:
    import pypdfium2

    data = as_pdf()
    document = read_bytes(data, suffix=".pdf")
    page = pypdfium2.PdfDocument(data)[0]
    text = page.get_textpage()
    for words in ("22起", "1,246项", "2,222.37万元", "812.70", "2100.14", "77.5%"):
        start = document.text.index(words)
        found = document.place_of(Span(start, start + len(words)))
        assert found is not None and found.page == 1 and found.box is not None
        left, top, right, bottom = found.box
        number = words.rstrip("起项万元")
        assert number in text.get_text_bounded(left - 1, page.get_height() - bottom - 1, right + 1, page.get_height() - top + 1)
        assert right - left < 12 * len(number)
        after = document.place_of(Span(start + len(number), start + len(number) + 1))
        assert after is not None and after.box is None


def test_a_number_says_its_box_in_json() -> None:
    import json

    from extract.report import writer
    from extract.writers import View

    told = json.loads(writer("json").write(_report(".pdf"), View(subject="check")))
    assert all(fact["page"] == 1 and len(fact["box"]) == 4 for fact in told["facts"])


def test_wrapped_lines_of_a_paragraph_are_one_sentence() -> None:
    words = "全年共开展执法检查1,864家次，排查一般隐患12,460项，整改12,218项，整改率98.1%，" * 3 + "立案57宗。"
    document = read_bytes(as_pdf(["工作报告", words]), suffix=".pdf")
    assert words in document.text


def _drawn(*lines: tuple[float, float, str]) -> bytes:
    """A page with words at places, in points from its upper left corner, in letters of 12 points."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setFont("STSong-Light", 12)
    for left, top, words in lines:
        canvas.drawString(left, A4[1] - top, words)
    canvas.save()
    return file.getvalue()


def test_a_single_space_of_the_file_parts_the_columns_of_a_page() -> None:
    rows = ("项目名称 预算数 执行数 执行率(%)", "物资储备 620.00 612.35 98.8", "专项检查 380.00 371.90 97.9", "合计 1000.00 984.25 98.4")
    document = read_bytes(_drawn((60, 60, "支出情况"), *((60, 90 + 20 * n, row) for n, row in enumerate(rows))), suffix=".pdf")
    assert [table.rows for table in document.tables] == [4]
    assert "物资储备\t620.00\t612.35" in document.text


def test_a_line_is_full_where_it_ends_on_the_page_however_few_its_characters() -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    words = "四季度末全市共有注册的街道十二个乡镇三十六个社区一百二十个"  # as wide as a line, of 60 columns
    pieces = ("本月", "48216", "件，日均", "1607", "件，上月", "44400", "件，高", "8.6", "个点，增加")
    drawn = [(60.0, 40.0 + 20 * n, words + mark) for n, mark in enumerate("，、，")]
    gap = (len(words) * 12 + 12 - sum(stringWidth(piece, "STSong-Light", 12) for piece in pieces)) / (len(pieces) - 1)
    left = 60.0
    for piece in pieces:
        drawn.append((left, 100.0, piece))
        left += stringWidth(piece, "STSong-Light", 12) + gap
    drawn.append((60.0, 120.0, "3816件，比去年同期的少。"))
    assert 5 < gap < 7  # no wider than what parts no words
    assert "增加3816件" in read_bytes(_drawn(*drawn), suffix=".pdf").text


def test_a_row_that_a_page_broke_is_one_row() -> None:
    from extract.readers._pdf_pages import Cell, Page, Row, Table
    from extract.readers.pdf import _mended

    def row(*texts: str, full: bool = False) -> list[Cell]:
        return [Cell(text, 1, 1, full and text != "", []) for text in texts]

    edges = (0.0, 50.0, 100.0, 150.0)
    head = row("指标", "目标", "实际")
    above = Table(100, 700, edges, [head, row("带动就业（人）", "≥450", "4872", full=True)])
    footer = Row(800, 812, 300, 12, 250, "— 1 —", [])
    broken = Table(60, 200, edges, [head, row("", "0", ""), row("资产确权率（%）", "≥98", "96.8")])
    whole = Table(60, 200, edges, [row("资产确权率（%）", "≥98", "96.8")])

    def texts(below: Table) -> list[list[list[str]]]:
        pages = [Page(1, 842, "read", [above, footer]), Page(2, 842, "read", [below])]
        mended = _mended(pages, {id(footer)})
        return [[[cell.text for cell in cells] for cells in part.rows] for page in mended for part in page.parts if isinstance(part, Table)]

    assert texts(broken) == [
        [["指标", "目标", "实际"], ["带动就业（人）", "≥4500", "4872"]],
        [["指标", "目标", "实际"], ["资产确权率（%）", "≥98", "96.8"]],
    ]
    assert texts(whole) == [[[cell.text for cell in cells] for cells in table.rows] for table in (above, whole)]


def test_a_locked_pdf_and_one_of_pictures_are_one_clear_line() -> None:
    from reportlab.pdfgen.canvas import Canvas

    locked, picture = io.BytesIO(), io.BytesIO()
    page = Canvas(locked, encrypt="secret")
    page.drawString(72, 72, "12")
    page.save()
    page = Canvas(picture)
    page.showPage()
    page.save()
    with pytest.raises(UnreadableError, match=r"encrypted; save it without a password"):
        read_bytes(locked.getvalue(), name="a.pdf", suffix=".pdf")
    with pytest.raises(UnreadableError, match=r"no text layer"):
        read_bytes(picture.getvalue(), name="a.pdf", suffix=".pdf")


# Hostile and damaged files


def _zip(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return file.getvalue()


_ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><w:document xmlns:w="'
    + W.encode()
    + b'"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
)


@pytest.mark.parametrize(
    ("suffix", "data", "line"),
    [
        (".docx", b"no archive", "damaged: no ZIP archive"),
        (".docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted, or of the old binary format"),
        (".docx", _zip({"a.txt": b"x"}), r"damaged: no part _rels/\.rels"),
        (".docx", _zip({"word/document.xml": b"<w:p>"}), r"damaged: word/document\.xml is no XML"),
        (".docx", _zip({"word/document.xml": _ENTITIES}), "declares entities"),
        (".docx", _zip({"word/document.xml": b"<a>" * 5000}), "is no XML"),
        (".xlsx", b"PK\x03\x04 broken", "damaged: no ZIP archive"),
        (".xlsx", _zip({"xl/workbook.xml": b"<x/>"}), "damaged"),
        (".pdf", b"%PDF-1.7 nothing", "damaged: no PDF"),
        (".pdf", b"", "the file is empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_is_one_clear_line(suffix: str, data: bytes, line: str) -> None:
    with pytest.raises(UnreadableError, match=line) as raised:
        read_bytes(data, name=f"a{suffix}", suffix=suffix)
    assert "\n" not in str(raised.value)


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers._package.MAX_PART", 10_000)
    with pytest.raises(UnreadableError, match="unpacks to more than"):
        read_bytes(word(paragraph("1" * 50_000)), suffix=".docx")


def test_cut_files_end_in_a_document_or_one_clear_line() -> None:
    files: Sequence[tuple[str, bytes]] = [(".docx", FORMATS[".docx"](SAMPLE)), (".xlsx", as_xlsx()), (".pdf", as_pdf())]
    for suffix, data in files:
        for part in range(1, 12):
            cut = data[: len(data) * part // 12]
            try:
                assert read_bytes(cut, suffix=suffix).text
            except UnreadableError as error:
                assert "\n" not in str(error)


def test_bytes_of_a_file_that_is_no_text_are_not_text() -> None:
    from extract.ingest import read_text

    with pytest.raises(UnreadableError, match="is no text"):
        read_text(as_text().decode(), suffix=".docx")


def test_an_old_workbook_reads_as_a_new_one() -> None:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("支出表")
    sheet.write(0, 0, "项目")
    sheet.write(0, 1, "支出（万元）")
    sheet.write(0, 2, "执行率")
    sheet.write(1, 0, "培训费")
    sheet.write(1, 1, 1234.5, xlwt.easyxf(num_format_str="#,##0.00"))
    sheet.write(1, 2, 0.9986, xlwt.easyxf(num_format_str="0.00%"))
    sheet.row(1).hidden = True
    file = io.BytesIO()
    book.save(file)
    document = read_bytes(file.getvalue(), suffix=".xls")
    assert document.source.splitlines() == ["支出表", "项目\t支出（万元）\t执行率", "培训费\t1,234.50\t99.86%"]
    assert [remark.zh for remark in document.remarks] == ["工作表“支出表”第 2 行已隐藏，仍已读取"]
    with pytest.raises(UnreadableError, match="damaged"):
        read_bytes(file.getvalue()[:700], suffix=".xls")


def test_an_open_document_sheet_is_read_as_shown() -> None:
    def cell(shown: str, said: str = "") -> str:
        return f"<table:table-cell {said}><text:p>{shown}</text:p></table:table-cell>"

    head = cell("项目") + cell("2023年", 'table:number-columns-spanned="2"') + "<table:covered-table-cell/>"
    body = cell("培训费") + cell("99.86%", 'office:value="0.9986"') + cell("12<text:s/>家")
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    rows = f"<table:table-row>{head}</table:table-row><table:table-row>{body}</table:table-row>{empty}"
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    content = f'<office:document-content {names}><table:table table:name="Sheet1">{rows}</table:table></office:document-content>'
    assert lines(_zip({"content.xml": content.encode()}), ".ods") == ["项目\t2023年", "培训费\t99.86%\t12 家"]


def _first_of_a_list(form: str, start: str) -> str:
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    body = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>检查22家</w:t></w:r></w:p>'
    return read_bytes(_packed({"word/document.xml": _bare_body(body), "word/numbering.xml": numbering}), suffix=".docx").text


def _bare_body(inside: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'


def _packed(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize("form", ["lowerLetter", "upperRoman", "ideographDigital", "chineseCounting", "ideographTraditional", "decimalZero"])
@pytest.mark.parametrize("start", ["-5", "99999999999999"])
def test_a_list_that_starts_where_none_does_is_read(form: str, start: str) -> None:
    text = _first_of_a_list(form, start)
    assert text.endswith("检查22家")
    assert len(text) < 50_000


@pytest.mark.parametrize("code", ["-5", "D800", "FFFFFFFF"])
def test_a_sign_that_is_no_character_is_left_out(code: str) -> None:
    body = _bare_body(f'<w:p><w:r><w:sym w:char="{code}"/><w:t>检查22家</w:t></w:r></w:p>')
    assert read_bytes(_packed({"word/document.xml": body}), suffix=".docx").text == "检查22家"


def test_a_span_that_is_no_number_is_one_cell() -> None:
    cells = "".join(f'<w:tc><w:tcPr><w:gridSpan w:val="²"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>' for text in ("项目", "22"))
    body = _bare_body(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    assert read_bytes(_packed({"word/document.xml": body}), suffix=".docx").text == "项目\t22"


def test_what_no_spreadsheet_shows_is_shown_as_stored() -> None:
    assert shown(1e300, "0.00%").startswith("1000000")
    assert shown(1.5, "0." + "0" * 60).startswith("1.5")


def test_cells_merged_over_whole_sheets_cost_nothing_or_are_refused() -> None:
    import openpyxl

    def book(merged: str, last: int) -> bytes:
        made = openpyxl.Workbook()
        sheet = made.active
        assert sheet is not None
        for row, cells in ((1, ("项目", "支出数")), (2, ("甲", 5)), (last, (None, 7))):
            for column, value in enumerate(cells, 1):
                sheet.cell(row, column).value = value
        file = io.BytesIO()
        made.save(file)
        found = io.BytesIO()
        with zipfile.ZipFile(file) as old, zipfile.ZipFile(found, "w") as new:
            for name in old.namelist():
                part = old.read(name)
                if name == "xl/worksheets/sheet1.xml":
                    part = part.replace(b"</sheetData>", f'</sheetData><mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>'.encode())
                new.writestr(name, part)
        return found.getvalue()

    document = read_bytes(book("A2:A20000", 20_000), suffix=".xlsx")
    assert [(cell.row, cell.column, cell.span.of(document.text)) for cell in document.tables[0].cells if cell.span.of(document.text) == "7"] == [
        (2, 1, "7")
    ]
    with pytest.raises(UnreadableError, match="merged cells or links cover"):
        read_bytes(book("A2:XFD1048576", 20_000), suffix=".xlsx")


def test_a_page_without_a_size_is_read() -> None:
    data = as_pdf()
    assert b"/MediaBox [ 0 0 " in data
    assert read_bytes(data.replace(b"/MediaBox [ 0 0 ", b"/MediaBox [ 0 /x "), suffix=".pdf").text == read_bytes(data, suffix=".pdf").text


def test_a_page_that_is_not_there_is_named_and_the_rest_is_read() -> None:
    data = _drawn_over(["11 firms checked", "12 firms checked"], hostile=-1)
    assert b"/Kids[4 0 R 6 0 R]" in data
    document = read_bytes(data.replace(b"/Kids[4 0 R 6 0 R]", b"/Kids[4 0 R 1 0 R]"), suffix=".pdf")
    assert document.source == "11 firms checked\n"
    assert [remark.en for remark in document.remarks] == ["page 2: damaged; not read"]
    with pytest.raises(UnreadableError, match="damaged: its pages cannot be read"):
        read_bytes(data.replace(b"/Kids[4 0 R 6 0 R]", b"/Kids[1 0 R 1 0 R]"), suffix=".pdf")


def _widened(data: bytes) -> bytes:
    """The PDF with a font whose widths claim to be those of ten thousand million characters."""
    found, wide = b"18 26 462 27 28 238", b"18 9999999999 462  "
    assert data.count(found) == 1
    return data.replace(found, wide)


def _drawn_over(pages: Sequence[str], *, hostile: int) -> bytes:
    """A PDF of one line a page; one page draws ten forms, each of which draws ten, and so on."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    kids = []
    font = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    for number, words in enumerate(pages):
        content = f"BT /F 12 Tf 72 700 Td ({words}) Tj ET" + (" /X Do" if number == hostile else "")
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        first = len(pages) * 2 + 3
        drawn = f"/XObject<</X {first} 0 R>>" if number == hostile else ""
        resources = f"<<{font}{drawn}>>"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R/Resources{resources}>>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    for _ in range(12):
        content = "/X Do " * 10
        inside = f"/Resources<</XObject<</X {len(objects) + 2} 0 R>>>>"
        objects.append(f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]{inside}/Length {len(content)}>>stream\n{content}\nendstream")
    objects.append("<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 10>>stream\n0 0 9 9 re\nendstream")
    body = "".join(f"{number} 0 obj\n{each}\nendobj\n" for number, each in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R/Size {len(objects) + 1}>>\n%%EOF".encode()


def test_a_page_that_takes_too_long_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers.pdf._SECONDS", 1)
    document = read_bytes(_drawn_over(["11 firms checked", "12 firms checked", "13 firms checked"], hostile=1), suffix=".pdf")
    assert document.source.split("\n") == ["11 firms checked", "13 firms checked", ""]
    assert [remark.zh for remark in document.remarks] == ["第 2 页读取耗时过长或占用内存过多，未读取"]
    assert sorted({place.page for place in document.places}) == [1, 3]


def test_widths_of_no_font_cost_nothing() -> None:
    document = read_bytes(_widened(as_pdf()), suffix=".pdf")
    assert [table.rows for table in document.tables] == [5]
    assert not document.remarks


def test_a_pdf_of_which_no_page_can_be_read_in_time_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers.pdf._SECONDS", 1)
    with pytest.raises(UnreadableError, match="takes too long or too much memory"):
        read_bytes(_drawn_over(["11 firms checked"], hostile=0), suffix=".pdf")


def test_a_pdf_of_ten_thousand_pages_is_refused() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for _ in range(10_000):
        document.new_page(100, 100)
    file = io.BytesIO()
    document.save(file)
    with pytest.raises(UnreadableError, match="10,000 pages, more than the 3,000 that are read; split it"):
        read_bytes(file.getvalue(), suffix=".pdf")


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".ods"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_read(suffix: str, encoding: str) -> None:
    part = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".ods": "content.xml"}[suffix]
    far = "<!--" + "-" * 9 + " " * 5000 + "-->"
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{far.replace("-----", "--- ")}<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    with pytest.raises(UnreadableError, match="declares entities"):
        read_bytes(_zip({part: xml.encode(encoding)}), suffix=suffix)


def test_all_parts_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers._package.MAX_ALL", 10_000)
    body = {"word/document.xml": _bare_body(paragraph("检查22家")).encode()}
    notes = {f"word/header{n}.xml": b"<a>" + b"1" * 1000 + b"</a>" for n in range(20)}
    with pytest.raises(UnreadableError, match="unpacks to more than"):
        read_bytes(_zip(body | notes), suffix=".docx")


def test_more_tags_than_a_table_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers._package.MAX_TAGS", 1000)
    with pytest.raises(UnreadableError, match="more than 1,000 tags"):
        read_bytes(word(paragraph("检查22家") * 200), suffix=".docx")


@pytest.mark.parametrize("depth", [20, 5000])
def test_tables_deep_inside_tables_are_read_or_refused(depth: int) -> None:
    inner = paragraph("检查22家")
    for _ in range(depth):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    if depth < 50:
        assert lines(word(inner)) == ["检查22家"]
    else:
        with pytest.raises(UnreadableError, match="is no XML"):
            read_bytes(word(inner), suffix=".docx")
    page = "<table><tr><td>" * depth + "检查22家" + "</td></tr></table>" * depth
    assert read_bytes(page.encode(), suffix=".html").text == "检查22家"


def _rotated(data: bytes, turn: int) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    document[0].set_rotation(turn)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _rows_turned(turn: int) -> bytes:
    """A ruled table drawn so that it stands upright when its page is turned."""
    from reportlab.lib import colors
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Table as Ruled
    from reportlab.platypus import TableStyle

    file = io.BytesIO()
    page = Canvas(file, pagesize=(600, 800))
    if turn == 90:
        page.translate(600, 0)
    elif turn == 180:
        page.translate(600, 800)
    elif turn == 270:
        page.translate(0, 800)
    page.rotate(turn)
    table = Ruled([["item", "checked", "found"], ["north", "101", "14"], ["south", "87", "9"]])
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
    table.wrapOn(page, 400, 400)
    table.drawOn(page, 100, 300)
    page.showPage()
    page.save()
    return _rotated(file.getvalue(), turn)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_table_on_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    assert lines(_rows_turned(turn), ".pdf") == ["item\tchecked\tfound", "north\t101\t14", "south\t87\t9"]
