"""Parts that are only some of a whole, and which whole that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.checks._list_words import ABOVE, BACK, weight_of
from extract.checks._lists.reader import Reader
from extract.checks._lists.region import gap_between
from extract.checks._lists.totals import by_times
from extract.checks._lists.words import COMPARED
from extract.checks._prose import Place, first_words, like
from extract.checks._tally import Part, exceeds
from extract.checks._words import bare

_PART_OF = re.compile(r"其中|[中里内](?:[，,：:]|有)|包[括含]|[（(，,、]\s*[内仅只]?含|属于|占")
_SHARED = re.compile(r"占[^，。；、]{0,4}$")
"""其中建材减少21亿元，占三个行业减少额的77%: what something is a share of is no part."""
_TERM = re.compile(r"(?:质保|质量保证|保修|保质|缺陷责任|担保|有效|保管|保存|服务|使用|合同|租赁|养护|管护)(?:期限?|年限|时限)为?$")
"""质保期两年，其中防水工程保修期五年: a term is no part of another one, but an exception to it."""
_TOGETHER = re.compile(r"上述|前述|(?:以上|两[项者类种])(?:合计|共计)|去重")
"""查封27家、停产11家，其中…4家，实际受到上述处置的34家: of all that was told."""


def take_some(reader: Reader, totals: Sequence[Place], parts: list[Place]) -> None:
    """Parts that are only some of the whole."""
    marks = [weight_of(gap_between(reader, a, b)) for a, b in pairwise(parts)]
    even = reader.wide and set(marks) == {3}
    end = next((n for n, mark in enumerate(marks) if mark == 3 and not even), len(parts) - 1) if parts else 0
    largest = max(parts, key=lambda p: p.quantity.value or 0) if parts else None
    shared = _whole_of(reader, parts[0], totals) if parts else None
    if shared is not None and largest is not None and exceeds(largest.quantity, shared.quantity):
        shared = _whole_of(reader, largest, totals)
    for number, part in enumerate(parts[: end + 1]):
        if _SHARED.search(part.clause) or _TERM.search(part.clause):
            continue
        near = shared if shared is not None and like(shared.quantity, part.quantity) else _whole_of(reader, part, totals)
        if near is not None and _opened_for_another(reader, part, near):
            continue
        if near is not None and part.at != near.at and not _TOGETHER.search(part.clause):
            others = [t for t in totals if t is not near and not by_times(t, part)]
            close = near.sentence == part.sentence or (not others and near.paragraph == part.paragraph)
            alone = close and near is totals[0] and (even or all(mark == 1 for mark in marks[:number]))
            alone = alone or (reader.context.name(near.fact) == reader.context.name(part.fact) and near.paragraph == part.paragraph)
            over = exceeds(part.quantity, near.quantity)
            beside = part.at == near.at + 1 and part.quantity.unit == near.quantity.unit and not first_words(reader.stream.after(part.at))
            apart = reader.open_part and not beside
            doubted = over and (
                apart
                or not _PART_OF.search(reader.context.between(near.fact, part.fact))
                or _one_of_many(reader, near)
                or _roomier(reader, part, near)
                or any(not exceeds(part.quantity, t.quantity) for t in totals if like(t.quantity, part.quantity))
            )
            doubted = doubted and not (beside and _class_of(part, near))  # 37个（亿元以上21个）
            reader.tally.parts.append(Part(whole=near, part=part, sure=alone and not doubted))

    for part in parts[end + 1 :]:
        # 其中甲税收到5亿元，完成…；乙税收到3亿元: the same words go on behind the semicolon
        if shared is not None and bare(part.clause)[-2:] == bare(parts[0].clause)[-2:] and not exceeds(part.quantity, shared.quantity):
            reader.tally.parts.append(Part(whole=shared, part=part, sure=False))


def _opened_for_another(reader: Reader, part: Place, near: Place) -> bool:
    """分布在5个乡镇：甲乡687人。其中集中安置2315人，设安置点19个: whether 其中 is told of another figure, which stands behind the whole."""
    between = reader.stream.places[near.at + 1 : part.at]
    first = next((place for place in reversed(between) if "其中" in place.plain), None)
    if first is None or "其中" in part.plain or like(first.quantity, part.quantity):
        return False
    if any(place.at < first.at and place.level and like(place.quantity, first.quantity) for place in between):
        return True
    # 5宗、684.8亩，其中3宗、200亩: told in pairs
    before = next((place for place in reader.stream.back(near.at, 1) if place.level and like(place.quantity, first.quantity)), None)
    return before is not None and before.paragraph == near.paragraph and len(near.lead) > 1


def _class_of(part: Place, near: Place) -> bool:
    """37个（亿元以上21个、…）: a class from a size upwards, first in the bracket right behind its whole."""
    return part.bracket != near.bracket and part.host == near.at and ABOVE.search(part.plain.rpartition("（")[2] or part.plain) is not None


def _one_of_many(reader: Reader, place: Place) -> bool:
    """三季度完成29.6亿元，四季度完成25.7亿元。其中公路78.5亿元: of all of them, not of the last."""
    before = reader.stream.places[place.at - 1] if place.at else None
    alike = before is not None and before.sentence == place.sentence and like(before.quantity, place.quantity)
    return before is not None and alike and len(place.clause) > 3 and bare(before.clause)[-2:] == bare(place.clause)[-2:]


def _roomier(reader: Reader, part: Place, near: Place) -> bool:
    """Whether what a part exceeds is one of a list, and the sentence has a level that can hold it: 132人，法官46人、法警15人，其中女71人."""
    if "、" not in near.lead or near.bracket != part.bracket:
        return False
    for p in reader.stream.back(part.at, BACK):
        if p.sentence != part.sentence:
            return False
        listed = p.level and not p.bracket and not COMPARED.search(p.plain)
        if listed and like(p.quantity, part.quantity) and not exceeds(part.quantity, p.quantity):
            return True
        if "；" in p.lead:
            return False
    return False


def _whole_of(reader: Reader, part: Place, totals: Sequence[Place]) -> Place | None:
    """Which of the totals a part belongs to: the one of its name, else the nearest that is not smaller, else the nearest."""
    fitting = [t for t in totals if like(t.quantity, part.quantity)]
    name = reader.context.name(part.fact)
    for total in fitting:
        words = bare(total.fact.mention.text)
        if (reader.context.name(total.fact) == name and not by_times(total, part)) or (len(words) > 1 and words in part.plain):
            return total
    return next((t for t in fitting if not exceeds(part.quantity, t.quantity)), fitting[0] if fitting else None)
