"""What else a number that is proved wrong breaks, and that proves nothing: it is named beside the finding, and weighs nothing.

A figure stated twice, once wrongly, is related where it stands right: its share, its parts and its change are told of one of the two
places, and hold. Of the wrong place they do not, and whoever corrects it wants to know. So too what holds it, or what it holds, by
name alone: a project's budget lies within 项目支出 of the table, 高处坠落5起 of a kind within 全区高处坠落事故共7起. Such relations are
never asked of a number that nothing else proves wrong.

Cost: linear in the relations and facts of a document, and for each cause in those of its number and of its section.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract import intervals as iv
from extract.checks._cause import LONG, Cause, Correction, Found, Judged, classes, is_equation
from extract.checks._evidence import LARGE, MANY, with_value
from extract.checks._judge import judge
from extract.checks._keys import in_sentence, times_meet
from extract.checks._prose import LEVELS, like
from extract.checks._values import interval_of
from extract.checks._words import bare
from extract.relations import CheckRule, Context, Relation, once
from extract.types import Fact

MOST = 6
"""So many relations of one cause are named."""
_SHORTEST = 3
"""A name of so many characters that stands in another one tells what is counted."""
_AMONG = re.compile(r"^.*中(?=..)")
_ALL_OF = re.compile(r"全[国省市区县镇乡州局校院]|合计|总共|共(?:计|有|发生)?$")
_ITS_PROJECT = re.compile(r"项目(?:的)?(?:全年|年初|年度)?(?:预算|支出|资金|经费)")
_PROJECTS = re.compile(r"项目支出")
_PLANNED = re.compile(r"预算数?$|预算(?:金额|安排)$")
_SPENT = re.compile(r"(?:支出|决算|执行)数?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """The relations of a document, each with its rule, by the numbers in them."""

    found: Sequence[tuple[CheckRule, Judged]]
    at: Mapping[str, list[int]]
    one_number: Mapping[str, str]
    exceeding: CheckRule | None
    context: Context

    @classmethod
    def of(cls, found: Sequence[tuple[CheckRule, Judged]], exceeding: CheckRule | None, context: Context) -> Consequences:
        """``exceeding`` is the rule under which a part that is more than its whole is told."""
        at: dict[str, list[int]] = {}
        for n, (_, one) in enumerate(found):
            if one.judgement.verdict == "pass" and is_equation(one.relation) and one.relation.type != "same" and not one.long:
                for identity in dict.fromkeys(one.members):
                    at.setdefault(identity, []).append(n)
        numbers = classes([one for _, one in found])
        return cls(found=found, at=at, one_number=numbers, exceeding=exceeding, context=context)

    def under(self, cause: Cause) -> tuple[Cause, list[Found]]:
        """The cause, and what fails as the text stands and holds with the number put right, beside what the cause names already.

        Where nothing but one relation says which number it is, the one is it that alone exceeds what holds it.
        """
        if len(self.context.facts) > LARGE:
            return cause, []
        told = [self.found[n][1].relation for n in (*cause.failing, *cause.backing)]
        told += [relation for _, relation in cause.tacit if not any(_members(relation) <= _members(told[n]) for n in range(len(cause.failing)))]
        said = {_members(relation) for relation in told}
        if not cause.corrections:
            # no whole number of the year before gives the change of 1起: what it should be nobody knows
            found = [one for i in self.found[cause.failing[0]][1].members for one in self._contained((i,)) if self._fails(one[1])]
            return cause, [one for one in found if _members(one[1]) not in said][:MOST]
        contained = {one: found for one in cause.corrections[:MANY] if (found := [*self._coming(self._contained(one.facts), said, one)])}
        correction = next((one for one in cause.corrections if one.repair == cause.repair), None)
        if len(contained) == 1 and not cause.tacit and correction not in contained:
            correction = next(iter(contained))
            cause = replace(cause, repair=correction.repair, backing=correction.backing)
        if correction is None:
            return cause, []
        again = any(relation.type == "same" for relation in told)
        other = self._coming(self._of_the_other(correction, told), said, correction) if again else ()
        return cause, [*other, *contained.get(correction, ())][:MOST]

    def _coming(self, found: Iterable[Found], said: Collection[frozenset[str]], correction: Correction) -> Iterator[Found]:
        """Those that are not said yet, fail as the text stands, and hold with the number put right."""
        return (one for one in found if _members(one[1]) not in said and self._fails(one[1]) and self._holds(one[1], correction))

    def _of_the_other(self, correction: Correction, told: Sequence[Relation]) -> Iterator[Found]:
        """The relations of the places that state the number as it should be, told of the place that does not."""
        wrong = set(correction.facts)
        right = {i for relation in told if relation.type == "same" for i in _members(relation) - wrong if self._states(i, correction.value)}
        numbers = {self.one_number[i] for i in right if i in self.one_number}
        right |= {i for i, number in self.one_number.items() if number in numbers and i not in wrong}
        for n in sorted({n for i in right for n in self.at.get(i, ())}):
            rule, one = self.found[n]
            if self._of_a_table(one):
                continue
            if not wrong & set(one.members) and len(right & set(one.members)) == 1:
                roles = {role: tuple(correction.facts[0] if i in right else i for i in ids) for role, ids in one.judgement.roles.items()}
                yield rule, replace(one.reading, roles=roles)

    def _of_a_table(self, one: Judged) -> bool:
        """Whether the relation is a table's own: a figure elsewhere breaks none of its rows and columns."""
        tables = {cell.table if (cell := self.context.by_id[i].cell) is not None else None for i in one.members}
        return len(tables) == 1 and None not in tables

    def _states(self, identity: str, value: Decimal) -> bool:
        return iv.contains(interval_of(self.context.by_id[identity]), value)

    def _contained(self, stating: Sequence[str]) -> Iterator[Found]:
        """The number with what holds it by name, or what it holds."""
        mine = self.context.by_id[stating[0]]
        if self.exceeding is None or mine.kind not in LEVELS:
            return
        for fact in self._comparable(mine):
            if fact.id in stating or fact.kind not in LEVELS or not like(fact.quantity, mine.quantity):
                continue
            for part, whole in ((mine, fact), (fact, mine)):
                if times_meet(part, whole, self.context) and (_counted_within(part, whole, self.context) or _spent_within(part, whole, self.context)):
                    yield self.exceeding, Relation(type="part", roles={"whole": (whole.id,), "part": (part.id,)})

    def _comparable(self, fact: Fact) -> Collection[Fact]:
        """The facts that the number may hold, or that may hold it."""
        of_all, of_one = _projects(self.context)
        if fact.cell is not None:
            return of_one if fact in of_all else ()
        return (*self.context.by_section.get(fact.section, ())[:LONG], *(of_all if fact in of_one else ()))

    def _fails(self, relation: Relation) -> bool:
        return judge(relation, self.context).verdict == "fail"

    def _holds(self, relation: Relation, correction: Correction) -> bool:
        """Whether the relation holds with the number put right."""
        members = {i: self.context.by_id[i] for i in _members(relation)}
        right = {i: with_value(fact, correction.value) for i, fact in members.items() if i in correction.facts}
        return judge(relation, replace(self.context, by_id=members | right)).verdict == "pass"


def _members(relation: Relation) -> frozenset[str]:
    return frozenset(i for ids in relation.roles.values() for i in ids)


def _counted_within(part: Fact, whole: Fact, context: Context) -> bool:
    """9起事故中高处坠落5起…全区高处坠落事故共7起: whether all of what the part counts is counted, in the same section."""
    if part.cell is not None or whole.cell is not None or part.section != whole.section or part.sentence == whole.sentence:
        return False
    name, clause = _AMONG.sub("", bare(part.mention.text)), bare(context.before(whole, whole.clause))
    return len(name) >= _SHORTEST and name in clause and _ALL_OF.search(clause) is not None


def _spent_within(part: Fact, whole: Fact, context: Context) -> bool:
    """Whether a project's own budget, or what was spent on it, is told in prose, and the row 项目支出 of a table holds all of them."""
    of_all, of_one = _projects(context)
    if whole not in of_all or part not in of_one:
        return False
    called, column = bare(part.mention.text), _PROJECTS.sub("", bare(whole.mention.text))
    return any(kind.search(called) and kind.search(column) for kind in (_PLANNED, _SPENT))


@once
def _projects(context: Context) -> tuple[frozenset[Fact], frozenset[Fact]]:
    """The amounts of the rows 项目支出 of tables, and those that prose tells of one project."""
    money = [fact for fact in context.facts if fact.quantity.dimension == "money"]
    of_all = (fact for fact in money if fact.cell is not None and _PROJECTS.match(bare(fact.mention.text)) and not in_sentence(fact))
    of_one = (fact for fact in money if fact.cell is None and _ITS_PROJECT.search(context.before(fact, fact.sentence)))
    return frozenset(of_all), frozenset(of_one)
