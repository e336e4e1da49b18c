"""Random rounding: true numbers are stated in many ways, and no way of stating them may ever be found wrong.

``python -m benchmarks.rounding`` draws true values, relates them as a report does (a total and its parts, a share, a growth, a
difference, a number stated twice), states each as an author might (rounded half up or to even, in 万 or 亿, about, more than,
nearly, from–to), and asks the judge of the checks. Every ``fail`` is printed: it is a defect of the arithmetic.
"""

from __future__ import annotations

import argparse
import random
import time
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor

from extract import intervals as iv
from extract.checks._judge import judge
from extract.relations import Context, Relation
from extract.types import About, Bound, Document, Fact, Interval, Kind, Mention, Quantity, RelationType, Span, Verdict

ALL = 10**6
HEDGES: tuple[Bound, ...] = ("≈", ">~", "<~", ">", ">=", "<", "<=")
SCALES = (Decimal(1), Decimal("1E4"), Decimal("1E8"))
_SPAN = Span(0, 0)
_DOCUMENT = Document(
    name="", path=None, sha256="", encoding="", source="", text="", origin=array("I"), blocks=(), sections=(), tables=(), about=About()
)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a number: the numeral as printed, its scale and bound; of a range both ends."""

    digits: str
    scale: Decimal
    bound: Bound
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A relation that holds of the true numbers, with what was said of each."""

    relation: Relation
    facts: Mapping[str, Fact]


class Author:
    """Someone who states true numbers, never wrongly and seldom exactly; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.to_even = False

    def integer(self) -> int:
        """A true number from 1 to a million million, small ones as likely as large."""
        return self.chance.randint(1, 10 ** self.chance.randint(1, 12))

    def rounded(self, value: Fraction, decimals: int) -> int:
        """``value`` in units of the last decimal, rounded half up (away from zero) or half to even (GB/T 8170)."""
        units = abs(value) * 10**decimals
        whole: int = floor(units)
        rest = units - whole
        up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and (not self.to_even or whole % 2 == 1))
        return (whole + int(up)) * (-1 if value < 0 else 1)

    def printed(self, value: Fraction, decimals: int) -> str:
        """The digits of ``value`` with so many decimals."""
        return f"{Decimal(self.rounded(value, decimals)).scaleb(-decimals):f}"

    def count(self, value: int) -> Said:
        """A count: as it is, in 万 or 亿, or hedged."""
        way = self.chance.random()
        if way < 0.5:
            return Said(str(value), SCALES[0], "=")
        if way < 0.75:
            return self.scaled(Fraction(value), SCALES[1:])
        return self.hedged(value)

    def amount(self, value: Fraction) -> Said:
        """An amount of money in 元: rounded in some scale."""
        return self.scaled(value, SCALES)

    def scaled(self, value: Fraction, scales: tuple[Decimal, ...]) -> Said:
        """``value`` rounded to some decimals of some scale."""
        scale = self.chance.choice(scales)
        return Said(self.printed(value / Fraction(scale), self.chance.randint(0, 4)), scale, "=")

    def hedged(self, value: int) -> Said:
        """A count told round: 600余, 近600, 约600, 超过600, 500–700."""
        step = 10 ** self.chance.randint(0, max(0, len(str(value)) - 1))
        below = value // step * step
        above = below if below == value else below + step
        bound = self.chance.choice((*HEDGES, "range"))
        if bound == "range":
            return Said(f"{below}-{above}", SCALES[0], "range", Decimal(below), Decimal(above))
        if bound == "≈":
            near = self.rounded(Fraction(value, step), 0) * step
            return Said(str(near or value), SCALES[0], "≈")
        if bound in (">=", ">~", ">"):
            if below in (0, value) and bound != ">=":
                return Said(str(value), SCALES[0], "=")
            return Said(str(below), SCALES[0], bound)
        if above == value and bound != "<=":
            return Said(str(value), SCALES[0], "=")
        return Said(str(above), SCALES[0], bound)

    def share(self, value: Fraction) -> tuple[Said, str]:
        """A ratio as percent, per mille or a bare number, with its unit."""
        way = self.chance.random()
        if way < 0.8:
            return Said(self.printed(value * 100, self.chance.randint(0, 4)), SCALES[0], "="), "%"
        if way < 0.9:
            return Said(self.printed(value * 1000, self.chance.randint(0, 3)), SCALES[0], "="), "‰"
        return Said(self.printed(value, self.chance.randint(2, 5)), SCALES[0], "="), ""

    # --- what a report relates ---

    def trial(self) -> Trial:
        """A relation that holds, drawn at random from all kinds.

        Within one the author rounds one way: who writes 0.5 as 1 here and as 0 there does contradict himself (T9).
        """
        self.to_even = self.chance.random() < 0.5
        return self.chance.choice(self.kinds)()

    @property
    def kinds(self) -> tuple[Callable[[], Trial], ...]:
        """The kinds of relations."""
        return (self.same, self.sum, self.ratio, self.growth, self.growth_alone, self.step, self.difference, self.part)

    def _levels(self, *values: int) -> Iterator[Fact]:
        """Statements of several levels of one kind: all counts, or all amounts of money with 分."""
        money = self.chance.random() < 0.5
        for n, value in enumerate(values, 1):
            said = self.amount(Fraction(value)) if money else self.count(value)
            yield fact(f"f{n}", said, "元" if money else "人", "money" if money else "count", "level")

    def same(self) -> Trial:
        facts = tuple(self._levels(*[self.integer()] * self.chance.randint(2, 4)))
        return trial("same", facts, facts=tuple(f.id for f in facts))

    def sum(self) -> Trial:
        parts = [self.integer() for _ in range(self.chance.randint(2, 6))]
        facts = tuple(self._levels(sum(parts), *parts))
        return trial("sum", facts, total=("f1",), parts=tuple(f.id for f in facts[1:]))

    def part(self) -> Trial:
        whole = self.integer()
        facts = tuple(self._levels(whole, self.chance.randint(0, whole)))
        return trial("part", facts, whole=("f1",), part=("f2",))

    def difference(self) -> Trial:
        small, more = self.integer(), self.integer()
        facts = tuple(self._levels(more, small + more, small))
        return trial("diff", facts, result=("f1",), minuend=("f2",), subtrahend=("f3",))

    def ratio(self) -> Trial:
        parts = [self.integer() for _ in range(self.chance.randint(1, 2))]
        whole = self.integer()
        said, unit = self.share(Fraction(sum(parts), whole))
        facts = (*self._levels(whole, *parts), fact("f9", said, unit, "ratio" if unit else "", "rate"))
        return trial("ratio", facts, rate=("f9",), num=tuple(f.id for f in facts[1:-1]), den=("f1",))

    def growth(self) -> Trial:
        now, then = self.integer(), self.integer()
        said, unit = self._change(Fraction(now - then, then))
        facts = (*self._levels(now, then), fact("f3", said, unit, "ratio", "growth"))
        return trial("growth", facts, change=("f3",), current=("f1",), previous=("f2",))

    def growth_alone(self) -> Trial:
        now, then = self.chance.randint(0, 5000), self.chance.randint(1, 5000)
        said, unit = self._change(Fraction(now - then, then))
        facts = (fact("f1", Said(str(now), SCALES[0], "="), "起", "count", "level"), fact("f2", said, unit, "ratio", "growth"))
        return trial("growth", facts, change=("f2",), current=("f1",))

    def step(self) -> Trial:
        """A rate beside an absolute change of one level."""
        now, then = self.integer(), self.integer()
        said, unit = self._change(Fraction(now - then, then))
        level, by = self.amount(Fraction(now)), self.amount(Fraction(now - then))
        facts = (fact("f1", level, "元", "money", "level"), fact("f2", said, unit, "ratio", "growth"), fact("f3", by, "元", "money", "delta"))
        return trial("growth", facts, change=("f2",), current=("f1",), step=("f3",))

    def _change(self, value: Fraction) -> tuple[Said, str]:
        if value > 1 and self.chance.random() < 0.2:
            return Said(self.printed(value, self.chance.randint(0, 3)), SCALES[0], "="), "倍"
        return Said(self.printed(value * 100, self.chance.randint(0, 4)), SCALES[0], "="), "%"


def fact(identity: str, said: Said, unit: str, dimension: str, kind: Kind) -> Fact:
    """What a report states where ``said`` stands in it, with the interval that the rules give it (T1–T5)."""
    if said.bound == "range" and said.low is not None and said.high is not None:
        value, interval = None, iv.of_range(said.low, said.high)
    else:
        exact = dimension == "count" and said.scale == 1 and "." not in said.digits
        value, interval = Decimal(said.digits) * said.scale, iv.of_numeral(said.digits, said.scale, said.bound, count=exact)
    return Fact(
        id=identity,
        quantity=_quantity(said, value, interval, unit, dimension),
        kind=kind,
        mention=Mention(span=None, text="", by="author"),
        block=0,
        sentence=_SPAN,
        clause=_SPAN,
        section=None,
        cell=None,
        confidence=1.0,
        makers=("author",),
    )


def _quantity(said: Said, value: Decimal | None, interval: Interval, unit: str, dimension: str) -> Quantity:
    return Quantity(
        span=_SPAN,
        extent=_SPAN,
        digits=said.digits,
        value=value,
        low=said.low,
        high=said.high,
        unit=unit,
        dimension=dimension,
        scale=said.scale,
        bound=said.bound,
        interval=interval,
        pattern="author",
    )


def trial(kind: RelationType, stated: tuple[Fact, ...], /, **roles: tuple[str, ...]) -> Trial:
    """The relation of a kind between what was stated."""
    return Trial(Relation(type=kind, roles=roles), {one.id: one for one in stated})


def verdict(one: Trial) -> tuple[Verdict, str]:
    """What the judge says of a trial, with its arithmetic."""
    context = Context(document=_DOCUMENT, facts=(), by_id=one.facts, links={}, catalogue={})
    judgement = judge(one.relation, context)
    return judgement.verdict, judgement.arithmetic


def run(count: int, seed: int = 1) -> tuple[Counter[tuple[str, str]], list[str]]:
    """How often each kind of relation got each verdict in ``count`` trials, and the arithmetic of those that failed."""
    author = Author(seed)
    tally: Counter[tuple[str, str]] = Counter()
    failed: list[str] = []
    for n in range(count):
        one = author.trial()
        with localcontext(iv.CONTEXT):
            says, arithmetic = verdict(one)
        tally[one.relation.type, says] += 1
        if says == "fail":
            failed.append(f"{n}: {one.relation.type} {arithmetic}")
    return tally, failed


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rounding", description=__doc__)
    parser.add_argument("--count", type=int, default=ALL, help="how many trials (a million)")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers")
    options = parser.parse_args()
    started = time.process_time()
    tally, failed = run(options.count, options.seed)
    print("| relation | pass | fail | review | not assessable |\n| --- | ---: | ---: | ---: | ---: |")
    for kind in sorted({kind for kind, _ in tally}):
        print(f"| {kind} |", *(f"{tally[kind, says]:,} |" for says in ("pass", "fail", "review", "not_assessable")))
    print(f"\n{options.count:,} trials, seed {options.seed}, {len(failed)} fails, {time.process_time() - started:.0f} s")
    print(*failed[:20], sep="\n")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
