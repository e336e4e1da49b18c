"""S207 shares-hundred: the shares of a complete breakdown add up to 100%.

What:
    Parts that add up to their whole, each told with its share of it: the shares add up to 100% within rounding.

Why:
    Shares are often carried over from an earlier version. The parts add up, the shares do not: one of them is stale.

Fires:
    本年支出合计200万元，其中基本支出120万元，占60%；项目支出80万元，占45%。

Left alone:
    本年支出合计300万元，其中基本支出100万元，占33.3%；项目支出100万元，占33.3%；其他支出100万元，占33.3%。

False alarms:
    None known.

Source:
    observed in reports
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks._list_words import graded
from extract.checks._shares import shares
from extract.relations import CheckRule, Context, Relation


def find(context: Context) -> Iterator[Relation]:
    """Shares of parts that are all of their whole."""
    for run in shares(context):
        if run.complete and (run.hundred or (run.misses < 2 and not graded([part.mention.text for part in run.parts]))):
            note = f"各部分之和等于总数，占比合计应为100%，实为{sum(rate.quantity.value or 0 for rate in run.rates)}%"
            yield Relation(
                type="implied",
                roles={"facts": tuple(rate.id for rate in run.rates)},
                holds=run.hundred,
                note="占比合计100%" if run.hundred else note,
                note_en="The shares add up to 100%" if run.hundred else "The parts add up to the whole, their shares do not add up to 100%",
            )


CHECK = CheckRule(code="S207", name="shares-hundred", name_zh="占比合计", severity="error", find=find, equation=False)
