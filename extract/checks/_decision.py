"""What hangs on a number: whether the corrected figure would change a grade, a threshold or a claim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from extract import intervals as iv
from extract.checks._cause import Cause, Judged, classes
from extract.checks._judge import judge
from extract.relations import Context
from extract.types import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The relations of a document in which something is decided, by the number that decides it.

    Statements that agree count as one number: a score that two places state is corrected in both.
    """

    judged: list[Judged]
    numbers: dict[str, str]
    at: dict[str, list[int]]
    members: dict[str, list[str]]
    context: Context

    @classmethod
    def of(cls, judged: list[Judged], context: Context) -> Decisions:
        numbers = classes(judged)
        at: dict[str, list[int]] = {}
        members: dict[str, list[str]] = {}
        for identity, name in numbers.items():
            members.setdefault(name, []).append(identity)
        for n, one in enumerate(judged):
            if _decides(one):
                for identity in one.members:
                    at.setdefault(numbers.get(identity, identity), []).append(n)
        return cls(judged=judged, numbers=numbers, at=at, members=members, context=context)

    def hangs_on(self, cause: Cause) -> bool:
        """Whether correcting the cause changes a decision; where a decision itself fails, it does."""
        if any(_decides(self.judged[n]) for n in cause.failing):
            return True
        if cause.repair is None:
            return False
        name = self.numbers.get(cause.repair.fact, cause.repair.fact)
        deciding = self.at.get(name, ())
        if not deciding:
            return False
        corrected = {i: _with_value(self.context.by_id[i], cause.repair.value) for i in self.members.get(name, [cause.repair.fact])}
        involved = {i: self.context.by_id[i] for n in deciding for i in self.judged[n].members}
        after = replace(self.context, by_id=involved | corrected)
        return any(self._outcome(n, self.context) != self._outcome(n, after) for n in deciding)

    def _outcome(self, n: int, context: Context) -> str:
        relation = self.judged[n].relation
        if relation.decides is None:
            return judge(replace(relation, claim=""), context).verdict
        value = context.by_id[relation.roles["facts"][0]].quantity.value
        return "" if value is None else relation.decides(value)


def _decides(one: Judged) -> bool:
    return one.relation.type == "target" or one.relation.decides is not None


def _with_value(fact: Fact, value: Decimal) -> Fact:
    """The fact with another number, of the same precision."""
    quantity = fact.quantity
    exact = quantity.interval.low == quantity.interval.high
    slack = iv.ZERO if exact else iv.half_unit(quantity.digits, quantity.scale)
    return replace(fact, quantity=replace(quantity, value=value, low=None, high=None, bound="=", interval=iv.around(value, slack)))
