"""Which facts of a text are told as the parts of another one, and whether the text means all of its parts.

Four ways of saying so are read: brackets after a total (17起（甲4起、乙13起）), an opening word after it (其中, 包括, 分别为,
由…构成, 按类型分), a total told after its parts (合计), and a total divided in a clause of its own (9起事故中…, …其余7户).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extract.checks import _totals_after as after
from extract.checks._bracketed_row import bracketed_rows
from extract.checks._calendar_parts import calendar_parts
from extract.checks._counted_together import counted_together
from extract.checks._grade_counts import graded_sides
from extract.checks._item_parts import item_parts, of_item
from extract.checks._items import items
from extract.checks._line_lists import line_lists
from extract.checks._lists.brackets import read_brackets
from extract.checks._lists.opened import read_opened
from extract.checks._lists.reader import Reader
from extract.checks._parts_of_year import parts_of_year
from extract.checks._prose import Stream, is_share, streams
from extract.checks._rates import fits
from extract.checks._sides import Side, sides
from extract.checks._size_classes import size_classes
from extract.checks._tally import Part, PartList, Tally
from extract.checks._whole_lists import whole_lists
from extract.relations import Context, once
from extract.types import Fact

_OVERLAP = re.compile(
    r"一[件案人事企户]多[诉类项次岗案证]|重复(?:计算|统计|计入|填报)|交叉(?!口|路)|多选|可(?:以)?(?:重复|兼报)|有(?:重复|重叠)|去重[前后]|[两三][类项种次][^，。；]{0,8}合并|(?:合计|相加|之和)[^，。；]{0,6}(?:大于|超过|多于|高于|不等于)总?"
)
"""Parts of which the document itself says that one thing may be counted under several."""

_EACH = re.compile(r"各(?:为|有)?(?:约|近)?$")
_AMONG = re.compile(r"[当之]?中的$")


@dataclass(frozen=True, slots=True)
class Lists:
    """What a document says of parts and totals; ``whole`` gives the total of a part by the part's id."""

    sums: tuple[PartList, ...]
    parts: tuple[Part, ...]
    whole: dict[str, Fact] = field(default_factory=dict)


@once
def lists(context: Context) -> Lists:
    """All sums and parts of the document's prose."""
    sums: list[PartList] = []
    parts: list[Part] = []
    for stream in streams(context):
        tally = _of_stream(stream, context)
        sums.extend(tally.sums)
        parts.extend(tally.parts)
        sums.extend(_from_sides(stream, context, tally.sums))
    held = {found.total.fact.id: found for found in sums if found.holds}
    sums = [found for found in sums if found.holds or not _spoken_against(found, held, context)]
    whole: dict[str, Fact] = {}
    for found in sums:
        if (found.holds or found.sure or found.suspected) and not found.budget:
            for place in found.parts:
                whole.setdefault(place.fact.id, found.total.fact)
    for one in parts:
        if one.sure:
            whole.setdefault(one.part.fact.id, one.whole.fact)
    return Lists(tuple(sums), tuple(parts), whole)


def _spoken_against(found: PartList, held: Mapping[str, PartList], context: Context) -> bool:
    """Whether the text itself says why a list does not reach its total."""
    told = _overlapping(found, context) or _each(found) or _out_of(found) or _shares_told(found)
    return told or _held_without(found, held) or _of_several(found, context)


def _overlapping(found: PartList, context: Context) -> bool:
    """Whether the text says that its parts overlap: 因一件多诉，各类合计大于总数."""
    last = found.parts[-1].fact
    # 困难学生（类别可重复）638人: its name may say so
    return _OVERLAP.search(context.text, found.total.fact.clause.start, max(last.sentence.end, last.quantity.extent.end)) is not None


def _each(found: PartList) -> bool:
    """红线宽30米，其中车行道16米，两侧人行道各4.5米: whether a part is what each of several has, nobody says how many times."""
    return any(_EACH.search(place.clause) for place in found.parts)


def _out_of(found: PartList) -> bool:
    """即中度1天及轻度3天中的2天: whether a part is told to be out of another one."""
    return any(_AMONG.match(place.lead) for place in found.parts)


def _held_without(found: PartList, held: Mapping[str, PartList]) -> bool:
    """年收入18.6万元的60%罚款11.16万元: whether the total is reached by some of its figures, the others being no parts."""
    other = held.get(found.total.fact.id)
    # 优的4个、良的0个 of 4 are no list that reaches it
    telling = other is not None and sum(place.quantity.value != 0 for place in other.parts) > 1
    return other is not None and telling and not other.less and {p.fact.id for p in other.parts} < {p.fact.id for p in found.parts}


def _of_several(found: PartList, context: Context) -> bool:
    """投资12亿元、到位资金9亿元，其中东区投资6亿元、到位资金5亿元: whether items tell its figures as parts of several totals."""
    told = ((part.fact, context.by_id.get(part.fact.antecedent)) for part in found.parts)
    return len({total.id for fact, total in told if total is not None and of_item(fact, total)}) > 1


def _shares_told(found: PartList) -> bool:
    """总支出4.79亿元，其中甲1.98亿元、乙0.92亿元，两项占60.5%: whether the text says that the parts are not all of the total."""
    last = found.parts[-1]
    behind = (p for p in found.stream.places[last.at + 1 : last.at + 3] if p.sentence == last.sentence)  # 三 of 三项 may be a figure of its own
    share = next((p for p in behind if is_share(p.fact) and "占" in p.plain), None)
    return share is not None and fits(share.fact, [part.fact for part in found.parts], [found.total.fact])


def _from_sides(stream: Stream, context: Context, known: Sequence[PartList]) -> Iterator[PartList]:
    """Totals divided in a later sentence or by numbered items, unless the sentence itself was found to divide a nearer one."""
    told = {tuple(p.at for p in found.parts) for found in known}
    held = {p.at for found in known if found.holds for p in found.parts}
    reached = frozenset(found.total.at for found in known if found.holds)
    others = (items, line_lists, size_classes, whole_lists)
    for side in (
        *sides(stream, context, reached),
        *(side for find in others for side in find(stream, context)),
        *graded_sides(stream),
        *bracketed_rows(stream),
        *item_parts(stream),
    ):
        own = tuple(p.at for p in side.parts)
        if own not in told and (side.holds or not set(own) <= held):
            yield _of_side(stream, side)
    # the months of half a year are those of its quarters, too
    yield from (_of_side(stream, side) for side in calendar_parts(stream) if tuple(p.at for p in side.parts) not in told)


def _of_side(stream: Stream, side: Side) -> PartList:
    return PartList(stream=stream, total=side.total, parts=side.parts, sure=side.holds, holds=side.holds, suspected=not side.holds)


def _of_stream(stream: Stream, context: Context) -> Tally:
    """What a stream says of parts and totals in its own clauses."""
    reader = Reader(stream, context, Tally(stream, context))
    read_brackets(reader)
    for place in stream.places:
        read_opened(reader, place)
        for read in (after.total_after, counted_together, parts_of_year, after.budget, after.so_far, after.rest, after.either):
            read(reader.tally, place)
    return reader.tally
