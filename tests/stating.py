"""Facts without the stages before the checks: a text with marks becomes a document and its facts.

``全年培训⟦1346人次|培训人次⟧`` marks a figure with its unit and what it measures; after a further bar the kind
(``level`` unless said), then the subject. A table (lines with tabs) needs no marks: every cell of its body that is a figure
becomes a fact, named and typed by its header.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import cast, get_args

from extract import ingest
from extract import intervals as iv
from extract.segments import clauses, sentences
from extract.types import Block, Bound, CellRef, Document, Fact, Kind, Link, Mention, Quantity, Span

_MARK = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")
_FIGURE = re.compile(r"(?P<bound>≥|≤|>|<|约|近|超过)?(?P<digits>[-−]?[0-9][0-9,]*(?:\.[0-9]+)?)(?P<more>余|多)?(?P<scale>万|亿)?(?P<unit>[^0-9]*)")
_BOUNDS = {"约": "≈", "近": "<~", "超过": ">"}
_SCALES = {"万": Decimal("1E4"), "亿": Decimal("1E8"), None: Decimal(1)}
_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"得分|评分", "score"),
    (r"分值|满分", "max_score"),
    (r"目标|指标值|计划", "target"),
    (r"同比|增长|增幅", "growth"),
    (r"增减", "delta"),
    (r"率|占比|满意度", "rate"),
)


def stated(marked: str) -> tuple[Document, tuple[Fact, ...], tuple[Link, ...]]:
    """The document of a marked text, its facts f1, f2, … in the order of the text, and a link for each by its name."""
    document = ingest.read_text(_MARK.sub(lambda match: match[1], marked))
    facts: list[Fact] = []
    at = 0
    for match in _MARK.finditer(marked):
        name, said, subject = [*match[2].split("|"), "", ""][:3]
        at = document.text.index(match[1], at)
        facts.append(_fact(document, Span(at, at + len(match[1])), name, cast(Kind, said) if said in get_args(Kind) else "level", subject))
        at += len(match[1])
    for number, table in enumerate(document.tables):
        for cell in table.cells:
            if cell.row < table.header_rows or cell.column < table.label_columns or not _FIGURE.fullmatch(cell.text.strip()):
                continue
            header = "".join(table.headers[cell.column])
            kind: Kind = next((kind for words, kind in _KINDS if re.search(words, header)), "level")
            row = table.labels[cell.row][-1] if table.labels[cell.row] else ""
            name, subject = (row, "") if kind in ("target", "score", "max_score") or "完成值" in header else (header, row)
            ref = CellRef(table=number, row=cell.row, column=cell.column)
            facts.append(_fact(document, cell.span, name, kind, subject, ref, table.unit or _unit_of(header)))
    facts.sort(key=lambda fact: fact.quantity.span)
    numbered = tuple(replace(fact, id=f"f{n}") for n, fact in enumerate(facts, 1))
    links = tuple(Link(fact=fact.id, indicator_id=None, name=fact.mention.text, score=1.0, how="test") for fact in numbered)
    return document, numbered, links


def _unit_of(header: str) -> str:
    found = re.search(r"[（(](.{1,3})[）)]", header)
    return found[1] if found else ""


def _fact(document: Document, span: Span, name: str, kind: Kind, subject: str = "", cell: CellRef | None = None, declared: str = "") -> Fact:
    match = _FIGURE.fullmatch(span.of(document.text))
    assert match is not None, span.of(document.text)
    digits = match["digits"].replace(",", "").replace("−", "-")
    unit = match["unit"] or declared
    scale = _SCALES[match["scale"]]
    if unit.startswith(("万", "亿")):
        scale, unit = _SCALES[unit[0]], unit[1:]
    bound = cast(Bound, ">~" if match["more"] else _BOUNDS.get(match["bound"], match["bound"] or "=").replace("≥", ">=").replace("≤", "<="))
    counted = "." not in digits and scale == 1 and unit not in ("%", "‰", "元", "")
    dimension = "money" if unit == "元" else "ratio" if unit in ("%", "‰") else "percentage_point" if "点" in unit else "count" if unit else ""
    start = span.start + match.start("digits")
    quantity = Quantity(
        span=Span(start, span.start + match.end("digits")),
        extent=span,
        digits=digits,
        value=Decimal(digits) * scale,
        unit=unit,
        dimension=dimension,
        scale=scale,
        bound=bound,
        interval=iv.of_numeral(digits, scale, bound, count=counted),
        pattern="test",
    )
    at, block = _block(document, span)
    return Fact(
        id="",
        quantity=quantity,
        kind=kind,
        mention=Mention(span=None, text=name, by="test"),
        subject=subject,
        block=at,
        sentence=next(s for s in sentences(document.text, block.span) if s.start <= start < s.end),
        clause=next(s for s in clauses(document.text, block.span) if s.start <= start < s.end),
        section=block.section,
        cell=cell,
        confidence=1.0,
        makers=("test",),
    )


def _block(document: Document, span: Span) -> tuple[int, Block]:
    return next((n, block) for n, block in enumerate(document.blocks) if block.span.start <= span.start < block.span.end)
