"""Accounts and rates of official forms, whose figures stand in sections of their own (:mod:`extract.forms`).

A term that the text states with several amounts is not one of the form's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from extract import intervals as iv
from extract.checks._prose import Place, streams
from extract.checks._rates import due, fits
from extract.checks._slips import mended, mends
from extract.checks._tables import holds
from extract.checks._values import interval_of
from extract.checks._words import bare
from extract.forms import forms
from extract.forms._form import Account, Form
from extract.relations import Context, Relation, once
from extract.types import Fact, Quantity

_UNITS_OF_RATES = frozenset({"%", "％", "‰"})


def accounts(context: Context) -> Iterator[Relation]:
    """The accounts of the forms that a document is."""
    for form, terms in _told(context):
        for account in form.accounts:
            yield from _kept(account, terms, context.text)


def account_rates(context: Context) -> Iterator[Relation]:
    """The rates of the forms that a document is."""
    for form, terms in _told(context):
        rates = [(rate.name, terms[rate.num], terms[rate.den]) for rate in form.rates if rate.num in terms and rate.den in terms]
        for place in _prose(context) if rates else ():
            if place.fact.kind == "rate" and place.quantity.unit in _UNITS_OF_RATES and place.quantity.bound == "=":
                words = bare(place.clause)
                yield from (_rate(place.fact, num, den) for name, num, den in rates if name.search(words))


def _rate(rate: Fact, num: Fact, den: Fact) -> Relation:
    need = iv.ratio(interval_of(num), interval_of(den))
    sure = need is not None and mends(rate.quantity, due(rate, need))
    roles = {"rate": (rate.id,), "num": (num.id,), "den": (den.id,)}
    return Relation(type="ratio", roles=roles, certain=sure or fits(rate, [num], [den]))


def _kept(account: Account, terms: Mapping[str, Fact], text: str) -> Iterator[Relation]:
    total, parts = terms.get(account.total), [terms.get(name) for name in account.parts]
    known = [part for part in parts if part is not None]
    if total is None or len(known) < len(parts):
        return
    known += [terms[name] for name in account.more if name in terms]
    # what also belongs to it is spoken of, and its amount is not told
    missing = not any(name in terms for name in account.more) and bool(account.doubts) and re.search(account.doubts, text) is not None
    sure = holds(total, known) or (not missing and mended(total.quantity, [part.quantity for part in known]))
    roles = {"total": (total.id,), "parts": tuple(part.id for part in known)}
    yield Relation(type="sum", roles=roles, certain=sure, note=account.note, note_en=account.note_en)


@once
def _told(context: Context) -> tuple[tuple[Form, Mapping[str, Fact]], ...]:
    """The forms that a document is, with their terms."""
    return tuple((form, _terms(form, context)) for form in forms() if form.word in context.text)


def _terms(form: Form, context: Context) -> dict[str, Fact]:
    """The amounts of a form by their names; a name with several amounts is left out."""
    found: dict[str, list[Fact]] = {}
    places = _prose(context)
    for place in places:
        if _amount(place.quantity) and place.fact.kind in ("level", "target"):
            words = _words(place, places)
            for name, pattern in form.terms.items():
                if pattern.search(words):
                    found.setdefault(name, []).append(place.fact)
    return {name: facts[0] for name, facts in found.items() if len({fact.quantity.value for fact in facts}) == 1}


def _prose(context: Context) -> Sequence[Place]:
    """The places of the running text."""
    return next((stream.places for stream in streams(context) if not stream.in_table), ())


def _amount(quantity: Quantity) -> bool:
    return quantity.dimension == "money" and quantity.bound == "=" and quantity.value is not None


def _words(place: Place, places: Sequence[Place]) -> str:
    """The words that name an amount; of the second of two (14.62万笔、412.36亿元) those that name the first."""
    words = bare(place.clause)
    return bare(places[place.at - 1].clause) if not words and place.at and place.lead in ("、", "，") else words
