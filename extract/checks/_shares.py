"""Runs of parts with a share of one whole: 基本支出A，占a%；项目支出B，占b%."""

from __future__ import annotations

from dataclasses import dataclass

from extract import intervals as iv
from extract.checks._prose import where
from extract.checks._rates import Ratio, fits
from extract.checks._ratios import ratios
from extract.checks._values import factor
from extract.relations import Context, once
from extract.types import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Parts of one whole that stand side by side, each with its share."""

    whole: Fact
    parts: tuple[Fact, ...]
    rates: tuple[Fact, ...]

    @property
    def hundred(self) -> bool:
        """Whether the shares add up to all of it within rounding."""
        stated = iv.total(iv.scaled(rate.quantity.interval, factor(rate.quantity)) for rate in self.rates)
        return iv.contains(stated, iv.HUNDRED)

    @property
    def misses(self) -> int:
        """How many shares do not follow from their part and the whole: several that miss are of something else."""
        return sum(not fits(rate, [part], [self.whole]) for rate, part in zip(self.rates, self.parts, strict=True))

    @property
    def complete(self) -> bool:
        """Whether the parts add up to the whole within rounding; not of a whole that is only a limit (超150亿元)."""
        return self.whole.quantity.bound == "=" and iv.meet(self.whole.quantity.interval, iv.total(part.quantity.interval for part in self.parts))


@once
def shares(context: Context) -> tuple[Shares, ...]:
    """Runs of parts with a share of the same whole: 基本支出A，占a%；项目支出B，占b%."""
    found: list[Shares] = []
    run: list[Ratio] = []
    at = where(context)

    def flush() -> None:
        if len(run) > 1:
            found.append(Shares(whole=run[0].den[0], parts=tuple(r.num for r in run), rates=tuple(r.rate for r in run)))
        run.clear()

    for one in ratios(context):
        if not one.share or one.rate.quantity.bound in ("<", "<=", ">", ">="):
            continue  # 占2.99%，低于10%的上限: the second is nobody's share
        if run and (one.den != run[0].den or at[one.rate.id][0] is not at[run[0].rate.id][0] or at[one.rate.id][1] - at[run[-1].rate.id][1] > 6):
            flush()
        if run and one.num.id in {r.num.id for r in run}:
            flush()
        run.append(one)
    flush()
    return tuple(found)
