"""G353 growth-sign: the words of a turn go the way its numbers go.

What:
    由A增至B, 从A降到B: B is above A where the words say a rise, below where they say a fall.

Why:
    A rise that is told as a fall turns a finding into an achievement.

Fires:
    事故起数由22起降至26起。

Left alone:
    事故起数由26起降至22起。

False alarms:
    None known.

Source:
    observed in reports

In Chinese:
    “由A增至B”时B应大于A，“从A降到B”时B应小于A。
    未见误报。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._changes import changes
from extract.checks._changes.turns import directions
from extract.relations import CheckRule, Context, Relation


def find(context: Context) -> Iterator[Relation]:
    """Turns from one level to another."""
    for turn, holds in directions(changes(context).turns):
        ids = (turn.before.fact.id, turn.after.fact.id)
        way = ("上升", "rise") if turn.up else ("下降", "fall")
        note, note_en = {
            True: (f"方向一致：{way[0]}", f"The numbers go the way of the words, a {way[1]}"),
            False: (f"文中称{way[0]}，数字却相反", f"The words say a {way[1]}, the numbers do not"),
            None: ("方向无法判断", "The way cannot be told"),
        }[holds]
        yield Relation(type="implied", roles={"facts": ids}, holds=holds, note=note, note_en=note_en)


CHECK = CheckRule(code="G353", name="growth-sign", name_zh="增减方向", severity="warning", find=find, equation=False)
