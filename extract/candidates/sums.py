"""Runs of numbers that add up to another one, and two of which the third is the rest.

Why: parts and their total stand in a list, in a column, or far apart: counties in a table, their total in the lead.
Example: 半专业队30人…应急小分队225人 and 全镇扑火力量255人.
Left alone: a number of the same list as the parts, amounts per head, parts below the rounding of the total, cells that stand
neither in one row nor in one column, income among expenses, what is likely to be found by accident.
Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extract.candidates._features import contrary, joined, kinds, likeness, log, pair, place, says, siblings
from extract.candidates._long import SHORT, reaches, thirds
from extract.candidates._numbers import Candidate, Features, Known, Number, Numbers, enumerations, fitting, width

# Two parts stand no farther apart in their run; a run of prose has no more parts, one of a table no more than the other.
_NEXT, _PROSE, _TABLE = 5, 8, 25
# With more accidents than this to expect, only one sentence, row or column joins the numbers.
_ACCIDENTS = 0.2
# So many ways of choosing the parts around a place are tried.
_TRIED, _RUNS = 6, 4
_TOGETHER = frozenset({"clause", "sentence", "row", "column", "cell"})
_PER = re.compile("人均|每|均|单价|标准")
_TOTAL = re.compile("合计|总计|小计|共|总|全部|全年|累计|计")
_LEAD = re.compile(r"其中|分别|包括|按|分为|含|：|:|，$|、$|（$|\($")
_REST = re.compile("剩|余|未|尚|欠|缺|差|少|结转|结余|节约|扣|减|超|低|高|空编|停|不")


@dataclass(slots=True)
class _Search:
    """The search of one document: what it reads, and the sums that were seen."""

    numbers: Numbers
    known: Known
    seen: set[tuple[int, ...]] = field(default_factory=set)

    def new(self, total: Number, parts: Sequence[Number]) -> bool:
        key = total.at, *sorted(part.at for part in parts)
        if key in self.seen:
            return False
        self.seen.add(key)
        ids = frozenset(part.id for part in parts)
        return ids not in self.known.parts and not (self.known.sums and ids | {total.id} in self.known.sums)


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """Numbers of one family that may be added up. ``crowd`` is from which width on its sums are found in the document by accident."""

    kind: str
    numbers: list[Number]
    crowd: float
    search: _Search

    def stated(self, low: float, high: float, beside: Sequence[Number]) -> list[Number]:
        """The numbers that may state what ``low`` to ``high`` was worked out for: of the whole document, or where one of them is found
        by accident somewhere along the run, those of the run that stand ``beside`` its terms."""
        if width(low, high) < self.crowd:
            return self.search.numbers.look(self.numbers[0].family, low, high)
        return fitting(beside, low, high)


def find(numbers: Numbers, known: Known) -> Iterator[Candidate]:
    """Candidates of all runs: two numbers and a third, then longer sums."""
    search = _Search(numbers, known)
    for kind, members in enumerations(numbers):
        run = _Run(kind, members, numbers.crowd(members[0].family, len(members)), search)
        yield from _threes(run)
        yield from _longer(run)


def _threes(run: _Run) -> Iterator[Candidate]:
    may = thirds(run.numbers, run.crowd, _NEXT - 1, 1) if len(run.numbers) > SHORT else None
    for at, p in enumerate(run.numbers):
        beside = run.numbers[max(0, at - 1) : at + _NEXT + 1]
        for step, q in enumerate(run.numbers[at + 1 : at + _NEXT]):
            if not p.value or not q.value or (may is not None and not may[at][step]):
                continue
            low, high = p.low + q.low, p.high + q.high
            for total in run.stated(low, high, beside):
                if total is not p and total is not q:
                    yield from _three(total, p, q, f"{run.kind} sum", run.search)
            if abs(p.value) != abs(q.value):
                big, small = (p, q) if p.value > q.value else (q, p)
                low, high = big.low - small.high, big.high - small.low
                if high > 0:
                    for rest in run.stated(low, high, beside):
                        if rest is not p and rest is not q and rest.value:
                            yield from _three(big, small, rest, f"{run.kind} rest", run.search)


def _three(total: Number, p: Number, q: Number, how: str, search: _Search) -> Iterator[Candidate]:
    """The readings of total = p + q."""
    numbers = search.numbers
    p, q = (p, q) if p.at < q.at else (q, p)
    if not search.new(total, (p, q)):
        return
    chance = _TRIED * numbers.chance(total, p.low + q.low, p.high + q.high, name=total.name if total.name == p.name == q.name else "")
    pairs = ((total, p), (total, q), (p, q))
    if chance > _ACCIDENTS and not {place(*two) for two in pairs} <= _TOGETHER:
        return
    if not _sound(total, (p, q)):
        return
    if (p.fact.cell is None) != (q.fact.cell is None) and not any(likeness(*two) in ("equal", "inside") for two in pairs):
        return
    text = numbers.text
    shared = joined(pair("total p", total, p, text), pair("total q", total, q, text), pair("p q", p, q, text), _shared(total, p, q, log(chance), how))
    if not siblings(total, p, text) and not siblings(total, q, text):
        roles = {"total": (total.id,), "parts": (p.id, q.id)}
        yield Candidate(type="sum", roles=roles, group=_group((p, q)), features=joined(shared, _two(total, p, q)))
    for rest, less in ((q, p), (p, q)):
        # what is left is said to be, else any two numbers are a difference
        said = rest.kind == "delta" or says(_REST, rest.before[-10:], rest.words)
        if said and ("result", rest.id) not in search.known.closed:
            own = _difference(rest, total, less, rest is q)
            two = pair("rest total", rest, total, text), pair("rest less", rest, less, text)
            roles = {"result": (rest.id,), "minuend": (total.id,), "subtrahend": (less.id,)}
            yield Candidate(type="diff", roles=roles, group=f"diff {rest.id}", features=joined(shared, *two, own))


def _longer(run: _Run) -> Iterator[Candidate]:
    """Sums of three parts and more; in a column once more without what stands below its own subtotal (其中)."""
    below: dict[int, int] = {}
    numbers, search, column = run.numbers, run.search, run.kind == "column"
    most = _TABLE if column else _PROSE
    members = {number.id for number in numbers}
    reached = reaches(numbers, run.crowd, most)
    for nested in (False, True):
        for first in _reaching(below, most) if nested else range(len(numbers)):
            at, parts, low, high = first, list[Number](), 0.0, 0.0
            ahead = numbers[max(0, first - 1) : first]
            while at < len(numbers) and len(parts) < (most if nested else reached[first]):
                part = numbers[at]
                parts.append(part)
                low, high, at = low + part.low, high + part.high, below.get(at, at + 1)
                if len(parts) < 3 or high <= 0:
                    continue
                for total in run.stated(low, high, ahead + numbers[at : at + 1]):
                    if any(total is one for one in parts):
                        continue
                    before = first > 0 and numbers[first - 1] is total
                    after = at < len(numbers) and numbers[at] is total
                    where = "before" if before else "after" if after else "run" if total.id in members else "far"
                    if where == "far" and len(parts) > _PROSE:
                        continue
                    if before and not nested and column:
                        below[first - 1] = at
                    if search.new(total, parts) and _sound(total, parts):
                        whole = first == 0, at >= len(numbers)
                        yield from _sum(total, parts, (low, high), (run.kind, where), whole, nested, search)
            if not nested and column and first + 2 < len(numbers):
                head, p, q = numbers[first : first + 3]
                if head.value > 0 and head.low <= p.high + q.high and head.high >= p.low + q.low:
                    below.setdefault(first, first + 3)


def _reaching(below: Iterable[int], most: int) -> list[int]:
    """The places from which so many parts reach one of those in ``below``: from all others the sums are those already seen."""
    return sorted({first for at in below for first in range(max(0, at - most + 1), at + 1)})


def _sum(
    total: Number, parts: list[Number], reach: tuple[float, float], where: tuple[str, str], whole: tuple[bool, bool], nested: bool, search: _Search
) -> Iterator[Candidate]:
    text = search.numbers.text
    name = total.name if all(part.name == total.name for part in parts) else ""
    chance = _RUNS * search.numbers.chance(total, *reach, name=name)
    if (where[1] == "far" and chance > _ACCIDENTS) or any(siblings(total, part, text) for part in (parts[0], parts[-1])):
        return
    pairs = pair("total first", total, parts[0], text), pair("first last", parts[0], parts[-1], text)
    features = joined(*pairs, _many(total, parts, log(chance), where, whole, nested))
    roles = {"total": (total.id,), "parts": tuple(part.id for part in parts)}
    yield Candidate(type="sum", roles=roles, group=_group(parts), features=features)


def _group(parts: Sequence[Number]) -> str:
    """Parts of the same values are the same parts, stated elsewhere."""
    return " ".join(("sum", parts[0].family, *sorted(f"{part.value:.6g}" for part in parts)))


def _sound(total: Number, parts: Sequence[Number]) -> bool:
    """Whether the total is no round figure and the parts tell in it, none is per head, and cells stand in line."""
    if total.fact.quantity.bound != "=":
        return False
    slack = total.slack + sum(part.slack for part in parts)
    if min((abs(part.value) for part in parts if part.value), default=0.0) <= 2 * slack:
        return False
    if sum(part.value != 0 for part in parts) < 2 or any(contrary(total, part) and total.words[-2:] != part.words[-2:] for part in parts):
        return False
    if any(_PER.search(number.before[-6:] + number.words) for number in (total, *parts)):
        return False
    cells = [part.fact.cell for part in parts if part.fact.cell is not None]
    own = total.fact.cell
    if own is not None:
        inside = [cell for cell in cells if cell.table == own.table]
        if any(cell.column != own.column and cell.row != own.row for cell in inside) or len({cell.column == own.column for cell in inside}) > 1:
            return False
    one_table = len(cells) == len(parts) and len({cell.table for cell in cells}) == 1
    return not (one_table and len({cell.column for cell in cells}) > 1 and len({cell.row for cell in cells}) > 1)


def _shared(total: Number, p: Number, q: Number, chance: int, how: str) -> Features:
    span = max(total.at, q.at) - min(total.at, p.at)
    rows = total.fact.cell is not None and p.fact.cell is not None and total.fact.cell.table == p.fact.cell.table
    gap = total.fact.cell.row - p.fact.cell.row if rows and total.fact.cell and p.fact.cell else ""
    return {
        "evidence": (
            f"chance {chance}",
            f"digits {min(total.digits, p.digits, q.digits)}",
            f"digits of all {min(12, total.digits + p.digits + q.digits)}",
            f"chance {chance} {min(span, 5)}",
            f"chance {chance} {place(total, p)} {place(p, q)}",
            f"equal {p.value == q.value}",
        ),
        "place": (f"how {how}", f"span {min(span, 12)}", f"rows {gap}"),
        "cues": (f"total {says(_TOTAL, total.before[-8:], total.words)}", f"before {total.before[-2:]}"),
        "kinds": (f"kinds {total.kind} {p.kind} {q.kind}", f"family {total.family}"),
    }


def _two(total: Number, p: Number, q: Number) -> Features:
    return {
        "place": (f"order {total.at < p.at} {total.at < q.at}", "two"),
        "words": (f"names {p.words == q.words} {p.words == total.words} {q.words == total.words}",),
        "cues": (f"lead {says(_LEAD, p.before[-10:])}", f"rest q {says(_REST, q.before[-8:])}", f"rest p {says(_REST, p.before[-8:])}"),
        "kinds": (f"subjects {p.fact.subject != q.fact.subject} {bool(p.fact.subject)}",),
    }


def _difference(rest: Number, total: Number, less: Number, last: bool) -> Features:
    return {
        "place": (f"last {last}", f"order {rest.at > total.at} {rest.at > less.at} {total.at < less.at}"),
        "words": (f"names {rest.words == total.words} {rest.words == less.words} {less.words == total.words}",),
        "cues": (f"rest {says(_REST, rest.before[-10:], rest.words)}", f"less {says(_REST, less.before[-8:])}", f"before {rest.before[-2:]}"),
        "kinds": (f"kinds of three {rest.kind} {total.kind} {less.kind}",),
    }


def _many(total: Number, parts: Sequence[Number], chance: int, where: tuple[str, str], whole: tuple[bool, bool], nested: bool) -> Features:
    count, first, last = len(parts), parts[0], parts[-1]
    alike = sum(part.words == total.words for part in parts)
    names = {part.words for part in parts}
    own, end = total.fact.cell, last.fact.cell
    inside = own is not None and end is not None and own.table == end.table
    gap = max(-4, min(4, own.row - end.row)) if inside and own and end else ""
    return {
        "evidence": (
            f"chance {chance}",
            f"digits {total.digits}",
            f"chance {chance} {where}",
            f"zeros {2 * sum(not part.value for part in parts) > count}",
            f"largest {total.value > max(part.value for part in parts)}",
        ),
        "place": (
            f"count {min(count, 8)}",
            f"where {where}",
            f"whole {whole}",
            f"nested {nested}",
            f"sentence {len({part.fact.sentence for part in parts}) == 1}",
            f"unbroken {last.at - first.at == count - 1}",
            f"rows {gap}",
        ),
        "words": (f"alike {alike == count} {not alike}", f"distinct {len(names) == count}", f"one {len(names) == 1} {first.words == total.words}"),
        "cues": (
            f"total {says(_TOTAL, total.before[-8:], total.words)}",
            f"lead {says(_LEAD, first.before[-10:])}",
            f"after {total.after[:2]}",
            f"last {last.after[:1]}",
        ),
        "kinds": (
            f"kinds {len(kinds(parts))} {total.kind in kinds(parts)}",
            f"kinds {total.kind} {first.kind}",
            f"subjects {len({part.fact.subject for part in parts}) == count}",
        ),
    }


FINDER = find
