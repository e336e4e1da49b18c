"""What the paragraph and the section of a fact are about, by their first words and their heading: （二）建筑业。"""

from __future__ import annotations

import re

from extract.checks._prose import squeezed
from extract.checks._words import bare
from extract.relations import Context
from extract.types import Fact

LONGEST = 32
_OPENING = re.compile(r"^(?:（?[一二三四五六七八九十\d]{1,3}[）、.．是]{1,2})?(?P<topic>[^，。；：（）]{2,14})[。：]")


def topics(context: Context, fact: Fact) -> tuple[str, ...]:
    """The first words of the fact's paragraph, if they stand for themselves, then the heading of its section; "" for none."""
    span = context.document.blocks[fact.block].span
    opening = _OPENING.match(squeezed(context.text[span.start : min(span.end, span.start + LONGEST)]))
    title = bare(context.document.sections[fact.section].title) if fact.section is not None else ""
    return (*((opening["topic"],) if opening else ()), title)
