"""Lists whose items have figures of their own: 8件实事分别是：新建食堂2处、改造小区6个、…; 管理费124.53万元，设计费296.84万元，…，共2项."""

from __future__ import annotations

import re

from extract.checks._listed import Listed
from extract.checks._prose import Place, squeezed
from extract.relations import Context

FEWEST, OFF = 4, 2
"""Fewer items are no list of this kind; a number that more are missing from is of something else."""
_OPENING, _LONGEST = 16, 380
"""So many characters behind a number open a list; so many hold it."""
_BRACKETED = re.compile(r"（[^（）]*）")
_AFTER = re.compile(r"^[^，。；：、\d]{2,12}，?分别[是为]：?(?P<list>[^。；：，]+)(?:[。；]|$)")
_ITEM = re.compile(r"(?!.*(?:[和与及]|等$))[^、，。；：]{4,24}")
_AMOUNT = re.compile(r"(?!.*(?:其中|合计|共))[^、，。；：\d]{2,16}\d[\d,]*(?:\.\d+)?[万亿]?元")
_IN_ALL = re.compile(r"[，、]共$")


def amount_list(context: Context, place: Place) -> Listed | None:
    """The items that a number counts, told behind it (分别是：…) or before it (…，共5项); ``None`` where no plain list stands there."""
    fact, text = place.fact, context.text
    start, end = fact.quantity.extent.start, fact.quantity.extent.end
    after = squeezed(text[end : min(fact.sentence.end, end + _OPENING)])
    if "分别" in after:
        listed = _AFTER.match(_BRACKETED.sub("", squeezed(text[end : min(fact.sentence.end, end + _LONGEST)])))
        if listed is not None:
            return _counted(re.split("、", listed["list"]), _ITEM, place)
    if place.quantity.unit == "项" and after[:1] in ("。", "；", ""):
        words = _BRACKETED.sub("", text[max(fact.sentence.start, start - _LONGEST) : start].replace(" ", ""))
        told = _IN_ALL.search(words)
        if told is not None:
            return _counted(re.split("[，、](?!\\d{3})", words[: told.start()].rpartition("：")[2]), _AMOUNT, place)
    return None


def _counted(items: list[str], plain: re.Pattern[str], place: Place) -> Listed | None:
    value = place.quantity.value
    whole = len(items) >= FEWEST and value is not None and abs(len(items) - value) <= OFF
    if not whole or not all(plain.fullmatch(item) for item in items):
        return None
    return Listed(len(items), True, (items[0], items[-1]))
