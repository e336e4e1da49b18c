"""What speaks against a denominator that stands beside a named rate."""

from __future__ import annotations

import re

from extract import intervals as iv
from extract.checks._prose import Place
from extract.checks._ratios.reader import Reader
from extract.checks._ratios.words import ASKED_OF, ELSEWHEN, TO, ending_in
from extract.checks._words import bigrams
from extract.types import Fact

_PEOPLE = re.compile(r"(?:常住|户籍|总|平均|年末)人口")
_VITAL = re.compile(r"出生|死亡|增长|结婚|离婚|迁[入出]")
_MEAN = re.compile(r"平均|年均|年中")
_TURNED = re.compile(r"(?:由|从)[^，。；]*$")
_IN_TIME = re.compile(r"法定|[限期]内|[按准及]时|[按到逾]期|当场|一次|首次|当期|现场|如期")
"""按期办结率 is of those done in time, not of those done."""


def of_another_kind(reader: Reader, stem: str, by_stem: int, den: Fact) -> bool:
    """Whether a denominator is what was done of something else, as the numerator is of its own thing."""
    label = reader.label_of(den)
    thing = stem[:-by_stem] if by_stem < len(stem) else ""
    if len(thing) > 1 and ending_in(stem, label) >= by_stem and not bigrams(thing) & bigrams(label):
        return True
    if ASKED_OF.search(label):
        return False
    # 深造1616人，其中本科生深造1535人，本科生深造率28.60%: not of those who went on, but of those who could have
    if len(stem) > 3 and stem[-2:] in label and not bigrams(stem[:-2]) & bigrams(label):
        return True
    # 高血压规范管理2.14万人，糖尿病规范管理0.86万人，规范管理率71.1%: nor of those of another kind who did
    return stem in label


def stands_apart(reader: Reader, rate: Place, num: Place, den: Fact, stem: str, by_stem: int) -> bool:
    """Whether a rate is of something that the figures beside it need not be."""
    own = reader.label(num)
    # 完成改造31个，…；设备采购完成率82.6%: behind a semicolon a rate of something else needs its own figures
    thing = stem[:-by_stem] if by_stem < len(stem) else ""
    if len(thing) > 1 and "；" in reader.stream.between(num.at, rate.at) and not bigrams(thing) & bigrams(own):
        return True
    # 死亡率7.99‰ is of the population, which need not be stated
    if rate.quantity.unit == "‰" and not _PEOPLE.search(reader.label_of(den)):
        return True
    timed = _IN_TIME.search(stem)
    if timed is not None and timed[0] not in f"{own}{reader.label_of(num.fact)}":
        return True
    # 出生率6.19‰ is of the mean population, which that at the end of the year is near to
    return _of_mean(reader, rate, num, den, stem)


def reached_over_years(reader: Reader, rate: Place) -> bool:
    """治理率由33.1%提高到38.6%: what a rate rose to since it was another one."""
    started = reader.stream.places[rate.at - 1] if rate.at and TO.match(rate.lead) else rate
    return _TURNED.search(started.clause) is not None and not ELSEWHEN.search(started.clause)


def _of_mean(reader: Reader, rate: Place, num: Place, den: Fact, stem: str) -> bool:
    """Whether a vital rate misses a population that is none of the mean by no more than that grows in half a year."""
    values = (rate.quantity.value, num.quantity.value, den.quantity.value)
    if rate.quantity.unit != "‰" or not _VITAL.search(stem) or _MEAN.search(reader.label_of(den)) or not all(values):
        return False
    stated, part, whole = (value or iv.HUNDRED for value in values)
    return abs(part * 1000 / whole - stated) <= stated / 20
