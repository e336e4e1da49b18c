"""Tables in text that keeps the layout of a page: what is read is the table that was printed."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import ingest, learned
from extract.catalogue import load
from extract.pipeline import analyse
from extract.types import Document, Table

MODELS = learned.models("patterns")

CASES = sorted((Path(__file__).parent / "cases" / "printed").glob("*.md"))
_CASE = re.compile(r"^```zh\n(?P<page>.*?)^```\n\n```text\n(?P<table>.*?)^```", re.MULTILINE | re.DOTALL)


def rows_of(table: Table) -> list[list[str]]:
    """The paths of the columns, then the cells of the body."""
    body = [[table.text_at(r, c).replace(" ", "") for c in range(table.columns)] for r in range(table.header_rows, table.rows)]
    return [["/".join(path) for path in table.headers], *body]


def assert_sound(document: Document) -> None:
    """Nothing of the source is lost or moved, and the pieces of each cell are its text."""
    assert all(a < b for a, b in pairwise(document.origin))
    lost = set(range(len(document.source))) - set(document.origin)
    for span in document.furniture:
        lost -= set(range(span.start, span.end))
    assert not [document.source[place] for place in lost if not document.source[place].isspace()]
    at = 0
    for block in document.blocks:
        assert block.span.start >= at and not document.text[at : block.span.start].strip()
        assert "\n" not in block.span.of(document.text) and "\t" not in block.span.of(document.text)
        at = block.span.end
    for table in document.tables:
        for cell in table.cells:
            assert "".join(span.of(document.text) for span in (cell.span, *cell.rest)) == cell.text
            assert all(table.span.start <= span.start and span.end <= table.span.end for span in (cell.span, *cell.rest))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_forms(path: Path) -> None:
    match = _CASE.search(path.read_text(encoding="utf-8"))
    assert match is not None
    document = ingest.read_text(match["page"])
    assert_sound(document)
    assert [rows_of(table) for table in document.tables] == [[line.split("→") for line in match["table"].splitlines()]]


def test_there_are_forms() -> None:
    assert len(CASES) >= 12


def test_several_tables_with_prose_between() -> None:
    pages = [match["page"] for path in CASES if path.stem in ("water", "settlement") and (match := _CASE.search(path.read_text(encoding="utf-8")))]
    prose = "    二、其他说明\n    全年收入1254.30万元，比上年增长3.2%，主要原因是人员经费增加。\n"
    document = ingest.read_text(f"{pages[0]}\n{prose}\n\f{pages[1]}\n{prose}")
    assert_sound(document)
    assert [table.columns for table in document.tables] == [8, 7]
    assert [table.unit for table in document.tables] == ["元", "亿立方米"]
    assert sum("全年收入1254.30万元" in block.span.of(document.text) for block in document.blocks if block.cell is None) == 2


@pytest.mark.parametrize(
    "text",
    [
        # prose in two columns
        "今年以来，我局坚持以人民为中心，        二是持续推进改革，优化服务流程，\n"
        "扎实推进各项工作，全年办理事项        全年压减材料 120 份，办理时限\n"
        "3,200 件，办结率 98.5%，群众满        缩短 35.5 个工作日，群众办事\n"
        "意度明显提升，受到社会各界好评。        更加便利，营商环境持续优化。\n",
        # a list
        "目    录\n\n第一部分  部门概况          3\n\n第二部分  决算报表          5\n\n第三部分  情况说明         12\n",
        # verse with numbers
        "一去      二三里      烟村\n四五家    亭台      六七座\n八九十    枝花      开\n",
        # signatures
        "编制人：        审核人：        负责人：\n\n2031 年 3 月 5 日        第 2 页\n",
    ],
)
def test_what_is_no_table_stays_prose(text: str) -> None:
    assert not any(cell.rest for table in ingest.read_text(text).tables for cell in table.cells)
    assert not [table for table in ingest.read_text(text).tables if table.header_rows]


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ("项目", "金额", "合计", "类", "款", "项", "201", "05", "1,250.00", "36.5", "7", "—", "100%", "≥95 次", "（一）", "单位：元", "")
            ),
            max_size=6,
        ),
        max_size=14,
    ),
    st.randoms(use_true_random=False),
)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_whatever_is_printed_nothing_is_lost(lines: list[list[str]], random: Random) -> None:
    page = "\n".join("".join(" " * random.choice((0, 1, 2, 5, 9)) + word for word in line) for line in lines)
    if page.strip():
        assert_sound(ingest.read_text(page))


def test_a_wrong_total_is_found_in_a_printed_table() -> None:
    match = _CASE.search((CASES[0].parent / "purchases.md").read_text(encoding="utf-8"))
    assert match is not None
    assert not analyse(ingest.read_text(match["page"]), catalogue=load(), models=MODELS).findings
    wrong = analyse(ingest.read_text(match["page"].replace("2,507.80", "2,517.80")), catalogue=load(), models=MODELS).findings
    assert [finding.code for finding in wrong] == ["S204"]


# ── a table as a terminal shows it ──────────────────────────────────────────────────────────────────────────────────

_NAMES = ("本年预算", "本年决算", "上年决算", "增减额", "调整预算数", "财政拨款")
_LABELS = ("人员经费", "公用经费", "项目支出", "设备购置费", "维修维护费", "合计")


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def set_in(text: str, columns: int, *, right: bool = False) -> str:
    space = columns - width(text)
    return " " * space + text if right else " " * (space // 2) + text + " " * (space - space // 2)


@given(
    st.integers(2, 5).flatmap(
        lambda columns: st.lists(
            st.lists(st.one_of(st.just(""), st.decimals(0, 99999, places=2).map(lambda n: f"{n:,.2f}")), min_size=columns, max_size=columns).filter(
                any
            ),
            min_size=3,
            max_size=6,
        )
    ),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_a_terminal_shows_the_table(numbers: list[list[str]], apart: bool) -> None:
    columns = len(numbers[0])
    if not all(any(row[c] for row in numbers) for c in range(columns)):
        return
    upper = "".join(set_in(name[:2], 14) for name in _NAMES[:columns])
    lower = "".join(set_in(name[2:], 14) for name in _NAMES[:columns])
    lines = [" " * 16 + upper, set_in("项目", 16) + lower, *([""] if apart else [])]
    for label, row in zip(_LABELS, numbers, strict=False):
        lines += [label + " " * (16 - width(label)) + "".join(set_in(text, 12, right=True) + "  " for text in row), *([""] if apart else [])]
    document = ingest.read_text("单位：万元\n" + "\n".join(line.rstrip() for line in lines))
    assert_sound(document)
    wanted = [["项目", *_NAMES[:columns]], *([label, *row] for label, row in zip(_LABELS, numbers, strict=False))]
    assert [rows_of(table) for table in document.tables] == [wanted]
    assert document.tables[0].unit == "万元"
