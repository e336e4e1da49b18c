"""Files in which little says that there is much: each is read at its true size, or refused in one line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from extract.errors import UnreadableError
from extract.ingest import read_bytes
from tests.formats import as_ods, as_xlsx
from tests.test_readers import lines, paragraph, text, word

_LAST = "</sheetData>"
_HELD = "1,000 are read; split it"


def changed(data: bytes, part: str, new: Mapping[str, str]) -> bytes:
    """A package with texts of one part replaced by others."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as package:
        for name in old.namelist():
            inside = old.read(name)
            if name == part:
                for found, put in new.items():
                    assert found.encode() in inside, inside
                    inside = inside.replace(found.encode(), put.encode())
            package.writestr(name, inside)
    return made.getvalue()


def sheet(**new: str) -> bytes:
    return changed(as_xlsx(), "xl/worksheets/sheet1.xml", {_LAST: "".join(new.values()) + _LAST})


@pytest.mark.parametrize(
    "ranges",
    [
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="a"/></hyperlinks>',
        '<hyperlinks><hyperlink ref="A:Z" location="a"/></hyperlinks>',
        '<mergeCells><mergeCell ref="$A$1:$XFD$1048576"/></mergeCells>',
        "<mergeCells><mergeCell ref='a1:xfd1048576'/></mergeCells>",
        '<mergeCells><mergeCell ref="&#65;1:XFD1048576"/></mergeCells>',
        '<mergeCells><mergeCell ref = "1:1048576"/></mergeCells>',
    ],
)
def test_what_covers_a_whole_sheet_is_refused_however_it_is_written(ranges: str) -> None:
    data = changed(as_xlsx(), "xl/worksheets/sheet1.xml", {_LAST: _LAST + ranges})
    with pytest.raises(UnreadableError, match="merged cells or links cover more than 500,000 cells; take them back"):
        read_bytes(data, suffix=".xlsx")


def test_a_sheet_in_another_encoding_is_held_to_the_same() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_xlsx())) as old, zipfile.ZipFile(made, "w") as package:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                xml = part.decode().partition("?>")[2] if part.startswith(b"<?xml") else part.decode()
                part = xml.replace(_LAST, f'{_LAST}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>').encode("utf-16")
            package.writestr(name, part)
    with pytest.raises(UnreadableError, match="cover more than"):
        read_bytes(made.getvalue(), suffix=".xlsx")


@pytest.mark.parametrize("place", ["evil/sheet.dat", "xl/media/image1.png"])
def test_a_sheet_is_held_to_bounds_wherever_it_lies(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_xlsx())) as old, zipfile.ZipFile(made, "w") as package:
        for name in old.namelist():
            part = old.read(name).replace(b"xl/worksheets/sheet1.xml", place.encode())
            package.writestr(place if name == "xl/worksheets/sheet1.xml" else name, part)
    assert read_bytes(made.getvalue(), suffix=".xlsx").text == read_bytes(as_xlsx(), suffix=".xlsx").text
    monkeypatch.setattr("extract.readers._package.MAX_TAGS", 100)
    with pytest.raises(UnreadableError, match=f"{place} has more than 100 tags"):
        read_bytes(made.getvalue(), suffix=".xlsx")


def test_empty_cells_and_rows_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row><row r="{row + 1}" ht="14"/>' for row in range(1000, 3000, 2))
    data = sheet(empty=empty, hidden='<row r="3001" hidden="1"/>')
    whole = read_bytes(data, suffix=".xlsx")
    monkeypatch.setattr("extract.readers.xlsx._MANY", 100)
    seen: list[int] = []
    load = openpyxl.load_workbook

    def counting(file: io.BytesIO, **options: bool) -> openpyxl.Workbook:
        book = load(file, **options)
        seen.extend(len(each.row_dimensions) for each in book.worksheets)
        return book

    monkeypatch.setattr(openpyxl, "load_workbook", counting)
    document = read_bytes(data, suffix=".xlsx")
    assert (document.text, document.tables, document.places, document.remarks) == (whole.text, whole.tables, whole.places, whole.remarks)
    assert "3001" in document.remarks[-1].en
    assert max(seen) < 100


def test_cells_without_a_place_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    data = sheet(row='<row r="2000"><c/><c/><c t="inlineStr"><is><t>12</t></is></c></row>' + '<row r="2001"/>' * 200)
    monkeypatch.setattr("extract.readers.xlsx._MANY", 100)
    assert read_bytes(data, suffix=".xlsx").places[-1].cell == "Sheet!C2000"


def test_one_text_for_every_cell_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers._sheets.MAX_CHARACTERS", 10_000)
    repeated = '<table:table-cell table:number-columns-repeated="900"><text:p>检查企业12家</text:p></table:table-cell>'
    data = changed(as_ods(), "content.xml", {"</table:table>": f"<table:table-row>{repeated * 3}</table:table-row></table:table>"})
    with pytest.raises(UnreadableError, match="its cells say more than 10,000 characters; split it"):
        read_bytes(data, suffix=".ods")
    monkeypatch.setattr("extract.readers.ods.MAX_CELLS", 1000)
    with pytest.raises(UnreadableError, match="a row of more than 1,000 cells"):
        read_bytes(data, suffix=".ods")


def test_cells_far_apart_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers._sheets.MAX_PLACES", 1000)
    book = openpyxl.Workbook()
    assert book.active is not None
    for number in range(1, 41):
        book.active.cell(number, number).value = number
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(UnreadableError, match=f"its tables have 1,600 cells, most of them empty; {_HELD}"):
        read_bytes(file.getvalue(), suffix=".xlsx")


def test_an_old_workbook_is_held_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import xlwt

    book = xlwt.Workbook()
    made = book.add_sheet("支出表")
    made.write_merge(0, 50, 0, 50, "支出表")
    made.write(51, 0, 12)
    file = io.BytesIO()
    book.save(file)
    assert read_bytes(file.getvalue(), suffix=".xls").source.split() == ["支出表", "12"]
    monkeypatch.setattr("extract.readers.xls.MOST_COVERED", 1000)
    with pytest.raises(UnreadableError, match="merged cells cover more than 1,000 cells"):
        read_bytes(file.getvalue(), suffix=".xls")


_WIDE = {
    ".txt": "名称" + "\t数量" * 60 + "\n" + "甲镇\t12\n" * 60,
    ".csv": "名称" + ",数量" * 60 + "\n" + "甲镇,12\n" * 60,
    ".md": "| 名称 |" + " 数量 |" * 60 + "\n|" + " --- |" * 61 + "\n" + "| 甲镇 | 12 |\n" * 60,
    ".html": "<table>" + "<tr><td rowspan=100000 colspan=100000>甲镇</td><td>12</td></tr>" * 30 + "</table>",
}


@pytest.mark.parametrize("suffix", _WIDE)
def test_one_cell_that_makes_a_table_wide_is_refused(monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    data = _WIDE[suffix].encode()
    assert "12" in read_bytes(data, suffix=suffix).text
    monkeypatch.setattr("extract.ingest.MAX_PLACES", 1000)
    with pytest.raises(UnreadableError, match=rf"a{suffix}: its tables have [\d,]+ cells, most of them empty or merged; {_HELD}"):
        read_bytes(data, name=f"a{suffix}", suffix=suffix)


def test_a_number_as_long_as_a_book_is_cut() -> None:
    def numbered(words: str) -> bytes:
        level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="{words}%1"/></w:lvl>'
        listed = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        return word(paragraph("检查12家", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'), numbering=listed)

    assert lines(numbered("第")) == ["第1检查12家"]
    assert [len(line) for line in lines(numbered("第" * 5000))] == [105]


def test_a_file_that_says_more_than_any_report_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers.docx.MAX_CHARACTERS", 1000)
    with pytest.raises(UnreadableError, match="it says more than 1,000 characters; split it"):
        read_bytes(word(paragraph("检查12家") * 500), suffix=".docx")


def test_styles_without_end_are_followed_so_far() -> None:
    chain = "".join(f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(300))
    for deep, level in ((50, 1), (290, 0)):
        last = f'<w:style w:styleId="s{deep}"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        styles = chain.replace(f'<w:style w:styleId="s{deep}"><w:basedOn w:val="s{deep + 1}"/></w:style>', last)
        data = word(paragraph("工作情况", properties='<w:pStyle w:val="s0"/>') + paragraph("检查12家"), styles=styles)
        assert len(read_bytes(data, suffix=".docx").sections) == level


def test_fields_in_fields_show_what_they_show() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begun = mark.format("begin") + "<w:r><w:instrText> {} </w:instrText></w:r>"
    page = begun.format("PAGE") + mark.format("separate") + text("7") + mark.format("end")
    outer = begun.format("IF") + page + mark.format("separate") + text("12") + page + mark.format("end")
    assert lines(word(paragraph("检查", outer, "家", mark.format("end"), "。"))) == ["检查12家。"]


def test_names_in_an_archive_are_names_only(tmp_path: Path) -> None:
    from extract.cli._inputs import expand

    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("a\nb\x1b[31m.txt", "长" * 500 + ".txt", "b.zip!/c.txt"):
            archive.writestr(name, "检查12家")
    assert [str(name).removeprefix(f"{path}!/") for name in expand([str(path)])] == ["a\ufffdb\ufffd[31m.txt", "b.zip!/c.txt", "长" * 500 + ".txt"]
