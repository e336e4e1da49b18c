"""The same in another unit: 总产37.18万吨，折合7.44亿斤; 收入18.42亿元（约合2.61亿美元）.

Why: 折合 says that the thing has been named, and names nothing itself.

Example: 折合7.44亿斤 → the words 总产.

Left alone: behind a change or a rate (不良率0.86%，折合683万元), whose amount is another thing.

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.rules._antecedents import CHANGES, words_of
from extract.types import Fact

_CONVERTED = re.compile(r"[，,、（(]?(?:折合|约合|折算|相当于)(?:成|为|人民币)?$")
_RATES = frozenset({"ratio", "multiple", "percentage_point", ""})


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    if not decided or place.quantity.dimension in _RATES or not _CONVERTED.fullmatch(place.gap_text):
        return None
    last = decided[-1]
    if last.sentence != place.sentence or last.kind in CHANGES or last.quantity.dimension in _RATES:
        return None
    words = words_of(last)
    return Named(words=(words,) if words else (), antecedent=len(decided) - 1, confidence=0.8)


RULE = Rule(name="converted", order=35, read=_read)
