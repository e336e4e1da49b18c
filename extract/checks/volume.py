"""R305 volume: a volume is length by width by height, an area length by width.

What:
    长6.0米、宽4.0米、深3.5米，总容积84立方米; and the volume of a later depth of the same basin (池内存水深0.8米，体积约19.2立方米) with the length
    and the width told before it in the section.

Why:
    Capacities and earthworks are what is paid for, and what an inquiry into an accident rests on.

Fires:
    调节池长6.0米、宽4.0米、深3.5米，总容积94立方米。

Left alone:
    调节池长6.0米、宽4.0米、深3.5米，总容积84立方米，有效容积72立方米。

False alarms:
    Bodies that are no boxes: only a figure that one slip of the pen explains is reported.

Source:
    observed in reports

In Chinese:
    体积应等于长、宽、高（深）之积，面积应等于长、宽之积。
    不是长方体而没有说明的，可能误报；只报一处笔误能解释的。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract import intervals as iv
from extract.checks._figures import figure, plain
from extract.checks._prose import Place, streams
from extract.checks._slips import mends, variants
from extract.checks._values import interval_of
from extract.checks._words import bare
from extract.relations import CheckRule, Context, Relation
from extract.types import Interval

_LENGTH, _WIDTH, _HEIGHT = (re.compile(rf"(?:{words})(?:度|约|为|达|均)*$") for words in ("长", "宽", "高|深|厚"))
_VOLUME = re.compile(r"(?:体积|容积|容量|库容|方量)(?:约|为|达|共|合计)*$")
_AREA = re.compile(r"(?:面积)(?:约|为|达|共|合计)*$")
_NOT_ALL = re.compile(r"有效|可用|净|剩余|弃方|折算|不规则|圆|椭|梯形|三角")
"""What is not length by width by height."""
BACK = 8
"""So many figures before it stands what a volume is measured by."""
_ABOUT = Decimal("0.02")
_METRES = frozenset({"米", "m", "M"})
_VOLUMES = frozenset({"立方米", "m³", "方"})
_AREAS = frozenset({"平方米", "m²", "㎡"})
_MEASURED = _VOLUMES | _AREAS


def find(context: Context) -> Iterator[Relation]:
    """Volumes and areas, each with its two or three lengths."""
    for stream in streams(context):
        for place in stream.places:
            if place.quantity.unit not in _MEASURED:
                continue
            words = bare(place.clause)
            solid = place.quantity.unit in _VOLUMES and _VOLUME.search(words) is not None
            flat = place.quantity.unit in _AREAS and _AREA.search(words) is not None
            if (not solid and not flat) or _NOT_ALL.search(words) or place.quantity.bound not in ("=", "≈"):
                continue
            before = [p for p in stream.back(place.at, BACK) if p.fact.section == place.fact.section]
            sides = [_last(before, side) for side in ((_LENGTH, _WIDTH, _HEIGHT) if solid else (_LENGTH, _WIDTH))]
            near = [side for side in sides if side is not None and side.sentence == place.sentence]
            if None not in sides and sides[-1] in near:
                yield _relation(place, [side for side in sides if side is not None])


def _last(before: list[Place], side: re.Pattern[str]) -> Place | None:
    """The nearest of the figures before that is of a side."""
    return next((p for p in before if p.quantity.unit in _METRES and side.search(bare(p.clause))), None)


def _relation(place: Place, sides: list[Place]) -> Relation:
    needed = Interval(low=Decimal(1), high=Decimal(1))
    printed = Decimal(1)
    for side in sides:
        needed = iv.product(needed, interval_of(side.fact))
        printed *= side.quantity.value or iv.ZERO
    stated = interval_of(place.fact)
    # about 19 may be a fiftieth more or less
    slack = printed * _ABOUT if place.quantity.bound == "≈" else iv.ZERO
    holds = iv.meet(iv.add(needed, iv.around(iv.ZERO, slack)), stated)
    told = "×".join(figure(side.quantity) for side in sides)
    return Relation(
        type="implied",
        roles={"facts": (place.fact.id, *(side.fact.id for side in sides))},
        holds=holds,
        certain=holds or _slipped(place, printed),
        note=f"{told} = {plain(printed)}" + ("" if holds else f"，不是 {figure(place.quantity)}"),
        note_en=f"The lengths given make {plain(printed)}" + ("" if holds else f", not {figure(place.quantity)}"),
    )


def _slipped(place: Place, printed: Decimal) -> bool:
    exactly = place.quantity if place.quantity.bound == "=" else None
    around = iv.around(printed, iv.half_unit(place.quantity.digits, place.quantity.scale))
    return mends(exactly, around) if exactly is not None else any(iv.contains(around, value) for value in variants(place.quantity.digits))


CHECK = CheckRule(code="R305", name="volume", name_zh="体积与面积", severity="error", find=find, equation=False)
