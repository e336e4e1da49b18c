"""A share or a multiple of something named: 占检查家次的13.98%, 占58.13%, 完成年初预算的98.20%, 为上年的1.18倍.

Why: the words before such a number name the whole, not what is measured; what is measured stands before.

Example: 基本支出812.44万元，占58.13% → the share of 基本支出; 占全县耕地面积46.9万亩的67.8% → the share, of 耕地面积.

Left alone: numbers that are neither rates nor multiples (占地1200平方米); a change of a share (占比提高3个百分点).

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.rules._antecedents import CHANGES, earlier, index_of, last_level, root, shared
from extract.types import Fact, Span

_OF = re.compile(r"(?:(?:仅|约|只)?占(?!比[较由从与])|完成|相当于|达到|达|为|是)[^，,。；;：:占]{0,30}的?(?:比重|比例|份额)?(?:为|达到|达|约)?$")
_OF_ENDS = ("的", "的比重", "的比例", "的份额", "比重为", "比例为")
_BARE = re.compile(r"(?:占比|比重|比例|占)(?:分别|依次)?(?:为|约为|约|达到|达|到)?$")
# 占耕地面积46.9万亩的67.8%, 完成全年9200批次计划任务的51.5%.
_OF_NUMBER = re.compile(r"[）)]?(?:的.{0,2}|(?:年度|全年|总)?(?:计划|目标|任务|预算|指标)(?:任务|目标|数|总数)?的)")
_NOUN = re.compile(r"占比|比重|比例")
_CHANGE = re.compile(r"(?:增长|增加|上升|提高|提升|下降|减少|降低|回落|下滑)(?:了|约)?$")


def _shared(text: str, decided: Sequence[Fact], at: int | None, share: Span) -> Named:
    """The share of an earlier fact: its words and those that name the whole."""
    words = _shared_words(decided[at], text) if at is not None else None
    return Named(words=(words, share) if words else (share,), antecedent=at, kind="rate")


def _amount_before(decided: Sequence[Fact]) -> int | None:
    """What is set against the whole just stated: the last level of its unit, where its sentence has one, else the last level."""
    whole = decided[-1]
    at = last_level(decided[:-1], unit=whole.quantity.unit)
    if at is not None and decided[at].sentence == whole.sentence:
        slice_of = index_of(decided, decided[at].antecedent) if decided[at].mention.by == "part_of_total" and whole.kind == "target" else None
        return at if slice_of is None else slice_of
    return last_level(decided[:-1])


def _shared_words(fact: Fact, text: str) -> Span | None:
    """The words of what has the share; of 支出占筹集资金的92.7%, which names its whole too, those before 占."""
    words = fact.mention.span
    if words is None or fact.mention.by != RULE.name:
        return words
    said = text.find("占", words.start + 2, words.end)
    return Span(words.start, said) if said > 0 else words


def _shared_fact(place: Place, decided: Sequence[Fact]) -> int | None:
    """The fact that a share is of: the last one of the sentence, even a change (产量增长43%、占全国1/4), else the last level."""
    if decided and decided[-1].sentence == place.sentence and decided[-1].kind in CHANGES:
        return root(decided, len(decided) - 1)
    at = last_level(decided)
    while at is not None and earlier(decided[at]) and (now := index_of(decided, decided[at].antecedent)) is not None:
        at = root(decided, now)
    return shared(decided, at) if at is not None and decided[at].sentence == place.sentence else at


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    if place.quantity.dimension not in ("ratio", "multiple"):
        return None
    text = place.document.text
    gap = place.gap_text
    if _CHANGE.search(place.lead_text):
        return None
    if (_OF_NUMBER.fullmatch(gap)) and decided and decided[-1].sentence == place.sentence:
        # 占全县耕地面积46.9万亩的67.8%: the whole has a number of its own.
        whole = decided[-1]
        lead = text[whole.clause.start : whole.quantity.extent.start]
        found = _OF.search(lead.rstrip())
        if found is None:
            return None
        return _shared(text, decided, _amount_before(decided), Span(whole.clause.start + found.start(), whole.quantity.extent.start))
    position, length = place.run
    if _BARE.search(place.lead_text):
        if place.before is not None and not position and not _BARE.fullmatch(place.before.span.of(text)):
            return None  # 优良天数比重95.1%: a name of its own
        levels = [at for at, fact in enumerate(decided[: len(decided) - position]) if fact.kind not in CHANGES]
        if len(levels) < length:
            return None
        at = levels[position - length]
        words = decided[at].mention.span
        noun = _NOUN.search(place.lead_text)
        gap_start = (place.run_gap if position else place.gap).start
        said = Span(gap_start + noun.start(), gap_start + noun.end()) if noun else None
        return Named(words=tuple(span for span in (words, said) if span is not None), antecedent=at, kind="rate")
    found = _OF.search(gap)
    if found and (gap.endswith(_OF_ENDS) or "占" in found.group()):
        share = Span(place.gap.start + found.start(), place.gap.end)
        own = place.before.span if place.before is not None and place.before.span.start < share.start else None
        if own is not None and text[own.start : share.start].strip("，,、的由 "):
            return Named(words=(Span(own.start, share.end),), kind="rate")
        return _shared(text, decided, _shared_fact(place, decided), share)
    return None


RULE = Rule(name="share", order=20, read=_read)
