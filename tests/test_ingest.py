"""Reading files: encodings, formats, errors, and a reading text in which every character keeps its place in the source."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract import ingest
from extract.errors import UnreadableError
from extract.repair import narrowed
from extract.types import Document, Span

CASES = Path(__file__).parent / "cases" / "ingest"
_CASE = re.compile(r"^# (?P<title>.+?)\n(?P<why>.*?)```zh\n(?P<given>.*?)\n```\n+```text\n(?P<wanted>.*?)\n```", re.MULTILINE | re.DOTALL)
FILES = sorted(CASES.glob("*.md"))
# An arrow in a case stands for the tab between two cells.
REPAIRS = [(m["title"], m["given"], m["wanted"].replace("→", "\t")) for path in FILES for m in _CASE.finditer(path.read_text(encoding="utf-8"))]
# What stands in a source for a separator of the reading text, or may be left out of it.
_SEPARATORS = frozenset(" \t\r\n\u2028\x85\u3000\xa0\x0b\x0c<|,;&")


def assert_whole(document: Document, markup: re.Pattern[str] | None = None) -> None:
    """Every character stands at its place, nothing but markup, spaces and page furniture is left out, and blocks cover it."""
    text, source, origin = document.text, document.source, document.origin
    assert len(text) == len(origin)
    assert all(a < b for a, b in pairwise(origin))
    for char, place in zip(text, origin, strict=True):
        there = source[place]
        assert char == there or char == narrowed(there) or (char, there) in {(",", "，"), (".", "．")} or there in _SEPARATORS, (char, there)
    left = set(range(len(source))) - set(origin)
    for span in document.furniture:
        left -= set(range(span.start, span.end))
    if markup:
        for match in markup.finditer(source):
            left -= set(range(*match.span()))
    lost = [source[place] for place in sorted(left) if not source[place].isspace() and source[place] not in "\ufeff\u200b\xad"]
    assert not lost
    at = 0
    for block in document.blocks:
        assert block.span.start >= at and not text[at : block.span.start].strip()
        assert "\n" not in block.span.of(text) and "\t" not in block.span.of(text)
        at = block.span.end
    assert not text[at:].strip()
    for table in document.tables:
        assert all("".join(span.of(text) for span in (cell.span, *cell.rest)) == cell.text for cell in table.cells)
        assert len(table.headers) == table.columns and len(table.labels) == len(table.grid) == table.rows


def test_there_are_cases() -> None:
    assert len(FILES) > 1
    assert len(REPAIRS) == sum(path.read_text(encoding="utf-8").count("```zh") for path in FILES)


@pytest.mark.parametrize(("given", "wanted"), [pytest.param(g, w, id=t.replace(" ", "-")) for t, g, w in REPAIRS])
def test_repairs(given: str, wanted: str) -> None:
    document = ingest.read_text(given)
    assert document.text == wanted
    assert_whole(document, re.compile(r"</?[a-z]+>|&[a-z]+;"))


# ── bytes and files ─────────────────────────────────────────────────────────────────────────────────────────────────

SAMPLE = "一、检查情况\r\n全年检查企业120家，发现隐患36条。\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    data = SAMPLE.encode(encoding)
    if encoding == "utf-16-be":
        data = b"\xfe\xff" + data
    document = ingest.read_bytes(data, name="sample", suffix=".txt")
    assert document.text == "一、检查情况\n全年检查企业120家，发现隐患36条。"
    assert document.source.lstrip("\ufeff") == SAMPLE
    assert (document.source[0] == "\ufeff") == (encoding not in ("utf-8", "gb18030"))
    assert_whole(document)


def test_a_short_gbk_file_is_not_taken_for_another_language() -> None:
    assert ingest.read_bytes("共检查12家。".encode("gbk"), suffix=".txt").text == "共检查12家。"


def test_the_label_gb2312_means_gb18030() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>镕基路3号、㐂福里5号</p>'
    document = ingest.read_bytes(page.encode("gb18030"), suffix=".html")
    assert document.encoding == "gb18030"
    assert document.text == "镕基路3号、㐂福里5号"


def test_a_labelled_page_is_read_as_labelled() -> None:
    page = '<meta charset="big5"><p>全年檢查企業，發現隱患，整改完成率提高。</p>'
    assert ingest.read_bytes(page.encode("big5"), suffix=".html").text == "全年檢查企業，發現隱患，整改完成率提高。"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends(end: str) -> None:
    document = ingest.read_text(f"检查完成。{end}共3家。{end}")
    assert document.text == "检查完成。\n共3家。"
    assert document.source_span(Span(6, 10)).of(document.source) == "共3家。"
    assert_whole(document)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"  \n", "empty", id="blank"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary", id="binary"),
        pytest.param(b"\xff\xfe\x00\xd8\x00\xd8", "byte order mark", id="false-mark"),
        pytest.param(bytes(range(128, 256)) * 4, "encoding", id="no-encoding"),
        pytest.param(b"----\n- 1 -\n", "no text", id="furniture-only"),
    ],
)
def test_unreadable_bytes(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError) as error:
        ingest.read_bytes(data, name="sample", suffix=".txt")
    assert says in str(error.value) and "\n" not in str(error.value) and str(error.value).startswith("sample: ")


def test_unreadable_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.pages").write_bytes(b"PK")
    (tmp_path / "large.txt").write_text("很长的报告", encoding="utf-8")
    monkeypatch.setattr(ingest, "MAX_BYTES", 10)
    for name, says in (("missing.txt", "no such file"), ("report.pages", ".html"), ("large.txt", "MB"), ("", "folder")):
        with pytest.raises(UnreadableError) as error:
            ingest.read(tmp_path / name)
        assert says in str(error.value) and "\n" not in str(error.value)


def test_a_file_is_read_by_its_suffix(tmp_path: Path) -> None:
    path = tmp_path / "自评表.CSV"
    path.write_bytes("项目,金额\n甲,12\n".encode("gb18030"))
    document = ingest.read(path)
    assert (document.name, document.path, document.encoding) == ("自评表", str(path), "gb18030")
    assert document.text == "项目\t金额\n甲\t12"
    assert len(document.sha256) == 64


def test_suffixes_are_those_of_the_readers() -> None:
    assert {".txt", ".md", ".html", ".htm", ".csv", ".tsv"} <= set(ingest.suffixes())


# ── formats ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_markdown() -> None:
    source = "# 总结\n\n共**12**家，乘积 2*3*4。\n\n| 项目 | 数量 |\n|:---|---:|\n| 甲\\|乙 | 3<br>4 |\n\n结束。\n"
    document = ingest.read_text(source, suffix=".md")
    assert document.text == "# 总结\n共12家，乘积2*3*4。\n项目\t数量\n甲|乙\t3 4\n结束。"
    assert [(s.title, s.level) for s in document.sections] == [("总结", 1)]
    assert [cell.text for cell in document.tables[0].cells] == ["项目", "数量", "甲|乙", "3 4"]
    assert_whole(document, re.compile(r"\*\*|<br>|[|]|\\"))


def test_a_pipe_in_a_sentence_is_no_table() -> None:
    document = ingest.read_text("记者|张某\n今天完成。", suffix=".md")
    assert document.text == "记者|张某\n今天完成。"
    assert not document.tables


def test_html() -> None:
    source = (
        "<html><head><style>p{width:1px}</style></head><body><script>var x = 5 < 7;</script><h1>一、总体&#24773;况</h1>\n"
        "<p>支\n出<span>8</span>.5&nbsp;亿元<!-- 3 --></p><table><tr><td rowspan=2>指标</td><td colspan='2'>数量</td></tr>"
        "<tr><td>目标</td><td>完成</td></tr>\n<tr><td>甲</td><td>5</td><td><p>6</p></td></tr></table>完</body></html>"
    )
    document = ingest.read_text(source, suffix=".html")
    assert document.text == "一、总体情况\n支出8.5亿元\n指标\t数量\n目标\t完成\n甲\t5\t6\n完"
    table = document.tables[0]
    assert table.headers == (("指标",), ("数量", "目标"), ("数量", "完成"))
    assert table.text_at(1, 0) == "指标" and table.text_at(2, 2) == "6"
    assert document.source_span(document.reading_span(Span(source.index("6</p>"), source.index("6</p>") + 1))).of(source) == "6"
    assert_whole(document, re.compile(r"<(script|style)>.*?</\1>|<!--.*?-->|<[^<>]*>|&#?\w+;"))


def test_tables_that_lay_out_a_page_are_no_tables() -> None:
    source = "<table><tr><td>菜单</td><td><table><tr><td>甲</td><td>1</td></tr></table><p>正文。</p></td></tr></table>"
    document = ingest.read_text(source, suffix=".html")
    assert document.text == "菜单\n甲\t1\n正文。"
    assert len(document.tables) == 1


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv(mark: str) -> None:
    source = f'项目{mark}金额（万元）{mark}备注\r\n甲{mark}"1,234.5"{mark}"含""乙"""\n丙{mark}{mark}"两\n行"\n'
    document = ingest.read_text(source, suffix=".csv")
    table = document.tables[0]
    assert [cell.text for cell in table.cells] == ["项目", "金额（万元）", "备注", "甲", "1,234.5", '含"乙"', "丙", "", "两 行"]
    assert table.unit_of(1, 1) == "万元"
    assert_whole(document, re.compile(r'[";,]'))


# ── properties ──────────────────────────────────────────────────────────────────────────────────────────────────────

_WORDS = st.sampled_from(
    (
        *("检查企业", "12", "3.5", "万元", "，", "。", "；", " ", "　", "\n", "\n\n", "\t", "\t\t", "（一）", "一、", "1.", "一是", "- 3 -", "5"),
        *("３", "单位：万元", "----", "合  计", "2021年", "1,2", "34", "％", "\r\n", "\ufeff", "表1 情况表", "<p>", "</p>", "&nbsp;"),
        *("甲镇 12 3.5\n", "项目 金额\n", "201 05 ", "支出 1,200 ", "类 款 项 ", "一、拨款 5 一、支出 6\n", "2.需要另行制", "作\n", "4 4\n"),
        "全年投入资金，用于道路养护和桥梁维修加固",
    )
)
_TAGS = re.compile(r"</?p>|&nbsp;")


@given(st.lists(_WORDS, max_size=60).map("".join))
@settings(max_examples=400, deadline=None)
@example("甲\t\n\t乙\n- 3 -")
@example("1,2\n34万元，一是\n（一）")
@example("201 05 一、拨款 5 一、支出 6\n检查企业一、拨款 5 一、支出 6\n")
def test_whatever_the_lines_nothing_is_lost(source: str) -> None:
    try:
        document = ingest.read_text(source)
    except UnreadableError:
        return
    assert_whole(document, _TAGS)
    assert all(a.span.start <= b.span.start for a, b in pairwise(document.sections))


@given(st.text(max_size=200), st.sampled_from([".txt", ".md", ".html", ".csv"]))
@settings(max_examples=400, deadline=None)
def test_any_string_is_survived(source: str, suffix: str) -> None:
    try:
        document = ingest.read_text(source, suffix=suffix)
    except UnreadableError:
        return
    assert all(a < b for a, b in pairwise(document.origin))
    assert len(document.origin) == len(document.text)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        ingest.read_bytes(data, suffix=".txt")
    except UnreadableError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    "run",
    [
        "1万",
        "甲 ",
        "\t",
        "<p>",
        "|",
        "&",
        "\n",
        "（",
        "1 ",
        "<!--",
        "**",
        "甲 1\n",
        "甲 1 ",
        "甲 乙\n",
        "201 甲 1 2\n",
        "甲 1 乙 2\n",
        "一、\n",
        "表",
        "- 1 -\n",
        "2\n\n",
        '",',
    ],
)
def test_long_runs_are_read_at_once(run: str) -> None:
    source = run * (200_000 // len(run)) + "甲\t乙。"
    for suffix in (".txt", ".md", ".html"):
        assert ingest.read_text(source, suffix=suffix).text


# ── the annotated documents ─────────────────────────────────────────────────────────────────────────────────────────

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""The project's folder of annotated documents, beside the checkout; tests that need it say so where it is absent."""


def _gold() -> list[Path]:
    return sorted(SHARED.glob("gold/*/*.gold.json"))


@pytest.mark.skipif(not _gold(), reason="no ../shared/gold beside the checkout")
@pytest.mark.parametrize("path", _gold(), ids=lambda path: path.name.removesuffix(".gold.json"))
def test_annotated_numbers_stand_whole_in_the_reading_text(path: Path) -> None:
    import json

    gold = json.loads(path.read_text(encoding="utf-8"))
    document = ingest.read(next(SHARED.glob(f"corpus/*/{gold['doc']}.txt")))
    assert_whole(document, re.compile(r"</?(?:p|br|strong|table)>"))
    for fact in gold["facts"]:
        given = Span(fact["start"], fact["end"])
        span = document.reading_span(given)
        assert document.source_span(span) == given
        assert span.of(document.text) == narrowed(re.sub(r"\s", "", given.of(document.source)))
        assert sum(block.span.contains(span) for block in document.blocks) == 1
        block = next(block for block in document.blocks if block.span.contains(span))
        unit = fact["unit"]
        behind = re.sub(r"\s|<[^<>]*>", "", document.source[given.end : given.end + 20])
        if unit and behind.startswith(unit):
            assert document.text[span.end : block.span.end].startswith(unit)


def test_bare_numbers_a_page_apart_are_those_of_pages() -> None:
    line = "调查组先后勘查现场、调取资料、询问谈话，查明了经过、原因和损失情况，提出了处理建议，"
    page = f"{line}\n" * 16
    assert len(ingest.read_text(f"{page}1\n{page}2\n到此为止。\n").furniture) == 2
    rows = "".join(f"{number}\n" + "短句\n" * 16 for number in (1, 2, 3))
    assert not ingest.read_text(rows).furniture
