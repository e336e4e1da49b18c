"""Two amounts whose quotient may be a stated share: what one amount near the rate asks for is looked up in the whole document.

Why: the divisor of a share often stands in another paragraph or in a table.
Example: 立案1974件…占比60.1% with the total 3286 in the overview.
Left alone: rates of so many persons (每10万人), two members of one list, round rates (近八成) far from their terms.
Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.candidates._features import joined, likeness, log, pair, place, siblings
from extract.candidates._numbers import SHARES, Candidate, Features, Known, Number, Numbers

# So many amounts before and after a rate may be one of its two terms; the other may stand anywhere.
_BACK, _AHEAD = 7, 3
# With more accidents than this to expect, only one sentence joins a rate and its terms.
_ACCIDENTS = 1
_TOGETHER = frozenset({"clause", "sentence", "row", "cell"})
_PER = re.compile("万人|千人|人均|每")


def find(numbers: Numbers, known: Known) -> Iterator[Candidate]:
    """For each rate that nothing explains yet, the pairs of amounts that give it."""
    for rate in numbers.all:
        if rate.kind not in ("rate", "level", "target") or not (rate.family in SHARES or rate.kind == "rate") or ("rate", rate.id) in known.closed:
            continue
        share = _share(rate)
        if share is None or share[0] <= 0 or not rate.finite or _PER.search(rate.before[-12:] + rate.words):
            continue
        near = numbers.near(rate, _BACK, _AHEAD, lambda number: number.is_amount)
        found: dict[tuple[str, str], tuple[Number, Number, float]] = {}
        for one in near:
            low, high = one.low / share[1], one.high / share[0]
            for hit in numbers.look(one.family, low, high):
                if hit.id != one.id and hit.is_amount:
                    found[one.id, hit.id] = one, hit, numbers.chance(hit, low, high)
            low, high = one.low * share[0], one.high * share[1]
            for hit in numbers.look(one.family, low, high):
                if hit.id != one.id and hit.is_amount:
                    found.setdefault((hit.id, one.id), (hit, one, numbers.chance(hit, low, high)))
        nearest = min((_apart(rate, num, den) for num, den, _ in found.values()), default=0)
        for num, den, chance in found.values():
            chance *= len(near)
            together = num.fact.sentence == den.fact.sentence == rate.fact.sentence
            apart = chance <= _ACCIDENTS and all(one.fact.quantity.bound == "=" for one in (rate, num, den)) and _beside(rate, num, den)
            if not siblings(num, den, numbers.text) and (together or apart):
                pairs = (
                    pair("rate num", rate, num, numbers.text),
                    pair("rate den", rate, den, numbers.text),
                    pair("num den", num, den, numbers.text),
                )
                features = joined(*pairs, _own(rate, num, den, log(chance), len(found), nearest))
                roles = {"rate": (rate.id,), "num": (num.id,), "den": (den.id,)}
                yield Candidate(type="ratio", roles=roles, group=f"ratio {rate.id}", features=features)


def _share(rate: Number) -> tuple[float, float] | None:
    if rate.family in SHARES:
        whole = 100 if rate.family == "%" else 1000
    elif rate.family == "":
        whole = 1 if rate.value <= 1.5 else 100
    else:
        whole = 1
    return (rate.low / whole, rate.high / whole) if rate.family in (*SHARES, "倍", "") else None


def _beside(rate: Number, num: Number, den: Number) -> bool:
    """Whether one of the terms stands with the rate, or bears its name: a rate comes with what it is of."""
    return any(place(rate, term) in _TOGETHER or likeness(rate, term) in ("equal", "inside") for term in (num, den))


def _apart(rate: Number, num: Number, den: Number) -> int:
    return abs(num.at - rate.at) + abs(den.at - rate.at)


def _own(rate: Number, num: Number, den: Number, chance: int, found: int, nearest: int) -> Features:
    apart = _apart(rate, num, den)
    return {
        "evidence": (
            f"chance {chance}",
            f"found {min(found, 6)}",
            f"digits {rate.digits}",
            f"digits {num.digits + den.digits}",
            f"chance {chance} {place(rate, num)} {place(num, den)}",
            f"chance {chance} {apart == nearest}",
            f"all {rate.value in (1.0, 100.0)}",
        ),
        "place": (f"nearest {apart == nearest}", f"apart {min(apart, 12)}", f"order {num.at < den.at} {rate.at > num.at} {rate.at > den.at}"),
        "words": (f"said {bool(den.words) and den.words in rate.before} {bool(num.words) and num.words in rate.before}",),
        "cues": (
            f"share {'占' in rate.before} {'率' in rate.before}",
            f"before {rate.before[-2:]}",
            f"before {rate.before[-1:]}",
            f"after {rate.after[:2]}",
        ),
        "kinds": (f"unit {num.family}", f"terms {num.kind} {den.kind}"),
    }


FINDER = find
