"""How many of the values that a paragraph lists lie above or below a mark: 逐日看，38.2万、51.7万、…。八天日均51.6万人次，有五天高于日均水平.

The values stand in a row, and their number is told beside them, so that none is left out. The mark is a figure right before the count
(低于35微克的有5个), or the average that the paragraph states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.checks._list_words import label_of
from extract.checks._listed import Listed
from extract.checks._prose import Place, Stream, like

LEAST = 4
"""Fewer values are counted by nobody."""
MOST = 60
BACK = 40
"""So many facts before a count its values stand."""
_WAY = r"(?P<way>不高于|不低于|不超过|不少于|高于|超过|大于|多于|低于|小于|少于|不足|未达到?|达到)"
_MEAN = r"(?P<mean>[^，。；：、（）\d]{0,8}(?:平均|均)(?:水平|值|数|分|线)?)"
_OF = re.compile(r"^(?:以上)?的(?:街道|乡镇|县区?|区县?|地区|单位|部门|企业|项目)?(?:共?有|为|达)?$")
_MEAN_OF = re.compile(rf"{_WAY}{_MEAN}的(?:共?有|为|达)?$")
_BEHIND = re.compile(rf"^[^，。；：、（）\d]{{0,8}}?{_WAY}{_MEAN}(?=[，。；）]|$)")
_NAMED = re.compile(r"(?:^|[，；、：。]|和|及)[^，。；：、（）]{1,12}$")
_ONLY = re.compile(r"其中|仍|连续|累计|分别|另")
_BOUNDS = {">": "高于", ">=": "不低于", "<": "低于", "<=": "不高于"}
_STRICT = {"高于": 1, "超过": 1, "大于": 1, "多于": 1, "低于": -1, "小于": -1, "少于": -1, "不足": -1, "未达": -1, "未达到": -1}
_AT_LEAST = {"不低于": 1, "不少于": 1, "达到": 1, "不高于": -1, "不超过": -1}


def counts_above(stream: Stream) -> Iterator[tuple[Place, Listed]]:
    """Every such count, with how many of the listed values lie there."""
    for count in stream.places:
        value = count.quantity.value
        if value is None or not 0 < value <= MOST or count.quantity.bound != "=" or not count.level:
            continue
        found = _mark(stream, count)
        if found is None:
            continue
        way, mark = found
        values = _values(stream, count, mark)
        if values is None:
            continue
        sign, least = _STRICT.get(way) or _AT_LEAST[way], way in _AT_LEAST
        limit = mark.quantity.value or Decimal(0)
        read = [v for place in values if (v := place.quantity.value) is not None]
        if limit in read and not least:
            continue  # 高于 and not lower are easily said for one another
        there = sum((v - limit) * sign > 0 or (least and v == limit) for v in read)
        yield count, Listed(there, True, (label_of(values[0]), label_of(values[-1])))


def _mark(stream: Stream, count: Place) -> tuple[str, Place] | None:
    """How the counted values lie to a mark, and the mark."""
    before = stream.places[count.at - 1] if count.at else None
    if before is not None and _OF.match(count.lead) and before.quantity.bound in _BOUNDS:
        return _BOUNDS[before.quantity.bound], before
    words, after = count.plain, stream.after(count.at)
    said = (_MEAN_OF.search(words) if "均" in words else None) or (_BEHIND.match(after) if "均" in after else None)
    if said is None or _ONLY.search(count.clause):
        return None
    near = (p for p in stream.back(count.at, BACK) if p.paragraph == count.paragraph and not p.bracket)
    mean = next((p for p in near if re.search(r"均(?:气温|得?分|水平|值|为|约|达)?$", p.clause) and p.quantity.bound == "="), None)
    return (said["way"], mean) if mean is not None else None


def _values(stream: Stream, count: Place, mark: Place) -> list[Place] | None:
    """The last row of named figures before the count, if it is as long as another figure of the paragraph says."""
    near = [p for p in stream.places[max(0, count.at - BACK) : count.at] if p.paragraph == count.paragraph and not p.bracket and p is not mark]
    rows: list[list[Place]] = [[]]
    for place in near:
        fits = place.quantity.bound == "=" and (like(place.quantity, mark.quantity) or place.quantity.unit == "") and _NAMED.search(place.plain)
        if not fits or (rows[-1] and (place.at != rows[-1][-1].at + 1 or not _goes_on(rows[-1], place))):
            rows.append([])
        if fits:
            rows[-1].append(place)
    row = next((row for row in reversed(rows) if len(row) >= LEAST), None)
    if row is None:
        return None
    told = (p for p in stream.places if p.paragraph == count.paragraph and p is not count and p not in row)
    return row if any(p.quantity.value == len(row) and p.quantity.dimension in ("count", "time") for p in told) else None


def _goes_on(row: Sequence[Place], place: Place) -> bool:
    return place.sentence == row[-1].sentence and place.quantity.unit == row[-1].quantity.unit and place.fact.kind == row[-1].fact.kind
