"""Web pages of authorities: the report is read, the site around it is not."""

from __future__ import annotations

import pytest

from extract.ingest import read_text
from extract.readers._site import is_line
from extract.types import Document
from tests.formats import SAMPLE, SITE, as_site, as_text


def _lines(document: Document) -> list[str]:
    return document.text.splitlines()


def test_the_site_around_a_report_is_set_apart() -> None:
    body = "<p>全年检查企业12家，其中甲镇5家、乙镇7家。</p><table><tr><td>乡镇</td><td>家数</td></tr><tr><td>甲镇</td><td>5</td></tr></table>"
    document = read_text(SITE.format(body=body), suffix=".html")
    assert _lines(document) == ["2023年度检查情况", "全年检查企业12家，其中甲镇5家、乙镇7家。", "乡镇\t家数", "甲镇\t5"]
    said = "".join(span.of(document.source) for span in document.furniture)
    assert "12345热线" in said and "浏览次数：358" in said and "12345678" in said and "2022年全年" in said
    assert [remark.en for remark in document.remarks] == ["1 parts of the page are not shown; not read"]


def test_the_sample_in_a_site_reads_as_the_sample() -> None:
    inside = read_text(as_site(SAMPLE).decode(), suffix=".html")
    assert inside.text.split("\n", 1)[1] == read_text(as_text(SAMPLE).decode(), suffix=".txt").text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        # an element of the site's name that says a sentence, or holds a table
        ('<div class="print"><p>全年检查企业12家。</p></div>', "全年检查企业12家。"),
        ("<aside><table><tr><td>甲</td><td>5</td></tr></table></aside><p>共12家。</p>", "甲\t5\n共12家。"),
        ("<footer>注：含上年结转3件。</footer>", "注：含上年结转3件。"),
        # a button in the middle of a line leaves the line alone
        ('<p>全年检查企业12家 <span class="share">分享</span></p>', "全年检查企业12家 分享"),
        ('<p><span class="share">分享</span>全年检查企业12家</p>', "分享全年检查企业12家"),
        # a page whose all is hidden until a script shows it
        ('<div id="main" style="display:none"><p>全年检查企业12家。</p></div>', "全年检查企业12家。"),
        # an element that never closes hides nothing
        ('<p style="display:none">甲5家。<div>全年检查企业12家。</div>', "甲5家。\n全年检查企业12家。"),
        # a title that nothing repeats is text
        ("<title>全年检查情况</title><p>共12家。</p>", "全年检查情况\n共12家。"),
        ("<p hidden>甲5家</p><p class='x' data-hidden=1>全年检查企业12家。</p>", "全年检查企业12家。"),
    ],
)
def test_what_is_left_out_and_what_is_not(source: str, text: str) -> None:
    assert read_text(source, suffix=".html").text == text


@pytest.mark.parametrize(
    "line",
    [
        "当前位置：首页>政府信息公开>法定主动公开内容>年度报告",
        "首页 > 政务公开 > 财政",
        "打印 关闭",
        "【我要打印】【关闭窗口】",
        "字体：[大 中 小]",
        "分享到： 微信 新浪微博",
        "上一篇：关于印发2022年预算的通知",
        "下一条：没有了",
        "扫一扫在手机打开当前页",
        "相关链接：",
        "返回顶部",
        "版权所有：某某县人民政府",
        "网站标识码：3300000001",
        "发布日期：2024-01-12 09:30 信息来源：县财政局 点击数：1024",
        "浏览次数：128次",
        "主办单位：县政府办 承办单位：县数据局 技术支持：某公司",
    ],
)
def test_lines_of_the_site(line: str) -> None:
    assert is_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "政府网站访问量：35万人次",
        "全年网站总浏览量120万次",
        "二、打印耗材支出12万元",
        "关闭煤矿5座",
        "收藏文物120件",
        "阅读量：120万次",
        "（一）首页改版",
        "分享会12场",
        "来源：中央财政补助120万元",
        "检查结果：正常12家",
        "版权所有权登记12件。",
        "主办单位：县应急管理局",
        "首页刊发稿件35篇",
        "电话：12345",
        "上一年结转：35万元",
        "一、扫黑除恶线索12条",
    ],
)
def test_lines_of_a_report(line: str) -> None:
    assert not is_line(line)
