"""Q951 actual-is-bound: the column of actual values says what was reached, not what was asked for.

What:
    A row of a table of objectives whose actual value repeats the target with its bound (≥28次 against ≥28次): it says that the target was
    met, and keeps how far.

Why:
    A bound is no result: whoever checks the row finds no figure that a record could confirm.

Fires:
    表2 绩效目标完成情况表
    指标	年度目标值	实际完成值
    应急演练	≥4场	≥4场
    安全培训	≥10期	12期

Left alone:
    表2 绩效目标完成情况表
    指标	年度目标值	实际完成值
    应急演练	≥4场	4场
    安全培训	≥10期	12期

False alarms:
    A result that is only known as a bound (an uptime of ≥99.9%).

Source:
    observed in reports

In Chinese:
    完成值应写实际数，不应照抄目标（目标≥28次，完成值也写≥28次）。
    结果本来只能以界限表示的（可用率≥99.9%），不必处理。
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._figures import figure
from extract.checks.claimed_met import objectives
from extract.relations import CheckRule, Context, Relation


def find(context: Context) -> Iterator[Relation]:
    """Targets and actual values of one row with one bound and one value."""
    for relation in objectives(context):
        if relation.type != "target":
            continue
        goal, actual = (context.by_id[relation.roles[role][0]] for role in ("target", "actual"))
        if goal.cell is None or actual.cell is None or goal.cell == actual.cell:
            continue
        wanted, reached = goal.quantity, actual.quantity
        if reached.bound not in (">=", "<=", ">", "<") or (wanted.bound, wanted.value, wanted.unit) != (reached.bound, reached.value, reached.unit):
            continue
        shown = figure(reached)
        yield Relation(
            type="implied",
            roles={"facts": (goal.id, actual.id)},
            holds=False,
            note=f"“{context.called(actual)}”的完成情况只重复了目标值（{shown}），没有写明实际数",
            note_en=f"“{context.called(actual)}”: the actual value only repeats the target ({shown})",
        )


CHECK = CheckRule(code="Q951", name="actual-is-bound", name_zh="完成值照抄目标", severity="info", find=find, preview=True)
