"""A number without a name of its own goes on with the name before it: 发送预警信息1761条、804万人次.

Why: reports state one thing in two units, or give a value again in brackets (约0.14亿元).

Example: 、804万人次 → the words 发送预警信息.

Left alone: the first number of a block with no words on either side stays without a name.

Source: observed in reports.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.knowledge import Named, Place, Rule
from extract.types import Fact


def _read(place: Place, decided: Sequence[Fact]) -> Named | None:
    said = place.cue("plan")
    if not decided:
        return Named(words=(said.span,), confidence=0.6) if said else None
    words = decided[-1].mention.span
    spans = tuple(span for span in (words, said.span if said else None) if span is not None)
    return Named(words=spans, antecedent=len(decided) - 1, confidence=0.6)


RULE = Rule(name="continued", order=90, read=_read)
