"""From a grid of cells to tables: header rows, labels, units, and what each column holds.

A grid may hold several tables one under the other (a form, then a table, then another): each header row in the middle
opens a new one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import regex

from extract.types import Cell, ColumnRole, Span, Table, unit_in_brackets


class DraftCell(NamedTuple):
    """A cell of a grid once its text is final, before its place in a table is known."""

    span: Span
    text: str
    row_span: int = 1
    column_span: int = 1
    rest: tuple[Span, ...] = ()


Row = list["DraftCell | None"]

_PLACEHOLDER = re.compile(r"[-—－–/／\\*…]+|无|暂无|不适用|不涉及|N/?A")
# 2023年末, 2024届, 1—11月, 2024.1-10: a time alone.
_YEAR = re.compile(
    r"(?:19|20)\d\d(?:年度?|届|级)?(?:末|底|初)?|\d{1,2}(?:\s*[-—–~～至]\s*\d{1,2})?月份?(?:末|底)?|(?:19|20)\d\d[.．]\d{1,2}\s*[-—–~～至]\s*\d{1,2}"
)
# 2022年决算数, 1—11月完成数, 5月底前: a period with words behind it is a label, no amount.
_PERIOD = regex.compile(r"(?:(?:19|20)\d\d\s*年度?|\d{1,2}(?:\s*[-—–~至]\s*\d{1,2})?\s*月份?)[\p{IsHan}（(\d]")
# 1.逾期不补正 and 九、其他支出 are items.
_HAN_ITEM = re.compile(r"[一二三四五六七八九十]{1,3}、")
_ITEM = regex.compile(r"\d{1,2}[.．、]\s?\p{IsHan}{2}")
_NUMBER = re.compile(
    r"(?:[≥≤＞＜<>＝=≈约近超逾达《》+＋\-－−±¥￥]|不[少低高多]于|不超过|大于|小于|超过|不足|高于|低于)*\s*"
    r"\d[\d,，.．]*(?:\s*[-－—–~～至]\s*\d[\d,.]*)?\s*(?:[%％‰]|[^\d\s，。；、：%％‰]{0,6}?)(?:及?以[上下内]|左右|[余多])?(?:[（(][^（）()]{1,12}[）)])?"
)
# A number and nothing else, but for a year.
_FIGURE = re.compile(r"(?!(?:19|20)\d\d$)\d{1,20}(?:\.\d{1,18})?%?")
_ONLY_UNIT = re.compile(r"[（(][^（）()]{1,8}[）)]")
_LONGEST_PLACEHOLDER = 6
_LONGEST_NUMBER = 40
_LONGEST_LABEL = 30
_LONGEST_REMARK = 60
_HEADER_WORD = (
    r"(?:数|率|值|额|量|指标|目标|情况|名称|项目|内容|单位|分值|得分|评分|权重|备注|说明|原因|时间|日期|年度|年|编码|代码|类别|类型|种类|任务|资金|公式|标准|"
    r"姓名|职务|职称|签字|规模|来源|比重|占比|合计|金额|支出|收入|预算|决算|部门|科目|序号|编号|行次|栏次|人数|依据|计划|完成|实际|备考|损失|面积|领域|地区|乡镇)"
    r"(?:[（(][^（）()]*[）)])?"
)
_HEADER_END = re.compile(rf"{_HEADER_WORD}$")
# 2023占比(%), 2024预算: a year and what a column holds of it.
_OF_YEAR = re.compile(rf"(?:19|20)\d\d\s*(?:{_HEADER_WORD}|同比|环比|增[长减幅]|预计|累计|末|初)+")
# 36—45岁, 100万元以上: a class heads a column of bare numbers, and is an amount elsewhere.
_CLASS = regex.compile(
    r"\d[\d,.]*\s*\p{IsHan}{0,3}(?:\s*[-—–~～至]\s*\d[\d,.]*\s*\p{IsHan}{0,3}|及?以[上下内]|[级类档])(?:[（(][^（）()]{1,6}[）)])?"
)
_BARE = re.compile(r"\d[\d,，.．]*")
# Codes of subjects, one level to a column (201 05 07) or all in one (2010507).
_CODES = (re.compile(r"\d{3}|\d{5}|\d{7}"), re.compile(r"\d\d"), re.compile(r"\d\d"))
_CODE_HEADS = frozenset("类款项目")
_CODE_HEADER = regex.compile(r"(?:[\p{IsHan}]{0,6}科目|[\p{IsHan}]{0,4}分类)?\s*(?:编码|代码)")
# 栏次 | 1 | 2, 甲 | 乙 | 1 | 2, 1 | 2 | 3=1+2: the line of a form that numbers its columns.
_COLUMN_NUMBER = re.compile(r"[（(]?(\d{1,2})[）)]?(?:\s*[=＝]\s*[\d（(][\d\s+＋\-－—–×÷*/%（）()]*)?")
_NUMBERING = frozenset(("栏次", "栏 次", "甲"))
_UNNUMBERED = _NUMBERING | _CODE_HEADS | {"", "行次", "序号", "乙", "丙", "丁", "-", "—"}
_INDEX_HEADER = re.compile(r"序\s*号|编\s*号|行\s*次|栏\s*次|序|No\.?", re.IGNORECASE)
_UNIT_HEADER = re.compile(r"(?:计\s*量\s*)?单\s*位|计量单位及?说明?")
_OF_MEASURE = re.compile(r"计\s*量")
_NAME_HEADER = re.compile(r"(?:(?:关键|三级|绩效|具体|考核|评价)?指标(?:名称)?|(?:项目|指标|科目|企业|任务|事项|产品)名称|项\s*目|科\s*目|名\s*称)")
_VALUE_HEADER = re.compile(r"(?:值|情况|备注|是否|完成|原因|说明|结果|措施|标准|公式|依据|得分|分值)")
_UNIT_NAME = (
    r"(?:[百千万亿]*元|万?人次|[万亿]?人|户次|万?户|家次|家|起|件次|件|个|项|次|场次|场|宗|条|公顷|万?亩|平方米|平方公里|立方米|公里|千米|米|万?吨|公斤|千克|"
    r"毫克|微克|[毫]?升|[万亿]?千瓦时|[万亿]立方米|分贝|辆次|辆|台|艘|套|栋|间|处|座|所|名|份|册|张|期|批次|批|天|小时|年|头|只|分|%|‰)"
)
_UNIT_WORD = regex.compile(rf"{_UNIT_NAME}(?:[/／]{_UNIT_NAME})?|[\p{{IsHan}}]{{1,3}}|[A-Za-z]{{1,4}}[²³]?|[℃㎡]")
_DECLARED_UNIT = regex.compile(
    rf"(?:金额|计量|数量)?单\s*位\s*[：:]\s*(?P<unit>{_UNIT_NAME}(?:[/／]{_UNIT_NAME})?(?:\s*[、，,；;/／和\s]\s*{_UNIT_NAME})*)(?![\p{{IsHan}}])"
)
_CAPTIONED_UNIT = re.compile(rf"[（(](?P<unit>{_UNIT_NAME}(?:[/／]{_UNIT_NAME})?(?:\s*[、，,；;]\s*{_UNIT_NAME})*)[)）]\s*$")
# A header in the middle of a table must be told from a body row of words: this share of its cells must end like headers.
_HEADER_SHARE = 0.6
_MOST_HEADER_ROWS = 6
_CLASS_ROWS = 3
_MOST_COLUMNS = 64
# So many columns numbered from 1 on are no figures, even where nothing says 栏次.
_LEAST_NUMBERED = 4


def declared_unit(text: str) -> str:
    """The unit in 单位：万元, several joined by 、 (单位：人、公顷、万元); "" where 单位 names a body, or nothing."""
    found = _DECLARED_UNIT.search(text)
    return re.sub(r"\s*[，,；;和\s]\s*", "、", found["unit"]) if found else ""


_CLASS = re.compile(r"\d[^，。；]{0,12}(?:以[上下内]|[（(]不?含[）)])|\d[\d.]*[\u4e00-\u9fff]{0,3}(?:[-—–~～]+|至)\d[\d.]*[\u4e00-\u9fff]{1,3}")


def kind_of(text: str) -> str:
    """What a cell holds: "" empty, "-" a placeholder, "%" a percentage, "n" a number with or without a unit, "y" a year,
    "t" a short label, "l" a long text."""
    if not text:
        return ""
    if _FIGURE.fullmatch(text):
        return "%" if text[-1] == "%" else "n"
    if len(text) <= _LONGEST_PLACEHOLDER and _PLACEHOLDER.fullmatch(text):
        return "-"
    if len(text) <= _LONGEST_NUMBER:
        digit = text[0].isdecimal()
        if digit and _YEAR.fullmatch(text):
            return "y"
        if not (digit and (_PERIOD.match(text) or _ITEM.match(text) or _OF_YEAR.fullmatch(text))) and _NUMBER.fullmatch(text):
            return "%" if text[-1] in "%％" else "n"
    longest = _LONGEST_REMARK if text[0] in "（(" and text[-1] in "）)" else _LONGEST_LABEL
    return "t" if len(text) <= longest and "。" not in text and "；" not in text else "l"


def _captioned_unit(title: str) -> str:
    """The unit in the brackets that end a title: 表1 项目资金使用明细（万元）."""
    found = _CAPTIONED_UNIT.search(title)
    return re.sub(r"\s*[，,；;和\s]\s*", "、", found["unit"]) if found else ""


def interpret(drafts: Sequence[Sequence[DraftCell]], *, title: str = "", unit: str = "", above: Table | None = None) -> list[Table]:
    """The tables of a grid, one under the other, with ``title`` and declared ``unit`` for each; a unit declared inside
    the grid takes the place of an empty ``unit``.

    ``above`` is the table before, where nothing but a page stands between: a first table without a header takes its
    header where the columns agree, also where the page lost the merged cells in front.
    """
    rows = _placed(drafts)
    columns = max((c + 1 for row in rows for c, cell in enumerate(row) if cell is not None and cell.text), default=0)
    if not columns:
        return []
    rows = [row[:columns] for row in rows]
    kinds = [[kind_of(cell.text) if cell is not None else "" for cell in row] + [""] * (columns - len(row)) for row in rows]
    for row, known in zip(rows, kinds, strict=True):
        if columns > 1 and known[0] == "n" and row[0] is not None and _CLASS.fullmatch(row[0].text):
            known[0] = "t"  # 3年及以下 and 6—10年 name the rows that they stand before
    # an article in a cell may tell a unit of its own
    labels = (cell.text for row in rows for cell in row if cell is not None and len(cell.text) <= _LONGEST_REMARK)
    unit = unit or next((found for text in labels if (found := declared_unit(text))), "")
    unit = unit or _captioned_unit(title)
    starts = _bands(rows, kinds, columns)
    made: list[Table] = []
    for first, end in pairwise([*starts, len(rows)]):
        band = _Band(rows=list(rows[first:end]), kinds=[list(row) for row in kinds[first:end]], columns=columns)
        made.append(_table(band, title=title, unit=unit, above=None if made else above))
    return made


def places(drafts: Sequence[Sequence[DraftCell]]) -> int:
    """How many places the rows and columns of a grid make, filled or not: what is worked through to understand it."""
    widest = hanging = 0
    change = [0] * (len(drafts) + 1)
    for r, row in enumerate(drafts):
        hanging += change[r]
        own = 0
        for cell in row:
            own += cell.column_span
            if cell.row_span > 1:
                change[min(r + 1, len(drafts))] += cell.column_span
                change[min(r + cell.row_span, len(drafts))] -= cell.column_span
        widest = max(widest, hanging + own)
    return widest * len(drafts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Band:
    """The rows of one table, what their cells hold, and how many columns the grid has."""

    rows: list[Row]
    kinds: list[list[str]]
    columns: int


def _placed(drafts: Sequence[Sequence[DraftCell]]) -> list[Row]:
    """The rows with each cell at its columns; a cell that spans rows or columns stands at every place it covers."""
    rows: list[Row] = [[] for _ in drafts]
    for r, row in enumerate(drafts):
        c = 0
        for cell in row:
            while c < len(rows[r]) and rows[r][c] is not None:
                c += 1
            for down in range(min(cell.row_span, len(drafts) - r)):
                target = rows[r + down]
                target.extend([None] * (c + cell.column_span - len(target)))
                for across in range(cell.column_span):
                    target[c + across] = cell
            c += cell.column_span
    return rows


def _text(rows: Sequence[Row], r: int, c: int) -> str:
    cell = rows[r][c] if c < len(rows[r]) else None
    return cell.text if cell is not None else ""


def _filled(kinds: Sequence[str]) -> list[int]:
    return [c for c, kind in enumerate(kinds) if kind]


def _is_form(row: Sequence[str], kinds: Sequence[str], columns: int) -> bool:
    """Whether a row is pairs of a label and a value (人员编制 14 实有人数 26) or one such pair in a wide table."""
    filled = _filled(kinds)
    if not filled or filled[0] != 0 or filled != list(range(len(filled))) or kinds[0] != "t":
        return False
    if len(filled) == 2:
        return columns > 3 and kinds[1] in "tl" and not _CODE_HEADS.issuperset(row[:2])
    if len(filled) % 2 or len(filled) < columns - 2:
        return False
    labels, values = [kinds[c] for c in filled[::2]], [kinds[c] for c in filled[1::2]]
    return all(kind == "t" for kind in labels) and any(kind in "n%" for kind in values) and not any(row[c].isdigit() for c in filled[::2])


def _looks_like_header(rows: Sequence[Row], kinds: Sequence[Sequence[str]], r: int) -> bool:
    filled = _filled(kinds[r])
    words = [c for c in filled if kinds[r][c] == "t"]
    if len(filled) < 2 or not words or any(kinds[r][c] not in ("t", "y") and not _heads_a_class(rows, r, c) for c in filled):
        return False
    return not all(_heads_a_class(rows, r, c) for c in words)


def _heads_a_class(rows: Sequence[Row], r: int, c: int) -> bool:
    """Whether a cell names a class (35岁以下) and only bare numbers follow below it."""
    if not _CLASS.fullmatch(_text(rows, r, c)):
        return False
    below = [text for k in range(r + 1, min(r + 1 + _CLASS_ROWS, len(rows))) if (text := _text(rows, k, c))]
    return bool(below) and all(map(_BARE.fullmatch, below))


def header_words(texts: Sequence[str]) -> float:
    """The share of the texts that end as headers do (金额, 项目, 完成率), between 0 and 1."""
    filled = [text for text in texts if text]
    return sum(_HEADER_END.search(text) is not None for text in filled) / len(filled) if filled else 0.0


def _bands(rows: Sequence[Row], kinds: Sequence[Sequence[str]], columns: int) -> list[int]:
    """The rows at which a table starts: the first, and each header in the middle."""
    starts = [0]
    header_end = _header_rows(rows, kinds, 0, columns)
    for r in range(1, len(rows) - 1):
        if r < header_end or not _looks_like_header(rows, kinds, r):
            continue
        if any(_same_cell(rows, r - 1, r, c) for c in range(columns)):
            continue  # a cell that reaches down from above belongs to one table
        texts = [_text(rows, r, c) for c in range(columns)]
        if any(_HAN_ITEM.match(text) for text in texts):
            continue
        below = [_text(rows, r + 1, c) for c in range(columns)]
        share = _HEADER_SHARE if len(_filled(kinds[r])) >= min(3, columns) else 1.0
        if _is_form(texts, kinds[r], columns) or header_words(texts) < share or header_words(below) >= _HEADER_SHARE:
            continue
        starts.append(r)
        header_end = r + _header_rows(rows, kinds, r, columns)
    return starts


def _header_rows(rows: Sequence[Row], kinds: Sequence[Sequence[str]], first: int, columns: int) -> int:
    """How many rows from ``first`` on are the header; rows with a single cell above it (a title) count too."""
    r = first
    while r < len(rows) - 1 and (len(_filled(kinds[r])) == 1 or _spans_all(rows[r], columns)):
        r += 1
    if r >= len(rows) - 1 or not _looks_like_header(rows, kinds, r):
        return 0
    if _is_form([_text(rows, r, c) for c in range(columns)], kinds[r], columns) or not _differs_below(rows, kinds, r, columns):
        return 0
    r += 1
    while r - first < _MOST_HEADER_ROWS and r < len(rows) - 1 and (_refines(rows, kinds, r) or _numbers_columns(rows, r, columns)):
        r += 1
    return r - first


def _numbers_columns(rows: Sequence[Row], r: int, columns: int) -> bool:
    """Whether a row does nothing but number the columns from 1 on; a short line has to say that it does (栏次, 甲)."""
    texts = [_text(rows, r, c) for c in range(columns)]
    found = [_COLUMN_NUMBER.fullmatch(text) for text in texts]
    numbers = [int(number[1]) for number in found if number]
    said = not _NUMBERING.isdisjoint(texts)
    return (
        len(numbers) >= (1 if said else _LEAST_NUMBERED)
        and numbers == list(range(1, len(numbers) + 1))
        and all(number or text in _UNNUMBERED for number, text in zip(found, texts, strict=True))
    )


def _spans_all(row: Row, columns: int) -> bool:
    return len(row) >= columns > 1 and row[0] is not None and bool(row[0].text) and all(cell is row[0] for cell in row[:columns])


def _differs_below(rows: Sequence[Row], kinds: Sequence[Sequence[str]], r: int, columns: int) -> bool:
    """Whether the rows below are of another kind than a row of words: numbers or long texts come, or its words are header words."""
    texts = [_text(rows, r, c) for c in range(columns)]
    return any(kind in "n%l" for row in kinds[r + 1 : r + 8] for kind in row if kind) or header_words(texts) >= 0.5


def _refines(rows: Sequence[Row], kinds: Sequence[Sequence[str]], r: int) -> bool:
    """Whether row ``r`` goes on in the header above: words only, under merged cells or with its first cell merged."""
    filled = _filled(kinds[r])
    if not filled or any(kinds[r][c] not in "ty" for c in filled):
        return False
    above = [c for c in filled if not _text(rows, r - 1, c) or _same_cell(rows, r - 1, r, c) or _merged_right(rows, r - 1, c)]
    if kinds[r][0] and not _same_cell(rows, r - 1, r, 0):
        texts = [_text(rows, r, c) for c in filled]
        words = header_words(texts)
        if len(above) < 2:
            return len(above) == 1 < len(filled) and words == 1
        return words >= 0.5 or _CODE_HEADS.issuperset(texts) or _stand_above_numbers(kinds, r, filled)
    numbers_below = any(kind in "n%l" for row in kinds[r + 1 : r + 4] for kind in row if kind)
    return bool(above) or numbers_below


def _stand_above_numbers(kinds: Sequence[Sequence[str]], r: int, filled: Sequence[int]) -> bool:
    """Whether most of the words of a row have figures below them, as the heads of columns do and labels do not."""
    return 2 * sum(any(row[c] in ("n", "%") for row in kinds[r + 1 : r + 5]) for c in filled) > len(filled)


def _same_cell(rows: Sequence[Row], a: int, b: int, c: int) -> bool:
    return c < len(rows[a]) and c < len(rows[b]) and rows[a][c] is not None and rows[a][c] is rows[b][c]


def _merged_right(rows: Sequence[Row], r: int, c: int) -> bool:
    row = rows[r]
    return 0 < c < len(row) and row[c] is not None and (row[c] is row[c - 1] or (c + 1 < len(row) and row[c] is row[c + 1]))


def _aligned(rows: list[Row], kinds: list[list[str]], header_rows: int, columns: int) -> None:
    """Move the cells of rows that lack an empty cell under the columns they belong to.

    Only where the kinds of the cells say so: a row with fewer cells than its siblings whose percentages and words stand
    under columns of another kind, and an order-keeping placement in which two more of them agree.
    """
    body = range(header_rows, len(rows))
    lengths = Counter(len(rows[r]) for r in body)
    if not lengths or columns > _MOST_COLUMNS:
        return
    usual = max(lengths, key=lambda n: (lengths[n], n))
    if lengths[usual] < 2:
        return
    full = [r for r in body if len(rows[r]) >= usual]
    profile: list[str] = []
    empties: list[float] = []
    for c in range(usual):
        seen = Counter(_broad(kinds[r][c]) for r in full if kinds[r][c] and kinds[r][c] != "-")
        best, count = seen.most_common(1)[0] if seen else ("", 0)
        profile.append(best if count >= 0.6 * sum(seen.values()) else "")
        empties.append(sum(not kinds[r][c] for r in full) / len(full))
    for r in body:
        if usual // 2 <= len(rows[r]) < usual and not any(cell is None for cell in rows[r]):
            placing = _best_placing([_broad(kind) for kind in kinds[r][: len(rows[r])]], profile, empties)
            if placing is not None:
                cells = rows[r]
                rows[r] = [None] * usual
                kinds[r] = [""] * len(kinds[r])
                for cell, c in zip(cells, placing, strict=True):
                    rows[r][c] = cell
                    kinds[r][c] = kind_of(cell.text) if cell is not None else ""


def _broad(kind: str) -> str:
    return {"y": "t", "l": "t"}.get(kind, kind)


def _agreement(kind: str, column: str) -> float:
    if not kind or kind == "-" or not column:
        return 0.0
    if kind == column:
        return 1.0
    return -0.25 if kind in "n%" and column in "n%" else -1.0


def _best_placing(cells: Sequence[str], profile: Sequence[str], empties: Sequence[float]) -> list[int] | None:
    """The columns for the cells, in order, if some placing agrees in two places more than taking them from the left."""
    n, m = len(cells), len(profile)
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        best[i][m] = float("-inf")
    for j in range(m - 1, -1, -1):
        best[n][j] = best[n][j + 1] + 0.01 * empties[j]
        for i in range(n - 1, -1, -1):
            best[i][j] = max(best[i + 1][j + 1] + _agreement(cells[i], profile[j]), best[i][j + 1] + 0.01 * empties[j])
    plain = sum(_agreement(cells[i], profile[i]) for i in range(n))
    if best[0][0] < plain + 2:
        return None
    placing: list[int] = []
    j = 0
    for i in range(n):
        while best[i][j] != best[i + 1][j + 1] + _agreement(cells[i], profile[j]):
            j += 1
        placing.append(j)
        j += 1
    return placing


def _header_paths(rows: Sequence[Row], header_rows: int, columns: int) -> list[tuple[str, ...]]:
    """The header path of each column: merged cells fill to the right where the rows below refine them."""
    named = [r for r in range(header_rows) if not _numbers_columns(rows, r, columns)]
    rows, header_rows = [rows[r] for r in named], len(named)
    grid = [[_text(rows, r, c) for c in range(columns)] for r in range(header_rows)]
    _straighten(grid)
    titles = {r for r in range(header_rows) if sum(bool(text) for text in grid[r]) == 1 or _spans_all(rows[r], columns)}
    for r in range(header_rows - 1):
        if r in titles:
            continue
        for c in range(1, columns):
            refined = any(grid[k][c] for k in range(r + 1, header_rows))
            anchored = any(_text(rows, k, c - 1) for k in range(r + 1, header_rows)) or any(grid[k][c - 1] for k in range(r + 1, header_rows))
            if not grid[r][c] and refined and grid[r][c - 1] and anchored:
                grid[r][c] = grid[r][c - 1]
    paths: list[tuple[str, ...]] = []
    for c in range(columns):
        path: list[str] = []
        for r in range(header_rows):
            if r not in titles and grid[r][c] and (not path or path[-1] != grid[r][c]):
                path.append(grid[r][c])
        paths.append(tuple(path))
    return paths


def _straighten(grid: list[list[str]]) -> None:
    """Move the lower header rows by one column where they slipped against the first: a merged header of theirs then stands
    astride two merged headers of the first row, and does so no longer once moved.

    What stands in the way is the header of a column that the body does not have.
    """
    if len(grid) < 3:
        return
    parents = {c for c, text in enumerate(grid[0]) if text}
    groups = [group for r in range(1, len(grid) - 1) for group in _groups(grid[r], grid[r + 1])]
    if not groups or not _astride(groups, parents):
        return
    first = min(start for start, _ in groups)
    for shift in (-1, 1):
        if first + shift >= 0 and not _astride([(a + shift, b + shift) for a, b in groups], parents):
            for r in range(1, len(grid)):
                moved = grid[r][first:]
                grid[r][first + shift :] = [*moved, ""] if shift < 0 else ["", *moved[:-1]]
            return


def _groups(row: Sequence[str], below: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last column of each header in ``row`` that the row below divides."""
    c = 0
    while c < len(row):
        end = c
        if row[c]:
            while end + 1 < len(row) and not row[end + 1] and below[end + 1]:
                end += 1
            if end > c:
                yield c, end
        c = end + 1


def _astride(groups: Sequence[tuple[int, int]], parents: set[int]) -> bool:
    return any(c in parents for start, end in groups for c in range(start + 1, end + 1))


def _roles(rows: Sequence[Row], kinds: Sequence[Sequence[str]], paths: Sequence[tuple[str, ...]], header_rows: int, columns: int) -> list[ColumnRole]:
    roles: list[ColumnRole] = []
    codes = _code_columns(rows, header_rows)
    leading = True
    for c in range(columns):
        leaf = paths[c][-1] if paths[c] else ""
        seen = Counter(row[c] for row in kinds[header_rows:] if row[c])
        filled = max(1, sum(seen.values()))
        labels, words = seen["t"] / filled, (seen["t"] + seen["l"]) / filled
        leading = leading and (not roles or roles[-1] in ("index", "label", "unit"))
        refines = not _VALUE_HEADER.search(leaf) and (header_rows > 0 or _nests(rows, c - 1))
        counted = (_INDEX_HEADER.fullmatch(leaf) and words <= 0.5) or (c == 0 and not words and _counts_up(rows, header_rows))
        coded = leaf in _CODE_HEADS or _CODE_HEADER.fullmatch(leaf) is not None
        if counted or c < codes or (coded and _are_codes(_text(rows, r, c) for r in range(header_rows, len(rows)))):
            roles.append("index")
        elif _UNIT_HEADER.fullmatch(leaf) and (_OF_MEASURE.match(leaf) or _are_units(_text(rows, r, c) for r in range(header_rows, len(rows)))):
            roles.append("unit")
        elif leading and (("label" not in roles and (words >= 0.6 or (not seen and leaf))) or (labels >= 0.6 and refines)):
            roles.append("label")
        elif _NAME_HEADER.fullmatch(leaf) and words >= 0.6:
            roles.append("name")
        elif words <= 0.5 and seen:
            roles.append("value")
        else:
            roles.append("text")
    if header_rows and "value" not in roles and roles.count("label") > 1:
        first_label = roles.index("label")
        roles = [role if role != "label" or c == first_label else "text" for c, role in enumerate(roles)]
    return roles


def _nests(rows: Sequence[Row], c: int) -> bool:
    """Whether the labels of column ``c`` each stand for several rows: merged, or said again."""
    texts = [_text(rows, r, c) for r in range(len(rows))]
    return len(rows) > 1 and len({text for text in texts if text}) < len(texts)


def _are_units(texts: Iterable[str]) -> bool:
    filled = [text for text in texts if text]
    return sum(_UNIT_WORD.fullmatch(text) is not None for text in filled) >= 0.6 * len(filled)


def _are_codes(texts: Iterable[str]) -> bool:
    """Whether figures stand there, all of them codes of subjects (301, 30101, 01); a row of words (合计) may end them."""
    figures = [text for text in texts if text and kind_of(text) != "t"]
    return bool(figures) and all(any(code.fullmatch(text) for code in _CODES) for text in figures)


def _counts_up(rows: Sequence[Row], header_rows: int) -> bool:
    numbers = [text for r in range(header_rows, len(rows)) if (text := _text(rows, r, 0)).isascii() and text.isdigit() and len(text) < 4]
    return len(numbers) > 2 and all(int(b) == int(a) + 1 for a, b in pairwise(numbers))


def _code_columns(rows: Sequence[Row], header_rows: int) -> int:
    """How many columns from the first on hold codes of subjects, which rise from row to row, in front of words."""
    # 类 | 款 | 项 | 合计 | 2,946.25: the heads of the codes can stand in the first row of numbers.
    body = [r for r in range(header_rows, len(rows)) if not _CODE_HEADS.issuperset(_text(rows, r, c) for c in range(len(_CODES)))]
    count = 0
    while count < len(_CODES):
        texts = [text for r in body if (text := _text(rows, r, count))]
        if not texts or not all(_CODES[count].fullmatch(text) for text in texts):
            break
        count += 1
    codes = [code for r in body if any(code := tuple(_text(rows, r, c) for c in range(count)))]
    named = [text for r in body if (text := _text(rows, r, count))]
    rising = len(codes) > 1 and all(a < b for a, b in pairwise(codes))
    return count if rising and named and all(kind_of(text) in "tl" for text in named) else 0


def _row_labels(rows: Sequence[Row], roles: Sequence[ColumnRole], header_rows: int) -> list[tuple[str, ...]]:
    """The label path of each row: a merged label is filled down to rows that have a label of their own further right, or none."""
    columns = [c for c in range(_leading(roles)) if roles[c] == "label"]
    current: dict[int, str] = {}
    labels: list[tuple[str, ...]] = []
    for r in range(len(rows)):
        if r < header_rows or not columns:
            labels.append(())
            continue
        own = [c for c in columns if (text := _text(rows, r, c)) and not (c > columns[0] and _PLACEHOLDER.fullmatch(text))]
        total = next((text for c in range(columns[0]) if (text := _text(rows, r, c)) and not text.isascii()), "")
        if total and not own:
            # 合计 stands in the column of the row numbers.
            current = {}
            labels.append((total,))
            continue
        first = own[0] if own else len(roles)
        current = {c: text for c, text in current.items() if c < first} | {c: _text(rows, r, c) for c in own}
        path: list[str] = []
        for c in columns:
            if c in current and (not path or path[-1] != current[c]):
                path.append(current[c])
        labels.append(tuple(path))
    return labels


def _leading(roles: Sequence[ColumnRole]) -> int:
    count = 0
    while count < len(roles) and roles[count] in ("index", "label", "unit"):
        count += 1
    return count


def _taken_over(band: _Band, forms: Sequence[bool], above: Table) -> int | None:
    """How many columns of ``above`` stand in front of the band's first, if its rows go on below that header; else ``None``.

    The one place is taken at which words stand under words and numbers under numbers, a name or label in front.
    """
    if not any(above.headers) or band.columns < 3:
        return None
    held: list[set[str]] = []
    for c in range(band.columns):
        held.append({_broad(row[c]) for row, form in zip(band.kinds, forms, strict=True) if not form and row[c] not in ("", "-")})
    fitting = [
        shift
        for shift in range(above.columns - band.columns + 1)
        if above.roles[shift] in (("label", "index") if not shift else ("name", "label"))
        and sum(_fits(kinds, above.roles[shift + c]) for c, kinds in enumerate(held)) == band.columns
    ]
    return fitting[0] if len(fitting) == 1 else None


def _fits(kinds: set[str], role: ColumnRole) -> bool:
    if role in ("value", "index"):
        return not kinds or bool(kinds & {"n", "%"})
    return not kinds or "t" in kinds


def _hull(cells: Sequence[Cell]) -> Span:
    """From the first to the last character of the cells, which need not stand in order where they are printed over several lines."""
    return Span(min(cell.span.start for cell in cells), max((cell.rest or (cell.span,))[-1].end for cell in cells))


def _table(band: _Band, *, title: str, unit: str, above: Table | None) -> Table:
    rows, kinds, columns = band.rows, band.kinds, band.columns
    header_rows = _header_rows(rows, kinds, 0, columns)
    _aligned(rows, kinds, header_rows, columns)
    forms = [
        r >= header_rows
        and (not header_rows or len(_filled(kinds[r])) == 2)
        and _is_form([_text(rows, r, c) for c in range(columns)], kinds[r], columns)
        for r in range(len(rows))
    ]
    shift = _taken_over(band, forms, above) if above is not None and not header_rows and not all(forms) else None
    if above is not None and shift is not None:
        paths, units = list(above.headers[shift : shift + columns]), list(above.units[shift : shift + columns])
        roles = list(above.roles[shift : shift + columns])
        title, unit = title or above.title, unit or above.unit
    else:
        full = _header_paths(rows, header_rows, columns)
        units = [next((found for part in reversed(path) if (found := unit_in_brackets(part))), "") for path in full]
        paths = [tuple(part for part in path if not _ONLY_UNIT.fullmatch(part) or not unit_in_brackets(part)) for path in full]
        body = [r for r in range(len(rows)) if not forms[r]]
        roles = _roles([rows[r] for r in body], [kinds[r] for r in body], paths, header_rows, columns)
    cells: list[Cell] = []
    index: dict[int, int] = {}
    grid: list[tuple[int, ...]] = []
    for r, row in enumerate(rows):
        places: list[int] = []
        for c, cell in enumerate(row):
            if cell is None:
                places.append(-1)
                continue
            place = index.get(id(cell))
            if place is None:
                place = index[id(cell)] = len(cells)
                cells.append(Cell(r, c, cell.span, cell.text, cell.row_span, cell.column_span, cell.rest))
            places.append(place)
        grid.append(tuple(places))
    return Table(
        span=_hull(cells),
        section=None,
        title=title,
        unit=unit,
        rows=len(rows),
        columns=columns,
        header_rows=header_rows,
        label_columns=_leading(roles),
        cells=tuple(cells),
        headers=tuple(paths),
        labels=tuple(_row_labels(rows, roles, header_rows)),
        roles=tuple(roles),
        forms=tuple(forms),
        grid=tuple(grid),
        units=tuple(units),
    )
