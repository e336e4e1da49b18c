"""Ways of saying that relate numbers: which arithmetic is looked at, whether or not it fails.

Cases of findings stand in ``cases/checks``; these are the relations that hold, or that are too doubtful to report.
"""

from __future__ import annotations

import pytest

import extract
from extract import ingest


def looked_at(text: str) -> list[str]:
    return [f"{check.type} {check.verdict} {check.arithmetic}" for check in extract.check(ingest.read_text(text)).checks]


GROWTH = {
    "a column beside that of the year before": (
        "表1 火灾统计表\n季度\t起数（起）\t上年起数（起）\t同比（%）\n一季度\t120\t100\t20.0\n二季度\t88\t80\t10.0\n三季度\t66\t60\t10.0\n",
        "growth pass (88 − 80) ÷ 80 = 10.0%",
    ),
    "the column of next year's plan is not the current one": (
        "附：2023年主要指标\n指标\t单位\t2022年\t2023年\t增长（%）\t2024年目标\n投资\t亿元\t100\t120\t20.0\t135\n零售额\t亿元\t80\t88\t10.0\t95\n",
        "growth pass (120 − 100) ÷ 100 = 20.0%",
    ),
    "levels of a row that the paragraph is about": (
        "2022年情况\n表1 事故统计表\n行业\t事故起数（起）\t\n\t2022年\t2021年\n建筑业\t9\t7\n制造业\t6\t8\n\n"
        "（一）建筑业。事故起数同比上升28.6%，形势严峻。\n",
        "growth pass (9 − 7) ÷ 7 = 28.57% ≈ 28.6%",
    ),
    "levels, earlier levels, changes, in one order": (
        "全年发生事故128起、死亡9人，损失286.47万元。与2023年的135起、11人、271.93万元相比，起数、死亡人数分别下降5.2%和18.2%，损失上升5.3%。",
        "growth pass (9 − 11) ÷ 11 = −18.18% ≈ −18.2%",
    ),
    "one earlier level before 相比": (
        "全年接待群众2601人次，满意率94.7%；与上年的2436人次相比，增长6.8%。",
        "growth pass (2601 − 2436) ÷ 2436 = 6.77% ≈ 6.8%",
    ),
    "levels listed right before their changes": (
        "事故起数、死亡人数分别为14起、8人，同比下降17.6%、20%。",
        "growth pass 14 起 且 −17.6%：上年数可为 17",
    ),
    "the level reached follows": ("经营面积比上年增加21亩，达到300亩。", "growth pass 300 亩 − (21) = 279"),
    "the holiday of the year before": (
        "假期共处理交易234笔、金额76万元，较去年假期分别增长20.0%、3.2%。",
        "growth pass 234 笔 且 20.0%：上年数可为 195",
    ),
    "the degree of a plan is not what grows": (
        "棉花产量达到3036万担，完成年度计划的117%，比上年增长43%。",
        "growth not_assessable 未列上年数，无法验算",
    ),
}
RATIOS = {
    "a total of another section": (
        "一、总体情况\n全年共发生火灾1286起。\n二、特点\n（一）从时段看。\n夜间时段突出，扑救难度较大。\n22时至次日6时火灾241起，只占18.7%。\n",
        "ratio pass 241 ÷ 1286 = 18.74% ≈ 18.7%",
    ),
    "several shares of what is not their sum": (
        "全年共发生火灾1286起。\n电气、用火不慎、遗留火种引发火灾分别为482起、263起、218起，占37.5%、20.5%、17.0%，三者合计963起。\n",
        "ratio pass 263 ÷ 1286 = 20.45% ≈ 20.5%",
    ),
    "the total of a table, of the rows that the sentence names": (
        "表1 灾情统计表\n乡镇\t受灾人口（人）\t直接经济损失（万元）\n"
        "河口镇\t15230\t2310.5\n白沙镇\t12874\t1584.2\n大田镇\t9406\t1042.0\n石桥乡\t6518\t815.6\n合计\t44028\t5752.3\n\n"
        "河口、白沙两镇灾情最重，直接经济损失占全县的67.7%。\n",
        "ratio pass (2310.5 + 1584.2) ÷ 5752.3 = 67.71% ≈ 67.7%",
    ),
    "the budget of the row that states what was spent": (
        "表1 三公经费表（单位：万元）\n项目\t年初预算数\t决算数\n公务用车运行维护费\t72.00\t61.07\n公务接待费\t8.00\t5.52\n\n"
        "公务接待费5.52万元，完成预算的69%。\n",
        "ratio pass 5.52 ÷ 8 = 69%",
    ),
    "the numerator in brackets": ("全年管护水库47座，考核合格率97.9%（46座合格）。", "ratio pass 46 ÷ 47 = 97.87% ≈ 97.9%"),
    "what was due and what was done": ("在册设备64台，应检57台、实检57台，定检率100%。", "ratio pass 57 ÷ 57 = 100%"),
    "closed of opened": ("立案13件，比上年增加3件；办结12件，结案率92.31%。", "ratio pass 12 ÷ 13 = 92.31% ≈ 92.31%"),
    "past the parts of the total": (
        "统筹资金1946.5万元，其中上级下达1560万元，县级安排300万元，社会捐赠86.5万元。已支出1691万元，支出进度86.9%。",
        "ratio pass 1691 ÷ 1946.5 = 86.87% ≈ 86.9%",
    ),
    "an abbreviated name": ("全年受理业务42.36万件，其中中心11.76万件。网上办理31.5万件，网办率74.4%。", "ratio pass 31.5 ÷ 42.36 = 74.36% ≈ 74.4%"),
    "adjustment without the brackets": (
        "年初预算2318.60万元，年中追加426.90万元（上级补助268万元、县级追加158.9万元），预算调整率18.41%。",
        "ratio pass 426.9 ÷ 2318.6 = 18.41% ≈ 18.41%",
    ),
}
DIFFERENCES = {
    "two posts of one office, not of all": (
        "局机关及下属单位编制118名，在职112人，编制使用率94.9%；局机关编制21名，在职19人，空编2名。",
        "diff pass 21 − 19 = 2 名",
    ),
    "what was saved": ("采购预算386万元，实际采购372.15万元，节约13.85万元。", "diff pass 386 − 372.15 = 13.85 万元"),
    "what was not yet cleared": ("中断公路86处抢通84处，未抢通的2处均为村道。", "diff pass 86 − 84 = 2 处"),
    "what is taken off": ("在册设备64台，扣除停用7台，应检57台。", "diff pass 64 − 7 = 57 台"),
    "a mark in brackets": ("水文站洪峰水位63.82米，超警戒水位（62.50米）1.32米。", "diff pass 63.82 − 62.5 = 1.32 米"),
    "the rest, a section later": (
        "一、完成情况\n计划改造管网46.5公里，实际完成44.2公里，完成率95.05%。\n二、下一步\n年底前完成剩余2.3公里改造任务。\n",
        "diff pass 46.5 − 44.2 = 2.3 公里",
    ),
    "one growth faster than another": (
        "工业增加值同比增长6.1%。高技术制造业同比增长12.5%，快于工业增加值6.4个百分点。",
        "diff pass 12.5 − 6.1 = 6.4 个百分点",
    ),
}
TARGETS = {
    "both in one cell": (
        "表1 项目绩效表\n项目\t投入（万元）\t满意度（目标/实际）\n培训\t20\t≥90% / 93.4%\n演练\t40\t≥92% / 96%\n",
        "target pass 目标 ≥90%，实际 93.4%：达到",
    ),
    "the degree of a target": (
        "实现利润421.86万元，较上年的450.73万元减少28.87万元，仅完成年度目标450万元的93.7%。",
        "target pass 目标 450 万元，实际 421.86 万元：未达到",
    ),
    "a plan, then what was done": ("计划改造管网46.5公里，涉及38个小区。实际完成44.2公里。", "target pass 目标 46.5 公里，实际 44.2 公里：未达到"),
    "the plan behind it": ("安装水表5240只，计划数为5200只。", "target pass 目标 5200 只，实际 5240 只：达到"),
    "what is due": ("应修复193处，已修复183处。", "target pass 目标 193 处，实际 183 处：未达到"),
    "missed, in so many words": ("家庭医生履约率86.7%，未达到90%。", "target pass 目标 90%，实际 86.7%：未达到"),
    "far apart, under one name": (
        "全年发生火灾128起，火灾死亡人数9人。\n市政府下达的年度控制目标是：火灾死亡人数不超过10人。\n",
        "target pass 目标 ≤10 人，实际 9 人：达到",
    ),
    "two cells that count one thing": (
        "表1 目标完成情况表\n项目\t年度目标\t完成情况\n河道管护\t每月巡河1次，全年巡河144人次\t累计巡河151人次，整治问题26个\n",
        "target pass 目标 144 人次，实际 151 人次：达到",
    ),
    "a growth in the table of targets": (
        "2024年工作总结\n全年财政收入12.86亿元，增长7.4%。\n表1 指标完成情况\n指标\t2023年\t年度目标\t实际完成\n"
        "财政收入（亿元）\t11.97\t增长6.5%\t12.86\n",
        "target pass 目标 6.5%，实际 7.4%：达到",
    ),
}
BALANCES = {
    "requests carried over": (
        "表1 办理情况（单位：件）\n项目\t自然人\t企业\t总计\n一、本年新收申请数量\t318\t42\t360\n二、上年结转申请数量\t14\t2\t16\n"
        "三、本年度办理结果总计\t317\t41\t358\n四、结转下年度继续办理\t15\t3\t18\n",
        "sum pass 14 + 318 − 317 = 15 件",
    ),
    "income beside spending": (
        "表1 收支决算总表（单位：万元）\n收入\t决算数\t支出\t决算数\n本年收入合计\t1842.35\t本年支出合计\t1869.08\n"
        "年初结转和结余\t61.24\t年末结转和结余\t34.51\n",
        "sum pass 61.24 + 1842.35 − 1869.08 = 34.51 万元",
    ),
}
AVERAGES = {
    "by the year's days": ("2023年工作总结\n全年接警出动1284起，日均出动3.5起。", "implied pass 1284 ÷ 365 = 3.52 ≈ 3.5 起"),
    "by the years": ("2021年至2023年累计立案8772件，年均2924件。", "implied pass 8772 ÷ 3 = 2924 ≈ 2924 件"),
    "a yield in another unit": ("粮食播种面积41.3万亩、总产17.6万吨，平均亩产426公斤。", "implied pass 176000 ÷ 413 = 426.15 ≈ 426 公斤"),
    "a head, the heads told long before": (
        "全县常住人口38.6万人。\n全年新建卫生室12个。\n全县执业医师1104人，每千常住人口2.86人。\n",
        "implied pass 1104 ÷ 386 = 2.86 ≈ 2.86 人",
    ),
}
WAYS = GROWTH | RATIOS | DIFFERENCES | TARGETS | BALANCES | AVERAGES


@pytest.mark.parametrize(("text", "wanted"), list(WAYS.values()), ids=list(WAYS))
def test_what_is_looked_at(text: str, wanted: str) -> None:
    """The relation is looked at and nothing is reported."""
    assert wanted in looked_at(text)
    assert not [finding for finding in extract.check(ingest.read_text(text)).findings if finding.severity != "info"]
