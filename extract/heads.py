"""What stands above each column of a table that is printed: its header, read by where its words stand.

The words of a header take several lines, each cell as many as it needs and in the middle of the height that it has. What is printed
one below the other is one cell; what stands above several columns, or in the middle above them, is the parent of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import NamedTuple

from extract.layout import GridCell
from extract.types import Span

_NEAR = 2
"""Lines of one cell are next to each other, or one other line stands between, of a cell with a line more or less."""
_LEAST_OFF = 3
_MOST = 40
_UNNAMED, _UNLABELLED, _LABEL_WEIGHT = 1000.0, 5.0, 0.2
"""How much worse than a column farther off it is that a column of numbers, or of words, has no name; and how much less it says how far
off the name of words is."""


class Field(NamedTuple):
    """Words or a number of a line, with the columns in which they are printed, the line, and how far down it stands."""

    span: Span
    text: str
    start: int
    end: int
    line: int
    y: int


Columns = Sequence[tuple[int, int]]


@dataclass(slots=True)
class Cell:
    """A cell of a header over the columns from ``first`` to ``last``, at a ``level`` from the top."""

    pieces: list[Field]
    first: int
    last: int
    level: int = 0

    def add(self, below: Cell) -> None:
        """Let the cell go on in the lines of another."""
        self.pieces += below.pieces

    @property
    def top(self) -> int:
        return self.pieces[0].y

    @property
    def bottom(self) -> int:
        return self.pieces[-1].y

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> float:
        return (min(each.start for each in self.pieces) + max(each.end for each in self.pieces)) / 2

    @property
    def text(self) -> str:
        return "".join(each.text for each in self.pieces)


@dataclass(slots=True)
class Header:
    """The cells of a header and the ``columns`` that it has; ``lead`` are those of them that the body has too, ``crowded`` is whether two names
    stand side by side over one."""

    columns: list[tuple[int, int]]
    lead: list[tuple[int, int]]
    cells: list[Cell]
    leaves: dict[int, Cell] = field(default_factory=dict)
    crowded: bool = False

    @property
    def levels(self) -> int:
        return 1 + max((cell.level for cell in self.cells), default=0)

    def texts(self) -> list[str]:
        """What the lowest cells say."""
        return [cell.text for cell in self.leaves.values()]

    def named(self, columns: frozenset[int]) -> int:
        """How many of some columns of the body have a name."""
        return sum(self.columns.index(self.lead[n]) in self.leaves for n in columns)

    def fits(self, figures: frozenset[int]) -> bool:
        """Whether all columns of numbers have names, and none two beside each other."""
        return self.named(figures) == len(figures) and not self.crowded

    def rows(self) -> list[tuple[GridCell, ...]]:
        """The cells by row; one with nothing above or below it reaches over all rows."""
        if not self.cells:
            return []
        levels = self.levels
        start = min(each.span.start for cell in self.cells for each in cell.pieces)
        lowest = {id(cell) for cell in self.leaves.values()}
        taken = [[False] * len(self.columns) for _ in range(levels)]
        rows: list[list[tuple[int, GridCell]]] = [[] for _ in range(levels)]
        for cell in self.cells:
            down = levels - cell.level if id(cell) in lowest else 1
            pieces = tuple(each.span for each in cell.pieces)
            rows[cell.level].append((cell.first, GridCell(pieces, down, cell.last - cell.first + 1)))
            for level in range(cell.level, cell.level + down):
                taken[level][cell.first : cell.last + 1] = [True] * (cell.last - cell.first + 1)
        for level, held in enumerate(taken):
            rows[level] += [(c, GridCell((Span(start, start),))) for c, own in enumerate(held) if not own]
        return [tuple(cell for _, cell in sorted(row, key=lambda each: each[0])) for row in rows]


def over(each: Field, columns: Columns) -> list[int]:
    """The columns that words stand over."""
    return [n for n, (start, end) in enumerate(columns) if start < each.end and each.start < end]


def header(fields: Sequence[Field], body: Columns, figures: frozenset[int]) -> Header | None:
    """The header that the words above the columns of a table are, ``figures`` those of numbers; ``None`` where they are none.

    What does not stand above its column, as on pages that were taken apart, is told by its order where there are as many names as columns.
    """
    names = _names(fields)
    if len(names) == len(body) and all(a[0] <= b[1] and b[0] <= a[1] for a, b in zip(names, body, strict=True)):
        return _header(fields, names)
    pieces = [piece for each in fields for piece in _split(each, fields, body)]
    found = _header(pieces, list(body))
    fits = found is not None and found.fits(figures)
    if found is not None and fits and len(found.columns) == len(body):
        return found
    for place in (_in_order,) if fits else (_in_order, _matched):
        for split in (pieces, list(fields), [word for each in fields for word in words(each)]):
            places = place(_names(split), body, figures, fits)
            other = _header(split, places) if places else None
            if other is not None and other.fits(figures) and (place is _matched or len(other.columns) == len(body)):
                return other
    return found


def _names(pieces: Sequence[Field]) -> list[tuple[int, int]]:
    """Where the lowest cells of a header stand, from left to right, read without the columns below; [] if two stand in one place."""
    cells: list[Cell] = []
    for _, row in groupby(sorted(pieces, key=lambda each: (each.y, each.start)), key=lambda each: each.y):
        line = [Cell([each], 0, 0) for each in row]
        above = [[cell for cell in cells if _goes_on(cell, new) and _beneath(cell, new)] for new in line]
        for new, owners in zip(line, above, strict=True):
            if len(owners) == 1 and sum(owners[0] in other for other in above) == 1:
                owners[0].add(new)
            else:
                cells.append(new)
    leaves = [cell for cell in cells if not any(other.top > cell.bottom and _beneath(cell, other) for other in cells)]
    leaves.sort(key=lambda cell: cell.center)
    around = zip(leaves, [*leaves[:1], *leaves], [*leaves[1:], *leaves[-1:]], strict=False)
    leaves = [cell for cell, left, right in around if cell.bottom >= min(left.top, right.top)]  # a parent stands above both
    names = sorted((min(each.start for each in cell.pieces), max(each.end for each in cell.pieces)) for cell in leaves)
    return names if all(a[1] <= b[0] for a, b in pairwise(names)) else []


def _in_order(names: list[tuple[int, int]], body: Columns, figures: frozenset[int], right_alone: bool) -> list[tuple[int, int]]:
    """Where the names of the columns stand if there are as many as columns (unless ``right_alone``), or as columns from the first of
    numbers on; else []."""
    if len(names) == len(body) and not right_alone:
        return names
    first = min(figures, default=0)
    right = [name for name in names if not first or name[0] >= body[first - 1][1]]
    return [*body[:first], *right] if len(right) == len(body) - first > 1 else []


def _matched(names: list[tuple[int, int]], body: Columns, figures: frozenset[int], _: bool) -> list[tuple[int, int]]:
    """Where the names of the columns stand, each the nearest that leaves one to all columns of numbers; [] if they are too few.

    Where a page is taken apart, words are set closer than numbers: names stand the farther to the left of their columns the farther to
    the right these are. The best are those that are as far off as the ones before.
    """
    if not 0 < len(names) <= _MOST:
        return []
    best: dict[int, tuple[float, float, tuple[int, ...]]] = {-1: (0.0, 0.0, ())}  # by the last name taken: cost, how far off, names
    for c, (start, end) in enumerate(body):
        ahead: dict[int, tuple[float, float, tuple[int, ...]]] = {}
        weight = 1.0 if c in figures else _LABEL_WEIGHT
        for last, (cost, off, taken) in best.items():
            options = [(last, cost + (_UNNAMED if c in figures else _UNLABELLED), off, -1)]
            for k in range(last + 1, len(names)):
                far = (start + end - sum(names[k])) / 2
                options.append((k, cost + weight * abs(far - off), far if c in figures else off, k))
            for k, whole, far, name in options:
                if k not in ahead or whole < ahead[k][0]:
                    ahead[k] = (whole, far, (*taken, name))
        best = ahead
    chosen = min(best.values())[2]
    places = [names[k] if k >= 0 else body[c] for c, k in enumerate(chosen)]
    others = [name for k, name in enumerate(names) if k not in chosen]
    apart = all(a[1] <= b[0] for a, b in pairwise(sorted([*places, *others])))
    return places if apart and places == sorted(places) else []


def _beneath(above: Cell, cell: Cell) -> bool:
    return any(a.start < b.end and b.start < a.end for a in above.pieces for b in cell.pieces)


def _header(pieces: Sequence[Field], body: list[tuple[int, int]]) -> Header | None:
    """The header of pieces over columns that are printed there."""
    columns = sorted([*body, *_own_columns(pieces, body)])
    stacks: dict[int, list[Cell]] = {}
    wide: list[Cell] = []
    for each in sorted(pieces, key=lambda each: (each.y, each.start)):
        held = over(each, columns)
        if not held:
            place = sum(end <= each.start for _, end in columns)
            held = [max(place - 1, 0), min(place, len(columns) - 1)]
        cell = Cell([each], held[0], held[-1])
        above = next((other for other in reversed(wide) if _same(other, cell)), None)
        if above is not None:
            above.add(cell)
        elif len(held) == 1:
            _stacked(stacks.setdefault(held[0], []), cell)
        else:
            wide.append(cell)
    parents = [*wide, *_set_apart(stacks, wide)]
    for cells in stacks.values():
        parents += cells[:-1]
    leaves = {c: cells[-1] for c, cells in stacks.items()}
    # what stands below all other cells of its columns heads them itself
    for parent in [p for p in parents if all(c not in leaves or leaves[c].bottom <= p.top for c in range(p.first, p.last + 1))]:
        for c in range(parent.first, parent.last + 1):
            if c in leaves:
                parents.append(leaves.pop(c))
        parents.remove(parent)
        leaves[parent.first] = parent
        parent.last = parent.first
    crowded = any(a.pieces[-1].y >= b.pieces[0].y for cells in stacks.values() for a, b in pairwise(cells))
    found = Header(columns, body, [*parents, *leaves.values()], leaves, crowded)
    _reach(parents, found)
    _levels(parents, leaves)
    return found if _is_sound(found) else None


def _split(each: Field, pieces: Sequence[Field], columns: Columns) -> Iterator[Field]:
    """The words, parted at single spaces where those on both sides stand above or below different things."""
    if " " not in each.text:
        yield each
        return
    apart = words(each)
    free = [n for n in over(each, columns) if not any(n in over(other, columns) for other in pieces if other.line != each.line)]
    if len(free) == len(apart):
        yield from (word._replace(start=columns[n][0], end=columns[n][1]) for n, word in zip(free, apart, strict=True))
        return
    others = [other for other in pieces if other.line != each.line and abs(other.y - each.y) <= _NEAR]
    near = [(word.start, word.end) for other in others for word in words(other)]
    beside = [set(over(word, near)) for word in apart]
    held = [{*over(word, columns)} | {-1 - n for n in own} for word, own in zip(apart, beside, strict=True)]
    whole = apart[0]
    for n, word in enumerate(apart[1:]):
        pair = (beside[n], beside[n + 1]) if beside[n] and beside[n + 1] else (held[n], held[n + 1])
        if pair[0] and pair[1] and pair[0].isdisjoint(pair[1]):
            yield whole
            whole = word
        else:
            text = f"{whole.text} {word.text}"
            whole = whole._replace(span=Span(whole.span.start, word.span.end), text=text, end=word.end)
    yield whole


def words(each: Field) -> list[Field]:
    """The words of a field, each with its place."""
    found: list[Field] = []
    at = 0
    factor = (each.end - each.start) / len(each.text)
    for text in each.text.split(" "):
        if text:
            start, end = each.start + round(at * factor), each.start + round((at + len(text)) * factor)
            found.append(each._replace(span=Span(each.span.start + at, each.span.start + at + len(text)), text=text, start=start, end=end))
        at += len(text) + 1
    return found


def _own_columns(pieces: Sequence[Field], body: Columns) -> list[tuple[int, int]]:
    """The columns that have a name and nothing below it: what stands over none of the body, unless it stands in the middle above two."""
    found: list[list[Field]] = []
    for each in sorted(pieces, key=lambda each: each.start):
        if over(each, body):
            continue
        if found and each.start < max(other.end for other in found[-1]):
            found[-1].append(each)
        else:
            found.append([each])
    made: list[tuple[int, int]] = []
    for group in found:
        start, end, bottom = min(each.start for each in group), max(each.end for each in group), max(each.y for each in group)
        left = max((column for column in body if column[1] <= start), default=None)
        right = min((column for column in body if column[0] >= end), default=None)
        beside = [[each.y for each in pieces if over(each, [column])] for column in (left, right) if column is not None]
        parent = (
            len(beside) == 2
            and all(ys and max(ys) > bottom for ys in beside)
            and all(any(y > bottom for y in ys) and min(y for y in ys) > bottom - 1 for ys in beside)
        )
        if not parent:
            made.append((start, end))
    return made


def _stacked(cells: list[Cell], cell: Cell) -> None:
    """``cell`` below the cells above it: in the last of them where it goes on in it."""
    if cells and _goes_on(cells[-1], cell):
        cells[-1].add(cell)
    else:
        cells.append(cell)


def _goes_on(above: Cell, cell: Cell) -> bool:
    before, each = above.pieces[-1], cell.pieces[0]
    return 0 < each.y - before.y <= _NEAR and each.y - before.y == each.line - before.line


def _same(above: Cell, cell: Cell) -> bool:
    """Whether words are the next line of a cell over several columns."""
    return _goes_on(above, cell) and abs(above.center - cell.center) <= _NEAR and above.first <= cell.first and cell.last <= above.last


def _set_apart(stacks: dict[int, list[Cell]], wide: Sequence[Cell]) -> list[Cell]:
    """The upper lines of cells that are parents: beside the other lines stands a name, in the lower half of the header, that has none."""
    every = [cell for cells in stacks.values() for cell in cells] + list(wide)
    middle = (min(cell.top for cell in every) + max(cell.bottom for cell in every)) / 2 if every else 0
    covered = {c for cell in wide for c in range(cell.first, cell.last + 1)}
    low = [c for c, cells in stacks.items() if c and len(cells) == 1 and cells[0].top > middle + 0.4 and c not in covered]
    cuts: dict[int, int] = dict.fromkeys(low, 0)
    while low:
        c = low.pop()
        lines = [each.y for each in stacks[c][-1].pieces[cuts[c] :]]
        for beside in (c - 1, c + 1):
            pieces = stacks[beside][-1].pieces if beside in stacks and beside not in cuts else []
            if [each.y for each in pieces[-len(lines) :]] == lines:
                cuts[beside] = len(pieces) - len(lines)
                low.append(beside)
    names = ["".join(each.text for each in stacks[c][-1].pieces[cut:]) for c, cut in cuts.items()]
    bottom = max((stacks[c][-1].bottom for c in cuts), default=0)
    if len(set(names)) == len(names) and not any(cells[-1].bottom < bottom for c, cells in stacks.items() if c not in cuts):
        return []
    parents = [Cell(stacks[c][-1].pieces[:cut], c, c) for c, cut in cuts.items() if cut]
    for c, cut in cuts.items():
        stacks[c][-1] = Cell(stacks[c][-1].pieces[cut:], c, c)
    return parents


def _reach(parents: list[Cell], found: Header) -> None:
    """Let each parent reach over the columns that it stands in the middle of, whose names stand lower than it."""
    tops = {c: leaf.top for c, leaf in found.leaves.items()}
    ordered = sorted(parents, key=lambda cell: -cell.bottom)
    for _, group in groupby(ordered, key=lambda cell: cell.bottom):
        level = sorted(group, key=lambda cell: cell.center)
        if not _evenly(level, tops, found):
            for n, parent in enumerate(level):
                least = level[n - 1].last + 1 if n else 0
                most = level[n + 1].first - 1 if n + 1 < len(level) else len(found.columns) - 1
                _centered(parent, least, most, tops, found)
        _alike(level, tops, found)
        for parent in level:
            for c in range(parent.first, parent.last + 1):
                tops[c] = min(tops.get(c, parent.top), parent.top)


def _evenly(level: Sequence[Cell], tops: dict[int, int], found: Header) -> bool:
    """Let parents side by side reach over as many columns each, if that is possible: their columns have the same names in each."""
    deepest = max((leaf.middle for c, leaf in found.leaves.items() if level[0].first <= c <= level[-1].last), default=0) - 0.4
    nested = any(tops[c] < leaf.top for c, leaf in found.leaves.items() if level[0].first <= c <= level[-1].last)
    for deep in ((deepest, 0.0) if nested else (deepest,)) if len(level) > 1 else ():
        first, last = level[0].first, level[-1].last
        while _is_low(first - 1, level[0], tops, found, deep):
            first -= 1
        while _is_low(last + 1, level[-1], tops, found, deep):
            last += 1
        if not all(_is_low(c, level[0], tops, found, deep) for c in range(first, last + 1)):
            continue
        groups = _repeated([found.leaves[c].text for c in range(first, last + 1)], first, len(level))
        if groups and all(parent.first in group or parent.last in group for parent, group in zip(level, groups, strict=True)):
            for parent, group in zip(level, groups, strict=True):
                parent.first, parent.last = group[0], group[-1]
            return True
    return False


def _repeated(names: Sequence[str], first: int, count: int) -> list[range]:
    """The columns from ``first`` on in so many groups, if as many begin with the same name."""
    starts = [n for n, name in enumerate(names) if name == names[0]]
    if len(starts) != count:
        return []
    return [range(first + a, first + b) for a, b in zip(starts, [*starts[1:], len(names)], strict=True)]


def _alike(level: Sequence[Cell], tops: dict[int, int], found: Header) -> None:
    """Let parents of one name reach over as many columns as the widest of them, if the names of these are the same."""
    for parent in level:
        widest = max((other for other in level if other.text == parent.text), key=lambda other: other.last - other.first)
        reach = range(parent.first, parent.first + widest.last - widest.first + 1)
        if all(_is_low(c, parent, tops, found, 0.0) for c in reach):
            names = [found.leaves[c].text for c in reach]
            if names == [found.leaves[c].text for c in range(widest.first, widest.last + 1) if c in found.leaves]:
                parent.last = reach[-1]


def _centered(parent: Cell, least: int, most: int, tops: dict[int, int], found: Header) -> None:
    """Let a parent reach over the columns beside it, as far as it stays in the middle of them."""
    lows = [found.leaves[c].middle for c in range(parent.first, parent.last + 1) if c in found.leaves]
    deep = min(lows, default=parent.bottom + 1) - 0.4
    first, last = parent.first, parent.last
    while first > least and _is_low(first - 1, parent, tops, found, deep):
        first -= 1
    while last < most and _is_low(last + 1, parent, tops, found, deep):
        last += 1
    spans = [(a, b) for a in range(first, parent.first + 1) for b in range(parent.last, last + 1)]
    off = {span: abs(_center(found, *span) - parent.center) for span in spans}
    best = min(spans, key=lambda span: (off[span], span[0] - span[1]))
    # all that stand lower need a parent, unless that is far out of their middle
    free = first > least or not least, last < most or most == len(found.columns) - 1
    parent.first, parent.last = (first, last) if all(free) and off[first, last] <= off[best] + _LEAST_OFF else best


def _is_low(c: int, parent: Cell, tops: dict[int, int], found: Header, deep: float) -> bool:
    return c in tops and tops[c] > parent.bottom and c in found.leaves and found.leaves[c].middle >= deep


def _center(found: Header, first: int, last: int) -> float:
    """The middle of some columns as they are printed, names and body."""
    names = [each for c in (first, last) if c in found.leaves for each in found.leaves[c].pieces]
    start = min([found.columns[first][0], *(each.start for each in names)])
    end = max([found.columns[last][1], *(each.end for each in names)])
    return (start + end) / 2


def _levels(parents: list[Cell], leaves: dict[int, Cell]) -> None:
    depth: dict[int, int] = {}
    for cell in sorted(parents, key=lambda cell: (cell.top, cell.first)):
        columns = range(cell.first, cell.last + 1)
        cell.level = max(depth.get(c, 0) for c in columns)
        depth.update(dict.fromkeys(columns, cell.level + 1))
    for c, cell in leaves.items():
        cell.level = depth.get(c, 0)


def _is_sound(found: Header) -> bool:
    """Whether no two cells stand in one place."""
    taken: set[tuple[int, int]] = set()
    for cell in found.cells:
        places = {(cell.level, c) for c in range(cell.first, cell.last + 1)}
        if not taken.isdisjoint(places):
            return False
        taken |= places
    return bool(found.leaves) and found.levels <= 6
