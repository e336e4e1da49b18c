"""T405 claimed-order: what is said to be above or below the budget, or a mark, is.

What:
    决算数小于预算数, 大于年初预算, 与预算数持平 behind the two figures: the figure settled stands to the budget as the words say.
    感染率0.31%，低于0.5%的控制线: the figure right before stands to the mark as the words say.

Why:
    The sentence opens the explanation of a difference. Where the figures differ the other way, the explanation, or a figure, is that of
    another year or item.

Fires:
    行政运行年初预算为120.50万元，支出决算为131.20万元，完成年初预算的108.88%。决算数小于预算数的主要原因是人员减少。

Left alone:
    行政运行年初预算为120.50万元，支出决算为131.20万元，完成年初预算的108.88%。决算数大于预算数的主要原因是人员增加。

False alarms:
    A budget after adjustment that the sentence means and does not state.

Source:
    The remarks that the template of departmental final accounts asks for below each item; observed in reports

In Chinese:
    称决算数大于、小于预算数或与之持平的，应与前面两个数的大小一致；称低于或高于某标准、控制线的，前面的数应确实如此。
    句中所指是没有写出的调整后预算的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.checks._figures import figure
from extract.checks._prose import CHANGES, Place, Stream, streams
from extract.checks._prose_target import targets
from extract.relations import CheckRule, Context, Relation

SAYS = re.compile(
    r"(?:决算数?|支出数|执行数)(?:比|较|与|和)?(?:(?P<more>大于|高于|超过|超出)|(?P<less>小于|低于)|等于)?[^，。；]{0,4}预算数?(?P<even>(?:基本)?(?:持平|一致|相符|相等|相同))?"
)
PLANNED = re.compile(r"预算(?!.*(?:决算|支出|执行))[^，。；]{0,6}$")
SETTLED = re.compile(r"(?:决算|支出|执行)(?:数|额|合计)?[为是共计]*$")
ADJUSTED = re.compile(r"全年预算|调整|追加|调[增减]")
SHARE = re.compile(r"的$")
MARK = re.compile(r"[A-Za-z]{0,8}，(?:均|都|仍|也|远|明显|略|大大)*")
SIDES = {"<": "低于", ">": "高于"}
MARKED = re.compile(r"的?[^，。；、（）\d]{0,6}(?:标准|控制[线值]|警戒[线值]|考核[线值]|问责线|红线|限值|上限|下限|目标值?|要求)(?=[，。；）]|$)")
OF_ANOTHER = re.compile(r"[比较与]|[上去前]年|年初|同期|目标|计划|标准")
BACK = 8
NEARLY = 20
"""持平 and 基本一致 allow a twentieth; beyond that they are a matter of taste."""


def find(context: Context) -> Iterator[Relation]:
    """Claims of running text about a settlement and its budget."""
    known = {(one.roles["target"], one.roles["actual"]) for one in targets(context) if one.type == "target"}
    for stream in streams(context):
        for place in stream.places:
            said = SAYS.search(stream.after(place.at))
            if said is not None and (said["more"] or said["less"] or said["even"] or "等于" in said[0]):
                found = _two(stream, place, at_first="年初" in said[0])
                if found is not None:
                    yield _relation(*found, said)
            yield from (one for one in _marked(stream, place) if (one.roles["facts"][1:], one.roles["facts"][:1]) not in known)


def _marked(stream: Stream, mark: Place) -> Iterator[Relation]:
    """感染率0.31%，低于0.5%的控制线: the figure right before, and the mark that it is said to be below."""
    side = SIDES.get(mark.quantity.bound)
    level = stream.places[mark.at - 1] if mark.at else None
    if side is None or not MARK.fullmatch(mark.lead) or level is None or level.sentence != mark.sentence or level.bracket != mark.bracket:
        return
    if not MARKED.match(stream.after(mark.at)) or OF_ANOTHER.search(level.clause) or level.fact.kind in (*CHANGES, "target"):
        return
    a, b = level.quantity, mark.quantity
    if a.bound != "=" or a.value is None or b.value is None or a.unit != b.unit or a.scale != b.scale or a.value == b.value:
        return
    holds = a.value < b.value if b.bound == "<" else a.value > b.value
    words = f"{side} {figure(replace(b, bound='='))}"
    note = f"{figure(a)} {words}" if holds else f"文中称{words}，而所述为 {figure(a)}"
    told = f"{figure(a)} does not stand to the mark of {figure(replace(b, bound='='))} as the text says"
    yield Relation(type="implied", roles={"facts": (level.fact.id, mark.fact.id)}, holds=holds, note=note, note_en=told)


def _two(stream: Stream, last: Place, *, at_first: bool) -> tuple[Place, Place] | None:
    """The figure settled and the one planned, the nearest before the claim; ``at_first``: the budget at the start of the year."""
    planned = settled = None
    for p in (last, *stream.back(last.at, BACK)):
        if p.paragraph != last.paragraph or (planned and settled):
            break
        if p.quantity.dimension != "money" or not p.level or p.bracket or p.quantity.bound != "=":
            continue
        if settled is None and SETTLED.search(p.clause):
            settled = p
        elif planned is None and PLANNED.search(p.clause) and not (SHARE.search(p.clause) or (at_first and ADJUSTED.search(p.clause))):
            planned = p
    return (settled, planned) if settled is not None and planned is not None and settled.sentence - planned.sentence in (-1, 0, 1) else None


def _relation(settled: Place, planned: Place, said: re.Match[str]) -> Relation:
    a, b = settled.quantity.value, planned.quantity.value
    holds: bool | None = None
    if a is not None and b is not None:
        if said["more"]:
            holds = a > b
        elif said["less"]:
            holds = a < b
        elif "基本" in said[0] or "持平" in said[0]:
            holds = abs(a - b) * NEARLY <= b or None
        else:
            holds = a == b
    words = f"与预算数{said['even']}" if said["even"] else f"{said['more'] or said['less'] or '等于'}预算数"
    figures = f"决算 {figure(settled.quantity)}，预算 {figure(planned.quantity)}"
    note = f"决算数{words}：{figures}" if holds else f"文中称决算数{words}，而{figures}"
    return Relation(
        type="implied",
        roles={"facts": (settled.fact.id, planned.fact.id)},
        holds=holds,
        # equal as printed may still differ behind the last digit
        certain=a != b,
        note=note,
        note_en=f"The settlement ({figure(settled.quantity)}) does not stand to the budget ({figure(planned.quantity)}) as the text says",
    )


CHECK = CheckRule(code="T405", name="claimed-order", name_zh="大小之说", severity="warning", find=find, equation=False)
