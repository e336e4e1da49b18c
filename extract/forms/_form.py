"""What an official form is declared as: its terms, the accounts that they make up, and its rates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What comes to a ``total``: ``parts``, and ``more`` where the text states it; a text that speaks of ``more`` or ``doubts`` without
    an amount leaves the account open."""

    total: str
    parts: tuple[str, ...]
    more: tuple[str, ...] = ()
    doubts: str = ""
    note: str
    note_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A rate: what the words before it end in, and the terms ``num`` and ``den`` that it is of."""

    name: re.Pattern[str]
    num: str
    den: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form: a ``word`` that its text holds, what the words before an amount end in for each of its terms, its accounts and its rates."""

    word: str
    terms: Mapping[str, re.Pattern[str]]
    accounts: tuple[Account, ...]
    rates: tuple[Rate, ...] = ()


def named(words: str) -> re.Pattern[str]:
    """The words before an amount that end in such a name: 年末缴存余额为."""
    return re.compile(rf"{words}(?:均|各|都|共|总)?[为是达]?$")
