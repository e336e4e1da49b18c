"""What there is in the end goes by the name of what there was at first: 年初馆藏61万册，全年购入2万册、剔旧1万册，年末62万册.

Why: between the stock at first and that at last stand what came and what went, each with a name of its own; the last number has none.

Example: 年末62万册 → the words 馆藏, not 剔旧.

Left alone: a stock with a name of its own (年末馆藏62万册); a list that tells of no stock at first.

Source: observed in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.rules._antecedents import REACH
from extract.types import Fact

_CLOSES = re.compile(r"[，,；;、](?:截至|到|至)?(?:本?年[末底]|[期月季]末)(?:实有|共有|余|为|共|达到?|增至|减至|降至|升至|增加到|减少到)*$")
_OPENED = re.compile(r"(?:上年[末底]|去年[末底]|[年期月季]初)[^，,。；;]*$")


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    if not place.quantity.unit or not _CLOSES.search(place.gap_text):
        return None
    text = place.document.text
    for at in range(len(decided) - 1, max(-1, len(decided) - 1 - REACH), -1):
        fact = decided[at]
        if fact.sentence != place.sentence:
            return None
        if fact.kind == "level" and fact.quantity.unit == place.quantity.unit and _OPENED.search(text, fact.clause.start, fact.quantity.extent.start):
            words = fact.mention.span
            return Named(words=(words,), antecedent=at, confidence=0.8) if words and at < len(decided) - 1 else None
    return None


RULE = Rule(name="closing_stock", order=32, read=_read)
