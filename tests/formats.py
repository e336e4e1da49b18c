"""One report written in every format that is read, so that all of them can be compared."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

Rows = Sequence[Sequence[str]]
Part = str | Rows

SAMPLE: tuple[Part, ...] = (
    "清溪县应急管理局2023年度工作报告",
    "一、基本情况",
    "2023年，全县共发生生产安全事故22起、死亡9人，比上年减少8起，下降26.7%。全年排查隐患1,246项，整改1,198项，整改率96.1%，"
    "其中重大隐患31项全部挂牌督办，一般隐患1,205项。县应急管理局全年开展执法检查864家次，立案查处57宗，罚款132.6万元，同比增长18.4%。",
    "二、资金使用情况",
    "全年预算安排2,222.37万元，实际支出2,100.14万元，预算执行率94.5%。各项目支出见下表。",
    "单位：万元",
    (
        ("项目", "预算数", "支出数", "执行率"),
        ("应急物资储备", "860.00", "812.70", "94.50%"),
        ("安全生产监管", "742.37", "701.54", "94.50%"),
        ("宣传培训", "620.00", "585.90", "94.50%"),
        ("合计", "2222.37", "2100.14", "94.50%"),
    ),
    "三、存在问题",
    "一是基层力量薄弱，全县应急管理编制46名，实有38人。二是宣传覆盖面不够，全年培训12期、参训1,860人次，仅完成年度计划2,400人次的77.5%。",
)


def as_text(parts: Sequence[Part] = SAMPLE) -> bytes:
    return "".join(part + "\n" if isinstance(part, str) else "".join("\t".join(row) + "\n" for row in part) for part in parts).encode()


def as_markdown(parts: Sequence[Part] = SAMPLE) -> bytes:
    written = []
    for part in parts:
        if isinstance(part, str):
            written.append(part)
            continue
        rows = ["| " + " | ".join(row) + " |" for row in part]
        written.append("\n".join([rows[0], "|" + " --- |" * len(part[0]), *rows[1:]]))
    return ("\n\n".join(written) + "\n").encode()


def as_html(parts: Sequence[Part] = SAMPLE) -> bytes:
    written = []
    for part in parts:
        if isinstance(part, str):
            written.append(f"<p>{html.escape(part)}</p>")
            continue
        rows = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in part)
        written.append(f"<table>{rows}</table>")
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{''.join(written)}</body></html>".encode()


SITE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>2023年度检查情况_清溪县人民政府</title><style>p{{color:red}}</style></head>
<body><div class="topBar"><a href="#">无障碍浏览</a> <a href="#">长者助手</a></div>
<header><ul class="main-nav"><li><a>首页</a></li><li><a>政务公开</a></li><li><a>12345热线</a></li></ul></header>
<div>您现在的位置：<a>首页</a> &gt; <a>政务公开</a> &gt; <a>2023年总结</a></div>
<div class="article"><h1>2023年度检查情况</h1>
<div class="info">来源：县应急管理局 发布时间：2024-01-12 浏览次数：358 次 字号：【<a>大</a> <a>中</a> <a>小</a>】</div>
<div class="content">{body}</div>
<p>【打印本页】　【关闭窗口】</p>
<div class="bdsharebuttonbox"><span>分享到：</span><a>微信</a><a>微博</a></div></div>
<div>上一篇：2022年全年检查企业11家</div><div>下一篇：没有了</div>
<div style="display: none">缓存：全年检查企业99家。</div>
<footer><p>主办：清溪县人民政府办公室　电话：0000-1234567</p></footer>
<p>某ICP备12345678号-1　某公网安备 33000002000001号　网站标识码：3300000001</p>
<script>var visits = 120;</script></body></html>"""


def as_site(parts: Sequence[Part] = SAMPLE) -> bytes:
    """The page with a site around it, as authorities publish it."""
    return SITE.format(body=as_html(parts).decode().split("<body>")[1].split("</body>")[0]).encode()


def as_rtf(parts: Sequence[Part] = SAMPLE) -> bytes:
    """Rich text, which LibreOffice reads; the rows of tables are lines of tabs."""
    lines = as_text(parts).decode().splitlines()
    escaped = ("".join(char if char.isascii() else f"\\u{ord(char)}?" for char in line) for line in lines)
    return ("{\\rtf1\\ansi " + "".join(line.replace("\t", "\\tab ") + "\\par\n" for line in escaped) + "}").encode()


def as_docx(parts: Sequence[Part] = SAMPLE) -> bytes:
    import docx

    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), len(part[0]))
        for r, row in enumerate(part):
            for c, cell in enumerate(row):
                table.cell(r, c).text = cell
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_xlsx(parts: Sequence[Part] = SAMPLE) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    row = 1
    for part in parts:
        if isinstance(part, str):
            sheet.cell(row, 1, part)
            row += 1
            continue
        for cells in part:
            for column, text in enumerate(cells, 1):
                cell = sheet.cell(row, column)
                number = text.rstrip("%").replace(",", "")
                if not number.replace(".", "").isdigit():
                    cell.value = text
                elif text.endswith("%"):
                    cell.value = round(float(number) / 100, 6)
                    cell.number_format = "0.00%"
                else:
                    cell.value = float(number)
                    cell.number_format = "0.00"
            row += 1
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_pdf(parts: Sequence[Part] = SAMPLE) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    head = ParagraphStyle("head", parent=body, firstLineIndent=0)
    flow: list[object] = []
    for part in parts:
        if isinstance(part, str):
            flow.append(Paragraph(html.escape(part), body if len(part) > 40 else head))
            continue
        table = Table([list(row) for row in part])
        table.setStyle(TableStyle([("FONTNAME", (0, 0), (-1, -1), "STSong-Light"), ("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
        flow.append(table)
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4).build(flow)
    return file.getvalue()


def _rows(parts: Sequence[Part]) -> list[Sequence[str]]:
    """The rows of a sheet: a line of text is a row of one cell."""
    return [row for part in parts for row in ([[part]] if isinstance(part, str) else part)]


def as_csv(parts: Sequence[Part] = SAMPLE) -> bytes:
    import csv

    file = io.StringIO()
    csv.writer(file).writerows(_rows(parts))
    return file.getvalue().encode()


def as_xls(parts: Sequence[Part] = SAMPLE) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("报告")
    styles = {form: xlwt.easyxf(num_format_str=form) for form in ("0.00", "0.00%")}
    for r, row in enumerate(_rows(parts)):
        for c, text in enumerate(row):
            number = text.rstrip("%").replace(",", "")
            if not number.replace(".", "").isdigit():
                sheet.write(r, c, text)
            elif text.endswith("%"):
                sheet.write(r, c, round(float(number) / 100, 6), styles["0.00%"])
            else:
                sheet.write(r, c, float(number), styles["0.00"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_ods(parts: Sequence[Part] = SAMPLE) -> bytes:
    cells = ("".join(f"<table:table-cell><text:p>{html.escape(cell)}</text:p></table:table-cell>" for cell in row) for row in _rows(parts))
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        content = f'<office:document-content {names}><table:table table:name="报告">{body}</table:table></office:document-content>'
        package.writestr("content.xml", content)
    return file.getvalue()


def as_zip(parts: Sequence[Part] = SAMPLE) -> bytes:
    """An archive of the report in three formats, one of them in a folder."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in (("报告.txt", as_text(parts)), ("2023/报告.md", as_markdown(parts)), ("2023/表.csv", as_csv(parts))):
            package.writestr(zipfile.ZipInfo(name), data)
    return file.getvalue()


FORMATS: Mapping[str, Callable[[Sequence[Part]], bytes]] = {
    ".txt": as_text, ".md": as_markdown, ".html": as_html, ".docx": as_docx, ".pdf": as_pdf,
    ".xlsx": as_xlsx, ".xls": as_xls, ".ods": as_ods, ".csv": as_csv,
}  # fmt: skip


def as_scan(parts: Sequence[Part] = SAMPLE, *, dots: int = 200, angle: float = 0.7, noise: float = 10.0) -> bytes:
    """The PDF as a scanner gives it: pictures of its pages, a little turned, blurred and noisy, without a text layer."""
    import numpy as np
    import pypdfium2
    from PIL import Image, ImageFilter

    chance = np.random.default_rng(1)
    pictures = []
    for page in pypdfium2.PdfDocument(as_pdf(parts)):
        clean = page.render(scale=dots / 72, grayscale=True).to_pil().convert("L")
        turned = clean.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(0.6 * dots / 200))
        grainy = np.asarray(turned).astype(float) + chance.normal(0, noise, (turned.height, turned.width))
        pictures.append(Image.fromarray(grainy.clip(0, 255).astype("uint8")))
    file = io.BytesIO()
    pictures[0].save(file, "PDF", resolution=dots, save_all=True, append_images=pictures[1:])
    return file.getvalue()
