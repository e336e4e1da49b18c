"""What hangs on a number: whether the corrected figure would change a grade, a threshold or a claim."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.checks._cause import Cause, Judged, classes
from extract.checks._evidence import with_value
from extract.checks._judge import RESULT, judge
from extract.checks._solve import solve
from extract.checks._values import central
from extract.checks._words import alike
from extract.relations import Context
from extract.types import Fact, Repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The relations of a document in which something is decided, by the numbers that decide it.

    Statements of one number count as one: those that a passing ``same`` joins, and figures of one value and kind under names
    that say the same (总得分 in the table, 综合得分 in the sentence that gives the grade).
    """

    judged: list[Judged]
    numbers: dict[str, str]
    at: dict[str, list[int]]
    alike: dict[object, list[str]]
    context: Context

    @classmethod
    def of(cls, judged: list[Judged], context: Context) -> Decisions:
        numbers = classes(judged)
        at: dict[str, list[int]] = {}
        same: dict[object, list[str]] = {}
        for n, one in enumerate(judged):
            for identity in one.members if _decides(one) else ():
                if identity not in at:
                    same.setdefault(_figure(context.by_id[identity]), []).append(identity)
                at.setdefault(identity, []).append(n)
        return cls(judged=judged, numbers=numbers, at=at, alike=same, context=context)

    def hangs_on(self, cause: Cause) -> bool:
        """Whether correcting the cause changes a decision; where a decision itself fails, it does.

        Where several numbers may be the wrong one, what the others give for the result is taken for its correction.
        """
        if any(_decides(self.judged[n]) for n in cause.failing):
            return True
        repair = cause.repair or self._result(cause.failing[0])
        if repair is None:
            return False
        wrong = self.context.by_id[repair.fact]
        involved = [i for i in (repair.fact, *self.alike.get(_figure(wrong), ())) if i in self.at and self._one_number(wrong, i)]
        for identity in dict.fromkeys(involved):
            fact = self.context.by_id[identity]
            for n in self.at[identity]:
                members = {i: self.context.by_id[i] for i in self.judged[n].members}
                after = replace(self.context, by_id=members | {identity: with_value(fact, repair.value)})
                if self._outcome(n, self.context) != self._outcome(n, after):
                    return True
        return False

    def _one_number(self, wrong: Fact, identity: str) -> bool:
        if wrong.id == identity or (wrong.id in self.numbers and self.numbers[wrong.id] == self.numbers.get(identity)):
            return True
        return alike(wrong.mention.text, self.context.by_id[identity].mention.text)

    def _result(self, n: int) -> Repair | None:
        """The result of a failing relation as the others give it."""
        one = self.judged[n]
        results = one.judgement.roles.get(RESULT.get(one.relation.type, ""), ())
        if len(results) != 1 or one.relation.type == "part":
            return None
        relation = replace(one.relation, roles=one.judgement.roles, others=())
        needed = solve(relation, results[0], central(self.context), self.context)
        return None if needed is None or needed.low is None else Repair(fact=results[0], value=needed.low)

    def _outcome(self, n: int, context: Context) -> str:
        relation = self.judged[n].relation
        if relation.decides is None:
            return judge(replace(relation, claim=""), context).verdict
        value = context.by_id[relation.roles["facts"][0]].quantity.value
        return "" if value is None else relation.decides(value)


def _decides(one: Judged) -> bool:
    return one.relation.type == "target" or one.relation.decides is not None


def _figure(fact: Fact) -> object:
    return fact.quantity.value, fact.kind
