"""Sections and list marks."""

from __future__ import annotations

import pytest

from extract import ingest
from extract.outline import han_number, list_markers, without_number


def outlined(source: str, suffix: str = ".txt") -> list[tuple[str, str, int, int | None]]:
    return [(s.number, s.title, s.level, s.parent) for s in ingest.read_text(source, suffix=suffix).sections]


def test_headings_nest() -> None:
    source = "第一部分 概况\n一、职责\n（一）内设机构\n1.办公室\n（1）文秘\n（二）人员\n二、预算\n第二部分 决算\n"
    assert outlined(source) == [
        ("第一部分", "概况", 1, None),
        ("一、", "职责", 2, 0),
        ("（一）", "内设机构", 3, 1),
        ("1.", "办公室", 4, 2),
        ("（1）", "文秘", 5, 3),
        ("（二）", "人员", 3, 1),
        ("二、", "预算", 2, 0),
        ("第二部分", "决算", 1, None),
    ]


def test_numbers_that_start_again_and_repeat() -> None:
    source = "一、工作\n（一）检查\n（二）演练\n（二）培训\n二、问题\n（一）人员\n"
    assert outlined(source) == [
        ("一、", "工作", 1, None), ("（一）", "检查", 2, 0), ("（二）", "演练", 2, 0), ("（二）", "培训", 2, 0),
        ("二、", "问题", 1, None), ("（一）", "人员", 2, 4),
    ]  # fmt: skip


def test_the_leading_phrase_of_a_numbered_paragraph_is_its_heading() -> None:
    document = ingest.read_text("（一）道路养护。全年修补坑槽300处，清理边沟12公里。\n第二段说明了资金来源。")
    section = document.sections[0]
    assert (section.number, section.title) == ("（一）", "道路养护")
    assert section.heading.of(document.text) == "（一）道路养护"
    assert [block.section for block in document.blocks] == [0, 0]
    assert [block.kind for block in document.blocks] == ["paragraph", "paragraph"]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("1、负责编制年度计划，组织实施，并按规定上报。", id="sentence"),
        pytest.param("（二）项所列情形除外；", id="clause"),
        pytest.param("一是加强领导。二是加强检查。", id="list-words"),
        pytest.param("1.35万个隐患已经整改。", id="decimal"),
        pytest.param("一、二、三产业增加值分别增长。", id="series"),
        pytest.param("2021年工作总结", id="year"),
    ],
)
def test_what_is_no_heading(source: str) -> None:
    assert outlined(source) == []


def test_markdown_headings() -> None:
    assert outlined("# 报告\n## 一、概况\n### 要闻 简讯\n## 二、决算\n", ".md") == [
        ("", "报告", 1, None), ("一、", "概况", 2, 0), ("", "要闻 简讯", 3, 1), ("二、", "决算", 2, 0),
    ]  # fmt: skip


def test_sections_end_where_the_next_of_their_level_starts() -> None:
    document = ingest.read_text("一、甲事\n（一）乙事\n正文。\n二、丙事\n尾。")
    first, inner, second = document.sections
    assert first.span.of(document.text) == "一、甲事\n（一）乙事\n正文。\n"
    assert inner.span.of(document.text) == "（一）乙事\n正文。\n"
    assert second.span.of(document.text) == "二、丙事\n尾。"
    assert document.section_path(1) == ("一、甲事", "（一）乙事")


def test_list_marks() -> None:
    source = "（六）甲\n（七）乙\n（七）丙\n问题：一是人少；三是钱少。第一，改；③查。根据第（二）项，1.2.3 分别办理。"
    document = ingest.read_text(source)
    found = [(m.style, m.number, m.span.of(document.text)) for m in list_markers(document)]
    assert found == [
        ("han_brackets", 6, "（六）"), ("han_brackets", 7, "（七）"), ("han_brackets", 7, "（七）"),
        ("han_is", 1, "一是"), ("han_is", 3, "三是"), ("ordinal", 1, "第一，"), ("circled", 3, "③"),
    ]  # fmt: skip
    assert [m.section for m in list_markers(document)][:3] == [0, 1, 2]


@pytest.mark.parametrize(
    ("text", "value"), [("一", 1), ("十", 10), ("十一", 11), ("三十二", 32), ("一百零三", 103), ("7", 7), ("７", 7), ("٣", 3), ("⑫", 12)]
)
def test_numbers_of_lists(text: str, value: int) -> None:
    assert han_number(text) == value


def test_a_heading_without_its_number() -> None:
    assert without_number("（三）自评表") == "自评表"
    assert without_number("自评表") == "自评表"
