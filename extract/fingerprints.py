"""Names of findings that survive edits elsewhere: what is claimed and which values, not where it stands.

A suppression and a baseline must still know a finding after a paragraph was put before it, its lines were reflowed, its
sections were moved, or its figures were written another way. So a fingerprint holds no offset, no line and no id: it is
made of the codes of the broken rules, and of each number's words and value; of a place without a number (a doubled
heading), the words that stand there.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

from extract.types import Document, Fact, Finding, Quantity, Span

_LENGTH = 16
_CONTEXT = 24
"""How many characters after a place without a number tell it from others that read the same (（七）, twice)."""
_REACH = 500
"""Within so many characters they are looked for: figures and spaces do not count."""
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_NUMBER = re.compile(r"\d[\d.,]*+[十百千万亿]*+")


def fingerprint(codes: Iterable[str], facts: Iterable[Fact], places: Iterable[Span], document: Document) -> str:
    """Sixteen hexadecimal digits for a finding that breaks rules with ``codes`` by these facts; by ``places`` where no fact takes part.

    The order of codes, facts and places does not matter, nor do line breaks, spaces, the width of characters, separators
    and the scale in which a figure is printed: 1875.9万元 and 18，759，000元 are one.
    """
    quotes = sorted(f"{normalised(fact.mention.text)}={_value(fact.quantity)}" for fact in facts)
    if not quotes:
        quotes = sorted(_quote(place, document) for place in places)
    return _digest([*sorted(set(codes)), *quotes])


def distinct(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those that share a fingerprint told apart by their turn in the text; the first keeps it as it is."""
    seen: Counter[str] = Counter()
    told: list[Finding] = []
    for finding in findings:
        seen[finding.fingerprint] += 1
        turn = seen[finding.fingerprint]
        told.append(finding if turn == 1 else replace(finding, fingerprint=_digest([finding.fingerprint, str(turn)])))
    return told


def normalised(text: str) -> str:
    """The text in compatible forms (NFKC: １２％ → 12%) without white space and invisible characters."""
    shown = "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", shown)  # an accent may have lost the space before it


def _digest(lines: Iterable[str]) -> str:
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def _value(quantity: Quantity) -> str:
    if quantity.low is not None and quantity.high is not None:
        amount = f"{_plain(quantity.low)}..{_plain(quantity.high)}"
    else:
        amount = normalised(quantity.digits) if quantity.value is None else _plain(quantity.value)
    bound = "" if quantity.bound in ("=", "range") else quantity.bound
    return bound + amount + normalised(quantity.unit)


def _plain(value: Decimal) -> str:
    """The number without exponent and idle zeros, whatever context is set."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _quote(place: Span, document: Document) -> str:
    """The words of a place and those that follow it in its sentence, figures among them left out."""
    index = bisect_right(document.blocks, place.start, key=lambda block: block.span.start) - 1
    end = document.blocks[index].span.end if index >= 0 else len(document.text)
    end = max(place.end, min(end, place.end + _REACH))
    stop = _SENTENCE_END.search(document.text, place.end, end)
    after = document.text[place.end : stop.start() if stop else end]
    return f"{normalised(place.of(document.text))}|{_NUMBER.sub('#', normalised(after))[:_CONTEXT]}"
