"""Rates of running text whose figures stand in a table.

The paragraph is about a row of it (（一）道路运输业。事故起数占全区总数的40.6%), names several (甲、乙两镇…直接经济损失占全县的62.0%), or states
what was done, and the row what was planned (接待费5.52万元，完成预算的69%).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extract.checks._prose import Place, is_share, squeezed, streams
from extract.checks._rates import fits
from extract.checks._tables import TOTAL, Grid, grids
from extract.checks._topics import topics
from extract.checks._words import alike, core
from extract.checks._year_columns import of_now
from extract.relations import Context, Relation, once
from extract.types import Fact

_OF_ALL = re.compile(
    r"(?P<what>[^，。；：、]{2,12}?)(?:仅|约|就|也)?占(?:到|了)?(?:全[省市县区镇乡国州街部局校系统]{1,2}|总数|总量|总额|全部|合计)(?:总[数量额])?的?"
    r"(?:比重|比例)?(?:为|达到?|约|近)*$"
)
_SEVERAL = re.compile(
    r"(?P<names>[^，。；：]{3,40}?)(?:[两二三四五六七八九十]|\d)个?(?:镇街|镇|乡|街道|县|区|市|村|单位|地|部门|行业|领域|公司|中心)"
)
_SUFFIX = re.compile(r"(?:街道办事处|街道|镇|乡|县|区|市|村|局|公司|中心|行业|业)$")
_JOIN = re.compile(r"[、和及与]")
_DONE = re.compile(r"完成了?(?P<year>年初|全年|调整后?|年度|当年)?(?P<what>预算|计划|目标|任务)(?:数|额|值|总额)?的(?:约|近)?$")
MOST = 8
"""So many rows of one label, or with one figure, are tried."""
DIGITS = 3
"""A figure of fewer digits stands in many rows."""


@dataclass(frozen=True, slots=True)
class _Rows:
    by_label: Mapping[str, tuple[tuple[Grid, int], ...]]
    by_value: Mapping[tuple[object, str], tuple[tuple[Grid, int], ...]]
    totals: Mapping[int, int]
    """The total row of each table that has one, by the table's index."""


def ratios(context: Context) -> Iterator[Relation]:
    """The rates of the prose with the cells that they are computed from."""
    for stream in streams(context):
        for place in stream.places:
            if place.fact.cell is not None or not is_share(place.fact):
                continue
            done = _DONE.search(place.clause)
            if done is not None:
                before = next((p for p in stream.back(place.at, MOST) if p.sentence == place.sentence and _main(p, place)), None)
                if before is not None:
                    yield from _planned(context, place, before, done)
                continue
            told = _OF_ALL.search(place.clause)
            if told is not None:
                yield from _of_all(context, place, told["what"])


def _main(place: Place, rate: Place) -> bool:
    """Whether a level is what the sentence is about: no average, no number of visits beside the money."""
    return place.level and place.quantity.dimension == "money" and place.bracket == rate.bracket and "均" not in place.clause


def _planned(context: Context, rate: Place, done: Place, words: re.Match[str]) -> Iterator[Relation]:
    """The row that states what was done, and what it says was planned."""
    if len(done.quantity.digits.replace(".", "")) < DIGITS:
        return
    found: list[Fact] = []
    for grid, row in _rows(context).by_value.get((done.quantity.value, done.quantity.dimension), ())[:MOST]:
        if not alike(grid.label(row), done.fact.mention.text) and not TOTAL.search(grid.label(row)):
            continue
        for column in grid.columns:
            fact = grid.facts.get((row, column))
            title = grid.title(column)
            if fact is None or words["what"] not in title or (words["year"] and words["year"][:2] not in title):
                continue
            if fact.quantity.dimension == done.quantity.dimension and fact.quantity.value != done.quantity.value:
                found.append(fact)
    chosen = next((fact for fact in found if fits(rate.fact, [done.fact], [fact])), None)
    if chosen is not None:
        yield _relation(rate.fact, (done.fact,), chosen, sure=True)
    elif len({fact.quantity.value for fact in found}) == 1:
        yield _relation(rate.fact, (done.fact,), found[0], sure=rate.quantity.bound == "=")


def _of_all(context: Context, rate: Place, what: str) -> Iterator[Relation]:
    """A share of the total row: of the row that the paragraph is about, or of the rows that the sentence names."""
    rows = _rows(context)
    named = [found for words in topics(context, rate.fact) if (found := rows.by_label.get(core(words)))]
    groups: list[list[tuple[Grid, int]]] = [[one] for found in named for one in found]
    for several in _SEVERAL.finditer(squeezed(context.before(rate.fact, rate.fact.sentence))):
        names = [name for name in _JOIN.split(several["names"]) if name]
        labels = [rows.by_label.get(_SUFFIX.sub("", name), ()) for name in names]
        if len(names) > 1 and all(labels):
            for grid, row in labels[0]:
                others = [next((one for one in found if one[0] is grid), None) for found in labels[1:]]
                if None not in others:
                    groups.append([(grid, row), *(one for one in others if one is not None)])
    found_: list[tuple[tuple[Fact, ...], Fact]] = []
    for group in groups[:MOST]:
        grid = group[0][0]
        total = rows.totals.get(grid.index)
        if total is None:
            continue
        for column in of_now(grid):
            whole = grid.facts.get((total, column))
            parts = [grid.facts.get((row, column)) for _, row in group]
            title = grid.title(column).replace("/", "")
            if whole is None or None in parts or not (alike(what, title) or what in title):
                continue
            one = tuple(part for part in parts if part is not None), whole
            if one not in found_:
                found_.append(one)
    chosen = next((one for one in found_ if fits(rate.fact, *_sides(one))), None)
    if chosen is not None:
        yield _relation(rate.fact, *chosen, sure=True)
    elif len(found_) == 1:
        yield _relation(rate.fact, *found_[0], sure=rate.quantity.bound == "=")


def _sides(one: tuple[tuple[Fact, ...], Fact]) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    return one[0], (one[1],)


def _relation(rate: Fact, num: tuple[Fact, ...], den: Fact, *, sure: bool) -> Relation:
    roles = {"rate": (rate.id,), "num": tuple(fact.id for fact in num), "den": (den.id,)}
    return Relation(type="ratio", roles=roles, certain=sure)


@once
def _rows(context: Context) -> _Rows:
    by_label: dict[str, list[tuple[Grid, int]]] = {}
    by_value: dict[tuple[object, str], list[tuple[Grid, int]]] = {}
    totals: dict[int, int] = {}
    for grid in grids(context):
        for row in grid.body:
            label = grid.label(row)
            if TOTAL.search(label):
                totals.setdefault(grid.index, row)
            for name in {core(label), _SUFFIX.sub("", label)}:
                by_label.setdefault(name, []).append((grid, row))
        for (row, _), fact in grid.facts.items():
            by_value.setdefault((fact.quantity.value, fact.quantity.dimension), []).append((grid, row))
    return _Rows({k: tuple(v[:MOST]) for k, v in by_label.items()}, {k: tuple(v[:MOST]) for k, v in by_value.items()}, totals)
