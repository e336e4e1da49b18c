"""Which characters of the reading text are marked, and how: each numeral with its state, and the places of cases."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from extract.coverage import Account, coverage
from extract.types import Report, Span
from extract.writers._html.cases import WEIGHTS, Case, CasePlace, Weight

State = Literal["fail", "review", "pass", "suppressed", "not_checked", "not_a_fact"]
STATES: tuple[State, ...] = ("fail", "review", "pass", "suppressed", "not_checked", "not_a_fact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A numeral and what became of it. ``id`` is that of its fact, else of the page (``n3``); ``reason`` and ``note`` are those of
    its :class:`~extract.coverage.Account`. ``cause`` says that it is the number which a repair would change."""

    id: str
    state: State
    reason: str
    note: str
    note_en: str = ""
    cause: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A marked run of the reading text: a numeral, or words that a case points at (then ``number`` is ``None``).

    ``cases`` are the ids of the cases that it belongs to, in their order; ``weight`` is that of the gravest reported one, "" for
    none; ``id`` is where links to it lead, "" for none.
    """

    span: Span
    id: str
    cases: tuple[str, ...]
    weight: Weight | Literal["suppressed", ""] = ""
    number: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Page furniture with numerals in it, which the reading text leaves out: where it would stand there, its words, and the
    numbers in them, each with its place in the words."""

    at: int
    words: str
    numbers: tuple[tuple[Span, Number], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Everything to mark. ``pieces`` are in text order and do not overlap; ``targets`` leads from a case and one of its places to
    the id of its piece; ``states`` counts the numerals, zeros included."""

    pieces: tuple[Piece, ...]
    left: tuple[Left, ...]
    targets: Mapping[tuple[str, Span], str]
    states: Mapping[State, int]


def marks(report: Report, cases: Sequence[Case]) -> Marks:
    """The marks of a report, whose cases are ``cases``; time is linear in numerals and places, but for sorting."""
    accounts = coverage(report)
    numbers = _numbers(report, cases, accounts)
    pieces, targets = _pieces(report, cases, numbers)
    left = tuple(_left(report, {span for span, _ in numbers}, accounts))
    counts = Counter(number.state for _, number in numbers)
    counts["not_a_fact"] += sum(len(one.numbers) for one in left)
    return Marks(pieces=tuple(pieces), left=left, targets=targets, states={state: counts[state] for state in STATES})


def _numbers(report: Report, cases: Sequence[Case], accounts: Iterable[Account]) -> list[tuple[Span, Number]]:
    """Every numeral of the reading text with its place there, in order."""
    by_fact = {account.fact: account for account in accounts if account.fact}
    states = _states(cases)
    causes = {case.repair[0] for case in cases if case.repair and case.suppressed is None}
    found: list[tuple[Span, Number]] = []
    for fact in report.facts:
        span, account = fact.quantity.span, by_fact[fact.id]
        state: State = states.get(fact.id) or ("pass" if account.status == "checked" else "not_checked")
        cause = state == "fail" and span in causes
        found.append((span, Number(id=fact.id, state=state, reason=account.reason, note=account.note, note_en=account.note_en, cause=cause)))
    for count, numeral in enumerate(sorted(report.numerals, key=lambda numeral: numeral.span), 1):
        found.append((numeral.span, Number(id=f"n{count}", state="not_a_fact", reason=numeral.reason, note="")))
    return sorted(found, key=lambda entry: entry[0])


def _states(cases: Sequence[Case]) -> dict[str, State]:
    """What the cases make of facts: an error or warning outweighs a doubt, a doubt outweighs what is not reported any more.

    A remark (of a check on trial, of what is no inconsistency) is something to look at, and accuses nothing.
    """
    states: dict[str, State] = {}
    order: dict[State, int] = {"fail": 0, "review": 1, "suppressed": 2}
    for case in cases:
        state: State = "suppressed" if case.suppressed else "fail" if case.weight in ("error", "warning") else "review"
        for place in case.places:
            if place.fact and (place.fact not in states or order[state] < order[states[place.fact]]):
                states[place.fact] = state
    return states


def _pieces(report: Report, cases: Sequence[Case], numbers: list[tuple[Span, Number]]) -> tuple[list[Piece], dict[tuple[str, Span], str]]:
    """Numbers stay whole; what else cases point at is cut around them and at the ends of blocks."""
    starts = [span.start for span, _ in numbers]
    of_number: dict[int, list[str]] = defaultdict(list)
    targets: dict[tuple[str, Span], str] = {}
    words: list[tuple[Span, str, CasePlace]] = []
    where = {number.id: index for index, (_, number) in enumerate(numbers)}
    for case in cases:
        for place in case.places:
            if place.fact:
                of_number[where[place.fact]].append(case.id)
                targets[case.id, place.span] = place.fact
            else:
                words.append((place.span, case.id, place))
    found: dict[Span, list[str]] = defaultdict(list)
    cuts = _Cuts(report, numbers)
    first: dict[Span, str] = {}
    told: Counter[str] = Counter()
    loose = _apart(span for span, _, _ in words)
    for span, identity, place in words:
        for part in cuts.of(span, loose):
            at = bisect_left(starts, part.start)
            if at < len(numbers) and numbers[at][0] == part:
                of_number[at].append(identity)
                target = numbers[at][1].id
            else:
                found[part].append(identity)
                if part not in first:
                    told[identity] += 1
                    first[part] = f"{identity}-{told[identity]}"
                target = first[part]
            targets.setdefault((identity, place.span), target)
    weights = {case.id: case.weight for case in cases if case.suppressed is None}
    pieces = []
    for n, (span, number) in enumerate(numbers):
        linked = of_number[n] or number.state != "not_a_fact"
        ids = tuple(dict.fromkeys(of_number[n]))
        pieces.append(Piece(span=span, id=number.id if linked else "", cases=ids, weight=_weight(ids, weights), number=number))
    for span, named in found.items():
        ids = tuple(dict.fromkeys(named))
        pieces.append(Piece(span=span, id=first[span], cases=ids, weight=_weight(ids, weights)))
    return sorted(pieces, key=lambda piece: piece.span), targets


def _weight(ids: Sequence[str], weights: Mapping[str, Weight]) -> Weight | Literal["suppressed", ""]:
    """The weight of the gravest of the cases."""
    found = [weights[identity] for identity in ids if identity in weights]
    return min(found, key=WEIGHTS.index) if found else "suppressed" if ids else ""


def _apart(spans: Iterable[Span]) -> list[int]:
    """The offsets at which places begin or end, in order: pieces between two of them never overlap."""
    return sorted({offset for span in spans for offset in (span.start, span.end)})


class _Cuts:
    """Cuts places so that no part of one crosses a number or the end of a block."""

    def __init__(self, report: Report, numbers: list[tuple[Span, Number]]) -> None:
        self._numbers = [span for span, _ in numbers]
        edges = {offset for block in report.document.blocks for offset in (block.span.start, block.span.end)}
        self._edges = sorted(edges | {offset for span in self._numbers for offset in (span.start, span.end)})
        self._text = report.document.text

    def of(self, span: Span, offsets: Sequence[int]) -> Iterator[Span]:
        """The parts of a place: the numbers that it touches, whole, and the words between, cut at ``offsets`` too."""
        start, end = self._whole(span.start, first=True), self._whole(span.end, first=False)
        inner = self._edges[bisect_right(self._edges, start) : bisect_left(self._edges, end)]
        inside = (offset for offset in offsets[bisect_right(offsets, start) : bisect_left(offsets, end)] if self._number(offset) is None)
        at = start
        for offset in sorted({*inner, *inside, end}):
            part = Span(at, offset)
            at = offset
            if part.of(self._text).strip():
                yield part

    def _number(self, offset: int) -> Span | None:
        """The number that an offset falls into the middle of."""
        index = bisect_left(self._numbers, Span(offset, offset)) - 1
        return self._numbers[index] if index >= 0 and self._numbers[index].start < offset < self._numbers[index].end else None

    def _whole(self, offset: int, *, first: bool) -> int:
        number = self._number(offset)
        return offset if number is None else number.start if first else number.end


def _left(report: Report, inside: set[Span], accounts: Iterable[Account]) -> Iterator[Left]:
    """The furniture that the reading text leaves out, with its numerals as the coverage counts them."""
    document = report.document
    others = [account for account in accounts if not account.fact and account.reason == "page_number"]
    starts = [account.place.start for account in others]
    known = {document.source_span(span) for span in inside}
    count = 0
    for span in sorted(document.furniture):
        numbers = []
        for account in others[bisect_left(starts, span.start) : bisect_left(starts, span.end)]:
            if account.place not in known and span.contains(account.place):
                count += 1
                place = Span(account.place.start - span.start, account.place.end - span.start)
                numbers.append((place, Number(id=f"p{count}", state="not_a_fact", reason=account.reason, note="")))
        if numbers:
            yield Left(at=document.reading_span(Span(span.start, span.start)).start, words=span.of(document.source), numbers=tuple(numbers))
