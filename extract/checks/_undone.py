"""What is left of something after what was done, told in a row: 受理诉求186件，已办结171件，尚有15件正在办理.

What is done stands right before what is left, no other figure of the unit between; what both make stands before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._difference import Difference
from extract.checks._prose import Place, Stream, first_words, like
from extract.checks._rates import limited
from extract.checks._slips import mended
from extract.checks._words import bigrams
from extract.types import Fact

NAMED = 4
"""So many characters behind a figure say what is left."""
BACK = 16
"""So many facts back the whole stands."""
_DONE = re.compile(r"^[^，。；：、（）]{0,8}(?:已(?!知|有)|返回?|入住|[办审]结|结案|完成|出租|整改|销号|化解|发放|使用|安装|到位)")
_LEFT = re.compile(
    r"^(?:年[末底]|期末|月末|目前|现)?(?:尚|仍|还|仅)?(?:正在|在(?=[办途建])|尚?未(?!来|达|发生)[^，。；、]{1,4}|空[置余缺]|闲置|待)[^，。；、]{0,6}$"
    r"|^(?:目前)?(?:尚|仍|还|仅)(?:有|存|在|差|缺|余|剩余?|欠|需)?[^，。；、]{0,6}$"
)
STILL = re.compile(r"[，。；）\n]|$|[^，。；）]{0,8}?(?:未|没|待|正在|在[办建途修施]|处于|因|无法)")
"""尚有13户正在施工, but not 尚有13户困难群众需要救助: what follows what is left of something."""
_LEFT_OF = re.compile(r"(?:尚余|剩余|余下|剩下|尚有)的?(?P<what>[^，。；：、\d]{0,8})$")
_OTHERS = re.compile(r"累计|历年|往年|新增|旧存|结转|库存|含|其他|部分")


def undone(stream: Stream, place: Place) -> Iterator[Difference]:
    """What a figure says to be left after the one before it; nothing where its words say no such thing."""
    if not _LEFT.match(place.clause) or _OTHERS.search(place.clause) or place.bracket:
        return
    before = [p for p in stream.back(place.at, BACK) if p.paragraph == place.paragraph and p.level and limited(p.fact) and not p.bracket]
    # 已退还51家715.35万元，尚有12家: of two figures told at a time the first one
    before = [p for p in before if like(p.quantity, place.quantity) or not p.joins]
    done = next(iter(before), None)
    if done is None or not like(done.quantity, place.quantity) or done.sentence != place.sentence or "；" in place.lead:
        return
    if not _DONE.match(done.clause) or _OTHERS.search(done.clause):
        return
    wholes = [p for p in before[1:] if like(p.quantity, place.quantity)] or [p for p in before[1:2] if _counted_otherwise(p, done)]
    wholes = [p for p in wholes if (p.quantity.value or 0) >= (done.quantity.value or 0)]
    fitting = next((told for p in wholes if (told := Difference(place.fact, p.fact, done.fact)).holds), None)
    if fitting is not None:
        yield fitting
        return
    here = [p for p in wholes if p.sentence == place.sentence]
    # 为418名老人安装，已安装265个: of another unit, or of another sentence, only what a slip explains
    whole = next(iter(here or wholes), None)
    if whole is not None:
        largest = all((p.quantity.value or 0) <= (whole.quantity.value or 0) for p in here or wholes)
        sure = largest and ((bool(here) and like(whole.quantity, place.quantity)) or mended(whole.quantity, (place.quantity, done.quantity)))
        yield Difference(place.fact, whole.fact, done.fact, sure and _of_the_same(stream, place, whole, done))


def told_beside(stream: Stream, left: Place, whole: Fact, done: Fact) -> Iterator[Difference]:
    """63家842.60万元，已退还51家715.35万元，尚有12家127.25万元: what is told right behind each of three figures; a miss, if a slip explains it."""
    near = {p.fact.id: p for p in stream.back(left.at, BACK)}
    if whole.id not in near or done.id not in near or left.at + 1 >= len(stream.places):
        return
    rest, all_, finished = (stream.places[p.at + 1] for p in (left, near[whole.id], near[done.id]))
    beside = all(p.joins and p.level and limited(p.fact) and like(p.quantity, rest.quantity) for p in (rest, all_, finished))
    found = Difference(rest.fact, all_.fact, finished.fact)
    if beside and not like(rest.quantity, left.quantity) and (found.holds or found.slipped):
        yield found


def left_of_named(stream: Stream, place: Place) -> Iterator[Difference]:
    """设计开挖18.64万立方米，完成16.92万立方米…。尚余开挖1.72万立方米: what is left of what is named; a miss, if a slip explains it."""
    said = _LEFT_OF.search(place.clause)
    what = (said["what"] or first_words(stream.after(place.at))[:NAMED]).strip("的") if said is not None else ""
    if len(what) < 2 or place.bracket:
        return
    pairs: dict[object, Difference] = {}
    for done in stream.back(place.at, BACK):
        whole = stream.places[done.at - 1] if done.at else None
        if done.paragraph != place.paragraph or whole is None or whole.sentence != done.sentence or done.bracket or whole.bracket:
            continue
        amounts = all(p.level and limited(p.fact) and like(p.quantity, place.quantity) for p in (whole, done))
        words = whole.clause + first_words(stream.after(whole.at))
        if amounts and what in words and _DONE.match(done.clause) and not _OTHERS.search(done.clause):
            pairs[whole.quantity.value, done.quantity.value] = Difference(place.fact, whole.fact, done.fact)
    yield from (found for found in pairs.values() if len(pairs) == 1 and (found.holds or found.slipped))


def _of_the_same(stream: Stream, left: Place, whole: Place, done: Place) -> bool:
    """Whether what follows what is left says no other thing than what the two before it are of."""
    after = stream.after(left.at)
    words = "".join(p.clause + first_words(stream.after(p.at)) for p in (whole, done))
    return STILL.match(after) is not None or bool(bigrams(first_words(after)) & bigrams(words))


def _counted_otherwise(whole: Place, done: Place) -> bool:
    """Whether a whole is counted by another word than what is done of it: 418名, 265台."""
    return whole.sentence == done.sentence and whole.quantity.dimension == done.quantity.dimension == "count"
