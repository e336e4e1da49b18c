"""R304 average: a stated average follows from its total and the number of things, or the time, that it is of.

What:
    件均2.36万元 beside 164 cases and fines of 386.7万元, 平均每期120人次, 日均3.5起, 每万人8.5起: total ÷ number lies in the interval that the
    average as printed stands for; the same down a column of averages (人均产值) beside the columns that it is computed from;
    a column or a row 平均 against the figures before or above it (评委1 … 评委5 平均). Where total or
    number stands elsewhere (出资512万元，户均1208元, of the 4238户 that the document states again and again; 20家规上企业平均产值), a power of ten or
    a slip of the pen has to explain a miss.

Why:
    Averages are quoted without their figures and compared between bodies and years. One that its own figures do not give was carried over
    or mistyped, or its figures were.

Fires:
    全年举办培训班54期，培训6480人次，平均每期210人次。

Left alone:
    全年举办培训班54期，培训6480人次，平均每期120人次。

False alarms:
    An average over things that the sentence does not state, beside a number of other things in the same unit.

Source:
    observed in reports

In Chinese:
    平均数应由总数和个数（或时间）算得出：件均、人均、日均、每万人等。
    句中没有写明对象、旁边另有同单位个数的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, permutations

from extract import intervals as iv
from extract.checks._averages_apart import averages_apart
from extract.checks._figures import figure, plain, unit_label
from extract.checks._means_by_name import means_by_name
from extract.checks._prose_average import Average, averages
from extract.checks._table_means import table_means
from extract.checks._tables import Grid, grids
from extract.checks._values import middle
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact

HEADED = re.compile(r"[人户件案场期班次亩床单项吨日天月村校]均|均价|平均|每|单产|亩产|单价")
MANY = re.compile(r"每(?P<many>十万|百万|[百千万])")
ASIDE = re.compile(r"率|占比|比重|比例|%|％|排名|得分")
_TIMES = {"百": Decimal("1E2"), "千": Decimal("1E3"), "万": Decimal("1E4"), "十万": Decimal("1E5"), "百万": Decimal("1E6")}
ROWS = 24
COLUMNS = 9
ENOUGH = 2
"""A pair of columns is believed if so many other rows keep it, three of four at least."""


def find(context: Context) -> Iterator[Relation]:
    """Averages of sentences and of columns."""
    known: set[str] = set()
    for one in averages(context):
        if one.holds is not None:
            yield _relation(one, certain=one.sure)
            known |= {one.average.id} if one.sure else set()
    for one in means_by_name(context, known):
        yield _relation(one, certain=one.sure)
    yield from averages_apart(context, known)
    for grid in grids(context):
        yield from _columns(grid)
    yield from table_means(context)


def _columns(grid: Grid) -> Iterator[Relation]:
    """A column headed 人均 or 平均 against each pair of columns on some rows: the pair that most rows keep."""
    plain_ = [c for c in grid.columns if not HEADED.search(grid.title(c)) and not ASIDE.search(grid.title(c))][:COLUMNS]
    for column in grid.columns:
        title = grid.title(column)
        if not HEADED.search(title) or ASIDE.search(title):
            continue
        many = MANY.search(title)
        times = _TIMES[many["many"]] if many is not None else Decimal(1)
        best: list[Average] = []
        kept = 0
        for total, number in permutations(plain_, 2):
            sample = [one for row in islice(grid.body, ROWS) if (one := _row(grid, row, column, total, number, times))]
            passes = sum(one.holds is True for one in sample)
            if passes > max(kept, ENOUGH) and passes * 4 >= len(sample) * 3:
                kept = passes
                best = [one for row in grid.body if (one := _row(grid, row, column, total, number, times))]
        kept = sum(one.holds is True for one in best)
        for one in best:
            if one.holds is not None:
                yield _relation(one, certain=kept > ENOUGH and kept * 4 >= (len(best) - 1) * 3)


def _row(grid: Grid, row: int, column: int, total: int, number: int, times: Decimal) -> Average | None:
    average, whole, count = (grid.facts.get((row, c)) for c in (column, total, number))
    if average is None or whole is None or count is None or not count.quantity.value or not _summed(average, whole):
        return None
    return Average(average=average, total=whole, divisor=count, times=times, sure=True)


def _summed(average: Fact, total: Fact) -> bool:
    """Whether a column can hold what another one is the average of: money by people gives money."""
    return average.quantity.dimension in (total.quantity.dimension, "", "per")


def _relation(one: Average, *, certain: bool) -> Relation:
    stated = one.average.quantity
    scale = stated.scale
    whole = middle(one.total.quantity) or iv.ZERO
    under = (middle(one.divisor.quantity) or iv.ZERO) / one.times if one.divisor is not None else 1 / one.times
    computed = whole / under / scale if under else iv.ZERO
    places = iv.decimals_of(stated.digits) + (1 if iv.decimals_of(stated.digits) else 2)
    shown = plain(round(computed, places))
    note = f"{plain(whole / scale)} ÷ {plain(round(under, 4))} = {shown} {'≈' if one.holds else '≠'} {figure(stated)}".rstrip()
    if not one.holds:
        note = f"平均数与所列数据不符：{note}"
    words = f"The stated figures give an average of {shown} {unit_label(stated)}, not {figure(stated)}"
    return Relation(type="implied", roles={"facts": one.facts}, holds=one.holds, certain=certain, note=note, note_en=words)


CHECK = CheckRule(code="R304", name="average", name_zh="平均数", severity="error", find=find, equation=False)
