"""Where a list ends, and what goes on behind its semicolon."""

from __future__ import annotations

from itertools import pairwise

from extract.checks._divisions import ends
from extract.checks._list_words import divides, enumerated, label_of, weight_of
from extract.checks._lists.divided import exceeds_together, take_down
from extract.checks._lists.reader import Reader
from extract.checks._lists.region import gap_between
from extract.checks._lists.some import take_some
from extract.checks._lists.totals import adjoins
from extract.checks._lists.words import COMPARED
from extract.checks._prose import Place
from extract.checks._slips import LONG, credible, explained, mended, significant
from extract.checks._tally import adds_up
from extract.checks._words import bare


def divide_segments(reader: Reader, totals: list[Place], region: list[Place], *, strong: bool, weak: bool, mixed: bool, opened: bool = False) -> None:
    """The parts up to where the list ends; what follows a semicolon may divide the same total once more."""
    if len(region) < 2:
        take_some(reader, totals, region)
        return
    readings = _readings(reader, region)
    for total in totals:
        for n, reading in enumerate(readings):
            if len(reading) > 1 and adds_up(total.quantity, [p.quantity for p in reading]):
                reader.tally.add(total, reading, sure=strong or n == 0, holds=True)
                rest = region[len(reading) :]
                again(reader, total, rest)
                return
    for total in totals:
        pieces = pieces_of(reader, region)
        if any(len(piece) > 1 and adds_up(total.quantity, [p.quantity for p in piece]) for piece in pieces):
            # 隐患1247项，其中一般隐患1241项、重大隐患8项；三镇依次为426项、285项、536项: both are told to divide it
            for piece in pieces:
                again(reader, total, piece, divided=piece is pieces[0] and (divides(reader.stream, piece) or enumerated(reader.stream, total, piece)))
            return
    plain = readings[0]
    first, second = plain[:2]
    if weak and not strong and not mixed and not reader.wide and opened and weight_of(gap_between(reader, first, second)) == 3:
        # 18.6万卷，其中文书12.1万卷；接待2316人次，利用5412卷次, but not 其中甲税收到5亿元，完成…；乙税收到3亿元
        between = reader.stream.places[first.at + 1 : second.at]
        alike_ = bare(first.clause)[-2:] == bare(second.clause)[-2:] and not any(p.level for p in between)
        parallel = len(plain) > 2 and [p.quantity.unit for p in between] == [
            p.quantity.unit for p in reader.stream.places[second.at + 1 : plain[2].at]
        ]
        plain = plain if alike_ or parallel else plain[:1]
    if weak and not mixed:
        lists = (reading for reading in readings if len(reading) > 1 and not _stands_apart(reader, reading))
        plain = next((reading for reading in lists if divides(reader.stream, reading) or _too_much(totals[0], reading)), plain)
    # 任务1.6万亩，实际建成1.62万亩，…面积分别为: what was planned is not divided
    reached = [t for t in totals if t.fact.kind == totals[0].fact.kind or t.fact.kind != "target"]
    several = len({t.quantity.value for t in reached}) > 1 and not adjoins(reader, totals[0], region[0])
    take_down(reader, totals, plain, strong=strong and not several and not mixed, weak=weak, several=several or mixed, divided=strong)
    for piece in pieces_of(reader, region)[1:] if plain == pieces_of(reader, region)[0] else ():
        again(reader, totals[0], piece)


def _too_much(total: Place, parts: list[Place]) -> bool:
    """682人，其中甲421人、乙185人，丙85人: whether a comma goes on with a list that is more than its total by a slip of the pen."""
    compared = any(COMPARED.search(place.clause) for place in parts)  # 14户、退库5户，比上年末的109户
    telling = len(significant(total.fact)) >= LONG
    return telling and not compared and exceeds_together(total, parts) and explained(total.quantity, [p.quantity for p in parts])


def _stands_apart(reader: Reader, parts: list[Place]) -> bool:
    """其中重大隐患42处；已整改7208处，其余117处: the first is set off by a semicolon from what a comma joins."""
    marks = [weight_of(gap_between(reader, a, b)) for a, b in pairwise(parts)]
    return marks[0] == 3 and any(mark < marks[0] for mark in marks[1:])


def pieces_of(reader: Reader, region: list[Place]) -> list[list[Place]]:
    """The parts of a region between semicolons."""
    pieces = [region[:1]]
    for a, b in pairwise(region):
        if weight_of(gap_between(reader, a, b)) == 3:
            pieces.append([])
        pieces[-1].append(b)
    return pieces


def again(reader: Reader, total: Place, parts: list[Place], *, divided: bool = False) -> None:
    """One more list that divides a total which another list of the sentence divides already; ``divided`` if its words say so."""
    if len(parts) < 2:
        return
    quantities = [p.quantity for p in parts]
    if adds_up(total.quantity, quantities):
        reader.tally.add(total, parts, sure=False, holds=True)
    elif credible(total.quantity, quantities) or ((divided or ends([label_of(p) for p in parts])) and mended(total.quantity, quantities)):
        reader.tally.add(total, parts, sure=False, holds=False, suspected=True)


def _readings(reader: Reader, region: list[Place]) -> list[list[Place]]:
    """Where the list may end: at the first mark that divides more than the one between its first two parts."""
    marks = [weight_of(gap_between(reader, a, b)) for a, b in pairwise(region)]
    ends = [n for n, mark in enumerate(marks) if mark > marks[0]]
    found = [region[: end + 1] for end in ends[:3]]
    found.append(region)
    # a list does not end between two names that 、 joins
    found.extend(region[:size] for size in range(len(region) - 1, 1, -1) if marks[size - 1] > 1)
    unique: list[list[Place]] = []
    for reading in found:
        if reading not in unique:
            unique.append(reading)
    return unique
