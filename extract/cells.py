"""What a table says of the numbers in one of its cells: their name, unit, kind, period and whose they are.

A header may name the thing measured (受灾人口), or only the role of the column (目标值, 完成情况, 2022年, 决算数); then the
row's label names the thing. Half of both (年初预算数 beside 基本支出) is read together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from extract.memo import remembered
from extract.periods import periods
from extract.types import Block, Document, Kind, Quantity, Span, Table
from extract.units import declared, with_unit

# Labels that name no thing of their own: totals, running numbers, "of which".
_EMPTY_LABEL = re.compile(
    r"^(?:合计|总计|小计|共计|总分|合计数|总和|其他|其它|平均|全部|序号|编号|项目|指标|名称|内容|备注|[0-9.、（）()一二三四五六七八九十]+|其中|[-—/])$"
)
_ROLE = re.compile(
    r"""^(?:(?:年度|年初|全年|本年度?|当年|期末|绩效|考核|预期|实际|上年|设定|计划|三级|具体|数量|质量|时效|成本|产出|效益|指标)*
    (?:目标值?|指标值(?:或规定值)?|完成值|完成情况|实际值|完成数|实现值|完成|预期|目标|实际|数值|数量|金额|结果|得分|分值|自评得分|评分|权重|满分|标准分|自评分|本年数?|上年数?|同期数?|累计|
    决算数|计划|安排|指标完成情况|实现情况|数据|总计|合计|值|规定值|人数|情况|内容|数|全年完成值|备注|单位|所占比例|占比|比例|比重|增长|增幅|同比|偏差原因|偏差及原因分析|完成比例|完成率|达成率|增长率|增减率|增减[值额数量]?|行次|栏次))
    (?:[（(][^）)]*[）)])?$""",
    re.VERBOSE,
)
_HALF = re.compile(
    r"""^(?:年初|全年|本年|年度|调整后?|项目|上年|当年|总|实际|累计|已|到位)*
    (?:预算|决算|支出|执行|收入|拨款|调整|结转|结余|资金|安排|批复|下达|投入)
    (?:安排|批复|调整|金额|情况|执行|支出)*(?:总额|数|额|率|金额)?(?:[（(][^）)]*[）)])?$""",
    re.VERBOSE,
)
_TARGET = re.compile(r"目标|预期|指标值|计划数?|任务数|规定值|应完成|年度指标|标准值|考核值|约束")
# 造林任务分解表: what a table of tasks assigns is still to be done, beside what there is and what was.
_TASKS = re.compile(r"任务分解|任务清单|任务表|目标任务|目标表|(?<!投资)计划(?:安排)?(?:一览)?表|年度计划$")
_NO_TASK = re.compile(r"完成|实际|已|现[状有]|基数|总投资|总面积|上年|去年|预算|资金|经费|拨款|标准$")
# A column that defines the indicator states its threshold (每周不少于1次).
_DEFINED = re.compile(r"指标内容|指标说明|计算公式|评分标准|考核标准|指标解释")
_LIMITS = frozenset({">=", "<=", ">", "<"})
_PAIR = re.compile(r"(?:目标|计划|预期)值?\s*[/／、]\s*(?:实际|完成)")
_DONE = re.compile(r"完成|实际|实现情况|已|结果|效果")
_FULL_SCORE = re.compile(r"分值|权重|满分|标准分|分数设置")
_SCORE = re.compile(r"得分|自评分|评分|评价分|实得")
_GROWTH = re.compile(r"增长率?|[增降升变涨跌减]幅|增速|同比|环比|升降|增减[%％(（率幅]|增减率|变动率|变化率|±")
_RATE_OF_CHANGE = re.compile(r"增速|增长率|增幅|下降率")
_DELTA = re.compile(r"增减额?|调整数|调整额|调整(?!后|预算(?!数))|追加|核减|变动额?|增加额|差额|比上年|增量")
_NUMBER_NAME = re.compile(r"[额数量]$")
_RATE = re.compile(r"率|占比|比重|比例|[%％]|满意度")
_MONEY_UNIT = re.compile(
    r"(?:金额|货币)(?:的?计量)?单位(?:，?除[^，。；]{0,12}外，?)?(?:均|统一|一律)?(?:为|是|以|按)(?:人民币)?(?P<unit>[百千万亿]*元)"
)
_RATES = frozenset(("", "%", "％", "‰"))
_CENTS = re.compile(r"\.\d\d$")
_COUNT = re.compile(r"[户家个人件次宗笔起场批套辆台亩座处]数|数量|面积|编号|序号|排名|位次|年龄|年限")
_MONEY = re.compile(
    r"利润|总额|工资|薪|奖金|应收|账款|损失|金额|支出|预算|决算|收入|资金|经费|产值|投资|款|税|费|结余|结转|增加值|生产总值|造价|价值|资产|负债|采购|补助|罚没"
)
_EACH = re.compile(r"人均|户均|亩均|平均|每|单位|均")
_LIST = re.compile(r"[、，,/ ]+")
_MARKS = re.compile(
    r"[\s（）()【】“”\"'，,。；;：:≥≤><＞＜=、》《~\-—+－]|约|近|不少于|不低于|达到|达|为|共|增长|下降|增加|减少|以上|以下|以内|左右|余|多"
)
_LABEL_LEAD = re.compile(r"^(?:其中[：:]?\s*)?(?:(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]|[①-⑳])\s*)*")
_UNIT_IN_LABEL = re.compile(r"[（(](?:单位[：:])?(?:[万亿千]?元|%|％|人|个|次|家|起|公顷|亩|分|户|间|件|项|条)[）)]")
_PARENTHESES = re.compile(r"[（(][^（()）]*[)）]")
_PERIOD_LEAD = re.compile(
    r"^(?:(?:19|20)\d{2}年?(?:度)?|上年度?|本年度?|去年|今年|\d{1,2}(?:[—\-－–~至]\d{1,2})?月份?|[一二三四]季度|[上下]半年|期初|期末)+"
)
_YEAR_ONLY = re.compile(_PERIOD_LEAD.pattern + r"(?:数|值|末|底|情况)?$")
LONGEST_LABEL = 40
_FORMULA = re.compile(r"[/／*×÷=＝]|\d+[%％]")
_CATEGORY = re.compile(r"^(?:产出|数量|质量|时效|成本|效益|社会效益|经济效益|生态效益|可持续影响|绩效|效果|过程|投入|管理|一级|二级|三级)指标$")
# A row of kinds of money takes part in the name (基本支出 › 年初预算数); any other row is whose it is.
_MONEY_LABEL = re.compile(r"(?:支出|收入|费|经费|拨款|资金|预算|结余|结转|投资|采购|补助)(?:[总合小]计)?$")
# Administrative acts, as the forms of disclosure list them: a column 处理决定数量 counts them, and names no one's acts.
_ACT_LABEL = re.compile(r"^行政[^，,。；;、]{0,6}(?:许可|处罚|强制|收费|征收|征用|检查|确认|给付|裁决|奖励)$")
# Roles that say what is measured of the row's thing: its score, its rate.
_SPEAKING_ROLE = re.compile(r"得分|分值|权重|满分|评分|率|占比|比例|比重|增长|增幅|增减|同比")
_TITLE_LEAD = re.compile(r"^(?:附?表\s*\d*[：:、.]?\s*|(?:19|20)\d{2}年(?:度)?)+\s*")
_TITLE_UNIT = re.compile(
    r"[（(](?:单位[：:])?(?:[百千万亿]*元|[%％‰]|万?[人户家个件次吨亩台辆张份册]|公顷|公里|千?米|平方米|公斤|[、，,；;／/\s])+[）)]\s*$"
)
_TITLE_END = re.compile(r"(?:情况|统计|明细|汇总|决算|分类|分行业|一览|完成|执行|总)*表.*$")


class _Said(NamedTuple):
    """What the header of a column says its numbers are: a target and what was reached in one, points, a target, what was done;
    and its lowest part: a growth, a change."""

    pair: bool
    full_score: bool
    score: bool
    target: bool
    done: bool
    growth: bool
    delta: bool


@remembered(1024)
def _said(header: str) -> _Said:
    last = header.rpartition(" ")[2]
    done = bool(_DONE.search(header))
    return _Said(
        pair=bool(_PAIR.search(header)),
        full_score=bool(_FULL_SCORE.search(header)),
        score=bool(_SCORE.search(header)),
        target=bool(_TARGET.search(header)) and not done,
        done=done,
        growth=bool(_GROWTH.search(last)),
        delta=bool(_DELTA.search(last)),
    )


class CellReading(NamedTuple):
    """What row and column say. ``whole`` is whether the cell holds nothing beside its one number; ``header`` is all of
    the column's header in one string; ``by_role`` is whether the header names nothing, so that the name is the row's;
    ``tasks`` is whether the table's title says that it assigns tasks."""

    whole: bool
    words: str
    subject: str
    period: str
    unit: str
    header: str
    label: str
    by_role: bool
    tasks: bool

    def quantity(self, quantity: Quantity) -> Quantity:
        """The quantity with the declared unit, if it has none of its own."""
        if quantity.unit or not self.unit or not self.whole or quantity.bound == "range" or quantity.value is None:
            return quantity
        if self.unit in ("%", "％") and not _RATE.search(self.header + self.label + self.unit):
            return quantity
        return with_unit(quantity, self.unit)

    def _assigned(self, kind: Kind) -> bool:
        """Whether the number is a task that a table of tasks assigns."""
        return self.tasks and self.whole and kind in ("level", "rate") and self.period[:2] != "上年" and not _NO_TASK.search(self.header + self.label)

    def kind(self, kind: Kind, quantity: Quantity, *, whole: bool, first: bool) -> Kind:
        """The kind by the column's header, where it says one, else ``kind``."""
        said = _said(self.header)
        if said.pair:
            # ≥90% / 93.4% under 目标/实际
            return "target" if first else kind if kind != "target" else "rate"
        if whole:
            if said.full_score:
                return "max_score"
            if said.score and quantity.dimension in ("", "score", "count"):
                return "score"
        if (said.target or self._assigned(kind)) and kind in ("level", "rate", "growth", "delta", "target"):
            return "target"
        if not whole:
            return "target" if kind == "level" and quantity.bound in _LIMITS and _DEFINED.search(self.header) else kind
        if quantity.dimension in ("", "ratio") and said.growth:
            return "growth"
        if quantity.dimension in ("", "ratio") and kind in ("level", "rate") and _RATE_OF_CHANGE.search(self.label):
            return "growth" if "下降率" not in self.label else "rate"
        if quantity.dimension != "ratio" and kind == "level" and said.delta:
            return "delta"
        if kind == "level" and (quantity.dimension == "ratio" or (not quantity.unit and _is_rate(self.words))):
            return "rate"
        if kind == "target" and not said.target and said.done:
            return "rate" if quantity.dimension == "ratio" else "level"
        return kind


@remembered(1024)
def _is_rate(words: str) -> bool:
    return bool(_RATE.search(words)) and not _NUMBER_NAME.search(words)


@remembered(64)
def _assigns(title: str) -> bool:
    return bool(_TASKS.search(title)) and not _DONE.search(title)


def read_cell(document: Document, block: Block, quantities: Sequence[Quantity]) -> CellReading | None:
    """What the table says of the numbers of ``block``, a cell; ``None`` where the block is no cell."""
    if block.cell is None:
        return None
    table = document.tables[block.cell.table]
    at = table.at(block.cell.row, block.cell.column)
    labels, headers = table.context(at) if at is not None else ((), ())
    year = document.about.year
    layout = _layout(table)
    row, column = _row(labels, year), _column(headers, layout.groups, year)
    if layout.by_rows and row.label:
        words, subject = row.label, column.last
    else:
        words, subject = _name(row, column, table.title)
    period = column.period if column.period is not None else row.period or ""
    unit = table.unit_under(block.cell.row, block.cell.column, labels, headers)
    if not unit:
        name = words + column.header
        unit = _choose(table.unit, name) if table.unit else _for_all(document, table, name, quantities)
    whole = _is_whole(document, block, quantities)
    return CellReading(whole, words, subject, period, unit, column.header, row.joined, column.by_role, _assigns(table.title))


class _Layout(NamedTuple):
    """The upper headers that stand above more than one column, and whether the rows name what is measured."""

    groups: frozenset[str]
    by_rows: bool


_LAST: list[tuple[Table, _Layout]] = []
"""The table last asked for: its cells come one after another, and to hash it for a cache would cost as much as to read it."""


def _layout(table: Table) -> _Layout:
    if not _LAST or _LAST[0][0] is not table:
        uppers = Counter(part for path in table.headers for part in path[:-1])
        groups = frozenset(part for part, columns in uppers.items() if columns > 1)
        _LAST[:] = [(table, _Layout(groups, _by_rows(table.headers, table.labels, table.label_columns)))]
    return _LAST[0][1]


@remembered(4096)
def _bare(label: str) -> str:
    return _PARENTHESES.sub("", label).strip() or label.strip()


@remembered(4096)
def _names_something(part: str) -> bool:
    bare = _bare(part).replace(" ", "")
    return bool(bare) and len(bare) <= LONGEST_LABEL and not _EMPTY_LABEL.match(bare) and not _FORMULA.search(part)


class _Row(NamedTuple):
    """What the labels of a row say: all of them in one string, the one that names the row ("" without labels), whether it
    names nothing of its own (合计), and the period."""

    joined: str
    label: str
    empty: bool
    period: str | None


@remembered(1024)
def _row(labels: tuple[str, ...], year: str) -> _Row:
    label = _label(labels)
    return _Row(" ".join(labels), label, bool(_EMPTY_LABEL.match(label.replace(" ", ""))), _period(labels, year))


def _label(labels: Sequence[str]) -> str:
    """The innermost row label that names something, else the innermost of all (合计); "" without labels."""
    for part in reversed(labels):
        if _names_something(part):
            return _clean(part)
    return _clean(labels[-1]) if labels and len(labels[-1]) <= LONGEST_LABEL else ""


class _Column(NamedTuple):
    """What the header of a column says: all of it in one string, its lowest part, what it names and its role (see
    :func:`_header`), whether it names a half of the budget (支出决算), and the period."""

    header: str
    last: str
    naming: str
    role: str
    speaking: bool
    half: bool
    period: str | None

    @property
    def by_role(self) -> bool:
        """Whether the header names nothing, so that the name is the row's."""
        return not self.naming and bool(self.role) and not self.speaking


@remembered(1024)
def _column(headers: tuple[str, ...], groups: frozenset[str], year: str) -> _Column:
    naming, role = _header(headers, groups)
    return _Column(
        header=" ".join(headers),
        last=_clean(headers[-1]) if headers else "",
        naming=naming,
        role=role,
        speaking=bool(_SPEAKING_ROLE.search(role)),
        half=bool(_HALF.match(naming)),
        period=_period(headers, year),
    )


def _header(headers: tuple[str, ...], groups: frozenset[str]) -> tuple[str, str]:
    """(what the column's header names, its role) — one of both is often "": 受灾人口 names, 完成情况 is a role.

    A header of one column that a line broke (直接经济 / 损失) is put together; one above several columns (``groups``)
    takes part only where the lower one is a mere role.
    """
    grouped = [part for part in headers[:-1] if part in groups]
    if grouped and len(headers) > 1 and not _ROLE.match(_PERIOD_LEAD.sub("", _clean(headers[-1]))) and not _YEAR_ONLY.match(_bare(headers[-1])):
        headers = tuple(part for part in headers if part not in grouped)
    parts = [_clean(part) for part in headers]
    parts = [part for part in parts if part and not _YEAR_ONLY.match(_bare(part)) and not _CATEGORY.match(part)]
    role = parts.pop() if parts and _ROLE.match(_PERIOD_LEAD.sub("", parts[-1])) else ""
    naming = [part.removesuffix("指标") if part.endswith(("度指标", "率指标")) else part for part in parts if not _ROLE.match(part)]
    return "".join(dict.fromkeys(naming)), role


def _name(row: _Row, column: _Column, title: str) -> tuple[str, str]:
    """(words that name the thing, whose it is) from a row and a column that both may say something."""
    label, header, role = row.label, column.naming, column.role if column.speaking else ""
    if header and column.role and not column.half:
        return header + role, "" if row.empty else label
    if header:
        if row.empty or not label:
            return header, ""
        return (label + header if (column.half and _MONEY_LABEL.search(label)) or _ACT_LABEL.match(label) else header), label
    if row.empty and label and not column.speaking:
        return _TITLE_END.sub("", _TITLE_LEAD.sub("", _TITLE_UNIT.sub("", title))) + label, ""
    return label + role, ""


@remembered(4096)
def _clean(label: str) -> str:
    """A label without its number, its "of which" and a unit in brackets: 其中：（2）人员经费（万元） → 人员经费."""
    label = _LABEL_LEAD.sub("", label.replace("\n", "").strip())
    return str(_UNIT_IN_LABEL.sub("", label).strip())


def _is_whole(document: Document, block: Block, quantities: Sequence[Quantity]) -> bool:
    if len(quantities) != 1:
        return False
    text, extent = document.text, quantities[0].extent
    if extent == block.span:
        return True
    rest = text[block.span.start : max(block.span.start, extent.start)] + text[min(extent.end, block.span.end) : block.span.end]
    return not _MARKS.sub("", rest)


def _period(parts: Sequence[str], year: str) -> str | None:
    """The period that the innermost of the labels or headers tells, "" for the document's own; ``None`` where none does."""
    return next((period for part in reversed(parts) if (period := _first_period(part, year)) is not None), None)


@remembered(4096)
def _first_period(words: str, year: str) -> str | None:
    return next((period.value for period in periods(words, Span(0, len(words)), year)), None)


# The end of a label that names a measure; a table whose headers have none (自然人, 法人) is measured by its rows.
_MEASURE = re.compile(
    r"(?:数|量|额|率|度|金|费|款|支出|收入|预算|决算|面积|人口|损失|产值|利润|投资|人次|家次|次|起|件|分|分值|比重|占比|比例|天数|时长|长度|资金|经费|价值)$"
)


_ROWS_LOOKED_AT = 200
"""A table in whose first so many rows no label names a measure is none whose rows do; every cell asks."""


def _by_rows(headers: tuple[tuple[str, ...], ...], labels: tuple[tuple[str, ...], ...], label_columns: int) -> bool:
    """Whether the rows, not the columns, name what is measured: no header of a value column does, and some label does."""
    return _no_measure(headers[label_columns:]) and any(_MEASURE.search(_clean(path[-1])) for path in labels[:_ROWS_LOOKED_AT] if path)


@remembered(64)
def _no_measure(headers: tuple[tuple[str, ...], ...]) -> bool:
    """Whether columns have headers, and none of them names what is measured."""
    leaves = [_clean(path[-1]) for path in headers if path]
    leaves = [leaf for leaf in leaves if leaf and not _EMPTY_LABEL.match(leaf)]
    return bool(leaves) and not any(_MEASURE.search(leaf) or _ROLE.match(leaf) or _HALF.match(leaf) or _YEAR_ONLY.match(leaf) for leaf in leaves)


def _for_all(document: Document, table: Table, name: str, quantities: Sequence[Quantity]) -> str:
    """The unit that the document states for all its amounts (除特别注明外，金额单位为万元), if a cell holds one and the table tells no other;
    "" elsewhere."""
    stated = _stated(document.text)
    if not stated or len(quantities) != 1 or not _RATES.issuperset(table.units) or _RATE.search(name) or _GROWTH.search(name) or _COUNT.search(name):
        return ""
    return stated if _MONEY.search(name) or _CENTS.search(quantities[0].digits) else ""


@remembered(8)
def _stated(text: str) -> str:
    """The unit of money that a text states for all its amounts; "" where it states none, or several."""
    found = {match["unit"] for match in _MONEY_UNIT.finditer(text)}
    return found.pop() if len(found) == 1 else ""


def _choose(stated: str, name: str) -> str:
    """The unit of a list (人、公顷、万元) that fits a column's name; "" where none surely does."""
    units = [str(unit) for unit in _LIST.split(stated) if unit]
    if len(units) <= 1:
        return ""
    per = [unit for unit in units if "/" in unit or "／" in unit]
    if per and _EACH.search(name):
        return per[0]
    if _RATE.search(name) or _GROWTH.search(name):
        return next((unit for unit in units if unit in ("%", "％", "‰")), "")
    money = [unit for unit in units if declared(unit)[2] == "money" and unit not in per]
    rest = [unit for unit in units if unit not in money and unit not in per and unit not in ("%", "％", "‰")]
    if _MONEY.search(name) or (not rest and _DELTA.search(name)):
        return money[0] if money else ""
    named = [unit for unit in rest if unit in name or (unit == "人" and "员工" in name)]
    named = named or [unit for unit in rest if unit in ("公顷", "亩") and "面积" in name]
    if len(named) == 1:
        return named[0]
    if not rest and len(money) == 1 and not _COUNT.search(name):
        return money[0]  # 单位：万元、%
    return rest[0] if len(rest) == 1 else ""
