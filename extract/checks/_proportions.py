"""Proportions beside the two figures that they are of: 男生545人、女生507人，男女生之比为1.07∶1; 医师236人、护士389人，医护比为1∶1.65.

One side of the proportion is 1. What it is called names both figures, in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from extract import intervals as iv
from extract.checks._figures import figure, plain
from extract.checks._prose import Place, Stream, first_words, streams
from extract.checks._slips import mends, variants
from extract.checks._values import interval_of
from extract.relations import Context, Relation
from extract.types import Interval

BACK = 16
"""So many facts back the two figures stand."""
_ONE_TO = re.compile(r"(?P<first>\d+(?:\.\d+)?)\s*[:：∶]\s*(?P<second>\d+(?:\.\d+)?)")
_NAMED = tuple(
    (re.compile(called), re.compile(first), re.compile(second))
    for called, first, second in (
        (r"男女", r"男", r"女"),
        (r"在职[与和、]?(?:职工)?退休", r"在职", r"退休"),
        (r"医护", r"医师|医生", r"护士|护理人员"),
        (r"床护", r"床位", r"护士|护理人员"),
        (r"师生", r"教师", r"学生|在校生"),
        (r"生师", r"学生|在校生", r"教师"),
        (r"城乡[^，。；]{0,8}收入", r"城(?:镇|市)[^，。；]*收入", r"农(?:村|民)[^，。；]*收入"),
    )
)
"""What a proportion is called, and the words of its first figure and of its second."""


def proportions(context: Context) -> Iterator[Relation]:
    """What the proportions of the prose promise."""
    if not any(fact.quantity.pattern == "ratio" for fact in context.facts):
        return
    for stream in streams(context):
        for place in stream.places:
            if place.quantity.pattern == "ratio" and place.quantity.bound in ("=", "≈") and "比" in place.clause:
                yield from _related(context, stream, place)


def _related(context: Context, stream: Stream, place: Place) -> Iterator[Relation]:
    printed = _ONE_TO.search(place.quantity.extent.of(context.text))
    named = next((sides for called, *sides in _NAMED if called.search(place.clause)), None)
    if printed is None or named is None or (printed["first"] == "1") is (printed["second"] == "1"):
        return
    near = [p for p in stream.back(place.at, BACK) if p.paragraph == place.paragraph and p.level and p.quantity.bound == "=" and p.quantity.value]
    first, second = (_called(stream, near, place, words) for words in named)
    if first is None or second is None or first is second or first.quantity.dimension != second.quantity.dimension:
        return
    digits = printed["first"] if printed["second"] == "1" else printed["second"]
    above, below = (first, second) if printed["second"] == "1" else (second, first)
    stated = iv.of_numeral(digits, Decimal(1), "=", count=False)
    computed = iv.ratio(interval_of(above.fact), interval_of(below.fact))
    if computed is None:
        return
    holds = iv.meet(stated, computed)
    if not holds and _of_another(stream, (first, second), stated, turned=above is second):
        return
    middle = (above.quantity.value or iv.ZERO) / (below.quantity.value or Decimal(1))
    shown = plain(round(middle, max(iv.decimals_of(digits), 2)))
    sides = f"{shown}∶1" if above is first else f"1∶{shown}"
    yield Relation(
        type="implied",
        roles={"facts": (place.fact.id, first.fact.id, second.fact.id)},
        holds=holds,
        certain=holds or _slipped(digits, stated, computed, above, below),
        note=f"{figure(first.quantity)} ∶ {figure(second.quantity)} = {sides}" + ("" if holds else f"，文中为 {printed[0]}"),
        note_en=f"{figure(first.quantity)} to {figure(second.quantity)} are {sides}" + ("" if holds else f", stated are {printed[0]}"),
    )


def _called(stream: Stream, near: list[Place], place: Place, words: re.Pattern[str]) -> Place | None:
    """The one figure of the sentence whose words are these, else the one of the paragraph."""
    found = [p for p in near if words.search(p.clause) or words.search(first_words(stream.after(p.at)))]
    found = [p for p in found if p.sentence == place.sentence] or found
    return found[0] if len({p.quantity.value for p in found}) == 1 else None


def _of_another(stream: Stream, sides: tuple[Place, Place], stated: Interval, *, turned: bool) -> bool:
    """编制床位850张，实际开放900张，护士548人，床护比1∶0.61: whether the figure beside one of the sides is the one meant."""

    def candidates(side: Place) -> list[Place]:
        around = stream.places[max(0, side.at - 2) : side.at + 3]
        return [p for p in around if p.sentence == side.sentence and p.level and p.quantity.unit == side.quantity.unit and p.quantity.value]

    pairs = ((a, b) for a in candidates(sides[0]) for b in candidates(sides[1]) if a is sides[0] or b is sides[1])
    made = (iv.ratio(*map(interval_of, (b.fact, a.fact) if turned else (a.fact, b.fact))) for a, b in pairs)
    return any(ratio is not None and iv.meet(stated, ratio) for ratio in made)


def _slipped(digits: str, stated: Interval, computed: Interval, above: Place, below: Place) -> bool:
    """Whether the proportion was turned round, or one slip of the pen in one of the three numbers explains the miss."""
    slack = iv.half_unit(digits, Decimal(1))
    allowed = iv.add(computed, iv.around(iv.ZERO, slack))
    turned = iv.ratio(iv.point(Decimal(1)), computed)
    if (turned is not None and iv.meet(stated, turned)) or any(iv.contains(allowed, value) for value in variants(digits)):
        return True
    others = iv.product(stated, interval_of(below.fact)), iv.ratio(interval_of(above.fact), stated)
    return any(need is not None and mends(replace(p.quantity, bound="="), need) for p, need in zip((above, below), others, strict=True))
