"""The values of a report as they leave the program: plain decimal strings, names filled in, places in the source."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from extract.types import OTHER_ROLES, Check, Document, Fact, Link, Quantity, Report, Span


def plain(value: Decimal | None) -> str | None:
    """The number without exponent and without a negative zero: ``1E+8`` → ``100000000``; ``None`` stays."""
    if value is None:
        return None
    return f"{abs(value) if value.is_zero() else value:f}"


def links_by_fact(report: Report) -> Mapping[str, Link]:
    """The link of each fact id."""
    return {link.fact: link for link in report.links}


def indicator_name(fact: Fact, link: Link | None) -> str:
    """The name of what the fact measures: that of its link, else the words that name it."""
    return link.name if link is not None else fact.mention.text


def subject_of(report: Report, fact: Fact, link: Link | None = None) -> str:
    """Whose number it is: the fact's own subject or the slice that it is, else the region or the body that the document is about."""
    about = report.document.about
    return fact.subject or (link.slice if link else "") or about.region or about.org


def period_of(report: Report, fact: Fact) -> str:
    """The time it is for: the fact's own, else the year of the document."""
    return fact.period or report.document.about.year


def in_file(document: Document, place: Span) -> tuple[int | None, str | None]:
    """The page and the cell of a place in a file that has them."""
    found = document.place_of(place)
    return (found.page or None, found.cell or None) if found else (None, None)


def role_of(check: Check | None) -> dict[str, str]:
    """The role of each fact in a check, by its id, in the order of the roles; {} for ``None``."""
    roles: dict[str, str] = {}
    for role, ids in check.roles.items() if check else ():
        if role not in OTHER_ROLES:
            for fact in (ids,) if isinstance(ids, str) else ids:
                roles.setdefault(fact, role)
    return roles


def as_written(report: Report, quantity: Quantity) -> str:
    """The quantity with its bound words, scale and unit, in the words of the document."""
    return " ".join(quantity.extent.of(report.document.text).split())


SCALE_WORDS = {Decimal("1E3"): "千", Decimal("1E4"): "万", Decimal("1E6"): "百万", Decimal("1E8"): "亿"}


def with_unit(report: Report, quantity: Quantity) -> str:
    """The quantity as written, and in brackets the unit that its table declares: ``2222.37 [万元]``."""
    written = as_written(report, quantity)
    if not quantity.unit or quantity.unit in written:
        return written
    declared = SCALE_WORDS.get(quantity.scale, "") + quantity.unit
    alone = written.lstrip("-−－") == quantity.span.of(report.document.text)
    return f"{written} [{declared}]" if alone and declared not in written else written


def reprinted(report: Report, quantity: Quantity, value: Decimal) -> str:
    """``value`` (in base units) as the quantity prints its own: same scale, decimals, separators, falls without sign.

    More decimals than the quantity shows are kept where rounding would change the value. In place of a number in words
    stands the plain value with its unit.
    """
    printed = quantity.span.of(report.document.text)
    if not printed.isascii():
        return f"{plain(value)}{quantity.unit}"
    shown = value / quantity.scale if quantity.scale else value
    if quantity.value is not None and quantity.value < 0:
        shown = -shown
    _, _, fraction = quantity.digits.partition(".")
    rounded = round(shown, len(fraction))
    exact = rounded if rounded == shown else shown.normalize()
    return f"{exact:,f}" if "," in printed else plain(exact) or ""
