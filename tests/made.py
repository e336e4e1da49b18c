"""A report put together by hand, so that writers can be tested without the stages."""

from __future__ import annotations

import hashlib
from array import array
from decimal import Decimal

from extract.types import (
    About,
    Block,
    BlockKind,
    Bound,
    Cell,
    CellRef,
    Check,
    Document,
    Fact,
    Finding,
    Interval,
    Kind,
    Link,
    MadeBy,
    Mention,
    Numeral,
    Quantity,
    Repair,
    Report,
    Section,
    Span,
    Table,
)

# The source has a break inside 70家, which the reading text repairs: offsets of the two differ after it.
SOURCE = (
    "南溪区应急管理局2022年度自评报告\n"
    "一、检查情况\n"
    "全年检查企业120家，其中甲镇7\n0家、乙镇60家；比上年减少约1.5万元以上。\n"
    "二、预算表\n"
    "项目\t金额（万元）\n"
    "合计\t1,300.5\n"
    "=其中人员\t-\n"
)
TEXT = SOURCE.replace("7\n0家", "70家")
_GAP = SOURCE.index("7\n0家") + 1


def _span(words: str, start: int = 0) -> Span:
    at = TEXT.index(words, start)
    return Span(at, at + len(words))


def _document(path: str | None) -> Document:
    origin = array("I", (index if index < _GAP else index + 1 for index in range(len(TEXT))))
    lines = [_span(line) for line in TEXT.split("\n") if line]
    title, first, paragraph, second, *_ = lines
    table = Span(lines[4].start, lines[6].end)
    cells = []
    for row, line in enumerate(lines[4:]):
        left = line.of(TEXT).index("\t")
        for column, (start, end) in enumerate(((line.start, line.start + left), (line.start + left + 1, line.end))):
            cells.append(Cell(row=row, column=column, span=Span(start, end), text=TEXT[start:end]))
    kinds: tuple[tuple[BlockKind, Span, int | None], ...] = (
        ("title", title, None),
        ("heading", first, 0),
        ("paragraph", paragraph, 0),
        ("heading", second, 1),
    )
    return Document(
        name="made",
        path=path,
        sha256=hashlib.sha256(SOURCE.encode()).hexdigest(),
        encoding="utf-8",
        source=SOURCE,
        text=TEXT,
        origin=origin,
        blocks=(
            *(Block(kind=kind, span=span, section=section) for kind, span, section in kinds),
            *(Block(kind="cell", span=cell.span, section=1, cell=CellRef(table=0, row=cell.row, column=cell.column)) for cell in cells),
        ),
        sections=(
            Section(number="一、", title="检查情况", level=1, span=Span(first.start, second.start), heading=first, parent=None),
            Section(number="二、", title="预算表", level=1, span=Span(second.start, len(TEXT)), heading=second, parent=None),
        ),
        tables=(
            Table(
                span=table,
                section=1,
                title="预算表",
                unit="万元",
                rows=3,
                columns=2,
                header_rows=1,
                label_columns=1,
                cells=tuple(cells),
                headers=(("项目",), ("金额（万元）",)),
                labels=(("项目",), ("合计",), ("=其中人员",)),
            ),
        ),
        about=About(title="南溪区应急管理局2022年度自评报告", org="南溪区应急管理局", region="南溪区", year="2022"),
    )


def plain_document(text: str) -> Document:
    """A document of one paragraph."""
    return Document(
        name="plain",
        path=None,
        sha256="0" * 64,
        encoding="utf-8",
        source=text,
        text=text,
        origin=array("I", range(len(text))),
        blocks=(Block(kind="paragraph", span=Span(0, len(text))),),
        sections=(),
        tables=(),
        about=About(),
    )


def _fact(
    identity: str,
    numeral: str,
    extent: str,
    *,
    after: str = "",
    value: str,
    unit: str,
    dimension: str = "count",
    scale: str = "1",
    bound: Bound = "=",
    kind: Kind = "level",
    mention: str,
    subject: str = "",
    cell: CellRef | None = None,
    half: str = "0",
) -> Fact:
    whole = _span(extent, _span(after).start if after else 0)
    span = _span(numeral, whole.start)
    sentence = Span(TEXT.rindex("\n", 0, span.start) + 1, TEXT.index("\n", span.start))
    amount = Decimal(value)
    return Fact(
        id=identity,
        quantity=Quantity(
            span=span,
            extent=whole,
            digits=numeral.replace(",", ""),
            value=amount,
            unit=unit,
            dimension=dimension,
            scale=Decimal(scale),
            bound=bound,
            interval=Interval(low=amount - Decimal(half), high=None if bound == ">=" else amount + Decimal(half)),
            pattern="amount",
        ),
        kind=kind,
        mention=Mention(span=_span(mention) if mention in TEXT else None, text=mention, by="objects"),
        subject=subject,
        block=2 if cell is None else 7,
        sentence=sentence,
        clause=sentence,
        section=0 if cell is None else 1,
        cell=cell,
        confidence=0.9,
        makers=("pattern:amount", "rule:value_after_object"),
    )


def report(path: str | None = "reports/made.txt", *, found: bool = True) -> Report:
    """Five facts in two sections and a table; with ``found``, three parts that do not add up and a doubled heading."""
    facts = (
        _fact("f1", "120", "120家", value="120", unit="家", mention="检查企业"),
        _fact("f2", "70", "70家", value="70", unit="家", mention="检查企业", subject="甲镇"),
        _fact("f3", "60", "60家", value="60", unit="家", mention="检查企业", subject="乙镇"),
        _fact("f4", "1.5", "约1.5万元以上", value="-1.5E+4", unit="元", dimension="money", scale="1E4", bound=">=", kind="delta", mention="上年"),
        _fact(
            "f5", "1,300.5", "1,300.5", value="1.3005E+7", unit="元", dimension="money", scale="1E4", mention="合计金额",
            cell=CellRef(table=0, row=1, column=1), half="500",
        ),
    )  # fmt: skip
    links = (
        Link(fact="f1", indicator_id="inspection.companies", name="检查企业数", score=1.0, how="alias"),
        Link(fact="f2", indicator_id="inspection.companies", name="检查企业数", score=1.0, how="alias"),
        Link(fact="f3", indicator_id="inspection.companies", name="检查企业数", score=0.98765, how="ranked"),
        Link(fact="f4", indicator_id=None, name="减少数", score=0.0, how="open"),
        Link(fact="f5", indicator_id=None, name="合计金额", score=0.0, how="open"),
    )
    checks = (
        Check(
            id="c1",
            code="S201",
            type="sum",
            roles={"total": "f1", "parts": ("f2", "f3")},
            verdict="fail",
            arithmetic="70 + 60 = 130 ≠ 120 (差 10 家)",
        ),
        Check(id="c2", code="D101", type="same", roles={"facts": ("f4", "f5")}, verdict="not_assessable", arithmetic="", note="单位不明"),
        Check(id="c3", code="S201", type="sum", roles={"total": "f5", "parts": ("f2", "f3")}, verdict="pass", arithmetic="70 + 60"),
    )
    findings = (
        Finding(
            id="x1",
            code="S201",
            severity="error",
            checks=("c1", "c3"),
            facts=("f1", "f2", "f3"),
            places=(_span("120"), _span("70"), _span("60")),
            message="检查企业的分项之和与合计不符",
            message_en="The parts of 检查企业 do not reach the total",
            arithmetic="70 + 60 = 130 ≠ 120 (差 10 家)",
            repair=Repair(fact="f1", value=Decimal("1.3E+2")),
            fingerprint="0f1e2d3c",
        ),
        Finding(
            id="x2",
            code="N702",
            severity="warning",
            checks=(),
            facts=(),
            places=(_span("一、"), _span("二、")),
            message="两个标题编号相同",
            message_en="Two headings have one number",
            arithmetic="",
            repair=None,
            fingerprint="4b5a6978",
        ),
    )
    return Report(
        document=_document(path),
        facts=facts,
        links=links,
        numerals=(Numeral(span=_span("2022"), reason="year"), Numeral(span=_span("一"), reason="section_number")),
        checks=checks if found else checks[1:],
        findings=findings if found else (),
        made_by=MadeBy(version="0.1.0", models={}, catalogue="c0ffee"),
    )
