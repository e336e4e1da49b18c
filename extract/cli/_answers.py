"""Tables of answers as they are printed: for people with Chinese or English headings, as CSV, as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from extract.phrases import english
from extract.query import Answer
from extract.writers import Lang
from extract.writers._style import columns, padded
from extract.writers._values import plain
from extract.writers._words import word
from extract.writers.csv import harmless

_CHINESE = {
    "indicator": "指标", "year": "年份", "body": "单位", "region": "地区", "matter": "事项", "value": "数值", "unit": "计量单位", "text": "原文",
    "kind": "类型", "document": "文件", "line": "行", "lowest": "最小", "highest": "最大", "documents": "文件数", "figures": "数值个数",
    "median": "中位数", "score": "离群程度", "bodies": "单位数", "outliers": "离群值", "claims": "雷同说法", "who": "哪些", "numerals": "数字",
    "facts": "事实", "checked": "已核对", "share": "核对率%", "errors": "错误", "warnings": "警告", "code": "规则", "severity": "级别",
    "message": "问题", "arithmetic": "计算", "state": "结论", "reason": "理由", "findings": "疑点", "accepted": "属实", "dismissed": "不属实",
}  # fmt: skip
_STATES = {"accepted": "属实", "dismissed": "不属实"}


def shown(answer: Answer, format_name: str, lang: Lang) -> str:
    """The answer as text (without the columns that only lead to other tables), CSV or JSON, its last line ended."""
    if format_name == "json":
        return json.dumps([dict(zip(answer.columns, map(_json, row), strict=True)) for row in answer.rows], ensure_ascii=False, indent=1) + "\n"
    if format_name == "csv":
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\n")
        table.writerows([answer.columns, *([_cell(value) for value in row] for row in answer.rows)])
        return out.getvalue()
    kept = [n for n, name in enumerate(answer.columns) if name not in answer.keys]
    headings = [_CHINESE.get(answer.columns[n], answer.columns[n]) if lang == "zh" else answer.columns[n] for n in kept]
    cells = [[_words(_said(answer.columns, row, n, lang)) for n in kept] for row in answer.rows]
    right = [all(isinstance(row[n], int | float | Decimal | None) for row in answer.rows) and bool(answer.rows) for n in kept]
    widths = [max(columns(line[n]) for line in (headings, *cells)) for n in range(len(kept))]
    return "".join(_line(line, widths, right) + "\n" for line in (headings, *cells))


def _said(names: Sequence[str], row: Sequence[Any], n: int, lang: Lang) -> Any:
    """The cell in the language: kinds, levels and states have names in Chinese, messages and arithmetic are kept in both."""
    name, value = names[n], row[n]
    if not isinstance(value, str):
        return value
    if lang == "zh":
        return _STATES.get(value) or word(value, lang) if name in ("kind", "severity", "state") else value
    if name == "message" and "message_en" in names:
        return row[names.index("message_en")]
    return english(value).replace("；", "; ") if name == "arithmetic" else value


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    laid = (
        " " * (width - columns(cell)) + cell if to_right else padded(cell, width) for cell, width, to_right in zip(cells, widths, right, strict=True)
    )
    return "  ".join(laid).rstrip()


def _plain(value: Decimal) -> str:
    """The number without exponent and without the idle zeros that a table of decimals fills up with."""
    return plain(value.normalize()) or ""


def _words(value: Any) -> str:
    if value is None:
        return ""
    text = _plain(value) if isinstance(value, Decimal) else " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return " ".join(text.split())


def _cell(value: Any) -> object:
    return harmless(value) if isinstance(value, str) else value if isinstance(value, int | float) else _words(value)


def _json(value: Any) -> object:
    return _plain(value) if isinstance(value, Decimal) else value if isinstance(value, str | int | float | list | None) else str(value)
