"""How numbers are written for people: without idle zeros, with their scale and unit."""

from __future__ import annotations

from decimal import Decimal

from extract.types import Quantity

_SCALES = {Decimal("1E3"): "千", Decimal("1E4"): "万", Decimal("1E6"): "百万", Decimal("1E7"): "千万", Decimal("1E8"): "亿", Decimal("1E12"): "万亿"}
_SIGNS = {"=": "", "≈": "约", "<~": "近", ">~": "余", ">": ">", ">=": "≥", "<": "<", "<=": "≤", "range": ""}


def plain(value: Decimal) -> str:
    """A number without exponent and without idle zeros, with a true minus sign."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−") if text not in ("-0", "") else "0"


def unit_label(quantity: Quantity) -> str:
    """The unit as printed, its scale before it: 万元, 万人次, %."""
    return _SCALES.get(quantity.scale, "") + quantity.unit


def figure(quantity: Quantity) -> str:
    """A stated number as printed, for people: ``3678.76``, ``≥95%``, ``600余条``, ``30–50 万元`` (units joined by a space if Han)."""
    label = unit_label(quantity)
    gap = "" if label in ("%", "‰", "") else " "
    if quantity.value is None:
        if quantity.low is None or quantity.high is None:
            return quantity.digits + gap + label
        return f"{plain(quantity.low / quantity.scale)}–{plain(quantity.high / quantity.scale)}{gap}{label}"
    digits = quantity.digits.removeprefix("-").removeprefix("−")
    if quantity.scale != printed_scale(quantity):
        digits = plain(abs(quantity.value))
    number = ("−" if quantity.value < 0 else "") + digits
    if quantity.bound == ">~":
        return f"{number}余{gap}{label}"
    return f"{_SIGNS[quantity.bound]}{number}{gap}{label}"


def printed_scale(quantity: Quantity) -> Decimal:
    """What a number is told in: 1 for a percentage, whatever it was printed in (九成)."""
    return Decimal(1) if quantity.unit in ("%", "％") else quantity.scale
