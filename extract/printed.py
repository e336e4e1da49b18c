"""Where tables stand in text that keeps the layout of a page: what ``pdftotext -layout`` writes, what a terminal shows.

A cell is where it is printed. Its words may take several lines, between the lines of its neighbours; rows may stand apart by empty
lines; a cell left blank leaves nothing behind. Only its numbers make a table of such lines: they stand one below the other, each row
in its columns, and a header names them. What stands beside them is a label, and a line without numbers belongs to the row that it is
printed next to. Texts without such numbers, in two columns or as lists, are no tables.

How wide a character is printed is not said: ``pdftotext`` counts each as one column, a terminal gives two to a full one. The way is
taken in which the numbers stand best below each other.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract import heads
from extract.heads import Field
from extract.layout import Grid, GridCell
from extract.repair import OPENER, Line, is_page_number, is_rule
from extract.spaced import CODE_HEADS, EMPTY, NUMBER, SPREAD
from extract.tables import header_words
from extract.types import Span

_WIDE_GAP = re.compile(r"[ \u00a0\u3000](?:(?<=\u3000)|[ \u00a0])[ \u00a0\u3000]*")
_CODE = re.compile(r"\d{1,7}")
# 201 03 01 行政运行, 2010301 行政运行, 1 办公楼: a code or a number with one space behind it.
_CODE_LEAD = re.compile(r"\d{1,7}(?: \d\d){0,2}(?= [一-龥]|$)|\d\d(?: \d\d)?(?= [一-龥]|$)")
_AMOUNT = re.compile(r"[+\-−－–±]?(?:\d{1,3}(?:[,，]\d{3})+(?:[.．]\d+)?|\d+[.．]\d+)[%％‰]?")
_MEASURE = re.compile(r"[年月日时分秒元万亿个家户次起件名亩吨台辆座宗例场倍余多%％‰至]|公[里顷斤]|平方|立方|[千毫厘]?米")
_DIGIT = re.compile(r"\d")
_HAN = re.compile(r"[一-龥]")
_CAPTION = re.compile(r"附?[表图]\s*[\d０-９一二三四五六七八九十]|(?:.*[ \u3000]{2})?[（(]?(?:金额|计量)?单\s*位\s*[：:]")
_TITLE = re.compile(r"(?:表|情况|统计|明细|一览)(?:[（(].{0,20}[）)])?$")
_NOTE = re.compile(r"[注附说][：:明]|备注[：:]|[^，。；]{2,12}[：:]\s")
_SENTENCE = re.compile(r"[，。；！？]")
_CLOSED = re.compile(r"[。；！？]")
_ITEM = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]|其中[：:]")
_TOTAL = re.compile(r"[总合共小]计|总额")

_LONGEST_LINE = 240
_LONGEST_WORDS = 40
_LONGEST_ALONE = 30
_LONGEST_PROSE = 14
_WIDEST_GAP = 8
_MOST_COLUMNS = 40
_MOST_HEADER = 14
_WIDEST_HEADER_GAP = 4
_MOST_STRETCHES = 40
_LEAST_ROWS = 2
_WINDOW = 16
_WIDEST_ROW = 8
_WAYS = ((1, 1), (2, 2), (2, 1))
"""How many columns full characters take, and those that are narrow elsewhere (—)."""
_SURE = 6
"""So many columns of numbers, each with a name, are a table whatever the names are."""
_SLACK = 2
_FAR = 6
"""A number that counts a column stands in the middle of it, at most so far from the middle of its numbers."""

Columns = list[tuple[int, int]]
Placed = dict[int, dict[int, list[Field]]]


@dataclass(slots=True)
class _Row:
    """A row: its fields by column, the lines that it is printed on, how many lines of words stand above its numbers, whether it has any,
    and how many rows the cells reach over that reach over several."""

    cells: dict[int, list[Field]]
    first: int
    last: int
    above: int = 0
    figures: bool = True
    down: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Body:
    """The columns of a table, those of numbers among them, its rows, the first line of these and the one after the last, at how many
    places numbers end, and whether a row lacks something."""

    columns: Columns
    figures: frozenset[int]
    rows: list[_Row]
    start: int
    end: int
    ends: int
    ragged: bool


def parts(lines: list[Line]) -> Iterator[list[Line] | Grid]:
    """The lines that are in no table, and the tables among them, in order."""
    at = index = 0
    while index < len(lines):
        end = _region(lines, index)
        for start, stop, grid in _tables(lines, index, end):
            if start > at:
                yield lines[at:start]
            yield grid
            at = stop
        index = max(end, index + 1)
    if at < len(lines):
        yield lines[at:]


def _region(lines: Sequence[Line], index: int) -> int:
    """The line after the last of those from ``index`` on that may belong to tables."""
    end = index
    while end < len(lines) and (end == index or lines[end].gap <= _WIDEST_GAP) and _is_loose(lines[end].text):
        end += 1
    return end


def _is_loose(text: str) -> bool:
    """Whether a line may be of a table: words or numbers far apart, or a few words alone."""
    if len(text) > _LONGEST_LINE or _CAPTION.match(text) or is_rule(text):
        return False
    words = _WIDE_GAP.split(text)
    if len(words) == 1:
        return len(text) <= _LONGEST_WORDS and not _CLOSED.search(text) and (not _SENTENCE.search(text) or len(text) <= _LONGEST_ALONE)
    prose = sum(len(word) > _LONGEST_PROSE and _SENTENCE.search(word) is not None for word in words)
    return all(len(word) <= _LONGEST_WORDS for word in words) and (not prose or (prose == 1 and len(words) > 2))


def _tables(lines: Sequence[Line], start: int, end: int) -> Iterator[tuple[int, int, Grid]]:
    """The tables among the lines of a region, each with its first line and the one after its last."""
    at = start
    while at < end:
        first = next((n for n in range(at, end) if _has_numbers(lines[n].text)), end)
        if first == end:
            return
        top = _top(lines, at, first)
        best = _best(lines, top, first, end)
        if best is None:
            at = next((n for n in range(first, end) if not _has_numbers(lines[n].text)), end)
            continue
        _, to, grid = best
        if grid is not None:
            yield top, top + to, grid
        at = max(top + to, first + 1)


def _best(lines: Sequence[Line], top: int, first: int, end: int) -> tuple[tuple[int, ...], int, Grid | None] | None:
    """The table whose first numbers stand in line ``first``, in the way in which it lines up best. More lines are looked at only as long as it
    goes on: a page of nothing but short tables is read once."""
    window = _WINDOW
    while True:
        stop = min(end, first + window)
        found = [made for way in _WAYS if (made := _made(lines[top:stop], first - top, way)) is not None]
        best = min(found, key=lambda made: made[0], default=None)
        if stop == end or best is None or top + best[1] < stop - _WIDEST_ROW:
            return best
        window *= 4


def _has_numbers(text: str) -> bool:
    return any(map(_is_figure, _WIDE_GAP.split(text))) and _WIDE_GAP.search(text) is not None


def _is_figure(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None or EMPTY.fullmatch(text) is not None


def _top(lines: Sequence[Line], at: int, first: int) -> int:
    """The line at which the header of the numbers in line ``first`` begins."""
    top, header = first, False
    while top > at and first - top < _MOST_HEADER and lines[top].gap <= _WIDEST_HEADER_GAP:
        text = lines[top - 1].text
        alone = _WIDE_GAP.search(text) is None
        label = alone and not lines[top].gap and not header  # the first row's may begin above its numbers
        header |= not alone
        stops = _TITLE.search(text) or (OPENER.match(text) and not label) or _NOTE.match(text) or _ends_sentence(text)
        if is_page_number(text) or (alone and stops):
            break
        top -= 1
    below_unit = top == at > 0 and _CAPTION.match(lines[top - 1].text) is not None
    while top < first and _WIDE_GAP.search(lines[top].text) is None and lines[top + 1].gap and not below_unit:
        top += 1  # a title, or the year below it
    return top


def _ends_sentence(text: str) -> bool:
    """Whether a line alone is the end of a sentence, and not of words in brackets that a cell holds."""
    return _SENTENCE.search(text) is not None and text.count("（") == text.count("）")


def _made(lines: Sequence[Line], first: int, way: tuple[int, int]) -> tuple[tuple[int, ...], int, Grid | None] | None:
    """The table of lines whose first numbers stand in line ``first``: how badly it lines up, and the line after its last."""
    ys: list[int] = []
    for line in lines:
        ys.append(ys[-1] + 1 + line.gap if ys else 0)
    fields = [_fields(line, way, n, ys[n]) if not is_page_number(line.text) else [] for n, line in enumerate(lines)]
    body = _body(fields, ys, first)
    if body is None:
        return None
    header = heads.header([each for row in fields[: body.start] for each in row], body.columns, body.figures)
    named = header.named(body.figures) if header is not None else 0
    width, levels = (len(header.columns), header.levels) if header is not None else (len(body.columns), 0)
    rank = (-sum(row.figures for row in body.rows), len(body.figures) - named, body.ends, width, levels)
    if header is None or not _is_table(body, header, named) or _is_plain(body, header) or not _is_whole(fields, body, header):
        return rank, body.end, None
    return rank, body.end, _grid(lines, body, header)


def _is_whole(fields: Sequence[list[Field]], body: _Body, header: heads.Header) -> bool:
    """Whether every word of the lines stands in a cell, and levels of the header on lines of their own: nothing is lost or told twice."""
    held = [each for cell in header.cells for each in cell.pieces]
    if header.levels > len({each.line for each in held}):
        return False
    top = min((each.line for each in held), default=0)
    held += [each for row in body.rows for cell in row.cells.values() for each in cell]
    return _marks(held) == _marks(each for row in fields[top : body.end] for each in row)


def _marks(fields: Iterable[Field]) -> int:
    """How many characters of the fields are printed."""
    return sum(len(each.text) - sum(map(str.isspace, each.text)) for each in fields)


def _is_table(body: _Body, header: heads.Header, named: int) -> bool:
    """Whether the columns of numbers, two at least or one in three rows, have names that a header has."""
    figures = len(body.figures)
    rows = sum(row.figures for row in body.rows)
    if not figures or len(body.columns) < 3 or rows < (_LEAST_ROWS if figures > 1 else _LEAST_ROWS + 1):
        return False
    if 2 * named < figures or (figures - named > 1 and 4 * named < 3 * figures):
        return False
    words = header.texts()
    return header_words(words) >= (0.3 if figures > 1 else 0.5) or (figures > 2 and rows > 2) or figures == named >= _SURE


def _is_plain(body: _Body, header: heads.Header) -> bool:
    """Whether every row has a word in every cell, on one line, below a header of one line: a table of spaces like any other."""
    if body.ragged or header.levels > 1 or any(len(cell.pieces) > 1 for cell in header.cells):
        return False
    return all(len(row.cells) == len(body.columns) == len(header.columns) and all(len(cell) == 1 for cell in row.cells.values()) for row in body.rows)


# ── the fields of a line ────────────────────────────────────────────────────────────────────────────────────────────


def _fields(line: Line, way: tuple[int, int], number: int, y: int) -> list[Field]:
    """The words and numbers of a line; wide gaps part them, and so does a single space beside an amount."""
    found: list[Field] = []
    at, column = 0, line.indent
    text = line.text
    for gap in (*_WIDE_GAP.finditer(text), None):
        end = gap.start() if gap is not None else len(text)
        for start, stop in _parted(text, at, end):
            column += _width(text[at:start], way)
            at = start
            width = _width(text[start:stop], way)
            found.append(Field(Span(line.span.start + start, line.span.start + stop), text[start:stop], column, column + width, number, y))
            column += width
            at = stop
        if gap is not None:
            column += _width(gap[0], way)
            at = gap.end()
    return _closed_up(found)


def _closed_up(fields: list[Field]) -> list[Field]:
    """The fields, with words put together that are printed spread out: 项  目."""
    found: list[Field] = []
    for each in fields:
        if found and len(each.text) == 1 and found[-1].text + each.text in SPREAD:
            before = found.pop()
            each = each._replace(span=Span(before.span.start, each.span.end), text=before.text + each.text, start=before.start)
        found.append(each)
    return found


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words of ``text[start:end]``, parted at single spaces beside amounts, and behind a code."""
    if " " not in text[start:end]:
        yield start, end
        return
    words: list[tuple[int, int]] = []
    at = start
    for word in text[start:end].split(" "):
        if word:
            words.append((at, at + len(word)))
        at += len(word) + 1
    begin = words[0][0]
    for n, (a, b) in enumerate(pairwise(words)):
        left, right = text[a[0] : a[1]], text[b[0] : b[1]]
        amount = right[0] in "≥≤＞＜><" or (_AMOUNT.fullmatch(left) and not _MEASURE.match(right)) or (_AMOUNT.fullmatch(right) and _HAN.search(left))
        code = n < len(CODE_HEADS) and _CODE_LEAD.match(text, begin, end) is not None and _CODE.fullmatch(left) and not _MEASURE.match(right)
        heading = left in CODE_HEADS and right in CODE_HEADS
        if amount or code or heading or (_is_figure(left) and _is_figure(right)):
            yield begin, a[1]
            begin = b[0]
    yield begin, words[-1][1]


def _width(text: str, way: tuple[int, int]) -> int:
    full, ambiguous = way
    if full == 1 or text.isascii():
        return len(text)
    wide = {"W": full, "F": full, "A": ambiguous}
    return sum(wide.get(unicodedata.east_asian_width(char), 1) for char in text)


# ── rows and columns ────────────────────────────────────────────────────────────────────────────────────────────────


def _body(fields: Sequence[list[Field]], ys: Sequence[int], first: int) -> _Body | None:
    """The rows of numbers from line ``first`` on."""
    codes = _code_places(fields[first:])
    figures = [[each for n, each in enumerate(row) if _is_figure(each.text) and not _coded(row, n, codes)] for row in fields]
    end = _last(fields, figures, first)
    numbered = [n for n in range(first, end) if figures[n]]
    if not numbered:
        return None
    counts = {n: figures[n] for n in numbered if _counts(fields[n], figures[n])}
    columns, places = _figure_columns(fields, figures, [n for n in numbered if n not in counts] or numbered)
    columns, places = _count_off(columns, places, {n: row for n, row in counts.items() if n not in places})
    if not columns or len(columns) > _MOST_COLUMNS:
        return None
    numbered = [n for n in numbered if n in places]
    end = min(end, next((n for n in range(first, end) if figures[n] and n not in places), end))
    last = numbered[-1] + 1
    while last < end and ys[last] == ys[last - 1] + 1:
        last += 1
    end = min(end, last)
    words = _word_columns(fields, figures, first, end, columns)
    if len(words) + len(columns) > _MOST_COLUMNS:
        return None
    whole = sorted([*columns, *words])
    index = {column: n for n, column in enumerate(whole)}
    placed: Placed = {}
    for n in range(first, end):
        cells = _placed(fields[n], figures[n], [index[columns[c]] for c in places.get(n, ())], whole, frozenset(index[c] for c in columns))
        if cells is None:
            end = n
            break
        placed[n] = cells
    numbered = [n for n in numbered if n < end]
    if numbered[:1] != [first]:
        return None  # the lines before would belong neither to the header nor to a row
    lead = _lead(fields, ys, first, min(index[c] for c in columns), whole)
    for n in lead:
        placed[n] = {heads.over(each, whole)[0]: [each] for each in fields[n]}
    rows, end = _rows(placed, ys, lead, numbered, end, whole)
    _reach(rows, ys, min(index[c] for c in columns))
    ends = len({(place, each.end) for n in numbered for place, each in zip(places[n], figures[n], strict=True)})
    ragged = any(len(row.cells) < len(whole) for row in rows)
    return _Body(whole, frozenset(index[c] for c in columns), rows, first - len(lead), end, ends, ragged)


def _code_places(fields: Sequence[list[Field]]) -> Columns:
    """Where codes and the numbers of rows are printed: digits alone in front of words, and no numbers behind words."""
    found: list[tuple[int, int]] = []
    behind: list[tuple[int, int]] = []
    for row in fields:
        words = next((n for n, each in enumerate(row) if not _is_figure(each.text) and not _CODE.fullmatch(each.text)), len(row))
        if words < len(row):
            found += [(each.start, each.end) for each in row[:words] if _CODE.fullmatch(each.text)]
            behind += [(each.start, each.end) for each in row[words:] if _is_figure(each.text)]
    taken = _union(behind)
    return [(a, b) for a, b in _union(found) if not _over(taken, a, b)]


def _coded(row: Sequence[Field], n: int, codes: Columns) -> bool:
    """Whether a field is a code: digits in front of the first word, where codes are printed."""
    return all(map(_CODE.fullmatch, (each.text for each in row[: n + 1]))) and any(a < row[n].end and row[n].start < b for a, b in codes)


def _union(spans: Sequence[tuple[int, int]]) -> Columns:
    found: Columns = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _last(fields: Sequence[list[Field]], figures: Sequence[list[Field]], first: int) -> int:
    """The line after the table: where a header of another begins, or a title."""
    for n in range(first + 1, len(fields)):
        if figures[n]:
            continue
        texts = [each.text for each in fields[n]]
        if len(texts) == 1 and (_TITLE.search(texts[0]) or _NOTE.match(texts[0])) and not _ITEM.match(texts[0]):
            return n
        if len(texts) > 2 and header_words(texts) >= 0.6:
            return n
    return len(fields)


@dataclass(slots=True)
class _Stretch:
    """Rows that are printed in the same columns: these, in which of them the numbers of each line stand, and where words are printed,
    those with a number in them (≥120次) apart."""

    columns: Columns
    places: dict[int, list[int]]
    words: set[int]
    values: set[int]

    def fit(self, row: Sequence[Field]) -> tuple[Columns, list[Field]] | None:
        """The columns with the numbers of a row in them, and these; ``None`` where two would stand in one, one in two, or one among words.
        Among words with numbers a number is one of these (100%)."""
        found = list(self.columns)
        taken: set[tuple[int, int]] = set()
        held: list[Field] = []
        for each in row:
            over = [(a, b) for a, b in found if a < each.end and each.start < b]
            if not over and not self.values.isdisjoint(range(each.start, each.end)):
                continue
            over = over or [(a, b) for a, b in found if a <= each.end and each.start <= b and (a, b) not in taken][:1]
            if len(over) > 1 or (over and over[0] in taken) or (not over and not self.words.isdisjoint(range(each.start, each.end))):
                return None
            column = (each.start, each.end)
            if over:
                found.remove(over[0])
                column = (min(over[0][0], each.start), max(over[0][1], each.end))
            insort(found, column)
            taken.add(column)
            held.append(each)
        return (found, held) if held else None

    def add(self, fields: Sequence[Field], figures: Sequence[Field]) -> None:
        """Take note of where the words of a line stand."""
        own = {id(each) for each in figures}
        for each in fields:
            if id(each) not in own:
                (self.values if _DIGIT.search(each.text) else self.words).update(range(each.start, each.end))


def _figure_columns(fields: Sequence[list[Field]], figures: list[list[Field]], numbered: Sequence[int]) -> tuple[Columns, dict[int, list[int]]]:
    """The columns of numbers, and in which of them those of each line stand; what is a number among others like it (100% below ≥95%) is
    taken out of ``figures``.

    Lines whose numbers would stand two in one column are printed in columns of their own: as a page is taken apart, blocks of rows
    slip against others. Their columns are those of the first rows where nothing else is possible.
    """
    stretches: list[_Stretch] = []
    line = numbered[0]
    for n in numbered:
        for between in range(line, n):
            stretches[-1].add(fields[between], ())
        line = n + 1
        fitted = stretches[-1].fit(figures[n]) if stretches else None
        if fitted is None:
            if len(stretches) == _MOST_STRETCHES:
                break
            stretches.append(_Stretch([], {}, set(), set()))
            fitted = stretches[-1].fit(figures[n])
            if fitted is None:
                break
        stretch = stretches[-1]
        stretch.columns, figures[n] = fitted
        stretch.places[n] = []
        stretch.add(fields[n], figures[n])
    for stretch in stretches:
        for n in stretch.places:
            stretch.places[n] = [_at(stretch.columns, each) for each in figures[n]]
    if not stretches:
        return [], {}
    columns, places = stretches[0].columns, stretches[0].places
    for other in stretches[1:]:
        led = _led(columns, places, other)
        if led is None:
            break
        places |= {n: [led[c] for c in row] for n, row in other.places.items()}
    return columns, places


def _counts(row: Sequence[Field], figures: Sequence[Field]) -> bool:
    """Whether a line numbers the columns: 栏次 1 2 3. Its numbers stand in the middle, others at the right."""
    said = any(each.text in ("栏次", "行次", "项次") for each in row)
    return len(figures) > (0 if said else _SLACK) and [each.text for each in figures] == [str(n) for n in range(1, len(figures) + 1)]


def _count_off(columns: Columns, places: dict[int, list[int]], counts: dict[int, list[Field]]) -> tuple[Columns, dict[int, list[int]]]:
    """The columns and places with those of lines that number the columns: each stands in the nearest, or in one that no row fills."""
    for n, row in counts.items():
        if len(row) == len(columns):
            places[n] = list(range(len(columns)))
            continue
        own: dict[int, int] = {}
        for k, each in enumerate(row):
            off = [abs(a + b - each.start - each.end) / 2 for a, b in columns]
            c = off.index(min(off))
            if off[c] <= _FAR and c not in own.values():
                own[k] = c
        added = [(each.start, each.end) for k, each in enumerate(row) if k not in own]
        if any(_over(columns, *each) for each in added):
            continue
        whole = sorted([*columns, *added])
        moved = [whole.index(column) for column in columns]
        places = {line: [moved[c] for c in held] for line, held in places.items()}
        places[n] = [moved[own[k]] if k in own else whole.index((each.start, each.end)) for k, each in enumerate(row)]
        columns = whole
    return columns, places


def _at(columns: Columns, each: Field) -> int:
    return next(n for n, (a, b) in enumerate(columns) if a <= each.start and each.end <= b)


def _led(columns: Columns, places: dict[int, list[int]], other: _Stretch) -> list[int] | None:
    """Which of the ``columns`` those of another stretch are."""
    over = [_over(columns, start, end) for start, end in other.columns]
    if all(len(each) == 1 for each in over) and all(a[0] < b[0] for a, b in pairwise(over)):
        return [each[0] for each in over]
    if len(over) == len(columns):
        return list(range(len(columns)))
    counts = {len(row) for row in other.places.values()}
    alike = {tuple(row) for row in places.values() if len(row) == len(over)}
    return list(next(iter(alike))) if counts == {len(over)} and len(alike) == 1 else None


def _word_columns(fields: Sequence[list[Field]], figures: Sequence[list[Field]], first: int, end: int, columns: Columns) -> Columns:
    """Where words are printed, beside the numbers. The narrowest are looked at first: what is printed over two columns that some line
    has words in both of is a cell over both."""
    words: list[tuple[int, int, int]] = []
    for n in range(first, end):
        own = {id(each) for each in figures[n]}
        coded = _code_heads(fields[n])
        for each in fields[n][coded:]:
            if id(each) not in own and not _over(columns, each.start, each.end):
                words.append((each.end - each.start, n, each.start))
    found: list[list[int]] = []
    held: list[set[int]] = []
    for width, n, start in sorted(words):
        over = _over(found, start, start + width)
        if len(over) > _SLACK + 1 or any(n in held[a] for a in over) or any(held[a] & held[b] for a, b in pairwise(over)):
            continue
        if not over:
            place = sum(column[0] < start for column in found)
            found.insert(place, [start, start + width])
            held.insert(place, {n})
            if len(found) > _MOST_COLUMNS:
                break
            continue
        into = over[0]
        found[into] = [min(start, found[into][0]), max(start + width, found[over[-1]][1])]
        held[into].add(n)
        for other in reversed(over[1:]):
            held[into] |= held.pop(other)
            found.pop(other)
    return _never_both(found, held, columns, [each for row in fields[:first] for each in row])


def _never_both(found: Sequence[Sequence[int]], held: Sequence[set[int]], columns: Columns, header: Sequence[Field]) -> Columns:
    """The columns of words, with those made one that no numbers part, no line has words in both of and no header parts: 收入总计 is
    set in the middle of its column."""
    made: Columns = []
    lines: set[int] = set()
    for (start, end), own in zip(found, held, strict=True):
        if made and lines.isdisjoint(own) and not _over(columns, made[-1][0], end) and not _headed(header, made[-1], (start, end)):
            made[-1] = (made[-1][0], end)
            lines |= own
        else:
            made.append((start, end))
            lines = set(own)
    return made


def _headed(header: Sequence[Field], left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether both of two columns have words of their own above them."""
    over = [_over([left, right], each.start, each.end) for each in header]
    return [0] in over and [1] in over


def _code_heads(row: Sequence[Field]) -> int:
    """How many fields from the first on are the heads of codes: 类 款 项."""
    count = 0
    while count < min(len(row), len(CODE_HEADS)) and row[count].text == CODE_HEADS[count]:
        count += 1
    return count if count > 1 else 0


def _over(columns: Sequence[Sequence[int]], start: int, end: int) -> list[int]:
    return [n for n, column in enumerate(columns) if column[0] < end and start < column[1]]


def _placed(
    row: Sequence[Field], figures: Sequence[Field], places: Sequence[int], columns: Columns, numeric: frozenset[int]
) -> dict[int, list[Field]] | None:
    """The fields of a line by column; ``None`` where one stands in a place that none of its kind has."""
    known = {id(each): place for each, place in zip(figures, places, strict=True)}
    cells: dict[int, list[Field]] = {}
    last = -1
    coded = _code_heads(row)
    pieces = [piece for each in row for piece in (_apart(each, columns) if id(each) not in known else [each])]
    for n, each in enumerate(pieces):
        place = n if n < coded and n not in numeric else known.get(id(each))
        if place is None:
            over = [c for c in _over(columns, each.start, each.end) if c > last]
            words = [c for c in over if c not in numeric]
            free = words or ([c for c in over if c not in places] if len(over) == 1 and (not places or _DIGIT.search(each.text)) else [])
            if not free:
                return None
            place = max(free, key=lambda c: min(columns[c][1], each.end) - max(columns[c][0], each.start)) if len(free) < 3 else free[0]
        if place <= last:
            return None
        cells[place] = [each]
        last = place
    return cells


def _apart(each: Field, columns: Columns) -> list[Field]:
    """The words, parted at single spaces where each stands in a column of its own."""
    if " " not in each.text or len(_over(columns, each.start, each.end)) < 2:
        return [each]
    words = heads.words(each)
    held = [_over(columns, word.start, word.end) for word in words]
    return words if all(len(over) == 1 for over in held) and all(a < b for a, b in pairwise(held)) else [each]


def _rows(placed: Placed, ys: Sequence[int], lead: Sequence[int], numbered: Sequence[int], end: int, columns: Columns) -> tuple[list[_Row], int]:
    """The rows, each with the lines of words that belong to it (``lead`` to the first), and the line after the last of these."""
    rows: list[_Row] = []
    carried = list(lead)
    for n, following in zip(numbered, [*numbered[1:], end], strict=True):
        own = _Row({}, n, n, len(carried))
        for line in (*carried, n):
            _add(own, placed[line], line)
        rows.append(own)
        carried = []
        final = following == end
        for run in _runs([line for line in range(n + 1, following) if placed[line]], ys):
            touches = run[0] == own.last + 1 and ys[run[0]] == ys[own.last] + 1
            beside = not final and run[-1] + 1 == following and ys[following] == ys[run[-1]] + 1
            ours, theirs = _shared(own, run, placed, placed[following] if beside else None, touches, columns)
            for line in run[:ours]:
                _add(own, placed[line], line)
            middle = run[ours : len(run) - theirs]
            carried = run[len(run) - theirs :]
            if final and middle:
                break
            rows += _alone(middle, placed)
    return rows, max(row.last for row in rows) + 1


def _runs(lines: Sequence[int], ys: Sequence[int]) -> list[list[int]]:
    """The lines that no empty line parts."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and ys[line] == ys[runs[-1][-1]] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _shared(own: _Row, run: Sequence[int], placed: Placed, below: dict[int, list[Field]] | None, touches: bool, columns: Columns) -> tuple[int, int]:
    """How many lines of a run of words belong to the row above, and how many to the row below."""
    count = len(run)
    held = {c for line in run for c in placed[line]}
    lacks = touches and held.isdisjoint(own.cells)
    wanting = below is not None and held.isdisjoint(below)
    if below is None:
        if not touches:
            return 0, 0
        goes_on = lacks or own.above or _goes_on(own, placed[run[0]], columns)
        return (count, 0) if goes_on else (0, 0)
    if not touches:
        return 0, count
    if lacks and not own.above and (not wanting or count > 1):
        return (count, 0) if not wanting else (count - count // 2, count // 2)
    if own.above:
        ours = min(own.above, count)
        return ours, count - ours
    if wanting and not _goes_on(own, placed[run[0]], columns):
        return 0, count
    ours = 0
    while ours < count and _goes_on(own, placed[run[ours]], columns):
        ours += 1
    return (ours, count - ours if wanting else 0)


def _goes_on(own: _Row, line: dict[int, list[Field]], columns: Columns) -> bool:
    """Whether words below a row go on in its cells: these fill their columns, or are an open bracket."""
    for c, fields in line.items():
        above = own.cells.get(c)
        if not above:
            return False
        text = "".join(each.text for each in above)
        start, end = columns[c]
        full = above[-1].end - above[-1].start >= end - start - _SLACK
        if _ITEM.match(fields[0].text) or not (full or text.count("（") > text.count("）")):
            return False
    return True


def _add(row: _Row, cells: dict[int, list[Field]], line: int) -> None:
    for c, fields in cells.items():
        row.cells.setdefault(c, []).extend(fields)
    row.first, row.last = min(row.first, line), max(row.last, line)


def _alone(lines: Sequence[int], placed: Placed) -> Iterator[_Row]:
    """Rows without numbers: a label each."""
    row: _Row | None = None
    for line in lines:
        if row is not None and not any(_ITEM.match(fields[0].text) for fields in placed[line].values()):
            _add(row, placed[line], line)
            continue
        if row is not None:
            yield row
        row = _Row({}, line, line, figures=False)
        _add(row, placed[line], line)
    if row is not None:
        yield row


def _lead(fields: Sequence[list[Field]], ys: Sequence[int], first: int, label: int, columns: Columns) -> list[int]:
    """The lines right above the first numbers that are words of their label: the row has none, and the header stands apart."""
    above = first
    while above > 0 and ys[above - 1] + 1 == ys[above]:
        above -= 1
    places = [heads.over(each, columns) for line in fields[above:first] for each in line]
    own = {place for each in fields[first] for place in heads.over(each, columns)}
    fits = above and places and all(len(place) == 1 and place[0] < label and place[0] not in own for place in places)
    return list(range(above, first)) if fits else []


def _reach(rows: list[_Row], ys: Sequence[int], label: int) -> None:
    """Let labels that are printed in the middle of several rows, each with a label of its own behind, begin at the first of these."""
    for c in range(label - 1):
        coded = all(_CODE.fullmatch(each.text) for row in rows for each in row.cells.get(c, ()))
        nested = [n for n, row in enumerate(rows) if any(k in row.cells for k in range(c + 1, label))]
        for run in _following(nested) if not coded else ():
            filled = [n for n in run if c in rows[n].cells]
            if not filled or filled[0] == run[0]:
                continue
            for first, end, n in _groups(rows, ys, c, run, filled):
                cell = rows[n].cells.pop(c)
                rows[first].cells[c] = cell
                rows[first].down[c] = end - first


def _following(numbers: Sequence[int]) -> list[list[int]]:
    """The numbers in runs of one after the other."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return runs


def _groups(rows: Sequence[_Row], ys: Sequence[int], c: int, run: Sequence[int], filled: Sequence[int]) -> list[tuple[int, int, int]]:
    """The first row of each label in a column, the one after its last, and the one that it is printed in; [] if they do not follow."""
    groups: list[tuple[int, int, int]] = []
    first = run[0]
    for n, following in zip(filled, [*filled[1:], run[-1] + 1], strict=True):
        cell = rows[n].cells[c]
        middle = (cell[0].y + cell[-1].y) / 2
        off = {end: abs((ys[rows[first].first] + ys[rows[end].last]) / 2 - middle) for end in range(n, following)}
        end = min(off, key=lambda row: off[row])
        if off[end] > _SLACK or first > n:
            return []
        groups.append((first, end + 1, n))
        first = end + 1
    return groups if first == run[-1] + 1 else []


# ── the grid ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _grid(lines: Sequence[Line], body: _Body, header: heads.Header) -> Grid:
    """The cells of the table, in the columns of the header, which may have some that no row fills."""
    place = [header.columns.index(column) for column in header.lead]
    made = header.rows()
    width = len(header.columns)
    hanging: dict[int, int] = {}
    for row in body.rows:
        cells = {place[c]: tuple(each.span for each in cell) for c, cell in row.cells.items()}
        start = min(span.start for cell in cells.values() for span in cell)
        down = {place[c]: rows for c, rows in row.down.items()}
        made.append(tuple(GridCell(cells.get(c, (Span(start, start),)), down.get(c, 1)) for c in range(width) if not hanging.get(c)))
        hanging = {c: rows - 1 for c, rows in (hanging | down).items() if rows > 1}
    top = min((each.line for cell in header.cells for each in cell.pieces), default=0)
    pages = tuple(line.span for line in lines[top : body.end] if is_page_number(line.text))
    return Grid(span=Span(lines[top].span.start, lines[body.end - 1].span.end), rows=tuple(made), furniture=pages, printed=True)
