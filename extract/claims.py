"""Why a quantity claims nothing measurable, so that it is no fact: 近三年, 区镇两级, 亿元以上项目, 2.6：1 has one number."""

from __future__ import annotations

import re

import regex

from extract.knowledge import Place
from extract.types import Quantity

_LASTING = frozenset({"年", "个月", "月", "天", "日", "周", "周年", "个年头"})
_PERIOD_BEFORE = re.compile(r"(?:这|近|前|后|过去|未来|头|最近|今后|此后|同|首|(?:19|20)\d{2}年)$")
_PERIOD_AFTER = re.compile(r"(?:来|以来|间|期间|前|后|内|里|行动|计划|规划|攻坚|时间|磨一剑)")
# 依次为4120吨、4356吨和4581吨，三年增加461吨; 立案数连续两年增长 counts the years.
_SINCE = re.compile(r"(?:累计|共|净)?(?:增[加长]|减少|下降)")
_COMPARED = re.compile(r"[比较](?![大多高])[^，,。；;]{2,}提前$")
_HAN = re.compile(r"[〇零一二两三四五六七八九十百千几数]+")
_SCALES = frozenset("万亿")
# 1·主动公开, 二  火灾特点; ISO 45001.
_NUMBERS_A_HEADING = regex.compile(r"[ 　]*[·•．][ 　]*\p{Han}|[ 　]+\p{Han}|[）)][ 　]*\p{Han}")
_CODE = re.compile(r"[A-Z]{2,}\s?$")
_PARTS_OF_NAMES = frozenset({"期", "级"})
_ISSUED = re.compile(r"[分共办举开印发刊编制了为达出计]$")


def bare_scale(text: str, quantity: Quantity) -> bool:
    """Whether a quantity is a scale alone (年产值过亿元的企业, 亿元以上项目): it says which ones are meant, not how much."""
    return quantity.bound in ("=", ">=") and quantity.span.of(text) in _SCALES


def claims_nothing(place: Place) -> str:
    """The reason (hierarchy, period, indefinite, ratio_base, unit, code, footnote, name); "" where the number may be a fact."""
    quantity = place.quantity
    text = place.document.text
    span, extent = quantity.span, quantity.extent
    written = span.of(text)
    before = text[max(place.sentence.start, extent.start - 6) : extent.start]
    if quantity.value is None and quantity.bound != "range":
        return "indefinite"
    if (column := _column(place)) == "unit":
        return "unit"
    if column == "index" and not quantity.unit:
        return "code"
    if bare_scale(text, quantity):
        return "unit"
    if not quantity.unit:
        if before.endswith("[") and text[extent.end : extent.end + 1] == "]":
            return "footnote"
        if place.block.cell is None and span.start == place.block.span.start and len(span) <= 2 and _NUMBERS_A_HEADING.match(text, extent.end):
            return "section_number"
        if before and _CODE.search(before):
            return "code"
        if written == "1" and before.endswith((":", "：", "∶")):
            return "ratio_base"
    lasting = quantity.unit in _LASTING
    if lasting and _sums_up(place, before):
        return "period"
    if lasting and (quantity.bound == "<~" or _is_time(place, before) or _PERIOD_AFTER.match(text, extent.end)):
        return "period"
    if quantity.unit in _PARTS_OF_NAMES and _HAN.fullmatch(written) and not _ISSUED.search(before) and before.strip("，。；、 "):
        # 区、镇、村三级; 产业基地二期. 分四期举办 counts.
        return "hierarchy" if quantity.unit == "级" else "name"
    if written == "二" and quantity.unit in ("次", "类", "手"):
        return "ordinal"
    return ""


def _sums_up(place: Place, before: str) -> bool:
    return before.endswith(("，", ",", "；")) and _SINCE.match(place.document.text, place.quantity.extent.end) is not None


def _is_time(place: Place, before: str) -> bool:
    """前14天 and 提前3天提醒 are times; 比工期255天提前14天 tells by how much."""
    if before.endswith("提前") and _COMPARED.search(place.document.text, place.clause.start, place.quantity.extent.start):
        return False
    return _PERIOD_BEFORE.search(before) is not None


def _column(place: Place) -> str:
    """The role of the column that the number stands in, "" outside of tables."""
    cell = place.block.cell
    if cell is None:
        return ""
    roles = place.document.tables[cell.table].roles
    return roles[cell.column] if cell.column < len(roles) else ""
