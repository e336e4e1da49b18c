"""Levels, levels before and changes in one order: 与上年的36起、18人相比，起数、亡人分别下降11.1%和16.7%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.checks._changes.arithmetic import can_change, follows
from extract.checks._changes.reader import BACK, Change, Reader
from extract.checks._changes.words import JOINED
from extract.checks._prose import CHANGES, Place, like
from extract.checks._values import is_rate

_COMPARED = re.compile(r"^）?相?比(?:较)?，")
_AGAINST = re.compile(r"(?:与|同|和|较|比)(?:上年|去年|前年|上年同期|去年同期|(?:19|20)\d\d[年届])(?:同期)?的?[^，。；]{0,6}$")


def compared_changes(reader: Reader) -> Iterator[tuple[int, Change]]:
    """与上年的36起、18人、1286.9万元相比，起数、亡人分别下降11.1%和16.7%，损失上升9.6%: levels, levels before, changes, in one order."""
    places = reader.stream.places
    for last in places:
        if _COMPARED.match(reader.stream.after(last.at)) is None or last.fact.kind in CHANGES:
            continue
        formers = [last]
        while JOINED.fullmatch(formers[-1].lead) and formers[-1].at:
            formers.append(places[formers[-1].at - 1])
        if not _AGAINST.search(formers[-1].lead):
            continue
        formers.reverse()
        currents = _before(reader, formers)
        after = [p for p in places[last.at + 1 : last.at + 1 + 2 * len(formers)] if p.sentence == last.sentence and p.fact.kind in CHANGES]
        if currents is None:
            continue
        if len(formers) == 1:
            yield from _against(reader, last, currents[0], after)
        elif len(after) >= len(formers) and all(is_rate(p.quantity) for p in after):
            for change, current, former in zip(after, currents, formers, strict=False):
                yield change.at, Change(change=change.fact, current=current.fact, previous=former.fact, sure=True, beside=True)


def _against(reader: Reader, former: Place, nearest: Place, after: Sequence[Place]) -> Iterator[tuple[int, Change]]:
    """与2022届（6433人）相比，毕业生总数增加268人，增幅4.17%: of the level that leads there, else of the only one."""
    near = [p for p in reader.stream.back(former.at, BACK) if p.paragraph == former.paragraph and p.level and p.fact.kind not in CHANGES]
    levels = [p for p in near if like(p.quantity, former.quantity) and not reader.stream.compared(p)]
    for change in after:
        if not can_change(change.fact, nearest.fact):
            continue
        chosen = next((p for p in levels if follows(change.quantity, p.quantity, former.quantity)), None)
        alone = len({p.quantity.value for p in levels}) == 1
        current = (chosen or nearest).fact
        yield change.at, Change(change=change.fact, current=current, previous=former.fact, sure=chosen is not None or alone, beside=True)


def _before(reader: Reader, formers: Sequence[Place]) -> list[Place] | None:
    """As many levels before as there are earlier ones, of the same units in the same order; ``None`` where there are none."""
    found: list[Place] = []
    wanted = list(formers)
    for p in reader.stream.back(formers[0].at, 3 * len(formers)):
        if p.paragraph != formers[0].paragraph or not wanted:
            break
        if p.level and p.fact.kind not in CHANGES and like(p.quantity, wanted[-1].quantity):
            found.append(p)
            wanted.pop()
        elif found and p.level:
            return None
    return found[::-1] if not wanted else None
