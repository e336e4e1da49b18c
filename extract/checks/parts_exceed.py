"""S202 parts-exceed: a part is not larger than its whole.

What:
    Every figure that prose tells as a part of another one (其中, 含, 包括), or a row of a table as a part of the row above
    (其中：税收收入), against that other one; and the numerator of a share against its denominator.
    Classes from a size upwards (亿元以上, 5亿元以上), some of a number of things (21个乡镇中，…17个), what was added of the running total,
    what a sentence counts of what it begins with (查处的车辆中，…；移交1640辆), what a row says was paid of what was spent, and parts under a
    heading that names the row of a table.
    Later stages (立案, 办结) and parts of the time (春节期间) are looked at too; what they exceed is put up for review, unless nothing
    left over from before explains it (有效问卷, 满意).

Why:
    A part above its whole is wrong by itself, whatever else the report says.

Fires:
    全年检查企业846家次，其中存在问题的1173家次。

Left alone:
    全年检查企业2846家次，其中存在问题的1173家次。

False alarms:
    其中 that goes back to a figure further up than the last one of its unit.

Source:
    observed in reports

In Chinese:
    部分不应大于整体：其中数、占比的分子、表中“其中”行。
    “其中”所指是更前面的另一个同单位数的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._column_sums import columns_of
from extract.checks._lists import lists
from extract.checks._nested import nested
from extract.checks._prose import like, squeezed
from extract.checks._rates import Ratio, mistyped, slipped
from extract.checks._ratios import ratios
from extract.checks._row_of_section import parts_of_rows
from extract.checks._row_remarks import paid
from extract.checks._spans_of_time import within
from extract.checks._stages import stages
from extract.relations import CheckRule, Context, Relation

_TAKES = re.compile(r"[，（]?占[^，。；（）]{0,30}")
_OF = re.compile(r"的(?:比[例重])?(?:约|近|超过?|达到?|为)?")


def find(context: Context) -> Iterator[Relation]:
    """Parts with their wholes."""
    for found in lists(context).parts:
        yield Relation(type="part", roles={"whole": (found.whole.fact.id,), "part": (found.part.fact.id,)}, certain=found.sure)
    for columns in columns_of(context).values():
        for share in columns.shares:
            yield Relation(type="part", roles={"whole": (share.whole.id,), "part": (share.part.id,)}, certain=share.sure)
    for one in nested(context):
        yield Relation(type="part", roles={"whole": (one.whole.id,), "part": (one.part.id,)})
    for whole, part in (*paid(context), *parts_of_rows(context)):
        yield Relation(type="part", roles={"whole": (whole.id,), "part": (part.id,)})
    for stage in stages(context):
        yield Relation(type="part", roles={"whole": (stage.whole.id,), "part": (stage.part.id,)}, certain=stage.sure)
    for time in within(context):
        yield Relation(type="part", roles={"whole": (time.whole.id,), "part": (time.part.id,)})
    for ratio in ratios(context):
        if ratio.part and not ratio.also and len(ratio.den) == 1 and like(ratio.num.quantity, ratio.den[0].quantity):
            # a numerator too large for its denominator, and no slip that the rate would explain: of another whole
            told = slipped(ratio.rate, ratio.num, ratio.den[0]) or mistyped(ratio.rate, ratio.num, ratio.den[0])
            certain = _spelt_out(ratio, context) or (ratio.sure and ratio.share and told)
            yield Relation(type="part", roles={"whole": (ratio.den[0].id,), "part": (ratio.num.id,)}, certain=certain)


def _spelt_out(ratio: Ratio, context: Context) -> bool:
    """民生支出34.3亿元，占一般公共预算支出42.6亿元的八成以上: whole and share are told in one breath."""
    whole, share = ratio.den[0], ratio.rate
    if not ratio.num.quantity.extent.end <= whole.quantity.extent.start < share.quantity.extent.start:
        return False
    told = _TAKES.fullmatch(squeezed(context.between(ratio.num, whole)))
    return told is not None and _OF.fullmatch(squeezed(context.between(whole, share))) is not None


CHECK = CheckRule(code="S202", name="parts-exceed", name_zh="分项超过总数", severity="error", find=find)
