"""Every value that crosses a stage boundary. All of them are frozen; a later stage wraps a value, never edits it.

Two texts exist for a document. ``Document.source`` is the text as given (for .txt, .md and .html the file as
decoded, tags and line breaks included). ``Document.text`` is the *reading text*: the same characters with the
damage of scans and markup repaired, so that a sentence is one run of characters. ``Document.origin[i]`` is the
source offset of reading character ``i``, so no position is ever lost. Spans inside the pipeline point into the
reading text; everything that leaves it (JSON, reports) goes through :meth:`Document.source_span`.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath
from typing import Literal, NamedTuple

from extract.memo import remembered

Bound = Literal["=", "≈", "<~", ">~", ">", ">=", "<", "<=", "range"]
Kind = Literal["level", "target", "rate", "growth", "delta", "score", "max_score", "other"]
Verdict = Literal["pass", "fail", "review", "not_assessable"]
Severity = Literal["error", "warning", "info"]
BlockKind = Literal["title", "heading", "paragraph", "caption", "cell", "furniture"]
ColumnRole = Literal["index", "label", "name", "unit", "value", "text"]
RelationType = Literal["same", "sum", "part", "ratio", "growth", "diff", "target", "count", "implied"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of character offsets."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class Interval(NamedTuple):
    """The values a stated number can stand for. ``None`` is no limit; closed ends unless marked open."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False


class CellRef(NamedTuple):
    """Where a cell stands: table index in the document, then zero-based row and column."""

    table: int
    row: int
    column: int


class Cell(NamedTuple):
    """One cell. ``span`` is its text in the reading text (empty for an empty cell), ``rest`` where that goes on, if other cells
    stand between: a text that keeps the layout prints the second line of every cell below the first of all."""

    row: int
    column: int
    span: Span
    text: str
    row_span: int = 1
    column_span: int = 1
    rest: tuple[Span, ...] = ()


class _Sorts(NamedTuple):
    """The columns of a table by what they hold, found once: every cell asks, and a table can have thousands.

    ``words`` are columns of text, names or labels; ``twins`` leads from a column to the nearest on its left under the same header,
    ``labels`` are the lowest headers of the leading columns, ``single`` is the one unit that these or else the table declare, and
    ``common`` the one that headers declare, those of rates apart.
    """

    names: tuple[int, ...]
    words: tuple[int, ...]
    units: tuple[int, ...]
    twins: Mapping[int, int]
    labels: frozenset[tuple[str, ...]]
    single: str
    common: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A grid of cells with its header. Rows below ``header_rows`` are body rows.

    ``unit`` is the declared unit of the whole table as written ("万元", "人、公顷、万元"; "" where none is said).
    ``headers[c]`` is the header path of column ``c`` from the top down, merged headers repeated, empty parts left
    out; ``labels[r]`` the label path of row ``r`` (the leading text cells, merged labels filled down).
    ``label_columns`` is how many leading columns are labels. ``title`` is the caption above, without its unit.
    ``roles[c]`` is what column ``c`` holds, ``forms[r]`` whether row ``r`` is pairs of a label and a value instead of
    a row under the header, ``grid[r][c]`` the index in ``cells`` of the cell that covers this place (-1: none), and
    ``units[c]`` the unit that the header of column ``c`` declares.
    """

    span: Span
    section: int | None
    title: str
    unit: str
    rows: int
    columns: int
    header_rows: int
    label_columns: int
    cells: tuple[Cell, ...]
    headers: tuple[tuple[str, ...], ...]
    labels: tuple[tuple[str, ...], ...]
    roles: tuple[ColumnRole, ...] = ()
    forms: tuple[bool, ...] = ()
    grid: tuple[tuple[int, ...], ...] = ()
    units: tuple[str, ...] = ()
    _sorts: _Sorts = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sorts", _sorts_of(self))

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place, merged cells included; ``None`` where the row is shorter or outside the table."""
        if not (0 <= row < len(self.grid) and 0 <= column < len(self.grid[row])):
            return None
        index = self.grid[row][column]
        return self.cells[index] if index >= 0 else None

    def text_at(self, row: int, column: int) -> str:
        """The text of the cell at a place; "" where there is none."""
        cell = self.at(row, column)
        return cell.text if cell is not None else ""

    def context(self, cell: Cell) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What names the number in ``cell``: the labels of its row, outermost first, and the header path of its column.

        In a row of pairs (a form) the label is the text to the left and there is no header; a column of names in the
        middle of the table (关键指标) adds the nearest name to the left, or replaces the row's label where the table
        stands in two halves side by side.
        """
        row, column = cell.row, cell.column
        if self.forms and self.forms[row]:
            left = (self.text_at(row, c) for c in range(column - 1, -1, -1))
            label = next((text for text in left if text), "")
            return ((label,) if label else (), ())
        header = self.headers[column] if column < len(self.headers) and row >= self.header_rows else ()
        labels = self.labels[row] if row < len(self.labels) else ()
        if column < self.label_columns:
            own = cell.text
            return (labels[: labels.index(own)] if own in labels else (), header)
        if label := self._label_of_half(row, column):
            return (label,), header
        for c in _between(self._sorts.names, self.label_columns, column):
            if text := self.text_at(row, c):
                return ((text,) if self.headers[c][-1:] in self._sorts.labels else (*labels, text), header)
        return labels, header

    def _label_of_half(self, row: int, column: int) -> str:
        """The label of a row's right half where two halves stand side by side (收入 决算数 支出 决算数); "" elsewhere."""
        twin = self._sorts.twins.get(column)
        if twin is None:
            return ""
        return next((text for c in _between(self._sorts.words, twin + 1, column) if (text := self.text_at(row, c))), "")

    def unit_of(self, row: int, column: int) -> str:
        """The unit declared for the number at a place, "" if none: by the header of its column, its row's label, a column
        of units, then by the table where it declares a single one and the column is no rate, score or count."""
        cell = self.at(row, column)
        labels, headers = self.context(cell) if cell is not None else ((), ())
        return self.unit_under(row, column, labels, headers)

    def unit_under(self, row: int, column: int, labels: tuple[str, ...], headers: tuple[str, ...]) -> str:
        """The same where the :meth:`context` of the cell is known."""
        return _unit_of(self, row, column, labels, headers)


def _between(columns: tuple[int, ...], first: int, end: int) -> Iterator[int]:
    """Those of some columns that stand between two others, from the right."""
    return (columns[n] for n in range(bisect_left(columns, end) - 1, bisect_left(columns, first) - 1, -1))


def _sorts_of(table: Table) -> _Sorts:
    roles, headers = table.roles, table.headers
    last: dict[tuple[str, ...], int] = {}
    twins: dict[int, int] = {}
    declared = {unit for unit in table.units if unit} - _RELATIVE
    corner = next((unit for path in headers[: table.label_columns] for part in path if (unit := unit_in_brackets(part))), "")
    for column, path in enumerate(headers):
        if path and path in last:
            twins[column] = last[path]
        if column >= table.label_columns:
            last[path] = column
    return _Sorts(
        names=tuple(c for c, role in enumerate(roles) if role == "name"),
        words=tuple(c for c, role in enumerate(roles) if role in ("text", "name", "label")),
        units=tuple(c for c, role in enumerate(roles) if role == "unit"),
        twins=twins,
        labels=frozenset(path[-1:] for path in headers[: table.label_columns]),
        single=corner or (table.unit if not _SEVERAL.search(table.unit) else ""),
        common=declared.pop() if len(declared) == 1 else "",
    )


_UNIT_IN_BRACKETS = re.compile(
    r"[（(]\s*(?:单位[：:]\s*)?((?:[百千万亿]*元|[百千万亿]{0,2}(?:人次|人|户|家次|家|起|件次|件|个|项|次|场次|场|宗|条|公顷|亩|平方米|平方千米|平方公里|立方米|公里|千米|米|"
    r"吨|公斤|千克|斤|辆次|辆|台套|台|艘|套|栋|间|处|座|所|名|篇|份|册|张|期|批次|批|天|小时|年|分|头|只|万|亿|倍|‰|%|％|个百分点))(?:/[^（）()]{1,4})?)\s*[）)]"
)
# 本年制发件数, 参保人数, 检查家次: the header says what is counted.
_COUNTED = re.compile(r"((?:件|人|户|家|起|宗|辆|台|栋|艘)次?)数$")
# Under 单位：万元 a rate, a score or a number of things is not in 万元.
_OWN_UNIT = re.compile(
    r"率|比重|占比|比例|增长|增幅|增速|±|%|％|得分|分值|权重|评分|满分|行次|序号|年份|指标值|目标值|完成情况|指标内容|[人户家次起件个项台辆]数(?!额)|数量|人员(?!经费|支出|工资|费)|车辆(?!购置|运行|费)|编制(?!费)"
)

_SEVERAL = re.compile(r"[、，,；;/／和]")
_RATE_OR_SCORE = re.compile(r"率|比重|占比|比例|增长|增幅|增速|±|%|％|得分|分值|权重|评分|满分|行次|序号|年份|金额|费用|支出|收入|资金")


@remembered(4096)
def unit_in_brackets(text: str) -> str:
    """The unit that a header or label declares in brackets: 受灾人口（人） gives 人; "" where it declares none."""
    found = _UNIT_IN_BRACKETS.findall(text)
    return found[-1].replace("％", "%") if found else ""


# 增减额 declares no unit where 2024年（万元） and 2023年（万元） do.
_CHANGE = re.compile(r"(?:(?:增减|变动|变化|增加|减少)[额数量]|差额)(?:[（(][^（()）]*[）)])?$")
_RELATIVE = frozenset({"%", "‰", "倍", "个百分点"})


def _unit_of(table: Table, row: int, column: int, labels: tuple[str, ...], headers: tuple[str, ...]) -> str:
    if column < len(table.units) and table.units[column]:
        return table.units[column]
    if headers and (counted := _counted(headers[-1])) and counted not in table.unit:
        return counted
    for label in reversed(labels):
        if unit := unit_in_brackets(label):
            return unit
    for c in table._sorts.units:
        if unit := table.text_at(row, c):
            return unit
    single = table._sorts.single
    if not single:
        return table._sorts.common if headers and _CHANGE.search(headers[-1]) else ""
    money = single.endswith("元")
    return "" if any(_has_own_unit(part, money) for part in (*headers[-1:], *labels[-1:])) else single


@remembered(4096)
def _counted(header: str) -> str:
    """What a header says is counted: 件 for 本年制发件数; "" where it says nothing of the kind."""
    found = _COUNTED.search(header)
    return found[1] if found else ""


@remembered(4096)
def _has_own_unit(part: str, money: bool) -> bool:
    """Whether the unit of the table, of ``money`` or not, is none of the numbers under that header or label."""
    return bool((_OWN_UNIT if money else _RATE_OR_SCORE).search(part))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands below it. ``number`` is the heading's number as written ("（二）"), ``level`` counts from 1."""

    number: str
    title: str
    level: int
    span: Span
    heading: Span
    parent: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMarker:
    """The mark that opens a list item or a numbered section: ``一是``, ``（二）``, ``3、``.

    ``style`` is its way of writing, the same for all members of one list ("han_is" 一是, "han" 一、, "han_brackets"
    （一）, "arabic" 1、, "arabic_brackets" （1）, "circled" ①, "ordinal" 第一，, "chapter" 第一章); ``level`` is the
    rank of the style, outermost 1.
    """

    number: int
    style: str
    level: int
    span: Span
    section: int | None


class Block(NamedTuple):
    """A run of the reading text that is read as one: a paragraph, a heading, a cell, page furniture."""

    kind: BlockKind
    span: Span
    section: int | None = None
    cell: CellRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the document says of itself; "" where it does not say."""

    title: str = ""
    org: str = ""
    region: str = ""
    year: str = ""


RECOGNISED = "reader:ocr"
"""Among the makers of a fact whose number was read off a picture."""


class Place(NamedTuple):
    """Where in a file the source text from the offset ``start`` on stands: on a page (from 1; 0: the file has none), in a
    cell ("收支总表!C5"; "" outside of spreadsheets). ``recognised`` is whether it was read off a picture there, and may be
    misread; ``box`` the left, top, right and bottom of a number that starts there, in points from the upper left corner of
    its page (``None``: not known)."""

    start: int
    page: int = 0
    cell: str = ""
    recognised: bool = False
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What of a file could not be read, or is hidden in it: one line in Chinese, one in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as read. Blocks are in text order and do not overlap; cells of a table are blocks too.

    ``furniture`` are spans of the *source*: page numbers and underlines that the reading text leaves out. ``places``, in
    order, lead from offsets in the source back into a file that is no text; ``remarks`` say what of the file could not be
    read, or is hidden in it.
    """

    name: str
    path: str | None
    sha256: str
    encoding: str
    source: str = field(repr=False)
    text: str = field(repr=False)
    origin: array[int] = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    sections: tuple[Section, ...] = field(repr=False)
    tables: tuple[Table, ...] = field(repr=False)
    about: About
    furniture: tuple[Span, ...] = field(default=(), repr=False)
    places: tuple[Place, ...] = field(default=(), repr=False)
    remarks: tuple[Remark, ...] = ()

    @property
    def called(self) -> str:
        """What it is called where several are spoken of: its file without the folder, or the name of its text."""
        return PurePath(self.path).name if self.path else self.name

    def place_of(self, span: Span) -> Place | None:
        """Where in the file a span of the reading text begins; ``None`` where the file is a text itself."""
        index = bisect_left(self.places, (self.source_start(span) + 1,)) - 1
        return self.places[index] if index >= 0 else None

    def source_span(self, span: Span) -> Span:
        """The place in ``source`` of a span of the reading text (first to last character, damage included)."""
        if span.start >= span.end:
            at = self.origin[span.start] if span.start < len(self.origin) else len(self.source)
            return Span(at, at)
        return Span(self.origin[span.start], self.origin[span.end - 1] + 1)

    def source_start(self, span: Span) -> int:
        """Where in ``source`` a span of the reading text begins."""
        return self.origin[span.start] if span.start < len(self.origin) else len(self.source)

    def reading_span(self, span: Span) -> Span:
        """The place in the reading text of a span of ``source``."""
        return Span(bisect_left(self.origin, span.start), bisect_left(self.origin, span.end))

    def section_path(self, index: int | None) -> tuple[str, ...]:
        """Headings from the outermost to the section ``index``, each as number and title; () outside any section."""
        path: list[str] = []
        while index is not None:
            section = self.sections[index]
            path.append(section.number + section.title)
            index = section.parent
        return tuple(reversed(path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A numeral that states an amount.

    ``span`` is the numeral alone (the digits of 21.95 in 21.95万项); ``extent`` also covers its bound words, scale and
    unit. ``value`` is after scale, and in 元 for money (21.95万项 → 219500); ``None`` for a range (then ``low`` and
    ``high``) and for what cannot be assessed (数十). ``unit`` is the measure word as written, without its scale;
    ``dimension`` is a key of units.toml ("count", "money", "ratio", "percentage_point", "length", …; "" for a bare
    number). ``digits`` is the numeral as printed, narrowed, without separators ("1234.50"); with ``scale`` it carries
    the stated precision: half a unit of its last digit times ``scale``. ``interval`` follows from CHECKS T1–T5.
    """

    span: Span
    extent: Span
    digits: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str
    dimension: str
    scale: Decimal
    bound: Bound
    interval: Interval
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A numeral that is no quantity, and why: date, year, clock_time, section_number, ordinal, name, idiom, law_article,
    document_number, phone, formula, page_number, …"""

    span: Span
    reason: str


class Token(NamedTuple):
    """A word of the reading text from ``start`` to ``end``, its part of speech as jieba tags it, and as which cue word it
    counts ("" for none). A quantity is one token tagged "quantity", a stretch without a quantity one tagged "gap"."""

    start: int
    end: int
    word: str
    tag: str
    cue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A mark that a tagger puts on the reading text: a cue word ("fall", "of_which", "target", …) or the words that
    may name what a quantity measures ("before", "after"; then ``quantity`` is the index of that quantity)."""

    span: Span
    label: str
    by: str
    quantity: int | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantified:
    """Every numeral of a text, each in one of two lists: those that state an amount, and the others with the reason.

    Both are in text order, and no two spans overlap.
    """

    quantities: tuple[Quantity, ...]
    others: tuple[Numeral, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """The words that name what is measured. ``span`` is ``None`` where the words come from several places."""

    span: Span | None
    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One number that claims something measurable.

    ``quantity`` is as the fact states it: the declared unit of a table is applied, falls are negative. ``subject`` and
    ``period`` are "" where they are the document's own. ``qualifiers`` are words that narrow the scope (其中, 累计,
    及下属单位, 预计). ``antecedent`` is the id of the fact whose indicator this one takes over (其中镇街295条 after 信息
    624条; 下降26.7% after 事故22起), "" where it names its own. ``makers`` names what made it, in order: pattern, tagger, rule.
    """

    id: str
    quantity: Quantity
    kind: Kind
    mention: Mention
    subject: str = ""
    period: str = ""
    qualifiers: tuple[str, ...] = ()
    antecedent: str = ""
    block: int
    sentence: Span
    clause: Span
    section: int | None
    cell: CellRef | None
    confidence: float
    makers: tuple[str, ...]

    @property
    def called(self) -> str:
        """What people read it as, to stand in quotation marks: the words that name it, else its number as printed; never empty."""
        return in_quotes(self.mention.text) or self.quantity.digits or stated(self.quantity)

    @property
    def triple(self) -> tuple[str, str, str]:
        """(subject, indicator words, quantity) as the fact itself states them; the linked name is in :class:`Link`."""
        return self.subject, self.mention.text, stated(self.quantity)


_INNER = str.maketrans("“”", "‘’")


def in_quotes(words: str) -> str:
    """The words as they stand in quotation marks: “三公”经费 becomes ‘三公’经费 (GB/T 15834)."""
    return words.strip().translate(_INNER)


def stated(quantity: Quantity) -> str:
    """The quantity in one short ASCII-signed form: ``>~600条``, ``30..50元``."""
    if quantity.bound == "range":
        return f"{quantity.low}..{quantity.high}{quantity.unit}"
    sign = "" if quantity.bound == "=" else quantity.bound
    value = "?" if quantity.value is None else f"{quantity.value:f}"
    return f"{sign}{value}{quantity.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """An entry of the catalogue. ``parts``, ``denominators`` and the two ids of ``difference`` (the second is taken off the first)
    are those of other entries; ``source`` is never invented."""

    id: str
    name: str
    english: str
    dimension: str
    units: tuple[str, ...]
    kind: Literal["stock", "flow", "ratio", "score", "standard"]
    aliases: tuple[str, ...]
    formula: str = ""
    numerator: tuple[str, ...] = ()
    denominators: tuple[tuple[str, ...], ...] = ()
    parts: tuple[str, ...] = ()
    difference: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    direction: Literal["more", "less", ""] = ""
    source: str = "observed in reports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a fact measures: ``indicator_id`` of the catalogue or ``None``, and the name (catalogue's or open).

    ``slice`` is what a slice of a whole is called where the fact itself has no subject (道路运输 of the accidents), else "".
    """

    fact: str
    indicator_id: str | None
    name: str
    score: float
    how: str
    slice: str = ""


Roles = Mapping[str, "str | tuple[str, ...]"]


OTHER_ROLES = frozenset({"items", "list", "claim"})
"""Roles that hold no fact ids: how many things a count's text lists, the first and last of them, what a text claims."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One relation that was looked at. ``roles`` names fact ids as the annotation guideline does; ``by`` is the model that
    found it, "" where a rule did.

    ``decimals``, ``exact``, ``firm`` and ``direction`` are what the judge was told beside the numbers, as in
    :class:`~extract.relations.Relation`: with them anybody can judge again.
    """

    id: str
    code: str
    type: RelationType
    roles: Roles
    verdict: Verdict
    arithmetic: str
    note: str = ""
    arithmetic_en: str = ""
    note_en: str = ""
    certain: bool = True
    decimals: int | None = None
    exact: bool = False
    firm: tuple[str, ...] = ()
    direction: Literal["more", "less", ""] = ""
    by: str = ""

    @property
    def holds(self) -> bool | None:
        return {"pass": True, "fail": False, "review": False, "not_assessable": None}[self.verdict]

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of all facts that take part, in the order of the roles."""
        ids: list[str] = []
        for role, value in self.roles.items():
            if role not in OTHER_ROLES:
                ids.extend((value,) if isinstance(value, str) else value)
        return tuple(ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """The single edit that makes the relations hold: this fact should state ``value`` (in base units)."""

    fact: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An inconsistency of the source: one cause, one finding. ``checks`` are all relations it breaks, the leading one first.

    ``decision`` says that the corrected number would change a grade, a threshold or a claim; ``preview`` that the check is
    on trial, so that its finding is a remark whatever its severity will be.
    """

    id: str
    code: str
    severity: Severity
    checks: tuple[str, ...]
    facts: tuple[str, ...]
    places: tuple[Span, ...]
    message: str
    message_en: str
    arithmetic: str
    arithmetic_en: str = ""
    repair: Repair | None
    fingerprint: str
    decision: bool = False
    preview: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    """A finding that is not reported, and why: somebody gave a ``reason`` to ignore it, or a baseline knows it already.

    ``date`` is ISO (2026-11-22); ``who`` and ``date`` are "" where nobody said.
    """

    finding: Finding
    kind: Literal["ignored", "baseline"]
    reason: str = ""
    who: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBy:
    """What made a report: heshu's version, the SHA-256 of each model by its name, and that of the catalogue."""

    version: str
    models: Mapping[str, str]
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that was found in one document; ``findings`` are those to report, without the ``suppressed``."""

    document: Document
    facts: tuple[Fact, ...]
    links: tuple[Link, ...]
    numerals: tuple[Numeral, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    made_by: MadeBy
    suppressed: tuple[Suppressed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Documents that belong together, as positions in :attr:`Comparison.reports`; ``name`` says by what, "" where it was said
    on the command line."""

    name: str
    documents: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A document, as its position in :attr:`Comparison.reports`, that belongs to no other, and why."""

    document: int
    reason: str
    reason_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that was found between documents.

    Facts are named with their document, counted from 1: ``2:f17`` is fact ``f17`` of ``reports[1]``. So are those in ``checks``
    and ``findings``; a finding's ``places`` are empty, for its facts say them.
    """

    reports: tuple[Report, ...]
    groups: tuple[Group, ...]
    apart: tuple[Apart, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]

    def fact(self, identity: str) -> tuple[int, Fact]:
        """The position of the document and the fact that a qualified id names.

        Raises:
            KeyError: there is none of that name.
        """
        number, _, own = identity.partition(":")
        position = int(number) - 1
        found = next((fact for fact in self.reports[position].facts if fact.id == own), None)
        if found is None:
            raise KeyError(identity)
        return position, found
