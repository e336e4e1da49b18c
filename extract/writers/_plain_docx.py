"""The reading text of a document as a plain Word document: title, headings, paragraphs and tables, with the anchors of its words."""

from __future__ import annotations

from typing import Any

from lxml import etree

from extract.layout import Anchor
from extract.types import Block, Document, Span
from extract.writers._comments import W_URI, W, archive
from extract.writers._xml import clean

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN = "word/document.xml"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/></Types>'
)
_ROOT_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/styles" Target="styles.xml"/></Relationships>'
)
_HEADINGS = 4


def _style(identity: str, name: str, paragraph: str, letters: str, *, based: bool = True) -> str:
    base = '<w:basedOn w:val="Normal"/>' if based else ""
    default = "" if based else ' w:default="1"'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{identity}"><w:name w:val="{name}"/>{base}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _styles() -> str:
    fonts = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="{}"/>'
    song, hei = fonts.format("宋体"), fonts.format("黑体")
    headings = "".join(
        _style(
            f"Heading{n}",
            f"heading {n}",
            f'<w:spacing w:before="200" w:after="100"/><w:outlineLvl w:val="{n - 1}"/>',
            f'{hei}<w:b/><w:sz w:val="{34 - 3 * n}"/>',
        )
        for n in range(1, _HEADINGS + 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{W_URI}">'
        f'<w:docDefaults><w:rPrDefault><w:rPr>{song}<w:sz w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults>"
        + _style("Normal", "Normal", '<w:spacing w:line="360" w:lineRule="auto"/>', "", based=False)
        + _style("Title", "Title", '<w:spacing w:before="120" w:after="240"/><w:jc w:val="center"/>', f'{hei}<w:b/><w:sz w:val="36"/>')
        + headings
        + _style("Body", "Body Text", '<w:ind w:firstLine="480"/>', "")
        + _style("Cell", "Cell", '<w:spacing w:line="240" w:lineRule="auto"/>', '<w:sz w:val="18"/>')
        + _style("Note", "Note", '<w:jc w:val="right"/>', '<w:color w:val="7F7F7F"/><w:sz w:val="18"/>')
        + "</w:styles>"
    )


def made(document: Document, note: str) -> tuple[bytes, Any, list[Anchor]]:
    """(the package, the root of its main part, the anchors of the reading text); ``note`` stands above the text."""
    root = etree.Element(f"{W}document", nsmap={"w": W_URI})
    body = etree.SubElement(root, f"{W}body")
    anchors: list[Anchor] = []
    _paragraph(body, "Note", note)
    done: set[int] = set()
    for block in document.blocks:
        if block.cell is not None:
            if block.cell.table not in done:
                done.add(block.cell.table)
                _table(body, document, block.cell.table, anchors)
        else:
            _anchored(_paragraph(body, _look(document, block), block.span.of(document.text)), block.span, anchors)
    section = etree.SubElement(body, f"{W}sectPr")
    etree.SubElement(section, f"{W}pgSz", {f"{W}w": "11906", f"{W}h": "16838"})
    margins = dict.fromkeys(("top", "right", "bottom", "left"), "1440") | {"header": "720", "footer": "720", "gutter": "0"}
    etree.SubElement(section, f"{W}pgMar", {f"{W}{side}": width for side, width in margins.items()})
    data = archive(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _ROOT_RELATIONS.encode(),
            MAIN: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True),
            "word/_rels/document.xml.rels": _RELATIONS.encode(),
            "word/styles.xml": _styles().encode(),
        }
    )
    return data, root, anchors


def _look(document: Document, block: Block) -> str:
    if block.kind == "title":
        return "Title"
    if block.kind == "heading" and block.section is not None:
        return f"Heading{min(document.sections[block.section].level, _HEADINGS)}"
    return "Body" if block.kind == "paragraph" else "Normal"


def _paragraph(parent: Any, look: str, words: str) -> Any:
    """The text element of a new paragraph; each character stands for one of the words."""
    paragraph = etree.SubElement(parent, f"{W}p")
    etree.SubElement(etree.SubElement(paragraph, f"{W}pPr"), f"{W}pStyle", {f"{W}val": look})
    text = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = clean("".join(" " if character in "\t\n\r" else character for character in words))
    return text


def _anchored(text: Any, span: Span, anchors: list[Anchor]) -> None:
    if len(span):
        anchors.append(Anchor(span.start, span.end, text, 0))


def _table(body: Any, document: Document, number: int, anchors: list[Anchor]) -> None:
    table = document.tables[number]
    element = etree.SubElement(body, f"{W}tbl")
    look = etree.SubElement(element, f"{W}tblPr")
    etree.SubElement(look, f"{W}tblW", {f"{W}w": "5000", f"{W}type": "pct"})
    borders = etree.SubElement(look, f"{W}tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        etree.SubElement(borders, f"{W}{side}", {f"{W}val": "single", f"{W}sz": "4", f"{W}space": "0", f"{W}color": "808080"})
    width = max((cell.column + cell.column_span for cell in table.cells), default=1)
    columns = etree.SubElement(element, f"{W}tblGrid")
    for _ in range(width):
        etree.SubElement(columns, f"{W}gridCol", {f"{W}w": str(9000 // width)})
    starting = {(cell.row, cell.column): cell for cell in table.cells}
    running: dict[int, tuple[int, int]] = {}
    for r in range(max((cell.row + cell.row_span for cell in table.cells), default=0)):
        row = etree.SubElement(element, f"{W}tr")
        if r < table.header_rows:
            etree.SubElement(etree.SubElement(row, f"{W}trPr"), f"{W}tblHeader")
        c = 0
        while c < width:
            cell = starting.get((r, c))
            rest, across = running.get(c, (0, 1))
            if cell is not None:
                across = max(cell.column_span, 1)
            place = etree.SubElement(row, f"{W}tc")
            shape = etree.SubElement(place, f"{W}tcPr")
            if across > 1:
                etree.SubElement(shape, f"{W}gridSpan", {f"{W}val": str(across)})
            if cell is not None:
                if cell.row_span > 1:
                    etree.SubElement(shape, f"{W}vMerge", {f"{W}val": "restart"})
                    running[c] = (cell.row_span - 1, across)
                for span in (cell.span, *cell.rest):
                    _anchored(_paragraph(place, "Cell", span.of(document.text)), span, anchors)
            else:
                if rest:
                    etree.SubElement(shape, f"{W}vMerge")
                    running[c] = (rest - 1, across)
                    if rest == 1:
                        del running[c]
                _paragraph(place, "Cell", "")
            c += across
    _paragraph(body, "Cell", "")
