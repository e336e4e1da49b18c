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

BACK = 16
"""So many facts back the whole stands."""
_DONE = re.compile(r"^[^，。；：、（）]{0,8}(?:已(?!知|有)|返回?|入住|[办审]结|结案|完成|出租|整改|销号|化解|发放|使用|安装|到位)")
_LEFT = re.compile(
    r"^(?:年[末底]|期末|月末|目前|现)?(?:尚|仍|还|仅)?(?:正在|在(?=[办途建])|尚?未(?!来|达|发生)[^，。；、]{1,4}|空[置余缺]|闲置|待)[^，。；、]{0,6}$"
    r"|^(?:目前)?(?:尚|仍|还|仅)(?:有|存|在|差|缺|余|剩余?|欠|需)?[^，。；、]{0,6}$"
)
STILL = re.compile(r"[，。；）\n]|$|[^，。；）]{0,8}?(?:未|没|待|正在|在[办建途修施]|处于|因|无法)")
"""尚有13户正在施工, but not 尚有13户困难群众需要救助: what follows what is left of something."""
_OTHERS = re.compile(r"累计|历年|往年|新增|旧存|结转|库存|含|其他|部分")


def undone(stream: Stream, place: Place) -> Iterator[Difference]:
    """What a figure says to be left after the one before it; nothing where its words say no such thing."""
    if not _LEFT.search(place.clause) or _OTHERS.search(place.clause) or place.bracket:
        return
    before = [p for p in stream.back(place.at, BACK) if p.paragraph == place.paragraph and p.level and limited(p.fact) and not p.bracket]
    done = next(iter(before), None)
    if done is None or not like(done.quantity, place.quantity) or done.sentence != place.sentence or "；" in place.lead:
        return
    if not _DONE.search(done.clause) or _OTHERS.search(done.clause):
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


def _of_the_same(stream: Stream, left: Place, whole: Place, done: Place) -> bool:
    """Whether what follows what is left says no other thing than what the two before it are of."""
    after = stream.after(left.at)
    words = "".join(p.clause + first_words(stream.after(p.at)) for p in (whole, done))
    return STILL.match(after) is not None or bool(bigrams(first_words(after)) & bigrams(words))


def _counted_otherwise(whole: Place, done: Place) -> bool:
    """Whether a whole is counted by another word than what is done of it: 418名, 265台."""
    return whole.sentence == done.sentence and whole.quantity.dimension == done.quantity.dimension == "count"
