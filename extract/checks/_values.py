"""What a stated number can stand for in a relation, and what it is as a rate."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from extract import intervals as iv
from extract.relations import Context, Relation
from extract.types import Fact, Interval, Quantity

Values = Callable[[str], Interval]
"""Which values a fact, by id, can stand for."""

EVERYTHING = Interval(low=None, high=None)
COUNTED = frozenset({"", "count", "times", "pairs", "score", "workday", "calendar", "teaching"})
"""Dimensions whose integers are exact; those of measures (12公里) were rounded."""
_DAYS = frozenset({"天", "日"})
"""Whole days that have a share of others are counted, as whole things are; those between two dates may be told with one of them or without."""
SHARES = frozenset({"", "ratio", "percentage_point"})
"""Dimensions of a rate that is a share; of any other a rate is an amount per unit (每户5万元)."""


def values_of(relation: Relation, context: Context, *, narrow: bool = False) -> Values:
    """How the relation reads its facts: by their printed intervals, on the narrow width of siblings (T3), or exactly."""

    def values(identity: str) -> Interval:
        fact = context.by_id[identity]
        quantity = fact.quantity
        if quantity.value is not None and identity in relation.firm:
            return iv.point(quantity.value)
        if quantity.bound != "=" or quantity.value is None:
            return quantity.interval
        if relation.exact:
            return iv.point(quantity.value)
        if narrow and relation.decimals is not None and relation.decimals > iv.decimals_of(quantity.digits):
            return iv.around(quantity.value, iv.half_unit(quantity.digits, quantity.scale, relation.decimals))
        if relation.type == "ratio" and quantity.unit in _DAYS and identity not in relation.roles["rate"] and "." not in quantity.digits:
            return iv.point(quantity.value)
        return interval_of(fact)

    return values


def interval_of(fact: Fact) -> Interval:
    """What the fact's number can stand for. A bare integer is a count (T1) where the table names no unit for it: 5 起 under 事故起数."""
    quantity = fact.quantity
    if quantity.interval.low is quantity.interval.high is not None:
        return quantity.interval  # exact as it stands
    whole = quantity.bound == "=" and quantity.value is not None and quantity.scale == 1 and "." not in quantity.digits
    if whole and quantity.value is not None and quantity.dimension in COUNTED and fact.kind not in ("rate", "growth"):
        return iv.point(quantity.value)
    return quantity.interval


def central(context: Context) -> Values:
    """The facts as points: the printed value, or the middle of a range."""

    def values(identity: str) -> Interval:
        quantity = context.by_id[identity].quantity
        value = middle(quantity)
        return EVERYTHING if value is None else iv.point(value)

    return values


def middle(quantity: Quantity) -> Decimal | None:
    """The printed value, or the middle of a range; ``None`` of what states none."""
    if quantity.value is not None or quantity.low is None or quantity.high is None:
        return quantity.value
    return (quantity.low + quantity.high) / 2


def factor(quantity: Quantity) -> Decimal:
    """What makes a percentage of a stated share: 1 for %, 0.1 for ‰, 0.01 for ‱, 100 for 倍 and for an amount per unit; 1 for a bare
    number."""
    if quantity.unit in ("‰", "千分点", "个千分点"):
        return Decimal("0.1")
    if quantity.unit == "‱":
        return Decimal("0.01")
    return iv.HUNDRED if quantity.unit in ("倍", "番") or quantity.dimension not in SHARES else Decimal(1)


def is_bare(quantity: Quantity) -> bool:
    """A share printed without its sign: 0.96, 96 or 1 under a header that says 率."""
    return quantity.unit == ""


def is_rate(quantity: Quantity) -> bool:
    """Whether a change is relative (下降26.7%, 增长1.2倍) and not an amount."""
    return quantity.unit in ("%", "％", "‰", "倍", "番", "成") and "点" not in quantity.unit
