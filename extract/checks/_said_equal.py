"""Figures that the text says to be as much as others: 机关运行经费305.83万元（与基本支出中公用经费之和一致）.

The other is the one figure whose name ends the words, wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract import intervals as iv
from extract.checks._prose import squeezed
from extract.checks._slips import mends, significant
from extract.checks._words import bare
from extract.relations import Context, Relation
from extract.types import Fact

_SAID = re.compile(
    r"^(?:（|，)(?:该数|此数|数据|金额|总额)?与(?P<what>[^（）。；，]{4,60}?)(?:之和|合计数?|总[数额]|数额|数)?(?:相|保持|完全)?(?:一致|相同|相等)(?:）|，|。|$)"
)
_OTHER = re.compile(r"[上去]年|同期|往年|历年|预算数|(?:年初|年度|全年|调整后?)预算|计划|目标|预期|任务|合同|约定|口径|格式|标准")
"""What was before or is due is seldom said to the last digit."""
_REACH = 80
_SHORTEST = 4
_DIGITS = 3
"""A figure of fewer digits is seldom what is meant: it may count something else of that name."""
NEAR = 20
"""Figures that are apart by one in so many at most are near."""


def said_equal(context: Context) -> Iterator[Relation]:
    """The figures that are said to be equal, in pairs."""
    text = context.text
    for fact in context.facts:
        end = fact.quantity.extent.end
        if text[end : end + 1] not in ("（", "(", "，", ",") or len(significant(fact)) < _DIGITS or fact.quantity.bound != "=":
            continue
        words = squeezed(text[end : min(end + _REACH, fact.sentence.end)])
        said = _SAID.match(words) if "与" in words else None
        if said is None or _OTHER.search(said["what"]):
            continue
        other = _named(context, fact, bare(said["what"]))
        if other is not None:
            yield Relation(type="same", roles={"facts": (other.id, fact.id)}, certain=_meant(fact, other))


def _meant(fact: Fact, other: Fact) -> bool:
    """Whether two figures said to be equal are, or miss it by the order of their digits, by one slip or by little."""
    a, b = abs(fact.quantity.value or iv.ZERO), abs(other.quantity.value or iv.ZERO)
    return abs(a - b) * NEAR <= max(a, b) or sorted(significant(fact)) == sorted(significant(other)) or mends(fact.quantity, other.quantity.interval)


def _named(context: Context, fact: Fact, words: str) -> Fact | None:
    """The one figure whose name ends the words, by the longest name; ``None`` where it is told with several values."""
    found: dict[str, list[Fact]] = {}
    for other in context.facts:
        name = bare(other.mention.text)
        alike = other is not fact and other.kind == fact.kind == "level" and other.quantity.dimension == fact.quantity.dimension
        if alike and len(name) >= _SHORTEST and words.endswith(name) and other.quantity.bound == "=":
            found.setdefault(name, []).append(other)
    facts = found[max(found, key=len)] if found else []
    return facts[0] if len({other.quantity.value for other in facts}) == 1 else None
