"""Each of a list stands before its number in brackets: 主要由管道老化（83处）、施工破坏（37处）、地面沉降（18处）造成.

Why: the bracket cuts the number off from its name; in a list of such names each number is of the name right before it.

Example: 施工破坏（37处） → the words 施工破坏.

Left alone: a lone remark in brackets (检查企业120家（次）), a number that another stands with, points to be had (（5分）).

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.types import Fact, Span

_LABEL = re.compile(
    r"(?:^|[，,。；;：:、）)])(?:[^，,。；;：:、（()）\d]{0,12}(?:的[是为]|主要[是有为由因]|[前后][一二三四五六七八九十]名?[是为]))?"
    r"(?P<label>[^，,。；;：:、（()）\d]{2,14})[（(]$"
)
_NEXT = re.compile(r"[）)](?:[、，,]|和|及|以及)[^，,。；;：:、（()）\d]{2,14}[（(]\d")
_BEFORE = re.compile(r"[）)](?:[、，,]|和|及|以及)(?P<label>[^，,。；;：:、（()）\d]{2,14})[（(]")


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    quantity = place.quantity
    if quantity.dimension not in ("count", "score"):
        return None
    text = place.document.text
    found = _BEFORE.fullmatch(place.gap_text) if decided and decided[-1].mention.by == RULE.name else None
    if found is None and _NEXT.match(text, quantity.extent.end, place.sentence.end):
        found = _LABEL.search(place.gap_text)
    if found is None or text[quantity.extent.end : quantity.extent.end + 1] not in ("）", ")"):
        return None
    start, end = found.span("label")
    return Named(words=(Span(place.gap.start + start, place.gap.start + end),), confidence=0.8)


RULE = Rule(name="labelled_in_brackets", order=29, read=_read)
