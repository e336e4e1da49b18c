"""Rates of those of whom something is denied: 批捕386人，不批捕241人，不捕率38.4%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.checks._prose import Place, like
from extract.checks._ratios.words import covers
from extract.checks._words import bare
from extract.types import Fact

_DENIED = re.compile(r"[不未](?!良|足|动产|孕|成年|来|遂)(?P<what>[^不未率]{1,4})$")


def opposite_of(stem: str, num: Place, nears: Sequence[Place]) -> Fact | None:
    """批捕386人，不批捕241人，不捕率38.4%: those of whom the contrary is told; the rate is of both."""
    denied = _DENIED.search(stem)
    if denied is None:
        return None
    what = denied["what"]
    for p in nears:
        label = p.clause + bare(p.fact.mention.text)
        beside = p.at != num.at and p.sentence == num.sentence and like(p.quantity, num.quantity)
        if beside and not _DENIED.search(label) and covers(what, label, least=1):
            return p.fact
    return None
