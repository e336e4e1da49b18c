"""What a document says of itself."""

from __future__ import annotations

import pytest

from extract import ingest
from extract.types import About


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param(
            "南溪区水务局2022年度部门整体支出\n绩效自评报告\n区财政局：\n　　现将情况报告如下。\n南溪区水务局\n2023年3月1日\n",
            About(title="南溪区水务局2022年度部门整体支出绩效自评报告", org="南溪区水务局", region="南溪区", year="2022"),
            id="title-in-two-lines",
        ),
        pytest.param(
            "部门预算项目绩效自评表\n（2021年度）\n单位名称（盖章）：北江市东山县林业局\n一、概况\n略。\n",
            About(title="部门预算项目绩效自评表", org="北江市东山县林业局", region="东山县", year="2021"),
            id="label",
        ),
        pytest.param(
            "政府工作报告\n——2024年2月1日在清河县第十七届人民代表大会第三次会议上\n一、2023年工作回顾\n全年完成投资12亿元。\n",
            About(title="政府工作报告", org="清河县人民政府", region="清河县", year="2023"),
            id="congress",
        ),
        pytest.param("一、检查情况\n检查企业12家。\n", About(), id="nothing"),
    ],
)
def test_about(source: str, said: About) -> None:
    assert ingest.read_text(source).about == said


def test_the_lines_of_the_title_are_marked() -> None:
    document = ingest.read_text("南溪区水务局2022年度部门整体支出\n绩效自评报告\n一、概况\n略去。\n")
    assert [block.kind for block in document.blocks] == ["title", "title", "heading", "paragraph"]
