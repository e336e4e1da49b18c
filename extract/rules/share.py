"""A share or a multiple of something named: 占检查家次的13.98%, 占58.13%, 完成年初预算的98.20%, 为上年的1.18倍.

Why: the words before such a number name the whole, not what is measured; what is measured stands before.

Example: 基本支出812.44万元，占58.13% → the share of 基本支出; 占全县耕地面积46.9万亩的67.8% → the share, of 耕地面积.

Left alone: numbers that are neither rates nor multiples (占地1200平方米); a change of a share (占比提高3个百分点).

Source: observed in reports.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.knowledge import Named, Place, Rule
from extract.rules._antecedents import last_level
from extract.types import Fact, Span

_OF = regex.compile(r"(?:(?:仅|约|只)?占|完成|相当于|达到|达|为|是)[^，,。；;：:占]{0,30}的?(?:比重|比例|份额)?(?:为|达到|达|约)?$")
_BARE = regex.compile(r"(?:占比|比重|比例|占)(?:分别)?(?:为|约为|约|达到|达|到)?$")
_CHANGE = regex.compile(r"(?:增长|增加|上升|提高|提升|下降|减少|降低|回落|下滑)(?:了|约)?$")
_JOINER = regex.compile(r"^[、，,和与及以 ]*$")


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    if place.quantity.dimension not in ("ratio", "multiple"):
        return None
    text = place.document.text
    gap = place.gap_text
    if _CHANGE.search(gap):
        return None
    if gap.lstrip("）)").startswith("的") and len(gap) <= 3 and decided and decided[-1].sentence == place.sentence:
        # 占全县耕地面积46.9万亩的67.8%: the whole has a number of its own.
        whole = decided[-1]
        lead = text[whole.clause.start : whole.quantity.extent.start]
        if found := _OF.search(lead.rstrip()):
            return Named(
                words=(Span(whole.clause.start + found.start(), whole.quantity.extent.start),),
                antecedent=last_level(decided[:-1]),
            )
        return None
    position, length = place.run
    source = place.run_gap.of(text) if length > 1 else gap
    if _BARE.search(source):
        if place.before is not None and not _BARE.fullmatch(place.before.span.of(text)):
            return None  # 优良天数比重95.1%: a name of its own
        at = last_level(decided[: len(decided) - position] if position else decided)
        if at is None:
            return None
        words = decided[at].mention.span
        return Named(words=(words,) if words else (), antecedent=at, kind="rate")
    found = _OF.search(gap)
    if (found and gap[: found.end()].endswith(("的", "的比重", "的比例"))) or (found and "占" in found.group()):
        start = place.gap.start + found.start()
        antecedent = last_level(decided)
        return Named(words=(Span(start, place.gap.end),), antecedent=antecedent, kind="rate")
    return None


RULE = Rule(name="share", order=20, read=_read)
