"""N701 list-start: a list begins with its first item.

What:
    The marks 一是、二是 and （一）、（二） below a heading or a numbered item. A list that begins with its second mark, where nothing before
    it since that heading says 一是, 首先, 第一 or the like, has lost its first.

Why:
    An item was cut, or pasted in from a longer list; its figures are missing, or belong to something else.

Fires:
    一、救灾情况
    （一）物资保障
    及时向安置点发放帐篷和棉被。二是及时下拨救灾资金。

Left alone:
    一、存在问题
    一是人手不足。二是经费不足。
    二、下步打算
    首先补充力量。二是加强培训。

False alarms:
    A first item that is told in words that are not known as such.

Source:
    GB/T 9704-2012 7.3.3（结构层次序数依次使用）

In Chinese:
    列举应从第一项开始：有“二是”就应有“一是”。
    第一项用别的词语引出的，可能误报。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._sequence import Step, is_whole, steps
from extract.relations import CheckRule, Context, Relation

_FIRST = re.compile(
    r"[一壹—－-]\s*[是要个则来者]|[一壹][、，,]|首先|首要|先是|第一|第1|其一|一方面|头一|[1１]\s*[、.．是)）]|[①⑴⒈]|[（(][一1１][）)]|^\s*[一1]\b"
)
"""What else a first item begins with."""
_READ = 3000
"""So far back a first item is looked for; where the heading stands further off, nothing is said."""


def find(context: Context) -> Iterator[Relation]:
    """Second marks of lists whose first is not there."""
    for step in steps(context):
        if step.kind != "late" or step.marker.number != 2 or step.outer is None:
            continue
        if step.in_table and (step.outer.number == 1 or step.marker.style != "han_is"):
            # 1、… 二是…: one list with two styles of marks
            continue
        if not step.in_table and step.marker.style == "han":
            continue
        if not _is_missed(step, context):
            continue
        mark = step.marker.span.of(context.text).strip()
        yield Relation(
            type="implied",
            roles={},
            holds=False,
            certain=is_whole(step.outer.span, step.marker.span, context),
            places=(step.marker.span,),
            note=f"序号缺首项：“{mark}”之前没有第一项",
            note_en=f"The list begins with “{mark}”: its first item is missing",
        )


def _is_missed(step: Step, context: Context) -> bool:
    assert step.outer is not None
    between = context.text[step.outer.span.end : step.marker.span.start]
    return len(between) <= _READ and _FIRST.search(between) is None


CHECK = CheckRule(code="N701", name="list-start", name_zh="序号缺首项", severity="info", find=find, preview=True)
