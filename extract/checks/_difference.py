"""What is left of something after something: the value that the finders of differences tell, and the relation that it makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from extract import intervals as iv
from extract.checks._prose import is_share
from extract.checks._slips import mended, significant
from extract.checks._tables import decimals
from extract.relations import Relation
from extract.types import Fact, Quantity


@dataclass(frozen=True, slots=True)
class Difference:
    """What is left, of what, after what; ``sure`` where no other figures can be meant."""

    result: Fact
    minuend: Fact
    subtrahend: Fact
    sure: bool = True

    @property
    def holds(self) -> bool:
        return iv.meet(self.result.quantity.interval, iv.sub(self.minuend.quantity.interval, self.subtrahend.quantity.interval))

    @property
    def slipped(self) -> bool:
        """Whether one slip of the pen in one of the three numbers makes the difference hold; of a number of one digit any other is."""
        return len(significant(self.minuend)) > 1 and mended(self.minuend.quantity, (self.result.quantity, self.subtrahend.quantity))

    @property
    def of_few(self) -> bool:
        """Whether all three are numbers of one digit, of which any may be miscounted."""
        return all(len(fact.quantity.digits) == 1 and fact.quantity.value for fact in (self.result, self.minuend, self.subtrahend))

    @property
    def tenfold(self) -> bool:
        """Whether ten times less was taken off than is told: 督办5家，已销案40家，剩余1家."""
        taken = iv.sub(self.minuend.quantity.interval, self.result.quantity.interval)
        return iv.meet(iv.scaled(self.subtrahend.quantity.interval, Decimal("0.1")), taken)

    @property
    def relation(self) -> Relation:
        """The relation of the three, certain only where they can belong to one thing."""
        result, minuend, subtrahend = self.result, self.minuend, self.subtrahend
        a, b, c = (fact.quantity.value for fact in (minuend, subtrahend, result))
        # Nothing is left of less: the three belong to different things, unless one slip of the pen explains it.
        # 下半年不少于800批次 is nothing that was taken off.
        sure = self.sure and None not in (subtrahend.quantity.interval.low, subtrahend.quantity.interval.high)
        sure = sure and (a is None or b is None or a >= b or result.kind in ("growth", "delta") or is_share(result) or self.slipped)
        # 3项超额，1项减少，其余3项: of a few things as many are not left
        sure = sure and not (a and c == a and len(significant(minuend)) < 2 and result.kind == "level")
        roles = {"result": (result.id,), "minuend": (minuend.id,), "subtrahend": (subtrahend.id,)}
        return Relation(type="diff", roles=roles, certain=sure, decimals=self._to_the_digit() or self._of_goal())

    def _of_goal(self) -> int | None:
        """增长5.2%，低于目标2.8个百分点 of a goal of 8%: what was set is 8.0 where what was reached is 5.2 (T3); else ``None``."""
        ends = (self.minuend, self.subtrahend)
        goal = next((fact for fact in ends if fact.kind == "target" and fact.quantity.bound == "="), None)
        shares = self.result.quantity.dimension == "percentage_point" and all(fact.quantity.bound == "=" for fact in (*ends, self.result))
        finest = max(iv.decimals_of(fact.quantity.digits) for fact in (*ends, self.result))
        return finest if goal is not None and shares and iv.decimals_of(goal.quantity.digits) < finest else None

    def _to_the_digit(self) -> int | None:
        """预算386万元，实际采购372.15万元，节约13.35万元: the 386 are 386.00, if one slip makes the others agree with that (T3); else ``None``."""
        three = (self.result, self.minuend, self.subtrahend)
        if self.result.kind != "level" or any(f.quantity.dimension != "money" or f.quantity.bound != "=" or f.quantity.value is None for f in three):
            return None
        finest = decimals(three)
        if finest is None or len({f.quantity.scale for f in three}) > 1 or iv.decimals_of(self.minuend.quantity.digits) >= finest:
            return None

        def narrow(quantity: Quantity) -> Quantity:
            exact = iv.around(quantity.value or iv.ZERO, iv.half_unit(quantity.digits, quantity.scale, finest))
            return replace(quantity, interval=exact)

        a, b, c = (narrow(fact.quantity) for fact in three)
        return finest if not iv.meet(a.interval, iv.sub(b.interval, c.interval)) and mended(b, (a, c)) else None
