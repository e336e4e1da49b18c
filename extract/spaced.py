"""Where tables stand whose columns only spaces part, as text taken out of PDF files has them.

Scans put spaces around the digits of running text too, so a line alone proves nothing. A row ends in fields that are
numbers and nothing else, behind a label without a mark of a sentence; a table is rows one below the other that end in as
many numbers, or a row below a header of as many words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from extract.layout import Grid, GridCell
from extract.repair import Line, is_page_number
from extract.tables import header_words, kind_of
from extract.types import Span

_LONGEST_ROW = 160
_LONGEST_LABEL = 40
_LONGEST_HEADER = 20
_SHORT_HEADER = 3
_LONG_HEADER = 6
_MOST_CODES = 3
_MOST_WRAPPED = 3
_WIDEST_GAP = 1
_WIDE = 4
"""A table of so many numbers to a row goes on behind a heading and behind the number of a page."""

_SPACES = r"[ \u00a0\u2002-\u200a\u202f\u205f\u3000]"
_ENDS = frozenset("0123456789０１２３４５６７８９%％‰-—–－/")
_FIELD = re.compile(rf"(?:(?!{_SPACES}).)+")
_NARROW_GAP = re.compile(r"[ \u00a0]")
NUMBER = re.compile(r"[+\-−－–±]?(?:\d{1,3}(?:[,，]\d{3})+|0|[1-9]\d*)(?:[.．]\d+)?[%％‰]?")
EMPTY = re.compile(r"[-—–－]{1,2}|/")
_CODE = re.compile(r"\d{1,7}")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[.．]\d{1,2})?")
# 1. 一般公共预算 is one label, and so is 其中： 人员经费; 增加值 [1] has a footnote.
_LEAD = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]|[①-⑳]|其中[：:]?")
_FOOTNOTE = re.compile(r"[\[［〔]\d{1,3}[\]］〕]")
_LETTER = regex.compile(r"\p{L}")
_HAN = regex.compile(r"\p{IsHan}")
_SENTENCE = re.compile(r"[，。；！？?!;…#|<>=]|\.{3}|(?<!^其中)[：:]")
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
# Labels of numbers that count nothing, and of lists.
_REFERENCE = re.compile(r"电话|手机|传真|邮编|邮政编码|[账帐]号|身份证|热线|联系(?:人|方式)|网址|QQ|[Pp]age")
_ORDINAL = re.compile(r"第|附件|附?[图表]|页码?")
_STREET = re.compile(r"[路街弄巷栋楼室组班]$")
# A number with its measure word behind a space is running text of a scan.
_MEASURE = re.compile(
    r"[百千万亿]|元|[个家户次起件名亩吨台辆座宗例场倍余多至以%％]|公[里顷斤]|平方|立方|米|条(?!例)|处(?!理|置|罚)|项(?!目)|年(?![初末度均])|月(?![初末度均])|日(?!均)|天(?!然)|"
    r"小时|时|分(?![布类配])|人(?:$|次|以|的|、)|届|期(?!初|末)|号|级"
)
SPREAD = frozenset(("项目", "科目", "名称", "类别", "指标", "内容", "单位", "地区", "年份", "合计", "总计", "小计", "共计"))
"""Words of two characters that tables print with spaces between: 项  目."""
_TOTALS = frozenset(("总计", "合计", "总数", "共计"))
_NAMES = re.compile(r"项目|科目|名称|类别|指标|内容|单位|地区|序号|部门|年份|事项|种类")
CODE_HEADS = ("类", "款", "项")
_PLAIN_COUNT = re.compile(r"\d{1,3}")
_HEADING = re.compile(r"第?[（(]?[一二三四五六七八九十]{1,3}[）)、.．章节条篇]|\d{1,2}(?:\.\d{1,2})*[、.．]?\s*(?!\d)")
_HAN_LEAD = re.compile(r"[（(]?([一二三四五六七八九十]{1,3})[）)、.．]")
_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", 1)}

_CAPTION = re.compile(r"(?:表|情况|统计|明细|一览)$|单\s*位")

Fields = list[tuple[str, Span, str]]


@dataclass(slots=True)
class _Row:
    """A line that may be a row: its leading codes, its labels each with the numbers behind it, and how many numbers end it.
    It starts at line ``start``, above ``index`` where its label runs over several; ``heads`` are the heads of the codes
    where they stand in front of the first row (类 款 项 合计 120)."""

    index: int
    codes: list[Span]
    groups: list[tuple[list[Span], list[Span]]]
    numbers: int
    texts: list[str]
    values: list[str]
    start: int
    heads: list[Span] = field(default_factory=list)

    @property
    def paired(self) -> bool:
        return len(self.groups) > 1

    @property
    def labels(self) -> int:
        return sum(len(labels) for labels, _ in self.groups)


def parts(lines: list[Line]) -> Iterator[list[Line] | Grid]:
    """The lines that are no table, and the tables among them, in order."""
    at = index = 0
    while index < len(lines):
        if lines[index].text[-1] not in _ENDS or (first := _row(lines, index)) is None:
            index += 1
            continue
        block = _block(lines, first)
        end = block[-1].index + 1
        for head, run in _tables(lines, at, block):
            rows = [*head, *run.rows]
            start = run.head
            if start > at:
                yield lines[at:start]
            at = run.end
            pages = tuple(line.span for line in lines[start:at] if is_page_number(line.text))
            yield Grid(span=Span(lines[start].span.start, lines[at - 1].span.end), rows=tuple(rows), furniture=pages, spaced=True)
        index = end
    if at < len(lines):
        yield lines[at:]


@dataclass(slots=True)
class _Run:
    """Rows of one table: the first line of its header, the line after its last, and its cells."""

    head: int
    end: int
    rows: list[tuple[GridCell, ...]]


def _fields(line: Line) -> Fields:
    """The fields of a line: what each holds ("n" a number, "-" an empty mark, "c" digits that can only be a code, "t" words),
    its place and text. A number of an item, a footnote, words that one space parts where others stand wider apart, and a word
    that is printed spread out belong to their label."""
    text, start = line.text, line.span.start
    found: Fields = []
    wide = "  " in text or "\u3000" in text
    for match in _FIELD.finditer(text):
        raw = match[0]
        kind = "n" if NUMBER.fullmatch(raw) else "-" if EMPTY.fullmatch(raw) else "c" if _CODE.fullmatch(raw) else "t"
        span = Span(start + match.start(), start + match.end())
        if found and kind == "t" and found[-1][0] == "t":
            before = found[-1]
            narrow = wide and _NARROW_GAP.fullmatch(text, before[1].end - start, match.start())
            if narrow or before[2] + raw in SPREAD or _LEAD.fullmatch(before[2]) or _FOOTNOTE.fullmatch(raw):
                whole = Span(before[1].start, span.end)
                found[-1] = ("t", whole, text[whole.start - start : whole.end - start])
                continue
        found.append((kind, span, raw))
    return found


def _is_label(text: str) -> bool:
    return (
        len(text) <= _LONGEST_LABEL
        and _LETTER.search(text) is not None
        and not _SENTENCE.search(_BRACKETS.sub("", text))
        and not _REFERENCE.search(text)
        and not _ORDINAL.fullmatch(text)
    )


def _row(lines: Sequence[Line], index: int) -> _Row | None:
    line = lines[index]
    if len(line.text) > _LONGEST_ROW or line.text[-1] not in _ENDS:
        return None
    fields = _fields(line)
    heads = _heads(fields)
    fields = fields[len(heads) :]
    if len(fields) < 2 or not any(kind == "n" for kind, _, _ in fields) or any(_MOBILE.fullmatch(text) for _, _, text in fields):
        return None
    kinds = "".join(kind for kind, _, _ in fields)
    numbers = len(kinds) - len(kinds.rstrip("n-"))
    front = kinds[: len(kinds) - numbers]
    if not front:
        bare = [span for _, span, _ in fields]
        return _Row(index, [], [([], bare)], numbers, [], [text for _, _, text in fields], index) if numbers > 1 and not heads else None
    lead = len(front) - len(front.lstrip("nc"))
    if not numbers or lead > _MOST_CODES or not front[lead:] or "c" in front[lead:] or front[lead] != "t":
        return None
    if any(not _CODE.fullmatch(text) for _, _, text in fields[:lead]):
        return None
    groups: list[tuple[list[Span], list[Span]]] = []
    for place, (kind, span, text) in enumerate(fields[lead:], lead):
        if kind != "t":
            groups[-1][1].append(span)
            continue
        behind = fields[place - 1][2] if place and kinds[place - 1] != "t" else ""
        coded = place > lead and len(behind) in (2, 3) and _CODE.fullmatch(behind) and (lead or len(groups[-1][1]) > 1)
        if not _is_label(text) or (behind and _MEASURE.match(text)) or coded:
            return None
        if not groups or groups[-1][1]:
            groups.append(([], []))
        groups[-1][0].append(span)
    if lead and len(groups) > 1:
        return None
    texts = [text for kind, _, text in fields if kind == "t"]
    values = [text for kind, _, text in fields[lead:] if kind in "n-"]
    return _Row(index, [span for _, span, _ in fields[:lead]], groups, numbers, texts, values, index, heads)


def _heads(fields: Fields) -> list[Span]:
    """The heads of codes that a line starts with, where more words follow them."""
    count = 0
    while count < min(len(fields), _MOST_CODES) and fields[count][2] == CODE_HEADS[count]:
        count += 1
    return [span for _, span, _ in fields[:count]] if 1 < count < len(fields) and fields[count][0] == "t" else []


def _block(lines: Sequence[Line], first: _Row) -> list[_Row]:
    """The rows one below the other from ``first`` on, all as far apart as the first two."""
    block = [first]
    gap = lines[first.index + 1].gap if first.index + 1 < len(lines) else 0
    paired = first.paired
    end = 1
    index = first.index + 1
    wide = first.numbers >= _WIDE and bool(first.texts)
    turned = False
    while index < len(lines) and (lines[index].gap == gap <= _WIDEST_GAP or turned):
        turned = _turned(lines, index, block[-1])
        if turned:
            index += 1
            continue
        row = _row(lines, index)
        if row is not None and bool(row.texts) == bool(first.texts) and not row.heads:
            block.append(row)
            paired |= row.paired
            end = len(block)
        elif row is None and first.texts and (rows := _joined(lines, index, block[-1])):
            block += rows
            end = len(block)
        elif row is None and paired and (row := _unfilled(lines, index, block[-1])):
            block.append(row)
        elif row is None and first.texts and not paired and (row := _wrapped(lines, index, block[-1])):
            block.append(row)
            end = len(block)
        elif row is None and wide and not paired and (row := _heading(lines, index, block[-1])):
            block.append(row)
        else:
            break
        index = block[-1].index + 1
    return block[:end]


def _turned(lines: Sequence[Line], index: int, above: _Row) -> bool:
    """Whether a page was turned in line ``index``, behind which rows like ``above`` go on."""
    if not is_page_number(lines[index].text) or index + 1 == len(lines) or not above.texts:
        return False
    if above.numbers >= _WIDE:
        return True
    row = _row(lines, index + 1)
    return row is not None and row.numbers == above.numbers > 1 and _shape(row) == _shape(above)


def _heading(lines: Sequence[Line], index: int, above: _Row) -> _Row | None:
    """The row of line ``index`` that is a heading without numbers: （三）不予公开 above 1.属于国家秘密 0 0 0 0."""
    line = lines[index]
    if not _HEADING.match(line.text) or _FIELD.fullmatch(line.text) is None or not _is_label(line.text):
        return None
    return _Row(index, [], [([line.span], [])], above.numbers, [line.text], [], index)


def _wrapped(lines: Sequence[Line], index: int, above: _Row) -> _Row | None:
    """The row whose label starts in line ``index`` and goes on in the lines below, before as many numbers as ``above`` has."""
    fields = _fields(lines[index])
    kinds = "".join(kind for kind, _, _ in fields)
    codes = [span for _, span, _ in fields[:-1]]
    if not kinds.endswith("t") or kinds.strip("nc") != "t" or len(codes) > _MOST_CODES or not all(_CODE.fullmatch(f[2]) for f in fields[:-1]):
        return None
    pieces, text = [fields[-1][1]], fields[-1][2]
    for below in range(index + 1, min(index + 1 + _MOST_WRAPPED, len(lines))):
        line = lines[below]
        if line.gap or len(text) > _LONGEST_LABEL:
            return None
        row = _row(lines, below)
        if row is not None:
            rest = row.groups[0][0]
            bare = not row.texts or (bool(codes) and not row.codes and not row.paired and len(rest) == 1)
            if not bare or row.numbers != above.numbers or (row.numbers < 2 and not codes) or not _is_label(text):
                return None
            return _Row(below, codes, [([*pieces, *rest], row.groups[0][1])], row.numbers, [text], row.values, index)
        if _FIELD.fullmatch(line.text) is None:
            return None
        if NUMBER.fullmatch(line.text):
            if not codes or above.numbers != 1 or not _is_label(text):
                return None
            return _Row(below, codes, [(pieces, [line.span])], 1, [text], [line.text], index)
        pieces.append(line.span)
        text += line.text
    return None


def _unfilled(lines: Sequence[Line], index: int, above: _Row) -> _Row | None:
    """The row of line ``index`` between rows of pairs: labels alone, both of them or one with the number of an item."""
    fields = _fields(lines[index]) if len(lines[index].text) <= _LONGEST_ROW else []
    texts = [text for _, _, text in fields]
    if not 0 < len(fields) < 3 or any(kind != "t" for kind, _, _ in fields) or not all(_is_label(text) for text in texts):
        return None
    if len(fields) == 1 and not _HAN_LEAD.match(texts[0]):
        return None
    return _Row(index, [], [([span for _, span, _ in fields], [])], above.numbers, texts, [], index)


def _joined(lines: Sequence[Line], index: int, above: _Row) -> list[_Row]:
    """The rows of a line that lost the line ends between them, each with as many numbers as ``above``; empty if it is no such line."""
    line = lines[index]
    if not above.numbers or above.paired or line.text[-1] not in _ENDS or _SENTENCE.search(line.text):
        return []
    fields = _fields(line)
    rows: list[_Row] = []
    at = 0
    while at < len(fields):
        label = at
        while label < len(fields) and fields[label][0] != "t":
            label += 1
        value = label + 1
        codes, values = fields[at:label], fields[value : value + above.numbers]
        whole = label < len(fields) and len(values) == above.numbers and all(kind in "n-" for kind, _, _ in values)
        if not whole or len(codes) > _MOST_CODES or not all(_CODE.fullmatch(text) for _, _, text in codes) or not _is_label(fields[label][2]):
            return []
        spans = [span for _, span, _ in values]
        rows.append(
            _Row(
                index,
                [span for _, span, _ in codes],
                [([fields[label][1]], spans)],
                len(spans),
                [fields[label][2]],
                [text for _, _, text in values],
                index,
            )
        )
        at = value + above.numbers
    return rows if any(row.codes for row in rows) else []


def _tables(lines: Sequence[Line], at: int, block: list[_Row]) -> Iterator[tuple[list[tuple[GridCell, ...]], _Run]]:
    """The tables among the rows of a block; a header may reach up to line ``at``."""
    runs: list[list[_Row]] = []
    for row in block:
        if runs and row.numbers == runs[-1][-1].numbers:
            runs[-1].append(row)
        else:
            runs.append([row])
    heads = [_header(lines, at if n == 0 else runs[n - 1][-1].index + 1, run) for n, run in enumerate(runs)]
    even = [_even(run) for run in runs]
    sure = [fits and (bool(head) or (len(run) > 1 and _speaks(run))) for head, run, fits in zip(heads, runs, even, strict=True)]
    for n, run in enumerate(runs):
        beside = (n > 0 and sure[n - 1]) or (n + 1 < len(runs) and sure[n + 1])
        if sure[n] or (beside and even[n] and len(run) == 1 and bool(run[0].texts)):
            yield heads[n], _laid_out(lines, heads[n], run)


def _speaks(run: list[_Row]) -> bool:
    """Whether rows without a header are a table: not a list of people, years, pages, house numbers or numbers that count up, labels of their own."""
    labels = ["".join(row.texts) for row in run]
    if any(text in ("男", "女") for row in run for text in row.texts):
        return False
    if not all(labels) or len(set(labels)) < 2 or not any(_HAN.search(label) for label in labels):
        return False
    if any(row.paired for row in run):
        shapes = Counter(_shape(row) for row in run if row.paired)
        return max(shapes.values()) > 1
    if run[0].numbers > 1:
        return True
    if not all(row.values for row in run):
        return False
    values = [row.values[-1] for row in run]
    if all(_STREET.search(label) for label in labels) or all(_YEAR.fullmatch(value) or EMPTY.fullmatch(value) for value in values):
        return False
    if not all(_PLAIN_COUNT.fullmatch(value) for value in values):
        return True
    counts = [int(value) for value in values]
    rising = all(a <= b for a, b in pairwise(counts))
    steps = all(b == a + 1 for a, b in pairwise(counts))
    return not steps and not (
        rising and sum(bool(row.codes) or _HEADING.match(label) is not None for row, label in zip(run, labels, strict=True)) * 2 >= len(run)
    )


def _shape(row: _Row) -> tuple[tuple[int, int], ...]:
    return tuple((len(labels), len(numbers)) for labels, numbers in row.groups)


def _width(run: Sequence[_Row]) -> tuple[int, int]:
    """How many columns of codes and of labels the rows have that are no pairs."""
    counts = Counter(row.labels for row in run)
    return max(max(len(row.codes), len(row.heads)) for row in run), max(counts, key=lambda n: (counts[n], -n))


def _header(lines: Sequence[Line], at: int, run: list[_Row]) -> list[tuple[GridCell, ...]]:
    """The header rows of a run, from the lines above it that are not above ``at``; empty where there is none."""
    first = run[0].start
    if first <= at or lines[first].gap > _WIDEST_GAP:
        return []
    codes, labels = _width(run)
    numbers = run[0].numbers
    fields = _words(lines[first - 1])
    heads: list[Span] = []
    if codes > 1 and tuple(text for _, _, text in fields) == CODE_HEADS[:codes]:
        heads = [span for _, span, _ in fields]
        if first - 1 <= at or lines[first - 1].gap > _WIDEST_GAP:
            return []
        fields = _words(lines[first - 2])
    if len(fields) < 2:
        return []
    paired = _pattern(run)
    texts = [text for _, _, text in fields]
    spans = [span for _, span, _ in fields]
    if paired:
        columns = sum(a + b for a, b in paired)
        if len(fields) != columns:
            return []
        upper = _upper(lines, first - 2, at, texts) if first - 2 >= at and lines[first - 1].gap <= _WIDEST_GAP else []
        return [*([cells_of(upper)] if upper else []), cells_of([[span] for span in spans])]
    if labels == 1 and not codes and len(fields) == numbers >= _WIDE and texts[-1] in _TOTALS and not _NAMES.search(texts[0]):
        return [cells_of([[], *([span] for span in spans)])]  # nothing stands over the labels
    most = max(row.labels for row in run)
    fitting = [n for n in (labels, *range(1, most)) if len(fields) in (n + numbers, codes + n + numbers)]
    ended = len(fields) == numbers >= _WIDE and texts[-1] in _TOTALS
    if not fitting or (not labels and not ended and not _whole(lines, first - 1, at, len(fields))):
        return []
    share = header_words(texts)
    if (len(fields) == 2 or (len(run) == 1 and labels)) and share < (1.0 if len(run) == 1 and len(fields) == 2 else 0.5):
        return []
    blank: list[list[Span]] = [[] for _ in range(codes)]
    cells = [[span] for span in spans]
    if not codes or len(fields) == codes + fitting[0] + numbers:
        return [] if heads else [cells_of(cells)]
    return [cells_of([*blank, *cells]), *([cells_of(_padded([[span] for span in heads], len(blank) + len(cells)))] if heads else [])]


def _whole(lines: Sequence[Line], index: int, at: int, words: int) -> bool:
    """Whether a header above numbers without a label is all of the header: long, or below no other words."""
    if words < _SHORT_HEADER:
        return False
    above = lines[index - 1] if index > at and not lines[index].gap else None
    return words >= _LONG_HEADER or above is None or not _words(above) or _CAPTION.search(above.text) is not None


def _words(line: Line) -> Fields:
    """The fields of a header: words and years only; empty where the line is something else."""
    if len(line.text) > _LONGEST_ROW:
        return []
    fields = _fields(line)
    for kind, _, text in fields:
        if kind != "t":
            if not _YEAR.fullmatch(text):
                return []
        elif len(_BRACKETS.sub("", text)) > _LONGEST_HEADER or not _LETTER.search(text) or _SENTENCE.search(_BRACKETS.sub("", text)):
            return []
    return fields if fields and fields[0][0] == "t" else []


def _upper(lines: Sequence[Line], index: int, at: int, texts: list[str]) -> list[list[Span]]:
    """The cells of a header of two words over two halves that repeat their columns."""
    half = len(texts) // 2
    if index < at or texts[:half] != texts[half:]:
        return []
    fields = _words(lines[index])
    if len(fields) != 2 or any(kind_of(text) != "t" for _, _, text in fields):
        return []
    blank: list[list[Span]] = [[] for _ in range(half - 1)]
    return [[fields[0][1]], *blank, [fields[1][1]], *blank]


def _laid_out(lines: Sequence[Line], head: list[tuple[GridCell, ...]], run: list[_Row]) -> _Run:
    """The rows of a table below its ``head``, all of one width."""
    pattern = _pattern(run)
    codes, labels = _width(run)
    if head and not pattern:
        labels = len(head[0]) - run[0].numbers - codes
    middle = min((_printed(lines, row, row.groups[1][0][0]) for row in run if row.paired), default=0)
    rows: list[tuple[GridCell, ...]] = []
    if run[0].heads:
        rows.append(cells_of(_padded([[span] for span in run[0].heads], codes + labels + run[0].numbers)))
    number = 0
    for row in run:
        if pattern:
            cells, number = _halves(lines, row, pattern, number, middle)
        else:
            names, values = row.groups[0]
            words = [names] if row.start < row.index else [[name] for name in names]
            if len(words) > labels > 0:
                words = [*words[: labels - 1], [Span(words[labels - 1][0].start, words[-1][-1].end)]]
            cells = [*_padded([[code] for code in row.codes], codes), *_padded(words, labels), *_padded([[value] for value in values], row.numbers)]
        rows.append(cells_of(cells))
    return _Run(head=run[0].start - len(head), end=run[-1].index + 1, rows=rows)


def _padded(cells: list[list[Span]], width: int) -> list[list[Span]]:
    return [*cells, *([] for _ in range(width - len(cells)))]


def _halves(lines: Sequence[Line], row: _Row, pattern: tuple[tuple[int, int], ...], number: int, middle: int) -> tuple[list[list[Span]], int]:
    """The cells of a row of pairs, and the number of the last item in the right half.

    A row that fills one half alone stands on the right where it was printed nearer to the column ``middle``, in which the right half
    begins; else where its numbers fit, and if they fit in both where its item goes on.
    """
    halves = _parted(row)
    sizes = [a + b for a, b in pattern]
    if len(halves) == 1:
        own = _item(lines, row, halves[0][0][0])
        set_right = 2 * _printed(lines, row, halves[0][0][0]) > middle > 0
        right = len(halves[0]) > sizes[0] or (len(halves[0]) <= sizes[1] and (set_right or 0 < number == own - 1))
        halves = [[], *halves] if right else halves
    if len(halves) == len(sizes):
        text = halves[-1][0][0] if halves[-1] else None
        number = _item(lines, row, text) if text is not None else number
    return [cell for half, size in zip([*halves, *([[]] * (len(sizes) - len(halves)))], sizes, strict=False) for cell in _padded(half, size)], number


def _printed(lines: Sequence[Line], row: _Row, span: Span) -> int:
    """The column in which a field was printed, two to a full character."""
    line = lines[row.index]
    return line.indent + len(line.text[: span.start - line.span.start].encode("gb18030", "replace"))


def _parted(row: _Row) -> list[list[list[Span]]]:
    """The cells of each half of a row of pairs: a label and the numbers behind it."""
    halves: list[list[list[Span]]] = []
    for names, values in row.groups:
        halves += [[[name]] for name in names]
        halves[-1] += [[value] for value in values]
    return halves


def _even(run: list[_Row]) -> bool:
    """Whether rows of pairs, if these are any, fit into the halves of the fullest."""
    pattern = _pattern(run)
    sizes = [a + b for a, b in pattern]
    if any(labels > 1 for labels, _ in pattern):
        return False
    parted = [_parted(row) for row in run] if pattern else []
    return all(
        len(halves[0]) <= max(sizes)
        if len(halves) == 1
        else len(halves) <= len(sizes) and all(len(half) <= n for half, n in zip(halves, sizes, strict=False))
        for halves in parted
    )


def _pattern(run: Sequence[_Row]) -> tuple[tuple[int, int], ...]:
    """Labels and numbers of each half in the fullest row of pairs; empty where no row is pairs."""
    return max((_shape(row) for row in run if row.paired), key=lambda shape: sum(a + b for a, b in shape), default=())


def _item(lines: Sequence[Line], row: _Row, span: Span) -> int:
    """The number of the item that a label is (十二、 is 12), 0 for none."""
    line = lines[row.index]
    match = _HAN_LEAD.match(line.text, span.start - line.span.start)
    if match is None:
        return 0
    tens, ten, ones = match[1].partition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones if ten else tens, 0)


def cells_of(cells: Sequence[Sequence[Span]]) -> tuple[GridCell, ...]:
    """The cells of a row; an empty one stands, without a width, where the next one starts."""
    made: list[GridCell] = []
    place = next(cell[-1].end for cell in reversed(cells) if cell)
    for cell in reversed(cells):
        pieces = tuple(cell) or (Span(place, place),)
        place = pieces[0].start
        made.append(GridCell(pieces=pieces))
    return tuple(reversed(made))
