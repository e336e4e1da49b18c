"""How many got which grade: 评为优的7个、良的1个; 评价结果为“优”的26个、“良”的3个、“中”的1个."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.checks._prose import Place, Stream, like, streams
from extract.checks._sides import Side
from extract.checks._tally import adds_up
from extract.relations import Context, once

MOST = 6
"""There are no more grades than this."""
LEAST = 3
"""Two grades may be the ones worth naming."""
BACK = 6
"""So many facts back the number of those graded stands."""
_WORST = frozenset({"中", "一般", "差", "合格", "不合格"})
_QUOTES = r"[“”\"「」‘’]?"
_GRADE = rf"{_QUOTES}(?P<word>优秀|优|良好|良|中等|中|一般|合格|基本合格|不合格|差)(?:等次|等级|等|档|级)?{_QUOTES}(?:等次|等级|档)?"
_FIRST = re.compile(rf"(?:^|为|评|定|获|得|：|，|其中){_GRADE}的?(?:项目|单位|部门)?(?:共?有|为|共)?$")
_NEXT = re.compile(rf"^[、，；和及]+(?:[^，。；、“”]{{0,6}}?为)?{_GRADE}的?(?:项目|单位|部门)?(?:共?有|为|共)?$")
_STEM = {"优秀": "优", "良好": "良", "中等": "中"}


@dataclass(frozen=True, slots=True)
class GradeCounts:
    """Counts by grade that stand side by side, the best grade first."""

    words: tuple[str, ...]
    places: tuple[Place, ...]


@once
def grade_counts(context: Context) -> tuple[GradeCounts, ...]:
    """The runs of two grades and more, in the order of the text."""
    return tuple(found for stream in streams(context) for found in _runs(stream))


def graded_sides(stream: Stream) -> Iterator[Side]:
    """Grades down to one that is not good, with the number of those graded: nobody who names the worst leaves out a better one."""
    for found in _runs(stream):
        if len(found.words) < LEAST or found.words[-1] not in _WORST:
            continue
        first = found.places[0]
        before = (p for p in stream.back(first.at, BACK) if p.sentence >= first.sentence - 1 and p.paragraph == first.paragraph)
        whole = next((p for p in before if _counts(p) and not p.bracket and p.quantity.unit == first.quantity.unit), None)
        if whole is not None:
            yield Side(whole, found.places, holds=adds_up(whole.quantity, [p.quantity for p in found.places]))


def _runs(stream: Stream) -> Iterator[GradeCounts]:
    at = 0
    while at < len(stream.places):
        first = stream.places[at]
        match = _FIRST.search(first.plain) if _counts(first) else None
        at += 1
        if match is None:
            continue
        words, places = [_stem(match["word"])], [first]
        for place in stream.places[at : at + MOST]:
            following = _NEXT.match(stream.after(places[-1].at)[_noun(stream, places[-1]) :]) if _counts(place) else None
            if following is None or not like(place.quantity, first.quantity):
                break
            words.append(_stem(following["word"]))
            places.append(place)
        at = places[-1].at + 1
        if len(places) > 1 and len(set(words)) == len(words):
            yield GradeCounts(tuple(words), tuple(places))


def _noun(stream: Stream, place: Place) -> int:
    """How many characters behind a count name what is counted: 优的26个项目、良的3个."""
    match = re.match(r"[一-龥]{0,4}(?=[、，；和及])", stream.after(place.at))
    return 0 if match is None else match.end()


def _counts(place: Place) -> bool:
    return place.level and place.quantity.dimension == "count" and place.quantity.bound == "=" and place.quantity.value is not None


def _stem(word: str) -> str:
    return _STEM.get(word, word)
