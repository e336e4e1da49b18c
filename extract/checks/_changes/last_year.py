"""Changes right behind the levels that they start from: 上年立案125起、罚款402.7万元，分别增长16.8%和28.4%; 年末1058人，年初1032人，增加26人."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.checks._changes.arithmetic import can_change, follows
from extract.checks._changes.reader import BACK, Change, Reader
from extract.checks._changes.words import own_words
from extract.checks._prose import CHANGES, Place, last_words, like
from extract.checks._rates import limited
from extract.checks._words import alike

_OF_LAST_YEAR = re.compile(r"^(?:而)?(?:(?:上|去)年(?:度|同期)?(?!末|底)|[年期月]初(?!预算|计划|目标|安排|下达|批复))[^，。；比较]{0,12}$")
_THAN_BOTH = re.compile(r"^(?:比|较|与)(?:上|去)年(?:同期)?的?$")
"""较上年的36户、98人增加5户、12人."""
_GOES_ON = re.compile(r"[，、和及与]*[^，。；]{0,12}")
_NOW = re.compile(r"，?(?:今年|本年|本年度)?(?:同比)?(?:分别|各)?[^，。；\d]{1,6}")


def behind_last_year(reader: Reader, run: Sequence[Place]) -> list[Change]:
    """The changes of a run behind as many levels of last year, each of the level of this year that the paragraph told before
    them; [] where the levels are none of last year, or it told none."""
    first, size = run[0], len(run)
    formers = reader.stream.places[max(0, first.at - size) : first.at]
    if len(formers) < size or not (_OF_LAST_YEAR.match(formers[0].clause) or (size > 1 and _THAN_BOTH.match(formers[0].clause))):
        return []
    if not _NOW.fullmatch(first.lead) or own_words(first).strip("今本年"):
        return []
    if any(p.sentence != first.sentence or p.bracket != first.bracket or p.fact.kind in CHANGES for p in formers):
        return []
    if not all(_GOES_ON.fullmatch(p.lead) for p in formers[1:]):
        return []
    found = [_from(reader, change, former, formers[0]) for change, former in zip(run, formers, strict=True)]
    return [change for change in found if change is not None]


def _from(reader: Reader, change: Place, former: Place, first: Place) -> Change | None:
    near = (p for p in reader.stream.back(first.at, BACK) if p.paragraph == first.paragraph and not p.bracket)
    before = [p for p in near if limited(p.fact) and p.level and like(p.quantity, former.quantity) and can_change(change.fact, p.fact)]
    if not before:
        return None
    chosen = next((p for p in before if follows(change.quantity, p.quantity, former.quantity)), None)
    named = [p for p in before if alike(last_words(p.plain) or p.fact.mention.text, former.fact.mention.text)]
    # 越级访23件，去年同期31件，多8件: nothing stands between the two
    straight = before[0].at == former.at - 1 and before[0].sentence == former.sentence
    current = chosen or (named or before)[0]
    sure = chosen is not None or len(named) == 1 or (straight and current is before[0])
    return Change(change=change.fact, current=current.fact, previous=former.fact, sure=sure, beside=True)
