"""Tables: where they stand, their headers, labels, units, and the cells that pages and merges moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from extract import ingest, pipeline
from extract.tables import declared_unit, kind_of
from extract.types import Table, unit_in_brackets


def tables(source: str, suffix: str = ".txt") -> tuple[Table, ...]:
    return ingest.read_text(source, suffix=suffix).tables


def context(table: Table, row: int, column: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    cell = table.at(row, column)
    assert cell is not None
    return table.context(cell)


def test_a_merged_header_fills_to_the_right() -> None:
    (table,) = tables(
        "表3  收入情况表\n单位：万元\n来源\t预算\t\t决算\t完成率（%）\n\t年初数\t调整数\t\t\n拨款\t10\t2\t11\t91.7\n合计\t10\t2\t11\t91.7\n"
    )
    assert table.title == "表3 收入情况表" and table.unit == "万元"
    assert table.header_rows == 2 and table.label_columns == 1
    assert table.headers == (("来源",), ("预算", "年初数"), ("预算", "调整数"), ("决算",), ("完成率（%）",))
    assert table.labels == ((), (), ("拨款",), ("合计",))
    assert context(table, 2, 2) == (("拨款",), ("预算", "调整数"))
    assert table.unit_of(2, 1) == "万元" and table.unit_of(2, 4) == "%"


def test_lower_header_rows_that_slipped_by_a_column() -> None:
    (table,) = tables(
        "项目\t预算\t产出目标\t\t\t\t效益目标\t\t\n\t\t其他\t数量\t\t质量\t\t满意度\t\n\t\t\t指标值\t完成\t指标值\t完成\t指标值\t完成\n"
        "甲\t12\t修路三条\t已修三条\t全部合格\t合格\t九成满意\t满意\t\n乙\t15\t架桥一座\t已架一座\t全部合格\t合格\t九成满意\t满意\t\n"
    )
    assert [table.headers[c] for c in (2, 3, 5, 6, 7)] == [
        ("产出目标", "数量", "指标值"),
        ("产出目标", "数量", "完成"),
        ("产出目标", "质量", "完成"),
        ("效益目标", "满意度", "指标值"),
        ("效益目标", "满意度", "完成"),
    ]


def test_a_row_is_not_moved_into_a_column_that_no_row_fills() -> None:
    (table,) = tables("名称\t家数\t占比\t\n甲镇\t10\t20%\t\n乙镇\t12\t24%\t\n丙镇\t13\t26%\t\n15\t30%\t含丁镇\n")
    assert table.columns == 3
    assert [cell.text for cell in table.cells if cell.row == 4] == ["15", "30%", "含丁镇"]


def test_a_header_broken_over_two_rows() -> None:
    (table,) = tables("村名\t搬迁\t补助\n\t户数\t金额\n甲村\t12\t30.5\n乙村\t8\t20.1\n")
    assert table.header_rows == 2
    assert table.headers[1:] == (("搬迁", "户数"), ("补助", "金额"))


def test_units_in_a_row_of_their_own() -> None:
    (table,) = tables("地区\t起数\t伤亡\n\t（起）\t（人）\n甲镇\t3\t1\n乙镇\t2\t0\n")
    assert table.headers == (("地区",), ("起数",), ("伤亡",))
    assert [table.unit_of(2, column) for column in range(3)] == ["", "起", "人"]


def test_merged_labels_fill_down() -> None:
    (table,) = tables(
        "一级指标\t二级指标\t三级指标\t分值\t得分\n产出\t数量\t修路里程\t5\t5\n\t\t架桥座数\t5\t4\n\t质量\t合格率\t10\t10\n满意度\t群众满意度\t\t10\t9\n总分\t\t\t30\t28\n"
    )
    assert table.label_columns == 3
    assert table.labels[1:] == (
        ("产出", "数量", "修路里程"), ("产出", "数量", "架桥座数"), ("产出", "质量", "合格率"), ("满意度", "群众满意度"), ("总分",),
    )  # fmt: skip
    assert table.roles == ("label", "label", "label", "value", "value")


def test_numbers_of_rows_and_units_of_rows_are_no_labels() -> None:
    (table,) = tables("序号\t指标名称\t计量单位\t目标\t完成\n1\t造林面积\t亩\t120\t130\n2\t投资\t万元\t50\t48.5\n合计\t\t\t170\t178.5\n")
    assert table.roles[:3] == ("index", "label", "unit")
    assert table.labels[1:] == (("造林面积",), ("投资",), ("合计",))
    assert table.unit_of(1, 3) == "亩" and table.unit_of(2, 4) == "万元"


def test_a_column_of_names_in_the_middle() -> None:
    (table,) = tables("任务\t任务说明\t关键指标\t预期值\t完成值\n甲事\t把甲事办好，惠及各村\t修渠长度\t3公里\t3.2公里\n\t\t通水户数\t20户\t22户\n")
    assert context(table, 2, 4) == (("甲事", "通水户数"), ("完成值",))


def test_two_halves_side_by_side() -> None:
    (table,) = tables("单位：元\n收  入\t\t支  出\t\n项目\t决算数\t项目\t决算数\n拨款\t10.5\t工资\t8.1\n利息\t0.2\t水电\t1.3\n")
    assert table.header_rows == 2
    assert context(table, 2, 1) == (("拨款",), ("收入", "决算数"))
    assert context(table, 2, 3) == (("工资",), ("支出", "决算数"))


def test_forms() -> None:
    (table,) = tables("联系人\t张某某\t电话\t6620001\n核定编制\t14\t实有人数\t26\n")
    assert table.header_rows == 0 and all(table.forms)
    assert context(table, 1, 3) == (("实有人数",), ())


def test_a_header_in_the_middle_opens_a_table() -> None:
    found = tables(
        "名称\t某局\t\t\t\n资金\t来源\t年初预算数\t实际支出数\t执行率\n\t合计\t120\t110\t91.7%\n任务\t目标情况\t关键指标\t预期值\t完成值\n甲\t办好\t次数\t3次\t4次\n"
    )
    assert [(table.rows, table.header_rows) for table in found] == [(1, 0), (2, 1), (2, 1)]
    assert found[1].headers[3] == ("实际支出数",)
    assert context(found[2], 1, 3)[1] == ("预期值",)


def test_an_empty_line_and_a_page_number_inside_a_table() -> None:
    (table,) = tables("项目\t预算\t支出\n甲\t1\t1\n乙\t2\t2\n\n— 3 —\n\n丙\t3\t3\n\t4\t4\n")
    assert table.rows == 5
    assert [label for label in table.labels if label] == [("甲",), ("乙",), ("丙",), ("丙",)]


def test_text_between_parts_tables() -> None:
    first, second = tables("项目\t数量\n甲\t1\n\n表2 另一张表\n名称\t金额\n乙\t2\n")
    assert (first.rows, second.rows) == (2, 2)
    assert second.title == "表2另一张表"


def test_rows_behind_a_page_take_the_header_over() -> None:
    first, second = tables(
        "任务\t任务说明\t关键指标\t预期值\t完成值\n甲\t办好甲事，各村受益\t次数\t3次\t4次\n\t\t人数\t30人\t31人\n\n前一页的一段话说完了。\n\n户数\t20户\t22户\n面积\t5亩\t5亩\n"
    )
    assert second.header_rows == 0
    assert context(second, 0, 1) == (("户数",), ("预期值",))
    assert first.headers[4] == second.headers[2]


def test_a_row_that_lost_an_empty_cell() -> None:
    (table,) = tables(
        "项目\t预算\t拨款\t其他\t执行率\t目标\t完成\n甲\t10\t9\t\t90%\t修好三条道路\t已经修好\n乙\t20\t18\t\t90%\t架好两座桥梁\t已经架好\n"
        "丙\t30\t27\t\t90%\t通好五个村水\t已经通水\n丁\t40\t36\t90%\t绿化四个片区\t已经绿化\n"
    )
    assert table.text_at(4, 3) == "" and table.text_at(4, 4) == "90%" and table.text_at(4, 6) == "已经绿化"


def test_a_row_that_only_ends_early_stays() -> None:
    (table,) = tables("项目\t预算\t支出\t执行率\t备注\n甲\t10\t9\t90%\t无误\n乙\t20\t18\t90%\t无误\n丙\t30\t27\n")
    assert [table.text_at(3, column) for column in range(4)] == ["丙", "30", "27", ""]


def test_two_halves_that_spaces_part() -> None:
    (table,) = tables(
        "收支预算总表\n填报部门：某局 单位：万元\n本年收入 本年支出\n项目 预算数 项目 预算数\n"
        "一、拨款 120 一、教育支出 80\n二、利息 二、卫生支出 30\n三、其他支出 10\n总计 120 总计 120\n"
    )
    assert (table.title, table.unit, table.header_rows) == ("收支预算总表", "万元", 2)
    assert [table.text_at(4, c) for c in range(4)] == ["", "", "三、其他支出", "10"]
    assert context(table, 4, 3) == (("三、其他支出",), ("本年支出", "预算数"))
    assert table.unit_of(2, 1) == table.unit_of(4, 3) == "万元"


def test_codes_in_front_of_labels() -> None:
    (table,) = tables("科目名称 合计 基本支出\n类 款 项\n201 公共服务 50 40\n201 03 办公厅 50 40\n201 03 01 行政运行 30 20\n合计 50 40\n")
    assert table.roles == ("index", "index", "index", "label", "value", "value")
    assert context(table, 4, 5) == (("行政运行",), ("基本支出",))
    assert table.labels[5] == ("合计",)


def test_codes_claim_nothing() -> None:
    report = pipeline.analyse(ingest.read_text("单位：万元\n科目 编码 金额\n\n301 工资 9.50 9.00\n301 01 津贴 2.50 2.00\n302 办公费 1.20 1.10\n"))
    assert [fact.quantity.value for fact in report.facts] == [95000, 90000, 25000, 20000, 12000, 11000]


def test_heads_of_codes_in_the_row_of_the_total() -> None:
    (table,) = tables("类 款 合计 9.50 9.00\n301 工资 9.50 9.00\n301 01 津贴 2.50 2.00\n")
    assert table.headers[:2] == (("类",), ("款",))
    assert table.labels[1:] == (("合计",), ("工资",), ("津贴",))


def test_a_unit_above_a_header_of_several_lines_reaches_the_rows() -> None:
    source = "决算表\n单位：万元\n项目 本年\n收入\n其他\n办公费 3.25 1.20\n差旅费 2.10 0.60\n"
    first, second = tables(source + "前页\n" + source.partition("万元\n")[2].replace("办公费", "水费"))
    assert (first.title, first.unit, first.header_rows) == ("决算表", "万元", 0)
    assert second.unit == ""
    again, behind = tables(source + source.partition("万元\n")[2].replace("办公费", "水费"))
    assert again.unit == behind.unit == "万元" and behind.title == "决算表"


def test_a_row_that_lost_a_number_takes_no_header() -> None:
    first, second, third = tables("乡镇 造林 抚育 管护\n甲镇 10 20 30\n乙镇 11 21 31\n丙镇 12 22\n丁镇 13 23 33\n戊镇 14 24 34\n")
    assert first.headers == third.headers == (("乡镇",), ("造林",), ("抚育",), ("管护",))
    assert second.headers == ((), (), ()) and second.labels == (("丙镇",),)


def test_units_that_headers_say() -> None:
    (table,) = tables("内容 本年制发件数 检查家次数 收费金额（单位：万元）\n规章 2 11 5.5\n")
    assert [table.unit_of(1, c) for c in (1, 2, 3)] == ["件", "家次", "万元"]
    (table,) = tables("单位：万人\n地区 参保人数\n甲区 12.5\n")
    assert table.unit_of(1, 1) != "人"


def test_headers_of_times_and_classes() -> None:
    (table,) = tables("项目 2022年 2023年 同比(%) 2023占比(%)\n燃料 3962 4185 5.6 57.4\n人工 3000 3104 3.5 42.6\n")
    assert table.header_rows == 1 and table.headers[4] == ("2023占比(%)",)
    (table,) = tables("指标\t10月\t1—10月\n甲站\t10\t105\n乙站\t20\t196\n")
    assert table.header_rows == 1
    (table,) = tables("学校\t35岁以下\t36—45岁\t46岁以上\n一小\t12\t15\t6\n二小\t20\t16\t4\n")
    assert table.header_rows == 1
    (table,) = tables("演练\t4场以上\t5场\n培训\t36学时以上\t40学时\n宣传\t2次以上\t3次\n")
    assert table.header_rows == 0  # amounts, not classes


def test_a_header_above_bare_numbers_must_be_whole() -> None:
    assert tables("小计 购置费 运行费\n15 3 12\n")
    assert not tables("合计 接待费\n小计 购置费 运行费\n15 3 12\n")


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("没有制表符的一行，数字12。", id="no-tabs"),
        pytest.param("\t首行缩进的一段。\n\t又一段。", id="indent"),
        pytest.param("摘要\t" + "这是很长的一段正文，" * 30, id="prose-with-a-tab"),
    ],
)
def test_what_is_no_table(source: str) -> None:
    assert not tables(source)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("（单位: 人、公顷、万元）", "人、公顷、万元"),
        ("金额单位：元/人", "元/人"),
        ("单位：某县水利局", ""),
        ("单位名称：某局", ""),
    ],
)
def test_declared_units(text: str, unit: str) -> None:
    assert declared_unit(text) == unit


def test_several_declared_units_name_no_single_one() -> None:
    (table,) = tables("单位：人、万元\n镇\t受灾\t损失\n甲\t12\t3.5\n乙\t8\t1.2\n")
    assert table.unit == "人、万元" and table.unit_of(1, 1) == ""


def test_the_unit_of_the_table_is_not_that_of_its_rates_and_scores() -> None:
    (table,) = tables("单位：万元\n项目\t支出\t执行率\t得分\n甲\t12\t98\t9\n乙\t8\t97\t8\n")
    assert [table.unit_of(1, column) for column in (1, 2, 3)] == ["万元", "", ""]


def test_units_in_labels() -> None:
    (table,) = tables("规模\t预算数\t执行数\n（1）拨款（万元）\t12\t11\n（2）人数（人）\t5\t5\n")
    assert table.unit_of(1, 1) == "万元" and table.unit_of(2, 2) == "人"
    assert unit_in_brackets("财政拨款（调整后）") == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", ""), ("—", "-"), ("不适用", "-"), ("12.5", "n"), ("≥95%", "%"), ("2846家次", "n"), ("6000人次以上", "n"), ("2021年", "y"),
        ("2021年决算数", "t"), ("5月底前", "t"), ("设备在线率≥95%", "t"), ("100%验收合格", "t"), ("一、按期完成；二、质量合格。", "l"),
    ],
)  # fmt: skip
def test_kinds_of_cells(text: str, kind: str) -> None:
    assert kind_of(text) == kind


class _Counted(tuple[Any, ...]):
    """Columns that count how many of them are looked at: walked over, searched, or hashed."""

    looks = 0

    def _all(self) -> None:
        type(self).looks += len(self)

    def __iter__(self) -> Iterator[Any]:
        for one in super().__iter__():
            type(self).looks += 1
            yield one

    def __contains__(self, one: object) -> bool:
        self._all()
        return super().__contains__(one)

    def __hash__(self) -> int:
        self._all()
        return super().__hash__()

    def __getitem__(self, at: Any) -> Any:
        type(self).looks += len(range(*at.indices(len(self)))) if isinstance(at, slice) else 1
        return super().__getitem__(at)


def _looks_per_cell(columns: int, units: bool) -> float:
    heads, figures = "\t".join(f"第{n}街道" for n in range(columns)), "\t".join(str(n % 83) for n in range(columns))
    named = ("指标名称\t计量单位", "检查企业\t家", "整改隐患\t项") if units else ("指标名称", "检查企业", "整改隐患")
    (table,) = tables("表1 检查情况\n" + "".join(f"{name}\t{rest}\n" for name, rest in zip(named, (heads, figures, figures), strict=True)))
    counted = replace(table, headers=_Counted(table.headers), roles=_Counted(table.roles), labels=_Counted(table.labels), units=_Counted(table.units))
    _Counted.looks = 0
    assert counted.unit_of(1, columns) == ("家" if units else "")
    for cell in counted.cells:
        counted.context(cell)
        counted.unit_of(cell.row, cell.column)
    return _Counted.looks / len(counted.cells)


@pytest.mark.parametrize("units", [True, False])
def test_a_cell_of_a_wide_table_does_not_look_at_all_columns(units: bool) -> None:
    assert _looks_per_cell(600, units) <= 2 * _looks_per_cell(30, units) < 40


def test_an_article_in_a_cell_declares_no_unit_of_the_table() -> None:
    article = (
        "市场监测显示，本周蔬菜批发均价（单位：元/公斤）为4.26，比上周上涨0.12，主要品种供应充足，价格走势总体平稳，"
        "后期将继续关注天气变化对供应和价格的影响。"
    )
    (table,) = tables(f"标题\t摘要\t阅读数\n菜价周报\t{article}\t2289\n果价周报\t价格平稳\t1107\n")
    assert table.unit == ""
