"""An average of a number just stated: 培训38期7216人次，每期约190人次.

Why: 每期 says that the number is one of another kind, while what is averaged stands before.

Example: 每期约190人次 → the words 培训 and 每期.

Left alone: what is given to each (每户补助4万元) has a name of its own; so has 每千人口.

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.rules._antecedents import words_of
from extract.types import Fact, Span

_EACH = re.compile(r"[，,、；;（(](?P<each>(?:平均)?每(?:[期场次家户人村镇天日月季周个名处台亩吨]|公里)|[户人]均)(?:为|约|达|近)*$")


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    found = _EACH.search(place.gap_text)
    if found is None or not decided or decided[-1].sentence != place.sentence or decided[-1].quantity.unit != place.quantity.unit:
        return None
    each = Span(place.gap.start + found.start("each"), place.gap.start + found.end("each"))
    words = words_of(decided[-1])
    return Named(words=(words, each) if words else (each,), antecedent=len(decided) - 1, confidence=0.8)


RULE = Rule(name="per_each", order=37, read=_read)
