"""S207 shares-hundred: the shares of a complete breakdown add up to 100%.

What:
    Parts that add up to their whole, each told with its share of it: the shares add up to 100% within rounding. So do shares whose
    names are all there are (男 and 女, up to 其他), if one slip of the pen explains why they do not; of names that divide a whole, shares
    above 100% alone. So do those of a composition (三次产业结构为11.6∶38.9∶49.5).

Why:
    Shares are often carried over from an earlier version. The parts add up, the shares do not: one of them is stale.

Fires:
    参训人员中，男性占54.6%，女性占46.4%。

Left alone:
    本年支出合计300万元，其中基本支出100万元，占33.3%；项目支出100万元，占33.3%；其他支出100万元，占33.3%。

False alarms:
    None known.

Source:
    observed in reports

In Chinese:
    完整划分的各部分占比之和应为100%（四舍五入的差异不算）。
    未见误报。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.checks._bare_shares import closed_shares
from extract.checks._composition import compositions
from extract.checks._figures import figure, plain
from extract.checks._list_words import graded
from extract.checks._shares import shares
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact


def find(context: Context) -> Iterator[Relation]:
    """Shares of parts that are all of their whole, and shares that are all by their names."""
    told: set[str] = set()
    for run in shares(context):
        if run.complete and (run.hundred or (run.misses < 2 and not graded([part.mention.text for part in run.parts]))):
            told.update(rate.id for rate in run.rates)
            yield _relation(run.rates, run.hundred, "各部分之和等于总数，占比合计", "The parts add up to the whole, their shares")
    for composed in compositions(context):
        if not told.intersection(share.id for share in composed.shares):
            sure = composed.hundred or composed.credible
            yield _relation(composed.shares, composed.hundred, "构成各项合计", "The shares of the composition", certain=sure)
    for one in closed_shares(context):
        if one.whole is None and not told.intersection(share.id for share in one.shares):
            yield _relation(one.shares, one.holds, "各项占比合计", "The shares")


def _relation(shares: Sequence[Fact], holds: bool, told: str, told_en: str, *, certain: bool = True) -> Relation:
    roles = {"facts": tuple(share.id for share in shares)}
    if holds:
        return Relation(type="implied", roles=roles, holds=True, note="占比合计100%", note_en="The shares add up to 100%")
    total = plain(sum((share.quantity.value or Decimal(0) for share in shares), Decimal(0)))
    added = f"{' + '.join(figure(share.quantity) for share in shares)} = {total}%"
    return Relation(
        type="implied",
        roles=roles,
        holds=False,
        certain=certain,
        note=f"{told}应为100%，实为{added}",
        note_en=f"{told_en} should add up to 100%: {added}",
    )


CHECK = CheckRule(code="S207", name="shares-hundred", name_zh="占比合计", severity="error", find=find, equation=False)
