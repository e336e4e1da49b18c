"""Days that a work took more or less than was agreed: 合同工期240日历天 … 实际用时257天 … 实际工期比合同约定多17天.

What was agreed and what it took stand each once in the document, or in the paragraph. Where the days fail, a slip of the pen has to explain it,
and one day too many or too few is another way of counting. What is told after days were taken off is of another number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract import intervals as iv
from extract.checks._difference import Difference
from extract.checks._prose import Place, asked_places, like, streams
from extract.checks._rates import limited
from extract.relations import Context, once

_UNITS = frozenset(("天", "日", "日历天", "个日历天", "工作日", "个工作日"))
_SAID_AGREED = r"(?:合同|计划|批复|约定|定额|规定)"
_AGREED = re.compile(rf"{_SAID_AGREED}[^，。；、]{{0,4}}工期(?:为|是|共|：)?$|^(?:工程|项目)?(?:签约|合同签订|合同生效)后$")
_TOOK = re.compile(r"(?:实际(?:工期|用时|历时|施工)?|(?<!合同)(?<!计划)(?<!批复)工期|历时|用时|共)(?:为|共|：)?$")
_OF_WORK = re.compile(r"开工|竣工|完工|交工|到货|交付|通水|通车|验收")
_AGREEMENT = rf"[^，。；]{{0,3}}?(?:{_SAID_AGREED}[^，。；]{{0,6}}?|工期)"
_APART = re.compile(
    rf"[比较]{_AGREEMENT}(?P<way>提前|缩短|少用?|延长|超出|超|多出?|多用|滞后|推迟|晚)了?$|(?P<over>超出?|超过){_AGREEMENT}$"
    r"|^(?:工期)?(?P<alone>提前|逾期|超期)了?(?:完工|竣工|交付)?$"
)
_IDLE = re.compile(r"实际|总?工期|施工|工程|项目|用时|历时|建设|[该本仅只共均则就]")
_EARLY = frozenset(("提前", "缩短", "少", "少用"))
_TAKEN_OFF = re.compile(r"扣除|剔除|顺延|扣减|考核|允许|可比")
_ONE = 1


def days_apart(context: Context) -> Iterator[Difference]:
    """The days that are said to lie between what was agreed and what it took; a miss, if a slip of the pen explains it."""
    for _, place in asked_places(context):
        said = _APART.search(place.clause) if place.quantity.unit in _UNITS else None
        if said is None or (said["alone"] and place.joins) or place.quantity.bound != "=":
            continue
        if _TAKEN_OFF.search(context.before(place.fact, place.fact.sentence)):
            continue
        agreed, took = _only(_agreed(context), place), _only(_took(context), place)
        found = _between(place, agreed, took, said) if agreed is not None and took is not None else None
        if found is not None and agreed is not None and took is not None and not found.holds:
            other = _of_another_work(place.clause[: said.start()], agreed.clause + took.clause)
            found = found if found.slipped and not other and not _counted_otherwise(found) else None
        if found is not None:
            yield found


def _of_another_work(words: str, known: str) -> bool:
    """电梯安装工期比合同多31天: whether the words name a work that those of the two figures do not."""
    return any(char not in known for char in _IDLE.sub("", words))


def _between(place: Place, agreed: Place, took: Place, said: re.Match[str]) -> Difference | None:
    """The difference that the words mean; ``None`` where they say the other way."""
    early = (said["way"] or said["alone"]) in _EARLY
    more, less = (agreed, took) if early else (took, agreed)
    if (more.quantity.value or 0) < (less.quantity.value or 0):
        return None
    # 提前16天 is read as a change below nothing
    ends = (less, more) if (place.quantity.value or 0) < 0 else (more, less)
    return Difference(place.fact, ends[0].fact, ends[1].fact)


def _only(found: Iterable[Place], place: Place) -> Place | None:
    """The one that its paragraph tells before a figure, else the one of the document."""
    others = [one for one in found if one is not place and like(one.quantity, place.quantity)]
    here = [one for one in others if one.paragraph == place.paragraph and one.at < place.at] or others
    return here[-1] if len({one.quantity.value for one in here}) == 1 else None


def _counted_otherwise(found: Difference) -> bool:
    """Whether only one day is missing, or too many: the first and the last day are counted, or one of them."""
    a, b, c = (fact.quantity.value or iv.ZERO for fact in (found.minuend, found.subtrahend, found.result))
    return abs(abs(a - b) - abs(c)) == _ONE


@once
def _agreed(context: Context) -> tuple[Place, ...]:
    return tuple(place for place in _days(context) if _AGREED.search(place.clause))


@once
def _took(context: Context) -> tuple[Place, ...]:
    found = (place for place in _days(context) if limited(place.fact) and not _AGREED.search(place.clause) and _TOOK.search(place.clause))
    return tuple(place for place in found if "实际" in place.clause or _OF_WORK.search(place.fact.sentence.of(context.text)))


@once
def _days(context: Context) -> tuple[Place, ...]:
    return tuple(place for stream in streams(context) for place in stream.places if place.quantity.unit in _UNITS and place.level)
