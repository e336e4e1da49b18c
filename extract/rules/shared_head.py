"""The measure is said of the first and meant of all: 分行业看，制造业实现营业收入410亿元；零售业252亿元；服务业858亿元.

Why: lists of branches, regions and kinds name only whose the number is, once the first has said what is measured.

Example: 零售业252亿元 → the words 营业收入, of 零售业.

Left alone: a label that names a measure itself (项目支出300万元); a list of another unit.

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.types import Fact, Span

_HEAD = re.compile(r"(?P<label>[^，,。；;：:]{2,20}?)(?:累计|共)?(?:实现|完成)(?P<head>[^，,。；;：:]{2,14})")
_MEASURE = re.compile(r"(?:额|值|量|数|率|度|费|款|金|收入|支出|利润|投资|面积|预算|决算|经费|资金|结余|结转|成本|资产|负债)$")
_GROUPED = re.compile(r"[按分从][^，,。；;]{1,12}看[，,]")
_ENDS = frozenset("；;")


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    if place.before is None or place.run[0] or not decided or not place.quantity.unit:
        return None
    text = place.document.text
    label = place.before.span
    if text[place.gap.start : label.start].strip("，,；; ") or text[label.end : place.gap.end].strip() or text[place.sentence.start - 1] not in _ENDS:
        return None
    first = next((fact for fact in reversed(decided) if fact.kind == "level"), None)
    if first is None or first.quantity.unit != place.quantity.unit or first.sentence.end != place.sentence.start or first.mention.span is None:
        return None
    words = label.of(text)
    if _MEASURE.search(words):
        return None
    if first.mention.by == RULE.name:
        return Named(words=(first.mention.span,), subject=words)
    said = _HEAD.fullmatch(text, first.mention.span.start, first.mention.span.end)
    if said is None or not _MEASURE.search(said["head"]):
        return None
    if _GROUPED.search(text, first.sentence.start, first.mention.span.start) or said["label"][-1] == words[-1]:
        return Named(words=(Span(*said.span("head")),), subject=words)
    return None


RULE = Rule(name="shared_head", order=28, read=_read)
