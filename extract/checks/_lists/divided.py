"""Whether a list of parts is all of its total, or only some of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from extract import intervals as iv
from extract.checks._divisions import OTHERS
from extract.checks._list_words import ABOVE, crowded, divides, enumerated, graded, label_of, leans, weight_of
from extract.checks._lists.reader import Reader
from extract.checks._lists.region import gap_between
from extract.checks._lists.some import take_some
from extract.checks._lists.totals import alone_before
from extract.checks._prose import Place, like
from extract.checks._slips import LONG, credible, explained, mended, significant
from extract.checks._tally import Part, adds_up, exceeds
from extract.checks._totals_after import of_named
from extract.checks._words import bare

_PERSONS = frozenset({"人", "名", "位", "人次", "户", "家"})
_AMONG = re.compile(r"其中[：:，]?[^，。；、中]{0,16}$")
_BODY = re.compile(r"(?:单位|公司|企业|[队局部院校县市区镇乡村级处省国])$")
_POST = re.compile(r"(?:医师|医生|护士|药师|技师|法官|检察官|书记员|法警|民警|辅警)$")
"""Posts of which nobody holds two, so that persons under them are counted once."""
_MEASURE = re.compile(r"(?:处分|处理|问责|谈话|提醒|批评教育|检查|移送司法)$")
"""Measures of which a person gets one; but a party's 处分 and an office's go together."""
_OVERFULL = Decimal("1.25")
"""Parts that together are more than a quarter too much are of something else, or overlap."""
_MOSTLY = Decimal("0.8")
"""Parts after 其中 that miss more than a fifth of their whole are some of it, though their names divide it."""
_TRAIT = re.compile(
    r"党员|团员|群众|女|男|青年|老[年人]|儿童|民族|学历|大专|本科|研究生|硕士|博士|职称|退役|军人|劳模|先进|持证|残疾|低保|脱贫|代表|委员|重点"
)
"""Persons of one trait are often of another, too."""
_QUALITY = re.compile(r"以上|以下|以内|重点|新增|累计|规上|规模以上|涉及|含|同时|兼|既|又|均|超过|达到|获|优秀|合格|被")


_ET_CETERA = re.compile(r"等(?=[，。；、）]|$)")
"""其中农民工2217人、管理人员319人等: behind the last part, it says that there are more."""


def take_down(
    reader: Reader, totals: Sequence[Place], parts: list[Place], *, strong: bool, weak: bool, several: bool = False, divided: bool = False
) -> None:
    """A list of parts under its total: a sum where they are all of it, else parts of a whole; ``several`` if it may be another
    total's, ``divided`` if the words say that they are all of one."""
    total = totals[0]
    same = [p for p in parts if like(p.quantity, total.quantity)]
    if len(same) < 2:
        loose = [p for p in parts if p.quantity.dimension == "count"]
        if len(loose) > 1 and total.quantity.dimension == "count" and adds_up(total.quantity, [p.quantity for p in loose]):
            reader.tally.add(total, loose, sure=False, holds=True)
        else:
            take_some(reader, totals, same)
        return
    quantities = [p.quantity for p in same]
    if adds_up(total.quantity, quantities):
        reader.tally.add(total, same, sure=True, holds=True)
        return
    if graded([place.plain + place.fact.mention.text + _bound_behind(reader, place) for place in same]):
        take_some(reader, totals, same)
        # 亿元以上21个、5亿元以上8个: the wider class holds the narrower one
        steps = [(a, b) for a, b in pairwise(same) if ABOVE.search(a.plain) and ABOVE.search(b.plain)]
        reader.tally.parts.extend(Part(whole=a, part=b, sure=False) for a, b in steps if not exceeds(b.quantity, a.quantity))
        return
    wider = _wider(totals, same)
    if wider is not None:
        reader.tally.add(wider[0], wider[1], sure=False, holds=True)
        return
    # 15处中7处存在虚增，其中甲厂42.6万元、乙厂35.3万元，其余5处: the rest is of the 7
    if _ET_CETERA.match(reader.stream.after(same[-1].at)) or (OTHERS.search(same[-1].plain) and of_named(reader.stream, same[-2], same[-1])):
        take_some(reader, totals, same)
        return
    if strong:
        reader.tally.add(total, same, sure=not crowded(reader.stream, same), holds=False)
        return
    if several and divided:
        likely = [t for t in totals if credible(t.quantity, quantities)]
        if likely and len({t.quantity.value for t in likely}) == 1:
            reader.tally.add(likely[0], same, sure=False, holds=False, suspected=True)
            return
    named = enumerated(reader.stream, total, same) and mended(total.quantity, quantities)
    if weak and (named or (not several and divides(reader.stream, same))) and not _lacking(total, same):
        reader.tally.add(total, same, sure=True, holds=False)
        return
    slip = credible(total.quantity, quantities)
    if (
        weak
        and not several
        and (
            slip
            or _overfull(reader, total, same)
            or _nearly(reader, total, same)
            or (leans(reader.stream, same) and mended(total.quantity, quantities))
        )
    ):
        reader.tally.add(total, same, sure=False, holds=False, suspected=True)
        return
    take_some(reader, totals, same)


def _bound_behind(reader: Reader, place: Place) -> str:
    """19个超过200毫米: the size from which on a class is counted stands behind its figure."""
    behind = reader.stream.places[place.at + 1] if place.at + 1 < len(reader.stream.places) else None
    if behind is None or not behind.joins or behind.sentence != place.sentence or like(behind.quantity, place.quantity):
        return ""
    return {">": "以上", ">=": "以上", "<": "以下", "<=": "以下"}.get(behind.quantity.bound, "")


def _nearly(reader: Reader, total: Place, parts: list[Place]) -> bool:
    """追责84人，其中政务处分19人、诫勉谈话27人、批评教育36人: parts told in one breath right behind their whole, but for one slip."""
    if not explained(total.quantity, [p.quantity for p in parts]) or crowded(reader.stream, parts):
        return False
    labels = [bare(label_of(place)) for place in parts]
    told = len(set(labels)) == len(labels) and "" not in labels and not any(_QUALITY.search(place.plain) for place in parts)
    told = told and not any(_TRAIT.search(label) for label in labels)
    marks = {weight_of(gap_between(reader, a, b)) for a, b in pairwise(parts)}
    # 甲34人、乙18人，丙8人 of 58: what is too much is not some of it
    even = len(marks) == 1 or (marks == {1, 2} and len(significant(total.fact)) >= LONG and exceeds_together(total, parts))
    return told and even and alone_before(reader, total, parts[0])


def _lacking(total: Place, parts: list[Place]) -> bool:
    """资金32.4亿元，其中中央预算内资金4.15亿元、地方债券11.2亿元: 其中 named only some of it, unless a slip explains what is missing."""
    whole, added = total.quantity, iv.total(p.quantity.interval for p in parts)
    if OTHERS.search(label_of(parts[-1])) or whole.interval.low is None or added.high is None:
        return False
    return added.high < whole.interval.low * _MOSTLY and not mended(whole, [p.quantity for p in parts])


def exceeds_together(total: Place, parts: list[Place]) -> bool:
    """Whether parts are more than their total whatever their rounding."""
    added, whole = iv.total(p.quantity.interval for p in parts).low, total.quantity.interval.high
    return added is not None and whole is not None and added > whole


def _overfull(reader: Reader, total: Place, parts: list[Place]) -> bool:
    """县道26公里、乡道43公里、村道69公里 of 128公里: parts of one classification that together are more than the whole."""
    added = iv.total(p.quantity.interval for p in parts)
    whole = total.quantity.interval.high
    if added.low is None or whole is None or not exceeds_together(total, parts):
        return False
    labels = [bare(label_of(place)) for place in parts]
    marks = {weight_of(gap_between(reader, a, b)) for a, b in pairwise(parts)}
    if len(set(labels)) < len(labels) or "" in labels or len(marks) != 1:
        return False
    if len(parts) > 2 and len({label[-1:] for label in labels}) == 1 and marks == {1}:
        return True
    # Persons, and what is told by a quality, may be counted under several heads: 其中党员12人、女性8人.
    listed = parts[0].at == total.at + 1 and parts[-1].at - parts[0].at == len(parts) - 1 and _AMONG.search(parts[0].plain) is not None
    apart = all(_BODY.search(label) for label in labels) or (marks == {1} and all(_POST.search(label) for label in labels))
    apart = apart or (all(_MEASURE.search(label) for label in labels) and sum("处分" in label for label in labels) < 2)
    persons = parts[0].quantity.unit in _PERSONS and marks != {3} and not apart
    return listed and not persons and added.low <= whole * _OVERFULL and not any(_QUALITY.search(place.plain) for place in parts)


def _wider(totals: Sequence[Place], parts: list[Place]) -> tuple[Place, list[Place]] | None:
    """A total further back that the nearest one and the parts together reach: the nearest one is the first part."""
    for number, whole in enumerate(totals[1:], 1):
        first = totals[number - 1]
        if first.at < parts[0].at and whole.at < first.at and adds_up(whole.quantity, [first.quantity, *(p.quantity for p in parts)]):
            return whole, [first, *parts]
    return None
