"""Changes right behind the levels that they start from: 上年立案125起、罚款402.7万元，分别增长16.8%和28.4%; 年末1058人，年初1032人，增加26人."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.checks._changes.arithmetic import can_change, follows
from extract.checks._changes.reader import BACK, Change, Reader
from extract.checks._changes.words import own_words
from extract.checks._prose import CHANGES, Place, is_share, last_words, like
from extract.checks._rates import limited
from extract.checks._words import alike

_OF_LAST_YEAR = re.compile(r"^(?:而)?(?:(?:上|去)年(?:度|同期)?(?!末|底)|[年期月]初(?!预算|计划|目标|安排|下达|批复))[^，。；比较]{0,12}$")
_THEN = re.compile(r"^(?:而)?(?:[上去]年(?:度|同期|[末底])?|[年期月]初)(?:则|只|仅)?[为是有]?$")
"""上年末为44500户: of what was told before, without a name of its own."""
_THAN_BOTH = re.compile(r"^(?:比|较|与)(?:上|去)年(?:同期)?的?$")
"""较上年的36户、98人增加5户、12人."""
_THAN_LAST_MONTH = re.compile(r"环比|[比较]上[个一]?(?:月|季度|旬|周)")
"""去年同期2起，环比减少1起: from the month before, which is told elsewhere."""
_GOES_ON = re.compile(r"[，、和及与]*[^，。；]{0,12}")
_NOW = re.compile(r"，?(?:今年|本年|本年度|一年|全年|年内)?(?:同比)?(?:分别|各)?[^，。；\d]{1,6}")
_NAMES = re.compile(r"，?(?P<names>[^，。；、\d]{1,8}(?:[、和及与][^，。；、和及与\d]{1,8}?)+)(?:同比|[比较][上去]年)?(?:分别|各)[^，。；、\d]{1,6}")
"""上年4210笔、17.42亿元，笔数、金额同比分别下降8.7%、7.3%: the measures named once more."""


def behind_last_year(reader: Reader, run: Sequence[Place]) -> list[Change]:
    """The changes of a run behind as many levels of last year, each of the level of this year that the paragraph told before
    them; [] where the levels are none of last year, or it told none."""
    first, size = run[0], len(run)
    formers = reader.stream.places[max(0, first.at - size) : first.at]
    opening = formers[0].clause if len(formers) == size else ""
    if not (_OF_LAST_YEAR.match(opening) or (size > 1 and _THAN_BOTH.match(opening)) or (size == 1 and _THEN.match(opening))):
        return []
    if not _goes_on(first, size) or _THAN_LAST_MONTH.search(first.lead):
        return []
    if any(p.sentence != first.sentence or p.bracket != first.bracket or p.fact.kind in CHANGES for p in formers):
        return []
    if not all(_GOES_ON.fullmatch(p.lead) for p in formers[1:]):
        return []
    found = [_from(reader, change, former, formers[0]) for change, former in zip(run, formers, strict=True)]
    return [change for change in found if change is not None]


def _goes_on(first: Place, size: int) -> bool:
    """Whether the words before a run of changes name nothing, or as many measures as there are changes."""
    named = _NAMES.fullmatch(first.lead) if size > 1 else None
    if named is not None and len(re.split("[、和及与]", named["names"])) == size:
        return True
    return _NOW.fullmatch(first.lead) is not None and not own_words(first).strip("今本一全年内")


def _from(reader: Reader, change: Place, former: Place, first: Place) -> Change | None:
    near = [p for p in reader.stream.back(first.at, BACK) if p.paragraph == first.paragraph and not p.bracket]
    before = [p for p in near if limited(p.fact) and (p.level or is_share(p.fact)) and like(p.quantity, former.quantity)]
    before = [p for p in before if can_change(change.fact, p.fact)]
    if "。" in first.lead and _THEN.match(former.clause):
        # 实有48216户，其中企业15382户、个体32834户。上年末为44500户: of all, not of the last of them
        before = [p for p in before if p.fact.id not in reader.whole and p.sentence == first.sentence - 1]
    if not before:
        return None
    chosen = next((p for p in before if follows(change.quantity, p.quantity, former.quantity)), None)
    named = [p for p in before if alike(last_words(p.plain) or p.fact.mention.text, former.fact.mention.text)]
    straight = _straight(reader, before[0], former, first)
    current = chosen or (named or before)[0]
    sure = chosen is not None or len(named) == 1 or (straight and current is before[0])
    return Change(change=change.fact, current=current.fact, previous=former.fact, sure=sure, beside=True)


def _straight(reader: Reader, level: Place, former: Place, first: Place) -> bool:
    """越级访23件，去年同期31件，多8件; 3842笔、16.15亿元，上年为4210笔、17.42亿元: whether no figure stands between but those told beside."""
    if level.sentence == former.sentence - 1:
        return "。" in first.lead and all(p.fact.id in reader.whole for p in reader.stream.places[level.at + 1 : first.at])
    return level.at == former.at - 1 - (former.at - first.at) and level.sentence == former.sentence
