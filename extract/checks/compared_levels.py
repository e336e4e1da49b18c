"""G355 compared-levels: 决算数大于预算数 is said of two figures, and they are so.

What:
    A remark that one figure is above, below or equal to another, beside both figures in the same paragraph.

Why:
    The reason that is given (人员增加, 厉行节约) explains a difference that does not exist: the remark was copied from another item
    or another year, and the figures or the reason are wrong.

Fires:
    培训费年初预算为12.60万元，支出决算为9.84万元。决算数大于预算数的主要原因：增加培训班次。

Left alone:
    培训费年初预算为12.60万元，支出决算为9.84万元。决算数小于预算数的主要原因：压减线下培训。

False alarms:
    None known.

Source:
    The remarks that the template of departmental final accounts asks for below each item (财政部《地方预决算公开操作规程》); observed in reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extract.intervals import meet
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact, Span

_CLAIM = regex.compile(
    r"(?P<actual>(?:支出)?决算数?|执行数|实际支出数?)(?:(?P<more>大于|高于|多于|超过|超出)|(?P<less>小于|低于|少于)|(?P<same>等于))"
    r"(?:年初|全年|当年|本年)?(?P<plan>预算数?)(?=的?(?:主要)?原因|[，。；：:])"
)
_ACTUAL = regex.compile(r"决算|执行数|实际支出|支出数")
_PLAN = regex.compile(r"预算(?!执行)(?:数|为|安排|批复|$)|预算$")
_WAYS = {"more": ("大于", "above"), "less": ("小于", "below"), "same": ("等于", "equal to")}


def find(context: Context) -> Iterator[Relation]:
    """Remarks with the nearest planned and actual amount before them in their paragraph."""
    for number, block in enumerate(context.document.blocks):
        facts = context.by_block.get(number)
        if not facts or block.kind == "cell":
            continue
        for match in _CLAIM.finditer(context.text, block.span.start, block.span.end):
            before = [fact for fact in facts if fact.quantity.span.end <= match.start() and fact.quantity.dimension == "money"]
            pair = _pair(context, before)
            if pair is None:
                continue
            plan, actual = pair
            way = next(name for name in _WAYS if match[name])
            holds = _holds(actual, plan, way)
            said, english = _WAYS[way]
            note = f"文中称决算数{said}预算数" + ("，相符" if holds else "，数字并非如此")
            yield Relation(
                type="implied",
                roles={"facts": (plan.id, actual.id)},
                holds=holds,
                places=(Span(*match.span()),),
                note=note,
                note_en=f"The text says that the actual amount is {english} the budget; the figures {'are so' if holds else 'are not'}",
            )


def _pair(context: Context, before: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """(planned, actual): the last actual amount and the last planned one in front of it, named as such in one sentence."""
    for at in range(len(before) - 1, 0, -1):
        actual, plan = before[at], before[at - 1]
        if actual.sentence != plan.sentence or actual.kind != "level":
            continue
        words = (plan.mention.text + _said(context, plan), actual.mention.text + _said(context, actual))
        if _PLAN.search(words[0]) and _ACTUAL.search(words[1]) and not _PLAN.search(words[1]):
            return plan, actual
    return None


def _said(context: Context, fact: Fact) -> str:
    """The words of the fact's clause in front of its number."""
    return context.before(fact, fact.clause)


def _holds(actual: Fact, plan: Fact, way: str) -> bool:
    a, b = actual.quantity.interval, plan.quantity.interval
    if way == "same":
        return meet(a, b)
    if actual.quantity.value is not None and actual.quantity.value == plan.quantity.value:
        return False
    upper, lower = (a, b) if way == "more" else (b, a)
    return upper.high is None or lower.low is None or upper.high > lower.low


CHECK = CheckRule(code="G355", name="compared-levels", severity="warning", find=find)
