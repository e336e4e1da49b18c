"""One cause, one finding: which number, if it were another, would make the failing relations hold.

Relations that fail are put under the number that explains most of them. A number explains a relation if some one
value for it makes the relation hold together with all others it explains, and with every relation it stands in that
holds already. Statements that agree (a passing ``same``) count as one number: a total that is copied to three
places and is wrong is one cause. A doubtful ``same`` (``review``) that the same value would settle is evidence too: it
breaks ties and stands in the finding, but makes none by itself. What else would hold with the number put right is asked afterwards
(``_evidence``). Cost: linear in the members of the relations, but for the members of the failing ones, each of which is tried once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from heapq import heapify, heappop, heappush

from extract import intervals as iv
from extract.checks._judge import RESULT, Judgement, reckoned
from extract.checks._slips import variants
from extract.checks._solve import solve
from extract.checks._values import COUNTED, central, interval_of, is_rate, values_of
from extract.relations import CheckRule, Context, Relation
from extract.types import Fact, Interval, Repair

Found = tuple[CheckRule, Relation]
"""A relation and the rule that found it."""
MANY = 60
"""Relations with more members than this suspect only their result and the members that fail elsewhere too."""
LONG = 200
"""Relations with more members than this are tried for their result alone: trying each member would cost their square."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A relation with its verdict; ``rank`` orders the leading ones first."""

    relation: Relation
    judgement: Judgement
    rank: tuple[int, int]

    @cached_property
    def members(self) -> tuple[str, ...]:
        return tuple(identity for ids in self.judgement.roles.values() for identity in ids)

    @cached_property
    def reading(self) -> Relation:
        """The relation as it was judged, other readings left out."""
        if not self.relation.others and self.judgement.roles == self.relation.roles:
            return self.relation
        return replace(self.relation, roles=self.judgement.roles, others=())

    @cached_property
    def long(self) -> bool:
        """Whether it has so many members that they cannot each be tried."""
        return sum(map(len, self.judgement.roles.values())) > LONG

    def closes(self, fact: str) -> bool:
        """Whether the fact is what the others give by arithmetic."""
        return fact in self.judgement.roles.get(reckoned(self.reading), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A number put right: the facts that state it, the one to edit first, and its ``value`` in base units; ``backing`` are
    doubtful relations (as indexes) that then hold too; ``typo`` says whether one slip of the pen leads to what is printed."""

    facts: tuple[str, ...]
    value: Decimal
    typo: bool
    backing: tuple[int, ...] = ()

    @property
    def repair(self) -> Repair:
        return Repair(fact=self.facts[0], value=self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Failing relations (as indexes, the leading one first) that one number explains, what backs that, and the edit that mends them all.

    ``corrections`` are the numbers any one of which would explain them, the likeliest first; ``repair`` is that of the first one, or
    ``None`` where the second is as likely. ``tacit`` are relations that nobody listed and the correction makes hold.
    """

    failing: tuple[int, ...]
    repair: Repair | None
    backing: tuple[int, ...] = ()
    corrections: tuple[Correction, ...] = ()
    tacit: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Suspect:
    correction: Correction
    covers: tuple[int, ...]
    weight: tuple[int, int, int, int]


def causes(judged: list[Judged], context: Context) -> list[Cause]:
    """The causes of all failing relations of ``judged``, each relation under exactly one."""
    failing = [n for n, one in enumerate(judged) if one.judgement.verdict == "fail"]
    one_number = classes(judged)
    at: dict[str, list[int]] = {}
    for n, one in enumerate(judged):
        for identity in dict.fromkeys(one_number.get(i, i) for i in one.members):
            at.setdefault(identity, []).append(n)
    often = {name for name, found in at.items() if sum(judged[n].judgement.verdict == "fail" for n in found[:MANY]) > 1}
    suspects: dict[str, str] = {}
    for n in failing:
        one = judged[n]
        members = one.members
        results = one.judgement.roles.get(RESULT.get(one.relation.type, ""), ())
        for identity in members:
            name = one_number.get(identity, identity)
            if len(members) <= MANY or identity in results or name in often:
                suspects.setdefault(name, identity)
    stating: dict[str, list[str]] = {}
    for identity, name in one_number.items():
        stating.setdefault(name, []).append(identity)
    trial = _Trial(judged=judged, one_number=one_number, context=context)
    found = [s for name, identity in suspects.items() if (s := trial.suspect(name, identity, at[name], stating.get(name, [identity])))]
    explained = _cover(failing, found, judged)
    covered = {n for cause in explained for n in cause.failing}
    return explained + _unexplained([n for n in failing if n not in covered], judged, one_number)


def is_equation(relation: Relation) -> bool:
    """Whether one number of the relation follows from the others: no mere bound, target or count."""
    return relation.type in ("same", "sum", "diff", "ratio") or (relation.type == "growth" and bool(relation.roles.get("previous")))


def classes(judged: list[Judged]) -> dict[str, str]:
    """Each fact that an agreeing ``same`` joins to others, by the first of them."""
    parent: dict[str, str] = {}

    def root(identity: str) -> str:
        while parent.setdefault(identity, identity) != identity:
            parent[identity] = parent[parent[identity]]
            identity = parent[identity]
        return identity

    for one in judged:
        if one.relation.type == "same" and one.judgement.verdict == "pass":
            first, *rest = one.members
            for other in rest:
                parent[root(other)] = root(first)
    return {identity: root(identity) for identity in parent}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """The trial of suspects: all relations, and the number that each fact is (facts of an agreeing ``same`` are one)."""

    judged: list[Judged]
    one_number: dict[str, str]
    context: Context

    def suspect(self, name: str, identity: str, at: list[int], stating: list[str]) -> _Suspect | None:
        """What the number would have to be, and which failing relations that mends; ``None`` if it can mend none."""
        allowed = Interval(low=None, high=None)
        at = [n for n in at if not self.judged[n].long or self.judged[n].closes(identity) or self.judged[n].judgement.verdict == "pass"]
        if any(self.judged[n].long and self.judged[n].relation.type == "sum" and self.judged[n].judgement.verdict == "pass" for n in at):
            return None  # a number of a long column that adds up is right
        for n in at:
            if self.judged[n].judgement.verdict == "pass" and not self._inside(n, name):
                kept = self._narrowed(allowed, n, name)
                if kept is None:
                    return None
                allowed = kept
        covers: list[int] = []
        wanted: list[Decimal] = []
        for n in sorted((n for n in at if self.judged[n].judgement.verdict == "fail"), key=lambda n: self.judged[n].rank):
            kept = self._narrowed(allowed, n, name)
            if kept is not None:
                allowed = kept
                covers.append(n)
                point = self._need(n, name, points=True)
                if point is not None and point.low is not None and point.low == point.high:
                    wanted.append(point.low)
        fact = self.context.by_id[identity]
        doubted = [n for n in at if self.judged[n].judgement.verdict == "review" and self.judged[n].relation.type == "same"]
        points = [self._need(n, name, points=True) for n in doubted]
        wanted.extend(point.low for point in points if point is not None and point.low is not None and point.low == point.high)
        value = _printable(wanted, allowed, fact)
        if value is None and len(covers) > 1:
            # two rounded shares of one total: neither gives it to its last digit, both together and a slip of the pen do
            value = _slip(allowed, fact)
        if not covers or value is None:
            return None
        # of figures that are held to their last digit (a goal of 7% is 7.0%) 6 is no slip for 6.5
        held = self.judged[covers[0]].relation.decimals is None or value in wanted
        typo = held and _typo(value, fact) and self._exact(covers[0], name, value)
        if not typo and all(self.judged[n].relation.type in ("ratio", "sum") for n in covers):
            # a rate leaves its figures some room, and many rounded parts do: 42.9 of 70.33 is 61.0%, but so it is of 70.29, which 72.09 is a slip of
            slip = _slip(allowed, fact)
            value, typo = (value, False) if slip is None else (slip, True)
        lead = self.judged[covers[0]]
        slack = _slack(fact)
        backing = tuple(n for n in at if self._backs(n, name, iv.around(value, slack)))
        weight = (-len(backing), len(stating), 0 if typo else 1, 0 if lead.closes(identity) else 1)
        facts = (identity, *(i for i in stating if i != identity))
        return _Suspect(correction=Correction(facts=facts, value=value, typo=typo, backing=backing), covers=tuple(covers), weight=weight)

    def _narrowed(self, allowed: Interval, n: int, name: str) -> Interval | None:
        need = self._need(n, name)
        return None if need is None else iv.common([allowed, need])

    def _backs(self, n: int, name: str, wanted: Interval) -> bool:
        """Whether relation ``n`` is a doubtful equation that ``wanted`` would settle."""
        if self.judged[n].judgement.verdict != "review" or not is_equation(self.judged[n].relation):
            return False
        need = self._need(n, name)
        return need is not None and iv.meet(need, wanted)

    def _inside(self, n: int, name: str) -> bool:
        one = self.judged[n]
        return one.relation.type == "same" and all(self.one_number.get(i, i) == name for i in one.members)

    def _exact(self, n: int, name: str, value: Decimal) -> bool:
        """Whether the rate of relation ``n`` comes out as printed from the other figures as printed, this number put right."""
        one = self.judged[n]
        relation = one.reading
        stated = relation.roles.get({"ratio": "rate", "growth": "change"}.get(relation.type, ""), ())
        if not stated or self.one_number.get(stated[0], stated[0]) == name or not is_rate(self.context.by_id[stated[0]].quantity):
            return True
        mine = next(i for i in one.members if self.one_number.get(i, i) == name)
        printed, points = values_of(relation, self.context), central(self.context)
        need = solve(relation, mine, lambda i: printed(i) if i == stated[0] else points(i), self.context)
        return need is None or iv.meet(need, iv.point(value))

    def _need(self, n: int, name: str, *, points: bool = False) -> Interval | None:
        """The values of the number with which relation ``n`` holds; ``None`` where no value mends it or nobody can tell."""
        one = self.judged[n]
        relation = one.reading
        mine = [i for i in one.members if self.one_number.get(i, i) == name]
        alone = relation.type == "growth" and not relation.roles.get("previous") and not relation.roles.get("step")
        if alone or relation.type in ("target", "implied"):
            return None if one.judgement.verdict == "fail" else Interval(low=None, high=None)
        if relation.type == "same":
            relation = replace(relation, roles={"facts": (mine[0], *(i for i in one.members if i not in mine))})
        return solve(relation, mine[0], central(self.context) if points else values_of(relation, self.context), self.context)


def _printable(wanted: Iterable[Decimal], allowed: Interval, fact: Fact) -> Decimal | None:
    """The first wanted value as the document would print it, if it then stands for a value that is allowed."""
    quantity = fact.quantity
    step = Decimal(1).scaleb(-iv.decimals_of(quantity.digits)) * quantity.scale
    slack = _slack(fact)
    for value in wanted:
        # 169.4 for 16.94 was printed with a decimal less
        shown = value if value * 10 == quantity.value else (value / step).to_integral_value() * step
        if iv.meet(iv.around(shown, slack), allowed) and not _below_nothing(shown, fact):
            return shown
    return None


def _slip(allowed: Interval, fact: Fact) -> Decimal | None:
    """The one value of those allowed that a slip of the pen made into what is printed; ``None`` where there are none or several."""
    quantity = fact.quantity
    if quantity.value is None or allowed.low is None or allowed.high is None:
        return None
    digits = quantity.digits.lstrip("-−")
    sign = -1 if quantity.value < 0 else 1
    found = {sign * shown * quantity.scale for shown in variants(digits)}
    found = {value for value in found if iv.contains(allowed, value) and _typo(value, fact)}
    return found.pop() if len(found) == 1 else None


def _below_nothing(value: Decimal, fact: Fact) -> bool:
    """Whether what is counted would be less than none."""
    counted = fact.quantity.dimension in COUNTED and fact.kind not in ("growth", "delta")
    return value < 0 and counted and (fact.quantity.value or iv.ZERO) > 0


def _slack(fact: Fact) -> Decimal:
    interval = interval_of(fact)
    return iv.ZERO if interval.low == interval.high else iv.half_unit(fact.quantity.digits, fact.quantity.scale)


def _typo(value: Decimal, fact: Fact) -> bool:
    """Whether one slip of the pen leads from the value to what is printed: a digit, two swapped, a power of ten."""
    quantity = fact.quantity
    if quantity.value is not None and quantity.value in (value * 10, value / 10):
        return True  # 1378.6 for 137.86, which has one decimal more
    old = quantity.digits.removeprefix("-").removeprefix("−")
    new = f"{abs(value / quantity.scale):.{iv.decimals_of(old)}f}"
    old, new = old.replace(".", ""), new.replace(".", "")
    if old.strip("0") == new.strip("0"):
        return True
    if len(old) != len(new):
        return False
    apart = [i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    swapped = len(apart) == 2 and apart[1] - apart[0] == 1 and old[apart[0]] == new[apart[1]] and old[apart[1]] == new[apart[0]]
    return len(apart) == 1 or swapped


def _cover(failing: list[int], suspects: list[_Suspect], judged: list[Judged]) -> list[Cause]:
    """Suspects in the order of how much they explain; what nobody explains is left out."""
    heap = [(-len(s.covers), s.weight, s.covers, n) for n, s in enumerate(suspects)]
    heapify(heap)
    covering: dict[int, list[_Suspect]] = {}
    for suspect in sorted(suspects, key=lambda s: s.weight):
        for c in suspect.covers:
            covering.setdefault(c, []).append(suspect)
    left = set(failing)
    result: list[Cause] = []
    while heap:
        count, weight, covers, n = heappop(heap)
        open_covers = tuple(c for c in covers if c in left)
        if not open_covers:
            continue
        if len(open_covers) < -count:
            heappush(heap, (-len(open_covers), weight, open_covers, n))
            continue
        # two that explain the same equally well: nobody can tell which one is wrong
        tie = bool(heap) and heap[0][:3] == (count, weight, covers)
        left.difference_update(open_covers)
        suspect = suspects[n]
        others = (s for s in covering[open_covers[0]] if s is not suspect and set(open_covers) <= set(s.covers))
        corrections = tuple(s.correction for s in (suspect, *others))
        # the relation that the number itself closes (a total over its parts) tells more than one that it only enters
        lead = sorted(open_covers, key=lambda c: (judged[c].rank[0], not judged[c].closes(suspect.correction.facts[0]), judged[c].rank[1]))
        repair = None if tie else suspect.correction.repair
        result.append(Cause(failing=tuple(lead), repair=repair, backing=suspect.correction.backing, corrections=corrections))
    return result


def _unexplained(left: Iterable[int], judged: list[Judged], one_number: dict[str, str]) -> list[Cause]:
    """What no value of a number mends; several parts that exceed one whole are one cause, though nobody knows what the whole should be."""
    groups: dict[tuple[str, int], list[int]] = {}
    for n in left:
        whole = judged[n].judgement.roles["whole"][0] if judged[n].relation.type == "part" else ""
        groups.setdefault((one_number.get(whole, whole), 0 if whole else n), []).append(n)
    return [Cause(failing=tuple(group), repair=None) for group in groups.values()]
