"""A total before names with a figure in brackets behind each: 险情12处，分布在青河（5处）、白河（6处）、沙河（1处）.

Words that say where all of it is make the names all of them; behind others (涉及, 包括) parts that reach the total prove it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._prose import Place, Stream, like
from extract.checks._sides import Side
from extract.checks._slips import mended
from extract.checks._tally import adds_up

_NAME = r"[^，。；：、（）]{1,16}（[^（），。；、]{0,4}$"
_FIRST = re.compile(rf"(?:(?P<all>分布[在于]|分别[^，。；：、（）]{{0,3}}?[为是在于]|依次为|[：])|包括|涉及|来自|即)[：]?{_NAME}")
_NEXT = re.compile(rf"^[^，。；（）]{{0,8}}）(?:、|和|及|以及|，){_NAME}")
_MORE = re.compile(r"^[^，。；（）]{0,8}）等")
_BACK = 3
"""So many figures before the first name its total stands."""
_MOST = 80
"""A row goes on for so many figures."""


def bracketed_rows(stream: Stream) -> Iterator[Side]:
    """Every total that such a row divides; a miss, if the words say that it is all of it and a slip of the pen explains why not."""
    for first in stream.places:
        opened = _FIRST.search(first.lead) if first.bracket and first.level else None
        if opened is None:
            continue
        parts = _row(stream, first)
        if len(parts) < 2:
            continue
        before = (place for place in stream.back(first.at, _BACK) if place.sentence == first.sentence and not place.bracket)
        whole = next((place for place in before if place.level and like(place.quantity, first.quantity)), None)
        if whole is None:
            continue
        quantities = [part.quantity for part in parts]
        holds = adds_up(whole.quantity, quantities)
        if holds or (opened["all"] and mended(whole.quantity, quantities) and not _MORE.match(stream.after(parts[-1].at))):
            yield Side(whole, tuple(parts), holds=holds)


def _row(stream: Stream, first: Place) -> list[Place]:
    """The first figures of the brackets that go on from one another."""
    parts = [first]
    for place in stream.places[first.at + 1 : first.at + 1 + _MOST]:
        if place.bracket == parts[-1].bracket:
            continue
        if place.sentence != first.sentence or _NEXT.match(place.lead) is None or not place.level or not like(place.quantity, first.quantity):
            break
        parts.append(place)
    return parts
