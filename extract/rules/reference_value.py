"""A number that another is set beside: 出口增长7.2%，高于全省的6.1%; 审定额比合同价2400万元高80.5万元.

Why: between both stands only whose the second is, or what it is.

Example: 高于全省的6.1% → the words 出口增长, of 全省. 审定额比合同价2400万元高 → the words 合同价.

Left alone: a distance (高于全省1.1个百分点).

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.rules._antecedents import CHANGES, root, words_of
from extract.types import Fact, Span

_BESIDE = re.compile(
    r"[，,、；;（(](?:比|均|都|也|仍|略|明显|大幅)*(?:高于|低于|快于|慢于|超过|不及|优于)(?P<whose>[^，,。；;\d]{2,8}?)(?:平均(?:水平|值|数))?的$"
)

_OWN_NAME = re.compile(
    r"(?:^|[，,、；;。])[^，,。；;\d比较]{2,12}(?<![占对环同])[比较](?!上|去|前|年|同|历|往|原)(?P<what>[^，,。；;（(\d]{1,8}(?:价|额|款|值))(?:的)?$"
)
_DIFFERS = re.compile(r"(?:（[^（）]{0,30}）)?(?:净|略|约|还)?[高低多少超]")
_PLANNED = re.compile(r"预算|计划|目标|任务")


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    own = _OWN_NAME.search(place.gap_text)
    if own is not None and not _PLANNED.search(own["what"]) and _DIFFERS.match(place.document.text, place.quantity.extent.end, place.sentence.end):
        return Named(words=(Span(place.gap.start + own.start("what"), place.gap.start + own.end("what")),))
    if not decided or place.quantity.dimension != "ratio":
        return None
    last = decided[-1]
    found = _BESIDE.fullmatch(place.gap_text)
    if found is None or last.sentence != place.sentence or last.quantity.dimension != "ratio":
        return None
    at = root(decided, len(decided) - 1) if last.kind in CHANGES else len(decided) - 1
    words = last.mention.span or words_of(decided[at])
    return Named(words=(words,) if words else (), antecedent=at, subject=found["whose"], kind=last.kind)


RULE = Rule(name="reference_value", order=36, read=_read)
