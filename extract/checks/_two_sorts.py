"""Places of two sorts, counted apart and together: 14个行政村、1个社区, and 15个村（社区）; 8个镇、3个街道, and 11个镇（街道）.

Often only some of them are meant (在12个村（社区）试点): of fewer nothing is said, unless the words take all of them. A slip of the pen
has to explain a miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks._prose import Place, Stream, streams
from extract.checks._slips import mended
from extract.checks._tally import adds_up
from extract.relations import Context, Relation

_FAMILIES = tuple(
    tuple(re.compile(pattern) for pattern in row)
    for row in (
        (r"个?(?:行政|建制)?村(?![民级委]|（)", r"个?(?:城市|城镇)?(?:社区|居委会)", r"个?(?:行政)?村(?:（社区）|（居）|居(?!民)|社区|、社区)"),
        (r"个?(?:乡镇|建制镇|镇|乡)(?![级街]|（)", r"个?街道(?!办)|个?街道办事处", r"个?(?:乡镇|镇|乡)（街道）|个?镇街(?!道)|个?街镇"),
    )
)
"""What follows the number of the one sort, of the other, of both."""
_JOINED = re.compile(r"[^，。；：（）]{0,6}[、和及与]")
_ALL_THERE_ARE = re.compile(r"辖|现有|共有|设有?|划分|全[省市县区镇乡]")
"""辖14个行政村、1个社区, but not 抽查8个镇、3个街道."""
_ALL_BEFORE = re.compile(r"(?:全[省市县区镇乡]|所辖|下辖|辖区内?|所有)的?$")
_ALL_BEHIND = re.compile(r"^(?:全部|全覆盖|各|均|都|实现全)")


def two_sorts(context: Context) -> Iterator[Relation]:
    """Every count of both sorts with the one place of the document that counts each."""
    for stream in streams(context):
        for family in _FAMILIES if not stream.in_table else ():
            apart = list(_apart(stream, family))
            if not apart or len({tuple(p.quantity.value for p in parts) for parts in apart}) > 1:
                continue
            parts = apart[0]
            for total in stream.places:
                said = family[2].match(stream.after(total.at))
                if said is not None and _meant(stream, total, parts, said.end()):
                    yield Relation(type="sum", roles={"total": (total.fact.id,), "parts": tuple(p.fact.id for p in parts)})


def _apart(stream: Stream, family: tuple[re.Pattern[str], ...]) -> Iterator[list[Place]]:
    """The numbers of the sorts, told one after the other, the last one of the other sort: 6个镇、2个乡、3个街道."""
    for last in stream.places[1:]:
        if not _exact(last) or not family[1].match(stream.after(last.at)):
            continue
        parts = [last]
        while parts[0].at and _JOINED.fullmatch(parts[0].lead) and parts[0].sentence == last.sentence:
            before = stream.places[parts[0].at - 1]
            if not _exact(before) or not family[0].match(stream.after(before.at)):
                break
            parts.insert(0, before)
        if len(parts) > 1 and _ALL_THERE_ARE.search(parts[0].clause):
            yield parts


def _meant(stream: Stream, total: Place, parts: list[Place], behind: int) -> bool:
    """Whether a count of both sorts is of all of them: as many, or more, or said to be; a miss only where a slip explains it."""
    quantities = [p.quantity for p in parts]
    if not _exact(total) or adds_up(total.quantity, quantities):
        return _exact(total)
    more = (total.quantity.value or 0) > sum(quantity.value or 0 for quantity in quantities)
    every = _ALL_BEFORE.search(total.clause) or _ALL_BEHIND.match(stream.after(total.at)[behind:])
    return (more or every is not None) and mended(total.quantity, quantities)


def _exact(place: Place) -> bool:
    return place.level and place.quantity.dimension == "count" and place.quantity.bound == "=" and bool(place.quantity.value)
