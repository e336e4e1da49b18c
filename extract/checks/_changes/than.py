"""Changes behind their earlier level: 较上年的1120家次增长14.8%."""

from __future__ import annotations

import re

from extract.checks._changes.arithmetic import TELLING, follows, turned
from extract.checks._changes.level import is_goal
from extract.checks._changes.reader import BACK, Change, Reader
from extract.checks._changes.words import own_words
from extract.checks._prose import CHANGES, Place, is_share, like, named_near
from extract.checks._slips import significant
from extract.checks._values import is_rate
from extract.types import Fact

_STRAIGHT = re.compile(r"，(?:比|较)[^，。；、（）]{1,10}")


def than_level(reader: Reader, place: Place, previous: Place, what: str) -> Change | None:
    """较上年的1120家次增长14.8%: the earlier level stands between."""
    candidates = []
    for p in reader.stream.back(previous.at, 8):
        if p.sentence != place.sentence:
            break
        if p.fact.kind in CHANGES or not like(p.quantity, previous.quantity) or (p.bracket and p.bracket != previous.bracket) or is_goal(reader, p):
            continue
        candidates.append(p.fact)
        whole = reader.whole.get(p.fact.id)
        if whole is not None:
            candidates.append(whole)
    within = bool(candidates)
    sure = within
    if not candidates or own_words(previous, what):
        named = [f for f in reversed(named_near(reader.context, previous.fact)) if f.period in reader.now and f is not previous.fact]
        candidates.extend(f for f in named if f.subject == previous.fact.subject and like(f.quantity, previous.quantity) and f.kind not in CHANGES)
        sure = sure or len({f.quantity.value for f in candidates}) == 1
    chosen = next((f for f in candidates if follows(place.quantity, f.quantity, previous.quantity)), None)
    if chosen is None and not within:
        # 毕业生5855人。…毕业生总数比2023届的5502人增加353人: a level of the paragraph to which it leads, under whatever name
        near = (p.fact for p in reader.stream.back(previous.at, BACK) if p.paragraph == place.paragraph and p.level)
        chosen = next((f for f in near if like(f.quantity, previous.quantity) and follows(place.quantity, f.quantity, previous.quantity)), None)
    # 支出612.4万元，其中…接待189.3万元，比预算685万元减少76.2万元，下降10.6%: the rate behind the amount tells what fell
    chosen = chosen or next((f for f in candidates if _rate_follows(reader, place, previous, f)), None)
    # 6842人，比上年的5914人减少928人: the amount is right, the way is not
    chosen = chosen or next((f for f in candidates if turned(place.quantity, f.quantity, previous.quantity)), None)
    if not candidates and chosen is None:
        return None
    # 就业率92.3%，…升学率19.6%，比上届的17.9%提高: rates are not added up, so that the one right before is meant
    beside = reader.stream.places[previous.at - 1].fact if previous.at else None
    # 负债19860万元，…；所有者权益16960万元，较年初的15025万元增加1835万元: nor is another one meant where no word stands between
    nearest = beside is not None and candidates[:1] == [beside] and (is_share(beside) or _STRAIGHT.fullmatch(previous.lead) is not None)
    alone = len({f.quantity.value for f in candidates}) == 1 or nearest
    return Change(
        change=place.fact, current=chosen or candidates[0], previous=previous.fact, sure=chosen is not None or (sure and alone), beside=True
    )


def _rate_follows(reader: Reader, place: Place, previous: Place, current: Fact) -> bool:
    """Whether the rate of change right behind an amount follows from a level and the earlier one."""
    if is_rate(place.quantity) or place.at + 1 >= len(reader.stream.places):
        return False
    rate = reader.stream.places[place.at + 1]
    told = rate.sentence == place.sentence and rate.fact.kind in CHANGES and is_rate(rate.quantity) and not own_words(rate)
    return told and len(significant(rate.fact)) >= TELLING and follows(rate.quantity, current.quantity, previous.quantity)
